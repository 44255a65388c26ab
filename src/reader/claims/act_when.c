/*
 * act_when.c - see act_when.h.
 *
 * Features: side and rank (r), how many there are (n), how far (d, by the
 * logarithm of the tokens between), the word before it (w), its kind (k), what
 * stands between (x), whether another act does (o), who tells both (c), what
 * the act is (m its modality, a its code, s whether told before), whether it is
 * a head (h), a mark behind it (e), what the act before it was given (pv).
 */
#include "act_when.h"

#include "claim_at.h"
#include "feature.h"
#include "place_words.h"

/* Chosen on corpus/dev: a little below even, since who asks when an act was is
 * told the words as well. */
enum { SENTENCE_MOST = 8, BEFORE_MOST = 3, BETWEEN_MOST = 40, LEAST_SUM = -4 };

static const char *grain_name(const struct time *time)
{
    static const char *const names[] = {
        "none",  "century", "decade",  "year", "half", "quarter", "season",
        "month", "week",    "weekend", "day",  "part", "minute"};
    return time->grain == GRAIN_NONE && time->type != TIME_DATE
               ? time_type_names[time->type]
               : names[time->grain];
}

/* What a document has in its head, and what heads its sections and posts. */
static bool is_head(const struct text *text, struct span span)
{
    struct span tokens = text_tokens_in(text, span);
    enum part_kind part = tokens.begin < tokens.end
                              ? text_part_of(text, tokens.begin)
                              : PART_BODY;
    return part == PART_HEADLINE || part == PART_DATELINE ||
           part == PART_BYLINE || part == PART_CREDIT;
}

bool circumstances_of_times(struct circumstances *list,
                            const struct reading *reading, struct arena *arena,
                            struct error *error)
{
    size_t count = reading->times.items.count;
    struct claim_finder finder;
    struct circumstance *items = arena_take(arena, count, sizeof *items, error);
    size_t kept = 0;
    if (items == NULL || !claim_finder_init(&finder, reading, arena, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct time *time = &reading->times.items.items[i];
        if (time->type == TIME_DURATION)
            continue;
        items[kept++] = (struct circumstance){
            time->span, (uint32_t)i, claim_at(&finder, time->span),
            grain_name(time), is_head(&reading->text, time->span)};
    }
    *list = (struct circumstances){reading, items, kept, false};
    return true;
}

bool circumstances_of_places(struct circumstances *list,
                             const struct reading *reading, struct arena *arena,
                             struct error *error)
{
    size_t count = reading->places.count;
    struct claim_finder finder;
    struct circumstance *items = arena_take(arena, count, sizeof *items, error);
    if (items == NULL || !claim_finder_init(&finder, reading, arena, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct place *place = &reading->places.items[i];
        const char *kind = place_kind(reading->gazetteer, place);
        items[i] = (struct circumstance){place->span, (uint32_t)i,
                                         claim_at(&finder, place->span),
                                         kind == NULL ? "unknown" : kind,
                                         is_head(&reading->text, place->span)};
    }
    *list = (struct circumstances){reading, items, count, true};
    return true;
}

/* The first that begins at the byte or behind it; logarithmic. */
static size_t item_from(const struct circumstances *list, uint32_t byte)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].span.begin < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The bytes of the act's sentence and paragraph; empty where it has no word. */
static void scene_of(const struct text *text, const struct act *act,
                     struct span *sentence, struct span *paragraph)
{
    struct span tokens = text_tokens_in(text, act->trigger);
    *sentence = *paragraph = (struct span){0, 0};
    if (tokens.begin >= tokens.end)
        return;
    *sentence = text_bytes_of(
        text, text->sentences.items[text_sentence_of(text, tokens.begin)]);
    *paragraph = text_bytes_of(
        text, text->paragraphs.items[text_paragraph_of(text, tokens.begin)]);
}

size_t
circumstances_near(const struct circumstances *list, const struct act *act,
                   struct circumstance_candidate candidates[CANDIDATES_MOST])
{
    struct span sentence;
    struct span paragraph;
    size_t count = 0;
    scene_of(&list->reading->text, act, &sentence, &paragraph);
    size_t first = item_from(list, sentence.begin);
    size_t middle = item_from(list, act->trigger.begin);
    size_t last = item_from(list, sentence.end);
    uint32_t inside = (uint32_t)(last - first);
    for (size_t i = middle; i > first && count < SENTENCE_MOST / 2; i--) {
        candidates[count] = (struct circumstance_candidate){
            (uint32_t)(i - 1), 'b', (uint32_t)count, inside};
        count++;
    }
    for (size_t i = middle; i < last && i < middle + SENTENCE_MOST / 2; i++)
        candidates[count++] = (struct circumstance_candidate){
            (uint32_t)i, 'a', (uint32_t)(i - middle), inside};
    for (size_t i = first; i > 0 && i + BEFORE_MOST > first; i--) {
        bool is_near = list->items[i - 1].span.begin >= paragraph.begin;
        candidates[count++] = (struct circumstance_candidate){
            (uint32_t)(i - 1), is_near ? 'p' : 'f', (uint32_t)(first - i),
            inside};
    }
    return count;
}

/* A feature whose word is `word` on the candidate's side. */
static void give(const struct feature_sink *sink, const char *kind,
                 const struct circumstance_candidate *candidate,
                 struct slice word)
{
    char key[WORD_KEY_MAX];
    if (word.length + 2 > sizeof key)
        return;
    key[0] = candidate->side;
    key[1] = '-';
    memcpy(key + 2, word.data, word.length);
    feature_give(sink, kind, (struct slice){key, word.length + 2});
}

static void give_number(const struct feature_sink *sink, const char *kind,
                        const struct circumstance_candidate *candidate,
                        uint32_t number)
{
    char digit = (char)('0' + (number < 9 ? number : 9));
    give(sink, kind, candidate, (struct slice){&digit, 1});
}

static uint32_t logarithm(uint32_t number)
{
    uint32_t bits = 0;
    for (; number > 0; number >>= 1)
        bits++;
    return bits;
}

/* What stands between the act and the candidate in one sentence. */
static void give_between(const struct feature_sink *sink,
                         const struct text *text,
                         const struct circumstance_candidate *candidate,
                         struct span between)
{
    static const char *const joints[] = {"after", "before", "when",  "while",
                                         "where", "since",  "until", "and",
                                         "but",   "said",   "says"};
    bool has_comma = false;
    for (uint32_t at = between.begin;
         at < between.end && at < between.begin + BETWEEN_MOST; at++) {
        struct slice word = word_at(text, at);
        has_comma |= word.length == 1 && strchr(",;:(", word.data[0]) != NULL;
        if (word.length == 1 && strchr(";:", word.data[0]) != NULL)
            give(sink, "x", candidate, word);
        if (word_kinds(text, at) & WORD_RELATIVE)
            give(sink, "x", candidate, slice_of("who"));
        for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
            if (word_is(text, at, joints[i]))
                give(sink, "x", candidate, slice_of(joints[i]));
    }
    if (has_comma)
        give(sink, "x", candidate, slice_of(","));
}

/* Whether another act stands between, or is nearer to the candidate. */
static void give_others(const struct feature_sink *sink,
                        const struct circumstances *list, uint32_t act,
                        const struct circumstance_candidate *candidate)
{
    const struct reading *reading = list->reading;
    struct span own = reading->acts.items[act].trigger;
    struct span item = list->items[candidate->at].span;
    bool is_behind = candidate->side == 'a';
    bool has_next = is_behind ? act + 1 < reading->acts.count : act > 0;
    if (!has_next)
        return;
    struct span other =
        reading->acts.items[is_behind ? act + 1 : act - 1].trigger;
    bool is_between = is_behind
                          ? other.begin >= own.end && other.end <= item.begin
                          : other.begin >= item.end && other.end <= own.begin;
    give(sink, "o", candidate, slice_of(is_between ? "between" : "none"));
}

static bool is_told_in(const struct reading *reading, uint32_t claim,
                       uint32_t outer)
{
    while (claim != READING_NONE && claim != outer)
        claim = reading->claims.items[claim].parent;
    return claim == outer;
}

static const char *telling_of(const struct reading *reading, uint32_t act,
                              uint32_t item)
{
    if (act == item)
        return "same";
    if (is_told_in(reading, act, item))
        return "outer";
    return is_told_in(reading, item, act) ? "inner" : "other";
}

static void give_words(const struct feature_sink *sink, const struct text *text,
                       const struct circumstance_candidate *candidate,
                       struct span item)
{
    char buffer[WORD_KEY_MAX];
    for (uint32_t i = 1; i <= 2 && item.begin >= i; i++) {
        uint32_t at = item.begin - i;
        struct slice key = word_key(text, (struct span){at, at + 1}, buffer);
        if (i == 1 || (word_kinds(text, at) &
                       (WORD_PREPOSITION | WORD_OUTER_PREPOSITION)))
            give(sink, i == 1 ? "w" : "w2", candidate, key);
    }
    if (item.end < text->tokens.count && !word_has_letters(text, item.end))
        give(sink, "e", candidate,
             word_key(text, (struct span){item.end, item.end + 1}, buffer));
}

/* Whether the act before it in its paragraph has this one too. */
static void give_last(const struct feature_sink *sink,
                      const struct circumstances *list, uint32_t act,
                      const struct circumstance_candidate *candidate)
{
    const struct reading *reading = list->reading;
    const struct act *items = reading->acts.items;
    struct span sentence;
    struct span paragraph;
    if (act == 0)
        return;
    scene_of(&reading->text, &items[act], &sentence, &paragraph);
    if (items[act - 1].trigger.begin < paragraph.begin)
        return;
    uint32_t last =
        list->are_places ? items[act - 1].place : items[act - 1].time;
    give(sink, "pv", candidate,
         slice_of(last == READING_NONE                       ? "none"
                  : last == list->items[candidate->at].index ? "this"
                                                             : "other"));
}

void circumstance_features(const struct circumstances *list, uint32_t act,
                           const struct circumstance_candidate *candidate,
                           void (*take)(void *, struct slice), void *context)
{
    const struct feature_sink sink = {take, context};
    const struct reading *reading = list->reading;
    const struct text *text = &reading->text;
    const struct act *told = &reading->acts.items[act];
    const struct circumstance *item = &list->items[candidate->at];
    struct span trigger = text_tokens_in(text, told->trigger);
    struct span tokens = text_tokens_in(text, item->span);
    bool is_behind = candidate->side == 'a';
    struct span between = {is_behind ? trigger.end : tokens.end,
                           is_behind ? tokens.begin : trigger.begin};
    uint32_t away =
        between.begin < between.end ? between.end - between.begin : 0;
    bool is_inside = is_behind || candidate->side == 'b';
    feature_give(&sink, "is", slice_of("candidate"));
    give_number(&sink, "r", candidate, candidate->rank);
    give_number(&sink, "n", candidate, candidate->count);
    give_number(&sink, "d", candidate, logarithm(away));
    give(&sink, "k", candidate, slice_of(item->kind));
    give(&sink, "c", candidate,
         slice_of(telling_of(reading, told->claim, item->claim)));
    give(&sink, "m", candidate, slice_of(act_modality_names[told->modality]));
    give(&sink, "a", candidate, slice_of(act_code_names[told->code]));
    give(&sink, "s", candidate,
         slice_of(told->same_as == READING_NONE ? "first" : "again"));
    give(&sink, "h", candidate, slice_of(item->is_head ? "head" : "body"));
    give_words(&sink, text, candidate, tokens);
    if (is_inside)
        give_between(&sink, text, candidate, between);
    give_others(&sink, list, act, candidate);
    give_last(&sink, list, act, candidate);
}

/* The candidate for which the most speaks, if that is more than speaks
 * against it; READING_NONE. */
static uint32_t best_of(const struct circumstances *list, uint32_t act,
                        const struct table *weights)
{
    struct circumstance_candidate candidates[CANDIDATES_MOST];
    size_t count =
        circumstances_near(list, &list->reading->acts.items[act], candidates);
    uint32_t best = READING_NONE;
    int32_t most = LEAST_SUM;
    for (size_t i = 0; i < count; i++) {
        struct weighing weighing = {.table = weights};
        int32_t sum;
        circumstance_features(list, act, &candidates[i], weighing_take,
                              &weighing);
        weighing_sums(&weighing, &sum, 1);
        if (sum > most) {
            most = sum;
            best = list->items[candidates[i].at].index;
        }
    }
    return best;
}

bool acts_when(struct reading *reading, struct arena *scratch,
               struct error *error)
{
    struct circumstances times;
    struct circumstances places;
    if (!circumstances_of_times(&times, reading, scratch, error) ||
        !circumstances_of_places(&places, reading, scratch, error))
        return false;
    for (uint32_t i = 0; i < reading->acts.count; i++) {
        struct act *act = &reading->acts.items[i];
        act->time = best_of(&times, i, &act_time_weight_table);
        act->place = best_of(&places, i, &act_place_weight_table);
    }
    return true;
}
