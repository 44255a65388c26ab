/*
 * act_kind.h - which kinds of acts there are, and in which moods they are
 * told: what the network answers and what the reading says are the same words.
 */
#ifndef MADAI_ACT_KIND_H
#define MADAI_ACT_KIND_H

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
extern const char *const act_code_names[ACT_CODE_COUNT];
extern const char *const act_modality_names[ACT_MODALITY_COUNT];

#endif
