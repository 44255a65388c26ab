/*
 * tag.c - see tag.h.
 */
#include "tag.h"

#include "word.h"

/* A sentence longer than CHUNK_MAX is decoded piece by piece. */
enum { TAG_COUNT = 18, CHUNK_MAX = 256, ENDING_MAX = 4, COST_NONE = 30000 };
static const char letters[TAG_COUNT + 1] = "NVPEGABHMDCUITROWS.";
enum { TAG_OF_MARK = TAG_COUNT, TAG_NUMBER = 11, TAGS = TAG_COUNT + 1 };

struct tagger {
    const struct text *text;
    int16_t pairs[TAGS + 1][TAGS]; /* the last row: a sentence's first */
    uint8_t back[CHUNK_MAX][TAGS];
    int32_t costs[2][TAGS];
};

static int tag_index(char letter)
{
    const char *at = memchr(letters, letter, sizeof letters);
    return at == NULL ? TAG_OF_MARK : (int)(at - letters);
}

/* Reads "N26 V61 ..." into costs by tag; those not named cost COST_NONE. */
static void read_costs(const struct table_row *row, int16_t costs[TAGS])
{
    const char *at = row->columns[0];
    for (int i = 0; i < TAGS; i++)
        costs[i] = COST_NONE;
    while (*at != '\0') {
        int16_t *cost = &costs[tag_index(*at++)];
        for (*cost = 0; *at >= '0' && *at <= '9'; at++)
            *cost = (int16_t)(*cost * 10 + (*at - '0'));
        at += *at == ' ';
    }
}

static void read_pairs(struct tagger *tagger)
{
    for (int i = 0; i <= TAGS; i++) {
        char key[2] = {'^', i == TAGS ? '^' : letters[i]};
        const struct table_row *row =
            table_find(&tag_table, (struct slice){key, sizeof key});
        if (row != NULL)
            read_costs(row, tagger->pairs[i]);
    }
}

/* The row of the longest known ending of a word, '-' before it. */
static const struct table_row *ending_row(struct slice word)
{
    char key[ENDING_MAX + 1] = {'-'};
    size_t length = word.length > ENDING_MAX ? ENDING_MAX : word.length - 1;
    const struct table_row *row = NULL;
    for (;; length--) {
        memcpy(key + 1, word.data + word.length - length, length);
        row = table_find(&tag_table, (struct slice){key, length + 1});
        if (row != NULL || length == 0)
            return row;
    }
}

/* What the word costs as each tag, whatever stands around it. */
static void word_costs(const struct text *text, uint32_t token, bool is_first,
                       int16_t costs[TAGS])
{
    char buffer[WORD_KEY_MAX];
    struct slice word = word_key(text, (struct span){token, token + 1}, buffer);
    const struct table_row *row = table_find(&tag_table, word);
    int only = TAGS;
    if (!word_has_letters(text, token))
        only = TAG_OF_MARK;
    else if (row == NULL && word_at(text, token).data[0] >= '0' &&
             word_at(text, token).data[0] <= '9')
        only = TAG_NUMBER;
    else if (row == NULL && !is_first && word_is_capital(text, token))
        row = table_find(&tag_table, slice_of("<capital>"));
    else if (row == NULL && word.length > 0)
        row = ending_row(word);
    for (int i = 0; i < TAGS; i++)
        costs[i] = only < TAGS && i != only ? COST_NONE : 0;
    if (only == TAGS && row != NULL)
        read_costs(row, costs);
}

/* Extends the cheapest ways by one token. */
static void step(struct tagger *tagger, uint32_t at, const int16_t costs[TAGS])
{
    const int32_t *before = tagger->costs[at % 2];
    int32_t *after = tagger->costs[(at + 1) % 2];
    for (int tag = 0; tag < TAGS; tag++) {
        after[tag] = INT32_MAX / 2;
        tagger->back[at][tag] = TAG_OF_MARK;
        if (costs[tag] == COST_NONE)
            continue;
        for (int i = 0; i < TAGS; i++) {
            int32_t cost = before[i] + tagger->pairs[i][tag] + costs[tag];
            if (cost < after[tag]) {
                after[tag] = cost;
                tagger->back[at][tag] = (uint8_t)i;
            }
        }
    }
}

static void tag_chunk(struct tagger *tagger, struct span chunk, char *tags)
{
    int16_t costs[TAGS];
    uint32_t count = chunk.end - chunk.begin;
    word_costs(tagger->text, chunk.begin, true, costs);
    for (int i = 0; i < TAGS; i++)
        tagger->costs[1][i] = costs[i] == COST_NONE
                                  ? INT32_MAX / 2
                                  : tagger->pairs[TAGS][i] + costs[i];
    for (uint32_t at = 1; at < count; at++) {
        word_costs(tagger->text, chunk.begin + at, false, costs);
        step(tagger, at, costs);
    }
    const int32_t *last = tagger->costs[count % 2];
    int best = 0;
    for (int i = 1; i < TAGS; i++)
        if (last[i] < last[best])
            best = i;
    for (uint32_t at = count; at-- > 0;) {
        tags[chunk.begin + at] = letters[best];
        if (at > 0)
            best = tagger->back[at][best];
    }
}

bool tags_find(const struct text *text, struct arena *arena, const char **tags,
               struct error *error)
{
    struct tagger *tagger = arena_take(arena, 1, sizeof *tagger, error);
    char *made = arena_take(arena, text->tokens.count + 1, 1, error);
    if (tagger == NULL || made == NULL)
        return false;
    memset(made, '.', text->tokens.count + 1);
    tagger->text = text;
    read_pairs(tagger);
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span chunk = text->sentences.items[i];
        uint32_t end = chunk.end;
        for (; chunk.begin < end; chunk.begin = chunk.end) {
            chunk.end =
                end - chunk.begin > CHUNK_MAX ? chunk.begin + CHUNK_MAX : end;
            tag_chunk(tagger, chunk, made);
        }
    }
    *tags = made;
    return true;
}
