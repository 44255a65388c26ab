/*
 * say.c - what a command says besides its findings: help and complaints.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "terminal.h"

enum exit_code say(const char *words)
{
    errno = 0;
    if (fputs(words, stdout) >= 0 && fflush(stdout) == 0)
        return EXIT_ALL_WELL;
    if (errno == EPIPE)
        return EXIT_ALL_WELL;
    struct error error;
    error_errno(&error, errno, "standard output");
    complain(&error);
    return EXIT_MACHINE;
}

void complain(const struct error *error)
{
    terminal_complain(STDERR_FILENO, error->text);
}

enum exit_code complain_of_usage(const char *command, const struct error *error)
{
    struct error hint;
    complain(error);
    error_set(&hint, ERROR_USAGE, "'madai %s%s--help' says more",
              command != NULL ? command : "", command != NULL ? " " : "");
    complain(&hint);
    return EXIT_USAGE;
}
