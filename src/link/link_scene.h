/*
 * link_scene.h - when and where an act was, as far as its document lets one
 * know: what it says itself, else what it points back to, else the act before
 * it in its paragraph. Of link/ alone.
 */
#ifndef MADAI_LINK_SCENE_H
#define MADAI_LINK_SCENE_H

#include "link_run.h"

/* Whose time or place it is. */
enum scene_from { SCENE_OWN, SCENE_SAME, SCENE_NEAR, SCENE_NONE };

struct scene {
    int32_t first, last; /* days, or LINK_NO_DAY */
    enum scene_from time_from, place_from;
    struct bag places;
    uint64_t place;
    const char *place_name;
    uint32_t root; /* the first act of the document that it is the same as */
};

/* One for each act of the run; NULL: no memory. */
MUST_CHECK struct scene *scenes_find(struct run *);

#endif
