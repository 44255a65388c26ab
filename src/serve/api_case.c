/*
 * api_case.c - the case as a whole: what is in it, who, where and when.
 */
#include <stdlib.h>

#include "api_handlers.h"
#include "api_json.h"
#include "entries.h"
#include "lists.h"

static json_t *made(json_t *json, struct error *error)
{
    if (json == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the answer");
    return json;
}

static const char *case_name(const struct request *request)
{
    const char *path = request->server->options.case_path;
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Names as a person's disk has them, which may be no UTF-8. */
static json_t *plain_json(struct request *request, const char *words,
                          struct error *error)
{
    return text_json(slice_of(words), request->arena, error);
}

bool api_session(struct request *request, json_t **answer, struct error *error)
{
    *answer =
        made(json_pack(
                 "{s:s,s:o*,s:o*}", "version", MADAI_VERSION, "case",
                 plain_json(request, case_name(request), error), "by",
                 plain_json(request, request->server->options.reviewer, error)),
             error);
    return *answer != NULL;
}

static json_t *counts_object(struct request *request, enum counted_by by,
                             struct error *error)
{
    enum { KINDS_MAX = 32 };
    struct counts counts;
    json_t *object = made(json_object(), error);
    if (object == NULL || !list_counts(request->server->casefile, by, KINDS_MAX,
                                       request->arena, &counts, error)) {
        json_decref(object);
        return NULL;
    }
    for (size_t i = 0; i < counts.count; i++)
        json_object_set_new(object, counts.items[i].name,
                            json_integer((json_int_t)counts.items[i].count));
    return object;
}

bool api_overview(struct request *request, json_t **answer, struct error *error)
{
    uint64_t documents, read, entries;
    struct casefile *casefile = request->server->casefile;
    if (!document_count(casefile, &documents, error) ||
        !reading_count(casefile, &read, error) ||
        !entry_count(casefile, &entries, error))
        return false;
    json_t *kinds = counts_object(request, COUNT_KINDS, error);
    json_t *statuses =
        kinds != NULL ? counts_object(request, COUNT_STATUSES, error) : NULL;
    if (statuses == NULL) {
        json_decref(kinds);
        return false;
    }
    *answer = made(json_pack("{s:I,s:I,s:I,s:o,s:o}", "documents",
                             (json_int_t)documents, "read", (json_int_t)read,
                             "entries", (json_int_t)entries, "kinds", kinds,
                             "statuses", statuses),
                   error);
    return *answer != NULL;
}

static json_t *counted_json(const struct counted *counted)
{
    json_t *json = json_pack("{s:s,s:I}", "name", counted->name, "count",
                             (json_int_t)counted->count);
    if (json != NULL && counted->documents > 0)
        json_object_set_new(json, "documents",
                            json_integer((json_int_t)counted->documents));
    return json;
}

static bool counts_json(const struct counts *counts, json_t **answer,
                        struct error *error)
{
    json_t *items = json_array();
    for (size_t i = 0; i < counts->count; i++)
        json_array_append_new(items, counted_json(&counts->items[i]));
    *answer = made(json_pack("{s:I,s:o}", "total", (json_int_t)counts->total,
                             "items", items),
                   error);
    return *answer != NULL;
}

bool api_counts(struct request *request, json_t **answer, struct error *error)
{
    static const char *const names[COUNT_BY] = {
        "kinds", "statuses", "says", "speakers", "acts", "places", "months"};
    enum { MONTHS_MAX = 2400 };
    struct counts counts;
    uint64_t limit;
    for (size_t i = 0; i < COUNT_BY; i++) {
        if (strcmp(names[i], request_piece(request, 1)) != 0)
            continue;
        uint64_t most = i == COUNT_MONTHS ? MONTHS_MAX : ROWS_MAX;
        return address_number(&request->address, "limit",
                              i == COUNT_MONTHS ? most : ROWS_USUAL, most,
                              &limit, error) &&
               list_counts(request->server->casefile, (enum counted_by)i, limit,
                           request->arena, &counts, error) &&
               counts_json(&counts, answer, error);
    }
    return error_set(error, ERROR_NOT_FOUND, "nothing is counted by that");
}

/* Type and class stand in a reading; one of them speaks for all of a name. */
static json_t *actor_json(struct request *request, const struct counted *actor,
                          struct error *error)
{
    struct finding finding;
    struct server *server = request->server;
    json_t *json = made(counted_json(actor), error);
    if (json == NULL || !finding_get(server->casefile, actor->finding,
                                     request->arena, &finding, error))
        goto failed;
    json_object_set_new(json, "key", json_string(finding.key));
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, finding.document, error);
    if (opened == NULL)
        goto failed;
    const json_t *detail = finding.local != NULL
                               ? json_object_get(opened->ids, finding.local)
                               : NULL;
    static const char *const keys[] = {"type", "class", "roles"};
    for (size_t i = 0; i < 3; i++)
        if (json_object_get(detail, keys[i]) != NULL)
            json_object_set(json, keys[i], json_object_get(detail, keys[i]));
    return json;
failed:
    json_decref(json);
    return NULL;
}

bool api_actors(struct request *request, json_t **answer, struct error *error)
{
    struct counts counts;
    uint64_t limit, offset;
    if (!request_page(request, &limit, &offset, error) ||
        !list_actor_names(request->server->casefile,
                          address_value(&request->address, "name"), limit,
                          offset, request->arena, &counts, error))
        return false;
    json_t *items = made(json_array(), error);
    for (size_t i = 0; i < counts.count && items != NULL; i++) {
        json_t *actor = actor_json(request, &counts.items[i], error);
        if (actor == NULL || json_array_append_new(items, actor) != 0) {
            json_decref(items);
            return false;
        }
    }
    *answer = made(json_pack("{s:I,s:o}", "total", (json_int_t)counts.total,
                             "items", items),
                   error);
    return *answer != NULL;
}

bool api_actor(struct request *request, json_t **answer, struct error *error)
{
    struct findings findings;
    const char *name = address_value(&request->address, "name");
    if (name == NULL || *name == '\0')
        return error_set(error, ERROR_USAGE, "which name?");
    if (!list_actor_findings(request->server->casefile, name, ROWS_MAX,
                             request->arena, &findings, error))
        return false;
    json_t *items = findings_json(request, &findings, NULL, error);
    if (items == NULL)
        return false;
    *answer = made(json_pack("{s:s,s:o}", "name", name, "items", items), error);
    return *answer != NULL;
}

/* Where it is stands in a reading, with the reason. */
static json_t *place_json(struct request *request, const struct counted *place,
                          struct error *error)
{
    struct finding finding;
    struct server *server = request->server;
    if (!finding_get(server->casefile, place->finding, request->arena, &finding,
                     error))
        return NULL;
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, finding.document, error);
    json_t *json = opened != NULL ? made(counted_json(place), error) : NULL;
    if (json == NULL)
        return NULL;
    const json_t *detail = finding.local != NULL
                               ? json_object_get(opened->ids, finding.local)
                               : NULL;
    static const char *const keys[] = {"lat", "lon", "kind", "within"};
    for (size_t i = 0; i < 4; i++)
        if (json_object_get(detail, keys[i]) != NULL)
            json_object_set(json, keys[i], json_object_get(detail, keys[i]));
    json_object_set_new(json, "key", json_string(finding.key));
    if (finding.confidence >= 0)
        json_object_set_new(json, "confidence", json_real(finding.confidence));
    return json;
}

bool api_places(struct request *request, json_t **answer, struct error *error)
{
    struct counts counts;
    uint64_t limit;
    if (!address_number(&request->address, "limit", ROWS_MAX, ROWS_MAX, &limit,
                        error) ||
        !list_counts(request->server->casefile, COUNT_PLACES, limit,
                     request->arena, &counts, error))
        return false;
    json_t *items = made(json_array(), error);
    for (size_t i = 0; i < counts.count && items != NULL; i++) {
        json_t *place = place_json(request, &counts.items[i], error);
        if (place == NULL || json_array_append_new(items, place) != 0) {
            json_decref(items);
            return false;
        }
    }
    *answer = made(json_pack("{s:I,s:o}", "total", (json_int_t)counts.total,
                             "items", items),
                   error);
    return *answer != NULL;
}

/* Where the month stands among those that there are; it is put there. */
static json_int_t month_index(json_t *indices, json_t *months,
                              const char *month)
{
    const json_t *known = json_object_get(indices, month);
    if (known != NULL)
        return json_integer_value(known);
    json_int_t index = (json_int_t)json_array_size(months);
    json_object_set_new(indices, month, json_integer(index));
    json_array_append_new(months, json_string(month));
    return index;
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* All months that occur, in their order. */
static bool sorted_months(const struct place_months *found, struct arena *arena,
                          json_t *indices, json_t *months, struct error *error)
{
    const char **names =
        arena_take(arena, found->count + 1, sizeof *names, error);
    if (names == NULL)
        return false;
    for (size_t i = 0; i < found->count; i++)
        names[i] = found->items[i].month;
    if (found->count > 1)
        qsort(names, found->count, sizeof *names, by_name);
    for (size_t i = 0; i < found->count; i++)
        month_index(indices, months, names[i]);
    return true;
}

/* What a map with a time needs, in one answer of less than 100 kB. */
bool api_place_months(struct request *request, json_t **answer,
                      struct error *error)
{
    enum { ROWS_OF_MONTHS = 5000 };
    struct place_months found;
    json_t *items = json_array(), *months = json_array();
    json_t *indices = json_object(), *counts = NULL;
    bool is_well =
        list_place_months(request->server->casefile, ROWS_OF_MONTHS,
                          request->arena, &found, error) &&
        sorted_months(&found, request->arena, indices, months, error);
    for (size_t i = 0; i < found.count && is_well; i++) {
        const struct place_month *one = &found.items[i];
        if (i == 0 || strcmp(one->place, found.items[i - 1].place) != 0) {
            counts = json_array();
            json_array_append_new(
                items,
                json_pack("{s:s,s:o}", "name", one->place, "counts", counts));
        }
        json_array_append_new(
            counts, json_pack("[I,I]", month_index(indices, months, one->month),
                              (json_int_t)one->count));
    }
    json_decref(indices);
    if (!is_well) {
        json_decref(items);
        json_decref(months);
        return false;
    }
    *answer =
        made(json_pack("{s:o,s:o}", "months", months, "items", items), error);
    return *answer != NULL;
}

/* The words of the time of an act that comes again: "every Monday". */
static bool put_recurrence(struct request *request,
                           const struct finding *finding, json_t *json,
                           struct error *error)
{
    struct finding time;
    struct slice words;
    bool is_intact, is_cut;
    struct error none = {.kind = ERROR_NONE};
    struct server *server = request->server;
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, finding->document, error);
    if (opened == NULL || finding->local == NULL)
        return opened != NULL;
    const json_t *id =
        json_object_get(json_object_get(opened->ids, finding->local), "time");
    if (json_is_array(id))
        id = json_array_get(id, 0);
    const char *name = json_is_string(id) ? json_string_value(id) : "";
    const char *type = json_string_value(
        json_object_get(json_object_get(opened->ids, name), "type"));
    const char *key = json_string_value(json_object_get(opened->keys, name));
    if (type == NULL || strcmp(type, "SET") != 0 || key == NULL ||
        !finding_find(server->casefile, key, request->arena, &time, &none))
        return true;
    if (!finding_words(request, &time, 200, &words, &is_intact, &is_cut, error))
        return false;
    json_t *told = text_json(words, request->arena, error);
    return told != NULL && json_object_set_new(json, "recurs", told) == 0;
}

bool api_chronology(struct request *request, json_t **answer,
                    struct error *error)
{
    const struct http_address *address = &request->address;
    struct findings findings;
    struct chronology_wanted wanted = {
        .from = address_value(address, "from"),
        .to = address_value(address, "to"),
        .who = address_value(address, "who"),
        .act = address_value(address, "act"),
        .place = address_value(address, "place"),
    };
    if (!request_page(request, &wanted.limit, &wanted.offset, error))
        return false;
    uint64_t limit = wanted.limit++; /* one more says that there is more */
    if (!list_chronology(request->server->casefile, &wanted, request->arena,
                         &findings, error))
        return false;
    bool is_more = findings.count > limit;
    findings.count = is_more ? (size_t)limit : findings.count;
    json_t *items = findings_json(request, &findings, NULL, error);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < findings.count; i++) {
        if (put_recurrence(request, &findings.items[i],
                           json_array_get(items, i), error))
            continue;
        json_decref(items);
        return false;
    }
    *answer = made(json_pack("{s:b,s:o}", "more", (int)is_more, "items", items),
                   error);
    return *answer != NULL;
}
