/*
 * http_reply.h - answers, each with the headers that keep a browser strict.
 */
#ifndef MADAI_HTTP_REPLY_H
#define MADAI_HTTP_REPLY_H

#include "server.h"

/* A page of ours: scripts and styles run that have the nonce in their tag, and
 * nothing else; nothing is fetched but from here. */
MUST_CHECK bool reply_policy(const char *nonce, char policy[512]);

/* Answers with bytes, which are copied. `tag` may be NULL. `policy` NULL:
 * nothing may run or be fetched. */
enum MHD_Result reply_bytes(struct request *, unsigned status, const char *type,
                            struct slice, const char *tag, const char *policy);
/* The same of JSON, which is taken. */
enum MHD_Result reply_json(struct request *, unsigned status, json_t *,
                           const char *tag);
/* {"error": {"kind", "words"}}, and the connection is closed where a body may
 * still come. */
enum MHD_Result reply_refuse(struct request *, unsigned status,
                             const char *words);
enum MHD_Result reply_error(struct request *, const struct error *);
/* 304, nothing has changed. */
enum MHD_Result reply_same(struct request *, const char *tag);

/* Takes a response that was made elsewhere: an attachment, a stream. */
enum MHD_Result reply_response(struct request *, unsigned status,
                               struct MHD_Response *, const char *type,
                               const char *policy);

#endif
