/*
 * cmd_log.c - madai log, checkpoint and prove: the ledger for people, for
 * whoever keeps a copy, and for a stranger.
 */
#include "case_command.h"
#include "case_key.h"
#include "documents.h"
#include "entries.h"
#include "file.h"
#include "key_store.h"
#include "print.h"
#include "tlog_proof.h"

enum {
    LOG_JSON = 1,
    LOG_LIMIT,
    LOG_OUTPUT,
    LOG_PASSPHRASE,
    LOG_TSA_REQUEST,
    LOG_TSA_RESPONSE,
    LOG_TSA_TRUSTED,
};

static const struct option_rule log_rules[] = {
    {LOG_JSON, "json", 0, NULL},
    {LOG_LIMIT, "limit", 'n', "number"},
};

static const char log_help[] =
    "madai log - what was done to a case\n"
    "\n"
    "Usage: madai log [OPTION]... CASE\n"
    "\n"
    "  -n, --limit N        the last N entries (20); 0: all\n"
    "  --json               one JSON object a line\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai log -n 5 nakuru.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

/* What of a body a person wants to see in one line. */
static void print_body(const struct entry *entry)
{
    static const char *const shown[] = {"name",     "decision", "finding",
                                        "document", "reader",   "origin"};
    struct error ignored;
    json_t *body = entry->is_erased ? NULL : json_read(entry->body, &ignored);
    if (body == NULL)
        fputs(" (erased)", stdout);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const char *value = json_string_value(json_object_get(body, shown[i]));
        if (value == NULL)
            continue;
        putchar(' ');
        print_plain(
            (struct slice){value, strlen(value) > 64 ? 64 : strlen(value)});
    }
    json_decref(body);
    putchar('\n');
}

static bool print_entry(const struct entry *entry, bool is_json,
                        struct error *error)
{
    if (!is_json) {
        printf("%6llu  %s  %-9s", (unsigned long long)entry->position,
               entry->leaf.time, entry->leaf.kind);
        print_body(entry);
        return true;
    }
    char key[DIGEST_HEX_SIZE];
    digest_to_hex(&entry->leaf.key, key);
    json_t *line = json_pack(
        "{s:I,s:s,s:s,s:s}", "entry", (json_int_t)entry->position, "kind",
        entry->leaf.kind, "time", entry->leaf.time, "key", key);
    json_t *body =
        entry->is_erased ? json_null() : json_read(entry->body, error);
    if (line == NULL || body == NULL ||
        json_object_set_new(line, "body", body) != 0) {
        json_decref(line);
        return false;
    }
    return print_json(line, error);
}

static enum exit_code show_log(struct casefile *casefile,
                               const struct case_arguments *arguments,
                               struct error *error)
{
    uint64_t count, limit = 20;
    const char *word = arguments->values[LOG_LIMIT];
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_well = (word == NULL ||
                    case_number("--limit", word, UINT32_MAX, &limit, error)) &&
                   entry_count(casefile, &count, error);
    uint64_t first = is_well && limit != 0 && limit < count ? count - limit : 0;
    for (uint64_t i = first; is_well && i < count; i++) {
        struct entry entry;
        arena_reset(arena);
        is_well =
            entry_get(casefile, i, arena, &entry, error) &&
            print_entry(&entry, arguments->values[LOG_JSON] != NULL, error);
    }
    arena_release(arena);
    return is_well ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct option_rule checkpoint_rules[] = {
    {LOG_OUTPUT, "output", 'o', "file"},
    {LOG_PASSPHRASE, "passphrase-file", 0, "file"},
    {LOG_TSA_REQUEST, "tsa-request", 0, "file"},
    {LOG_TSA_RESPONSE, "tsa-response", 0, "file"},
    {LOG_TSA_TRUSTED, "tsa-trusted", 0, "file"},
};

static const char checkpoint_help[] =
    "madai checkpoint - sign the ledger as it is now\n"
    "\n"
    "Usage: madai checkpoint [OPTION]... CASE\n"
    "       madai checkpoint CASE --tsa-request FILE\n"
    "       madai checkpoint CASE --tsa-response FILE --tsa-trusted FILE\n"
    "\n"
    "Give the checkpoint to somebody who will keep it: with it anybody can\n"
    "tell whether what the case held then is still what it holds. It says\n"
    "nothing of what is in the case.\n"
    "\n"
    "  -o, --output FILE        write it there; - is standard output\n"
    "  --passphrase-file FILE   its first line is the passphrase\n"
    "  --tsa-request FILE       write a query to a time-stamping authority "
    "(RFC\n"
    "                           3161) about the last checkpoint; send it as\n"
    "                           you like, nothing here opens a connection\n"
    "  --tsa-response FILE      check the answer and keep it\n"
    "  --tsa-trusted FILE       certificates of the authority (PEM)\n"
    "  -h, --help               this text\n"
    "\n"
    "Examples:\n"
    "  madai checkpoint nakuru.madai -o checkpoint.txt\n"
    "  madai checkpoint nakuru.madai --tsa-request query.tsq\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 3 the answer does not hold, "
    "4\n"
    "a limit or the machine. More: man madai\n";

static bool ask_stamp(struct casefile *casefile, const char *path,
                      struct arena *arena, struct error *error)
{
    struct slice query;
    if (!casefile_begin(casefile, error))
        return false;
    if (stamp_ask(casefile, arena, &query, error) &&
        case_write_file(path, query, error))
        return casefile_commit(casefile, error);
    casefile_rollback(casefile);
    return false;
}

static bool keep_stamp(struct casefile *casefile, const char *path,
                       const char *trusted_path, struct error *error)
{
    struct file answer = {0}, trusted = {0};
    struct timestamp stamp;
    if (trusted_path == NULL)
        return error_set(error, ERROR_USAGE,
                         "--tsa-response needs --tsa-trusted");
    bool is_kept =
        (file_read(path, TIMESTAMP_BYTES_MAX, &answer, error) ||
         error_prefix(error, "%.150s", path)) &&
        (file_read(trusted_path, TIMESTAMP_BYTES_MAX, &trusted, error) ||
         error_prefix(error, "%.150s", trusted_path)) &&
        casefile_begin(casefile, error);
    if (is_kept) {
        is_kept =
            stamp_keep(casefile, answer.bytes, trusted.bytes, &stamp, error) &&
            casefile_commit(casefile, error);
        if (!is_kept)
            casefile_rollback(casefile);
    }
    file_close(&answer);
    file_close(&trusted);
    if (is_kept) {
        printf("stamped %s by ", stamp.time);
        print_words(stamp.authority);
        putchar('\n');
    }
    return is_kept;
}

static bool sign(struct casefile *casefile,
                 const struct case_arguments *arguments, struct arena *arena,
                 struct error *error)
{
    struct signing_key key = {0};
    struct slice note;
    const char *output = arguments->values[LOG_OUTPUT];
    if (!case_key_open(casefile, arguments->values[LOG_PASSPHRASE], &key,
                       error))
        return false;
    bool is_signed = casefile_begin(casefile, error);
    if (is_signed) {
        is_signed =
            entry_checkpoint(casefile, &key, arena, &note, error) &&
            case_write_file(output != NULL ? output : "-", note, error) &&
            casefile_commit(casefile, error);
        if (!is_signed)
            casefile_rollback(casefile);
    }
    signing_key_close(&key);
    return is_signed;
}

static enum exit_code checkpoint(struct casefile *casefile,
                                 const struct case_arguments *arguments,
                                 struct error *error)
{
    const char *request = arguments->values[LOG_TSA_REQUEST];
    const char *response = arguments->values[LOG_TSA_RESPONSE];
    struct arena *arena = arena_new((size_t)1 << 24);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_done = request != NULL ? ask_stamp(casefile, request, arena, error)
                   : response != NULL
                       ? keep_stamp(casefile, response,
                                    arguments->values[LOG_TSA_TRUSTED], error)
                       : sign(casefile, arguments, arena, error);
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct option_rule prove_rules[] = {
    {LOG_OUTPUT, "output", 'o', "file"},
};

static const char prove_help[] =
    "madai prove - a file that proves one entry of the ledger\n"
    "\n"
    "Usage: madai prove -o FILE CASE DOCUMENT|ENTRY\n"
    "\n"
    "Writes FILE, a proof (c2sp.org/tlog-proof) that the DOCUMENT's entry, or\n"
    "that of this number, stands under the last checkpoint; and FILE.json,\n"
    "what the entry says. Whoever has both and the key can check them without\n"
    "the case, and learns nothing of the other entries.\n"
    "\n"
    "  -o, --output FILE    where to\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai prove -o letter.proof nakuru.madai letter.txt\n"
    "\n"
    "Exit codes: 0 all went well, 1 there is no such thing, 2 wrong usage, 4 "
    "a\n"
    "limit or the machine. More: man madai\n";

static bool entry_of_word(struct casefile *casefile, const char *word,
                          struct arena *arena, uint64_t *entry,
                          struct error *error)
{
    struct case_document document;
    if (document_find(casefile, word, arena, &document, error)) {
        *entry = (uint64_t)document.entry;
        return true;
    }
    return error->kind == ERROR_NOT_FOUND &&
           case_number("ENTRY", word, UINT32_MAX, entry, error);
}

static bool write_proof(struct casefile *casefile, const char *word,
                        const char *output, struct arena *arena,
                        struct error *error)
{
    struct kept_checkpoint last;
    struct entry entry;
    struct tlog_proof proof = {0};
    struct slice file;
    struct merkle_source source = entry_nodes(casefile);
    size_t length = strlen(output) + sizeof ".json";
    char *beside = arena_take(arena, length, 1, error);
    if (beside == NULL ||
        !entry_of_word(casefile, word, arena, &proof.index, error) ||
        !entry_get(casefile, proof.index, arena, &entry, error) ||
        !checkpoint_last(casefile, arena, &last, error))
        return false;
    if (entry.is_erased)
        return error_set(error, ERROR_NOT_FOUND, "entry %llu was erased",
                         (unsigned long long)proof.index);
    if (last.id == 0 || last.size <= proof.index)
        return error_set(error, ERROR_USAGE,
                         "no checkpoint covers entry %llu yet: madai "
                         "checkpoint CASE",
                         (unsigned long long)proof.index);
    proof.leaf = entry.leaf;
    proof.salt = entry.salt;
    proof.note = last.note;
    snprintf(beside, length, "%s.json", output);
    return merkle_prove_inclusion(&source, proof.index, last.size, &proof.path,
                                  error) &&
           tlog_proof_write(arena, &proof, &file, error) &&
           case_write_file(output, file, error) &&
           case_write_file(beside, entry.body, error);
}

static enum exit_code prove(struct casefile *casefile,
                            const struct case_arguments *arguments,
                            struct error *error)
{
    const char *output = arguments->values[LOG_OUTPUT];
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_done =
        output != NULL
            ? write_proof(casefile, arguments->words[0], output, arena, error)
            : error_set(error, ERROR_USAGE, "to which FILE (-o)?");
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command log_command = {
    .name = "log",
    .help = log_help,
    .rules = log_rules,
    .rule_count = sizeof log_rules / sizeof *log_rules,
    .run = show_log,
    .opens = true,
};
static const struct case_command checkpoint_command = {
    .name = "checkpoint",
    .help = checkpoint_help,
    .rules = checkpoint_rules,
    .rule_count = sizeof checkpoint_rules / sizeof *checkpoint_rules,
    .run = checkpoint,
    .mode = CASEFILE_WRITE,
    .opens = true,
};
static const struct case_command prove_command = {
    .name = "prove",
    .help = prove_help,
    .rules = prove_rules,
    .rule_count = sizeof prove_rules / sizeof *prove_rules,
    .words_least = 1,
    .words_most = 1,
    .wanted = "which DOCUMENT or ENTRY?",
    .run = prove,
    .opens = true,
};

static enum exit_code run_log(int argc, char **argv)
{
    return case_command_run(&log_command, argc, argv);
}
static enum exit_code run_checkpoint(int argc, char **argv)
{
    return case_command_run(&checkpoint_command, argc, argv);
}
static enum exit_code run_prove(int argc, char **argv)
{
    return case_command_run(&prove_command, argc, argv);
}

const struct command command_log = {"log", "what was done to a case", run_log};
const struct command command_checkpoint = {
    "checkpoint", "sign the ledger as it is now", run_checkpoint};
const struct command command_prove = {
    "prove", "a file that proves one entry of the ledger", run_prove};
