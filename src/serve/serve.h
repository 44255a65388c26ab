/*
 * serve.h - `madai serve`: a case in the browser of the person before this
 * machine, and of nobody else.
 *
 * Invariants
 *   1. It listens on 127.0.0.1 alone, and opens no connection itself.
 *   2. Whoever shows not both secrets (http_access.h) gets nothing of the case.
 *   3. What came in with a document is never part of a page: it is a string
 *      in JSON, or an attachment that no browser runs.
 *   4. Everything the page can do goes through /api/v1, and that through the
 *      same functions as the commands.
 *   5. One thread answers; one more adds and verifies. Each has the case open
 *      for itself.
 */
#ifndef MADAI_SERVE_H
#define MADAI_SERVE_H

#include <stdint.h>

#include "error.h"

struct gazetteer;
struct model;

struct serve {
    const char *case_path;
    const char *reviewer;   /* who decides, unless the page says otherwise */
    const char *web_folder; /* the page from there, to work on it; or NULL */
    uint16_t port;          /* 0: any that is free */
    unsigned threads;       /* that read */
    /* Opens what reading needs, once, when the first document comes. They
     * are the caller's to close after serve_stop. */
    bool (*know)(void *context, const struct model **,
                 const struct gazetteer **, struct error *);
    void *context;
};

struct server; /* opaque */

/* Starts to answer. The options are copied, what they point to is borrowed.
 * NULL: ERROR_IO (the port is taken), or why the case does not open. Yours to
 * stop. */
MUST_CHECK struct server *serve_start(const struct serve *, struct error *);

/* "http://127.0.0.1:40123/open/..." with a new token, which one browser can
 * use once. ERROR_IO. */
enum { SERVE_ADDRESS_SIZE = 128 };
MUST_CHECK bool serve_address(struct server *, char address[SERVE_ADDRESS_SIZE],
                              struct error *);

/* Lets those who listen for news know that we are still here, and notices
 * those who are gone; every few seconds. */
void serve_tick(struct server *);

/* Whether a page is open somewhere: it listens for news. */
bool serve_is_watched(struct server *);

/* Ends what is being added after the document that is being read, waits for
 * it, and removes what was sent and not added. NULL is allowed. */
void serve_stop(struct server *);

#endif
