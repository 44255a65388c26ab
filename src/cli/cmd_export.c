/*
 * cmd_export.c - madai export and import.
 */
#include "case_command.h"
#include "case_export.h"
#include "case_key.h"
#include "print.h"

enum { EXPORT_FORMAT = 1, EXPORT_OUTPUT, EXPORT_PASSPHRASE };

static const struct option_rule export_rules[] = {
    {EXPORT_FORMAT, "format", 0, "bag or json"},
    {EXPORT_OUTPUT, "output", 'o', "folder"},
    {EXPORT_PASSPHRASE, "passphrase-file", 0, "file"},
};

static const char export_help[] =
    "madai export - a case for others\n"
    "\n"
    "Usage: madai export --format bag|json -o FOLDER CASE\n"
    "\n"
    "  --format bag         originals, texts, readings, reviews and the "
    "ledger,\n"
    "                       signed; with verify.py and VERIFY.txt for whoever\n"
    "                       checks it without madai (madai check does it too)\n"
    "  --format json        readings.jsonl, case.json and reviews.jsonl\n"
    "  -o, --output FOLDER  where to; it must not be there yet\n"
    "  --passphrase-file FILE   its first line is the passphrase that a bag "
    "is\n"
    "                       signed with; asked for otherwise\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai export --format bag -o for-the-court nakuru.madai\n"
    "  madai export --format json -o data nakuru.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 3 something was touched, 4 a\n"
    "limit or the machine. More: man madai\n";

static const char import_help[] =
    "madai import - take another case's work into this one\n"
    "\n"
    "Usage: madai import CASE BAG\n"
    "\n"
    "Checks the BAG, and takes over its documents with where they came from,\n"
    "texts, readings and reviews. What the case has is passed over, so that\n"
    "nothing is doubled. Whose key signed it stands in the ledger; whether\n"
    "that is the right one, ask its owner.\n"
    "\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai import nakuru.madai colleagues-bag\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 3 the bag does not hold, 4 a\n"
    "limit or the machine. More: man madai\n";

static enum exit_code export(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error) {
    struct signing_key key = {0};
    const char *format = arguments->values[EXPORT_FORMAT];
    const char *folder = arguments->values[EXPORT_OUTPUT];
    bool is_done = false;
    if (format == NULL ||
        (strcmp(format, "bag") != 0 && strcmp(format, "json") != 0))
        error_set(error, ERROR_USAGE, "--format takes bag or json");
    else if (folder == NULL)
        error_set(error, ERROR_USAGE, "to which FOLDER (-o)?");
    else if (strcmp(format, "json") == 0)
        is_done = case_export_json(casefile, folder, error);
    else is_done = case_key_open(casefile, arguments->values[EXPORT_PASSPHRASE],
                                 &key, error) &&
                   case_export_bag(casefile, &key, folder, error);
    signing_key_close(&key);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static void tell_fault(void *context, const char *path, const char *what)
{
    (void)context;
    print_words(*path != '\0' ? path : "the bag");
    fputs(": ", stdout);
    print_words(what);
    putchar('\n');
}

static enum exit_code import(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    struct imported imported;
    struct bag_faults faults = {tell_fault, NULL};
    if (!case_import_bag(casefile, arguments->words[0], &faults, &imported,
                         error))
        return EXIT_MACHINE;
    printf("%llu documents added, %llu known, %llu readings, %llu reviews\n",
           (unsigned long long)imported.documents,
           (unsigned long long)imported.known,
           (unsigned long long)imported.readings,
           (unsigned long long)imported.reviews);
    return EXIT_ALL_WELL;
}

static const struct case_command export_command = {
    .name = "export",
    .help = export_help,
    .rules = export_rules,
    .rule_count = sizeof export_rules / sizeof *export_rules,
    .run = export,
    .mode = CASEFILE_WRITE,
    .opens = true,
};
static const struct case_command import_command = {
    .name = "import",
    .help = import_help,
    .words_least = 1,
    .words_most = 1,
    .wanted = "which BAG?",
    .run = import,
    .mode = CASEFILE_WRITE,
    .opens = true,
};

static enum exit_code run_export(int argc, char **argv)
{
    return case_command_run(&export_command, argc, argv);
}
static enum exit_code run_import(int argc, char **argv)
{
    return case_command_run(&import_command, argc, argv);
}

const struct command command_export = {"export", "a case for others",
                                       run_export};
const struct command command_import = {
    "import", "take another case's work into this one", run_import};
