/*
 * cmd_links.h - what madai link does with a case.
 */
#ifndef MADAI_CMD_LINKS_H
#define MADAI_CMD_LINKS_H

#include "command.h"

/* Links the case that the words name, and tells how many there are of each
 * list; with --json all of it, as case.json has it. */
enum exit_code links_of_case(const char *help, int argc, char **argv);

#endif
