/*
 * act.h - what is said to have been done: READING.md's acts, as C.
 *
 * Ids are indexes, as in reading.h; spans are bytes. Every telling is an act
 * of its own: two of the same deed are joined by same_as.
 */
#ifndef MADAI_ACT_H
#define MADAI_ACT_H

#include "act_kind.h"
#include "arena.h"
#include "slice.h"

#include <stdbool.h>
#include <stdint.h>

enum act_degree {
    DEGREE_DIRECT,
    DEGREE_ORDERED,
    DEGREE_LED,
    DEGREE_PLANNED,
    DEGREE_INCITED,
    DEGREE_ALLOWED,
    DEGREE_COUNT,
};
/* Names as READING.md writes them, indexed by the enum above. */
extern const char *const act_degree_names[DEGREE_COUNT];

enum act_role { ROLE_PERPETRATOR, ROLE_VICTIM, ROLE_TARGET, ROLE_WEAPON };
enum { ACT_ROLE_COUNT = ROLE_WEAPON + 1 };

struct act_party {
    struct span span;
    uint32_t actor; /* or READING_NONE */
    enum act_role role;
    enum act_degree degree; /* of a perpetrator */
};

struct act {
    enum act_code code;
    struct span trigger;
    const struct act_party *parties; /* by role, then in order of the text */
    uint32_t party_count;
    enum act_modality modality;
    bool is_denied;
    uint32_t claim;   /* the innermost that tells it, or READING_NONE */
    uint32_t time;    /* of reading.times, or READING_NONE */
    uint32_t place;   /* of reading.places, or READING_NONE */
    uint32_t same_as; /* the first act that tells of it, or READING_NONE */
    float confidence; /* calibrated: that it is an act, and of this code */
};

#endif
