/*
 * cmd_link.c - madai link: what documents say together.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cmd_links.h"
#include "command.h"
#include "file.h"
#include "link.h"
#include "options.h"

enum { LINK_READINGS = 1, LINK_OUTPUT, LINK_HELP };

static const struct option_rule rules[] = {
    {LINK_READINGS, "readings", 0, "file"},
    {LINK_OUTPUT, "output", 'o', "folder"},
    {LINK_HELP, "help", 'h', NULL},
};

static const char help[] =
    "madai link - what documents say together\n"
    "\n"
    "Usage: madai link [OPTION]... CASE\n"
    "       madai link --readings READINGS.jsonl -o FOLDER\n"
    "\n"
    "Links the documents of a case, and says how many actors, incidents,\n"
    "relations and so on there are; madai actors CASE and its like show\n"
    "them. Or links readings that come from elsewhere, one a line, each with\n"
    "its text (madai read --json --with-text); what does not hold together is\n"
    "refused. Links: who is who, what is one event, who confirms, denies,\n"
    "repeats and answers whom, what goes back to one origin, figures side by\n"
    "side, complaints with what came of them, and patterns.\n"
    "The order of the lines changes nothing.\n"
    "\n"
    "  --json               of a case: all of it, as case.json has it\n"
    "  --csv                of a case: the counts as a table\n"
    "  --readings FILE      the readings; - is standard input\n"
    "  -o, --output FOLDER  where readings.jsonl and case.json go; it must "
    "not\n"
    "                       be there yet\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai link nakuru.madai\n"
    "  madai link --readings readings.jsonl -o linked\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

struct wanted {
    const char *readings, *folder;
    bool is_help;
};

static bool take_option(void *context, const struct option_found *found,
                        struct error *error)
{
    struct wanted *wanted = context;
    (void)error;
    if (found->id == LINK_READINGS)
        wanted->readings = found->value;
    else if (found->id == LINK_OUTPUT)
        wanted->folder = found->value;
    else
        wanted->is_help = true;
    return true;
}

static bool take_word(void *context, char *word, struct error *error)
{
    (void)context;
    return error_set(error, ERROR_USAGE, "'%.100s' is one word too many", word);
}

/* One reading a line; empty lines are passed over. */
static bool add_lines(struct link *link, struct slice bytes,
                      struct error *error)
{
    size_t number = 0;
    for (size_t at = 0, end; at < bytes.length; at = end + 1) {
        const char *feed = memchr(bytes.data + at, '\n', bytes.length - at);
        end = feed != NULL ? (size_t)(feed - bytes.data) : bytes.length;
        number++;
        if (end == at)
            continue;
        json_t *reading =
            json_read((struct slice){bytes.data + at, end - at}, error);
        bool is_added = reading != NULL && link_check(reading, error) &&
                        link_add(link, reading, error);
        json_decref(reading);
        if (!is_added)
            return error_prefix(error, "line %zu", number);
    }
    return true;
}

static bool write_bytes(void *context, struct slice bytes, struct error *error)
{
    return fwrite(bytes.data, 1, bytes.length, context) == bytes.length ||
           error_errno(error, errno, "cannot write");
}

static FILE *create(const char *folder, const char *name, struct error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wxe");
    if (file == NULL)
        error_errno(error, errno, name);
    return file;
}

static bool close_file(FILE *file, bool is_written, struct error *error)
{
    if (file == NULL)
        return false;
    if (fclose(file) == 0 || !is_written)
        return is_written;
    return error_errno(error, errno, "cannot write");
}

static bool write_readings(const char *folder, struct slice bytes,
                           struct error *error)
{
    FILE *file = create(folder, "readings.jsonl", error);
    bool is_written = file != NULL && write_bytes(file, bytes, error);
    return close_file(file, is_written, error);
}

static bool write_case(const char *folder, const struct link_result *result,
                       struct error *error)
{
    json_t *json = link_json(result, error);
    FILE *file = json != NULL ? create(folder, "case.json", error) : NULL;
    struct json_sink sink = {write_bytes, file};
    bool is_written = file != NULL && json_write(json, sink, error) &&
                      write_bytes(file, slice_of("\n"), error);
    json_decref(json);
    return close_file(file, is_written, error);
}

static bool make_folder(const char *folder, struct error *error)
{
    if (mkdir(folder, 0777) == 0)
        return true;
    if (errno == EEXIST)
        return error_set(error, ERROR_USAGE, "%.150s is there already", folder);
    return error_errno(error, errno, "cannot make the folder");
}

static bool link_readings(const struct wanted *wanted, struct error *error)
{
    struct file file = {0};
    struct link *link = link_new(error);
    const struct link_result *result = NULL;
    bool is_done = link != NULL &&
                   ((file_read(wanted->readings, SIZE_MAX / 4, &file, error) &&
                     add_lines(link, file.bytes, error)) ||
                    error_prefix(error, "%.150s", wanted->readings)) &&
                   (result = link_run(link, error)) != NULL &&
                   make_folder(wanted->folder, error) &&
                   write_readings(wanted->folder, file.bytes, error) &&
                   write_case(wanted->folder, result, error);
    file_close(&file);
    link_release(link);
    return is_done;
}

/* Whether readings are given, and no case. */
static bool has_readings(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], "--readings", strlen("--readings")) == 0 ||
            strcmp(argv[i], "-o") == 0 ||
            strncmp(argv[i], "--output", strlen("--output")) == 0)
            return true;
    return false;
}

static enum exit_code run_link(int argc, char **argv)
{
    if (!has_readings(argc, argv))
        return links_of_case(help, argc, argv);
    struct wanted wanted = {0};
    struct error error = {0};
    const struct option_taker taker = {take_option, take_word, &wanted};
    if (!options_take(rules, sizeof rules / sizeof *rules, argc, argv, &taker,
                      &error))
        return complain_of_usage("link", &error);
    if (wanted.is_help)
        return say(help);
    if (wanted.readings == NULL)
        error_set(&error, ERROR_USAGE, "which READINGS (--readings)?");
    else if (wanted.folder == NULL)
        error_set(&error, ERROR_USAGE, "to which FOLDER (-o)?");
    else if (link_readings(&wanted, &error))
        return EXIT_ALL_WELL;
    if (error.kind == ERROR_USAGE)
        return complain_of_usage("link", &error);
    complain(&error);
    return EXIT_MACHINE;
}

const struct command command_link = {"link", "what documents say together",
                                     run_link};
