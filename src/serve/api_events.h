/*
 * api_events.h - server-sent events: who listens hears at once how far a job
 * has come, and that the case has changed, instead of asking again and again.
 *
 * Only the newest state is told: who was slow misses steps, never the end.
 */
#ifndef MADAI_API_EVENTS_H
#define MADAI_API_EVENTS_H

#include "server.h"

enum { EVENT_BYTES_MAX = 2048, LISTENERS_MAX = 24 };

MUST_CHECK struct event_room *events_new(struct error *);
void events_free(struct event_room *); /* NULL is allowed */

/* Tells all listeners; `data` is one line of JSON, copied. Any thread. */
void events_tell(struct event_room *, const char *name, const char *data);
size_t events_listener_count(struct event_room *);
/* A sign of life to each, so that those who left are noticed. */
void events_tick(struct event_room *);
/* Ends all streams; before the server stops. NULL is allowed. */
void events_end(struct event_room *);

/* Answers the request with a stream. */
enum MHD_Result events_listen(struct request *);

#endif
