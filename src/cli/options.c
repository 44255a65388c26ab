/*
 * options.c - see options.h.
 */
#include "options.h"

#include <string.h>

#include "suggest.h"

static enum option_kind wrong_name(const struct options *options,
                                   const char *word, struct error *error)
{
    char name[32] = "";
    const char *best = NULL;
    size_t length = strcspn(word + 2, "=");
    if (word[1] == '-' && length < sizeof name) {
        memcpy(name, word + 2, length);
        for (size_t i = 0; i < options->rule_count; i++)
            best = suggest_nearer(name, best, options->rules[i].name);
    }
    if (best != NULL)
        error_set(error, ERROR_USAGE,
                  "there is no option %s; did you mean --%s?", word, best);
    else
        error_set(error, ERROR_USAGE, "there is no option %s", word);
    return OPTION_WRONG;
}

/* What follows `word`'s name in the same word, or NULL. */
static bool rule_fits(const struct option_rule *rule, const char *word,
                      const char **rest)
{
    if (word[1] != '-') {
        *rest = word[2] == '\0' ? NULL : word + 2;
        return rule->letter != 0 && word[1] == rule->letter;
    }
    size_t length = strlen(rule->name);
    if (strncmp(word + 2, rule->name, length) != 0)
        return false;
    const char *after = word + 2 + length;
    *rest = *after == '=' ? after + 1 : NULL;
    return *after == '\0' || *after == '=';
}

static enum option_kind
take_option(struct options *options, const struct option_rule *rule,
            const char *rest, struct option_found *found, struct error *error)
{
    found->id = rule->id;
    found->value = rest;
    if (rule->value == NULL) {
        if (rest == NULL)
            return OPTION_GIVEN;
        error_set(error, ERROR_USAGE, "--%s takes no value", rule->name);
        return OPTION_WRONG;
    }
    if (rest == NULL && options->next < options->argc)
        found->value = options->argv[options->next++];
    if (found->value != NULL)
        return OPTION_GIVEN;
    error_set(error, ERROR_USAGE, "--%s needs a %s", rule->name, rule->value);
    return OPTION_WRONG;
}

enum option_kind option_next(struct options *options,
                             struct option_found *found, struct error *error)
{
    if (options->next >= options->argc)
        return OPTION_END;
    const char *word = options->argv[options->next++];
    if (options->is_ended || word[0] != '-' || word[1] == '\0') {
        found->value = word;
        return OPTION_ARGUMENT;
    }
    if (strcmp(word, "--") == 0) {
        options->is_ended = true;
        return option_next(options, found, error);
    }
    for (size_t i = 0; i < options->rule_count; i++) {
        const char *rest;
        if (rule_fits(&options->rules[i], word, &rest))
            return take_option(options, &options->rules[i], rest, found, error);
    }
    return wrong_name(options, word, error);
}

bool options_take(const struct option_rule *rules, size_t rule_count, int argc,
                  char **argv, const struct option_taker *taker,
                  struct error *error)
{
    struct options options = {.rules = rules,
                              .rule_count = rule_count,
                              .argc = argc,
                              .argv = argv,
                              .next = 1};
    struct option_found found;
    bool is_well = true;
    while (is_well)
        switch (option_next(&options, &found, error)) {
        case OPTION_END:
            return true;
        case OPTION_WRONG:
            return false;
        case OPTION_ARGUMENT:
            is_well =
                taker->word(taker->context, argv[options.next - 1], error);
            break;
        case OPTION_GIVEN:
            is_well = taker->option(taker->context, &found, error);
        }
    return false;
}
