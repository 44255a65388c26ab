/*
 * command.h - what a command of madai is, and how every one of them ends.
 *
 * A new command is one file cmd_NAME.c with one `struct command`, and one
 * line in main.c.
 */
#ifndef MADAI_COMMAND_H
#define MADAI_COMMAND_H

#include "error.h"

enum exit_code {
    EXIT_ALL_WELL = 0,
    EXIT_REFUSED = 1, /* some documents were refused */
    EXIT_USAGE = 2,   /* wrong usage */
    EXIT_TOUCHED = 3, /* something was touched that must not be */
    EXIT_MACHINE = 4, /* a limit, or the machine: disk, memory, model */
};

struct command {
    const char *name;
    const char *summary; /* half a line, for `madai --help` */
    /* argv[0] is the command's own name. */
    enum exit_code (*run)(int argc, char **argv);
};

extern const struct command command_read, command_convert, command_init,
    command_add, command_list, command_show, command_search, command_accept,
    command_correct, command_reject, command_merge, command_split, command_undo,
    command_reviews, command_reread, command_verify, command_log,
    command_checkpoint, command_prove, command_key, command_export,
    command_import, command_backup, command_restore, command_erase,
    command_check, command_link, command_actors, command_incidents,
    command_relations, command_figures, command_complaints, command_patterns,
    command_why, command_serve, command_chronology, command_matrix,
    command_dossier;

/* Words on standard output, and how that ended. */
enum exit_code say(const char *words);

/* "madai: words" on stderr, made safe for a terminal. */
void complain(const struct error *);

/* The same, then where to find help; always returns EXIT_USAGE. `command`
 * is NULL for madai itself. */
enum exit_code complain_of_usage(const char *command, const struct error *);

#endif
