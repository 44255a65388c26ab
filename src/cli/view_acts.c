/*
 * view_acts.c - see view_acts.h.
 */
#include "view_acts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "terminal.h"
#include "utf8.h"

enum { MARGIN_ACT = 6, CHAIN_MAX = 4 };

/* What both forms write with: words of ours, words of the document. */
struct out {
    void *context;
    void (*words)(void *context, const char *);
    void (*text)(void *context, struct slice);
};

static int percent(float confidence)
{
    int rounded = (int)lroundf(confidence * 100);
    return rounded > 99 ? 99 : rounded; /* nothing is certain */
}

/* How often each act is told, by index of the first that tells it; 0 for
 * those that tell it again. Yours, by free. */
static uint32_t *count_tellings(const struct reading *reading)
{
    uint32_t *tellings = calloc(reading->acts.count + 1, sizeof *tellings);
    for (size_t i = 0; tellings != NULL && i < reading->acts.count; i++) {
        uint32_t first = reading->acts.items[i].same_as;
        tellings[first == READING_NONE ? i : first]++;
    }
    return tellings;
}

/* The parties from `role` to `last`, parted by commas; how many. */
static uint32_t put_parties(const struct out *out,
                            const struct reading *reading,
                            const struct act *act, enum act_role role,
                            enum act_role last, const char *before)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < act->party_count; i++) {
        const struct act_party *party = &act->parties[i];
        if (party->role < role || party->role > last)
            continue;
        out->words(out->context, count++ == 0 ? before : ", ");
        out->text(out->context, slice_at(reading->text.bytes, party->span));
        if (party->role == ROLE_PERPETRATOR && party->degree != DEGREE_DIRECT) {
            out->words(out->context, " (");
            out->words(out->context, act_degree_names[party->degree]);
            out->words(out->context, ")");
        }
    }
    return count;
}

static void put_speaker(const struct out *out, const struct reading *reading,
                        const struct claim *claim)
{
    if (claim->speaker != READING_NONE)
        out->text(out->context, reading->actors.items[claim->speaker].name);
    else if (claim->source.count > 0)
        out->text(out->context,
                  slice_at(reading->text.bytes, claim->source.items[0]));
    else
        out->words(out->context, "somebody");
}

/* Who says so, and on whose word: innermost first. */
static bool put_chain(const struct out *out, const struct reading *reading,
                      const struct act *act, const char *before)
{
    uint32_t at = act->claim;
    for (int i = 0; at != READING_NONE && i < CHAIN_MAX; i++) {
        const struct claim *claim = &reading->claims.items[at];
        out->words(out->context, i == 0 ? before : ", as told by ");
        put_speaker(out, reading, claim);
        at = claim->parent;
    }
    return act->claim != READING_NONE;
}

static void put_status(const struct out *out, const struct act *act,
                       const char *before)
{
    const char *mark = before;
    if (act->modality != MODALITY_ACTUAL) {
        out->words(out->context, mark);
        out->words(out->context, act_modality_names[act->modality]);
        mark = ", ";
    }
    if (act->is_denied) {
        out->words(out->context, mark);
        out->words(out->context, "denied");
    }
}

static void layout_our_words(void *context, const char *words)
{
    layout_words(context, words);
}

static void layout_its_text(void *context, struct slice text)
{
    layout_text(context, text);
}

static void show_line(struct layout *layout, const struct reading *reading,
                      uint32_t index, uint32_t tellings)
{
    const struct out out = {layout, layout_our_words, layout_its_text};
    const struct act *act = &reading->acts.items[index];
    char words[64];
    layout_margin(layout, MARGIN_ACT, "· ");
    layout_style(layout, STYLE_STRONG);
    layout_words(layout, act_code_names[act->code]);
    layout_style(layout, STYLE_PLAIN);
    put_parties(&out, reading, act, ROLE_VICTIM, ROLE_TARGET, " of ");
    put_parties(&out, reading, act, ROLE_PERPETRATOR, ROLE_PERPETRATOR, " by ");
    put_parties(&out, reading, act, ROLE_WEAPON, ROLE_WEAPON, " with ");
    if (act->party_count == 0) {
        layout_words(layout, ": “");
        layout_text(layout, slice_at(reading->text.bytes, act->trigger));
        layout_words(layout, "”");
    }
    layout_style(layout, STYLE_QUIET);
    put_status(&out, act, " · ");
    put_chain(&out, reading, act, " · says ");
    if (tellings > 1) {
        snprintf(words, sizeof words, " · told %u times", tellings);
        layout_words(layout, words);
    }
    layout_style(layout, STYLE_PLAIN);
    snprintf(words, sizeof words, "%3d %%", percent(act->confidence));
    layout_right(layout, STYLE_ACT, words);
}

/* Whether act `index` is to be shown: surely enough, and told first here. */
static bool is_shown(const struct reading *reading, const uint32_t *tellings,
                     size_t index, float least)
{
    return tellings[index] > 0 &&
           reading->acts.items[index].confidence >= least;
}

bool view_acts_lines(struct layout *layout, const struct reading *reading,
                     float min_confidence, struct error *error)
{
    uint32_t *tellings = count_tellings(reading);
    bool has_head = false;
    if (tellings == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the view");
    for (uint32_t i = 0; i < reading->acts.count; i++) {
        if (!is_shown(reading, tellings, i, min_confidence))
            continue;
        if (!has_head) {
            layout_margin(layout, 0, NULL);
            layout_gap(layout);
            layout_style(layout, STYLE_QUIET);
            layout_words(layout, "What is said to have been done");
            layout_style(layout, STYLE_PLAIN);
            layout_line(layout);
            has_head = true;
        }
        show_line(layout, reading, i, tellings[i]);
    }
    free(tellings);
    return true;
}

/* A table that is being written; a failure stays. */
struct table_out {
    struct json_sink sink;
    struct error *error;
    bool is_failed;
};

static void write_words(void *context, const char *words)
{
    struct table_out *table = context;
    if (!table->is_failed)
        table->is_failed = !table->sink.write(table->sink.context,
                                              slice_of(words), table->error);
}

/* A document's words in one cell, safe for a terminal. */
static void write_text(void *context, struct slice text)
{
    struct table_out *table = context;
    for (size_t at = 0; at < text.length && !table->is_failed;) {
        struct utf8 unit = utf8_at(text, at);
        struct terminal_glyph glyph = terminal_glyph(unit.code_point);
        struct slice bytes = {glyph.bytes, glyph.length};
        if (glyph.is_space)
            bytes = slice_of(" ");
        table->is_failed =
            !table->sink.write(table->sink.context, bytes, table->error);
        at += unit.length;
    }
}

static void write_row(const struct out *out, const struct reading *reading,
                      uint32_t index, uint32_t tellings)
{
    const struct act *act = &reading->acts.items[index];
    char words[64];
    write_words(out->context, act_code_names[act->code]);
    write_words(out->context, "\t");
    put_parties(out, reading, act, ROLE_PERPETRATOR, ROLE_PERPETRATOR, "");
    write_words(out->context, "\t");
    put_parties(out, reading, act, ROLE_VICTIM, ROLE_TARGET, "");
    write_words(out->context, "\t");
    put_parties(out, reading, act, ROLE_WEAPON, ROLE_WEAPON, "");
    write_words(out->context, "\t");
    put_status(out, act, "");
    write_words(out->context, "\t");
    put_chain(out, reading, act, "");
    snprintf(words, sizeof words, "\t%u\t%d %%\n", tellings,
             percent(act->confidence));
    write_words(out->context, words);
}

bool view_acts_table(const struct reading *reading, float min_confidence,
                     struct json_sink sink, struct error *error)
{
    struct table_out table = {sink, error, false};
    const struct out out = {&table, write_words, write_text};
    uint32_t *tellings = count_tellings(reading);
    if (tellings == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the view");
    write_words(&table, "act\tby\tto\twith\tstatus\tsays\ttold\tsure\n");
    for (uint32_t i = 0; i < reading->acts.count; i++)
        if (is_shown(reading, tellings, i, min_confidence))
            write_row(&out, reading, i, tellings[i]);
    free(tellings);
    return !table.is_failed;
}
