/*
 * test_citations.c - provisions of law: which of which instrument, and what
 * short forms mean.
 */
#include "citation.h"
#include "country.h"
#include "test.h"

/* The citations of the words, "passage = instrument | provision; …". */
static void show(const char *words, char *out, size_t room)
{
    struct error error = {0};
    struct text text;
    const struct citation *items = NULL;
    size_t count = 0;
    struct arena *arena = arena_new(1 << 22);
    assert_non_null(arena);
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    assert_true(citations_find(&text, NULL, arena, &items, &count, &error));
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        struct slice passage = slice_at(text.bytes, items[i].span);
        size_t used = strlen(out);
        snprintf(out + used, room - used, "%s%.*s = %.*s | %.*s",
                 i == 0 ? "" : "; ", (int)passage.length, passage.data,
                 (int)items[i].instrument.length, items[i].instrument.data,
                 (int)items[i].provision.length, items[i].provision.data);
        assert_true(items[i].confidence > 0 && items[i].confidence <= 1);
    }
    arena_release(arena);
}

static void check(const char *words, const char *wanted)
{
    char got[1024];
    show(words, got, sizeof got);
    assert_string_equal(got, wanted);
}

static void a_provision_keeps_its_own_numbering(void **state)
{
    (void)state;
    check("contrary to Article 7 (1) (h) of the Rome Statute of the "
          "International Criminal Court.",
          "Article 7 (1) (h) of the Rome Statute of the International Criminal "
          "Court = Rome Statute | 7(1)(h)");
    check("under section 95(1)(b) of the Penal Code",
          "section 95(1)(b) of the Penal Code = Penal Code | 95(1)(b)");
    check("breaches Arts. 33–37 of the ICCPR",
          "Arts. 33–37 of the ICCPR = ICCPR | 33-37");
    check("Articles 6, 7 and 9 of the ICCPR and nine men",
          "Articles 6, 7 and 9 of the ICCPR = ICCPR | 6, 7, 9");
    check("articles 25(1) and (2) of the CRC",
          "articles 25(1) and (2) of the CRC = Convention on the Rights of the "
          "Child | 25(1), (2)");
    check("article 5, XXXIV, of the CEDAW",
          "article 5, XXXIV, of the CEDAW = Convention on the Elimination of "
          "All Forms of Discrimination against Women | 5, XXXIV");
    check("article 121, paragraph 2, of the Penal Code",
          "article 121, paragraph 2, of the Penal Code = Penal Code | 121(2)");
    check("Article 102 bis of the Penal Code",
          "Article 102 bis of the Penal Code = Penal Code | 102 bis");
    check("section 26A of the Evidence Act",
          "section 26A of the Evidence Act = Evidence Act | 26A");
    check("Rule 4.2 of the Mandela Rules",
          "Rule 4.2 of the Mandela Rules = Nelson Mandela Rules | 4.2");
}

static void an_instrument_stands_on_either_side(void **state)
{
    (void)state;
    check("FIR 71 U/S 324, 353 PPC and 13-D Arms Ordinance stands",
          "U/S 324, 353 PPC = Pakistan Penal Code | 324, 353; 13-D Arms "
          "Ordinance = Arms Ordinance | 13-D");
    check("as per Section 176 Cr.P.C.",
          "Section 176 Cr.P.C. = Code of Criminal Procedure | 176");
    check("the Penal Code (s. 203) says",
          "Penal Code (s. 203 = Penal Code | 203");
    check("Article 220/7 in conjunction with Article 314 of the Penal Code",
          "Article 220/7 = Penal Code | 220/7; Article 314 of the Penal Code = "
          "Penal Code | 314");
}

static void acts_are_called_as_written_without_their_year(void **state)
{
    (void)state;
    check("section 4 of the Bonded Labour System (Abolition) Act, 1992 and",
          "section 4 of the Bonded Labour System (Abolition) Act, 1992 = "
          "Bonded Labour System (Abolition) Act | 4");
    check("section 1 of the Public Order Act, 1994 (Act 491), has",
          "section 1 of the Public Order Act, 1994 (Act 491) = Public Order "
          "Act | 1");
    check("article 2 of Law No. 2014/028 on terror",
          "article 2 of Law No. 2014/028 = Law No. 2014/028 | 2");
    check("paragraph 12 of the Fund's Rules on Grievances",
          "paragraph 12 of the Fund's Rules on Grievances = Rules on "
          "Grievances | 12");
    check("SECTION 3 OF THE PUBLIC OFFICER ETHICS ACT",
          "SECTION 3 OF THE PUBLIC OFFICER ETHICS ACT = Public Officer Ethics "
          "Act | 3");
}

static void a_constitution_has_a_country(void **state)
{
    (void)state;
    check("Article 49 of the Constitution",
          "Article 49 of the Constitution = Constitution | 49");
    check("Kenyans know Article 49 of the Constitution",
          "Article 49 of the Constitution = Constitution of Kenya | 49");
    check("Article 9 of the Constitution of Uganda, not Kenya or Kenya",
          "Article 9 of the Constitution of Uganda = Constitution of Uganda | "
          "9");
    check("In Lagos section 32 of the 1979 Constitution",
          "section 32 of the 1979 Constitution = Constitution of Nigeria "
          "(1979) | 32");
    check("In Lagos section 35 of the 1999 Constitution",
          "section 35 of the 1999 Constitution = Constitution of Nigeria | 35");
    check("Kenya: Chapter Six bars him",
          "Chapter Six = Constitution of Kenya | Chapter 6");
    check("Chapter Six bars him", "");
}

static void short_forms_point_to_what_was_named(void **state)
{
    (void)state;
    check("The Public Officer Ethics Act is old. Section 35 of the Act says",
          "Section 35 of the Act = Public Officer Ethics Act | 35");
    check("Article 7 of the Rome Statute. Article 8 of the said Statute",
          "Article 7 of the Rome Statute = Rome Statute | 7; Article 8 of the "
          "said Statute = Rome Statute | 8");
    check("section 25(1) of the Labour Act; unlawful under section 17.",
          "section 25(1) of the Labour Act = Labour Act | 25(1); section 17 = "
          "Labour Act | 17");
}

static void what_cites_nothing_is_no_citation(void **state)
{
    (void)state;
    check("Section 17 of the fence fell on Article 7 of the newspaper.", "");
    check("section 35 of the Act", "");
    check("paragraph 4 above and part 2 of the report", "");
    check("the party's 14 members", "");
    check("in order 12 men", "");
    check("Mr. S. 4 left", "");
}

static void resolutions_and_cases_are_cited(void **state)
{
    (void)state;
    check("Security Council resolution 1325 (2000) says",
          "Security Council resolution 1325 (2000) = Security Council "
          "resolution 1325 | ");
    check("under resolution 26/12 of the Human Rights Council",
          "resolution 26/12 = Human Rights Council resolution 26/12 | ");
    check("resolution 5 of the shareholders", "");
    check("In Rose Tando v Attorney General the court",
          "Rose Tando v Attorney General = Rose Tando v Attorney General | ");
}

/* Every row can fire: a provision of it is cited, a body resolves. */
static void every_instrument_of_the_table_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < instrument_table.count; i++) {
        const struct table_row *row = &instrument_table.rows[i];
        char words[256];
        char wanted[512];
        char got[1024];
        bool is_body = strcmp(row->columns[1], "body") == 0;
        snprintf(words, sizeof words,
                 is_body ? "resolution 7/9 of the %s" : "Article 9 of the %s",
                 row->key);
        snprintf(wanted, sizeof wanted,
                 is_body ? "resolution 7/9 = %s resolution 7/9 | "
                         : "%s = %s | 9",
                 is_body ? row->columns[0] : words, row->columns[0]);
        show(words, got, sizeof got);
        assert_string_equal(got, wanted);
    }
}

static void every_word_of_law_opens_or_ends_a_citation(void **state)
{
    (void)state;
    for (size_t i = 0; i < law_table.count; i++) {
        const struct table_row *row = &law_table.rows[i];
        char words[256];
        char got[1024];
        char kind = row->columns[0][0];
        char capital[64];
        snprintf(capital, sizeof capital, "%s", row->key);
        if (capital[0] >= 'a')
            capital[0] = (char)(capital[0] - 32);
        snprintf(words, sizeof words,
                 kind == 'k'   ? "Article 9 of the Fishing %s of Peru"
                 : kind == 'r' ? "Security Council %s 7"
                 : kind == 'v' ? "Tando %s Were"
                               : "%s 9 of the Penal Code",
                 kind == 'k' ? capital : row->key);
        show(words, got, sizeof got);
        if (strstr(got, " = ") == NULL)
            fail_msg("%s: nothing found", words);
    }
}

static void every_country_gives_its_constitution(void **state)
{
    (void)state;
    for (size_t i = 0; i < country_table.count; i++) {
        const struct table_row *row = &country_table.rows[i];
        char words[256];
        char wanted[256];
        char got[1024];
        bool is_letter = row->key[0] >= 'a' && row->key[0] <= 'z';
        snprintf(words, sizeof words, "%s%s has Article 9 of the Constitution",
                 is_letter ? "" : "", row->key);
        if (is_letter)
            words[0] = (char)(words[0] - 32);
        snprintf(wanted, sizeof wanted,
                 "Article 9 of the Constitution = Constitution of %s | 9",
                 row->columns[0]);
        show(words, got, sizeof got);
        assert_string_equal(got, wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_provision_keeps_its_own_numbering),
        cmocka_unit_test(an_instrument_stands_on_either_side),
        cmocka_unit_test(acts_are_called_as_written_without_their_year),
        cmocka_unit_test(a_constitution_has_a_country),
        cmocka_unit_test(short_forms_point_to_what_was_named),
        cmocka_unit_test(what_cites_nothing_is_no_citation),
        cmocka_unit_test(resolutions_and_cases_are_cited),
        cmocka_unit_test(every_instrument_of_the_table_is_found),
        cmocka_unit_test(every_word_of_law_opens_or_ends_a_citation),
        cmocka_unit_test(every_country_gives_its_constitution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
