/*
 * standing.c - see standing.h.
 */
#include "standing.h"

#include "entries.h"

const char *const column_names[COLUMN_COUNT] = {
    "review", "finding", "document", "name",  "kind",  "decision",
    "who",    "says",    "act",      "place", "first", "last",
    "begin",  "end",     "other",    "with",  "why",   "reviewer",
    "time",   "quote",   "stranded"};

const char *finding_value(const struct finding *finding,
                          enum table_column column)
{
    const char *const values[] = {finding->who,   finding->says,
                                  finding->act,   finding->place,
                                  finding->first, finding->last};
    return values[column - COLUMN_WHO];
}

bool review_is_group(const struct review *review)
{
    return strcmp(review->decision, "merged") == 0 ||
           strcmp(review->decision, "split") == 0;
}

static bool has_column(const char *field)
{
    for (size_t i = COLUMN_WHO; i <= COLUMN_LAST; i++)
        if (strcmp(field, column_names[i]) == 0)
            return true;
    return strcmp(field, "span") == 0;
}

/* A later review says more than those before it; null takes a field away. */
static bool take_other(struct standing *standing, const struct review *review,
                       struct error *error)
{
    const char *key;
    json_t *value;
    if (review->fields == NULL)
        return true;
    json_t *fields = json_read(slice_of(review->fields), error);
    bool is_well = fields != NULL;
    json_object_foreach(fields, key, value)
    {
        if (has_column(key))
            continue;
        if (json_is_null(value))
            json_object_del(standing->other, key);
        else if (json_object_set(standing->other, key, value) != 0)
            is_well = error_set(error, ERROR_LIMIT, "out of memory");
    }
    json_decref(fields);
    return is_well;
}

bool standing_of(struct casefile *casefile, const struct finding *finding,
                 struct arena *arena, struct standing *standing,
                 struct error *error)
{
    struct reviews all;
    *standing = (struct standing){.finding = *finding, .other = json_object()};
    bool is_well =
        (standing->other != NULL ||
         error_set(error, ERROR_LIMIT, "out of memory")) &&
        reviews_of_finding(casefile, finding->key, arena, &all, error);
    for (size_t i = 0; is_well && i < all.count; i++) {
        const struct review *review = &all.items[i];
        bool is_undone;
        if (review_is_group(review) || strcmp(review->decision, "undone") == 0)
            continue;
        is_well = review_is_undone(casefile, review, &is_undone, error) &&
                  (is_undone ||
                   (take_other(standing, review, error) &&
                    list_push(arena, &standing->reviews, *review, error)));
    }
    if (!is_well) {
        json_decref(standing->other);
        standing->other = NULL;
    }
    return is_well;
}

const struct review *standing_last(const struct standing *standing)
{
    return standing->reviews.count == 0
               ? NULL
               : &standing->reviews.items[standing->reviews.count - 1];
}

json_t *review_with(const struct review *review, struct error *error)
{
    size_t i;
    json_t *other, *with = json_object();
    json_t *fields = with == NULL || review->fields == NULL
                         ? NULL
                         : json_read(slice_of(review->fields), error);
    bool is_well = fields != NULL;
    json_array_foreach(json_object_get(fields, "with"), i, other)
    {
        const char *key = json_string_value(other);
        is_well = is_well && (key == NULL ||
                              json_object_set_new(with, key, json_true()) == 0);
    }
    json_decref(fields);
    if (is_well)
        return with;
    json_decref(with);
    return NULL;
}

void cells_set_span(struct table_cells *cells, struct span span)
{
    snprintf(cells->numbers[0], sizeof cells->numbers[0], "%u", span.begin);
    snprintf(cells->numbers[1], sizeof cells->numbers[1], "%u", span.end);
    cells->items[COLUMN_BEGIN] = cells->numbers[0];
    cells->items[COLUMN_END] = cells->numbers[1];
}

void cells_set_review(struct table_cells *cells, const struct review *review)
{
    cells->items[COLUMN_REVIEW] = review->key;
    cells->items[COLUMN_WHY] = review->why;
    cells->items[COLUMN_REVIEWER] = review->reviewer;
    cells->items[COLUMN_TIME] = review->time;
}

void cells_set_document(struct table_cells *cells,
                        const struct case_document *document)
{
    cells->items[COLUMN_DOCUMENT] = document->sha256;
    cells->items[COLUMN_NAME] = document->facts.name;
}

/* Fields into their columns, the rest as JSON; `fields` loses what has one. */
static bool set_fields(struct table_cells *cells, json_t *fields,
                       struct arena *arena, struct error *error)
{
    for (size_t i = COLUMN_WHO; i <= COLUMN_LAST; i++) {
        const char *text =
            json_string_value(json_object_get(fields, column_names[i]));
        if (text != NULL && (cells->items[i] = arena_string(
                                 arena, slice_of(text), error)) == NULL)
            return false;
        json_object_del(fields, column_names[i]);
    }
    if (json_object_size(fields) > 0)
        cells->items[COLUMN_OTHER] =
            json_text(fields, JSON_SORTED, arena, error);
    return json_object_size(fields) == 0 || cells->items[COLUMN_OTHER] != NULL;
}

bool cells_of_stranded(struct table_cells *cells, const struct review *review,
                       const struct case_document *document,
                       struct arena *arena, struct error *error)
{
    *cells = (struct table_cells){
        .items = {[COLUMN_FINDING] = review->finding,
                  [COLUMN_KIND] = review->kind,
                  [COLUMN_DECISION] = review->decision,
                  [COLUMN_QUOTE] = review->quote,
                  [COLUMN_STRANDED] = column_names[COLUMN_STRANDED]}};
    cells_set_document(cells, document);
    cells_set_span(cells, review->span);
    cells_set_review(cells, review);
    if (review->fields == NULL)
        return true;
    json_t *fields = json_read(slice_of(review->fields), error);
    bool is_well = fields != NULL && set_fields(cells, fields, arena, error);
    json_decref(fields);
    return is_well;
}
