/*
 * options.h - the words of a command line, one after the other.
 *
 * Options may stand anywhere; "--" ends them; "-" alone is an argument
 * (standard input). "--name VALUE", "--name=VALUE", "-n VALUE" and "-nVALUE"
 * are the same. Nothing may be abbreviated: a script that works today must
 * not break when an option is added; a word begun is suggested instead.
 */
#ifndef MADAI_OPTIONS_H
#define MADAI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

struct option_rule {
    int id;            /* the caller's own, above 0; two names may share one */
    const char *name;  /* without dashes */
    char letter;       /* or 0 */
    const char *value; /* what the value is called, or NULL: takes none */
};

struct options {
    const struct option_rule *rules;
    size_t rule_count;
    int argc;
    char **argv;
    int next;      /* begin at 1 */
    bool is_ended; /* "--" was seen */
};

enum option_kind { OPTION_END, OPTION_GIVEN, OPTION_ARGUMENT, OPTION_WRONG };

struct option_found {
    int id;
    const char *value; /* borrowed from argv; an argument is here too */
};

/* The next option or argument. OPTION_WRONG: an ERROR_USAGE in `error`. */
enum option_kind option_next(struct options *, struct option_found *,
                             struct error *);

/* Hands each option and each other word over, in their order; false at the
 * first that is wrong, or that one of the two says no to. */
struct option_taker {
    bool (*option)(void *context, const struct option_found *, struct error *);
    bool (*word)(void *context, char *word, struct error *);
    void *context;
};
MUST_CHECK bool options_take(const struct option_rule *, size_t rule_count,
                             int argc, char **argv, const struct option_taker *,
                             struct error *);

#endif
