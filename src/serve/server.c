/*
 * server.c - see serve.h: the listener, and the way of a request through it.
 */
#include "server.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "api_events.h"
#include "aside.h"
#include "http_guard.h"
#include "http_reply.h"
#include "jobs.h"
#include "linking.h"
#include "opened_readings.h"
#include "page_files.h"
#include "uploads.h"

#define REQUEST_MEMORY ((size_t)1 << 30)

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The first the library tells of a request; its address is still as it came,
 * with a NUL behind it. What is returned comes back as the context. */
static void *request_new(void *context, const char *address,
                         struct MHD_Connection *connection)
{
    struct request *request = calloc(1, sizeof *request);
    if (request == NULL)
        return NULL;
    request->server = context;
    request->connection = connection;
    request->raw_at = address;
    request->raw_length = strlen(address);
    request->raw = strdup(address);
    return request;
}

static void request_free(void *context, struct MHD_Connection *connection,
                         void **place, enum MHD_RequestTerminationCode code)
{
    struct request *request = *place;
    (void)context;
    (void)connection;
    (void)code;
    *place = NULL;
    if (request == NULL)
        return;
    upload_abandon(request->upload);
    aside_free(request->aside);
    arena_release(request->arena);
    free(request->body);
    free(request->raw);
    free(request);
}

static bool is_api(const struct request *request)
{
    return request->address.piece_count >= 2 &&
           strcmp(request->address.pieces[0], "api") == 0 &&
           strcmp(request->address.pieces[1], "v1") == 0;
}

static bool is_piece(const struct request *request, size_t count,
                     const char *first)
{
    return request->address.piece_count == count &&
           strcmp(request->address.pieces[0], first) == 0;
}

/* Who asks; 0 where they may. What is no secret needs none: the files of the
 * page, which hold nothing of a case, and the door itself. */
static unsigned check_secrets(struct request *request, const char **words)
{
    struct error error;
    struct server *server = request->server;
    bool is_open =
        is_piece(request, 2, "assets") || is_piece(request, 2, "open");
    const char *cookie = guard_cookie(request, &error);
    pthread_mutex_lock(&server->lock);
    if (cookie != NULL)
        request->session = access_by_cookie(&server->access, cookie);
    bool has_key = request->session != NULL && request->head.key != NULL &&
                   access_has_key(request->session, request->head.key);
    bool is_allowed =
        rate_allows(has_key || (request->session != NULL && !is_api(request))
                        ? &server->access.inside
                        : &server->access.outside,
                    now());
    pthread_mutex_unlock(&server->lock);
    *words = "too much at once";
    if (!is_allowed)
        return MHD_HTTP_TOO_MANY_REQUESTS;
    *words = "open the address that madai printed when it started";
    if (!is_open && request->session == NULL)
        return MHD_HTTP_UNAUTHORIZED;
    *words = "the key of the page is missing";
    return is_api(request) && !has_key ? MHD_HTTP_FORBIDDEN : 0;
}

static unsigned check_route(struct request *request, const char **words)
{
    bool is_path;
    if (!is_api(request)) {
        *words = "only GET here";
        return strcmp(request->method, "POST") == 0
                   ? MHD_HTTP_METHOD_NOT_ALLOWED
                   : 0;
    }
    request->route = api_find(request, &is_path);
    *words = is_path ? "another method" : "there is no such address";
    if (request->route == NULL)
        return is_path ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_NOT_FOUND;
    if (strcmp(request->method, "POST") != 0)
        return 0;
    bool is_upload = (request->route->flags & API_UPLOADS) != 0;
    const char *type =
        is_upload ? "application/octet-stream" : "application/json";
    *words = type;
    if (request->head.type == NULL || strcmp(request->head.type, type) != 0)
        return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
    *words = "the body is too long";
    return request->head.length >
                   (is_upload ? UPLOAD_BYTES_MAX : (uint64_t)BODY_BYTES_MAX)
               ? MHD_HTTP_CONTENT_TOO_LARGE
               : 0;
}

/* All that can be known before the body; 0 where it may come. */
static unsigned check(struct request *request, const char *version,
                      struct error *error, const char **words)
{
    guard_look(request);
    unsigned status = guard_check(request, version, words);
    /* The answer to another method says which ones there are here. */
    if (status != 0 && status != MHD_HTTP_METHOD_NOT_ALLOWED)
        return status;
    request->arena = arena_new(REQUEST_MEMORY);
    *words = "out of memory";
    if (request->arena == NULL)
        return MHD_HTTP_INSUFFICIENT_STORAGE;
    if (!address_parse((struct slice){request->raw, request->raw_length},
                       request->arena, &request->address, error)) {
        *words = error->text;
        return MHD_HTTP_BAD_REQUEST;
    }
    if (status != 0) {
        *words = "another method";
        return status;
    }
    status = check_secrets(request, words);
    if (status == 0)
        status = check_route(request, words);
    if (status == 0 && request->route != NULL &&
        (request->route->flags & API_UPLOADS) != 0 &&
        (request->upload = upload_begin(request, error)) == NULL) {
        *words = error->text;
        status = error->kind == ERROR_USAGE ? MHD_HTTP_BAD_REQUEST
                                            : MHD_HTTP_INSUFFICIENT_STORAGE;
    }
    return status;
}

static enum MHD_Result begin(struct request *request, const char *version)
{
    struct error error = {.kind = ERROR_NONE};
    const char *words = "";
    unsigned status = check(request, version, &error, &words);
    if (status == 0)
        return MHD_YES;
    /* A person who comes with an old address reads words, not JSON. */
    if (status == MHD_HTTP_UNAUTHORIZED && !is_api(request))
        return page_closed(request);
    return reply_refuse(request, status, words);
}

static enum MHD_Result take_body(struct request *request, const char *bytes,
                                 size_t length)
{
    if (request->upload != NULL) {
        if (request->upload_error.kind == ERROR_NONE)
            (void)!upload_write(request->upload, (struct slice){bytes, length},
                                &request->upload_error);
        return MHD_YES;
    }
    if (request->body == NULL)
        request->body = calloc(BODY_BYTES_MAX + 1, 1);
    if (request->body == NULL || length > BODY_BYTES_MAX - request->body_length)
        return MHD_NO;
    memcpy(request->body + request->body_length, bytes, length);
    request->body_length += length;
    return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *bytes,
                              size_t *length, void **place)
{
    struct request *request = *place;
    (void)context;
    (void)connection;
    (void)url;
    if (request == NULL || request->is_answered)
        return MHD_NO;
    request->method = method;
    if (!request->is_begun) {
        request->is_begun = true;
        return begin(request, version);
    }
    if (*length > 0) {
        enum MHD_Result result = take_body(request, bytes, *length);
        *length = 0;
        return result;
    }
    return request->route != NULL ? request_answer(request)
                                  : page_answer(request);
}

/* Addresses are decoded by us (http_address.h). */
static size_t as_it_is(void *context, struct MHD_Connection *connection,
                       char *word)
{
    (void)context;
    (void)connection;
    return strlen(word);
}

static void say_nothing(void *context, const char *format, va_list values)
{
    (void)context;
    (void)format;
    (void)values;
}

static bool listen_on(struct server *server, struct error *error)
{
    struct sockaddr_in place = {.sin_family = AF_INET,
                                .sin_port = htons(server->options.port),
                                .sin_addr = {htonl(INADDR_LOOPBACK)}};
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
            MHD_USE_ERROR_LOG,
        server->options.port, NULL, NULL, handle, server,
        MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_SOCK_ADDR,
        &place, MHD_OPTION_URI_LOG_CALLBACK, request_new, server,
        MHD_OPTION_NOTIFY_COMPLETED, request_free, server,
        MHD_OPTION_UNESCAPE_CALLBACK, as_it_is, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS_MAX,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (server->daemon == NULL)
        return error_set(error, ERROR_IO,
                         "cannot listen on port %u of 127.0.0.1: it is taken, "
                         "or not allowed",
                         server->options.port);
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info != NULL ? info->port : server->options.port;
    snprintf(server->host, sizeof server->host, "127.0.0.1:%u", server->port);
    snprintf(server->origin, sizeof server->origin, "http://%s", server->host);
    snprintf(server->cookie, sizeof server->cookie, "madai-%u", server->port);
    return true;
}

/* Whoever asks before this has ended meets an empty name of the host. */
static bool start(struct server *server, struct error *error)
{
    enum { WAIT = 3000 };
    access_begin(&server->access);
    server->casefile =
        casefile_open(server->options.case_path, CASEFILE_WRITE, error);
    if (server->casefile == NULL)
        return error_prefix(error, "%.150s", server->options.case_path);
    casefile_share(server->casefile);
    casefile_wait(server->casefile, WAIT);
    return secret_new(server->boot, error) &&
           (server->files =
                page_files_new(server->options.web_folder, error)) != NULL &&
           (server->readings = opened_readings_new(error)) != NULL &&
           (server->uploads = uploads_new(server->options.case_path, error)) !=
               NULL &&
           (server->events = events_new(error)) != NULL &&
           (server->jobs = jobs_new(server, error)) != NULL &&
           (server->links = linking_new(server->options.case_path, error)) !=
               NULL &&
           (server->asides = asides_new(error)) != NULL &&
           listen_on(server, error);
}

struct server *serve_start(const struct serve *options, struct error *error)
{
    struct server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    server->options = *options;
    pthread_mutex_init(&server->lock, NULL);
    if (start(server, error))
        return server;
    serve_stop(server);
    return NULL;
}

bool serve_address(struct server *server, char address[SERVE_ADDRESS_SIZE],
                   struct error *error)
{
    pthread_mutex_lock(&server->lock);
    const char *token = access_token_new(&server->access, error);
    if (token != NULL)
        snprintf(address, SERVE_ADDRESS_SIZE, "%s/open/%s", server->origin,
                 token);
    pthread_mutex_unlock(&server->lock);
    return token != NULL;
}

void serve_tick(struct server *server) { events_tick(server->events); }

bool serve_is_watched(struct server *server)
{
    return events_listener_count(server->events) > 0;
}

void serve_stop(struct server *server)
{
    if (server == NULL)
        return;
    jobs_free(server->jobs);
    events_end(server->events);
    asides_end(server->asides);
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    events_free(server->events);
    asides_free(server->asides);
    linking_free(server->links);
    uploads_free(server->uploads);
    opened_readings_free(server->readings);
    page_files_free(server->files);
    json_decref(server->counted);
    casefile_close(server->casefile);
    pthread_mutex_destroy(&server->lock);
    explicit_bzero(&server->access, sizeof server->access);
    free(server);
}
