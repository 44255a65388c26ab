/*
 * cmd_add.c - `madai add`: documents into a case.
 */
#include "add_telling.h"
#include "date.h"

enum {
    ADD_DATE = ADD_OWN,
    ADD_SOURCE,
    ADD_URL,
    ADD_NOTE,
    ADD_OBTAINED_BY,
    ADD_OBTAINED_AT,
    ADD_OBTAINED_FROM,
    ADD_NO_READ,
    ADD_READINGS,
    ADD_SHARD_ROOT,
    ADD_DRY,
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
    {ADD_DRY, "dry-run", 0, NULL},
    ADD_SHARED_RULES,
};

static const char add_help[] =
    "madai add - put documents into a case\n"
    "\n"
    "Usage: madai add [OPTION]... CASE FILE|FOLDER|-...\n"
    "       madai add [OPTION]... CASE --readings FILE\n"
    "\n"
    "Keeps each FILE untouched, reads it, and keeps what was found; of a\n"
    "FOLDER all that lies below it, but for what begins with a dot. Each\n"
    "document is kept whole or not at all, and told once it is durable: if\n"
    "this is stopped, the same command goes on where it was. What the case\n"
    "has is passed over.\n"
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
    "  --dry-run            say what would be added, known, kept without "
    "being\n"
    "                       read, or refused; nothing is stored\n"
    "  --readings FILE      take texts and readings made elsewhere, one JSON\n"
    "                       object a line (madai read --json --with-text); "
    "the\n"
    "                       originals are recorded as held elsewhere\n"
    "  --shard-root HASH    the root over the shard that the readings were in\n"
    "  --porcelain          print a line a document as soon as it is durable:\n"
    "                       added SHA256 PATH, known SHA256 PATH,\n"
    "                       unread SHA256 PATH: REASON (kept, and nothing\n"
    "                       could be read of it), refused PATH: REASON\n"
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
    "  madai add nakuru.madai press/ statement.txt\n"
    "  madai add --source 'Police Service' --date 2019-05-14 nakuru.madai \\\n"
    "      police-statement.txt\n"
    "  madai add nakuru.madai --readings readings.jsonl\n"
    "\n"
    "Exit codes: 0 all went well, 1 some documents were refused, 2 wrong\n"
    "usage, 4 a limit or the machine. More: man madai\n";

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
    if (has_readings && value_of(arguments, ADD_DRY) != NULL)
        return error_set(error, ERROR_USAGE,
                         "--dry-run and --readings exclude each other");
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

static struct document_facts facts_of(const struct case_arguments *arguments)
{
    return (struct document_facts){
        .date = value_of(arguments, ADD_DATE),
        .source = value_of(arguments, ADD_SOURCE),
        .url = value_of(arguments, ADD_URL),
        .note = value_of(arguments, ADD_NOTE),
        .obtained_by = value_of(arguments, ADD_OBTAINED_BY),
        .obtained_at = value_of(arguments, ADD_OBTAINED_AT),
        .obtained_from = value_of(arguments, ADD_OBTAINED_FROM)};
}

static enum exit_code add(struct casefile *casefile,
                          const struct case_arguments *arguments,
                          struct error *error)
{
    struct add_telling telling = add_telling_of(arguments, false);
    struct case_add work;
    const char *readings = value_of(arguments, ADD_READINGS);
    struct add_knowledge knowledge = {NULL, NULL};
    if (!check_add(arguments, error) ||
        !add_work_begin(casefile, arguments, &telling, &work, error))
        return EXIT_USAGE;
    work.is_dry = telling.is_dry = value_of(arguments, ADD_DRY) != NULL;
    if (readings == NULL && value_of(arguments, ADD_NO_READ) == NULL &&
        !work.is_dry && !add_knowledge_open(arguments, &knowledge, error))
        return EXIT_MACHINE;
    work.facts = facts_of(arguments);
    work.model = knowledge.model;
    work.gazetteer = knowledge.gazetteer;
    bool is_done =
        readings != NULL
            ? case_add_readings(&work, readings,
                                value_of(arguments, ADD_SHARD_ROOT), error)
            : case_add_files(&work, arguments->words, arguments->word_count,
                             arguments->path, error);
    add_knowledge_close(&knowledge);
    enum exit_code code = add_outcome(&telling);
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
