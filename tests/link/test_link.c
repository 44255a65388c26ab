/*
 * test_link.c - small invented cases, from readings made by hand.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "link.h"

/* A reading; `layers` are its members after the text, with ' for ". */
static json_t *reading(const char *id, const char *date, const char *text,
                       const char *layers)
{
    char words[8000];
    struct error error;
    snprintf(words, sizeof words,
             "{'document':{'id':'%s','date':'%s'},'text':'%s'%s%s}", id, date,
             text, *layers != '\0' ? "," : "", layers);
    for (char *at = words; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *made = json_read(slice_of(words), &error);
    assert_non_null(made);
    return made;
}

static void add(struct link *link, const char *id, const char *date,
                const char *text, const char *layers)
{
    struct error error = {0};
    json_t *made = reading(id, date, text, layers);
    bool is_added = link_add(link, made, &error);
    json_decref(made);
    if (!is_added)
        fail_msg("%s", error.text);
}

static const struct link_result *run(struct link *link)
{
    struct error error = {0};
    const struct link_result *result = link_run(link, &error);
    if (result == NULL)
        fail_msg("%s", error.text);
    return result;
}

static struct link *begin(void)
{
    struct error error;
    struct link *link = link_new(&error);
    assert_non_null(link);
    return link;
}

/* The actor of the case that this actor of a document is. */
static const struct link_actor *actor(const struct link_result *result,
                                      const char *document, const char *id)
{
    for (uint32_t i = 0; i < result->actors.count; i++) {
        const struct link_actor *its = &result->actors.items[i];
        for (uint32_t k = 0; k < its->members.count; k++) {
            const struct link_finding *member = &its->members.items[k];
            if (strcmp(member->id, id) == 0 &&
                strcmp(result->documents.items[member->document].id,
                       document) == 0)
                return its;
        }
    }
    fail_msg("%s#%s is of no actor", document, id);
    return NULL;
}

static const char wire[] =
    "'actors':[{'id':'a1','name':'Benue Farmers League','type':'organisation',"
    "'class':'party','mentions':[[0,20],[40,44]]},{'id':'a2','name':'Musa "
    "Ibrahim','type':'person','class':'civilians','mentions':[[25,37]]}],"
    "'times':[{'id':'t1','span':[60,66],'first':'2011-03-07','last':"
    "'2011-03-07','value':'2011-03-07'}],'acts':[{'id':'i1','act':'killing',"
    "'trigger':[[45,51]],'victims':[{'span':[25,37],'actor':'a2'}],'time':"
    "'t1','figures':['f1']}],'figures':[{'id':'f1','span':[52,59],'of':"
    "'people','harm':'killed','min':3,'max':3,'act':'i1'}]";
static const char wire_text[] =
    "Benue Farmers League say Musa Ibrahim on them killed 3 people Monday .";

static void one_name_is_one_actor_and_one_event_one_incident(void **state)
{
    struct link *link = begin();
    (void)state;
    add(link, "wire", "2011-03-08", wire_text, wire);
    add(link, "paper", "2011-03-09", wire_text, wire);
    const struct link_result *result = run(link);
    assert_ptr_equal(actor(result, "wire", "a2"), actor(result, "paper", "a2"));
    assert_ptr_equal(actor(result, "wire", "a1"), actor(result, "paper", "a1"));
    assert_ptr_not_equal(actor(result, "wire", "a1"),
                         actor(result, "wire", "a2"));
    assert_string_equal(actor(result, "wire", "a2")->name, "Musa Ibrahim");
    assert_int_equal(actor(result, "wire", "a2")->merge_count, 1);
    assert_int_equal(result->incidents.count, 1);
    assert_string_equal(result->incidents.items[0].first, "2011-03-07");
    assert_int_equal(result->figures.count, 1);
    assert_int_equal(result->figures.items[0].said_count, 2);
    assert_true(result->origins.count >= 1);
    assert_string_equal(result->origins.items[0].reason, "one text");
    link_release(link);
}

static void a_person_has_the_last_word(void **state)
{
    static const struct link_decision decisions[] = {
        {true, "wire", "a2", "paper", "a2"},
        {false, "wire", "a2", "paper", "a2"},
        {true, "wire", "a1", "paper", "a2"},
        {false, "wire", "i1", "paper", "i1"},
        {true, "wire", "a1", "gone", "a1"}};
    struct link *link = begin();
    struct error error;
    (void)state;
    add(link, "wire", "2011-03-08", wire_text, wire);
    add(link, "paper", "2011-03-09", wire_text, wire);
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++)
        assert_true(link_decide(link, &decisions[i], &error));
    const struct link_result *result = run(link);
    assert_ptr_not_equal(actor(result, "wire", "a2"),
                         actor(result, "paper", "a2"));
    assert_ptr_equal(actor(result, "wire", "a1"), actor(result, "paper", "a2"));
    assert_true(actor(result, "wire", "a1")->is_decided);
    assert_int_equal(result->incidents.count, 2);
    link_release(link);
}

static const char letter[] =
    "'actors':[{'id':'a1','name':'Office of the Ombudsman','type':"
    "'organisation','class':'oversight','mentions':[[17,40]]},{'id':'a2',"
    "'name':'Benue Farmers League','type':'organisation','class':'party',"
    "'mentions':[[0,6]]}],'times':[{'id':'t1','span':[41,47],'first':"
    "'2011-03-10','last':'2011-03-10','value':'2011-03-10'}],"
    "'interventions':[{'id':'v1','kind':'complaint','span':[7,16],'by':"
    "[{'actor':'a2'}],'to':[{'actor':'a1'}],'time':'t1','response':{'status':"
    "'none'}}]";

static void a_complaint_told_twice_is_one_and_counts_the_silence(void **state)
{
    static const char text[] =
        "League complains Office of the Ombudsman Monday .";
    struct link *link = begin();
    (void)state;
    add(link, "report", "2011-03-20", text, letter);
    add(link, "column", "2011-04-09", text, letter);
    const struct link_result *result = run(link);
    assert_int_equal(result->complaints.count, 1);
    const struct link_complaint *complaint = &result->complaints.items[0];
    assert_int_equal(complaint->members.count, 2);
    assert_string_equal(complaint->status, "none");
    assert_string_equal(complaint->sent, "2011-03-10");
    assert_string_equal(complaint->until, "2011-04-09");
    assert_int_equal(complaint->days, 30);
    assert_string_equal(result->actors.items[complaint->to].name,
                        "Office of the Ombudsman");
    link_release(link);
}

/* Random readings over a few names, days and places. */

static const char *const people[] = {"Amara Diallo",   "Joseph Kone",
                                     "Police Service", "Water Board",
                                     "Zanele Dube",    "Green Union"};
static const char *const codes[] = {"killing", "arrest", "beating", "protest"};

static void append(char *words, size_t room, const char *more)
{
    size_t length = strlen(words);
    snprintf(words + length, room - length, "%s", more);
}

static json_t *random_reading(uint64_t *seed, unsigned number)
{
    char text[2000] = "", layers[6000] = "", one[600];
    char id[32], date[32];
    size_t length = 0, acts = 1 + test_random(seed) % 5;
    char actors[3000] = "", claims[2000] = "", list[2000] = "", times[600];
    for (size_t i = 0; i < acts; i++) {
        const char *who = people[test_random(seed) % 6];
        const char *what = codes[test_random(seed) % 4];
        int written = snprintf(text + length, sizeof text - length,
                               "%s told of %s in town. ", who, what);
        size_t name = strlen(who), trigger = length + name + 9;
        snprintf(one, sizeof one,
                 "%s{'id':'a%zu','name':'%s','type':'person','class':"
                 "'civilians','mentions':[[%zu,%zu]]}",
                 i > 0 ? "," : "", i + 1, who, length, length + name);
        append(actors, sizeof actors, one);
        snprintf(one, sizeof one,
                 "%s{'id':'c%zu','act':'accuse','source':[[%zu,%zu]],'cue':"
                 "[[%zu,%zu]],'content':[[%zu,%zu]],'speaker':'a%zu'}",
                 i > 0 ? "," : "", i + 1, length, length + name,
                 length + name + 1, length + name + 5, trigger,
                 trigger + strlen(what), i + 1);
        append(claims, sizeof claims, one);
        snprintf(one, sizeof one,
                 "%s{'id':'i%zu','act':'%s','trigger':[[%zu,%zu]],'victims':"
                 "[{'actor':'a%zu','span':[%zu,%zu]}],'time':'t1','claims':"
                 "['c%zu']}",
                 i > 0 ? "," : "", i + 1, what, trigger, trigger + strlen(what),
                 i + 1, length, length + name, i + 1);
        append(list, sizeof list, one);
        length += (size_t)written;
    }
    unsigned day = 1 + (unsigned)(test_random(seed) % 4);
    snprintf(times, sizeof times,
             "{'id':'t1','span':[0,1],'value':'2011-03-0%u','first':"
             "'2011-03-0%u','last':'2011-03-0%u'}",
             day, day, day);
    snprintf(layers, sizeof layers,
             "'actors':[%s],'claims':[%s],'acts':[%s],'times':[%s]", actors,
             claims, list, times);
    snprintf(id, sizeof id, "d%03u", number);
    snprintf(date, sizeof date, "2011-03-%02u", 5 + number % 20);
    return reading(id, date, text, layers);
}

enum { DOCUMENTS = 30, ORDERS = 20 };

static void the_order_of_documents_changes_nothing(void **state)
{
    json_t *readings[DOCUMENTS];
    char *first = NULL;
    uint64_t seed = 11;
    (void)state;
    for (unsigned i = 0; i < DOCUMENTS; i++)
        readings[i] = random_reading(&seed, i);
    for (int order = 0; order < ORDERS; order++) {
        struct link *link = begin();
        struct error error;
        for (size_t i = DOCUMENTS; i-- > 1;) {
            size_t k = test_random(&seed) % (i + 1);
            json_t *kept = readings[i];
            readings[i] = readings[k];
            readings[k] = kept;
        }
        for (unsigned i = 0; i < DOCUMENTS; i++)
            assert_true(link_add(link, readings[i], &error));
        json_t *json = link_json(run(link), &error);
        char *words = json_dumps(json, JSON_INDENT(1));
        assert_non_null(words);
        if (first == NULL)
            first = words;
        else
            assert_string_equal(words, first);
        if (words != first)
            free(words);
        json_decref(json);
        link_release(link);
    }
    free(first);
    for (unsigned i = 0; i < DOCUMENTS; i++)
        json_decref(readings[i]);
}

static void every_actor_is_of_just_one(void **state)
{
    struct link *link = begin();
    struct error error;
    uint64_t seed = 23;
    uint32_t members = 0, actors = 0;
    (void)state;
    for (unsigned i = 0; i < DOCUMENTS; i++) {
        json_t *made = random_reading(&seed, i);
        actors += (uint32_t)json_array_size(json_object_get(made, "actors"));
        assert_true(link_add(link, made, &error));
        json_decref(made);
    }
    const struct link_result *result = run(link);
    for (uint32_t i = 0; i < result->actors.count; i++)
        members += result->actors.items[i].members.count;
    assert_int_equal(members, actors);
    for (uint32_t i = 1; i < result->relations.count; i++)
        assert_true(result->relations.items[i].confidence <= 1000);
    link_release(link);
}

static void refused(json_t *made, enum error_kind kind, const char *words)
{
    struct link *link = begin();
    struct error error = {0};
    assert_false(link_add(link, made, &error));
    assert_error(error, kind, words);
    assert_int_equal(run(link)->documents.count, 0);
    json_decref(made);
    link_release(link);
}

static void what_is_no_reading_is_refused(void **state)
{
    (void)state;
    refused(json_pack("{s:{},s:s}", "document", "text", "x"), ERROR_BAD_INPUT,
            "a reading without an id");
    refused(json_pack("{s:{s:s}}", "document", "id", "x"), ERROR_BAD_INPUT,
            "x: no text");
    refused(reading("x", "2011-03-08", "short",
                    "'actors':[{'id':'a1','name':'A','mentions':[[0,99]]}]"),
            ERROR_BAD_INPUT, "x: actors 1: a span lies outside the text");
}

static void check_refuses(const char *layers, enum error_kind kind,
                          const char *words)
{
    struct error error = {0};
    json_t *made = reading("x", "2011-03-08", "A man was shot.", layers);
    assert_false(link_check(made, &error));
    assert_error(error, kind, words);
    json_decref(made);
}

/* What comes from elsewhere may be made to do harm: it is refused, and said
 * why. */
static void a_reading_that_does_not_hold_together_is_refused(void **state)
{
    struct error error = {0};
    (void)state;
    json_t *made = reading("wire", "2011-03-08", wire_text, wire);
    assert_true(link_check(made, &error));
    json_decref(made);
    check_refuses("'claims':[{'id':'c1','parent':'c2'},{'id':'c2','parent':"
                  "'c1'}]",
                  ERROR_BAD_INPUT,
                  "x: claims: 'c1' goes back to itself by parent");
    check_refuses("'acts':[{'id':'i1','same_as':'i1'}]", ERROR_BAD_INPUT,
                  "x: acts: 'i1' goes back to itself by same_as");
    check_refuses("'acts':[{'id':'i1'},{'id':'i1'}]", ERROR_BAD_INPUT,
                  "x: acts: two are called 'i1'");
    check_refuses("'acts':[{'act':'killing'}]", ERROR_BAD_INPUT,
                  "x: acts 1: no id");
    check_refuses("'acts':{'id':'i1'}", ERROR_BAD_INPUT, "x: acts are no list");
    check_refuses("'acts':[{'id':'i1','claims':['c9']}]", ERROR_BAD_INPUT,
                  "x: acts 1: claims: no 'c9' among the claims");
    check_refuses("'acts':[{'id':'i1','victims':[{'actor':7}]}]",
                  ERROR_BAD_INPUT, "x: acts 1: victims is no id");
    check_refuses("'figures':[{'id':'f1','act':'f1'}]", ERROR_BAD_INPUT,
                  "x: figures 1: act: no 'f1' among the acts");
}

static void a_list_without_end_is_refused(void **state)
{
    struct error error = {0};
    json_t *list = json_array();
    (void)state;
    for (unsigned i = 0; i <= LINK_ITEMS_MAX; i++)
        assert_int_equal(
            json_array_append_new(list, json_pack("{s:s}", "id", "a")), 0);
    json_t *made = json_pack("{s:{s:s},s:s,s:o}", "document", "id", "x", "text",
                             "y", "actors", list);
    assert_false(link_check(made, &error));
    assert_error(error, ERROR_LIMIT, "x: more than 20000 actors");
    refused(made, ERROR_LIMIT, "x: more than 20000 actors");
}

/* The League first says three, then one: a change, told by one source. */
static void a_figure_that_a_source_changes_says_what_it_was(void **state)
{
    static const char later[] =
        "'actors':[{'id':'a1','name':'Benue Farmers League','type':"
        "'organisation','class':'party','mentions':[[0,20]]}],'times':[{'id':"
        "'t1','span':[60,66],'first':'2011-03-07','last':'2011-03-07','value':"
        "'2011-03-07'}],'acts':[{'id':'i1','act':'killing','trigger':[[45,51]],"
        "'time':'t1','figures':['f1']}],'figures':[{'id':'f1','span':[52,59],"
        "'of':'people','harm':'killed','min':1,'max':1,'act':'i1','claims':"
        "['c1']}],'claims':[{'id':'c1','source':[[0,20]],'cue':[[21,24]],"
        "'content':[[25,66]],'speaker':'a1'}]";
    char first[4000];
    struct link *link = begin();
    (void)state;
    snprintf(first, sizeof first, "%s", later);
    char *bounds = strstr(first, "'min':1,'max':1");
    assert_non_null(bounds);
    bounds[6] = '3';
    bounds[14] = '3';
    add(link, "wire", "2011-03-08", wire_text, first);
    add(link, "paper", "2011-03-11",
        "Benue Farmers League said Musa Ibrahim or so killed 1 man on Monday.",
        later);
    const struct link_result *result = run(link);
    assert_int_equal(result->figures.count, 1);
    const struct link_figures *table = &result->figures.items[0];
    assert_int_equal(table->said_count, 2);
    assert_int_equal(table->source_count, 1);
    assert_int_equal(table->said[0].min, 3);
    assert_int_equal(table->said[0].instead_of, LINK_NONE);
    assert_int_equal(table->said[1].min, 1);
    assert_int_equal(table->said[1].instead_of, 0);
    link_release(link);
}

static void two_documents_of_one_id_are_refused(void **state)
{
    struct link *link = begin();
    struct error error = {0};
    (void)state;
    add(link, "x", "2011-03-08", "One.", "");
    add(link, "x", "2011-03-08", "Two.", "");
    assert_null(link_run(link, &error));
    assert_error(error, ERROR_BAD_INPUT, "two readings are called x");
    link_release(link);
}

/* Ids that are none, loops of same_as and parents, wrong types: nothing of it
 * may do harm. */
static void what_points_nowhere_is_passed_over(void **state)
{
    struct link *link = begin();
    (void)state;
    add(link, "x", "no day", "A man was shot in the town.",
        "'actors':[{'id':'a1'},{},{'id':7,'name':null,'mentions':[]}],"
        "'claims':[{'id':'c1','parent':'c2','speaker':'a9','content':[]},"
        "{'id':'c2','parent':'c1'}],'acts':[{'id':'i1','same_as':'i2','act':"
        "'killing','claims':['c1','c9'],'time':['t1'],'place':'p9'},{'id':"
        "'i2','same_as':'i1','victims':[{'actor':'a1'},{}]},{}],'figures':"
        "[{'id':'f1','min':'x','act':'i9'}],'times':[{'id':'t1','first':"
        "'2011-03-09','last':'2011-03-01'}],'interventions':[{'id':'v1',"
        "'about':['i1',3],'to':[{'actor':'a8'}]}]");
    const struct link_result *result = run(link);
    assert_int_equal(result->complaints.count, 1);
    assert_int_equal(result->actors.count, 3);
    link_release(link);
}

static void nothing_linked_is_an_empty_result(void **state)
{
    struct link *link = begin();
    struct error error;
    (void)state;
    json_t *json = link_json(run(link), &error);
    assert_non_null(json);
    assert_int_equal(json_array_size(json_object_get(json, "actors")), 0);
    json_decref(json);
    link_release(link);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name_is_one_actor_and_one_event_one_incident),
        cmocka_unit_test(a_person_has_the_last_word),
        cmocka_unit_test(a_complaint_told_twice_is_one_and_counts_the_silence),
        cmocka_unit_test(the_order_of_documents_changes_nothing),
        cmocka_unit_test(every_actor_is_of_just_one),
        cmocka_unit_test(what_is_no_reading_is_refused),
        cmocka_unit_test(a_reading_that_does_not_hold_together_is_refused),
        cmocka_unit_test(a_list_without_end_is_refused),
        cmocka_unit_test(a_figure_that_a_source_changes_says_what_it_was),
        cmocka_unit_test(two_documents_of_one_id_are_refused),
        cmocka_unit_test(what_points_nowhere_is_passed_over),
        cmocka_unit_test(nothing_linked_is_an_empty_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
