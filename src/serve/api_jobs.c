/*
 * api_jobs.c - files that come in, and what takes long.
 */
#include "api_handlers.h"
#include "jobs.h"
#include "uploads.h"

bool api_upload(struct request *request, json_t **answer, struct error *error)
{
    uint64_t number;
    struct upload *upload = request->upload;
    if (request->upload_error.kind != ERROR_NONE) {
        *error = request->upload_error;
        return false;
    }
    request->upload = NULL;
    if (!upload_end(upload, &number, error))
        return false;
    *answer = json_pack("{s:I,s:s}", "upload", (json_int_t)number, "name",
                        address_value(&request->address, "name"));
    return *answer != NULL ||
           error_set(error, ERROR_LIMIT, "no memory for the answer");
}

bool api_job(struct request *request, json_t **answer, struct error *error)
{
    uint64_t after, limit;
    if (!address_number(&request->address, "after", 0, UINT32_MAX, &after,
                        error) ||
        !address_number(&request->address, "limit", ROWS_USUAL, ROWS_MAX,
                        &limit, error))
        return false;
    *answer = job_state(request->server->jobs, after, limit, error);
    return *answer != NULL;
}

/* Of what is known of all documents, only strings. */
static bool check_facts(const json_t *facts, struct error *error)
{
    static const char *const keys[] = {
        "date",        "source",      "url",          "note",
        "obtained_by", "obtained_at", "obtained_from"};
    const char *ignored;
    if (facts == NULL)
        return true;
    if (!json_is_object(facts))
        return error_set(error, ERROR_USAGE, "facts is an object");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!body_string(facts, keys[i], &ignored, error))
            return false;
    const char *date = json_string_value(json_object_get(facts, "date"));
    int year, month, day, length = 0;
    if (date != NULL && *date != '\0' &&
        (sscanf(date, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 ||
         length != 10 || date[length] != '\0'))
        return error_set(error, ERROR_USAGE, "a date is 2019-05-31");
    return body_only(facts, keys, sizeof keys / sizeof *keys, error);
}

/* Only what the job is told with. */
static bool check_members(const json_t *body, struct error *error)
{
    static const char *const add[] = {"kind", "uploads", "facts"};
    static const char *const verify[] = {"kind", "checkpoint"};
    const char *kind;
    if (!body_string(body, "kind", &kind, error))
        return false;
    if (kind != NULL && strcmp(kind, "add") == 0)
        return body_only(body, add, 3, error);
    if (kind != NULL && strcmp(kind, "verify") == 0)
        return body_only(body, verify, 2, error);
    return body_only(body, add, 1, error);
}

bool api_job_start(struct request *request, json_t **answer,
                   struct error *error)
{
    const char *ignored;
    json_t *body = request_body(request, error);
    bool is_well = body != NULL && check_members(body, error) &&
                   body_string(body, "checkpoint", &ignored, error) &&
                   check_facts(json_object_get(body, "facts"), error) &&
                   job_start(request->server->jobs, body, error);
    json_decref(body);
    if (!is_well)
        return false;
    *answer = job_state(request->server->jobs, 0, 0, error);
    return *answer != NULL;
}

bool api_job_stop(struct request *request, json_t **answer, struct error *error)
{
    json_t *body = request_body(request, error);
    bool is_well = body != NULL && body_only(body, NULL, 0, error);
    json_decref(body);
    if (!is_well)
        return false;
    job_stop(request->server->jobs);
    *answer = job_state(request->server->jobs, 0, 0, error);
    return *answer != NULL;
}
