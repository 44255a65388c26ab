/*
 * cmd_export.c - madai export and import.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "case_command.h"
#include "case_export.h"
#include "case_key.h"
#include "export.h"
#include "file.h"
#include "print.h"
#include "report_file.h"
#include "review_table.h"

enum {
    EXPORT_FORMAT = 1,
    EXPORT_OUTPUT,
    EXPORT_PASSPHRASE,
    EXPORT_UNREVIEWED,
    EXPORT_INCLUDE,
    IMPORT_BY,
};

static const struct option_rule export_rules[] = {
    {EXPORT_FORMAT, "format", 0, "bag, csv or json"},
    {EXPORT_OUTPUT, "output", 'o', "folder"},
    {EXPORT_PASSPHRASE, "passphrase-file", 0, "file"},
    {EXPORT_UNREVIEWED, "unreviewed", 0, NULL},
    {EXPORT_INCLUDE, "include-unreviewed", 0, NULL},
};
static const struct option_rule import_rules[] = {
    {IMPORT_BY, "by", 0, "name"},
};

static const char export_help[] =
    "madai export - a case for others\n"
    "\n"
    "Usage: madai export --format bag|json -o FOLDER CASE\n"
    "       madai export --format csv -o FILE [--unreviewed] CASE\n"
    "       madai export --format events|incidents|acts|involvements|\n"
    "                    interventions|figures|xlsx|plover|geojson|ics|\n"
    "                    annotations|ftm\n"
    "                    [-o FILE] [--include-unreviewed] CASE\n"
    "\n"
    "  --format bag         originals, texts, readings, reviews and the "
    "ledger,\n"
    "                       signed; with verify.py and VERIFY.txt for whoever\n"
    "                       checks it without madai (madai check does it too)\n"
    "  --format json        readings.jsonl, case.json and reviews.jsonl\n"
    "  --format csv         a table of what people decided, for a "
    "spreadsheet:\n"
    "                       change decision and values there, and bring it "
    "back\n"
    "                       with madai import\n"
    "  --format events      what was reviewed, as a table of events in "
    "columns\n"
    "                       like ACLED's\n"
    "  --format incidents, acts, involvements, interventions, figures   "
    "tables in\n"
    "                       the manner of HURIDOCS (CSV); xlsx: all of them\n"
    "  --format plover      event records as PLOVER has them, one a line\n"
    "  --format geojson, ics, annotations, ftm   the same for a map, for a\n"
    "                       calendar, as W3C Web Annotations, as "
    "FollowTheMoney\n"
    "                       entities; with ids that stay the same\n"
    "  --include-unreviewed with these: also what nobody has decided on yet\n"
    "  --unreviewed         with csv: also what nobody has decided on yet\n"
    "  -o, --output FOLDER  where to; it must not be there yet\n"
    "  --passphrase-file FILE   its first line is the passphrase that a bag "
    "is\n"
    "                       signed with; asked for otherwise\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai export --format bag -o for-the-court nakuru.madai\n"
    "  madai export --format json -o data nakuru.madai\n"
    "  madai export --format csv -o reviews.csv nakuru.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 3 something was touched, 4 a\n"
    "limit or the machine. More: man madai\n";

static const char import_help[] =
    "madai import - take another case's work into this one\n"
    "\n"
    "Usage: madai import CASE BAG\n"
    "       madai import [--by NAME] CASE TABLE.csv\n"
    "\n"
    "Checks the BAG, and takes over its documents with where they came from,\n"
    "texts, readings and reviews: all of it, or nothing where that fails.\n"
    "What the case has is passed over, so that nothing is doubled. Whose key\n"
    "signed it stands in the ledger; whether that is the right one, ask its\n"
    "owner.\n"
    "\n"
    "Of a table (madai export --format csv) each row is held against what\n"
    "stands; what it says otherwise becomes a decision. An emptied decision\n"
    "is taken back, also one that holds for no finding any more (stranded);\n"
    "a row that is gone says nothing. Rows that somebody has decided on since\n"
    "are passed over and told. All rows are taken, or none.\n"
    "\n"
    "  --by NAME            who decided, where the table does not say it\n"
    "                       ($MADAI_BY, or your login name)\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai import nakuru.madai colleagues-bag\n"
    "  madai import nakuru.madai reviews.csv\n"
    "\n"
    "Exit codes: 0 all went well, 1 a row cannot be taken, 2 wrong usage, 3 "
    "the\n"
    "bag does not hold, 4 a limit or the machine. More: man madai\n";

/* "-" is standard output, whose failures are told at the end. */
static bool export_table(struct casefile *casefile, const char *path,
                         bool is_whole, struct error *error)
{
    if (strcmp(path, "-") == 0)
        return review_table_write(casefile, stdout, is_whole, error);
    FILE *file = fopen(path, "wxe");
    if (file == NULL && errno == EEXIST)
        return error_set(error, ERROR_USAGE, "%.150s is there already", path);
    if (file == NULL)
        return error_errno(error, errno, "cannot make the file");
    bool is_written = review_table_write(casefile, file, is_whole, error);
    if (fclose(file) != 0 && is_written)
        is_written = error_errno(error, errno, "cannot write");
    if (!is_written)
        unlink(path);
    return is_written;
}

/* Findings for other programs: maps, calendars, event tables. */
static bool export_findings(struct casefile *casefile,
                            const struct export_format *format,
                            const char *path, bool with_unreviewed,
                            struct error *error)
{
    struct gathered all;
    struct slice bytes;
    const struct gather_options options = {.with_unreviewed = with_unreviewed};
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_done = gather(casefile, &options, arena, &all, error) &&
                   format->write(&all, &bytes, error) &&
                   report_file_write(path, bytes, error);
    arena_release(arena);
    return is_done;
}

static bool export_as(struct casefile *casefile,
                      const struct case_arguments *arguments,
                      const char *format, struct error *error)
{
    struct signing_key key = {0};
    const char *folder = arguments->values[EXPORT_OUTPUT];
    if (folder == NULL)
        return error_set(error, ERROR_USAGE, "to which FOLDER (-o)?");
    if (strcmp(format, "csv") == 0)
        return export_table(casefile, folder,
                            arguments->values[EXPORT_UNREVIEWED] != NULL,
                            error);
    if (strcmp(format, "json") == 0)
        return case_export_json(casefile, folder, error);
    bool is_done = case_key_open(casefile, arguments->values[EXPORT_PASSPHRASE],
                                 &key, error) &&
                   case_export_bag(casefile, &key, folder, error);
    signing_key_close(&key);
    return is_done;
}

static enum exit_code export_case(struct casefile *casefile,
                                  const struct case_arguments *arguments,
                                  struct error *error)
{
    const char *format = arguments->values[EXPORT_FORMAT];
    const struct export_format *findings =
        format != NULL ? export_format_find(format) : NULL;
    bool is_done = false;
    if (findings != NULL)
        is_done = export_findings(
            casefile, findings, arguments->values[EXPORT_OUTPUT],
            arguments->values[EXPORT_INCLUDE] != NULL ||
                arguments->values[EXPORT_UNREVIEWED] != NULL,
            error);
    else if (format == NULL ||
             (strcmp(format, "bag") != 0 && strcmp(format, "json") != 0 &&
              strcmp(format, "csv") != 0))
        error_set(
            error, ERROR_USAGE,
            "--format takes bag, csv or json; or events, incidents, acts, "
            "involvements, interventions, figures, xlsx, plover, "
            "geojson, ics, annotations, ftm");
    else
        is_done = export_as(casefile, arguments, format, error);
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

static bool import_bag(struct casefile *casefile, const char *folder,
                       struct error *error)
{
    struct imported imported;
    struct bag_faults faults = {tell_fault, NULL};
    if (!case_import_bag(casefile, folder, &faults, &imported, error))
        return false;
    printf("%llu documents added, %llu known, %llu readings, %llu reviews\n",
           (unsigned long long)imported.documents,
           (unsigned long long)imported.known,
           (unsigned long long)imported.readings,
           (unsigned long long)imported.reviews);
    return true;
}

static void tell_row(void *context, unsigned line, const char *told)
{
    (void)context;
    printf("line %u: ", line);
    print_words(told);
    putchar('\n');
}

static bool import_table(struct casefile *casefile, const char *path,
                         const char *reviewer, struct error *error)
{
    struct file file = {0};
    struct review_table_counts counts;
    const struct review_table table = {.reviewer = reviewer, .tell = tell_row};
    bool is_taken =
        (file_read(path, JSON_BYTES_MAX, &file, error) &&
         review_table_read(casefile, file.bytes, &table, &counts, error)) ||
        error_prefix(error, "%.150s", path);
    file_close(&file);
    if (is_taken)
        printf("%llu rows taken, %llu known, %llu passed over\n",
               (unsigned long long)counts.taken,
               (unsigned long long)counts.known,
               (unsigned long long)counts.passed);
    return is_taken;
}

/* A bag is a folder, a table a file. */
static enum exit_code import(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    struct stat status;
    const char *path = arguments->words[0];
    bool is_table = strcmp(path, "-") == 0 ||
                    (stat(path, &status) == 0 && !S_ISDIR(status.st_mode));
    bool is_done =
        is_table
            ? import_table(casefile, path,
                           case_reviewer(arguments->values[IMPORT_BY]), error)
            : import_bag(casefile, path, error);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command export_command = {
    .name = "export",
    .help = export_help,
    .rules = export_rules,
    .rule_count = sizeof export_rules / sizeof *export_rules,
    .run = export_case,
    .mode = CASEFILE_WRITE,
    .opens = true,
};
static const struct case_command import_command = {
    .name = "import",
    .help = import_help,
    .rules = import_rules,
    .rule_count = sizeof import_rules / sizeof *import_rules,
    .words_least = 1,
    .words_most = 1,
    .wanted = "which BAG or TABLE?",
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
    "import", "take a bag or a table of reviews in", run_import};
