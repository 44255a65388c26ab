/*
 * name_counts.h - how often each word stands in names of actors and places, so
 * that a name spelt otherwise is found too.
 *
 * A document names few people many times: its words are counted first, and
 * each is then written once.
 */
#ifndef MADAI_NAME_COUNTS_H
#define MADAI_NAME_COUNTS_H

#include "arena.h"
#include "casefile.h"

struct name_counts {
    struct arena *arena;
    LIST(const char *) words; /* each as often as it stands there */
};

/* In any case to be ended. */
MUST_CHECK bool name_counts_begin(struct name_counts *, struct error *);
void name_counts_end(struct name_counts *);

/* Counts the words of these names; NULL: none. */
MUST_CHECK bool name_counts_add(struct name_counts *, const char *names,
                                struct error *);

/* Adds what was counted to the case's uses, or takes it away; a word that is
 * used no more is forgotten. Within a transaction; sorts the words. */
MUST_CHECK bool name_counts_store(struct name_counts *, struct casefile *,
                                  bool is_added, struct error *);

/* Words of names as name_word keeps them: folded, without marks, calling
 * back for each. False where the callback was, or memory is out. */
MUST_CHECK bool name_words(const char *names,
                           bool (*each)(void *, const char *word),
                           void *context, struct error *);

#endif
