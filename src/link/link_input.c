/*
 * link_input.c - from a reading to what linking keeps of it.
 *
 * What is missing says nothing; what is there must have its agreed shape as
 * far as it is used: ids that are none are passed over, spans must lie within
 * the text.
 */
#include <stdlib.h>

#include "link_copies.h"
#include "link_parts.h"
#include "table.h"

struct id_place {
    const char *id;
    uint32_t place;
};

struct ids {
    struct id_place *items;
    uint32_t count;
};

struct input {
    const json_t *reading;
    struct slice text;
    struct words words;
    struct part_document *document;
    struct arena *kept, *spare;
    struct ids actors, claims, acts, figures, times, places;
    uint32_t *breaks; /* where paragraphs begin */
    size_t break_count;
    const json_t *sentences;
    struct error *error;
};

static int compare_ids(const void *a, const void *b)
{
    const struct id_place *one = a, *other = b;
    int order = strcmp(one->id, other->id);
    return order != 0
               ? order
               : (one->place > other->place) - (one->place < other->place);
}

static const char *string_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* A copy that lives as long as the digest; "" where there is nothing. */
static const char *keep(struct input *in, const char *words)
{
    return arena_string(in->kept, slice_of(words != NULL ? words : ""),
                        in->error);
}

static bool list_ids(struct input *in, const char *layer, struct ids *ids)
{
    const json_t *items = json_object_get(in->reading, layer);
    size_t i, count = json_array_size(items);
    json_t *item;
    if (count > LINK_ITEMS_MAX)
        return error_set(in->error, ERROR_LIMIT, "more than %u %s",
                         LINK_ITEMS_MAX, layer);
    ids->items = arena_take(in->spare, count, sizeof *ids->items, in->error);
    if (ids->items == NULL)
        return false;
    json_array_foreach(items, i, item)
    {
        const char *id = string_of(item, "id");
        ids->items[i] = (struct id_place){id != NULL ? id : "", (uint32_t)i};
    }
    ids->count = (uint32_t)count;
    if (count > 1)
        qsort(ids->items, count, sizeof *ids->items, compare_ids);
    return true;
}

static uint32_t place_of(const struct ids *ids, const char *id)
{
    uint32_t low = 0, high = ids->count;
    if (id == NULL || *id == '\0')
        return LINK_NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(ids->items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->count && strcmp(ids->items[low].id, id) == 0
               ? ids->items[low].place
               : LINK_NONE;
}

/* Spans: [b, e] or [[b, e], ...]. */

static bool one_span(struct input *in, const json_t *pair, struct span *span)
{
    json_int_t begin = json_integer_value(json_array_get(pair, 0));
    json_int_t end = json_integer_value(json_array_get(pair, 1));
    if (json_array_size(pair) != 2 || begin < 0 || end < begin ||
        (size_t)end > in->text.length)
        return error_set(in->error, ERROR_BAD_INPUT,
                         "a span lies outside the text");
    *span = (struct span){(uint32_t)begin, (uint32_t)end};
    return true;
}

static size_t piece_count(const json_t *spans)
{
    return json_is_array(json_array_get(spans, 0)) ? json_array_size(spans)
           : json_array_size(spans) > 0            ? 1
                                                   : 0;
}

static bool piece(struct input *in, const json_t *spans, size_t i,
                  struct span *span)
{
    const json_t *first = json_array_get(spans, 0);
    return one_span(in, json_is_array(first) ? json_array_get(spans, i) : spans,
                    span);
}

/* From the first to the last byte; empty where there is none. */
static bool hull(struct input *in, const json_t *spans, struct span *whole)
{
    *whole = (struct span){0, 0};
    for (size_t i = 0; i < piece_count(spans); i++) {
        struct span span;
        if (!piece(in, spans, i, &span))
            return false;
        if (i == 0 || span.begin < whole->begin)
            whole->begin = span.begin;
        if (i == 0 || span.end > whole->end)
            whole->end = span.end;
    }
    return true;
}

static bool add_words(struct input *in, struct bag_draft *draft,
                      const json_t *spans, enum bag_kind kind)
{
    for (size_t i = 0; i < piece_count(spans); i++) {
        struct span span;
        if (!piece(in, spans, i, &span) ||
            !bag_add_span(in->kept, draft, &in->words, span, kind, in->error))
            return false;
    }
    return true;
}

static bool take_words(struct input *in, const json_t *spans, struct bag *bag)
{
    struct bag_draft draft = {0};
    if (!add_words(in, &draft, spans, BAG_CONTENT))
        return false;
    *bag = bag_close(&draft);
    return true;
}

/* Paragraphs, by lines that are empty or end: what stands near what. */
static bool find_paragraphs(struct input *in)
{
    size_t count = 1;
    for (size_t i = 0; i < in->text.length; i++)
        count += in->text.data[i] == '\n';
    in->breaks = arena_take(in->spare, count, sizeof *in->breaks, in->error);
    if (in->breaks == NULL)
        return false;
    in->breaks[0] = 0;
    in->break_count = 1;
    for (size_t i = 0; i + 1 < in->text.length; i++)
        if (in->text.data[i] == '\n' && in->text.data[i + 1] == '\n')
            in->breaks[in->break_count++] = (uint32_t)i + 2;
    return true;
}

static uint32_t paragraph_of(const struct input *in, uint32_t at)
{
    size_t low = 0, high = in->break_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (in->breaks[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static uint32_t sentence_of(const struct input *in, uint32_t at)
{
    size_t low = 0, high = json_array_size(in->sentences);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        json_int_t end = json_integer_value(
            json_array_get(json_array_get(in->sentences, middle), 1));
        if (end <= (json_int_t)at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static uint32_t confidence_of(const json_t *item)
{
    const json_t *given = json_object_get(item, "confidence");
    double value = json_is_number(given) ? json_number_value(given) : 1.0;
    return value >= 1 ? 1000 : value <= 0 ? 0 : (uint32_t)(value * 1000 + 0.5);
}

/* Actors */

static enum actor_class class_of(const char *name)
{
    for (int i = 0; name != NULL && i < ACTOR_CLASS_COUNT; i++)
        if (strcmp(name, actor_class_names[i]) == 0)
            return (enum actor_class)i;
    return CLASS_OTHER;
}

static enum part_type type_of(const char *name)
{
    if (name != NULL && strcmp(name, "person") == 0)
        return PART_PERSON;
    return name != NULL && strcmp(name, "group") == 0 ? PART_GROUP
                                                      : PART_ORGANISATION;
}

/* A name written with capitals: its words, what it is as a whole, its
 * initials; a single word in capitals may be such initials. */
struct naming {
    struct bag_draft whole, words, initials;
};

static bool take_name(struct input *in, const struct words *words, size_t first,
                      size_t end, struct naming *naming)
{
    struct bag_draft draft = {0};
    uint64_t initials = HASH_SEED;
    uint32_t capitals = 0, shouted = 0, plain = 0;
    for (size_t i = first; i < end; i++) {
        const struct word *word = &words->items[i];
        if ((word->flags & WORD_STOP) != 0)
            continue;
        if ((word->flags & WORD_CAPITAL) == 0) {
            plain++;
            continue;
        }
        capitals++;
        shouted += (word->flags & WORD_SHOUTED) != 0;
        initials = hash_bytes(initials, &word->initial, 1);
        if (!bag_add(in->kept, &draft, word->whole, in->error) ||
            !bag_add(in->kept, &naming->words, word->whole, in->error))
            return false;
        if ((word->flags & WORD_SHOUTED) != 0 && end - first <= 2 &&
            !bag_add(in->kept, &naming->initials, word->whole, in->error))
            return false;
    }
    if (capitals == 0 || (plain > 0 && capitals < 2))
        return true;
    if (capitals > 1 && capitals < 9 &&
        !bag_add(in->kept, &naming->initials, initials, in->error))
        return false;
    return bag_add(in->kept, &naming->whole, bag_hash(bag_close(&draft)),
                   in->error);
}

/* What the name says its bearer is, and the last word of the name. Up to the
 * first word that joins ("of", "in", "who"): "mother of X" is a mother. */
static bool take_own_name(struct input *in, struct part_actor *actor,
                          struct naming *naming)
{
    struct words words;
    struct bag_draft draft = {0};
    struct slice name = slice_of(actor->name);
    bool is_open = true;
    if (!words_of(name, in->spare, &words, in->error))
        return false;
    for (size_t i = 0; i < words.count; i++) {
        const struct word *word = &words.items[i];
        bool is_stop = (word->flags & WORD_STOP) != 0;
        is_open = is_open && !(is_stop && actor->head != 0);
        if (is_stop)
            continue;
        if (is_open)
            actor->head = word->stem;
        actor->last_name = word->whole;
        actor->is_named = actor->is_named || (word->flags & WORD_CAPITAL) != 0;
        if (!bag_add(in->kept, &draft, word->whole, in->error))
            return false;
    }
    actor->name_words = bag_close(&draft);
    return take_name(in, &words, 0, words.count, naming);
}

static bool take_mentions(struct input *in, const json_t *item,
                          struct part_actor *actor, struct naming *naming,
                          struct bag_draft *described)
{
    const json_t *mentions = json_object_get(item, "mentions");
    size_t i, first, end;
    json_t *mention;
    json_array_foreach(mentions, i, mention)
    {
        struct span span;
        if (!hull(in, mention, &span))
            return false;
        if (i == 0)
            actor->span = span;
        words_within(&in->words, span, &first, &end);
        /* Long ones are descriptions, in which others have names. */
        if (end - first <= 8 && !take_name(in, &in->words, first, end, naming))
            return false;
        if (!bag_add_span(in->kept, described, &in->words, span, BAG_CONTENT,
                          in->error))
            return false;
    }
    actor->mention_count = (uint32_t)json_array_size(mentions);
    return true;
}

static bool take_roles(struct input *in, const json_t *item,
                       struct part_actor *actor, struct bag_draft *described)
{
    struct bag_draft draft = {0};
    size_t i;
    json_t *role;
    json_array_foreach(json_object_get(item, "roles"), i, role)
    {
        const char *title = string_of(role, "title");
        uint32_t of = place_of(&in->actors, string_of(role, "of"));
        if (of != LINK_NONE &&
            !link_list_add(in->kept, &actor->of, of, in->error))
            return false;
        if (title != NULL &&
            (!bag_add_string(in->kept, &draft, title, in->error) ||
             !bag_add_string(in->kept, described, title, in->error)))
            return false;
    }
    actor->roles = bag_close(&draft);
    return true;
}

static bool read_actor(struct input *in, const json_t *item,
                       struct part_actor *actor)
{
    struct naming naming = {0};
    struct bag_draft described = {0};
    const char *type = string_of(item, "type");
    const char *class = string_of(item, "class");
    actor->id = keep(in, string_of(item, "id"));
    actor->name = keep(in, string_of(item, "name"));
    actor->type_name = keep(in, type != NULL ? type : "organisation");
    actor->class_name = keep(in, class != NULL ? class : "other");
    if (actor->id == NULL || actor->name == NULL || actor->type_name == NULL ||
        actor->class_name == NULL)
        return false;
    actor->type = type_of(type);
    actor->class = class_of(class);
    if (!take_own_name(in, actor, &naming) ||
        !bag_add_string(in->kept, &described, actor->name, in->error) ||
        !take_mentions(in, item, actor, &naming, &described) ||
        !take_roles(in, item, actor, &described))
        return false;
    actor->known_as = bag_close(&naming.whole);
    actor->known_words = bag_close(&naming.words);
    actor->initials = bag_close(&naming.initials);
    actor->described = bag_close(&described);
    return true;
}

/* Claims */

static bool read_claim(struct input *in, const json_t *item,
                       struct part_claim *claim)
{
    const char *act = string_of(item, "act");
    const char *polarity = string_of(item, "polarity");
    const char *mode = string_of(item, "mode");
    const json_t *content = json_object_get(item, "content");
    const json_t *source = json_object_get(item, "source");
    const json_t *cue = json_object_get(item, "cue");
    struct bag_draft numbers = {0};
    struct span around[3];
    claim->id = keep(in, string_of(item, "id"));
    if (claim->id == NULL)
        return false;
    claim->parent = place_of(&in->claims, string_of(item, "parent"));
    claim->speaker = place_of(&in->actors, string_of(item, "speaker"));
    claim->addressee = LINK_NONE;
    for (int i = 0; act != NULL && i < SPEECH_ACT_COUNT; i++)
        if (strcmp(act, speech_act_names[i]) == 0)
            claim->speech = (enum speech_act)i;
    claim->is_denied = polarity != NULL && strcmp(polarity, "denied") == 0;
    claim->is_direct = mode != NULL && strcmp(mode, "indirect") != 0;
    claim->confidence = confidence_of(item);
    if (!hull(in, source, &around[0]) || !hull(in, cue, &around[1]) ||
        !hull(in, content, &around[2]) ||
        !take_words(in, content, &claim->words) ||
        !take_words(in, cue, &claim->cue_words) ||
        !take_words(in, source, &claim->source_words) ||
        !add_words(in, &numbers, content, BAG_NUMBERS))
        return false;
    claim->numbers = bag_close(&numbers);
    claim->negations = words_denying(&in->words, around[1]) +
                       words_denying(&in->words, around[2]);
    claim->has_source = piece_count(source) > 0;
    claim->has_content = piece_count(content) > 0;
    claim->cue = around[1];
    claim->content = around[2];
    claim->span = claim->has_content ? around[2] : around[1];
    for (int i = 0; i < 3; i++)
        if (around[i].end > 0) {
            if (around[i].begin < claim->span.begin)
                claim->span.begin = around[i].begin;
            if (around[i].end > claim->span.end)
                claim->span.end = around[i].end;
        }
    claim->paragraph = paragraph_of(in, claim->span.begin);
    return true;
}

/* How deep it is nested, whatever loops the parents make. */
static void count_depths(struct part_document *document)
{
    for (uint32_t i = 0; i < document->claim_count; i++) {
        uint32_t at = document->claims[i].parent, depth = 0;
        for (; at != LINK_NONE && depth < 16; depth++)
            at = document->claims[at].parent;
        document->claims[i].depth = depth;
    }
}

/* Acts */

static bool take_people(struct input *in, const json_t *people,
                        struct link_list *actors, struct bag_draft *words)
{
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person)
    {
        uint32_t actor = place_of(&in->actors, string_of(person, "actor"));
        if (actor != LINK_NONE &&
            !link_list_add(in->kept, actors, actor, in->error))
            return false;
        if (words != NULL &&
            !add_words(in, words, json_object_get(person, "span"), BAG_CONTENT))
            return false;
    }
    return true;
}

/* The ids of a list, or of the one that is given. */
static bool take_ids(struct input *in, const json_t *given,
                     const struct ids *ids, struct link_list *list)
{
    size_t count = json_is_array(given)    ? json_array_size(given)
                   : json_is_string(given) ? 1
                                           : 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *one =
            json_is_array(given) ? json_array_get(given, i) : given;
        uint32_t place = place_of(ids, json_string_value(one));
        if (place != LINK_NONE &&
            !link_list_add(in->kept, list, place, in->error))
            return false;
    }
    return true;
}

/* The range of all its times. */
static bool take_times(struct input *in, const json_t *given, int32_t *first,
                       int32_t *last, bool *has_hour)
{
    struct link_list places = {0};
    *first = *last = LINK_NO_DAY;
    if (!take_ids(in, given, &in->times, &places))
        return false;
    for (size_t i = 0; i < places.count; i++) {
        const json_t *time = json_array_get(
            json_object_get(in->reading, "times"), places.items[i]);
        const char *value = string_of(time, "value");
        int32_t from = day_read(string_of(time, "first"));
        int32_t to = day_read(string_of(time, "last"));
        if (from == LINK_NO_DAY || to == LINK_NO_DAY || to < from)
            continue;
        *first = *first == LINK_NO_DAY || from < *first ? from : *first;
        *last = *last == LINK_NO_DAY || to > *last ? to : *last;
        if (has_hour != NULL && value != NULL && strchr(value, 'T') != NULL)
            *has_hour = true;
    }
    return true;
}

static uint64_t place_number(const char *name)
{
    uint64_t number = HASH_SEED;
    for (const char *at = name; *at != '\0'; at++)
        if (*at != ' ' && *at != '-' && *at != '\'')
            number = hash_bytes(
                number,
                (char[]){(char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at)}, 1);
    return number;
}

static bool take_places(struct input *in, const json_t *given,
                        struct part_act *act)
{
    struct link_list places = {0};
    struct bag_draft draft = {0};
    size_t k;
    json_t *within;
    if (!take_ids(in, given, &in->places, &places))
        return false;
    for (size_t i = 0; i < places.count; i++) {
        const json_t *place = json_array_get(
            json_object_get(in->reading, "places"), places.items[i]);
        const char *name = string_of(place, "name");
        if (name == NULL)
            continue;
        if (act->place == 0) {
            act->place = place_number(name);
            act->place_name = keep(in, name);
            if (act->place_name == NULL)
                return false;
        }
        if (!bag_add(in->kept, &draft, place_number(name), in->error))
            return false;
        json_array_foreach(json_object_get(place, "within"), k, within)
        {
            const char *around = json_string_value(within);
            if (around != NULL &&
                !bag_add(in->kept, &draft, place_number(around), in->error))
                return false;
        }
    }
    act->places = bag_close(&draft);
    return true;
}

static void take_kind(struct part_act *act)
{
    const struct table_row *row =
        table_find(&act_kind_table, slice_of(act->code));
    act->family = row != NULL ? row->columns[0] : "other";
    act->kind = row != NULL ? (uint32_t)(row - act_kind_table.rows) : 0;
}

static enum part_mood mood_of(const char *modality)
{
    if (modality == NULL || strcmp(modality, "actual") == 0)
        return MOOD_ACTUAL;
    if (strcmp(modality, "attempted") == 0)
        return MOOD_ATTEMPTED;
    return strcmp(modality, "ordered") == 0 ? MOOD_ORDERED : MOOD_NOT;
}

static bool take_involved(struct input *in, const json_t *item,
                          struct part_act *act)
{
    struct bag_draft doers = {0}, sufferers = {0};
    if (!take_people(in, json_object_get(item, "perpetrators"),
                     &act->perpetrators, &doers) ||
        !take_people(in, json_object_get(item, "victims"), &act->victims,
                     &sufferers) ||
        !take_people(in, json_object_get(item, "targets"), &act->victims,
                     &sufferers))
        return false;
    act->doers = bag_close(&doers);
    act->sufferers = bag_close(&sufferers);
    return true;
}

/* The words of its sentence, so that acts of one code can be told apart. */
static bool take_setting(struct input *in, const json_t *item,
                         struct part_act *act)
{
    struct bag_draft draft = {0};
    const json_t *trigger = json_object_get(item, "trigger");
    if (!hull(in, trigger, &act->trigger))
        return false;
    act->span = act->trigger;
    act->paragraph = paragraph_of(in, act->trigger.begin);
    act->sentence = sentence_of(in, act->trigger.begin);
    const json_t *sentence = json_array_get(in->sentences, act->sentence);
    if (sentence != NULL && !one_span(in, sentence, &act->span))
        return false;
    if (!bag_add_span(in->kept, &draft, &in->words, act->span, BAG_CONTENT,
                      in->error))
        return false;
    act->words = bag_close(&draft);
    return true;
}

static bool read_act(struct input *in, const json_t *item, struct part_act *act)
{
    const char *polarity = string_of(item, "polarity");
    act->id = keep(in, string_of(item, "id"));
    act->code = keep(in, string_of(item, "act"));
    act->place_name = "";
    if (act->id == NULL || act->code == NULL)
        return false;
    take_kind(act);
    act->mood = mood_of(string_of(item, "modality"));
    act->is_denied = polarity != NULL && strcmp(polarity, "denied") == 0;
    act->same_as = place_of(&in->acts, string_of(item, "same_as"));
    act->confidence = confidence_of(item);
    return take_setting(in, item, act) && take_involved(in, item, act) &&
           take_times(in, json_object_get(item, "time"), &act->first,
                      &act->last, &act->has_hour) &&
           take_places(in, json_object_get(item, "place"), act) &&
           take_ids(in, json_object_get(item, "claims"), &in->claims,
                    &act->claims) &&
           take_ids(in, json_object_get(item, "figures"), &in->figures,
                    &act->figures);
}

/* Figures and interventions */

static int64_t bound_of(const json_t *value)
{
    if (json_is_integer(value))
        return json_integer_value(value);
    if (!json_is_real(value))
        return LINK_NO_BOUND;
    double real = json_real_value(value);
    return real > -9e15 && real < 9e15 ? (int64_t)real : LINK_NO_BOUND;
}

/* The deepest of the claims that say it. */
static uint32_t innermost(const struct part_document *document,
                          const struct link_list *claims)
{
    uint32_t best = LINK_NONE;
    for (size_t i = 0; i < claims->count; i++)
        if (best == LINK_NONE || document->claims[claims->items[i]].depth >
                                     document->claims[best].depth)
            best = claims->items[i];
    return best;
}

/* The noun of what is counted: the last word before one that joins. */
static bool take_counted(struct input *in, struct part_figure *figure)
{
    struct words words;
    if (!words_of(slice_of(figure->of), in->spare, &words, in->error))
        return false;
    for (size_t i = 0; i < words.count; i++) {
        if ((words.items[i].flags & WORD_STOP) == 0)
            figure->of_head = words.items[i].stem;
        else if (figure->of_head != 0)
            break;
    }
    return true;
}

static bool read_figure(struct input *in, const json_t *item,
                        struct part_figure *figure)
{
    struct bag_draft draft = {0};
    struct link_list claims = {0};
    const char *of = string_of(item, "of"), *harm = string_of(item, "harm");
    figure->id = keep(in, string_of(item, "id"));
    figure->of = keep(in, of);
    figure->harm = harm != NULL ? keep(in, harm) : NULL;
    if (figure->id == NULL || figure->of == NULL ||
        (harm != NULL && figure->harm == NULL) ||
        !hull(in, json_object_get(item, "span"), &figure->span) ||
        !bag_add_string(in->kept, &draft, figure->of, in->error) ||
        !take_ids(in, json_object_get(item, "claims"), &in->claims, &claims))
        return false;
    if (!take_counted(in, figure))
        return false;
    figure->of_words = bag_close(&draft);
    figure->min = bound_of(json_object_get(item, "min"));
    figure->max = bound_of(json_object_get(item, "max"));
    figure->is_approximate = json_is_true(json_object_get(item, "approximate"));
    figure->act = place_of(&in->acts, string_of(item, "act"));
    figure->claim = innermost(in->document, &claims);
    figure->confidence = confidence_of(item);
    figure->paragraph = paragraph_of(in, figure->span.begin);
    figure->sentence = sentence_of(in, figure->span.begin);
    return true;
}

static bool read_intervention(struct input *in, const json_t *item,
                              struct part_intervention *made)
{
    const char *status = string_of(json_object_get(item, "response"), "status");
    const json_t *span = json_object_get(item, "span");
    made->id = keep(in, string_of(item, "id"));
    made->kind = keep(in, string_of(item, "kind"));
    made->status = status != NULL ? keep(in, status) : NULL;
    made->confidence = confidence_of(item);
    if (made->id == NULL || made->kind == NULL ||
        (status != NULL && made->status == NULL) ||
        !hull(in, span, &made->span) ||
        !hull(in, json_object_get(json_object_get(item, "response"), "span"),
              &made->response))
        return false;
    made->paragraph = paragraph_of(in, made->span.begin);
    return take_words(in, span, &made->words) &&
           take_people(in, json_object_get(item, "by"), &made->by, NULL) &&
           take_people(in, json_object_get(item, "to"), &made->to, NULL) &&
           take_ids(in, json_object_get(item, "about"), &in->acts,
                    &made->about) &&
           take_times(in, json_object_get(item, "time"), &made->first,
                      &made->last, NULL);
}

/* Layers */

typedef bool (*item_reader)(struct input *, const json_t *, void *);

static bool read_layer(struct input *in, const char *layer, size_t size,
                       item_reader read, void **items, uint32_t *count)
{
    const json_t *given = json_object_get(in->reading, layer);
    size_t i;
    json_t *item;
    *items = arena_take(in->kept, json_array_size(given), size, in->error);
    *count = (uint32_t)json_array_size(given);
    if (*items == NULL)
        return false;
    json_array_foreach(given, i, item)
    {
        if (!read(in, item, (char *)*items + i * size))
            return error_prefix(in->error, "%s %zu", layer, i + 1);
    }
    return true;
}

#define LAYER(name, type, read, list, counter)                                 \
    read_layer(in, name, sizeof(struct type), (item_reader)read,               \
               (void **)&in->document->list, &in->document->counter)

static bool read_actor_at(struct input *in, const json_t *item, void *made)
{
    return read_actor(in, item, made);
}
static bool read_claim_at(struct input *in, const json_t *item, void *made)
{
    return read_claim(in, item, made);
}
static bool read_act_at(struct input *in, const json_t *item, void *made)
{
    return read_act(in, item, made);
}
static bool read_figure_at(struct input *in, const json_t *item, void *made)
{
    return read_figure(in, item, made);
}
static bool read_intervention_at(struct input *in, const json_t *item,
                                 void *made)
{
    return read_intervention(in, item, made);
}

/* What is told in a claim, whom it mentions, and the numbers in it. */
static bool join_layers(struct input *in)
{
    struct part_document *document = in->document;
    for (uint32_t i = 0; i < document->act_count; i++) {
        struct part_act *act = &document->acts[i];
        act->claim = innermost(document, &act->claims);
        for (size_t k = 0; k < act->victims.count; k++)
            document->actors[act->victims.items[k]].act_count++;
        for (size_t k = 0; k < act->perpetrators.count; k++)
            document->actors[act->perpetrators.items[k]].act_count++;
        if (act->claim != LINK_NONE &&
            !link_list_add(in->kept, &document->claims[act->claim].acts, i,
                           in->error))
            return false;
    }
    for (uint32_t i = 0; i < document->figure_count; i++) {
        struct part_figure *figure = &document->figures[i];
        if (figure->claim != LINK_NONE &&
            !link_list_add(in->kept, &document->claims[figure->claim].figures,
                           i, in->error))
            return false;
    }
    for (uint32_t i = 0; i < document->claim_count; i++)
        if (document->claims[i].speaker != LINK_NONE)
            document->actors[document->claims[i].speaker].claim_count++;
    return true;
}

/* The actors whose mentions lie within a claim's content. */
static bool mention_actors(struct input *in)
{
    struct part_document *document = in->document;
    const json_t *actors = json_object_get(in->reading, "actors");
    for (uint32_t a = 0; a < document->actor_count; a++) {
        size_t i;
        json_t *mention;
        json_array_foreach(
            json_object_get(json_array_get(actors, a), "mentions"), i, mention)
        {
            struct span span;
            if (!hull(in, mention, &span))
                return false;
            for (uint32_t c = 0; c < document->claim_count; c++) {
                struct part_claim *claim = &document->claims[c];
                size_t had = claim->actors.count;
                if (claim->has_content && span_contains(claim->content, span) &&
                    (had == 0 || claim->actors.items[had - 1] != a) &&
                    !link_list_add(in->kept, &claim->actors, a, in->error))
                    return false;
            }
        }
    }
    return true;
}

static bool read_document(struct input *in)
{
    const json_t *about = json_object_get(in->reading, "document");
    const json_t *answers = json_object_get(about, "answers");
    struct part_document *document = in->document;
    const char *date = string_of(about, "date"),
               *kind = string_of(about, "kind");
    document->id = keep(in, string_of(about, "id"));
    document->kind = keep(in, kind);
    document->date = date != NULL ? keep(in, date) : NULL;
    if (document->id == NULL || document->kind == NULL ||
        (date != NULL && document->date == NULL))
        return false;
    document->day = day_read(date);
    document->issuer = place_of(&in->actors, string_of(about, "issuer"));
    document->is_answer = json_is_object(answers);
    document->answered_by = place_of(&in->actors, string_of(answers, "by"));
    document->answers_day = day_read(string_of(answers, "date"));
    return take_ids(in, json_object_get(about, "addressee"), &in->actors,
                    &document->addressees);
}

/* The publisher as an actor of the document: one of its name. */
static bool find_publisher(struct input *in)
{
    const char *name =
        string_of(json_object_get(in->reading, "document"), "publisher");
    struct part_document *document = in->document;
    struct bag_draft draft = {0};
    struct words words;
    document->publisher = LINK_NONE;
    if (name == NULL)
        return true;
    if (!words_of(slice_of(name), in->spare, &words, in->error))
        return false;
    for (size_t i = 0; i < words.count; i++)
        if ((words.items[i].flags & WORD_STOP) == 0 &&
            !bag_add(in->spare, &draft, words.items[i].whole, in->error))
            return false;
    struct bag bag = bag_close(&draft);
    for (uint32_t i = document->actor_count; bag.count > 0 && i-- > 0;)
        if (bag_equals(document->actors[i].name_words, bag) ||
            bag_has(document->actors[i].known_as, bag_hash(bag)))
            document->publisher = i;
    return true;
}

/* The actor with a mention in this place. */
static bool actor_in(struct input *in, struct span place, uint32_t *actor)
{
    const json_t *actors = json_object_get(in->reading, "actors");
    *actor = LINK_NONE;
    for (uint32_t a = 0; a < in->document->actor_count; a++) {
        size_t i;
        json_t *mention;
        json_array_foreach(
            json_object_get(json_array_get(actors, a), "mentions"), i, mention)
        {
            struct span span;
            if (!hull(in, mention, &span))
                return false;
            if (*actor == LINK_NONE && span_contains(place, span))
                *actor = a;
        }
    }
    return true;
}

enum { VOICES_MOST = 500 };

/* Who stands over the posts and opinions of a document. A reporter's name is
 * none: the paper speaks. */
static bool find_voices(struct input *in)
{
    struct part_document *document = in->document;
    size_t i;
    json_t *part;
    if (document->issuer != LINK_NONE || strcmp(document->kind, "report") == 0)
        return true;
    json_array_foreach(json_object_get(in->reading, "parts"), i, part)
    {
        const char *kind = string_of(part, "kind");
        struct span span;
        struct part_voice voice;
        if (kind == NULL || strcmp(kind, "byline") != 0 ||
            document->voices.count >= VOICES_MOST)
            continue;
        if (!hull(in, json_object_get(part, "span"), &span) ||
            !actor_in(in, span, &voice.actor))
            return false;
        voice.begin = document->voices.count > 0 ? span.begin : 0;
        if (voice.actor != LINK_NONE &&
            (document->voices.count == 0 ||
             document->voices.items[document->voices.count - 1].begin <=
                 span.begin) &&
            !list_push(in->kept, &document->voices, voice, in->error))
            return false;
    }
    return true;
}

uint32_t part_voice(const struct part_document *document, uint32_t at)
{
    uint32_t actor = document->publisher;
    if (document->issuer != LINK_NONE)
        return document->issuer;
    for (size_t i = 0; i < document->voices.count; i++)
        if (document->voices.items[i].begin <= at)
            actor = document->voices.items[i].actor;
    return actor;
}

static bool read_all(struct input *in)
{
    return read_document(in) &&
           LAYER("actors", part_actor, read_actor_at, actors, actor_count) &&
           LAYER("claims", part_claim, read_claim_at, claims, claim_count) &&
           (count_depths(in->document),
            LAYER("acts", part_act, read_act_at, acts, act_count)) &&
           LAYER("figures", part_figure, read_figure_at, figures,
                 figure_count) &&
           LAYER("interventions", part_intervention, read_intervention_at,
                 interventions, intervention_count) &&
           join_layers(in) && mention_actors(in) && find_publisher(in) &&
           find_voices(in);
}

bool part_document_read(const json_t *reading, struct arena *kept,
                        struct arena *spare, struct part_document *document,
                        struct error *error)
{
    const json_t *text = json_object_get(reading, "text");
    const char *id = string_of(json_object_get(reading, "document"), "id");
    struct input in = {.reading = reading,
                       .document = document,
                       .kept = kept,
                       .spare = spare,
                       .sentences = json_object_get(reading, "sentences"),
                       .error = error};
    if (id == NULL || *id == '\0')
        return error_set(error, ERROR_BAD_INPUT, "a reading without an id");
    if (!json_is_string(text))
        return error_set(error, ERROR_BAD_INPUT, "%.100s: no text", id);
    in.text = (struct slice){json_string_value(text), json_string_length(text)};
    if (in.text.length > UINT32_MAX - 1)
        return error_set(error, ERROR_LIMIT, "%.100s: too long", id);
    if (!words_of(in.text, spare, &in.words, error) || !find_paragraphs(&in) ||
        !list_ids(&in, "actors", &in.actors) ||
        !list_ids(&in, "claims", &in.claims) ||
        !list_ids(&in, "acts", &in.acts) ||
        !list_ids(&in, "figures", &in.figures) ||
        !list_ids(&in, "times", &in.times) ||
        !list_ids(&in, "places", &in.places) || !read_all(&in) ||
        !copies_sample(&in.words, kept, document, error))
        return error_prefix(error, "%.100s", id);
    return true;
}
