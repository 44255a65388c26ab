/*
 * time_lex.c - see time_lex.h.
 */
#include "time_lex.h"

#include "token.h"
#include "word.h"

enum { DIGITS_MOST = 9 };

/* The figure that a byte stands for, 10 for none. */
static unsigned figure_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return (unsigned)(byte - '0');
    if (byte == 'O')
        return 0;
    return byte == 'l' || byte == 'I' ? 1 : 10;
}

static bool is_figure(char byte) { return byte >= '0' && byte <= '9'; }

/* How many bytes at the head of the word are figures; letters that scans have
 * for them count where the word has a figure too and no other letter. */
static size_t figures_of(struct slice word, bool *is_scanned)
{
    size_t plain = 0;
    size_t all = 0;
    bool has_figure = false;
    while (plain < word.length && is_figure(word.data[plain]))
        plain++;
    while (all < word.length && figure_of(word.data[all]) < 10)
        has_figure |= is_figure(word.data[all++]);
    *is_scanned = plain < all && has_figure && all == word.length;
    return *is_scanned ? all : plain;
}

static char mark_of(const struct text *text, uint32_t token)
{
    uint32_t code = token_code(text, token);
    if (code == 0xAD || code == 0x2212 || (code >= 0x2010 && code <= 0x2015))
        return '-';
    if (code == 0x2018 || code == 0x2019 || code == 0x2BC || code == '`')
        return '\'';
    return code < 0x80 ? (char)code : '\0';
}

/* Whether the letters behind figures are an ending of theirs. */
static unsigned ending_of(struct slice word, size_t digits)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "er"};
    struct slice rest = {word.data + digits, word.length - digits};
    if (rest.length == 1 && (rest.data[0] | 32) == 's' && digits >= 2)
        return LEXEME_PLURAL;
    if (rest.length != 2 || digits > 2)
        return 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if ((rest.data[0] | 32) == endings[i][0] &&
            (rest.data[1] | 32) == endings[i][1])
            return LEXEME_ORDINAL;
    return 0;
}

static struct lexeme number_of(const struct text *text, uint32_t token,
                               size_t digits, bool is_scanned)
{
    struct span bytes = text->tokens.items[token];
    struct slice word = slice_at(text->bytes, bytes);
    struct lexeme made = {.token = token, .kind = LEXEME_NUMBER};
    made.digits = (uint8_t)(digits < 255 ? digits : 255);
    for (size_t i = 0; i < digits && i < DIGITS_MOST; i++)
        made.number = made.number * 10 + figure_of(word.data[i]);
    unsigned ending = ending_of(word, digits);
    made.flags = (uint8_t)(ending | (is_scanned ? LEXEME_SCANNED : 0u));
    if (ending == 0)
        bytes.end = bytes.begin + (uint32_t)digits;
    made.bytes = bytes;
    return made;
}

static struct lexeme word_of(const struct text *text, uint32_t token,
                             struct span bytes)
{
    struct slice word = slice_at(text->bytes, bytes);
    struct lexeme made = {.bytes = bytes, .token = token, .kind = LEXEME_WORD};
    char lower[WORD_KEY_MAX];
    bool has_small = false;
    if (word.length > sizeof lower)
        return made;
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.data[i];
        bool is_large = byte >= 'A' && byte <= 'Z';
        has_small |= byte >= 'a' && byte <= 'z';
        lower[i] = is_large ? (char)(byte | 32) : byte;
    }
    if (word.data[0] >= 'A' && word.data[0] <= 'Z')
        made.flags =
            (uint8_t)(LEXEME_CAPITAL |
                      (has_small || word.length < 2 ? 0u : LEXEME_SHOUTED));
    made.row = table_find(&time_word_table, (struct slice){lower, word.length});
    return made;
}

/* "Q3", "H1" and "FY2004": how many letters stand before the figures. */
static size_t letters_before(struct slice word)
{
    char first = (char)(word.data[0] | 32);
    if (word.length > 2 && first == 'f' && (word.data[1] | 32) == 'y' &&
        is_figure(word.data[2]))
        return 2;
    return word.length == 2 && (first == 'q' || first == 'h') &&
                   is_figure(word.data[1])
               ? 1
               : 0;
}

static unsigned gap_flags(const struct text *text, uint32_t token)
{
    if (token == 0)
        return LEXEME_BREAK;
    uint32_t end = text->tokens.items[token - 1].end;
    uint32_t begin = text->tokens.items[token].begin;
    if (end == begin)
        return LEXEME_GLUED;
    for (uint32_t at = end; at < begin; at++)
        if (text->bytes.data[at] == '\n')
            return LEXEME_BREAK;
    return 0;
}

size_t lexemes_of(const struct text *text, uint32_t token,
                  struct lexeme lexemes[LEXEME_MAX])
{
    struct span bytes = text->tokens.items[token];
    struct slice word = slice_at(text->bytes, bytes);
    size_t count = 0;
    bool is_scanned = false;
    size_t letters = letters_before(word);
    size_t figures = letters > 0 ? 0 : figures_of(word, &is_scanned);
    uint32_t split = bytes.begin + (uint32_t)letters;
    if (letters > 0) {
        lexemes[count++] =
            word_of(text, token, (struct span){bytes.begin, split});
        lexemes[count] = (struct lexeme){
            .bytes = {split, bytes.end}, .token = token, .kind = LEXEME_NUMBER};
        for (uint32_t at = split; at < bytes.end; at++)
            if (is_figure(text->bytes.data[at]) &&
                lexemes[count].digits < DIGITS_MOST) {
                lexemes[count].digits++;
                lexemes[count].number = lexemes[count].number * 10 +
                                        (unsigned)(text->bytes.data[at] - '0');
            }
        lexemes[count++].flags = LEXEME_GLUED;
    } else if (figures > 0) {
        lexemes[count++] = number_of(text, token, figures, is_scanned);
        if (lexemes[0].bytes.end < bytes.end) {
            lexemes[count] = word_of(
                text, token, (struct span){lexemes[0].bytes.end, bytes.end});
            lexemes[count++].flags |= LEXEME_GLUED;
        }
    } else if (word_has_letters(text, token)) {
        lexemes[count++] = word_of(text, token, bytes);
    } else {
        lexemes[count++] = (struct lexeme){.bytes = bytes,
                                           .token = token,
                                           .kind = LEXEME_MARK,
                                           .mark = mark_of(text, token)};
    }
    lexemes[0].flags |= (uint8_t)gap_flags(text, token);
    return count;
}

struct slice lexeme_class_name(const char *column, int32_t *value)
{
    const char *at = column;
    while (*at != '\0' && *at != ' ')
        at++;
    struct slice name = {column, (size_t)(at - column)};
    at += *at == ' ';
    bool is_below = *at == '-';
    at += is_below;
    *value = *at >= '0' && *at <= '9' ? 0 : *at;
    for (; *at >= '0' && *at <= '9'; at++)
        *value = *value * 10 + (*at - '0');
    if (is_below)
        *value = -*value;
    return name;
}

bool lexeme_class(const struct lexeme *lexeme, const char *class,
                  int32_t *value)
{
    if (lexeme->row == NULL)
        return false;
    for (size_t i = 0; i < TABLE_COLUMNS && lexeme->row->columns[i]; i++)
        if (slice_equals(lexeme_class_name(lexeme->row->columns[i], value),
                         slice_of(class)))
            return true;
    return false;
}
