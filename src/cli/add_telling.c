/*
 * add_telling.c - see add_telling.h.
 */
#include "add_telling.h"

#include <limits.h>
#include <unistd.h>

#include "model_search.h"
#include "print.h"

static bool tell_porcelain(const struct add_told *told)
{
    static const char *const words[] = {"added", "known", "refused", "unread"};
    fputs(words[told->how], stdout);
    putchar(' ');
    if (told->how != ADDED_REFUSED)
        printf("%s ", told->sha256);
    print_escaped(told->path);
    if (told->how == ADDED_REFUSED || told->how == ADDED_UNREAD) {
        fputs(": ", stdout);
        print_escaped(told->error->text);
    }
    putchar('\n');
    /* The promise: who has seen the line can rely on it. */
    return fflush(stdout) == 0;
}

static void count_reason(struct add_telling *telling, const char *words)
{
    for (size_t i = 0; i < REASONS_MOST; i++) {
        if (telling->reasons[i].count == 0)
            snprintf(telling->reasons[i].words,
                     sizeof telling->reasons[i].words, "%.119s", words);
        if (strncmp(telling->reasons[i].words, words,
                    sizeof telling->reasons[i].words - 1) == 0) {
            telling->reasons[i].count++;
            return;
        }
    }
    telling->other_reasons++;
}

/* One line a reason; a single document's was told already. */
static void print_reasons(const struct add_telling *telling, uint64_t documents)
{
    if (documents < 2)
        return;
    for (size_t i = 0; i < REASONS_MOST; i++) {
        if (telling->reasons[i].count == 0)
            break;
        printf("%7llu  ", (unsigned long long)telling->reasons[i].count);
        print_words(telling->reasons[i].words);
        putchar('\n');
    }
    if (telling->other_reasons > 0)
        printf("%7llu  for other reasons\n",
               (unsigned long long)telling->other_reasons);
}

static bool tell(void *context, const struct add_told *told)
{
    struct add_telling *telling = context;
    struct error error;
    telling->added += told->how == ADDED;
    telling->known += told->how == ADDED_KNOWN;
    telling->unread += told->how == ADDED_UNREAD;
    atomic_fetch_add(&telling->tally.documents, 1);
    atomic_fetch_add(&telling->tally.bytes, told->bytes);
    atomic_fetch_add(&telling->tally.words, told->words);
    if (told->how == ADDED_REFUSED || told->how == ADDED_UNREAD) {
        atomic_fetch_add(&telling->tally.refused, 1);
        error = *told->error;
        count_reason(telling, error.text);
        if (told->how == ADDED_UNREAD && !telling->is_porcelain)
            error_prefix(&error, telling->is_dry ? "would be kept, not read"
                                                 : "kept, but not read");
        if (!telling->is_porcelain) {
            error_prefix(&error, "%.120s", told->path);
            complain(&error);
        }
    }
    return !telling->is_porcelain || tell_porcelain(told);
}

static void tell_found(void *context, uint64_t count)
{
    struct add_telling *telling = context;
    if (telling->has_ticker)
        telling->ticker = ticker_start(&telling->tally, count);
}

struct add_telling add_telling_of(const struct case_arguments *arguments,
                                  bool is_reread)
{
    return (struct add_telling){
        .is_porcelain = arguments->values[ADD_PORCELAIN] != NULL,
        .is_reread = is_reread,
        .has_ticker = arguments->values[ADD_PROGRESS] != NULL ||
                      isatty(STDERR_FILENO) == 1};
}

bool add_work_begin(struct casefile *casefile,
                    const struct case_arguments *arguments,
                    struct add_telling *telling, struct case_add *work,
                    struct error *error)
{
    *work =
        (struct case_add){.casefile = casefile,
                          .tell = tell,
                          .found = tell_found,
                          .is_unsafe = arguments->values[ADD_UNSAFE] != NULL,
                          .context = telling};
    return case_threads(arguments->values[ADD_THREADS], &work->threads, error);
}

bool add_knowledge_open(const struct case_arguments *arguments,
                        struct add_knowledge *knowledge, struct error *error)
{
    char path[PATH_MAX];
    *knowledge = (struct add_knowledge){NULL, NULL};
    if (model_search(arguments->values[ADD_MODEL], path, error) &&
        (knowledge->model = model_open_at(path, error)) != NULL &&
        gazetteer_open_if(arguments->values[ADD_GAZETTEER],
                          &knowledge->gazetteer, error))
        return true;
    add_knowledge_close(knowledge);
    error->kind = ERROR_IO;
    return false;
}

void add_knowledge_close(struct add_knowledge *knowledge)
{
    model_close(knowledge->model);
    gazetteer_close(knowledge->gazetteer);
    *knowledge = (struct add_knowledge){NULL, NULL};
}

enum exit_code add_outcome(struct add_telling *telling)
{
    uint64_t refused = atomic_load(&telling->tally.refused) - telling->unread;
    ticker_stop(telling->ticker);
    if (!telling->is_porcelain) {
        printf("%llu %s", (unsigned long long)telling->added,
               telling->is_reread ? "read"
               : telling->is_dry  ? "would be added"
                                  : "added");
        if (!telling->is_reread)
            printf(", %llu known", (unsigned long long)telling->known);
        if (telling->unread > 0)
            printf(telling->is_dry ? ", %llu would be kept but not read"
                                   : ", %llu kept but not read",
                   (unsigned long long)telling->unread);
        printf(", %llu refused\n", (unsigned long long)refused);
        print_reasons(telling, refused + telling->unread);
    }
    return refused + telling->unread > 0 ? EXIT_REFUSED : EXIT_ALL_WELL;
}
