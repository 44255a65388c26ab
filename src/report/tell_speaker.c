/*
 * tell_speaker.c - on whose word: documents, and chains of claims. See tell.h.
 */
#include "tell.h"
#include "tell_words.h"

static const struct gathered_document *document_at(const struct telling *t,
                                                   size_t index)
{
    return &t->all->documents.items[index];
}

void tell_begin(struct telling *telling, const struct gathered *all,
                struct paper *paper)
{
    *telling = (struct telling){.all = all,
                                .paper = paper,
                                .last_document = GATHERED_NONE,
                                .last_claim = GATHERED_NONE};
    paper->time = all->time;
    paper->state = all->state;
    for (size_t i = 0; i < all->documents.count; i++) {
        const struct gathered_document *document = &all->documents.items[i];
        struct paper_source source = {
            .label = document->label,
            .name = document->row.facts.name,
            .sha256 = document->row.sha256,
            .text_sha256 = document->about.sha256,
            .entry = document->row.entry,
            .text_entry = document->about.entry,
            .text = document->text,
            .block = PAPER_NONE,
        };
        paper->is_failed =
            paper->is_failed ||
            !list_push(paper->arena, &paper->sources, source, paper->error);
    }
}

void tell_afresh(struct telling *telling)
{
    tell_afresh_but_quoted(telling);
    telling->quoted_count = 0;
}

void tell_afresh_but_quoted(struct telling *telling)
{
    telling->last_document = telling->last_claim = GATHERED_NONE;
    telling->was_told = telling->was_composed = telling->was_quoted = false;
}

size_t tell_block_of(const struct telling *telling, size_t document,
                     struct span span)
{
    for (size_t i = 0; i < telling->quoted_count; i++)
        if (telling->quoted[i].document == document &&
            span_contains(telling->quoted[i].span, span))
            return telling->quoted[i].block;
    return PAPER_NONE;
}

bool tell_is_quoted(const struct telling *telling, size_t document,
                    struct span span)
{
    for (size_t i = 0; i < telling->quoted_count; i++)
        if (telling->quoted[i].document == document &&
            span_contains(telling->quoted[i].span, span))
            return true;
    return false;
}

bool tell_was_quoted(struct telling *telling, size_t document, struct span span)
{
    if (tell_is_quoted(telling, document, span))
        return true;
    if (telling->quoted_count < TELL_QUOTED_MAX) {
        telling->quoted[telling->quoted_count].document = document;
        telling->quoted[telling->quoted_count].block =
            telling->paper->blocks.count - 1;
        telling->quoted[telling->quoted_count++].span = span;
    }
    return false;
}

size_t tell_paragraph(struct telling *telling)
{
    tell_afresh(telling);
    return paper_block(telling->paper, BLOCK_NUMBERED, 0);
}

void tell_source(struct telling *telling, size_t document)
{
    paper_print(telling->paper, "[%s]", document_at(telling, document)->label);
}

/* Names of bodies get the article that the text gives them. */
static void tell_name_as(struct telling *telling,
                         const struct gathered_actor *who, const char *article)
{
    bool is_body = who->type != NULL && strcmp(who->type, "person") != 0;
    if (is_body && who->has_article)
        paper_text(telling->paper, article);
    paper_text(telling->paper, who->name);
}

void tell_name(struct telling *telling, const struct gathered_actor *who)
{
    tell_name_as(telling, who, "the ");
}

static void tell_publisher_as(struct telling *telling, size_t index,
                              bool begins_sentence)
{
    const struct gathered_document *document = document_at(telling, index);
    if (document->issuer != GATHERED_NONE)
        tell_name_as(telling, &telling->all->actors.items[document->issuer],
                     begins_sentence ? "The " : "the ");
    else if (document->publisher != NULL)
        paper_text(telling->paper, document->publisher);
    else
        paper_print(telling->paper, "%s document “%s”",
                    begins_sentence ? "The" : "the", document->row.facts.name);
    paper_text(telling->paper, " ");
    tell_source(telling, index);
}

void tell_publisher(struct telling *telling, size_t index)
{
    tell_publisher_as(telling, index, false);
}

const char *tell_verb(const struct telling *telling, size_t index)
{
    const char *kind = document_at(telling, index)->kind;
    if (kind != NULL &&
        (strcmp(kind, "testimony") == 0 || strcmp(kind, "statement") == 0))
        return "states";
    return kind != NULL && strcmp(kind, "record") == 0 ? "records" : "writes";
}

/* Whether only blanks lie between the two places. */
static bool adjoins(struct slice text, struct span one, struct span other)
{
    if (one.end > other.begin)
        return false;
    for (size_t i = one.end; i < other.begin; i++)
        if ((unsigned char)text.data[i] > ' ')
            return false;
    return true;
}

/* One quotation after another of one document goes on without saying again
 * whose it is; what lies between them is marked as left out. */
void tell_writes(struct telling *telling, size_t index, struct span quoted)
{
    if (telling->was_told && telling->was_quoted &&
        telling->last_document == index) {
        if (!adjoins(document_at(telling, index)->text, telling->last_quoted,
                     quoted))
            paper_text(telling->paper, "[…] ");
    } else {
        tell_publisher_as(telling, index, true);
        paper_print(telling->paper, " %s: ", tell_verb(telling, index));
    }
    telling->last_quoted = quoted;
}

/* The phrase of the source as it stands, where it is short and one piece. */
static struct slice source_phrase(const struct telling *telling,
                                  const struct gathered_claim *claim)
{
    enum { LONGEST = 120 };
    struct slice text = document_at(telling, claim->document)->text;
    if (claim->source.count != 1)
        return (struct slice){"", 0};
    struct slice phrase = slice_at(text, claim->source.items[0]);
    if (phrase.length > LONGEST ||
        memchr(phrase.data, '\n', phrase.length) != NULL)
        phrase.length = 0;
    return phrase;
}

static bool has_name(struct slice phrase, const char *name)
{
    return memmem(phrase.data, phrase.length, name, strlen(name)) != NULL;
}

static void tell_quoted(struct telling *telling, struct slice words,
                        size_t document)
{
    paper_text(telling->paper, "“");
    paper_slice(telling->paper, words, RUN_QUOTE,
                document_at(telling, document)->language);
    paper_text(telling->paper, "”");
}

static void tell_one_speaker(struct telling *telling, size_t index)
{
    const struct gathered_claim *claim = &telling->all->claims.items[index];
    struct slice phrase = source_phrase(telling, claim);
    const struct gathered_actor *who =
        claim->speaker != GATHERED_NONE
            ? &telling->all->actors.items[claim->speaker]
            : NULL;
    bool is_guess = !claim->finding.is_reviewed && phrase.length > 0 &&
                    phrase_is_pronoun(phrase);
    if (phrase.length > 0 && (who == NULL || is_guess)) {
        tell_quoted(telling, phrase, claim->document);
        return;
    }
    if (who == NULL) {
        paper_text(telling->paper, "a speaker whom it does not name");
        return;
    }
    /* "Superintendent Agnes Ndolo" says more than her name, and says it. */
    if (phrase.length > 0 && has_name(phrase, who->name)) {
        paper_slice(telling->paper, phrase, RUN_PLAIN, NULL);
        return;
    }
    if (phrase.length > 0 && !phrase_is_pronoun(phrase) &&
        !slice_has_word_of(phrase, who->name)) {
        tell_quoted(telling, phrase, claim->document);
        return;
    }
    tell_name(telling, who);
    if (phrase.length > 0) {
        paper_text(telling->paper, " (");
        tell_quoted(telling, phrase, claim->document);
        paper_text(telling->paper, ")");
    }
}

static bool same_party(const struct telling *telling, size_t one, size_t other)
{
    const struct gathered *all = telling->all;
    return one != GATHERED_NONE && other != GATHERED_NONE &&
           all->actors.items[one].party == all->actors.items[other].party;
}

/* Whether the document is the speaker's own. */
static bool is_own(const struct telling *telling,
                   const struct gathered_claim *claim)
{
    const struct gathered_document *document =
        document_at(telling, claim->document);
    return same_party(telling, claim->speaker, document->issuer) ||
           (claim->speaker != GATHERED_NONE && document->publisher != NULL &&
            strcmp(telling->all->actors.items[claim->speaker].name,
                   document->publisher) == 0);
}

bool claim_is_own(const struct telling *telling, size_t index)
{
    const struct gathered_claim *claim = &telling->all->claims.items[index];
    return claim->parent == GATHERED_NONE && is_own(telling, claim);
}

void tell_speaker(struct telling *telling, size_t index)
{
    enum { DEEP = 8 };
    const struct gathered_claim *claim = &telling->all->claims.items[index];
    tell_one_speaker(telling, index);
    for (size_t i = 0; i < DEEP && claim->parent != GATHERED_NONE; i++) {
        const struct gathered_claim *parent =
            &telling->all->claims.items[claim->parent];
        if (!same_party(telling, claim->speaker, parent->speaker)) {
            paper_text(telling->paper, ", in the words of ");
            tell_one_speaker(telling, claim->parent);
        }
        claim = parent;
    }
    if (is_own(telling, claim)) {
        paper_text(telling->paper, " ");
        tell_source(telling, claim->document);
    } else {
        paper_text(telling->paper, ", as given by ");
        tell_publisher(telling, claim->document);
    }
}
