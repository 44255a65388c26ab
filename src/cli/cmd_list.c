/*
 * cmd_list.c - `madai list`: the documents of a case.
 */
#include "case_command.h"
#include "documents.h"
#include "print.h"
#include "reading_store.h"

enum { LIST_JSON = 1 };

static const struct option_rule list_rules[] = {
    {LIST_JSON, "json", 0, NULL},
};

static const char list_help[] =
    "madai list - the documents of a case\n"
    "\n"
    "Usage: madai list [OPTION]... CASE\n"
    "\n"
    "  --json               one JSON object a line: sha256, name, bytes, held\n"
    "                       (here or elsewhere), text, read, and what is "
    "known\n"
    "                       of where it came from\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai list nakuru.madai\n"
    "  madai list --json nakuru.madai | jq -r .sha256\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

static bool list_as_json(const struct case_document *document,
                         const struct case_text *text,
                         const struct case_reading *reading,
                         struct error *error)
{
    json_t *line = document_body(document, error);
    if (line == NULL)
        return false;
    json_object_del(line, "holds");
    json_object_set_new(line, "madai", json_string("document/1"));
    json_object_set_new(line, "entry", json_integer(document->entry));
    if (text->id != 0)
        json_object_set_new(line, "text", json_string(text->sha256));
    if (reading->text != 0)
        json_object_set_new(line, "read", json_string(reading->reader));
    return print_json(line, error);
}

static void list_for_people(const struct case_document *document,
                            const struct case_reading *reading)
{
    const struct document_facts *facts = &document->facts;
    printf("%.12s  %-10s  %9llu  ", document->sha256,
           facts->date != NULL ? facts->date : "",
           (unsigned long long)document->bytes);
    print_words(facts->name);
    if (document->content == 0)
        printf("  (held elsewhere)");
    if (reading->text == 0)
        printf("  (not read)");
    putchar('\n');
}

static bool list_one(struct casefile *casefile,
                     const struct case_document *document, bool is_json,
                     struct arena *arena, struct error *error)
{
    struct case_text text;
    struct case_reading reading;
    if (!document_text(casefile, document->id, &text, error) ||
        !reading_get(casefile, document->id, arena, &reading, error))
        return error_prefix(error, "%.100s", document->facts.name);
    if (is_json)
        return list_as_json(document, &text, &reading, error);
    list_for_people(document, &reading);
    return true;
}

static enum exit_code list(struct casefile *casefile,
                           const struct case_arguments *arguments,
                           struct error *error)
{
    struct case_document document = {0};
    bool is_there = true, is_well = true;
    bool is_json = arguments->values[LIST_JSON] != NULL;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    while (is_well && is_there) {
        arena_reset(arena);
        is_well =
            document_after(casefile, document.id, arena, &document, &is_there,
                           error) &&
            (!is_there || list_one(casefile, &document, is_json, arena, error));
    }
    arena_release(arena);
    return is_well ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command list_command = {
    .name = "list",
    .help = list_help,
    .rules = list_rules,
    .rule_count = sizeof list_rules / sizeof *list_rules,
    .run = list,
    .opens = true,
};

static enum exit_code run_list(int argc, char **argv)
{
    return case_command_run(&list_command, argc, argv);
}

const struct command command_list = {
    .name = "list",
    .summary = "the documents of a case",
    .run = run_list,
};
