/*
 * templates.c - the templates that madai brings along (data/templates).
 */
#include "report.h"

#include "template_words.h"

const struct report_template report_templates[] = {
    {"plain", "the facts, figures, denials and sources of a case",
     template_plain, &template_plain_length},
    {"article-15",
     "a communication to the Prosecutor under Article 15 of the Rome Statute",
     template_article_15, &template_article_15_length},
    {"oversight", "a complaint to a national oversight body",
     template_oversight, &template_oversight_length},
    {"african-commission",
     "a communication to the African Commission on Human and Peoples' Rights",
     template_african_commission, &template_african_commission_length},
    {"press", "a chronology for the press, with its sources", template_press,
     &template_press_length},
    {"chronology", "a chronology alone, with its sources", template_chronology,
     &template_chronology_length},
    {"matrix", "elements and evidence alone", template_matrix,
     &template_matrix_length},
};
const size_t report_template_count =
    sizeof report_templates / sizeof *report_templates;
