/*
 * cmd_review.c - what a person decides about findings: madai accept, correct,
 * reject, merge, split and undo.
 */
#include <stdlib.h>

#include "case_command.h"
#include "documents.h"
#include "entries.h"
#include "findings.h"
#include "print.h"
#include "reviews.h"

enum { REVIEW_BY = 1, REVIEW_WHY, REVIEW_SPAN, REVIEW_ADD };

static const struct option_rule review_rules[] = {
    {REVIEW_BY, "by", 0, "name"},
    {REVIEW_WHY, "why", 0, "reason"},
};
static const struct option_rule correct_rules[] = {
    {REVIEW_BY, "by", 0, "name"},
    {REVIEW_WHY, "why", 0, "reason"},
    {REVIEW_SPAN, "span", 0, "place (12-40)"},
    {REVIEW_ADD, "add", 0, "kind"},
};
#define RULES(rules) (rules), sizeof(rules) / sizeof *(rules)

#define COMMON_HELP                                                            \
    "  --by NAME            who decides ($MADAI_BY, or your login name)\n"     \
    "  --why REASON         why\n"                                             \
    "  -h, --help           this text\n"                                       \
    "\n"
#define EXIT_HELP                                                              \
    "\n"                                                                       \
    "Exit codes: 0 all went well, 1 there is no such finding, 2 wrong "        \
    "usage,\n"                                                                 \
    "4 a limit or the machine. More: man madai\n"

static const char accept_help[] =
    "madai accept - say that findings are right\n"
    "\n"
    "Usage: madai accept [OPTION]... CASE FINDING...\n"
    "\n" COMMON_HELP "Example:\n"
    "  madai accept --by 'A. Otieno' nakuru.madai c-7k3m9qx2\n" EXIT_HELP;

static const char reject_help[] =
    "madai reject - say that findings are wrong\n"
    "\n"
    "Usage: madai reject [OPTION]... CASE FINDING...\n"
    "\n" COMMON_HELP "Example:\n"
    "  madai reject --why 'not a speaker' nakuru.madai c-7k3m9qx2\n" EXIT_HELP;

static const char correct_help[] =
    "madai correct - say what is right instead, or add a finding by hand\n"
    "\n"
    "Usage: madai correct [OPTION]... CASE FINDING FIELD=VALUE...\n"
    "       madai correct [OPTION]... CASE --add KIND --span PLACE DOCUMENT\n"
    "                     [FIELD=VALUE]...\n"
    "\n"
    "A FIELD is any of the reading's. who, says, act, place, first and last\n"
    "(dates) are what search shows; an empty VALUE takes one away.\n"
    "\n"
    "  --span PLACE         the passage, as bytes of the text: 12-40\n"
    "  --add KIND           a finding that the reader missed: actor, claim,\n"
    "                       act, figure, time, place, intervention, "
    "citation\n" COMMON_HELP "Examples:\n"
    "  madai correct nakuru.madai c-7k3m9qx2 says=deny 'who=Agnes Ndolo'\n"
    "  madai correct --add claim --span 120-180 nakuru.madai letter.txt \\\n"
    "      says=demand\n" EXIT_HELP;

static const char merge_help[] =
    "madai merge - say that findings are one and the same\n"
    "\n"
    "Usage: madai merge [OPTION]... CASE FINDING FINDING...\n"
    "\n"
    "Actors with actors, acts with acts; in one document or several.\n"
    "\n" COMMON_HELP "Example:\n"
    "  madai merge nakuru.madai a-w4qrys71 a-dhc8vv0r\n" EXIT_HELP;

static const char split_help[] =
    "madai split - say that findings are not the same\n"
    "\n"
    "Usage: madai split [OPTION]... CASE FINDING FINDING...\n"
    "\n"
    "The first is not the others, whatever a merge or the program says.\n"
    "\n" COMMON_HELP "Example:\n"
    "  madai split nakuru.madai a-w4qrys71 a-dhc8vv0r\n" EXIT_HELP;

static const char undo_help[] =
    "madai undo - take back what was decided\n"
    "\n"
    "Usage: madai undo [OPTION]... CASE REVIEW|FINDING...\n"
    "\n"
    "Takes back the REVIEW (r-...), or the last decision about the FINDING.\n"
    "Both stay on record.\n"
    "\n" COMMON_HELP "Example:\n"
    "  madai undo nakuru.madai c-7k3m9qx2\n" EXIT_HELP;

static struct review review_of(const struct case_arguments *arguments,
                               const char *decision)
{
    return (struct review){.decision = decision,
                           .reviewer =
                               case_reviewer(arguments->values[REVIEW_BY]),
                           .why = arguments->values[REVIEW_WHY]};
}

static bool decide_one(struct casefile *casefile, const char *word,
                       const struct review *given, struct error *error)
{
    struct finding finding;
    char key[CASEFILE_KEY_SIZE];
    struct arena *arena = arena_new((size_t)1 << 26);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_decided = finding_find(casefile, word, arena, &finding, error) &&
                      review_finding(casefile, &finding, given, key, error);
    if (is_decided)
        printf("%s %s %s\n", key, given->decision, finding.key);
    arena_release(arena);
    return is_decided;
}

/* All or none: whoever names five does not want two. */
static enum exit_code decide_all(struct casefile *casefile,
                                 const struct case_arguments *arguments,
                                 const char *decision, struct error *error)
{
    struct review given = review_of(arguments, decision);
    if (!casefile_begin(casefile, error))
        return EXIT_MACHINE;
    for (size_t i = 0; i < arguments->word_count; i++) {
        if (decide_one(casefile, arguments->words[i], &given, error))
            continue;
        casefile_rollback(casefile);
        return EXIT_MACHINE;
    }
    return casefile_commit(casefile, error) ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static enum exit_code accept_findings(struct casefile *casefile,
                                      const struct case_arguments *arguments,
                                      struct error *error)
{
    return decide_all(casefile, arguments, "accepted", error);
}

static enum exit_code reject_findings(struct casefile *casefile,
                                      const struct case_arguments *arguments,
                                      struct error *error)
{
    return decide_all(casefile, arguments, "rejected", error);
}

/* FIELD=VALUE... as a JSON object; NULL with an error. */
static json_t *fields_of(const struct case_arguments *arguments, size_t first,
                         struct error *error)
{
    json_t *fields = json_object();
    const char *span = arguments->values[REVIEW_SPAN];
    if (fields != NULL && span != NULL && arguments->values[REVIEW_ADD] == NULL)
        json_object_set_new(fields, "span", json_string(span));
    for (size_t i = first; fields != NULL && i < arguments->word_count; i++) {
        const char *word = arguments->words[i];
        const char *equals = strchr(word, '=');
        json_t *value = equals == NULL      ? NULL
                        : equals[1] == '\0' ? json_null()
                                            : json_string(equals + 1);
        if (equals == NULL || equals == word || value == NULL ||
            json_object_setn_new(fields, word, (size_t)(equals - word),
                                 value) != 0) {
            error_set(error, ERROR_USAGE, "'%.100s' is not FIELD=VALUE", word);
            json_decref(fields);
            return NULL;
        }
    }
    if (fields == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    return fields;
}

static bool add_by_hand(struct casefile *casefile,
                        const struct case_arguments *arguments,
                        struct review *given, struct arena *arena,
                        struct error *error)
{
    struct case_document document;
    char rest, key[CASEFILE_KEY_SIZE];
    const char *span = arguments->values[REVIEW_SPAN];
    if (span == NULL || sscanf(span, "%u-%u%c", &given->span.begin,
                               &given->span.end, &rest) != 2)
        return error_set(error, ERROR_USAGE,
                         "--add needs --span, two numbers of bytes as 12-40");
    if (!document_find(casefile, arguments->words[0], arena, &document, error))
        return false;
    given->kind = arguments->values[REVIEW_ADD];
    given->document = document.id;
    if (!review_add_finding(casefile, given, key, error))
        return false;
    printf("%s added\n", key);
    return true;
}

static bool correct_in(struct casefile *casefile,
                       const struct case_arguments *arguments,
                       struct arena *arena, struct error *error)
{
    struct review given = review_of(arguments, "corrected");
    json_t *fields = fields_of(arguments, 1, error);
    if (fields == NULL)
        return false;
    if (json_object_size(fields) > 0 &&
        (given.fields = json_text(fields, JSON_SORTED, arena, error)) == NULL) {
        json_decref(fields);
        return false;
    }
    json_decref(fields);
    if (!casefile_begin(casefile, error))
        return false;
    bool is_done =
        arguments->values[REVIEW_ADD] != NULL
            ? add_by_hand(casefile, arguments, &given, arena, error)
            : decide_one(casefile, arguments->words[0], &given, error);
    if (is_done)
        return casefile_commit(casefile, error);
    casefile_rollback(casefile);
    return false;
}

static enum exit_code correct(struct casefile *casefile,
                              const struct case_arguments *arguments,
                              struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 26);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_done = correct_in(casefile, arguments, arena, error);
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

/* The other findings of a merge or split, all of the first one's kind. */
static bool group_fields(struct casefile *casefile,
                         const struct case_arguments *arguments,
                         struct arena *arena, const char **fields,
                         struct error *error)
{
    struct finding first, other;
    json_t *with = json_array();
    bool is_well = with != NULL && finding_find(casefile, arguments->words[0],
                                                arena, &first, error);
    for (size_t i = 1; is_well && i < arguments->word_count; i++) {
        is_well =
            finding_find(casefile, arguments->words[i], arena, &other, error);
        if (is_well && strcmp(first.kind, other.kind) != 0)
            is_well = error_set(error, ERROR_USAGE,
                                "%s is of kind %s, %s of "
                                "kind %s",
                                first.key, first.kind, other.key, other.kind);
        if (is_well && strcmp(first.key, other.key) == 0)
            is_well =
                error_set(error, ERROR_USAGE, "%s is named twice", first.key);
        is_well =
            is_well && json_array_append_new(with, json_string(other.key)) == 0;
    }
    json_t *object = is_well ? json_pack("{s:O}", "with", with) : NULL;
    *fields =
        object != NULL ? json_text(object, JSON_SORTED, arena, error) : NULL;
    json_decref(object);
    json_decref(with);
    return *fields != NULL;
}

static enum exit_code group(struct casefile *casefile,
                            const struct case_arguments *arguments,
                            const char *decision, struct error *error)
{
    struct review given = review_of(arguments, decision);
    struct arena *arena = arena_new((size_t)1 << 26);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_begun = casefile_begin(casefile, error);
    bool is_done =
        is_begun &&
        group_fields(casefile, arguments, arena, &given.fields, error) &&
        decide_one(casefile, arguments->words[0], &given, error) &&
        casefile_commit(casefile, error);
    if (is_begun && !is_done)
        casefile_rollback(casefile);
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static enum exit_code merge(struct casefile *casefile,
                            const struct case_arguments *arguments,
                            struct error *error)
{
    return group(casefile, arguments, "merged", error);
}

static enum exit_code split(struct casefile *casefile,
                            const struct case_arguments *arguments,
                            struct error *error)
{
    return group(casefile, arguments, "split", error);
}

static enum exit_code undo(struct casefile *casefile,
                           const struct case_arguments *arguments,
                           struct error *error)
{
    struct review given = review_of(arguments, "undone");
    if (!casefile_begin(casefile, error))
        return EXIT_MACHINE;
    for (size_t i = 0; i < arguments->word_count; i++) {
        if (review_undo(casefile, arguments->words[i], &given, error))
            continue;
        casefile_rollback(casefile);
        return EXIT_MACHINE;
    }
    return casefile_commit(casefile, error) ? EXIT_ALL_WELL : EXIT_MACHINE;
}

/* The six commands differ in little. */
#define REVIEW_COMMAND(name_, summary_, rules_, least_, function_)             \
    static enum exit_code run_##name_(int argc, char **argv)                   \
    {                                                                          \
        static const struct case_command command = {                           \
            #name_,           name_##_help, RULES(rules_),  least_, SIZE_MAX,  \
            "which FINDING?", function_,    CASEFILE_WRITE, true,   false};    \
        return case_command_run(&command, argc, argv);                         \
    }                                                                          \
    const struct command command_##name_ = {#name_, summary_, run_##name_}

REVIEW_COMMAND(accept, "say that findings are right", review_rules, 1,
               accept_findings);
REVIEW_COMMAND(correct, "say what is right instead, or add a finding",
               correct_rules, 1, correct);
REVIEW_COMMAND(reject, "say that findings are wrong", review_rules, 1,
               reject_findings);
REVIEW_COMMAND(merge, "say that findings are the same", review_rules, 2, merge);
REVIEW_COMMAND(split, "say that findings are not the same", review_rules, 2,
               split);
REVIEW_COMMAND(undo, "take back what was decided", review_rules, 1, undo);
