/*
 * view_actors.c - see view_actors.h.
 */
#include "view_actors.h"

#include <math.h>
#include <stdlib.h>

#include "layout.h"

enum { MARGIN_ACTOR = 3, WORDS_MOST = 6 };

/* An actor by where the text speaks of it first. */
struct row {
    uint32_t place, actor;
};

static int row_compare(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static struct slice words_at(const struct reading *reading,
                             const struct actor *actor, uint32_t mention)
{
    return slice_at(reading->text.bytes, actor->mentions.items[mention]);
}

static bool is_same(struct slice one, struct slice other)
{
    return one.length == other.length &&
           memcmp(one.data, other.data, one.length) == 0;
}

/* Whether none of the mentions before it is in the same words. */
static bool is_new(const struct reading *reading, const struct actor *actor,
                   uint32_t mention)
{
    struct slice words = words_at(reading, actor, mention);
    if (is_same(words, actor->name))
        return false;
    for (uint32_t i = 0; i < mention; i++)
        if (is_same(words_at(reading, actor, i), words))
            return false;
    return true;
}

/* "also “the Inspector General”, “he”": a few of the words that are used. */
static void show_words(struct layout *layout, const struct reading *reading,
                       const struct actor *actor)
{
    enum { LOOKED_AT = 64 };
    uint32_t shown = 0;
    for (uint32_t i = 0;
         i < actor->mentions.count && i < LOOKED_AT && shown < WORDS_MOST;
         i++) {
        if (!is_new(reading, actor, i))
            continue;
        layout_words(layout, shown++ == 0 ? "; also “" : ", “");
        layout_text(layout, words_at(reading, actor, i));
        layout_words(layout, "”");
    }
}

static void show_roles(struct layout *layout, const struct reading *reading,
                       const struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count; i++) {
        const struct actor_role *role = &actor->roles[i];
        layout_words(layout, "; ");
        layout_text(layout, role->title);
        if (role->of == READING_NONE)
            continue;
        layout_words(layout, " (");
        layout_text(layout, reading->actors.items[role->of].name);
        layout_words(layout, ")");
    }
}

static void show_row(struct layout *layout, const struct reading *reading,
                     const struct actor *actor)
{
    char words[64];
    layout_margin(layout, 0, NULL);
    layout_style(layout, STYLE_STRONG);
    layout_text(layout, actor->name);
    layout_style(layout, STYLE_PLAIN);
    snprintf(words, sizeof words, "%d %%",
             (int)lroundf(actor->confidence * 100));
    layout_right(layout, STYLE_QUIET, words);
    layout_margin(layout, MARGIN_ACTOR, NULL);
    layout_words(layout, actor_type_names[actor->type]);
    layout_words(layout, ", ");
    layout_words(layout, actor_class_names[actor->class]);
    show_roles(layout, reading, actor);
    layout_style(layout, STYLE_QUIET);
    snprintf(words, sizeof words, "; %u mention%s",
             (unsigned)actor->mentions.count,
             actor->mentions.count == 1 ? "" : "s");
    layout_words(layout, words);
    show_words(layout, reading, actor);
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
}

bool view_actors_write(const struct reading *reading,
                       const struct view_options *options,
                       struct json_sink sink, struct error *error)
{
    struct layout layout = {.sink = sink,
                            .width = options->width,
                            .has_colour = options->has_colour};
    const size_t count = reading->actors.count;
    struct row *rows = calloc(count + 1, sizeof *rows);
    if (rows == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the view");
    for (uint32_t i = 0; i < count; i++) {
        const struct places *mentions = &reading->actors.items[i].mentions;
        rows[i] = (struct row){
            mentions->count > 0 ? mentions->items[0].begin : UINT32_MAX, i};
    }
    qsort(rows, count, sizeof *rows, row_compare);
    layout_margin(&layout, 0, NULL);
    layout_style(&layout, STYLE_STRONG);
    layout_text(&layout, reading->document.id);
    layout_style(&layout, STYLE_PLAIN);
    layout_line(&layout);
    layout_gap(&layout);
    if (count == 0)
        layout_words(&layout, "No actors.");
    for (size_t i = 0; i < count; i++)
        show_row(&layout, reading, &reading->actors.items[rows[i].actor]);
    layout_line(&layout);
    free(rows);
    return layout_end(&layout, error);
}
