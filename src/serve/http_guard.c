/*
 * http_guard.c - see http_guard.h.
 */
#include "http_guard.h"

#include <strings.h>

static bool is_named(const char *key, const char *name)
{
    return strcasecmp(key, name) == 0;
}

/* Digits alone: no sign, no blank, no list. */
static bool length_of(const char *value, uint64_t *length)
{
    *length = 0;
    for (const char *c = value; *c != '\0'; c++) {
        if (*c < '0' || *c > '9' || *length > UINT64_MAX / 100)
            return false;
        *length = *length * 10 + (uint64_t)(*c - '0');
    }
    return *value != '\0';
}

/* The letters that a name may have (RFC 9110, 5.6.2). */
static bool is_token(const char *key)
{
    size_t length = strspn(key, "!#$%&'*+-.^_`|~0123456789"
                                "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return length > 0 && key[length] == '\0';
}

/* The library ends a value with a NUL where its line ended, one for CR and one
 * for LF. Where only one is there, a bare LF or a NUL of the sender's was
 * taken for the end. */
static bool is_whole(const char *value, size_t length)
{
    return value[length] == '\0' && value[length + 1] == '\0';
}

/* A header that may come once. */
static void take_once(struct http_head *head, const char **place,
                      const char *value)
{
    head->is_bad |= *place != NULL;
    *place = value;
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind,
                                   const char *key, size_t key_length,
                                   const char *value, size_t value_length)
{
    struct http_head *head = context;
    (void)kind;
    if (value == NULL || strlen(key) != key_length || !is_token(key) ||
        strlen(value) != value_length || !is_whole(value, value_length)) {
        head->is_bad = true;
        return MHD_YES;
    }
    if (is_named(key, "Host")) {
        head->hosts++;
        head->host = value;
    } else if (is_named(key, "Content-Length")) {
        head->lengths++;
        head->is_bad |= !length_of(value, &head->length);
    } else if (is_named(key, "Transfer-Encoding") || is_named(key, "Upgrade")) {
        head->others++;
    } else if (is_named(key, "Origin")) {
        take_once(head, &head->origin, value);
    } else if (is_named(key, "Cookie")) {
        take_once(head, &head->cookie, value);
    } else if (is_named(key, "X-Madai-Key")) {
        take_once(head, &head->key, value);
    } else if (is_named(key, "Content-Type")) {
        take_once(head, &head->type, value);
    } else if (is_named(key, "If-None-Match")) {
        take_once(head, &head->tag, value);
    } else if (is_named(key, "Sec-Fetch-Site")) {
        take_once(head, &head->site, value);
    }
    return MHD_YES;
}

void guard_look(struct request *request)
{
    request->head = (struct http_head){0};
    MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND,
                                take_header, &request->head);
}

/* Who else could have sent this: another site in the same browser, or a name
 * that was made to point here. */
static unsigned check_from(const struct request *request, const char **words)
{
    const struct http_head *head = &request->head;
    if (head->hosts != 1 || strcmp(head->host, request->server->host) != 0) {
        *words = "this is not the host you asked for";
        return MHD_HTTP_MISDIRECTED_REQUEST;
    }
    if (head->origin != NULL &&
        strcmp(head->origin, request->server->origin) != 0) {
        *words = "asked for by another site";
        return MHD_HTTP_FORBIDDEN;
    }
    if (head->site != NULL && strcmp(head->site, "same-origin") != 0 &&
        strcmp(head->site, "none") != 0) {
        *words = "asked for by another site";
        return MHD_HTTP_FORBIDDEN;
    }
    return 0;
}

/* Where a body ends, there must be one answer. */
static unsigned check_body(const struct request *request, const char **words)
{
    const struct http_head *head = &request->head;
    bool is_post = strcmp(request->method, "POST") == 0;
    *words = "the length of the body is not clear";
    if (head->others > 0 || head->lengths > 1)
        return MHD_HTTP_BAD_REQUEST;
    if (is_post && head->lengths == 0)
        return MHD_HTTP_LENGTH_REQUIRED;
    if (!is_post && head->length > 0) {
        *words = "only POST has a body";
        return MHD_HTTP_BAD_REQUEST;
    }
    *words = "sent by no page of ours";
    if (is_post && head->origin == NULL)
        return MHD_HTTP_FORBIDDEN;
    return 0;
}

unsigned guard_check(const struct request *request, const char *version,
                     const char **words)
{
    *words = "the address has a NUL in it";
    if (request->raw == NULL ||
        version != request->raw_at + request->raw_length + 1)
        return MHD_HTTP_BAD_REQUEST;
    *words = "only HTTP/1.1";
    if (strcmp(version, "HTTP/1.1") != 0)
        return MHD_HTTP_HTTP_VERSION_NOT_SUPPORTED;
    *words = "the address is too long";
    if (request->raw_length > ADDRESS_BYTES_MAX)
        return MHD_HTTP_URI_TOO_LONG;
    *words = "only GET, HEAD and POST";
    if (strcmp(request->method, "GET") != 0 &&
        strcmp(request->method, "HEAD") != 0 &&
        strcmp(request->method, "POST") != 0)
        return MHD_HTTP_METHOD_NOT_ALLOWED;
    *words = "a header is twice there, or has a NUL in it";
    if (request->head.is_bad)
        return MHD_HTTP_BAD_REQUEST;
    unsigned status = check_from(request, words);
    return status != 0 ? status : check_body(request, words);
}

const char *guard_cookie(const struct request *request, struct error *error)
{
    const char *name = request->server->cookie;
    size_t length = strlen(name);
    const char *found = NULL;
    size_t found_length = 0;
    for (const char *at = request->head.cookie; at != NULL && *at != '\0';) {
        while (*at == ' ' || *at == ';')
            at++;
        size_t whole = strcspn(at, ";");
        if (whole > length && strncmp(at, name, length) == 0 &&
            at[length] == '=') {
            if (found != NULL)
                return NULL; /* two of one name: who knows whose */
            found = at + length + 1;
            found_length = whole - length - 1;
        }
        at += whole;
    }
    return found == NULL
               ? NULL
               : arena_string(request->arena,
                              (struct slice){found, found_length}, error);
}
