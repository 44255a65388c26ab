/*
 * http_guard.h - what is refused before anybody looks at it.
 *
 * The library is lenient, as servers for the whole web are: it takes the
 * first of two Host headers, a length beside a transfer coding, and a NUL in
 * the address or a header, behind which nobody sees. A page for one person can
 * be strict.
 */
#ifndef MADAI_HTTP_GUARD_H
#define MADAI_HTTP_GUARD_H

#include "server.h"

/* Collects the headers that matter into request->head. */
void guard_look(struct request *);

/* The status of the refusal and its words; 0 where the request may go on. It
 * says nothing yet of who asks. `version` is what follows the address. */
unsigned guard_check(const struct request *, const char *version,
                     const char **words);

/* The value of our cookie, or NULL; in the arena. */
const char *guard_cookie(const struct request *, struct error *);

#endif
