/*
 * case_command.c - see case_command.h.
 */
#include "case_command.h"

#include <pwd.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

enum exit_code case_failed(const struct error *error)
{
    complain(error);
    switch (error->kind) {
    case ERROR_USAGE:
        return EXIT_USAGE;
    case ERROR_TAMPERED:
        return EXIT_TOUCHED;
    case ERROR_NOT_FOUND:
    case ERROR_BAD_INPUT:
        return EXIT_REFUSED;
    default:
        return EXIT_MACHINE;
    }
}

static bool take_word(void *context, char *word, struct error *error)
{
    struct case_arguments *arguments = context;
    (void)error;
    if (arguments->path == NULL)
        arguments->path = word;
    else
        arguments->words[arguments->word_count++] = word;
    return true;
}

static bool take_option(void *context, const struct option_found *found,
                        struct error *error)
{
    struct case_arguments *arguments = context;
    (void)error;
    arguments->values[found->id] = found->value != NULL ? found->value : "";
    return true;
}

static bool check(const struct case_command *command,
                  const struct case_arguments *arguments, struct error *error)
{
    if (arguments->path == NULL && !command->guesses)
        return error_set(error, ERROR_USAGE, "which CASE?");
    if (arguments->word_count < command->words_least)
        return error_set(error, ERROR_USAGE, "%s", command->wanted);
    if (arguments->word_count > command->words_most)
        return error_set(error, ERROR_USAGE, "'%.100s' is one word too many",
                         arguments->words[command->words_most]);
    return true;
}

static bool parse(const struct case_command *command, int argc, char **argv,
                  struct case_arguments *arguments, struct error *error)
{
    struct option_rule rules[CASE_OPTIONS_MAX];
    const struct option_taker taker = {take_option, take_word, arguments};
    if (command->rule_count > 0)
        memcpy(rules, command->rules, command->rule_count * sizeof *rules);
    rules[command->rule_count] =
        (struct option_rule){CASE_HELP, "help", 'h', NULL};
    return options_take(rules, command->rule_count + 1, argc, argv, &taker,
                        error) &&
           (arguments->values[CASE_HELP] != NULL ||
            check(command, arguments, error));
}

/* $MADAI_WAIT: seconds to wait for another program. */
static void set_wait(struct casefile *casefile)
{
    enum { MOST = 3600 };
    const char *word = getenv("MADAI_WAIT");
    char *end;
    if (word == NULL || *word == '\0')
        return;
    unsigned long seconds = strtoul(word, &end, 10);
    if (*end == '\0' && seconds <= MOST)
        casefile_wait(casefile, (unsigned)seconds * 1000);
}

/* On the other stream: the output is for programs too. */
static void tell_kept(const struct casefile *casefile)
{
    if (casefile_kept_as(casefile) != NULL)
        fprintf(stderr,
                "madai: the case was brought forward to this version; as it "
                "was it is kept in %s\n",
                casefile_kept_as(casefile));
}

static enum exit_code run_opened(const struct case_command *command,
                                 const struct case_arguments *arguments)
{
    struct error error = {.kind = ERROR_NONE};
    struct casefile *casefile = NULL;
    if (command->opens) {
        casefile = casefile_open(arguments->path, command->mode, &error);
        if (casefile == NULL) {
            error_prefix(&error, "%.150s", arguments->path);
            return case_failed(&error);
        }
        set_wait(casefile);
        tell_kept(casefile);
    }
    enum exit_code code = command->run(casefile, arguments, &error);
    casefile_close(casefile);
    if (error.kind != ERROR_NONE)
        return case_failed(&error);
    enum exit_code said = say("");
    return code != EXIT_ALL_WELL ? code : said;
}

enum exit_code case_command_run(const struct case_command *command, int argc,
                                char **argv)
{
    struct error error;
    struct case_arguments arguments = {.command = command->name};
    arguments.words = calloc((size_t)argc, sizeof *arguments.words);
    if (arguments.words == NULL)
        return EXIT_MACHINE;
    enum exit_code code;
    if (!parse(command, argc, argv, &arguments, &error))
        code = complain_of_usage(command->name, &error);
    else if (arguments.values[CASE_HELP] != NULL)
        code = say(command->help);
    else
        code = run_opened(command, &arguments);
    free(arguments.words);
    return code;
}

const char *case_reviewer(const char *given)
{
    const char *name = given != NULL ? given : getenv("MADAI_BY");
    const struct passwd *user;
    if (name != NULL && *name != '\0')
        return name;
    /* One thread, once: nobody else asks. */
    user = getpwuid(getuid()); /* NOLINT(concurrency-mt-unsafe) */
    return user != NULL ? user->pw_name : "unknown";
}

bool case_number(const char *option, const char *word, uint64_t most,
                 uint64_t *number, struct error *error)
{
    char *end;
    *number = strtoull(word, &end, 10);
    if (*word < '0' || *word > '9' || *end != '\0' || *number > most)
        return error_set(error, ERROR_USAGE,
                         "%s takes a number up to %llu, not '%.40s'", option,
                         (unsigned long long)most, word);
    return true;
}

bool case_threads(const char *word, unsigned *threads, struct error *error)
{
    enum { MOST = 256 };
    uint64_t number;
    cpu_set_t processors;
    *threads = 1;
    if (word == NULL) {
        if (sched_getaffinity(0, sizeof processors, &processors) == 0)
            *threads = (unsigned)CPU_COUNT(&processors);
        return true;
    }
    if (!case_number("-j", word, MOST, &number, error))
        return false;
    *threads = (unsigned)number;
    return number > 0 || error_set(error, ERROR_USAGE,
                                   "-j takes a number from 1 to %d", MOST);
}
