/*
 * golden.c - reading, checking and rewriting golden files.
 */
#include "golden.h"

#include "file.h"
#include "test.h"

enum { CASES_MOST = 512, NAME_MOST = 200 };

struct golden_case {
    char name[NAME_MOST];
    struct slice head; /* name and attributes, as in the file */
    struct slice attributes;
    struct slice text;
    struct slice expected;
    const char *path;
    golden_render *render;
};

static struct golden_case cases[CASES_MOST];
static struct CMUnitTest tests[CASES_MOST];
static size_t case_count;

static struct slice render(const struct golden_case *it)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    assert_non_null(out);
    it->render(it->text, it->attributes, out);
    fclose(out);
    return (struct slice){bytes, length};
}

static void check(void **state)
{
    const struct golden_case *it = *state;
    struct slice got = render(it);
    if (!slice_equals(got, it->expected)) {
        printf("# %s: %s\n# wanted:\n%.*s# came:\n%.*s", it->path, it->name,
               (int)it->expected.length, it->expected.data, (int)got.length,
               got.data);
        free((char *)got.data);
        fail();
    }
    free((char *)got.data);
}

/* The rest of `text` behind the first line that is `mark`; what stands before
 * that line, without its last line break, in `before`. */
static bool cut(struct slice *text, char mark, size_t least,
                struct slice *before)
{
    for (size_t at = 0; at < text->length;) {
        const char *line = text->data + at;
        const char *end = memchr(line, '\n', text->length - at);
        size_t length = end == NULL ? text->length - at : (size_t)(end - line);
        size_t marks = 0;
        while (marks < length && line[marks] == mark)
            marks++;
        size_t next = at + length + (end != NULL);
        if (marks == length && marks >= least) {
            *before = (struct slice){text->data, at > 0 ? at - 1 : 0};
            *text = (struct slice){text->data + next, text->length - next};
            return true;
        }
        at = next;
    }
    return false;
}

static void add_case(const char *path, struct slice head, struct slice text,
                     struct slice expected, golden_render *renderer)
{
    struct golden_case *it = &cases[case_count];
    const char *line_end = memchr(head.data, '\n', head.length);
    size_t name =
        line_end == NULL ? head.length : (size_t)(line_end - head.data);
    *it = (struct golden_case){.head = head,
                               .attributes = {"", 0},
                               .text = text,
                               .expected = expected,
                               .path = path,
                               .render = renderer};
    snprintf(it->name, sizeof it->name, "%.*s", (int)name, head.data);
    if (name < head.length)
        it->attributes =
            (struct slice){head.data + name + 2, head.length - name - 2};
    tests[case_count] = (struct CMUnitTest){it->name, check, NULL, NULL, it};
    case_count++;
}

/* Up to the next case, without the blank line before that. */
static struct slice take_expected(struct slice *rest)
{
    if (rest->length > 0 && rest->data[0] == '\n')
        return (struct slice){rest->data, 0}; /* nothing comes of it */
    const char *next = memmem(rest->data, rest->length, "\n\n====", 6);
    size_t length =
        next == NULL ? rest->length : (size_t)(next + 1 - rest->data);
    struct slice expected = {rest->data, length};
    *rest = (struct slice){rest->data + length, rest->length - length};
    return expected;
}

static bool read_cases(const char *path, golden_render *renderer)
{
    enum { MARKS_LEAST = 10 };
    static struct file files[16];
    static size_t count;
    struct error error = {0};
    if (count == 16 || !file_read(path, 1 << 24, &files[count], &error)) {
        fprintf(stderr, "%s: %s\n", path, error.text);
        return false;
    }
    struct slice rest = files[count++].bytes;
    struct slice none;
    struct slice head;
    struct slice text;
    while (cut(&rest, '=', MARKS_LEAST, &none)) {
        if (!cut(&rest, '=', MARKS_LEAST, &head) ||
            !cut(&rest, '-', 3, &text) || case_count == CASES_MOST) {
            fprintf(stderr, "%s: a case is cut short\n", path);
            return false;
        }
        struct slice expected = take_expected(&rest);
        add_case(path, head, text, expected, renderer);
    }
    return true;
}

static bool write_cases(const char *path)
{
    static const char line[] = "================================\n";
    FILE *out = fopen(path, "w");
    if (out == NULL)
        return false;
    bool is_first = true;
    for (size_t i = 0; i < case_count; i++) {
        const struct golden_case *it = &cases[i];
        if (strcmp(it->path, path) != 0)
            continue;
        struct slice got = render(it);
        fprintf(out, "%s%s%.*s\n%s%.*s\n---\n%.*s", is_first ? "" : "\n", line,
                (int)it->head.length, it->head.data, line, (int)it->text.length,
                it->text.data, (int)got.length, got.data);
        free((char *)got.data);
        is_first = false;
    }
    return fclose(out) == 0;
}

int golden_run(int file_count, char **files, golden_render *renderer)
{
    const char *mode = getenv("MADAI_GOLDEN");
    for (int i = 0; i < file_count; i++)
        if (!read_cases(files[i], renderer))
            return 1;
    if (mode != NULL && strcmp(mode, "write") == 0)
        for (int i = 0; i < file_count; i++)
            if (!write_cases(files[i]))
                return 1;
    if (mode != NULL && strcmp(mode, "write") == 0)
        return printf("1..1\nok 1 written\n") > 0 ? 0 : 1;
    return _cmocka_run_group_tests("golden", tests, case_count, NULL, NULL);
}
