/*
 * api_links.c - what the documents of the case say together: actors,
 * incidents, complaints, figures, patterns, and one of them with all that it
 * rests on.
 */
#include <ctype.h>
#include <stdlib.h>

#include "api_handlers.h"
#include "api_json.h"
#include "entries.h"
#include "linking.h"

/* Findings that are resolved in one answer; the rest are counted. */
enum { REFS_MAX = 100, QUOTE_MAX = 120, SHOWN_MAX = 80, SAID_MAX = 12 };

static const char *const lists[] = {"actors",  "incidents", "complaints",
                                    "figures", "patterns",  "accusations"};

static json_t *made(json_t *json, struct error *error)
{
    if (json == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the answer");
    return json;
}

/* A finding of "name#id", wherever that document is. */
static json_t *resolved(struct request *request, const json_t *documents,
                        const char *word, struct error *error)
{
    struct finding finding;
    struct server *server = request->server;
    const char *mark = strrchr(word, '#');
    if (mark == NULL)
        return NULL;
    char *name = arena_string(
        request->arena, (struct slice){word, (size_t)(mark - word)}, error);
    int64_t document =
        name != NULL ? json_integer_value(json_object_get(documents, name)) : 0;
    if (document == 0)
        return NULL;
    const struct opened_reading *opened =
        opened_reading_get(server->readings, server->casefile, document, error);
    const char *key =
        opened != NULL
            ? json_string_value(json_object_get(opened->keys, mark + 1))
            : NULL;
    return key != NULL && finding_find(server->casefile, key, request->arena,
                                       &finding, error)
               ? finding_placed_json(request, &finding, QUOTE_MAX, NULL, error)
               : NULL;
}

/* All strings below that are findings, so that each can be opened. */
static void take_refs(struct request *request, const json_t *documents,
                      const json_t *value, json_t *refs)
{
    size_t i;
    json_t *item;
    if (json_is_string(value)) {
        struct error passed_over = {.kind = ERROR_NONE};
        const char *word = json_string_value(value);
        if (json_object_size(refs) >= REFS_MAX ||
            json_object_get(refs, word) != NULL)
            return;
        json_t *found = resolved(request, documents, word, &passed_over);
        if (found == NULL)
            return;
        json_object_del(found, "detail");
        json_object_del(found, "refs");
        json_object_set_new(refs, word, found);
    }
    json_array_foreach(value, i, item)
        take_refs(request, documents, item, refs);
    void *at = json_object_iter((json_t *)(uintptr_t)value);
    for (; at != NULL;
         at = json_object_iter_next((json_t *)(uintptr_t)value, at))
        take_refs(request, documents, json_object_iter_value(at), refs);
}

static bool has_word(const json_t *value, const char *word)
{
    size_t i;
    json_t *item;
    if (json_is_string(value))
        return strcasestr(json_string_value(value), word) != NULL;
    json_array_foreach(value, i, item)
    {
        if (has_word(item, word))
            return true;
    }
    return false;
}

static bool is_wanted(const json_t *item, const char *word)
{
    static const char *const keys[] = {"title", "name", "names", "value",
                                       "to",    "by",   "of",    "place"};
    if (word == NULL || *word == '\0')
        return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (has_word(json_object_get(item, keys[i]), word))
            return true;
    return false;
}

/* In how many documents the members stand. */
static size_t document_count_of(const json_t *members)
{
    size_t i;
    json_t *member, *seen = json_object();
    json_array_foreach(members, i, member)
    {
        const char *word = json_string_value(member);
        const char *mark = word != NULL ? strrchr(word, '#') : NULL;
        size_t length = mark != NULL ? (size_t)(mark - word)
                                     : (word != NULL ? strlen(word) : 0);
        json_object_setn_new(seen, word != NULL ? word : "", length,
                             json_true());
    }
    size_t count = json_object_size(seen);
    json_decref(seen);
    return count;
}

/* Lists of the object that are longer than what one looks at are cut, in a
 * copy, and counted: {"members": [...], "members_total": 812}. */
static void cut(json_t *copy, const char *key, size_t most)
{
    char total[64];
    const json_t *list = json_object_get(copy, key);
    size_t count = json_array_size(list);
    if (count <= most)
        return;
    json_t *shorter = json_array();
    for (size_t i = 0; i < most; i++)
        json_array_append(shorter, json_array_get(list, i));
    json_object_set_new(copy, key, shorter);
    snprintf(total, sizeof total, "%s_total", key);
    json_object_set_new(copy, total, json_integer((json_int_t)count));
}

/* An item as a list has it: members are counted. */
static json_t *short_item(const json_t *item, size_t number)
{
    json_t *copy = json_copy((json_t *)(uintptr_t)item);
    const json_t *members = json_object_get(item, "members");
    json_object_set_new(copy, "number", json_integer((json_int_t)number));
    json_object_set_new(copy, "documents",
                        json_integer((json_int_t)document_count_of(members)));
    json_object_set_new(copy, "members",
                        json_integer((json_int_t)json_array_size(members)));
    json_object_del(copy, "merges");
    cut(copy, "names", SAID_MAX);
    cut(copy, "said", SAID_MAX / 2);
    cut(copy, "perpetrators", SAID_MAX);
    cut(copy, "victims", SAID_MAX);
    return copy;
}

static const char *list_of(const struct request *request, struct error *error)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(lists[i], request_piece(request, 1)) == 0)
            return lists[i];
    error_set(error, ERROR_NOT_FOUND, "there is no such list");
    return NULL;
}

/* What is worked out, and how far that is. `whole` is NULL where there is
 * nothing yet, and then the answer says so. */
static bool begin(struct request *request, json_t **whole, json_t **answer,
                  struct error *error)
{
    uint64_t entries;
    struct error failed = {.kind = ERROR_NONE};
    if (!entry_count(request->server->casefile, &entries, error))
        return false;
    enum linking_state state =
        linking_get(request->server->links, entries, whole, &failed);
    if (state == LINKING_FAILED) {
        json_decref(*whole);
        *error = failed;
        return false;
    }
    *answer = made(json_pack("{s:s}", "state",
                             state == LINKING_READY ? "ready" : "linking"),
                   error);
    return *answer != NULL;
}

static void put_items(struct request *request, const json_t *whole,
                      const char *list, uint64_t limit, uint64_t offset,
                      json_t *answer)
{
    uint64_t total = 0;
    const json_t *all = json_object_get(json_object_get(whole, "lists"), list);
    const json_t *order =
        json_object_get(json_object_get(whole, "order"), list);
    json_t *items = json_array(), *refs = json_object();
    const char *word = address_value(&request->address, "name");
    for (size_t i = 0; i < json_array_size(all); i++) {
        size_t number =
            order != NULL ? (size_t)json_integer_value(json_array_get(order, i))
                          : i;
        const json_t *item = json_array_get(all, number);
        if (!is_wanted(item, word))
            continue;
        if (total >= offset && total - offset < limit)
            json_array_append_new(items, short_item(item, number));
        total++;
    }
    take_refs(request, json_object_get(whole, "documents"), items, refs);
    json_object_set_new(answer, "total", json_integer((json_int_t)total));
    json_object_set_new(answer, "items", items);
    json_object_set_new(answer, "refs", refs);
}

static bool list_links(struct request *request, json_t **answer,
                       struct error *error)
{
    json_t *whole = NULL;
    uint64_t limit, offset;
    const char *list = list_of(request, error);
    if (list == NULL || !request_page(request, &limit, &offset, error) ||
        !begin(request, &whole, answer, error))
        return false;
    put_items(request, whole, list, limit, offset, *answer);
    json_decref(whole);
    return true;
}

/* Figures in copies, each with not too many who say them. */
static json_t *figures_of(const json_t *figures)
{
    size_t i;
    json_t *figure, *all = json_array();
    json_array_foreach(figures, i, figure)
    {
        json_t *copy = json_copy(figure);
        cut(copy, "said", SAID_MAX);
        json_array_append_new(all, copy);
    }
    return all;
}

/* What of another list is about this incident. */
static json_t *about_incident(const json_t *whole, const char *list,
                              const json_t *title)
{
    size_t i;
    json_t *item, *found = json_array();
    json_array_foreach(json_object_get(json_object_get(whole, "lists"), list),
                       i, item)
    {
        if (title != NULL &&
            json_equal(json_object_get(item, "incident"), title))
            json_array_append(found, item);
    }
    return found;
}

static bool one_link(struct request *request, const json_t *whole,
                     json_t *answer, struct error *error)
{
    const char *list = list_of(request, error), *word;
    if (list == NULL)
        return false;
    word = request_piece(request, 2);
    char *end;
    unsigned long long number = strtoull(word, &end, 10);
    const json_t *item = json_array_get(
        json_object_get(json_object_get(whole, "lists"), list), number);
    if (!isdigit((unsigned char)*word) || *end != '\0' || item == NULL)
        return error_set(error, ERROR_NOT_FOUND, "there is no such thing");
    json_t *copy = json_copy((json_t *)(uintptr_t)item), *refs = json_object();
    if (strcmp(list, "incidents") == 0) {
        const json_t *title = json_object_get(item, "title");
        json_t *figures = about_incident(whole, "figures", title);
        json_object_set_new(copy, "figures", figures_of(figures));
        json_decref(figures);
        json_object_set_new(copy, "relations",
                            about_incident(whole, "relations", title));
    }
    cut(copy, "figures", SAID_MAX);
    cut(copy, "relations", SHOWN_MAX / 2);
    cut(copy, "members", SHOWN_MAX);
    cut(copy, "merges", SHOWN_MAX / 2);
    cut(copy, "said", SHOWN_MAX);
    take_refs(request, json_object_get(whole, "documents"), copy, refs);
    json_object_set_new(answer, "item", copy);
    json_object_set_new(answer, "refs", refs);
    return true;
}

static bool in_transaction(struct request *request, json_t **answer,
                           api_handler handler, struct error *error)
{
    if (!casefile_begin_read(request->server->casefile, error))
        return false;
    bool is_well = handler(request, answer, error);
    casefile_rollback(request->server->casefile);
    return is_well;
}

static bool show_link(struct request *request, json_t **answer,
                      struct error *error)
{
    json_t *whole = NULL;
    const char *word = request_piece(request, 2);
    if (strlen(word) > 9 || strspn(word, "0123456789") != strlen(word))
        return error_set(error, ERROR_NOT_FOUND, "there is no such thing");
    if (!begin(request, &whole, answer, error))
        return false;
    bool is_well = whole == NULL || one_link(request, whole, *answer, error);
    json_decref(whole);
    return is_well;
}

bool api_links(struct request *request, json_t **answer, struct error *error)
{
    return in_transaction(request, answer, list_links, error);
}

bool api_link(struct request *request, json_t **answer, struct error *error)
{
    return in_transaction(request, answer, show_link, error);
}
