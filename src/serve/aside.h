/*
 * aside.h - answers that take long, made in a thread beside the answering one,
 * which goes on meanwhile: the connection sleeps until its answer is there.
 *
 * Such a thread has nothing of the server: what it needs of the case it was
 * given, or opens for itself.
 */
#ifndef MADAI_ASIDE_H
#define MADAI_ASIDE_H

#include "server.h"

enum { ASIDE_MOST = 4, ASIDE_HEADERS = 2 };

/* What the work makes. Strings and bytes are the arena's. */
struct aside_answer {
    const char *type;
    struct slice bytes;
    const char *headers[ASIDE_HEADERS][2]; /* name and value; or NULL */
};

struct aside_work {
    /* In the thread. False: the error becomes the status. */
    bool (*run)(void *context, struct arena *, struct aside_answer *,
                struct error *);
    void (*release)(void *context); /* or NULL */
    void *context;
};

struct aside_room;

MUST_CHECK struct aside_room *asides_new(struct error *);
/* Waits for all of them; before the server stops. NULL is allowed. */
void asides_end(struct aside_room *);
void asides_free(struct aside_room *); /* NULL is allowed */

/* Puts the request to sleep and begins the work, which is taken in any case.
 * ERROR_IO: too much is going on; ERROR_LIMIT. Afterwards the handler has
 * nothing more to say: its answer stays NULL. */
MUST_CHECK bool aside_begin(struct request *, const struct aside_work *,
                            struct error *);

/* Answers a request whose work has ended. */
enum MHD_Result aside_answer(struct request *);
void aside_free(struct aside *); /* NULL is allowed */

#endif
