/*
 * cast_alias.c - see cast_alias.h.
 */
#include "cast_alias.h"

#include <string.h>

#include "table.h"
#include "word.h"

enum { REACH = 9 }; /* tokens from one name to the other */

/* What the table says of the phrase that ends just before `end`. */
static const char *said_before(const struct text *text, uint32_t begin,
                               uint32_t end, uint32_t *length)
{
    const struct table_row *row =
        word_phrase_before(text, &alias_table, begin, end, length);
    return row == NULL ? NULL : row->columns[0];
}

bool cast_is_alias(const struct text *text, uint32_t begin, uint32_t end)
{
    if (end <= begin || end - begin > REACH ||
        text_sentence_of(text, begin) != text_sentence_of(text, end))
        return false;
    while (end > begin && !word_has_letters(text, end - 1))
        end--; /* an opening mark */
    uint32_t length;
    const char *cue = said_before(text, begin, end, &length);
    if (cue == NULL || strcmp(cue, "between") == 0)
        return false;
    bool is_whom = strcmp(cue, "alias") == 0;
    for (end -= length; end > begin; end--) {
        if (!word_has_letters(text, end - 1))
            continue;
        const char *said = said_before(text, end - 1, end, &length);
        if (said == NULL || strcmp(said, "between") != 0)
            return false;
        char key[WORD_KEY_MAX];
        is_whom = is_whom ||
                  slice_equals(word_key(text, (struct span){end - 1, end}, key),
                               slice_of("whom"));
    }
    return is_whom;
}
