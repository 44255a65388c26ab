/*
 * links.h - which cue a content belongs to, which source a cue.
 *
 * Two maps make a vector of each span's first and last word; a link's score
 * is the product of both, with a learnt score for their distance. There is
 * always one more candidate: none.
 */
#ifndef MADAI_LINKS_H
#define MADAI_LINKS_H

#include "model_parts.h"
#include "slice.h"

#define LINK_WIDTH_MAX ((size_t)256)
#define LINK_DISTANCES 24
#define LINK_NONE SIZE_MAX

/* A kind of link: how its origin and its target are mapped. */
struct link_kind {
    size_t inputs, width; /* twice the model's; of the mapped vector */
    const float *from_weight, *from_bias, *to_weight, *to_bias;
    float distance[LINK_DISTANCES];
    float none;
    const struct kernels *kernels;
};

/* Finds the tensors of kind `number` in the weight file; ERROR_CORRUPT. */
MUST_CHECK bool link_kind_read(const struct model *, size_t number,
                               struct link_kind *, struct error *);

/* The vector of a span of words as origin (or target), `width` floats. `ends`
 * is scratch of `inputs` floats; all aligned to 64 bytes. */
void link_map(const struct link_kind *, const float *words, struct span,
              bool is_origin, float *ends, float *out);

/* Distance class of two spans, 0 to 23. */
size_t link_distance(struct span origin, struct span target);

float link_score(const struct link_kind *, const float *origin_vector,
                 const float *target_vector, struct span origin,
                 struct span target);

/* The best of the candidates, and its probability among them and none. With
 * `may_be_none` that too may be best: LINK_NONE. */
size_t link_choose(const struct link_kind *, const float *scores, size_t count,
                   bool may_be_none, float *probability);

#endif
