/*
 * cmd_reread.c - `madai reread`: the texts of a case read again, with the model
 * of today.
 */
#include "add_telling.h"

enum { REREAD_ONLY_UNREAD = ADD_OWN, REREAD_CONVERT };

static const struct option_rule reread_rules[] = {
    {REREAD_ONLY_UNREAD, "unread", 0, NULL},
    {REREAD_CONVERT, "convert", 0, NULL},
    ADD_SHARED_RULES,
};

static const char reread_help[] =
    "madai reread - read the documents of a case again\n"
    "\n"
    "Usage: madai reread [OPTION]... CASE [DOCUMENT]...\n"
    "\n"
    "Makes the findings anew, with the model of today; of all documents, "
    "where\n"
    "none is named. What people decided is never overwritten: it is carried\n"
    "over by its passage, and what cannot be is listed by madai reviews\n"
    "--stranded.\n"
    "\n"
    "  --unread             only documents that were never read\n"
    "  --convert            draw their texts from the originals anew; one that\n"
    "                       is another than before becomes a new version\n"
    "  --porcelain          a line a document: added SHA256 NAME, or\n"
    "                       refused NAME: REASON\n"
    "  -j, --jobs N         read N documents at a time\n"
    "  --model FILE         the weight file to use\n"
    "  --gazetteer FILE     the file of places to use; none for none\n"
    "  --progress           say how far it has come, also where stderr is no\n"
    "                       terminal\n"
    "  --unsafe-parsing     read files though this system cannot shut in what\n"
    "                       parses them: only files that you trust\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai reread nakuru.madai\n"
    "  madai reread --unread nakuru.madai\n"
    "\n"
    "Exit codes: 0 all went well, 1 some documents were refused, 2 wrong\n"
    "usage, 4 a limit or the machine. More: man madai\n";

static enum exit_code reread(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    struct add_telling telling = add_telling_of(arguments, true);
    struct case_add work;
    if (arguments->values[REREAD_ONLY_UNREAD] != NULL &&
        arguments->values[REREAD_CONVERT] != NULL) {
        error_set(error, ERROR_USAGE,
                  "--unread and --convert exclude each other");
        return EXIT_USAGE;
    }
    if (!add_work_begin(casefile, arguments, &telling, &work, error))
        return EXIT_USAGE;
    struct add_knowledge knowledge;
    if (!add_knowledge_open(arguments, &knowledge, error))
        return EXIT_MACHINE;
    work.model = knowledge.model;
    work.gazetteer = knowledge.gazetteer;
    enum reread_which which =
        arguments->values[REREAD_ONLY_UNREAD] != NULL ? REREAD_UNREAD
        : arguments->values[REREAD_CONVERT] != NULL   ? REREAD_CONVERTED
                                                      : REREAD_ALL;
    bool is_done = case_reread(&work, arguments->words, arguments->word_count,
                               which, error);
    add_knowledge_close(&knowledge);
    enum exit_code code = add_outcome(&telling);
    return is_done ? code : EXIT_MACHINE;
}

static const struct case_command reread_command = {
    .name = "reread",
    .help = reread_help,
    .rules = reread_rules,
    .rule_count = sizeof reread_rules / sizeof *reread_rules,
    .words_most = SIZE_MAX,
    .run = reread,
    .mode = CASEFILE_WRITE,
    .opens = true,
};

static enum exit_code run_reread(int argc, char **argv)
{
    return case_command_run(&reread_command, argc, argv);
}

const struct command command_reread = {
    .name = "reread",
    .summary = "read the documents of a case again",
    .run = run_reread,
};
