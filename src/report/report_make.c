/*
 * report_make.c - see report_make.h.
 */
#include "report_make.h"

#include <stdlib.h>

#include "csv.h"

const struct report_format report_formats[] = {
    {"md", "text/markdown; charset=utf-8", paper_markdown},
    {"html", "text/html; charset=utf-8", paper_html},
    {"docx",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     paper_docx},
    {"pdf", "application/pdf", paper_pdf},
    {"csv", "text/csv; charset=utf-8", paper_csv},
    {"markdown", "text/markdown; charset=utf-8", paper_markdown},
};
const size_t report_format_count =
    sizeof report_formats / sizeof *report_formats;

const struct report_format *report_format_find(const char *name)
{
    for (size_t i = 0; i < report_format_count; i++)
        if (strcmp(report_formats[i].name, name) == 0)
            return &report_formats[i];
    return NULL;
}

bool report_is_date(const char *word)
{
    if (word == NULL)
        return true;
    if (strlen(word) != 10)
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? word[i] != '-' : word[i] < '0' || word[i] > '9')
            return false;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    const struct protected_name *left = a, *right = b;
    if (left->name.length != right->name.length)
        return left->name.length > right->name.length ? -1 : 1;
    int order = memcmp(left->name.data, right->name.data, left->name.length);
    return order != 0 ? order : strcmp(left->code, right->code);
}

void names_order(struct protected_names *names)
{
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
}

bool names_read(struct slice bytes, struct arena *arena,
                struct protected_names *names, struct error *error)
{
    struct csv csv;
    struct csv_row row;
    bool is_there;
    if (!csv_begin(&csv, bytes, error))
        return false;
    for (;;) {
        if (!csv_next(&csv, arena, &row, &is_there, error))
            return false;
        if (!is_there)
            break;
        if (row.count < 2 || *row.items[0] == '\0' || *row.items[1] == '\0')
            return error_set(error, ERROR_BAD_INPUT,
                             "line %u: a name and its code are wanted",
                             csv.line);
        struct protected_name name = {slice_of(row.items[0]), row.items[1]};
        if (!list_push(arena, names, name, error))
            return false;
    }
    names_order(names);
    return true;
}

bool report_make(struct casefile *casefile, const struct report_order *order,
                 struct arena *arena, struct paper *paper, struct error *error)
{
    struct gathered *all = arena_take(arena, 1, sizeof *all, error);
    if (all == NULL)
        return false;
    paper_begin(paper, arena, error);
    return gather(casefile, &order->options, arena, all, error) &&
           report_dossier(all, order->words, order->title, paper, error) &&
           (order->names.count == 0 || paper_protect(paper, &order->names));
}
