/*
 * api_documents.c - documents, and their texts a window at a time.
 */
#include "api_handlers.h"
#include "api_json.h"
#include "contents.h"
#include "lists.h"
#include "page_picture.h"
#include "text_map.h"

/* A window of text with its findings comes to less than 100 kB: it is cut short
 * where much was found in it. */
enum {
    WINDOW_BYTES = 9000,
    LOOK_BACK = 3000,
    WINDOW_FINDINGS = 120,
    FINDINGS_MOST = 5000
};

static json_t *made(json_t *json, struct error *error)
{
    if (json == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the answer");
    return json;
}

static json_t *listed_json(const struct listed_document *document,
                           struct error *error)
{
    json_t *json =
        made(json_pack("{s:s,s:s,s:I,s:b,s:b,s:I,s:I,s:I}", "document",
                       document->sha256, "name", document->name, "bytes",
                       (json_int_t)document->bytes, "held",
                       (int)document->is_held, "read", (int)document->is_read,
                       "findings", (json_int_t)document->findings, "claims",
                       (json_int_t)document->claims, "decided",
                       (json_int_t)document->decided),
             error);
    if (json != NULL && !put_words(json, "date", document->date, error)) {
        json_decref(json);
        return NULL;
    }
    return json;
}

static bool order_of(const struct request *request, enum document_order *order,
                     struct error *error)
{
    static const char *const orders[] = {"added", "name", "date"};
    const char *word = address_value(&request->address, "order");
    *order = DOCUMENTS_ADDED;
    for (size_t i = 0; i < 3 && word != NULL; i++) {
        if (strcmp(word, orders[i]) == 0) {
            *order = (enum document_order)i;
            return true;
        }
    }
    return word == NULL ||
           error_set(error, ERROR_USAGE, "order is added, name or date");
}

bool api_documents(struct request *request, json_t **answer,
                   struct error *error)
{
    struct listed_documents documents;
    struct documents_wanted wanted = {
        .name = address_value(&request->address, "name")};
    if (!order_of(request, &wanted.order, error) ||
        !request_page(request, &wanted.limit, &wanted.offset, error) ||
        !list_documents(request->server->casefile, &wanted, request->arena,
                        &documents, error))
        return false;
    json_t *items = json_array();
    for (size_t i = 0; i < documents.count; i++) {
        json_t *document = listed_json(&documents.items[i], error);
        if (document == NULL || json_array_append_new(items, document) != 0) {
            json_decref(items);
            return false;
        }
    }
    *answer = made(json_pack("{s:I,s:o}", "total", (json_int_t)documents.total,
                             "items", items),
                   error);
    return *answer != NULL;
}

/* The document of the address, and its reading. */
static const struct opened_reading *
open_document(struct request *request, struct case_document *document,
              struct error *error)
{
    struct server *server = request->server;
    if (!document_by_hash(server->casefile, request_piece(request, 1),
                          request->arena, document, error))
        return NULL;
    return opened_reading_get(server->readings, server->casefile, document->id,
                              error);
}

static bool put_actor(json_t *json, const char *key, const char *id,
                      const struct opened_reading *opened, struct error *error)
{
    const json_t *actor = json_object_get(opened->ids, id != NULL ? id : "");
    return put_words(json, key,
                     json_string_value(json_object_get(actor, "name")), error);
}

/* What the reading says of the document itself. */
static bool put_reading(json_t *json, const struct opened_reading *opened,
                        struct error *error)
{
    static const char *const keys[] = {"language",  "date",  "date_from",
                                       "publisher", "title", "kind"};
    const json_t *facts = json_object_get(opened->reading, "document");
    json_t *said = json_object();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (json_is_string(json_object_get(facts, keys[i])))
            json_object_set(said, keys[i], json_object_get(facts, keys[i]));
    return put_actor(said, "issuer",
                     json_string_value(json_object_get(facts, "issuer")),
                     opened, error) &&
           json_object_set_new(json, "said", said) == 0;
}

static bool put_facts(json_t *json, const struct case_document *document,
                      struct error *error)
{
    const char *values[DOCUMENT_FACTS];
    json_t *facts = json_object();
    bool is_well = true;
    document_facts_list(&document->facts, values);
    for (size_t i = 0; i < DOCUMENT_FACTS && is_well; i++)
        is_well = put_words(facts, document_fact_names[i], values[i], error);
    return json_object_set_new(json, "facts", facts) == 0 && is_well;
}

/* How many pages the text came from, where the original is held and can be
 * drawn a page at a time. */
static bool put_pages(struct request *request, json_t *json,
                      const struct case_document *document,
                      const struct case_text *text, struct error *error)
{
    enum { LOOK = 4096 };
    struct slice head;
    struct text_map map;
    uint32_t pages = 0;
    struct casefile *casefile = request->server->casefile;
    if (document->content == 0 || text->map == 0)
        return true;
    if (!content_part(casefile, document->content, (struct span){0, LOOK},
                      request->arena, &head, error))
        return false;
    if (!page_picture_is_possible(head, document->facts.name))
        return true;
    if (!text_map_get(casefile, text, request->arena, &map, error))
        return false;
    for (size_t i = 0; i < map.places.count; i++)
        if (map.places.items[i].page > pages)
            pages = map.places.items[i].page;
    return pages == 0 ||
           json_object_set_new(json, "pages", json_integer(pages)) == 0;
}

bool api_document(struct request *request, json_t **answer, struct error *error)
{
    struct case_document document;
    struct case_text text = {0};
    const struct opened_reading *opened =
        open_document(request, &document, error);
    if (opened == NULL ||
        (opened->text != 0 &&
         !text_get(request->server->casefile, opened->text, &text, error)))
        return false;
    *answer = made(json_pack("{s:s,s:s,s:I,s:b,s:I,s:I,s:b}", "document",
                             document.sha256, "name", document.facts.name,
                             "bytes", (json_int_t)document.bytes, "held",
                             (int)(document.content != 0), "entry",
                             (json_int_t)document.entry, "text",
                             (json_int_t)text.bytes, "read",
                             (int)(opened->text != 0)),
                   error);
    return *answer != NULL && put_facts(*answer, &document, error) &&
           put_pages(request, *answer, &document, &text, error) &&
           (opened->text == 0 || put_reading(*answer, opened, error));
}

static bool is_inside(struct slice bytes, size_t at)
{
    return at < bytes.length && ((unsigned char)bytes.data[at] & 0xC0) == 0x80;
}

/* After the last end of a line before `at`, not further back than `least`; a
 * border of characters where there is none. */
static size_t line_begin(struct slice bytes, size_t at, size_t least)
{
    for (size_t i = at; i > least; i--)
        if (bytes.data[i - 1] == '\n')
            return i;
    while (is_inside(bytes, at) && at > 0)
        at--;
    return at;
}

/* A window that begins and ends with a line, where lines are not longer than
 * it. */
static bool window_of(struct request *request, struct case_text *text,
                      struct span *window, struct slice *bytes,
                      struct error *error)
{
    uint64_t at, before;
    const struct http_address *address = &request->address;
    if (!address_number(address, "at", 0, UINT32_MAX, &at, error) ||
        !address_number(address, "before", 0, UINT32_MAX, &before, error))
        return false;
    if (address_value(address, "before") != NULL)
        at = before > WINDOW_BYTES ? before - WINDOW_BYTES : 0;
    if (at > text->bytes)
        at = text->bytes;
    uint32_t from = (uint32_t)(at > LOOK_BACK ? at - LOOK_BACK : 0);
    /* A character more, to see whether one is cut. */
    struct span wide = {from, (uint32_t)at + WINDOW_BYTES + 4};
    if (text->bytes < wide.end)
        wide.end = (uint32_t)text->bytes;
    if (!content_part(request->server->casefile, text->content, wide,
                      request->arena, bytes, error))
        return false;
    size_t begin = from == 0 && at < LOOK_BACK && at == 0
                       ? 0
                       : line_begin(*bytes, at - from, 0);
    size_t end = bytes->length;
    if (wide.end < text->bytes)
        end = line_begin(*bytes, end - 4, begin + WINDOW_BYTES / 2);
    if (address_value(address, "before") != NULL && before > from &&
        before - from < end)
        end = before - from;
    if (end < begin)
        end = begin;
    *window = (struct span){from + (uint32_t)begin, from + (uint32_t)end};
    *bytes = (struct slice){bytes->data + begin, end - begin};
    return true;
}

/* Spans of a layer that meet the window. */
static json_t *layer_in(const json_t *layer, struct span window)
{
    size_t i;
    json_t *object, *found = json_array();
    json_array_foreach(layer, i, object)
    {
        const json_t *span = json_object_get(object, "span");
        if (json_is_array(json_array_get(span, 0)))
            span = json_array_get(span, 0);
        json_int_t begin = json_integer_value(json_array_get(span, 0));
        json_int_t end = json_integer_value(json_array_get(span, 1));
        if (begin < (json_int_t)window.end && end > (json_int_t)window.begin)
            json_array_append(found, object);
    }
    return found;
}

/* Shortens the window to lines with no more findings than it may have, from
 * its end, or from its begin where one reads backwards. */
static void narrow(struct span *window, struct slice *bytes,
                   struct findings *findings, bool is_backwards)
{
    size_t count = findings->count;
    if (count <= WINDOW_FINDINGS)
        return;
    size_t at = is_backwards ? count - WINDOW_FINDINGS : WINDOW_FINDINGS;
    size_t place = findings->items[at].span.begin - window->begin;
    size_t line = line_begin(*bytes, place, 0);
    size_t cut = line > 0 && line < bytes->length ? line : place;
    if (cut == 0 || cut >= bytes->length)
        return;
    if (is_backwards) {
        window->begin += (uint32_t)cut;
        *bytes = (struct slice){bytes->data + cut, bytes->length - cut};
    } else {
        window->end = window->begin + (uint32_t)cut;
        bytes->length = cut;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (findings->items[i].span.begin >= window->begin &&
            findings->items[i].span.begin < window->end)
            findings->items[kept++] = findings->items[i];
    findings->count = kept;
}

static json_t *window_findings(const struct findings *findings,
                               const struct opened_reading *opened,
                               json_t *refs, struct error *error)
{
    json_t *items = json_array();
    for (size_t i = 0; i < findings->count && items != NULL; i++) {
        json_t *json =
            finding_api_json(&findings->items[i], opened, refs, error);
        if (json == NULL || json_array_append_new(items, json) != 0) {
            json_decref(items);
            return NULL;
        }
    }
    return made(items, error);
}

/* Names of actors, for whoever is meant by a mark. */
static void refs_of_names(const struct opened_reading *opened,
                          const json_t *names, json_t *refs)
{
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name)
    {
        const char *id = json_string_value(json_object_get(name, "actor"));
        const json_t *actor =
            id != NULL ? json_object_get(opened->ids, id) : NULL;
        if (actor != NULL && json_object_get(refs, id) == NULL)
            json_object_set_new(
                refs, id,
                json_pack("{s:s*,s:s*}", "key",
                          json_string_value(json_object_get(opened->keys, id)),
                          "label",
                          json_string_value(json_object_get(actor, "name"))));
    }
}

static json_t *window_json(struct request *request,
                           const struct opened_reading *opened,
                           struct span window, struct slice bytes,
                           const struct findings *findings, struct error *error)
{
    json_t *refs = json_object();
    json_t *names = layer_in(json_object_get(opened->reading, "names"), window);
    json_t *parts = layer_in(json_object_get(opened->reading, "parts"), window);
    refs_of_names(opened, names, refs);
    json_t *items = window_findings(findings, opened, refs, error);
    json_t *words = text_json(bytes, request->arena, error);
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "span", span_json(window),
                     "text", words, "parts", parts, "names", names, "items",
                     items, "refs", refs);
}

bool api_document_text(struct request *request, json_t **answer,
                       struct error *error)
{
    struct case_document document;
    struct case_text text;
    struct span window;
    struct slice bytes;
    struct findings findings;
    struct casefile *casefile = request->server->casefile;
    const struct opened_reading *opened =
        open_document(request, &document, error);
    if (opened == NULL)
        return false;
    if (opened->text == 0)
        return error_set(error, ERROR_NOT_FOUND,
                         "the document was not read yet");
    if (!text_get(casefile, opened->text, &text, error) ||
        !window_of(request, &text, &window, &bytes, error) ||
        !list_findings_in(casefile, document.id, window, FINDINGS_MOST,
                          request->arena, &findings, error))
        return false;
    narrow(&window, &bytes, &findings,
           address_value(&request->address, "before") != NULL);
    *answer = window_json(request, opened, window, bytes, &findings, error);
    if (*answer != NULL)
        json_object_set_new(*answer, "total",
                            json_integer((json_int_t)text.bytes));
    return *answer != NULL ||
           (error->kind == ERROR_NONE &&
            error_set(error, ERROR_LIMIT, "no memory for the answer"));
}

static bool is_kind(const char *kind)
{
    for (size_t i = 0; i < FINDING_KINDS; i++)
        if (strcmp(kind, finding_kinds[i]) == 0)
            return true;
    return false;
}

bool api_document_findings(struct request *request, json_t **answer,
                           struct error *error)
{
    struct case_document document;
    struct findings findings;
    uint64_t limit, offset;
    const char *kind = address_value(&request->address, "kind");
    if (kind != NULL && !is_kind(kind))
        return error_set(error, ERROR_USAGE, "no kind of finding");
    if (!request_page(request, &limit, &offset, error) ||
        !document_by_hash(request->server->casefile, request_piece(request, 1),
                          request->arena, &document, error) ||
        !list_findings_of(request->server->casefile, document.id, kind,
                          limit + 1, offset, request->arena, &findings, error))
        return false;
    bool is_more = findings.count > limit;
    findings.count = is_more ? (size_t)limit : findings.count;
    json_t *items = findings_json(request, &findings, NULL, error);
    if (items == NULL)
        return false;
    *answer = made(json_pack("{s:b,s:o}", "more", (int)is_more, "items", items),
                   error);
    return *answer != NULL;
}

bool api_document_ticket(struct request *request, json_t **answer,
                         struct error *error)
{
    char path[SECRET_SIZE + 16];
    struct case_document document;
    struct server *server = request->server;
    struct ticket *ticket = &server->tickets[server->next_ticket];
    json_t *body = request_body(request, error);
    bool is_well = body != NULL && body_only(body, NULL, 0, error);
    json_decref(body);
    if (!is_well ||
        !document_by_hash(server->casefile, request_piece(request, 1),
                          request->arena, &document, error))
        return false;
    if (document.content == 0)
        return error_set(error, ERROR_NOT_FOUND,
                         "the original is held elsewhere");
    ticket->document = 0;
    if (!secret_new(ticket->secret, error))
        return false;
    ticket->document = document.id;
    server->next_ticket = (server->next_ticket + 1) % TICKETS_MAX;
    snprintf(path, sizeof path, "/original/%s", ticket->secret);
    *answer = made(json_pack("{s:s}", "path", path), error);
    return *answer != NULL;
}
