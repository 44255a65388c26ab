/*
 * act.h - what is said to have been done: READING.md's acts, as C.
 *
 * Ids are indexes, as in reading.h; spans are bytes. Every telling is an act
 * of its own: two of the same deed are joined by same_as.
 */
#ifndef MADAI_ACT_H
#define MADAI_ACT_H

#include "arena.h"
#include "slice.h"

#include <stdbool.h>
#include <stdint.h>

/* In the order of acts.tsv. */
enum act_code {
    ACT_KILLING,
    ACT_ATTEMPTED_KILLING,
    ACT_DEATH_IN_CUSTODY,
    ACT_SHOOTING,
    ACT_BEATING,
    ACT_WOUNDING,
    ACT_TORTURE,
    ACT_SEXUAL_VIOLENCE,
    ACT_TEAR_GAS,
    ACT_USE_OF_FORCE,
    ACT_ATTACK,
    ACT_STONE_THROWING,
    ACT_BOMBING,
    ACT_ARREST,
    ACT_DETENTION,
    ACT_ABDUCTION,
    ACT_DISAPPEARANCE,
    ACT_THREAT,
    ACT_INTIMIDATION,
    ACT_INCITEMENT,
    ACT_SURVEILLANCE,
    ACT_DISPERSAL,
    ACT_BAN,
    ACT_OBSTRUCTION,
    ACT_PROTEST,
    ACT_RIOT,
    ACT_RAID,
    ACT_INVASION,
    ACT_PROPERTY_DAMAGE,
    ACT_ARSON,
    ACT_LOOTING,
    ACT_EVICTION,
    ACT_SEIZURE,
    ACT_EXTORTION,
    ACT_PROSECUTION,
    ACT_PERSECUTION,
    ACT_DISCRIMINATION,
    ACT_FAILURE,
    ACT_CENSORSHIP,
    ACT_DISMISSAL,
    ACT_ELECTION_FRAUD,
    ACT_CORRUPTION,
    ACT_OTHER,
    ACT_CODE_COUNT,
};
enum act_degree {
    DEGREE_DIRECT,
    DEGREE_ORDERED,
    DEGREE_LED,
    DEGREE_PLANNED,
    DEGREE_INCITED,
    DEGREE_ALLOWED,
    DEGREE_COUNT,
};
enum act_modality {
    MODALITY_ACTUAL,
    MODALITY_ATTEMPTED,
    MODALITY_ORDERED,
    MODALITY_THREATENED,
    MODALITY_PLANNED,
    MODALITY_DEMANDED,
    MODALITY_HYPOTHETICAL,
    MODALITY_RECURRING,
    ACT_MODALITY_COUNT,
};
/* Names as READING.md writes them, indexed by the enums above. */
extern const char *const act_code_names[ACT_CODE_COUNT],
    *const act_degree_names[DEGREE_COUNT],
        *const act_modality_names[ACT_MODALITY_COUNT];

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
