/*
 * link_incidents.h - acts that are one event. Of link/ alone.
 */
#ifndef MADAI_LINK_INCIDENTS_H
#define MADAI_LINK_INCIDENTS_H

#include "cluster.h"
#include "link_scene.h"

struct link_finding run_act_finding(const struct run *, uint32_t number);

/* From the least number of each group to the incidents of the result;
 * run->incident_of says which of them an act is of. */
MUST_CHECK bool list_incidents(struct run *, const struct scene *,
                               const uint32_t *group_of,
                               const struct cluster_edges *weighed,
                               const struct cluster_edges *decided);

/* Where and when an incident was, and its acts (numbers of the run). */
struct extent {
    int32_t first, last; /* days, or LINK_NO_DAY */
    uint64_t place;      /* 0: not known */
    const uint32_t *order;
    uint32_t count;
};

/* link_within.c: sets part_of. */
MUST_CHECK bool incidents_nest(struct run *, const struct extent *,
                               struct link_incident *, uint32_t count);

#endif
