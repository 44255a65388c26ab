/*
 * text.h - what a text is made of, before anything is understood.
 *
 * Any bytes are a text. The stages, in order: tokens, lines and paragraphs,
 * quotations, sentences, speaker labels, parts. None can fail but for memory.
 *
 * Invariants
 *   1. Tokens are in order, do not overlap, and whatever lies between two of
 *      them is white space: tokens and white space tile the text.
 *   2. Every span lies inside the text and on borders of characters; a byte
 *      that is not valid UTF-8 is a character (and a token) of its own.
 *   3. A paragraph, sentence or part begins and ends at a token.
 *   4. A prefix of a text that ends at a paragraph has the same sentences
 *      that the whole text has up to there, unless it is only the rest that
 *      shows whether, and how wide, the lines are wrapped by hand.
 */
#ifndef MADAI_TEXT_H
#define MADAI_TEXT_H

#include "arena.h"

/* A quotation as it stands in one paragraph. */
struct quotation {
    struct span span;   /* with its marks */
    struct span inside; /* without them */
    uint32_t outer;     /* index of the quotation it stands in, or NONE */
    uint32_t continued; /* index of the piece in the next paragraph, or NONE */
    uint8_t is_single : 1;       /* single marks */
    uint8_t is_closed : 1;       /* has its closing mark */
    uint8_t is_continuation : 1; /* an earlier paragraph's runs on here */
};
#define TEXT_NONE UINT32_MAX

/* "Ms Wanjiru:" at the head of a paragraph: who speaks, then what follows up
 * to the next label or heading (paragraphs [first, last)). A stage direction,
 * "(Laughter)", is left out: behind it the speech has a further label, with
 * the same name and is_resumed set. */
struct speaker_label {
    struct span name; /* without the colon */
    uint32_t first;   /* its paragraph; of one resumed, where it goes on */
    uint32_t last;    /* behind the last paragraph of what is said */
    uint32_t said;    /* byte where what is said begins */
    uint8_t is_resumed : 1;
};

/* In the order of READING.md. */
enum part_kind {
    PART_BODY,
    PART_HEADLINE,
    PART_BYLINE,
    PART_DATELINE,
    PART_CAPTION,
    PART_CREDIT,
    PART_BULLET,
    PART_QUOTED_DOCUMENT,
    PART_POST,
    PART_LINK,
    PART_ADVERT,
    PART_COMMENT,
    PART_TABLE,
};
extern const char *const part_kind_names[];

struct part {
    struct span span;
    enum part_kind kind;
};

/* What whoever has the page knows of a piece of its text; a body is for the
 * text to tell. */
struct part_mark {
    struct span span; /* bytes */
    enum part_kind kind;
};

/* A paragraph in another language than English. */
struct paragraph_language {
    uint32_t paragraph;
    char code[4]; /* ISO 639, ends with a zero */
};

/* What stands before a token. */
enum token_gap { GAP_NONE, GAP_SPACE, GAP_BREAK };

struct text {
    struct slice bytes;           /* borrowed */
    size_t invalid_bytes;         /* how many bytes were no UTF-8 */
    LIST(struct span) tokens;     /* bytes */
    LIST(struct span) paragraphs; /* token indexes */
    LIST(struct span) sentences;  /* token indexes; none crosses a paragraph */
    LIST(struct quotation) quotations; /* bytes, by begin */
    LIST(struct speaker_label) labels; /* by paragraph */
    LIST(struct part) parts; /* bytes, in order; they cover every token */
    LIST(struct paragraph_language) languages; /* by paragraph */
    LIST(struct span) unread;                  /* tokens; see text_is_unread */
    const struct part_mark *marks;             /* given; borrowed */
    size_t mark_count;
};

/* Analyses `bytes`, which must outlive the text. All memory is the arena's.
 * False only for ERROR_LIMIT (memory, or a text of 4 GiB and more). Time and
 * memory grow with the length, whatever the bytes. */
MUST_CHECK bool text_analyse(struct slice bytes, struct arena *, struct text *,
                             struct error *);
/* The same of a text whose page says what parts of it are; the marks are in
 * order, do not overlap, and must outlive the text. */
MUST_CHECK bool text_analyse_marked(struct slice bytes,
                                    const struct part_mark *marks, size_t count,
                                    struct arena *, struct text *,
                                    struct error *);

/* The bytes that the tokens [begin, end) cover. */
struct span text_bytes_of(const struct text *, struct span tokens);
/* The tokens that touch the bytes; logarithmic. */
struct span text_tokens_in(const struct text *, struct span bytes);
/* Index of the paragraph / sentence that holds the token; logarithmic. */
size_t text_paragraph_of(const struct text *, size_t token);
size_t text_sentence_of(const struct text *, size_t token);
/* Kind of the part that holds the token; logarithmic. */
enum part_kind text_part_of(const struct text *, size_t token);

/* Whether nothing is to be found there: links, adverts, comments that the page
 * calls so, paragraphs in other languages. Logarithmic in their number. */
bool text_is_unread(const struct text *, size_t token);
/* The language of a paragraph where it is not English, else NULL; logarithmic.
 * That of most of the text, if it is another; linear in such paragraphs. */
const char *text_language_of(const struct text *, size_t paragraph);
const char *text_language(const struct text *);

#endif
