/*
 * cmd_verify.c - `madai verify`: is everything as it was recorded?
 */
#include <stdlib.h>

#include "case_command.h"
#include "file.h"
#include "note.h"
#include "print.h"
#include "verify.h"

enum { VERIFY_CHECKPOINT = 1, VERIFY_QUIET };

static const struct option_rule verify_rules[] = {
    {VERIFY_CHECKPOINT, "checkpoint", 0, "file"},
    {VERIFY_QUIET, "quiet", 'q', NULL},
};

static const char verify_help[] =
    "madai verify - find out whether anything in a case was touched\n"
    "\n"
    "Usage: madai verify [OPTION]... CASE\n"
    "\n"
    "Hashes every original and text, every passage of every finding and the\n"
    "whole ledger, and names what is not as it was recorded: altered, "
    "missing,\n"
    "added, reordered, cut back, damaged, or signed by a key unknown to the\n"
    "ledger. Needs no passphrase.\n"
    "\n"
    "  --checkpoint FILE    a checkpoint of this case that somebody else kept\n"
    "  -q, --quiet          only faults\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai verify nakuru.madai\n"
    "  madai verify --checkpoint from-the-lawyer.txt nakuru.madai\n"
    "\n"
    "Exit codes: 0 everything holds, 2 wrong usage, 3 something was touched, "
    "4\n"
    "a limit or the machine. More: man madai\n";

static void tell_fault(void *context, const char *what, const char *where)
{
    (void)context;
    printf("%s: ", what);
    print_words(where);
    putchar('\n');
}

static void tell_counts(const struct verify_counts *counts, bool has_held)
{
    printf("%llu documents, %llu texts, %llu readings, %llu findings, %llu "
           "reviews\n%llu entries of the ledger, %llu checkpoints, %llu time "
           "stamps\n",
           (unsigned long long)counts->documents,
           (unsigned long long)counts->texts,
           (unsigned long long)counts->readings,
           (unsigned long long)counts->findings,
           (unsigned long long)counts->reviews,
           (unsigned long long)counts->entries,
           (unsigned long long)counts->checkpoints,
           (unsigned long long)counts->stamps);
    if (counts->unread > 0)
        printf("%llu documents were not read yet (madai reread --unread)\n",
               (unsigned long long)counts->unread);
    if (counts->elsewhere > 0)
        printf("%llu originals are held elsewhere: their texts were checked, "
               "they were not\n",
               (unsigned long long)counts->elsewhere);
    if (counts->erased > 0)
        printf("%llu entries were erased, as later entries say\n",
               (unsigned long long)counts->erased);
    if (counts->faults > 0) {
        printf("TOUCHED: %llu faults\n", (unsigned long long)counts->faults);
        return;
    }
    printf("everything holds\n");
    if (!has_held)
        printf("This says that the file agrees with itself. That nobody wrote "
               "all of it anew\nis said only by a checkpoint that somebody "
               "else kept (--checkpoint).\n");
}

static enum exit_code verify(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    struct verify_counts counts;
    struct file file = {0};
    const char *path = arguments->values[VERIFY_CHECKPOINT];
    struct verify work = {.casefile = casefile, .fault = tell_fault};
    if (path != NULL && !file_read(path, NOTE_BYTES_MAX, &file, error)) {
        error_prefix(error, "%.150s", path);
        return EXIT_MACHINE;
    }
    work.held = &file.bytes;
    work.held_count = path != NULL ? 1 : 0;
    bool is_done = casefile_verify(&work, &counts, error);
    file_close(&file);
    if (!is_done)
        return EXIT_MACHINE;
    if (arguments->values[VERIFY_QUIET] == NULL)
        tell_counts(&counts, path != NULL);
    return counts.faults > 0 ? EXIT_TOUCHED : EXIT_ALL_WELL;
}

static const struct case_command verify_command = {
    .name = "verify",
    .help = verify_help,
    .rules = verify_rules,
    .rule_count = sizeof verify_rules / sizeof *verify_rules,
    .run = verify,
    .opens = true,
};

static enum exit_code run_verify(int argc, char **argv)
{
    return case_command_run(&verify_command, argc, argv);
}

const struct command command_verify = {
    .name = "verify",
    .summary = "find out whether anything in a case was touched",
    .run = run_verify,
};
