/*
 * test_crf.c - the best sequence and the probability of a piece, against all
 * sequences counted one by one.
 */
#include <math.h>

#include "crf.h"
#include "exponential.h"
#include "test.h"

#define LABELS 5
#define WORDS 5

struct example {
    struct crf crf;
    float scores[WORDS][LABELS];
};

static float random_score(uint64_t *seed)
{
    return (float)(test_random(seed) % 2001) / 400.0f - 2.5f;
}

static void example_make(struct example *example, uint64_t seed)
{
    float transitions[LABELS * LABELS];
    float start[LABELS];
    for (size_t i = 0; i < LABELS * LABELS; i++)
        transitions[i] = random_score(&seed);
    for (size_t i = 0; i < LABELS; i++)
        start[i] = random_score(&seed);
    for (size_t i = 0; i < WORDS; i++)
        for (size_t j = 0; j < LABELS; j++)
            example->scores[i][j] = random_score(&seed);
    crf_set(&example->crf, LABELS, transitions, start);
}

static struct crf_scores scores_of(const struct example *example, size_t words)
{
    return (struct crf_scores){example->scores[0], LABELS, words};
}

/* The labels of path `number`, and its score. */
static double path_score(const struct example *example, size_t number,
                         size_t words, uint8_t *labels)
{
    double score = 0;
    for (size_t i = 0; i < words; i++, number /= LABELS) {
        labels[i] = (uint8_t)(number % LABELS);
        score += (double)(i == 0 ? example->crf.start[labels[0]]
                                 : example->crf.step[labels[i - 1]][labels[i]]);
        score += (double)example->scores[i][labels[i]];
    }
    return score;
}

static size_t path_count(size_t words)
{
    size_t count = 1;
    for (size_t i = 0; i < words; i++)
        count *= LABELS;
    return count;
}

static void the_best_sequence_is_the_best_of_all(void **state)
{
    (void)state;
    static struct crf_paths paths;
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct example example;
        example_make(&example, seed);
        const size_t words = 1 + seed % WORDS;
        uint8_t found[WORDS];
        uint8_t labels[WORDS];
        uint8_t best[WORDS] = {0};
        double most = -1e9;
        crf_decode(&example.crf, scores_of(&example, words), &paths, found);
        for (size_t i = 0; i < path_count(words); i++) {
            const double score = path_score(&example, i, words, labels);
            if (score > most) {
                most = score;
                memcpy(best, labels, sizeof best);
            }
        }
        assert_memory_equal(found, best, words);
    }
}

/* Whether the labels have just this piece. */
static bool has_piece(const uint8_t *labels, size_t words, struct span piece,
                      size_t begin)
{
    if (labels[piece.begin] != begin)
        return false;
    for (size_t i = piece.begin + 1; i < piece.end; i++)
        if (labels[i] != begin + 1)
            return false;
    return piece.end == words || labels[piece.end] != begin + 1;
}

static double counted_probability(const struct example *example, size_t words,
                                  struct span piece, size_t begin)
{
    double all = 0;
    double with = 0;
    uint8_t labels[WORDS];
    for (size_t i = 0; i < path_count(words); i++) {
        const double weight = exp(path_score(example, i, words, labels));
        all += weight;
        with += has_piece(labels, words, piece, begin) ? weight : 0;
    }
    return with / all;
}

static void a_piece_is_as_probable_as_all_sequences_with_it(void **state)
{
    (void)state;
    static struct crf_marginals marginals;
    for (uint64_t seed = 0; seed < 8; seed++) {
        struct example example;
        example_make(&example, seed);
        const uint32_t words = (uint32_t)(WORDS - seed % 2);
        crf_sum(&example.crf, scores_of(&example, words), &marginals);
        for (uint32_t from = 0; from < words; from++)
            for (uint32_t to = from + 1; to <= words; to++)
                for (size_t begin = 1; begin < LABELS; begin += 2) {
                    const struct span piece = {from, to};
                    const double found =
                        crf_piece(&example.crf, &marginals, piece, begin);
                    const double wanted =
                        counted_probability(&example, words, piece, begin);
                    assert_true(fabs(found - wanted) < 1e-12);
                }
    }
}

static void a_piece_never_begins_inside(void **state)
{
    (void)state;
    static struct crf_paths paths;
    struct example example;
    example_make(&example, 1);
    for (size_t i = 0; i < WORDS; i++)
        for (size_t j = 0; j < LABELS; j++)
            example.scores[i][j] = j == 2 ? 100.0f : 0.0f;
    uint8_t labels[WORDS];
    crf_decode(&example.crf, scores_of(&example, WORDS), &paths, labels);
    assert_int_equal(labels[0], 1);
    for (size_t i = 1; i < WORDS; i++)
        assert_int_equal(labels[i], 2);
}

static void pieces_are_read_off_the_labels(void **state)
{
    (void)state;
    const uint8_t labels[] = {0, 1, 2, 1, 3, 4, 4, 0, 2, 4};
    const struct {
        struct span words;
        size_t type;
    } wanted[] = {
        {{1, 3}, 0}, {{3, 4}, 0}, {{4, 7}, 1}, {{8, 9}, 0}, {{9, 10}, 1}};
    struct span piece = {0, 0};
    size_t type;
    for (size_t i = 0; i < 5; i++) {
        assert_true(crf_piece_next(labels, 10, piece.end, &piece, &type));
        assert_memory_equal(&piece, &wanted[i].words, sizeof piece);
        assert_int_equal(type, wanted[i].type);
    }
    assert_false(crf_piece_next(labels, 10, piece.end, &piece, &type));
    assert_false(crf_piece_next(labels, 0, 0, &piece, &type));
}

static void the_exponential_is_the_librarys_almost(void **state)
{
    (void)state;
    for (double x = -650; x < 650; x += 0.173)
        assert_true(fabs(exponential(x) / exp(x) - 1) < 2e-15);
    assert_true(exponential(0) == 1.0 && exponential(-1e4) == 0.0);
    assert_true(isfinite(exponential(1e30)));
    assert_true(exponential((double)NAN) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_sequence_is_the_best_of_all),
        cmocka_unit_test(a_piece_is_as_probable_as_all_sequences_with_it),
        cmocka_unit_test(a_piece_never_begins_inside),
        cmocka_unit_test(pieces_are_read_off_the_labels),
        cmocka_unit_test(the_exponential_is_the_librarys_almost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
