/*
 * test_findings.c - from a reading to findings and passages: report.json has
 * every layer that a reading may have, and paragraphs too long for a screen.
 */
#include "test.h"

#include "file.h"
#include "findings.h"
#include "passages.h"

static struct file text, json;
static json_t *reading;
static struct arena *arena;

static int read_report(void **state)
{
    (void)state;
    struct error error = {0};
    assert_true(file_read(REPORT ".txt", 1 << 20, &text, &error));
    assert_true(file_read(REPORT ".json", 1 << 20, &json, &error));
    reading = json_read(json.bytes, &error);
    arena = arena_new((size_t)1 << 24);
    return reading == NULL || arena == NULL;
}

static int close_report(void **state)
{
    (void)state;
    json_decref(reading);
    file_close(&text);
    file_close(&json);
    arena_release(arena);
    return 0;
}

static const char *or_nothing(const char *words)
{
    return words != NULL ? words : "-";
}

static void each_layer_says_who_what_when_and_where(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "actor a1|Alice Barasa; secretary; she|-|-|-|-|-|Alice Barasa",
        "actor a2|Dockers' Union; The union|-|-|-|-|-|Dockers' Union",
        "actor a3|Harbour Police|-|-|-|-|-|Harbour Police",
        "actor a4|Ali Barasa|-|-|-|-|-|Ali Barasa",
        "actor a5|the ministry|-|-|-|-|-|the ministry",
        "claim c1|Alice Barasa; secretary; Alice Barasa of the Dockers' "
        "Union|accuse|killing attempted-killing|Molo; Nakuru; Kenya; Gilgil|"
        "2019-05-13|2019-05-14|that the Harbour",
        "claim c2|Alice Barasa; secretary; she|assert|attempted-killing|Molo; "
        "Nakuru; Kenya; Gilgil|2019-05-13|2019-05-14|They fired on us",
        "claim c3|Dockers' Union; The union|demand|-|-|2019-05-15|2019-05-15|"
        "an inquiry",
        "claim c4|-|report|-|-|2019-05-15|2019-05-15|heard",
        "act i1|Harbour Police; the Harbour Police; two "
        "dockers|-|killing|Molo; Nakuru; Kenya|"
        "2019-05-13|2019-05-13|killed",
        "act i2|Harbour Police; a third; us|-|attempted-killing|Molo; Nakuru; "
        "Kenya; Gilgil|2019-05-13|2019-05-14|tried to kill",
        "act i3|-|-|killing|-|-|-|killed",
        "figure f1|people|-|injured attempted-killing|Molo; Nakuru; Kenya; "
        "Gilgil|2019-05-13|2019-05-14|At least ten",
        "figure f2|dockers|-|killing|Molo; Nakuru; Kenya|2019-05-13|"
        "2019-05-13|two dockers",
        "time t1|-|-|-|-|2019-05-14|2019-05-14|14 May 2019",
        "time t2|-|-|-|-|2019-05-13|2019-05-13|the day before",
        "time t3|-|-|-|-|2019-05-20|2019-05-20|20 May",
        "time t4|-|-|-|-|-|-|third day",
        "place p1|-|-|-|Molo; Nakuru; Kenya|-|-|Molo",
        "place p2|-|-|-|Gilgil; Nakuru|-|-|Gilgil",
        "intervention v1|Dockers' Union; the ministry|-|petition "
        "acknowledged|-|2019-05-20|2019-05-20|The union demanded",
        "intervention v2|Dockers' Union|-|letter none|-|2019-05-15|"
        "2019-05-15|the letter",
        "citation -|Rome Statute; 7(1)(h)|-|-|-|-|-|Article 7(1)(h)",
        "citation -|-|-|-|-|-|-|Rome Statute",
    };
    struct error error = {0};
    struct findings findings;
    if (!findings_of_reading(reading, "00", text.bytes, arena, &findings,
                             &error))
        fail_msg("%s", error.text);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        char line[600];
        const char *words = i < 24 ? strrchr(wanted[i], '|') : "|";
        struct slice quote = slice_at(text.bytes, finding->span);
        snprintf(line, sizeof line, "%s %s|%s|%s|%s|%s|%s|%s%s", finding->kind,
                 or_nothing(finding->local), or_nothing(finding->who),
                 or_nothing(finding->says), or_nothing(finding->act),
                 or_nothing(finding->place), or_nothing(finding->first),
                 or_nothing(finding->last), words);
        assert_string_equal(line, i < 24 ? wanted[i] : "");
        if (strncmp(quote.data, words + 1, strlen(words + 1)) != 0)
            fail_msg("%s: '%.*s'", line, (int)quote.length, quote.data);
        assert_true(finding->confidence > 0.2);
    }
    assert_int_equal(findings.count, sizeof wanted / sizeof *wanted);
}

static bool draft(const char *words, struct findings *findings,
                  struct error *error)
{
    *error = (struct error){0};
    json_t *given = json_read(slice_of(words), error);
    if (given == NULL)
        fail_msg("%s: %s", words, error->text);
    bool is_well =
        findings_of_reading(given, "00", text.bytes, arena, findings, error);
    json_decref(given);
    return is_well;
}

static void what_no_reading_may_say_is_told(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"[]", "not a reading"},
        {"{\"actors\":[{}]}", "an object of \"actors\" has no id"},
        {"{\"acts\":[7]}", "an object of \"acts\" has no id"},
        {"{\"places\":[{\"id\":9}]}", "an object of \"places\" has no id"},
        {"{\"times\":[{\"id\":\"t1\"}],\"claims\":[{\"id\":\"t1\"}]}",
         "the id 't1' is given twice"},
        {"{\"actors\":[{\"id\":\"a1\",\"mentions\":[[0,99999]]}]}",
         "actors 1: a place that lies outside the text"},
        {"{\"actors\":[{\"id\":\"a1\",\"mentions\":[[0,4],[-1,4]]}]}",
         "actors 1: a place that lies outside the text"},
        {"{\"actors\":[{\"id\":\"a1\",\"mentions\":[5,4]}]}",
         "actors 1: a place that lies outside the text"},
        {"{\"claims\":[{\"id\":\"c1\"},{\"id\":\"c2\",\"content\":[[1,2],[4]]}"
         "]}",
         "claims 2: a place that lies outside the text"},
        {"{\"claims\":[{\"id\":\"c1\",\"cue\":[\"1\",\"2\"]}]}",
         "claims 1: a place that lies outside the text"},
        {"{\"claims\":[{\"id\":\"c1\",\"content\":[0,4],\"source\":[0,-4]}]}",
         "claims 1: a place that lies outside the text"},
        {"{\"acts\":[{\"id\":\"i1\",\"victims\":[{\"span\":[[4,99999]]}]}]}",
         "acts 1: a place that lies outside the text"},
        {"{\"acts\":[{\"id\":\"i1\",\"targets\":[{\"span\":[4.5,6]}]}]}",
         "acts 1: a place that lies outside the text"},
        {"{\"figures\":[{\"id\":\"f1\",\"span\":[[4,2]]}]}",
         "figures 1: a place that lies outside the text"},
        {"{\"times\":[{\"id\":\"t1\",\"span\":[[4,5,6]]}]}",
         "times 1: a place that lies outside the text"},
        {"{\"places\":[{\"id\":\"p1\",\"span\":[[null,6]]}]}",
         "places 1: a place that lies outside the text"},
        {"{\"interventions\":[{\"id\":\"v1\",\"by\":[{\"span\":[[0,1],[2]]}]}]"
         "}",
         "interventions 1: a place that lies outside the text"},
        {"{\"citations\":[{\"span\":[9,8]}]}",
         "citations 1: a place that lies outside the text"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error;
        struct findings findings;
        assert_false(draft(wrong[i][0], &findings, &error));
        assert_error(error, ERROR_BAD_INPUT, wrong[i][1]);
    }
}

static void what_is_of_another_type_counts_as_not_there(void **state)
{
    (void)state;
    struct error error;
    struct findings findings;
    assert_true(draft(
        "{\"document\":7,\"actors\":[{\"id\":\"a1\",\"name\":[],\"roles\":"
        "[{\"title\":7}],\"mentions\":{}},{\"id\":\"a2\"}],\"claims\":[{\"id\":"
        "\"c1\",\"act\":{},\"speaker\":\"a9\",\"content\":{},\"confidence\":"
        "\"high\"}],\"acts\":[{\"id\":\"i1\",\"act\":9,\"time\":\"t9\","
        "\"place\":[\"p1\",9],\"claims\":[7,\"c1\",\"c9\"],\"perpetrators\":"
        "[[]]}],\"places\":[{\"id\":\"p1\",\"name\":\"\",\"within\":"
        "\"Nakuru\"}],\"figures\":[{\"id\":\"f1\",\"of\":1,\"act\":[]}],"
        "\"interventions\":[{\"id\":\"v1\",\"response\":[]}],\"citations\":[{}]"
        "}",
        &findings, &error));
    assert_int_equal(findings.count, 8);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        assert_null(finding->who);
        assert_null(finding->act);
        assert_null(finding->place);
        assert_null(finding->first);
        assert_true(finding->confidence < 0);
    }
}

/* Names are kept whole: one within another's letters is a name of its own. */
static void a_name_counts_beside_one_that_has_its_letters(void **state)
{
    (void)state;
    struct error error;
    struct findings findings;
    assert_true(
        draft("{\"acts\":[{\"id\":\"i1\",\"victims\":[{\"actor\":"
              "\"a1\"},{\"actor\":\"a2\"},{\"actor\":\"a3\"},{"
              "\"actor\":\"a1\"}]}],\"actors\":[{\"id\":\"a1\","
              "\"name\":\"Alice Barasa\"},{\"id\":\"a2\",\"name\":"
              "\"Ali\"},{\"id\":\"a3\",\"name\":\"Bara\\nsa\\u0007\"}]}",
              &findings, &error));
    assert_string_equal(findings.items[3].who, "Alice Barasa; Ali; Bara sa ");
}

static void a_finding_of_very_many_names_has_the_first(void **state)
{
    (void)state;
    struct error error = {0};
    struct findings findings;
    json_t *many = json_pack("{s:[{s:s,s:[]}],s:[]}", "acts", "id", "i1",
                             "victims", "actors");
    json_t *victims = json_object_get(
        json_array_get(json_object_get(many, "acts"), 0), "victims");
    for (int i = 0; i < 900; i++) {
        char id[16], name[32];
        snprintf(id, sizeof id, "a%d", i);
        snprintf(name, sizeof name, "Witness %d", i);
        json_array_append_new(victims, json_pack("{s:s}", "actor", id));
        json_array_append_new(json_object_get(many, "actors"),
                              json_pack("{s:s,s:s}", "id", id, "name", name));
    }
    assert_true(
        findings_of_reading(many, "00", text.bytes, arena, &findings, &error));
    json_decref(many);
    const char *who = findings.items[900].who;
    assert_in_range(strlen(who), 3900, 4100);
    assert_memory_equal(who, "Witness 0; Witness 1; ", 22);
}

static bool is_white(char byte) { return strchr(" \n\t\r\v\f", byte) != NULL; }

/* Every letter in just one passage, none too long, no white space around. */
static void check_tiles(const struct passages *passages, struct slice of)
{
    size_t at = 0;
    for (size_t i = 0; i <= passages->count; i++) {
        size_t begin =
            i < passages->count ? passages->items[i].begin : of.length;
        for (; at < begin; at++)
            if (!is_white(of.data[at]))
                fail_msg("the byte %zu is in no passage", at);
        assert_int_equal(at, begin);
        if (i == passages->count)
            break;
        at = passages->items[i].end;
        assert_true(at > begin && at - begin <= PASSAGE_BYTES_MAX);
        assert_false(is_white(of.data[begin]) || is_white(of.data[at - 1]));
        assert_int_not_equal((unsigned char)of.data[begin] & 0xC0, 0x80);
    }
}

static void a_report_is_cut_where_it_can_be(void **state)
{
    (void)state;
    struct error error = {0};
    struct passages passages;
    assert_true(passages_cut(reading, text.bytes, arena, &passages, &error));
    check_tiles(&passages, text.bytes);
    assert_int_equal(passages.count, 14);
    /* Between sentences; in the midst of one only after a blank. */
    assert_int_equal(text.bytes.data[passages.items[3].end], ' ');
    struct slice third = slice_at(text.bytes, passages.items[5]);
    assert_int_equal(third.data[third.length - 1], '.');
    json_t *nothing = json_object();
    assert_true(passages_cut(nothing, text.bytes, arena, &passages, &error));
    check_tiles(&passages, text.bytes);
    assert_true(
        passages_cut(nothing, (struct slice){"", 0}, arena, &passages, &error));
    assert_int_equal(passages.count, 0);
    json_decref(nothing);
}

static json_t *any_span(uint64_t *seed, size_t length)
{
    json_int_t begin = (json_int_t)(test_random(seed) % (length + 20));
    json_int_t end = begin + (json_int_t)(test_random(seed) % 1500);
    if (test_random(seed) % 30 == 0)
        return json_pack("[I,s]", begin, "x");
    return test_random(seed) % 20 == 0 ? json_pack("[I,I]", end, begin - 3)
                                       : json_pack("[I,I]", begin, end);
}

/* Parts that overlap, lie within each other or outside, in any order. */
static void any_parts_and_sentences_tile_the_text(void **state)
{
    (void)state;
    uint64_t seed = 41;
    for (size_t i = 0; i < 300; i++) {
        struct error error = {0};
        struct passages passages;
        json_t *parts = json_array(), *sentences = json_array();
        for (size_t j = test_random(&seed) % 12; j > 0; j--)
            json_array_append_new(
                parts,
                json_pack("{s:o}", "span", any_span(&seed, text.bytes.length)));
        for (size_t j = test_random(&seed) % 40; j > 0; j--)
            json_array_append_new(sentences,
                                  any_span(&seed, text.bytes.length));
        json_t *given =
            json_pack("{s:o,s:o}", "parts", parts, "sentences", sentences);
        assert_true(passages_cut(given, text.bytes, arena, &passages, &error));
        size_t at = 0;
        for (size_t j = 0; j < passages.count; j++) {
            for (; at < passages.items[j].begin; at++)
                assert_true(is_white(text.bytes.data[at]));
            assert_int_equal(at, passages.items[j].begin);
            at = passages.items[j].end;
            assert_true(at - passages.items[j].begin <= PASSAGE_BYTES_MAX);
        }
        json_decref(given);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_layer_says_who_what_when_and_where),
        cmocka_unit_test(what_no_reading_may_say_is_told),
        cmocka_unit_test(what_is_of_another_type_counts_as_not_there),
        cmocka_unit_test(a_name_counts_beside_one_that_has_its_letters),
        cmocka_unit_test(a_finding_of_very_many_names_has_the_first),
        cmocka_unit_test(a_report_is_cut_where_it_can_be),
        cmocka_unit_test(any_parts_and_sentences_tile_the_text),
    };
    return cmocka_run_group_tests_name("findings", tests, read_report,
                                       close_report);
}
