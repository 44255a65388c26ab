/*
 * case_command.h - what all commands on a case have in common: options, the
 * case as first argument, opening it, and what an error means as exit code.
 */
#ifndef MADAI_CASE_COMMAND_H
#define MADAI_CASE_COMMAND_H

#include "casefile.h"
#include "command.h"
#include "options.h"

enum { CASE_OPTIONS_MAX = 32, CASE_HELP = CASE_OPTIONS_MAX - 1 };

/* A command line taken apart. Ids of options are below CASE_OPTIONS_MAX. */
struct case_arguments {
    const char *command;
    const char *path; /* of the case */
    char **words;     /* what comes after it */
    size_t word_count;
    const char *values[CASE_OPTIONS_MAX]; /* "" for one without a value */
};

struct case_command {
    const char *name;
    const char *help;
    const struct option_rule *rules; /* --help is added */
    size_t rule_count;
    size_t words_least, words_most; /* after the case */
    const char *wanted;             /* "which FILE?" where there are too few */
    /* `casefile` is NULL where opens is false. On failure: the error, and
     * EXIT_MACHINE or what else is right; see case_failed. */
    enum exit_code (*run)(struct casefile *, const struct case_arguments *,
                          struct error *);
    enum casefile_mode mode;
    bool opens; /* the case must be there */
    bool guesses; /* where no case is named, run finds one: path is NULL */
};

enum exit_code case_command_run(const struct case_command *, int argc,
                                char **argv);

/* Says the error and gives the exit code of its kind. */
enum exit_code case_failed(const struct error *);

/* Who is deciding: --by, $MADAI_BY, or the name one logged in with. */
const char *case_reviewer(const char *given);

/* How many threads to use for `word`, which may be NULL. */
MUST_CHECK bool case_threads(const char *word, unsigned *threads,
                             struct error *);

/* A whole number of 0 and above. */
MUST_CHECK bool case_number(const char *option, const char *word, uint64_t most,
                            uint64_t *number, struct error *);

#endif
