/*
 * word.c - see word.h. English function words are ASCII, so tables are
 * looked up in ASCII lower case; names are compared in Unicode lower case.
 */
#include <utf8proc.h>

#include "utf8.h"
#include "word.h"

static char lower(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte - 'A' + 'a');
    return byte;
}

static uint32_t kind_of_letter(char letter)
{
    static const char letters[] = "dhpPxsorcnvu123i";
    const char *at = strchr(letters, letter);
    return at == NULL ? 0 : 1u << (at - letters);
}

uint32_t word_kinds(const struct text *text, uint32_t token)
{
    char buffer[WORD_KEY_MAX];
    struct slice key = word_key(text, (struct span){token, token + 1}, buffer);
    const struct table_row *row = table_find(&word_table, key);
    uint32_t kinds = 0;
    if (row != NULL)
        for (const char *at = row->columns[0]; *at != '\0'; at++)
            kinds |= kind_of_letter(*at);
    return kinds;
}

bool word_is(const struct text *text, uint32_t token, const char *word)
{
    struct slice bytes = word_at(text, token);
    size_t i = 0;
    while (i < bytes.length && word[i] != '\0' &&
           lower(bytes.data[i]) == word[i])
        i++;
    return i == bytes.length && word[i] == '\0';
}

static utf8proc_category_t category(const struct text *text, uint32_t token)
{
    uint32_t point = utf8_at(word_at(text, token), 0).code_point;
    if (point == UTF8_INVALID)
        return UTF8PROC_CATEGORY_CN;
    return utf8proc_category((utf8proc_int32_t)point);
}

bool word_has_letters(const struct text *text, uint32_t token)
{
    utf8proc_category_t kind = category(text, token);
    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

bool word_is_capital(const struct text *text, uint32_t token)
{
    utf8proc_category_t kind = category(text, token);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool word_is_all_capitals(const struct text *text, uint32_t token)
{
    struct slice bytes = word_at(text, token);
    size_t capitals = 0;
    for (size_t at = 0; at < bytes.length;) {
        struct utf8 unit = utf8_at(bytes, at);
        if (unit.code_point == UTF8_INVALID ||
            utf8proc_category((utf8proc_int32_t)unit.code_point) !=
                UTF8PROC_CATEGORY_LU)
            return false;
        capitals++;
        at += unit.length;
    }
    return capitals >= 2;
}

bool word_is_quotation_mark(const struct text *text, uint32_t token)
{
    static const char *const marks[] = {"\"", "'", "`", "´", "“", "”",
                                        "„",  "‟", "‘", "’", "‚", "‛",
                                        "«",  "»", "‹", "›"};
    struct slice word = word_at(text, token);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (slice_equals(word, slice_of(marks[i])))
            return true;
    return false;
}

bool word_is_glued(const struct text *text, uint32_t token)
{
    return token > 0 &&
           text->tokens.items[token - 1].end == text->tokens.items[token].begin;
}

bool word_is_apostrophe(const struct text *text, uint32_t token)
{
    struct slice word = word_at(text, token);
    return word_is_glued(text, token) &&
           (slice_equals(word, slice_of("'")) ||
            slice_equals(word, slice_of("’"))) &&
           word_has_letters(text, token - 1);
}

/* Adds a token to the key of those before; false where it has no room. */
static bool add_token(const struct text *text, uint32_t token, bool is_first,
                      struct slice *key, char buffer[WORD_KEY_MAX])
{
    struct slice word = word_at(text, token);
    bool is_apart = !is_first && !word_is_glued(text, token);
    if (key->length + word.length + is_apart > WORD_KEY_MAX)
        return false;
    if (is_apart)
        buffer[key->length++] = ' ';
    if (slice_equals(word, slice_of("’")))
        word = slice_of("'");
    for (size_t i = 0; i < word.length; i++)
        buffer[key->length++] = lower(word.data[i]);
    return true;
}

struct slice word_key(const struct text *text, struct span tokens,
                      char buffer[WORD_KEY_MAX])
{
    struct slice key = {buffer, 0};
    for (uint32_t token = tokens.begin; token < tokens.end; token++)
        if (!add_token(text, token, token == tokens.begin, &key, buffer))
            return (struct slice){buffer, 0};
    return key;
}

enum { PHRASE_MAX = TABLE_ENDS_MAX };

const struct table_row *word_phrase(const struct text *text,
                                    const struct table *table, uint32_t begin,
                                    uint32_t end, uint32_t *length)
{
    char buffer[WORD_KEY_MAX];
    size_t ends[PHRASE_MAX];
    struct slice key = {buffer, 0};
    uint32_t count = 0;
    while (count < PHRASE_MAX && count < end - begin &&
           add_token(text, begin + count, count == 0, &key, buffer))
        ends[count++] = key.length;
    const struct table_row *row = table_longest(table, buffer, ends, &count);
    *length = row == NULL ? 1 : count;
    return row;
}

const struct table_row *word_phrase_before(const struct text *text,
                                           const struct table *table,
                                           uint32_t begin, uint32_t end,
                                           uint32_t *length)
{
    char buffer[WORD_KEY_MAX];
    uint32_t most = end - begin < PHRASE_MAX ? end - begin : PHRASE_MAX;
    for (uint32_t count = most; count > 0; count--) {
        struct span tokens = {end - count, end};
        const struct table_row *row =
            table_find(table, word_key(text, tokens, buffer));
        *length = count;
        if (row != NULL)
            return row;
    }
    return NULL;
}

uint64_t word_hash(const struct text *text, struct span tokens, char tag)
{
    /* FNV-1a, 64 bits. */
    uint64_t hash =
        (14695981039346656037u ^ (unsigned char)tag) * 1099511628211u;
    for (uint32_t token = tokens.begin; token < tokens.end; token++) {
        struct slice word = word_at(text, token);
        if (!word_has_letters(text, token))
            continue;
        for (size_t at = 0; at < word.length;) {
            struct utf8 unit = utf8_at(word, at);
            uint32_t point = unit.code_point;
            if (point != UTF8_INVALID)
                point = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
            hash = (hash ^ point) * 1099511628211u;
            at += unit.length;
        }
        hash = (hash ^ ' ') * 1099511628211u;
    }
    return hash;
}

uint32_t word_head_of_body(const struct text *text, uint32_t first,
                           uint32_t last)
{
    for (uint32_t at = first + 1; at < last; at++)
        if (word_is(text, at, "of") || word_is(text, at, "for"))
            return at - 1;
    return last;
}
