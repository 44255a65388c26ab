/*
 * server.h - what the parts of the server share. Of serve/ alone.
 */
#ifndef MADAI_SERVER_H
#define MADAI_SERVER_H

#include <microhttpd.h>
#include <pthread.h>

#include "arena.h"
#include "casefile.h"
#include "http_access.h"
#include "http_address.h"
#include "json.h"
#include "serve.h"

enum {
    BODY_BYTES_MAX = 1 << 16, /* of a request in JSON */
    ROWS_MAX = 200,           /* of a list, in one answer */
    ROWS_USUAL = 50,
    CONNECTIONS_MAX = 200,
    IDLE_SECONDS_MAX = 10,
    TICKETS_MAX = 16,
};

struct aside;
struct aside_room;
struct event_room;
struct job_room;
struct link_room;
struct opened_readings;
struct page_files;
struct upload;
struct upload_room;

/* Leave to fetch one original once. */
struct ticket {
    char secret[SECRET_SIZE];
    int64_t document;
};

struct server {
    struct serve options;
    struct MHD_Daemon *daemon;
    uint16_t port;
    char host[32]; /* what the header has to say, exactly */
    char origin[40];
    char cookie[32]; /* its name, with the port: cookies do not know ports */
    char boot[SECRET_SIZE]; /* tags of answers are of this run */
    pthread_mutex_t lock;   /* of access */
    struct http_access access;
    struct casefile *casefile;
    struct opened_readings *readings;
    struct page_files *files;
    struct upload_room *uploads;
    struct event_room *events;
    struct job_room *jobs;
    struct link_room *links;
    struct aside_room *asides;
    struct ticket tickets[TICKETS_MAX];
    unsigned next_ticket;
    json_t *counted;      /* answers about the whole case, by address, */
    uint64_t counted_for; /* for this length of the ledger */
};

/* What the headers say that matters; strings are the library's. */
struct http_head {
    const char *host, *origin, *cookie, *key, *type, *tag, *site;
    unsigned hosts, lengths, others; /* others: Transfer-Encoding, Upgrade */
    uint64_t length;
    bool is_bad; /* a header twice that counts, or a NUL in one */
};

struct request {
    struct server *server;
    struct MHD_Connection *connection;
    struct arena *arena;
    char *raw; /* the address as it came */
    size_t raw_length;
    const char *raw_at; /* where it stands in the library's buffer */
    struct http_address address;
    struct http_head head;
    const struct http_session *session;
    const struct api_route *route; /* NULL: not of the API */
    char *body;
    size_t body_length;
    struct upload *upload;
    struct aside *aside; /* its answer is made elsewhere */
    struct error upload_error;
    const char *method;
    bool is_begun, is_answered;
};

/* An answer in JSON. False: the error says why, and becomes the status. */
typedef bool (*api_handler)(struct request *, json_t **answer, struct error *);

enum api_flags {
    API_OF_LEDGER = 1, /* says the same until the ledger grows */
    API_WHOLE = 2,     /* ... and is dear: kept by the server too */
    API_WRITES = 4,
    API_UPLOADS = 8,
    API_STREAMS = 16, /* answers by itself */
    API_ASIDE = 32,   /* takes long, and is no JSON: aside.h */
};
struct api_route {
    const char *method;
    const char *path; /* below /api/v1; * is any piece */
    api_handler handler;
    unsigned flags;
    const char *values[12]; /* names that the query may have */
};
/* Numbers of entries in addresses: what programs count exactly. */
#define ENTRY_MAX ((uint64_t)1 << 53)

/* In api.c; ends with a NULL method. */
extern const struct api_route api_routes[];

/* The route of the request. NULL: none; `is_path` says whether another method
 * would have one. */
const struct api_route *api_find(const struct request *, bool *is_path);

/* The methods that the address of the request has, as Allow lists them. */
const char *api_allowed(const struct request *);

/* The piece of the path after "/api/v1/", from 0. */
const char *request_piece(const struct request *, size_t number);

/* Parsed body, an object. ERROR_USAGE. Yours to json_decref. */
MUST_CHECK json_t *request_body(const struct request *, struct error *);
/* A string of an object; NULL where there is none. ERROR_USAGE where it is of
 * another type or has a NUL. */
MUST_CHECK bool body_string(const json_t *, const char *key, const char **,
                            struct error *);
/* ERROR_USAGE where the object has a member that is not among these. */
MUST_CHECK bool body_only(const json_t *, const char *const *keys, size_t count,
                          struct error *);

/* limit and offset of the query. */
MUST_CHECK bool request_page(const struct request *, uint64_t *limit,
                             uint64_t *offset, struct error *);

enum MHD_Result request_answer(struct request *);
/* What is no API: the page, its files, the door, an original. */
enum MHD_Result page_answer(struct request *);
enum MHD_Result page_closed(struct request *);

#endif
