/*
 * cmd_convert.c - `madai convert`: the text that would be read of a file.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "conversion_json.h"
#include "convert.h"
#include "file.h"
#include "file_text.h"
#include "options.h"
#include "print.h"
#include "terminal.h"

enum { CONVERT_JSON = 1, CONVERT_MEMBERS, CONVERT_UNSAFE, CONVERT_HELP };

static const struct option_rule convert_rules[] = {
    {CONVERT_JSON, "json", 0, NULL},
    {CONVERT_MEMBERS, "members", 0, "FOLDER"},
    {CONVERT_UNSAFE, "unsafe-parsing", 0, NULL},
    {CONVERT_HELP, "help", 'h', NULL},
};

static const char convert_help[] =
    "madai convert - show the text that would be read of a file\n"
    "\n"
    "Usage: madai convert [OPTION]... FILE...\n"
    "\n"
    "Prints the text of each FILE (- is standard input) as madai read and\n"
    "madai add take it: of a web page the article, of a PDF its columns in\n"
    "order. Each file is parsed by a program of its own that can open neither\n"
    "files nor connections. What could not be read well is told on stderr.\n"
    "\n"
    "  --json               one JSON object a line instead: the text, where\n"
    "                       each piece of it stands (page, paragraph, place "
    "on\n"
    "                       the page), what the file says of itself, "
    "warnings,\n"
    "                       and the files that lie in it\n"
    "  --members FOLDER     write the files that lie in it to FOLDER, which "
    "is\n"
    "                       made: 1, 2 and so on, in the order of \"members\"\n"
    "                       in --json. Of one FILE; not opened themselves\n"
    "  --unsafe-parsing     read files though this system cannot shut in what\n"
    "                       parses them: only files that you trust\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai convert letter.docx\n"
    "  madai convert --json page.html > page.json\n"
    "\n"
    "Exit codes: 0 all went well, 1 some files were refused, 2 wrong usage,\n"
    "4 a limit or the machine. More: man madai\n";

struct convert_arguments {
    char **paths;
    size_t count;
    const char *members; /* folder, or NULL */
    bool is_json, is_unsafe, wants_help;
};

static bool take_path(void *context, char *word, struct error *error)
{
    struct convert_arguments *arguments = context;
    (void)error;
    arguments->paths[arguments->count++] = word;
    return true;
}

static bool take_option(void *context, const struct option_found *found,
                        struct error *error)
{
    struct convert_arguments *arguments = context;
    (void)error;
    switch (found->id) {
    case CONVERT_JSON:
        return arguments->is_json = true;
    case CONVERT_MEMBERS:
        arguments->members = found->value;
        return true;
    case CONVERT_UNSAFE:
        return arguments->is_unsafe = true;
    default:
        return arguments->wants_help = true;
    }
}

/* What is read: without links, adverts and comments, and what follows them up
 * to the next paragraph. Yours to free; NULL: no memory. */
static char *read_text_of(const struct conversion *conversion, size_t *length)
{
    const struct slice text = conversion->text;
    char *kept = malloc(text.length + 1);
    size_t at = 0;
    *length = 0;
    if (kept == NULL)
        return NULL;
    for (size_t i = 0; i < conversion->origins.count; i++) {
        const struct origin *origin = &conversion->origins.items[i];
        if (!origin_is_unread(origin->kind))
            continue;
        memcpy(kept + *length, text.data + at, origin->span.begin - at);
        *length += origin->span.begin - at;
        for (at = origin->span.end; at < text.length && text.data[at] == '\n';)
            at++;
    }
    memcpy(kept + *length, text.data + at, text.length - at);
    *length += text.length - at;
    while (*length > 0 && at > 0 && kept[*length - 1] == '\n')
        (*length)--;
    return kept;
}

/* As bytes into a file or pipe; made safe for a terminal. */
static bool print_text(struct slice text, struct error *error)
{
    const struct json_sink output = print_sink();
    if (isatty(STDOUT_FILENO) != 1)
        return output.write(output.context, text, error) &&
               ((text.length > 0 && text.data[text.length - 1] == '\n') ||
                output.write(output.context, slice_of("\n"), error));
    while (text.length > 0) {
        const char *stop = memchr(text.data, '\n', text.length);
        size_t length = stop != NULL ? (size_t)(stop - text.data) : text.length;
        print_plain((struct slice){text.data, length});
        putchar('\n');
        length += stop != NULL;
        text = (struct slice){text.data + length, text.length - length};
    }
    return true;
}

static void tell_warnings(const char *name, const struct conversion *conversion)
{
    struct error error;
    for (size_t i = 0; i < conversion->warnings.count; i++) {
        error_set(&error, ERROR_NONE, "%.120s: %s", name,
                  conversion->warnings.items[i]);
        complain(&error);
    }
    if (conversion->members.count > 0) {
        error_set(&error, ERROR_NONE, "%.120s: holds %zu more files", name,
                  conversion->members.count);
        complain(&error);
    }
}

/* Under numbers: what a stranger calls them is no path of ours. */
static bool write_members(const char *folder,
                          const struct conversion *conversion,
                          struct error *error)
{
    char path[PATH_MAX];
    if (mkdir(folder, 0700) != 0)
        return error_errno(error, errno, "cannot make the folder of members");
    for (size_t i = 0; i < conversion->members.count; i++) {
        const struct slice bytes = conversion->members.items[i].bytes;
        snprintf(path, sizeof path, "%s/%zu", folder, i + 1);
        FILE *file = fopen(path, "wbxe");
        bool is_written = file != NULL && fwrite(bytes.data, 1, bytes.length,
                                                 file) == bytes.length;
        if (file == NULL || fclose(file) != 0 || !is_written)
            return error_errno(error, errno, "cannot write a member");
    }
    return true;
}

static bool print_conversion(const struct convert_arguments *arguments,
                             const char *name, struct slice bytes,
                             const struct conversion *conversion,
                             struct error *error)
{
    const struct json_sink output = print_sink();
    if (arguments->is_json)
        return conversion_json_write(conversion, slice_of(name), bytes, output,
                                     error) &&
               output.write(output.context, slice_of("\n"), error);
    tell_warnings(name, conversion);
    size_t length;
    char *kept = read_text_of(conversion, &length);
    bool is_printed =
        kept != NULL ? print_text((struct slice){kept, length}, error)
                     : error_set(error, ERROR_LIMIT, "no memory for a text");
    free(kept);
    return is_printed;
}

/* In JSON a file without words is told too: it may hold others. */
static bool convert_one(const struct convert_arguments *arguments,
                        const char *path, struct error *error)
{
    struct file file = {0};
    struct file_text text = {.arena = NULL};
    const char *slash = strrchr(path, '/');
    const char *name = strcmp(path, "-") == 0 ? "standard input"
                       : slash != NULL        ? slash + 1
                                              : path;
    bool is_well = file_read(path, TEXT_BYTES_MAX, &file, error);
    if (is_well) {
        bool is_read = file_text_open(file.bytes, name, arguments->is_unsafe,
                                      &text, error);
        bool has_other =
            text.conversion.members.count > 0 ||
            (arguments->is_json && text.conversion.facts.count > 0);
        is_well =
            (is_read || ((arguments->is_json || arguments->members != NULL) &&
                         has_other)) &&
            (arguments->members == NULL ||
             write_members(arguments->members, &text.conversion, error)) &&
            print_conversion(arguments, name, file.bytes, &text.conversion,
                             error);
    }
    file_text_close(&text);
    if (file.bytes.data != NULL)
        file_close(&file);
    return is_well || error_prefix(error, "%.150s", path);
}

static enum exit_code convert_all(const struct convert_arguments *arguments)
{
    enum exit_code code = EXIT_ALL_WELL;
    for (size_t i = 0; i < arguments->count && code != EXIT_MACHINE; i++) {
        struct error error;
        if (convert_one(arguments, arguments->paths[i], &error))
            continue;
        complain(&error);
        bool is_refused = error.kind == ERROR_BAD_INPUT ||
                          error.kind == ERROR_NOT_FOUND ||
                          (error.kind == ERROR_IO && ferror(stdout) == 0);
        code = is_refused ? EXIT_REFUSED : EXIT_MACHINE;
    }
    if (fflush(stdout) != 0) {
        struct error error;
        error_set(&error, ERROR_IO, "cannot write to standard output");
        complain(&error);
        code = EXIT_MACHINE;
    }
    return code;
}

static enum exit_code run_convert(int argc, char **argv)
{
    struct convert_arguments arguments = {.is_json = false};
    const struct option_taker taker = {take_option, take_path, &arguments};
    struct error error;
    enum exit_code code;
    arguments.paths = calloc((size_t)argc, sizeof *arguments.paths);
    if (arguments.paths == NULL)
        return EXIT_MACHINE;
    bool is_well =
        options_take(convert_rules,
                     sizeof convert_rules / sizeof *convert_rules, argc, argv,
                     &taker, &error) &&
        (arguments.wants_help || arguments.count > 0 ||
         error_set(&error, ERROR_USAGE, "which FILE? (- is standard input)")) &&
        (arguments.members == NULL || arguments.count <= 1 ||
         error_set(&error, ERROR_USAGE, "--members is of one FILE"));
    if (!is_well)
        code = complain_of_usage("convert", &error);
    else
        code =
            arguments.wants_help ? say(convert_help) : convert_all(&arguments);
    free(arguments.paths);
    return code;
}

const struct command command_convert = {
    .name = "convert",
    .summary = "show the text that would be read of a file",
    .run = run_convert,
};
