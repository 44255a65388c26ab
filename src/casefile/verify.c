/*
 * verify.c - see verify.h: the order of the work, and how faults are told.
 */
#include "verify.h"

#include <stdarg.h>

#include "sql.h"
#include "verify_parts.h"

void verify_fault(struct verifying *verifying, const char *what,
                  const char *format, ...)
{
    char where[512];
    va_list values;
    va_start(values, format);
    vsnprintf(where, sizeof where, format, values);
    va_end(values);
    verifying->counts->faults++;
    verifying->verify->fault(verifying->verify->context, what, where);
}

/* What is wrong with the file; NULL where the machine failed. */
static const char *fault_of(enum error_kind kind)
{
    switch (kind) {
    case ERROR_TAMPERED:
        return "altered";
    case ERROR_NOT_FOUND:
        return "missing";
    case ERROR_CORRUPT:
    case ERROR_BAD_INPUT:
    case ERROR_USAGE:
        return "damaged";
    default:
        return NULL;
    }
}

bool verify_was_told(struct verifying *verifying)
{
    if (fault_of(verifying->error->kind) == NULL)
        return false;
    *verifying->error = (struct error){.kind = ERROR_NONE};
    return true;
}

bool verify_told(struct verifying *verifying, const char *where)
{
    const char *what = fault_of(verifying->error->kind);
    if (what != NULL)
        verify_fault(verifying, what, "%s: %s", where, verifying->error->text);
    return verify_was_told(verifying);
}

bool verify_body(struct verifying *verifying, int64_t position,
                 const char *kind, json_t *body, const char *where)
{
    struct entry entry;
    if (body == NULL && verifying->error->kind == ERROR_BAD_INPUT) {
        *verifying->error = (struct error){.kind = ERROR_NONE};
        verify_fault(verifying, "altered", "%s", where); /* no UTF-8 any more */
        return true;
    }
    const char *text =
        body == NULL
            ? NULL
            : json_text(body, JSON_SORTED, verifying->moment, verifying->error);
    json_decref(body);
    if (text == NULL)
        return false;
    if (position < 0 || (uint64_t)position >= verifying->size) {
        verify_fault(verifying, "added", "%s: the ledger has no entry for it",
                     where);
        return true;
    }
    if (!entry_get(verifying->casefile, (uint64_t)position, verifying->moment,
                   &entry, verifying->error))
        return verify_told(verifying, where);
    if (strcmp(entry.leaf.kind, kind) != 0 || entry.is_erased)
        verify_fault(verifying, "added", "%s: entry %lld is not about it",
                     where, (long long)position);
    else if (!slice_equals(entry.body, slice_of(text)))
        verify_fault(verifying, "altered",
                     "%s: it does not say what entry %lld says", where,
                     (long long)position);
    return true;
}

static bool verify_all(struct verifying *verifying)
{
    return verify_ledger(verifying) && verify_documents(verifying) &&
           verify_findings(verifying) && verify_reviews(verifying);
}

bool casefile_verify(const struct verify *verify, struct verify_counts *counts,
                     struct error *error)
{
    struct verifying verifying = {.verify = verify,
                                  .casefile = verify->casefile,
                                  .counts = counts,
                                  .arena = arena_new((size_t)64 << 30),
                                  .moment = arena_new((size_t)64 << 30),
                                  .error = error};
    *counts = (struct verify_counts){0};
    bool is_done = false;
    if (verifying.arena == NULL || verifying.moment == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if (casefile_begin_read(verify->casefile, error)) {
        is_done = verify_all(&verifying);
        /* What breaks the walk itself is a fault too. */
        if (!is_done)
            is_done = verify_told(&verifying, "the case file");
        casefile_rollback(verify->casefile);
    }
    arena_release(verifying.arena);
    arena_release(verifying.moment);
    return is_done;
}
