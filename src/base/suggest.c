/*
 * suggest.c - see suggest.h. Words are short, so a whole table is cheap.
 */
#include "suggest.h"

#include <stdint.h>
#include <string.h>

enum { WORD_LIMIT = 31 };

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

size_t word_distance(const char *a, const char *b)
{
    size_t table[WORD_LIMIT + 1][WORD_LIMIT + 1];
    size_t rows = strlen(a), columns = strlen(b);
    if (rows > WORD_LIMIT || columns > WORD_LIMIT)
        return SIZE_MAX;
    for (size_t i = 0; i <= rows; i++)
        table[i][0] = i;
    for (size_t j = 0; j <= columns; j++)
        table[0][j] = j;
    for (size_t i = 1; i <= rows; i++) {
        for (size_t j = 1; j <= columns; j++) {
            size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            size_t best = smaller(table[i - 1][j], table[i][j - 1]) + 1;
            best = smaller(best, table[i - 1][j - 1] + change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = smaller(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    }
    return table[rows][columns];
}

const char *suggest_nearer(const char *word, const char *best,
                           const char *candidate)
{
    size_t distance = word_distance(word, candidate);
    size_t allowed = strlen(word) < 4 ? 1 : strlen(word) < 8 ? 2 : 3;
    /* A word that was begun and not ended: --with for --with-text. */
    if (strlen(word) >= 3 && strncmp(word, candidate, strlen(word)) == 0)
        distance = 1;
    if (distance > allowed)
        return best;
    if (best != NULL && word_distance(word, best) <= distance)
        return best;
    return candidate;
}
