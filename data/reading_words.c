/*
 * reading_words.c - the words, in the order of their numbers.
 */
#include "reading_words.h"

const char *const actor_class_names[ACTOR_CLASS_COUNT] = {
    "police",      "military",  "intelligence", "government",
    "court",       "oversight", "party",        "protesters",
    "civilians",   "media",     "ngo",          "intergovernmental",
    "armed-group", "business",  "parliament",   "health",
    "other"};

const char *const speech_act_names[SPEECH_ACT_COUNT] = {
    "assert", "accuse",   "deny",    "admit",    "demand",
    "ask",    "threaten", "promise", "announce", "order",
    "refuse", "warn",     "praise",  "condemn",  "report"};
