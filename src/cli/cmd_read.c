/*
 * cmd_read.c - `madai read`: texts in, readings out.
 */
#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "date.h"
#include "model.h"
#include "model_search.h"
#include "options.h"
#include "terminal.h"
#include "work.h"

enum {
    READ_DATE = 1,
    READ_JSON,
    READ_LINES,
    READ_WITH_TEXT,
    READ_LAYERS,
    READ_TIMELINE,
    READ_CALENDAR,
    READ_THREADS,
    READ_MODEL,
    READ_GAZETTEER,
    READ_PLACES,
    READ_ACTORS,
    READ_MIN_CONFIDENCE,
    READ_ACTS,
    READ_EXPLAIN,
    READ_PROGRESS,
    READ_UNSAFE,
    READ_HELP,
};

/* A wrong date hurts more than one that is left out. */
#define TIMES_MIN_CONFIDENCE 0.8f

static const struct option_rule read_rules[] = {
    {READ_DATE, "date", 0, "date (YYYY-MM-DD)"},
    {READ_JSON, "json", 0, NULL},
    {READ_LINES, "lines", 0, NULL},
    {READ_WITH_TEXT, "with-text", 0, NULL},
    {READ_TIMELINE, "timeline", 0, NULL},
    {READ_CALENDAR, "calendar", 0, NULL},
    {READ_LAYERS, "layers", 0, "list of layers (frames,mentions,roles,police)"},
    {READ_THREADS, "jobs", 'j', "number of threads"},
    {READ_MODEL, "model", 0, "file"},
    {READ_GAZETTEER, "gazetteer", 0, "file"},
    {READ_PLACES, "places", 0, NULL},
    {READ_ACTORS, "actors", 0, NULL},
    {READ_MIN_CONFIDENCE, "min-confidence", 0, "number from 0 to 1"},
    {READ_ACTS, "acts", 0, NULL},
    {READ_EXPLAIN, "explain", 0, NULL},
    {READ_PROGRESS, "progress", 0, NULL},
    {READ_UNSAFE, "unsafe-parsing", 0, NULL},
    {READ_HELP, "help", 'h', NULL},
};

static const char read_help[] =
    "madai read - find who says what in a text\n"
    "\n"
    "Usage: madai read [OPTION]... FILE...\n"
    "\n"
    "Reads each FILE (text, web page, PDF, Word or Writer file, message; - is\n"
    "standard input) and shows it with its claims: who says it, what is said,\n"
    "what kind of saying it is, and how sure madai is. Nothing leaves this\n"
    "machine. `madai convert` shows the text that is read.\n"
    "\n"
    "  --min-confidence X   show claims that are at least this sure, from 0\n"
    "                       to 1 (0.4; of times 0.8); the others are\n"
    "                       counted\n"
    "  --acts               show what is said to have been done, as a table,\n"
    "                       instead of the text\n"
    "  --explain            show how each sentence came to be read as it is:\n"
    "                       words, what the network sees, what the lexicon\n"
    "                       knows, what is made of it\n"
    "  --timeline           show when: the times told, in their order, with "
    "the\n"
    "                       sentence and how each date was found\n"
    "  --calendar           the same, and what comes again, as iCalendar\n"
    "  --date YYYY-MM-DD    when the document was published or signed, if it\n"
    "                       does not say so itself\n"
    "  --actors             show the people and bodies: each once, what it "
    "is,\n"
    "                       its offices, and how the text speaks of it\n"
    "  --places             show the places instead: where each lies, and why\n"
    "                       that one is meant\n"
    "  --json               print one reading a line, as JSON, instead\n"
    "  --with-text          put the text itself into the reading\n"
    "  --layers LIST        put more into the reading, for those who measure:\n"
    "                       frames (predicates and their arguments; the list\n"
    "                       stays empty where the model knows none, and "
    "stderr\n"
    "                       says so), mentions, roles (who did and suffered\n"
    "                       what, as MUC-4 asks), police (what police are "
    "said\n"
    "                       to do in each sentence); LIST has commas in "
    "between\n"
    "  --lines              FILE holds one JSON object a line:\n"
    "                       {\"document\": {\"id\": ..., \"date\": ...}, "
    "\"text\": ...}\n"
    "  -j, --jobs N         read N documents at a time (as many as there are\n"
    "                       processors)\n"
    "  --model FILE         the weight file to use\n"
    "  --gazetteer FILE     the file of places to use; none for none\n"
    "  --progress           say how far it has come, also where stderr is no\n"
    "                       terminal\n"
    "  --unsafe-parsing     read files though this system cannot shut in what\n"
    "                       parses them: only files that you trust\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai read report.txt\n"
    "  madai read --min-confidence 0.9 statement.txt reply.txt\n"
    "  madai read --json *.txt > readings.jsonl\n"
    "  madai read --date 2019-05-22 letter.pdf\n"
    "\n"
    "Exit codes: 0 all went well, 1 some documents were refused, 2 wrong\n"
    "usage, 4 a limit or the machine. More: man madai\n";

struct read_arguments {
    char **paths;
    size_t path_count;
    const char *date;
    const char *model;
    const char *gazetteer;
    unsigned threads; /* 0: as many as there are processors */
    enum view_kind view;
    unsigned layers; /* of enum reading_layer */
    double min_confidence;
    bool has_min_confidence;
    bool is_json, is_lines, has_text, has_progress, is_unsafe, wants_help;
};

static bool threads_of(const char *word, unsigned *threads, struct error *error)
{
    enum { MOST = 256 };
    char *end;
    long value = strtol(word, &end, 10);
    if (*word == '\0' || *end != '\0' || value < 1 || value > MOST)
        return error_set(error, ERROR_USAGE,
                         "-j takes a number from 1 to %d, not '%s'", MOST,
                         word);
    *threads = (unsigned)value;
    return true;
}

static bool confidence_of(const char *word, double *confidence,
                          struct error *error)
{
    char *end;
    *confidence = strtod(word, &end);
    if (*word == '\0' || *end != '\0' || !(*confidence >= 0) ||
        !(*confidence <= 1))
        return error_set(
            error, ERROR_USAGE,
            "--min-confidence takes a number from 0 to 1, not '%s'", word);
    return true;
}

/* A list with commas in between. */
static bool layers_of(const char *words, unsigned *layers, struct error *error)
{
    static const struct {
        const char *name;
        enum reading_layer layer;
    } known[] = {{"frames", READING_FRAMES},
                 {"mentions", READING_MENTIONS},
                 {"roles", READING_ROLES},
                 {"police", READING_POLICE}};
    for (;;) {
        const size_t length = strcspn(words, ",");
        unsigned found = 0;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (strlen(known[i].name) == length &&
                strncmp(words, known[i].name, length) == 0)
                found = known[i].layer;
        if (found == 0)
            return error_set(error, ERROR_USAGE,
                             "--layers takes frames, mentions, roles and "
                             "police, with "
                             "commas in between, not '%.*s'",
                             (int)(length < 40 ? length : 40), words);
        *layers |= found;
        if (words[length] == '\0')
            return true;
        words += length + 1;
    }
}

static bool take_path(void *context, char *word, struct error *error)
{
    struct read_arguments *arguments = context;
    (void)error;
    arguments->paths[arguments->path_count++] = word;
    return true;
}

static bool view_of(enum view_kind kind, struct read_arguments *arguments,
                    struct error *error)
{
    if (arguments->view != VIEW_CLAIMS && arguments->view != kind)
        return error_set(error, ERROR_USAGE,
                         "only one of --acts, --actors, --explain, --places, "
                         "--timeline and --calendar");
    arguments->view = kind;
    return true;
}

static bool take_option(void *context, const struct option_found *found,
                        struct error *error)
{
    struct read_arguments *arguments = context;
    switch (found->id) {
    case READ_DATE:
        arguments->date = found->value;
        return date_is_valid(slice_of(found->value)) ||
               error_set(error, ERROR_USAGE,
                         "--date takes a day as YYYY-MM-DD, not '%s'",
                         found->value);
    case READ_JSON:
        return arguments->is_json = true;
    case READ_LINES:
        return arguments->is_lines = true;
    case READ_WITH_TEXT:
        return arguments->has_text = true;
    case READ_TIMELINE:
        return view_of(VIEW_TIMELINE, arguments, error);
    case READ_CALENDAR:
        return view_of(VIEW_CALENDAR, arguments, error);
    case READ_LAYERS:
        return layers_of(found->value, &arguments->layers, error);
    case READ_THREADS:
        return threads_of(found->value, &arguments->threads, error);
    case READ_MODEL:
        arguments->model = found->value;
        return true;
    case READ_GAZETTEER:
        arguments->gazetteer = found->value;
        return true;
    case READ_PLACES:
        return view_of(VIEW_PLACES, arguments, error);
    case READ_ACTORS:
        return view_of(VIEW_ACTORS, arguments, error);
    case READ_MIN_CONFIDENCE:
        arguments->has_min_confidence = true;
        return confidence_of(found->value, &arguments->min_confidence, error);
    case READ_ACTS:
        return view_of(VIEW_ACTS, arguments, error);
    case READ_EXPLAIN:
        arguments->layers |= READING_LABELS | READING_FRAMES;
        return view_of(VIEW_EXPLAIN, arguments, error);
    case READ_PROGRESS:
        return arguments->has_progress = true;
    case READ_UNSAFE:
        return arguments->is_unsafe = true;
    default:
        return arguments->wants_help = true;
    }
}

/* Options that say nothing together are refused, not passed over. */
static bool check(const struct read_arguments *arguments, struct error *error)
{
    if (arguments->path_count == 0)
        return error_set(error, ERROR_USAGE,
                         "which FILE? (- is standard input)");
    if (!arguments->is_json && arguments->is_lines)
        return error_set(error, ERROR_USAGE, "--lines needs --json");
    if (!arguments->is_json && arguments->has_text)
        return error_set(error, ERROR_USAGE, "--with-text needs --json");
    if (!arguments->is_json && arguments->view != VIEW_EXPLAIN &&
        arguments->layers != 0)
        return error_set(error, ERROR_USAGE, "--layers needs --json");
    if (arguments->is_json && arguments->view == VIEW_PLACES)
        return error_set(error, ERROR_USAGE,
                         "--places is for the view; with --json every reading "
                         "has them");
    if (arguments->is_json && arguments->view == VIEW_ACTORS)
        return error_set(error, ERROR_USAGE,
                         "--actors is for the view; with --json every reading "
                         "has them");
    if (arguments->is_json && arguments->view == VIEW_EXPLAIN)
        return error_set(error, ERROR_USAGE,
                         "--explain is for the view; with --json --layers "
                         "frames shows the frames");
    if (arguments->is_json && arguments->view == VIEW_ACTS)
        return error_set(error, ERROR_USAGE,
                         "--acts is for the view; with --json the acts are "
                         "part of every reading");
    if (arguments->is_json && arguments->view != VIEW_CLAIMS)
        return error_set(error, ERROR_USAGE,
                         "--timeline and --calendar are views; --json has "
                         "the times in every reading");
    if (arguments->is_json && arguments->has_min_confidence)
        return error_set(error, ERROR_USAGE,
                         "--min-confidence is for the view; with --json "
                         "every finding carries its own");
    return true;
}

static bool parse(int argc, char **argv, struct read_arguments *arguments,
                  struct error *error)
{
    const struct option_taker taker = {take_option, take_path, arguments};
    return options_take(read_rules, sizeof read_rules / sizeof *read_rules,
                        argc, argv, &taker, error) &&
           (arguments->wants_help || check(arguments, error));
}

static unsigned thread_count(const struct read_arguments *arguments)
{
    cpu_set_t processors;
    unsigned count = arguments->threads;
    if (count == 0 && sched_getaffinity(0, sizeof processors, &processors) == 0)
        count = (unsigned)CPU_COUNT(&processors);
    if (count == 0)
        count = 1;
    if (!arguments->is_lines && count > arguments->path_count)
        count = (unsigned)arguments->path_count;
    return count;
}

/* The exit code; what went wrong with single documents was said already. */
static enum exit_code outcome(struct work *work, bool is_done,
                              struct error *error)
{
    uint64_t refused = atomic_load(&work->tally->refused);
    enum queue_end end = is_done ? queue_end(work->queue, error) : QUEUE_FAILED;
    if (end == QUEUE_FAILED) {
        complain(error);
        return EXIT_MACHINE;
    }
    /* Whoever closed the pipe has seen enough; that is no fault. */
    if (end == QUEUE_READER_GONE)
        return EXIT_ALL_WELL;
    if (atomic_load(&work->is_out))
        return EXIT_MACHINE;
    return refused > 0 ? EXIT_REFUSED : EXIT_ALL_WELL;
}

static float min_confidence_of(const struct read_arguments *arguments)
{
    bool has_times =
        arguments->view == VIEW_TIMELINE || arguments->view == VIEW_CALENDAR;
    if (arguments->has_min_confidence || !has_times)
        return (float)arguments->min_confidence;
    return TIMES_MIN_CONFIDENCE;
}

static enum exit_code read_all(const struct read_arguments *arguments,
                               const struct model *model,
                               const struct gazetteer *gazetteer)
{
    enum { SLOTS_A_THREAD = 4 };
    unsigned threads = thread_count(arguments);
    struct terminal terminal = terminal_look();
    struct tally tally = {0};
    struct error error = {.kind = ERROR_NONE};
    struct work work = {
        .model = model,
        .gazetteer = gazetteer,
        .input = input_new(arguments->paths, arguments->path_count,
                           arguments->is_lines),
        .tally = &tally,
        .date = slice_of(arguments->date != NULL ? arguments->date : ""),
        .is_json = arguments->is_json,
        .has_text = arguments->has_text,
        .is_unsafe = arguments->is_unsafe,
        .layers = arguments->layers,
        .view = {.kind = arguments->view,
                 .width = terminal.width,
                 .has_colour = terminal.has_colour,
                 .min_confidence = min_confidence_of(arguments)},
    };
    bool has_ticker = arguments->has_progress ||
                      (isatty(STDERR_FILENO) == 1 && !terminal.is_terminal);
    struct ticker *ticker = NULL;
    if (!arguments->is_json)
        terminal_page(&terminal);
    work.queue = queue_new(STDOUT_FILENO, STDERR_FILENO,
                           (size_t)threads * SLOTS_A_THREAD);
    bool is_done = work.input != NULL && work.queue != NULL;
    if (!is_done)
        error_set(&error, ERROR_LIMIT, "no memory");
    if (is_done && has_ticker)
        ticker = ticker_start(&tally,
                              arguments->is_lines ? 0 : arguments->path_count);
    is_done = is_done && work_do(&work, threads, &error);
    ticker_stop(ticker);
    enum exit_code code = outcome(&work, is_done, &error);
    terminal_end();
    queue_free(work.queue);
    input_free(work.input);
    return code;
}

static enum exit_code run_read(int argc, char **argv)
{
    struct read_arguments arguments = {.min_confidence = 0.4};
    struct error error;
    char path[PATH_MAX];
    arguments.paths = calloc((size_t)argc, sizeof *arguments.paths);
    if (arguments.paths == NULL)
        return EXIT_MACHINE;
    enum exit_code code = EXIT_ALL_WELL;
    struct model *model = NULL;
    struct gazetteer *gazetteer = NULL;
    if (!parse(argc, argv, &arguments, &error)) {
        code = complain_of_usage("read", &error);
    } else if (arguments.wants_help) {
        code = say(read_help);
    } else if (!model_search(arguments.model, path, &error) ||
               (model = model_open_at(path, &error)) == NULL ||
               !gazetteer_open_if(arguments.gazetteer, &gazetteer, &error)) {
        complain(&error);
        code = EXIT_MACHINE;
    } else {
        code = read_all(&arguments, model, gazetteer);
    }
    gazetteer_close(gazetteer);
    model_close(model);
    free(arguments.paths);
    return code;
}

const struct command command_read = {
    .name = "read",
    .summary = "find who says what in a text",
    .run = run_read,
};
