/*
 * cmd_key.c - `madai key`: the key that signs a case's checkpoints.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "case_command.h"
#include "case_key.h"
#include "entries.h"
#include "file.h"
#include "key_store.h"
#include "passphrase.h"
#include "print.h"
#include "recovery_sheet.h"

enum { KEY_PASSPHRASE = 1, KEY_NEW_PASSPHRASE };

static const struct option_rule key_rules[] = {
    {KEY_PASSPHRASE, "passphrase-file", 0, "file"},
    {KEY_NEW_PASSPHRASE, "new-passphrase-file", 0, "file"},
};

static const char key_help[] =
    "madai key - the key that signs a case's checkpoints\n"
    "\n"
    "Usage: madai key CASE                 show the keys and fingerprints\n"
    "       madai key CASE new             make the first key\n"
    "       madai key CASE rotate          hand over to a new key; both sign\n"
    "       madai key CASE sheet           print the recovery sheet\n"
    "       madai key CASE recover SHEET   a new passphrase, from a sheet "
    "that\n"
    "                                      was typed in\n"
    "\n"
    "The secret half lies in the case, sealed under a passphrase. Nothing but\n"
    "signing needs it. Tell the fingerprint to whoever will check your work,\n"
    "in another way than the work itself.\n"
    "\n"
    "  --passphrase-file FILE       its first line is the passphrase, which "
    "is\n"
    "                               asked for otherwise\n"
    "  --new-passphrase-file FILE   that of the new key, with rotate and\n"
    "                               recover\n"
    "  -h, --help                   this text\n"
    "\n"
    "Examples:\n"
    "  madai key nakuru.madai new\n"
    "  madai key nakuru.madai sheet > sheet-for-the-safe.txt\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

bool case_write_file(const char *path, struct slice bytes, struct error *error)
{
    if (strcmp(path, "-") == 0)
        return fwrite(bytes.data, 1, bytes.length, stdout) == bytes.length ||
               error_set(error, ERROR_IO, "standard output");
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST)
        return error_set(error, ERROR_USAGE, "%.150s is there already", path);
    if (descriptor < 0)
        return error_errno(error, errno, "cannot make the file") ||
               error_prefix(error, "%.150s", path);
    size_t at = 0;
    while (at < bytes.length) {
        ssize_t count = write(descriptor, bytes.data + at, bytes.length - at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            break;
        at += (size_t)count;
    }
    bool is_written = at == bytes.length && fsync(descriptor) == 0;
    if (!is_written)
        error_errno(error, errno, "cannot write the file");
    close(descriptor);
    return is_written || error_prefix(error, "%.150s", path);
}

static bool open_sealed(const char *sealed, const char *file,
                        struct signing_key *key, struct error *error)
{
    struct passphrase passphrase = {.length = 0};
    bool is_open =
        passphrase_get(file, false, &passphrase, error) &&
        signing_key_open(slice_of(sealed),
                         (struct slice){passphrase.bytes, passphrase.length},
                         key, error);
    passphrase_wipe(&passphrase);
    return is_open;
}

bool case_key_open(struct casefile *casefile, const char *passphrase_file,
                   struct signing_key *key, struct error *error)
{
    char *sealed;
    struct arena *arena = arena_new((size_t)1 << 20);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_open = entry_key_in_force(casefile, arena, &sealed, error);
    if (is_open && sealed == NULL)
        is_open = error_set(error, ERROR_USAGE,
                            "the case has no key yet: madai key CASE new");
    is_open = is_open && open_sealed(sealed, passphrase_file, key, error);
    arena_release(arena);
    return is_open;
}

static bool seal(const struct signing_key *key, const char *file,
                 char sealed[SEALED_KEY_SIZE], struct error *error)
{
    struct passphrase passphrase = {.length = 0};
    bool is_sealed =
        passphrase_get(file, true, &passphrase, error) &&
        signing_key_seal(key,
                         (struct slice){passphrase.bytes, passphrase.length},
                         sealing_cost_usual, sealed, error);
    passphrase_wipe(&passphrase);
    return is_sealed;
}

static void print_key(const struct note_key *key, const char *words)
{
    char hex[DIGEST_HEX_SIZE], text[NOTE_KEY_TEXT_SIZE];
    struct digest fingerprint = note_key_fingerprint(key);
    digest_to_hex(&fingerprint, hex);
    note_key_write(key, text);
    printf("%s\nfingerprint    %s\nverifier key   %s\n", words, hex, text);
}

static bool put_in_force(struct casefile *casefile,
                         const struct signing_key *before,
                         const struct signing_key *after, const char *file,
                         struct error *error)
{
    char sealed[SEALED_KEY_SIZE];
    struct arena *arena = arena_new((size_t)1 << 20);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_done =
        seal(after, file, sealed, error) && casefile_begin(casefile, error);
    if (is_done &&
        !entry_key_change(casefile, before, after, sealed, arena, error)) {
        casefile_rollback(casefile);
        is_done = false;
    }
    is_done = is_done && casefile_commit(casefile, error);
    arena_release(arena);
    if (is_done)
        print_key(&after->key, "the key in force");
    return is_done;
}

static bool key_new(struct casefile *casefile,
                    const struct case_arguments *arguments, struct error *error)
{
    char origin[NOTE_NAME_SIZE];
    size_t count;
    struct signing_key key = {0};
    if (!key_store_count(casefile, &count, error))
        return false;
    if (count > 0)
        return error_set(error, ERROR_USAGE,
                         "the case has a key; hand over with rotate");
    bool is_done = entry_origin(casefile, origin, error) &&
                   signing_key_new(origin, &key, error) &&
                   put_in_force(casefile, NULL, &key,
                                arguments->values[KEY_PASSPHRASE], error);
    signing_key_close(&key);
    return is_done;
}

static bool key_rotate(struct casefile *casefile,
                       const struct case_arguments *arguments,
                       struct error *error)
{
    struct signing_key before = {0}, after = {0};
    bool is_done = case_key_open(casefile, arguments->values[KEY_PASSPHRASE],
                                 &before, error) &&
                   signing_key_new(before.key.name, &after, error) &&
                   put_in_force(casefile, &before, &after,
                                arguments->values[KEY_NEW_PASSPHRASE], error);
    signing_key_close(&before);
    signing_key_close(&after);
    return is_done;
}

static bool key_sheet(struct casefile *casefile,
                      const struct case_arguments *arguments,
                      struct error *error)
{
    struct signing_key key = {0};
    char sheet[RECOVERY_SHEET_SIZE];
    bool is_open =
        case_key_open(casefile, arguments->values[KEY_PASSPHRASE], &key, error);
    if (is_open) {
        recovery_sheet_write(&key, sheet);
        fputs(sheet, stdout);
        explicit_bzero(sheet, sizeof sheet);
    }
    signing_key_close(&key);
    return is_open;
}

static bool key_recover(struct casefile *casefile,
                        const struct case_arguments *arguments,
                        struct error *error)
{
    struct file sheet = {0};
    struct signing_key key = {0};
    char sealed[SEALED_KEY_SIZE];
    if (arguments->word_count < 2)
        return error_set(error, ERROR_USAGE, "recover from which SHEET?");
    bool is_done =
        file_read(arguments->words[1], RECOVERY_SHEET_SIZE * 4, &sheet,
                  error) &&
        recovery_sheet_read(sheet.bytes, &key, error) &&
        seal(&key, arguments->values[KEY_NEW_PASSPHRASE], sealed, error) &&
        casefile_begin(casefile, error);
    if (is_done) {
        is_done = key_store_reseal(casefile, &key.key, sealed, error) &&
                  casefile_commit(casefile, error);
        if (!is_done)
            casefile_rollback(casefile);
    }
    signing_key_close(&key);
    file_close(&sheet);
    return is_done;
}

static bool print_each(void *context, const struct note_key *key,
                       uint64_t entry)
{
    (void)context;
    char words[64];
    snprintf(words, sizeof words, "in force after entry %llu",
             (unsigned long long)entry);
    print_key(key, words);
    return true;
}

static bool key_show(struct casefile *casefile,
                     const struct case_arguments *arguments,
                     struct error *error)
{
    size_t count;
    (void)arguments;
    if (!key_store_each(casefile, print_each, NULL, error) ||
        !key_store_count(casefile, &count, error))
        return false;
    if (count == 0)
        printf("no key yet: madai key CASE new\n");
    return true;
}

static enum exit_code key(struct casefile *casefile,
                          const struct case_arguments *arguments,
                          struct error *error)
{
    static const struct {
        const char *word;
        bool (*run)(struct casefile *, const struct case_arguments *,
                    struct error *);
    } actions[] = {{"show", key_show},
                   {"new", key_new},
                   {"rotate", key_rotate},
                   {"sheet", key_sheet},
                   {"recover", key_recover}};
    const char *word = arguments->word_count > 0 ? arguments->words[0] : "show";
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].word, word) == 0)
            return actions[i].run(casefile, arguments, error) ? EXIT_ALL_WELL
                                                              : EXIT_MACHINE;
    error_set(error, ERROR_USAGE,
              "'%.40s' is none of new, rotate, sheet, recover, show", word);
    return EXIT_USAGE;
}

static const struct case_command key_command = {
    .name = "key",
    .help = key_help,
    .rules = key_rules,
    .rule_count = sizeof key_rules / sizeof *key_rules,
    .words_most = 2,
    .run = key,
    .mode = CASEFILE_WRITE,
    .opens = true,
};

static enum exit_code run_key(int argc, char **argv)
{
    return case_command_run(&key_command, argc, argv);
}

const struct command command_key = {
    .name = "key",
    .summary = "the key that signs a case's checkpoints",
    .run = run_key,
};
