/*
 * whom.c - see whom.h.
 *
 * Features, each for the pronoun's group (h he and she, o him, p his, t they,
 * i it ...): r the candidate's rank by nearness, d how many tokens away, s how
 * many sentences, k what it is, l its kind by the network, g gender, n how
 * often it was spoken of, b whether it opens its sentence, src whether it
 * spoke, self whether its words these are, q quotation marks, prn whether the
 * nearest mention of it is a pronoun, net whether the network takes it.
 */
#include "whom.h"

#include "cast.h"
#include "feature.h"

/* MARGIN: before the next best, none of them (0) included, in sixteenths of a
 * natural logarithm. Held against each quarter of the train matters by what the
 * others taught, those with more than half of all shares are right 7 in 10,
 * those with less 4 in 10, where the rules of speaker.c do better. */
enum { TOKENS_MOST = 300, MARGIN = 8, SUBJECT_REACH = 4 };

/* What a pronoun is. */
struct pronoun {
    char group[3]; /* of features */
    enum gender gender;
    bool is_plural, is_thing;
};

/* Somebody who may be meant. */
struct candidate {
    uint32_t mention; /* its nearest name or phrase */
    uint32_t near;    /* its nearest mention of any kind */
    uint64_t key;     /* who it is */
    uint32_t party;   /* PARTY_NONE for one without a name */
    uint32_t count;   /* of its mentions that were looked at */
};

struct search {
    struct cast *cast;
    const struct whom_place *places;
    uint32_t mention; /* the pronoun */
    struct pronoun pronoun;
    struct candidate items[WHOM_CANDIDATES];
    size_t count;
};

static const struct labelled_mention *mention_of(const struct cast *cast,
                                                 uint32_t mention)
{
    return &cast->labels->mentions.items[mention];
}

static bool take_pronoun(const struct text *text, uint32_t token,
                         struct pronoun *pronoun)
{
    static const struct {
        const char *word;
        struct pronoun is;
    } pronouns[] = {
        {"he", {"h", GENDER_HE, false, false}},
        {"she", {"h", GENDER_SHE, false, false}},
        {"him", {"o", GENDER_HE, false, false}},
        {"his", {"p", GENDER_HE, false, false}},
        {"her", {"p", GENDER_SHE, false, false}},
        {"they", {"t", GENDER_UNKNOWN, true, false}},
        {"them", {"to", GENDER_UNKNOWN, true, false}},
        {"their", {"tp", GENDER_UNKNOWN, true, false}},
        {"it", {"i", GENDER_UNKNOWN, false, true}},
        {"its", {"ip", GENDER_UNKNOWN, false, true}},
        {"himself", {"s", GENDER_HE, false, false}},
        {"herself", {"s", GENDER_SHE, false, false}},
        {"themselves", {"ts", GENDER_UNKNOWN, true, false}},
        {"itself", {"is", GENDER_UNKNOWN, false, true}},
    };
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (word_is(text, token, pronouns[i].word)) {
            *pronoun = pronouns[i].is;
            return true;
        }
    return false;
}

bool whom_is_pronoun(const struct text *text, uint32_t token)
{
    struct pronoun pronoun;
    return take_pronoun(text, token, &pronoun);
}

uint32_t whom_mention_at(const struct cast *cast, uint32_t token)
{
    size_t low = 0;
    size_t high = cast->labels->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mention_of(cast, (uint32_t)middle)->head < token)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there = low < cast->labels->mentions.count &&
                    mention_of(cast, (uint32_t)low)->head == token;
    return is_there ? (uint32_t)low : WHOM_NONE;
}

uint32_t whom_meant(const struct cast *cast, uint32_t token)
{
    uint32_t mention = whom_mention_at(cast, token);
    return mention == WHOM_NONE || cast->whom == NULL ? WHOM_NONE
                                                      : cast->whom[mention];
}

uint32_t whom_named(const struct cast *cast, uint32_t token)
{
    size_t name = cast_name_from(cast, token);
    if (name >= cast->labels->names.count ||
        cast->labels->names.items[name].tokens.begin > token)
        return PARTY_NONE;
    return cast->party_of_name[name];
}

/* Pronouns of the other persons, and "who": no candidates. */
static bool is_other_pronoun(const struct text *text, uint32_t token)
{
    uint32_t kinds = word_kinds(text, token);
    return (kinds & (WORD_FIRST_PERSON | WORD_SECOND_PERSON | WORD_RELATIVE)) !=
           0;
}

static bool fits_party(const struct party *party, const struct pronoun *pronoun)
{
    bool is_person = party->type == ACTOR_PERSON;
    if (pronoun->gender != GENDER_UNKNOWN)
        return is_person && (party->gender == GENDER_UNKNOWN ||
                             party->gender == pronoun->gender);
    return !is_person;
}

static bool fits_phrase(const struct cast *cast, uint32_t mention,
                        const struct pronoun *pronoun)
{
    const struct labelled_mention *found = mention_of(cast, mention);
    enum gender gender = cast_noun_gender(cast->text, found->head);
    bool is_body = found->kind == MENTION_ORGANISATION;
    bool is_plural = phrase_is_plural(
        cast->text, (struct span){found->head, found->head + 1});
    if (pronoun->gender != GENDER_UNKNOWN)
        return !is_body && !is_plural &&
               (gender == GENDER_UNKNOWN || gender == pronoun->gender);
    if (pronoun->is_thing)
        return is_body && !is_plural;
    return is_body || is_plural;
}

/* Adds the mention to those who may be meant, or to one that is there. */
static void add(struct search *search, uint32_t mention, uint32_t near)
{
    const struct cast *cast = search->cast;
    uint32_t head = mention_of(cast, mention)->head;
    uint32_t party = whom_named(cast, head);
    bool fits = party != PARTY_NONE
                    ? fits_party(&cast->parties.items[party], &search->pronoun)
                    : fits_phrase(cast, mention, &search->pronoun);
    uint64_t key =
        party != PARTY_NONE
            ? party
            : word_hash(cast->text, (struct span){head, head + 1}, 'w') |
                  1ull << 63;
    if (!fits)
        return;
    for (size_t i = 0; i < search->count; i++)
        if (search->items[i].key == key) {
            search->items[i].count++;
            return;
        }
    if (search->count < WHOM_CANDIDATES)
        search->items[search->count++] =
            (struct candidate){mention, near, key, party, 1};
}

static void collect(struct search *search)
{
    const struct cast *cast = search->cast;
    uint32_t token = mention_of(cast, search->mention)->head;
    search->count = 0;
    for (uint32_t i = search->mention, steps = 0;
         i > 0 && steps < WHOM_MENTIONS; i--, steps++) {
        uint32_t head = mention_of(cast, i - 1)->head;
        uint32_t meant = cast->whom[i - 1];
        if (token - head > TOKENS_MOST)
            return;
        if (whom_is_pronoun(cast->text, head)) {
            if (meant != WHOM_NONE)
                add(search, meant, i - 1);
        } else if (!is_other_pronoun(cast->text, head)) {
            add(search, i - 1, i - 1);
        }
    }
}

/* A feature of the pronoun's group. */
static void give(const struct search *search, const struct feature_sink *sink,
                 const char *kind, const char *word)
{
    char key[WORD_KEY_MAX];
    int length =
        snprintf(key, sizeof key, "%s-%s", search->pronoun.group, word);
    if (length > 0 && (size_t)length < sizeof key)
        feature_give(sink, kind, (struct slice){key, (size_t)length});
}

static void give_number(const struct search *search,
                        const struct feature_sink *sink, const char *kind,
                        uint32_t number)
{
    char digit[2] = {(char)('0' + (number < 9 ? number : 9)), '\0'};
    give(search, sink, kind, digit);
}

static uint32_t logarithm(uint32_t number)
{
    uint32_t bits = 0;
    for (; number > 0; number >>= 1)
        bits++;
    return bits;
}

static bool opens_sentence(const struct text *text, uint32_t token)
{
    size_t sentence = text_sentence_of(text, token);
    return token - text->sentences.items[sentence].begin <= SUBJECT_REACH;
}

static void give_nature(const struct search *search,
                        const struct feature_sink *sink,
                        const struct candidate *candidate)
{
    const struct cast *cast = search->cast;
    uint32_t head = mention_of(cast, candidate->mention)->head;
    enum gender gender = candidate->party != PARTY_NONE
                             ? cast->parties.items[candidate->party].gender
                             : cast_noun_gender(cast->text, head);
    bool is_definite = false;
    if (candidate->party == PARTY_NONE) {
        struct span phrase = cast_phrase_around(cast->text, head);
        is_definite = !word_is(cast->text, phrase.begin, "a") &&
                      !word_is(cast->text, phrase.begin, "an");
    }
    give(search, sink, "g", gender == GENDER_UNKNOWN ? "unknown" : "same");
    give(search, sink, "k",
         candidate->party != PARTY_NONE ? "name"
         : is_definite                  ? "the"
                                        : "a");
    if (candidate->party == PARTY_NONE)
        give(search, sink, "l",
             cast_class_row(cast->text, (struct span){head, head + 1}, 't') !=
                     NULL
                 ? "title"
                 : "noun");
}

/* What the claims around both say. */
static void give_telling(const struct search *search,
                         const struct feature_sink *sink,
                         const struct candidate *candidate)
{
    const struct whom_place *own = &search->places[search->mention];
    const struct whom_place *its = &search->places[candidate->near];
    bool is_self =
        own->teller != WHOM_NONE &&
        (own->teller == candidate->near || own->teller == candidate->mention);
    give(search, sink, "src",
         its->is_source   ? own->is_source ? "both" : "its"
         : own->is_source ? "own"
                          : "none");
    give(search, sink, "self",
         is_self                    ? own->is_quoted ? "quoted" : "told"
         : own->teller == WHOM_NONE ? "free"
                                    : "other");
    give(search, sink, "q",
         own->is_quoted == its->is_quoted
             ? own->teller == its->teller ? "same" : "two"
         : own->is_quoted ? "in"
                          : "out");
}

static void give_network(const struct search *search,
                         const struct feature_sink *sink,
                         const struct candidate *candidate)
{
    const struct labelled_mention *pronoun =
        mention_of(search->cast, search->mention);
    bool is_taken = pronoun->antecedent == candidate->near ||
                    pronoun->antecedent == candidate->mention;
    if (is_taken)
        give_number(search, sink, "net",
                    (uint32_t)(pronoun->antecedent_probability * 5.0f));
}

static void features(const struct search *search, size_t rank,
                     const struct feature_sink *sink)
{
    const struct cast *cast = search->cast;
    const struct text *text = cast->text;
    const struct candidate *candidate = &search->items[rank];
    uint32_t token = mention_of(cast, search->mention)->head;
    uint32_t near = mention_of(cast, candidate->near)->head;
    size_t sentences =
        text_sentence_of(text, token) - text_sentence_of(text, near);
    feature_give(sink, "is", slice_of("candidate"));
    give_number(search, sink, "r", (uint32_t)rank);
    give_number(search, sink, "d", logarithm(token - near));
    give_number(search, sink, "s", (uint32_t)(sentences < 4 ? sentences : 4));
    give_number(search, sink, "n", candidate->count < 4 ? candidate->count : 4);
    give(search, sink, "b",
         opens_sentence(text, near)
             ? opens_sentence(text, token) ? "both" : "its"
             : "no");
    if (sentences == 0)
        give(search, sink, "b0", opens_sentence(text, near) ? "yes" : "no");
    give(search, sink, "par",
         text_paragraph_of(text, token) == text_paragraph_of(text, near)
             ? "same"
             : "other");
    if (candidate->near != candidate->mention)
        give(search, sink, "prn", sentences < 2 ? "near" : "far");
    if (search->count == 1)
        give(search, sink, "only", "one");
    give_nature(search, sink, candidate);
    give_telling(search, sink, candidate);
    give_network(search, sink, candidate);
}

static uint32_t best_of(const struct search *search)
{
    uint32_t best = WHOM_NONE;
    int32_t most = INT32_MIN;
    int32_t next = 0;
    for (size_t i = 0; i < search->count; i++) {
        struct weighing weighing = {.table = &whom_weight_table};
        const struct feature_sink sink = {weighing_take, &weighing};
        int32_t sum;
        features(search, i, &sink);
        weighing_sums(&weighing, &sum, 1);
        if (sum > most) {
            next = most > next ? most : next;
            most = sum;
            best = search->items[i].mention;
        } else if (sum > next) {
            next = sum;
        }
    }
    return best != WHOM_NONE && most - next >= MARGIN ? best : WHOM_NONE;
}

static void show(const struct search *search, const struct whom_probe *probe)
{
    const struct cast *cast = search->cast;
    uint32_t token = mention_of(cast, search->mention)->head;
    for (size_t i = 0; i < search->count; i++) {
        uint32_t head = mention_of(cast, search->items[i].mention)->head;
        const struct feature_sink sink = {probe->feature, probe->context};
        probe->seen(probe->context,
                    text_bytes_of(cast->text, (struct span){token, token + 1}),
                    text_bytes_of(cast->text, (struct span){head, head + 1}));
        features(search, i, &sink);
    }
}

bool whom_find(struct cast *cast, const struct whom_place *places,
               const struct whom_probe *probe, struct error *error)
{
    uint32_t count = (uint32_t)cast->labels->mentions.count;
    struct search search = {.cast = cast, .places = places};
    cast->whom = arena_take(cast->arena, count, sizeof *cast->whom, error);
    if (cast->whom == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        cast->whom[i] = WHOM_NONE;
        search.mention = i;
        if (!take_pronoun(cast->text, mention_of(cast, i)->head,
                          &search.pronoun))
            continue;
        collect(&search);
        if (probe != NULL)
            show(&search, probe);
        cast->whom[i] = best_of(&search);
    }
    return true;
}
