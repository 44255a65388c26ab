/*
 * document_facts.h - what can be said of a document as such, from its head:
 * date, kind, who publishes, issues and receives it.
 *
 * Simple forms only, and nothing guessed: a fact without evidence in the
 * head of the text is left out.
 */
#ifndef MADAI_DOCUMENT_FACTS_H
#define MADAI_DOCUMENT_FACTS_H

#include "cast.h"
#include "reading.h"

/* Fills in all but the id and the addressees' list: `addressee` is the party
 * that a letter is to, or PARTY_NONE; an addressee without a name becomes a
 * party. Issuer and addressee are parties of the cast. */
MUST_CHECK bool document_facts(struct cast *, const struct read_options *,
                               struct reading_document *, uint32_t *addressee,
                               struct error *);

#endif
