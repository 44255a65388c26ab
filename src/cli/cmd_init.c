/*
 * cmd_init.c - `madai init`: a new case.
 */
#include "case_command.h"
#include "print.h"

static const char init_help[] =
    "madai init - make a new case\n"
    "\n"
    "Usage: madai init CASE\n"
    "\n"
    "Makes CASE, one file that will hold documents, what was found in them,\n"
    "what people decided, and a ledger of all that is done. Only you can read\n"
    "it, but it is not encrypted: keep it on an encrypted disk.\n"
    "\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai init nakuru.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

static enum exit_code make_case(struct casefile *none,
                                const struct case_arguments *arguments,
                                struct error *error)
{
    (void)none;
    struct casefile *casefile = casefile_create(arguments->path, error);
    if (casefile == NULL) {
        error_prefix(error, "%.150s", arguments->path);
        return EXIT_MACHINE;
    }
    casefile_close(casefile);
    return EXIT_ALL_WELL;
}

static const struct case_command init = {
    .name = "init",
    .help = init_help,
    .run = make_case,
};

static enum exit_code run_init(int argc, char **argv)
{
    return case_command_run(&init, argc, argv);
}

const struct command command_init = {
    .name = "init",
    .summary = "make a new case",
    .run = run_init,
};
