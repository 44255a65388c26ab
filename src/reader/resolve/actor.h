/*
 * actor.h - what can be said of an actor: READING.md has the words.
 */
#ifndef MADAI_ACTOR_H
#define MADAI_ACTOR_H

#include "reading_words.h"

enum actor_type { ACTOR_PERSON, ACTOR_ORGANISATION, ACTOR_GROUP };
/* Names as READING.md writes them, indexed by the enum above. */
extern const char *const actor_type_names[];

#endif
