/*
 * case_link.c - from a case to link.h and back.
 */
#include "case_link.h"

#include <stdio.h>

#include "documents.h"
#include "findings.h"
#include "reading_store.h"
#include "reviews.h"
#include "standing.h"
#include "utf8.h"

struct case_linking {
    struct casefile *casefile;
    struct link *link;
    json_t *names;
    json_t *keys; /* of findings that people merged or split -> where */
    struct arena *arena;
    struct error *error;
};

static bool no_memory(struct error *error)
{
    return error_set(error, ERROR_LIMIT, "no memory for linking");
}

const char *case_document_name(const json_t *names, int64_t document)
{
    char key[32];
    snprintf(key, sizeof key, "%lld", (long long)document);
    return json_string_value(json_object_get(names, key));
}

static bool name_one(json_t *names, json_t *taken,
                     const struct case_document *document)
{
    char key[32];
    const char *name = document->facts.name;
    bool is_taken = json_object_get(taken, name) != NULL;
    json_t *called = is_taken
                         ? json_sprintf("%s (%.8s)", name, document->sha256)
                         : json_string(name);
    snprintf(key, sizeof key, "%lld", (long long)document->id);
    return called != NULL && json_object_set_new(names, key, called) == 0 &&
           json_object_set_new(taken, json_string_value(called), json_true()) ==
               0;
}

json_t *case_document_names(struct casefile *casefile, struct error *error)
{
    json_t *names = json_object(), *taken = json_object();
    struct arena *arena = arena_new((size_t)1 << 30);
    struct case_document document = {0};
    bool is_there = true,
         is_well = names != NULL && taken != NULL && arena != NULL;
    if (!is_well)
        no_memory(error);
    while (is_well && is_there) {
        arena_reset(arena);
        is_well = document_after(casefile, document.id, arena, &document,
                                 &is_there, error);
        if (is_well && is_there && !name_one(names, taken, &document))
            is_well = no_memory(error);
    }
    arena_release(arena);
    json_decref(taken);
    if (is_well)
        return names;
    json_decref(names);
    return NULL;
}

/* Bytes that are no UTF-8 become U+001A, one byte each: places hold. */
static json_t *text_as_json(struct slice text, struct arena *arena,
                            struct error *error)
{
    json_t *string = json_stringn(text.data, text.length);
    if (string != NULL)
        return string;
    char *copy = arena_string(arena, text, error);
    if (copy == NULL)
        return NULL;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if (unit.code_point == UTF8_INVALID)
            copy[at] = 0x1a;
        at += unit.length;
    }
    string = json_stringn(copy, text.length);
    if (string == NULL)
        no_memory(error);
    return string;
}

static void drop_rejected(json_t *reading, const struct finding *finding)
{
    char layer[32];
    size_t i;
    json_t *item;
    if (strcmp(finding->status, "rejected") != 0 || finding->local == NULL)
        return;
    snprintf(layer, sizeof layer, "%.28ss", finding->kind);
    json_t *items = json_object_get(reading, layer);
    json_array_foreach(items, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        if (id != NULL && strcmp(id, finding->local) == 0) {
            json_array_remove(items, i);
            return;
        }
    }
}

/* Where a finding stands that a decision names. */
static bool note_key(struct case_linking *in, const char *document,
                     const struct finding *finding)
{
    json_t *where = json_object_get(in->keys, finding->key);
    if (where == NULL || finding->local == NULL)
        return true;
    where = json_pack("[s,s]", document, finding->local);
    return (where != NULL &&
            json_object_set_new(in->keys, finding->key, where) == 0) ||
           no_memory(in->error);
}

static bool add_findings(struct case_linking *in, int64_t document,
                         const char *name, json_t *reading)
{
    struct findings findings = {0};
    if (!findings_of_document(in->casefile, document, in->arena, &findings,
                              in->error))
        return false;
    for (size_t i = 0; i < findings.count; i++) {
        drop_rejected(reading, &findings.items[i]);
        if (!note_key(in, name, &findings.items[i]))
            return false;
    }
    return true;
}

static bool add_document(struct case_linking *in, int64_t document)
{
    struct case_reading stored;
    struct slice text;
    bool is_read;
    const char *name = case_document_name(in->names, document);
    if (!reading_get(in->casefile, document, in->arena, &stored, in->error))
        return false;
    if (stored.text == 0)
        return true;
    if (!reading_text(in->casefile, document, in->arena, &is_read, &text,
                      in->error))
        return false;
    json_t *reading = json_read(stored.body, in->error);
    json_t *words =
        reading != NULL ? text_as_json(text, in->arena, in->error) : NULL;
    bool is_well = words != NULL;
    if (is_well && (json_object_set_new(reading, "text", words) != 0 ||
                    json_object_set_new(json_object_get(reading, "document"),
                                        "id", json_string(name)) != 0))
        is_well = no_memory(in->error);
    is_well = is_well && add_findings(in, document, name, reading) &&
              link_add(in->link, reading, in->error);
    json_decref(reading);
    return is_well;
}

static bool add_documents(struct case_linking *in)
{
    struct case_document document = {0};
    bool is_there = true;
    for (;;) {
        arena_reset(in->arena);
        if (!document_after(in->casefile, document.id, in->arena, &document,
                            &is_there, in->error))
            return false;
        if (!is_there)
            return true;
        if (!add_document(in, document.id))
            return error_prefix(in->error, "%.100s", document.facts.name);
    }
}

typedef bool (*decision_taker)(struct case_linking *, const struct review *,
                               const char *other);

static bool want_key(struct case_linking *in, const struct review *review,
                     const char *other)
{
    return (json_object_set_new(in->keys, review->finding, json_null()) == 0 &&
            json_object_set_new(in->keys, other, json_null()) == 0) ||
           no_memory(in->error);
}

static bool decide(struct case_linking *in, const struct review *review,
                   const char *other)
{
    const json_t *one = json_object_get(in->keys, review->finding);
    const json_t *two = json_object_get(in->keys, other);
    if (!json_is_array(one) || !json_is_array(two))
        return true; /* stranded: no reading has it any more */
    struct link_decision decision = {
        .is_same = strcmp(review->decision, "merged") == 0,
        .document = json_string_value(json_array_get(one, 0)),
        .id = json_string_value(json_array_get(one, 1)),
        .other_document = json_string_value(json_array_get(two, 0)),
        .other_id = json_string_value(json_array_get(two, 1))};
    return link_decide(in->link, &decision, in->error);
}

/* Each pair of a merge or split that nobody took back. */
static bool take_review(struct case_linking *in, const struct review *review,
                        decision_taker take)
{
    size_t i;
    json_t *other;
    bool is_undone = false;
    if (!review_is_group(review))
        return true;
    if (!review_is_undone(in->casefile, review, &is_undone, in->error))
        return false;
    if (is_undone || review->fields == NULL)
        return true;
    json_t *fields = json_read(slice_of(review->fields), in->error);
    bool is_well = fields != NULL;
    json_array_foreach(json_object_get(fields, "with"), i, other)
    {
        const char *key = json_string_value(other);
        is_well = is_well && (key == NULL || take(in, review, key));
    }
    json_decref(fields);
    return is_well;
}

static bool take_reviews(struct case_linking *in, decision_taker take)
{
    struct review review = {0};
    bool is_there = true;
    for (;;) {
        arena_reset(in->arena);
        if (!review_after(in->casefile, review.id, in->arena, &review,
                          &is_there, in->error))
            return false;
        if (!is_there)
            return true;
        if (!take_review(in, &review, take))
            return false;
    }
}

bool case_link(struct casefile *casefile, struct link **link,
               const struct link_result **result, struct error *error)
{
    struct case_linking in = {.casefile = casefile,
                              .link = link_new(error),
                              .names = case_document_names(casefile, error),
                              .keys = json_object(),
                              .arena = arena_new((size_t)8 << 30),
                              .error = error};
    bool is_well = in.link != NULL && in.names != NULL;
    if (is_well && (in.keys == NULL || in.arena == NULL))
        is_well = no_memory(error);
    is_well = is_well && take_reviews(&in, want_key) && add_documents(&in) &&
              take_reviews(&in, decide) &&
              (*result = link_run(in.link, error)) != NULL;
    json_decref(in.names);
    json_decref(in.keys);
    arena_release(in.arena);
    if (is_well)
        *link = in.link;
    else
        link_release(in.link);
    return is_well;
}
