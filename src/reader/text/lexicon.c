/*
 * lexicon.c - from the names that the tables use to the enums of the code.
 */
#include "lexicon.h"

#include <assert.h>

#include "table.h"
#include "token.h"

/* Index of `name` among `names`, which must have it: the tables and the code
 * are built together. */
static size_t index_of(struct slice name, const char *const *names,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(name, slice_of(names[i])))
            return i;
    assert(false); /* a table has a name that is not here */
    return 0;
}

enum abbreviation abbreviation_of(struct slice word)
{
    static const char *const names[] = {"none",  "title", "inner", "number",
                                        "month", "end",   "clock"};
    const struct table_row *row = table_find(&abbreviation_table, word);
    if (row == NULL)
        return ABBREVIATION_NONE;
    return (enum abbreviation)index_of(slice_of(row->columns[0]), names,
                                       sizeof names / sizeof *names);
}

unsigned word_ways(const struct text *text, size_t token)
{
    static const char *const names[] = {
        "starter",  "pronoun", "saying",  "particle", "month",
        "weekday",  "clock",   "title",   "media",    "agency",
        "document", "office",  "speaker", "field",    "party"};
    char buffer[TOKEN_WORD_SIZE];
    if (token >= text->tokens.count)
        return 0;
    const struct table_row *row =
        table_find(&layout_table, token_lower(text, token, buffer));
    if (row == NULL)
        return 0;
    unsigned ways = 0;
    for (const char *at = row->columns[0]; *at != '\0';) {
        size_t length = strcspn(at, " ");
        ways |= 1U << index_of((struct slice){at, length}, names,
                               sizeof names / sizeof *names);
        at += length + (at[length] == ' ');
    }
    return ways;
}

enum line_head line_head_of(const struct text *text, struct span tokens,
                            uint32_t *end)
{
    static const char *const names[] = {
        "none",    "byline",   "taken",    "credit",  "caption",   "link",
        "advert",  "comment",  "dateline", "subject", "reference", "salutation",
        "closing", "receiver", "sender",   "parties", "signature"};
    enum { WORDS_MOST = 6 };
    char phrase[(TOKEN_WORD_SIZE + 1) * WORDS_MOST];
    size_t length = 0;
    enum line_head found = HEAD_NONE;
    *end = tokens.begin;
    for (uint32_t i = tokens.begin;
         i < tokens.end && i < tokens.begin + 2 * WORDS_MOST; i++) {
        char buffer[TOKEN_WORD_SIZE];
        struct slice word = token_lower(text, i, buffer);
        bool touches = i > tokens.begin && !token_has_gap(text, i);
        if (word.length == 0 || length + 1 + word.length > sizeof phrase)
            break;
        if (length > 0 && !touches)
            phrase[length++] = ' ';
        if (token_code(text, i) == 0x2019) /* ’ */
            word = slice_of("'");
        memcpy(phrase + length, word.data, word.length);
        length += word.length;
        const struct table_row *row =
            table_find(&line_head_table, (struct slice){phrase, length});
        if (row == NULL)
            continue;
        found = (enum line_head)index_of(slice_of(row->columns[0]), names,
                                         sizeof names / sizeof *names);
        *end = i + 1;
    }
    return found;
}
