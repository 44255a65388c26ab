/*
 * reading_words.h - words of a reading (docs/reading.md) that more than one
 * part of the program must know by number: the reader writes them, linking
 * reads them.
 */
#ifndef MADAI_READING_WORDS_H
#define MADAI_READING_WORDS_H

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

enum speech_act {
    ACT_ASSERT,
    ACT_ACCUSE,
    ACT_DENY,
    ACT_ADMIT,
    ACT_DEMAND,
    ACT_ASK,
    ACT_THREATEN,
    ACT_PROMISE,
    ACT_ANNOUNCE,
    ACT_ORDER,
    ACT_REFUSE,
    ACT_WARN,
    ACT_PRAISE,
    ACT_CONDEMN,
    ACT_REPORT,
};
enum { SPEECH_ACT_COUNT = ACT_REPORT + 1 };

/* As a reading writes them, indexed by the enums above. */
extern const char *const actor_class_names[ACTOR_CLASS_COUNT];
extern const char *const speech_act_names[SPEECH_ACT_COUNT];

#endif
