/*
 * draft_rules.c - claims within what others say, by a cue word and the shape
 * of the sentence around it (data/speech-verbs.tsv).
 *
 * The network seldom saw a claim within a claim, so inside contents the
 * clear cases are found by rule: "said a clerk had told her that ...",
 * "I have been assured by X that ...", "the claim by X that ...". Each rule
 * wants a source and a complement in sight; what is doubtful is left out.
 *
 * Sentences in which the network found nothing are read by the same rules.
 *
 * One scan over the contents finds all levels at once; draft_nesting then
 * tells which lies within which.
 */
#include "draft.h"

/* Where a cue was met: the sentence, as far as it lies in the content and in
 * the same quotation. Tokens. */
struct scene {
    const struct text *text;
    uint32_t begin, end;
};

/* A verb with what belongs to it. */
struct verb_group {
    struct span cue;
    const struct table_row *row;
    bool is_passive, is_bare_participle, is_infinitive, is_hypothetical;
};

/* What is said, and to whom. */
struct complement {
    struct span addressee, content;
    float score;
};

/* How sure each shape is, before calibration. */
static const float SCORE_THAT = 0.55f, SCORE_QUOTED = 0.6f, SCORE_CLAUSE = 0.4f,
                   SCORE_OBJECT = 0.3f, SCORE_NOUN = 0.45f, SCORE_PHRASE = 0.5f;

enum {
    FORM_BASE = 1u << 0,
    FORM_PAST = 1u << 2,
    FORM_PARTICIPLE = 1u << 3,
    FORM_ING = 1u << 4
};
enum { ADJUNCT_MAX = 6, CLAUSE_VERB_MAX = 10 };

static bool has_shape(const struct table_row *row, char shape)
{
    return strchr(row->columns[2], shape) != NULL;
}

static bool is_mark(const struct text *text, uint32_t token, const char *mark)
{
    return slice_equals(word_at(text, token), slice_of(mark));
}

static bool is_any(const struct text *text, uint32_t token,
                   const char *const *words)
{
    for (; *words != NULL; words++)
        if (word_is(text, token, *words))
            return true;
    return false;
}

static bool is_adverb(const struct text *text, uint32_t token)
{
    struct slice word = word_at(text, token);
    if (word_kinds(text, token) & WORD_ADVERB)
        return true;
    return word.length > 4 && !word_is_capital(text, token) &&
           memcmp(word.data + word.length - 2, "ly", 2) == 0;
}

static bool is_be(const struct text *text, uint32_t token)
{
    static const char *const forms[] = {"is",   "are",   "was", "were", "be",
                                        "been", "being", "am",  NULL};
    return is_any(text, token, forms);
}

static bool is_modal(const struct text *text, uint32_t token)
{
    static const char *const modals[] = {"would", "could", "should", "may",
                                         "might", "must",  "can",    NULL};
    return is_any(text, token, modals);
}

/* The verb with its auxiliaries and adverbs before it. */
static struct verb_group group_of(const struct scene *scene, struct span verb,
                                  const struct table_row *row)
{
    const struct text *text = scene->text;
    struct verb_group group = {.cue = verb, .row = row};
    bool has_auxiliary = false;
    while (group.cue.begin > scene->begin) {
        uint32_t at = group.cue.begin - 1;
        bool is_auxiliary = (word_kinds(text, at) & WORD_AUXILIARY) != 0;
        if (!is_auxiliary && !is_adverb(text, at))
            break;
        if (is_auxiliary && !has_auxiliary)
            group.is_passive =
                is_be(text, at) && (row->forms & FORM_PARTICIPLE);
        has_auxiliary |= is_auxiliary;
        group.is_hypothetical |= is_modal(text, at);
        group.cue.begin = at;
    }
    if (!has_auxiliary)
        group.cue.begin = verb.begin;
    /* "categorically denies": one adverb right before belongs to it. */
    if (!has_auxiliary && verb.begin > scene->begin &&
        is_adverb(text, verb.begin - 1))
        group.cue.begin = verb.begin - 1;
    if (group.cue.begin > scene->begin)
        group.is_infinitive = word_is(text, group.cue.begin - 1, "to");
    group.is_bare_participle = !has_auxiliary && (row->forms & FORM_ING);
    return group;
}

/* Whether a clause with its own verb may begin here: a pronoun, or something
 * like a noun phrase with an auxiliary not far behind. */
static bool opens_clause(const struct scene *scene, uint32_t at)
{
    const struct text *text = scene->text;
    if (at >= scene->end || !word_has_letters(text, at))
        return false;
    uint32_t kinds = word_kinds(text, at);
    if (word_is(text, at, "there") || word_is(text, at, "if"))
        return true;
    if (kinds & (WORD_CONJUNCTION | WORD_OUTER_PREPOSITION | WORD_PREPOSITION |
                 WORD_AUXILIARY))
        return false;
    if ((kinds & WORD_SUBJECT) && !(kinds & WORD_DETERMINER) &&
        at + 1 < scene->end && word_has_letters(text, at + 1))
        return true;
    if (kinds & WORD_OBJECT && !(kinds & WORD_DETERMINER))
        return false;
    uint32_t most = at + CLAUSE_VERB_MAX;
    for (uint32_t i = at + 1; i < scene->end && i < most; i++) {
        if (word_kinds(text, i) & WORD_AUXILIARY)
            return true;
        if (!word_has_letters(text, i) && !word_is_apostrophe(text, i))
            return false;
    }
    return false;
}

static bool opens_infinitive(const struct scene *scene, uint32_t at)
{
    const struct text *text = scene->text;
    if (at < scene->end && word_is(text, at, "not"))
        at++;
    return at + 1 < scene->end && word_is(text, at, "to") &&
           word_has_letters(text, at + 1) && !word_is_capital(text, at + 1) &&
           (word_kinds(text, at + 1) & (WORD_DETERMINER | WORD_OBJECT)) == 0;
}

static bool opens_question(const struct scene *scene, uint32_t at)
{
    static const char *const words[] = {"what",  "whether", "why", "how", "if",
                                        "where", "when",    "who", NULL};
    return at + 1 < scene->end && is_any(scene->text, at, words);
}

/* The quotation that opens at `at`, after a comma or colon; TEXT_NONE. */
static uint32_t quotation_from(const struct scene *scene, uint32_t at)
{
    const struct text *text = scene->text;
    if (at < scene->end && (is_mark(text, at, ",") || is_mark(text, at, ":")))
        at++;
    if (at + 1 >= scene->end || !word_is_quotation_mark(text, at) ||
        word_is_apostrophe(text, at))
        return TEXT_NONE;
    uint32_t quotation = draft_quotation_at(text, at + 1);
    if (quotation == TEXT_NONE ||
        text->quotations.items[quotation].inside.begin <
            text->tokens.items[at].begin)
        return TEXT_NONE;
    return quotation;
}

static bool found(struct complement *out, uint32_t begin, uint32_t end,
                  float score)
{
    out->content = (struct span){begin, end};
    out->score = score;
    return begin < end;
}

/* "that" with a clause behind it, not "that same day". */
static bool opens_that_clause(const struct scene *scene, uint32_t at)
{
    static const char *const nouns[] = {"same",    "day",  "time",  "night",
                                        "week",    "year", "month", "morning",
                                        "evening", NULL};
    return at + 2 < scene->end && word_is(scene->text, at, "that") &&
           !is_any(scene->text, at + 1, nouns);
}

/* A complement that begins right at `at`. */
static bool complement_at(const struct scene *scene, uint32_t at,
                          const struct table_row *row, bool has_addressee,
                          struct complement *out)
{
    const struct text *text = scene->text;
    if (at >= scene->end)
        return false;
    uint32_t quotation = quotation_from(scene, at);
    if (quotation != TEXT_NONE && has_shape(row, 'q')) {
        struct span inside = draft_quoted(text, quotation);
        return found(out, inside.begin, inside.end, SCORE_QUOTED);
    }
    if (opens_that_clause(scene, at))
        return has_shape(row, 't') && found(out, at, scene->end, SCORE_THAT);
    if (has_shape(row, 'i') && opens_infinitive(scene, at))
        return found(out, at, scene->end, SCORE_CLAUSE);
    if (has_shape(row, 'w') && opens_question(scene, at) &&
        !(has_shape(row, 'z') && word_is(text, at, "if")))
        return found(out, at, scene->end, SCORE_CLAUSE);
    if (has_shape(row, 'z') && opens_clause(scene, at) &&
        (has_addressee || !has_shape(row, 'r')))
        return found(out, at, scene->end, SCORE_CLAUSE);
    return false;
}

/* "told the House on May 29 that ...", "said to him the family ...". */
static bool complement_to(const struct scene *scene, uint32_t at,
                          const struct table_row *row, struct complement *out)
{
    const struct text *text = scene->text;
    bool has_to = at < scene->end && word_is(text, at, "to");
    struct span who = phrase_after(text, at + (has_to ? 1 : 0), scene->end);
    if (span_is_empty(who) ||
        (!has_to && !has_shape(row, 'a') && !has_shape(row, 'r')))
        return false;
    out->addressee = who;
    if (complement_at(scene, who.end, row, true, out))
        return true;
    if (who.end + 3 < scene->end && is_mark(text, who.end, ",") &&
        word_is(text, who.end + 1, "that") && has_shape(row, 't'))
        return found(out, who.end + 1, scene->end, SCORE_THAT);
    for (uint32_t i = who.end; i < scene->end && i < who.end + ADJUNCT_MAX;
         i++) {
        if (!word_has_letters(text, i))
            break;
        if (word_is(text, i, "that") && has_shape(row, 't') &&
            i + 2 < scene->end)
            return found(out, i, scene->end, SCORE_THAT);
    }
    return false;
}

/* "accuses X of Y", "speaks of Y": to the next comma. */
static bool object_at(const struct scene *scene, uint32_t at,
                      const struct table_row *row, struct complement *out)
{
    const struct text *text = scene->text;
    uint32_t end = at;
    if (!has_shape(row, 'o') || at >= scene->end ||
        !word_has_letters(text, at) ||
        (word_kinds(text, at) & (WORD_CONJUNCTION | WORD_PREPOSITION |
                                 WORD_OUTER_PREPOSITION | WORD_AUXILIARY)))
        return false;
    while (end < scene->end && !is_mark(text, end, ",") &&
           !is_mark(text, end, ";") && !is_mark(text, end, "("))
        end++;
    return found(out, at, end, SCORE_OBJECT);
}

static bool find_complement(const struct scene *scene, uint32_t at,
                            const struct table_row *row, struct complement *out)
{
    while (at < scene->end && is_adverb(scene->text, at) &&
           !word_is_quotation_mark(scene->text, at))
        at++;
    return complement_at(scene, at, row, false, out) ||
           complement_to(scene, at, row, out) || object_at(scene, at, row, out);
}

/* "I have been assured by X that ...", "it was reported that ...". */
static bool passive(const struct scene *scene, const struct verb_group *group,
                    struct draft *draft, struct complement *out)
{
    const struct text *text = scene->text;
    uint32_t at = group->cue.end;
    struct span subject = phrase_before(text, scene->begin, group->cue.begin);
    draft->cue = group->cue;
    if (!has_shape(group->row, 'p'))
        return false;
    if (at < scene->end && word_is(text, at, "by")) {
        draft->source = phrase_after(text, at + 1, scene->end);
        draft->cue.end = at + 1;
        at = draft->source.end;
        if (span_is_empty(draft->source))
            return false;
    }
    out->addressee = subject;
    if (at >= scene->end || !word_is(text, at, "that"))
        return false;
    return found(out, at, scene->end, SCORE_THAT);
}

/* "he had heard from a tout that ...": the other one is the source. */
static bool hearsay(const struct scene *scene, const struct verb_group *group,
                    struct draft *draft, struct complement *out)
{
    const struct text *text = scene->text;
    uint32_t at = group->cue.end;
    if (at >= scene->end || !word_is(text, at, "from"))
        return false;
    draft->cue = group->cue;
    draft->source = phrase_after(text, at + 1, scene->end);
    at = draft->source.end;
    return !span_is_empty(draft->source) && at + 1 < scene->end &&
           word_is(text, at, "that") && found(out, at, scene->end, SCORE_THAT);
}

/* "His mother called and said ...": the pronoun, name or known kind of
 * person that opens the sentence, if no other clause comes between. */
static struct span opening_subject(const struct scene *scene,
                                   uint32_t conjunction)
{
    const struct text *text = scene->text;
    struct span none = {conjunction, conjunction};
    uint32_t end = scene->begin;
    uint32_t length = 0;
    for (uint32_t at = scene->begin; at < conjunction; at++) {
        uint32_t kinds = word_kinds(text, at);
        if (!word_has_letters(text, at) ||
            (kinds & (WORD_CONJUNCTION | WORD_RELATIVE) &&
             !(kinds & WORD_DETERMINER)))
            return none;
    }
    uint32_t kinds = word_kinds(text, scene->begin);
    if ((kinds & WORD_SUBJECT) && !(kinds & WORD_DETERMINER))
        return (struct span){scene->begin, scene->begin + 1};
    if (!(kinds & WORD_DETERMINER)) {
        while (end < conjunction && word_is_capital(text, end))
            end++;
        return end < conjunction ? (struct span){scene->begin, end} : none;
    }
    for (end = scene->begin + 2; end < conjunction && end < scene->begin + 5;
         end++)
        if (word_phrase_before(text, &class_table, scene->begin + 1, end,
                               &length) != NULL)
            return (struct span){scene->begin, end};
    return none;
}

static struct span subject_of(const struct scene *scene,
                              const struct verb_group *group)
{
    const struct text *text = scene->text;
    uint32_t at = group->cue.begin;
    if (at > scene->begin) {
        uint32_t kinds = word_kinds(text, at - 1);
        if ((kinds & WORD_RELATIVE) && !(kinds & WORD_DETERMINER))
            return (struct span){at - 1, at};
    }
    if (group->is_bare_participle && at > scene->begin &&
        is_mark(text, at - 1, ","))
        return (struct span){at, at};
    if (at > scene->begin &&
        (word_is(text, at - 1, "and") || word_is(text, at - 1, "but")))
        return opening_subject(scene, at - 1);
    return phrase_before(text, scene->begin, at);
}

/* "Could the Chairperson state ...": a bare verb without a plural subject. */
static bool is_question(const struct scene *scene,
                        const struct verb_group *group, struct span subject)
{
    const struct text *text = scene->text;
    uint32_t at = group->cue.begin;
    if (!(group->row->forms & FORM_BASE) || (group->row->forms & FORM_PAST))
        return false;
    if (group->cue.end - at > 1 && (word_kinds(text, at) & WORD_AUXILIARY))
        return false;
    if (word_kinds(text, subject.begin) & (WORD_SUBJECT | WORD_RELATIVE))
        return word_is(text, subject.begin, "he") ||
               word_is(text, subject.begin, "she") ||
               word_is(text, subject.begin, "it");
    return !phrase_is_plural(text, subject);
}

/* "the mayor, who said that he would pay, is ...": a clause between commas
 * ends at the second. */
static void end_aside(const struct scene *scene, struct span source,
                      struct span *content)
{
    const struct text *text = scene->text;
    if (!(word_kinds(text, source.begin) & WORD_RELATIVE) ||
        source.begin == scene->begin || !is_mark(text, source.begin - 1, ","))
        return;
    for (uint32_t at = content->begin; at < content->end; at++)
        if (is_mark(text, at, ",") &&
            draft_quotation_at(text, at) ==
                draft_quotation_at(text, source.begin))
            content->end = at;
}

static bool active(const struct scene *scene, const struct verb_group *group,
                   struct draft *draft, struct complement *out)
{
    const struct text *text = scene->text;
    draft->cue = group->cue;
    draft->source = subject_of(scene, group);
    if (group->is_infinitive || span_is_empty(draft->source) ||
        is_question(scene, group, draft->source))
        return false;
    if (draft->source.begin > scene->begin &&
        word_is(text, draft->source.begin - 1, "if"))
        return false; /* nobody is said to have said it */
    if (!find_complement(scene, group->cue.end, group->row, out))
        return false;
    end_aside(scene, draft->source, &out->content);
    return true;
}

/* A second verb ends the clause of a noun: "the claim that X was trampled |
 * is not supported". */
static uint32_t noun_clause_end(const struct scene *scene, uint32_t from)
{
    const struct text *text = scene->text;
    bool is_seen = false;
    bool is_open = false;
    for (uint32_t at = from; at < scene->end; at++) {
        uint32_t kinds = word_kinds(text, at);
        bool is_auxiliary = (kinds & WORD_AUXILIARY) != 0;
        if (is_auxiliary && is_seen && !is_open)
            return at;
        if (kinds & (WORD_CONJUNCTION | WORD_RELATIVE))
            is_seen = false;
        if (is_auxiliary)
            is_seen = is_open = true;
        else if (word_has_letters(text, at) && !is_adverb(text, at))
            is_open = false;
    }
    return scene->end;
}

/* "the claim by X that ...", "X's account that ...", "his denial that". */
static bool noun(const struct scene *scene, struct span cue,
                 struct draft *draft, struct complement *out)
{
    const struct text *text = scene->text;
    uint32_t at = cue.end;
    draft->cue = cue;
    if (cue.begin <= scene->begin || at + 2 >= scene->end)
        return false;
    if (word_is(text, at, "by") || word_is(text, at, "from")) {
        draft->source = phrase_after(text, at + 1, scene->end);
        at = draft->source.end;
    } else if (word_kinds(text, cue.begin - 1) & WORD_POSSESSIVE) {
        draft->source = (struct span){cue.begin - 1, cue.begin};
    } else if (cue.begin >= scene->begin + 3 &&
               word_is(text, cue.begin - 1, "s") &&
               word_is_apostrophe(text, cue.begin - 2)) {
        draft->source = phrase_before(text, scene->begin, cue.begin - 2);
    }
    if (span_is_empty(draft->source) || at + 2 >= scene->end ||
        !word_is(text, at, "that"))
        return false;
    return found(out, at, noun_clause_end(scene, at + 1), SCORE_NOUN);
}

/* "according to X, ..." and "..., according to X". */
static bool phrase(const struct scene *scene, struct span cue,
                   struct draft *draft, struct complement *out)
{
    draft->cue = cue;
    draft->source = phrase_after(scene->text, cue.end, scene->end);
    if (span_is_empty(draft->source))
        return false;
    if (cue.begin > scene->begin + 2)
        return found(out, scene->begin, cue.begin, SCORE_PHRASE);
    return found(out, draft->source.end, scene->end, SCORE_PHRASE);
}

static bool is_noun_form(const struct scene *scene, uint32_t at)
{
    const struct text *text = scene->text;
    if (at <= scene->begin)
        return false;
    uint32_t kinds = word_kinds(text, at - 1);
    if ((kinds & WORD_DETERMINER) && !(kinds & WORD_SUBJECT))
        return true;
    return at >= 2 && word_is(text, at - 1, "s") &&
           word_is_apostrophe(text, at - 2);
}

/* The claim that the cue at `cue` makes, if it makes one. */
static bool match(const struct scene *scene, struct span cue,
                  const struct table_row *row, struct draft *draft,
                  struct complement *out)
{
    if (strcmp(row->columns[0], "phrase") == 0)
        return phrase(scene, cue, draft, out);
    if (cue.begin > scene->begin && word_is_capital(scene->text, cue.begin))
        return false; /* part of a name */
    if (is_noun_form(scene, cue.begin))
        return (has_shape(row, 'N') || strcmp(row->columns[0], "noun") == 0) &&
               noun(scene, cue, draft, out);
    if (strcmp(row->columns[0], "noun") == 0)
        return noun(scene, cue, draft, out);
    struct verb_group group = group_of(scene, cue, row);
    if (group.is_hypothetical)
        return false;
    if (group.is_passive)
        return passive(scene, &group, draft, out);
    if (has_shape(row, 'f'))
        return hearsay(scene, &group, draft, out);
    return active(scene, &group, draft, out);
}

/* The sentence around `token`, within the content and its quotation. */
static struct scene scene_of(const struct text *text, struct span content,
                             uint32_t token)
{
    size_t sentence = text_sentence_of(text, token);
    struct span bounds = text->sentences.items[sentence];
    uint32_t quotation = draft_quotation_at(text, token);
    struct scene scene = {text, bounds.begin, bounds.end};
    if (quotation != TEXT_NONE) {
        struct span inside = draft_quoted(text, quotation);
        scene.begin = inside.begin > scene.begin ? inside.begin : scene.begin;
        scene.end = inside.end < scene.end ? inside.end : scene.end;
    }
    if (content.begin > scene.begin)
        scene.begin = content.begin;
    if (content.end < scene.end)
        scene.end = content.end;
    return scene;
}

/* One bit a token. */
struct token_set {
    uint64_t *bits;
};

static bool holds(struct token_set set, uint32_t token)
{
    return (set.bits[token / 64] >> (token % 64)) & 1;
}

static void put(struct token_set set, struct span tokens)
{
    for (uint32_t at = tokens.begin; at < tokens.end; at++)
        set.bits[at / 64] |= (uint64_t)1 << (at % 64);
}

static bool make_set(struct drafts *drafts, struct token_set *set,
                     struct error *error)
{
    size_t words = drafts->text->tokens.count / 64 + 1;
    set->bits = arena_take(drafts->arena, words, sizeof *set->bits, error);
    return set->bits != NULL;
}

/* "X claims that A | when Y has said B": what is said ends before the next
 * speaker's clause. Both are in the last sentence scanned. */
static void end_before_next(struct drafts *drafts, size_t first)
{
    static const char *const conjunctions[] = {
        "when", "while", "but", "although", "though", "whereas", NULL};
    for (size_t i = first; i + 1 < drafts->items.count; i++) {
        struct draft *draft = &drafts->items.items[i];
        struct span *content = &drafts->contents.items[draft->content];
        const struct draft *next = &drafts->items.items[i + 1];
        uint32_t begin =
            span_is_empty(next->source) ? next->cue.begin : next->source.begin;
        if (begin > content->begin + 3 && begin < content->end &&
            is_any(drafts->text, begin - 1, conjunctions))
            *content = draft_trim(drafts->text,
                                  (struct span){content->begin, begin - 1});
    }
}

static bool add_match(struct drafts *drafts, struct draft *draft,
                      const struct complement *complement,
                      struct token_set cues, struct error *error)
{
    draft->addressee = complement->addressee;
    draft->score = complement->score;
    draft->raw = complement->score;
    put(cues, draft->cue);
    return draft_add_content(drafts, draft, complement->content, error) &&
           (draft->content_count == 0 ||
            list_push(drafts->arena, &drafts->items, *draft, error));
}

static bool scan(struct drafts *drafts, struct span content,
                 struct token_set cues, struct token_set scanned,
                 struct error *error)
{
    const struct text *text = drafts->text;
    size_t first = drafts->items.count;
    size_t sentence = SIZE_MAX;
    for (uint32_t at = content.begin; at < content.end; at++) {
        uint32_t length = 0;
        struct complement complement = {{0, 0}, {0, 0}, 0};
        struct draft draft = {.parent = READING_NONE,
                              .speaker = READING_NONE,
                              .origin = DRAFT_RULE};
        if (holds(scanned, at) || holds(cues, at))
            continue;
        const struct table_row *row =
            word_phrase(text, &speech_table, at, content.end, &length);
        if (row == NULL || row->columns[2][0] == '-')
            continue;
        if (text_sentence_of(text, at) != sentence) {
            end_before_next(drafts, first);
            first = drafts->items.count;
            sentence = text_sentence_of(text, at);
        }
        struct scene scene = scene_of(text, content, at);
        struct span cue = {at, at + length};
        if (cue.end > scene.end ||
            !match(&scene, cue, row, &draft, &complement))
            continue;
        if (!add_match(drafts, &draft, &complement, cues, error))
            return false;
        at += length - 1;
    }
    end_before_next(drafts, first);
    put(scanned, content);
    return true;
}

/* A sentence in which the network found nothing, read by the same rules; an
 * object or a noun alone is too little there. */
static bool scan_rest(struct drafts *drafts, struct token_set cues,
                      struct token_set scanned, struct error *error)
{
    const struct text *text = drafts->text;
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span sentence = text->sentences.items[i];
        bool is_known = text_is_unread(text, sentence.begin);
        for (uint32_t at = sentence.begin; at < sentence.end; at++)
            is_known |= holds(cues, at) || holds(scanned, at);
        size_t first = drafts->items.count;
        if (!is_known && !scan(drafts, sentence, cues, scanned, error))
            return false;
        for (size_t j = first; j < drafts->items.count; j++)
            if (drafts->items.items[j].score <= SCORE_NOUN)
                drafts->items.items[j].content_count = 0;
    }
    return true;
}

bool draft_rules(struct drafts *drafts, struct error *error)
{
    struct token_set cues;
    struct token_set scanned;
    size_t count = drafts->items.count;
    if (!make_set(drafts, &cues, error) || !make_set(drafts, &scanned, error))
        return false;
    for (size_t i = 0; i < count; i++)
        put(cues, drafts->items.items[i].cue);
    for (size_t i = 0; i < count; i++) {
        const struct draft draft = drafts->items.items[i];
        for (uint32_t j = 0; j < draft.content_count; j++)
            if (!scan(drafts, drafts->contents.items[draft.content + j], cues,
                      scanned, error))
                return false;
    }
    return scan_rest(drafts, cues, scanned, error);
}
