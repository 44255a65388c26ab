/*
 * view_timeline.c - see view_times.h: the table.
 */
#include <stdio.h>
#include <stdlib.h>

#include "layout.h"
#include "view_times.h"

enum { MARGIN_TEXT = 5, PASSAGE_MOST = 400 };

struct timeline {
    const struct reading *reading;
    const struct view_options *options;
    struct layout layout;
    size_t count;
    size_t hidden;
};

struct row {
    struct moment first;
    uint32_t time;
};

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (a->first.day != b->first.day)
        return a->first.day < b->first.day ? -1 : 1;
    if (a->first.minute != b->first.minute)
        return a->first.minute < b->first.minute ? -1 : 1;
    return a->time < b->time ? -1 : a->time > b->time;
}

/* Points that are sure enough, by time and then by place. */
static bool arrange(struct timeline *timeline, struct row **rows,
                    struct error *error)
{
    const struct times *times = &timeline->reading->times;
    *rows = calloc(times->items.count + 1, sizeof **rows);
    if (*rows == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the timeline");
    for (uint32_t i = 0; i < times->items.count; i++) {
        const struct time *time = &times->items.items[i];
        if (time->first.day == MOMENT_NONE)
            continue;
        if (time->confidence < timeline->options->min_confidence)
            timeline->hidden++;
        else
            (*rows)[timeline->count++] = (struct row){time->first, i};
    }
    qsort(*rows, timeline->count, sizeof **rows, compare_rows);
    return true;
}

static void show_when(struct timeline *timeline, const struct time *time)
{
    char first[TIME_MOMENT_SIZE], last[TIME_MOMENT_SIZE];
    time_moment_write(time->first, first);
    time_moment_write(time->last, last);
    layout_margin(&timeline->layout, 0, NULL);
    layout_style(&timeline->layout, STYLE_STRONG);
    layout_words(&timeline->layout, first);
    if (strcmp(first, last) != 0) {
        layout_words(&timeline->layout, " to ");
        layout_words(&timeline->layout, last);
    }
    layout_style(&timeline->layout, STYLE_PLAIN);
    layout_line(&timeline->layout);
}

/* The sentence, or as much of it as is not too long. */
static void show_passage(struct timeline *timeline, const struct time *time)
{
    const struct text *text = &timeline->reading->text;
    uint32_t token = text_tokens_in(text, time->span).begin;
    struct span bytes = text_bytes_of(
        text, text->sentences.items[text_sentence_of(text, token)]);
    bool is_cut = bytes.end - bytes.begin > PASSAGE_MOST;
    if (is_cut && time->span.end - bytes.begin > PASSAGE_MOST)
        bytes.begin = time->span.begin;
    if (is_cut && bytes.end - bytes.begin > PASSAGE_MOST)
        bytes.end =
            text->tokens
                .items[text_tokens_in(text,
                                      (struct span){bytes.begin,
                                                    bytes.begin + PASSAGE_MOST})
                           .end -
                       1]
                .end;
    layout_text(&timeline->layout, slice_at(text->bytes, bytes));
    layout_words(&timeline->layout, is_cut ? " …" : "");
    layout_line(&timeline->layout);
}

static void show_why(struct timeline *timeline, uint32_t index)
{
    const struct times *times = &timeline->reading->times;
    const struct time *time = &times->items.items[index];
    struct layout *layout = &timeline->layout;
    char why[TIME_WHY_SIZE];
    time_why_write(times, index, why);
    layout_style(layout, STYLE_QUIET);
    layout_words(layout, "“");
    layout_text(layout, slice_at(timeline->reading->text.bytes, time->span));
    layout_words(layout, "”: ");
    layout_words(layout, why);
    if (time->anchor != TIME_NONE && time->why != WHY_AGAIN) {
        layout_words(layout, " (“");
        layout_text(layout, slice_at(timeline->reading->text.bytes,
                                     times->items.items[time->anchor].span));
        layout_words(layout, "”)");
    }
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
}

static void show_head(struct timeline *timeline)
{
    const struct reading_document *document = &timeline->reading->document;
    struct layout *layout = &timeline->layout;
    layout_style(layout, STYLE_STRONG);
    layout_text(layout, document->id);
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
    layout_style(layout, STYLE_QUIET);
    layout_words(layout, document->date[0] != '\0'
                             ? "document's date: "
                             : "no date of the document is known (--date)");
    layout_words(layout, document->date);
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
}

static void show_foot(struct timeline *timeline)
{
    char words[120];
    if (timeline->hidden == 0)
        return;
    snprintf(words, sizeof words,
             "%zu less certain time%s not shown; --min-confidence 0 shows all.",
             timeline->hidden, timeline->hidden == 1 ? "" : "s");
    layout_gap(&timeline->layout);
    layout_style(&timeline->layout, STYLE_QUIET);
    layout_words(&timeline->layout, words);
    layout_style(&timeline->layout, STYLE_PLAIN);
    layout_line(&timeline->layout);
}

bool view_timeline(const struct reading *reading,
                   const struct view_options *options, struct json_sink sink,
                   struct error *error)
{
    struct timeline timeline = {
        .reading = reading,
        .options = options,
        .layout = {.sink = sink,
                   .width = options->width,
                   .has_colour = options->has_colour},
    };
    struct row *rows = NULL;
    bool is_well = arrange(&timeline, &rows, error);
    if (is_well) {
        show_head(&timeline);
        for (size_t i = 0; i < timeline.count; i++) {
            layout_gap(&timeline.layout);
            show_when(&timeline, &reading->times.items.items[rows[i].time]);
            layout_margin(&timeline.layout, MARGIN_TEXT, NULL);
            show_passage(&timeline, &reading->times.items.items[rows[i].time]);
            show_why(&timeline, rows[i].time);
        }
        layout_margin(&timeline.layout, 0, NULL);
        show_foot(&timeline);
        is_well = layout_end(&timeline.layout, error);
    }
    free(rows);
    return is_well;
}
