/*
 * write_csv.c - a paper's sentences as a table: a row for each passage that a
 * sentence rests on. RFC 4180, safe for spreadsheets (csv.h).
 */
#include <errno.h>

#include "csv.h"
#include "report.h"

enum { CELLS = 14 };

struct csv_writing {
    const struct paper *paper;
    FILE *file;
    const char *section;
    struct error *error;
    bool is_failed;
};

static const char *copy(struct csv_writing *to, struct slice words)
{
    const char *made = arena_string(to->paper->arena, words, to->error);
    to->is_failed = to->is_failed || made == NULL;
    return made;
}

/* The words of runs from `first` to `end`, notes left out. */
static const char *words_of(struct csv_writing *to, const struct runs *runs,
                            size_t first, size_t end)
{
    struct output output;
    output_begin(&output, to->paper->arena, to->error);
    for (size_t i = first; i < end; i++)
        if (runs->items[i].kind == RUN_TEXT)
            output_slice(&output, runs->items[i].text);
        else if (runs->items[i].kind == RUN_REF)
            output_add(&output, block_label(to->paper, runs->items[i].target));
    to->is_failed = to->is_failed || output.is_failed;
    return copy(to, output_bytes(&output));
}

static void write_passage(struct csv_writing *to, const char *number,
                          const char *sentence, bool is_unreviewed,
                          const struct passage *passage)
{
    const struct paper_source *source =
        &to->paper->sources.items[passage->document];
    char numbers[5][24];
    snprintf(numbers[0], 24, "%u", passage->page);
    snprintf(numbers[1], 24, "%u", passage->paragraph);
    snprintf(numbers[2], 24, "%u", passage->span.begin);
    snprintf(numbers[3], 24, "%u", passage->span.end);
    snprintf(numbers[4], 24, "%lld",
             (long long)(source->text_entry != 0 ? source->text_entry
                                                 : source->entry));
    const char *const cells[CELLS] = {to->section,
                                      number,
                                      sentence,
                                      is_unreviewed ? "no" : "yes",
                                      source->label,
                                      source->name,
                                      passage->page > 0 ? numbers[0] : NULL,
                                      numbers[1],
                                      numbers[2],
                                      numbers[3],
                                      copy(to, passage->quote),
                                      source->text_sha256,
                                      numbers[4],
                                      passage->finding};
    if (!to->is_failed)
        csv_write_row(to->file, cells, CELLS);
}

static void write_sentence(struct csv_writing *to, const struct runs *runs,
                           size_t first, size_t end, const char *number)
{
    const char *sentence = words_of(to, runs, first, end);
    for (size_t i = first; i < end && !to->is_failed; i++) {
        if (runs->items[i].kind != RUN_NOTE)
            continue;
        const struct note *note =
            &to->paper->notes.items[runs->items[i].target];
        for (size_t j = 0; j < note->count; j++)
            write_passage(to, number, sentence, runs->items[first].target != 0,
                          &to->paper->passages.items[note->first + j]);
    }
}

static void write_runs(struct csv_writing *to, const struct runs *runs,
                       const char *number)
{
    size_t first = 0;
    for (size_t i = 0; i < runs->count && !to->is_failed; i++) {
        if (runs->items[i].kind == RUN_BEGIN)
            first = i;
        if (runs->items[i].kind == RUN_END)
            write_sentence(to, runs, first, i, number);
    }
}

static void write_block(struct csv_writing *to, const struct block *block)
{
    if (block->kind == BLOCK_HEADING)
        to->section = words_of(to, &block->runs, 0, block->runs.count);
    if (block->kind != BLOCK_TABLE) {
        write_runs(to, &block->runs,
                   block->kind == BLOCK_NUMBERED ? block->label : NULL);
        return;
    }
    for (size_t row = 0; row < block->table->count; row++)
        for (size_t column = 0; column < block->table->columns; column++)
            write_runs(to, &block->table->items[row].cells[column].runs, NULL);
}

bool paper_csv(const struct paper *paper, struct slice *made,
               struct error *error)
{
    static const char *const names[CELLS] = {
        "section", "paragraph", "sentence", "reviewed",
        "label",   "document",  "page",     "document_paragraph",
        "begin",   "end",       "quote",    "text_sha256",
        "entry",   "finding"};
    char *bytes = NULL;
    size_t length = 0;
    struct csv_writing to = {.paper = paper,
                             .file = open_memstream(&bytes, &length),
                             .error = error};
    if (to.file == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    csv_write_mark(to.file);
    csv_write_row(to.file, names, CELLS);
    for (size_t i = 0; i < paper->blocks.count && !to.is_failed; i++)
        write_block(&to, &paper->blocks.items[i]);
    bool is_well = fclose(to.file) == 0 && !to.is_failed;
    const char *copied =
        is_well
            ? arena_string(paper->arena, (struct slice){bytes, length}, error)
            : NULL;
    *made = (struct slice){copied, length};
    free(bytes);
    if (!is_well && error->kind == ERROR_NONE)
        return error_set(error, ERROR_LIMIT, "out of memory");
    return copied != NULL;
}
