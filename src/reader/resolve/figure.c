/*
 * figure.c - see figure.h: which candidates are figures, and of which harm,
 * by sums of whole weights.
 */
#include "figure.h"

#include "feature.h"
#include "token.h"

const char *const figure_harm_names[] = {"",         "killed",   "injured",
                                         "arrested", "detained", "missing"};

enum { SUMS = 1 + HARM_COUNT };

struct finder {
    const struct text *text;
    struct arena *arena;
    struct count_context context;
    LIST(struct figure) items;
    /* What the figure before counts; and the last that counts people. */
    struct {
        struct slice of;
        uint32_t paragraph;
    } last, last_people;
};

/* Shares of figures by the sum, on the train matters of the corpus, each
 * quarter weighed by what the others taught (train/figures.py --check); of
 * those that are figures, about one in fifty has wrong bounds. */
static float confidence_of(int32_t sum)
{
    static const struct {
        int32_t sum;
        float confidence;
    } steps[] = {{0, 0.6f}, {16, 0.8f}, {32, 0.88f}, {48, 0.93f}, {80, 0.96f}};
    size_t step = 0;
    while (step + 1 < sizeof steps / sizeof *steps &&
           sum >= steps[step + 1].sum)
        step++;
    return steps[step].confidence;
}

static struct slice bytes_of(const struct text *text, struct span tokens)
{
    return slice_at(text->bytes, text_bytes_of(text, tokens));
}

/* What is counted, one noun in the plural: "bodies" for "one body". */
static bool name_noun(struct finder *finder, const struct count *count,
                      struct slice *of, struct error *error)
{
    enum { PLURAL_MORE = 3 };
    struct slice noun = bytes_of(finder->text, count->noun);
    char *bytes =
        arena_take(finder->arena, noun.length + PLURAL_MORE, 1, error);
    size_t length = noun.length;
    if (bytes == NULL)
        return false;
    for (size_t i = 0; i < length; i++) {
        char byte = noun.data[i] == '\n' ? ' ' : noun.data[i];
        bytes[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
    bool is_one = count->high == 1 && count->low == 1;
    char last = length > 1 ? bytes[length - 1] : 's';
    if (is_one && last == 'y' && strchr("aeiou", bytes[length - 2]) == NULL) {
        memcpy(bytes + length - 1, "ies", 3);
        length += 2;
    } else if (is_one && length >= 3 &&
               memcmp(bytes + length - 3, "man", 3) == 0) {
        bytes[length - 2] = 'e';
    } else if (is_one && length >= 5 &&
               memcmp(bytes + length - 5, "child", 5) == 0) {
        memcpy(bytes + length, "ren", 3);
        length += 3;
    } else if (is_one && last != 's') {
        bytes[length++] = 's';
    }
    *of = (struct slice){bytes, length};
    return true;
}

/* What an ellipsis counts is what the figure before it did, in the same
 * paragraph; of people, where somebody comes to harm. */
static struct slice name_ellipsis(const struct finder *finder,
                                  uint32_t paragraph, enum figure_harm harm)
{
    if (finder->last_people.of.length > 0 &&
        finder->last_people.paragraph == paragraph && harm != HARM_NONE)
        return finder->last_people.of;
    if (harm != HARM_NONE)
        return slice_of("people");
    if (finder->last.of.length > 0 && finder->last.paragraph == paragraph)
        return finder->last.of;
    return (struct slice){"", 0};
}

/* Remembers what was counted, for ellipses. */
static void note_noun(struct finder *finder, const struct count *count,
                      const struct figure *figure, uint32_t paragraph)
{
    const char *class = span_is_empty(count->noun)
                            ? NULL
                            : feature_class(&count_word_table, finder->text,
                                            count->noun.end - 1);
    if (count->money != NULL || figure->of.length == 0)
        return;
    finder->last.of = figure->of;
    finder->last.paragraph = paragraph;
    if (class != NULL && strcmp(class, "person") == 0)
        finder->last_people = finder->last;
}

static bool add(struct finder *finder, const struct count *count, int32_t sum,
                enum figure_harm harm, struct error *error)
{
    uint32_t paragraph =
        (uint32_t)text_paragraph_of(finder->text, count->number.begin);
    char kind = count->hedge == NULL ? '-' : count->hedge->columns[0][0];
    struct figure made = {
        .span = text_bytes_of(finder->text, count->tokens),
        .harm = harm,
        .has_min = kind != 'm',
        .has_max = kind != 'l' && !count->is_several,
        .is_approximate = kind == 'a',
        .min = count->low,
        .max = count->high,
        .claim = UINT32_MAX,
        .act = UINT32_MAX,
        .confidence = confidence_of(sum),
    };
    if (count->money != NULL)
        made.of = slice_of(count->money->columns[0]);
    else if (span_is_empty(count->noun))
        made.of = name_ellipsis(finder, paragraph, harm);
    else if (!name_noun(finder, count, &made.of, error))
        return false;
    note_noun(finder, count, &made, paragraph);
    return list_push(finder->arena, &finder->items, made, error);
}

/* Weighs the candidate and keeps it if it is a figure. */
static bool weigh(struct finder *finder, const struct count *count,
                  struct error *error)
{
    struct weighing weighing = {.table = &figure_word_table};
    int32_t sums[SUMS];
    count_features(&finder->context, count, weighing_take, &weighing);
    weighing_sums(&weighing, sums, SUMS);
    enum figure_harm best =
        (enum figure_harm)weighing_best(sums + 1, HARM_COUNT);
    return sums[0] <= 0 || add(finder, count, sums[0], best, error);
}

bool figures_find(const struct text *text, const struct labels *labels,
                  const struct citation *citations, size_t citation_count,
                  struct arena *arena, const struct figure **items,
                  size_t *count, struct error *error)
{
    struct finder finder = {
        .text = text,
        .arena = arena,
        .context = {.text = text,
                    .labels = labels,
                    .citations = citations,
                    .citation_count = citation_count},
    };
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span sentence = text->sentences.items[i];
        if (text_is_unread(text, sentence.begin))
            continue;
        for (uint32_t at = sentence.begin; at < sentence.end; at++) {
            struct count found;
            if (!count_at(text, sentence, at, &found))
                continue;
            at = found.number.end - 1;
            if (!count_is_other(&finder.context, &found) &&
                !weigh(&finder, &found, error))
                return false;
        }
    }
    *items = finder.items.items;
    *count = finder.items.count;
    return true;
}
