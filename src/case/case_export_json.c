/*
 * case_export_json.c - readings.jsonl, case.json and reviews.jsonl: a case for
 * programs. Actors are one where a person said so, and apart where a person
 * said that; incidents are the acts of one document, those that point back with
 * the one they point to, and those of several documents that a person made
 * one. What goes across documents beyond that is left empty.
 *
 * Merges and splits hold in the order in which they were made: a split takes
 * its first finding away from whatever it was with until then, and a later
 * merge may bring it back.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "case_export.h"
#include "contents.h"
#include "documents.h"
#include "findings.h"
#include "reading_store.h"
#include "reviews.h"
#include "standing.h"

struct json_export {
    struct casefile *casefile;
    FILE *readings;
    FILE *reviews;
    json_t *groups;    /* key of a finding -> that of its group */
    json_t *actors;    /* group -> its object */
    json_t *incidents; /* group, or "document#id" of the first -> its object */
    struct arena *arena;      /* of one document */
    struct findings findings; /* of that one */
    struct error *error;
};

static bool write_file(void *context, struct slice bytes, struct error *error)
{
    if (fwrite(bytes.data, 1, bytes.length, context) == bytes.length)
        return true;
    return error_errno(error, errno, "cannot write");
}

static bool write_line(FILE *file, const json_t *value, struct error *error)
{
    struct json_sink sink = {write_file, file};
    return json_write(value, sink, error) &&
           write_file(file, slice_of("\n"), error);
}

/* A finding that nobody merged or split is a group of its own. */
static const char *group_of(const struct json_export *export, const char *key)
{
    const char *group = json_string_value(json_object_get(export->groups, key));
    return group != NULL ? group : key;
}

static bool set_group(struct json_export *export, const char *key,
                      const char *group)
{
    return json_object_set_new(export->groups, key, json_string(group)) == 0 ||
           error_set(export->error, ERROR_LIMIT, "out of memory");
}

/* All of one group join another. */
static bool join(struct json_export *export, const char *from, const char *to)
{
    const char *key;
    json_t *group;
    char left[CASEFILE_KEY_SIZE * 2];
    if (strcmp(from, to) == 0)
        return true;
    /* Its name may be a string of the very table that is changed. */
    snprintf(left, sizeof left, "%s", from);
    json_object_foreach(
        export->groups, key,
        group) if (strcmp(json_string_value(group), left) == 0 &&
                   json_string_set(group, to) !=
                       0) return error_set(export->error, ERROR_LIMIT,
                                           "out of memory");
    return true;
}

/* Merged: one group. Split: the first goes its own way, where it was with one
 * of those that it is not. */
static bool take_group(struct json_export *export, const struct review *review)
{
    size_t i;
    json_t *other;
    char own[CASEFILE_KEY_SIZE * 2];
    bool is_split = strcmp(review->decision, "split") == 0;
    json_t *fields = json_read(slice_of(review->fields), export->error);
    bool is_well =
        fields != NULL &&
        set_group(export, review->finding, group_of(export, review->finding));
    json_array_foreach(json_object_get(fields, "with"), i, other)
    {
        const char *key = json_string_value(other);
        if (!is_well || key == NULL)
            continue;
        is_well = set_group(export, key, group_of(export, key));
        const char *group = group_of(export, review->finding);
        bool is_one = strcmp(group, group_of(export, key)) == 0;
        /* A name that no finding has, so that nobody else is in it. */
        snprintf(own, sizeof own, "%.19s/%.18s", review->finding, review->key);
        if (is_well && is_split && is_one)
            is_well = set_group(export, review->finding, own);
        else if (is_well && !is_split)
            is_well = join(export, group_of(export, key), group);
    }
    json_decref(fields);
    return is_well;
}

static bool write_review(struct json_export *export,
                         const struct review *review, bool is_undone)
{
    struct case_document document;
    if (!document_get(export->casefile, review->document, export->arena,
                      &document, export->error))
        return false;
    json_t *line = review_body(review, document.sha256, export->error);
    bool is_written =
        line != NULL &&
        json_object_set_new(line, "undone", json_boolean(is_undone)) == 0 &&
        write_line(export->reviews, line, export->error);
    json_decref(line);
    return is_written;
}

static bool take_reviews(struct json_export *export)
{
    struct review review = {0};
    bool is_there = true;
    for (;;) {
        bool is_undone;
        arena_reset(export->arena);
        if (!review_after(export->casefile, review.id, export->arena, &review,
                          &is_there, export->error))
            return false;
        if (!is_there)
            return true;
        if (!review_is_undone(export->casefile, &review, &is_undone,
                              export->error) ||
            !write_review(export, &review, is_undone) ||
            (!is_undone && review_is_group(&review) &&
             !take_group(export, &review)))
            return false;
    }
}

/* "document#id" of a finding. */
static json_t *member_of(const char *document, const char *local)
{
    return json_sprintf("%s#%s", document, local);
}

/* The group has the name of its first member, in the order of documents, but
 * for the one that a person put first. */
static bool add_actor(struct json_export *export, const char *document,
                      const struct finding *finding, const json_t *object)
{
    const char *group = group_of(export, finding->key);
    json_t *actor = json_object_get(export->actors, group);
    if (actor == NULL || strcmp(group, finding->key) == 0) {
        json_t *members = actor == NULL
                              ? json_array()
                              : json_incref(json_object_get(actor, "members"));
        actor = json_pack("{s:O?,s:O?,s:O?,s:o}", "name",
                          json_object_get(object, "name"), "type",
                          json_object_get(object, "type"), "class",
                          json_object_get(object, "class"), "members", members);
        if (actor == NULL ||
            json_object_set_new(export->actors, group, actor) != 0)
            return error_set(export->error, ERROR_LIMIT, "out of memory");
    }
    return json_array_append_new(json_object_get(actor, "members"),
                                 member_of(document, finding->local)) == 0 ||
           error_set(export->error, ERROR_LIMIT, "out of memory");
}

static bool is_of_an_incident(const json_t *act)
{
    const char *modality = json_string_value(json_object_get(act, "modality"));
    return modality == NULL || strcmp(modality, "actual") == 0 ||
           strcmp(modality, "attempted") == 0;
}

/* What its incident is called: what a person made of it, else of the act that
 * it points back to, else that act. Yours to json_decref. */
static json_t *incident_name(const struct json_export *export,
                             const char *document,
                             const struct finding *finding,
                             const json_t *object)
{
    const char *same = json_string_value(json_object_get(object, "same_as"));
    const json_t *group = json_object_get(export->groups, finding->key);
    for (size_t i = 0; same != NULL && i < export->findings.count; i++) {
        const struct finding *other = &export->findings.items[i];
        if (group == NULL && other->local != NULL &&
            strcmp(other->local, same) == 0)
            group = json_object_get(export->groups, other->key);
    }
    return group != NULL
               ? json_string(json_string_value(group))
               : member_of(document, same != NULL ? same : finding->local);
}

static json_t *new_incident(const char *document, const struct finding *finding)
{
    json_t *title =
        json_sprintf("%s (%s#%s)", finding->act != NULL ? finding->act : "act",
                     document, finding->local);
    return json_pack("{s:o,s:s?,s:s?,s:s?,s:[]}", "title", title, "first",
                     finding->first, "last", finding->last, "place",
                     finding->place, "members");
}

static bool add_act(struct json_export *export, const char *document,
                    const struct finding *finding, const json_t *object)
{
    if (!is_of_an_incident(object))
        return true;
    json_t *name = incident_name(export, document, finding, object);
    const char *key = json_string_value(name);
    json_t *incident = json_object_get(export->incidents, key);
    bool is_well = name != NULL;
    if (is_well && incident == NULL) {
        incident = new_incident(document, finding);
        is_well = incident != NULL &&
                  json_object_set_new(export->incidents, key, incident) == 0;
    }
    is_well = is_well &&
              json_array_append_new(json_object_get(incident, "members"),
                                    member_of(document, finding->local)) == 0;
    json_decref(name);
    return is_well || error_set(export->error, ERROR_LIMIT, "out of memory");
}

static const json_t *object_of(const json_t *layer, const char *id)
{
    size_t i;
    json_t *object;
    json_array_foreach(layer, i, object)
    {
        const char *its = json_string_value(json_object_get(object, "id"));
        if (its != NULL && strcmp(its, id) == 0)
            return object;
    }
    return NULL;
}

/* Each finding's passage is held against its hash before anything is told of
 * it. */
static bool add_finding(struct json_export *export, const char *document,
                        const struct finding *finding, const json_t *reading,
                        struct slice text)
{
    char sha256[SHA256_HEX_SIZE];
    struct span span = finding->span;
    if (span.begin > span.end || span.end > text.length)
        return error_set(export->error, ERROR_TAMPERED,
                         "%s: its passage lies outside the text", finding->key);
    if (!sha256_hex(slice_at(text, span), sha256, export->error))
        return false;
    if (strcmp(sha256, finding->quote_sha256) != 0)
        return error_set(export->error, ERROR_TAMPERED,
                         "%s: its passage is not what it was", finding->key);
    if (finding->local == NULL || strcmp(finding->status, "rejected") == 0)
        return true;
    if (strcmp(finding->kind, "actor") == 0)
        return add_actor(
            export, document, finding,
            object_of(json_object_get(reading, "actors"), finding->local));
    return strcmp(finding->kind, "act") != 0 ||
           add_act(export, document, finding,
                   object_of(json_object_get(reading, "acts"), finding->local));
}

static bool add_reading(struct json_export *export,
                        const struct case_document *document,
                        const struct case_reading *reading)
{
    struct case_text about;
    struct slice text;
    if (!text_get(export->casefile, reading->text, &about, export->error) ||
        !content_read(export->casefile, about.content, export->arena, &text,
                      export->error) ||
        !findings_of_document(export->casefile, document->id, export->arena,
                              &export->findings, export->error))
        return false;
    json_t *json = json_read(reading->body, export->error);
    bool is_well = json != NULL;
    for (size_t i = 0; i < export->findings.count && is_well; i++)
        is_well = add_finding(export, document->facts.name,
                              &export->findings.items[i], json, text);
    /* A text that is no UTF-8 has no place in JSON; its places stand. */
    json_t *string = is_well ? json_stringn(text.data, text.length) : NULL;
    if (string != NULL && json_object_set_new(json, "text", string) != 0)
        is_well = error_set(export->error, ERROR_LIMIT, "out of memory");
    is_well = is_well && write_line(export->readings, json, export->error);
    json_decref(json);
    return is_well;
}

static bool add_documents(struct json_export *export)
{
    struct case_document document = {0};
    struct case_reading reading;
    bool is_there = true;
    for (;;) {
        arena_reset(export->arena);
        if (!document_after(export->casefile, document.id, export->arena,
                            &document, &is_there, export->error))
            return false;
        if (!is_there)
            return true;
        if (!reading_get(export->casefile, document.id, export->arena, &reading,
                         export->error) ||
            (reading.text != 0 && !add_reading(export, &document, &reading)))
            return error_prefix(export->error, "%.100s", document.facts.name);
    }
}

static json_t *values_of(const json_t *object)
{
    json_t *list = json_array();
    const char *key;
    json_t *value;
    bool is_well = list != NULL;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) is_well =
        is_well && json_array_append(list, value) == 0;
    if (is_well)
        return list;
    json_decref(list);
    return NULL;
}

static bool write_case(struct json_export *export, FILE *file)
{
    json_t *whole = json_pack("{s:o,s:o,s:[],s:[],s:[],s:[]}", "actors",
                              values_of(export->actors), "incidents",
                              values_of(export->incidents), "relations",
                              "origins", "complaints", "figures");
    bool is_written =
        whole != NULL ? write_line(file, whole, export->error)
                      : error_set(export->error, ERROR_LIMIT, "out of memory");
    json_decref(whole);
    return is_written;
}

static FILE *create(const char *folder, const char *name, struct error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wxe");
    if (file == NULL)
        error_errno(error, errno, name);
    return file;
}

static bool finish(FILE *file, struct error *error)
{
    if (file == NULL)
        return false;
    bool is_well =
        fflush(file) == 0 || error_errno(error, errno, "cannot write");
    return fclose(file) == 0 && is_well;
}

static bool write_all(struct json_export *export, const char *folder)
{
    FILE *file = create(folder, "case.json", export->error);
    export->readings = create(folder, "readings.jsonl", export->error);
    export->reviews = create(folder, "reviews.jsonl", export->error);
    bool is_well = file != NULL && export->readings != NULL &&
                   export->reviews != NULL && take_reviews(export) &&
                   add_documents(export) && write_case(export, file);
    is_well = finish(export->readings, export->error) && is_well;
    is_well = finish(export->reviews, export->error) && is_well;
    return finish(file, export->error) && is_well;
}

bool case_export_json(struct casefile *casefile, const char *folder,
                      struct error *error)
{
    struct json_export export = {.casefile = casefile,
                                 .groups = json_object(),
                                 .actors = json_object(),
                                 .incidents = json_object(),
                                 .arena = arena_new((size_t)8 << 30),
                                 .error = error};
    bool is_done = false;
    if (export.arena == NULL || export.groups == NULL ||
        export.actors == NULL || export.incidents == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if (mkdir(folder, 0777) != 0)
        errno == EEXIST
            ? error_set(error, ERROR_USAGE, "%.150s is there already", folder)
            : error_errno(error, errno, "cannot make the folder");
    else if (casefile_begin_read(casefile, error)) {
        is_done = write_all(&export, folder);
        casefile_rollback(casefile);
    }
    json_decref(export.groups);
    json_decref(export.actors);
    json_decref(export.incidents);
    arena_release(export.arena);
    return is_done;
}
