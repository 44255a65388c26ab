/*
 * case_reread.c - documents of the case, read again: which.
 */
#include "case_documents.h"

struct rereading {
    const struct case_add *add;
    struct pendings documents;
    struct arena *arena;
    struct error *error;
};

static bool put(struct rereading *work, int64_t document)
{
    const struct pending pending = {.document = document};
    return list_push(work->arena, &work->documents, pending, work->error);
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
            !put(work, document.id))
            return false;
    while (count == 0) {
        bool has = false;
        if (!document_after(work->add->casefile, document.id, work->arena,
                            &document, &is_there, work->error))
            return false;
        if (!is_there)
            return true;
        if (only_unread && !case_has_reading(work->add->casefile, document.id,
                                             &has, work->error))
            return false;
        if (!has && !put(work, document.id))
            return false;
    }
    return true;
}

bool case_reread(const struct case_add *add, char **words, size_t count,
                 enum reread_which which, struct error *error)
{
    struct rereading work = {
        .add = add, .arena = arena_new((size_t)8 << 30), .error = error};
    if (work.arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well = list_documents(&work, words, count, which == REREAD_UNREAD);
    if (is_well && add->found != NULL)
        add->found(add->context, work.documents.count);
    is_well = is_well && case_read_documents(add, work.arena, &work.documents,
                                             which == REREAD_CONVERTED, error);
    arena_release(work.arena);
    return is_well;
}
