/*
 * verify_findings.c - that the findings are those of the reading, with what
 * people decided about them: nothing in them is only in the table.
 *
 * The reading is sealed, so its findings are made from it once more and held
 * against the rows. A madai that makes other findings of the same reading
 * says so here too; `madai reread` then makes them anew.
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

/* The finding as the reviews from `index` on make it, held against the row:
 * recursive, since its strings are borrowed from their fields. */
static bool compare_from(struct comparing *comparing, size_t index,
                         struct finding *expected, const struct finding *found)
{
    struct verifying *verifying = comparing->verifying;
    if (index < comparing->reviews.count) {
        const struct review *review = &comparing->reviews.items[index];
        json_t *fields = NULL;
        if (is_status(review->decision)) {
            expected->status = review->decision;
            if (review->fields != NULL &&
                (fields = json_read(slice_of(review->fields),
                                    verifying->error)) == NULL)
                return verify_told(verifying, review->key);
            correct(expected, fields);
        }
        bool is_well = compare_from(comparing, index + 1, expected, found);
        json_decref(fields);
        return is_well;
    }
    const char *what = difference(expected, found);
    if (what != NULL)
        verify_fault(verifying, "altered",
                     "finding %s of %.150s: its %s is not that of its reading "
                     "and reviews",
                     found->key, comparing->name, what);
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
        return compare_from(comparing, 0, &expected, found);
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
    return compare_from(comparing, 0, &expected, found);
}

bool verify_compare_findings(struct verifying *verifying, const char *name,
                             const char *sha256, const json_t *reading,
                             struct slice text, const struct findings *found)
{
    struct comparing comparing = {.verifying = verifying, .name = name};
    if (!findings_of_reading(reading, sha256, text, verifying->moment,
                             &comparing.expected, verifying->error))
        return verify_told(verifying, name);
    if (comparing.expected.count > 0)
        qsort(comparing.expected.items, comparing.expected.count,
              sizeof *comparing.expected.items, by_key);
    for (size_t i = 0; i < found->count; i++)
        if (!compare(&comparing, &found->items[i]))
            return false;
    for (size_t i = 0; i < comparing.expected.count; i++)
        if (comparing.expected.items[i].id == 0)
            verify_fault(verifying, "missing", "finding %s of %.150s",
                         comparing.expected.items[i].key, name);
    return true;
}
