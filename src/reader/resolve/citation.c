/*
 * citation.c - see citation.h: every word that may open a citation is looked
 * at once, with the words around it; what was cited before is remembered for
 * short forms.
 */
#include "citation.h"

#include "country.h"
#include "token.h"

enum { KINDS_MOST = 24, KIND_NAME_MOST = 16 };

/* How a citation was bound to its instrument. */
enum rule {
    RULE_TABLE,   /* by a name of the table */
    RULE_COUNTRY, /* a constitution, its country named with it or elsewhere */
    RULE_NOWHERE, /* a constitution of no country that the text names */
    RULE_WRITTEN, /* by a name as it is written */
    RULE_SHORT,   /* "of the said Act" */
    RULE_BARE,    /* "section 17" alone */
    RULE_RESOLUTION,
    RULE_CASE,
};
/* Shares of right instrument and provision on the train matters of the corpus
 * (24 of 32, 9 of 10, 0 of 10, 11 of 16, 1 of 2, 1 of 1), towards the middle
 * where there were few; many of those that count as wrong have a country in
 * the gold ("Penal Code of Egypt"). The last two it does not annotate. */
static const float confidences[] = {0.75f, 0.85f, 0.2f, 0.65f,
                                    0.7f,  0.7f,  0.8f, 0.6f};

/* What a word that points back means by now. */
struct bound {
    char kind[KIND_NAME_MOST];
    struct slice instrument;
};

struct finder {
    const struct text *text;
    struct arena *arena;
    struct error *error;
    LIST(struct citation) items;
    struct bound bound[KINDS_MOST];
    size_t bound_count;
    const struct table_row *country;
    const struct table_row *other; /* where the text names none */
    bool knows_country;
    size_t waiting; /* citations from here on have no instrument yet */
};

static void bind(struct finder *finder, const char *kind,
                 struct slice instrument)
{
    size_t i = 0;
    if (strlen(kind) >= KIND_NAME_MOST)
        return;
    while (i < finder->bound_count && strcmp(finder->bound[i].kind, kind) != 0)
        i++;
    if (i == KINDS_MOST)
        return;
    if (i == finder->bound_count) {
        memcpy(finder->bound[i].kind, kind, strlen(kind) + 1);
        finder->bound_count++;
    }
    finder->bound[i].instrument = instrument;
}

static struct slice bound_to(const struct finder *finder, const char *kind)
{
    for (size_t i = 0; i < finder->bound_count; i++)
        if (strcmp(finder->bound[i].kind, kind) == 0)
            return finder->bound[i].instrument;
    return (struct slice){"", 0};
}

/* Some bytes in a row, copied; empty and false when memory is out. */
static bool join(struct finder *finder, const struct slice *parts, size_t count,
                 struct slice *joined)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].length;
    char *bytes = arena_take(finder->arena, length, 1, finder->error);
    if (bytes == NULL)
        return false;
    *joined = (struct slice){bytes, length};
    for (size_t i = 0; i < count; i++) {
        memcpy(bytes, parts[i].data, parts[i].length);
        bytes += parts[i].length;
    }
    return true;
}

static const struct table_row *country_here(struct finder *finder)
{
    if (!finder->knows_country)
        finder->country = country_of_text(finder->text);
    if (finder->country == NULL)
        finder->country = finder->other;
    finder->knows_country = true;
    return finder->country;
}

/* "Constitution of Kenya"; with the year where the words give one that is not
 * that of the constitution in force. */
static bool name_constitution(struct finder *finder, struct span tokens,
                              struct slice *name)
{
    const struct text *text = finder->text;
    const struct table_row *country = NULL;
    struct slice year = {"", 0};
    for (uint32_t at = tokens.begin; at < tokens.end; at++) {
        uint32_t length;
        const struct table_row *row = country_at(text, at, tokens.end, &length);
        struct slice word = word_at(text, at);
        if (row != NULL)
            country = row;
        if (word.length == 4 && token_flags(text, at) & CHARACTER_NUMBER)
            year = word;
    }
    if (country == NULL)
        country = country_here(finder);
    if (country == NULL) {
        *name = slice_of("Constitution");
        return true;
    }
    bool is_old =
        year.length > 0 && !slice_equals(year, slice_of(country->columns[1]));
    struct slice parts[] = {slice_of("Constitution of "),
                            slice_of(country->columns[0]), slice_of(" ("), year,
                            slice_of(")")};
    return join(finder, parts, is_old ? 5 : 2, name);
}

static char title_case(char byte, bool is_first)
{
    return !is_first && byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a')
                                                   : byte;
}

/* The words with one space between them; a name all in capitals as names are
 * written. */
static bool name_as_written(struct finder *finder, struct span tokens,
                            struct slice *name)
{
    const struct text *text = finder->text;
    struct span bytes = text_bytes_of(text, tokens);
    char *out =
        arena_take(finder->arena, bytes.end - bytes.begin, 1, finder->error);
    bool is_capitals = tokens.end - tokens.begin > 1;
    size_t length = 0;
    if (out == NULL)
        return false;
    for (uint32_t at = tokens.begin; at < tokens.end; at++)
        is_capitals &= !(token_flags(text, at) & CHARACTER_LETTER) ||
                       token_is_capitals(text, at);
    for (uint32_t at = tokens.begin; at < tokens.end; at++) {
        struct slice word = word_at(text, at);
        bool is_small = word_is(text, at, "of") || word_is(text, at, "the") ||
                        word_is(text, at, "and") || word_is(text, at, "on");
        if (at > tokens.begin && !word_is_glued(text, at))
            out[length++] = ' ';
        for (size_t i = 0; i < word.length; i++)
            out[length++] = is_capitals
                                ? (is_small && word.data[0] < 'a'
                                       ? (char)(word.data[i] | 0x20)
                                       : title_case(word.data[i], i == 0))
                                : word.data[i];
    }
    *name = (struct slice){out, length};
    return true;
}

/* The name under which an instrument goes; empty where a short form points
 * to nothing. */
static bool name_instrument(struct finder *finder,
                            const struct instrument *instrument,
                            struct slice *name, enum rule *rule)
{
    *rule = RULE_TABLE;
    if (instrument->canonical != NULL) {
        *name = slice_of(instrument->canonical);
    } else if (strcmp(instrument->kind, "constitution") == 0) {
        if (!name_constitution(finder, instrument->tokens, name))
            return false;
        *rule = slice_equals(*name, slice_of("Constitution")) ? RULE_NOWHERE
                                                              : RULE_COUNTRY;
    } else if (instrument->is_short) {
        *rule = RULE_SHORT;
        *name = bound_to(finder, instrument->kind);
        return true;
    } else {
        *rule = RULE_WRITTEN;
        if (!name_as_written(finder, instrument->tokens, name))
            return false;
    }
    bind(finder, instrument->kind, *name);
    return true;
}

static bool add(struct finder *finder, struct span tokens, struct slice name,
                struct slice provision, enum rule rule)
{
    if (text_is_unread(finder->text, tokens.begin))
        return true;
    struct citation made = {.span = text_bytes_of(finder->text, tokens),
                            .instrument = name,
                            .confidence = confidences[rule]};
    return join(finder, &provision, 1, &made.provision) &&
           list_push(finder->arena, &finder->items, made, finder->error);
}

static bool is_mark(const struct text *text, uint32_t at, uint32_t end,
                    const char *mark)
{
    return at < end && slice_equals(word_at(text, at), slice_of(mark));
}

/* The instrument behind a provision: "of the Penal Code", "PPC", ", Penal
 * Code". */
static struct instrument instrument_behind(const struct text *text, uint32_t at,
                                           uint32_t end)
{
    static const char *const links[] = {"of", "to", "in", "under", "from"};
    bool is_linked = false;
    at += is_mark(text, at, end, ",");
    for (size_t i = 0; i < sizeof links / sizeof *links && at < end; i++)
        is_linked |= word_is(text, at, links[i]);
    struct instrument found = instrument_at(text, at + is_linked, end);
    bool is_none =
        !is_linked && (found.is_short || at >= end || found.tokens.begin > at);
    if (is_none || (found.canonical != NULL && found.kind[0] == 'b'))
        found.tokens.end = found.tokens.begin;
    return found;
}

/* The instrument before it: "the Constitution, Article 49", "Penal Code (s.
 * 203)". */
static struct instrument instrument_ahead(const struct text *text,
                                          uint32_t begin, uint32_t at)
{
    if (at > begin &&
        (is_mark(text, at - 1, at, ",") || is_mark(text, at - 1, at, "(")))
        at--;
    else if (at > begin + 1 && word_is(text, at - 1, "s") &&
             word_is_apostrophe(text, at - 2))
        at -= 2;
    struct instrument found = instrument_before(text, begin, at);
    if (found.canonical != NULL && found.kind[0] == 'b')
        found.tokens.end = found.tokens.begin;
    return found;
}

/* Whether the words at `at` join a provision to the next one: "read with
 * section 4", "in conjunction with Article 314". */
static bool is_joined(const struct text *text, uint32_t at, uint32_t end)
{
    enum { WORDS_MOST = 4 };
    uint32_t length;
    for (uint32_t next = at; next < end && next - at < WORDS_MOST; next++) {
        const struct table_row *row = law_word_at(text, next, end, &length);
        if (row != NULL)
            return next > at && row->columns[0][0] == 'h';
        if (!word_is(text, next, "and") && !word_is(text, next, "or") &&
            !word_is(text, next, "read") && !word_is(text, next, "with") &&
            !word_is(text, next, "in") && !word_is(text, next, "conjunction") &&
            !word_is(text, next, "together"))
            return false;
    }
    return false;
}

/* Gives the provisions that wait for an instrument this one. */
static void settle_waiting(struct finder *finder, struct slice name,
                           enum rule rule)
{
    for (size_t i = finder->waiting; i < finder->items.count; i++)
        if (finder->items.items[i].instrument.length == 0) {
            finder->items.items[i].instrument = name;
            finder->items.items[i].confidence = confidences[rule];
        }
    finder->waiting = finder->items.count;
}

static void drop_waiting(struct finder *finder)
{
    size_t kept = finder->waiting;
    for (size_t i = finder->waiting; i < finder->items.count; i++)
        if (finder->items.items[i].instrument.length > 0)
            finder->items.items[kept++] = finder->items.items[i];
    finder->items.count = finder->waiting = kept;
}

/* Where the words for a provision stand: "Article" of "Article 7(1)". */
struct head {
    struct span paragraph;
    uint32_t begin;
    const struct table_row *row;
    struct provision provision;
};

static struct slice numbers_of(const struct head *head)
{
    return (struct slice){head->provision.words, head->provision.length};
}

/* A provision with no instrument beside it. `*next` is where to go on. */
static bool add_bare(struct finder *finder, const struct head *head)
{
    const struct text *text = finder->text;
    bool is_head = head->row->columns[0][0] == 'h';
    struct span tokens = {head->begin, head->provision.end};
    const char *prefix = head->row->columns[1];
    struct slice name = {"", 0};
    if (is_head && is_joined(text, tokens.end, head->paragraph.end))
        return add(finder, tokens, name, numbers_of(head), RULE_BARE);
    if (is_head)
        name =
            bound_to(finder, head->row->key[0] == 'a' ? "article" : "section");
    /* In Kenya, Chapter Six is that of the Constitution on integrity. */
    if (slice_equals(numbers_of(head), slice_of("Chapter 6")) &&
        prefix[0] == 'C' &&
        !(token_flags(text, tokens.end - 1) & CHARACTER_NUMBER) &&
        country_here(finder) != NULL &&
        strcmp(finder->country->columns[0], "Kenya") == 0)
        name = slice_of("Constitution of Kenya");
    if (name.length == 0)
        return true;
    return add(finder, tokens, name, numbers_of(head), RULE_BARE);
}

/* More provisions behind one without a word for them: "and 13-D Arms
 * Ordinance". */
static bool add_following(struct finder *finder, struct span paragraph,
                          uint32_t *at)
{
    const struct text *text = finder->text;
    uint32_t next = *at + is_mark(text, *at, paragraph.end, ",");
    if (next < paragraph.end && word_is(text, next, "and"))
        next++;
    if (next == *at)
        return true;
    struct provision provision =
        provision_at(text, next, paragraph.end, true, "-");
    struct slice numbers = {provision.words, provision.length};
    struct instrument behind =
        instrument_behind(text, provision.end, paragraph.end);
    struct slice name;
    enum rule rule;
    if (provision.end == next || span_is_empty(behind.tokens) ||
        behind.tokens.begin != provision.end || behind.is_short)
        return true;
    *at = behind.tokens.end;
    return name_instrument(finder, &behind, &name, &rule) &&
           add(finder, (struct span){next, *at}, name, numbers, rule);
}

/* A provision, with what is cited of it; `*next` is where to go on. */
static bool add_provision(struct finder *finder, const struct head *head,
                          uint32_t *next)
{
    const struct text *text = finder->text;
    struct span tokens = {head->begin, head->provision.end};
    struct instrument found =
        instrument_behind(text, tokens.end, head->paragraph.end);
    bool is_behind = !span_is_empty(found.tokens);
    struct slice name;
    enum rule rule;
    *next = tokens.end;
    if (is_behind)
        *next = tokens.end =
            instrument_year_end(text, found.tokens.end, head->paragraph.end);
    else
        found = instrument_ahead(text, head->paragraph.begin, head->begin);
    if (span_is_empty(found.tokens))
        return add_bare(finder, head);
    if (!is_behind)
        tokens.begin = found.tokens.begin;
    if (!name_instrument(finder, &found, &name, &rule))
        return false;
    if (name.length == 0)
        return true;
    if (head->row->columns[0][0] == 'h')
        bind(finder, head->row->key[0] == 'a' ? "article" : "section", name);
    settle_waiting(finder, name, rule);
    if (!add(finder, tokens, name, numbers_of(head), rule))
        return false;
    finder->waiting = finder->items.count;
    return !is_behind || add_following(finder, head->paragraph, next);
}

/* "1325 (2000)", "26/12" at `at`: *end is behind it; false for a plain small
 * number without a body that resolves. */
static bool add_resolution(struct finder *finder, struct span paragraph,
                           uint32_t at, uint32_t *end)
{
    const struct text *text = finder->text;
    struct instrument body = instrument_before(text, paragraph.begin, at);
    uint32_t begin = span_is_empty(body.tokens) ? at : body.tokens.begin;
    uint32_t next = at + 1;
    next += next < paragraph.end && word_is(text, next, "no");
    next += is_mark(text, next, paragraph.end, ".");
    struct provision number =
        provision_at(text, next, paragraph.end, false, "-");
    bool is_plain = memchr(number.words, '/', number.length) == NULL;
    *end = number.end;
    if (number.end == next)
        return true;
    uint32_t after = instrument_year_end(text, number.end, paragraph.end);
    if (is_mark(text, number.end, paragraph.end, "(") &&
        is_mark(text, number.end + 2, paragraph.end, ")"))
        after = number.end + 3;
    struct instrument behind = instrument_at(text, after + 1, paragraph.end);
    if (after < paragraph.end && word_is(text, after, "of") &&
        behind.canonical != NULL)
        body = behind;
    if (body.canonical == NULL || body.kind[0] != 'b') {
        if (is_plain && after == number.end)
            return true;
        body.canonical = NULL;
        begin = at;
    }
    struct slice parts[] = {
        slice_of(body.canonical == NULL ? "" : body.canonical),
        slice_of(body.canonical == NULL ? "resolution " : " resolution "),
        {number.words, number.length}};
    struct slice name;
    *end = after;
    return join(finder, parts, 3, &name) &&
           add(finder, (struct span){begin, after}, name, slice_of(""),
               RULE_RESOLUTION);
}

/* "Okoro v Attorney General": the names on both sides, which stand in one
 * line. */
static bool add_case(struct finder *finder, struct span paragraph, uint32_t at,
                     uint32_t *end)
{
    enum { SIDE_MOST = 8 };
    const struct text *text = finder->text;
    uint32_t first = at;
    uint32_t right = at + 1 + is_mark(text, at + 1, paragraph.end, ".");
    uint32_t last = right;
    *end = at + 1;
    while (first > paragraph.begin && at - first < SIDE_MOST &&
           (word_is_capital(text, first - 1) ||
            (word_is(text, first - 1, "of") && first < at) ||
            (word_is(text, first - 1, "and") && first < at)))
        first--;
    while (first < at &&
           (!word_is_capital(text, first) || word_kinds(text, first) != 0))
        first++;
    while (last < paragraph.end && last - right < SIDE_MOST &&
           (word_is_capital(text, last) ||
            (last > right && last + 1 < paragraph.end &&
             word_is(text, last, "of") && word_is_capital(text, last + 1))))
        last++;
    if (first == at || last == right || word_at(text, first).length < 2 ||
        word_at(text, right).length < 2)
        return true;
    struct slice left_name, right_name, name;
    if (!name_as_written(finder, (struct span){first, at}, &left_name) ||
        !name_as_written(finder, (struct span){right, last}, &right_name))
        return false;
    struct slice parts[] = {left_name, slice_of(" v "), right_name};
    *end = last;
    return join(finder, parts, 3, &name) &&
           add(finder, (struct span){first, last}, name, slice_of(""),
               RULE_CASE);
}

/* Remembers an instrument that is named without a provision. */
static bool note_mention(struct finder *finder, struct span paragraph,
                         uint32_t at)
{
    struct instrument found =
        instrument_around(finder->text, at, paragraph.begin, paragraph.end);
    struct slice name;
    enum rule rule;
    return span_is_empty(found.tokens) || found.is_short ||
           strcmp(found.kind, "constitution") == 0 || found.kind[0] == 'b' ||
           name_instrument(finder, &found, &name, &rule);
}

/* Whether the word at `at` may stand for "section": not the s of "party's",
 * and no initial. */
static bool is_head_word(const struct text *text, uint32_t at, uint32_t length)
{
    return word_at(text, at).length > 1 || length > 2 ||
           (!word_is_capital(text, at) &&
            !(at > 0 && word_is_apostrophe(text, at - 1)));
}

static bool look_at(struct finder *finder, struct span paragraph, uint32_t at,
                    uint32_t *next)
{
    const struct text *text = finder->text;
    uint32_t length;
    const struct table_row *row = law_word_at(text, at, paragraph.end, &length);
    *next = at + 1;
    if (row == NULL)
        return true;
    switch (row->columns[0][0]) {
    case 'k':
        return !word_is_capital(text, at) ||
               note_mention(finder, paragraph, at);
    case 'r':
        return add_resolution(finder, paragraph, at, next);
    case 'v':
        return word_is_capital(text, at) || word_is_glued(text, at) ||
               add_case(finder, paragraph, at, next);
    default:
        break;
    }
    bool is_plural = strcmp(row->columns[1], "plural") == 0;
    const char *prefix = is_plural ? "-" : row->columns[1];
    struct head head = {
        .paragraph = paragraph,
        .begin = at,
        .row = row,
        .provision =
            provision_at(text, at + length, paragraph.end, is_plural, prefix),
    };
    if (head.provision.end == at + length || !is_head_word(text, at, length))
        return true;
    return add_provision(finder, &head, next);
}

bool citations_find(const struct text *text, const struct table_row *country,
                    struct arena *arena, const struct citation **items,
                    size_t *count, struct error *error)
{
    struct finder finder = {
        .text = text, .arena = arena, .error = error, .other = country};
    for (size_t i = 0; i < text->paragraphs.count; i++) {
        struct span paragraph = text->paragraphs.items[i];
        uint32_t next;
        for (uint32_t at = paragraph.begin;
             at<paragraph.end; at = next> at ? next : at + 1)
            if (!look_at(&finder, paragraph, at, &next))
                return false;
        drop_waiting(&finder);
    }
    *items = finder.items.items;
    *count = finder.items.count;
    return true;
}
