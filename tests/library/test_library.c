/*
 * test_library.c - the public API: what it gives, what it refuses, and that
 * one model serves many threads.
 */
#include "test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "madai.h"

static const char text[] =
    "NAKURU, May 13, 2019 (SPA) — Police denied having used live ammunition.\n"
    "\n“Our officers fired tear gas, and nothing else,” Superintendent Agnes "
    "Ndolo said by telephone. The party said on Monday that two people had "
    "been shot dead.\n";

static struct madai_model *model;

static int open_model(void **state)
{
    (void)state;
    model = madai_model_open(NULL, NULL);
    return model != NULL ? 0 : -1;
}

static int close_model(void **state)
{
    (void)state;
    madai_model_close(model);
    return 0;
}

struct words {
    char bytes[65536];
    size_t length;
    size_t most; /* then the callback says stop */
};

static bool gather(void *context, const char *bytes, size_t length)
{
    struct words *words = context;
    if (words->length + length > words->most)
        return false;
    memcpy(words->bytes + words->length, bytes, length);
    words->length += length;
    return true;
}

static void the_reading_can_be_walked(void **state)
{
    (void)state;
    struct madai_reader *reader = madai_reader_new(model, NULL);
    const struct madai_given given = {"a.txt", NULL};
    const struct madai_reading *reading =
        madai_read(reader, text, strlen(text), &given, NULL);
    assert_non_null(reading);
    struct madai_document document = madai_document(reading);
    assert_int_equal(document.id.length, 5);
    assert_string_equal(document.date, "2019-05-13");
    assert_string_equal(document.date_from, "dateline");
    assert_int_equal(strlen(document.sha256), 64);
    assert_int_equal(document.invalid_bytes, 0);
    assert_true(madai_sentence_count(reading) >= 3);
    assert_true(madai_part_count(reading) >= 1);
    for (size_t i = 0; i < madai_sentence_count(reading); i++)
        assert_true(madai_sentence_at(reading, i).end <= strlen(text));
    for (size_t i = 0; i < madai_part_count(reading); i++)
        assert_non_null(madai_part_at(reading, i).kind);
    for (size_t i = 0; i < madai_name_count(reading); i++)
        assert_non_null(madai_name_at(reading, i).type);
    for (size_t i = 0; i < madai_actor_count(reading); i++)
        assert_true(madai_actor_at(reading, i).name.length > 0);
    assert_true(madai_claim_count(reading) >= 1);
    for (size_t i = 0; i < madai_claim_count(reading); i++) {
        struct madai_claim claim = madai_claim_at(reading, i);
        assert_true(claim.parent == MADAI_NONE || claim.parent < i);
        assert_true(claim.confidence >= 0 && claim.confidence <= 1);
        for (size_t k = 0; k < claim.content.count; k++)
            assert_true(claim.content.items[k].end <= strlen(text));
    }
    for (size_t i = 0; i < madai_act_count(reading); i++) {
        struct madai_act act = madai_act_at(reading, i);
        assert_true(act.same_as == MADAI_NONE || act.same_as < i);
        assert_true(act.trigger.end <= strlen(text));
        for (size_t k = 0; k < act.party_count; k++)
            assert_true(madai_act_party_at(reading, i, k).span.end <=
                        strlen(text));
    }
    madai_reader_free(reader);
}

static const char law_text[] =
    "Nakuru, 13 May 2019\n\nGeneral Secretary Amina Wekesa of the Lindani "
    "Democratic Alliance said police shot two men in Nakuru on 12 May 2019, "
    "against Article 37 of the Constitution of Kenya.\n";

static void times_offices_and_law_can_be_walked(void **state)
{
    (void)state;
    struct madai_reader *reader = madai_reader_new(model, NULL);
    const struct madai_reading *reading =
        madai_read(reader, law_text, strlen(law_text), NULL, NULL);
    assert_non_null(reading);
    assert_int_equal(madai_time_count(reading), 2);
    struct madai_time time = madai_time_at(reading, 1);
    assert_string_equal(time.type, "DATE");
    assert_string_equal(time.value, "2019-05-12");
    assert_string_equal(time.first, "2019-05-12");
    assert_string_equal(time.last, "2019-05-12");
    assert_string_equal(time.why, "as written");
    assert_int_equal(time.anchor, MADAI_NONE);
    assert_int_equal(madai_citation_count(reading), 1);
    struct madai_citation citation = madai_citation_at(reading, 0);
    assert_memory_equal(citation.provision.data, "37", 2);
    for (size_t i = 0; i < madai_act_count(reading); i++) {
        struct madai_act_scene scene = madai_act_scene(reading, i);
        assert_true(scene.time == MADAI_NONE || scene.time < 2);
        assert_true(scene.place == MADAI_NONE ||
                    scene.place < madai_place_count(reading));
    }
    for (size_t i = 0; i < madai_actor_count(reading); i++)
        for (size_t k = 0; k < madai_actor_role_count(reading, i); k++)
            assert_true(madai_actor_role_at(reading, i, k).title.length > 0);
    for (size_t i = 0; i < madai_place_count(reading); i++)
        assert_int_equal(madai_place_within(reading, i, NULL, 0), 0);
    madai_reader_free(reader);
}

static void places_are_known_with_a_gazetteer_and_found_without(void **state)
{
    (void)state;
    struct madai_error error;
    struct madai_reader *reader = madai_reader_new(model, NULL);
    struct madai_gazetteer *gazetteer = madai_gazetteer_open(NULL, &error);
    assert_non_null(gazetteer);
    assert_int_equal(strlen(madai_gazetteer_checksum(gazetteer)), 64);
    for (int i = 0; i < 2; i++) {
        madai_reader_use_gazetteer(reader, i == 0 ? gazetteer : NULL);
        const struct madai_reading *reading =
            madai_read(reader, text, strlen(text), NULL, NULL);
        assert_true(madai_place_count(reading) >= 1);
        struct madai_place place = madai_place_at(reading, 0);
        assert_int_equal(place.span.begin, 0);
        assert_int_equal(place.name.length, 6);
        assert_int_equal(place.has_point, i == 0);
        assert_false(place.is_at);
        if (i == 0)
            assert_true(place.lat < -0.2 && place.lat > -0.4 &&
                        place.lon > 36 && place.lon < 36.2);
    }
    madai_reader_free(reader);
    madai_gazetteer_close(gazetteer);
    madai_gazetteer_close(NULL);
    assert_null(madai_gazetteer_open("no-such.gazetteer", &error));
    assert_int_equal(error.kind, MADAI_NOT_FOUND);
    assert_true(strstr(error.text, "no-such.gazetteer") != NULL);
}

static void a_claimed_date_is_of_the_next_text_alone(void **state)
{
    (void)state;
    static const char *const claims[] = {"2019-05-14", NULL, "2019-05-14 or so",
                                         "2019-02-30"};
    struct madai_reader *reader = madai_reader_new(model, NULL);
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        if (claims[i] != NULL)
            madai_reader_claim_date(reader, claims[i]);
        struct madai_document document = madai_document(
            madai_read(reader, "They denied it.", 15, NULL, NULL));
        assert_string_equal(document.date, i == 0 ? claims[0] : "");
        assert_string_equal(document.date_from, i == 0 ? "metadata" : "none");
    }
    madai_reader_free(reader);
}

static void json_comes_whole_or_says_who_stopped_it(void **state)
{
    (void)state;
    static struct words words;
    struct madai_error error;
    struct madai_reader *reader = madai_reader_new(model, NULL);
    const struct madai_reading *reading =
        madai_read(reader, text, strlen(text), NULL, NULL);
    words = (struct words){.most = sizeof words.bytes - 1};
    assert_true(madai_reading_json(reading, true, gather, &words, &error));
    assert_true(strstr(words.bytes, "\"madai\":\"reading/1\"") != NULL);
    assert_true(strstr(words.bytes, "\"text\":") != NULL);
    words = (struct words){.most = 10};
    assert_false(madai_reading_json(reading, true, gather, &words, &error));
    assert_int_equal(error.kind, MADAI_IO);
    madai_reader_free(reader);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    struct madai_error error;
    const struct madai_given given = {NULL, "2019-02-30"};
    struct madai_reader *reader = madai_reader_new(model, &error);
    assert_null(madai_read(reader, "x", 1, &given, &error));
    assert_int_equal(error.kind, MADAI_BAD_INPUT);
    assert_null(madai_model_open("no-such.model", &error));
    assert_int_equal(error.kind, MADAI_NOT_FOUND);
    assert_true(strstr(error.text, "no-such.model") != NULL);
    assert_null(madai_model_open("no-such.model", NULL));
    /* After a refusal the reader is as good as new; any bytes are a text. */
    assert_non_null(madai_read(reader, "", 0, NULL, &error));
    assert_non_null(madai_read(reader, "\xFF\0\x1B", 3, NULL, &error));
    madai_reader_free(reader);
    madai_reader_free(NULL);
    madai_model_close(NULL);
}

static void *read_often(void *context)
{
    struct words *words = context;
    struct madai_reader *reader = madai_reader_new(model, NULL);
    for (int i = 0; i < 5 && reader != NULL; i++) {
        const struct madai_reading *reading =
            madai_read(reader, text, strlen(text), NULL, NULL);
        words->length = 0;
        if (!madai_reading_json(reading, false, gather, words, NULL))
            words->length = 0;
    }
    madai_reader_free(reader);
    return NULL;
}

static void one_model_serves_many_threads(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    struct words *words = calloc(THREADS, sizeof *words);
    assert_non_null(words);
    for (int i = 0; i < THREADS; i++) {
        words[i].most = sizeof words[i].bytes;
        assert_int_equal(
            pthread_create(&threads[i], NULL, read_often, &words[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_true(words[0].length > 0);
    for (int i = 1; i < THREADS; i++) {
        assert_int_equal(words[i].length, words[0].length);
        assert_memory_equal(words[i].bytes, words[0].bytes, words[0].length);
    }
    free(words);
}

/* A change here breaks programs that were built before: it needs a new
 * soname (src/library/meson.build), and then new numbers. */
static void the_shape_of_structs_is_kept(void **state)
{
    (void)state;
    if (sizeof(void *) != 8)
        skip();
    assert_int_equal(sizeof(struct madai_error), 260);
    assert_int_equal(sizeof(struct madai_span), 8);
    assert_int_equal(sizeof(struct madai_spans), 16);
    assert_int_equal(sizeof(struct madai_given), 16);
    assert_int_equal(sizeof(struct madai_document), 104);
    assert_int_equal(offsetof(struct madai_document, publisher), 48);
    assert_int_equal(offsetof(struct madai_document, issuer), 80);
    assert_int_equal(offsetof(struct madai_document, invalid_bytes), 96);
    assert_int_equal(sizeof(struct madai_part), 16);
    assert_int_equal(sizeof(struct madai_name), 24);
    assert_int_equal(sizeof(struct madai_actor), 56);
    assert_int_equal(offsetof(struct madai_actor, mentions), 32);
    assert_int_equal(sizeof(struct madai_claim), 112);
    assert_int_equal(offsetof(struct madai_claim, source), 24);
    assert_int_equal(offsetof(struct madai_claim, confidence), 104);
    assert_int_equal(sizeof(struct madai_act), 48);
    assert_int_equal(offsetof(struct madai_act, claim), 24);
    assert_int_equal(sizeof(struct madai_act_party), 32);
    assert_int_equal(sizeof(struct madai_act_scene), 8);
    assert_int_equal(sizeof(struct madai_role), 24);
    assert_int_equal(sizeof(struct madai_time), 176);
    assert_int_equal(offsetof(struct madai_time, why), 72);
    assert_int_equal(sizeof(struct madai_citation), 48);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reading_can_be_walked),
        cmocka_unit_test(times_offices_and_law_can_be_walked),
        cmocka_unit_test(a_claimed_date_is_of_the_next_text_alone),
        cmocka_unit_test(places_are_known_with_a_gazetteer_and_found_without),
        cmocka_unit_test(json_comes_whole_or_says_who_stopped_it),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(one_model_serves_many_threads),
        cmocka_unit_test(the_shape_of_structs_is_kept),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
