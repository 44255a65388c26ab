/*
 * paper_json.c - see paper_json.h.
 */
#include "paper_json.h"

#include "api_json.h"

struct writing {
    const struct paper *paper;
    struct arena *arena;
    struct error *error;
    json_t *notes; /* as they are referred to; a place in it is their number */
    size_t *number_of;  /* note of the paper -> place in notes, one more */
    size_t bytes, most; /* about; what is beyond is left out */
};

static const char *const block_names[] = {
    [BLOCK_TITLE] = "title",       [BLOCK_SUBTITLE] = "subtitle",
    [BLOCK_HEADING] = "heading",   [BLOCK_NUMBERED] = "numbered",
    [BLOCK_PLAIN] = "plain",       [BLOCK_ITEM] = "item",
    [BLOCK_CONTENTS] = "contents", [BLOCK_TABLE] = "table"};

static json_t *passage_of(struct writing *to, const struct passage *passage)
{
    enum { QUOTE = 300 };
    const struct paper_source *source =
        &to->paper->sources.items[passage->document];
    struct slice quote = passage->quote;
    if (passage->quote.length > QUOTE) {
        quote.length = QUOTE;
        while (quote.length > 0 &&
               ((unsigned char)quote.data[quote.length] & 0xC0) == 0x80)
            quote.length--;
    }
    to->bytes += quote.length + 200;
    return json_pack("{s:s,s:s,s:s,s:o,s:o,s:s*}", "label", source->label,
                     "document", source->sha256, "name", source->name, "span",
                     span_json(passage->span), "quote",
                     text_json(quote, to->arena, to->error), "finding",
                     passage->finding);
}

/* Its place among the notes that were told. */
static json_int_t note_of(struct writing *to, size_t number)
{
    enum { PASSAGES = 8 };
    const struct note *note = &to->paper->notes.items[number];
    if (note->same_as != PAPER_NONE)
        return note_of(to, note->same_as);
    if (to->number_of[number] == 0) {
        json_t *passages = json_array();
        for (size_t i = 0; i < note->count && i < PASSAGES; i++)
            json_array_append_new(
                passages,
                passage_of(to, &to->paper->passages.items[note->first + i]));
        json_array_append_new(to->notes, passages);
        to->number_of[number] = json_array_size(to->notes);
    }
    return (json_int_t)to->number_of[number] - 1;
}

static void put_run(struct writing *to, const struct run *run, json_t *runs)
{
    json_t *json = NULL;
    if (run->kind == RUN_NOTE) {
        json = json_pack("{s:I}", "note", note_of(to, run->target));
    } else if (run->kind == RUN_REF) {
        json = json_pack("{s:s*}", "text", block_label(to->paper, run->target));
    } else if (run->kind == RUN_BEGIN && run->target != MARK_NONE) {
        json = json_pack("{s:b}", "unreviewed", 1);
    } else if (run->kind == RUN_TEXT) {
        json = json_pack("{s:o,s:I,s:s*}", "text",
                         text_json(run->text, to->arena, to->error), "style",
                         (json_int_t)run->style, "language", run->language);
        to->bytes += run->text.length + 30;
    }
    if (json != NULL)
        json_array_append_new(runs, json);
}

static json_t *runs_of(struct writing *to, const struct runs *runs)
{
    json_t *array = json_array();
    for (size_t i = 0; i < runs->count && to->bytes < to->most; i++)
        put_run(to, &runs->items[i], array);
    return array;
}

static json_t *rows_of(struct writing *to, const struct paper_table *table)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < table->count && to->bytes < to->most; i++) {
        json_t *row = json_array();
        for (size_t k = 0; k < table->columns; k++)
            json_array_append_new(row,
                                  runs_of(to, &table->items[i].cells[k].runs));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *block_of(struct writing *to, const struct block *block)
{
    to->bytes += 60;
    json_t *json = json_pack(
        "{s:s,s:I,s:s*,s:I,s:o}", "kind", block_names[block->kind], "level",
        (json_int_t)block->level, "label", block->label, "number",
        (json_int_t)block->number, "runs", runs_of(to, &block->runs));
    if (json != NULL && block->table != NULL)
        json_object_set_new(json, "rows", rows_of(to, block->table));
    if (json != NULL && to->bytes >= to->most)
        json_object_set_new(json, "cut", json_true());
    return json;
}

json_t *paper_json(const struct paper *paper, size_t most, struct arena *arena,
                   struct error *error)
{
    struct writing to = {paper, arena, error, json_array(), NULL, 0, most};
    json_t *blocks = json_array();
    to.number_of =
        arena_take(arena, paper->notes.count + 1, sizeof *to.number_of, error);
    for (size_t i = 0;
         to.number_of != NULL && i < paper->blocks.count && to.bytes < most;
         i++)
        json_array_append_new(blocks, block_of(&to, &paper->blocks.items[i]));
    json_t *json = json_pack("{s:s,s:s,s:b,s:I,s:o,s:o}", "title",
                             paper->title != NULL ? paper->title : "", "state",
                             paper->state != NULL ? paper->state : "",
                             "unreviewed", (int)paper->has_unreviewed, "total",
                             (json_int_t)paper->blocks.count, "blocks", blocks,
                             "notes", to.notes);
    if (json != NULL && to.number_of != NULL)
        return json;
    json_decref(json);
    error_set(error, ERROR_LIMIT, "no memory for the paper");
    return NULL;
}
