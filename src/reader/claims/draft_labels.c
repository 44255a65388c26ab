/*
 * draft_labels.c - claims as the network laid them out: a cue, the contents
 * that chose it and its source are one claim. Before them, what follows a
 * speaker's label.
 */
#include "draft.h"
#include "model.h" /* EVIDENCE_COUNT */

/* A link that is less likely than this is none. */
static const float LINK_MIN = 0.15f;
/* Claims of a lower score are more often wrong than right. Both were chosen
 * on articles of the training part that were held back. */
static const float OUTER_MIN = 0.14f, INNER_MIN = 0.9f;
/* A content of which this share lies in a quotation is that quotation. */
enum { QUOTED_PERCENT = 50 };
/* Tokens; a longer content is no surer or less sure for it. */
static const float LONG_CONTENT = 50;

/* Contents by cue: the first piece of each cue and the next of each piece. */
struct content_chains {
    uint32_t *first, *last, *next;
};

static bool chain_contents(const struct drafts *drafts,
                           struct content_chains *chains, struct error *error)
{
    size_t count = drafts->labels->pieces.count;
    uint32_t *memory =
        arena_take(drafts->arena, count * 3, sizeof *memory, error);
    if (memory == NULL)
        return false;
    memset(memory, 0xff, count * 3 * sizeof *memory); /* TEXT_NONE */
    *chains =
        (struct content_chains){memory, memory + count, memory + 2 * count};
    for (uint32_t i = 0; i < count; i++) {
        const struct labelled_piece *piece = &drafts->labels->pieces.items[i];
        uint32_t cue = piece->link;
        if (piece->role != PIECE_CONTENT || cue == TEXT_NONE ||
            piece->link_probability < LINK_MIN)
            continue;
        if (chains->first[cue] == TEXT_NONE)
            chains->first[cue] = i;
        else
            chains->next[chains->last[cue]] = i;
        chains->last[cue] = i;
    }
    return true;
}

/* A content that takes up most of a quotation is all of it. */
static struct span whole_quotation(const struct text *text, struct span tokens)
{
    struct span trimmed = draft_trim(text, tokens);
    if (span_is_empty(trimmed))
        return tokens;
    uint32_t quotation = draft_quotation_at(text, trimmed.begin);
    if (quotation == TEXT_NONE)
        return tokens;
    struct span inside = draft_quoted(text, quotation);
    struct span shared = {trimmed.begin > inside.begin ? trimmed.begin
                                                       : inside.begin,
                          trimmed.end < inside.end ? trimmed.end : inside.end};
    if (span_is_empty(shared) || trimmed.end > inside.end + 1 ||
        (uint64_t)(shared.end - shared.begin) * 100 <=
            (uint64_t)(inside.end - inside.begin) * QUOTED_PERCENT)
        return tokens;
    return inside;
}

/* A cue or source lies in one paragraph, and has no marks at its ends unless
 * it is nothing else (":"). */
static struct span trim_role(const struct text *text, struct span tokens)
{
    size_t paragraph = text_paragraph_of(text, tokens.begin);
    if (tokens.end > text->paragraphs.items[paragraph].end)
        tokens.end = text->paragraphs.items[paragraph].end;
    struct span trimmed = draft_trim(text, tokens);
    return span_is_empty(trimmed) ? tokens : trimmed;
}

/* What the network finds in the label itself says the same again. */
static bool is_in_label(const struct drafts *drafts, struct span tokens)
{
    const struct text *text = drafts->text;
    size_t paragraph = text_paragraph_of(text, tokens.begin);
    size_t low = 0;
    size_t high = text->labels.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->labels.items[middle].first <= paragraph)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || text->labels.items[low - 1].first != paragraph)
        return false;
    return !text->labels.items[low - 1].is_resumed &&
           text_bytes_of(text, tokens).begin < text->labels.items[low - 1].said;
}

/* "You will recall that ...", "let me quote ...": nobody is said to have
 * said it, whatever is told within. */
static bool is_void(const struct text *text, const struct draft *draft)
{
    static const char *const modals[] = {"will", "would", "may", "might"};
    struct span source = draft->source;
    if (source.end - source.begin != 1)
        return false;
    if (source.begin > 0 && word_is(text, source.begin - 1, "let"))
        return true;
    for (size_t i = 0; i < sizeof modals / sizeof *modals; i++)
        if (word_is(text, source.begin, "you") &&
            word_is(text, draft->cue.begin, modals[i]))
            return true;
    return false;
}

/* What is said without quotation marks is said in the cue's paragraph: of a
 * content that begins before it (a headline and what stands under it as one),
 * the part within, behind the dateline. Empty where there is none. */
static struct span within_reach(const struct text *text, struct span cue,
                                struct span content)
{
    struct span trimmed = draft_trim(text, content);
    struct span paragraph =
        text->paragraphs.items[text_paragraph_of(text, cue.begin)];
    if (span_is_empty(trimmed) ||
        draft_quotation_at(text, trimmed.begin) != TEXT_NONE)
        return span_is_empty(trimmed) ? trimmed : content;
    if (content.end <= paragraph.begin || content.begin >= paragraph.end)
        return (struct span){cue.begin, cue.begin};
    if (content.begin >= paragraph.begin)
        return content;
    content.begin = paragraph.begin;
    while (content.begin < content.end &&
           text_part_of(text, content.begin) == PART_DATELINE)
        content.begin++;
    return content;
}

/* The inner layer misses sources; the phrase before the cue is one. */
static struct span subject_of(const struct text *text, struct span cue)
{
    size_t sentence = text_sentence_of(text, cue.begin);
    return phrase_before(text, text->sentences.items[sentence].begin,
                         cue.begin);
}

/* What the network thought of each: that a role is just these words, and that
 * the roles belong together. Of several contents the mean, by length. */
struct evidence {
    float cue, source, source_link, content, content_link;
    float tokens; /* of all contents */
    bool is_split, has_source, is_quoted;
};

static struct evidence evidence_of(const struct drafts *drafts,
                                   const struct content_chains *chains,
                                   uint32_t cue)
{
    const struct labelled_piece *pieces = drafts->labels->pieces.items;
    const struct labelled_piece *piece = &pieces[cue];
    bool is_linked =
        piece->link != TEXT_NONE && piece->link_probability >= LINK_MIN;
    struct evidence found = {
        .cue = piece->probability,
        .source = is_linked ? pieces[piece->link].probability : 1,
        .source_link = is_linked || piece->link == TEXT_NONE
                           ? piece->link_probability
                           : 1 - piece->link_probability,
        .has_source = is_linked,
    };
    size_t count = 0;
    for (uint32_t i = chains->first[cue]; i != TEXT_NONE; i = chains->next[i]) {
        struct span tokens =
            within_reach(drafts->text, piece->tokens, pieces[i].tokens);
        if (span_is_empty(tokens))
            continue;
        float length = (float)(tokens.end - tokens.begin);
        found.content += pieces[i].probability * length;
        found.content_link += pieces[i].link_probability * length;
        found.tokens += length;
        /* Nothing but marks, at the end of a text, begins behind it. */
        tokens = draft_trim(drafts->text, tokens);
        found.is_quoted |=
            !span_is_empty(tokens) &&
            draft_quotation_at(drafts->text, tokens.begin) != TEXT_NONE;
        count++;
    }
    found.is_split = count > 1;
    if (count > 0) {
        found.content /= found.tokens;
        found.content_link /= found.tokens;
    }
    return found;
}

/* A weighted sum of it all; train/calibrate.py chooses the weights and knows
 * the same order. Without weights, the score. */
static float raw_of(const struct drafts *drafts, const struct evidence *found,
                    float score)
{
    const float *weights = drafts->evidence;
    if (weights == NULL)
        return score;
    const float tokens =
        found->tokens < LONG_CONTENT ? found->tokens / LONG_CONTENT : 1;
    const float items[EVIDENCE_COUNT] = {
        found->cue,
        found->source,
        found->source_link,
        found->content,
        found->content_link,
        tokens,
        found->is_split ? 1 : 0,
        found->has_source ? 1 : 0,
        found->is_quoted ? 1 : 0,
        score,
    };
    float raw = weights[EVIDENCE_COUNT];
    for (size_t i = 0; i < EVIDENCE_COUNT; i++)
        raw += weights[i] * items[i];
    return raw < 0 ? 0 : raw > 1 ? 1 : raw;
}

/* One claim of the network: cue `cue` with its contents and its source. The
 * score is the product of what was thought of each; the raw score weighs
 * them. */
static bool add_cue(struct drafts *drafts, const struct content_chains *chains,
                    uint32_t cue, struct error *error)
{
    const struct labelled_piece *pieces = drafts->labels->pieces.items;
    const struct labelled_piece *piece = &pieces[cue];
    const struct evidence found = evidence_of(drafts, chains, cue);
    struct draft draft = {
        .cue = trim_role(drafts->text, piece->tokens),
        .parent = READING_NONE,
        .speaker = READING_NONE,
        .origin = piece->layer == LAYER_INNER ? DRAFT_INNER : DRAFT_OUTER,
        .score = found.cue * found.source * found.source_link * found.content *
                 found.content_link,
    };
    draft.raw = raw_of(drafts, &found, draft.score);
    if (found.has_source)
        draft.source = trim_role(drafts->text, pieces[piece->link].tokens);
    for (uint32_t i = chains->first[cue]; i != TEXT_NONE; i = chains->next[i]) {
        struct span tokens =
            within_reach(drafts->text, piece->tokens, pieces[i].tokens);
        if (!span_is_empty(tokens) &&
            !draft_add_content(drafts, &draft,
                               whole_quotation(drafts->text, tokens), error))
            return false;
    }
    if (draft.content_count == 0)
        return true; /* saying without what was said */
    if (draft.origin == DRAFT_INNER && span_is_empty(draft.source))
        draft.source = subject_of(drafts->text, draft.cue);
    draft.is_void = is_void(drafts->text, &draft);
    if (!span_is_empty(draft.source) && is_in_label(drafts, draft.source))
        return true;
    if (draft.score < (draft.origin == DRAFT_INNER ? INNER_MIN : OUTER_MIN))
        return true;
    return list_push(drafts->arena, &drafts->items, draft, error);
}

/* A content that no cue claims: a quotation's, or nobody's. */
static bool add_lone_content(struct drafts *drafts, uint32_t index,
                             struct error *error)
{
    const struct labelled_piece *piece = &drafts->labels->pieces.items[index];
    struct span trimmed = draft_trim(drafts->text, piece->tokens);
    if (span_is_empty(trimmed) ||
        draft_quotation_at(drafts->text, trimmed.begin) == TEXT_NONE)
        return true;
    struct draft draft = {
        .parent = READING_NONE,
        .speaker = READING_NONE,
        .origin = DRAFT_QUOTATION,
        .score = piece->probability * (1 - piece->link_probability),
    };
    draft.raw = draft.score;
    return draft_add_content(drafts, &draft,
                             whole_quotation(drafts->text, piece->tokens),
                             error) &&
           (draft.content_count == 0 ||
            list_push(drafts->arena, &drafts->items, draft, error));
}

/* What is said up to the next label; after a stage direction it goes on. */
static bool add_speech_pieces(struct drafts *drafts, struct draft *draft,
                              const struct speaker_label *label,
                              struct error *error)
{
    const struct text *text = drafts->text;
    for (uint32_t i = label->first; i < label->last; i++) {
        struct span tokens = text->paragraphs.items[i];
        struct span said = {label->said, text_bytes_of(text, tokens).end};
        if (i == label->first && said.begin >= said.end)
            continue;
        if (i == label->first)
            tokens = text_tokens_in(text, said);
        if (!draft_add_content(drafts, draft, tokens, error))
            return false;
    }
    return true;
}

/* One claim for each label, with what is resumed; gives the next label. */
static bool add_speech(struct drafts *drafts, size_t *label,
                       struct error *error)
{
    const struct text *text = drafts->text;
    struct draft draft = {
        .source = text_tokens_in(text, text->labels.items[*label].name),
        .parent = READING_NONE,
        .speaker = READING_NONE,
        .origin = DRAFT_SPEECH,
        .score = 0.95f, /* a label may be a heading */
        .raw = 0.95f,
    };
    do {
        if (!add_speech_pieces(drafts, &draft, &text->labels.items[*label],
                               error))
            return false;
        (*label)++;
    } while (*label < text->labels.count &&
             text->labels.items[*label].is_resumed);
    return draft.content_count == 0 ||
           list_push(drafts->arena, &drafts->items, draft, error);
}

bool draft_labels(struct drafts *drafts, struct error *error)
{
    const struct labels *labels = drafts->labels;
    struct content_chains chains;
    for (size_t i = 0; i < drafts->text->labels.count;)
        if (!add_speech(drafts, &i, error))
            return false;
    if (!chain_contents(drafts, &chains, error))
        return false;
    for (uint32_t i = 0; i < labels->pieces.count; i++) {
        const struct labelled_piece *piece = &labels->pieces.items[i];
        bool is_lone =
            piece->role == PIECE_CONTENT && piece->layer == LAYER_OUTER &&
            (piece->link == TEXT_NONE || piece->link_probability < LINK_MIN);
        if (span_is_empty(piece->tokens) || is_in_label(drafts, piece->tokens))
            continue;
        if (piece->role == PIECE_CUE && !add_cue(drafts, &chains, i, error))
            return false;
        if (is_lone && !add_lone_content(drafts, i, error))
            return false;
    }
    return true;
}
