/*
 * search_words.c - see search_words.h. Every word goes to FTS5 within
 * quotation marks, so that nothing a person writes is syntax unless it is
 * one of ours.
 */
#include "search_words.h"

#include <ctype.h>

#include "findings.h"
#include "name_counts.h"
#include "sql.h"
#include "suggest.h"

struct words_out {
    char *items;
    size_t count;
    size_t capacity;
};

struct parser {
    struct casefile *casefile;
    struct slice text;
    size_t at;
    struct arena *arena;
    struct words_out passages, findings, kinds, instead;
    struct search_words *found;
    bool is_joined; /* the last of `passages` wants a right side */
    bool is_out;    /* of memory: told at the end, of whatever was put */
    struct error *error;
};

static void put(struct parser *parser, struct words_out *out, struct slice text)
{
    for (size_t i = 0; i < text.length && !parser->is_out; i++)
        parser->is_out =
            !list_push(parser->arena, out, text.data[i], parser->error);
}

static void put_words(struct parser *parser, struct words_out *out,
                      const char *words)
{
    put(parser, out, slice_of(words));
}

/* Within quotation marks; those inside are doubled. */
static void put_quoted(struct parser *parser, struct words_out *out,
                       struct slice word)
{
    put_words(parser, out, "\"");
    for (size_t i = 0; i < word.length; i++) {
        struct slice byte = {word.data + i, 1};
        if (word.data[i] == '"')
            put_words(parser, out, "\"");
        put(parser, out, byte);
    }
    put_words(parser, out, "\"");
}

/* A word, or what stands within quotation marks; an asterisk after it. */
struct word {
    struct slice text;
    bool is_prefix;
    bool is_quoted;
};

static bool is_end(char byte)
{
    return isspace((unsigned char)byte) || byte == '"' || byte == '(' ||
           byte == ')' || byte == ',';
}

static bool take_word(struct parser *parser, struct word *word)
{
    const char *bytes = parser->text.data;
    size_t begin = parser->at;
    *word = (struct word){.is_quoted = bytes[begin] == '"'};
    if (word->is_quoted) {
        const char *end =
            memchr(bytes + begin + 1, '"', parser->text.length - begin - 1);
        if (end == NULL)
            return error_set(parser->error, ERROR_USAGE,
                             "a quotation mark without its other");
        word->text = (struct slice){bytes + begin + 1,
                                    (size_t)(end - bytes) - begin - 1};
        parser->at = (size_t)(end - bytes) + 1;
    } else {
        while (parser->at < parser->text.length && !is_end(bytes[parser->at]))
            parser->at++;
        word->text = (struct slice){bytes + begin, parser->at - begin};
    }
    if (parser->at < parser->text.length && bytes[parser->at] == '*' &&
        word->is_quoted)
        parser->at++, word->is_prefix = true;
    if (!word->is_quoted && word->text.length > 0 &&
        word->text.data[word->text.length - 1] == '*') {
        word->text.length--;
        word->is_prefix = true;
    }
    return true;
}

/* The best of the case's words for one that it does not have. */
struct nearest {
    const char *wanted;
    char best[128];
    size_t distance;
};

static void try_word(struct nearest *nearest, const char *word)
{
    size_t length = strlen(nearest->wanted);
    size_t allowed = length < 4 ? 0 : length < 8 ? 1 : 2;
    size_t distance = word_distance(nearest->wanted, word);
    if (distance > allowed || distance >= nearest->distance ||
        strlen(word) >= sizeof nearest->best)
        return;
    nearest->distance = distance;
    snprintf(nearest->best, sizeof nearest->best, "%s", word);
}

static bool find_nearest(struct parser *parser, const char *word,
                         struct nearest *nearest)
{
    *nearest = (struct nearest){.wanted = word, .distance = SIZE_MAX};
    struct rows rows = sql_rows(parser->casefile, QUERY_NAME_WORD_HAS,
                                parser->error, sql_text(word));
    bool is_there = rows_next(&rows);
    if (!rows_end(&rows) || is_there)
        return is_there;
    rows = sql_all_rows(parser->casefile, QUERY_NAME_WORD_ALL, parser->error);
    while (rows_next(&rows)) {
        char copy[128];
        struct slice text = rows_slice(&rows, 0);
        snprintf(copy, sizeof copy, "%.*s", (int)text.length, text.data);
        try_word(nearest, copy);
    }
    return rows_end(&rows);
}

/* A name's words, each as it is spelt in the case. */
struct name_work {
    struct parser *parser;
    struct words_out *out;
    bool has_any;
};

static bool put_name_word(void *context, const char *word)
{
    struct name_work *work = context;
    struct parser *parser = work->parser;
    struct nearest nearest;
    const char *used = word;
    if (!find_nearest(parser, word, &nearest))
        return false;
    if (nearest.best[0] != '\0') {
        used = nearest.best;
        if (parser->instead.count > 0)
            put_words(parser, &parser->instead, ", ");
        put_words(parser, &parser->instead, used);
        put_words(parser, &parser->instead, " for ");
        put_words(parser, &parser->instead, word);
    }
    if (work->has_any)
        put_words(parser, work->out, " + ");
    work->has_any = true;
    put_quoted(parser, work->out, slice_of(used));
    return true;
}

/* A word as it is, and an asterisk where it has one. */
static void put_operand(struct parser *parser, struct words_out *out,
                        const struct word *word)
{
    put_quoted(parser, out, word->text);
    if (word->is_prefix)
        put_words(parser, out, " *");
}

static bool put_name(struct parser *parser, struct words_out *out,
                     const struct word *word)
{
    struct name_work work = {.parser = parser, .out = out};
    char *name = arena_string(parser->arena, word->text, parser->error);
    if (name == NULL)
        return false;
    if (word->is_prefix) {
        put_operand(parser, out, word);
        return true;
    }
    if (!name_words(name, put_name_word, &work, parser->error))
        return false;
    if (!work.has_any)
        put_quoted(parser, out, word->text);
    return true;
}

/* Codes are one word in the index: attempted-killing. */
static void put_code(struct parser *parser, struct words_out *out,
                     const struct word *word)
{
    char code[64];
    struct word joined = *word;
    size_t length = 0;
    for (size_t i = 0; i < word->text.length && length < sizeof code; i++)
        if (word->text.data[i] != '-')
            code[length++] = word->text.data[i];
    joined.text = (struct slice){code, length};
    put_operand(parser, out, &joined);
}

/* date:2023-03, date:2023-03..2023-05 */
static bool take_dates(struct parser *parser, const struct word *word)
{
    char *first = arena_string(parser->arena, word->text, parser->error);
    char *last = first == NULL
                     ? NULL
                     : arena_take(parser->arena, word->text.length + 2, 1,
                                  parser->error);
    if (last == NULL)
        return false;
    char *dots = strstr(first, "..");
    /* '~' comes after every digit and dash: the whole month, the whole day. */
    snprintf(last, word->text.length + 2, "%s~",
             dots != NULL ? dots + 2 : first);
    if (dots != NULL)
        *dots = '\0';
    if (strspn(first, "0123456789-") != strlen(first) ||
        strspn(last, "0123456789-") + 1 != strlen(last))
        return error_set(parser->error, ERROR_USAGE,
                         "date: takes 2023, 2023-03, 2023-03-14 or two of "
                         "them with .. between");
    parser->found->first = first;
    parser->found->last = last;
    return true;
}

static bool take_status(struct parser *parser, const struct word *word)
{
    parser->found->status =
        arena_string(parser->arena, word->text, parser->error);
    return parser->found->status != NULL;
}

static bool put_value(struct parser *parser, const char *field,
                      const struct word *word)
{
    struct words_out *out = &parser->findings;
    if (strcmp(field, "who") == 0 || strcmp(field, "place") == 0)
        return put_name(parser, out, word);
    put_code(parser, out, word);
    return true;
}

static bool is_kind(const char *kind, const struct word *word)
{
    return strncasecmp(kind, word->text.data, word->text.length) == 0 &&
           (word->is_prefix || kind[word->text.length] == '\0');
}

/* A word that is no kind leaves a list of none, which finds nothing. */
static void put_kind(struct parser *parser, const struct word *word)
{
    struct words_out *out = &parser->kinds;
    if (out->count == 0)
        put_words(parser, out, " ");
    for (size_t i = 0; i < FINDING_KINDS; i++) {
        if (word->text.length > strlen(finding_kinds[i]) ||
            !is_kind(finding_kinds[i], word))
            continue;
        parser->found->kind_count++;
        put_words(parser, out, finding_kinds[i]);
        put_words(parser, out, " ");
    }
}

/* One value of a field after the other, parted by commas. */
static bool each_value(struct parser *parser, const char *field,
                       bool is_of_kinds)
{
    for (bool is_first = true;; is_first = false) {
        struct word word = {.is_quoted = false};
        if (parser->at < parser->text.length && !take_word(parser, &word))
            return false;
        if (word.text.length == 0)
            return error_set(parser->error, ERROR_USAGE, "%s: what?", field);
        if (is_of_kinds)
            put_kind(parser, &word);
        else if (!is_first)
            put_words(parser, &parser->findings, " OR ");
        if (!is_of_kinds && !put_value(parser, field, &word))
            return false;
        if (parser->at >= parser->text.length ||
            parser->text.data[parser->at] != ',')
            return true;
        parser->at++;
    }
}

static bool take_values(struct parser *parser, const char *field)
{
    struct words_out *out = &parser->findings;
    if (strcmp(field, "kind") == 0)
        return each_value(parser, field, true);
    if (out->count > 0)
        put_words(parser, out, " AND ");
    put_words(parser, out, field);
    put_words(parser, out, " : (");
    if (!each_value(parser, field, false))
        return false;
    put_words(parser, out, ")");
    return true;
}

static const char *const fields[] = {"who",  "says", "act",   "place",
                                     "kind", "date", "status"};

/* The field that begins here, or NULL; `at` is then behind its colon. */
static const char *field_at(struct parser *parser)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t length = strlen(fields[i]);
        if (parser->text.length - parser->at > length &&
            strncmp(parser->text.data + parser->at, fields[i], length) == 0 &&
            parser->text.data[parser->at + length] == ':') {
            parser->at += length + 1;
            return fields[i];
        }
    }
    return NULL;
}

static bool take_field(struct parser *parser, const char *field)
{
    struct word word;
    parser->found->has_fields = true;
    if (strcmp(field, "date") != 0 && strcmp(field, "status") != 0)
        return take_values(parser, field);
    if (parser->at >= parser->text.length)
        return error_set(parser->error, ERROR_USAGE, "%s: what?", field);
    if (!take_word(parser, &word))
        return false;
    return strcmp(field, "date") == 0 ? take_dates(parser, &word)
                                      : take_status(parser, &word);
}

/* Before the next word of a passage: AND, unless OR or NOT was said. */
static void join(struct parser *parser)
{
    if (!parser->is_joined && parser->passages.count > 0)
        put_words(parser, &parser->passages, " AND ");
    parser->is_joined = false;
}

/* NEAR(officers shot 5) */
static bool take_near(struct parser *parser)
{
    unsigned count = 0;
    struct slice distance = {"10", 2};
    const char *bytes = parser->text.data;
    join(parser);
    put_words(parser, &parser->passages, "NEAR(");
    for (;;) {
        struct word word;
        while (parser->at < parser->text.length &&
               (isspace((unsigned char)bytes[parser->at]) ||
                bytes[parser->at] == ','))
            parser->at++;
        if (parser->at >= parser->text.length)
            return error_set(parser->error, ERROR_USAGE,
                             "NEAR( without its other parenthesis");
        if (bytes[parser->at] == ')')
            break;
        size_t before = parser->at;
        if (!take_word(parser, &word))
            return false;
        if (parser->at == before)
            return error_set(parser->error, ERROR_USAGE,
                             "NEAR takes words and a number");
        bool is_number =
            !word.is_quoted && word.text.length < 4 &&
            strspn(word.text.data, "0123456789") >= word.text.length;
        if (is_number && count > 0) {
            distance = word.text;
            continue;
        }
        if (count++ > 0)
            put_words(parser, &parser->passages, " ");
        put_operand(parser, &parser->passages, &word);
    }
    parser->at++;
    if (count < 2)
        return error_set(parser->error, ERROR_USAGE, "NEAR takes two words");
    put_words(parser, &parser->passages, ", ");
    put(parser, &parser->passages, distance);
    put_words(parser, &parser->passages, ")");
    return true;
}

static bool starts(const struct parser *parser, const char *word)
{
    size_t length = strlen(word);
    return parser->text.length - parser->at >= length &&
           strncmp(parser->text.data + parser->at, word, length) == 0;
}

/* A word of the passage, or what joins two. */
static bool take_plain(struct parser *parser)
{
    struct word word;
    const char *operator= NULL;
    if (starts(parser, "NEAR(")) {
        parser->at += strlen("NEAR(");
        return take_near(parser);
    }
    if (starts(parser, "OR "))
        operator= " OR ";
    else if (starts(parser, "-") || starts(parser, "NOT "))
        operator= " NOT ";
    if (operator!= NULL && parser->passages.count> 0 && !parser->is_joined) {
        parser->at += starts(parser, "-") ? 1 : strlen(operator) - 1;
        parser->is_joined = true;
        put_words(parser, &parser->passages, operator);
        return true;
    }
    size_t before = parser->at;
    if (!take_word(parser, &word))
        return false;
    if (parser->at == before) {
        parser->at++; /* a lone parenthesis or comma says nothing */
        return true;
    }
    if (word.text.length > 0) {
        join(parser);
        put_operand(parser, &parser->passages, &word);
    }
    return true;
}

static bool finish(struct parser *parser)
{
    struct {
        struct words_out *from;
        const char **to;
    } pairs[] = {{&parser->passages, &parser->found->passages},
                 {&parser->findings, &parser->found->findings},
                 {&parser->kinds, &parser->found->kinds},
                 {&parser->instead, &parser->found->instead}};
    if (parser->is_out)
        return false;
    if (parser->is_joined)
        return error_set(parser->error, ERROR_USAGE,
                         "a word is missing at the end");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i].from->count == 0)
            continue;
        *pairs[i].to = arena_string(
            parser->arena,
            (struct slice){pairs[i].from->items, pairs[i].from->count},
            parser->error);
        if (*pairs[i].to == NULL)
            return false;
    }
    return parser->found->passages != NULL || parser->found->has_fields ||
           error_set(parser->error, ERROR_USAGE, "search for what?");
}

bool search_words_parse(struct casefile *casefile, const char *words,
                        struct arena *arena, struct search_words *found,
                        struct error *error)
{
    struct parser parser = {.casefile = casefile,
                            .text = slice_of(words),
                            .arena = arena,
                            .found = found,
                            .error = error};
    *found = (struct search_words){0};
    while (parser.at < parser.text.length) {
        if (isspace((unsigned char)parser.text.data[parser.at])) {
            parser.at++;
            continue;
        }
        const char *field = field_at(&parser);
        if (!(field != NULL ? take_field(&parser, field) : take_plain(&parser)))
            return false;
    }
    return finish(&parser);
}
