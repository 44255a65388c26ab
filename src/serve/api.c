/*
 * api.c - the addresses of the API, and what every answer has in common.
 */
#include "api_events.h"
#include "api_handlers.h"
#include "aside.h"
#include "entries.h"
#include "http_reply.h"
#include "jobs.h"

#define PAGED "limit", "offset"

/* web/openapi.json tells the same to programs; a test holds them together. */
const struct api_route api_routes[] = {
    {"GET", "session", api_session, 0, {NULL}},
    {"GET", "overview", api_overview, API_OF_LEDGER | API_WHOLE, {NULL}},
    {"GET", "counts/*", api_counts, API_OF_LEDGER | API_WHOLE, {"limit"}},
    {"GET",
     "documents",
     api_documents,
     API_OF_LEDGER,
     {"name", "order", PAGED}},
    {"GET", "documents/*", api_document, API_OF_LEDGER, {NULL}},
    {"GET",
     "documents/*/text",
     api_document_text,
     API_OF_LEDGER,
     {"at", "before"}},
    {"GET",
     "documents/*/findings",
     api_document_findings,
     API_OF_LEDGER,
     {"kind", PAGED}},
    {"GET",
     "documents/*/places",
     api_document_places,
     API_OF_LEDGER,
     {"begin", "end"}},
    {"GET", "documents/*/pages/*", api_page_picture, API_ASIDE, {NULL}},
    {"GET",
     "report",
     api_report,
     API_ASIDE,
     {"paper", "format", "unreviewed", "from", "to", "actor", "place", "kind",
      "title"}},
    {"GET", "templates", api_templates, 0, {NULL}},
    {"POST", "documents/*/ticket", api_document_ticket, 0, {NULL}},
    {"GET", "search", api_search, API_OF_LEDGER, {"q", "sort", PAGED}},
    {"GET", "findings/*", api_finding, API_OF_LEDGER, {NULL}},
    {"GET", "actors", api_actors, API_OF_LEDGER | API_WHOLE, {"name", PAGED}},
    {"GET", "actor", api_actor, API_OF_LEDGER, {"name"}},
    {"GET", "places", api_places, API_OF_LEDGER | API_WHOLE, {"limit"}},
    {"GET",
     "places/months",
     api_place_months,
     API_OF_LEDGER | API_WHOLE,
     {NULL}},
    {"GET",
     "chronology",
     api_chronology,
     API_OF_LEDGER,
     {"from", "to", "who", "act", "place", PAGED}},
    {"GET", "reviews", api_reviews, API_OF_LEDGER, {"before", "limit"}},
    {"POST", "reviews", api_review, API_WRITES, {NULL}},
    {"GET", "links/*", api_links, 0, {"name", PAGED}},
    {"GET", "links/*/*", api_link, 0, {NULL}},
    {"GET", "log", api_log, API_OF_LEDGER, {"before", "limit"}},
    {"GET", "trust", api_trust, 0, {NULL}},
    {"POST", "checkpoints", api_checkpoint, API_WRITES, {NULL}},
    {"POST", "uploads", api_upload, API_UPLOADS, {"name"}},
    {"GET", "job", api_job, 0, {"after", "limit"}},
    {"POST", "jobs", api_job_start, 0, {NULL}},
    {"POST", "jobs/stop", api_job_stop, 0, {NULL}},
    {"GET", "events", NULL, API_STREAMS, {NULL}},
    {NULL, NULL, NULL, 0, {NULL}},
};

const char *request_piece(const struct request *request, size_t number)
{
    return request->address.pieces[number + 2];
}

/* "documents/<any>/text" against the pieces. */
static bool is_path_of(const struct request *request, const char *path)
{
    size_t count = request->address.piece_count - 2;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(path, "/");
        const char *piece = request_piece(request, i);
        bool is_any = length == 1 && *path == '*';
        if (length == 0 || (!is_any && (strlen(piece) != length ||
                                        strncmp(piece, path, length) != 0)))
            return false;
        path += length + (path[length] == '/');
    }
    return *path == '\0' && count > 0;
}

const struct api_route *api_find(const struct request *request, bool *is_path)
{
    bool is_post = strcmp(request->method, "POST") == 0;
    *is_path = false;
    for (const struct api_route *route = api_routes; route->method != NULL;
         route++) {
        if (!is_path_of(request, route->path))
            continue;
        *is_path = true;
        if ((strcmp(route->method, "POST") == 0) == is_post)
            return route;
    }
    return NULL;
}

const char *api_allowed(const struct request *request)
{
    bool has_get = false, has_post = false;
    const struct http_address *address = &request->address;
    bool is_api = address->piece_count >= 2 &&
                  strcmp(address->pieces[0], "api") == 0 &&
                  strcmp(address->pieces[1], "v1") == 0;
    for (const struct api_route *route = api_routes;
         is_api && route->method != NULL; route++) {
        if (!is_path_of(request, route->path))
            continue;
        has_post |= strcmp(route->method, "POST") == 0;
        has_get |= strcmp(route->method, "GET") == 0;
    }
    if (has_post)
        return has_get ? "GET, HEAD, POST" : "POST";
    return "GET, HEAD";
}

json_t *request_body(const struct request *request, struct error *error)
{
    json_t *json =
        json_read((struct slice){request->body != NULL ? request->body : "",
                                 request->body_length},
                  error);
    if (json == NULL) {
        error->kind = ERROR_USAGE;
        return NULL;
    }
    if (json_is_object(json))
        return json;
    json_decref(json);
    error_set(error, ERROR_USAGE, "an object is wanted");
    return NULL;
}

bool body_string(const json_t *body, const char *key, const char **string,
                 struct error *error)
{
    const json_t *value = json_object_get(body, key);
    *string = json_string_value(value);
    if (value == NULL || json_is_null(value)) {
        *string = NULL;
        return true;
    }
    return (*string != NULL && strlen(*string) == json_string_length(value)) ||
           error_set(error, ERROR_USAGE, "%s is no string", key);
}

bool body_only(const json_t *body, const char *const *keys, size_t count,
               struct error *error)
{
    void *at = json_object_iter((json_t *)(uintptr_t)body);
    for (; at != NULL;
         at = json_object_iter_next((json_t *)(uintptr_t)body, at)) {
        bool is_known = false;
        for (size_t i = 0; i < count && !is_known; i++)
            is_known = strcmp(json_object_iter_key(at), keys[i]) == 0;
        if (!is_known)
            return error_set(error, ERROR_USAGE, "'%.60s' is wanted nowhere",
                             json_object_iter_key(at));
    }
    return true;
}

bool request_page(const struct request *request, uint64_t *limit,
                  uint64_t *offset, struct error *error)
{
    enum { OFFSET_MAX = 10000000 };
    return address_number(&request->address, "limit", ROWS_USUAL, ROWS_MAX,
                          limit, error) &&
           address_number(&request->address, "offset", 0, OFFSET_MAX, offset,
                          error);
}

/* A tag for what the ledger, as long as it is now, makes of this address. */
static bool tag_of(struct request *request, char tag[96], struct error *error)
{
    uint64_t size;
    if (!entry_count(request->server->casefile, &size, error))
        return false;
    snprintf(tag, 96, "\"%.16s-%llu\"", request->server->boot,
             (unsigned long long)size);
    return true;
}

/* What is about the whole case is asked for once a length of the ledger. */
static json_t *counted_before(struct request *request, uint64_t size)
{
    struct server *server = request->server;
    if (server->counted == NULL || server->counted_for != size) {
        json_decref(server->counted);
        server->counted = json_object();
        server->counted_for = size;
    }
    return json_incref(json_object_get(server->counted, request->raw));
}

static void keep_counted(struct request *request, json_t *answer)
{
    enum { KEPT_MAX = 64 };
    json_t *counted = request->server->counted;
    if (json_object_size(counted) >= KEPT_MAX)
        json_object_clear(counted);
    json_object_set(counted, request->raw, answer);
}

static bool answer_whole(struct request *request, json_t **answer,
                         struct error *error)
{
    uint64_t size;
    if (!entry_count(request->server->casefile, &size, error))
        return false;
    *answer = counted_before(request, size);
    if (*answer != NULL)
        return true;
    if (!request->route->handler(request, answer, error))
        return false;
    keep_counted(request, *answer);
    return true;
}

/* All that one answer looks at is of one moment. */
static bool answer_reading(struct request *request, json_t **answer,
                           struct error *error)
{
    struct casefile *casefile = request->server->casefile;
    if (!casefile_begin_read(casefile, error))
        return false;
    bool is_well = (request->route->flags & API_WHOLE) != 0
                       ? answer_whole(request, answer, error)
                       : request->route->handler(request, answer, error);
    casefile_rollback(casefile);
    return is_well;
}

static bool answer_writing(struct request *request, json_t **answer,
                           struct error *error)
{
    struct casefile *casefile = request->server->casefile;
    if (job_is_verifying(request->server->jobs))
        return error_set(error, ERROR_IO,
                         "the case is being verified; wait until that has "
                         "ended");
    if (!casefile_begin(casefile, error))
        return false;
    if (request->route->handler(request, answer, error))
        return casefile_commit(casefile, error);
    casefile_rollback(casefile);
    return false;
}

static bool answer_it(struct request *request, json_t **answer,
                      struct error *error)
{
    const struct api_route *route = request->route;
    size_t count = 0;
    while (count < sizeof route->values / sizeof *route->values &&
           route->values[count] != NULL)
        count++;
    if (!address_only(&request->address, route->values, count, error))
        return false;
    if ((route->flags & API_WRITES) != 0)
        return answer_writing(request, answer, error);
    return (route->flags & API_OF_LEDGER) != 0
               ? answer_reading(request, answer, error)
               : route->handler(request, answer, error);
}

enum MHD_Result request_answer(struct request *request)
{
    struct error error = {.kind = ERROR_NONE};
    json_t *answer = NULL;
    char tag[96] = "";
    bool has_tag = (request->route->flags & API_OF_LEDGER) != 0;
    if ((request->route->flags & API_STREAMS) != 0)
        return events_listen(request);
    if (request->aside != NULL)
        return aside_answer(request);
    if (has_tag && !tag_of(request, tag, &error))
        return reply_error(request, &error);
    if (has_tag && request->head.tag != NULL &&
        strcmp(request->head.tag, tag) == 0)
        return reply_same(request, tag);
    if (!answer_it(request, &answer, &error)) {
        json_decref(answer);
        return reply_error(request, &error);
    }
    if (request->aside != NULL)
        return MHD_YES; /* it sleeps */
    return reply_json(request, MHD_HTTP_OK, answer, has_tag ? tag : NULL);
}
