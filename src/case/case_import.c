/*
 * case_import.c - a bag of another case, taken into this one.
 *
 * One transaction: a case has all of a bag and the entry that says from where,
 * or nothing of it. What the bag brings is on the disk already and is copied
 * once, so that to begin again costs little; half of somebody's work with no
 * word of whose it is would cost more.
 */
#include <string.h>

#include "case_export.h"
#include "contents.h"
#include "documents.h"
#include "entries.h"
#include "reading_store.h"
#include "reviews.h"

struct importing {
    struct casefile *casefile;
    const struct bag *bag;
    struct imported *imported;
    struct arena *arena; /* of one entry */
    json_t *changed;     /* documents that have new reviews, by hash */
    struct error *error;
};

static const char *word(const json_t *body, const char *key)
{
    return json_string_value(json_object_get(body, key));
}

/* An entry's body, hashed again as it is read. */
static json_t *body_of(struct importing *importing,
                       const struct bag_entry *entry)
{
    struct file file = {0};
    if (!bag_file_read(importing->bag, entry->path, JSON_BYTES_MAX, &file,
                       importing->error))
        return NULL;
    json_t *body = json_read(file.bytes, importing->error);
    file_close(&file);
    return body;
}

/* A file of the payload, or nothing where the bag has none of the name. */
static bool payload(struct importing *importing, const char *path,
                    struct file *file)
{
    struct error error = {.kind = ERROR_NONE};
    *file = (struct file){0};
    if (bag_file_read(importing->bag, path, (size_t)UINT32_MAX, file, &error) ||
        error.kind == ERROR_NOT_FOUND)
        return true;
    *importing->error = error;
    return false;
}

/* The document that an entry is about; from this bag or an earlier one. */
static bool document_of(struct importing *importing, const json_t *body,
                        struct case_document *document)
{
    const char *sha256 = word(body, "document");
    return document_by_hash(importing->casefile, sha256 != NULL ? sha256 : "",
                            importing->arena, document, importing->error);
}

static bool import_original(struct importing *importing, const json_t *body)
{
    const char *sha256 = word(body, "sha256"), *name = word(body, "name");
    struct document_facts facts = {.name = name,
                                   .date = word(body, "date"),
                                   .source = word(body, "source"),
                                   .url = word(body, "url"),
                                   .note = word(body, "note"),
                                   .obtained_by = word(body, "obtained_by"),
                                   .obtained_at = word(body, "obtained_at"),
                                   .obtained_from = word(body, "obtained_from"),
                                   .shard_root = word(body, "shard_root")};
    char path[128];
    struct file file;
    int64_t id;
    bool is_known;
    if (sha256 == NULL || name == NULL || strlen(sha256) != 64)
        return error_set(importing->error, ERROR_BAD_INPUT,
                         "a document without name or hash");
    snprintf(path, sizeof path, "data/originals/%s", sha256);
    if (!document_is_known(importing->casefile, sha256, &is_known,
                           importing->error) ||
        (is_known ? false : !payload(importing, path, &file)))
        return false;
    importing->imported->known += is_known;
    importing->imported->documents += !is_known;
    if (is_known)
        return true;
    json_int_t bytes = json_integer_value(json_object_get(body, "bytes"));
    bool is_added = file.bytes.data != NULL
                        ? document_add(importing->casefile, file.bytes, sha256,
                                       &facts, &id, importing->error)
                        : document_add_elsewhere(importing->casefile, sha256,
                                                 (uint64_t)bytes, &facts, &id,
                                                 importing->error);
    file_close(&file);
    return is_added;
}

/* Empty where the text has none. */
static bool import_map(struct importing *importing, const json_t *body,
                       struct file *map)
{
    const char *sha256 = word(body, "map");
    char path[128];
    *map = (struct file){.bytes = {NULL, 0}};
    snprintf(path, sizeof path, "data/texts/%.64s",
             sha256 != NULL ? sha256 : "");
    return sha256 == NULL || payload(importing, path, map);
}

static bool import_text(struct importing *importing, const json_t *body)
{
    const char *sha256 = word(body, "sha256");
    struct case_document document;
    struct case_text text;
    char path[128];
    struct file file, map;
    int64_t id;
    snprintf(path, sizeof path, "data/texts/%.64s",
             sha256 != NULL ? sha256 : "");
    if (!document_of(importing, body, &document) ||
        !document_text(importing->casefile, document.id, &text,
                       importing->error) ||
        !payload(importing, path, &file))
        return false;
    if (!import_map(importing, body, &map)) {
        file_close(&file);
        return false;
    }
    /* What this case has read itself is not overlaid by another's text. */
    bool is_added = text.id != 0 || file.bytes.data == NULL ||
                    document_add_mapped_text(
                        importing->casefile, document.id, file.bytes,
                        map.bytes.data != NULL ? map.bytes : slice_of(""),
                        "given", &id, importing->error);
    file_close(&file);
    file_close(&map);
    return is_added;
}

static bool keep_reading(struct importing *importing,
                         const struct case_document *document,
                         const struct case_text *text, const char *reader,
                         struct slice json)
{
    struct slice bytes;
    if (!content_read(importing->casefile, text->content, importing->arena,
                      &bytes, importing->error) ||
        !reading_keep(importing->casefile, document->id, text->id, bytes,
                      reader, json, importing->error))
        return false;
    importing->imported->readings++;
    return true;
}

/* The reading that the bag has of a document, where this case has none. */
static bool import_reading(struct importing *importing, const json_t *body)
{
    struct case_document document;
    struct case_text text;
    struct case_reading reading;
    char path[128], sha256[SHA256_HEX_SIZE];
    struct file file;
    const char *of = word(body, "document"), *hash = word(body, "sha256");
    snprintf(path, sizeof path, "data/readings/%.64s.json",
             of != NULL ? of : "");
    if (!document_of(importing, body, &document) ||
        !document_text(importing->casefile, document.id, &text,
                       importing->error) ||
        !reading_get(importing->casefile, document.id, importing->arena,
                     &reading, importing->error) ||
        !payload(importing, path, &file))
        return false;
    bool is_well = true;
    if (file.bytes.data != NULL && reading.text == 0 && text.id != 0) {
        is_well = sha256_hex(file.bytes, sha256, importing->error);
        /* Older readings have an entry too, but no file. */
        if (is_well && hash != NULL && strcmp(hash, sha256) == 0)
            is_well =
                keep_reading(importing, &document, &text,
                             word(body, "reader") != NULL ? word(body, "reader")
                                                          : "made elsewhere",
                             file.bytes);
    }
    file_close(&file);
    return is_well;
}

static bool import_review(struct importing *importing, const json_t *body)
{
    struct case_document document;
    const json_t *span = json_object_get(body, "span");
    bool is_new;
    struct review review = {
        .key = word(body, "key"),
        .finding = word(body, "finding"),
        .kind = word(body, "kind"),
        .decision = word(body, "decision"),
        .fields = word(body, "fields"),
        .undoes = word(body, "undoes"),
        .text_sha256 = word(body, "text"),
        .quote = word(body, "quote"),
        .prefix = word(body, "prefix"),
        .suffix = word(body, "suffix"),
        .reviewer = word(body, "reviewer"),
        .time = word(body, "time"),
        .why = word(body, "why"),
        .span = {(uint32_t)json_integer_value(json_array_get(span, 0)),
                 (uint32_t)json_integer_value(json_array_get(span, 1))}};
    const char *const needed[] = {
        review.key,         review.finding,        review.kind,
        review.decision,    review.quote,          review.prefix,
        review.suffix,      review.reviewer,       review.time,
        review.text_sha256, word(body, "document")};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (needed[i] == NULL)
            return error_set(importing->error, ERROR_BAD_INPUT,
                             "a review that lacks a member");
    if (!document_of(importing, body, &document))
        return false;
    review.document = document.id;
    if (!review_import(importing->casefile, &review, &is_new, importing->error))
        return false;
    importing->imported->reviews += is_new;
    return !is_new || json_object_set_new(importing->changed, document.sha256,
                                          json_true()) == 0;
}

static bool import_entry(struct importing *importing,
                         const struct bag_entry *entry)
{
    static const struct {
        const char *kind;
        bool (*take)(struct importing *, const json_t *);
    } kinds[] = {{ENTRY_DOCUMENT, import_original},
                 {ENTRY_TEXT, import_text},
                 {ENTRY_READING, import_reading},
                 {ENTRY_REVIEW, import_review}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(entry->leaf.kind, kinds[i].kind) != 0)
            continue;
        json_t *body = body_of(importing, entry);
        bool is_taken = body != NULL && kinds[i].take(importing, body);
        json_decref(body);
        arena_reset(importing->arena);
        return is_taken ||
               error_prefix(importing->error, "entry %llu of the bag",
                            (unsigned long long)entry->index);
    }
    return true;
}

/* New reviews hold for the findings of their documents. */
static bool settle(struct importing *importing)
{
    const char *sha256;
    json_t *value;
    json_object_foreach(importing->changed, sha256, value)
    {
        struct case_document document;
        struct case_reading reading;
        if (!document_by_hash(importing->casefile, sha256, importing->arena,
                              &document, importing->error) ||
            !reading_get(importing->casefile, document.id, importing->arena,
                         &reading, importing->error) ||
            (reading.text != 0 &&
             !reading_settle(importing->casefile, document.id,
                             importing->error)))
            return false;
        arena_reset(importing->arena);
    }
    return true;
}

/* From which ledger, as it stood, by whose key. */
static bool append_import(struct importing *importing)
{
    char root[DIGEST_HEX_SIZE], key[DIGEST_HEX_SIZE];
    const struct bag *bag = importing->bag;
    struct digest fingerprint =
        note_key_fingerprint(&bag->keys[bag->key_count - 1]);
    digest_to_hex(&bag->checkpoint.root, root);
    digest_to_hex(&fingerprint, key);
    json_t *body =
        json_pack("{s:s,s:s,s:I,s:s,s:s}", "madai", "import/1", "origin",
                  bag->checkpoint.origin, "size",
                  (json_int_t)bag->checkpoint.size, "root", root, "key", key);
    bool is_appended =
        body != NULL
            ? entry_append(importing->casefile, ENTRY_IMPORT, body, NULL,
                           importing->error)
            : error_set(importing->error, ERROR_LIMIT, "out of memory");
    json_decref(body);
    return is_appended;
}

static bool import_all(struct importing *importing)
{
    for (size_t i = 0; i < importing->bag->entry_count; i++)
        if (!import_entry(importing, &importing->bag->entries[i]))
            return false;
    return settle(importing) && append_import(importing);
}

static bool import_or_nothing(struct importing *importing)
{
    if (!casefile_begin(importing->casefile, importing->error))
        return false;
    if (import_all(importing) &&
        casefile_commit(importing->casefile, importing->error))
        return true;
    casefile_rollback(importing->casefile);
    *importing->imported = (struct imported){0};
    return false;
}

bool case_import_bag(struct casefile *casefile, const char *folder,
                     const struct bag_faults *faults, struct imported *imported,
                     struct error *error)
{
    struct bag bag;
    const struct bag_trust trust = {.key = {"", 0}, .checkpoint = {"", 0}};
    struct arena *held = arena_new(BAG_ARENA_CEILING);
    struct importing importing = {.casefile = casefile,
                                  .bag = &bag,
                                  .imported = imported,
                                  .arena = arena_new((size_t)8 << 30),
                                  .changed = json_object(),
                                  .error = error};
    *imported = (struct imported){0};
    bool is_done = false;
    if (held == NULL || importing.arena == NULL || importing.changed == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if (bag_check(folder, &trust, faults, NULL, held, &bag, error))
        is_done = bag.fault_count == 0
                      ? import_or_nothing(&importing)
                      : error_set(error, ERROR_TAMPERED,
                                  "the bag does not hold; nothing was taken");
    json_decref(importing.changed);
    arena_release(importing.arena);
    arena_release(held);
    return is_done;
}
