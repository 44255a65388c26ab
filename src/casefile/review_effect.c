/*
 * review_effect.c - see review_effect.h.
 */
#include "review_effect.h"

#include "anchor.h"
#include "passages.h"
#include "sql.h"

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* "12-40", as people write a place. */
static bool span_of_words(const char *words, struct span *span)
{
    char rest;
    return words != NULL &&
           sscanf(words, "%u-%u%c", &span->begin, &span->end, &rest) == 2 &&
           span->begin <= span->end;
}

static bool check_object(const struct review *review, const json_t *fields,
                         struct error *error)
{
    const char *key;
    json_t *value;
    struct span span;
    bool is_group = strcmp(review->decision, "merged") == 0 ||
                    strcmp(review->decision, "split") == 0;
    if (!json_is_object(fields))
        return error_set(error, ERROR_USAGE, "fields are no JSON object");
    if (is_group)
        return json_array_size(json_object_get(fields, "with")) > 0 ||
               error_set(error, ERROR_USAGE, "with which other finding?");
    json_object_foreach((json_t *)(uintptr_t)fields, key, value)
    {
        if (!json_is_string(value) && !json_is_null(value))
            return error_set(error, ERROR_USAGE, "the field '%.40s' is no text",
                             key);
        if (strcmp(key, "span") == 0 &&
            !span_of_words(json_string_value(value), &span))
            return error_set(error, ERROR_USAGE,
                             "a span is two numbers of bytes, as 12-40");
    }
    return true;
}

bool review_check_fields(const struct review *review, struct error *error)
{
    if (!is_one_of(review->decision, review_decisions, REVIEW_DECISIONS))
        return error_set(error, ERROR_USAGE, "'%.40s' is no decision",
                         review->decision);
    if (!is_one_of(review->kind, finding_kinds, FINDING_KINDS))
        return error_set(error, ERROR_USAGE, "'%.40s' is no kind of finding",
                         review->kind);
    if (review->fields == NULL)
        return strcmp(review->decision, "corrected") != 0 ||
               error_set(error, ERROR_USAGE, "which field is wrong?");
    json_t *fields = json_read(slice_of(review->fields), error);
    bool is_well = fields != NULL && check_object(review, fields, error);
    json_decref(fields);
    return is_well;
}

/* Where the review's passage stands in the text now; false: nowhere. */
static bool place_now(const struct review *review, const char *text_sha256,
                      struct slice text, struct span *span)
{
    if (strcmp(review->text_sha256, text_sha256) == 0 &&
        review->span.end <= text.length) {
        *span = review->span;
        return true;
    }
    return anchor_find(text, slice_of(review->quote), slice_of(review->prefix),
                       slice_of(review->suffix), review->span.begin, span);
}

/* Takes a corrected place over, where it lies in the text. */
static bool correct_span(struct casefile *casefile, struct finding *finding,
                         const json_t *fields, struct slice text,
                         struct error *error)
{
    struct span span;
    const char *words = json_string_value(json_object_get(fields, "span"));
    if (words == NULL)
        return true;
    if (!span_of_words(words, &span) || span.end > text.length)
        return error_set(error, ERROR_USAGE,
                         "the place %.40s lies outside the text", words);
    finding->span = span;
    return sha256_hex(slice_at(text, span), finding->quote_sha256, error) &&
           passage_at(casefile, finding->document, span.begin,
                      &finding->passage, error);
}

static bool correct(struct casefile *casefile, struct finding *finding,
                    const json_t *fields, struct slice text,
                    struct error *error)
{
    const struct {
        const char *name;
        const char **text;
    } known[] = {
        {"who", &finding->who},     {"says", &finding->says},
        {"act", &finding->act},     {"place", &finding->place},
        {"first", &finding->first}, {"last", &finding->last},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const json_t *value = json_object_get(fields, known[i].name);
        if (value != NULL)
            *known[i].text = json_string_value(value);
    }
    return correct_span(casefile, finding, fields, text, error);
}

static bool has_status(const char *decision)
{
    return strcmp(decision, "merged") != 0 && strcmp(decision, "split") != 0;
}

static bool set_target(struct casefile *casefile, const struct review *review,
                       int64_t finding, struct error *error)
{
    return sql_run(casefile, QUERY_REVIEW_TARGET_INSERT, error,
                   sql_integer(review->id), sql_integer(finding));
}

/* The fields as JSON, which the finding's strings then borrow. */
static bool read_fields(const struct review *review, json_t **fields,
                        struct error *error)
{
    *fields = review->fields == NULL
                  ? json_null()
                  : json_read(slice_of(review->fields), error);
    return *fields != NULL;
}

bool review_apply(struct casefile *casefile, const struct review *review,
                  int64_t id, struct slice text, struct error *error)
{
    struct finding finding;
    json_t *fields;
    struct arena *arena = arena_new((size_t)1 << 26);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well = read_fields(review, &fields, error);
    is_well = is_well && finding_get(casefile, id, arena, &finding, error);
    if (is_well && has_status(review->decision))
        finding.status = review->decision;
    is_well = is_well &&
              (!has_status(review->decision) ||
               correct(casefile, &finding, fields, text, error)) &&
              finding_change(casefile, &finding, error) &&
              set_target(casefile, review, id, error);
    json_decref(fields);
    arena_release(arena);
    return is_well;
}

static bool insert_added(struct casefile *casefile, const struct review *review,
                         struct span span, struct slice text,
                         struct error *error)
{
    struct finding finding = {.document = review->document,
                              .kind = review->kind,
                              .span = span,
                              .confidence = -1,
                              .status = "added"};
    json_t *fields;
    snprintf(finding.key, sizeof finding.key, "%s", review->finding);
    if (!read_fields(review, &fields, error))
        return false;
    bool is_well =
        sha256_hex(slice_at(text, span), finding.quote_sha256, error) &&
        passage_at(casefile, finding.document, span.begin, &finding.passage,
                   error) &&
        correct(casefile, &finding, fields, text, error) &&
        finding_insert(casefile, &finding, error) &&
        set_target(casefile, review, finding.id, error);
    json_decref(fields);
    return is_well;
}

bool review_apply_added(struct casefile *casefile, const struct review *review,
                        struct slice text, struct error *error)
{
    return insert_added(casefile, review, review->span, text, error);
}

/* A document's reviews on their way to its findings. */
struct carrying {
    struct casefile *casefile;
    int64_t document;
    struct slice text;
    char text_sha256[SHA256_HEX_SIZE];
    struct arena *arena;
    struct findings findings;
    const char **holders; /* per finding: the old key it now stands for */
    struct error *error;
};

/* How much two places share, of all that either takes; 1000: all. */
static unsigned overlap(struct span a, struct span b)
{
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;
    uint32_t first = a.begin < b.begin ? a.begin : b.begin;
    uint32_t last = a.end > b.end ? a.end : b.end;
    if (a.begin == b.begin && a.end == b.end)
        return 1000;
    return begin >= end
               ? 0
               : (unsigned)((uint64_t)(end - begin) * 1000 / (last - first));
}

/* The finding that a review holds for now: that of its key, else the one of
 * its kind that shares at least half of the passage and stands for no other
 * old finding; findings.count where there is none. */
static size_t target_of(const struct carrying *carrying,
                        const struct review *review)
{
    struct span span;
    const struct findings *findings = &carrying->findings;
    size_t found = findings->count;
    unsigned best = 499;
    bool is_same_text = strcmp(review->text_sha256, carrying->text_sha256) == 0;
    for (size_t i = 0; i < findings->count && is_same_text; i++)
        if (strcmp(findings->items[i].key, review->finding) == 0)
            return i;
    for (size_t i = 0; i < findings->count; i++)
        if (carrying->holders[i] != NULL &&
            strcmp(carrying->holders[i], review->finding) == 0)
            return i;
    if (!place_now(review, carrying->text_sha256, carrying->text, &span))
        return found;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        unsigned shared = overlap(finding->span, span);
        if (shared > best && carrying->holders[i] == NULL &&
            strcmp(finding->kind, review->kind) == 0) {
            best = shared;
            found = i;
        }
    }
    return found;
}

/* First those that find their own key, so that none takes another's place. */
static void hold_own_keys(struct carrying *carrying,
                          const struct reviews *reviews)
{
    for (size_t i = 0; i < reviews->count; i++) {
        const struct review *review = &reviews->items[i];
        if (strcmp(review->text_sha256, carrying->text_sha256) != 0)
            continue;
        for (size_t j = 0; j < carrying->findings.count; j++)
            if (strcmp(carrying->findings.items[j].key, review->finding) == 0)
                carrying->holders[j] = review->finding;
    }
}

static bool carry_added(struct carrying *carrying, const struct review *review)
{
    struct span span;
    return !place_now(review, carrying->text_sha256, carrying->text, &span) ||
           insert_added(carrying->casefile, review, span, carrying->text,
                        carrying->error);
}

/* The finding that was added by hand and that a later review is of; 0 where it
 * is not there. */
static bool find_added(const struct carrying *carrying,
                       const struct review *review, int64_t *id)
{
    struct finding finding;
    struct error why;
    *id = 0;
    if (finding_find(carrying->casefile, review->finding, carrying->arena,
                     &finding, &why)) {
        if (finding.document == carrying->document)
            *id = finding.id;
        return true;
    }
    if (why.kind == ERROR_NOT_FOUND)
        return true;
    *carrying->error = why;
    return false;
}

static bool carry_one(struct carrying *carrying, const struct review *review)
{
    bool is_undone;
    int64_t id;
    if (strcmp(review->decision, "undone") == 0)
        return true;
    if (!review_is_undone(carrying->casefile, review, &is_undone,
                          carrying->error))
        return false;
    if (is_undone)
        return true;
    if (strcmp(review->decision, "added") == 0)
        return carry_added(carrying, review);
    size_t target = target_of(carrying, review);
    if (target < carrying->findings.count) {
        carrying->holders[target] = review->finding;
        id = carrying->findings.items[target].id;
    } else if (!find_added(carrying, review, &id)) {
        return false;
    }
    return id == 0 || /* stranded */
           review_apply(carrying->casefile, review, id, carrying->text,
                        carrying->error);
}

bool reviews_carry_over(struct casefile *casefile, int64_t document,
                        struct slice text, struct error *error)
{
    struct reviews reviews = {0};
    struct carrying carrying = {.casefile = casefile,
                                .document = document,
                                .text = text,
                                .arena = arena_new((size_t)8 << 30),
                                .error = error};
    if (carrying.arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well = reviews_of_document(casefile, document, carrying.arena,
                                       &reviews, error);
    if (is_well && reviews.count > 0) {
        is_well = sha256_hex(text, carrying.text_sha256, error) &&
                  findings_of_document(casefile, document, carrying.arena,
                                       &carrying.findings, error) &&
                  (carrying.holders =
                       arena_take(carrying.arena, carrying.findings.count,
                                  sizeof *carrying.holders, error)) != NULL;
        if (is_well)
            hold_own_keys(&carrying, &reviews);
        for (size_t i = 0; i < reviews.count && is_well; i++)
            is_well = carry_one(&carrying, &reviews.items[i]);
    }
    arena_release(carrying.arena);
    return is_well;
}
