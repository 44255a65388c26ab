/*
 * draft_sense.c - what a claim does by being said: mode, speech act,
 * polarity, and to whom and by what means, by tables and simple shapes; the
 * act of an open verb ("said") is draft_act.c's.
 */
#include "draft.h"

enum { DIRECT_PERCENT = 95, CONTENT_WORDS_MAX = 60, MEDIUM_MAX = 8 };

/* Bytes of words in the tokens. */
static uint64_t letters_in(const struct text *text, struct span tokens)
{
    uint64_t bytes = 0;
    for (uint32_t at = tokens.begin; at < tokens.end; at++)
        if (word_has_letters(text, at))
            bytes += word_at(text, at).length;
    return bytes;
}

/* Marks of another level: what stands in them with the cue is all one. */
static bool is_own_level(const struct text *text, const struct draft *draft,
                         uint32_t quotation)
{
    struct span inside = draft_quoted(text, quotation);
    struct span own = span_is_empty(draft->cue) ? draft->source : draft->cue;
    return span_is_empty(own) || !span_contains(inside, own);
}

/* The outermost quotation of the claim's own level around the token. */
static uint32_t own_quotation(const struct text *text,
                              const struct draft *draft, uint32_t token)
{
    uint32_t found = TEXT_NONE;
    for (uint32_t at = draft_quotation_at(text, token); at != TEXT_NONE;
         at = text->quotations.items[at].outer)
        if (is_own_level(text, draft, at))
            found = at;
    return found;
}

static uint64_t letters_quoted(const struct text *text,
                               const struct draft *draft, struct span content)
{
    uint64_t bytes = 0;
    uint32_t at = content.begin;
    while (at < content.end) {
        uint32_t quotation = own_quotation(text, draft, at);
        if (quotation == TEXT_NONE) {
            at++;
            continue;
        }
        uint32_t end = draft_quoted(text, quotation).end;
        struct span inside = {at, end < content.end ? end : content.end};
        if (inside.end <= at)
            inside.end = at + 1;
        bytes += letters_in(text, inside);
        at = inside.end;
    }
    return bytes;
}

enum claim_mode draft_mode(const struct drafts *drafts,
                           const struct draft *draft)
{
    const struct span *contents = draft_contents(drafts, draft);
    uint64_t all = 0;
    uint64_t quoted = 0;
    if (draft->origin == DRAFT_SPEECH || draft->origin == DRAFT_QUOTATION)
        return MODE_DIRECT;
    for (uint32_t i = 0; i < draft->content_count; i++) {
        all += letters_in(drafts->text, contents[i]);
        quoted += letters_quoted(drafts->text, draft, contents[i]);
    }
    if (quoted == 0)
        return MODE_INDIRECT;
    return quoted * 100 >= all * DIRECT_PERCENT ? MODE_DIRECT : MODE_MIXED;
}

const struct table_row *draft_cue_row(const struct text *text, struct span cue,
                                      uint32_t *token)
{
    const struct table_row *found = NULL;
    for (uint32_t at = cue.begin; at < cue.end; at++) {
        uint32_t length = 0;
        const struct table_row *row =
            word_phrase(text, &speech_table, at, cue.end, &length);
        if (row == NULL)
            continue;
        *token = at;
        found = row;
        if (row->columns[1][0] != '-')
            return row;
        at += length - 1;
    }
    return found;
}

static enum speech_act act_named(const char *name)
{
    for (size_t i = 0; i <= ACT_REPORT; i++)
        if (strcmp(name, speech_act_names[i]) == 0)
            return (enum speech_act)i;
    return ACT_ASSERT;
}

/* "whether ...", "about ...": what an indirect question opens with. */
static bool asks_something(const struct text *text, struct span content)
{
    static const char *const words[] = {"what",  "whether", "why",  "how",
                                        "if",    "where",   "when", "who",
                                        "about", "which"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(text, content.begin, words[i]))
            return true;
    return false;
}

/* A verb that says what is done decides; where it leaves that open ("said",
 * "confirmed", "announced that officers had shot", "did not say"), all the
 * words are weighed. */
static enum speech_act act_of(const struct drafts *drafts,
                              const struct draft *draft, bool has_children)
{
    const struct text *text = drafts->text;
    uint32_t token = 0;
    const struct table_row *row = draft_cue_row(text, draft->cue, &token);
    enum speech_act act = row == NULL ? ACT_ASSERT : act_named(row->columns[1]);
    if (act == ACT_ASK && !draft->is_denied && draft->mode == MODE_INDIRECT &&
        !asks_something(text, draft_contents(drafts, draft)[0]))
        return ACT_DEMAND; /* "asked the public not to ..." */
    bool is_open = draft->is_denied || act == ACT_ASSERT ||
                   act == ACT_ANNOUNCE || act == ACT_WARN;
    return is_open ? draft_weigh_act(drafts, draft, has_children) : act;
}

/* "did not say": the saying is denied; "does not expect" is not. */
static bool is_denied(const struct drafts *drafts, const struct draft *draft)
{
    const struct text *text = drafts->text;
    uint32_t token = 0;
    const struct table_row *row = draft_cue_row(text, draft->cue, &token);
    bool has_negation = false;
    for (uint32_t at = draft->cue.begin; at < draft->cue.end; at++)
        has_negation |= (word_kinds(text, at) & WORD_NEGATION) != 0;
    return has_negation && row != NULL && row->columns[2][0] != '-';
}

/* Where a role may follow: behind the cue, or behind a source after it. */
static uint32_t after_cue(const struct draft *draft)
{
    uint32_t at = draft->cue.end;
    if (draft->source.begin >= at && draft->source.begin <= at + 1)
        at = draft->source.end;
    return at;
}

static struct span limits_of(const struct drafts *drafts,
                             const struct draft *draft, uint32_t at)
{
    const struct text *text = drafts->text;
    const struct span *contents = draft_contents(drafts, draft);
    size_t sentence = text_sentence_of(text, draft->cue.begin);
    struct span limits = {at, text->sentences.items[sentence].end};
    for (uint32_t i = 0; i < draft->content_count; i++)
        if (contents[i].begin >= at && contents[i].begin < limits.end)
            limits.end = contents[i].begin;
    if (limits.end < limits.begin)
        limits.end = limits.begin;
    return limits;
}

static bool is_medium(const struct text *text, uint32_t token)
{
    static const char *const words[] = {
        "telephone", "phone",      "email",      "statement", "interview",
        "letter",    "tweet",      "post",       "twitter",   "facebook",
        "radio",     "television", "conference", "reply",     "message",
        "note",      "report",     "whatsapp",   "memo",      "speech"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(text, token, words[i]))
            return true;
    return false;
}

/* Where "in a statement", "by telephone" begins within the tokens; their end
 * when it does not. */
static uint32_t medium_from(const struct text *text, struct span tokens,
                            uint32_t *end)
{
    for (uint32_t at = tokens.begin; at + 1 < tokens.end; at++) {
        if (!word_is(text, at, "by") && !word_is(text, at, "in") &&
            !word_is(text, at, "on") && !word_is(text, at, "at"))
            continue;
        for (uint32_t i = at + 1; i < tokens.end && i <= at + 4; i++) {
            *end = i + 1;
            if (is_medium(text, i))
                return at;
        }
    }
    return tokens.end;
}

/* "told SPA", "said to him": the one spoken to. */
static void find_addressee(const struct drafts *drafts, struct draft *draft)
{
    const struct text *text = drafts->text;
    uint32_t token = 0;
    const struct table_row *row = draft_cue_row(text, draft->cue, &token);
    if (row == NULL || span_is_empty(draft->cue) ||
        !span_is_empty(draft->addressee))
        return;
    struct span limits = limits_of(drafts, draft, after_cue(draft));
    bool has_to =
        !span_is_empty(limits) && (word_is(text, limits.begin, "to") ||
                                   word_is(text, limits.begin, "at"));
    if (!has_to && strchr(row->columns[2], 'a') == NULL &&
        strchr(row->columns[2], 'r') == NULL)
        return;
    if (has_to)
        limits.begin++;
    if (span_is_empty(limits) || !word_has_letters(text, limits.begin))
        return;
    if (word_kinds(text, limits.begin) &
        (WORD_PREPOSITION | WORD_OUTER_PREPOSITION | WORD_CONJUNCTION |
         WORD_ADVERB))
        return;
    uint32_t end = 0;
    draft->addressee = phrase_after(text, limits.begin, limits.end);
    draft->addressee.end = medium_from(text, draft->addressee, &end);
}

/* "by telephone", "in an interview": before any mark. */
static void find_medium(const struct drafts *drafts, struct draft *draft)
{
    const struct text *text = drafts->text;
    if (span_is_empty(draft->cue))
        return;
    uint32_t at = after_cue(draft);
    if (!span_is_empty(draft->addressee) && draft->addressee.begin >= at)
        at = draft->addressee.end;
    struct span limits = limits_of(drafts, draft, at);
    uint32_t end = at;
    while (end < limits.end && end < at + MEDIUM_MAX &&
           word_has_letters(text, end))
        end++;
    limits.end = end;
    uint32_t begin = medium_from(text, limits, &end);
    if (begin < limits.end)
        draft->medium = (struct span){begin, end};
}

void draft_sense(struct drafts *drafts)
{
    for (size_t i = drafts->items.count; i > 0; i--) {
        struct draft *draft = &drafts->items.items[i - 1];
        draft->mode = draft_mode(drafts, draft);
        draft->is_denied = is_denied(drafts, draft);
        find_addressee(drafts, draft);
        find_medium(drafts, draft);
        bool has_children = i < drafts->items.count &&
                            draft[1].parent == (uint32_t)(i - 1) &&
                            draft[1].origin != DRAFT_QUOTATION;
        draft->act = act_of(drafts, draft, has_children);
    }
}
