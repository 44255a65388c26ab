/*
 * cast.c - names joined into parties, and phrases that stand for them.
 */
#include "cast.h"
#include "cast_alias.h"
#include "cast_index.h"

const char *const actor_type_names[] = {"person", "organisation", "group"};

/* What a key of the index was made of. */
enum {
    KEY_FULL = 'f',
    KEY_LAST = 'l',
    KEY_GIVEN = 'g',
    KEY_SHORT = 's',
    KEY_ACRONYM = 'a',
    KEY_PHRASE = 'p'
};

enum { ACRONYM_LETTERS_MAX = 8 };

/* The words of a name: its tokens without marks and a leading article. */
struct name_words {
    struct span all;
    uint32_t first, last; /* tokens */
    uint32_t count;
};

static struct name_words words_of(const struct text *text, struct span name)
{
    if (name.begin + 1 < name.end &&
        (word_kinds(text, name.begin) & WORD_DETERMINER))
        name.begin++;
    struct name_words words = {name, name.begin, name.begin, 0};
    for (uint32_t at = name.begin; at < name.end; at++) {
        if (!word_has_letters(text, at))
            continue;
        if (words.count++ == 0)
            words.first = at;
        words.last = at;
    }
    return words;
}

static uint64_t key_of_word(const struct cast *cast, uint32_t token, char tag)
{
    return word_hash(cast->text, (struct span){token, token + 1}, tag);
}

static uint32_t find_word(const struct cast *cast, uint32_t token, char tag)
{
    return cast_index_find(&cast->index, key_of_word(cast, token, tag));
}

static bool same_word(const struct cast *cast, uint32_t a, uint32_t b)
{
    return key_of_word(cast, a, 0) == key_of_word(cast, b, 0);
}

/* "Z. Nambuye" and "Zipporah Nambuye": one given name opens the other. */
static bool same_given_name(const struct cast *cast, uint32_t a, uint32_t b)
{
    struct slice one = word_at(cast->text, a);
    struct slice two = word_at(cast->text, b);
    if (same_word(cast, a, b))
        return true;
    return (one.length == 1 || two.length == 1) && one.data[0] == two.data[0];
}

static bool new_party(struct cast *cast, struct party party, uint32_t *index,
                      struct error *error)
{
    *index = (uint32_t)cast->parties.count;
    return list_push(cast->arena, &cast->parties, party, error);
}

/* The person whom these words can name, or PARTY_NONE. */
static uint32_t find_person(const struct cast *cast, struct name_words words)
{
    uint32_t party = find_word(cast, words.last, KEY_LAST);
    if (words.count == 1) {
        if (party == PARTY_NONE)
            party = find_word(cast, words.last, KEY_GIVEN);
        return party;
    }
    if (party == PARTY_NONE)
        return PARTY_NONE;
    struct name_words other =
        words_of(cast->text, cast->parties.items[party].name);
    if (other.count == 1 || same_given_name(cast, words.first, other.first))
        return party;
    return PARTY_NONE;
}

static bool index_person(struct cast *cast, struct name_words words,
                         uint32_t party, struct error *error)
{
    uint64_t full = word_hash(cast->text, words.all, KEY_FULL);
    uint64_t last = key_of_word(cast, words.last, KEY_LAST);
    uint64_t given = key_of_word(cast, words.first, KEY_GIVEN);
    return cast_index_put(cast, full, party, error) &&
           cast_index_put(cast, last, party, error) &&
           (words.count == 1 || cast_index_put(cast, given, party, error));
}

/* Every word of the short form is a word of the party's name. */
static bool is_part_of(const struct cast *cast, struct name_words shorter,
                       struct span name)
{
    for (uint32_t at = shorter.all.begin; at < shorter.all.end; at++) {
        bool is_found = !word_has_letters(cast->text, at);
        for (uint32_t to = name.begin; to < name.end && !is_found; to++)
            is_found = same_word(cast, at, to);
        if (!is_found)
            return false;
    }
    return true;
}

static bool is_acronym(const struct text *text, struct name_words words)
{
    return words.count == 1 && word_is_all_capitals(text, words.last) &&
           word_at(text, words.last).length <= ACRONYM_LETTERS_MAX;
}

/* Key of the first letters: "Lindani Democratic Alliance" as "lda". */
static uint64_t acronym_key(const struct text *text, struct name_words words)
{
    uint64_t hash = 14695981039346656037u;
    uint32_t letters = 0;
    for (uint32_t at = words.all.begin; at < words.all.end; at++) {
        if (!word_is_capital(text, at))
            continue;
        unsigned char letter = (unsigned char)word_at(text, at).data[0];
        hash = (hash ^ (letter | 0x20u)) * 1099511628211u;
        letters++;
    }
    return letters < 2 ? 0 : hash ^ KEY_ACRONYM;
}

/* Key of an acronym as written: "LDA" as "lda". */
static uint64_t written_acronym_key(const struct text *text, uint32_t token)
{
    struct slice word = word_at(text, token);
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < word.length; i++)
        hash = (hash ^ ((unsigned char)word.data[i] | 0x20u)) * 1099511628211u;
    return hash ^ KEY_ACRONYM;
}

/* "the Lindani Democratic Alliance (LDA)": the party of the name before. */
static uint32_t party_in_front(const struct cast *cast, size_t name)
{
    const struct labelled_name *names = cast->labels->names.items;
    const struct text *text = cast->text;
    if (name == 0)
        return PARTY_NONE;
    uint32_t before = names[name - 1].tokens.end;
    uint32_t begin = names[name].tokens.begin;
    if (names[name - 1].type != NAME_ORGANISATION || before + 1 != begin ||
        !slice_equals(word_at(text, before), slice_of("(")))
        return PARTY_NONE;
    return cast->party_of_name[name - 1];
}

/* "Dennis Lokwawi, whom everybody calls Deno": the person of the name
 * before. */
static uint32_t find_alias(const struct cast *cast, size_t name)
{
    const struct labelled_name *names = cast->labels->names.items;
    if (name == 0 || names[name - 1].type != NAME_PERSON ||
        !cast_is_alias(cast->text, names[name - 1].tokens.end,
                       names[name].tokens.begin))
        return PARTY_NONE;
    return cast->party_of_name[name - 1];
}

static uint32_t find_body(const struct cast *cast, size_t name,
                          struct name_words words)
{
    uint32_t party = PARTY_NONE;
    if (is_acronym(cast->text, words)) {
        party = party_in_front(cast, name);
        if (party == PARTY_NONE)
            party = cast_index_find(
                &cast->index, written_acronym_key(cast->text, words.last));
        if (party != PARTY_NONE && party != CAST_SEVERAL)
            return party;
    }
    party =
        find_word(cast, word_head_of_body(cast->text, words.first, words.last),
                  KEY_SHORT);
    if (party < CAST_SEVERAL &&
        is_part_of(cast, words, cast->parties.items[party].name))
        return party;
    /* The fuller name comes second: "SPA", then "Savanna Press Agency". */
    uint64_t keys[] = {acronym_key(cast->text, words),
                       key_of_word(cast, words.first, KEY_FULL),
                       key_of_word(cast, words.last, KEY_FULL)};
    for (size_t i = 0; i < 3 && words.count > 1; i++) {
        party = cast_index_find(&cast->index, keys[i]);
        if (keys[i] != 0 && party < CAST_SEVERAL &&
            cast->parties.items[party].type == ACTOR_ORGANISATION)
            return party;
    }
    return PARTY_NONE;
}

static bool index_body(struct cast *cast, struct name_words words,
                       uint32_t party, struct error *error)
{
    const struct text *text = cast->text;
    uint64_t full = word_hash(text, words.all, KEY_FULL);
    uint64_t first = key_of_word(cast, words.first, KEY_SHORT);
    uint64_t last = key_of_word(cast, words.last, KEY_SHORT);
    uint64_t head = key_of_word(
        cast, word_head_of_body(text, words.first, words.last), KEY_SHORT);
    uint64_t acronym = is_acronym(text, words)
                           ? written_acronym_key(text, words.last)
                           : acronym_key(text, words);
    if (!cast_index_put(cast, full, party, error))
        return false;
    if (acronym != 0 && !cast_index_share(cast, acronym, party, error))
        return false;
    return words.count == 1 || (cast_index_share(cast, first, party, error) &&
                                cast_index_share(cast, last, party, error) &&
                                cast_index_share(cast, head, party, error));
}

/* Finds or makes the party of one name. */
static bool join_name(struct cast *cast, size_t index, uint32_t *party,
                      struct error *error)
{
    const struct labelled_name *name = &cast->labels->names.items[index];
    struct name_words words = words_of(cast->text, name->tokens);
    bool is_person = name->type == NAME_PERSON;
    *party = cast_index_find(&cast->index,
                             word_hash(cast->text, words.all, KEY_FULL));
    if (*party >= CAST_SEVERAL)
        *party = is_person ? find_person(cast, words)
                           : find_body(cast, index, words);
    if (*party >= CAST_SEVERAL && is_person)
        *party = find_alias(cast, index);
    if (*party >= CAST_SEVERAL) {
        struct party made = {
            .name = words.all,
            .of = PARTY_NONE,
            .owner = PARTY_NONE,
            .type = is_person ? ACTOR_PERSON : ACTOR_ORGANISATION,
            .class = CLASS_OTHER,
            .is_named = true,
        };
        if (!new_party(cast, made, party, error))
            return false;
    }
    struct party *joined = &cast->parties.items[*party];
    if (words_of(cast->text, joined->name).count < words.count)
        joined->name = words.all;
    if (name->probability > joined->confidence)
        joined->confidence = name->probability;
    return is_person ? index_person(cast, words, *party, error)
                     : index_body(cast, words, *party, error);
}

bool cast_mention(struct cast *cast, struct span tokens, uint32_t party,
                  struct error *error)
{
    cast->parties.items[party].mention_count++;
    return list_push(cast->arena, &cast->mentions,
                     ((struct party_mention){tokens, party}), error);
}

/* The one organisation of each class, for "the party" and the like. */
static void find_only_ones(struct cast *cast)
{
    for (size_t i = 0; i < ACTOR_CLASS_COUNT; i++)
        cast->of_class[i] = PARTY_NONE;
    for (size_t i = 0; i < cast->parties.count; i++) {
        const struct party *party = &cast->parties.items[i];
        uint32_t *only = &cast->of_class[party->class];
        if (party->type == ACTOR_ORGANISATION && party->has_class)
            *only = *only == PARTY_NONE ? (uint32_t)i : CAST_SEVERAL;
    }
}

bool cast_build(struct cast *cast, const struct text *text,
                const struct labels *labels, struct arena *arena,
                struct error *error)
{
    *cast = (struct cast){.text = text, .labels = labels, .arena = arena};
    cast->party_of_name = arena_take(arena, labels->names.count,
                                     sizeof *cast->party_of_name, error);
    if (cast->party_of_name == NULL)
        return false;
    for (size_t i = 0; i < labels->names.count; i++) {
        const struct labelled_name *name = &labels->names.items[i];
        uint32_t *party = &cast->party_of_name[i];
        *party = PARTY_NONE;
        if (name->type != NAME_PERSON && name->type != NAME_ORGANISATION)
            continue;
        if (!join_name(cast, i, party, error) ||
            !cast_mention(cast, name->tokens, *party, error))
            return false;
    }
    cast_classify(cast);
    find_only_ones(cast);
    return true;
}

size_t cast_name_from(const struct cast *cast, uint32_t token)
{
    size_t low = 0;
    size_t high = cast->labels->names.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cast->labels->names.items[middle].tokens.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a name inside a phrase only belongs to its head: "Boit's office",
 * "a clerk at the Ministry". */
static bool is_dependent(const struct text *text, struct span phrase,
                         struct span name)
{
    if (name.end < phrase.end && word_is_apostrophe(text, name.end))
        return true;
    for (uint32_t at = name.begin; at > phrase.begin; at--) {
        uint32_t kinds = word_kinds(text, at - 1);
        if (slice_equals(word_at(text, at - 1), slice_of(",")))
            return false;
        if (kinds &
            (WORD_PREPOSITION | WORD_OUTER_PREPOSITION | WORD_CONJUNCTION))
            return true;
    }
    return false;
}

/* Police, an army: what has a place before it is of that place. */
static bool is_force(const struct table_row *row)
{
    bool is_said = false;
    if (row == NULL)
        return false;
    enum actor_class class = cast_class_of_row(row, &is_said);
    return is_said && (class == CLASS_POLICE || class == CLASS_MILITARY);
}

size_t cast_head_name(const struct cast *cast, struct span phrase)
{
    const struct labels *labels = cast->labels;
    size_t none = labels->names.count;
    size_t found = none;
    /* "a Lindani spokesman" is not Lindani, nor "the Nakuru police" Nakuru. */
    uint32_t head = phrase_head(cast->text, phrase);
    bool has_force = is_force(cast_class_row(cast->text, phrase, 'k'));
    bool has_office = cast_class_row(cast->text, phrase, 't') != NULL;
    for (size_t i = cast_name_from(cast, phrase.begin); i < none; i++) {
        const struct labelled_name *name = &labels->names.items[i];
        if (name->tokens.begin >= phrase.end)
            break;
        bool is_body = name->type != NAME_PERSON;
        if (name->type == NAME_OTHER ||
            (((is_body && has_office) ||
              (name->type == NAME_PLACE && has_force)) &&
             (head < name->tokens.begin || head >= name->tokens.end)) ||
            is_dependent(cast->text, phrase, name->tokens))
            continue;
        if (name->type == NAME_PERSON)
            return i;
        if (found == none)
            found = i;
    }
    return found;
}

/* A place that speaks is its government; it becomes a party here. */
static bool place_party(struct cast *cast, size_t name, uint32_t *party,
                        struct error *error)
{
    if (cast->party_of_name[name] == PARTY_NONE) {
        if (!join_name(cast, name, &cast->party_of_name[name], error))
            return false;
        struct party *made = &cast->parties.items[cast->party_of_name[name]];
        if (!made->has_class)
            made->class = CLASS_GOVERNMENT;
        made->has_class = true;
        if (!cast_mention(cast, cast->labels->names.items[name].tokens,
                          cast->party_of_name[name], error))
            return false;
    }
    *party = cast->party_of_name[name];
    return true;
}

/* "the party", "police": the one organisation of that class. */
static uint32_t only_one(const struct cast *cast, struct span phrase)
{
    const struct table_row *row = cast_class_row(cast->text, phrase, 'g');
    bool is_said = false;
    if (row == NULL)
        return PARTY_NONE;
    enum actor_class class = cast_class_of_row(row, &is_said);
    uint32_t party = cast->of_class[class];
    return is_said && party < CAST_SEVERAL ? party : PARTY_NONE;
}

/* Phrases with different owners are different parties. */
static uint64_t phrase_key(const struct cast *cast, struct span bare,
                           uint32_t owner)
{
    uint64_t key = word_hash(cast->text, bare, KEY_PHRASE);
    return owner == PARTY_NONE ? key : (key ^ owner) * 1099511628211u;
}

/* "the hospital" after "St Tecla Mission Hospital"; an unnamed party that
 * was met before by the same words. */
static uint32_t find_phrase(const struct cast *cast, struct span phrase,
                            struct span bare, uint32_t owner)
{
    uint32_t head = phrase_head(cast->text, phrase);
    uint32_t party =
        cast_index_find(&cast->index, phrase_key(cast, bare, owner));
    if (party < CAST_SEVERAL || owner != PARTY_NONE)
        return party < CAST_SEVERAL ? party : PARTY_NONE;
    if (bare.end - bare.begin == 1)
        party = find_word(cast, head, KEY_SHORT);
    if (party < CAST_SEVERAL &&
        cast->parties.items[party].type == ACTOR_ORGANISATION &&
        cast_class_row(cast->text, phrase, 'k') != NULL)
        return party;
    return only_one(cast, phrase);
}

/* "old man" of "old man who sells maize", "Commandant" of "Commandant
 * himself": no clause, no apposition, no emphasis. */
static uint32_t end_of_name(const struct text *text, struct span phrase)
{
    for (uint32_t at = phrase.begin + 1; at < phrase.end; at++) {
        uint32_t kinds = word_kinds(text, at);
        if ((kinds & (WORD_RELATIVE | WORD_ADVERB)) ||
            slice_equals(word_at(text, at), slice_of(",")) ||
            slice_equals(word_at(text, at), slice_of("(")))
            return at;
    }
    return phrase.end;
}

/* "Boit" of "Boit's office": the named owner that opens the phrase. */
static uint32_t owner_within(const struct cast *cast, struct span *bare)
{
    const struct labels *labels = cast->labels;
    const struct text *text = cast->text;
    size_t name = cast_name_from(cast, bare->begin);
    if (name >= labels->names.count)
        return PARTY_NONE;
    struct span tokens = labels->names.items[name].tokens;
    if (tokens.begin != bare->begin || tokens.end + 2 >= bare->end ||
        !word_is_apostrophe(text, tokens.end) ||
        !word_is(text, tokens.end + 1, "s"))
        return PARTY_NONE;
    bare->begin = tokens.end + 2;
    return cast->party_of_name[name];
}

static bool new_phrase(struct cast *cast, struct span bare, uint32_t owner,
                       uint32_t *party, struct error *error)
{
    struct party made = {
        .name = bare, .of = PARTY_NONE, .owner = owner, .class = CLASS_OTHER};
    cast_classify_phrase(cast, &made);
    return new_party(cast, made, party, error) &&
           cast_index_put(cast, phrase_key(cast, bare, owner), *party, error);
}

/* The phrase without its articles and what follows the noun. */
static struct span bare_of(const struct cast *cast, struct span phrase)
{
    struct span bare = phrase;
    while (bare.begin + 1 < bare.end &&
           (word_kinds(cast->text, bare.begin) & WORD_DETERMINER) &&
           !(word_kinds(cast->text, bare.begin) & WORD_NUMBER))
        bare.begin++;
    if (bare.begin > phrase.begin && bare.begin + 1 < bare.end &&
        word_is(cast->text, bare.begin, "own"))
        bare.begin++; /* "his own brother" is his brother */
    bare.end = end_of_name(cast->text, bare);
    return bare;
}

/* The party that "the constables" means, if one such was met before. */
static uint32_t known_party(const struct cast *cast, struct span phrase)
{
    struct span bare = bare_of(cast, phrase);
    if (cast_head_name(cast, phrase) < cast->labels->names.count ||
        (cast_class_row(cast->text, phrase, 't') == NULL &&
         cast_class_row(cast->text, phrase, 'k') == NULL) ||
        owner_within(cast, &bare) != PARTY_NONE)
        return PARTY_NONE;
    return find_phrase(cast, phrase, bare, PARTY_NONE);
}

static bool mark_mentions(const struct cast *cast, uint8_t **marks,
                          struct error *error)
{
    *marks = arena_take(cast->arena, cast->text->tokens.count, 1, error);
    if (*marks == NULL)
        return false;
    memset(*marks, 0, cast->text->tokens.count);
    for (size_t i = 0; i < cast->mentions.count; i++) {
        struct span tokens = cast->mentions.items[i].tokens;
        memset(*marks + tokens.begin, 1, tokens.end - tokens.begin);
    }
    return true;
}

/* "Police", "soldiers": a noun of parties that opens its own phrase. */
static bool is_bare_noun(const struct text *text, uint32_t at)
{
    char buffer[WORD_KEY_MAX];
    struct span word = {at, at + 1};
    const struct table_row *row =
        table_find(&class_table, word_key(text, word, buffer));
    if (row == NULL || strpbrk(row->columns[1], "tk") == NULL || at == 0 ||
        !(phrase_is_plural(text, word) || strchr(row->columns[1], 'g') != NULL))
        return false;
    return !word_has_letters(text, at - 1) ||
           (word_kinds(text, at - 1) & ~(uint32_t)WORD_DETERMINER) != 0;
}

struct span cast_phrase_around(const struct text *text, uint32_t head)
{
    size_t sentence = text_sentence_of(text, head);
    struct span phrase =
        phrase_before(text, text->sentences.items[sentence].begin, head + 1);
    return span_is_empty(phrase) ? (struct span){head, head + 1} : phrase;
}

bool cast_mentions(struct cast *cast, struct error *error)
{
    const struct text *text = cast->text;
    uint8_t *marks = NULL;
    if (!mark_mentions(cast, &marks, error))
        return false;
    for (uint32_t at = 0; at < text->tokens.count; at++) {
        if (!word_is(text, at, "the") && !is_bare_noun(text, at))
            continue;
        size_t sentence = text_sentence_of(text, at);
        struct span phrase =
            phrase_after(text, at, text->sentences.items[sentence].end);
        if (span_is_empty(phrase))
            continue;
        phrase.end = phrase_head(text, phrase) + 1;
        uint32_t party = known_party(cast, phrase);
        if (party == PARTY_NONE || marks[at] || marks[phrase.end - 1])
            continue;
        if (!cast_mention(cast, phrase, party, error))
            return false;
        at = phrase.end - 1;
    }
    return true;
}

bool cast_phrase(struct cast *cast, struct span phrase, uint32_t owner,
                 uint32_t *party, struct error *error)
{
    size_t name = cast_head_name(cast, phrase);
    if (name < cast->labels->names.count) {
        *party = cast->party_of_name[name];
        return *party != PARTY_NONE || place_party(cast, name, party, error);
    }
    struct span bare = bare_of(cast, phrase);
    if (owner == PARTY_NONE)
        owner = owner_within(cast, &bare);
    *party = find_phrase(cast, phrase, bare, owner);
    if (*party == PARTY_NONE && !new_phrase(cast, bare, owner, party, error))
        return false;
    return cast_mention(cast, phrase, *party, error);
}
