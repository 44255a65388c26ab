/*
 * review_table_write.c - see review_table.h: a case's decisions as rows.
 */
#include <errno.h>

#include "documents.h"
#include "entries.h"
#include "reading_store.h"
#include "review_table.h"
#include "standing.h"
#include "utf8.h"

/* A spreadsheet's cell holds 32,767 characters; a person reads fewer. */
#define QUOTE_BYTES_MAX 2000

struct table_writing {
    struct casefile *casefile;
    FILE *file;
    bool is_whole;
    struct arena *arena;           /* of one document */
    struct case_document document; /* that one */
    struct slice text;
    struct error *error;
};

/* The words of the passage, cut where they are many; NULL: no memory. */
static const char *quote_of(const struct table_writing *to, struct span span)
{
    if (span.begin > span.end || span.end > to->text.length)
        return "";
    struct slice quote = slice_at(to->text, span);
    if (quote.length > QUOTE_BYTES_MAX) {
        quote.length = QUOTE_BYTES_MAX;
        while (quote.length > 0 &&
               ((unsigned char)quote.data[quote.length] & 0xC0) == 0x80)
            quote.length--;
    }
    return arena_string(to->arena, quote, to->error);
}

static bool write_standing(struct table_writing *to,
                           const struct standing *standing)
{
    const struct finding *finding = &standing->finding;
    const struct review *last = standing_last(standing);
    struct table_cells cells = {
        .items = {
            [COLUMN_FINDING] = finding->key, [COLUMN_KIND] = finding->kind}};
    cells_set_document(&cells, &to->document);
    cells_set_span(&cells, finding->span);
    if (last != NULL)
        cells_set_review(&cells, last);
    if (strcmp(finding->status, "unreviewed") != 0)
        cells.items[COLUMN_DECISION] = finding->status;
    for (size_t i = COLUMN_WHO; i <= COLUMN_LAST; i++)
        cells.items[i] = finding_value(finding, (enum table_column)i);
    cells.items[COLUMN_QUOTE] = quote_of(to, finding->span);
    if (json_object_size(standing->other) > 0 &&
        (cells.items[COLUMN_OTHER] = json_text(standing->other, JSON_SORTED,
                                               to->arena, to->error)) == NULL)
        return false;
    if (cells.items[COLUMN_QUOTE] == NULL)
        return false;
    csv_write_row(to->file, cells.items, COLUMN_COUNT);
    return true;
}

static bool write_finding(struct table_writing *to,
                          const struct finding *finding)
{
    struct standing standing;
    if (!to->is_whole && strcmp(finding->status, "unreviewed") == 0)
        return true;
    if (!standing_of(to->casefile, finding, to->arena, &standing, to->error))
        return false;
    bool is_written = write_standing(to, &standing);
    json_decref(standing.other);
    return is_written;
}

/* Keys parted by blanks; the arena's. */
static const char *words_of_keys(const json_t *keys, struct arena *arena,
                                 struct error *error)
{
    const char *key;
    json_t *value;
    size_t room = json_object_size(keys) * CASEFILE_KEY_SIZE + 1, at = 0;
    char *words = arena_take(arena, room, 1, error);
    json_object_foreach((json_t *)(uintptr_t)keys, key, value)
    {
        if (words != NULL && strlen(key) < CASEFILE_KEY_SIZE)
            at += (size_t)snprintf(words + at, room - at, "%s%s",
                                   at > 0 ? " " : "", key);
    }
    return words;
}

static bool write_group(struct table_writing *to, const struct review *review)
{
    struct table_cells cells = {.items = {[COLUMN_FINDING] = review->finding,
                                          [COLUMN_KIND] = review->kind,
                                          [COLUMN_DECISION] = review->decision,
                                          [COLUMN_QUOTE] = review->quote}};
    bool is_undone;
    if (!review_is_group(review))
        return true;
    if (!review_is_undone(to->casefile, review, &is_undone, to->error))
        return false;
    if (is_undone)
        return true;
    json_t *with = review_with(review, to->error);
    if (with == NULL)
        return false;
    cells.items[COLUMN_WITH] = words_of_keys(with, to->arena, to->error);
    json_decref(with);
    if (cells.items[COLUMN_WITH] == NULL)
        return false;
    cells_set_document(&cells, &to->document);
    cells_set_span(&cells, review->span);
    cells_set_review(&cells, review);
    csv_write_row(to->file, cells.items, COLUMN_COUNT);
    return true;
}

/* A review that holds for no finding has a row of its own. */
static bool write_stranded(struct table_writing *to,
                           const struct review *review)
{
    bool is_stranded;
    struct table_cells cells;
    if (review_is_group(review))
        return true;
    if (!review_is_stranded(to->casefile, review, &is_stranded, to->error))
        return false;
    if (!is_stranded)
        return true;
    if (!cells_of_stranded(&cells, review, &to->document, to->arena, to->error))
        return false;
    csv_write_row(to->file, cells.items, COLUMN_COUNT);
    return true;
}

static bool write_reviews(struct table_writing *to,
                          const struct reviews *reviews)
{
    for (size_t i = 0; i < reviews->count; i++)
        if (!write_group(to, &reviews->items[i]) ||
            !write_stranded(to, &reviews->items[i]))
            return false;
    return true;
}

static bool write_document(struct table_writing *to)
{
    struct reviews reviews;
    struct findings findings;
    bool is_read;
    if (!reviews_of_document(to->casefile, to->document.id, to->arena, &reviews,
                             to->error))
        return false;
    if (reviews.count == 0 && !to->is_whole)
        return true;
    if (!reading_text(to->casefile, to->document.id, to->arena, &is_read,
                      &to->text, to->error) ||
        !findings_of_document(to->casefile, to->document.id, to->arena,
                              &findings, to->error))
        return false;
    for (size_t i = 0; i < findings.count; i++)
        if (!write_finding(to, &findings.items[i]))
            return false;
    return write_reviews(to, &reviews);
}

static bool write_documents(struct table_writing *to)
{
    bool is_there = true;
    for (;;) {
        arena_reset(to->arena);
        if (!document_after(to->casefile, to->document.id, to->arena,
                            &to->document, &is_there, to->error))
            return false;
        if (!is_there)
            return true;
        if (!write_document(to))
            return error_prefix(to->error, "%.100s", to->document.facts.name);
        if (ferror(to->file))
            return error_errno(to->error, errno, "cannot write");
    }
}

bool review_table_write(struct casefile *casefile, FILE *file, bool is_whole,
                        struct error *error)
{
    struct table_writing to = {.casefile = casefile,
                               .file = file,
                               .is_whole = is_whole,
                               .arena = arena_new((size_t)8 << 30),
                               .error = error};
    if (to.arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_written = casefile_begin_read(casefile, error);
    if (is_written) {
        csv_write_mark(file);
        csv_write_row(file, column_names, COLUMN_COUNT);
        is_written = write_documents(&to);
        casefile_rollback(casefile);
    }
    arena_release(to.arena);
    return is_written;
}
