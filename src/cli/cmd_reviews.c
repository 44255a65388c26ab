/*
 * cmd_reviews.c - `madai reviews`: what people decided, and what of it holds
 * for no finding any more.
 */
#include "case_command.h"
#include "documents.h"
#include "print.h"
#include "reviews.h"

enum { REVIEWS_STRANDED = 1, REVIEWS_JSON };

static const struct option_rule reviews_rules[] = {
    {REVIEWS_STRANDED, "stranded", 0, NULL},
    {REVIEWS_JSON, "json", 0, NULL},
};

static const char reviews_help[] =
    "madai reviews - what people decided\n"
    "\n"
    "Usage: madai reviews [OPTION]... CASE\n"
    "\n"
    "  --stranded           only those that hold for no finding any more: a\n"
    "                       later reading has nothing at their passage. They\n"
    "                       are kept, and hold again when a finding comes "
    "back\n"
    "  --json               one JSON object a line\n"
    "  -h, --help           this text\n"
    "\n"
    "Example:\n"
    "  madai reviews --stranded nakuru.madai\n"
    "\n"
    "Exit codes: 0 all went well, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

static bool print_review_json(const struct review *review,
                              const struct case_document *document,
                              bool is_stranded, struct error *error)
{
    json_t *line = review_body(review, document->sha256, error);
    if (line == NULL)
        return false;
    json_object_set_new(line, "stranded", json_boolean(is_stranded));
    return print_json(line, error);
}

static void print_review(const struct review *review,
                         const struct case_document *document, bool is_stranded)
{
    printf("%s  %s  %-9s  %s%s  ", review->key, review->time, review->decision,
           review->finding, is_stranded ? "  (stranded)" : "");
    print_words(document->facts.name);
    printf(":%u-%u by ", review->span.begin, review->span.end);
    print_words(review->reviewer);
    if (review->why != NULL) {
        fputs(": ", stdout);
        print_words(review->why);
    }
    fputs("\n    ", stdout);
    print_words(review->quote);
    putchar('\n');
}

static bool print_all(struct casefile *casefile,
                      const struct case_arguments *arguments,
                      struct arena *arena, struct error *error)
{
    struct review review = {0};
    bool is_there, is_stranded;
    for (;;) {
        struct case_document document;
        arena_reset(arena);
        if (!review_after(casefile, review.id, arena, &review, &is_there,
                          error))
            return false;
        if (!is_there)
            return true;
        if (!review_is_stranded(casefile, &review, &is_stranded, error) ||
            !document_get(casefile, review.document, arena, &document, error))
            return false;
        if (arguments->values[REVIEWS_STRANDED] != NULL && !is_stranded)
            continue;
        if (arguments->values[REVIEWS_JSON] == NULL)
            print_review(&review, &document, is_stranded);
        else if (!print_review_json(&review, &document, is_stranded, error))
            return false;
    }
}

static enum exit_code reviews(struct casefile *casefile,
                              const struct case_arguments *arguments,
                              struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return EXIT_MACHINE;
    }
    bool is_done = print_all(casefile, arguments, arena, error);
    arena_release(arena);
    return is_done ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command reviews_command = {
    .name = "reviews",
    .help = reviews_help,
    .rules = reviews_rules,
    .rule_count = sizeof reviews_rules / sizeof *reviews_rules,
    .run = reviews,
    .opens = true,
};

static enum exit_code run_reviews(int argc, char **argv)
{
    return case_command_run(&reviews_command, argc, argv);
}

const struct command command_reviews = {"reviews", "what people decided",
                                        run_reviews};
