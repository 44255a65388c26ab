/*
 * figure_features.c - what is seen of a number and around it: the rows of
 * data/figure-words.tsv that speak for or against its being a figure. One
 * place makes them, for reading and for learning.
 *
 * A feature is a kind and a word: a1 a2 a3 the words before the candidate, b1
 * b2 b3 those behind the number, m1 m2 those behind what it counts, n what it
 * counts; with c before them the class of count-words.tsv; l1 l2 harm words
 * before it, near and far, r1 r2 behind, lh rh the nearest, and with its class
 * or e for an ellipsis before them; ph the last one of an earlier sentence; w
 * any word of its sentence that is not far; is what it is.
 */
#include "dateline.h"
#include "feature.h"
#include "figure.h"
#include "token.h"

enum { NEAR = 4, FAR = 16, AROUND = 3, BEHIND_NOUN = 2, BAG = 8, BACK = 60 };

static const char *class_of(const struct text *text, uint32_t token)
{
    return feature_class(&count_word_table, text, token);
}

static void give_word(const struct feature_sink *sink, const char *kind,
                      const char *class_kind, const struct text *text,
                      uint32_t token)
{
    feature_word(sink, kind, class_kind, &count_word_table, text, token);
}

static void give_around(const struct feature_sink *sink,
                        const struct text *text, const struct count *count)
{
    static const char *const before[] = {"a1", "a2", "a3"};
    static const char *const before_class[] = {"ca1", "ca2", "ca3"};
    static const char *const behind[] = {"b1", "b2", "b3"};
    static const char *const behind_class[] = {"cb1", "cb2", "cb3"};
    static const char *const noun[] = {"m1", "m2"};
    static const char *const noun_class[] = {"cm1", "cm2"};
    struct span sentence = count->sentence;
    for (uint32_t i = 0; i < AROUND; i++) {
        if (count->tokens.begin >= sentence.begin + i + 1)
            give_word(sink, before[i], before_class[i], text,
                      count->tokens.begin - i - 1);
        else
            feature_give(sink, before[i], slice_of("-"));
        if (count->number.end + i < sentence.end)
            give_word(sink, behind[i], behind_class[i], text,
                      count->number.end + i);
        else
            feature_give(sink, behind[i], slice_of("-"));
    }
    for (uint32_t i = 0; i < BEHIND_NOUN; i++) {
        if (count->tokens.end + i < sentence.end)
            give_word(sink, noun[i], noun_class[i], text,
                      count->tokens.end + i);
        else
            feature_give(sink, noun[i], slice_of("-"));
    }
    if (!span_is_empty(count->noun))
        give_word(sink, "n", "cn", text, count->noun.end - 1);
}

/* The harm that a word tells of, or NULL. */
static const char *harm_at(const struct text *text, uint32_t at, uint32_t end)
{
    uint32_t length;
    const struct table_row *row =
        word_phrase(text, &harm_table, at, end, &length);
    return row == NULL ? NULL : row->columns[0];
}

static void give_harm(const struct feature_sink *sink, const struct text *text,
                      const struct count *count)
{
    struct span sentence = count->sentence;
    const char *nearest_left = NULL;
    const char *nearest_right = NULL;
    for (uint32_t i = 1; i <= FAR && count->tokens.begin >= sentence.begin + i;
         i++) {
        const char *harm = harm_at(text, count->tokens.begin - i, sentence.end);
        if (harm == NULL)
            continue;
        feature_give(sink, i <= NEAR ? "l1" : "l2", slice_of(harm));
        if (nearest_left == NULL)
            feature_give(sink, "lh", slice_of(nearest_left = harm));
    }
    for (uint32_t i = 0; i < FAR && count->number.end + i < sentence.end; i++) {
        const char *harm = harm_at(text, count->number.end + i, sentence.end);
        if (harm == NULL)
            continue;
        feature_give(sink, i < NEAR ? "r1" : "r2", slice_of(harm));
        if (nearest_right == NULL)
            feature_give(sink, "rh", slice_of(nearest_right = harm));
    }
    if (nearest_left == NULL && nearest_right == NULL)
        feature_give(sink, "rh", slice_of("-"));
    const char *class =
        span_is_empty(count->noun) ? NULL : class_of(text, count->noun.end - 1);
    bool is_thing = class != NULL && strcmp(class, "person") != 0;
    if (nearest_left != NULL)
        feature_give(sink,
                     is_thing             ? "thing lh"
                     : count->is_elliptic ? "e lh"
                                          : "x lh",
                     slice_of(nearest_left));
    if (nearest_right != NULL)
        feature_give(sink,
                     is_thing             ? "thing rh"
                     : count->is_elliptic ? "e rh"
                                          : "x rh",
                     slice_of(nearest_right));
}

/* The last harm that was told before the sentence; looked for at most BACK
 * tokens back. */
static void give_earlier(const struct feature_sink *sink,
                         const struct text *text, const struct count *count)
{
    uint32_t end = count->sentence.begin;
    for (uint32_t i = 1; i <= BACK && i <= end; i++) {
        const char *harm = harm_at(text, end - i, end);
        if (harm == NULL)
            continue;
        feature_give(sink, count->is_elliptic ? "e ph" : "ph", slice_of(harm));
        return;
    }
}

/* Words of the sentence around it, wherever they stand. */
static void give_bag(const struct feature_sink *sink, const struct text *text,
                     const struct count *count)
{
    struct span sentence = count->sentence;
    uint32_t begin = count->tokens.begin - sentence.begin > BAG
                         ? count->tokens.begin - BAG
                         : sentence.begin;
    uint32_t end = sentence.end - count->number.end > BAG
                       ? count->number.end + BAG
                       : sentence.end;
    feature_bag(sink, "w", text, (struct span){begin, count->tokens.begin});
    feature_bag(sink, "w", text, (struct span){count->number.end, end});
}

static void give_value(const struct feature_sink *sink, const struct text *text,
                       const struct count *count)
{
    size_t digits = count->number.end - count->number.begin == 1
                        ? word_at(text, count->number.begin).length
                        : 0;
    bool is_year = !count->is_words && digits == 4 && count->low >= 1800 &&
                   count->low < 2100;
    feature_give(sink, "is", slice_of("number"));
    feature_give(sink, "is", slice_of(count->is_words ? "words" : "digits"));
    if (is_year)
        feature_give(sink, "is", slice_of("year"));
    if (!count->is_words && digits > 1 &&
        word_at(text, count->number.begin).data[0] == '0')
        feature_give(sink, "is", slice_of("zero"));
    if (count->low == 0)
        feature_give(sink, "is", slice_of("nothing"));
    if (count->high == 1 && count->is_words)
        feature_give(sink, "is", slice_of("one"));
    feature_give(sink, "is",
                 slice_of(count->high < 13     ? "few"
                          : count->high < 32   ? "days"
                          : count->high < 100  ? "tens"
                          : count->high < 1000 ? "hundreds"
                                               : "thousands"));
    if (!count->is_words && digits >= 4 && !is_year)
        feature_give(sink, "is", slice_of("long"));
    if (count->is_range)
        feature_give(sink, "is", slice_of("range"));
    if (count->is_several)
        feature_give(sink, "is", slice_of("several"));
    if (count->is_elliptic && span_is_empty(count->noun))
        feature_give(sink, "is", slice_of("elliptic"));
    if (count->money != NULL)
        feature_give(sink, "is", slice_of("money"));
    if (count->hedge != NULL)
        feature_give(sink, "h", slice_of(count->hedge->columns[0]));
}

/* Marks and words written against it, and where it stands. */
static void give_place(const struct feature_sink *sink,
                       const struct count_context *context,
                       const struct count *count)
{
    const struct text *text = context->text;
    uint32_t begin = count->number.begin;
    uint32_t end = count->number.end;
    char buffer[WORD_KEY_MAX];
    if (begin > 0 && word_is_glued(text, begin))
        feature_give(sink, "g-",
                     word_key(text, (struct span){begin - 1, begin}, buffer));
    if (end < text->tokens.count && word_is_glued(text, end))
        feature_give(sink, "g+",
                     word_key(text, (struct span){end, end + 1}, buffer));
    feature_give(sink, "part",
                 slice_of(part_kind_names[text_part_of(text, begin)]));
    if (begin == count->sentence.begin)
        feature_give(sink, "is", slice_of("first"));
    if (end == count->sentence.end)
        feature_give(sink, "is", slice_of("last"));
    if (count->sentence.end - count->sentence.begin <= 8)
        feature_give(sink, "is", slice_of("short"));
    if (context->last > count->sentence.begin && begin - context->last <= NEAR)
        feature_give(sink, "is", slice_of("second"));
}

/* Names and citations that it stands in or beside. */
static void give_names(const struct feature_sink *sink,
                       struct count_context *context, const struct count *count)
{
    const struct labels *labels = context->labels;
    uint32_t begin = count->number.begin;
    uint32_t end = count->number.end;
    while (context->name < labels->names.count &&
           labels->names.items[context->name].tokens.end < begin)
        context->name++;
    for (size_t i = context->name;
         i < labels->names.count && i < context->name + 3; i++) {
        static const char *const in[] = {"in person", "in organisation",
                                         "in place", "in other"};
        static const char *const at[] = {"at person", "at organisation",
                                         "at place", "at other"};
        const struct labelled_name *name = &labels->names.items[i];
        if (span_overlaps(name->tokens, count->number))
            feature_give(sink, "name", slice_of(in[name->type]));
        else if (name->tokens.begin == end || name->tokens.end == begin)
            feature_give(sink, "name", slice_of(at[name->type]));
    }
}

static bool is_cited(struct count_context *context, const struct count *count)
{
    struct span bytes = text_bytes_of(context->text, count->number);
    while (context->citation < context->citation_count &&
           context->citations[context->citation].span.end <= bytes.begin)
        context->citation++;
    return context->citation < context->citation_count &&
           span_overlaps(context->citations[context->citation].span, bytes);
}

static bool is_date(const struct text *text, const struct count *count)
{
    uint32_t begin = count->number.begin;
    for (uint32_t i = 0; i < AROUND && begin >= count->sentence.begin + i; i++)
        if (written_date_at(text, begin - i, count->sentence.end).end > begin)
            return true;
    return false;
}

/* "08:25", "11/7": a clock, a date, a code; not "7/8 (90 %)". */
static bool is_code(const struct text *text, const struct count *count)
{
    uint32_t begin = count->number.begin;
    uint32_t end = count->number.end;
    if (begin > 1 && word_is_glued(text, begin) &&
        word_is_glued(text, begin - 1) &&
        (token_is(text, begin - 1, ':') || token_is(text, begin - 1, '/')) &&
        word_has_letters(text, begin - 2))
        return true;
    return end + 1 < text->tokens.count && word_is_glued(text, end) &&
           word_is_glued(text, end + 1) &&
           (token_is(text, end, ':') || token_is(text, end, '/')) &&
           word_has_letters(text, end + 1);
}

bool count_is_other(struct count_context *context, const struct count *count)
{
    enum part_kind part = text_part_of(context->text, count->number.begin);
    return is_cited(context, count) || count->high == 0 ||
           part == PART_DATELINE || part == PART_BYLINE ||
           is_date(context->text, count) || is_code(context->text, count);
}

void count_features(struct count_context *context, const struct count *count,
                    void (*take)(void *, struct slice), void *of_take)
{
    struct feature_sink sink = {take, of_take};
    give_value(&sink, context->text, count);
    give_around(&sink, context->text, count);
    give_harm(&sink, context->text, count);
    give_earlier(&sink, context->text, count);
    give_bag(&sink, context->text, count);
    give_place(&sink, context, count);
    give_names(&sink, context, count);
    context->last = count->tokens.end;
}
