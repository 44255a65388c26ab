/*
 * cmd_links.c - madai actors, incidents, relations, figures, complaints,
 * patterns: what the documents of a case say together, a table each; and why:
 * all that a finding takes part in.
 *
 * Nothing is stored: each command links what the case holds now.
 */
#include <stdlib.h>

#include "case_command.h"
#include "case_link.h"
#include "cmd_links.h"
#include "csv.h"
#include "documents.h"
#include "findings.h"
#include "print.h"
#include "reading_store.h"

enum { LINKS_JSON = 1, LINKS_CSV, LINKS_LEAST };

static const struct option_rule links_rules[] = {
    {LINKS_JSON, "json", 0, NULL},
    {LINKS_CSV, "csv", 0, NULL},
    {LINKS_LEAST, "min-confidence", 0, "number"},
};
static const struct option_rule why_rules[] = {
    {LINKS_JSON, "json", 0, NULL},
};

enum { COLUMNS_MAX = 14, CELL_BYTES = 1 << 16 };

/* A list of case.json as a table. Of one with `rows` each entry has several,
 * which give the columns that it has not itself. */
struct table_view {
    const char *list, *kind, *rows;
    const char *columns[COLUMNS_MAX];
    size_t shown; /* how many of them a person is shown */
};

enum {
    VIEW_ACTORS,
    VIEW_INCIDENTS,
    VIEW_RELATIONS,
    VIEW_FIGURES,
    VIEW_COMPLAINTS,
    VIEW_PATTERNS,
    VIEWS
};

static const struct table_view views[VIEWS] = {
    {"actors",
     "case-actor/1",
     NULL,
     {"name", "type", "class", "names", "members"},
     4},
    {"incidents",
     "case-incident/1",
     NULL,
     {"first", "last", "title", "place", "perpetrators", "victims",
      "confidence", "part_of", "reason", "members"},
     6},
    {"relations",
     "case-relation/1",
     NULL,
     {"kind", "confidence", "from", "to", "about", "reason", "incident"},
     6},
    {"figures",
     "case-figures/1",
     "said",
     {"incident", "harm", "of", "on", "min", "max", "by", "low", "high",
      "claim", "figure", "source", "instead_of"},
     9},
    {"complaints",
     "case-complaint/1",
     NULL,
     {"sent", "kind", "by", "to", "about", "status", "days", "until",
      "response", "members"},
     8},
    {"patterns",
     "case-pattern/1",
     NULL,
     {"of", "value", "incidents", "acts", "sources", "a_week", "stands_out",
      "members"},
     7},
};

/* One value as words: lists by "; ", nothing for what is not known. */
static void cell_words(const json_t *value, char *words, size_t room)
{
    size_t i, length = 0;
    json_t *item;
    words[0] = '\0';
    if (json_is_string(value))
        snprintf(words, room, "%s", json_string_value(value));
    else if (json_is_integer(value))
        snprintf(words, room, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        snprintf(words, room, "%.3f", json_real_value(value));
    else if (json_is_boolean(value))
        snprintf(words, room, "%s", json_is_true(value) ? "yes" : "");
    else
        json_array_foreach(value, i, item)
        {
            const char *one = json_string_value(item);
            if (one != NULL && length < room)
                length += (size_t)snprintf(words + length, room - length,
                                           "%s%s", i > 0 ? "; " : "", one);
        }
}

static const json_t *value_of(const json_t *entry, const json_t *row,
                              const char *column)
{
    const json_t *value = row != NULL ? json_object_get(row, column) : NULL;
    return value != NULL ? value : json_object_get(entry, column);
}

static bool put_row(const struct table_view *view, const json_t *entry,
                    const json_t *row, bool is_csv, struct error *error)
{
    const char *cells[COLUMNS_MAX];
    size_t count = 0;
    char *words = malloc((size_t)COLUMNS_MAX * CELL_BYTES);
    if (words == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    for (; count < COLUMNS_MAX && view->columns[count] != NULL; count++) {
        char *cell = words + count * CELL_BYTES;
        cell_words(value_of(entry, row, view->columns[count]), cell,
                   CELL_BYTES);
        cells[count] = cell;
    }
    if (is_csv)
        csv_write_row(stdout, cells, count);
    for (size_t i = 0; !is_csv && i < view->shown; i++) {
        if (i > 0)
            fputs("  ", stdout);
        print_words(*cells[i] != '\0' ? cells[i] : "-");
    }
    if (!is_csv)
        putchar('\n');
    free(words);
    return true;
}

static bool put_entry(const struct table_view *view, const json_t *entry,
                      const struct case_arguments *arguments,
                      struct error *error)
{
    size_t i;
    json_t *row;
    bool is_csv = arguments->values[LINKS_CSV] != NULL, is_well = true;
    if (arguments->values[LINKS_JSON] != NULL) {
        json_t *line = json_deep_copy(entry);
        if (line == NULL ||
            json_object_set_new(line, "madai", json_string(view->kind)) != 0) {
            json_decref(line);
            return error_set(error, ERROR_LIMIT, "out of memory");
        }
        return print_json(line, error);
    }
    if (view->rows == NULL)
        return put_row(view, entry, NULL, is_csv, error);
    json_array_foreach(json_object_get(entry, view->rows), i, row) is_well =
        is_well && put_row(view, entry, row, is_csv, error);
    return is_well;
}

static void put_head(const struct table_view *view)
{
    size_t count = 0;
    while (count < COLUMNS_MAX && view->columns[count] != NULL)
        count++;
    csv_write_mark(stdout);
    csv_write_row(stdout, view->columns, count);
}

/* case.json of the case as it is; yours to json_decref. */
static json_t *linked(struct casefile *casefile, struct error *error)
{
    struct link *link = NULL;
    const struct link_result *result;
    json_t *whole = NULL;
    if (!casefile_begin_read(casefile, error))
        return NULL;
    if (case_link(casefile, &link, &result, error))
        whole = link_json(result, error);
    casefile_rollback(casefile);
    link_release(link);
    return whole;
}

static bool least_of(const char *word, double *least, struct error *error)
{
    char *end;
    *least = 0;
    if (word == NULL)
        return true;
    *least = strtod(word, &end);
    return (*word != '\0' && *end == '\0' && *least >= 0 && *least <= 1) ||
           error_set(error, ERROR_USAGE,
                     "--min-confidence takes a number from 0 to 1, not "
                     "'%.40s'",
                     word);
}

static enum exit_code show(int which, struct casefile *casefile,
                           const struct case_arguments *arguments,
                           struct error *error)
{
    const struct table_view *view = &views[which];
    size_t i;
    json_t *entry, *whole = NULL;
    double least;
    if (arguments->values[LINKS_JSON] != NULL &&
        arguments->values[LINKS_CSV] != NULL) {
        error_set(error, ERROR_USAGE, "--json or --csv, not both");
        return EXIT_MACHINE;
    }
    bool is_well = least_of(arguments->values[LINKS_LEAST], &least, error) &&
                   (whole = linked(casefile, error)) != NULL;
    if (is_well && arguments->values[LINKS_CSV] != NULL)
        put_head(view);
    json_array_foreach(json_object_get(whole, view->list), i, entry)
    {
        const json_t *sure = json_object_get(entry, "confidence");
        if (is_well && (sure == NULL || json_number_value(sure) >= least))
            is_well = put_entry(view, entry, arguments, error);
    }
    json_decref(whole);
    return is_well ? EXIT_ALL_WELL : EXIT_MACHINE;
}

/* Why */

/* "document#id" of what a person means: that itself, or a finding's name. */
static bool full_id(struct casefile *casefile, const char *word, char *id,
                    size_t room, struct error *error)
{
    struct finding finding;
    struct arena *arena;
    if (strchr(word, '#') != NULL) {
        snprintf(id, room, "%s", word);
        return true;
    }
    json_t *names = case_document_names(casefile, error);
    arena = arena_new((size_t)1 << 28);
    bool is_well = names != NULL && arena != NULL &&
                   finding_find(casefile, word, arena, &finding, error);
    if (is_well && finding.local == NULL)
        is_well = error_set(error, ERROR_USAGE,
                            "%.40s was added by hand; no link has it", word);
    if (is_well)
        snprintf(id, room, "%s#%s", case_document_name(names, finding.document),
                 finding.local);
    arena_release(arena);
    json_decref(names);
    return is_well;
}

/* Whether the words stand anywhere in a value, as a whole string. */
static bool mentions(const json_t *value, const char *id)
{
    size_t i;
    const char *key;
    json_t *item;
    if (json_is_string(value))
        return strcmp(json_string_value(value), id) == 0;
    if (json_is_array(value))
        json_array_foreach(value, i, item)
        {
            if (mentions(item, id))
                return true;
        }
    if (json_is_object(value))
        json_object_foreach((json_t *)(uintptr_t)value, key, item)
        {
            if (mentions(item, id))
                return true;
        }
    return false;
}

/* Its words in the text that was read, in one line. */
static bool print_passage(struct casefile *casefile, const json_t *names,
                          const char *label, const char *id, const json_t *span,
                          struct error *error)
{
    const char *key;
    json_t *name;
    struct slice text;
    bool is_read = false;
    struct arena *arena = arena_new((size_t)8 << 30);
    size_t length = strcspn(id, "#");
    bool is_well = arena != NULL;
    json_object_foreach((json_t *)(uintptr_t)names, key, name)
    {
        struct slice its = slice_of(json_string_value(name));
        if (!is_well || is_read ||
            !slice_equals(its, (struct slice){id, length}))
            continue;
        is_well = reading_text(casefile, strtoll(key, NULL, 10), arena,
                               &is_read, &text, error);
    }
    size_t begin = (size_t)json_integer_value(json_array_get(span, 0));
    size_t end = (size_t)json_integer_value(json_array_get(span, 1));
    if (is_well && is_read && begin <= end && end <= text.length) {
        printf("    %s %s: ", label, id);
        print_plain((struct slice){text.data + begin, end - begin});
        putchar('\n');
    }
    arena_release(arena);
    return is_well;
}

static void print_parts(const json_t *entry)
{
    static const char *const parts[] = {
        "name",   "title",      "kind",  "from", "to",    "about",
        "reason", "confidence", "first", "last", "place", "incident",
        "status", "days",       "of",    "value"};
    char words[512];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cell_words(json_object_get(entry, parts[i]), words, sizeof words);
        if (*words != '\0') {
            printf("    ");
            print_field(parts[i], words);
        }
    }
}

/* Of an actor, the reason why just this member is one of it. */
static void print_merges(const json_t *entry, const char *id)
{
    size_t i;
    json_t *merge;
    json_array_foreach(json_object_get(entry, "merges"), i, merge)
    {
        char words[64];
        const char *one = json_string_value(json_object_get(merge, "one"));
        const char *other = json_string_value(json_object_get(merge, "other"));
        if (!mentions(merge, id) || one == NULL || other == NULL)
            continue;
        cell_words(json_object_get(merge, "confidence"), words, sizeof words);
        printf("    held to be the same as ");
        print_words(strcmp(one, id) == 0 ? other : one);
        printf(" (%s): ", words);
        print_words(json_string_value(json_object_get(merge, "reason")));
        putchar('\n');
    }
}

static bool explain(struct casefile *casefile, const json_t *names,
                    const char *list, const json_t *entry, const char *id,
                    struct error *error)
{
    const char *from = json_string_value(json_object_get(entry, "from"));
    const char *to = json_string_value(json_object_get(entry, "to"));
    printf("%s\n", list);
    print_parts(entry);
    print_merges(entry, id);
    return from == NULL || to == NULL ||
           (print_passage(casefile, names, "from", from,
                          json_object_get(entry, "from_span"), error) &&
            print_passage(casefile, names, "to", to,
                          json_object_get(entry, "to_span"), error));
}

static enum exit_code why(struct casefile *casefile,
                          const struct case_arguments *arguments,
                          struct error *error)
{
    char id[4096];
    size_t i, found = 0;
    json_t *entry, *names = NULL, *whole = NULL;
    bool is_json = arguments->values[LINKS_JSON] != NULL;
    bool is_well =
        full_id(casefile, arguments->words[0], id, sizeof id, error) &&
        (names = case_document_names(casefile, error)) != NULL &&
        (whole = linked(casefile, error)) != NULL;
    for (int v = 0; v < VIEWS && is_well; v++)
        json_array_foreach(json_object_get(whole, views[v].list), i, entry)
        {
            if (!is_well || v == VIEW_PATTERNS || !mentions(entry, id))
                continue;
            found++;
            is_well = is_json ? put_entry(&views[v], entry, arguments, error)
                              : explain(casefile, names, views[v].list, entry,
                                        id, error);
        }
    if (is_well && found == 0)
        is_well = error_set(error, ERROR_NOT_FOUND, "no link has '%.100s'",
                            arguments->words[0]);
    json_decref(whole);
    json_decref(names);
    return is_well ? EXIT_ALL_WELL : EXIT_MACHINE;
}

/* Commands */

#define LINKS_HELP(name, what, least)                                          \
    "madai " name " - " what "\n"                                              \
    "\n"                                                                       \
    "Usage: madai " name " [OPTION]... CASE\n"                                 \
    "\n"                                                                       \
    "  --json               one JSON object a line\n"                          \
    "  --csv                a table for a spreadsheet, with all "              \
    "columns\n" least "  -h, --help           this text\n"                     \
    "\n"                                                                       \
    "What people merged, split and rejected holds. Nothing of it is stored:\n" \
    "it follows from what the case holds now; madai why says why.\n"           \
    "\n"                                                                       \
    "Example:\n"                                                               \
    "  madai " name " nakuru.madai\n"                                          \
    "\n"                                                                       \
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"  \
    "More: man madai\n"
#define LEAST_HELP                                                             \
    "  --min-confidence N   those at least this sure, from 0 to 1\n"

#define LINKS_COMMAND(word, which, what, least)                                \
    static enum exit_code show_##word(struct casefile *casefile,               \
                                      const struct case_arguments *arguments,  \
                                      struct error *error)                     \
    {                                                                          \
        return show(which, casefile, arguments, error);                        \
    }                                                                          \
    static enum exit_code run_##word(int argc, char **argv)                    \
    {                                                                          \
        static const struct case_command command = {                           \
            .name = #word,                                                     \
            .help = LINKS_HELP(#word, what, least),                            \
            .rules = links_rules,                                              \
            .rule_count = sizeof(least) == 1 ? 2 : 3,                          \
            .run = show_##word,                                                \
            .opens = true,                                                     \
        };                                                                     \
        return case_command_run(&command, argc, argv);                         \
    }                                                                          \
    const struct command command_##word = {#word, what, run_##word};

LINKS_COMMAND(actors, VIEW_ACTORS, "who is who across documents", "")
LINKS_COMMAND(incidents, VIEW_INCIDENTS, "what happened, once each", LEAST_HELP)
LINKS_COMMAND(relations, VIEW_RELATIONS,
              "who confirms, denies, repeats, answers whom", LEAST_HELP)
LINKS_COMMAND(figures, VIEW_FIGURES, "who says how many, side by side", "")
LINKS_COMMAND(complaints, VIEW_COMPLAINTS, "complaints and what came of them",
              "")
LINKS_COMMAND(patterns, VIEW_PATTERNS, "what comes again, counted", "")

/* The whole of it: how many there are in each list, or case.json. */

static const char *const lists[] = {"actors",  "incidents", "relations",
                                    "origins", "figures",   "complaints",
                                    "patterns"};

static enum exit_code link_all(struct casefile *casefile,
                               const struct case_arguments *arguments,
                               struct error *error)
{
    bool is_csv = arguments->values[LINKS_CSV] != NULL;
    if (is_csv && arguments->values[LINKS_JSON] != NULL) {
        error_set(error, ERROR_USAGE, "--json or --csv, not both");
        return EXIT_MACHINE;
    }
    json_t *whole = linked(casefile, error);
    if (whole == NULL)
        return EXIT_MACHINE;
    if (arguments->values[LINKS_JSON] != NULL)
        return print_json(whole, error) ? EXIT_ALL_WELL : EXIT_MACHINE;
    if (is_csv) {
        csv_write_mark(stdout);
        csv_write_row(stdout, (const char *[]){"list", "count"}, 2);
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char count[32];
        snprintf(count, sizeof count, "%zu",
                 json_array_size(json_object_get(whole, lists[i])));
        if (is_csv)
            csv_write_row(stdout, (const char *[]){lists[i], count}, 2);
        else
            print_field(lists[i], count);
    }
    json_decref(whole);
    return EXIT_ALL_WELL;
}

enum exit_code links_of_case(const char *help, int argc, char **argv)
{
    const struct case_command command = {
        .name = "link",
        .help = help,
        .rules = links_rules,
        .rule_count = 2,
        .run = link_all,
        .opens = true,
    };
    return case_command_run(&command, argc, argv);
}

static const char why_help[] =
    "madai why - all that a finding is linked to, and why\n"
    "\n"
    "Usage: madai why [OPTION]... CASE FINDING\n"
    "\n"
    "FINDING is the short name that madai show prints, or DOCUMENT#ID as\n"
    "case.json has it. Each link comes with its reason, how sure it is, and\n"
    "of relations the passages on both sides.\n"
    "\n"
    "  --json               one JSON object a line\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai why nakuru.madai letter.txt#c3\n"
    "\n"
    "Exit codes: 0 all went well, 1 no link has it, 2 wrong usage, 4 a limit\n"
    "or the machine. More: man madai\n";

static enum exit_code run_why(int argc, char **argv)
{
    static const struct case_command command = {
        .name = "why",
        .help = why_help,
        .rules = why_rules,
        .rule_count = 1,
        .words_least = 1,
        .words_most = 1,
        .wanted = "which FINDING?",
        .run = why,
        .opens = true,
    };
    return case_command_run(&command, argc, argv);
}
const struct command command_why = {"why", "why a finding is linked", run_why};
