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

/* Kinds of the incident's acts, each once, the gravest first. */
static void tell_kinds(struct telling *telling,
                       const struct gathered_incident *incident)
{
    const char *told[6];
    size_t count = 0;
    for (unsigned grave = 1; grave <= 9; grave++)
        for (size_t i = 0; i < incident->act_count; i++) {
            const char *code = telling->all->acts.items[incident->acts[i]].code;
            const char *label = act_label(code);
            bool is_new = act_grave(code) == grave && count < 6;
            for (size_t j = 0; j < count; j++)
                is_new = is_new && told[j] != label;
            if (!is_new)
                continue;
            paper_text(telling->paper, count > 0 ? ", " : "");
            paper_slice(telling->paper, slice_of(label), RUN_ITALIC, NULL);
            told[count++] = label;
        }
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

bool report_chronology(const struct gathered *all, const char *title,
                       struct paper *paper)
{
    const struct report_template *template = report_template_find("chronology");
    struct slice words = {template->words, *template->length};
    return report_dossier(all, words, title, paper, paper->error);
}
