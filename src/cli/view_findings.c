/*
 * view_findings.c - see view_findings.h. One line a finding, in the order of
 * the text, and whose word it is.
 */
#include "view_findings.h"

#include <inttypes.h>
#include <stdio.h>

enum { MARGIN = 2, WORDS_SIZE = 96 };

static void show_heading(struct layout *layout, const char *heading)
{
    layout_gap(layout);
    layout_margin(layout, 0, NULL);
    layout_style(layout, STYLE_STRONG);
    layout_words(layout, heading);
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
    layout_margin(layout, MARGIN, NULL);
}

/* "at least 4", "7 to 8", "about 300" */
static void show_bounds(struct layout *layout, const struct figure *figure)
{
    char words[WORDS_SIZE];
    const char *about = figure->is_approximate ? "about " : "";
    if (!figure->has_max)
        snprintf(words, sizeof words, "at least %s%" PRId64, about,
                 figure->min);
    else if (!figure->has_min)
        snprintf(words, sizeof words, "at most %s%" PRId64, about, figure->max);
    else if (figure->min != figure->max)
        snprintf(words, sizeof words, "%s%" PRId64 " to %" PRId64, about,
                 figure->min, figure->max);
    else
        snprintf(words, sizeof words, "%s%" PRId64, about, figure->min);
    layout_words(layout, words);
}

static void show_speaker(struct layout *layout, const struct reading *reading,
                         uint32_t claim)
{
    if (claim == READING_NONE)
        return;
    uint32_t speaker = reading->claims.items[claim].speaker;
    layout_style(layout, STYLE_QUIET);
    layout_words(layout, " · ");
    if (speaker == READING_NONE)
        layout_words(layout, "as somebody says");
    else
        layout_text(layout, reading->actors.items[speaker].name);
    layout_style(layout, STYLE_PLAIN);
}

void view_figures(struct layout *layout, const struct reading *reading,
                  const struct view_options *options)
{
    bool has_heading = false;
    for (size_t i = 0; i < reading->figure_count; i++) {
        const struct figure *figure = &reading->figures[i];
        if (figure->confidence < options->min_confidence)
            continue;
        if (!has_heading)
            show_heading(layout, "How many");
        has_heading = true;
        show_bounds(layout, figure);
        layout_words(layout, " ");
        layout_text(layout, figure->of);
        if (figure->harm != HARM_NONE) {
            layout_words(layout, " ");
            layout_words(layout, figure_harm_names[figure->harm]);
        }
        show_speaker(layout, reading, figure->claim);
        layout_line(layout);
    }
}

/* What it was about, by the words that tell of it. */
static void show_about(struct layout *layout, const struct reading *reading,
                       const struct intervention *made)
{
    for (uint32_t i = 0; i < made->about_count; i++) {
        const struct act *act = &reading->acts.items[made->about[i]];
        layout_words(layout, i == 0 ? " about " : ", ");
        layout_text(layout, slice_at(reading->text.bytes, act->trigger));
    }
}

static void show_party(struct layout *layout, const struct reading *reading,
                       const char *word, const struct intervention_party *party)
{
    if (party->actor == READING_NONE && party->span.begin >= party->span.end)
        return;
    layout_words(layout, word);
    if (party->actor != READING_NONE)
        layout_text(layout, reading->actors.items[party->actor].name);
    else
        layout_text(layout, slice_at(reading->text.bytes, party->span));
}

void view_interventions(struct layout *layout, const struct reading *reading,
                        const struct view_options *options)
{
    bool has_heading = false;
    for (size_t i = 0; i < reading->intervention_count; i++) {
        const struct intervention *made = &reading->interventions[i];
        if (made->confidence < options->min_confidence)
            continue;
        if (!has_heading)
            show_heading(layout, "What was done about it");
        has_heading = true;
        layout_words(layout, intervention_kind_names[made->kind]);
        show_party(layout, reading, " by ", &made->by);
        show_party(layout, reading, " to ", &made->to);
        show_about(layout, reading, made);
        if (made->status != RESPONSE_UNKNOWN) {
            layout_style(layout, STYLE_QUIET);
            layout_words(layout, made->status == RESPONSE_NOTHING
                                     ? " · no answer: "
                                     : " · ");
            if (made->status != RESPONSE_NOTHING) {
                layout_words(layout, response_status_names[made->status]);
                layout_words(layout, ": ");
            }
            layout_text(layout, slice_at(reading->text.bytes, made->response));
            layout_style(layout, STYLE_PLAIN);
        }
        layout_line(layout);
    }
}
