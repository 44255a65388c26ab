/*
 * cmd_report.c - madai chronology, dossier and matrix: papers of a case.
 */
#include <errno.h>
#include <unistd.h>

#include "case_command.h"
#include "csv.h"
#include "file.h"
#include "report.h"
#include "report_file.h"

enum {
    REPORT_FORMAT = 1,
    REPORT_OUTPUT,
    REPORT_UNREVIEWED,
    REPORT_CODES,
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

struct report_format {
    const char *name;
    bool (*write)(const struct paper *, struct slice *, struct error *);
};
static const struct report_format formats[] = {
    {"md", paper_markdown}, {"html", paper_html}, {"docx", paper_docx},
    {"pdf", paper_pdf},     {"csv", paper_csv},   {"markdown", paper_markdown},
};

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
        return &formats[0];
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    error_set(error, ERROR_USAGE,
              "--format takes docx, pdf, html, md or csv, not '%.40s'", name);
    return NULL;
}

/* Codes ------------------------------------------------------------------ */

static int compare_names(const void *a, const void *b)
{
    const struct protected_name *left = a, *right = b;
    if (left->name.length != right->name.length)
        return left->name.length > right->name.length ? -1 : 1;
    return memcmp(left->name.data, right->name.data, left->name.length);
}

static bool read_codes(struct slice bytes, struct arena *arena,
                       struct protected_names *names, struct error *error)
{
    struct csv csv;
    struct csv_row row;
    bool is_there;
    if (!csv_begin(&csv, bytes, error))
        return false;
    for (;;) {
        if (!csv_next(&csv, arena, &row, &is_there, error))
            return false;
        if (!is_there)
            break;
        if (row.count < 2 || *row.items[0] == '\0' || *row.items[1] == '\0')
            return error_set(error, ERROR_BAD_INPUT,
                             "line %u: a name and its code are wanted",
                             csv.line);
        struct protected_name name = {slice_of(row.items[0]), row.items[1]};
        if (!list_push(arena, names, name, error))
            return false;
    }
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return true;
}

static bool protect(const struct case_arguments *arguments, struct paper *paper,
                    struct error *error)
{
    enum { CODES_MAX = 1 << 20 };
    const char *path = arguments->values[REPORT_CODES];
    struct file file = {0};
    struct protected_names names = {0};
    if (path == NULL)
        return true;
    bool is_well = (file_read(path, CODES_MAX, &file, error) &&
                    read_codes(file.bytes, paper->arena, &names, error)) ||
                   error_prefix(error, "%.150s", path);
    file_close(&file);
    return is_well && paper_protect(paper, &names);
}

/* Papers ----------------------------------------------------------------- */

static bool is_date(const char *word)
{
    if (word == NULL)
        return true;
    if (strlen(word) != 10)
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? word[i] != '-' : word[i] < '0' || word[i] > '9')
            return false;
    return true;
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
    return (is_date(options->from) && is_date(options->to)) ||
           error_set(error, ERROR_USAGE,
                     "--from and --to take a day, such as 2019-05-13");
}

typedef bool report_maker(const struct case_arguments *,
                          const struct gathered *, struct paper *,
                          struct error *);

static bool make_chronology(const struct case_arguments *arguments,
                            const struct gathered *all, struct paper *paper,
                            struct error *error)
{
    (void)error;
    return report_chronology(all, arguments->values[REPORT_TITLE], paper);
}

static bool make_matrix(const struct case_arguments *arguments,
                        const struct gathered *all, struct paper *paper,
                        struct error *error)
{
    (void)error;
    return report_matrix(all, arguments->values[REPORT_TITLE], paper);
}

/* One that madai brings along, or a file. */
static bool make_dossier(const struct case_arguments *arguments,
                         const struct gathered *all, struct paper *paper,
                         struct error *error)
{
    enum { TEMPLATE_MAX = 1 << 20 };
    const char *name = arguments->values[REPORT_TEMPLATE];
    const char *title = arguments->values[REPORT_TITLE];
    const struct report_template *template = report_template_find(name);
    struct file file = {0};
    if (template != NULL)
        return report_dossier(
            all, (struct slice){template->words, *template->length}, title,
            paper, error);
    if (strpbrk(name, "/.") == NULL)
        return error_set(error, ERROR_USAGE,
                         "there is no template %.60s; there are plain, "
                         "article-15, oversight, african-commission, press",
                         name);
    bool is_made = (file_read(name, TEMPLATE_MAX, &file, error) &&
                    report_dossier(all, file.bytes, title, paper, error)) ||
                   error_prefix(error, "%.150s", name);
    file_close(&file);
    return is_made;
}

static bool report(struct casefile *casefile,
                   const struct case_arguments *arguments, report_maker *make,
                   struct error *error)
{
    struct gather_options options;
    struct gathered all;
    struct paper paper;
    struct slice bytes;
    const struct report_format *format = find_format(arguments, error);
    if (format == NULL || !take_options(arguments, &options, error))
        return false;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    paper_begin(&paper, arena, error);
    bool is_done =
        gather(casefile, &options, arena, &all, error) &&
        make(arguments, &all, &paper, error) &&
        protect(arguments, &paper, error) &&
        format->write(&paper, &bytes, error) &&
        report_file_write(arguments->values[REPORT_OUTPUT], bytes, error);
    arena_release(arena);
    return is_done;
}

static enum exit_code chronology(struct casefile *casefile,
                                 const struct case_arguments *arguments,
                                 struct error *error)
{
    return report(casefile, arguments, make_chronology, error) ? EXIT_ALL_WELL
                                                               : EXIT_MACHINE;
}

static enum exit_code matrix(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    return report(casefile, arguments, make_matrix, error) ? EXIT_ALL_WELL
                                                           : EXIT_MACHINE;
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
    return report(casefile, arguments, make_dossier, error) ? EXIT_ALL_WELL
                                                            : EXIT_MACHINE;
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
