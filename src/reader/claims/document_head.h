/*
 * document_head.h - the first paragraphs of a document, where it says what it
 * is; for document_facts.c and the files that look for one fact each.
 */
#ifndef MADAI_DOCUMENT_HEAD_H
#define MADAI_DOCUMENT_HEAD_H

#include "cast.h"
#include "lexicon.h"
#include "reading.h"

/* The head of a text. */
struct head {
    const struct text *text;
    const struct cast *cast;
    uint32_t paragraphs; /* how many it has */
    uint32_t dear;       /* "Dear Sir,": its paragraph, or READING_NONE */
    uint32_t date;       /* the paragraph of the date, or READING_NONE */
};

struct span head_paragraph(const struct head *, uint32_t index);
enum part_kind head_part(const struct head *, uint32_t index);
/* A line of a letterhead, not of prose. */
bool head_is_short(struct span tokens);

/* Some words in a row, in lower case and separated by spaces, in a line. */
bool head_line_has(const struct text *, struct span tokens, const char *words);
/* The same, in any short paragraph of the head. */
bool head_has(const struct head *, const char *words);
/* One of several, NULL at their end. */
bool head_has_any(const struct head *, const char *const *phrases);

/* Whether a writer, a paper or a place before its first words makes it a
 * report. */
bool head_is_news(const struct head *);

/* What kind of document it is. */
enum document_kind document_kind_of(const struct head *, bool has_letterhead);

/* Whose letterhead it is: its name, and the paragraph; empty where the head
 * names no body that issues it. */
struct span letterhead_of(const struct head *, uint32_t *line);
/* The court of "IN THE HIGH COURT OF KENYA AT NAKURU", with its seat or
 * without; empty where the first lines name none. */
struct span court_of(const struct head *);
/* A line up to its first comma, bracket, number or stroke. */
struct span name_of_line(const struct text *, struct span line);
/* Who speaks in a testimony or an affidavit; empty where nobody says so. */
struct span witness_of(const struct head *);
/* Whom a letter is to: the noun phrase; empty where it is none. */
struct span addressee_of(const struct head *);

#endif
