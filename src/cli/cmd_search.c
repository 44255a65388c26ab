/*
 * cmd_search.c - `madai search`: any passage or finding of a case.
 */
#include <stdlib.h>

#include "case_command.h"
#include "documents.h"
#include "findings.h"
#include "print.h"
#include "search.h"
#include "terminal.h"

enum { SEARCH_JSON = 1, SEARCH_LIMIT, SEARCH_OFFSET, SEARCH_SORT };

static const struct option_rule search_rules[] = {
    {SEARCH_JSON, "json", 0, NULL},
    {SEARCH_LIMIT, "limit", 'n', "number"},
    {SEARCH_OFFSET, "offset", 0, "number"},
    {SEARCH_SORT, "sort", 0, "relevance or date"},
};

static const char search_help[] =
    "madai search - find passages and findings of a case\n"
    "\n"
    "Usage: madai search [OPTION]... CASE WORDS...\n"
    "\n"
    "WORDS are all to stand in one passage; \"tear gas\" is a phrase,\n"
    "demonstrat* what begins so, NEAR(officers shot 5) at most five words\n"
    "apart, march OR rally either, march NOT school without the second. Case\n"
    "and accents do not matter. Fields search findings instead:\n"
    "\n"
    "  who:koome            who speaks, does or suffers; names nearly so too\n"
    "  says:order           the speech act of a claim\n"
    "  act:killing          what is said to have been done; "
    "act:arrest,abduction\n"
    "  date:2023-03         a day, month or year; date:2023-03..2023-05\n"
    "  place:kisumu         where\n"
    "  kind:claim           actor, claim, act, figure, time, place,\n"
    "                       intervention, citation\n"
    "  status:unreviewed    accepted, corrected, rejected, added\n"
    "\n"
    "  --sort relevance|date   the best first, or the latest\n"
    "  -n, --limit N        show N (20)\n"
    "  --offset N           leave out the first N\n"
    "  --json               one JSON object a line\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai search nakuru.madai '\"tear gas\" school'\n"
    "  madai search nakuru.madai says:deny who:police date:2019-05\n"
    "\n"
    "Exit codes: 0 all went well, 1 nothing was found, 2 wrong usage, 4 a\n"
    "limit or the machine. More: man madai\n";

/* All words of the command line as one. */
static char *join(char **words, size_t count, struct arena *arena,
                  struct error *error)
{
    size_t length = 1;
    for (size_t i = 0; i < count; i++)
        length += strlen(words[i]) + 1;
    char *joined = arena_take(arena, length, 1, error);
    for (size_t i = 0, at = 0; joined != NULL && i < count; i++)
        at += (size_t)snprintf(joined + at, length - at, "%s%s",
                               i > 0 ? " " : "", words[i]);
    return joined;
}

static json_t *marks_json(const struct search_hit *hit)
{
    json_t *marks = json_array();
    for (size_t i = 0; i < hit->mark_count && marks != NULL; i++)
        json_array_append_new(marks, json_pack("[I,I]",
                                               (json_int_t)hit->marks[i].begin,
                                               (json_int_t)hit->marks[i].end));
    return marks;
}

static bool print_hit_json(const struct search_hit *hit,
                           const struct case_document *document,
                           const struct finding *finding, struct error *error)
{
    json_t *line = json_pack(
        "{s:s,s:s,s:[I,I],s:s%,s:o}", "document", document->sha256, "name",
        document->facts.name, "span", (json_int_t)hit->span.begin,
        (json_int_t)hit->span.end, "passage", hit->text.data, hit->text.length,
        "marks", marks_json(hit));
    if (line == NULL) /* a passage that is no UTF-8 */
        line = json_pack("{s:s,s:s,s:[I,I],s:o}", "document", document->sha256,
                         "name", document->facts.name, "span",
                         (json_int_t)hit->span.begin, (json_int_t)hit->span.end,
                         "marks", marks_json(hit));
    if (line != NULL && *hit->date != '\0')
        json_object_set_new(line, "date", json_string(hit->date));
    if (line != NULL && finding != NULL) {
        json_object_set_new(line, "finding", json_string(finding->key));
        json_object_set_new(line, "kind", json_string(finding->kind));
        json_object_set_new(line, "status", json_string(finding->status));
        json_object_set_new(line, "at",
                            json_pack("[I,I]", (json_int_t)finding->span.begin,
                                      (json_int_t)finding->span.end));
        const char *const keys[] = {"who", "says", "act", "place"};
        const char *const values[] = {finding->who, finding->says, finding->act,
                                      finding->place};
        for (size_t i = 0; i < 4; i++)
            if (values[i] != NULL)
                json_object_set_new(line, keys[i], json_string(values[i]));
    }
    return print_json(line, error);
}

/* Some words around the first mark. */
static struct span snippet_of(const struct search_hit *hit,
                              const struct finding *finding)
{
    enum { BEFORE = 60, LENGTH = 220 };
    uint32_t center = hit->mark_count > 0 ? hit->marks[0].begin
                      : finding != NULL   ? finding->span.begin
                                          : hit->span.begin;
    uint32_t begin =
        center > hit->span.begin + BEFORE ? center - BEFORE : hit->span.begin;
    uint32_t end =
        begin + LENGTH < hit->span.end ? begin + LENGTH : hit->span.end;
    const char *bytes = hit->text.data - hit->span.begin;
    while (begin > hit->span.begin && begin < end && bytes[begin - 1] != ' ')
        begin++;
    while (end < hit->span.end && end > begin && bytes[end] != ' ')
        end--;
    return (struct span){begin, end};
}

static void print_snippet(const struct search_hit *hit,
                          const struct finding *finding, bool has_colour)
{
    struct span snippet = snippet_of(hit, finding);
    const char *bytes = hit->text.data - hit->span.begin;
    fputs(snippet.begin > hit->span.begin ? "    ... " : "    ", stdout);
    for (uint32_t at = snippet.begin; at < snippet.end;) {
        uint32_t stop = snippet.end;
        bool is_marked = false;
        for (size_t i = 0; i < hit->mark_count; i++) {
            struct span mark = hit->marks[i];
            if (mark.begin <= at && mark.end > at) {
                is_marked = true;
                stop = mark.end < snippet.end ? mark.end : snippet.end;
                break;
            }
            if (mark.begin > at && mark.begin < stop)
                stop = mark.begin;
        }
        fputs(is_marked ? (has_colour ? "\033[1m" : "[") : "", stdout);
        print_plain((struct slice){bytes + at, stop - at});
        fputs(is_marked ? (has_colour ? "\033[0m" : "]") : "", stdout);
        at = stop;
    }
    fputs(snippet.end < hit->span.end ? " ...\n" : "\n", stdout);
}

static void print_hit(const struct search_hit *hit,
                      const struct case_document *document,
                      const struct finding *finding, bool has_colour)
{
    print_words(document->facts.name);
    printf(":%u", hit->span.begin);
    if (*hit->date != '\0')
        printf("  %s", hit->date);
    if (finding != NULL) {
        printf("  %s %s %s", finding->key, finding->kind, finding->status);
        const char *const values[] = {finding->who, finding->says, finding->act,
                                      finding->place};
        for (size_t i = 0; i < 4; i++) {
            if (values[i] == NULL)
                continue;
            fputs(" | ", stdout);
            print_words(values[i]);
        }
    }
    putchar('\n');
    if (hit->text.length > 0)
        print_snippet(hit, finding, has_colour);
}

static bool print_hits(struct casefile *casefile,
                       const struct search_hits *hits, bool is_json,
                       struct arena *arena, struct error *error)
{
    struct terminal terminal = terminal_look();
    for (size_t i = 0; i < hits->count; i++) {
        const struct search_hit *hit = &hits->items[i];
        struct case_document document;
        struct finding finding;
        bool has_finding = hit->finding != 0;
        if (!document_get(casefile, hit->document, arena, &document, error) ||
            (has_finding &&
             !finding_get(casefile, hit->finding, arena, &finding, error)))
            return false;
        if (!is_json)
            print_hit(hit, &document, has_finding ? &finding : NULL,
                      terminal.has_colour);
        else if (!print_hit_json(hit, &document, has_finding ? &finding : NULL,
                                 error))
            return false;
    }
    return true;
}

static bool options_of(const struct case_arguments *arguments,
                       struct search *search, struct error *error)
{
    enum { MOST = 10000 };
    const char *sort = arguments->values[SEARCH_SORT];
    const char *limit = arguments->values[SEARCH_LIMIT];
    const char *offset = arguments->values[SEARCH_OFFSET];
    search->limit = 20;
    search->by_date = sort != NULL && strcmp(sort, "date") == 0;
    if (sort != NULL && !search->by_date && strcmp(sort, "relevance") != 0)
        return error_set(error, ERROR_USAGE,
                         "--sort takes relevance or date, not '%.40s'", sort);
    return (limit == NULL ||
            case_number("--limit", limit, MOST, &search->limit, error)) &&
           (offset == NULL || case_number("--offset", offset, SEARCH_LOOKED_AT,
                                          &search->offset, error));
}

static void print_end(const struct search_hits *hits,
                      const struct search *search)
{
    if (hits->instead != NULL) {
        printf("searched for ");
        print_words(hits->instead);
        putchar('\n');
    }
    if (hits->count == 0 && search->offset == 0)
        printf("nothing found\n");
    else if (hits->seen > search->offset + hits->count)
        printf("%llu-%llu of %s%llu\n", (unsigned long long)search->offset + 1,
               (unsigned long long)(search->offset + hits->count),
               hits->seen >= SEARCH_LOOKED_AT ? "more than " : "",
               (unsigned long long)hits->seen);
}

static enum exit_code search(struct casefile *casefile,
                             const struct case_arguments *arguments,
                             struct error *error)
{
    struct search wanted = {0};
    struct search_hits hits = {0};
    bool is_json = arguments->values[SEARCH_JSON] != NULL;
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    wanted.words = join(arguments->words, arguments->word_count, arena, error);
    bool is_done = wanted.words != NULL &&
                   options_of(arguments, &wanted, error) &&
                   casefile_search(casefile, &wanted, arena, &hits, error) &&
                   print_hits(casefile, &hits, is_json, arena, error);
    if (is_done && !is_json)
        print_end(&hits, &wanted);
    arena_release(arena);
    if (!is_done)
        return EXIT_MACHINE;
    return hits.count > 0 ? EXIT_ALL_WELL : EXIT_REFUSED;
}

static const struct case_command search_command = {
    .name = "search",
    .help = search_help,
    .rules = search_rules,
    .rule_count = sizeof search_rules / sizeof *search_rules,
    .words_least = 1,
    .words_most = SIZE_MAX,
    .wanted = "search for what?",
    .run = search,
    .opens = true,
};

static enum exit_code run_search(int argc, char **argv)
{
    return case_command_run(&search_command, argc, argv);
}

const struct command command_search = {
    .name = "search",
    .summary = "find passages and findings of a case",
    .run = run_search,
};
