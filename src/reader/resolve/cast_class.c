/*
 * cast_class.c - what kind of party somebody is, by the words of the name,
 * the title before it and the apposition after it (data/actor-classes.tsv).
 *
 * Gender comes from a title alone; nothing is guessed from given names.
 */
#include "cast.h"

enum { BEFORE_MAX = 8, AFTER_MAX = 12, SIGNATURE_MAX = 6 };

static bool has_flag(const struct table_row *row, char flag)
{
    return strchr(row->columns[1], flag) != NULL;
}

enum actor_class cast_class_of_row(const struct table_row *row, bool *is_said)
{
    for (size_t i = 0; i < ACTOR_CLASS_COUNT; i++) {
        if (strcmp(row->columns[0], actor_class_names[i]) == 0) {
            *is_said = true;
            return (enum actor_class)i;
        }
    }
    *is_said = false;
    return CLASS_OTHER;
}

/* The last phrase of the table within the span that has the flag. */
static const struct table_row *last_row(const struct text *text,
                                        struct span within, char flag,
                                        struct span *place)
{
    for (uint32_t end = within.end; end > within.begin; end--) {
        uint32_t length = 0;
        const struct table_row *row =
            word_phrase_before(text, &class_table, within.begin, end, &length);
        if (row == NULL || !has_flag(row, flag))
            continue;
        *place = (struct span){end - length, end};
        return row;
    }
    return NULL;
}

/* "Director General of Police": an office that goes on behind its head. */
static const struct table_row *long_row(const struct text *text,
                                        struct span phrase, uint32_t head)
{
    uint32_t length = 0;
    if (head + 2 >= phrase.end || !word_is(text, head + 1, "of"))
        return NULL;
    const struct table_row *row =
        word_phrase_before(text, &class_table, phrase.begin, head + 3, &length);
    return row != NULL && length > 2 ? row : NULL;
}

const struct table_row *cast_class_row(const struct text *text,
                                       struct span phrase, char flag)
{
    uint32_t head = phrase_head(text, phrase);
    uint32_t length = 0;
    if (span_is_empty(phrase))
        return NULL;
    const struct table_row *row = long_row(text, phrase, head);
    if (row != NULL && has_flag(row, flag))
        return row;
    row =
        word_phrase_before(text, &class_table, phrase.begin, head + 1, &length);
    return row != NULL && has_flag(row, flag) ? row : NULL;
}

enum gender cast_noun_gender(const struct text *text, uint32_t token)
{
    static const char *const men[] = {
        "man",    "boy",     "father", "brother", "son",         "uncle",
        "nephew", "husband", "king",   "prince",  "grandfather", "grandson"};
    static const char *const women[] = {
        "woman",  "girl",  "mother",      "sister",
        "wife",   "aunt",  "niece",       "daughter",
        "matron", "widow", "grandmother", "granddaughter"};
    struct slice word = word_at(text, token);
    for (size_t i = 0; i < sizeof men / sizeof *men; i++)
        if (word_is(text, token, men[i]))
            return GENDER_HE;
    for (size_t i = 0; i < sizeof women / sizeof *women; i++)
        if (word_is(text, token, women[i]))
            return GENDER_SHE;
    if (word.length > 5 && memcmp(word.data + word.length - 5, "woman", 5) == 0)
        return GENDER_SHE;
    if (word.length > 3 && memcmp(word.data + word.length - 3, "man", 3) == 0)
        return GENDER_HE;
    return GENDER_UNKNOWN;
}

/* "Mr.", "Dr", "Hon.": says at most a gender. */
static bool is_honorific(const struct text *text, uint32_t token,
                         enum gender *gender)
{
    static const struct {
        const char *word;
        enum gender gender;
    } honorifics[] = {
        {"mr", GENDER_HE},       {"ms", GENDER_SHE},
        {"mrs", GENDER_SHE},     {"miss", GENDER_SHE},
        {"madam", GENDER_SHE},   {"lady", GENDER_SHE},
        {"sir", GENDER_HE},      {"lord", GENDER_HE},
        {"dr", GENDER_UNKNOWN},  {"prof", GENDER_UNKNOWN},
        {"hon", GENDER_UNKNOWN}, {"rev", GENDER_UNKNOWN},
        {"eng", GENDER_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof honorifics / sizeof *honorifics; i++) {
        if (!word_is(text, token, honorifics[i].word))
            continue;
        if (honorifics[i].gender != GENDER_UNKNOWN)
            *gender = honorifics[i].gender;
        return true;
    }
    return false;
}

struct span cast_clean_name(const struct text *text, struct span name,
                            enum name_type type)
{
    enum gender gender = GENDER_UNKNOWN;
    size_t paragraph = text_paragraph_of(text, name.begin);
    if (name.end > text->paragraphs.items[paragraph].end)
        name.end = text->paragraphs.items[paragraph].end;
    while (type == NAME_PERSON && name.begin + 1 < name.end &&
           (is_honorific(text, name.begin, &gender) ||
            slice_equals(word_at(text, name.begin), slice_of("."))))
        name.begin++;
    while (name.begin < name.end && !word_has_letters(text, name.begin))
        name.begin++;
    if (name.end > name.begin + 2 && word_is(text, name.end - 1, "s") &&
        word_is_apostrophe(text, name.end - 2))
        name.end -= 2;
    return name;
}

/* Steps over honorifics before `at`; gives where they begin. */
static uint32_t before_honorifics(const struct text *text, uint32_t begin,
                                  uint32_t at, enum gender *gender)
{
    while (at > begin) {
        uint32_t word = at - 1;
        if (word > begin && slice_equals(word_at(text, word), slice_of(".")))
            word--;
        if (!is_honorific(text, word, gender))
            break;
        at = word;
    }
    return at;
}

/* The organisation that an office is of: one named in the words, or the one
 * that a noun like "the party" stands for. */
static uint32_t body_within(const struct cast *cast, struct span within)
{
    const struct labels *labels = cast->labels;
    for (size_t i = cast_name_from(cast, within.begin);
         i < labels->names.count &&
         labels->names.items[i].tokens.begin < within.end;
         i++)
        if (labels->names.items[i].type == NAME_ORGANISATION)
            return cast->party_of_name[i];
    return PARTY_NONE;
}

/* Words of police less words of armies in the text, ranks that both have left
 * out. */
static int64_t police_words(const struct text *text)
{
    int64_t sum = 0;
    char buffer[WORD_KEY_MAX];
    for (uint32_t at = 0; at < text->tokens.count; at++) {
        bool is_said = false;
        const struct table_row *row = table_find(
            &class_table, word_key(text, (struct span){at, at + 1}, buffer));
        if (row == NULL || has_flag(row, 'r'))
            continue;
        enum actor_class class = cast_class_of_row(row, &is_said);
        sum += (class == CLASS_POLICE) - (class == CLASS_MILITARY);
    }
    return sum;
}

/* The class of a row; of a rank, by what the text speaks of. */
static enum actor_class class_of_office(const struct cast *cast,
                                        const struct table_row *row,
                                        bool *is_said)
{
    if (has_flag(row, 'r') && cast->police_words != 0) {
        *is_said = true;
        return cast->police_words > 0 ? CLASS_POLICE : CLASS_MILITARY;
    }
    return cast_class_of_row(row, is_said);
}

/* Takes an office found at `place` of `words` over to the party. */
static void take_office(const struct cast *cast, struct party *party,
                        const struct table_row *row, struct span place,
                        struct span words)
{
    struct span rest;
    bool is_said = false;
    enum actor_class class = class_of_office(cast, row, &is_said);
    uint32_t body = body_within(cast, words);
    if (span_is_empty(party->title)) {
        party->title = place;
        party->of = body;
    }
    if (!is_said && body != PARTY_NONE && cast->parties.items[body].has_class) {
        class = cast->parties.items[body].class;
        is_said = true;
    }
    if (!is_said) {
        const struct table_row *generic = last_row(
            cast->text, (struct span){place.end, words.end}, 'g', &rest);
        if (generic == NULL)
            generic =
                last_row(cast->text, (struct span){words.begin, place.begin},
                         'g', &rest);
        if (generic != NULL)
            class = cast_class_of_row(generic, &is_said);
    }
    if (is_said && !party->has_class) {
        party->class = class;
        party->has_class = true;
    }
}

static bool ends_phrase(const struct text *text, uint32_t token)
{
    struct slice word = word_at(text, token);
    return !word_has_letters(text, token) && word.length == 1 &&
           strchr(",.;:()!?\"", word.data[0]) != NULL;
}

/* "boss" of "Public Safety boss", "Cabinet Secretary" of "Cabinet Secretary
 * for Public Safety": a title at the end, or with its field behind it. */
static const struct table_row *title_of(const struct text *text,
                                        struct span words, struct span *place)
{
    const struct table_row *row = last_row(text, words, 't', place);
    if (row == NULL || place->end == words.end)
        return row;
    if (word_kinds(text, place->end) & WORD_PREPOSITION)
        return row;
    for (uint32_t at = place->end; at < words.end; at++)
        if (!word_is_capital(text, at))
            return NULL;
    return row;
}

/* "The Commandant-General, Mr Boit", "party spokesman Odanga", "The Speaker
 * (Hon. Golicha". */
static void classify_before(const struct cast *cast, struct party *party,
                            struct span name)
{
    const struct text *text = cast->text;
    uint32_t least = name.begin > BEFORE_MAX ? name.begin - BEFORE_MAX : 0;
    uint32_t end = before_honorifics(text, least, name.begin, &party->gender);
    struct span place;
    bool is_apart =
        end > least && (slice_equals(word_at(text, end - 1), slice_of(",")) ||
                        slice_equals(word_at(text, end - 1), slice_of("(")));
    if (is_apart)
        end--;
    uint32_t begin = end;
    while (begin > least && !ends_phrase(text, begin - 1))
        begin--;
    struct span words = {begin, end};
    const struct table_row *row = title_of(text, words, &place);
    if (row != NULL)
        take_office(cast, party, row, place, words);
    else if (!is_apart && !party->has_class &&
             (row = last_row(text, words, 'g', &place)) != NULL &&
             place.end == end)
        party->class = cast_class_of_row(row, &party->has_class);
}

/* A signature: the name alone on its line, the office on the next. */
static void classify_signature(const struct cast *cast, struct party *party,
                               struct span name)
{
    const struct text *text = cast->text;
    struct span place;
    size_t at = text_paragraph_of(text, name.begin);
    struct span line = text->paragraphs.items[at];
    if (name.end != line.end || name.begin > line.begin + 2 ||
        at + 1 >= text->paragraphs.count)
        return;
    struct span next = text->paragraphs.items[at + 1];
    if (next.end - next.begin > SIGNATURE_MAX)
        return;
    const struct table_row *row = last_row(text, next, 't', &place);
    if (row != NULL)
        take_office(cast, party, row, place, next);
}

/* "X, a spokesman for the party," and "X (Njoro, LDA)". */
static void classify_after(const struct cast *cast, struct party *party,
                           struct span name)
{
    const struct text *text = cast->text;
    uint32_t most = (uint32_t)text->tokens.count;
    uint32_t begin = name.end + 1;
    struct span place = {0, 0};
    if (begin >= most)
        return;
    most = most - begin > AFTER_MAX ? begin + AFTER_MAX : most;
    struct slice mark = word_at(text, name.end);
    bool is_bracket = slice_equals(mark, slice_of("("));
    if (!is_bracket && !slice_equals(mark, slice_of(",")))
        return;
    uint32_t end = begin;
    while (end < most &&
           (!ends_phrase(text, end) ||
            (is_bracket && !slice_equals(word_at(text, end), slice_of(")")))))
        end++;
    struct span words = {begin, end};
    uint32_t body = body_within(cast, words);
    if (is_bracket && body != PARTY_NONE &&
        cast->parties.items[body].has_class && !party->has_class) {
        party->class = cast->parties.items[body].class;
        party->has_class = true;
        party->of = body;
        return;
    }
    if (span_is_empty(words) || word_kinds(text, begin) & WORD_RELATIVE)
        return;
    struct span phrase = phrase_after(text, begin, end);
    uint32_t head = phrase_head(text, phrase);
    if (span_is_empty(phrase))
        return;
    const struct table_row *row =
        last_row(text, (struct span){phrase.begin, head + 1}, 't', &place);
    if (row != NULL)
        take_office(cast, party, row, place, words);
}

static void classify_body(const struct text *text, struct party *party)
{
    struct span place;
    struct span head = party->name;
    for (uint32_t at = head.begin + 1; at < party->name.end; at++)
        if (word_is(text, at, "of") && head.end == party->name.end)
            head.end = at;
    const struct table_row *row = last_row(text, head, 'n', &place);
    if (row == NULL)
        row = last_row(text, party->name, 'n', &place);
    if (row != NULL)
        party->class = cast_class_of_row(row, &party->has_class);
}

void cast_classify(struct cast *cast)
{
    const struct labels *labels = cast->labels;
    cast->police_words = police_words(cast->text);
    for (size_t i = 0; i < cast->parties.count; i++)
        if (cast->parties.items[i].type == ACTOR_ORGANISATION)
            classify_body(cast->text, &cast->parties.items[i]);
    for (size_t i = 0; i < labels->names.count; i++) {
        if (cast->party_of_name[i] == PARTY_NONE)
            continue;
        struct party *party = &cast->parties.items[cast->party_of_name[i]];
        if (party->type != ACTOR_PERSON)
            continue;
        classify_before(cast, party, labels->names.items[i].tokens);
        classify_after(cast, party, labels->names.items[i].tokens);
        classify_signature(cast, party, labels->names.items[i].tokens);
    }
    for (size_t i = 0; i < cast->parties.count; i++) {
        struct party *party = &cast->parties.items[i];
        if (party->type == ACTOR_PERSON && !party->has_class)
            party->class = CLASS_CIVILIANS;
    }
}

void cast_classify_staff(struct cast *cast, uint32_t issuer)
{
    const struct party *body = &cast->parties.items[issuer];
    for (size_t i = 0; i < cast->parties.count; i++) {
        struct party *party = &cast->parties.items[i];
        if (party->type != ACTOR_PERSON || party->has_class ||
            span_is_empty(party->title) || party->of != PARTY_NONE)
            continue;
        party->of = issuer;
        party->class = body->class;
        party->has_class = body->has_class;
    }
}

static void take_class(struct cast *cast, uint32_t person,
                       enum actor_class class)
{
    struct party *party = &cast->parties.items[person];
    if (party->type != ACTOR_PERSON || party->has_class)
        return;
    party->class = class;
    party->has_class = true;
}

/* "The Speaker (Hon. Golicha):" opens turns of a parliament. */
static bool is_parliament(const struct cast *cast)
{
    const struct text *text = cast->text;
    for (size_t i = 0; i < text->labels.count; i++) {
        struct span name = text_tokens_in(text, text->labels.items[i].name);
        for (uint32_t at = name.begin; at < name.end; at++)
            if (word_is(text, at, "speaker") &&
                (at + 1 >= name.end || !word_is(text, at + 1, "of")))
                return true;
    }
    return false;
}

void cast_classify_places(struct cast *cast, uint32_t issuer, bool is_press)
{
    const struct labels *labels = cast->labels;
    const struct text *text = cast->text;
    bool is_debate = is_parliament(cast);
    size_t label = 0;
    for (size_t i = 0; i < labels->names.count; i++) {
        struct span tokens = labels->names.items[i].tokens;
        struct span bytes = text_bytes_of(text, tokens);
        uint32_t person = cast->party_of_name[i];
        while (label < text->labels.count &&
               text->labels.items[label].name.end <= bytes.begin)
            label++;
        if (person == PARTY_NONE)
            continue;
        if (is_debate && label < text->labels.count &&
            span_contains(text->labels.items[label].name, bytes))
            take_class(cast, person, CLASS_PARLIAMENT);
        if (text_part_of(text, tokens.begin) != PART_BYLINE)
            continue;
        if (issuer != PARTY_NONE &&
            cast->parties.items[issuer].type == ACTOR_ORGANISATION)
            take_class(cast, person, cast->parties.items[issuer].class);
        else if (is_press)
            take_class(cast, person, CLASS_MEDIA);
    }
}

void cast_classify_phrase(struct cast *cast, struct party *party)
{
    const struct text *text = cast->text;
    struct span place;
    uint32_t head = phrase_head(text, party->name);
    struct span words = {party->name.begin, head + 1};
    const struct table_row *row = last_row(text, words, 't', &place);
    bool is_plural = phrase_is_plural(text, party->name);
    party->type = is_plural ? ACTOR_GROUP : ACTOR_PERSON;
    party->confidence = 0.5f; /* nothing was measured of phrases yet */
    party->class = CLASS_CIVILIANS;
    if (!is_plural && head < text->tokens.count)
        party->gender = cast_noun_gender(text, head);
    if (row != NULL && place.end == head + 1) {
        take_office(cast, party, row, place, party->name);
        return;
    }
    row = cast_class_row(text, party->name, 'k');
    if (row == NULL) {
        row = last_row(text, words, 'g', &place);
        if (row != NULL)
            party->class = cast_class_of_row(row, &party->has_class);
        return;
    }
    party->class = cast_class_of_row(row, &party->has_class);
    party->type = ACTOR_ORGANISATION;
}
