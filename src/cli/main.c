/*
 * main.c - the first word of the command line, and nothing else.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "model.h"
#include "model_search.h"
#include "suggest.h"
#include "terminal.h"

/* In the order in which one meets them. */
static const struct command *const commands[] = {
    &command_read,    &command_convert,    &command_init,
    &command_add,     &command_list,       &command_show,
    &command_search,  &command_accept,     &command_correct,
    &command_reject,  &command_merge,      &command_split,
    &command_undo,    &command_reviews,    &command_reread,
    &command_verify,  &command_log,        &command_checkpoint,
    &command_prove,   &command_key,        &command_export,
    &command_import,  &command_backup,     &command_restore,
    &command_erase,   &command_check,      &command_link,
    &command_actors,  &command_incidents,  &command_relations,
    &command_figures, &command_complaints, &command_patterns,
    &command_why,     &command_serve,      &command_chronology,
    &command_matrix,  &command_dossier,
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const char help_head[] = "madai - who says what, on whose word\n"
                                "\n"
                                "Usage: madai COMMAND [OPTION]... FILE...\n"
                                "\n"
                                "Commands:\n";

static const char help_tail[] =
    "\n"
    "  madai COMMAND --help   what a command does, with examples\n"
    "  madai --version        the version, and the model that is used\n"
    "  man madai              the manual\n"
    "\n"
    "Example:\n"
    "  madai read report.txt\n";

static enum exit_code say_help(void)
{
    char words[4096];
    int length = snprintf(words, sizeof words, "%s", help_head);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        length +=
            snprintf(words + length, sizeof words - (size_t)length,
                     "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    snprintf(words + length, sizeof words - (size_t)length, "%s", help_tail);
    return say(words);
}

/* A missing model is no fault here: it is what one wants to find out. */
static enum exit_code say_version(void)
{
    char path[PATH_MAX], words[640];
    struct error error;
    struct model *model = NULL;
    if (model_search(NULL, path, &error))
        model = model_open_at(path, &error);
    if (model != NULL)
        snprintf(words, sizeof words, "madai %s\nmodel %s\nsha256 %s\n",
                 MADAI_VERSION, model_name(model), model_sha256(model));
    else
        snprintf(words, sizeof words, "madai %s\nno model: %s\n", MADAI_VERSION,
                 error.text);
    model_close(model);
    size_t length = strlen(words);
    struct gazetteer *gazetteer = NULL;
    if (!gazetteer_open_if(NULL, &gazetteer, &error))
        snprintf(words + length, sizeof words - length, "no gazetteer: %s\n",
                 error.text);
    else if (gazetteer != NULL)
        snprintf(words + length, sizeof words - length, "gazetteer %s\n",
                 gazetteer_checksum(gazetteer));
    gazetteer_close(gazetteer);
    return say(words);
}

static enum exit_code no_such(const char *word)
{
    const char *best = NULL;
    struct error error;
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        best = suggest_nearer(word, best, commands[i]->name);
    if (best == NULL && access(word, F_OK) == 0)
        error_set(&error, ERROR_USAGE,
                  "'%.100s' is no command; did you mean madai read %.100s?",
                  word, word);
    else if (best != NULL)
        error_set(&error, ERROR_USAGE,
                  "'%.100s' is no command; did you mean madai %s?", word, best);
    else
        error_set(&error, ERROR_USAGE, "'%.100s' is no command", word);
    return complain_of_usage(NULL, &error);
}

int main(int argc, char **argv)
{
    struct error error;
    /* A closed pipe is told by the write that meets it. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        error_set(&error, ERROR_USAGE, "which command?");
        return (int)complain_of_usage(NULL, &error);
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0)
        return (int)say_help();
    if (strcmp(word, "--version") == 0)
        return (int)say_version();
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(word, commands[i]->name) == 0)
            return (int)commands[i]->run(argc - 1, argv + 1);
    return (int)no_such(word);
}
