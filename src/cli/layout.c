/*
 * layout.c - see layout.h. Greedy line breaking, one word kept in hand.
 */
#include "layout.h"

#include <string.h>

#include "terminal.h"
#include "utf8.h"

/* By enum style. Bold and faint rather than colours where that is enough:
 * they are readable on any ground. */
static const char *const style_codes[] = {"\033[0m", "\033[1m", "\033[2m",
                                          "\033[36m"};

static void emit(struct layout *layout, const char *bytes, size_t length)
{
    if (layout->error.kind == ERROR_NONE && length > 0 &&
        !layout->sink.write(layout->sink.context, (struct slice){bytes, length},
                            &layout->error) &&
        layout->error.kind == ERROR_NONE)
        error_set(&layout->error, ERROR_IO, "cannot write");
}

static void emit_blanks(struct layout *layout, unsigned count)
{
    static const char blanks[] = "                                ";
    while (count > 0) {
        unsigned some = count < sizeof blanks - 1 ? count : sizeof blanks - 1;
        emit(layout, blanks, some);
        count -= some;
    }
}

static void emit_style(struct layout *layout, enum style style)
{
    if (!layout->has_colour || layout->begun == style)
        return;
    if (layout->begun != STYLE_PLAIN)
        emit(layout, style_codes[STYLE_PLAIN],
             strlen(style_codes[STYLE_PLAIN]));
    if (style != STYLE_PLAIN)
        emit(layout, style_codes[style], strlen(style_codes[style]));
    layout->begun = style;
}

static void end_line(struct layout *layout)
{
    emit_style(layout, STYLE_PLAIN);
    emit(layout, "\n", 1);
    layout->column = 0;
    layout->has_blank = false;
}

/* Puts the word in hand on the line, or on the next one. */
static void place_word(struct layout *layout)
{
    if (layout->word_length == 0)
        return;
    unsigned blank = layout->has_blank && layout->column > layout->margin;
    if (layout->column > layout->margin &&
        layout->column + blank + layout->word_columns > layout->width) {
        end_line(layout);
        blank = 0;
    }
    if (layout->column < layout->margin) {
        emit_blanks(layout, layout->margin - layout->column);
        layout->column = layout->margin;
    }
    if (blank > 0)
        emit(layout, " ", 1);
    emit_style(layout, layout->word_style);
    emit(layout, layout->word, layout->word_length);
    layout->begun = layout->style;
    layout->column += blank + layout->word_columns;
    layout->has_blank = false;
    layout->word_length = 0;
    layout->word_columns = 0;
}

static void put_glyph(struct layout *layout, const struct terminal_glyph *glyph)
{
    if (glyph->is_space) {
        place_word(layout);
        layout->has_blank = true;
        return;
    }
    /* Letters of two columns (Chinese, say) have no blanks between them. */
    bool is_wide = glyph->columns == 2;
    if (is_wide || layout->word_length + glyph->length > sizeof layout->word ||
        layout->word_columns + glyph->columns > layout->width - layout->margin)
        place_word(layout);
    if (layout->word_length == 0)
        layout->word_style = layout->style;
    memcpy(layout->word + layout->word_length, glyph->bytes, glyph->length);
    layout->word_length += glyph->length;
    layout->word_columns += glyph->columns;
}

void layout_style(struct layout *layout, enum style style)
{
    enum { LONGEST_SWITCH = 16 };
    if (layout->style == style)
        return;
    if (layout->word_length > sizeof layout->word - LONGEST_SWITCH)
        place_word(layout);
    /* Within a word, so that a comma stays with what stands before it. */
    if (layout->word_length > 0 && layout->has_colour)
        layout->word_length +=
            (size_t)snprintf(layout->word + layout->word_length, LONGEST_SWITCH,
                             "%s%s", style_codes[STYLE_PLAIN],
                             style == STYLE_PLAIN ? "" : style_codes[style]);
    layout->style = style;
}

void layout_text(struct layout *layout, struct slice text)
{
    for (size_t at = 0; at < text.length && layout->error.kind == ERROR_NONE;) {
        struct utf8 unit = utf8_at(text, at);
        struct terminal_glyph glyph = terminal_glyph(unit.code_point);
        put_glyph(layout, &glyph);
        at += unit.length;
    }
}

void layout_words(struct layout *layout, const char *words)
{
    layout_text(layout, slice_of(words));
}

void layout_line(struct layout *layout)
{
    place_word(layout);
    if (layout->column > 0)
        end_line(layout);
    layout->has_blank = false;
}

void layout_gap(struct layout *layout)
{
    layout_line(layout);
    end_line(layout);
}

void layout_margin(struct layout *layout, unsigned columns, const char *mark)
{
    layout_line(layout);
    /* However deep, something must fit beside it. */
    unsigned deepest = layout->width / 2;
    layout->margin = columns < deepest ? columns : deepest;
    if (mark == NULL)
        return;
    unsigned wide = layout_columns(slice_of(mark), layout->margin);
    emit_blanks(layout, layout->margin - wide);
    emit_style(layout, STYLE_QUIET);
    emit(layout, mark, strlen(mark));
    layout->column = layout->margin;
}

void layout_right(struct layout *layout, enum style style, const char *words)
{
    place_word(layout);
    unsigned wide = layout_columns(slice_of(words), layout->width);
    if (layout->column + 2 + wide > layout->width)
        end_line(layout);
    if (layout->column + wide < layout->width)
        emit_blanks(layout, layout->width - wide - layout->column);
    emit_style(layout, style);
    emit(layout, words, strlen(words));
    end_line(layout);
}

unsigned layout_columns(struct slice text, unsigned limit)
{
    unsigned columns = 0;
    for (size_t at = 0; at < text.length && columns < limit;) {
        struct utf8 unit = utf8_at(text, at);
        columns += terminal_glyph(unit.code_point).columns;
        at += unit.length;
    }
    return columns < limit ? columns : limit;
}

bool layout_end(struct layout *layout, struct error *error)
{
    layout_line(layout);
    if (layout->error.kind == ERROR_NONE)
        return true;
    *error = layout->error;
    return false;
}
