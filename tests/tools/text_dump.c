/*
 * text_dump.c - prints what text_analyse makes of a file, for people and for
 * scripts that compare it with something else:
 *
 *     text-dump FILE        JSON, one list a line; tokens, quotations, labels
 *                           and parts in bytes, the others in tokens
 */
#include <stdio.h>

#include "file.h"
#include "text.h"

static void print_spans(const char *name, const struct span *items,
                        size_t count)
{
    printf("\"%s\": [", name);
    for (size_t i = 0; i < count; i++)
        printf("%s[%u, %u]", i > 0 ? ", " : "", items[i].begin, items[i].end);
    printf("],\n");
}

static void print_index(const char *name, uint32_t index)
{
    if (index == TEXT_NONE)
        printf(", \"%s\": null", name);
    else
        printf(", \"%s\": %u", name, index);
}

static void print_quotations(const struct text *text)
{
    printf("\"quotations\": [");
    for (size_t i = 0; i < text->quotations.count; i++) {
        const struct quotation *it = &text->quotations.items[i];
        printf("%s\n  {\"span\": [%u, %u], \"inside\": [%u, %u]",
               i > 0 ? "," : "", it->span.begin, it->span.end, it->inside.begin,
               it->inside.end);
        print_index("outer", it->outer);
        print_index("continued", it->continued);
        printf(", \"single\": %d, \"closed\": %d, \"continuation\": %d}",
               it->is_single, it->is_closed, it->is_continuation);
    }
    printf("],\n");
}

static void print_labels(const struct text *text)
{
    printf("\"labels\": [");
    for (size_t i = 0; i < text->labels.count; i++) {
        const struct speaker_label *it = &text->labels.items[i];
        printf("%s\n  {\"name\": [%u, %u], \"first\": %u, \"last\": %u, "
               "\"said\": %u, \"resumed\": %d}",
               i > 0 ? "," : "", it->name.begin, it->name.end, it->first,
               it->last, it->said, it->is_resumed);
    }
    printf("],\n");
}

static void print_parts(const struct text *text)
{
    printf("\"parts\": [");
    for (size_t i = 0; i < text->parts.count; i++)
        printf("%s\n  {\"span\": [%u, %u], \"kind\": \"%s\"}", i > 0 ? "," : "",
               text->parts.items[i].span.begin, text->parts.items[i].span.end,
               part_kind_names[text->parts.items[i].kind]);
    printf("]}\n");
}

static void print_text(const struct text *text, size_t used)
{
    printf("{\"bytes\": %zu, \"invalid\": %zu, \"memory\": %zu,\n",
           text->bytes.length, text->invalid_bytes, used);
    print_spans("tokens", text->tokens.items, text->tokens.count);
    print_spans("paragraphs", text->paragraphs.items, text->paragraphs.count);
    print_spans("sentences", text->sentences.items, text->sentences.count);
    print_quotations(text);
    print_labels(text);
    print_parts(text);
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct file file = {0};
    struct text text;
    if (argc != 2) {
        fprintf(stderr, "usage: text-dump FILE\n");
        return 2;
    }
    struct arena *arena = arena_new(SIZE_MAX / 2);
    bool is_good = arena != NULL &&
                   file_read(argv[1], UINT32_MAX, &file, &error) &&
                   text_analyse(file.bytes, arena, &text, &error);
    if (is_good)
        print_text(&text, arena_used(arena));
    else
        fprintf(stderr, "text-dump: %s: %s\n", argv[1], error.text);
    arena_release(arena);
    file_close(&file);
    return is_good ? 0 : 1;
}
