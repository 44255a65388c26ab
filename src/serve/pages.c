/*
 * pages.c - what is no API: the door, the page and its files, originals.
 */
#include <stdlib.h>

#include "contents.h"
#include "documents.h"
#include "http_reply.h"
#include "page_files.h"

#define HTML "text/html; charset=utf-8"

/* The page knows no nonce: each answer has its own, put where the file says
 * so. */
static enum MHD_Result reply_page(struct request *request, unsigned status,
                                  struct slice page)
{
    static const char mark[] = "{nonce}";
    char nonce[SECRET_SIZE], policy[512];
    struct error error;
    size_t length = 0;
    char *bytes = arena_take(request->arena, page.length * 2 + 4096, 1, &error);
    if (bytes == NULL || !secret_new(nonce, &error) ||
        !reply_policy(nonce, policy))
        return MHD_NO;
    for (size_t at = 0; at < page.length;) {
        bool is_mark = page.length - at >= sizeof mark - 1 &&
                       memcmp(page.data + at, mark, sizeof mark - 1) == 0;
        if (is_mark && length + SECRET_SIZE < page.length * 2 + 4000) {
            memcpy(bytes + length, nonce, SECRET_SIZE - 1);
            length += SECRET_SIZE - 1;
            at += sizeof mark - 1;
        } else {
            bytes[length++] = page.data[at++];
        }
    }
    return reply_bytes(request, status, HTML, (struct slice){bytes, length},
                       NULL, policy);
}

static enum MHD_Result reply_named(struct request *request, unsigned status,
                                   const char *name)
{
    struct error error;
    struct page_file file;
    if (!page_file(request->server->files, name, request->arena, &file, &error))
        return reply_error(request, &error);
    return reply_page(request, status, file.bytes);
}

enum MHD_Result page_closed(struct request *request)
{
    return reply_named(request, MHD_HTTP_UNAUTHORIZED, "closed.html");
}

/* The token for a cookie and a key. The key goes into the part of the address
 * that no browser sends anywhere; the page takes it out of sight at once. A
 * page in between, and no redirection, so that the cookie is sent whoever
 * pointed here. */
static enum MHD_Result open_door(struct request *request)
{
    char page[1024], cookie[256];
    struct server *server = request->server;
    pthread_mutex_lock(&server->lock);
    const struct http_session *session =
        access_open(&server->access, request->address.pieces[1]);
    struct http_session given = {"", ""};
    if (session != NULL)
        given = *session;
    pthread_mutex_unlock(&server->lock);
    if (session == NULL)
        return page_closed(request);
    snprintf(page, sizeof page,
             "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
             "<meta http-equiv=\"refresh\" content=\"0;url=/#key=%s\">"
             "<title>madai</title><p><a href=\"/#key=%s\">Open the case</a>",
             given.key, given.key);
    snprintf(cookie, sizeof cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict",
             server->cookie, given.cookie);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(page), page, MHD_RESPMEM_MUST_COPY);
    if (response != NULL)
        (void)!MHD_add_response_header(response, "Set-Cookie", cookie);
    explicit_bzero(page, sizeof page);
    explicit_bzero(cookie, sizeof cookie);
    return reply_response(request, MHD_HTTP_OK, response, HTML,
                          "default-src 'none'; base-uri 'none'; "
                          "form-action 'none'; frame-ancestors 'none'");
}

static enum MHD_Result reply_asset(struct request *request)
{
    struct error error;
    struct page_file file;
    if (!page_file(request->server->files, request->address.pieces[1],
                   request->arena, &file, &error))
        return reply_error(request, &error);
    if (strstr(file.type, "html") != NULL)
        return reply_refuse(request, MHD_HTTP_NOT_FOUND,
                            "there is no such page");
    if (request->head.tag != NULL && strcmp(request->head.tag, file.tag) == 0)
        return reply_same(request, file.tag);
    return reply_bytes(request, MHD_HTTP_OK, file.type, file.bytes, file.tag,
                       NULL);
}

/* An original on its way out, a piece at a time. */
struct outgoing {
    struct server *server;
    struct arena *arena;
    int64_t content;
};

static ssize_t next_piece(void *context, uint64_t position, char *bytes,
                          size_t most)
{
    enum { PIECE = 1 << 16 };
    struct outgoing *outgoing = context;
    struct error error;
    struct slice piece;
    uint64_t end = position + (most < PIECE ? most : PIECE);
    arena_reset(outgoing->arena);
    if (end > UINT32_MAX ||
        !content_part(outgoing->server->casefile, outgoing->content,
                      (struct span){(uint32_t)position, (uint32_t)end},
                      outgoing->arena, &piece, &error))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (piece.length == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    memcpy(bytes, piece.data, piece.length);
    return (ssize_t)piece.length;
}

static void outgoing_free(void *context)
{
    struct outgoing *outgoing = context;
    arena_release(outgoing->arena);
    free(outgoing);
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

/* RFC 6266, with the name as RFC 8187 escapes it: no byte of it is believed. */
static void disposition_of(const char *name, char header[1024])
{
    const char *slash = strrchr(name, '/');
    size_t length =
        (size_t)snprintf(header, 1024, "attachment; filename*=UTF-8''");
    for (const char *c = slash != NULL ? slash + 1 : name;
         *c != '\0' && length < 1000; c++)
        length += (size_t)snprintf(
            header + length, 1024 - length,
            is_plain((unsigned char)*c) ? "%c" : "%%%02X", (unsigned char)*c);
}

static struct MHD_Response *original_of(struct request *request,
                                        const struct case_document *document,
                                        struct error *error)
{
    char header[1024];
    struct outgoing *outgoing = calloc(1, sizeof *outgoing);
    if (outgoing == NULL ||
        (outgoing->arena = arena_new((size_t)1 << 22)) == NULL) {
        free(outgoing);
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    outgoing->server = request->server;
    outgoing->content = document->content;
    struct MHD_Response *response = MHD_create_response_from_callback(
        document->bytes, 1 << 16, next_piece, outgoing, outgoing_free);
    if (response == NULL) {
        outgoing_free(outgoing);
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    disposition_of(document->facts.name, header);
    (void)!MHD_add_response_header(response, "Content-Disposition", header);
    return response;
}

/* Whoever has a ticket, once. What is given out was hashed just before. */
static enum MHD_Result reply_original(struct request *request)
{
    struct error error = {.kind = ERROR_NONE};
    struct case_document document;
    struct server *server = request->server;
    int64_t id = 0;
    for (size_t i = 0; i < TICKETS_MAX; i++) {
        struct ticket *ticket = &server->tickets[i];
        if (ticket->document != 0 &&
            strcmp(ticket->secret, request->address.pieces[1]) == 0) {
            id = ticket->document;
            *ticket = (struct ticket){0};
        }
    }
    if (id == 0)
        return reply_refuse(request, MHD_HTTP_NOT_FOUND,
                            "this address was used already");
    if (!document_get(server->casefile, id, request->arena, &document,
                      &error) ||
        !content_check(server->casefile, document.content, NULL, &error))
        return reply_error(request, &error);
    struct MHD_Response *response = original_of(request, &document, &error);
    if (response == NULL)
        return reply_error(request, &error);
    return reply_response(request, MHD_HTTP_OK, response,
                          "application/octet-stream", NULL);
}

enum MHD_Result page_answer(struct request *request)
{
    const struct http_address *address = &request->address;
    if (address->value_count > 0)
        return reply_refuse(request, MHD_HTTP_NOT_FOUND,
                            "there is no such page");
    if (address->piece_count == 0)
        return reply_named(request, MHD_HTTP_OK, "index.html");
    if (address->piece_count == 2) {
        if (strcmp(address->pieces[0], "assets") == 0)
            return reply_asset(request);
        if (strcmp(address->pieces[0], "open") == 0)
            return open_door(request);
        if (strcmp(address->pieces[0], "original") == 0)
            return reply_original(request);
    }
    return reply_refuse(request, MHD_HTTP_NOT_FOUND, "there is no such page");
}
