/*
 * cmd_backup.c - madai backup, restore and erase: copies, and what must go.
 */
#include <stdlib.h>

#include "case_command.h"
#include "documents.h"
#include "erase.h"
#include "print.h"
#include "verify.h"

enum { ERASE_BY = 1, ERASE_WHY, ERASE_PERSON, ERASE_YES };

static const char backup_help[] =
    "madai backup - a copy of a case\n"
    "\n"
    "Usage: madai backup CASE COPY\n"
    "\n"
    "Makes COPY, a case file as CASE is at this moment; whole, and on the "
    "disk,\n"
    "before it has its name. It may be made while another program writes.\n"
    "\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai backup nakuru.madai /media/stick/nakuru-2019-06-01.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

static const char restore_help[] =
    "madai restore - a case from its copy\n"
    "\n"
    "Usage: madai restore CASE COPY\n"
    "\n"
    "Verifies COPY, and makes CASE of it, which must not be there: whatever\n"
    "stands in its place is for you to move away.\n"
    "\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai restore nakuru.madai /media/stick/nakuru-2019-06-01.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 3 the copy was touched, 4 a\n"
    "limit or the machine. More: man madai\n";

static const char erase_help[] =
    "madai erase - erase documents, as the law may ask\n"
    "\n"
    "Usage: madai erase [OPTION]... CASE DOCUMENT...\n"
    "       madai erase [OPTION]... CASE --person NAME\n"
    "\n"
    "The originals, texts, findings, reviews and their traces in the index "
    "and\n"
    "ledger go and cannot be brought back. That something was erased, when "
    "and\n"
    "by whom, stays, and so does the proof of all else. Copies, bags and the\n"
    "disk itself are beyond this: see man madai.\n"
    "\n"
    "  --person NAME        every document that has these words\n"
    "  --yes                do it; without this it is only said what would go\n"
    "  --by NAME            who decides ($MADAI_BY, or your login name)\n"
    "  --why REASON         why; it stays, so name nobody in it\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai erase --why 'request of 3 May' --yes nakuru.madai letter.txt\n"
    "\n"
    "Exit codes: 0 all went well, 1 there is no such document, 2 wrong usage,\n"
    "4 a limit or the machine. More: man madai\n";

static const struct option_rule erase_rules[] = {
    {ERASE_BY, "by", 0, "name"},
    {ERASE_WHY, "why", 0, "reason"},
    {ERASE_PERSON, "person", 0, "name"},
    {ERASE_YES, "yes", 0, NULL},
};

static enum exit_code backup(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    return casefile_copy(casefile, arguments->words[0], error) ? EXIT_ALL_WELL
                                                               : EXIT_MACHINE;
}

static void tell_fault(void *context, const char *what, const char *where)
{
    (void)context;
    printf("%s: ", what);
    print_words(where);
    putchar('\n');
}

static bool restore_from(struct casefile *copy, const char *path,
                         struct error *error)
{
    struct verify_counts counts;
    const struct verify verify = {.casefile = copy, .fault = tell_fault};
    if (!casefile_verify(&verify, &counts, error))
        return false;
    if (counts.faults > 0)
        return error_set(error, ERROR_TAMPERED,
                         "the copy was touched; nothing was made of it");
    return casefile_copy(copy, path, error);
}

static enum exit_code restore(struct casefile *none,
                              const struct case_arguments *arguments,
                              struct error *error)
{
    (void)none;
    struct casefile *copy =
        casefile_open(arguments->words[0], CASEFILE_READ, error);
    bool is_done = copy != NULL && restore_from(copy, arguments->path, error);
    if (copy == NULL)
        error_prefix(error, "%.150s", arguments->words[0]);
    casefile_close(copy);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

/* Which documents are meant, each once. */
static bool meant(struct casefile *casefile,
                  const struct case_arguments *arguments, struct arena *arena,
                  int64_t **documents, size_t *count, struct error *error)
{
    struct case_document document;
    const char *person = arguments->values[ERASE_PERSON];
    if ((person != NULL) == (arguments->word_count > 0))
        return error_set(error, ERROR_USAGE,
                         "which DOCUMENT, or which --person?");
    if (person != NULL)
        return casefile_naming(casefile, person, arena, documents, count,
                               error);
    *documents =
        arena_take(arena, arguments->word_count, sizeof **documents, error);
    *count = 0;
    for (size_t i = 0; *documents != NULL && i < arguments->word_count; i++) {
        bool is_listed = false;
        if (!document_find(casefile, arguments->words[i], arena, &document,
                           error))
            return false;
        for (size_t j = 0; j < *count; j++)
            is_listed = is_listed || (*documents)[j] == document.id;
        if (!is_listed)
            (*documents)[(*count)++] = document.id;
    }
    return *documents != NULL;
}

static bool tell_meant(struct casefile *casefile, const int64_t *documents,
                       size_t count, bool is_done, struct arena *arena,
                       struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        struct case_document document;
        if (!document_get(casefile, documents[i], arena, &document, error))
            return false;
        printf("%s %.12s ", is_done ? "erasing" : "would erase",
               document.sha256);
        print_words(document.facts.name);
        putchar('\n');
    }
    return true;
}

static bool erase_in(struct casefile *casefile,
                     const struct case_arguments *arguments,
                     struct arena *arena, struct error *error)
{
    int64_t *documents = NULL;
    size_t count = 0;
    bool is_sure = arguments->values[ERASE_YES] != NULL;
    if (!meant(casefile, arguments, arena, &documents, &count, error) ||
        !tell_meant(casefile, documents, count, is_sure, arena, error))
        return false;
    if (count == 0)
        return error_set(error, ERROR_NOT_FOUND, "no document has these words");
    if (!is_sure) {
        printf("nothing was erased: say --yes\n");
        return true;
    }
    return casefile_erase(casefile, documents, count,
                          case_reviewer(arguments->values[ERASE_BY]),
                          arguments->values[ERASE_WHY], error);
}

static enum exit_code erase(struct casefile *casefile,
                            const struct case_arguments *arguments,
                            struct error *error)
{
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_done = erase_in(casefile, arguments, arena, error);
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command backup_command = {
    .name = "backup",
    .help = backup_help,
    .words_least = 1,
    .words_most = 1,
    .wanted = "to which COPY?",
    .run = backup,
    .opens = true,
};
static const struct case_command restore_command = {
    .name = "restore",
    .help = restore_help,
    .words_least = 1,
    .words_most = 1,
    .wanted = "from which COPY?",
    .run = restore,
};
static const struct case_command erase_command = {
    .name = "erase",
    .help = erase_help,
    .rules = erase_rules,
    .rule_count = sizeof erase_rules / sizeof *erase_rules,
    .words_most = SIZE_MAX,
    .run = erase,
    .mode = CASEFILE_WRITE,
    .opens = true,
};

static enum exit_code run_backup(int argc, char **argv)
{
    return case_command_run(&backup_command, argc, argv);
}
static enum exit_code run_restore(int argc, char **argv)
{
    return case_command_run(&restore_command, argc, argv);
}
static enum exit_code run_erase(int argc, char **argv)
{
    return case_command_run(&erase_command, argc, argv);
}

const struct command command_backup = {"backup", "a copy of a case",
                                       run_backup};
const struct command command_restore = {"restore", "a case from its copy",
                                        run_restore};
const struct command command_erase = {
    "erase", "erase documents, as the law may ask", run_erase};
