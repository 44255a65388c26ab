/*
 * fold.c - see fold.h. Letters that Unicode takes apart (NFKD) lose their
 * marks; the few that it does not have a table.
 */
#include "fold.h"

#include <utf8proc.h>

#include "utf8.h"

/* A key in the making, and where its last word began. */
struct folding {
    char *key;
    size_t length;
    size_t word;
    bool is_other; /* a letter that no key has, or too long */
};

static void put(struct folding *folding, char letter)
{
    if (folding->length == FOLD_SIZE - 1)
        folding->is_other = true;
    else
        folding->key[folding->length++] = letter;
}

static void end_word(struct folding *folding)
{
    static const char *const shorter[][2] = {
        {"saint", "st"}, {"sainte", "ste"}, {"mount", "mt"}, {"fort", "ft"}};
    const size_t length = folding->length - folding->word;
    if (length == 0)
        return;
    for (size_t i = 0; i < sizeof shorter / sizeof *shorter; i++)
        if (length == strlen(shorter[i][0]) &&
            memcmp(folding->key + folding->word, shorter[i][0], length) == 0) {
            const size_t left = strlen(shorter[i][1]);
            memcpy(folding->key + folding->word, shorter[i][1], left);
            folding->length = folding->word + left;
            break;
        }
    put(folding, ' ');
    folding->word = folding->length;
}

static bool is_dropped(uint32_t code)
{
    static const uint32_t dropped[] = {'.',    '\'',  '`',   0xB4,  0x2018,
                                       0x2019, 0x2BB, 0x2BC, 0x2BF, 0x2BE};
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (code == dropped[i])
            return true;
    return false;
}

/* What a letter that NFKD leaves as it is is written as. */
static const char *letters_for(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *letters;
    } table[] = {
        {0xF8, "o"},  {0x142, "l"}, {0x111, "d"}, {0xE6, "ae"}, {0x153, "oe"},
        {0x131, "i"}, {0xFE, "th"}, {0xF0, "d"},  {0x127, "h"}, {0x167, "t"},
        {0x14B, "n"}, {0x253, "b"}, {0x257, "d"}, {0x199, "k"}, {0x259, "e"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].code == code)
            return table[i].letters;
    return NULL;
}

static bool is_word_category(uint32_t code)
{
    const utf8proc_category_t category = utf8proc_category((int32_t)code);
    return (category >= UTF8PROC_CATEGORY_LU &&
            category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND &&
            category <= UTF8PROC_CATEGORY_NO);
}

static void fold_one(struct folding *folding, uint32_t code)
{
    const char *letters = code < 0x80 ? NULL : letters_for(code);
    if (is_dropped(code))
        return;
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'))
        put(folding, (char)code);
    else if (code >= 'A' && code <= 'Z')
        put(folding, (char)(code | 32));
    else if (letters != NULL)
        for (; *letters != '\0'; letters++)
            put(folding, *letters);
    else if (code >= 0x80 && is_word_category(code))
        folding->is_other = true;
    else
        end_word(folding);
}

static void fold_beyond_ascii(struct folding *folding, uint32_t code)
{
    enum { PARTS = 32 };
    int32_t parts[PARTS];
    int last = 0;
    if (is_dropped(code))
        return;
    const utf8proc_ssize_t count =
        utf8proc_decompose_char((int32_t)code, parts, PARTS,
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                    UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD,
                                &last);
    if (count < 0 || count > PARTS)
        folding->is_other = true;
    else
        for (utf8proc_ssize_t i = 0; i < count; i++)
            fold_one(folding, (uint32_t)parts[i]);
}

size_t name_fold(struct slice name, char key[FOLD_SIZE])
{
    struct folding folding = {.key = key};
    for (size_t at = 0; at < name.length && !folding.is_other;) {
        const struct utf8 unit = utf8_at(name, at);
        if (unit.code_point < 0x80)
            fold_one(&folding, unit.code_point);
        else if (unit.code_point == UTF8_INVALID)
            end_word(&folding);
        else
            fold_beyond_ascii(&folding, unit.code_point);
        at += unit.length;
    }
    end_word(&folding);
    return folding.is_other || folding.length == 0 ? 0 : folding.length - 1;
}
