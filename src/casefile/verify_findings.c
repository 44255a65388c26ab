/*
 * verify_findings.c - that the findings are those of the reading, with what
 * people decided about them: nothing in them is only in the table.
 *
 * The reading is sealed, so its findings are made from it once more and held
 * against the rows. A madai that makes other findings of the same reading has
 * made them anew when it opened the file (migration.c).
 */
#include <stdlib.h>

#include "findings.h"
#include "reviews.h"
#include "verify_parts.h"

struct comparing {
    struct verifying *verifying;
    const char *name; /* the document's */
    struct findings expected;
    struct reviews reviews; /* that hold for the finding */
    json_t *fields;         /* of theirs, as JSON */
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct finding *)a)->key,
                  ((const struct finding *)b)->key);
}

static bool is_same(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* A field as the last review has it that says anything of it; else as it is.
 * Strings are borrowed from `fields`. */
static void correct_text(const json_t *fields, const char *name,
                         const char **text)
{
    const json_t *value = json_object_get(fields, name);
    if (value != NULL)
        *text = json_string_value(value);
}

/* Which a review was checked for: two numbers, as 12-40. */
static void correct_span(const json_t *fields, struct span *span)
{
    char *end;
    const char *words = json_string_value(json_object_get(fields, "span"));
    if (words == NULL)
        return;
    span->begin = (uint32_t)strtoul(words, &end, 10);
    span->end = *end == '-' ? (uint32_t)strtoul(end + 1, NULL, 10) : 0;
}

static void correct(struct finding *finding, const json_t *fields)
{
    correct_text(fields, "who", &finding->who);
    correct_text(fields, "says", &finding->says);
    correct_text(fields, "act", &finding->act);
    correct_text(fields, "place", &finding->place);
    correct_text(fields, "first", &finding->first);
    correct_text(fields, "last", &finding->last);
    correct_span(fields, &finding->span);
}

/* What differs, or NULL. */
static const char *difference(const struct finding *a, const struct finding *b)
{
    const struct {
        const char *name, *a, *b;
    } texts[] = {
        {"kind", a->kind, b->kind},
        {"id", a->local, b->local},
        {"who", a->who, b->who},
        {"says", a->says, b->says},
        {"act", a->act, b->act},
        {"place", a->place, b->place},
        {"first date", a->first, b->first},
        {"last date", a->last, b->last},
        {"status", a->status, b->status},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!is_same(texts[i].a, texts[i].b))
            return texts[i].name;
    if (a->span.begin != b->span.begin || a->span.end != b->span.end)
        return "place";
    bool is_sure = a->confidence >= 0, is_other_sure = b->confidence >= 0;
    return is_sure != is_other_sure ||
                   (is_sure && (a->confidence < b->confidence ||
                                a->confidence > b->confidence))
               ? "confidence"
               : NULL;
}

static bool is_status(const char *decision)
{
    return strcmp(decision, "merged") != 0 && strcmp(decision, "split") != 0;
}

/* What a review says of the finding; its strings are borrowed from `fields`,
 * which keep them. */
static bool take_review(struct comparing *comparing,
                        const struct review *review, struct finding *expected)
{
    struct verifying *verifying = comparing->verifying;
    if (!is_status(review->decision))
        return true;
    expected->status = review->decision;
    if (review->fields == NULL)
        return true;
    json_t *fields = json_read(slice_of(review->fields), verifying->error);
    if (fields == NULL)
        return verify_told(verifying, review->key);
    correct(expected, fields);
    if (json_array_append_new(comparing->fields, fields) == 0)
        return true;
    return error_set(verifying->error, ERROR_LIMIT, "out of memory");
}

/* The finding as the reviews make it, held against the row. */
static bool compare_reviewed(struct comparing *comparing,
                             struct finding *expected,
                             const struct finding *found)
{
    struct verifying *verifying = comparing->verifying;
    for (size_t i = 0; i < comparing->reviews.count; i++)
        if (!take_review(comparing, &comparing->reviews.items[i], expected))
            return false;
    const char *what = difference(expected, found);
    if (what != NULL)
        verify_fault(verifying, "altered",
                     "finding %s of %.150s: its %s is not that of its reading "
                     "and reviews",
                     found->key, comparing->name, what);
    json_array_clear(comparing->fields);
    return true;
}

static bool compare(struct comparing *comparing, const struct finding *found)
{
    struct verifying *verifying = comparing->verifying;
    struct finding *made =
        comparing->expected.count == 0
            ? NULL
            : bsearch(found, comparing->expected.items,
                      comparing->expected.count,
                      sizeof *comparing->expected.items, by_key);
    if (!reviews_holding(verifying->casefile, found->id, verifying->moment,
                         &comparing->reviews, verifying->error))
        return false;
    if (made != NULL) {
        struct finding expected = *made;
        made->id = found->id; /* met */
        expected.status = "unreviewed";
        return compare_reviewed(comparing, &expected, found);
    }
    if (comparing->reviews.count == 0 ||
        strcmp(comparing->reviews.items[0].decision, "added") != 0) {
        verify_fault(verifying, "added",
                     "finding %s of %.150s: its reading does not have it",
                     found->key, comparing->name);
        return true;
    }
    /* By hand; a better text may have moved it. */
    struct finding expected = {.kind = comparing->reviews.items[0].kind,
                               .span = found->span,
                               .confidence = -1};
    return compare_reviewed(comparing, &expected, found);
}

static bool compare_all(struct comparing *comparing,
                        const struct findings *found)
{
    const struct findings *expected = &comparing->expected;
    if (expected->count > 0)
        qsort(expected->items, expected->count, sizeof *expected->items,
              by_key);
    for (size_t i = 0; i < found->count; i++)
        if (!compare(comparing, &found->items[i]))
            return false;
    for (size_t i = 0; i < expected->count; i++)
        if (expected->items[i].id == 0)
            verify_fault(comparing->verifying, "missing",
                         "finding %s of %.150s", expected->items[i].key,
                         comparing->name);
    return true;
}

bool verify_compare_findings(struct verifying *verifying, const char *name,
                             const char *sha256, const json_t *reading,
                             struct slice text, const struct findings *found)
{
    struct comparing comparing = {
        .verifying = verifying, .name = name, .fields = json_array()};
    if (comparing.fields == NULL)
        return error_set(verifying->error, ERROR_LIMIT, "out of memory");
    bool is_well = findings_of_reading(reading, sha256, text, verifying->moment,
                                       &comparing.expected, verifying->error)
                       ? compare_all(&comparing, found)
                       : verify_told(verifying, name);
    json_decref(comparing.fields);
    return is_well;
}
