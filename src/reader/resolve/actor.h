/*
 * actor.h - what can be said of an actor: READING.md has the words.
 */
#ifndef MADAI_ACTOR_H
#define MADAI_ACTOR_H

enum actor_type { ACTOR_PERSON, ACTOR_ORGANISATION, ACTOR_GROUP };
enum actor_class {
    CLASS_POLICE,
    CLASS_MILITARY,
    CLASS_INTELLIGENCE,
    CLASS_GOVERNMENT,
    CLASS_COURT,
    CLASS_OVERSIGHT,
    CLASS_PARTY,
    CLASS_PROTESTERS,
    CLASS_CIVILIANS,
    CLASS_MEDIA,
    CLASS_NGO,
    CLASS_INTERGOVERNMENTAL,
    CLASS_ARMED_GROUP,
    CLASS_BUSINESS,
    CLASS_PARLIAMENT,
    CLASS_HEALTH,
    CLASS_OTHER,
};
enum { ACTOR_CLASS_COUNT = CLASS_OTHER + 1 };
/* Names as READING.md writes them, indexed by the enums above. */
extern const char *const actor_type_names[], *const actor_class_names[];

#endif
