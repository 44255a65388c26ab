/*
 * bag_make.c - a bag to forge, always the same for the same arguments.
 *
 *     bag_make FOLDER NUMBER DOCUMENTS
 *
 * The ledger is made under keys whose seeds are 32 bytes of NUMBER and of
 * NUMBER + 1: the first one until half of the documents are in, then the
 * other. Its last entry but one is not opened; the checkpoint of the time
 * when the key changed goes along, with a file in the place of a stamp.
 */
#include "bag_write.h"
#include "key_change.h"
#include "lines.h"
#include "signing_key.h"

#define ENTRIES_MAX 1000

struct maker {
    struct arena *arena;
    struct bag_writer *bag;
    struct error error;
    uint8_t number;
    struct signing_key keys[2];
    size_t key_count; /* in force: keys[key_count - 1] */
    struct digest leaves[ENTRIES_MAX];
    uint64_t size;
    struct leaf leaf; /* the last one */
    struct digest salt;
};

static void must(struct maker *maker, bool is_done)
{
    if (is_done)
        return;
    fprintf(stderr, "%s\n", maker->error.text);
    exit(1);
}

static struct slice print(struct maker *maker, const char *format,
                          unsigned number)
{
    struct slice text;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    must(maker, arena_print(maker->arena, &text, &maker->error, format,
                            (unsigned)maker->number, number));
#pragma GCC diagnostic pop
    return text;
}

/* Appends an entry and gives its number. */
static uint64_t append(struct maker *maker, const char *kind, struct slice body)
{
    struct digest key = {{0}};
    if (maker->key_count > 0)
        key = note_key_fingerprint(&maker->keys[maker->key_count - 1].key);
    maker->salt =
        digest_of(print(maker, "salt %u of entry %u", (unsigned)maker->size));
    must(maker, maker->size < ENTRIES_MAX);
    must(maker, leaf_make(kind, "2024-05-01T12:00:00Z", &key, &maker->salt,
                          body, &maker->leaf, &maker->error));
    maker->leaves[maker->size] = leaf_hash(&maker->leaf);
    return maker->size++;
}

static void append_opened(struct maker *maker, const char *kind,
                          struct slice body)
{
    uint64_t index = append(maker, kind, body);
    must(maker, bag_add_entry(maker->bag, index, &maker->leaf, &maker->salt,
                              body, &maker->error));
}

static void change_key(struct maker *maker)
{
    struct slice body;
    const struct signing_key *before =
        maker->key_count > 0 ? &maker->keys[0] : NULL;
    must(maker,
         key_change_write(maker->arena, before, &maker->keys[maker->key_count],
                          &body, &maker->error));
    append_opened(maker, LEAF_KIND_KEY, body);
    maker->key_count++;
}

static void add_document(struct maker *maker, unsigned number)
{
    char hex[2][DIGEST_HEX_SIZE], path[64];
    struct slice contents[2] = {
        print(maker, "Case %u, letter %u: we were not there.\n", number),
        print(maker, "case %u, letter %u: we were not there.\n", number),
    };
    for (unsigned i = 0; i < 2; i++) {
        struct digest digest = digest_of(contents[i]);
        digest_to_hex(&digest, hex[i]);
        snprintf(path, sizeof path, "%s%u.txt",
                 i == 0 ? BAG_ORIGINALS : BAG_TEXTS, number);
        must(maker, bag_add_file(maker->bag, path, contents[i], &maker->error));
    }
    struct slice body;
    must(maker,
         arena_print(maker->arena, &body, &maker->error,
                     "{\"name\":\"letter %u\",\"holds\":[\"%s\",\"%s\"]}",
                     number, hex[0], hex[1]));
    append_opened(maker, "document", body);
}

static struct slice checkpoint(struct maker *maker,
                               struct merkle_levels *levels)
{
    struct slice note;
    struct merkle_frontier frontier;
    must(maker, merkle_levels_build(maker->arena, maker->leaves, maker->size,
                                    levels, &maker->error));
    struct merkle_source source = merkle_levels_source(levels);
    must(maker, merkle_load(&source, maker->size, &frontier, &maker->error));
    struct digest root = merkle_root(&frontier);
    must(maker, checkpoint_sign(maker->arena, maker->size, &root,
                                &maker->keys[maker->key_count - 1], &note,
                                &maker->error));
    return note;
}

static void add_earlier(struct maker *maker)
{
    struct merkle_levels levels;
    struct slice note = checkpoint(maker, &levels);
    struct digest digest = digest_of(note);
    must(maker, bag_add_earlier(
                    maker->bag, maker->size, note,
                    (struct slice){(const char *)digest.bytes, DIGEST_SIZE},
                    slice_of("certificates\n"), &maker->error));
}

static void finish(struct maker *maker)
{
    struct slice body;
    struct merkle_levels levels;
    struct bag_ledger ledger = {0};
    must(maker, bag_seal(maker->bag, &body, &maker->error));
    append(maker, LEAF_KIND_EXPORT, body);
    ledger.note = checkpoint(maker, &levels);
    ledger.nodes = merkle_levels_source(&levels);
    ledger.size = maker->size;
    ledger.export_leaf = maker->leaf;
    ledger.export_salt = maker->salt;
    must(maker, bag_finish(maker->bag, &ledger, &maker->error));
    must(maker, bag_name(maker->bag, &maker->error));
}

static void make(struct maker *maker, unsigned documents)
{
    const struct note_key keys[2] = {maker->keys[0].key, maker->keys[1].key};
    must(maker, bag_add_keys(maker->bag, keys, 2, &maker->error));
    append_opened(maker, "case", slice_of("{}"));
    change_key(maker);
    for (unsigned i = 0; i < documents; i++) {
        if (i == documents / 2) {
            add_earlier(maker);
            change_key(maker);
        }
        add_document(maker, i);
    }
    must(maker,
         bag_add_file(maker->bag, "data/reviews/reviews.csv",
                      slice_of("key,decision\nc1,accepted\n"), &maker->error));
    append_opened(maker, "review", slice_of("{\"decision\":\"accepted\"}"));
    append(maker, "erase", slice_of("{\"count\":1}"));
    finish(maker);
}

int main(int count, char **arguments)
{
    static struct maker maker;
    if (count != 4)
        return 2;
    maker.number = (uint8_t)strtoul(arguments[2], NULL, 10);
    maker.arena = arena_new((size_t)1 << 26);
    maker.bag = bag_begin(arguments[1], "2024-05-02", &maker.error);
    must(&maker, maker.arena != NULL && maker.bag != NULL);
    char name[NOTE_NAME_SIZE];
    snprintf(name, sizeof name, "madai.case/%032u", (unsigned)maker.number);
    for (unsigned i = 0; i < 2; i++) {
        uint8_t seed[SIGNING_KEY_SEED_SIZE];
        memset(seed, (int)(maker.number + i), sizeof seed);
        must(&maker,
             signing_key_from_seed(name, seed, &maker.keys[i], &maker.error));
    }
    make(&maker, (unsigned)strtoul(arguments[3], NULL, 10));
    bag_writer_free(maker.bag);
    arena_release(maker.arena);
    return 0;
}
