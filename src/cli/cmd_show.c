/*
 * cmd_show.c - `madai show`: a document, or a finding where it stands.
 */
#include "anchor.h"
#include "case_command.h"
#include "contents.h"
#include "documents.h"
#include "findings.h"
#include "print.h"
#include "reading_store.h"
#include "reviews.h"
#include "text_map.h"

enum { SHOW_JSON = 1, SHOW_TEXT };

static const struct option_rule show_rules[] = {
    {SHOW_JSON, "json", 0, NULL},
    {SHOW_TEXT, "text", 0, NULL},
};

static const char show_help[] =
    "madai show - a document of a case, or a finding where it stands\n"
    "\n"
    "Usage: madai show [OPTION]... CASE DOCUMENT|FINDING\n"
    "\n"
    "A DOCUMENT is named by its name, its SHA-256 or the first digits of "
    "that,\n"
    "a FINDING by its short name (c-...), as list and search give them. The\n"
    "passage of a finding is checked against its hash before it is shown.\n"
    "\n"
    "  --json               a JSON object; of a document, its reading\n"
    "  --text               the text of the document, as it was read\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai show nakuru.madai police-statement.txt\n"
    "  madai show nakuru.madai c-7k3m9qx2\n"
    "\n"
    "Exit codes: 0 all went well, 1 there is no such thing, 2 wrong usage, 3\n"
    "it was touched, 4 a limit or the machine. More: man madai\n";

struct showing {
    struct casefile *casefile;
    struct arena *arena;
    bool is_json, is_text;
    struct text_map map; /* of the text that is shown */
    struct error *error;
};

/* Where things stand helps, but a map that was touched hides no text: verify
 * tells of it. */
static void take_map(struct showing *showing, const struct case_text *text)
{
    struct error ignored;
    if (!text_map_get(showing->casefile, text, showing->arena, &showing->map,
                      &ignored))
        showing->map = (struct text_map){0};
}

/* The text that the document's findings point into. */
static bool text_of(struct showing *showing, int64_t document,
                    struct case_reading *reading, struct slice *text)
{
    struct case_text about;
    if (!reading_get(showing->casefile, document, showing->arena, reading,
                     showing->error))
        return false;
    if (reading->text == 0 &&
        !document_text(showing->casefile, document, &about, showing->error))
        return false;
    if (reading->text != 0 &&
        !text_get(showing->casefile, reading->text, &about, showing->error))
        return false;
    *text = (struct slice){"", 0};
    take_map(showing, &about);
    return about.id == 0 || content_read(showing->casefile, about.content,
                                         showing->arena, text, showing->error);
}

/* The passage, after it was held against its hash. */
static bool quote_of(struct showing *showing, const struct finding *finding,
                     struct slice text, struct slice *quote)
{
    char sha256[SHA256_HEX_SIZE];
    struct span span = finding->span;
    if (span.begin > span.end || span.end > text.length)
        return error_set(showing->error, ERROR_TAMPERED,
                         "%s: its passage lies outside the text", finding->key);
    *quote = slice_at(text, span);
    return sha256_hex(*quote, sha256, showing->error) &&
           (strcmp(sha256, finding->quote_sha256) == 0 ||
            error_set(showing->error, ERROR_TAMPERED,
                      "%s: its passage is not what it was", finding->key));
}

static void print_facts(const struct case_document *document,
                        const struct case_reading *reading)
{
    const char *values[DOCUMENT_FACTS];
    document_facts_list(&document->facts, values);
    for (size_t i = 0; i < DOCUMENT_FACTS; i++)
        print_field(document_fact_names[i], values[i]);
    print_field("sha256", document->sha256);
    printf("%-14s %llu, %s\n", "bytes", (unsigned long long)document->bytes,
           document->content != 0 ? "kept here" : "held elsewhere");
    print_field("read by", reading->text != 0 ? reading->reader : "nobody yet");
}

/* Claims of the file about itself, and what its converter warned of. */
static void print_map_facts(const struct text_map *map)
{
    if (map->facts.count > 0)
        puts("\nthe file says of itself, unchecked");
    for (size_t i = 0; i < map->facts.count; i++) {
        char words[200];
        snprintf(words, sizeof words, "%.150s (%.40s)",
                 map->facts.items[i].value, map->facts.items[i].from);
        print_field(map->facts.items[i].name, words);
    }
    if (map->warnings.count > 0)
        puts("");
    for (size_t i = 0; i < map->warnings.count; i++)
        print_field("note", map->warnings.items[i]);
}

static bool print_finding_line(struct showing *showing,
                               const struct finding *finding, struct slice text)
{
    enum { QUOTE_SHOWN = 60 };
    struct slice quote;
    if (!quote_of(showing, finding, text, &quote))
        return false;
    if (quote.length > QUOTE_SHOWN) {
        quote.length = QUOTE_SHOWN;
        while (quote.length > 0 &&
               ((unsigned char)quote.data[quote.length] & 0xC0) == 0x80)
            quote.length--;
    }
    printf("%-15s %-12s %-10s ", finding->key, finding->kind, finding->status);
    const uint32_t page = text_map_page(&showing->map, finding->span);
    if (page > 0)
        printf("p. %u  ", page);
    print_plain(quote);
    putchar('\n');
    return true;
}

static bool show_document(struct showing *showing,
                          const struct case_document *document)
{
    struct case_reading reading;
    struct slice text;
    struct findings findings;
    if (!text_of(showing, document->id, &reading, &text))
        return error_prefix(showing->error, "%.100s", document->facts.name);
    if (showing->is_text)
        return fwrite(text.data, 1, text.length, stdout) == text.length ||
               error_set(showing->error, ERROR_IO, "standard output");
    if (showing->is_json) {
        if (reading.text == 0)
            return error_set(showing->error, ERROR_NOT_FOUND,
                             "%.100s was not read yet", document->facts.name);
        fwrite(reading.body.data, 1, reading.body.length, stdout);
        putchar('\n');
        return true;
    }
    print_facts(document, &reading);
    print_map_facts(&showing->map);
    if (!findings_of_document(showing->casefile, document->id, showing->arena,
                              &findings, showing->error))
        return false;
    printf("\n%zu findings\n", findings.count);
    for (size_t i = 0; i < findings.count; i++)
        if (!print_finding_line(showing, &findings.items[i], text))
            return false;
    return true;
}

static json_t *finding_json(const struct finding *finding,
                            const struct case_document *document,
                            struct slice quote)
{
    json_t *object = json_pack(
        "{s:s,s:s,s:s,s:s,s:[I,I],s:s#,s:s,s:s*,s:s*,s:s*,s:s*,s:s*,s:s*}",
        "finding", finding->key, "kind", finding->kind, "document",
        document->sha256, "name", document->facts.name, "span",
        (json_int_t)finding->span.begin, (json_int_t)finding->span.end, "quote",
        quote.data, quote.length, "status", finding->status, "who",
        finding->who, "says", finding->says, "act", finding->act, "place",
        finding->place, "first", finding->first, "last", finding->last);
    if (object != NULL && finding->confidence >= 0)
        json_object_set_new(object, "confidence",
                            json_real(finding->confidence));
    return object;
}

/* The object of the reading that the finding is, or NULL. */
static json_t *object_in_reading(const struct finding *finding, json_t *reading)
{
    void *layer = json_object_iter(reading);
    for (; layer != NULL; layer = json_object_iter_next(reading, layer)) {
        size_t i;
        json_t *object;
        json_array_foreach(json_object_iter_value(layer), i, object)
        {
            const char *id = json_string_value(json_object_get(object, "id"));
            if (id != NULL && finding->local != NULL &&
                strcmp(id, finding->local) == 0)
                return object;
        }
    }
    return NULL;
}

static bool print_reviews(struct showing *showing,
                          const struct finding *finding)
{
    struct reviews reviews;
    if (!reviews_of_finding(showing->casefile, finding->key, showing->arena,
                            &reviews, showing->error))
        return false;
    for (size_t i = 0; i < reviews.count; i++) {
        const struct review *review = &reviews.items[i];
        printf("%-15s %-10s %s by ", review->key, review->decision,
               review->time);
        print_words(review->reviewer);
        if (review->fields != NULL) {
            putchar(' ');
            print_words(review->fields);
        }
        if (review->undoes != NULL)
            printf(" takes back %s", review->undoes);
        if (review->why != NULL) {
            fputs(": ", stdout);
            print_words(review->why);
        }
        putchar('\n');
    }
    return true;
}

static void print_finding(const struct finding *finding,
                          const struct case_document *document,
                          struct slice text, struct slice quote)
{
    printf("%s, %s, %s\n", finding->key, finding->kind, finding->status);
    print_field("document", document->facts.name);
    printf("%-14s %u-%u\n", "place", finding->span.begin, finding->span.end);
    print_field("who", finding->who);
    print_field("says", finding->says);
    print_field("act", finding->act);
    print_field("where", finding->place);
    print_field("from", finding->first);
    print_field("to", finding->last);
    if (finding->confidence >= 0)
        printf("%-14s %.3f\n", "confidence", finding->confidence);
    fputs("\n... ", stdout);
    print_plain(anchor_prefix(text, finding->span));
    fputs("[", stdout);
    print_plain(quote);
    fputs("]", stdout);
    print_plain(anchor_suffix(text, finding->span));
    fputs(" ...\n\n", stdout);
}

static bool show_finding(struct showing *showing, const struct finding *finding)
{
    struct case_document document;
    struct case_reading reading;
    struct slice text, quote;
    if (!document_get(showing->casefile, finding->document, showing->arena,
                      &document, showing->error) ||
        !text_of(showing, finding->document, &reading, &text) ||
        !quote_of(showing, finding, text, &quote))
        return false;
    if (!showing->is_json) {
        print_finding(finding, &document, text, quote);
        return print_reviews(showing, finding);
    }
    json_t *whole = json_read(reading.body, showing->error);
    if (whole == NULL)
        return false;
    json_t *object = finding_json(finding, &document, quote);
    json_t *found = object_in_reading(finding, whole);
    if (object != NULL && found != NULL)
        json_object_set(object, "reading", found);
    json_decref(whole);
    return print_json(object, showing->error);
}

static enum exit_code show(struct casefile *casefile,
                           const struct case_arguments *arguments,
                           struct error *error)
{
    const char *word = arguments->words[0];
    struct showing showing = {.casefile = casefile,
                              .arena = arena_new((size_t)16 << 30),
                              .is_json = arguments->values[SHOW_JSON] != NULL,
                              .is_text = arguments->values[SHOW_TEXT] != NULL,
                              .error = error};
    struct case_document document;
    struct finding finding;
    struct error no_document = {.kind = ERROR_NONE};
    bool is_shown;
    if (showing.arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    if (document_find(casefile, word, showing.arena, &document, &no_document))
        is_shown = show_document(&showing, &document);
    else if (no_document.kind != ERROR_NOT_FOUND)
        is_shown = (*error = no_document, false);
    else if (finding_find(casefile, word, showing.arena, &finding, error))
        is_shown = show_finding(&showing, &finding);
    else
        is_shown = error->kind == ERROR_NOT_FOUND &&
                   error_set(error, ERROR_NOT_FOUND,
                             "there is no document or finding '%.100s'", word);
    arena_release(showing.arena);
    return is_shown ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command show_command = {
    .name = "show",
    .help = show_help,
    .rules = show_rules,
    .rule_count = sizeof show_rules / sizeof *show_rules,
    .words_least = 1,
    .words_most = 1,
    .wanted = "which DOCUMENT or FINDING?",
    .run = show,
    .opens = true,
};

static enum exit_code run_show(int argc, char **argv)
{
    return case_command_run(&show_command, argc, argv);
}

const struct command command_show = {
    .name = "show",
    .summary = "a document, or a finding where it stands",
    .run = run_show,
};
