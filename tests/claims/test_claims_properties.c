/*
 * test_claims_properties.c - what holds of every reading, whatever the text
 * and whatever the network says of it: labels here are random.
 */
#include "test.h"

#include "reading.h"

enum { ROUNDS = 2000, PIECES_MAX = 60 };

static const char *const words[] = {
    "She",    "he",     "they",      "the",  "a",    "his",  "said",
    "told",   "that",   "who",       "\"",   "“",    "”",    "‘",
    "’",      ",",      ".",         "\n",   "\n\n", "Omar", "Union",
    "LDA",    "claim",  "by",        "been", "to",   "of",   "and",
    "party",  "police", "according", "has",  "not",  "s",    "(",
    ")",      "denied", "accuses",   "in",   "\xFF", "é",    "May",
    "13",     "2019",   "Dear",      "Hon",  ":",    "when", "shot",
    "arrest", "killed", "burn",      "with"};

static uint32_t below(uint64_t *seed, uint32_t most)
{
    return (uint32_t)(test_random(seed) % most);
}

static struct slice random_words(uint64_t *seed, struct arena *arena)
{
    struct error error = {0};
    uint32_t count = below(seed, 160);
    char *bytes = arena_take(arena, (size_t)count * 16 + 1, 1, &error);
    size_t length = 0;
    assert_non_null(bytes);
    for (uint32_t i = 0; i < count; i++) {
        const char *word = words[below(seed, sizeof words / sizeof *words)];
        memcpy(bytes + length, word, strlen(word));
        length += strlen(word);
        if (below(seed, 6) > 0)
            bytes[length++] = ' ';
    }
    return (struct slice){bytes, length};
}

static struct span random_span(uint64_t *seed, uint32_t most)
{
    uint32_t begin = below(seed, most);
    uint32_t length = 1 + below(seed, below(seed, 4) == 0 ? 60 : 6);
    return (struct span){begin, begin + length < most ? begin + length : most};
}

/* Pieces as a labeller may give them: cues before and behind their contents,
 * links to any piece of the right role, or to none. */
static void random_labels(uint64_t *seed, const struct text *text,
                          struct arena *arena, struct labels *labels)
{
    struct error error = {0};
    uint32_t tokens = (uint32_t)text->tokens.count;
    *labels = (struct labels){0};
    if (tokens == 0)
        return;
    uint32_t count = below(seed, PIECES_MAX);
    uint32_t last[2] = {TEXT_NONE, TEXT_NONE}; /* cue, source */
    for (uint32_t i = 0; i < count; i++) {
        struct labelled_piece piece = {
            .tokens = random_span(seed, tokens),
            .role = (enum piece_role)below(seed, 3),
            .layer = (enum piece_layer)below(seed, 2),
            .probability = 1,
            .link = TEXT_NONE,
            .link_probability = (float)below(seed, 11) / 10,
        };
        if (piece.role == PIECE_CONTENT)
            piece.link = last[0];
        if (piece.role == PIECE_CUE)
            piece.link = last[1];
        if (piece.role != PIECE_CONTENT)
            last[piece.role == PIECE_CUE ? 0 : 1] = i;
        assert_true(list_push(arena, &labels->pieces, piece, &error));
    }
    for (uint32_t at = 0; at < tokens; at += 1 + below(seed, 12)) {
        uint32_t end = at + 1 + below(seed, 3);
        struct labelled_name name = {{at, end < tokens ? end : tokens},
                                     (enum name_type)below(seed, 4),
                                     0.5f};
        at = name.tokens.end;
        assert_true(list_push(arena, &labels->names, name, &error));
    }
}

static void check_span(const struct reading *reading, struct span span)
{
    const char *bytes = reading->text.bytes.data;
    assert_true(span.begin < span.end);
    assert_true(span.end <= reading->text.bytes.length);
    assert_false(((unsigned char)bytes[span.begin] & 0xC0) == 0x80);
}

static void check_places(const struct reading *reading, struct places places)
{
    for (uint32_t i = 0; i < places.count; i++) {
        check_span(reading, places.items[i]);
        if (i > 0)
            assert_true(places.items[i - 1].begin <= places.items[i].begin);
    }
}

static void check_acts(const struct reading *reading)
{
    for (size_t i = 0; i < reading->acts.count; i++) {
        const struct act *act = &reading->acts.items[i];
        check_span(reading, act->trigger);
        assert_true(i == 0 || act[-1].trigger.end <= act->trigger.begin);
        assert_true(act->claim == READING_NONE ||
                    act->claim < reading->claims.count);
        assert_true(act->time == READING_NONE ||
                    act->time < reading->times.items.count);
        assert_true(act->place == READING_NONE ||
                    act->place < reading->places.count);
        assert_true(act->confidence >= 0 && act->confidence <= 1);
        if (act->same_as != READING_NONE) {
            assert_true(act->same_as < i);
            assert_int_equal(reading->acts.items[act->same_as].same_as,
                             READING_NONE);
        }
        for (uint32_t j = 0; j < act->party_count; j++) {
            check_span(reading, act->parties[j].span);
            assert_true(act->parties[j].actor == READING_NONE ||
                        act->parties[j].actor < reading->actors.count);
            assert_true(j == 0 ||
                        act->parties[j - 1].role <= act->parties[j].role);
        }
    }
}

static void check_reading(const struct reading *reading)
{
    check_acts(reading);
    for (size_t i = 0; i < reading->claims.count; i++) {
        const struct claim *claim = &reading->claims.items[i];
        assert_true(claim->parent == READING_NONE || claim->parent < i);
        assert_true(claim->speaker == READING_NONE ||
                    claim->speaker < reading->actors.count);
        assert_true(claim->content.count > 0);
        check_places(reading, claim->source);
        check_places(reading, claim->cue);
        check_places(reading, claim->content);
        check_places(reading, claim->addressee);
        check_places(reading, claim->medium);
        assert_true(claim->confidence >= 0 && claim->confidence <= 1);
    }
    for (size_t i = 0; i < reading->actors.count; i++) {
        const struct actor *actor = &reading->actors.items[i];
        assert_true(actor->mentions.count > 0 && actor->name.length > 0);
        check_places(reading, actor->mentions);
    }
    for (size_t i = 0; i < reading->names.count; i++)
        check_span(reading, reading->names.items[i].span);
}

static void whatever_the_labels_the_reading_holds_together(void **state)
{
    (void)state;
    uint64_t seed = 20190513;
    for (int round = 0; round < ROUNDS; round++) {
        struct error error = {0};
        struct labels labels;
        struct reading reading = {0};
        struct reading_basis basis = {.labels = &labels};
        struct read_options options = {.id = slice_of("x")};
        struct arena *arena = arena_new(1 << 24);
        assert_non_null(arena);
        struct slice bytes = random_words(&seed, arena);
        assert_true(text_analyse(bytes, arena, &reading.text, &error));
        random_labels(&seed, &reading.text, arena, &labels);
        assert_true(
            reading_assemble(&basis, &options, arena, &reading, &error));
        check_reading(&reading);
        arena_release(arena);
    }
}

/* A content of `depth` claims, each within the one before: only so many
 * are looked at, and the rest still ends. */
static void a_thousand_claims_within_each_other_end(void **state)
{
    (void)state;
    enum { DEPTH = 1000 };
    struct error error = {0};
    struct labels labels = {0};
    struct reading reading = {0};
    struct reading_basis basis = {.labels = &labels};
    struct read_options options = {.id = slice_of("x")};
    struct arena *arena = arena_new(1 << 26);
    assert_non_null(arena);
    char *bytes = arena_take(arena, DEPTH * 2 + 1, 1, &error);
    assert_non_null(bytes);
    for (size_t i = 0; i < DEPTH; i++)
        memcpy(bytes + 2 * i, "x ", 2);
    assert_true(text_analyse((struct slice){bytes, DEPTH * 2}, arena,
                             &reading.text, &error));
    for (uint32_t i = 0; i + 1 < DEPTH; i++) {
        struct labelled_piece cue = {{i, i + 1}, PIECE_CUE, LAYER_OUTER,
                                     1,          TEXT_NONE, 1};
        struct labelled_piece content = {
            {i + 1, DEPTH}, PIECE_CONTENT, LAYER_OUTER, 1, 2 * i, 1};
        assert_true(list_push(arena, &labels.pieces, cue, &error) &&
                    list_push(arena, &labels.pieces, content, &error));
    }
    assert_true(reading_assemble(&basis, &options, arena, &reading, &error));
    assert_int_equal(reading.claims.count, DEPTH - 1);
    for (uint32_t i = 1; i + 1 < DEPTH; i++)
        assert_int_equal(reading.claims.items[i].parent, i - 1);
    arena_release(arena);
}

static void memory_that_runs_out_is_said(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct arena *texts = arena_new(1 << 24);
    assert_non_null(texts);
    struct error error = {0};
    struct labels labels;
    struct text text;
    struct slice bytes = random_words(&seed, texts);
    assert_true(text_analyse(bytes, texts, &text, &error));
    random_labels(&seed, &text, texts, &labels);
    for (size_t room = 0; room < 4096; room += 64) {
        struct reading reading = {.text = text};
        struct reading_basis basis = {.labels = &labels};
        struct read_options options = {.id = slice_of("x")};
        struct error why = {0};
        struct arena *arena = arena_new(room);
        if (arena == NULL)
            continue;
        if (!reading_assemble(&basis, &options, arena, &reading, &why))
            assert_int_equal(why.kind, ERROR_LIMIT);
        arena_release(arena);
    }
    arena_release(texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_the_labels_the_reading_holds_together),
        cmocka_unit_test(a_thousand_claims_within_each_other_end),
        cmocka_unit_test(memory_that_runs_out_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
