/*
 * chronology.c - what happened when, a row an incident, with who says so.
 */
#include "report.h"

static void head_of(struct paper *paper)
{
    static const char *const names[] = {"When", "Where and what",
                                        "What is told, and on whose word"};
    static const unsigned widths[] = {17, 21, 62};
    paper_table(paper, 3, widths);
    paper_row(paper);
    for (size_t i = 0; i < 3; i++) {
        paper_cell(paper, i);
        paper_slice(paper, slice_of(names[i]), RUN_BOLD, NULL);
    }
}

static void tell_kinds(struct telling *telling,
                       const struct gathered_incident *incident)
{
    enum { KINDS = 6 };
    const char *told[KINDS];
    size_t count = incident_kinds(telling->all, incident, told, KINDS);
    for (size_t i = 0; i < count; i++) {
        paper_text(telling->paper, i > 0 ? ", " : "");
        paper_slice(telling->paper, slice_of(told[i]), RUN_ITALIC, NULL);
    }
    if (count == 0)
        paper_slice(telling->paper, slice_of("told as not having happened"),
                    RUN_ITALIC, NULL);
}

static void tell_row(struct telling *telling,
                     const struct gathered_incident *incident)
{
    struct paper *paper = telling->paper;
    char date[TELL_DATE];
    date_words(incident->first, incident->last, date);
    paper_row(paper);
    paper_cell(paper, 0);
    paper_text(paper, date[0] != '\0' ? date : "not known");
    paper_cell(paper, 1);
    if (incident->place != NULL)
        paper_print(paper, "%s: ", incident->place);
    tell_kinds(telling, incident);
    paper_cell(paper, 2);
    tell_afresh(telling);
    for (size_t i = 0; i < incident->act_count; i++)
        tell_act(telling, incident->acts[i]);
}

void section_chronology(struct telling *telling)
{
    const struct gathered *all = telling->all;
    if (all->incidents.count == 0) {
        paper_block(telling->paper, BLOCK_PLAIN, 0);
        paper_slice(telling->paper,
                    slice_of("No incident is told of within these bounds."),
                    RUN_ITALIC, NULL);
        return;
    }
    head_of(telling->paper);
    for (size_t i = 0; i < all->incidents.count; i++)
        tell_row(telling, &all->incidents.items[i]);
}
