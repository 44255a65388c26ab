/*
 * place_names.c - the mentions of places in a text, and what their names may
 * mean.
 *
 * Mentions are the names of places, cut at commas ("Ames, Iowa"); besides,
 * names that only tell where the document is about: those within names of
 * bodies ("Columbus Police Department") and of peoples ("Kenyan").
 */
#include "place_parts.h"

#include "table.h"
#include "word.h"

enum { SLIPS_MAX = 100, CHAIN_MAX = 8 };

/* A key with what stands beside it, and its node. */
struct node_slot {
    uint64_t hash; /* 0: free */
    uint32_t node;
};

static uint64_t hash_of(struct slice key, uint32_t beside)
{
    /* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
    const uint64_t prime = UINT64_C(0x100000001b3);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * prime;
    for (unsigned shift = 0; shift < 32; shift += 8)
        hash = (hash ^ (beside >> shift & 0xFF)) * prime;
    return hash | 1;
}

/* The slot of the hash: its own, or a free one. */
static struct node_slot *slot_of(const struct place_work *work, uint64_t hash)
{
    size_t at = (size_t)hash & (work->slot_count - 1);
    while (work->slots[at].hash != 0 && work->slots[at].hash != hash)
        at = (at + 1) & (work->slot_count - 1);
    return &work->slots[at];
}

bool place_holds(const struct candidate *outer,
                 const struct candidate *candidate)
{
    if (outer->place == candidate->place)
        return false;
    for (unsigned level = 0; level < PLACE_LEVELS; level++)
        if (candidate->levels[level] == outer->place)
            return true;
    return false;
}

/* Its country, first and second level; itself where it is one. */
static void take_chain(const struct gazetteer *gazetteer,
                       struct candidate *candidate)
{
    uint32_t chain[CHAIN_MAX];
    struct gazetteer_place found;
    unsigned length = 0;
    for (uint32_t at = candidate->place;
         length < CHAIN_MAX && gazetteer_place_at(gazetteer, at, &found);
         at = found.within)
        chain[length++] = at;
    for (unsigned level = 0; level < PLACE_LEVELS; level++)
        candidate->levels[level] = GAZETTEER_NONE;
    /* Where no country is above it, the first of the levels stays empty. */
    unsigned level =
        length == 0 ||
        !gazetteer_place_at(gazetteer, chain[length - 1], &found) ||
        found.kind != PLACE_COUNTRY;
    while (level < PLACE_LEVELS && length > 0)
        candidate->levels[level++] = chain[--length];
}

static double prior_of(const struct gazetteer_place *place,
                       const struct candidate *candidate)
{
    enum { STEPS_A_DOUBLING = 4, SIZE_UNKNOWN = 36, FEWEST = 28 };
    const double *weights = place_weights;
    const unsigned size = place->size == 0       ? SIZE_UNKNOWN
                          : place->size < FEWEST ? FEWEST
                                                 : place->size;
    double prior = 0;
    if (place->kind == PLACE_COUNTRY)
        prior = weights[WEIGHT_COUNTRY];
    else if (place->kind >= PLACE_CONTINENT && place->kind <= PLACE_REGION)
        prior = weights[WEIGHT_CONTINENT];
    else if (place->kind >= PLACE_CITY && place->kind <= PLACE_VILLAGE)
        prior = weights[WEIGHT_SIZE] * size / STEPS_A_DOUBLING;
    else if (place->kind >= PLACE_QUARTER && place->kind <= PLACE_AREA)
        prior = weights[WEIGHT_MINOR];
    else
        prior = weights[candidate->levels[2] == GAZETTEER_NONE ? WEIGHT_FIRST
                                                               : WEIGHT_SECOND];
    static const enum place_weight by_relation[] = {
        [NAME_IS_ANOTHER] = WEIGHT_ANOTHER,
        [NAME_IS_SHORT] = WEIGHT_SHORT,
        [NAME_IS_ADJECTIVE] = WEIGHT_ADJECTIVE,
        [NAME_IS_BEHIND_COMMA] = WEIGHT_COMMA,
    };
    if (candidate->relation != NAME_IS_OWN)
        prior += weights[by_relation[candidate->relation]];
    if (place->flags & PLACE_SEAT_OF_COUNTRY)
        prior += weights[WEIGHT_SEAT_OF_COUNTRY];
    if (place->flags & PLACE_SEAT_OF_FIRST)
        prior += weights[WEIGHT_SEAT_OF_FIRST];
    if (place->flags & PLACE_SEAT_OF_SECOND)
        prior += weights[WEIGHT_SEAT_OF_SECOND];
    return prior;
}

/* All that a key may mean, as candidates behind the others. */
static bool take_candidates(struct place_work *work, struct slice key,
                            uint32_t *count, struct error *error)
{
    struct meaning meanings[PLACE_MEANINGS_MAX];
    const size_t found =
        gazetteer_find(work->gazetteer, key, meanings, PLACE_MEANINGS_MAX);
    *count = 0;
    for (size_t i = 0; i < found; i++) {
        struct gazetteer_place place;
        struct candidate candidate = {.place = meanings[i].place,
                                      .relation = meanings[i].relation};
        if (!gazetteer_place_at(work->gazetteer, candidate.place, &place))
            continue;
        candidate.kind = place.kind;
        take_chain(work->gazetteer, &candidate);
        candidate.prior = prior_of(&place, &candidate);
        if (!list_push(work->scratch, &work->candidates, candidate, error))
            return false;
        ++*count;
    }
    return true;
}

static bool is_among(struct slice word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(word, slice_of(words[i])))
            return true;
    return false;
}

static struct slice first_word(struct slice key)
{
    const char *space = memchr(key.data, ' ', key.length);
    return space == NULL ? (struct slice){key.data, 0}
                         : (struct slice){key.data, (size_t)(space - key.data)};
}

/* Takes a word off the front of a key that says which part, or what it is:
 * "northern uganda", "city of nakuru". False where none stands there. */
static bool cut_front(struct slice *key, enum node_how *how)
{
    static const char *const parts[] = {
        "north",        "south",        "east",         "west",
        "northern",     "southern",     "eastern",      "western",
        "central",      "upper",        "lower",        "greater",
        "downtown",     "northeast",    "northwest",    "southeast",
        "southwest",    "northeastern", "northwestern", "southeastern",
        "southwestern", "mid",          "inner",        "rural",
        "metro",        "northcentral", "midwestern",   "mainland"};
    static const char *const kinds[] = {"city",     "town",         "county",
                                        "state",    "province",     "village",
                                        "district", "municipality", "port"};
    const struct slice word = first_word(*key);
    if (word.length == 0)
        return false;
    struct slice rest = {word.data + word.length + 1,
                         key->length - word.length - 1};
    const bool has_of = slice_equals(first_word(rest), slice_of("of"));
    if (is_among(word, parts, sizeof parts / sizeof *parts))
        *how = HOW_PART;
    else if (has_of && is_among(word, kinds, sizeof kinds / sizeof *kinds))
        *how = HOW_GENERIC;
    else if (!slice_equals(word, slice_of("the")))
        return false;
    enum { OF = 3 };
    *key = has_of ? (struct slice){rest.data + OF, rest.length - OF} : rest;
    return true;
}

/* ... and off its end: "kisumu town", "kwale district". */
static bool cut_end(struct slice *key, enum node_how *how)
{
    static const char *const kinds[] = {
        "county",        "district", "province",   "region",
        "state",         "town",     "city",       "village",
        "municipality",  "division", "prefecture", "governorate",
        "department",    "area",     "estate",     "ward",
        "constituency",  "slum",     "slums",      "township",
        "subcounty",     "sub",      "island",     "islands",
        "parish",        "commune",  "regency",    "zone",
        "sublocation",   "location", "suburb",     "neighborhood",
        "neighbourhood", "borough",  "oblast"};
    const char *space = memrchr(key->data, ' ', key->length);
    if (space == NULL)
        return false;
    const struct slice last = {space + 1,
                               key->length - (size_t)(space + 1 - key->data)};
    if (!is_among(last, kinds, sizeof kinds / sizeof *kinds))
        return false;
    if (*how == HOW_WHOLE)
        *how = HOW_GENERIC;
    key->length -= last.length + 1;
    return true;
}

/* Tries the key as it is, then with less of it, then with a slip. A whole
 * one is not to be shortened. */
static bool look_up(struct place_work *work, struct slice key, bool is_whole,
                    struct node *node, struct error *error)
{
    char slip[FOLD_SIZE];
    size_t length = 0;
    struct slice shorter = key;
    node->how = HOW_WHOLE;
    do {
        if (!take_candidates(work, shorter, &node->count, error))
            return false;
        if (node->count > 0 || is_whole)
            return true;
    } while (cut_end(&shorter, &node->how) || cut_front(&shorter, &node->how));
    node->how = HOW_SLIP;
    if (work->slips++ >= SLIPS_MAX ||
        !gazetteer_find_slip(work->gazetteer, key, slip, &length))
        return true;
    if (!take_candidates(work, (struct slice){slip, length}, &node->count,
                         error))
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        work->candidates.items[node->candidates + i].prior +=
            place_weights[WEIGHT_SLIP];
    return true;
}

/* Whether some meaning of `node` lies in some meaning of `outer`. */
static bool may_hold(const struct place_work *work, uint32_t outer,
                     const struct node *node)
{
    const struct node *holder = &work->nodes.items[outer];
    const struct candidate *all = work->candidates.items;
    for (uint32_t i = node->candidates; i < node->candidates + node->count; i++)
        for (uint32_t j = holder->candidates;
             j < holder->candidates + holder->count; j++)
            if (place_holds(&all[j], &all[i]))
                return true;
    return false;
}

/* A node with the same meanings as `bare`, and something beside it. */
static bool node_beside(struct place_work *work, uint32_t bare, uint32_t beside,
                        uint32_t *made, struct error *error)
{
    struct node node = work->nodes.items[bare];
    if (!may_hold(work, beside, &node)) {
        *made = bare;
        return true;
    }
    const uint32_t first = (uint32_t)work->candidates.count;
    for (uint32_t i = 0; i < node.count; i++) {
        const struct candidate same =
            work->candidates.items[node.candidates + i];
        if (!list_push(work->scratch, &work->candidates, same, error))
            return false;
    }
    node.candidates = first;
    node.beside = beside;
    node.bare = bare;
    node.weight = 0;
    *made = (uint32_t)work->nodes.count;
    return list_push(work->scratch, &work->nodes, node, error);
}

/* The node of a name with nothing beside it, made where it is new; NODE_NONE
 * where it is no key, or there are too many. */
static bool node_bare(struct place_work *work, struct slice key, bool is_whole,
                      uint32_t *node, struct error *error)
{
    struct node_slot *slot = slot_of(work, hash_of(key, NODE_NONE));
    *node = slot->hash == 0 ? NODE_NONE : slot->node;
    if (slot->hash != 0 || work->nodes.count >= PLACE_NODES_MAX)
        return true;
    struct node made = {.candidates = (uint32_t)work->candidates.count,
                        .beside = NODE_NONE,
                        .bare = NODE_NONE};
    if (!look_up(work, key, is_whole, &made, error))
        return false;
    *node = (uint32_t)work->nodes.count;
    *slot = (struct node_slot){hash_of(key, NODE_NONE), *node};
    return list_push(work->scratch, &work->nodes, made, error);
}

static struct slice fold_tokens(const struct place_work *work,
                                struct span tokens, char folded[FOLD_SIZE])
{
    const struct slice bytes =
        slice_at(work->text->bytes, text_bytes_of(work->text, tokens));
    return (struct slice){folded, name_fold(bytes, folded)};
}

/* The node of a name with `beside` (a node, or NODE_NONE) beside it. */
static bool node_of(struct place_work *work, struct span tokens, bool is_whole,
                    uint32_t beside, uint32_t *node, struct error *error)
{
    char folded[FOLD_SIZE];
    const struct slice key = fold_tokens(work, tokens, folded);
    *node = NODE_NONE;
    if (key.length == 0)
        return true;
    if (!node_bare(work, key, is_whole, node, error))
        return false;
    if (*node == NODE_NONE || beside == NODE_NONE || beside == *node ||
        work->nodes.items[beside].beside == *node)
        return true;
    struct node_slot *slot = slot_of(work, hash_of(key, beside));
    if (slot->hash == 0 && work->nodes.count < PLACE_NODES_MAX) {
        if (!node_beside(work, *node, beside, node, error))
            return false;
        *slot = (struct node_slot){hash_of(key, beside), *node};
    }
    if (slot->hash != 0)
        *node = slot->node;
    return true;
}

/* The row for the words that make a facility of the name: the longest at its
 * end, which must not be all of it, or one that stands before a name. */
static const struct table_row *facility_of(const struct text *text,
                                           struct span tokens, uint32_t *rest)
{
    static const char *const before[] = {"lake", "mount", "river", "camp",
                                         "hotel"};
    uint32_t length;
    uint32_t end = tokens.end;
    while (end - tokens.begin > 1 && !word_has_letters(text, end - 1))
        end--;
    *rest = end;
    if (end - tokens.begin < 2)
        return NULL;
    const struct table_row *row = word_phrase_before(
        text, &facility_table, tokens.begin + 1, end, &length);
    if (row != NULL)
        *rest = end - length;
    for (size_t i = 0; row == NULL && i < sizeof before / sizeof *before; i++)
        if (word_is(text, tokens.begin, before[i]))
            row = table_find(&facility_table, slice_of(before[i]));
    return row;
}

static bool is_line(const struct table_row *row)
{
    return row->columns[1] != NULL && strchr(row->columns[1], 'l') != NULL;
}

static bool is_way(const struct table_row *row)
{
    return strcmp(row->columns[0], "road") == 0 ||
           strcmp(row->columns[0], "street") == 0;
}

/* Whether `later` stands so that it may hold `mention`: behind a comma or a
 * bracket, or "in" or "of", with a word for a kind of place between at most
 * ("Pipeline estate in Embakasi South"). */
static bool stands_beside(const struct text *text, struct span mention,
                          struct span later)
{
    enum { BETWEEN_MAX = 3 };
    uint32_t at = later.begin;
    if (at <= mention.end || at - mention.end > BETWEEN_MAX)
        return false;
    if (word_is(text, at - 1, "the") && at - 1 > mention.end)
        at--;
    const bool is_joint =
        word_is(text, at - 1, ",") || word_is(text, at - 1, "(") ||
        word_is(text, at - 1, "in") || word_is(text, at - 1, "of");
    for (uint32_t token = mention.end; token < at - 1; token++)
        if (!word_is(text, token, ",") &&
            (!word_has_letters(text, token) || word_is_capital(text, token) ||
             word_kinds(text, token) != 0))
            return false;
    return is_joint;
}

/* "Nakuru's Free Area": the mention before holds it. */
static bool stands_behind(const struct text *text, struct span mention,
                          struct span earlier)
{
    return mention.begin == earlier.end + 2 &&
           word_is_apostrophe(text, earlier.end) &&
           word_is(text, earlier.end + 1, "s");
}

static bool add_mention(struct place_work *work, struct span tokens,
                        const struct place_name *name, struct error *error)
{
    struct mention mention = {.tokens = tokens,
                              .node = NODE_NONE,
                              .beside = NODE_NONE,
                              .named = NODE_NONE,
                              .probability = name->probability,
                              .is_place = name->type == NAME_PLACE};
    return list_push(work->scratch, &work->mentions, mention, error);
}

/* The pieces of a place's name between commas. */
static bool add_place(struct place_work *work, const struct place_name *name,
                      struct error *error)
{
    uint32_t begin = name->tokens.begin;
    for (uint32_t at = begin; at <= name->tokens.end; at++) {
        if (at < name->tokens.end && !word_is(work->text, at, ","))
            continue;
        if (at > begin &&
            !add_mention(work, (struct span){begin, at}, name, error))
            return false;
        begin = at + 1;
    }
    return true;
}

/* Whether the gazetteer has the words; an adjective, if that is asked. */
static bool is_known(const struct place_work *work, struct span tokens,
                     bool as_adjective)
{
    char folded[FOLD_SIZE];
    struct meaning meaning;
    const struct slice key = fold_tokens(work, tokens, folded);
    return key.length > 3 &&
           gazetteer_find(work->gazetteer, key, &meaning, 1) > 0 &&
           (!as_adjective || meaning.relation == NAME_IS_ADJECTIVE);
}

/* The first words of a body's name, or those behind its "of"; the whole name
 * of a people. */
static bool add_evidence(struct place_work *work, const struct place_name *name,
                         struct error *error)
{
    enum { WORDS_MAX = 3 };
    const struct text *text = work->text;
    const struct span all = name->tokens;
    if (name->type == NAME_OTHER)
        return !is_known(work, all, true) ||
               add_mention(work, all, name, error);
    for (uint32_t at = all.begin + 1; at < all.end; at++)
        if (word_is(text, at - 1, "of") &&
            is_known(work, (struct span){at, all.end}, false))
            return add_mention(work, (struct span){at, all.end}, name, error);
    uint32_t end =
        all.end - all.begin > WORDS_MAX ? all.begin + WORDS_MAX : all.end - 1;
    for (; end > all.begin; end--)
        if (is_known(work, (struct span){all.begin, end}, false))
            return add_mention(work, (struct span){all.begin, end}, name,
                               error);
    return true;
}

static int by_number(const void *left, const void *right)
{
    const uint64_t *a = left;
    const uint64_t *b = right;
    return (*a > *b) - (*a < *b);
}

/* "in Nakuru": no person is meant. */
static bool is_located(const struct text *text, struct span tokens)
{
    static const char *const words[] = {
        "in", "at", "from", "near", "around", "outside", "towards", "through"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tokens.begin > 0 && word_is(text, tokens.begin - 1, words[i]))
            return true;
    return false;
}

/* Marks the places of one word that is the last of some person's name. */
static bool mark_persons(struct place_work *work,
                         const struct place_name *names, size_t count,
                         struct error *error)
{
    uint64_t *persons =
        arena_take(work->scratch, count, sizeof *persons, error);
    size_t person_count = 0;
    if (persons == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (names[i].type == NAME_PERSON &&
            names[i].tokens.end - names[i].tokens.begin > 1)
            persons[person_count++] = word_hash(
                work->text,
                (struct span){names[i].tokens.end - 1, names[i].tokens.end},
                'p');
    qsort(persons, person_count, sizeof *persons, by_number);
    for (size_t i = 0; i < work->mentions.count; i++) {
        struct mention *mention = &work->mentions.items[i];
        const uint64_t hash = word_hash(work->text, mention->tokens, 'p');
        mention->is_person =
            mention->tokens.end - mention->tokens.begin == 1 &&
            person_count > 0 && !is_located(work->text, mention->tokens) &&
            bsearch(&hash, persons, person_count, sizeof *persons, by_number) !=
                NULL;
    }
    return true;
}

/* The node of a mention, those behind it being known already. */
static bool settle(struct place_work *work, uint32_t index, struct error *error)
{
    struct mention *mention = &work->mentions.items[index];
    struct mention *next = mention + 1;
    uint32_t rest = mention->tokens.end;
    uint32_t beside = NODE_NONE;
    if (mention->is_place)
        mention->facility = facility_of(work->text, mention->tokens, &rest);
    if (mention->is_place && index + 1 < work->mentions.count &&
        next->is_place &&
        stands_beside(work->text, mention->tokens, next->tokens)) {
        mention->beside = index + 1;
        beside = next->node;
    }
    if (mention->is_place && index > 0 && mention[-1].is_place &&
        stands_behind(work->text, mention->tokens, mention[-1].tokens))
        mention->beside = index - 1;
    if (work->gazetteer == NULL)
        return true;
    const struct table_row *row = mention->facility;
    if (row != NULL && !is_line(row) && rest < mention->tokens.end &&
        is_known(work, (struct span){mention->tokens.begin, rest}, false) &&
        !node_of(work, (struct span){mention->tokens.begin, rest}, true, beside,
                 &mention->named, error))
        return false;
    if (row != NULL && is_way(row))
        return true;
    return node_of(work, mention->tokens, row != NULL || !mention->is_place,
                   beside, &mention->node, error);
}

/* What counts for the places around: each name once, and a little more where
 * it comes again. */
static void weigh(struct place_work *work)
{
    static const double again = 0.2, most = 2;
    for (size_t i = 0; i < work->mentions.count; i++) {
        const struct mention *mention = &work->mentions.items[i];
        if (mention->node == NODE_NONE || mention->is_person)
            continue;
        struct node *node = &work->nodes.items[mention->node];
        const double first =
            mention->is_place ? 1 : place_weights[WEIGHT_EVIDENCE];
        if (node->weight < first)
            node->weight = first;
        else if (node->weight < most)
            node->weight += again * first;
    }
}

/* Room for twice as many keys as there can be. */
enum { SLOTS = 8192 };
_Static_assert(SLOTS >= 4 * PLACE_NODES_MAX, "the table never fills");

bool place_mentions(struct place_work *work, const struct place_name *names,
                    size_t count, struct error *error)
{
    work->slot_count = SLOTS;
    work->slots = arena_take(work->scratch, SLOTS, sizeof *work->slots, error);
    if (work->slots == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const bool is_evidence =
            names[i].type == NAME_ORGANISATION || names[i].type == NAME_OTHER;
        if (names[i].type == NAME_PLACE
                ? !add_place(work, &names[i], error)
                : is_evidence && work->gazetteer != NULL &&
                      !add_evidence(work, &names[i], error))
            return false;
    }
    if (!mark_persons(work, names, count, error))
        return false;
    for (size_t i = work->mentions.count; i > 0; i--)
        if (!settle(work, (uint32_t)i - 1, error))
            return false;
    weigh(work);
    return true;
}
