/*
 * api_trust.c - the ledger: what was done, and what somebody else can hold
 * against it.
 */
#include "api_handlers.h"
#include "api_json.h"
#include "entries.h"
#include "key_store.h"

static json_t *made(json_t *json, struct error *error)
{
    if (json == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the answer");
    return json;
}

/* What of a body a person wants to know. */
static void put_body(json_t *json, const struct entry *entry)
{
    static const char *const shown[] = {"name",   "decision", "finding",
                                        "kind",   "reviewer", "document",
                                        "reader", "why",      "origin"};
    struct error ignored;
    json_t *body = entry->is_erased ? NULL : json_read(entry->body, &ignored);
    if (body == NULL)
        json_object_set_new(json, "erased", json_true());
    json_t *about = json_object();
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        json_t *value = json_object_get(body, shown[i]);
        if (json_is_string(value))
            json_object_set(about, shown[i], value);
    }
    json_object_set_new(json, "about", about);
    json_decref(body);
}

static json_t *entry_json(struct request *request, uint64_t position,
                          struct error *error)
{
    struct entry entry;
    if (!entry_get(request->server->casefile, position, request->arena, &entry,
                   error))
        return NULL;
    json_t *json =
        made(json_pack("{s:I,s:s,s:s}", "entry", (json_int_t)entry.position,
                       "kind", entry.leaf.kind, "time", entry.leaf.time),
             error);
    if (json != NULL)
        put_body(json, &entry);
    return json;
}

bool api_log(struct request *request, json_t **answer, struct error *error)
{
    uint64_t count, before, limit;
    if (!entry_count(request->server->casefile, &count, error) ||
        !address_number(&request->address, "before", count, ENTRY_MAX, &before,
                        error) ||
        !address_number(&request->address, "limit", ROWS_USUAL, ROWS_MAX,
                        &limit, error))
        return false;
    json_t *items = json_array();
    if (before > count)
        before = count;
    for (uint64_t i = before; i > 0 && before - i < limit; i--) {
        json_t *entry = entry_json(request, i - 1, error);
        if (entry == NULL || json_array_append_new(items, entry) != 0) {
            json_decref(items);
            return false;
        }
    }
    *answer =
        made(json_pack("{s:I,s:o}", "total", (json_int_t)count, "items", items),
             error);
    return *answer != NULL;
}

static bool put_checkpoint(struct request *request, json_t *json,
                           struct error *error)
{
    struct kept_checkpoint last;
    if (!checkpoint_last(request->server->casefile, request->arena, &last,
                         error))
        return false;
    if (last.id == 0)
        return true;
    json_t *note = text_json(last.note, request->arena, error);
    return note != NULL && json_object_set_new(json, "checkpoint",
                                               json_pack("{s:I,s:o}", "size",
                                                         (json_int_t)last.size,
                                                         "note", note)) == 0;
}

bool api_trust(struct request *request, json_t **answer, struct error *error)
{
    char root[DIGEST_HEX_SIZE];
    struct digest digest;
    uint64_t size;
    size_t keys;
    struct casefile *casefile = request->server->casefile;
    if (!casefile_begin_read(casefile, error))
        return false;
    bool is_well = entry_root(casefile, &size, &digest, error) &&
                   key_store_count(casefile, &keys, error);
    if (is_well) {
        digest_to_hex(&digest, root);
        *answer = made(json_pack("{s:I,s:s,s:I}", "entries", (json_int_t)size,
                                 "root", root, "keys", (json_int_t)keys),
                       error);
        is_well = *answer != NULL && put_checkpoint(request, *answer, error);
    }
    casefile_rollback(casefile);
    return is_well;
}

/* The first key of a case; who has none yet gets one under this passphrase. */
static bool key_first(struct casefile *casefile, struct slice passphrase,
                      struct signing_key *key, struct arena *arena,
                      struct error *error)
{
    char origin[NOTE_NAME_SIZE], sealed[SEALED_KEY_SIZE];
    return entry_origin(casefile, origin, error) &&
           signing_key_new(origin, key, error) &&
           signing_key_seal(key, passphrase, sealing_cost_usual, sealed,
                            error) &&
           entry_key_change(casefile, NULL, key, sealed, arena, error);
}

static bool key_open(struct request *request, struct slice passphrase,
                     struct signing_key *key, struct error *error)
{
    char *sealed;
    struct casefile *casefile = request->server->casefile;
    if (!entry_key_in_force(casefile, request->arena, &sealed, error))
        return false;
    return sealed != NULL
               ? signing_key_open(slice_of(sealed), passphrase, key, error)
               : key_first(casefile, passphrase, key, request->arena, error);
}

static bool sign(struct request *request, const char *passphrase,
                 json_t **answer, struct error *error)
{
    struct signing_key key = {0};
    struct slice note;
    bool is_signed = key_open(request, slice_of(passphrase), &key, error) &&
                     entry_checkpoint(request->server->casefile, &key,
                                      request->arena, &note, error);
    signing_key_close(&key);
    if (!is_signed)
        return false;
    *answer = made(
        json_pack("{s:o*}", "note", text_json(note, request->arena, error)),
        error);
    return *answer != NULL;
}

static size_t letters_of(const char *words)
{
    size_t count = 0;
    for (; *words != '\0'; words++)
        count += ((unsigned char)*words & 0xC0) != 0x80;
    return count;
}

bool api_checkpoint(struct request *request, json_t **answer,
                    struct error *error)
{
    enum { LEAST = 8 };
    static const char *const keys[] = {"passphrase"};
    const char *passphrase = NULL;
    json_t *body = request_body(request, error);
    bool is_well = body != NULL && body_only(body, keys, 1, error) &&
                   body_string(body, keys[0], &passphrase, error);
    if (is_well && (passphrase == NULL || letters_of(passphrase) < LEAST))
        is_well = error_set(error, ERROR_USAGE,
                            "the passphrase has %d characters or more", LEAST);
    is_well = is_well && sign(request, passphrase, answer, error);
    json_decref(body);
    if (request->body != NULL)
        explicit_bzero(request->body, request->body_length);
    return is_well;
}
