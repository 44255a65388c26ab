/*
 * speaker.h - whom a source means: names and noun phrases by cast.h, pronouns
 * by the simplest rules that are safe.
 *
 *   I, we, my, our       the speaker of the words they stand in, else the
 *                        document's issuer; "I" the person who signs, where
 *                        the issuer is a body
 *   you, your            the document's addressee
 *   he, she              the person last heard, or since then named as the
 *                        subject of a sentence ("my cousin teaches", "Boit
 *                        had"); no one whose title says otherwise
 *   it                   the organisation last heard or named
 *   they                 the group or organisation last heard or named
 *   a thing that speaks  its owner ("the school's register"), else the
 *                        issuer ("preliminary investigations")
 *   who, which           the noun phrase just before
 */
#ifndef MADAI_SPEAKER_H
#define MADAI_SPEAKER_H

#include "cast.h"

/* What is known where a source stands. Parties, or PARTY_NONE. */
struct speaker_context {
    uint32_t enclosing; /* who says the words it stands in */
    uint32_t issuer;
    uint32_t addressee;
    uint32_t writer; /* the person whose name stands over or under it all */
};

/* Who spoke last, by kind; kept from claim to claim in order of the text. */
struct speaker_memory {
    struct {
        uint32_t party;
        uint32_t token;
    } last[ACTOR_GROUP + 1];
};

void speaker_forget(struct speaker_memory *);
/* Notes that a party spoke at a token. */
void speaker_note(struct speaker_memory *, const struct cast *, uint32_t party,
                  uint32_t token);

/* The party that the source means; PARTY_NONE when no rule is safe. A
 * pronoun that was resolved becomes a mention. */
MUST_CHECK bool speaker_resolve(struct cast *, const struct speaker_memory *,
                                const struct speaker_context *,
                                struct span source, uint32_t *party,
                                struct error *);

#endif
