/*
 * reviews.c - see reviews.h: the rows, and making new ones. What they do to
 * findings stands in review_effect.c.
 */
#include "reviews.h"

#include "anchor.h"
#include "casefile_parts.h"
#include "contents.h"
#include "documents.h"
#include "entries.h"
#include "reading_store.h"
#include "review_effect.h"
#include "sql.h"

const char *const review_decisions[REVIEW_DECISIONS] = {
    "accepted", "corrected", "rejected", "added", "merged", "split", "undone"};

json_t *review_body(const struct review *review, const char *document_sha256,
                    struct error *error)
{
    static const char *const keys[] = {"fields", "undoes", "why"};
    const char *const values[] = {review->fields, review->undoes, review->why};
    json_t *body = json_make(
        error, "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:[I,I],s:s,s:s,s:s,s:s,s:s}",
        "madai", "review/1", "key", review->key, "document", document_sha256,
        "finding", review->finding, "kind", review->kind, "decision",
        review->decision, "text", review->text_sha256, "span",
        (json_int_t)review->span.begin, (json_int_t)review->span.end, "quote",
        review->quote, "prefix", review->prefix, "suffix", review->suffix,
        "reviewer", review->reviewer, "time", review->time);
    if (body == NULL || json_put_words(body, keys, values, 3, error))
        return body;
    json_decref(body);
    return NULL;
}

static void review_from_row(struct rows *rows, struct arena *arena,
                            struct review *review)
{
    const struct {
        const char **text;
        int column;
    } texts[] = {
        {&review->key, 2},         {&review->finding, 4},
        {&review->kind, 5},        {&review->decision, 6},
        {&review->fields, 7},      {&review->undoes, 8},
        {&review->text_sha256, 9}, {&review->quote, 12},
        {&review->prefix, 13},     {&review->suffix, 14},
        {&review->reviewer, 15},   {&review->time, 16},
        {&review->why, 17},
    };
    *review = (struct review){.id = rows_integer(rows, 0),
                              .entry = rows_integer(rows, 1),
                              .document = rows_integer(rows, 3)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i].text = rows_string(rows, texts[i].column, arena);
    review->span = rows_span(rows, 10);
}

static bool one_review(struct rows rows, struct arena *arena,
                       struct review *review, bool *is_there)
{
    *is_there = rows_next(&rows);
    if (*is_there)
        review_from_row(&rows, arena, review);
    return rows_end(&rows);
}

bool review_after(struct casefile *casefile, int64_t id, struct arena *arena,
                  struct review *review, bool *is_there, struct error *error)
{
    return one_review(
        sql_rows(casefile, QUERY_REVIEW_AFTER, error, sql_integer(id)), arena,
        review, is_there);
}

bool review_by_key(struct casefile *casefile, const char *key,
                   struct arena *arena, struct review *review, bool *is_there,
                   struct error *error)
{
    return one_review(
        sql_rows(casefile, QUERY_REVIEW_BY_KEY, error, sql_text(key)), arena,
        review, is_there);
}

bool review_by_entry(struct casefile *casefile, int64_t entry,
                     struct arena *arena, struct review *review, bool *is_there,
                     struct error *error)
{
    return one_review(
        sql_rows(casefile, QUERY_REVIEW_BY_ENTRY, error, sql_integer(entry)),
        arena, review, is_there);
}

static bool all_reviews(struct rows rows, struct arena *arena,
                        struct reviews *reviews)
{
    bool is_well = true;
    *reviews = (struct reviews){0};
    while (is_well && rows_next(&rows)) {
        struct review review;
        review_from_row(&rows, arena, &review);
        is_well = list_push(arena, reviews, review, rows.error);
    }
    return rows_end(&rows) && is_well;
}

bool reviews_of_document(struct casefile *casefile, int64_t document,
                         struct arena *arena, struct reviews *reviews,
                         struct error *error)
{
    return all_reviews(sql_rows(casefile, QUERY_REVIEW_OF_DOCUMENT, error,
                                sql_integer(document)),
                       arena, reviews);
}

bool reviews_last(struct casefile *casefile, int64_t before, uint64_t limit,
                  struct arena *arena, struct reviews *reviews,
                  struct error *error)
{
    return all_reviews(sql_rows(casefile, QUERY_REVIEW_LAST, error,
                                sql_integer(before > 0 ? before : INT64_MAX),
                                sql_integer((int64_t)limit)),
                       arena, reviews);
}

bool reviews_of_finding(struct casefile *casefile, const char *key,
                        struct arena *arena, struct reviews *reviews,
                        struct error *error)
{
    return all_reviews(
        sql_rows(casefile, QUERY_REVIEW_OF_FINDING, error, sql_text(key)),
        arena, reviews);
}

bool reviews_holding(struct casefile *casefile, int64_t finding,
                     struct arena *arena, struct reviews *reviews,
                     struct error *error)
{
    return all_reviews(
        sql_rows(casefile, QUERY_REVIEW_HOLDING, error, sql_integer(finding)),
        arena, reviews);
}

bool review_is_undone(struct casefile *casefile, const struct review *review,
                      bool *is_undone, struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_REVIEW_UNDONE, error, sql_text(review->key));
    *is_undone = rows_next(&rows);
    return rows_end(&rows);
}

bool review_is_stranded(struct casefile *casefile, const struct review *review,
                        bool *is_stranded, struct error *error)
{
    bool is_undone;
    *is_stranded = false;
    if (strcmp(review->decision, "undone") == 0)
        return true;
    if (!review_is_undone(casefile, review, &is_undone, error))
        return false;
    struct rows rows = sql_rows(casefile, QUERY_REVIEW_HAS_TARGET, error,
                                sql_integer(review->id));
    *is_stranded = !rows_next(&rows) && !is_undone;
    return rows_end(&rows);
}

/* A name made from what it says and the place its entry will have. */
static bool make_key(struct casefile *casefile, const struct review *review,
                     char key[CASEFILE_KEY_SIZE], struct error *error)
{
    char words[SHA256_HEX_SIZE + 64];
    snprintf(words, sizeof words, "%s %s %s", review->finding, review->decision,
             review->time);
    return finding_key(words, "review", review->span,
                       (unsigned)casefile->frontier.size, key, error);
}

static bool store(struct casefile *casefile, struct review *review,
                  struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 26);
    struct case_document document;
    bool is_stored = false;
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    if (document_get(casefile, review->document, arena, &document, error)) {
        json_t *body = review_body(review, document.sha256, error);
        is_stored = body != NULL && entry_append(casefile, ENTRY_REVIEW, body,
                                                 &review->entry, error);
        json_decref(body);
    }
    arena_release(arena);
    if (!is_stored ||
        !sql_run(casefile, QUERY_REVIEW_INSERT, error,
                 sql_integer(review->entry), sql_text(review->key),
                 sql_integer(review->document), sql_text(review->finding),
                 sql_text(review->kind), sql_text(review->decision),
                 sql_text(review->fields), sql_text(review->undoes),
                 sql_text(review->text_sha256), sql_integer(review->span.begin),
                 sql_integer(review->span.end),
                 sql_slice(slice_of(review->quote)),
                 sql_slice(slice_of(review->prefix)),
                 sql_slice(slice_of(review->suffix)),
                 sql_slice(slice_of(review->reviewer)), sql_text(review->time),
                 sql_text(review->why)))
        return false;
    review->id = sql_last_id(casefile);
    return true;
}

/* What a review stands on: the document's newest text, in the arena. */
static bool text_of(struct casefile *casefile, int64_t document,
                    struct arena *arena, struct case_text *about,
                    struct slice *text, struct error *error)
{
    return document_text(casefile, document, about, error) &&
           (about->id != 0 || error_set(error, ERROR_USAGE,
                                        "the document has no text yet; read "
                                        "it first (madai reread)")) &&
           content_read(casefile, about->content, arena, text, error);
}

static bool set_passage(struct review *review, struct slice text,
                        const char *sha256, struct arena *arena,
                        struct error *error)
{
    if (review->span.begin > review->span.end || review->span.end > text.length)
        return error_set(error, ERROR_USAGE,
                         "the place %u-%u lies outside the text",
                         review->span.begin, review->span.end);
    review->text_sha256 = sha256;
    review->quote = arena_string(arena, slice_at(text, review->span), error);
    review->prefix =
        arena_string(arena, anchor_prefix(text, review->span), error);
    review->suffix =
        arena_string(arena, anchor_suffix(text, review->span), error);
    return review->quote != NULL && review->prefix != NULL &&
           review->suffix != NULL;
}

/* Fills in the passage, key and time, and stores it. */
static bool make(struct casefile *casefile, struct review *review,
                 char key[CASEFILE_KEY_SIZE], struct arena *arena,
                 struct slice *text, struct error *error)
{
    struct case_text about;
    char time[CASEFILE_TIME_SIZE];
    casefile_time(time);
    review->time = arena_string(arena, slice_of(time), error);
    if (review->time == NULL ||
        !text_of(casefile, review->document, arena, &about, text, error))
        return false;
    const char *sha256 = arena_string(arena, slice_of(about.sha256), error);
    if (sha256 == NULL || !set_passage(review, *text, sha256, arena, error) ||
        !make_key(casefile, review, key, error))
        return false;
    review->key = key;
    return store(casefile, review, error);
}

bool review_finding(struct casefile *casefile, const struct finding *finding,
                    const struct review *given, char key[CASEFILE_KEY_SIZE],
                    struct error *error)
{
    struct review review = *given;
    struct slice text;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    review.document = finding->document;
    review.finding = finding->key;
    review.kind = finding->kind;
    review.span = finding->span;
    bool is_made = review_check_fields(&review, error) &&
                   make(casefile, &review, key, arena, &text, error) &&
                   review_apply(casefile, &review, finding->id, text, error);
    arena_release(arena);
    return is_made;
}

bool review_add_finding(struct casefile *casefile, const struct review *given,
                        char finding[CASEFILE_KEY_SIZE], struct error *error)
{
    struct review review = *given;
    struct slice text;
    struct case_document document;
    char key[CASEFILE_KEY_SIZE];
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    review.decision = "added";
    review.finding = finding;
    /* Numbers of findings by hand begin where no reading's come. */
    bool is_made =
        document_get(casefile, review.document, arena, &document, error) &&
        finding_key(document.sha256, review.kind, review.span,
                    1000000u + (unsigned)casefile->frontier.size, finding,
                    error) &&
        review_check_fields(&review, error) &&
        make(casefile, &review, key, arena, &text, error) &&
        review_apply_added(casefile, &review, text, error);
    arena_release(arena);
    return is_made;
}

/* The review that a word means: its own key, or the last one that stands for
 * the finding of that key. */
static bool find_standing(struct casefile *casefile, const char *word,
                          struct arena *arena, struct review *found,
                          struct error *error)
{
    struct reviews reviews;
    struct finding finding;
    bool is_there = false, is_undone;
    if (!review_by_key(casefile, word, arena, found, &is_there, error))
        return false;
    if (is_there)
        return review_is_undone(casefile, found, &is_undone, error) &&
               (!is_undone ||
                error_set(error, ERROR_USAGE, "'%.40s' was taken back already",
                          word));
    if (!finding_find(casefile, word, arena, &finding, error) ||
        !reviews_of_finding(casefile, finding.key, arena, &reviews, error))
        return false;
    for (size_t i = reviews.count; i-- > 0;) {
        if (strcmp(reviews.items[i].decision, "undone") == 0)
            continue;
        if (!review_is_undone(casefile, &reviews.items[i], &is_undone, error))
            return false;
        if (!is_undone) {
            *found = reviews.items[i];
            return true;
        }
    }
    return error_set(error, ERROR_NOT_FOUND, "nobody has decided about '%.40s'",
                     word);
}

/* Stands on the passage of what it takes back, wherever that is now: what is
 * stranded can be taken back too. */
static bool undo(struct casefile *casefile, const struct review *before,
                 const struct review *given, struct arena *arena,
                 struct error *error)
{
    char key[CASEFILE_KEY_SIZE], time[CASEFILE_TIME_SIZE];
    struct case_reading reading;
    struct review review = *before;
    casefile_time(time);
    review.decision = "undone";
    review.fields = NULL;
    review.undoes = before->key;
    review.reviewer = given->reviewer;
    review.why = given->why;
    review.time = time;
    review.key = key;
    return make_key(casefile, &review, key, error) &&
           store(casefile, &review, error) &&
           reading_get(casefile, review.document, arena, &reading, error) &&
           (reading.text == 0 ||
            reading_settle(casefile, review.document, error));
}

bool review_undo(struct casefile *casefile, const char *word,
                 const struct review *given, struct error *error)
{
    struct review before;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_undone =
        find_standing(casefile, word, arena, &before, error) &&
        (strcmp(before.decision, "undone") != 0 ||
         error_set(error, ERROR_USAGE,
                   "'%.40s' took something back; decide anew instead", word)) &&
        undo(casefile, &before, given, arena, error);
    arena_release(arena);
    return is_undone;
}

bool review_import(struct casefile *casefile, const struct review *given,
                   bool *is_new, struct error *error)
{
    struct review review = *given, there;
    bool is_there = false;
    struct arena *arena = arena_new((size_t)1 << 26);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well =
        review_check_fields(&review, error) &&
        review_by_key(casefile, review.key, arena, &there, &is_there, error) &&
        (is_there || store(casefile, &review, error));
    *is_new = is_well && !is_there;
    arena_release(arena);
    return is_well;
}
