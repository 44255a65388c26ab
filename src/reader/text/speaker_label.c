/*
 * speaker_label.c - who speaks, in texts that name the speaker at the head of
 * each speech: hearings, debates, interviews.
 *
 * A label is a name or role with a colon behind it ("Hon. Peter Lemayian
 * (Njoro, LDA):"). Many other things look so ("Venue: …"), and so a text must
 * give more evidence than one label before any is believed.
 */
#include "speaker_label.h"

#include "lexicon.h"
#include "stage.h"
#include "token.h"

enum {
    WORDS_MOST = 9,   /* outside brackets */
    TOKENS_MOST = 32, /* in all */
    LABELS_LEAST = 2, /* in a text that has any */
    WEAK_LABELS_LEAST = 3,
};

/* A label as it looks, before it is believed. */
struct candidate {
    struct span tokens; /* without the colon */
    bool is_strong;     /* has a title, a role, or a remark in brackets */
    bool is_question;   /* Q, A */
    bool is_long;       /* has two words and more */
};

/* Behind the bracket that opens at `token`, or 0. */
static uint32_t bracket_end(const struct text *text, uint32_t token,
                            uint32_t end)
{
    for (uint32_t i = token + 1; i < end; i++) {
        if (token_is(text, i, ')') || token_is(text, i, ']'))
            return i + 1;
        if (token_is(text, i, ':'))
            return 0;
    }
    return 0;
}

static bool is_inner_mark(const struct text *text, uint32_t token)
{
    uint32_t code = token_code(text, token);
    return code == '.' || code == ',' || code == '\'' || code == 0x2019 ||
           code == '-' || code == '/' || code == '&' || code == 0x2010 ||
           code == 0x2011;
}

/* Whether the word may stand in a label; tells if it is a role or title. */
static bool is_label_word(const struct text *text, uint32_t token,
                          bool is_first, bool *is_strong)
{
    unsigned flags = token_flags(text, token);
    unsigned ways = word_ways(text, token);
    if (flags & CHARACTER_NUMBER)
        return !is_first && token_length(text, token, 3) < 3;
    if (!(flags & CHARACTER_LETTER) ||
        (is_first && ways & (WORD_FIELD | WORD_DOCUMENT)) ||
        (is_first && (ways & (WORD_PARTY | WORD_SPEAKER)) == WORD_PARTY))
        return false;
    if (ways & (WORD_SPEAKER | WORD_TITLE) && token_is_capitalised(text, token))
        *is_strong = true;
    /* The 's of a possessive, a particle. */
    return token_is_capitalised(text, token) || ways & WORD_PARTICLE ||
           !(flags & CHARACTER_LOWER) || !token_has_gap(text, token);
}

/* Q and A, with a colon or a full stop. */
static bool find_question(const struct text *text, struct span paragraph,
                          struct candidate *found)
{
    uint32_t mark = token_code(text, paragraph.begin + 1);
    struct slice word = token_bytes(text, paragraph.begin);
    if (word.length != 1 || (word.data[0] != 'Q' && word.data[0] != 'A') ||
        (mark != ':' && mark != '.') ||
        !token_has_gap(text, paragraph.begin + 2))
        return false;
    found->tokens = (struct span){paragraph.begin, paragraph.begin + 1};
    found->is_question = true;
    return true;
}

/* "URGENT QUESTION: EVENTS AT THE PORT": what follows is no speech. */
static bool is_heading(const struct text *text, struct span tokens)
{
    enum { TOKENS_MOST_OF_HEADING = 25, WORDS_LEAST = 2 };
    unsigned words = 0;
    if (tokens.end - tokens.begin > TOKENS_MOST_OF_HEADING)
        return false;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        if (!(token_flags(text, i) & CHARACTER_LETTER))
            continue;
        if (!token_is_capitals(text, i))
            return false;
        words++;
    }
    return words >= WORDS_LEAST && token_flags(text, tokens.end - 1) &
                                       (CHARACTER_LETTER | CHARACTER_NUMBER);
}

static bool find_candidate(const struct text *text, struct span paragraph,
                           struct candidate *found)
{
    *found = (struct candidate){0};
    if (find_question(text, paragraph, found))
        return true;
    uint32_t end = paragraph.end;
    if (end > paragraph.begin + TOKENS_MOST)
        end = paragraph.begin + TOKENS_MOST;
    size_t words = 0;
    for (uint32_t i = paragraph.begin; i < end;) {
        uint32_t code = token_code(text, i);
        if (code == ':' && words > 0) {
            found->tokens = (struct span){paragraph.begin, i};
            found->is_long = words > 1;
            return words <= WORDS_MOST &&
                   !is_heading(text, (struct span){i + 1, paragraph.end}) &&
                   !(word_ways(text, i - 1) & WORD_FIELD) &&
                   token_has_gap(text, i + 1) && !token_has_gap(text, i);
        }
        if ((code == '(' || code == '[') && words > 0) {
            i = bracket_end(text, i, end);
            found->is_strong = true;
            if (i == 0)
                return false;
            continue;
        }
        if (!(is_inner_mark(text, i) && words > 0)) {
            if (!is_label_word(text, i, words == 0, &found->is_strong))
                return false;
            words++;
        }
        i++;
    }
    return false;
}

static struct slice candidate_name(const struct text *text,
                                   struct candidate found)
{
    return slice_at(text->bytes, text_bytes_of(text, found.tokens));
}

/* What speaks for a text being a transcript. */
struct evidence {
    size_t labels;
    size_t strong;
    size_t repeated;  /* names that came shortly before */
    size_t questions; /* Q */
    size_t spoken;    /* those that a whole sentence follows */
    size_t named;     /* those with two words and more */
};

/* Whether some words in small letters, and the end of a sentence, stand
 * between the tokens: speech, and not a value in a form. */
static bool is_speech(const struct text *text, struct span tokens)
{
    enum { WORDS_LEAST = 2, TOKENS_LOOKED_AT = 200 };
    unsigned words = 0;
    if (tokens.begin >= tokens.end)
        return false;
    for (uint32_t i = tokens.begin;
         i < tokens.end && i < tokens.begin + TOKENS_LOOKED_AT; i++)
        words += (token_flags(text, i) & CHARACTER_LOWER) != 0;
    uint32_t last = token_code(text, tokens.end - 1);
    return words >= WORDS_LEAST &&
           (last == '.' || last == '?' || last == '!' || last == 0x201D ||
            last == 0x2019 || last == '"' || last == 0x2026 || last == '-' ||
            last == 0x2013 || last == 0x2014);
}

/* Speech behind the label; where that has a line to itself, on the next. */
static bool is_spoken(const struct text *text, size_t paragraph,
                      struct candidate found)
{
    struct span said = {found.tokens.end + 1,
                        text->paragraphs.items[paragraph].end};
    if (said.begin < said.end)
        return is_speech(text, said);
    return paragraph + 1 < text->paragraphs.count &&
           !token_opens_block(text, said.end) &&
           is_speech(text, text->paragraphs.items[paragraph + 1]);
}

static struct evidence weigh(const struct text *text)
{
    enum { RECENT = 8 };
    struct slice recent[RECENT] = {{NULL, 0}};
    struct evidence evidence = {0};
    for (size_t i = 0; i < text->paragraphs.count; i++) {
        struct candidate found;
        struct span paragraph = text->paragraphs.items[i];
        if (!find_candidate(text, paragraph, &found))
            continue;
        struct slice name = candidate_name(text, found);
        for (size_t j = 0; j < RECENT; j++)
            if (recent[j].data != NULL && slice_equals(recent[j], name)) {
                evidence.repeated++;
                break;
            }
        recent[evidence.labels++ % RECENT] = name;
        evidence.strong += found.is_strong;
        evidence.questions += found.is_question && name.data[0] == 'Q';
        evidence.named += found.is_long;
        evidence.spoken += is_spoken(text, i, found);
    }
    return evidence;
}

static bool is_transcript(struct evidence evidence)
{
    if (evidence.labels < LABELS_LEAST || evidence.spoken == 0 ||
        2 * evidence.spoken < evidence.labels)
        return false;
    return evidence.strong >= LABELS_LEAST ||
           (evidence.strong > 0 && evidence.spoken >= LABELS_LEAST) ||
           (evidence.repeated > 0 && evidence.spoken >= LABELS_LEAST) ||
           (evidence.questions > 0 && evidence.spoken >= LABELS_LEAST) ||
           (evidence.spoken >= WEAK_LABELS_LEAST &&
            evidence.named == evidence.labels);
}

bool speakers_find(struct text *text, struct arena *arena, struct error *error)
{
    struct evidence evidence = weigh(text);
    if (!is_transcript(evidence))
        return true;
    for (size_t i = 0; i < text->paragraphs.count; i++) {
        struct candidate found;
        if (!find_candidate(text, text->paragraphs.items[i], &found) ||
            (found.is_question && evidence.questions == 0))
            continue;
        uint32_t said = found.tokens.end + 1;
        struct speaker_label label = {
            .name = text_bytes_of(text, found.tokens),
            .first = (uint32_t)i,
            .last = (uint32_t)i + 1,
            .said = said < text->tokens.count
                        ? text->tokens.items[said].begin
                        : text->tokens.items[said - 1].end,
        };
        if (!list_push(arena, &text->labels, label, error))
            return false;
    }
    return true;
}

bool is_stage_direction(const struct text *text, struct span paragraph)
{
    enum { TOKENS_OF_DIRECTION_MOST = 40 };
    uint32_t open = token_code(text, paragraph.begin);
    uint32_t close = open == '(' ? ')' : ']';
    if ((open != '(' && open != '[') ||
        paragraph.end - paragraph.begin > TOKENS_OF_DIRECTION_MOST)
        return false;
    uint32_t last = paragraph.end - 1;
    if (token_is(text, last, '.') && last > paragraph.begin)
        last--;
    for (uint32_t i = paragraph.begin; i < last; i++)
        if (token_is(text, i, close))
            return false;
    return token_is(text, last, close);
}

/* Labels of all pieces: a speech that a stage direction cuts has one more for
 * each piece behind it. */
struct extension {
    struct text *text;
    struct arena *arena;
    struct error *error;
    LIST(struct speaker_label) labels;
    size_t part; /* first part that does not end before the paragraph */
};

/* Whether what stands at the head of the paragraph is running text. */
static bool is_running_text(struct extension *extension, size_t paragraph)
{
    struct text *text = extension->text;
    uint32_t begin =
        text->tokens.items[text->paragraphs.items[paragraph].begin].begin;
    while (extension->part < text->parts.count &&
           text->parts.items[extension->part].span.end <= begin)
        extension->part++;
    enum part_kind kind = text->parts.items[extension->part].kind;
    return kind == PART_BODY || kind == PART_BULLET ||
           kind == PART_QUOTED_DOCUMENT || kind == PART_TABLE;
}

static bool resume(struct extension *extension, size_t paragraph)
{
    const struct text *text = extension->text;
    struct speaker_label label =
        extension->labels.items[extension->labels.count - 1];
    label.first = (uint32_t)paragraph;
    label.last = label.first + 1;
    label.is_resumed = 1;
    label.said =
        text->tokens.items[text->paragraphs.items[paragraph].begin].begin;
    return list_push(extension->arena, &extension->labels, label,
                     extension->error);
}

/* Follows one speech up to the paragraph `end`. */
static bool extend(struct extension *extension, struct speaker_label label,
                   size_t end)
{
    struct text *text = extension->text;
    if (!list_push(extension->arena, &extension->labels, label,
                   extension->error))
        return false;
    bool is_cut = false;
    for (size_t i = label.first + 1; i < end; i++) {
        struct span paragraph = text->paragraphs.items[i];
        if (is_stage_direction(text, paragraph)) {
            is_cut = true;
            continue;
        }
        if (!is_running_text(extension, i))
            return true;
        if (is_cut && !resume(extension, i))
            return false;
        is_cut = false;
        extension->labels.items[extension->labels.count - 1].last =
            (uint32_t)i + 1;
    }
    return true;
}

bool speakers_extend(struct text *text, struct arena *arena,
                     struct error *error)
{
    struct extension extension = {.text = text, .arena = arena, .error = error};
    for (size_t i = 0; i < text->labels.count; i++) {
        size_t end = i + 1 < text->labels.count
                         ? text->labels.items[i + 1].first
                         : text->paragraphs.count;
        if (!extend(&extension, text->labels.items[i], end))
            return false;
    }
    text->labels.items = extension.labels.items;
    text->labels.count = extension.labels.count;
    text->labels.capacity = extension.labels.capacity;
    return true;
}
