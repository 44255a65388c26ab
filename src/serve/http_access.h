/*
 * http_access.h - who may come in, and how often.
 *
 * The address that is printed has a token in it that opens one door once: it
 * is exchanged for a cookie, which the browser sends by itself, and a key,
 * which only our own page knows and sends in a header. Both are needed for
 * everything that is in the case. The cookie alone is not enough, since
 * browsers send it to every port of this machine; the key alone is not, since
 * it stands where scripts can read it.
 *
 * One thread's at a time.
 */
#ifndef MADAI_HTTP_ACCESS_H
#define MADAI_HTTP_ACCESS_H

#include <stdint.h>

#include "error.h"

enum {
    SECRET_SIZE = 65,     /* 256 random bits as digits, and a NUL */
    ACCESS_SESSIONS = 16, /* browsers let in; one more shuts out the first */
    ACCESS_TOKENS = 4,    /* addresses that nobody has opened yet */
};

struct http_session {
    char cookie[SECRET_SIZE];
    char key[SECRET_SIZE];
};

/* So many at once, so many a second afterwards. */
struct rate {
    double most, a_second;
    double left;
    uint64_t last; /* nanoseconds */
};

struct http_access {
    struct http_session sessions[ACCESS_SESSIONS];
    unsigned next_session;
    char tokens[ACCESS_TOKENS][SECRET_SIZE];
    unsigned next_token;
    struct rate inside, outside; /* who showed both secrets; all others */
};

void access_begin(struct http_access *);

/* A secret from the system's own source. ERROR_IO. */
MUST_CHECK bool secret_new(char secret[SECRET_SIZE], struct error *);

/* A new token; it is valid until used, or until four more were made. Borrowed
 * until then. NULL with ERROR_IO. */
MUST_CHECK const char *access_token_new(struct http_access *, struct error *);

/* Takes the token for a session; NULL where it is none, or was used, or
 * nothing random was to be had. Borrowed. */
const struct http_session *access_open(struct http_access *, const char *token);

/* The session of this cookie; NULL where there is none. Both comparisons take
 * the same time whatever is given. */
const struct http_session *access_by_cookie(const struct http_access *,
                                            const char *cookie);
bool access_has_key(const struct http_session *, const char *key);

/* Whether one more may be answered at this moment (CLOCK_MONOTONIC). */
bool rate_allows(struct rate *, uint64_t nanoseconds);

#endif
