/*
 * api_report.c - papers of a case: shown before they are printed, or as a file
 * to keep. They are made as madai dossier makes them, beside the answering, of
 * the case as it stands when they are asked for.
 */
#include <stdlib.h>

#include "api_handlers.h"
#include "aside.h"
#include "gather.h"
#include "paper_json.h"
#include "report.h"

enum { PREVIEW_BYTES = 60000 };

struct format {
    const char *name, *file;
    bool (*write)(const struct paper *, struct slice *, struct error *);
};
/* The first is what a page shows. */
static const struct format formats[] = {
    {"json", NULL, NULL},
    {"docx", "dossier.docx", paper_docx},
    {"pdf", "dossier.pdf", paper_pdf},
    {"html", "dossier.html", paper_html},
    {"md", "dossier.md", paper_markdown},
    {"csv", "dossier.csv", paper_csv},
};

/* Strings are the arena's, which is the wish's own. */
struct wish {
    struct arena *arena;
    const char *case_path, *title;
    const struct report_template *template; /* or, where it is NULL: */
    const char *paper;
    const struct format *format;
    struct gather_options options;
};

static void wish_release(void *context)
{
    struct wish *wish = context;
    struct arena *arena = wish->arena;
    free(wish);
    arena_release(arena);
}

static bool make(const struct wish *wish, const struct gathered *all,
                 struct paper *paper, struct error *error)
{
    if (wish->template != NULL)
        return report_dossier(
            all, (struct slice){wish->template->words, *wish->template->length},
            wish->title, paper, error);
    return strcmp(wish->paper, "chronology") == 0
               ? report_chronology(all, wish->title, paper)
               : report_matrix(all, wish->title, paper);
}

static bool preview(const struct paper *paper, struct arena *arena,
                    struct aside_answer *answer, struct error *error)
{
    json_t *json = paper_json(paper, PREVIEW_BYTES, arena, error);
    const char *text =
        json != NULL ? json_text(json, JSON_AS_IT_IS, arena, error) : NULL;
    json_decref(json);
    if (text == NULL)
        return false;
    answer->type = "application/json";
    answer->bytes = slice_of(text);
    return true;
}

static bool print(const struct wish *wish, const struct paper *paper,
                  struct arena *arena, struct aside_answer *answer,
                  struct error *error)
{
    char words[100];
    if (wish->format->write == NULL)
        return preview(paper, arena, answer, error);
    snprintf(words, sizeof words, "attachment; filename=\"%s\"",
             wish->format->file);
    answer->type = "application/octet-stream";
    answer->headers[0][0] = "Content-Disposition";
    answer->headers[0][1] = arena_string(arena, slice_of(words), error);
    return answer->headers[0][1] != NULL &&
           wish->format->write(paper, &answer->bytes, error);
}

static bool run(void *context, struct arena *arena, struct aside_answer *answer,
                struct error *error)
{
    const struct wish *wish = context;
    struct gathered all;
    struct paper paper;
    struct casefile *casefile =
        casefile_open(wish->case_path, CASEFILE_READ, error);
    if (casefile == NULL)
        return false;
    casefile_share(casefile);
    paper_begin(&paper, arena, error);
    bool is_done = gather(casefile, &wish->options, arena, &all, error) &&
                   make(wish, &all, &paper, error) &&
                   print(wish, &paper, arena, answer, error);
    casefile_close(casefile);
    return is_done;
}

/* A day and nothing behind it; none is well too. */
static bool is_alone(const char *word)
{
    int year, month, day, length = 0;
    return word == NULL ||
           (sscanf(word, "%4d-%2d-%2d%n", &year, &month, &day, &length) == 3 &&
            length == 10 && word[length] == '\0');
}

/* A value of the address, copied; NULL where it is not there or empty. */
static bool copied(const struct request *request, struct wish *wish,
                   const char *name, const char **value, struct error *error)
{
    const char *word = address_value(&request->address, name);
    *value = NULL;
    if (word == NULL || *word == '\0')
        return true;
    *value = arena_string(wish->arena, slice_of(word), error);
    return *value != NULL;
}

static bool choose_format(const char *name, struct wish *wish,
                          struct error *error)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name != NULL ? name : "json") == 0)
            wish->format = &formats[i];
    return wish->format != NULL ||
           error_set(error, ERROR_USAGE,
                     "format is json, docx, pdf, html, md or csv");
}

/* A template that madai brings along, or one of the two papers without one. */
static bool choose_paper(const char *name, struct wish *wish,
                         struct error *error)
{
    static const char *const others[] = {"chronology", "matrix"};
    for (size_t i = 0; i < 2 && name != NULL; i++)
        if (strcmp(others[i], name) == 0)
            wish->paper = others[i];
    if (wish->paper != NULL)
        return true;
    wish->template = report_template_find(name != NULL ? name : "plain");
    return wish->template != NULL ||
           error_set(error, ERROR_USAGE, "there is no such paper");
}

static bool take_wish(const struct request *request, struct wish *wish,
                      struct error *error)
{
    const struct http_address *address = &request->address;
    const char *unreviewed = address_value(address, "unreviewed");
    struct gather_options *options = &wish->options;
    if (!copied(request, wish, "title", &wish->title, error) ||
        !copied(request, wish, "from", &options->from, error) ||
        !copied(request, wish, "to", &options->to, error) ||
        !copied(request, wish, "actor", &options->actor, error) ||
        !copied(request, wish, "place", &options->place, error) ||
        !copied(request, wish, "kind", &options->kind, error))
        return false;
    if (!is_alone(address_value(address, "from")) ||
        !is_alone(address_value(address, "to")))
        return error_set(error, ERROR_USAGE, "a date is 2019-05-31");
    if (unreviewed != NULL && strcmp(unreviewed, "yes") != 0 &&
        strcmp(unreviewed, "no") != 0)
        return error_set(error, ERROR_USAGE, "unreviewed is yes or no");
    options->with_unreviewed =
        unreviewed != NULL && strcmp(unreviewed, "yes") == 0;
    wish->case_path = request->server->options.case_path;
    return choose_format(address_value(address, "format"), wish, error) &&
           choose_paper(address_value(address, "paper"), wish, error);
}

bool api_report(struct request *request, json_t **answer, struct error *error)
{
    struct wish *wish = calloc(1, sizeof *wish);
    *answer = NULL;
    if (wish == NULL || (wish->arena = arena_new((size_t)1 << 22)) == NULL) {
        free(wish);
        return error_set(error, ERROR_LIMIT, "out of memory");
    }
    if (!take_wish(request, wish, error)) {
        wish_release(wish);
        return false;
    }
    const struct aside_work work = {run, wish_release, wish};
    return aside_begin(request, &work, error);
}

bool api_templates(struct request *request, json_t **answer,
                   struct error *error)
{
    json_t *items = json_array();
    (void)request;
    for (size_t i = 0; i < report_template_count; i++)
        json_array_append_new(
            items, json_pack("{s:s,s:s}", "name", report_templates[i].name,
                             "about", report_templates[i].about));
    *answer = json_pack("{s:o}", "items", items);
    return *answer != NULL ||
           error_set(error, ERROR_LIMIT, "no memory for the answer");
}
