/*
 * police.h - what police are said to do, sentence by sentence, in the labels
 * of IndiaPoliceEvents (Halterman et al. 2021): a layer for who asks.
 *
 * An act names as its doers only whom its own sentence names. Here counts as
 * well what the kind of the act or the words beside it leave to police alone:
 * an arrest that nobody else is said to have made, people who died where the
 * police fired. Soldiers in the streets count as police do.
 */
#ifndef MADAI_POLICE_H
#define MADAI_POLICE_H

#include "reading.h"

enum police_label {
    POLICE_KILL = 1,
    POLICE_ARREST = 2,
    POLICE_FAIL = 4, /* to act or to intervene; those who govern too */
    POLICE_FORCE = 8,
    POLICE_ANY_ACTION = 16,
};
enum { POLICE_LABEL_COUNT = 5 };
/* As the corpus writes them, by bit. */
extern const char *const police_label_names[POLICE_LABEL_COUNT];

/* Makes reading->police: for each sentence a set of the labels, the arena's.
 * Acts and actors are taken over already. Time grows with words and acts.
 * ERROR_LIMIT. */
MUST_CHECK bool police_take(struct arena *, struct reading *, struct error *);

#endif
