/*
 * beside.h - what stands beside a word: the arguments of a predicate, the
 * participants of an act, the rest of a mention beside its head.
 *
 * Two maps make a vector of the word itself and one of each word around it;
 * their sum and a learnt vector of the distance go through gelu, are weighed
 * by a third map of the word itself, and a sequence is read off. The maps of a
 * window's words are made once, when its first word is asked for: a window
 * without a predicate costs nothing.
 */
#ifndef MADAI_BESIDE_H
#define MADAI_BESIDE_H

#include "crf.h"
#include "sets.h"

#define BESIDE_REACH ((uint32_t)40) /* words to either side, at most */
#define BESIDE_WORDS (2 * (size_t)BESIDE_REACH + 1)

struct beside;

/* `*beside` becomes NULL where the model has nothing of the kind.
 * ERROR_CORRUPT, ERROR_LIMIT. */
MUST_CHECK bool beside_new(const struct model *, struct beside **beside,
                           struct error *);
void beside_free(struct beside *); /* NULL is allowed */

/* Whether the model has HEAD_ARGUMENTS (HEAD_PARTICIPANTS, HEAD_EXTENTS);
 * NULL: no. */
bool beside_has(const struct beside *, enum head);
const struct crf *beside_field(const struct beside *, enum head);

/* The words of a window; borrowed until the next call. */
void beside_begin(struct beside *, const float *vectors, size_t words);

/* The scores of the words `among`, at most BESIDE_REACH to either side of
 * `word`, for what stands beside it; borrowed until the next call. */
struct crf_scores beside_score(struct beside *, enum head, uint32_t word,
                               struct span among);

#endif
