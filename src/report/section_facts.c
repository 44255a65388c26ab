/*
 * section_facts.c - what happened, incident by incident; what is denied.
 */
#include "report.h"

#include <stdlib.h>

void incident_title(const struct gathered *all, size_t index,
                    char words[INCIDENT_TITLE])
{
    const struct gathered_incident *incident = &all->incidents.items[index];
    char date[TELL_DATE], kinds[120] = "";
    const char *first = NULL, *second = NULL;
    /* The two gravest kinds, each once. */
    for (unsigned grave = 1; grave <= 9 && second == NULL; grave++)
        for (size_t i = 0; i < incident->act_count && second == NULL; i++) {
            const char *code = all->acts.items[incident->acts[i]].code;
            const char *label = act_label(code);
            if (act_grave(code) != grave || label == first)
                continue;
            second = first != NULL ? label : NULL;
            first = first != NULL ? first : label;
        }
    date_words(incident->first, incident->last, date);
    snprintf(kinds, sizeof kinds, "%.50s%s%.50s", first,
             second != NULL ? ", " : "", second != NULL ? second : "");
    if (kinds[0] >= 'a' && kinds[0] <= 'z')
        kinds[0] = (char)(kinds[0] - 32);
    snprintf(words, INCIDENT_TITLE, "%s%s%.60s%s%.60s", kinds,
             incident->place != NULL ? ", " : "",
             incident->place != NULL ? incident->place : "",
             date[0] != '\0' ? ", " : ", date not known", date);
}

/* What is denied stands apart, in the section of denials. */
static bool is_asserted(const struct gathered_act *act)
{
    return !act->is_denied;
}

/* The acts of an incident that one document tells, a paragraph. */
static void tell_document(struct telling *telling,
                          const struct gathered_incident *incident,
                          size_t first, size_t end)
{
    bool has_begun = false;
    for (size_t i = first; i < end; i++) {
        const struct gathered_act *act =
            &telling->all->acts.items[incident->acts[i]];
        if (!is_asserted(act))
            continue;
        if (!has_begun)
            tell_paragraph(telling);
        has_begun = true;
        tell_act(telling, incident->acts[i]);
    }
}

/* How statements stand to each other --------------------------------------- */

static size_t incident_of_claim(const struct gathered *all, size_t claim)
{
    const struct index_range *acts =
        &all->documents.items[all->claims.items[claim].document].acts;
    for (size_t i = acts->begin; i < acts->end; i++)
        if (all->acts.items[i].claim == claim &&
            all->acts.items[i].incident != GATHERED_NONE)
            return all->acts.items[i].incident;
    return GATHERED_NONE;
}

static size_t incident_of_end(const struct gathered *all,
                              const struct gathered_end *end)
{
    size_t act = end->index;
    if (end->kind == 'c')
        return incident_of_claim(all, end->index);
    if (end->kind == 'f')
        act = all->figures.items[end->index].act;
    return act != GATHERED_NONE ? all->acts.items[act].incident : GATHERED_NONE;
}

/* What stands at one end; a figure by what says it. */
static void tell_end(struct telling *telling, const struct gathered_end *end)
{
    const struct gathered *all = telling->all;
    struct passage_set set = {.count = 0};
    if (end->kind == 'c') {
        tell_claim(telling, end->index);
        return;
    }
    if (end->kind == 'i') {
        tell_act(telling, end->index);
        return;
    }
    const struct gathered_figure *figure = &all->figures.items[end->index];
    if (figure->claim != GATHERED_NONE) {
        tell_claim(telling, figure->claim);
        return;
    }
    const struct gathered_document *document =
        &all->documents.items[figure->document];
    struct span sentence = sentence_at(document, figure->finding.span);
    if (tell_was_quoted(telling, figure->document, sentence))
        return;
    passages_of_figure(&set, all, end->index);
    if (telling->was_told)
        paper_text(telling->paper, " ");
    paper_sentence(telling->paper, !figure->finding.is_reviewed);
    tell_writes(telling, figure->document);
    paper_text(telling->paper, "“");
    paper_slice(telling->paper, slice_at(document->text, sentence), RUN_QUOTE,
                document->language);
    paper_text(telling->paper, "”");
    tell_note(telling, &set);
    paper_sentence_end(telling->paper);
    telling->was_told = true;
    telling->last_document = figure->document;
}

static void tell_relation(struct telling *telling,
                          const struct gathered_relation *relation,
                          const char *words)
{
    tell_paragraph(telling);
    paper_slice(telling->paper, slice_of(words), RUN_ITALIC, NULL);
    paper_text(telling->paper, ": ");
    tell_end(telling, &relation->from);
    paper_text(telling->paper, " / ");
    telling->was_told = false;
    tell_end(telling, &relation->to);
}

/* Who contradicts, confirms or answers whom: a proposal that nobody has
 * decided on, and so not in a report of what was reviewed. */
static void tell_relations(struct telling *telling, size_t incident)
{
    enum { SHOWN = 8 };
    static const struct {
        enum relation_kind kind;
        const char *words;
    } kinds[] = {{RELATION_CONTRADICTS, "These two may contradict each other"},
                 {RELATION_CORROBORATES, "These two may confirm each other"},
                 {RELATION_ANSWERS, "The first may answer the second"}};
    const struct gathered *all = telling->all;
    size_t shown = 0;
    if (!all->options.with_unreviewed)
        return;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < all->relations.count && shown < SHOWN; i++) {
            const struct gathered_relation *one = &all->relations.items[i];
            if (one->kind != kinds[k].kind ||
                incident_of_end(all, &one->from) != incident)
                continue;
            tell_relation(telling, one, kinds[k].words);
            shown++;
        }
}

static void tell_incident(struct telling *telling, size_t index)
{
    const struct gathered *all = telling->all;
    const struct gathered_incident *incident = &all->incidents.items[index];
    char title[INCIDENT_TITLE];
    incident_title(all, index, title);
    paper_heading(telling->paper, 2, title);
    for (size_t i = 0, end; i < incident->act_count; i = end) {
        size_t document = all->acts.items[incident->acts[i]].document;
        for (end = i + 1; end < incident->act_count; end++)
            if (all->acts.items[incident->acts[end]].document != document)
                break;
        tell_document(telling, incident, i, end);
    }
    tell_relations(telling, index);
}

static bool has_asserted(const struct gathered *all,
                         const struct gathered_incident *incident)
{
    for (size_t i = 0; i < incident->act_count; i++)
        if (is_asserted(&all->acts.items[incident->acts[i]]))
            return true;
    return false;
}

static void nothing(struct telling *telling, const char *words)
{
    paper_block(telling->paper, BLOCK_PLAIN, 0);
    paper_slice(telling->paper, slice_of(words), RUN_ITALIC, NULL);
}

void section_facts(struct telling *telling)
{
    bool is_empty = true;
    for (size_t i = 0; i < telling->all->incidents.count; i++) {
        if (!has_asserted(telling->all, &telling->all->incidents.items[i]))
            continue;
        is_empty = false;
        tell_incident(telling, i);
    }
    if (is_empty)
        nothing(telling, "The findings that this document is made of tell of "
                         "no incident.");
}

/* Denials: acts that are told as not having been, and claims that deny. A
 * claim's sentence takes in the acts told in it. */
static void deny_act(struct telling *telling, size_t index, char *is_told)
{
    const struct gathered_act *act = &telling->all->acts.items[index];
    if (!act->is_denied)
        return;
    if (act->claim != GATHERED_NONE) {
        if (is_told[act->claim])
            return;
        is_told[act->claim] = 1;
    }
    tell_paragraph(telling);
    if (act->claim != GATHERED_NONE)
        tell_claim(telling, act->claim);
    else
        tell_act(telling, index);
}

static void deny_claim(struct telling *telling, size_t index, char *is_told)
{
    const struct gathered_claim *claim = &telling->all->claims.items[index];
    if (is_told[index] || claim->act == NULL || strcmp(claim->act, "deny") != 0)
        return;
    is_told[index] = 1;
    tell_paragraph(telling);
    tell_claim(telling, index);
}

void section_denials(struct telling *telling)
{
    const struct gathered *all = telling->all;
    struct paper *paper = telling->paper;
    size_t before = paper->paragraphs;
    if (paper->is_failed)
        return;
    char *is_told =
        arena_take(paper->arena, all->claims.count + 1, 1, paper->error);
    if (is_told == NULL) {
        paper->is_failed = true;
        return;
    }
    for (size_t i = 0; i < all->documents.count; i++) {
        const struct gathered_document *document = &all->documents.items[i];
        for (size_t j = document->acts.begin; j < document->acts.end; j++)
            deny_act(telling, j, is_told);
        for (size_t j = document->claims.begin; j < document->claims.end; j++)
            deny_claim(telling, j, is_told);
    }
    if (paper->paragraphs == before)
        nothing(telling, "The findings that this document is made of tell of "
                         "no denial.");
}

/* Complaints ------------------------------------------------------------- */

static void tell_response(struct telling *telling,
                          const struct gathered_intervention *one)
{
    const struct gathered *all = telling->all;
    struct passage_set set = {.count = 0};
    if (one->status == NULL || one->response.count == 0)
        return;
    const struct gathered_document *document =
        &all->documents.items[one->document];
    struct span sentence = sentence_at(document, one->response.items[0]);
    passages_add(&set, all, one->document, sentence, one->finding.key);
    paper_text(telling->paper, " ");
    paper_sentence(telling->paper, !one->finding.is_reviewed);
    paper_text(telling->paper, strcmp(one->status, "none") == 0
                                   ? "Of an answer it says: “"
                                   : "Given as what came of it: “");
    paper_slice(telling->paper, slice_at(document->text, sentence), RUN_QUOTE,
                document->language);
    paper_text(telling->paper, "”");
    tell_note(telling, &set);
    paper_sentence_end(telling->paper);
}

void section_complaints(struct telling *telling)
{
    const struct gathered *all = telling->all;
    for (size_t i = 0; i < all->interventions.count; i++) {
        tell_paragraph(telling);
        tell_intervention(telling, i);
        tell_response(telling, &all->interventions.items[i]);
    }
    if (all->interventions.count == 0)
        nothing(telling, "The findings that this document is made of tell of "
                         "no complaint, letter or lawsuit.");
}
