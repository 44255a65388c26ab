/*
 * section_elements.c - findings beside what the law asks to be shown.
 *
 * It proposes and never concludes: an element has findings that may speak to
 * it, how strong they are, what speaks against it, and what is missing.
 */
#include "report.h"
#include "table.h"

#define COUNTED_MAX 64

enum element_column { PROVISION, CRIME, NUMBER, KIND, WORDS, ACTS };

/* What speaks to one element. */
struct evidence {
    size_t acts, denied, documents, first_hand, reviewed, denied_reviewed;
    size_t parties[COUNTED_MAX], party_count; /* on whose word */
    struct passage_set passages, against;
    size_t last_document;
};

/* Whether the code is one of the words, parted by blanks. */
static bool has_code(const char *codes, const char *code)
{
    size_t length = code != NULL ? strlen(code) : 0;
    for (const char *at = codes; length > 0 && *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, code, length) == 0)
            return true;
        at += word + strspn(at + word, " ");
    }
    return false;
}

/* On whose word: who speaks innermost, or the document itself. */
static size_t party_of(const struct gathered *all,
                       const struct gathered_act *act)
{
    size_t actor = GATHERED_NONE;
    if (act->claim != GATHERED_NONE)
        actor = all->claims.items[act->claim].speaker;
    else
        actor = all->documents.items[act->document].issuer;
    return actor != GATHERED_NONE ? all->actors.items[actor].party
                                  : SIZE_MAX - 1 - act->document;
}

static void count_party(struct evidence *evidence, size_t party)
{
    for (size_t i = 0; i < evidence->party_count; i++)
        if (evidence->parties[i] == party)
            return;
    if (evidence->party_count < COUNTED_MAX)
        evidence->parties[evidence->party_count++] = party;
}

static bool is_first_hand(const struct gathered *all,
                          const struct gathered_act *act)
{
    const char *kind = all->documents.items[act->document].kind;
    return act->claim == GATHERED_NONE && kind != NULL &&
           (strcmp(kind, "testimony") == 0 || strcmp(kind, "record") == 0);
}

/* A note with all passages would bury the table: the first of each of the
 * first documents, the rest is in the facts. */
static void weigh(struct evidence *evidence, const struct gathered *all,
                  size_t index)
{
    enum { SHOWN = 4 };
    const struct gathered_act *act = &all->acts.items[index];
    if (act->incident == GATHERED_NONE)
        return;
    if (act->is_denied) {
        evidence->denied++;
        evidence->denied_reviewed += act_is_reviewed(all, index);
        if (evidence->against.count < SHOWN)
            passages_add(&evidence->against, all, act->document,
                         act->finding.span, act->finding.key);
        return;
    }
    evidence->acts++;
    evidence->reviewed += act_is_reviewed(all, index);
    evidence->first_hand += is_first_hand(all, act);
    count_party(evidence, party_of(all, act));
    if (act->document == evidence->last_document)
        return;
    evidence->last_document = act->document;
    evidence->documents++;
    if (evidence->passages.count < SHOWN)
        passages_add(&evidence->passages, all, act->document, act->finding.span,
                     act->finding.key);
}

static void find_evidence(const struct gathered *all, const char *codes,
                          struct evidence *evidence)
{
    *evidence = (struct evidence){.last_document = GATHERED_NONE};
    for (size_t i = 0; i < all->acts.count; i++)
        if (has_code(codes, all->acts.items[i].code))
            weigh(evidence, all, i);
}

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static void tell_evidence(struct telling *telling,
                          const struct evidence *evidence)
{
    struct paper *paper = telling->paper;
    if (evidence->acts == 0) {
        paper_text(paper, "–");
        return;
    }
    paper_sentence(paper, evidence->reviewed < evidence->acts);
    paper_print(paper, "%zu finding%s in %zu document%s, on the word of %zu",
                evidence->acts, plural(evidence->acts), evidence->documents,
                plural(evidence->documents), evidence->party_count);
    if (evidence->first_hand > 0)
        paper_print(paper, "; %zu first-hand", evidence->first_hand);
    if (evidence->reviewed < evidence->acts)
        paper_print(paper, "; %zu reviewed", evidence->reviewed);
    paper_text(paper, ".");
    tell_note(telling, &evidence->passages);
    paper_sentence_end(paper);
}

static void tell_against(struct telling *telling,
                         const struct evidence *evidence)
{
    struct paper *paper = telling->paper;
    if (evidence->denied == 0) {
        paper_text(paper, "–");
        return;
    }
    /* "Nobody was hurt" is no denial, but speaks against it all the same. */
    paper_sentence(paper, evidence->denied_reviewed < evidence->denied);
    paper_print(paper, "%zu finding%s.", evidence->denied,
                plural(evidence->denied));
    tell_note(telling, &evidence->against);
    paper_sentence_end(paper);
}

static void tell_gaps(struct telling *telling, const char *codes,
                      const struct evidence *evidence)
{
    struct paper *paper = telling->paper;
    if (strcmp(codes, "-") == 0)
        paper_text(paper, "Findings do not speak to this by themselves; a "
                          "person must weigh it.");
    else if (evidence->acts == 0)
        paper_text(paper, "Nothing in the findings speaks to this.");
    else {
        if (evidence->party_count < 2)
            paper_text(paper, "Rests on the word of one. ");
        if (evidence->first_hand == 0)
            paper_text(paper, "No first-hand account. ");
        if (evidence->reviewed < evidence->acts)
            paper_text(paper, "Not all of it was reviewed.");
    }
}

static void begin_table(struct paper *paper, const struct table_row *row)
{
    static const char *const names[] = {"Element", "May speak to it",
                                        "Told as not so", "What is missing"};
    static const unsigned widths[] = {40, 23, 16, 21};
    char title[200];
    snprintf(title, sizeof title, "%.90s (%.90s)", row->columns[CRIME],
             row->columns[PROVISION]);
    paper_heading(paper, 2, title);
    paper_table(paper, 4, widths);
    paper_row(paper);
    for (size_t i = 0; i < 4; i++) {
        paper_cell(paper, i);
        paper_slice(paper, slice_of(names[i]), RUN_BOLD, NULL);
    }
}

static void tell_element(struct telling *telling, const struct table_row *row)
{
    struct paper *paper = telling->paper;
    struct evidence evidence;
    find_evidence(telling->all, row->columns[ACTS], &evidence);
    paper_row(paper);
    paper_cell(paper, 0);
    paper_print(paper, "%s. (%s) %s", row->columns[NUMBER], row->columns[KIND],
                row->columns[WORDS]);
    paper_cell(paper, 1);
    tell_evidence(telling, &evidence);
    paper_cell(paper, 2);
    tell_against(telling, &evidence);
    paper_cell(paper, 3);
    tell_gaps(telling, row->columns[ACTS], &evidence);
}

/* Rows of one crime or right stand together; it is set out where any of its
 * first, material elements has a finding. */
static bool group_is_touched(const struct gathered *all,
                             const struct table *table, size_t first,
                             size_t end)
{
    for (size_t i = first; i < end; i++) {
        struct evidence evidence;
        find_evidence(all, table->rows[i].columns[ACTS], &evidence);
        if (evidence.acts + evidence.denied > 0)
            return true;
    }
    return false;
}

static void tell_table(struct telling *telling, const struct table *table,
                       bool untouched_only)
{
    for (size_t i = 0, end; i < table->count; i = end) {
        for (end = i + 1; end < table->count; end++)
            if (strcmp(table->rows[end].columns[CRIME],
                       table->rows[i].columns[CRIME]) != 0)
                break;
        bool is_touched = group_is_touched(telling->all, table, i, end);
        if (is_touched == untouched_only)
            continue;
        if (untouched_only) {
            paper_block(telling->paper, BLOCK_ITEM, 0);
            paper_print(telling->paper, "%s (%s)",
                        table->rows[i].columns[CRIME],
                        table->rows[i].columns[PROVISION]);
            continue;
        }
        begin_table(telling->paper, &table->rows[i]);
        for (size_t j = i; j < end; j++)
            tell_element(telling, &table->rows[j]);
    }
}

void section_elements(struct telling *telling)
{
    tell_table(telling, &elements_rome_table, false);
    tell_table(telling, &elements_rights_table, false);
    paper_heading(telling->paper, 2, "Provisions to which no finding speaks");
    paper_block(telling->paper, BLOCK_PLAIN, 0);
    paper_text(telling->paper, "Of the provisions that madai knows, no finding "
                               "used here speaks to these:");
    tell_table(telling, &elements_rome_table, true);
    tell_table(telling, &elements_rights_table, true);
}
