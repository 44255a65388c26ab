/*
 * pdf_layout.c - see pdf_layout.h. GLib ends the program where memory is out.
 */
#include "pdf_layout.h"

#include "utf8.h"

void pdf_words_begin(struct pdf_words *words, double size)
{
    *words = (struct pdf_words){.text = g_string_new(NULL),
                                .attributes = pango_attr_list_new(),
                                .size = size};
}

void pdf_words_free(struct pdf_words *words)
{
    if (words->text != NULL)
        g_string_free(words->text, TRUE);
    if (words->attributes != NULL)
        pango_attr_list_unref(words->attributes);
    g_free(words->marks);
    *words = (struct pdf_words){0};
}

static void add_attribute(struct pdf_words *words, PangoAttribute *attribute,
                          size_t begin)
{
    attribute->start_index = (guint)begin;
    attribute->end_index = (guint)words->text->len;
    pango_attr_list_insert(words->attributes, attribute);
}

static void add_unit(GString *text, struct slice words, size_t at,
                     struct utf8 unit)
{
    uint32_t code = unit.code_point;
    if (code == UTF8_INVALID)
        g_string_append(text, "\xEF\xBF\xBD");
    else if (code == '\n' || code == '\t' || code == '\f' || code == 0x2028 ||
             code == 0x2029)
        g_string_append_c(text, ' ');
    else if (code >= 0x20 && code != 0x7F)
        g_string_append_len(text, words.data + at, unit.length);
}

void pdf_words_add(struct pdf_words *words, struct slice text, unsigned style,
                   const char *language)
{
    size_t begin = words->text->len;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        add_unit(words->text, text, at, unit);
        at += unit.length;
    }
    if (style & RUN_BOLD)
        add_attribute(words, pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin);
    if (style & RUN_ITALIC)
        add_attribute(words, pango_attr_style_new(PANGO_STYLE_ITALIC), begin);
    if (style & RUN_BLANK)
        add_attribute(words, pango_attr_background_new(0xFFFF, 0xF3F3, 0xB4B4),
                      begin);
    if (language != NULL)
        add_attribute(
            words,
            pango_attr_language_new(pango_language_from_string(language)),
            begin);
}

void pdf_words_number(struct pdf_words *words, size_t number)
{
    /* Small enough that the line grows no higher. */
    const double rise = 0.3, scale = 0.7;
    size_t begin = words->text->len;
    g_string_append_printf(words->text, "%zu", number);
    add_attribute(
        words, pango_attr_rise_new(pango_units_from_double(words->size * rise)),
        begin);
    add_attribute(words, pango_attr_scale_new(scale), begin);
}

static void add_mark(struct pdf_words *words, size_t note)
{
    if (words->mark_count == words->mark_room) {
        words->mark_room = words->mark_room * 2 + 8;
        words->marks = g_renew(struct pdf_mark, words->marks, words->mark_room);
    }
    words->marks[words->mark_count++] =
        (struct pdf_mark){words->text->len, note};
    pdf_words_number(words, note + 1);
}

void pdf_words_runs(struct pdf_words *words, const struct paper *paper,
                    const struct runs *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->items[i];
        if (run->kind == RUN_TEXT)
            pdf_words_add(words, run->text, run->style, run->language);
        else if (run->kind == RUN_NOTE)
            add_mark(words, run->target);
        else if (run->kind == RUN_REF)
            pdf_words_add(words, slice_of(block_label(paper, run->target)),
                          RUN_PLAIN, NULL);
        else if (run->kind == RUN_BEGIN && mark_words(run->target) != NULL)
            pdf_words_add(words, slice_of(mark_words(run->target)), RUN_ITALIC,
                          NULL);
    }
}

static void take_lines(struct pdf_text *text, double leading)
{
    size_t mark = 0;
    PangoLayoutIter *at = pango_layout_get_iter(text->layout);
    text->lines = g_new0(struct pdf_line,
                         (size_t)pango_layout_get_line_count(text->layout));
    do {
        PangoRectangle logical;
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
        struct pdf_line *taken = &text->lines[text->count++];
        pango_layout_iter_get_line_extents(at, NULL, &logical);
        double height = pango_units_to_double(logical.height);
        double above = pango_units_to_double(
            pango_layout_iter_get_baseline(at) - logical.y);
        *taken = (struct pdf_line){
            .line = line,
            .x = pango_units_to_double(logical.x),
            .baseline = above + height * (leading - 1) / 2,
            .height = height * leading,
            .mark_begin = mark,
        };
        size_t end = (size_t)line->start_index + (size_t)line->length;
        while (mark < text->mark_count && text->marks[mark].byte < end)
            mark++;
        taken->mark_end = mark;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

void pdf_text_set(struct pdf_text *text, PangoContext *context,
                  struct pdf_words *words, const struct pdf_style *style)
{
    PangoFontDescription *font =
        pango_font_description_from_string(style->font);
    *text = (struct pdf_text){.layout = pango_layout_new(context),
                              .marks = words->marks,
                              .mark_count = words->mark_count};
    words->marks = NULL;
    pango_layout_set_font_description(text->layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(text->layout, pango_units_from_double(style->width));
    pango_layout_set_wrap(text->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(text->layout, style->align);
    pango_layout_set_justify(text->layout, style->is_justified);
    pango_layout_set_text(text->layout, words->text->str,
                          (int)words->text->len);
    pango_layout_set_attributes(text->layout, words->attributes);
    pdf_words_free(words);
    take_lines(text, style->leading);
}

void pdf_text_free(struct pdf_text *text)
{
    if (text->layout != NULL)
        g_object_unref(text->layout);
    g_free(text->lines);
    g_free(text->marks);
    *text = (struct pdf_text){0};
}

double pdf_text_height(const struct pdf_text *text, size_t first, size_t end)
{
    double height = 0;
    for (size_t i = first; i < end; i++)
        height += text->lines[i].height;
    return height;
}
