/*
 * marked_text.c - see marked_text.h.
 */
#include "marked_text.h"

#include "test.h"

enum { MARKS_MAX = 256, OPEN_MAX = 16 };

struct mark {
    char kind; /* s q c S Q C, or p o l x */
    char number;
    struct span bytes;
};

struct marks {
    struct mark items[MARKS_MAX];
    size_t count;
    size_t open[OPEN_MAX];
    size_t open_count;
};

/* Copies the text without its marks; notes where they were. */
static struct slice strip(struct slice marked, struct arena *arena,
                          struct marks *marks)
{
    struct error error = {0};
    char *bytes = arena_take(arena, marked.length + 1, 1, &error);
    struct slice text = {bytes, 0};
    assert_non_null(bytes);
    for (size_t i = 0; i < marked.length; i++) {
        char byte = marked.data[i];
        if (byte == '{' || byte == '[') {
            size_t skipped = byte == '{' ? 3 : 2;
            assert_true(marks->count < MARKS_MAX &&
                        marks->open_count < OPEN_MAX &&
                        i + skipped < marked.length);
            marks->open[marks->open_count++] = marks->count;
            marks->items[marks->count++] =
                (struct mark){marked.data[i + 1],
                              byte == '{' ? marked.data[i + 2] : 0,
                              {(uint32_t)text.length, 0}};
            i += skipped;
        } else if (byte == '}' || byte == ']') {
            assert_true(marks->open_count > 0);
            marks->items[marks->open[--marks->open_count]].bytes.end =
                (uint32_t)text.length;
        } else {
            bytes[text.length++] = byte;
        }
    }
    assert_int_equal(marks->open_count, 0);
    return text;
}

static bool is_role(const struct mark *mark)
{
    return strchr("sqcSQC", mark->kind) != NULL;
}

static void add_name(const struct text *text, const struct mark *mark,
                     struct arena *arena, struct labels *labels)
{
    static const char kinds[] = "polx";
    struct error error = {0};
    const char *kind = strchr(kinds, mark->kind);
    assert_non_null(kind);
    struct labelled_name name = {text_tokens_in(text, mark->bytes),
                                 (enum name_type)(kind - kinds), 0.9f};
    assert_true(list_push(arena, &labels->names, name, &error));
}

/* The piece of a number and kind: its index among the roles. */
static uint32_t piece_of(const struct marks *marks, char kind, char number)
{
    uint32_t index = 0;
    for (size_t i = 0; i < marks->count; i++) {
        if (!is_role(&marks->items[i]))
            continue;
        if (marks->items[i].kind == kind && marks->items[i].number == number)
            return index;
        index++;
    }
    return TEXT_NONE;
}

static void add_piece(const struct text *text, const struct marks *marks,
                      const struct mark *mark, struct arena *arena,
                      struct labels *labels)
{
    static const char kinds[] = "qscQSC";
    struct error error = {0};
    size_t kind = (size_t)(strchr(kinds, mark->kind) - kinds);
    struct labelled_piece piece = {
        .tokens = text_tokens_in(text, mark->bytes),
        .role = (enum piece_role)(kind % 3),
        .layer = kind < 3 ? LAYER_OUTER : LAYER_INNER,
        .probability = 0.9f,
        .link = TEXT_NONE,
        .link_probability = 0.9f,
    };
    if (piece.role == PIECE_CUE)
        piece.link = piece_of(marks, kind < 3 ? 's' : 'S', mark->number);
    if (piece.role == PIECE_CONTENT)
        piece.link = piece_of(marks, kind < 3 ? 'q' : 'Q', mark->number);
    assert_true(list_push(arena, &labels->pieces, piece, &error));
}

void marked_text(struct slice marked, struct arena *arena, struct text *text,
                 struct labels *labels)
{
    struct error error = {0};
    struct marks marks = {.count = 0};
    struct slice bytes = strip(marked, arena, &marks);
    *labels = (struct labels){0};
    assert_true(text_analyse(bytes, arena, text, &error));
    for (size_t i = 0; i < marks.count; i++) {
        if (is_role(&marks.items[i]))
            add_piece(text, &marks, &marks.items[i], arena, labels);
        else
            add_name(text, &marks.items[i], arena, labels);
    }
}

void marked_reading(struct slice marked, const char *date, struct arena *arena,
                    struct reading *reading)
{
    struct error error = {0};
    struct labels labels;
    struct reading_basis basis = {.labels = &labels};
    struct read_options options = {.id = slice_of("test"),
                                   .date = slice_of(date)};
    *reading = (struct reading){0};
    marked_text(marked, arena, &reading->text, &labels);
    if (!reading_assemble(&basis, &options, arena, reading, &error))
        fail_msg("%s", error.text);
}
