/*
 * cmd_check.c - `madai check`: whether a bag is what was signed.
 *
 * Needs no case and no passphrase. Says the same as the verify.py that lies
 * in every bag.
 */
#include <stdlib.h>

#include "bag_check.h"
#include "command.h"
#include "options.h"
#include "print.h"

enum { CHECK_KEY = 1, CHECK_CHECKPOINT, CHECK_HELP };

static const struct option_rule check_rules[] = {
    {CHECK_KEY, "key", 0, "fingerprint"},
    {CHECK_CHECKPOINT, "checkpoint", 0, "file"},
    {CHECK_HELP, "help", 'h', NULL},
};

static const char check_help[] =
    "madai check - find out whether a bag is what was signed\n"
    "\n"
    "Usage: madai check [OPTION]... BAG\n"
    "\n"
    "Reads every file of BAG, a folder made by madai export, and names all\n"
    "that was altered, added, dropped, renamed or put in from elsewhere.\n"
    "Nothing is written, and no passphrase is needed.\n"
    "\n"
    "  --key FINGERPRINT    the signing key, as its owner told you: anybody "
    "can\n"
    "                       make a bag under a key of his own\n"
    "  --checkpoint FILE    a checkpoint that you were given before: says\n"
    "                       whether the record still begins as it did then\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai check bag\n"
    "  madai check --checkpoint from-the-letter.txt bag\n"
    "\n"
    "What the answer proves, and what not, is in the bag's VERIFY.txt.\n"
    "\n"
    "Exit codes: 0 the bag holds, 2 wrong usage, 3 something was touched, 4 a\n"
    "limit or the machine. More: man madai\n";

struct check_arguments {
    const char *folder, *key, *checkpoint;
    bool wants_help;
};

static bool take_folder(void *context, char *word, struct error *error)
{
    struct check_arguments *arguments = context;
    if (arguments->folder != NULL)
        return error_set(error, ERROR_USAGE, "one BAG at a time");
    arguments->folder = word;
    return true;
}

static bool take_option(void *context, const struct option_found *found,
                        struct error *error)
{
    struct check_arguments *arguments = context;
    (void)error;
    if (found->id == CHECK_KEY)
        arguments->key = found->value;
    else if (found->id == CHECK_CHECKPOINT)
        arguments->checkpoint = found->value;
    else
        arguments->wants_help = true;
    return true;
}

static bool parse(int argc, char **argv, struct check_arguments *arguments,
                  struct error *error)
{
    const struct option_taker taker = {take_option, take_folder, arguments};
    return options_take(check_rules, sizeof check_rules / sizeof *check_rules,
                        argc, argv, &taker, error) &&
           (arguments->wants_help || arguments->folder != NULL ||
            error_set(error, ERROR_USAGE, "which BAG?"));
}

/* Names in a bag are a stranger's. */
static void print_fault(void *context, const char *path, const char *what)
{
    (void)context;
    print_words(*path != '\0' ? path : "the bag");
    fputs(": ", stdout);
    print_words(what);
    putchar('\n');
}

static void print_holds(const struct bag *bag,
                        const struct check_arguments *arguments)
{
    char hex[DIGEST_HEX_SIZE];
    struct digest fingerprint =
        note_key_fingerprint(&bag->keys[bag->key_count - 1]);
    digest_to_hex(&fingerprint, hex);
    printf("HOLDS. %zu files, %zu of the %ju entries of the ledger opened.\n"
           "Signed by the key with the fingerprint\n  %.32s\n  %s\n",
           bag->payload.lines.count, bag->entry_count,
           (uintmax_t)bag->checkpoint.size, hex, hex + 32);
    if (arguments->key == NULL)
        puts("Compare it with what the maker of the bag told you in another "
             "way: a forger\ncan make a whole bag under a key of his own.");
    if (arguments->checkpoint == NULL)
        puts("Without a checkpoint from before (--checkpoint) this says "
             "nothing of what was\ntaken out of the ledger before the bag was "
             "made.");
}

static enum exit_code print_outcome(const struct bag *bag,
                                    const struct check_arguments *arguments)
{
    if (bag->fault_count == 0)
        print_holds(bag, arguments);
    else
        printf("\nREFUSED. %zu faults: this bag is not what was signed.\n",
               bag->fault_count);
    enum exit_code said = say("");
    if (said != EXIT_ALL_WELL)
        return said;
    return bag->fault_count == 0 ? EXIT_ALL_WELL : EXIT_TOUCHED;
}

static bool check_in(struct arena *arena, const struct check_arguments *given,
                     struct bag *bag, struct error *error)
{
    struct file checkpoint = {0};
    struct bag_faults faults = {print_fault, NULL};
    struct bag_trust trust = {0};
    if (given->key != NULL)
        trust.key = slice_of(given->key);
    if (given->checkpoint != NULL) {
        if (!file_read(given->checkpoint, NOTE_BYTES_MAX, &checkpoint, error))
            return error_prefix(error, "%.150s", given->checkpoint);
        trust.checkpoint = checkpoint.bytes;
    }
    bool is_checked =
        bag_check(given->folder, &trust, &faults, NULL, arena, bag, error) ||
        error_prefix(error, "%.150s", given->folder);
    file_close(&checkpoint);
    return is_checked;
}

static enum exit_code check(const struct check_arguments *arguments)
{
    struct bag bag = {.fault_count = 0};
    struct error error;
    struct arena *arena = arena_new(BAG_ARENA_CEILING);
    enum exit_code code = EXIT_MACHINE;
    if (arena == NULL)
        error_set(&error, ERROR_LIMIT, "no memory");
    if (arena == NULL || !check_in(arena, arguments, &bag, &error))
        complain(&error);
    else
        code = print_outcome(&bag, arguments);
    arena_release(arena);
    return code;
}

static enum exit_code run_check(int argc, char **argv)
{
    struct check_arguments arguments = {0};
    struct error error;
    if (!parse(argc, argv, &arguments, &error))
        return complain_of_usage("check", &error);
    return arguments.wants_help ? say(check_help) : check(&arguments);
}

const struct command command_check = {
    .name = "check",
    .summary = "find out whether a bag is what was signed",
    .run = run_check,
};
