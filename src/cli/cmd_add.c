/*
 * cmd_add.c - `madai add` and `madai reread`: documents into a case, and the
 * same with another model.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "case_add.h"
#include "case_command.h"
#include "date.h"
#include "model.h"
#include "model_search.h"
#include "print.h"
#include "terminal.h"
#include "ticker.h"

enum {
    ADD_DATE = 1,
    ADD_SOURCE,
    ADD_URL,
    ADD_NOTE,
    ADD_OBTAINED_BY,
    ADD_OBTAINED_AT,
    ADD_OBTAINED_FROM,
    ADD_NO_READ,
    ADD_READINGS,
    ADD_SHARD_ROOT,
    ADD_PORCELAIN,
    ADD_THREADS,
    ADD_MODEL,
    ADD_PROGRESS,
    ADD_UNREAD,
};

static const struct option_rule add_rules[] = {
    {ADD_DATE, "date", 0, "date (YYYY-MM-DD)"},
    {ADD_SOURCE, "source", 0, "name"},
    {ADD_URL, "url", 0, "address"},
    {ADD_NOTE, "note", 0, "text"},
    {ADD_OBTAINED_BY, "obtained-by", 0, "name"},
    {ADD_OBTAINED_AT, "obtained-at", 0, "date or time"},
    {ADD_OBTAINED_FROM, "obtained-from", 0, "name"},
    {ADD_NO_READ, "no-read", 0, NULL},
    {ADD_READINGS, "readings", 0, "file"},
    {ADD_SHARD_ROOT, "shard-root", 0, "hash"},
    {ADD_PORCELAIN, "porcelain", 0, NULL},
    {ADD_THREADS, "jobs", 'j', "number of threads"},
    {ADD_MODEL, "model", 0, "file"},
    {ADD_PROGRESS, "progress", 0, NULL},
};

static const char add_help[] =
    "madai add - put documents into a case\n"
    "\n"
    "Usage: madai add [OPTION]... CASE FILE|FOLDER|-...\n"
    "       madai add [OPTION]... CASE --readings FILE\n"
    "\n"
    "Keeps each FILE untouched, reads it, and keeps what was found; of a\n"
    "FOLDER all that lies below it, but for what begins with a dot. Each\n"
    "document is durable before the next is stored: if this is stopped, the\n"
    "same command goes on where it was. What the case has is passed over.\n"
    "\n"
    "  --date YYYY-MM-DD    when the documents were published or signed\n"
    "  --source NAME        who published or wrote them\n"
    "  --url ADDRESS        where they were found\n"
    "  --note TEXT          whatever else is to be said of them\n"
    "  --obtained-by NAME   custody: who got hold of them\n"
    "  --obtained-at WHEN   ... when\n"
    "  --obtained-from NAME ... and from whom\n"
    "  --no-read            keep the originals, read them later (madai reread\n"
    "                       --unread); any kind of file may be kept so\n"
    "  --readings FILE      take texts and readings made elsewhere, one JSON\n"
    "                       object a line (madai read --json --with-text); "
    "the\n"
    "                       originals are recorded as held elsewhere\n"
    "  --shard-root HASH    the root over the shard that the readings were in\n"
    "  --porcelain          print a line a document as soon as it is durable:\n"
    "                       added SHA256 PATH, known SHA256 PATH,\n"
    "                       refused PATH: REASON\n"
    "  -j, --jobs N         read N documents at a time\n"
    "  --model FILE         the weight file to use\n"
    "  --progress           say how far it has come, also where stderr is no\n"
    "                       terminal\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai add nakuru.madai press/ statement.txt\n"
    "  madai add --source 'Police Service' --date 2019-05-14 nakuru.madai \\\n"
    "      police-statement.txt\n"
    "  madai add nakuru.madai --readings readings.jsonl\n"
    "\n"
    "Exit codes: 0 all went well, 1 some documents were refused, 2 wrong\n"
    "usage, 4 a limit or the machine. More: man madai\n";

/* What the work tells, on its way to the screen. */
struct telling {
    bool is_porcelain;
    bool is_reread;
    uint64_t added, known;
    struct tally tally;
    struct ticker *ticker;
    bool has_ticker;
    bool is_reader_gone;
};

static bool tell_porcelain(const struct add_told *told)
{
    static const char *const words[] = {"added", "known", "refused"};
    fputs(words[told->how], stdout);
    putchar(' ');
    if (told->how != ADDED_REFUSED)
        printf("%s ", told->sha256);
    print_escaped(told->path);
    if (told->how == ADDED_REFUSED) {
        fputs(": ", stdout);
        print_escaped(told->error->text);
    }
    putchar('\n');
    /* The promise: who has seen the line can rely on it. */
    return fflush(stdout) == 0;
}

static bool tell(void *context, const struct add_told *told)
{
    struct telling *telling = context;
    struct error error;
    telling->added += told->how == ADDED;
    telling->known += told->how == ADDED_KNOWN;
    atomic_fetch_add(&telling->tally.documents, 1);
    atomic_fetch_add(&telling->tally.bytes, told->bytes);
    if (told->how == ADDED_REFUSED) {
        atomic_fetch_add(&telling->tally.refused, 1);
        error = *told->error;
        if (!telling->is_porcelain) {
            error_prefix(&error, "%.120s", told->path);
            complain(&error);
        }
    }
    if (!telling->is_porcelain || tell_porcelain(told))
        return true;
    telling->is_reader_gone = true;
    return false;
}

static void tell_found(void *context, uint64_t count)
{
    struct telling *telling = context;
    if (telling->has_ticker)
        telling->ticker = ticker_start(&telling->tally, count);
}

static const char *value_of(const struct case_arguments *arguments, int id)
{
    return arguments->values[id];
}

static bool check_add(const struct case_arguments *arguments,
                      struct error *error)
{
    const char *date = value_of(arguments, ADD_DATE);
    const char *root = value_of(arguments, ADD_SHARD_ROOT);
    bool has_readings = value_of(arguments, ADD_READINGS) != NULL;
    if (date != NULL && !date_is_valid(slice_of(date)))
        return error_set(error, ERROR_USAGE,
                         "--date takes a day as YYYY-MM-DD, not '%s'", date);
    if (root != NULL && !has_readings)
        return error_set(error, ERROR_USAGE, "--shard-root needs --readings");
    if (root != NULL &&
        (strlen(root) != 64 || strspn(root, "0123456789abcdef") != 64))
        return error_set(error, ERROR_USAGE,
                         "--shard-root takes 64 hexadecimal digits");
    if (has_readings && value_of(arguments, ADD_NO_READ) != NULL)
        return error_set(error, ERROR_USAGE,
                         "--no-read and --readings exclude each other");
    if (has_readings && arguments->word_count > 0)
        return error_set(error, ERROR_USAGE,
                         "--readings brings its documents with it; add files "
                         "by themselves");
    if (!has_readings && arguments->word_count == 0)
        return error_set(error, ERROR_USAGE,
                         "which FILE or FOLDER? (- is standard input)");
    return true;
}

static struct model *open_model(const char *given, struct error *error)
{
    char path[PATH_MAX];
    return model_search(given, path, error) ? model_open_at(path, error) : NULL;
}

static enum exit_code outcome(struct telling *telling)
{
    uint64_t refused = atomic_load(&telling->tally.refused);
    ticker_stop(telling->ticker);
    if (!telling->is_porcelain) {
        printf("%llu %s", (unsigned long long)telling->added,
               telling->is_reread ? "read" : "added");
        if (!telling->is_reread)
            printf(", %llu known", (unsigned long long)telling->known);
        printf(", %llu refused\n", (unsigned long long)refused);
    }
    return refused > 0 ? EXIT_REFUSED : EXIT_ALL_WELL;
}

static struct telling telling_of(const struct case_arguments *arguments)
{
    return (struct telling){
        .is_porcelain = value_of(arguments, ADD_PORCELAIN) != NULL,
        .has_ticker = value_of(arguments, ADD_PROGRESS) != NULL ||
                      isatty(STDERR_FILENO) == 1};
}

static enum exit_code add(struct casefile *casefile,
                          const struct case_arguments *arguments,
                          struct error *error)
{
    struct telling telling = telling_of(arguments);
    struct case_add work = {
        .casefile = casefile,
        .facts = {.date = value_of(arguments, ADD_DATE),
                  .source = value_of(arguments, ADD_SOURCE),
                  .url = value_of(arguments, ADD_URL),
                  .note = value_of(arguments, ADD_NOTE),
                  .obtained_by = value_of(arguments, ADD_OBTAINED_BY),
                  .obtained_at = value_of(arguments, ADD_OBTAINED_AT),
                  .obtained_from = value_of(arguments, ADD_OBTAINED_FROM)},
        .tell = tell,
        .found = tell_found,
        .context = &telling};
    const char *readings = value_of(arguments, ADD_READINGS);
    struct model *model = NULL;
    if (!check_add(arguments, error) ||
        !case_threads(value_of(arguments, ADD_THREADS), &work.threads, error))
        return EXIT_USAGE;
    if (readings == NULL && value_of(arguments, ADD_NO_READ) == NULL) {
        model = open_model(value_of(arguments, ADD_MODEL), error);
        if (model == NULL) {
            error->kind = ERROR_IO;
            return EXIT_MACHINE;
        }
    }
    work.model = model;
    bool is_done =
        readings != NULL
            ? case_add_readings(&work, readings,
                                value_of(arguments, ADD_SHARD_ROOT), error)
            : case_add_files(&work, arguments->words, arguments->word_count,
                             arguments->path, error);
    model_close(model);
    enum exit_code code = outcome(&telling);
    if (is_done && error->kind != ERROR_NONE)
        error->kind = ERROR_NONE; /* a refused line's; it was told */
    return code;
}

static const struct case_command add_command = {
    .name = "add",
    .help = add_help,
    .rules = add_rules,
    .rule_count = sizeof add_rules / sizeof *add_rules,
    .words_most = SIZE_MAX,
    .run = add,
    .mode = CASEFILE_WRITE,
    .opens = true,
};

static enum exit_code run_add(int argc, char **argv)
{
    return case_command_run(&add_command, argc, argv);
}

const struct command command_add = {
    .name = "add",
    .summary = "put documents into a case",
    .run = run_add,
};

static const struct option_rule reread_rules[] = {
    {ADD_UNREAD, "unread", 0, NULL},
    {ADD_PORCELAIN, "porcelain", 0, NULL},
    {ADD_THREADS, "jobs", 'j', "number of threads"},
    {ADD_MODEL, "model", 0, "file"},
    {ADD_PROGRESS, "progress", 0, NULL},
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
    "  --porcelain          a line a document: added SHA256 NAME, or\n"
    "                       refused NAME: REASON\n"
    "  -j, --jobs N         read N documents at a time\n"
    "  --model FILE         the weight file to use\n"
    "  --progress           say how far it has come, also where stderr is no\n"
    "                       terminal\n"
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
    struct telling telling = telling_of(arguments);
    struct case_add work = {.casefile = casefile,
                            .tell = tell,
                            .found = tell_found,
                            .context = &telling};
    telling.is_reread = true;
    if (!case_threads(value_of(arguments, ADD_THREADS), &work.threads, error))
        return EXIT_USAGE;
    struct model *model = open_model(value_of(arguments, ADD_MODEL), error);
    if (model == NULL) {
        error->kind = ERROR_IO;
        return EXIT_MACHINE;
    }
    work.model = model;
    bool is_done = case_reread(&work, arguments->words, arguments->word_count,
                               value_of(arguments, ADD_UNREAD) != NULL, error);
    model_close(model);
    enum exit_code code = outcome(&telling);
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
