/*
 * case_documents.c - see case_documents.h.
 *
 * Originals are read from the case, not from where they came from: what is
 * parsed is what was stored.
 */
#include "case_documents.h"

#include <stdlib.h>

#include "case_errors.h"
#include "contents.h"
#include "conversion_json.h"
#include "reading_pool.h"
#include "reading_store.h"

struct reading_all {
    const struct case_add *add;
    struct arena *arena;
    struct pendings *pending;
    bool converts_again;
    struct reading_pool *pool;
    char reader[READER_NAME_SIZE];
    struct error *error;
};

bool case_has_reading(struct casefile *casefile, int64_t document, bool *has,
                      struct error *error)
{
    struct case_reading reading;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well = reading_get(casefile, document, arena, &reading, error);
    *has = is_well && reading.text != 0;
    arena_release(arena);
    return is_well;
}

static bool load_marks(struct reading_all *work, struct reading_job *job,
                       const struct case_text *text, struct arena *arena)
{
    struct text_map map;
    struct error why = {.kind = ERROR_NONE};
    if (text_map_get(work->add->casefile, text, arena, &map, &why))
        return part_marks_of_map(&map, arena, &job->marks, work->error);
    /* Without a map that can be read the text can be read all the same; verify
     * tells of it. */
    if (why.kind == ERROR_CORRUPT || why.kind == ERROR_TAMPERED ||
        why.kind == ERROR_NOT_FOUND)
        return true;
    *work->error = why;
    return false;
}

/* The text to read: the newest, or the original, which is to be converted. */
static bool load(struct reading_all *work, struct reading_job *job,
                 struct arena *arena)
{
    struct casefile *casefile = work->add->casefile;
    struct case_document document;
    struct case_text text;
    if (!document_get(casefile, job->document, arena, &document, work->error) ||
        !document_text(casefile, job->document, &text, work->error))
        return false;
    job->name = document.facts.name;
    job->date = document.facts.date;
    job->is_unsafe = work->add->is_unsafe;
    memcpy(job->sha256, document.sha256, sizeof job->sha256);
    if (text.id == 0 && document.content == 0)
        return error_set(&job->error, ERROR_BAD_INPUT,
                         "its original is held elsewhere") ||
               true;
    job->is_original =
        text.id == 0 ||
        (document.content != 0 && (work->converts_again || text.bytes == 0));
    return content_read(casefile,
                        job->is_original ? document.content : text.content,
                        arena, &job->text, work->error) &&
           (job->is_original || load_marks(work, job, &text, arena));
}

static bool give_next(struct reading_all *work, size_t *next)
{
    struct reading_job *job;
    while (*next < work->pending->count &&
           (job = reading_pool_slot(work->pool)) != NULL) {
        job->index = (*next)++;
        job->document = work->pending->items[job->index].document;
        job->arena = arena_new((size_t)8 << 30);
        if (job->arena == NULL)
            return error_set(work->error, ERROR_LIMIT, "out of memory");
        if (!load(work, job, job->arena))
            return false;
        reading_pool_give(work->pool, job);
    }
    return true;
}

struct map_buffer {
    struct arena *arena;
    char *items;
    size_t count, capacity;
};

static bool map_write(void *context, struct slice bytes, struct error *error)
{
    struct map_buffer *to = context;
    const size_t needed = to->count + bytes.length;
    if (needed > to->capacity &&
        !list_reserve_(to->arena, (void **)&to->items, &to->capacity, needed, 1,
                       error))
        return false;
    memcpy(to->items + to->count, bytes.data, bytes.length);
    to->count = needed;
    return true;
}

/* A text that a converter drew goes with its map. */
static bool store_text(struct reading_all *work, const struct reading_job *job,
                       int64_t *id)
{
    const struct conversion *conversion = &job->converted.conversion;
    struct map_buffer map = {.arena = job->converted.arena};
    if (conversion->is_same)
        return document_add_text(work->add->casefile, job->document, job->text,
                                 "same", id, work->error);
    return conversion_map_write(conversion, (struct json_sink){map_write, &map},
                                work->error) &&
           document_add_mapped_text(
               work->add->casefile, job->document, conversion->text,
               (struct slice){map.items, map.count}, "drawn", id, work->error);
}

/* A photo without any writing: what its file says is kept beside a text that
 * is empty, and it stays unread. */
static bool says_only_facts(const struct reading_job *job)
{
    const struct conversion *conversion = &job->converted.conversion;
    return job->json == NULL && job->error.kind == ERROR_BAD_INPUT &&
           conversion->kind == FILE_PICTURE && conversion->facts.count > 0 &&
           conversion->text.length == 0 && conversion->members.count == 0;
}

/* The text, where it is new, and the reading, in the open transaction. */
static bool store_reading(struct reading_all *work,
                          const struct reading_job *job)
{
    struct casefile *casefile = work->add->casefile;
    struct case_text about;
    if (!document_text(casefile, job->document, &about, work->error) ||
        (job->is_original && !store_text(work, job, &about.id)))
        return false;
    return reading_keep(
        casefile, job->document, about.id, job->text, work->reader,
        (struct slice){job->json, job->json_length}, work->error);
}

/* "mail.eml/annex.pdf"; the arena's. */
static char *member_name(struct reading_all *work, const char *within,
                         const struct member *member)
{
    const char *name = *member->name != '\0' ? member->name : "unnamed";
    size_t length = strlen(within) + strlen(name) + 2;
    char *whole = arena_take(work->arena, length, 1, work->error);
    if (whole != NULL)
        snprintf(whole, length, "%s/%s", within, name);
    return whole;
}

static bool tell(struct reading_all *work, const struct add_told *told,
                 bool *goes_on)
{
    *goes_on = *goes_on && work->add->tell(work->add->context, told);
    return true;
}

/* One that lies in another: it comes from where that came from. */
static bool store_member(struct reading_all *work,
                         const struct case_document *within,
                         const struct pending *parent,
                         const struct member *member, bool *is_known)
{
    struct casefile *casefile = work->add->casefile;
    struct document_facts facts = within->facts;
    char sha256[SHA256_HEX_SIZE], note[120];
    struct pending pending = {.depth = parent->depth + 1,
                              .members = parent->members};
    pending.path = facts.name = member_name(work, within->facts.name, member);
    snprintf(note, sizeof note, "came in %s", within->sha256);
    facts.note = note;
    facts.date = NULL;
    return facts.name != NULL &&
           sha256_hex(member->bytes, sha256, work->error) &&
           document_is_known(casefile, sha256, is_known, work->error) &&
           (*is_known ||
            (document_add(casefile, member->bytes, sha256, &facts,
                          &pending.document, work->error) &&
             list_push(work->arena, work->pending, pending, work->error)));
}

/* What lies in it, as documents, in the open transaction. */
static bool store_members(struct reading_all *work,
                          const struct reading_job *job, size_t *stored)
{
    const struct conversion *conversion = &job->converted.conversion;
    struct pending parent = work->pending->items[job->index];
    struct case_document within;
    if (conversion->members.count == 0 || parent.depth >= CONVERSION_DEPTH_MAX)
        return true;
    if (parent.members == NULL) {
        parent.members =
            arena_take(work->arena, 1, sizeof *parent.members, work->error);
        if (parent.members == NULL)
            return false;
    }
    if (!document_get(work->add->casefile, job->document, work->arena, &within,
                      work->error))
        return false;
    for (size_t i = 0; i < conversion->members.count; i++) {
        const struct member *member = &conversion->members.items[i];
        if (member->bytes.length == 0 ||
            *parent.members >= CONVERSION_MEMBERS_MAX)
            continue;
        (*parent.members)++;
        bool is_known;
        if (!store_member(work, &within, &parent, member, &is_known))
            return false;
        *stored += !is_known;
    }
    return true;
}

static bool store(struct reading_all *work, const struct reading_job *job,
                  size_t *stored)
{
    struct casefile *casefile = work->add->casefile;
    if (!casefile_begin(casefile, work->error))
        return false;
    int64_t ignored;
    if ((job->json == NULL || store_reading(work, job)) &&
        (!says_only_facts(job) || store_text(work, job, &ignored)) &&
        store_members(work, job, stored))
        return casefile_commit(casefile, work->error);
    casefile_rollback(casefile);
    return error_prefix(work->error, "%.100s", job->name);
}

static bool finish_job(struct reading_all *work, struct reading_job *job,
                       bool *goes_on)
{
    const struct pending pending = work->pending->items[job->index];
    const bool has_members = job->converted.conversion.members.count > 0;
    struct add_told told = {
        .how = pending.path != NULL ? ADDED_UNREAD : ADDED_REFUSED,
        .sha256 = job->sha256,
        .path = pending.path != NULL ? pending.path : job->name,
        .bytes = job->text.length,
        .words = job->words,
        .error = &job->error};
    if (job->json != NULL || has_members || says_only_facts(job)) {
        size_t stored = 0;
        if (!store(work, job, &stored))
            return false;
        /* A mailbox has no text of its own: it is read once all of its
         * messages are there. */
        if (job->json != NULL || has_members)
            told.how = job->json != NULL || stored > 0 ? ADDED : ADDED_KNOWN;
    }
    return tell(work, &told, goes_on);
}

static bool read_all(struct reading_all *work)
{
    size_t next = 0;
    bool goes_on = true;
    while (goes_on) {
        if (!give_next(work, &next))
            return false;
        struct reading_job *job = reading_pool_take(work->pool);
        if (job == NULL)
            return true;
        bool is_well = finish_job(work, job, &goes_on);
        reading_pool_put(work->pool, job);
        if (!is_well)
            return false;
    }
    return true;
}

bool case_read_documents(const struct case_add *add, struct arena *arena,
                         struct pendings *pending, bool converts_again,
                         struct error *error)
{
    struct reading_all work = {.add = add,
                               .arena = arena,
                               .pending = pending,
                               .converts_again = converts_again,
                               .error = error};
    if (pending->count == 0)
        return true;
    reading_pool_reader(add->model, add->gazetteer, work.reader);
    work.pool = reading_pool_new(add->model, add->gazetteer, add->threads, NULL,
                                 NULL, error);
    bool is_well = work.pool != NULL && read_all(&work);
    reading_pool_free(work.pool);
    return is_well;
}
