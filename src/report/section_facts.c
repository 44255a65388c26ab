/*
 * section_facts.c - what happened, incident by incident; what is denied.
 */
#include "report.h"

#include <stdlib.h>

/* What nobody says happened names no incident. */
size_t incident_kinds(const struct gathered *all,
                      const struct gathered_incident *incident,
                      const char **told, size_t most)
{
    size_t count = 0;
    for (unsigned grave = 1; grave <= 9; grave++)
        for (size_t i = 0; i < incident->act_count && count < most; i++) {
            const struct gathered_act *act =
                &all->acts.items[incident->acts[i]];
            const char *label = act_label(act->code);
            bool is_new = act_grave(act->code) == grave && !act->is_denied;
            for (size_t j = 0; j < count; j++)
                is_new = is_new && told[j] != label;
            if (is_new)
                told[count++] = label;
        }
    return count;
}

void incident_title(const struct gathered *all, size_t index,
                    char words[INCIDENT_TITLE])
{
    const struct gathered_incident *incident = &all->incidents.items[index];
    char date[TELL_DATE], kinds[120] = "";
    const char *told[2];
    size_t count = incident_kinds(all, incident, told, 2);
    date_words(incident->first, incident->last, date);
    snprintf(kinds, sizeof kinds, "%.50s%s%.50s",
             count > 0 ? told[0] : "denied", count > 1 ? ", " : "",
             count > 1 ? told[1] : "");
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
        if (!has_begun) {
            paper_block(telling->paper, BLOCK_NUMBERED, 0);
            tell_afresh_but_quoted(telling);
        }
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

static const struct gathered_finding *
end_finding(const struct gathered *all, const struct gathered_end *end)
{
    if (end->kind == 'c')
        return &all->claims.items[end->index].finding;
    if (end->kind == 'f')
        return &all->figures.items[end->index].finding;
    return &all->acts.items[end->index].finding;
}

/* What stands at one end, in its document; a figure by what says it. */
static struct span end_place(const struct gathered *all,
                             const struct gathered_end *end, size_t *document)
{
    size_t claim = GATHERED_NONE;
    if (end->kind == 'c')
        claim = end->index;
    else if (end->kind == 'f')
        claim = all->figures.items[end->index].claim;
    if (claim != GATHERED_NONE) {
        *document = all->claims.items[claim].document;
        return claim_sentences(all, claim);
    }
    *document = end->kind == 'f' ? all->figures.items[end->index].document
                                 : all->acts.items[end->index].document;
    return sentence_at(&all->documents.items[*document],
                       end_finding(all, end)->span);
}

static bool end_is_reviewed(const struct gathered *all,
                            const struct gathered_end *end)
{
    return end->kind == 'i' ? act_is_reviewed(all, end->index)
                            : end_finding(all, end)->is_reviewed;
}

/* What a paragraph of this incident has already is pointed to, with a note
 * that has the words; all else is quoted. */
static void tell_end(struct telling *telling, const struct gathered_end *end)
{
    const struct gathered *all = telling->all;
    struct passage_set set = {.count = 0};
    size_t document;
    struct span place = end_place(all, end, &document);
    size_t block = tell_block_of(telling, document, place);
    passages_add(&set, all, document, place, end_finding(all, end)->key);
    paper_sentence(telling->paper, !end_is_reviewed(all, end));
    if (block != PAPER_NONE) {
        tell_publisher(telling, document);
        paper_text(telling->paper, " in paragraph ");
        paper_ref(telling->paper, block);
    } else {
        tell_afresh_but_quoted(telling);
        tell_quote(telling, document, place);
    }
    tell_note(telling, &set);
    paper_sentence_end(telling->paper);
}

static void tell_relation(struct telling *telling,
                          const struct gathered_relation *relation,
                          const char *words)
{
    paper_block(telling->paper, BLOCK_NUMBERED, 0);
    tell_afresh_but_quoted(telling);
    paper_slice(telling->paper, slice_of(words), RUN_ITALIC, NULL);
    paper_text(telling->paper, ": ");
    tell_end(telling, &relation->from);
    paper_text(telling->paper, "; ");
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
    tell_afresh(telling);
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

/* Denials: acts that are told as not having been, and claims that deny; each
 * sentence of a document once. */
static void deny_claim(struct telling *telling, size_t index)
{
    const struct gathered_claim *claim = &telling->all->claims.items[index];
    struct span place = claim_sentences(telling->all, index);
    if (tell_is_quoted(telling, claim->document, place))
        return;
    paper_block(telling->paper, BLOCK_NUMBERED, 0);
    tell_afresh_but_quoted(telling);
    tell_claim(telling, index);
}

static void deny_act(struct telling *telling, size_t index)
{
    const struct gathered_act *act = &telling->all->acts.items[index];
    const struct gathered_document *document =
        &telling->all->documents.items[act->document];
    if (!act->is_denied)
        return;
    if (act->claim != GATHERED_NONE) {
        deny_claim(telling, act->claim);
        return;
    }
    struct span place = sentence_at(document, act->finding.span);
    if (tell_is_quoted(telling, act->document, place))
        return;
    paper_block(telling->paper, BLOCK_NUMBERED, 0);
    tell_afresh_but_quoted(telling);
    tell_act(telling, index);
}

void section_denials(struct telling *telling)
{
    const struct gathered *all = telling->all;
    struct paper *paper = telling->paper;
    size_t before = paper->paragraphs;
    for (size_t i = 0; i < all->documents.count; i++) {
        const struct gathered_document *document = &all->documents.items[i];
        tell_afresh(telling);
        for (size_t j = document->claims.begin; j < document->claims.end; j++)
            if (all->claims.items[j].act != NULL &&
                strcmp(all->claims.items[j].act, "deny") == 0)
                deny_claim(telling, j);
        for (size_t j = document->acts.begin; j < document->acts.end; j++)
            deny_act(telling, j);
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
    /* That one sentence tells what came of another is a finding that nobody
     * but a person can vouch for. */
    if (one->status == NULL || one->response.count == 0 ||
        !one->finding.is_reviewed)
        return;
    const struct gathered_document *document =
        &all->documents.items[one->document];
    struct span sentence = sentence_at(document, one->response.items[0]);
    if (span_contains(sentence_at(document, one->finding.span), sentence))
        return;
    passages_add(&set, all, one->document, sentence, one->finding.key);
    paper_text(telling->paper, " ");
    paper_sentence(telling->paper, !one->finding.is_reviewed);
    paper_text(telling->paper, strcmp(one->status, "none") == 0
                                   ? "Of an answer: “"
                                   : "Of what came of it: “");
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
