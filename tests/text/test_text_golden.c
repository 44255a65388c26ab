/*
 * test_text_golden.c - what text_analyse makes of invented texts. The
 * attributes of a case say which of its lists are shown: sentences,
 * quotations, labels, parts; all without them.
 */
#include "golden.h"
#include "test.h"

#include "text.h"

static const char line_break[] = "\xE2\x8F\x8E"; /* U+23CE */

static void show(const struct text *text, struct span bytes, FILE *out)
{
    for (uint32_t i = bytes.begin; i < bytes.end; i++) {
        char byte = text->bytes.data[i];
        if (byte == '\n')
            fputs(line_break, out);
        else
            fputc(byte, out);
    }
    fputc('\n', out);
}

static bool is_wanted(struct slice attributes, const char *name)
{
    return attributes.length == 0 ||
           memmem(attributes.data, attributes.length, name, strlen(name));
}

static void show_sentences(const struct text *text, FILE *out)
{
    for (size_t i = 0; i < text->sentences.count; i++) {
        fputs("sentence: ", out);
        show(text, text_bytes_of(text, text->sentences.items[i]), out);
    }
}

static void show_quotations(const struct text *text, FILE *out)
{
    const struct quotation *items = text->quotations.items;
    for (size_t i = 0; i < text->quotations.count; i++) {
        fprintf(out, "quotation%s%s%s%s: ", items[i].is_single ? " single" : "",
                items[i].outer != TEXT_NONE ? " inner" : "",
                items[i].is_closed ? "" : " unclosed",
                items[i].is_continuation ? " continued" : "");
        show(text, items[i].inside, out);
        if (items[i].outer != TEXT_NONE)
            assert_true(
                span_contains(items[items[i].outer].span, items[i].span));
    }
}

static void show_labels(const struct text *text, FILE *out)
{
    for (size_t i = 0; i < text->labels.count; i++) {
        const struct speaker_label *it = &text->labels.items[i];
        struct span last = text->paragraphs.items[it->last - 1];
        struct span said = {it->said, text_bytes_of(text, last).end};
        fprintf(out, "label%s: %.*s | ", it->is_resumed ? " resumed" : "",
                (int)(it->name.end - it->name.begin),
                text->bytes.data + it->name.begin);
        show(text, said, out);
    }
}

static void show_parts(const struct text *text, FILE *out)
{
    for (size_t i = 0; i < text->parts.count; i++) {
        fprintf(out, "%s: ", part_kind_names[text->parts.items[i].kind]);
        show(text, text->parts.items[i].span, out);
    }
}

static void render(struct slice bytes, struct slice attributes, FILE *out)
{
    struct error error = {0};
    struct text text;
    struct arena *arena = arena_new(1 << 26);
    assert_non_null(arena);
    assert_true(text_analyse(bytes, arena, &text, &error));
    if (is_wanted(attributes, "parts"))
        show_parts(&text, out);
    if (is_wanted(attributes, "sentences"))
        show_sentences(&text, out);
    if (is_wanted(attributes, "quotations"))
        show_quotations(&text, out);
    if (is_wanted(attributes, "labels"))
        show_labels(&text, out);
    arena_release(arena);
}

int main(int argc, char **argv)
{
    return golden_run(argc - 1, argv + 1, render);
}
