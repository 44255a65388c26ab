/*
 * section_lists.c - what stands in tables: parties, figures, law cited,
 * sources, annexes.
 */
#include "report.h"
#include "tell_words.h"

static void head(struct paper *paper, const char *const *names, size_t count)
{
    paper_row(paper);
    for (size_t i = 0; i < count; i++) {
        paper_cell(paper, i);
        paper_slice(paper, slice_of(names[i]), RUN_BOLD, NULL);
    }
}

static void cell(struct paper *paper, size_t column, const char *words)
{
    paper_cell(paper, column);
    paper_text(paper, words != NULL ? words : "");
}

static void empty(struct telling *telling, const char *words)
{
    paper_block(telling->paper, BLOCK_PLAIN, 0);
    paper_slice(telling->paper, slice_of(words), RUN_ITALIC, NULL);
}

void section_contents(struct telling *telling)
{
    paper_block(telling->paper, BLOCK_CONTENTS, 0);
}

/* Parties ---------------------------------------------------------------- */

/* Who speaks, acts or suffers in what is told. */
static void mark_parts(const struct gathered *all,
                       const struct gathered_parts *parts, char *is_party)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].actor != GATHERED_NONE)
            is_party[all->actors.items[parts->items[i].actor].party] = 1;
}

static void mark_parties(const struct gathered *all, char *is_party)
{
    for (size_t i = 0; i < all->claims.count; i++) {
        size_t speaker = all->claims.items[i].speaker;
        if (speaker != GATHERED_NONE)
            is_party[all->actors.items[speaker].party] = 1;
    }
    for (size_t i = 0; i < all->acts.count; i++) {
        mark_parts(all, &all->acts.items[i].perpetrators, is_party);
        mark_parts(all, &all->acts.items[i].victims, is_party);
        mark_parts(all, &all->acts.items[i].targets, is_party);
    }
    for (size_t i = 0; i < all->interventions.count; i++) {
        mark_parts(all, &all->interventions.items[i].by, is_party);
        mark_parts(all, &all->interventions.items[i].to, is_party);
    }
}

/* "spokesman of the Lindani Democratic Alliance" as a passage gives it. */
static void tell_role(struct telling *telling, size_t party)
{
    const struct gathered *all = telling->all;
    for (size_t i = 0; i < all->actors.count; i++) {
        const struct gathered_actor *actor = &all->actors.items[i];
        if (actor->party != party || actor->title == NULL)
            continue;
        paper_text(telling->paper, actor->title);
        if (actor->title_of != GATHERED_NONE)
            paper_print(telling->paper, ", %s",
                        all->actors.items[actor->title_of].name);
        return;
    }
}

static const char *class_label(const char *class)
{
    static const struct {
        const char *class, *label;
    } labels[] = {{"party", "political party"},
                  {"ngo", "non-governmental organisation"},
                  {"armed-group", "armed group"},
                  {"intergovernmental", "intergovernmental body"},
                  {"oversight", "oversight body"},
                  {"other", ""}};
    for (size_t i = 0; class != NULL && i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].class, class) == 0)
            return labels[i].label;
    return class;
}

static void tell_party(struct telling *telling, size_t index, size_t named)
{
    const struct gathered *all = telling->all;
    const struct gathered_party *party = &all->parties.items[index];
    const struct gathered_actor *actor = &all->actors.items[named];
    struct passage_set set = {.count = 0};
    struct paper *paper = telling->paper;
    /* A name is in its passage; what else is found of him is a finding, and
     * told where it was reviewed or all was asked for. */
    bool is_told = actor->finding.is_reviewed || all->options.with_unreviewed;
    passages_add(&set, all, actor->document, actor->named, actor->finding.key);
    paper_row(paper);
    paper_cell(paper, 0);
    paper_sentence(paper, is_told && !actor->finding.is_reviewed);
    paper_text(paper, actor->name);
    tell_note(telling, &set);
    paper_sentence_end(paper);
    cell(paper, 1, is_told ? party->type : NULL);
    cell(paper, 2, is_told ? class_label(party->class) : NULL);
    paper_cell(paper, 3);
    if (is_told)
        tell_role(telling, index);
}

/* Who is only described ("two people", "one of them") is no party to name. */
static bool is_named_party(const struct gathered_party *party)
{
    char lower[PHRASE_LOWER];
    size_t length = 0;
    const char *kind = phrase_lower(slice_of(party->name), lower)
                           ? word_kind(lower, &length)
                           : NULL;
    bool is_title = kind != NULL && strcmp(kind, "singular") == 0 &&
                    party->name[0] >= 'A' && strchr(party->name, ' ') != NULL;
    return name_is_proper(party->name) && (kind == NULL || is_title) &&
           (party->type == NULL || strcmp(party->type, "group") != 0);
}

/* Of each party an actor whose document has the name letter for letter, best
 * the very name of the party. */
static void find_named(const struct gathered *all, size_t *named)
{
    for (size_t i = 0; i < all->parties.count; i++)
        named[i] = GATHERED_NONE;
    for (size_t i = 0; i < all->actors.count; i++) {
        const struct gathered_actor *actor = &all->actors.items[i];
        if (actor->party == GATHERED_NONE || !actor->is_named)
            continue;
        size_t *one = &named[actor->party];
        const char *name = all->parties.items[actor->party].name;
        if (*one == GATHERED_NONE ||
            (strcmp(all->actors.items[*one].name, name) != 0 &&
             strcmp(actor->name, name) == 0))
            *one = i;
    }
}

void section_parties(struct telling *telling)
{
    static const char *const names[] = {"Name", "What", "Kind of party",
                                        "Office or description"};
    static const unsigned widths[] = {36, 14, 16, 34};
    const struct gathered *all = telling->all;
    struct paper *paper = telling->paper;
    if (paper->is_failed)
        return;
    char *is_party =
        arena_take(paper->arena, all->parties.count + 1, 1, paper->error);
    size_t *named = is_party == NULL
                        ? NULL
                        : arena_take(paper->arena, all->parties.count + 1,
                                     sizeof *named, paper->error);
    paper->is_failed = named == NULL;
    if (named == NULL)
        return;
    mark_parties(all, is_party);
    find_named(all, named);
    bool is_empty = true;
    for (size_t i = 0; i < all->parties.count; i++) {
        if (!is_party[i] || named[i] == GATHERED_NONE ||
            !is_named_party(&all->parties.items[i]))
            continue;
        if (is_empty) {
            paper_table(paper, 4, widths);
            head(paper, names, 4);
        }
        is_empty = false;
        tell_party(telling, i, named[i]);
    }
    if (is_empty)
        empty(telling, "No party is named in the findings that this document "
                       "is made of.");
}

/* Figures ---------------------------------------------------------------- */

/* "180,000". */
static void number_words(double number, char words[32])
{
    char digits[32];
    size_t length = 0, kept = 0;
    snprintf(digits, sizeof digits, "%.0f", number);
    for (size_t left = strlen(digits); left > 0 && kept + 2 < 32; left--) {
        words[kept++] = digits[length++];
        if (left > 1 && left % 3 == 1 && left - 1 >= 3)
            words[kept++] = ',';
    }
    words[kept] = '\0';
}

static void figure_words(const struct gathered_figure *figure, char words[96])
{
    const char *about = figure->is_approximate ? "about " : "";
    char min[32], max[32];
    number_words(figure->min, min);
    number_words(figure->max, max);
    if (figure->has_min && figure->has_max && figure->min < figure->max)
        snprintf(words, 96, "%s%s to %s", about, min, max);
    else if (figure->has_min && figure->has_max)
        snprintf(words, 96, "%s%s", about, min);
    else if (figure->has_min)
        snprintf(words, 96, "%s%s or more", about, min);
    else if (figure->has_max)
        snprintf(words, 96, "%sup to %s", about, max);
    else
        snprintf(words, 96, "not told");
}

static void tell_figure(struct telling *telling, size_t index)
{
    const struct gathered *all = telling->all;
    const struct gathered_figure *figure = &all->figures.items[index];
    const struct gathered_document *document =
        &all->documents.items[figure->document];
    struct passage_set set = {.count = 0};
    struct paper *paper = telling->paper;
    char words[96];
    figure_words(figure, words);
    passages_of_figure(&set, all, index);
    paper_row(paper);
    paper_cell(paper, 0);
    paper_sentence(paper, !figure->finding.is_reviewed);
    paper_text(paper, words);
    /* The number of a note must not run into that of the figure. */
    paper_text(paper, "\u202F");
    tell_note(telling, &set);
    paper_sentence_end(paper);
    paper_cell(paper, 1);
    paper_text(paper, "“");
    paper_slice(paper, slice_at(document->text, figure->finding.span),
                RUN_QUOTE, document->language);
    paper_text(paper, "”");
    /* That "one body" is one killed is for a person to say. */
    cell(paper, 2,
         figure->harm != NULL && figure->finding.is_reviewed ? figure->harm
                                                             : figure->of);
    paper_cell(paper, 3);
    if (figure->claim != GATHERED_NONE)
        tell_speaker(telling, figure->claim);
    else
        tell_publisher(telling, figure->document);
}

static bool is_of(const struct gathered *all,
                  const struct gathered_figure *figure, size_t incident)
{
    return figure->act != GATHERED_NONE &&
           all->acts.items[figure->act].incident == incident;
}

static bool figures_of(struct telling *telling, size_t incident)
{
    static const char *const names[] = {"How many", "In the words",
                                        "Counted under", "Who says so"};
    static const unsigned widths[] = {17, 30, 19, 34};
    const struct gathered *all = telling->all;
    bool has_begun = false;
    for (size_t i = 0; i < all->figures.count; i++) {
        if (!is_of(all, &all->figures.items[i], incident))
            continue;
        if (!has_begun) {
            char title[INCIDENT_TITLE];
            incident_title(all, incident, title);
            paper_heading(telling->paper, 2, title);
            paper_table(telling->paper, 4, widths);
            head(telling->paper, names, 4);
        }
        has_begun = true;
        tell_figure(telling, i);
    }
    return has_begun;
}

void section_figures(struct telling *telling)
{
    bool is_empty = true;
    for (size_t i = 0; i < telling->all->incidents.count; i++)
        if (figures_of(telling, i))
            is_empty = false;
    if (is_empty)
        empty(telling, "The findings that this document is made of give no "
                       "figure.");
}

/* Law -------------------------------------------------------------------- */

void section_law(struct telling *telling)
{
    static const char *const names[] = {"Instrument", "Provision",
                                        "Cited in the words"};
    static const unsigned widths[] = {40, 20, 40};
    const struct gathered *all = telling->all;
    struct paper *paper = telling->paper;
    if (all->citations.count == 0) {
        empty(telling, "The documents cite no provision of law.");
        return;
    }
    paper_table(paper, 3, widths);
    head(paper, names, 3);
    for (size_t i = 0; i < all->citations.count; i++) {
        const struct gathered_citation *one = &all->citations.items[i];
        const struct gathered_document *document =
            &all->documents.items[one->document];
        struct passage_set set = {.count = 0};
        passages_add(&set, all, one->document, one->finding.span,
                     one->finding.key);
        paper_row(paper);
        cell(paper, 0, one->instrument);
        cell(paper, 1, one->provision);
        paper_cell(paper, 2);
        paper_sentence(paper, !one->finding.is_reviewed);
        paper_text(paper, "“");
        paper_slice(paper, slice_at(document->text, one->finding.span),
                    RUN_QUOTE, document->language);
        paper_text(paper, "”");
        tell_note(telling, &set);
        paper_sentence_end(paper);
    }
}

/* Sources and annexes ---------------------------------------------------- */

void section_sources(struct telling *telling)
{
    static const char *const names[] = {"No.", "Document", "Date",
                                        "Published or written by"};
    static const unsigned widths[] = {9, 43, 18, 30};
    const struct gathered *all = telling->all;
    struct paper *paper = telling->paper;
    size_t block = paper_table(paper, 4, widths);
    head(paper, names, 4);
    for (size_t i = 0; i < all->documents.count; i++) {
        const struct gathered_document *document = &all->documents.items[i];
        char date[TELL_DATE];
        date_words(document->date, document->date, date);
        paper_row(paper);
        cell(paper, 0, document->label);
        paper_cell(paper, 1);
        if (document->title != NULL) {
            paper_slice(paper, slice_of(document->title), RUN_QUOTE,
                        document->language);
            paper_print(paper, " (%s)", document->row.facts.name);
        } else {
            paper_text(paper, document->row.facts.name);
        }
        cell(paper, 2, date);
        cell(paper, 3, document->publisher);
        if (!paper->is_failed)
            paper->sources.items[i].block = block;
    }
}

/* Hashes in groups of eight digits, so that a line can break there. */
static void hash_words(const char *sha256, char words[80])
{
    size_t length = 0;
    words[0] = '\0';
    for (size_t i = 0; i < 64 && sha256[i] != '\0'; i++) {
        if (i > 0 && i % 16 == 0)
            words[length++] = ' ';
        words[length++] = sha256[i];
    }
    words[length] = '\0';
}

void section_annexes(struct telling *telling)
{
    static const char *const names[] = {"Annex", "Document", "Bytes",
                                        "SHA-256 of original and of text",
                                        "Ledger entries"};
    static const unsigned widths[] = {9, 24, 11, 43, 13};
    const struct gathered *all = telling->all;
    struct paper *paper = telling->paper;
    paper_table(paper, 5, widths);
    head(paper, names, 5);
    for (size_t i = 0; i < all->documents.count; i++) {
        const struct gathered_document *document = &all->documents.items[i];
        char original[80], text[80];
        hash_words(document->row.sha256, original);
        hash_words(document->about.sha256, text);
        paper_row(paper);
        cell(paper, 0, document->label);
        cell(paper, 1, document->row.facts.name);
        paper_cell(paper, 2);
        paper_print(paper, "%llu", (unsigned long long)document->row.bytes);
        cell(paper, 3, original);
        if (strcmp(original, text) == 0)
            paper_text(paper, " (the text is the original, byte for byte)");
        else if (text[0] != '\0')
            paper_print(paper, "; text %s", text);
        paper_cell(paper, 4);
        paper_print(paper, "%lld", (long long)document->row.entry);
        if (document->about.entry != 0)
            paper_print(paper, ", %lld", (long long)document->about.entry);
    }
}
