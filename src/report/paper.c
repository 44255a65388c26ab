/*
 * paper.c - see paper.h.
 */
#include "paper.h"

#include <assert.h>
#include <stdarg.h>

void paper_begin(struct paper *paper, struct arena *arena, struct error *error)
{
    *paper = (struct paper){.arena = arena, .error = error, .language = "en"};
}

static void keep(struct paper *paper, bool is_well)
{
    paper->is_failed = paper->is_failed || !is_well;
}

/* A paragraph of which nothing was reviewed says so once. */
static void mark_paragraph(struct runs *runs)
{
    size_t sentences = 0;
    for (size_t i = 0; i < runs->count; i++) {
        if (runs->items[i].kind == RUN_BEGIN &&
            runs->items[i].target == MARK_NONE)
            return;
        sentences += runs->items[i].kind == RUN_BEGIN;
    }
    size_t mark = MARK_PARAGRAPH;
    for (size_t i = 0; sentences > 1 && i < runs->count; i++)
        if (runs->items[i].kind == RUN_BEGIN) {
            runs->items[i].target = mark;
            mark = MARK_WITH;
        }
}

const char *mark_words(size_t mark)
{
    static const char *const words[] = {[MARK_NONE] = NULL,
                                        [MARK_SENTENCE] = "[not reviewed] ",
                                        [MARK_PARAGRAPH] =
                                            "[paragraph not reviewed] ",
                                        [MARK_WITH] = NULL};
    return words[mark];
}

bool paper_end(struct paper *paper)
{
    assert(paper->is_failed || !paper->in_sentence);
    for (size_t i = 0; i < paper->blocks.count; i++)
        mark_paragraph(&paper->blocks.items[i].runs);
    return !paper->is_failed;
}

/* Headings are numbered as "2", "2.1", "2.1.3". */
static const char *heading_label(struct paper *paper, unsigned level)
{
    char label[64];
    int length = 0;
    for (unsigned i = level + 1; i < 4; i++)
        paper->headings[i] = 0;
    paper->headings[level]++;
    for (unsigned i = 1; i <= level; i++)
        length += snprintf(label + length, sizeof label - (size_t)length,
                           i > 1 ? ".%zu" : "%zu", paper->headings[i]);
    return arena_string(paper->arena, slice_of(label), paper->error);
}

size_t paper_block(struct paper *paper, enum block_kind kind, unsigned level)
{
    struct block block = {.kind = kind, .level = level};
    assert(paper->is_failed || !paper->in_sentence);
    if (paper->is_failed)
        return PAPER_NONE;
    if (kind == BLOCK_NUMBERED) {
        char label[24];
        block.number = ++paper->paragraphs;
        snprintf(label, sizeof label, "%zu", block.number);
        block.label = arena_string(paper->arena, slice_of(label), paper->error);
        keep(paper, block.label != NULL);
    }
    if (kind == BLOCK_HEADING) {
        block.label = heading_label(paper, level);
        keep(paper, block.label != NULL);
    }
    if (paper->blocks.count >= PAPER_BLOCKS_MAX)
        keep(paper, error_set(paper->error, ERROR_LIMIT,
                              "more than %zu paragraphs", PAPER_BLOCKS_MAX));
    keep(paper, !paper->is_failed && list_push(paper->arena, &paper->blocks,
                                               block, paper->error));
    if (paper->is_failed)
        return PAPER_NONE;
    paper->into = &paper->blocks.items[paper->blocks.count - 1].runs;
    return paper->blocks.count - 1;
}

size_t paper_heading(struct paper *paper, unsigned level, const char *words)
{
    size_t block = paper_block(paper, BLOCK_HEADING, level);
    paper_text(paper, words);
    return block;
}

size_t paper_table(struct paper *paper, size_t columns, const unsigned *widths)
{
    size_t block = paper_block(paper, BLOCK_TABLE, 0);
    if (paper->is_failed)
        return PAPER_NONE;
    assert(columns > 0 && columns <= PAPER_COLUMNS_MAX);
    struct paper_table *table =
        arena_take(paper->arena, 1, sizeof *table, paper->error);
    keep(paper, table != NULL);
    if (table == NULL)
        return PAPER_NONE;
    table->columns = columns;
    memcpy(table->widths, widths, columns * sizeof *widths);
    paper->blocks.items[block].table = table;
    paper->into = NULL;
    return block;
}

static struct paper_table *table_now(const struct paper *paper)
{
    struct paper_table *table =
        paper->blocks.items[paper->blocks.count - 1].table;
    assert(table != NULL);
    return table;
}

void paper_row(struct paper *paper)
{
    if (paper->is_failed)
        return;
    struct paper_table *table = table_now(paper);
    keep(paper, list_push(paper->arena, table, (struct table_cells_row){0},
                          paper->error));
}

void paper_cell(struct paper *paper, size_t column)
{
    if (paper->is_failed)
        return;
    struct paper_table *table = table_now(paper);
    assert(column < table->columns && table->count > 0);
    paper->into = &table->items[table->count - 1].cells[column].runs;
}

static void add_run(struct paper *paper, struct run run)
{
    if (paper->is_failed)
        return;
    assert(paper->into != NULL);
    keep(paper, list_push(paper->arena, paper->into, run, paper->error));
}

void paper_slice(struct paper *paper, struct slice words, unsigned style,
                 const char *language)
{
    if (paper->is_failed || words.length == 0)
        return;
    const char *copy = arena_string(paper->arena, words, paper->error);
    keep(paper, copy != NULL);
    add_run(paper, (struct run){.kind = RUN_TEXT,
                                .style = style,
                                .text = {copy, words.length},
                                .language = language});
}

void paper_text(struct paper *paper, const char *words)
{
    paper_slice(paper, slice_of(words), RUN_PLAIN, NULL);
}

void paper_print(struct paper *paper, const char *format, ...)
{
    char words[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if ((size_t)length < sizeof words) {
        paper_text(paper, words);
        return;
    }
    char *room = paper->is_failed ? NULL
                                  : arena_take(paper->arena, (size_t)length + 1,
                                               1, paper->error);
    keep(paper, room != NULL);
    if (room == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(room, (size_t)length + 1, format, arguments);
    va_end(arguments);
    paper_text(paper, room);
}

void paper_ref(struct paper *paper, size_t block)
{
    add_run(paper, (struct run){.kind = RUN_REF, .target = block});
}

void paper_sentence(struct paper *paper, bool is_unreviewed)
{
    assert(paper->is_failed || !paper->in_sentence);
    paper->in_sentence = true;
    paper->sentence_notes = 0;
    paper->has_unreviewed = paper->has_unreviewed || is_unreviewed;
    add_run(paper,
            (struct run){.kind = RUN_BEGIN,
                         .target = is_unreviewed ? MARK_SENTENCE : MARK_NONE});
}

void paper_sentence_end(struct paper *paper)
{
    assert(paper->is_failed || paper->in_sentence);
    paper->in_sentence = false;
    if (!paper->is_failed && paper->sentence_notes == 0)
        keep(paper, error_set(paper->error, ERROR_BAD_INPUT,
                              "a sentence has no passage; nothing is printed"));
    add_run(paper, (struct run){.kind = RUN_END});
}

static bool same_passages(const struct paper *paper, const struct note *note,
                          const struct passage *passages, size_t count)
{
    if (note->count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct passage *one = &paper->passages.items[note->first + i];
        if (one->document != passages[i].document ||
            one->span.begin != passages[i].span.begin ||
            one->span.end != passages[i].span.end)
            return false;
    }
    return true;
}

/* Only the last few: a reader looks back a page, not a chapter. */
static size_t earlier_note(const struct paper *paper,
                           const struct passage *passages, size_t count)
{
    enum { BACK = 24 };
    size_t least = paper->notes.count > BACK ? paper->notes.count - BACK : 0;
    for (size_t i = paper->notes.count; i-- > least;)
        if (paper->notes.items[i].same_as == PAPER_NONE &&
            same_passages(paper, &paper->notes.items[i], passages, count))
            return i;
    return PAPER_NONE;
}

void paper_note(struct paper *paper, const struct passage *passages,
                size_t count)
{
    struct note note = {paper->passages.count, count, PAPER_NONE};
    if (paper->is_failed)
        return;
    assert(count > 0);
    note.same_as = earlier_note(paper, passages, count);
    for (size_t i = 0; i < count && !paper->is_failed; i++)
        keep(paper, list_push(paper->arena, &paper->passages, passages[i],
                              paper->error));
    keep(paper, !paper->is_failed &&
                    list_push(paper->arena, &paper->notes, note, paper->error));
    paper->sentence_notes++;
    add_run(paper,
            (struct run){.kind = RUN_NOTE, .target = paper->notes.count - 1});
}

const char *block_label(const struct paper *paper, size_t block)
{
    static const char nowhere[] = "?";
    if (block >= paper->blocks.count)
        return nowhere;
    const struct block *to = &paper->blocks.items[block];
    return to->label != NULL ? to->label : nowhere;
}
