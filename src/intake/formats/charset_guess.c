/*
 * charset_guess.c - see charset.h; alone links uchardet.
 */
#include <uchardet.h>

#include "charset.h"
#include "utf8.h"

enum { GUESSED_FROM = 1 << 20 };

/* UTF-16 without its mark: of a text in Latin letters every other byte is 0,
 * which uchardet does not look for. */
static const char *guess_wide(struct slice bytes)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < bytes.length; i++)
        zeros[i % 2] += bytes.data[i] == 0;
    if (zeros[0] + zeros[1] < bytes.length / 3)
        return NULL;
    return zeros[0] > zeros[1] ? "utf-16be" : "utf-16le";
}

const char *charset_guess(struct slice bytes)
{
    static char name[64];
    if (bytes.length > GUESSED_FROM)
        bytes.length = GUESSED_FROM;
    const char *found = charset_of_mark(bytes);
    if (found == NULL)
        found = guess_wide(bytes);
    if (found != NULL)
        return found;
    if (utf8_count_invalid(bytes) == 0)
        return "utf-8";
    uchardet_t guesser = uchardet_new();
    name[0] = '\0';
    if (guesser != NULL &&
        uchardet_handle_data(guesser, bytes.data, bytes.length) == 0) {
        uchardet_data_end(guesser);
        snprintf(name, sizeof name, "%s", uchardet_get_charset(guesser));
    }
    if (guesser != NULL)
        uchardet_delete(guesser);
    /* Texts of this field are in English, with a few quotation marks of
     * Windows: from so little the guesser sees far countries. */
    return name[0] == '\0' || strcmp(name, "ASCII") == 0 ? "windows-1252"
                                                         : name;
}
