/*
 * acts.c - the steps of acts in their order, and the names of what they find.
 */
#include "act_draft.h"
#include "tag.h"

const char *const act_code_names[ACT_CODE_COUNT] = {
    "killing",
    "attempted-killing",
    "death-in-custody",
    "shooting",
    "beating",
    "wounding",
    "torture",
    "sexual-violence",
    "tear-gas",
    "use-of-force",
    "attack",
    "stone-throwing",
    "bombing",
    "arrest",
    "detention",
    "abduction",
    "disappearance",
    "threat",
    "intimidation",
    "incitement",
    "surveillance",
    "dispersal",
    "ban",
    "obstruction",
    "protest",
    "riot",
    "raid",
    "invasion",
    "property-damage",
    "arson",
    "looting",
    "eviction",
    "seizure",
    "extortion",
    "prosecution",
    "persecution",
    "discrimination",
    "failure-to-act",
    "censorship",
    "dismissal",
    "election-fraud",
    "corruption",
    "other",
};
const char *const act_degree_names[DEGREE_COUNT] = {
    "direct", "ordered", "led", "planned", "incited", "allowed"};
const char *const act_modality_names[ACT_MODALITY_COUNT] = {
    "actual",  "attempted", "ordered",      "threatened",
    "planned", "demanded",  "hypothetical", "recurring"};

bool acts_make(struct acts *acts, struct error *error)
{
    if (!tags_find(acts->text, acts->arena, &acts->tags, error) ||
        !act_find(acts, error))
        return false;
    act_sense(acts);
    return act_roles(acts, error) && act_twins(acts, error);
}
