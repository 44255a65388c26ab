/*
 * api_findings.c - search, one finding with its whole chain, and what people
 * decide.
 */
#include "api_handlers.h"
#include "api_json.h"
#include "search.h"

enum { CHAIN_MAX = 32, WORDS_MAX = 8000 };

static json_t *made(json_t *json, struct error *error)
{
    if (json == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the answer");
    return json;
}

static json_t *marks_json(const struct search_hit *hit)
{
    json_t *marks = json_array();
    for (size_t i = 0; i < hit->mark_count && marks != NULL; i++)
        json_array_append_new(marks, span_json(hit->marks[i]));
    return marks;
}

static json_t *passage_json(struct request *request,
                            const struct search_hit *hit, struct error *error)
{
    struct case_document document;
    if (!document_get(request->server->casefile, hit->document, request->arena,
                      &document, error))
        return NULL;
    json_t *words = text_json(hit->text, request->arena, error);
    json_t *json =
        words == NULL
            ? NULL
            : made(json_pack("{s:s,s:s,s:o,s:o,s:o}", "document",
                             document.sha256, "name", document.facts.name,
                             "span", span_json(hit->span), "passage", words,
                             "marks", marks_json(hit)),
                   error);
    if (json != NULL && !put_words(json, "date", hit->date, error)) {
        json_decref(json);
        return NULL;
    }
    return json;
}

static json_t *hit_json(struct request *request, const struct search_hit *hit,
                        struct error *error)
{
    enum { QUOTE = 500 };
    struct finding finding;
    if (hit->finding == 0)
        return passage_json(request, hit, error);
    return finding_get(request->server->casefile, hit->finding, request->arena,
                       &finding, error)
               ? finding_placed_json(request, &finding, QUOTE, NULL, error)
               : NULL;
}

bool api_search(struct request *request, json_t **answer, struct error *error)
{
    struct search_hits hits = {0};
    const char *sort = address_value(&request->address, "sort");
    struct search wanted = {.words = address_value(&request->address, "q"),
                            .by_date =
                                sort != NULL && strcmp(sort, "date") == 0};
    if (wanted.words == NULL || *wanted.words == '\0')
        return error_set(error, ERROR_USAGE, "search for what?");
    if (sort != NULL && !wanted.by_date && strcmp(sort, "relevance") != 0)
        return error_set(error, ERROR_USAGE, "sort is relevance or date");
    if (!request_page(request, &wanted.limit, &wanted.offset, error) ||
        !casefile_search(request->server->casefile, &wanted, request->arena,
                         &hits, error))
        return false;
    json_t *items = json_array();
    for (size_t i = 0; i < hits.count; i++) {
        json_t *hit = hit_json(request, &hits.items[i], error);
        if (hit == NULL || json_array_append_new(items, hit) != 0) {
            json_decref(items);
            return false;
        }
    }
    *answer =
        made(json_pack("{s:I,s:b,s:s*,s:o}", "seen", (json_int_t)hits.seen,
                       "more_seen", (int)(hits.seen >= SEARCH_LOOKED_AT),
                       "instead", hits.instead, "items", items),
             error);
    return *answer != NULL;
}

/* The finding of this id in the same reading; NULL where there is none. */
static json_t *related(struct request *request,
                       const struct opened_reading *opened, const char *id,
                       struct error *error)
{
    struct finding finding;
    struct error none = {.kind = ERROR_NONE};
    const char *key = json_string_value(json_object_get(opened->keys, id));
    if (key == NULL || !finding_find(request->server->casefile, key,
                                     request->arena, &finding, &none))
        return NULL;
    return finding_placed_json(request, &finding, WORDS_MAX, NULL, error);
}

static bool push_related(struct request *request,
                         const struct opened_reading *opened, const char *id,
                         json_t *array, struct error *error)
{
    struct error told = {.kind = ERROR_NONE};
    json_t *json = related(request, opened, id, &told);
    if (json != NULL)
        return json_array_append_new(array, json) == 0;
    if (told.kind == ERROR_NONE)
        return true;
    *error = told;
    return false;
}

/* From the claim outwards to who tells it last; a loop ends where it began. */
static bool push_parents(struct request *request,
                         const struct opened_reading *opened, const char *local,
                         json_t *array, struct error *error)
{
    const char *id = local;
    for (int depth = 0; depth < CHAIN_MAX; depth++) {
        id = json_string_value(
            json_object_get(json_object_get(opened->ids, id), "parent"));
        if (id == NULL || strcmp(id, local) == 0)
            break;
        if (!push_related(request, opened, id, array, error))
            return false;
    }
    return true;
}

static bool names_id(const json_t *value, const char *id)
{
    size_t i;
    json_t *item;
    if (json_is_string(value))
        return strcmp(json_string_value(value), id) == 0;
    json_array_foreach(value, i, item)
    {
        if (json_is_string(item) && strcmp(json_string_value(item), id) == 0)
            return true;
    }
    return false;
}

/* What of a layer points to this claim by `member`. */
static bool push_pointing(struct request *request,
                          const struct opened_reading *opened,
                          const char *layer, const char *member,
                          const char *local, json_t *array, struct error *error)
{
    size_t i;
    json_t *object;
    json_array_foreach(json_object_get(opened->reading, layer), i, object)
    {
        const char *id = json_string_value(json_object_get(object, "id"));
        if (id == NULL || json_array_size(array) >= CHAIN_MAX ||
            !names_id(json_object_get(object, member), local))
            continue;
        if (!push_related(request, opened, id, array, error))
            return false;
    }
    return true;
}

static bool put_chain(struct request *request, const struct finding *finding,
                      const struct opened_reading *opened, json_t *json,
                      struct error *error)
{
    json_t *parents = json_array(), *children = json_array();
    json_t *acts = json_array(), *figures = json_array();
    json_object_set_new(json, "parents", parents);
    json_object_set_new(json, "children", children);
    json_object_set_new(json, "acts", acts);
    json_object_set_new(json, "figures", figures);
    if (finding->local == NULL || opened->reading == NULL)
        return true;
    return push_parents(request, opened, finding->local, parents, error) &&
           push_pointing(request, opened, "claims", "parent", finding->local,
                         children, error) &&
           push_pointing(request, opened, "acts", "claims", finding->local,
                         acts, error) &&
           push_pointing(request, opened, "figures", "claims", finding->local,
                         figures, error);
}

static json_t *reviews_json(struct request *request,
                            const struct reviews *reviews, struct error *error)
{
    json_t *array = json_array();
    for (size_t i = 0; i < reviews->count; i++) {
        json_t *json = review_api_json(request, &reviews->items[i], error);
        if (json == NULL || json_array_append_new(array, json) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return made(array, error);
}

bool api_finding(struct request *request, json_t **answer, struct error *error)
{
    struct finding finding;
    struct reviews reviews;
    struct server *server = request->server;
    if (!finding_find(server->casefile, request_piece(request, 1),
                      request->arena, &finding, error))
        return false;
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, finding.document, error);
    if (opened == NULL || !reviews_of_finding(server->casefile, finding.key,
                                              request->arena, &reviews, error))
        return false;
    *answer = finding_placed_json(request, &finding, WORDS_MAX, NULL, error);
    json_t *told =
        *answer != NULL ? reviews_json(request, &reviews, error) : NULL;
    return told != NULL && json_object_set_new(*answer, "reviews", told) == 0 &&
           put_chain(request, &finding, opened, *answer, error);
}

bool api_reviews(struct request *request, json_t **answer, struct error *error)
{
    struct reviews reviews;
    uint64_t before, limit;
    if (!address_number(&request->address, "before", 0, ENTRY_MAX, &before,
                        error) ||
        !address_number(&request->address, "limit", ROWS_USUAL, ROWS_MAX,
                        &limit, error) ||
        !reviews_last(request->server->casefile, (int64_t)before, limit,
                      request->arena, &reviews, error))
        return false;
    json_t *items = reviews_json(request, &reviews, error);
    if (items == NULL)
        return false;
    *answer = made(json_pack("{s:o}", "items", items), error);
    return *answer != NULL;
}

/* What the page sends; strings are borrowed from the body. */
struct decision {
    const char *decision, *why, *by, *kind, *document, *of;
    const json_t *findings, *with, *fields, *span;
};

/* What each decision is told with; who decides, and why, always. */
static bool check_members(const json_t *body, const char *decision,
                          struct error *error)
{
    enum { MEMBERS = 7 };
    static const char *const members[][MEMBERS + 1] = {
        {"accepted", "decision", "by", "why", "findings"},
        {"rejected", "decision", "by", "why", "findings"},
        {"corrected", "decision", "by", "why", "findings", "fields"},
        {"merged", "decision", "by", "why", "findings", "with"},
        {"split", "decision", "by", "why", "findings", "with"},
        {"added", "decision", "by", "why", "document", "kind", "span",
         "fields"},
        {"undone", "decision", "by", "why", "of"},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        size_t count = 0;
        if (decision == NULL || strcmp(members[i][0], decision) != 0)
            continue;
        while (count < MEMBERS && members[i][count + 1] != NULL)
            count++;
        return body_only(body, members[i] + 1, count, error);
    }
    return error_set(error, ERROR_USAGE, "which decision?");
}

static bool take_decision(const json_t *body, struct decision *given,
                          struct error *error)
{
    if (!body_string(body, "decision", &given->decision, error) ||
        !check_members(body, given->decision, error) ||
        !body_string(body, "why", &given->why, error) ||
        !body_string(body, "by", &given->by, error) ||
        !body_string(body, "kind", &given->kind, error) ||
        !body_string(body, "document", &given->document, error) ||
        !body_string(body, "of", &given->of, error))
        return false;
    given->findings = json_object_get(body, "findings");
    given->with = json_object_get(body, "with");
    given->fields = json_object_get(body, "fields");
    given->span = json_object_get(body, "span");
    return given->fields == NULL || json_is_object(given->fields) ||
           error_set(error, ERROR_USAGE, "fields is an object");
}

static struct review review_of(const struct request *request,
                               const struct decision *given)
{
    bool has_name = given->by != NULL && *given->by != '\0';
    return (struct review){
        .decision = given->decision,
        .reviewer = has_name ? given->by : request->server->options.reviewer,
        .why = given->why};
}

static const char *fields_text(const json_t *fields, struct request *request,
                               struct error *error)
{
    return json_text(fields, JSON_SORTED, request->arena, error);
}

/* The others of a merge or split, which must be of the first one's kind. */
static bool take_group(struct request *request, const struct finding *first,
                       const struct decision *given, struct review *review,
                       struct error *error)
{
    size_t i;
    json_t *word, *keys = json_array();
    bool is_well = json_array_size(given->with) > 0 ||
                   error_set(error, ERROR_USAGE, "with which findings?");
    json_array_foreach(given->with, i, word)
    {
        struct finding other;
        is_well =
            is_well &&
            (json_is_string(word) ||
             error_set(error, ERROR_USAGE, "with which findings?")) &&
            finding_find(request->server->casefile, json_string_value(word),
                         request->arena, &other, error);
        if (is_well && (strcmp(other.kind, first->kind) != 0 ||
                        strcmp(other.key, first->key) == 0))
            is_well = error_set(error, ERROR_USAGE,
                                "%s cannot be put together with %s", first->key,
                                other.key);
        if (is_well)
            json_array_append_new(keys, json_string(other.key));
    }
    json_t *fields = is_well ? json_pack("{s:O}", "with", keys) : NULL;
    review->fields =
        fields != NULL ? fields_text(fields, request, error) : NULL;
    json_decref(fields);
    json_decref(keys);
    return review->fields != NULL;
}

static bool decide_one(struct request *request, const char *word,
                       const struct decision *given, json_t *made_reviews,
                       struct error *error)
{
    char key[CASEFILE_KEY_SIZE];
    struct finding finding;
    struct review review = review_of(request, given);
    bool is_group = strcmp(given->decision, "merged") == 0 ||
                    strcmp(given->decision, "split") == 0;
    if (!finding_find(request->server->casefile, word, request->arena, &finding,
                      error))
        return false;
    if (is_group && !take_group(request, &finding, given, &review, error))
        return false;
    if (!is_group && json_object_size(given->fields) > 0 &&
        (review.fields = fields_text(given->fields, request, error)) == NULL)
        return false;
    return review_finding(request->server->casefile, &finding, &review, key,
                          error) &&
           json_array_append_new(made_reviews,
                                 json_pack("{s:s,s:s}", "review", key,
                                           "finding", finding.key)) == 0;
}

static bool decide_all(struct request *request, const struct decision *given,
                       json_t *reviews, struct error *error)
{
    size_t i;
    json_t *word;
    if (json_array_size(given->findings) == 0 ||
        json_array_size(given->findings) > ROWS_MAX)
        return error_set(error, ERROR_USAGE, "which findings?");
    json_array_foreach(given->findings, i, word)
    {
        if (!json_is_string(word))
            return error_set(error, ERROR_USAGE, "which findings?");
        if (!decide_one(request, json_string_value(word), given, reviews,
                        error))
            return false;
    }
    return true;
}

static bool is_place(const json_t *number)
{
    return json_is_integer(number) && json_integer_value(number) >= 0 &&
           json_integer_value(number) <= (json_int_t)UINT32_MAX;
}

static bool add_by_hand(struct request *request, const struct decision *given,
                        json_t *reviews, struct error *error)
{
    char key[CASEFILE_KEY_SIZE];
    struct case_document document;
    struct review review = review_of(request, given);
    const json_t *begin = json_array_get(given->span, 0);
    const json_t *end = json_array_get(given->span, 1);
    if (given->document == NULL || given->kind == NULL || !is_place(begin) ||
        !is_place(end))
        return error_set(error, ERROR_USAGE,
                         "what is added has document, kind and span");
    if (!document_by_hash(request->server->casefile, given->document,
                          request->arena, &document, error))
        return false;
    review.document = document.id;
    review.kind = given->kind;
    review.span = (struct span){(uint32_t)json_integer_value(begin),
                                (uint32_t)json_integer_value(end)};
    if (json_object_size(given->fields) > 0 &&
        (review.fields = fields_text(given->fields, request, error)) == NULL)
        return false;
    return review_add_finding(request->server->casefile, &review, key, error) &&
           json_array_append_new(reviews, json_pack("{s:s}", "finding", key)) ==
               0;
}

static bool decide(struct request *request, const json_t *body, json_t *reviews,
                   struct error *error)
{
    struct decision given;
    if (!take_decision(body, &given, error))
        return false;
    struct review review = review_of(request, &given);
    if (strcmp(given.decision, "added") == 0)
        return add_by_hand(request, &given, reviews, error);
    if (strcmp(given.decision, "undone") != 0)
        return decide_all(request, &given, reviews, error);
    return given.of != NULL ? review_undo(request->server->casefile, given.of,
                                          &review, error)
                            : error_set(error, ERROR_USAGE, "which review?");
}

bool api_review(struct request *request, json_t **answer, struct error *error)
{
    json_t *body = request_body(request, error);
    json_t *reviews = json_array();
    bool is_well = body != NULL && decide(request, body, reviews, error);
    json_decref(body);
    if (!is_well) {
        json_decref(reviews);
        return false;
    }
    *answer = made(json_pack("{s:o}", "items", reviews), error);
    return *answer != NULL;
}
