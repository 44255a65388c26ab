/*
 * link_actors.h - the actors of the case. Of link/ alone.
 */
#ifndef MADAI_LINK_ACTORS_H
#define MADAI_LINK_ACTORS_H

#include "cluster.h"
#include "link_run.h"

struct link_finding run_actor_finding(const struct run *, uint32_t number);

/* From run->actor_of, the least number of each group, to the actors of the
 * result; run->actor_of is theirs then. */
MUST_CHECK bool list_actors(struct run *, const struct cluster_edges *weighed,
                            const struct cluster_edges *decided);

#endif
