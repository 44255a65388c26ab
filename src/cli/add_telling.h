/*
 * add_telling.h - what `madai add` and `madai reread` share: what they tell of
 * each document, how far they have come, and what a reader knows.
 */
#ifndef MADAI_ADD_TELLING_H
#define MADAI_ADD_TELLING_H

#include "case_add.h"
#include "case_command.h"
#include "gazetteer.h"
#include "model.h"
#include "ticker.h"

/* Options of both; each has more of its own from ADD_OWN on. */
enum {
    ADD_PORCELAIN = 1,
    ADD_THREADS,
    ADD_MODEL,
    ADD_GAZETTEER,
    ADD_PROGRESS,
    ADD_UNSAFE,
    ADD_OWN,
};
#define ADD_SHARED_RULES                                                       \
    {ADD_PORCELAIN, "porcelain", 0, NULL},                                     \
        {ADD_THREADS, "jobs", 'j', "number of threads"},                       \
        {ADD_MODEL, "model", 0, "file"},                                       \
        {ADD_GAZETTEER, "gazetteer", 0, "file"},                               \
        {ADD_PROGRESS, "progress", 0, NULL},                                   \
    {                                                                          \
        ADD_UNSAFE, "unsafe-parsing", 0, NULL                                  \
    }

enum { REASONS_MOST = 12 };

struct add_telling {
    bool is_porcelain;
    bool is_reread;
    bool is_dry;
    uint64_t added, known, unread;
    /* Why documents were refused or not read, the most common first found. */
    struct {
        char words[120];
        uint64_t count;
    } reasons[REASONS_MOST];
    uint64_t other_reasons;
    struct tally tally;
    struct ticker *ticker;
    bool has_ticker;
};

struct add_telling add_telling_of(const struct case_arguments *,
                                  bool is_reread);

/* The work with its telling, which is borrowed, and its threads: USAGE. */
MUST_CHECK bool add_work_begin(struct casefile *, const struct case_arguments *,
                               struct add_telling *, struct case_add *,
                               struct error *);

/* The model that was asked for, and the gazetteer where there is one. */
struct add_knowledge {
    struct model *model;
    struct gazetteer *gazetteer; /* or NULL */
};

/* Opens both; where that fails none is open, and what went wrong is the
 * machine's. Closing what was never opened is allowed. */
MUST_CHECK bool add_knowledge_open(const struct case_arguments *,
                                   struct add_knowledge *, struct error *);
void add_knowledge_close(struct add_knowledge *);

/* Ends the telling with how many there were. */
enum exit_code add_outcome(struct add_telling *);

#endif
