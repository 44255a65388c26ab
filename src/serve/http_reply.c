/*
 * http_reply.c - see http_reply.h.
 */
#include "http_reply.h"

#include <stdlib.h>

static const char nothing[] =
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox";

/* On every answer, whatever it is. */
static const char *const strict[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"X-Frame-Options", "DENY"},
    {"X-DNS-Prefetch-Control", "off"},
    {"Permissions-Policy",
     "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

bool reply_policy(const char *nonce, char policy[512])
{
    int length = snprintf(
        policy, 512,
        "default-src 'none'; script-src 'nonce-%s'; style-src 'nonce-%s'; "
        "img-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'",
        nonce, nonce);
    return length > 0 && length < 512;
}

enum MHD_Result reply_response(struct request *request, unsigned status,
                               struct MHD_Response *response, const char *type,
                               const char *policy)
{
    if (response == NULL)
        return MHD_NO;
    bool is_well =
        type == NULL ||
        MHD_add_response_header(response, "Content-Type", type) == MHD_YES;
    for (size_t i = 0; i < sizeof strict / sizeof *strict && is_well; i++)
        is_well = MHD_add_response_header(response, strict[i][0],
                                          strict[i][1]) == MHD_YES;
    is_well = is_well && MHD_add_response_header(
                             response, "Content-Security-Policy",
                             policy != NULL ? policy : nothing) == MHD_YES;
    enum MHD_Result result =
        is_well ? MHD_queue_response(request->connection, status, response)
                : MHD_NO;
    MHD_destroy_response(response);
    request->is_answered = true;
    return result;
}

static struct MHD_Response *tagged(struct MHD_Response *response,
                                   const char *tag)
{
    if (response != NULL && tag != NULL)
        (void)!MHD_add_response_header(response, "ETag", tag);
    return response;
}

enum MHD_Result reply_bytes(struct request *request, unsigned status,
                            const char *type, struct slice bytes,
                            const char *tag, const char *policy)
{
    /* The library copies, but wants a pointer it could write to. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        bytes.length, (void *)(uintptr_t)bytes.data, MHD_RESPMEM_MUST_COPY);
    return reply_response(request, status, tagged(response, tag), type, policy);
}

enum MHD_Result reply_json(struct request *request, unsigned status,
                           json_t *json, const char *tag)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(json);
    if (text == NULL)
        return MHD_NO;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        free(text);
    return reply_response(request, status, tagged(response, tag),
                          "application/json", NULL);
}

static const char *kind_of_status(unsigned status)
{
    switch (status) {
    case MHD_HTTP_NOT_FOUND:
        return "not-found";
    case MHD_HTTP_UNAUTHORIZED:
    case MHD_HTTP_FORBIDDEN:
        return "forbidden";
    case MHD_HTTP_CONFLICT:
        return "conflict";
    case MHD_HTTP_INTERNAL_SERVER_ERROR:
        return "tampered";
    case MHD_HTTP_SERVICE_UNAVAILABLE:
    case MHD_HTTP_TOO_MANY_REQUESTS:
        return "busy";
    case MHD_HTTP_CONTENT_TOO_LARGE:
    case MHD_HTTP_INSUFFICIENT_STORAGE:
        return "limit";
    default:
        return "usage";
    }
}

enum MHD_Result reply_refuse(struct request *request, unsigned status,
                             const char *words)
{
    json_t *error = json_pack("{s:{s:s,s:s}}", "error", "kind",
                              kind_of_status(status), "words", words);
    if (error == NULL)
        error = json_pack("{s:{s:s,s:s}}", "error", "kind",
                          kind_of_status(status), "words", "refused");
    char *text = error != NULL ? json_dumps(error, JSON_COMPACT) : NULL;
    json_decref(error);
    if (text == NULL)
        return MHD_NO;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        free(text);
    else if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        (void)!MHD_add_response_header(response, "Allow", api_allowed(request));
    else if (status == MHD_HTTP_TOO_MANY_REQUESTS)
        (void)!MHD_add_response_header(response, "Retry-After", "1");
    /* Nothing that still comes on this connection is believed. */
    if (response != NULL)
        (void)!MHD_add_response_header(response, "Connection", "close");
    return reply_response(request, status, response, "application/json", NULL);
}

enum MHD_Result reply_error(struct request *request, const struct error *error)
{
    static const unsigned statuses[] = {
        [ERROR_NONE] = MHD_HTTP_INTERNAL_SERVER_ERROR,
        [ERROR_NOT_FOUND] = MHD_HTTP_NOT_FOUND,
        [ERROR_BAD_INPUT] = MHD_HTTP_UNPROCESSABLE_CONTENT,
        [ERROR_USAGE] = MHD_HTTP_BAD_REQUEST,
        [ERROR_LIMIT] = MHD_HTTP_INSUFFICIENT_STORAGE,
        [ERROR_IO] = MHD_HTTP_SERVICE_UNAVAILABLE,
        [ERROR_CORRUPT] = MHD_HTTP_INTERNAL_SERVER_ERROR,
        [ERROR_TAMPERED] = MHD_HTTP_INTERNAL_SERVER_ERROR,
    };
    json_t *body =
        json_pack("{s:{s:s,s:s}}", "error", "kind",
                  kind_of_status(statuses[error->kind]), "words", error->text);
    return body != NULL
               ? reply_json(request, statuses[error->kind], body, NULL)
               : reply_refuse(request, statuses[error->kind], "refused");
}

enum MHD_Result reply_same(struct request *request, const char *tag)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    return reply_response(request, MHD_HTTP_NOT_MODIFIED, tagged(response, tag),
                          NULL, NULL);
}
