/*
 * view.c - see view.h.
 *
 * Invariants
 *   1. Every claim at or above the threshold is shown once, under the
 *      paragraph in which it begins; one told within another under that
 *      other, or under the nearest above it that is shown.
 *   2. What is not shown is counted at the end.
 *   3. The acts follow the text: view_acts.h.
 */
#include "view.h"
#include "view_findings.h"

#include <math.h>
#include <stdlib.h>

#include "layout.h"
#include "terminal.h"
#include "utf8.h"
#include "view_actors.h"
#include "view_acts.h"
#include "view_explain.h"
#include "view_places.h"

enum {
    MARGIN_TEXT = 6,  /* of the document's own words */
    MARGIN_CLAIM = 9, /* of a claim that stands in no other */
    STEP_CLAIM = 3,   /* and how much further in is one within it */
    DEPTH_MAX = 32,   /* deeper ones stand beside each other */
    LINES_MAX = 4,    /* of a content; longer ones lose their middle */
};

/* What a source does; by enum speech_act. */
static const char *const act_verbs[] = {
    "asserts", "accuses",   "denies",   "admits",    "demands",
    "asks",    "threatens", "promises", "announces", "orders",
    "refuses", "warns",     "praises",  "condemns",  "reports",
};

/* A shown claim, in the order in which they are shown: by `parent` (0 for
 * none, else one more than its index), then by place. */
struct shown {
    uint32_t parent;
    uint32_t begin;
    uint32_t claim;
};

struct view {
    const struct reading *reading;
    const struct view_options *options;
    struct layout layout;
    struct shown *shown;
    size_t shown_count;
    uint32_t *depth;       /* by claim; of hidden ones too */
    size_t next_outermost; /* in `shown` */
    size_t next_part;
};

static const struct claim *claim_at(const struct view *view, uint32_t index)
{
    return &view->reading->claims.items[index];
}

static bool is_shown(const struct view *view, uint32_t claim)
{
    return claim_at(view, claim)->confidence >= view->options->min_confidence;
}

/* Where the claim begins in the text. */
static uint32_t claim_begin(const struct claim *claim)
{
    uint32_t begin = UINT32_MAX;
    const struct places *roles[] = {&claim->source, &claim->cue,
                                    &claim->content};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (roles[i]->count > 0 && roles[i]->items[0].begin < begin)
            begin = roles[i]->items[0].begin;
    return begin;
}

static int shown_compare(const void *left, const void *right)
{
    const struct shown *a = left, *b = right;
    if (a->parent != b->parent)
        return a->parent < b->parent ? -1 : 1;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->claim < b->claim ? -1 : a->claim > b->claim ? 1 : 0;
}

/* The nearest shown claim above, one more than its index, or 0. */
static uint32_t shown_parent(const struct view *view, uint32_t claim)
{
    uint32_t above = claim_at(view, claim)->parent;
    while (above != READING_NONE &&
           (!is_shown(view, above) || view->depth[above] >= DEPTH_MAX))
        above = claim_at(view, above)->parent;
    return above == READING_NONE ? 0 : above + 1;
}

static bool arrange(struct view *view, struct error *error)
{
    size_t count = view->reading->claims.count;
    view->shown = calloc(count + 1, sizeof *view->shown);
    view->depth = calloc(count + 1, sizeof *view->depth);
    if (view->shown == NULL || view->depth == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the view");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t parent = shown_parent(view, i);
        view->depth[i] = parent == 0 ? 0 : view->depth[parent - 1] + 1;
        if (is_shown(view, i))
            view->shown[view->shown_count++] =
                (struct shown){parent, claim_begin(claim_at(view, i)), i};
    }
    qsort(view->shown, view->shown_count, sizeof *view->shown, shown_compare);
    return true;
}

/* The first in `shown` whose parent is at least this one. */
static size_t shown_from(const struct view *view, uint32_t parent)
{
    size_t low = 0, high = view->shown_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->shown[middle].parent < parent)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct slice words_at(const struct view *view, struct span place)
{
    return slice_at(view->reading->text.bytes, place);
}

static bool holds_letters(struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if ((unit.code_point | 32) - 'a' < 26 || unit.code_point - '0' < 10 ||
            unit.code_point > 0x2FFF ||
            (unit.code_point > 0xBF && unit.code_point < 0x2000))
            return true;
        at += unit.length;
    }
    return false;
}

/* Between two pieces: a mark where words were left out. */
static void show_seam(struct view *view, const struct places *places,
                      uint32_t piece)
{
    if (piece == 0)
        return;
    struct span between = {places->items[piece - 1].end,
                           places->items[piece].begin};
    bool has_words =
        between.begin < between.end && holds_letters(words_at(view, between));
    layout_words(&view->layout, has_words ? " … " : " ");
}

static void show_places(struct view *view, const struct places *places)
{
    for (uint32_t i = 0; i < places->count; i++) {
        show_seam(view, places, i);
        layout_text(&view->layout, words_at(view, places->items[i]));
    }
}

/* A content leaves out the mark behind it; where it holds the one that opens,
 * it would look as if something were missing. */
static void show_closing_mark(struct view *view, const struct claim *claim)
{
    static const char opens[] = "“", closes[] = "”";
    struct slice text = view->reading->text.bytes;
    struct slice words =
        words_at(view, claim->content.items[claim->content.count - 1]);
    struct slice after = {words.data + words.length, 0};
    after.length = (size_t)(text.data + text.length - after.data);
    if (claim->mode == MODE_MIXED && after.length >= sizeof closes - 1 &&
        memcmp(after.data, closes, sizeof closes - 1) == 0 &&
        memmem(words.data, words.length, opens, sizeof opens - 1) != NULL)
        layout_words(&view->layout, closes);
}

/* How many bytes make whole words in at most so many columns. */
static size_t cut_after(struct slice text, unsigned columns)
{
    size_t cut = 0;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        struct terminal_glyph glyph = terminal_glyph(unit.code_point);
        if (glyph.columns > columns)
            return cut > 0 ? cut : at;
        columns -= glyph.columns;
        if (glyph.is_space)
            cut = at;
        at += unit.length;
    }
    return text.length;
}

/* Where the last whole words begin that fit into so many columns. */
static size_t cut_before(struct slice text, unsigned columns)
{
    size_t cut = text.length;
    for (size_t at = text.length; at > 0;) {
        struct utf8 unit = utf8_before(text, at);
        struct terminal_glyph glyph = terminal_glyph(unit.code_point);
        if (glyph.columns > columns)
            return cut < text.length ? cut : at;
        columns -= glyph.columns;
        if (glyph.is_space)
            cut = at;
        at -= unit.length;
    }
    return 0;
}

/* The beginning and the end of a long content, "[…]" between them. */
static void show_ends(struct view *view, const struct places *places,
                      unsigned line)
{
    unsigned room = line * (LINES_MAX - 1) / 2;
    for (uint32_t i = 0; i < places->count && room > 0; i++) {
        struct slice words = words_at(view, places->items[i]);
        unsigned columns = layout_columns(words, room);
        words.length = cut_after(words, room);
        show_seam(view, places, i);
        layout_text(&view->layout, words);
        room -= columns;
    }
    layout_style(&view->layout, STYLE_QUIET);
    layout_words(&view->layout, " […] ");
    layout_style(&view->layout, STYLE_PLAIN);
    struct slice last = words_at(view, places->items[places->count - 1]);
    size_t from = cut_before(last, line);
    layout_text(&view->layout,
                (struct slice){last.data + from, last.length - from});
}

static void show_content(struct view *view, const struct claim *claim)
{
    const struct places *content = &claim->content;
    unsigned line = view->layout.width - view->layout.margin;
    unsigned most = line * LINES_MAX, columns = 0;
    if (content->count == 0)
        return;
    for (uint32_t i = 0; i < content->count && columns < most; i++)
        columns += layout_columns(words_at(view, content->items[i]), most);
    if (claim->mode == MODE_DIRECT)
        layout_words(&view->layout, "“");
    if (columns < most)
        show_places(view, content);
    else
        show_ends(view, content, line);
    show_closing_mark(view, claim);
    if (claim->mode == MODE_DIRECT)
        layout_words(&view->layout, "”");
    layout_line(&view->layout);
}

/* Whether a source says the actor's name itself. */
static bool is_named(const struct view *view, const struct claim *claim,
                     struct slice name)
{
    for (uint32_t i = 0; i < claim->source.count; i++) {
        struct slice words = words_at(view, claim->source.items[i]);
        if (words.length >= name.length && name.length > 0 &&
            memmem(words.data, words.length, name.data, name.length) != NULL)
            return true;
    }
    return false;
}

static void show_source(struct view *view, const struct claim *claim)
{
    struct layout *layout = &view->layout;
    const struct actor *speaker =
        claim->speaker == READING_NONE
            ? NULL
            : &view->reading->actors.items[claim->speaker];
    layout_style(layout, STYLE_STRONG);
    show_places(view, &claim->source);
    if (claim->source.count == 0 && speaker != NULL)
        layout_text(layout, speaker->name);
    if (claim->source.count == 0 && speaker == NULL)
        layout_words(layout, "(no source given)");
    layout_style(layout, STYLE_QUIET);
    if (speaker != NULL && claim->source.count > 0 &&
        !is_named(view, claim, speaker->name)) {
        layout_words(layout, " = ");
        layout_text(layout, speaker->name);
    }
    if (speaker != NULL && speaker->class != CLASS_OTHER) {
        layout_words(layout, " · ");
        layout_words(layout, actor_class_names[speaker->class]);
    }
    layout_style(layout, STYLE_PLAIN);
}

static int percent(float confidence)
{
    int rounded = (int)lroundf(confidence * 100);
    return rounded > 99 ? 99 : rounded; /* nothing is certain */
}

static void show_claim(struct view *view, uint32_t index, unsigned depth)
{
    const struct claim *claim = claim_at(view, index);
    unsigned margin = MARGIN_CLAIM + depth * STEP_CLAIM;
    char verdict[64];
    layout_margin(&view->layout, margin, "▸ ");
    show_source(view, claim);
    if (claim->is_denied)
        snprintf(verdict, sizeof verdict, "does not %s %3d %%",
                 speech_act_names[claim->act], percent(claim->confidence));
    else
        snprintf(verdict, sizeof verdict, "%s %3d %%", act_verbs[claim->act],
                 percent(claim->confidence));
    layout_right(&view->layout, STYLE_ACT, verdict);
    show_content(view, claim);
    /* At most DEPTH_MAX deep: see shown_parent. */
    for (size_t i = shown_from(view, index + 1);
         i < view->shown_count && view->shown[i].parent == index + 1; i++)
        show_claim(view, view->shown[i].claim, depth + 1);
}

/* Why nothing was looked for in a paragraph of another language; NULL: it is
 * English. `words` is room for it. */
static const char *foreign_words(const struct text *text, struct span place,
                                 char words[40])
{
    if (text->languages.count == 0)
        return NULL;
    const size_t token = text_tokens_in(text, place).begin;
    const char *language =
        text_language_of(text, text_paragraph_of(text, token));
    if (language == NULL)
        return NULL;
    snprintf(words, 40, "in %s, not read", language);
    return words;
}

/* The paragraph's own words; what is not running text is shown quietly, and
 * named where it takes the whole paragraph. */
static void show_paragraph(struct view *view, struct span place)
{
    const struct text *text = &view->reading->text;
    struct layout *layout = &view->layout;
    const char *name = NULL;
    while (view->next_part < text->parts.count &&
           text->parts.items[view->next_part].span.end <= place.begin)
        view->next_part++;
    uint32_t at = place.begin;
    for (size_t i = view->next_part;
         i < text->parts.count && text->parts.items[i].span.begin < place.end;
         i++) {
        const struct part *part = &text->parts.items[i];
        uint32_t end = part->span.end < place.end ? part->span.end : place.end;
        bool is_body = part->kind == PART_BODY;
        layout_style(layout, is_body ? STYLE_PLAIN : STYLE_QUIET);
        layout_text(layout, words_at(view, (struct span){at, end}));
        if (at == place.begin && end == place.end && !is_body &&
            part->span.begin >= place.begin)
            name = part_kind_names[part->kind];
        at = end;
    }
    layout_style(layout, STYLE_PLAIN);
    layout_text(layout, words_at(view, (struct span){at, place.end}));
    char words[40];
    const char *foreign = foreign_words(text, place, words);
    name = foreign != NULL ? foreign : name;
    if (name != NULL)
        layout_right(layout, STYLE_QUIET, name);
    layout_line(layout);
}

/* The outermost claims that begin before `end`. */
static void show_claims(struct view *view, uint32_t end)
{
    bool is_first = true;
    while (view->next_outermost < view->shown_count) {
        const struct shown *next = &view->shown[view->next_outermost];
        if (next->parent != 0 || next->begin >= end)
            return;
        if (is_first)
            layout_gap(&view->layout);
        is_first = false;
        show_claim(view, next->claim, 0);
        view->next_outermost++;
    }
}

static void show_paragraphs(struct view *view)
{
    const struct text *text = &view->reading->text;
    for (size_t i = 0; i < text->paragraphs.count; i++) {
        struct span place = text_bytes_of(text, text->paragraphs.items[i]);
        char mark[24];
        snprintf(mark, sizeof mark, "%zu  ", i + 1);
        layout_gap(&view->layout);
        layout_margin(&view->layout, MARGIN_TEXT, mark);
        show_paragraph(view, place);
        show_claims(view, place.end);
    }
    show_claims(view, UINT32_MAX);
}

/* How many actors the shown claims are laid to. */
static size_t count_speakers(const struct view *view)
{
    bool *has_spoken = calloc(view->reading->actors.count + 1, sizeof(bool));
    size_t count = 0;
    for (size_t i = 0; has_spoken != NULL && i < view->shown_count; i++) {
        uint32_t who = claim_at(view, view->shown[i].claim)->speaker;
        if (who != READING_NONE && !has_spoken[who]) {
            has_spoken[who] = true;
            count++;
        }
    }
    free(has_spoken);
    return count;
}

static void show_date(struct view *view)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const char *date = view->reading->document.date; /* YYYY-MM-DD */
    if (date[0] == '\0')
        return;
    unsigned long month = strtoul(date + 5, NULL, 10);
    if (month < 1 || month > 12)
        return;
    char words[48];
    snprintf(words, sizeof words, "%lu %s %lu · ", strtoul(date + 8, NULL, 10),
             months[month - 1], strtoul(date, NULL, 10));
    layout_words(&view->layout, words);
}

static void show_head(struct view *view)
{
    const struct reading_document *document = &view->reading->document;
    struct layout *layout = &view->layout;
    size_t claims = view->shown_count, speakers = count_speakers(view);
    char words[80];
    layout_margin(layout, 0, NULL);
    layout_style(layout, STYLE_STRONG);
    layout_text(layout, document->id);
    layout_style(layout, STYLE_QUIET);
    layout_line(layout);
    if (document->kind != KIND_OTHER) {
        layout_words(layout, document_kind_names[document->kind]);
        layout_words(layout, " · ");
    }
    show_date(view);
    if (claims == 0 && view->reading->claims.count > 0)
        snprintf(words, sizeof words, "no claim is certain enough to show");
    else if (claims == 0)
        snprintf(words, sizeof words, "no claims found");
    else
        snprintf(words, sizeof words, "%zu claim%s, %zu speaker%s", claims,
                 claims == 1 ? "" : "s", speakers, speakers == 1 ? "" : "s");
    layout_words(layout, words);
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
}

static void show_foot(struct view *view)
{
    struct layout *layout = &view->layout;
    size_t hidden = view->reading->claims.count - view->shown_count;
    size_t invalid = view->reading->text.invalid_bytes;
    char words[160];
    layout_margin(layout, 0, NULL);
    layout_style(layout, STYLE_QUIET);
    if (hidden > 0) {
        snprintf(words, sizeof words,
                 "%zu less certain claim%s (below %d %%) not shown; "
                 "--min-confidence 0 shows all.",
                 hidden, hidden == 1 ? "" : "s",
                 (int)lroundf(view->options->min_confidence * 100));
        layout_gap(layout);
        layout_words(layout, words);
        layout_line(layout);
    }
    if (invalid > 0) {
        snprintf(words, sizeof words,
                 "%zu byte%s of this text %s not UTF-8 and shown as �.",
                 invalid, invalid == 1 ? "" : "s", invalid == 1 ? "is" : "are");
        layout_gap(layout);
        layout_words(layout, words);
        layout_line(layout);
    }
    layout_style(layout, STYLE_PLAIN);
}

bool view_write(const struct reading *reading,
                const struct view_options *options, struct json_sink sink,
                struct error *error)
{
    struct view view = {
        .reading = reading,
        .options = options,
        .layout = {.sink = sink,
                   .width = options->width,
                   .has_colour = options->has_colour},
    };
    if (options->kind == VIEW_PLACES)
        return view_places_write(reading, options, sink, error);
    if (options->kind == VIEW_ACTORS)
        return view_actors_write(reading, options, sink, error);
    if (options->kind == VIEW_EXPLAIN)
        return view_explain(reading, options, sink, error);
    if (options->kind == VIEW_ACTS)
        return view_acts_table(reading, options->min_confidence, sink, error);
    bool is_well = arrange(&view, error);
    if (is_well) {
        show_head(&view);
        show_paragraphs(&view);
        is_well = view_acts_lines(&view.layout, reading,
                                  options->min_confidence, error);
    }
    if (is_well) {
        view_figures(&view.layout, reading, options);
        view_interventions(&view.layout, reading, options);
        show_foot(&view);
        is_well = layout_end(&view.layout, error);
    }
    free(view.shown);
    free(view.depth);
    return is_well;
}
