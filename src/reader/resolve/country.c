/*
 * country.c - see country.h. Rows of one country share the first column, as
 * the table's compiler writes it once for each key.
 */
#include "country.h"

enum {
    COUNTRIES_MOST = 16
}; /* of one text; those that come later are not
      what it is about */

const struct table_row *country_at(const struct text *text, uint32_t at,
                                   uint32_t end, uint32_t *length)
{
    if (at >= end || !word_is_capital(text, at))
        return NULL;
    return word_phrase(text, &country_table, at, end, length);
}

const struct table_row *country_of_text(const struct text *text)
{
    struct {
        const struct table_row *row;
        size_t count;
    } met[COUNTRIES_MOST];
    size_t known = 0;
    size_t best = 0;
    uint32_t end = (uint32_t)text->tokens.count;
    uint32_t length = 1;
    for (uint32_t at = 0; at < end; at += length) {
        const struct table_row *row = country_at(text, at, end, &length);
        if (row == NULL) {
            length = 1;
            continue;
        }
        size_t i = 0;
        while (i < known &&
               strcmp(met[i].row->columns[0], row->columns[0]) != 0)
            i++;
        if (i == COUNTRIES_MOST)
            continue;
        if (i == known) {
            met[known].row = row;
            met[known++].count = 0;
        }
        met[i].count++;
        if (met[i].count > met[best].count)
            best = i;
    }
    return known == 0 ? NULL : met[best].row;
}

const struct table_row *country_named(struct slice name)
{
    char key[WORD_KEY_MAX];
    if (name.length > sizeof key)
        return NULL;
    for (size_t i = 0; i < name.length; i++)
        key[i] = name.data[i] >= 'A' && name.data[i] <= 'Z'
                     ? (char)(name.data[i] + 32)
                     : name.data[i];
    return table_find(&country_table, (struct slice){key, name.length});
}
