/*
 * draft_act.c - the speech act of a claim: every word of its cue, source and
 * content speaks for some acts and against others, and the sum decides.
 *
 * The weights are whole numbers, learnt by train/acts.py, which makes the same
 * features a second time; both go by bytes, and case counts for ASCII alone.
 * Held back in quarters of the train matters, sums are right about six times
 * in ten where the cue's verb, then a list of words of harm, were about five.
 */
#include "draft.h"

enum {
    ACT_COUNT = ACT_REPORT + 1,
    OPENING_WORDS = 3,
    CUE_WORDS = 12,
    SOURCE_WORDS = 8,
    CONTENT_WORDS = 40,
    OTHER_FEATURES = 12,
    ROWS_MAX = OPENING_WORDS + CUE_WORDS + SOURCE_WORDS + CONTENT_WORDS +
               OTHER_FEATURES
};

/* The rows that were met; each counts once, however often it is met. */
struct weighing {
    const struct text *text;
    const struct table_row *rows[ROWS_MAX];
    size_t count;
};

static char lower(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte - 'A' + 'a');
    return byte;
}

static void add(struct weighing *weighing, const char *kind, struct slice word)
{
    char key[WORD_KEY_MAX];
    size_t length = strlen(kind);
    if (length + 1 + word.length > sizeof key)
        return;
    for (size_t i = 0; i < length; i++)
        key[i] = kind[i];
    key[length++] = ' ';
    for (size_t i = 0; i < word.length; i++)
        key[length++] = lower(word.data[i]);
    const struct table_row *row =
        table_find(&act_word_table, (struct slice){key, length});
    for (size_t i = 0; i < weighing->count; i++)
        if (weighing->rows[i] == row)
            return;
    if (row != NULL && weighing->count < ROWS_MAX)
        weighing->rows[weighing->count++] = row;
}

/* Bytes of a mark that is no ASCII: dashes, curly quotation marks, guillemets;
 * 0 where there is none. */
static size_t mark_length(struct slice bytes, size_t at)
{
    const unsigned char *byte = (const unsigned char *)bytes.data + at;
    size_t left = bytes.length - at;
    if (left >= 3 && byte[0] == 0xe2 && (byte[1] == 0x80 || byte[1] == 0x81))
        return 3;
    if (left >= 2 && byte[0] == 0xc2 && byte[1] >= 0xa0 && byte[1] <= 0xbf)
        return 2;
    return 0;
}

static bool is_letter(struct slice bytes, size_t at)
{
    unsigned char byte = (unsigned char)bytes.data[at];
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* The next run of letters and digits from `*at`; empty at the end. */
static struct slice next_word(struct slice bytes, size_t *at)
{
    size_t length = 0;
    while (*at < bytes.length &&
           ((length = mark_length(bytes, *at)) > 0 || !is_letter(bytes, *at)))
        *at += length > 0 ? length : 1;
    size_t begin = *at;
    while (*at < bytes.length && mark_length(bytes, *at) == 0 &&
           is_letter(bytes, *at))
        (*at)++;
    return (struct slice){bytes.data + begin, *at - begin};
}

/* Adds the words of one piece; `seen` goes on from piece to piece. */
static void add_words(struct weighing *weighing, const char *kind,
                      struct span tokens, size_t most, size_t *seen)
{
    static const char *const openings[OPENING_WORDS] = {"0", "1", "2"};
    const struct text *text = weighing->text;
    if (span_is_empty(tokens))
        return;
    struct slice bytes = slice_at(text->bytes, text_bytes_of(text, tokens));
    size_t at = 0;
    while (*seen < most) {
        struct slice word = next_word(bytes, &at);
        if (word.length == 0)
            break;
        if (kind[0] == 'c' && *seen < OPENING_WORDS)
            add(weighing, openings[*seen], word);
        add(weighing, kind, word);
        (*seen)++;
    }
}

static void add_role(struct weighing *weighing, const char *kind,
                     const struct span *pieces, size_t count, size_t most)
{
    size_t seen = 0;
    for (size_t i = 0; i < count; i++)
        add_words(weighing, kind, pieces[i], most, &seen);
}

/* The kinds of data/wrongdoing.tsv that are met in the content: its harm, its
 * denial. */
static void add_wrongs(struct weighing *weighing, const struct span *contents,
                       size_t count)
{
    uint32_t left = CONTENT_WORDS;
    for (size_t i = 0; i < count; i++)
        for (uint32_t at = contents[i].begin; at < contents[i].end && left > 0;
             at++) {
            uint32_t length = 0;
            const struct table_row *row =
                word_phrase(weighing->text, &wrongdoing_table, at,
                            contents[i].end, &length);
            if (row != NULL)
                add(weighing, "has", slice_of(row->columns[0]));
            left -= word_has_letters(weighing->text, at);
        }
}

/* What is known of the claim besides its words. */
static void add_circumstances(struct weighing *weighing,
                              const struct drafts *drafts,
                              const struct draft *draft, bool has_children)
{
    const struct text *text = weighing->text;
    const struct span *contents = draft_contents(drafts, draft);
    const char *mode = claim_mode_names[draft->mode];
    uint32_t last = contents[draft->content_count - 1].end - 1;
    uint32_t token = 0;
    const struct table_row *row = draft_cue_row(text, draft->cue, &token);
    add(weighing, "is", slice_of("claim"));
    add(weighing, "mode", slice_of(mode));
    add(weighing, "kind", slice_of(document_kind_names[drafts->kind]));
    add(weighing, "row",
        slice_of(row != NULL                 ? row->columns[1]
                 : span_is_empty(draft->cue) ? "none"
                                             : "?"));
    if (draft->is_denied)
        add(weighing, "is", slice_of("denied"));
    if (draft->parent != READING_NONE)
        add(weighing, "is", slice_of("nested"));
    if (has_children)
        add(weighing, "is parent", slice_of(mode));
    if (slice_equals(word_at(text, last), slice_of("?")))
        add(weighing, "is", slice_of("question"));
}

/* Adds a row's weights, whole numbers parted by spaces, to the sums. */
static void add_row(const struct table_row *row, int sums[ACT_COUNT])
{
    const char *at = row->columns[0];
    for (size_t act = 0; act < ACT_COUNT; act++) {
        bool is_less = *at == '-';
        int weight = 0;
        for (at += is_less; *at >= '0' && *at <= '9'; at++)
            weight = weight * 10 + (*at - '0');
        sums[act] += is_less ? -weight : weight;
        at += *at == ' ';
    }
}

enum speech_act draft_weigh_act(const struct drafts *drafts,
                                const struct draft *draft, bool has_children)
{
    struct weighing weighing = {.text = drafts->text};
    int sums[ACT_COUNT] = {0};
    enum speech_act best = ACT_ASSERT;
    add_role(&weighing, "q", &draft->cue, 1, CUE_WORDS);
    add_role(&weighing, "s", &draft->source, 1, SOURCE_WORDS);
    add_role(&weighing, "c", draft_contents(drafts, draft),
             draft->content_count, CONTENT_WORDS);
    add_wrongs(&weighing, draft_contents(drafts, draft), draft->content_count);
    add_circumstances(&weighing, drafts, draft, has_children);
    for (size_t i = 0; i < weighing.count; i++)
        add_row(weighing.rows[i], sums);
    for (size_t act = 0; act < ACT_COUNT; act++)
        if (sums[act] > sums[best])
            best = (enum speech_act)act;
    return best;
}
