/*
 * tell.h - sentences of findings, by grammar.
 *
 * A sentence never says more than its passage. Where an act is plain (it
 * happened, somebody asserts it, the verb and who is meant are clear) it gets
 * a sentence of its own, in the words of the passage: "According to Felix
 * Odanga, as reported by Savanna Press Agency [D1], Collins Rotich was shot."
 * In all other cases - a denial, a doubt, a wish, a pronoun without a name, a
 * verb that is not in act-frames.tsv - the sentence is the quotation.
 *
 * The agent of a passive is told only where the finding names one; a number
 * stands as the passage has it, with its hedge; a date that was worked out
 * stands beside the words it was worked out from; a place keeps the
 * preposition it had.
 */
#ifndef MADAI_TELL_H
#define MADAI_TELL_H

#include "gather.h"
#include "paper.h"

#define TELL_PASSAGES_MAX 16
#define TELL_QUOTED_MAX 256

struct passage_set {
    struct passage items[TELL_PASSAGES_MAX];
    size_t count;
};

struct telling {
    const struct gathered *all;
    struct paper *paper;
    /* What the last sentence of this paragraph was, so that the next one need
     * not say it again; reset by tell_paragraph. */
    size_t last_document, last_claim;
    bool was_told, was_composed, was_quoted;
    struct span last_quoted; /* where was_quoted */
    struct {
        size_t document;
        size_t block; /* in which it stands */
        struct span span;
    } quoted[TELL_QUOTED_MAX]; /* what this paragraph has word for word */
    size_t quoted_count;
};

/* Puts the documents of the case among the sources of the paper, index by
 * index. Within paper_begin and paper_end. */
void tell_begin(struct telling *, const struct gathered *, struct paper *);

/* Begins a numbered paragraph. Gives its block. tell_afresh forgets what was
 * told, where one begins otherwise. */
size_t tell_paragraph(struct telling *);
void tell_afresh(struct telling *);
/* Begins where the next paragraph of one incident or document does: who
 * speaks is said again, what was quoted is still known. */
void tell_afresh_but_quoted(struct telling *);
/* The numbered paragraph that has the words since tell_afresh; PAPER_NONE. */
size_t tell_block_of(const struct telling *, size_t document, struct span);
/* "Savanna Press Agency [D1] writes: “...”": within a sentence that is
 * begun. */
void tell_quote(struct telling *, size_t document, struct span);
/* All sentences that source, cue and content of a claim lie in. */
struct span claim_sentences(const struct gathered *, size_t claim);

/* A sentence each, with its note, into the paragraph. What was just quoted is
 * not quoted again (false). */
bool tell_act(struct telling *, size_t act);
bool tell_claim(struct telling *, size_t claim);
bool tell_intervention(struct telling *, size_t intervention);

/* Passages for a note. Each place is widened to its sentence; equal ones and
 * those within another are kept once. */
void passages_add(struct passage_set *, const struct gathered *,
                  size_t document, struct span, const char *finding);
void passages_of_act(struct passage_set *, const struct gathered *, size_t act);
void passages_of_claim(struct passage_set *, const struct gathered *,
                       size_t claim);
void passages_of_figure(struct passage_set *, const struct gathered *,
                        size_t figure);
void tell_note(struct telling *, const struct passage_set *);

/* Whether all that the act rests on was reviewed. */
bool act_is_reviewed(const struct gathered *, size_t act);

/* "[D1]"; "Savanna Press Agency [D1]". */
void tell_source(struct telling *, size_t document);
void tell_publisher(struct telling *, size_t document);
void tell_name(struct telling *, const struct gathered_actor *);
/* "Savanna Press Agency [D1] writes: ", at the begin of a sentence; nothing,
 * or "[…] ", where the sentence before it quotes the same document. */
void tell_writes(struct telling *, size_t document, struct span quoted);
/* "writes", "states" or "records", by the kind of document. */
const char *tell_verb(const struct telling *, size_t document);
/* Whether the sentence of the document was quoted since tell_afresh; the
 * second remembers it if not. */
bool tell_is_quoted(const struct telling *, size_t document, struct span);
bool tell_was_quoted(struct telling *, size_t document, struct span);
/* Who is said to have said it: the chain of claims, or the document's own
 * voice; without "according to". */
void tell_speaker(struct telling *, size_t claim);
/* Whether the document is the speaker's own, so that nobody stands between. */
bool claim_is_own(const struct telling *, size_t claim);

/* "killing"; the code itself where it is not known. */
const char *act_label(const char *code);
unsigned act_grave(const char *code);
/* "13 May 2019", "May 2019", "6 to 13 May 2019"; "" for none. */
#define TELL_DATE 64
void date_words(const char *first, const char *last, char words[TELL_DATE]);

#endif
