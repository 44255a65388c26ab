/*
 * cast.h - who is who in a text: its actors, in simplest form.
 *
 * Names of one person or body are joined by string, surname, given name,
 * acronym, or a short form whose head belongs to one name only ("the
 * Alliance"); what is wrong here is worse than what is missing, so a doubt
 * makes two actors of one. Whom pronouns mean is for whom.h and speaker.h.
 *
 * Invariants
 *   1. A name belongs to at most one party; places and other names to none,
 *      until one of them speaks.
 *   2. Time and memory grow with the number of names, not its square.
 */
#ifndef MADAI_CAST_H
#define MADAI_CAST_H

#include "actor.h"
#include "label.h"
#include "phrase.h"
#include "whom.h"

#define PARTY_NONE UINT32_MAX

enum gender { GENDER_UNKNOWN, GENDER_HE, GENDER_SHE };

/* A person, organisation or group in the making. */
struct party {
    struct span name;  /* tokens: its fullest name, or the noun phrase */
    struct span title; /* tokens of its office; empty where not said */
    uint32_t of;       /* the party whose office it is, or PARTY_NONE */
    uint32_t owner; /* whose ("his mother", "Boit's office"), or PARTY_NONE */
    enum actor_type type;
    enum actor_class class;
    enum gender gender;
    bool is_named;
    bool has_class; /* some word says so; else it is the default */
    uint32_t mention_count;
    float confidence;
};

struct party_mention {
    struct span tokens;
    uint32_t party;
};

/* Words to party; a hash table. */
struct cast_index {
    struct cast_entry *entries;
    size_t capacity; /* a power of 2 */
    size_t count;
};

struct cast {
    const struct text *text;
    const struct labels *labels;
    struct arena *arena;
    LIST(struct party) parties;
    LIST(struct party_mention) mentions; /* in the order they were found */
    uint32_t *party_of_name; /* by index in labels->names; or PARTY_NONE */
    struct cast_index index;
    uint32_t *whom; /* by mention: see whom_find; NULL before */
    /* The one organisation of each class, PARTY_NONE where there is none,
     * CAST_SEVERAL where there are more. */
    uint32_t of_class[ACTOR_CLASS_COUNT];
    int64_t police_words; /* less words of armies: whose the ranks are */
};
#define CAST_SEVERAL (UINT32_MAX - 1)

/* A name without what is none of it: a next paragraph, an article, a form of
 * address, a possessive, marks. */
struct span cast_clean_name(const struct text *, struct span name,
                            enum name_type);

/* Joins the names of a text into parties. The cast borrows all three, and
 * takes its memory from the arena. */
MUST_CHECK bool cast_build(struct cast *, const struct text *,
                           const struct labels *, struct arena *,
                           struct error *);

/* The party that a noun phrase (no pronoun) stands for; made anew, and not
 * named, when no party fits. The phrase becomes a mention. `owner` is the
 * party that a possessive pronoun at its head means, or PARTY_NONE. */
MUST_CHECK bool cast_phrase(struct cast *, struct span phrase, uint32_t owner,
                            uint32_t *party, struct error *);

/* The noun phrase that ends with its head: determiner, adjectives, noun. */
struct span cast_phrase_around(const struct text *, uint32_t head);

/* One more mention, for a pronoun or a phrase that was resolved. */
MUST_CHECK bool cast_mention(struct cast *, struct span tokens, uint32_t party,
                             struct error *);

/* Index of the first name that ends after token `token`; logarithmic. */
size_t cast_name_from(const struct cast *, uint32_t token);

/* The index of the name that is the head of a noun phrase ("Felix Odanga, a
 * spokesman for the party": not the party), or labels->names.count. */
size_t cast_head_name(const struct cast *, struct span phrase);

/* An office of no named body ("our chairperson", a signature) is one of the
 * body that issues the document. */
void cast_classify_staff(struct cast *, uint32_t issuer);

/* Persons of whom no word says what they are, by where they are named: those
 * who sign are of the body that issues the document, those over an article of
 * the press are of the media, those who take turns under a Speaker are of a
 * parliament. */
void cast_classify_places(struct cast *, uint32_t issuer, bool is_press);

/* Adds what else stands for parties that are known by now: "the constables"
 * of whom somebody spoke before, "the hospital" of a text that has one. Makes
 * no new parties; time grows with the text. */
MUST_CHECK bool cast_mentions(struct cast *, struct error *);

/* What follows is for the files of this folder. */

/* Class, gender and office of every named party, by words around it. */
void cast_classify(struct cast *);
/* Class, type and gender of an unnamed party, by its head. */
void cast_classify_phrase(struct cast *, struct party *);
/* Whether a noun is one for men or for women ("aunt", "policeman"). */
enum gender cast_noun_gender(const struct text *, uint32_t token);
/* The row of class_table for the head of a phrase that is no name. */
const struct table_row *cast_class_row(const struct text *, struct span phrase,
                                       char flag);
enum actor_class cast_class_of_row(const struct table_row *, bool *is_said);

#endif
