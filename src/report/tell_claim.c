/*
 * tell_claim.c - what somebody said, in his words; what was done to get an
 * answer. See tell.h.
 */
#include "tell.h"
#include "tell_words.h"

/* A quotation longer than this is not printed whole in a sentence; its note
 * has all of it. */
#define QUOTED_MAX 900

/* Cut between words. */
static struct slice cut_quote(struct slice words, bool *is_cut)
{
    *is_cut = words.length > QUOTED_MAX;
    if (!*is_cut)
        return words;
    words.length = QUOTED_MAX;
    while (words.length > 0 && words.data[words.length] != ' ')
        words.length--;
    return words;
}

static void tell_words(struct telling *telling, size_t document,
                       struct slice words)
{
    bool is_cut;
    size_t number = list_number(words);
    words.data += number;
    words.length -= number;
    struct slice shown = cut_quote(words, &is_cut);
    paper_text(telling->paper, "“");
    paper_slice(telling->paper, shown, RUN_QUOTE,
                telling->all->documents.items[document].language);
    paper_text(telling->paper, is_cut ? " […]”." : "”");
    if (!is_cut && (shown.length == 0 ||
                    strchr(".!?", shown.data[shown.length - 1]) == NULL))
        paper_text(telling->paper, ".");
}

void tell_quote(struct telling *telling, size_t document, struct span place)
{
    tell_writes(telling, document, place);
    tell_words(telling, document,
               slice_at(telling->all->documents.items[document].text, place));
}

/* Quoted whole in the document: his own words. */
static bool is_own_words(const struct gathered_claim *claim)
{
    return claim->mode != NULL && strcmp(claim->mode, "direct") == 0 &&
           claim->content.count == 1 && !claim->is_denied &&
           !claim->finding.is_changed && !claim->finding.is_added;
}

/* Who is meant, where the passage itself does not name him. */
static void tell_who_is_meant(struct telling *telling,
                              const struct gathered_claim *claim,
                              struct slice quoted)
{
    /* Who "it" is, is a finding of its own; nobody may have looked at it. */
    if (claim->speaker == GATHERED_NONE || claim->finding.is_changed ||
        !claim->finding.is_reviewed)
        return;
    const struct gathered_actor *who =
        &telling->all->actors.items[claim->speaker];
    struct slice text = telling->all->documents.items[claim->document].text;
    if (memmem(quoted.data, quoted.length, who->name, strlen(who->name)) ||
        claim->source.count != 1)
        return;
    paper_text(telling->paper, " (“");
    paper_slice(telling->paper, slice_at(text, claim->source.items[0]),
                RUN_QUOTE, NULL);
    paper_text(telling->paper, "” is read as ");
    tell_name(telling, who);
    paper_text(telling->paper, ".)");
}

struct span claim_sentences(const struct gathered *all, size_t index)
{
    const struct gathered_claim *claim = &all->claims.items[index];
    const struct gathered_document *document =
        &all->documents.items[claim->document];
    struct span hull = sentence_at(document, claim->finding.span);
    const struct places *const pieces[] = {&claim->source, &claim->cue,
                                           &claim->content};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t j = 0; j < pieces[i]->count; j++) {
            struct span one = sentence_at(document, pieces[i]->items[j]);
            if (one.begin < hull.begin)
                hull.begin = one.begin;
            if (one.end > hull.end)
                hull.end = one.end;
        }
    return hull;
}

/* "X [D1] said: ", "X, as given by Y [D1], said: ". */
static const char *says_own_words(const struct telling *telling, size_t index)
{
    return claim_is_own(telling, index) ? " said: " : ", said: ";
}

bool tell_claim(struct telling *telling, size_t index)
{
    const struct gathered *all = telling->all;
    const struct gathered_claim *claim = &all->claims.items[index];
    struct slice text = all->documents.items[claim->document].text;
    struct passage_set set = {.count = 0};
    struct span whole = claim_sentences(all, index);
    if (tell_was_quoted(telling, claim->document,
                        is_own_words(claim) ? claim->content.items[0] : whole))
        return false;
    passages_of_claim(&set, all, index);
    if (telling->was_told)
        paper_text(telling->paper, " ");
    paper_sentence(telling->paper, !claim->finding.is_reviewed);
    if (is_own_words(claim)) {
        tell_speaker(telling, index);
        paper_text(telling->paper, says_own_words(telling, index));
        tell_words(telling, claim->document,
                   slice_at(text, claim->content.items[0]));
    } else {
        tell_quote(telling, claim->document, whole);
        tell_who_is_meant(telling, claim, slice_at(text, whole));
    }
    tell_note(telling, &set);
    paper_sentence_end(telling->paper);
    telling->was_told = true;
    telling->was_composed = false;
    telling->was_quoted = !is_own_words(claim);
    telling->last_document = claim->document;
    telling->last_claim = index;
    return true;
}

static const char *step_label(const char *kind)
{
    static const struct {
        const char *kind, *label;
    } labels[] = {{"complaint", "a complaint"},
                  {"report", "a report"},
                  {"communication", "a communication"},
                  {"petition", "a petition"},
                  {"lawsuit", "a case in court"},
                  {"statement", "a statement"},
                  {"letter", "a letter"},
                  {"appeal", "an appeal"},
                  {"investigation", "an investigation"}};
    for (size_t i = 0; kind != NULL && i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].kind, kind) == 0)
            return labels[i].label;
    return "a step taken or called for";
}

bool tell_intervention(struct telling *telling, size_t index)
{
    const struct gathered *all = telling->all;
    const struct gathered_intervention *one = &all->interventions.items[index];
    const struct gathered_document *document =
        &all->documents.items[one->document];
    struct span sentence = sentence_at(document, one->finding.span);
    struct passage_set set = {.count = 0};
    passages_add(&set, all, one->document, sentence, one->finding.key);
    if (telling->was_told)
        paper_text(telling->paper, " ");
    paper_sentence(telling->paper, !one->finding.is_reviewed);
    /* That it is about a step is the finding; whether the step was taken is
     * for the quotation to say. */
    paper_print(telling->paper, "About %s: ", step_label(one->kind));
    tell_publisher(telling, one->document);
    paper_print(telling->paper, " %s: ", tell_verb(telling, one->document));
    tell_words(telling, one->document, slice_at(document->text, sentence));
    tell_note(telling, &set);
    paper_sentence_end(telling->paper);
    telling->was_told = true;
    telling->was_composed = telling->was_quoted = false;
    telling->last_document = one->document;
    return true;
}
