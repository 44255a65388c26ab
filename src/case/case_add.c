/*
 * case_add.c - see case_add.h.
 */
#include "case_add.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "case_documents.h"
#include "case_errors.h"
#include "paths.h"
#include "reading_pool.h"
#include "reading_store.h"

/* Hashes of what the case has, for the workers to ask: a table with open
 * addressing on the first 8 bytes of the digits' values. */
struct known {
    pthread_mutex_t lock;
    uint64_t *slots; /* 0: free */
    size_t count;
    size_t capacity; /* a power of two */
};

struct adding {
    const struct case_add *add;
    struct known known;
    struct found_paths found;
    struct arena *arena;     /* of the list, and of what is pending */
    struct pendings pending; /* stored, and still to be converted */
    struct reading_pool *pool;
    char reader[READER_NAME_SIZE];
};

/* Half of the hash is enough to know a document by: a wrong "known" would
 * need two originals that share 64 bits, and then the owner, who asks the
 * case itself, refuses to call it known. */
static uint64_t number_of(const char *sha256)
{
    char digits[17];
    snprintf(digits, sizeof digits, "%.16s", sha256);
    uint64_t number = strtoull(digits, NULL, 16);
    return number != 0 ? number : 1;
}

static void known_put(struct known *known, uint64_t number)
{
    size_t at = number & (known->capacity - 1);
    while (known->slots[at] != 0 && known->slots[at] != number)
        at = (at + 1) & (known->capacity - 1);
    known->count += known->slots[at] == 0;
    known->slots[at] = number;
}

static bool known_grow(struct known *known)
{
    struct known grown = {
        .capacity = known->capacity == 0 ? 1024 : known->capacity * 2};
    grown.slots = calloc(grown.capacity, sizeof *grown.slots);
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < known->capacity; i++)
        if (known->slots[i] != 0)
            known_put(&grown, known->slots[i]);
    free(known->slots);
    known->slots = grown.slots;
    known->capacity = grown.capacity;
    return true;
}

static bool known_add(struct known *known, const char *sha256)
{
    pthread_mutex_lock(&known->lock);
    bool has_room = known->count * 2 < known->capacity || known_grow(known);
    if (has_room)
        known_put(known, number_of(sha256));
    pthread_mutex_unlock(&known->lock);
    return has_room;
}

static bool known_has(void *context, const char *sha256)
{
    struct known *known = context;
    uint64_t number = number_of(sha256);
    bool is_there = false;
    pthread_mutex_lock(&known->lock);
    size_t at = number & (known->capacity - 1);
    while (known->capacity > 0 && known->slots[at] != 0 && !is_there) {
        is_there = known->slots[at] == number;
        at = (at + 1) & (known->capacity - 1);
    }
    pthread_mutex_unlock(&known->lock);
    return is_there;
}

static bool known_load(void *context, struct slice sha256)
{
    char hex[SHA256_HEX_SIZE] = "";
    if (sha256.length < sizeof hex)
        memcpy(hex, sha256.data, sha256.length);
    return known_add(context, hex);
}

/* The document, its text and its reading, in the open transaction. */
static bool store(const struct adding *adding, const struct reading_job *job,
                  int64_t *document, struct error *error)
{
    struct casefile *casefile = adding->add->casefile;
    struct document_facts facts = adding->add->facts;
    int64_t text;
    facts.name = adding->found.items[job->index].name;
    if (!document_add(casefile, job->text, job->sha256, &facts, document,
                      error))
        return false;
    return job->json == NULL ||
           (document_add_text(casefile, *document, job->text, "same", &text,
                              error) &&
            reading_keep(casefile, *document, text, job->text, adding->reader,
                         (struct slice){job->json, job->json_length}, error));
}

/* Documents that are ready at about the same time share a commit: what a commit
 * costs, its waits for the disk and the pages of indexes that each document
 * touches, is then paid once. None waits longer than this for others, and what
 * is told is durable as before. */
enum { GROUP_WAIT_MS = 200 };
#define GROUP_BYTES ((uint64_t)4 << 20)

struct group {
    struct reading_job *jobs[POOL_TAKEN_MAX];
    enum added how[POOL_TAKEN_MAX];
    int64_t documents[POOL_TAKEN_MAX]; /* of those that were added */
    size_t count;
};

/* The oldest job, and those that are done soon after it. */
static void take_group(struct adding *adding, struct group *group)
{
    struct timespec deadline;
    uint64_t bytes = 0;
    struct reading_job *job = reading_pool_take(adding->pool);
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_nsec += GROUP_WAIT_MS * 1000000L;
    deadline.tv_sec += deadline.tv_nsec / 1000000000L;
    deadline.tv_nsec %= 1000000000L;
    group->count = 0;
    while (job != NULL) {
        group->jobs[group->count++] = job;
        bytes += job->text.length;
        job = bytes < GROUP_BYTES
                  ? reading_pool_take_by(adding->pool, &deadline)
                  : NULL;
    }
}

/* In the open transaction. */
static bool add_job(const struct adding *adding, struct reading_job *job,
                    enum added *how, int64_t *document, struct error *error)
{
    bool is_there;
    *how = ADDED_REFUSED;
    if (job->error.kind != ERROR_NONE)
        return true;
    if (!document_is_known(adding->add->casefile, job->sha256, &is_there,
                           error))
        return false;
    *how = is_there ? ADDED_KNOWN : ADDED;
    return is_there || store(adding, job, document, error);
}

static bool has_any(const struct group *group)
{
    bool is_to_add = false;
    for (size_t i = 0; i < group->count; i++)
        is_to_add |= group->jobs[i]->error.kind == ERROR_NONE;
    return is_to_add;
}

/* One transaction: all of the group or nothing. */
static bool add_together(const struct adding *adding, struct group *group,
                         struct error *error)
{
    struct casefile *casefile = adding->add->casefile;
    for (size_t i = 0; i < group->count; i++)
        group->how[i] = ADDED_REFUSED;
    if (!has_any(group))
        return true;
    if (!casefile_begin(casefile, error))
        return false;
    for (size_t i = 0; i < group->count; i++)
        if (!add_job(adding, group->jobs[i], &group->how[i],
                     &group->documents[i], error)) {
            casefile_rollback(casefile);
            return false;
        }
    return casefile_commit(casefile, error);
}

static const char *path_of(const struct adding *adding,
                           const struct reading_job *job)
{
    return adding->found.items[job->index].path;
}

/* One alone: what is wrong with it is told of it. */
static bool add_alone(const struct adding *adding, struct reading_job *job,
                      enum added *how, int64_t *document, struct error *error)
{
    struct group group = {.jobs = {job}, .count = 1};
    struct error failure = {.kind = ERROR_NONE};
    if (!add_together(adding, &group, &failure)) {
        if (!is_refusal(&failure)) {
            *error = failure;
            return error_prefix(error, "%.100s", path_of(adding, job));
        }
        job->error = failure;
        group.how[0] = ADDED_REFUSED;
    }
    *how = group.how[0];
    *document = group.documents[0];
    return true;
}

static void tell_job(const struct adding *adding, const struct reading_job *job,
                     enum added how, bool *goes_on)
{
    const struct add_told told = {.how = how,
                                  .sha256 = job->sha256,
                                  .path = path_of(adding, job),
                                  .bytes = job->text.length,
                                  .words = job->words,
                                  .error = &job->error};
    *goes_on = *goes_on && adding->add->tell(adding->add->context, &told);
}

/* Whether a document that the case has was stored once and never read: then a
 * run before this one was ended between the two. */
static bool was_left_unread(const struct adding *adding,
                            const struct reading_job *job, int64_t *document,
                            bool *was_left, struct error *error)
{
    struct case_document about;
    bool has;
    *was_left = false;
    if (adding->add->model == NULL ||
        !convert_is_readable(job->text, job->name) ||
        convert_is_plain(job->text, job->name))
        return true;
    if (!document_by_hash(adding->add->casefile, job->sha256, adding->arena,
                          &about, error) ||
        !case_has_reading(adding->add->casefile, about.id, &has, error))
        return false;
    *document = about.id;
    *was_left = !has;
    return true;
}

/* Stored, and to be converted and read later; or kept as it is. */
static bool put_off(struct adding *adding, struct reading_job *job,
                    int64_t document, enum added *how, bool *is_pending,
                    struct error *error)
{
    const struct pending pending = {.document = document,
                                    .path = path_of(adding, job)};
    *is_pending =
        adding->add->model != NULL && convert_is_readable(job->text, job->name);
    if (*is_pending)
        return list_push(adding->arena, &adding->pending, pending, error);
    if (adding->add->model != NULL) {
        *how = ADDED_UNREAD;
        error_set(&job->error, ERROR_BAD_INPUT,
                  "this is %s, which madai does not read",
                  file_kind_of(job->text, job->name).words);
    }
    return true;
}

/* Once it is durable: told, unless it is still to be converted. */
static bool finish_job(struct adding *adding, struct reading_job *job,
                       enum added how, int64_t document, bool *goes_on,
                       struct error *error)
{
    bool is_pending = false;
    if (how == ADDED && !known_add(&adding->known, job->sha256))
        return error_set(error, ERROR_LIMIT, "no memory for hashes");
    if (how == ADDED_KNOWN &&
        !was_left_unread(adding, job, &document, &is_pending, error))
        return false;
    if (((how == ADDED && job->is_foreign) || is_pending) &&
        !put_off(adding, job, document, &how, &is_pending, error))
        return false;
    if (!is_pending)
        tell_job(adding, job, how, goes_on);
    return true;
}

/* Together; where that fails one after the other, so that one that is refused,
 * or for which there is no more room, takes no other with it. */
static bool finish_group(struct adding *adding, struct group *group,
                         bool *goes_on, struct error *error)
{
    struct error failure = {.kind = ERROR_NONE};
    bool is_together =
        group->count > 1 && add_together(adding, group, &failure);
    bool is_well = true;
    for (size_t i = 0; i < group->count && is_well; i++)
        is_well =
            (is_together || add_alone(adding, group->jobs[i], &group->how[i],
                                      &group->documents[i], error)) &&
            finish_job(adding, group->jobs[i], group->how[i],
                       group->documents[i], goes_on, error);
    for (size_t i = 0; i < group->count; i++)
        reading_pool_put(adding->pool, group->jobs[i]);
    return is_well;
}

/* What would become of it: nothing is stored. What a converter will say of it
 * is not asked. */
static bool look_at_job(struct adding *adding, struct reading_job *job,
                        bool *goes_on, struct error *error)
{
    enum added how = ADDED;
    bool is_there = false;
    if (job->error.kind == ERROR_NONE &&
        !document_is_known(adding->add->casefile, job->sha256, &is_there,
                           error))
        return false;
    if (job->error.kind == ERROR_NONE && !is_there &&
        !known_has(&adding->known, job->sha256)) {
        if (!known_add(&adding->known, job->sha256))
            return error_set(error, ERROR_LIMIT, "no memory for hashes");
    } else {
        is_there = job->error.kind == ERROR_NONE;
    }
    const struct kind_found found = file_kind_of(job->text, job->name);
    if (job->error.kind != ERROR_NONE)
        how = ADDED_REFUSED;
    else if (is_there)
        how = ADDED_KNOWN;
    else if (found.kind == FILE_EMPTY) {
        how = ADDED_REFUSED;
        error_set(&job->error, ERROR_BAD_INPUT, "empty, nothing to read");
    } else if (!convert_is_readable(job->text, job->name)) {
        how = ADDED_UNREAD;
        error_set(&job->error, ERROR_BAD_INPUT,
                  "this is %s, which madai does not read", found.words);
    }
    tell_job(adding, job, how, goes_on);
    return true;
}

static bool look_at_group(struct adding *adding, struct group *group,
                          bool *goes_on, struct error *error)
{
    bool is_well = true;
    for (size_t i = 0; i < group->count; i++) {
        is_well =
            is_well && look_at_job(adding, group->jobs[i], goes_on, error);
        reading_pool_put(adding->pool, group->jobs[i]);
    }
    return is_well;
}

static void give_next(struct adding *adding, size_t *next)
{
    struct reading_job *job;
    while (*next < adding->found.count &&
           (job = reading_pool_slot(adding->pool)) != NULL) {
        const struct found_path *found = &adding->found.items[*next];
        job->index = (*next)++;
        job->path = found->path;
        job->name = found->name;
        job->date = adding->add->facts.date;
        job->error = found->error;
        reading_pool_give(adding->pool, job);
    }
}

static bool add_all(struct adding *adding, struct error *error)
{
    size_t next = 0;
    bool goes_on = true;
    while (goes_on) {
        struct group group;
        give_next(adding, &next);
        take_group(adding, &group);
        if (group.count == 0)
            return true;
        if (!(adding->add->is_dry
                  ? look_at_group(adding, &group, &goes_on, error)
                  : finish_group(adding, &group, &goes_on, error)))
            return false;
    }
    return true;
}

bool case_add_files(const struct case_add *add, char **paths, size_t count,
                    const char *case_path, struct error *error)
{
    struct stat status = {0};
    struct arena *arena = arena_new((size_t)16 << 30);
    struct adding adding = {.add = add, .arena = arena};
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the list of files");
    pthread_mutex_init(&adding.known.lock, NULL);
    if (add->model != NULL)
        reading_pool_reader(add->model, add->gazetteer, adding.reader);
    (void)!stat(case_path, &status);
    bool is_well =
        paths_find(paths, count, status.st_dev, status.st_ino, arena,
                   &adding.found, error) &&
        document_each_hash(add->casefile, known_load, &adding.known, error);
    if (is_well && add->found != NULL)
        add->found(add->context, adding.found.count);
    if (is_well)
        adding.pool = reading_pool_new(add->model, add->gazetteer, add->threads,
                                       known_has, &adding.known, error);
    is_well = is_well && adding.pool != NULL && add_all(&adding, error);
    reading_pool_free(adding.pool);
    is_well = is_well &&
              (add->is_dry ||
               case_read_documents(add, arena, &adding.pending, false, error));
    pthread_mutex_destroy(&adding.known.lock);
    free(adding.known.slots);
    arena_release(arena);
    return is_well;
}
