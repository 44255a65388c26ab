/*
 * api_json.c - see api_json.h.
 */
#include "api_json.h"

#include "contents.h"
#include "utf8.h"

static json_t *no_memory(struct error *error)
{
    error_set(error, ERROR_LIMIT, "no memory for the answer");
    return NULL;
}

json_t *text_json(struct slice text, struct arena *arena, struct error *error)
{
    enum { SUBSTITUTE = 0x1A };
    char *bytes = NULL;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if (unit.code_point == UTF8_INVALID) {
            if (bytes == NULL &&
                (bytes = arena_string(arena, text, error)) == NULL)
                return NULL;
            bytes[at] = SUBSTITUTE;
        }
        at += unit.length;
    }
    json_t *json = json_stringn(bytes != NULL ? bytes : text.data, text.length);
    return json != NULL ? json : no_memory(error);
}

json_t *span_json(struct span span)
{
    return json_pack("[I,I]", (json_int_t)span.begin, (json_int_t)span.end);
}

bool put_words(json_t *object, const char *key, const char *words,
               struct error *error)
{
    return words == NULL || *words == '\0' ||
           json_object_set_new(object, key, json_string(words)) == 0 ||
           no_memory(error) != NULL;
}

/* What one calls the thing of this id. */
static const char *label_of(const json_t *object)
{
    static const char *const keys[] = {"name", "value", "instrument", "act",
                                       "kind"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *word = json_string_value(json_object_get(object, keys[i]));
        if (word != NULL)
            return word;
    }
    return NULL;
}

static void take_ref(const struct opened_reading *opened, const char *id,
                     json_t *refs)
{
    const json_t *object = json_object_get(opened->ids, id);
    if (object == NULL || json_object_get(refs, id) != NULL)
        return;
    json_object_set_new(
        refs, id,
        json_pack("{s:s*,s:s*}", "key",
                  json_string_value(json_object_get(opened->keys, id)), "label",
                  label_of(object)));
}

/* All ids that are named below; readings are as deep as json_read allows. */
static void take_refs(const struct opened_reading *opened, const json_t *value,
                      json_t *refs)
{
    size_t i;
    json_t *item;
    if (json_is_string(value))
        take_ref(opened, json_string_value(value), refs);
    json_array_foreach(value, i, item) take_refs(opened, item, refs);
    if (!json_is_object(value))
        return;
    void *at = json_object_iter((json_t *)(uintptr_t)value);
    for (; at != NULL;
         at = json_object_iter_next((json_t *)(uintptr_t)value, at))
        take_refs(opened, json_object_iter_value(at), refs);
}

/* The object of the reading; of an actor without its mentions, which can be
 * thousands and stand among the names. */
static json_t *detail_of(const struct finding *finding,
                         const struct opened_reading *opened)
{
    json_t *detail = finding->local != NULL && opened != NULL
                         ? json_object_get(opened->ids, finding->local)
                         : NULL;
    if (detail == NULL)
        return NULL;
    json_t *copy = json_copy(detail);
    json_object_del(copy, "mentions");
    json_object_del(copy, "confidence");
    return copy;
}

json_t *finding_api_json(const struct finding *finding,
                         const struct opened_reading *opened, json_t *refs,
                         struct error *error)
{
    json_t *json = json_pack("{s:s,s:s,s:s,s:o}", "key", finding->key, "kind",
                             finding->kind, "status", finding->status, "span",
                             span_json(finding->span));
    if (json == NULL)
        return no_memory(error);
    bool is_well = put_words(json, "who", finding->who, error) &&
                   put_words(json, "says", finding->says, error) &&
                   put_words(json, "act", finding->act, error) &&
                   put_words(json, "place", finding->place, error) &&
                   put_words(json, "first", finding->first, error) &&
                   put_words(json, "last", finding->last, error);
    if (is_well && finding->confidence >= 0)
        json_object_set_new(
            json, "confidence",
            json_real((double)(int)(finding->confidence * 1000 + 0.5) / 1000));
    json_t *detail = is_well ? detail_of(finding, opened) : NULL;
    if (detail != NULL && refs != NULL)
        take_refs(opened, detail, refs);
    if (detail != NULL)
        json_object_set_new(json, "detail", detail);
    if (is_well)
        return json;
    json_decref(json);
    return NULL;
}

bool finding_words(struct request *request, const struct finding *finding,
                   size_t most, struct slice *words, bool *is_intact,
                   bool *is_cut, struct error *error)
{
    char sha256[SHA256_HEX_SIZE];
    struct case_text text;
    struct server *server = request->server;
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, finding->document, error);
    *words = (struct slice){"", 0};
    *is_intact = *is_cut = false;
    if (opened == NULL)
        return false;
    if (opened->text == 0)
        return true;
    if (!text_get(server->casefile, opened->text, &text, error) ||
        !content_part(server->casefile, text.content, finding->span,
                      request->arena, words, error) ||
        !sha256_hex(*words, sha256, error))
        return false;
    *is_intact = strcmp(sha256, finding->quote_sha256) == 0;
    if (words->length > most) {
        *is_cut = true;
        words->length = most;
        while (words->length > 0 &&
               ((unsigned char)words->data[words->length] & 0xC0) == 0x80)
            words->length--;
    }
    return true;
}

static bool put_place(struct request *request, json_t *json,
                      const struct finding *finding,
                      const struct opened_reading *opened, size_t quote_most,
                      struct error *error)
{
    struct case_document document;
    struct slice words;
    bool is_intact, is_cut;
    if (!document_get(request->server->casefile, finding->document,
                      request->arena, &document, error) ||
        !finding_words(request, finding, quote_most, &words, &is_intact,
                       &is_cut, error))
        return false;
    json_t *quote = text_json(words, request->arena, error);
    const char *date = document.facts.date;
    if (date == NULL)
        date = json_string_value(json_object_get(
            json_object_get(opened->reading, "document"), "date"));
    json_object_set_new(json, "document", json_string(document.sha256));
    json_object_set_new(json, "quote", quote);
    json_object_set_new(json, "intact", json_boolean(is_intact));
    if (is_cut)
        json_object_set_new(json, "cut", json_true());
    return quote != NULL &&
           put_words(json, "name", document.facts.name, error) &&
           put_words(json, "date", date, error);
}

json_t *finding_placed_json(struct request *request,
                            const struct finding *finding, size_t quote_most,
                            json_t *refs, struct error *error)
{
    struct server *server = request->server;
    const struct opened_reading *opened = opened_reading_get(
        server->readings, server->casefile, finding->document, error);
    if (opened == NULL)
        return NULL;
    json_t *own = json_object();
    json_t *json =
        finding_api_json(finding, opened, refs != NULL ? refs : own, error);
    if (json != NULL &&
        !put_place(request, json, finding, opened, quote_most, error)) {
        json_decref(json);
        json = NULL;
    }
    if (json != NULL && refs == NULL && json_object_size(own) > 0)
        json_object_set(json, "refs", own);
    json_decref(own);
    return json;
}

json_t *findings_json(struct request *request, const struct findings *findings,
                      json_t *refs, struct error *error)
{
    enum { QUOTE = 360 };
    json_t *array = json_array();
    for (size_t i = 0; i < findings->count && array != NULL; i++) {
        json_t *json = finding_placed_json(request, &findings->items[i], QUOTE,
                                           refs, error);
        if (json == NULL || json_array_append_new(array, json) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array != NULL ? array : no_memory(error);
}

json_t *review_api_json(struct request *request, const struct review *review,
                        struct error *error)
{
    struct case_document document;
    struct error ignored;
    bool is_undone, is_stranded;
    struct casefile *casefile = request->server->casefile;
    if (!document_get(casefile, review->document, request->arena, &document,
                      error) ||
        !review_is_undone(casefile, review, &is_undone, error) ||
        !review_is_stranded(casefile, review, &is_stranded, error))
        return NULL;
    json_t *json = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:s,s:b,s:b}", "key", review->key,
        "decision", review->decision, "finding", review->finding, "kind",
        review->kind, "document", document.sha256, "by", review->reviewer,
        "time", review->time, "span", span_json(review->span), "quote",
        review->quote, "undone", (int)is_undone, "stranded", (int)is_stranded);
    if (json == NULL)
        return no_memory(error);
    json_object_set_new(json, "id", json_integer(review->id));
    json_t *fields = review->fields != NULL
                         ? json_read(slice_of(review->fields), &ignored)
                         : NULL;
    if (fields != NULL)
        json_object_set_new(json, "fields", fields);
    if (put_words(json, "name", document.facts.name, error) &&
        put_words(json, "why", review->why, error) &&
        put_words(json, "undoes", review->undoes, error))
        return json;
    json_decref(json);
    return NULL;
}
