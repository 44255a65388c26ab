/*
 * case_export.c - see case_export.h: the bag.
 */
#include "case_export.h"

#include "bag_write.h"
#include "contents.h"
#include "documents.h"
#include "entries.h"
#include "key_store.h"
#include "reading_store.h"

struct exporting {
    struct casefile *casefile;
    struct bag_writer *bag;
    struct arena *arena;
    LIST(struct note_key) keys;
    struct error *error;
};

static bool take_key(void *context, const struct note_key *key, uint64_t entry)
{
    struct exporting *exporting = context;
    (void)entry;
    return list_push(exporting->arena, &exporting->keys, *key,
                     exporting->error);
}

static bool add_bytes(void *context, struct slice bytes, struct error *error)
{
    return bag_file_add(context, bytes, error);
}

static bool add_content(struct exporting *exporting, const char *folder,
                        int64_t content, const char *sha256)
{
    char path[128];
    struct json_sink sink = {add_bytes, exporting->bag};
    snprintf(path, sizeof path, "data/%s/%s", folder, sha256);
    return bag_file_begin(exporting->bag, path, exporting->error) &&
           content_check(exporting->casefile, content, &sink,
                         exporting->error) &&
           bag_file_end(exporting->bag, exporting->error);
}

static bool add_document(struct exporting *exporting,
                         const struct case_document *document)
{
    struct case_text text;
    struct case_reading reading;
    char path[128];
    if (document->content != 0 &&
        !add_content(exporting, "originals", document->content,
                     document->sha256))
        return false;
    if (!reading_get(exporting->casefile, document->id, exporting->arena,
                     &reading, exporting->error))
        return false;
    if (reading.text == 0)
        return true;
    snprintf(path, sizeof path, "data/readings/%s.json", document->sha256);
    return text_get(exporting->casefile, reading.text, &text,
                    exporting->error) &&
           bag_add_file(exporting->bag, path, reading.body, exporting->error);
}

static bool add_documents(struct exporting *exporting)
{
    struct case_document document = {0};
    bool is_there = true;
    struct arena *kept = exporting->arena;
    exporting->arena = arena_new((size_t)8 << 30);
    bool is_well = exporting->arena != NULL ||
                   error_set(exporting->error, ERROR_LIMIT, "out of memory");
    while (is_well && is_there) {
        arena_reset(exporting->arena);
        is_well =
            document_after(exporting->casefile, document.id, exporting->arena,
                           &document, &is_there, exporting->error) &&
            (!is_there || add_document(exporting, &document) ||
             error_prefix(exporting->error, "%.100s", document.facts.name));
    }
    arena_release(exporting->arena);
    exporting->arena = kept;
    return is_well;
}

static bool add_once(struct exporting *exporting, int64_t content,
                     const char *sha256, json_t *written)
{
    return json_object_get(written, sha256) != NULL ||
           (json_object_set_new(written, sha256, json_true()) == 0 &&
            add_content(exporting, "texts", content, sha256));
}

/* Texts and their maps go by their entry, since several documents may share
 * one. */
static bool add_text_of(struct exporting *exporting, const struct entry *entry,
                        json_t *written)
{
    struct case_text text;
    int64_t document;
    if (strcmp(entry->leaf.kind, ENTRY_TEXT) != 0)
        return true;
    if (!text_by_entry(exporting->casefile, (int64_t)entry->position, &text,
                       &document, exporting->error))
        return false;
    return text.id == 0 ||
           (add_once(exporting, text.content, text.sha256, written) &&
            (text.map == 0 ||
             add_once(exporting, text.map, text.map_sha256, written)));
}

static bool is_opened(const struct entry *entry)
{
    static const char *const kinds[] = {
        ENTRY_CASE,    ENTRY_DOCUMENT, ENTRY_TEXT,  ENTRY_READING,
        LEAF_KIND_KEY, ENTRY_REVIEW,   ENTRY_ERASE, ENTRY_IMPORT};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(entry->leaf.kind, kinds[i]) == 0)
            return !entry->is_erased;
    return false;
}

static bool add_entries(struct exporting *exporting, json_t *written)
{
    uint64_t count;
    bool is_well = entry_count(exporting->casefile, &count, exporting->error);
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL)
        return error_set(exporting->error, ERROR_LIMIT, "out of memory");
    for (uint64_t i = 0; is_well && i < count; i++) {
        struct entry entry;
        arena_reset(arena);
        is_well = entry_get(exporting->casefile, i, arena, &entry,
                            exporting->error) &&
                  (!is_opened(&entry) ||
                   (add_text_of(exporting, &entry, written) &&
                    bag_add_entry(exporting->bag, i, &entry.leaf, &entry.salt,
                                  entry.body, exporting->error)));
    }
    arena_release(arena);
    return is_well;
}

static bool add_earlier(void *context, const struct earlier_checkpoint *earlier)
{
    struct exporting *exporting = context;
    return bag_add_earlier(exporting->bag, earlier->size, earlier->note,
                           earlier->answer, earlier->trusted, exporting->error);
}

/* The entry of the export, the checkpoint over it, and the bag's end. */
static bool seal(struct exporting *exporting, const struct signing_key *key)
{
    struct slice body;
    struct entry entry;
    int64_t position;
    struct bag_ledger ledger = {.nodes = entry_nodes(exporting->casefile)};
    if (!bag_seal(exporting->bag, &body, exporting->error) ||
        !entry_append_bytes(exporting->casefile, LEAF_KIND_EXPORT, body,
                            &position, exporting->error) ||
        !entry_get(exporting->casefile, (uint64_t)position, exporting->arena,
                   &entry, exporting->error) ||
        !entry_checkpoint(exporting->casefile, key, exporting->arena,
                          &ledger.note, exporting->error))
        return false;
    ledger.size = (uint64_t)position + 1;
    ledger.export_leaf = entry.leaf;
    ledger.export_salt = entry.salt;
    return bag_finish(exporting->bag, &ledger, exporting->error);
}

static bool write_bag(struct exporting *exporting,
                      const struct signing_key *key, json_t *written)
{
    return key_store_each(exporting->casefile, take_key, exporting,
                          exporting->error) &&
           bag_add_keys(exporting->bag, exporting->keys.items,
                        exporting->keys.count, exporting->error) &&
           add_documents(exporting) && add_entries(exporting, written) &&
           checkpoint_each_size(exporting->casefile, add_earlier, exporting,
                                exporting->error) &&
           seal(exporting, key);
}

bool case_export_bag(struct casefile *casefile, const struct signing_key *key,
                     const char *folder, struct error *error)
{
    struct exporting exporting = {.casefile = casefile,
                                  .arena = arena_new((size_t)1 << 30),
                                  .error = error};
    char time[CASEFILE_TIME_SIZE];
    json_t *written = json_object();
    casefile_time(time);
    time[10] = '\0';
    bool is_begun = false, is_done = false;
    if (exporting.arena == NULL || written == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if ((exporting.bag = bag_begin(folder, time, error)) != NULL)
        is_begun = casefile_begin(casefile, error);
    if (is_begun)
        is_done = write_bag(&exporting, key, written) &&
                  casefile_commit(casefile, error);
    if (is_begun && !is_done)
        casefile_rollback(casefile);
    /* No bag without its entry: the name comes after the commit. */
    is_done = is_done && bag_name(exporting.bag, error);
    bag_writer_free(exporting.bag);
    json_decref(written);
    arena_release(exporting.arena);
    return is_done;
}
