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

#endif
