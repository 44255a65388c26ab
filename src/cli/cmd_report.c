/*
 * cmd_report.c - madai chronology, dossier and matrix: papers of a case.
 */
#include <errno.h>
#include <unistd.h>

#include "annexes.h"
#include "case_command.h"
#include "file.h"
#include "report_file.h"
#include "report_make.h"

enum {
    REPORT_FORMAT = 1,
    REPORT_OUTPUT,
    REPORT_UNREVIEWED,
    REPORT_CODES,
    REPORT_ANNEXES,
    REPORT_TITLE,
    REPORT_FROM,
    REPORT_TO,
    REPORT_ACTOR,
    REPORT_PLACE,
    REPORT_KIND,
    REPORT_TEMPLATE,
};

#define REPORT_RULES                                                           \
    {REPORT_FORMAT, "format", 0, "format"},                                    \
        {REPORT_OUTPUT, "output", 'o', "file"},                                \
        {REPORT_UNREVIEWED, "include-unreviewed", 0, NULL},                    \
        {REPORT_CODES, "codes", 0, "file"},                                    \
        {REPORT_ANNEXES, "annexes", 0, "folder"},                              \
        {REPORT_TITLE, "title", 0, "title"}, {REPORT_FROM, "from", 0, "date"}, \
        {REPORT_TO, "to", 0, "date"}, {REPORT_ACTOR, "actor", 0, "name"},      \
        {REPORT_PLACE, "place", 0, "name"},                                    \
    {                                                                          \
        REPORT_KIND, "kind", 0, "kind of act"                                  \
    }

static const struct option_rule report_rules[] = {
    REPORT_RULES, {REPORT_TEMPLATE, "template", 't', "template"}};
enum {
    REPORT_RULE_COUNT = sizeof report_rules / sizeof *report_rules,
};

#define REPORT_OPTIONS_HELP                                                    \
    "  --format FORMAT      docx, pdf, html, md or csv; as the name of FILE\n" \
    "                       ends, if not given\n"                              \
    "  -o, --output FILE    where to; it must not be there yet. Standard "     \
    "output\n"                                                                 \
    "                       if not given\n"                                    \
    "  --include-unreviewed also what nobody has reviewed; it is marked\n"     \
    "  --from, --to DATE    only incidents that may lie between these days\n"  \
    "  --actor NAME         only those in which NAME takes part or speaks\n"   \
    "  --place NAME, --kind CODE   only those there; only such acts\n"         \
    "  --codes FILE         a table of names and codes (CSV): each name "      \
    "gives\n"                                                                  \
    "                       way to its code, in quotations too. Keep FILE "    \
    "apart\n"                                                                  \
    "  --annexes FOLDER     also the texts of the documents, a file each, "    \
    "with\n"                                                                   \
    "                       those codes in the place of names\n"               \
    "  --title TITLE        instead of the template's\n"                       \
    "  -h, --help           this text\n"

#define REPORT_EXIT_HELP                                                       \
    "Exit codes: 0 all went well, 1 bad template or codes, 2 wrong usage, 3 "  \
    "a\n"                                                                      \
    "passage is not what it was and nothing was printed, 4 a limit or the\n"   \
    "machine. More: man madai\n"

static const char dossier_help[] =
    "madai dossier - a document in which every sentence has its passage\n"
    "\n"
    "Usage: madai dossier --template NAME [OPTION]... CASE\n"
    "\n"
    "Made of what was reviewed. Each passage is held against its hash first; "
    "one\n"
    "that fails is named, and nothing is printed.\n"
    "\n"
    "  -t, --template NAME  plain, article-15, oversight, african-commission,\n"
    "                       press; or a file of your own "
    "(docs/dossier.md)\n" REPORT_OPTIONS_HELP "\nExamples:\n"
    "  madai dossier -t article-15 -o communication.docx nakuru.madai\n"
    "  madai dossier -t plain --include-unreviewed nakuru.madai\n"
    "\n" REPORT_EXIT_HELP;

static const char chronology_help[] =
    "madai chronology - what happened when, and who says so\n"
    "\n"
    "Usage: madai chronology [OPTION]... CASE\n"
    "\n" REPORT_OPTIONS_HELP "\nExamples:\n"
    "  madai chronology --from 2019-05-01 --to 2019-05-31 -o may.pdf "
    "nakuru.madai\n"
    "  madai chronology --place Nakuru nakuru.madai\n"
    "\n" REPORT_EXIT_HELP;

static const char matrix_help[] =
    "madai matrix - findings beside what the law asks to be shown\n"
    "\n"
    "Usage: madai matrix [OPTION]... CASE\n"
    "\n"
    "It proposes; a person decides. It never says that a crime was "
    "committed.\n"
    "\n" REPORT_OPTIONS_HELP "\nExample:\n"
    "  madai matrix -o elements.docx nakuru.madai\n"
    "\n" REPORT_EXIT_HELP;

/* Formats ---------------------------------------------------------------- */

/* By its name, else by how the file is called, else Markdown. */
static const struct report_format *
find_format(const struct case_arguments *arguments, struct error *error)
{
    const char *name = arguments->values[REPORT_FORMAT];
    const char *path = arguments->values[REPORT_OUTPUT];
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;
    if (name == NULL && dot != NULL && strchr(dot, '/') == NULL)
        name = dot + 1;
    if (name == NULL)
        return &report_formats[0];
    const struct report_format *format = report_format_find(name);
    if (format == NULL)
        error_set(error, ERROR_USAGE,
                  "--format takes docx, pdf, html, md or csv, not '%.40s'",
                  name);
    return format;
}

/* What is ordered -------------------------------------------------------- */

/* The bytes stay open: codes are copied, names are borrowed from the arena. */
static bool take_codes(const char *path, struct arena *arena,
                       struct protected_names *names, struct error *error)
{
    enum { CODES_MAX = 1 << 20 };
    struct file file = {0};
    if (path == NULL)
        return true;
    bool is_well = (file_read(path, CODES_MAX, &file, error) &&
                    names_read(file.bytes, arena, names, error)) ||
                   error_prefix(error, "%.150s", path);
    file_close(&file);
    return is_well;
}

static bool take_options(const struct case_arguments *arguments,
                         struct gather_options *options, struct error *error)
{
    *options = (struct gather_options){
        .with_unreviewed = arguments->values[REPORT_UNREVIEWED] != NULL,
        .from = arguments->values[REPORT_FROM],
        .to = arguments->values[REPORT_TO],
        .actor = arguments->values[REPORT_ACTOR],
        .place = arguments->values[REPORT_PLACE],
        .kind = arguments->values[REPORT_KIND],
    };
    return (report_is_date(options->from) && report_is_date(options->to)) ||
           error_set(error, ERROR_USAGE,
                     "--from and --to take a day, such as 2019-05-13");
}

/* One that madai brings along, or a file, copied into the arena. */
static bool take_template(const char *name, struct arena *arena,
                          struct slice *words, struct error *error)
{
    enum { TEMPLATE_MAX = 1 << 20 };
    const struct report_template *template = report_template_find(name);
    struct file file = {0};
    if (template != NULL) {
        *words = (struct slice){template->words, *template->length};
        return true;
    }
    if (strpbrk(name, "/.") == NULL)
        return error_set(error, ERROR_USAGE,
                         "there is no template %.60s; there are plain, "
                         "article-15, oversight, african-commission, press",
                         name);
    if (!file_read(name, TEMPLATE_MAX, &file, error)) {
        file_close(&file);
        return error_prefix(error, "%.150s", name);
    }
    words->length = file.bytes.length;
    words->data = arena_string(arena, file.bytes, error);
    file_close(&file);
    return words->data != NULL;
}

static bool print_paper(struct casefile *casefile,
                        const struct case_arguments *arguments,
                        const struct report_format *format,
                        const char *template, struct arena *arena,
                        struct error *error)
{
    struct report_order order = {.title = arguments->values[REPORT_TITLE]};
    struct paper paper;
    struct slice bytes;
    bool is_own = report_template_find(template) == NULL;
    if (!take_options(arguments, &order.options, error) ||
        !take_codes(arguments->values[REPORT_CODES], arena, &order.names,
                    error) ||
        !take_template(template, arena, &order.words, error))
        return false;
    if (!report_make(casefile, &order, arena, &paper, error))
        return is_own && error->kind == ERROR_BAD_INPUT
                   ? error_prefix(error, "%.150s", template)
                   : false;
    const char *folder = arguments->values[REPORT_ANNEXES];
    return format->write(&paper, &bytes, error) &&
           (folder == NULL ||
            annexes_write(&paper, &order.names, folder, error)) &&
           report_file_write(arguments->values[REPORT_OUTPUT], bytes, error);
}

static enum exit_code report(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             const char *template, struct error *error)
{
    const struct report_format *format = find_format(arguments, error);
    if (format == NULL)
        return EXIT_MACHINE;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_done =
        print_paper(casefile, arguments, format, template, arena, error);
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static enum exit_code chronology(struct casefile *casefile,
                                 const struct case_arguments *arguments,
                                 struct error *error)
{
    return report(casefile, arguments, "chronology", error);
}

static enum exit_code matrix(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    return report(casefile, arguments, "matrix", error);
}

static enum exit_code dossier(struct casefile *casefile,
                              const struct case_arguments *arguments,
                              struct error *error)
{
    if (arguments->values[REPORT_TEMPLATE] == NULL) {
        error_set(error, ERROR_USAGE,
                  "which --template? There are plain, article-15, oversight, "
                  "african-commission, press");
        return EXIT_USAGE;
    }
    return report(casefile, arguments, arguments->values[REPORT_TEMPLATE],
                  error);
}

static const struct case_command chronology_command = {
    .name = "chronology",
    .help = chronology_help,
    .rules = report_rules,
    .rule_count = REPORT_RULE_COUNT - 1,
    .run = chronology,
    .opens = true,
};
static const struct case_command matrix_command = {
    .name = "matrix",
    .help = matrix_help,
    .rules = report_rules,
    .rule_count = REPORT_RULE_COUNT - 1,
    .run = matrix,
    .opens = true,
};
static const struct case_command dossier_command = {
    .name = "dossier",
    .help = dossier_help,
    .rules = report_rules,
    .rule_count = REPORT_RULE_COUNT,
    .run = dossier,
    .opens = true,
};

static enum exit_code run_chronology(int argc, char **argv)
{
    return case_command_run(&chronology_command, argc, argv);
}
static enum exit_code run_matrix(int argc, char **argv)
{
    return case_command_run(&matrix_command, argc, argv);
}
static enum exit_code run_dossier(int argc, char **argv)
{
    return case_command_run(&dossier_command, argc, argv);
}

const struct command command_chronology = {
    "chronology", "what happened when, and who says so", run_chronology};
const struct command command_matrix = {
    "matrix", "findings beside elements of law", run_matrix};
const struct command command_dossier = {
    "dossier", "a document whose sentences have passages", run_dossier};
