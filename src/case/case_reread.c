/*
 * case_reread.c - texts of the case, read again.
 */
#include <stdlib.h>

#include "case_add.h"
#include "case_errors.h"
#include "contents.h"
#include "format.h"
#include "reading_pool.h"
#include "reading_store.h"

struct rereading {
    const struct case_add *add;
    LIST(int64_t) documents;
    struct arena *arena;
    struct reading_pool *pool;
    char reader[READER_NAME_SIZE];
    struct error *error;
};

static bool has_reading(struct rereading *work, int64_t document, bool *has)
{
    struct case_reading reading;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(work->error, ERROR_LIMIT, "out of memory");
    bool is_well = reading_get(work->add->casefile, document, arena, &reading,
                               work->error);
    *has = is_well && reading.text != 0;
    arena_release(arena);
    return is_well;
}

/* All documents that are meant, by id: what is added meanwhile is not. */
static bool list_documents(struct rereading *work, char **words, size_t count,
                           bool only_unread)
{
    struct case_document document = {0};
    bool is_there = true;
    for (size_t i = 0; i < count; i++)
        if (!document_find(work->add->casefile, words[i], work->arena,
                           &document, work->error) ||
            !list_push(work->arena, &work->documents, document.id, work->error))
            return false;
    while (count == 0) {
        bool has = false;
        if (!document_after(work->add->casefile, document.id, work->arena,
                            &document, &is_there, work->error))
            return false;
        if (!is_there)
            return true;
        if (only_unread && !has_reading(work, document.id, &has))
            return false;
        if (!has &&
            !list_push(work->arena, &work->documents, document.id, work->error))
            return false;
    }
    return true;
}

/* The text to read: the newest, or the original's bytes. */
static bool load(struct rereading *work, struct reading_job *job,
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
    memcpy(job->sha256, document.sha256, sizeof job->sha256);
    if (text.id == 0 && document.content == 0)
        return error_set(&job->error, ERROR_BAD_INPUT,
                         "its original is held elsewhere") ||
               true;
    if (!content_read(casefile, text.id != 0 ? text.content : document.content,
                      arena, &job->text, work->error))
        return false;
    (void)!format_check_text(job->text, &job->error);
    return true;
}

static bool give_next(struct rereading *work, size_t *next)
{
    struct reading_job *job;
    while (*next < work->documents.count &&
           (job = reading_pool_slot(work->pool)) != NULL) {
        job->document = work->documents.items[(*next)++];
        job->arena = arena_new((size_t)8 << 30);
        if (job->arena == NULL)
            return error_set(work->error, ERROR_LIMIT, "out of memory");
        if (!load(work, job, job->arena))
            return false;
        reading_pool_give(work->pool, job);
    }
    return true;
}

/* The text, where it is new, and the reading, in the open transaction. */
static bool store(struct rereading *work, struct reading_job *job)
{
    struct casefile *casefile = work->add->casefile;
    struct case_text about;
    if (!document_text(casefile, job->document, &about, work->error) ||
        (about.id == 0 && !document_add_text(casefile, job->document, job->text,
                                             "same", &about.id, work->error)))
        return false;
    return reading_keep(
        casefile, job->document, about.id, job->text, work->reader,
        (struct slice){job->json, job->json_length}, work->error);
}

static bool finish_job(struct rereading *work, struct reading_job *job,
                       bool *goes_on)
{
    struct casefile *casefile = work->add->casefile;
    struct add_told told = {.how = ADDED_REFUSED,
                            .sha256 = job->sha256,
                            .path = job->name,
                            .bytes = job->text.length,
                            .error = &job->error};
    if (job->json != NULL) {
        if (!casefile_begin(casefile, work->error))
            return false;
        if (!store(work, job)) {
            casefile_rollback(casefile);
            return error_prefix(work->error, "%.100s", job->name);
        }
        if (!casefile_commit(casefile, work->error))
            return false;
        told.how = ADDED;
    }
    *goes_on = work->add->tell(work->add->context, &told);
    return true;
}

static bool reread_all(struct rereading *work)
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

bool case_reread(const struct case_add *add, char **words, size_t count,
                 bool only_unread, struct error *error)
{
    struct rereading work = {
        .add = add, .arena = arena_new((size_t)8 << 30), .error = error};
    if (work.arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    reading_pool_reader(add->model, add->gazetteer, work.reader);
    bool is_well = list_documents(&work, words, count, only_unread);
    if (is_well && add->found != NULL)
        add->found(add->context, work.documents.count);
    if (is_well)
        work.pool = reading_pool_new(add->model, add->gazetteer, add->threads,
                                     NULL, NULL, error);
    is_well = is_well && work.pool != NULL && reread_all(&work);
    reading_pool_free(work.pool);
    arena_release(work.arena);
    return is_well;
}
