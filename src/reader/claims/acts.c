/*
 * acts.c - the steps of acts in their order, and the names of what they find.
 */
#include "act_draft.h"
#include "tag.h"

const char *const act_degree_names[DEGREE_COUNT] = {
    "direct", "ordered", "led", "planned", "incited", "allowed"};

bool acts_make(struct acts *acts, struct error *error)
{
    if (!tags_find(acts->text, acts->arena, &acts->tags, error) ||
        !act_find(acts, error))
        return false;
    act_sense(acts);
    return act_roles(acts, error) && act_twins(acts, error);
}
