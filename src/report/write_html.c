/*
 * write_html.c - a paper as one HTML file: no script, nothing from elsewhere.
 * Each sentence made of findings is a span of class "finding"; its notes
 * stand at the end, and quotations carry what they are checked against.
 */
#include "report.h"

static const char style[] =
    "body{max-width:46em;margin:2em auto;padding:0 1em;line-height:1.5;"
    "font-family:'Liberation Serif','Times New Roman',serif;color:#111}"
    "h1{text-align:center;font-size:1.5em}h2{font-size:1.2em;margin-top:2em}"
    "h3{font-size:1.05em}.subtitle{text-align:center}"
    "p.numbered{padding-left:3em;text-indent:-3em}"
    "p.numbered>.number{display:inline-block;width:3em;text-indent:0}"
    "table{border-collapse:collapse;width:100%;font-size:.92em}"
    "td,th{border:1px solid #999;padding:.3em .5em;text-align:left;"
    "vertical-align:top}td,.notes{overflow-wrap:anywhere}"
    "sup a{text-decoration:none}.notes{font-size:.85em}"
    ".blank{background:#fff3b0}.unreviewed{color:#8a1f11;font-style:italic}"
    "nav ul{list-style:none;padding-left:1.2em}"
    ".state{font-size:.85em;color:#444;border-top:1px solid #999;"
    "margin-top:2em}@media print{.blank{background:none}}";

static void write_text(struct output *output, const struct run *run)
{
    const char *open = "", *close = "";
    if (run->style & RUN_BOLD) {
        open = "<b>";
        close = "</b>";
    } else if (run->style & RUN_ITALIC) {
        open = "<i>";
        close = "</i>";
    } else if (run->style & RUN_BLANK) {
        open = "<span class=\"blank\">";
        close = "</span>";
    }
    output_add(output, open);
    if (run->language != NULL) {
        output_add(output, "<span lang=\"");
        output_xml(output, slice_of(run->language));
        output_add(output, "\" dir=\"auto\">");
    }
    output_xml(output, run->text);
    output_add(output, run->language != NULL ? "</span>" : "");
    output_add(output, close);
}

static void write_runs(struct output *output, const struct paper *paper,
                       const struct runs *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->items[i];
        switch (run->kind) {
        case RUN_TEXT:
            write_text(output, run);
            break;
        case RUN_NOTE:
            output_print(output,
                         "<sup><a id=\"r%zu\" href=\"#n%zu\">%zu</a></sup>",
                         run->target + 1, run->target + 1, run->target + 1);
            break;
        case RUN_REF:
            output_print(output, "<a href=\"#b%zu\">%s</a>", run->target,
                         block_label(paper, run->target));
            break;
        case RUN_BEGIN:
            output_add(output, "<span class=\"finding\">");
            if (mark_words(run->target) != NULL)
                output_print(output, "<span class=\"unreviewed\">%s</span>",
                             mark_words(run->target));
            break;
        case RUN_END:
            output_add(output, "</span>");
            break;
        }
    }
}

static void write_table(struct output *output, const struct paper *paper,
                        const struct paper_table *table)
{
    unsigned whole = 0;
    for (size_t i = 0; i < table->columns; i++)
        whole += table->widths[i];
    output_add(output, "<table><colgroup>");
    for (size_t i = 0; i < table->columns; i++)
        output_print(output, "<col style=\"width:%u%%\">",
                     table->widths[i] * 100 / whole);
    output_add(output, "</colgroup>\n");
    for (size_t row = 0; row < table->count; row++) {
        const char *cell = row == 0 ? "th" : "td";
        output_add(output, row == 0 ? "<thead><tr>" : "<tr>");
        for (size_t column = 0; column < table->columns; column++) {
            output_print(output, "<%s>", cell);
            write_runs(output, paper, &table->items[row].cells[column].runs);
            output_print(output, "</%s>", cell);
        }
        output_add(output, row == 0 ? "</tr></thead><tbody>\n" : "</tr>\n");
    }
    output_add(output, table->count > 0 ? "</tbody></table>\n" : "</table>\n");
}

static void write_contents(struct output *output, const struct paper *paper)
{
    output_add(output, "<nav><p><b>Contents</b></p><ul>\n");
    for (size_t i = 0; i < paper->blocks.count; i++) {
        const struct block *block = &paper->blocks.items[i];
        if (block->kind != BLOCK_HEADING || block->level > 2)
            continue;
        output_print(output,
                     "<li style=\"margin-left:%ue"
                     "m\"><a href=\"#b%zu\">%s ",
                     block->level - 1, i, block->label);
        write_runs(output, paper, &block->runs);
        output_add(output, "</a></li>\n");
    }
    output_add(output, "</ul></nav>\n");
}

static void write_block(struct output *output, const struct paper *paper,
                        size_t index)
{
    static const struct {
        const char *open, *close;
    } tags[] = {
        [BLOCK_TITLE] = {"h1", "h1"},
        [BLOCK_SUBTITLE] = {"p class=\"subtitle\"", "p"},
        [BLOCK_NUMBERED] = {"p class=\"numbered\"", "p"},
        [BLOCK_PLAIN] = {"p", "p"},
        [BLOCK_ITEM] = {"p class=\"item\"", "p"},
    };
    const struct block *block = &paper->blocks.items[index];
    if (block->kind == BLOCK_TABLE) {
        write_table(output, paper, block->table);
        return;
    }
    if (block->kind == BLOCK_CONTENTS) {
        write_contents(output, paper);
        return;
    }
    if (block->kind == BLOCK_HEADING)
        output_print(output, "<h%u id=\"b%zu\">%s ", block->level + 1, index,
                     block->label);
    else
        output_print(output, "<%s id=\"b%zu\">", tags[block->kind].open, index);
    if (block->kind == BLOCK_NUMBERED)
        output_print(output, "<span class=\"number\">%zu.</span>",
                     block->number);
    if (block->kind == BLOCK_ITEM)
        output_add(output, "• ");
    write_runs(output, paper, &block->runs);
    if (block->kind == BLOCK_HEADING)
        output_print(output, "</h%u>\n", block->level + 1);
    else
        output_print(output, "</%s>\n", tags[block->kind].close);
}

static void write_passage(struct output *output, const struct paper *paper,
                          const struct passage *passage)
{
    const struct paper_source *source =
        &paper->sources.items[passage->document];
    char words[PASSAGE_WORDS];
    passage_place(paper, passage, words);
    output_xml(output, slice_of(words));
    output_print(output,
                 "“<q data-document=\"%s\" data-text=\"%s\" "
                 "data-begin=\"%u\" data-end=\"%u\" ",
                 source->sha256, source->text_sha256, passage->span.begin,
                 passage->span.end);
    output_print(output, "data-entry=\"%lld\" data-finding=\"%s\" dir=\"auto\"",
                 (long long)source->text_entry,
                 passage->finding != NULL ? passage->finding : "");
    if (passage->language != NULL) {
        output_add(output, " lang=\"");
        output_xml(output, slice_of(passage->language));
        output_add(output, "\"");
    }
    output_add(output, " style=\"quotes:none;white-space:pre-line\">");
    output_xml(output, passage->quote);
    passage_proof(paper, passage, words);
    output_add(output, "</q>”");
    output_xml(output, slice_of(words));
}

static void write_notes(struct output *output, const struct paper *paper)
{
    if (paper->notes.count == 0)
        return;
    output_add(output, "<section class=\"notes\"><h2>Notes</h2>\n");
    for (size_t i = 0; i < paper->notes.count; i++) {
        const struct note *note = &paper->notes.items[i];
        output_print(output, "<p id=\"n%zu\"><a href=\"#r%zu\">%zu</a>. ",
                     i + 1, i + 1, i + 1);
        if (note->same_as != PAPER_NONE)
            output_print(output, "As note <a href=\"#n%zu\">%zu</a>.",
                         note->same_as + 1, note->same_as + 1);
        for (size_t j = 0; note->same_as == PAPER_NONE && j < note->count;
             j++) {
            output_add(output, j > 0 ? " — " : "");
            write_passage(output, paper,
                          &paper->passages.items[note->first + j]);
        }
        output_add(output, "</p>\n");
    }
    output_add(output, "</section>\n");
}

bool paper_html(const struct paper *paper, struct slice *made,
                struct error *error)
{
    struct output output;
    output_begin(&output, paper->arena, error);
    output_print(&output,
                 "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                 "<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" "
                 "content=\"default-src 'none'; style-src "
                 "'unsafe-inline'\">\n<title>",
                 paper->language);
    output_xml(&output, slice_of(paper->title != NULL ? paper->title : ""));
    output_print(&output, "</title>\n<style>%s</style>\n</head>\n<body>\n",
                 style);
    for (size_t i = 0; i < paper->blocks.count; i++)
        write_block(&output, paper, i);
    write_notes(&output, paper);
    output_add(&output, "<p class=\"state\">Made from the state of the case "
                        "at ");
    output_xml(&output, slice_of(paper->time));
    output_add(&output, ": ");
    output_xml(&output, slice_of(paper->state));
    output_add(&output, ".</p>\n</body>\n</html>\n");
    *made = output_bytes(&output);
    return !output.is_failed;
}
