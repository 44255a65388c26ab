/*
 * api_places.c - where in its original a passage stands: page and box.
 */
#include "api_handlers.h"
#include "api_json.h"
#include "text_map.h"

enum { PLACES_MAX = 200 };

static json_t *place_json(const struct text_place *place)
{
    json_t *json =
        json_pack("{s:I,s:[I,I]}", "page", (json_int_t)place->page, "span",
                  (json_int_t)place->span.begin, (json_int_t)place->span.end);
    const struct text_box *box = &place->box;
    if (json != NULL && box->right > box->left && box->bottom > box->top)
        json_object_set_new(
            json, "box",
            json_pack("[I,I,I,I]", (json_int_t)box->left, (json_int_t)box->top,
                      (json_int_t)box->right, (json_int_t)box->bottom));
    if (json != NULL && place->confidence > 0)
        json_object_set_new(json, "confidence",
                            json_real(place->confidence / 100.0));
    return json;
}

/* The map of the text that is read. An empty one: it has none. */
static bool open_map(struct request *request, struct text_map *map,
                     struct error *error)
{
    struct case_document document;
    struct case_text text;
    struct server *server = request->server;
    *map = (struct text_map){0};
    if (!document_by_hash(server->casefile, request_piece(request, 1),
                          request->arena, &document, error))
        return false;
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, document.id, error);
    if (opened == NULL || opened->text == 0)
        return opened != NULL;
    return text_get(server->casefile, opened->text, &text, error) &&
           text_map_get(server->casefile, &text, request->arena, map, error);
}

bool api_document_places(struct request *request, json_t **answer,
                         struct error *error)
{
    uint64_t begin, end;
    struct text_map map;
    if (!address_number(&request->address, "begin", 0, UINT32_MAX, &begin,
                        error) ||
        !address_number(&request->address, "end", UINT32_MAX, UINT32_MAX, &end,
                        error) ||
        !open_map(request, &map, error))
        return false;
    const struct span span = {(uint32_t)begin, (uint32_t)end};
    json_t *items = json_array();
    for (size_t i = text_map_first(&map, span);
         i < map.places.count && map.places.items[i].span.begin < span.end &&
         json_array_size(items) < PLACES_MAX;
         i++)
        json_array_append_new(items, place_json(&map.places.items[i]));
    uint32_t pages = 0;
    for (size_t i = 0; i < map.places.count; i++)
        if (map.places.items[i].page > pages)
            pages = map.places.items[i].page;
    *answer =
        json_pack("{s:I,s:o}", "pages", (json_int_t)pages, "items", items);
    return *answer != NULL ||
           error_set(error, ERROR_LIMIT, "no memory for the answer");
}
