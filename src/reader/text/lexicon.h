/*
 * lexicon.h - what data/ knows of words, for the stages of this folder.
 */
#ifndef MADAI_LEXICON_H
#define MADAI_LEXICON_H

#include "text.h"

enum abbreviation {
    ABBREVIATION_NONE,
    ABBREVIATION_TITLE,
    ABBREVIATION_INNER,
    ABBREVIATION_NUMBER,
    ABBREVIATION_MONTH,
    ABBREVIATION_END,
    ABBREVIATION_CLOCK,
};

/* What a word in lower case, without its last stop, is short for:
 * data/abbreviations.tsv says when each ends a sentence. */
enum abbreviation abbreviation_of(struct slice word);

/* Ways in which a word shows how a text is laid out: data/layout-words.tsv
 * says what each is. */
enum {
    WORD_STARTER = 1 << 0,
    WORD_PRONOUN = 1 << 1,
    WORD_SAYING = 1 << 2,
    WORD_PARTICLE = 1 << 3,
    WORD_MONTH = 1 << 4,
    WORD_WEEKDAY = 1 << 5,
    WORD_CLOCK = 1 << 6,
    WORD_TITLE = 1 << 7,
    WORD_MEDIA = 1 << 8,
    WORD_AGENCY = 1 << 9,
    WORD_DOCUMENT = 1 << 10,
    WORD_OFFICE = 1 << 11,
    WORD_SPEAKER = 1 << 12,
    WORD_FIELD = 1 << 13,
    WORD_PARTY = 1 << 14,
};

/* The sum of the ways of the word at `token`; 0 for one not in the table and
 * for an index behind the last token. */
unsigned word_ways(const struct text *, size_t token);

/* What the words at the head of a line say of it: data/line-heads.tsv. */
enum line_head {
    HEAD_NONE,
    HEAD_BYLINE,
    HEAD_TAKEN,
    HEAD_CREDIT,
    HEAD_CAPTION,
    HEAD_LINK,
    HEAD_ADVERT,
    HEAD_COMMENT,
    HEAD_DATELINE,
    HEAD_SUBJECT,
    HEAD_REFERENCE,
    HEAD_SALUTATION,
    HEAD_CLOSING,
    HEAD_RECEIVER,
    HEAD_SENDER,
    HEAD_PARTIES,
    HEAD_SIGNATURE,
};

/* The longest head that the tokens begin with; *end is the token behind it.
 * HEAD_NONE leaves *end at tokens.begin. */
enum line_head line_head_of(const struct text *, struct span tokens,
                            uint32_t *end);

#endif
