/*
 * write_markdown.c - a paper as Markdown: CommonMark with pipe tables and
 * footnotes, as most programs know them.
 */
#include "report.h"

/* Marks that Markdown would take for its own. */
static void escape(struct output *output, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (strchr("\\`*_[]<>|#~", byte) != NULL && byte != '\0')
            output_add(output, "\\");
        if (byte == '\n' || byte == '\r' || byte == '\f')
            output_add(output, " ");
        else
            output_slice(output, (struct slice){&byte, 1});
    }
}

static void write_text(struct output *output, const struct run *run)
{
    const char *mark = run->style & RUN_BOLD     ? "**"
                       : run->style & RUN_ITALIC ? "*"
                                                 : "";
    output_add(output, mark);
    escape(output, run->text);
    output_add(output, mark);
}

static void write_runs(struct output *output, const struct paper *paper,
                       const struct runs *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->items[i];
        if (run->kind == RUN_TEXT)
            write_text(output, run);
        else if (run->kind == RUN_NOTE)
            output_print(output, "[^%zu]", run->target + 1);
        else if (run->kind == RUN_REF)
            output_add(output, block_label(paper, run->target));
        else if (run->kind == RUN_BEGIN && mark_words(run->target) != NULL)
            output_print(output, "*\\%.*s\\]* ",
                         (int)strlen(mark_words(run->target)) - 2,
                         mark_words(run->target));
    }
}

static void write_table(struct output *output, const struct paper *paper,
                        const struct paper_table *table)
{
    for (size_t row = 0; row < table->count; row++) {
        output_add(output, "|");
        for (size_t column = 0; column < table->columns; column++) {
            output_add(output, " ");
            write_runs(output, paper, &table->items[row].cells[column].runs);
            output_add(output, " |");
        }
        output_add(output, "\n");
        for (size_t column = 0; row == 0 && column < table->columns; column++)
            output_add(output, column == 0 ? "|---|" : "---|");
        if (row == 0)
            output_add(output, "\n");
    }
}

static void write_contents(struct output *output, const struct paper *paper)
{
    output_add(output, "**Contents**\n\n");
    for (size_t i = 0; i < paper->blocks.count; i++) {
        const struct block *block = &paper->blocks.items[i];
        if (block->kind != BLOCK_HEADING || block->level > 2)
            continue;
        output_print(output, "%*s- %s ", (int)(block->level - 1) * 2, "",
                     block->label);
        write_runs(output, paper, &block->runs);
        output_add(output, "\n");
    }
}

static void write_block(struct output *output, const struct paper *paper,
                        const struct block *block)
{
    static const char *const marks[] = {"#", "##", "###", "####"};
    if (block->kind == BLOCK_TABLE) {
        write_table(output, paper, block->table);
        return;
    }
    if (block->kind == BLOCK_CONTENTS) {
        write_contents(output, paper);
        return;
    }
    if (block->kind == BLOCK_TITLE)
        output_add(output, "# ");
    else if (block->kind == BLOCK_HEADING)
        output_print(output, "%s %s ", marks[block->level], block->label);
    else if (block->kind == BLOCK_NUMBERED)
        output_print(output, "%zu. ", block->number);
    else if (block->kind == BLOCK_ITEM)
        output_add(output, "- ");
    write_runs(output, paper, &block->runs);
    output_add(output, "\n");
}

static void write_note(struct output *output, const struct paper *paper,
                       size_t index)
{
    const struct note *note = &paper->notes.items[index];
    char words[PASSAGE_WORDS];
    output_print(output, "[^%zu]: ", index + 1);
    if (note->same_as != PAPER_NONE) {
        output_print(output, "As note %zu.\n", note->same_as + 1);
        return;
    }
    for (size_t i = 0; i < note->count; i++) {
        const struct passage *passage = &paper->passages.items[note->first + i];
        passage_place(paper, passage, words);
        output_print(output, "%s%s“", i > 0 ? " — " : "", words);
        escape(output, passage->quote);
        passage_proof(paper, passage, words);
        output_print(output, "”%s", words);
    }
    output_add(output, "\n");
}

bool paper_markdown(const struct paper *paper, struct slice *made,
                    struct error *error)
{
    struct output output;
    output_begin(&output, paper->arena, error);
    for (size_t i = 0; i < paper->blocks.count; i++) {
        const struct block *block = &paper->blocks.items[i];
        if (i > 0 && !(block->kind == BLOCK_ITEM &&
                       paper->blocks.items[i - 1].kind == BLOCK_ITEM))
            output_add(&output, "\n");
        write_block(&output, paper, block);
    }
    output_add(&output, "\n");
    for (size_t i = 0; i < paper->notes.count; i++)
        write_note(&output, paper, i);
    *made = output_bytes(&output);
    return !output.is_failed;
}
