/*
 * test_note.c - signed notes, checkpoints, changes of keys and proofs: the
 * published examples, what holds, and what was touched.
 */
#include "test.h"

#include <sodium.h>

#include "arena_fail.h"
#include "checkpoint.h"
#include "json.h"
#include "key_change.h"
#include "signing_key.h"
#include "tlog_proof.h"

#define NAME "madai.case/0123"

static struct arena *arena;
static struct signing_key keys[3]; /* the third has another name */

static int make_keys(void **state)
{
    (void)state;
    struct error error = {0};
    arena = arena_new((size_t)1 << 24);
    for (unsigned i = 0; i < 3; i++) {
        uint8_t seed[SIGNING_KEY_SEED_SIZE];
        memset(seed, (int)i + 1, sizeof seed);
        if (!signing_key_from_seed(i < 2 ? NAME : "other", seed, &keys[i],
                                   &error))
            return -1;
    }
    return arena == NULL ? -1 : 0;
}

static int drop_keys(void **state)
{
    (void)state;
    arena_release(arena);
    return 0;
}

/* The example that the specification of signed notes has had since Go's
 * golang.org/x/mod/sumdb/note. */
static const char published_key[] =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char published_note[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xE2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIu"
    "GUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

static void the_published_note_holds(void **state)
{
    (void)state;
    struct error error = {0};
    struct note_key key;
    struct note note;
    assert_true(note_key_read(slice_of(published_key), &key, &error));
    assert_string_equal(key.name, "PeterNeumann");
    assert_int_equal(note_key_id(&key), 0xc74f20a3);
    assert_true(note_split(slice_of(published_note), &note, &error));
    assert_true(note_check(&note, &key, &error));
}

/* RFC 8032, section 7.1, tests 1 and 2. */
static void the_published_signatures_hold(void **state)
{
    (void)state;
    const char *const seeds[] = {
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    };
    const char *const public_keys[] = {
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    };
    for (size_t i = 0; i < 2; i++) {
        struct digest seed, public_key;
        struct signing_key key;
        struct error error = {0};
        assert_true(digest_from_hex(slice_of(seeds[i]), &seed));
        assert_true(digest_from_hex(slice_of(public_keys[i]), &public_key));
        assert_true(signing_key_from_seed("x", seed.bytes, &key, &error));
        assert_memory_equal(key.key.public_key, public_key.bytes, DIGEST_SIZE);
    }
}

static struct slice sign(const char *text, const struct signing_key *key)
{
    struct slice note;
    struct error error = {0};
    assert_true(note_sign(arena, slice_of(text), &key, 1, &note, &error));
    return note;
}

static void a_note_is_refused_where_any_byte_of_it_was_touched(void **state)
{
    (void)state;
    struct slice made = sign("one\n\ntwo\n", &keys[0]);
    char *bytes = arena_string(arena, made, &(struct error){0});
    for (size_t i = 0; i < made.length; i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            struct note note;
            struct error error = {0};
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
            struct slice touched = {bytes, made.length};
            assert_false(note_split(touched, &note, &error) &&
                         note_check(&note, &keys[0].key, &error));
            assert_int_not_equal(error.kind, ERROR_NONE);
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
        }
}

static void signatures_of_strangers_are_passed_over(void **state)
{
    (void)state;
    const struct signing_key *both[2] = {&keys[2], &keys[0]};
    struct slice made;
    struct note note;
    struct error error = {0};
    assert_true(note_sign(arena, slice_of("x\n"), both, 2, &made, &error));
    assert_true(note_split(made, &note, &error));
    assert_true(note_check(&note, &keys[0].key, &error));
    assert_true(note_check(&note, &keys[2].key, &error));
    assert_false(note_check(&note, &keys[1].key, &error));
    assert_error(error, ERROR_NOT_FOUND, "not signed by the key of " NAME);
}

/* Text, then what is told. */
static void what_is_no_note_is_refused(void **state)
{
    (void)state;
    const char *const wrong[][2] = {
        {"", "not a signed note"},
        {"x\n", "not a signed note"},
        {"x\ty\n\n\xE2\x80\x94 a AAAAAAAA\n", "not a signed note"},
        {"x\x7F\n\n\xE2\x80\x94 a AAAAAAAA\n", "not a signed note"},
        {"\xFF\n\n\xE2\x80\x94 a AAAAAAAA\n", "not a signed note"},
        {"x\n\n", "the note is not signed"},
        {"x\n\n- a AAAAAAAA\n", "the signatures of the note are not whole"},
        {"x\n\n\xE2\x80\x94 a AAAAAAAA",
         "the signatures of the note are not whole"},
        {"x\n\n\xE2\x80\x94 \n", "the signatures of the note are not whole"},
        {"x\n\n\xE2\x80\x94 a\n", "the signatures of the note are not whole"},
        {"x\n\n\xE2\x80\x94  AAAAAAAA\n",
         "the signatures of the note are not whole"},
        {"x\n\n\xE2\x80\x94 a AAAA\n",
         "the signatures of the note are not whole"},
        {"x\n\n\xE2\x80\x94 a AAA?AAAA\n",
         "the signatures of the note are not whole"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct note note;
        struct error error = {0};
        assert_false(note_split(slice_of(wrong[i][0]), &note, &error));
        assert_error(error, ERROR_CORRUPT, wrong[i][1]);
    }
    char *many = arena_take(arena, NOTE_BYTES_MAX + 2, 1, &(struct error){0});
    memset(many, 'x', NOTE_BYTES_MAX + 1);
    struct note note;
    struct error error = {0};
    assert_false(
        note_split((struct slice){many, NOTE_BYTES_MAX + 1}, &note, &error));
    assert_error(error, ERROR_CORRUPT, "too long for a signed note");
    memcpy(many, "x\n\n", 4);
    for (unsigned i = 0; i < NOTE_SIGNATURES_MAX + 1; i++)
        memcpy(many + 3 + i * 15, "\xE2\x80\x94 a AAAAAAAA\n", 16);
    assert_true(note_split((struct slice){many, 3 + NOTE_SIGNATURES_MAX * 15},
                           &note, &error));
    assert_false(note_split(slice_of(many), &note, &error));
}

static void what_cannot_be_a_note_is_not_signed(void **state)
{
    (void)state;
    const struct signing_key *key = &keys[0];
    struct slice note;
    struct error error = {0};
    assert_false(note_sign(arena, slice_of("x"), &key, 1, &note, &error));
    assert_error(error, ERROR_USAGE, "not a text that can be signed");
    assert_false(note_sign(arena, slice_of(""), &key, 1, &note, &error));
    for (size_t take = 1; take <= 2; take++) {
        arena_fail_at(arena, take);
        assert_false(note_sign(arena, slice_of("x\n"), &key, 1, &note, &error));
        assert_int_equal(error.kind, ERROR_LIMIT);
    }
    arena_fail_at(arena, 0);
}

static void a_key_in_text_has_its_own_id(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "",
        "+",
        "a+b",
        "a+00000000+",
        "a b+00000000+AA==",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann-c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3-ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct note_key key;
        struct error error = {0};
        assert_false(note_key_read(slice_of(wrong[i]), &key, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
    struct note_key key;
    char text[NOTE_KEY_TEXT_SIZE];
    note_key_write(&keys[0].key, text);
    assert_true(note_key_read(slice_of(text), &key, &(struct error){0}));
    assert_memory_equal(&key, &keys[0].key, sizeof key);
}

static void a_checkpoint_says_what_was_signed(void **state)
{
    (void)state;
    struct error error = {0};
    struct digest root = digest_of(slice_of("root"));
    struct slice note;
    struct checkpoint checkpoint;
    assert_true(checkpoint_sign(arena, 17, &root, &keys[0], &note, &error));
    assert_true(checkpoint_open(note, &keys[0].key, &checkpoint, &error));
    assert_string_equal(checkpoint.origin, NAME);
    assert_int_equal(checkpoint.size, 17);
    assert_true(digest_equals(&checkpoint.root, &root));
    assert_true(checkpoint_read(note, &checkpoint, &error));
    assert_false(checkpoint_open(note, &keys[1].key, &checkpoint, &error));
    assert_error(error, ERROR_NOT_FOUND, "not signed by the key of " NAME);
    assert_false(checkpoint_open(note, &keys[2].key, &checkpoint, &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "a checkpoint of another ledger, " NAME);
    assert_false(
        checkpoint_open(slice_of(""), &keys[0].key, &checkpoint, &error));
}

#define ROOT "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static void what_is_no_checkpoint_is_refused(void **state)
{
    (void)state;
    const char *const wrong[] = {
        NAME "\n17\n",           NAME "\n017\n" ROOT "\n",
        NAME "\n-1\n" ROOT "\n", NAME "\n17\nAAAA\n",
        "a b\n17\n" ROOT "\n",   NAME "\n17\n" ROOT "\n\nmore\n",
        "\n17\n" ROOT "\n",      "one line\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct checkpoint checkpoint;
        struct error error = {0};
        assert_false(checkpoint_open(sign(wrong[i], &keys[0]), &keys[0].key,
                                     &checkpoint, &error));
        assert_error(error, ERROR_CORRUPT, "not a checkpoint");
    }
    struct checkpoint checkpoint;
    assert_true(checkpoint_open(sign(NAME "\n17\n" ROOT "\nmore\n", &keys[0]),
                                &keys[0].key, &checkpoint, &(struct error){0}));
}

static void a_new_ledger_has_a_name_of_its_own(void **state)
{
    (void)state;
    char one[NOTE_NAME_SIZE], other[NOTE_NAME_SIZE];
    checkpoint_new_origin(one);
    checkpoint_new_origin(other);
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(one), 11 + 32);
    assert_true(note_name_is_valid(slice_of(one)));
}

static void a_change_of_keys_is_signed_by_both(void **state)
{
    (void)state;
    struct error error = {0};
    struct slice body;
    struct key_change change;
    assert_true(key_change_write(arena, NULL, &keys[0], &body, &error));
    assert_true(key_change_read(body, &change, &error));
    assert_false(change.has_before);
    assert_memory_equal(&change.after, &keys[0].key, sizeof change.after);
    assert_true(key_change_write(arena, &keys[0], &keys[1], &body, &error));
    assert_true(key_change_read(body, &change, &error));
    assert_true(change.has_before);
    assert_memory_equal(&change.before, &keys[0].key, sizeof change.before);
    assert_memory_equal(&change.after, &keys[1].key, sizeof change.after);
    assert_false(key_change_write(arena, &keys[0], &keys[0], &body, &error));
    assert_error(error, ERROR_USAGE,
                 "a key changes into another of the same name");
    assert_false(key_change_write(arena, &keys[0], &keys[2], &body, &error));
    for (size_t take = 1; take <= 12; take++) {
        arena_fail_at(arena, take);
        if (key_change_write(arena, &keys[0], &keys[1], &body, &error))
            assert_true(take > 5);
    }
    arena_fail_at(arena, 0);
}

/* The body of a change with this text, signed by these keys. */
static struct slice change_body(const char *text, const struct signing_key *one,
                                const struct signing_key *other)
{
    const struct signing_key *both[2] = {one, other};
    struct slice note;
    struct error error = {0};
    assert_true(note_sign(arena, slice_of(text), both, other == NULL ? 1 : 2,
                          &note, &error));
    json_t *object = json_pack("{s:s}", "note", note.data);
    char *dumped = json_dumps(object, 0);
    char *body = arena_string(arena, slice_of(dumped), &error);
    free(dumped);
    json_decref(object);
    return slice_of(body);
}

static void a_change_that_one_key_did_not_sign_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    struct key_change change;
    char one[NOTE_KEY_TEXT_SIZE], two[NOTE_KEY_TEXT_SIZE];
    char three[NOTE_KEY_TEXT_SIZE], text[3 * NOTE_KEY_TEXT_SIZE];
    note_key_write(&keys[0].key, one);
    note_key_write(&keys[1].key, two);
    note_key_write(&keys[2].key, three);
    snprintf(text, sizeof text, "madai/key-change/v1\n%s\n%s\n", one, two);
    assert_true(key_change_read(change_body(text, &keys[1], &keys[0]), &change,
                                &error));
    assert_false(
        key_change_read(change_body(text, &keys[1], NULL), &change, &error));
    assert_error(error, ERROR_TAMPERED, "not signed by the key of " NAME);
    assert_false(
        key_change_read(change_body(text, &keys[0], NULL), &change, &error));
    assert_int_equal(error.kind, ERROR_TAMPERED);

    const char *const wrong[][3] = {
        {"madai/key-change/v2", one, two},
        {"madai/key-change/v1", one, one},
        {"madai/key-change/v1", one, three},
        {"madai/key-change/v1", "no", two},
        {"madai/key-change/v1", one, "none"},
        {"madai/key-change/v1", one, ""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text, "%s\n%s\n%s\n", wrong[i][0], wrong[i][1],
                 wrong[i][2]);
        assert_false(key_change_read(change_body(text, &keys[0], &keys[1]),
                                     &change, &error));
        assert_error(error, ERROR_CORRUPT, "not a change of keys");
    }
    const char *const bodies[] = {"{}",
                                  "[]",
                                  "{\"note\":1}",
                                  "{\"note\":\"\"}",
                                  "{\"note\":\"x\",\"more\":1}",
                                  "nothing",
                                  ""};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_false(key_change_read(slice_of(bodies[i]), &change, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
    }
}

/* A ledger of one entry, its proof and its body. */
static struct tlog_proof prove(struct slice body)
{
    struct error error = {0};
    struct tlog_proof proof = {.index = 0};
    struct digest key = {{0}};
    assert_true(leaf_make("document", "2024-05-01T12:00:00Z", &key, &proof.salt,
                          body, &proof.leaf, &error));
    struct digest leaf = leaf_hash(&proof.leaf), other = {{9}};
    struct digest root = merkle_node(&leaf, &other);
    proof.path = (struct merkle_proof){1, {other}};
    assert_true(
        checkpoint_sign(arena, 2, &root, &keys[0], &proof.note, &error));
    return proof;
}

static void a_proof_holds_for_its_body_and_key_only(void **state)
{
    (void)state;
    struct error error = {0};
    struct slice file;
    struct tlog_proof read, proof = prove(slice_of("{}"));
    struct checkpoint checkpoint;
    assert_true(tlog_proof_write(arena, &proof, &file, &error));
    assert_true(tlog_proof_read(file, &read, &error));
    assert_true(tlog_proof_check(&read, slice_of("{}"), &keys[0].key,
                                 &checkpoint, &error));
    assert_int_equal(checkpoint.size, 2);
    assert_true(
        tlog_proof_check(&read, slice_of("{}"), &keys[0].key, NULL, &error));
    assert_false(
        tlog_proof_check(&read, slice_of("{ }"), &keys[0].key, NULL, &error));
    assert_int_equal(error.kind, ERROR_TAMPERED);
    assert_false(
        tlog_proof_check(&read, slice_of("{}"), &keys[1].key, NULL, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    arena_fail_at(arena, 1);
    assert_false(tlog_proof_write(arena, &proof, &file, &error));
    assert_int_equal(error.kind, ERROR_LIMIT);
    arena_fail_at(arena, 0);
}

static void a_proof_is_refused_where_any_bit_of_it_was_turned(void **state)
{
    (void)state;
    struct error error = {0};
    struct slice file;
    struct tlog_proof read, proof = prove(slice_of("{}"));
    assert_true(tlog_proof_write(arena, &proof, &file, &error));
    char *bytes = arena_string(arena, file, &error);
    for (size_t i = 0; i < file.length; i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
            struct slice touched = {bytes, file.length};
            assert_false(tlog_proof_read(touched, &read, &error) &&
                         tlog_proof_check(&read, slice_of("{}"), &keys[0].key,
                                          NULL, &error));
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
        }
    for (size_t cut = 0; cut < file.length; cut++) {
        struct slice touched = {bytes, cut};
        assert_false(tlog_proof_read(touched, &read, &error) &&
                     tlog_proof_check(&read, slice_of("{}"), &keys[0].key, NULL,
                                      &error));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_note_holds),
        cmocka_unit_test(the_published_signatures_hold),
        cmocka_unit_test(a_note_is_refused_where_any_byte_of_it_was_touched),
        cmocka_unit_test(signatures_of_strangers_are_passed_over),
        cmocka_unit_test(what_is_no_note_is_refused),
        cmocka_unit_test(what_cannot_be_a_note_is_not_signed),
        cmocka_unit_test(a_key_in_text_has_its_own_id),
        cmocka_unit_test(a_checkpoint_says_what_was_signed),
        cmocka_unit_test(what_is_no_checkpoint_is_refused),
        cmocka_unit_test(a_new_ledger_has_a_name_of_its_own),
        cmocka_unit_test(a_change_of_keys_is_signed_by_both),
        cmocka_unit_test(a_change_that_one_key_did_not_sign_is_refused),
        cmocka_unit_test(a_proof_holds_for_its_body_and_key_only),
        cmocka_unit_test(a_proof_is_refused_where_any_bit_of_it_was_turned),
    };
    return cmocka_run_group_tests_name("note", tests, make_keys, drop_keys);
}
