/*
 * view_explain.c - see view_explain.h. What is found is hung on the sentence
 * in which it begins, once; then each sentence is told from the bottom up.
 */
#include "view_explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "layout.h"
#include "tag.h"
#include "word.h"

enum { MARGIN = 12, NONE = -1 };

/* What may be hung on a sentence. */
enum layer {
    SEEN_NAMES,
    SEEN_PIECES,
    SEEN_FRAMES,
    SEEN_ACTS,
    READ_CLAIMS,
    READ_ACTS,
    READ_FIGURES,
    READ_TIMES,
    READ_PLACES,
    LAYERS,
};
static const char *const layer_names[LAYERS] = {
    "names", "says who", "frames", "triggers", "claims",
    "acts",  "figures",  "times",  "places"};

/* The items of a layer by sentence: the first, and the one behind each. */
struct chain {
    int64_t *first, *next;
};

struct explanation {
    const struct reading *reading;
    const struct text *text;
    const struct labels *labels;
    const char *tags;
    struct chain chains[LAYERS];
    struct layout layout;
};

static size_t count_of(const struct explanation *all, enum layer layer)
{
    const struct reading *reading = all->reading;
    switch (layer) {
    case SEEN_NAMES:
        return all->labels->names.count;
    case SEEN_PIECES:
        return all->labels->pieces.count;
    case SEEN_FRAMES:
        return reading->frames.count;
    case SEEN_ACTS:
        return all->labels->acts.count;
    case READ_CLAIMS:
        return reading->claims.count;
    case READ_ACTS:
        return reading->acts.count;
    case READ_FIGURES:
        return reading->figure_count;
    case READ_TIMES:
        return reading->times.items.count;
    default:
        return reading->places.count;
    }
}

static uint32_t first_byte(const struct claim *claim)
{
    const struct places *places[] = {&claim->source, &claim->cue,
                                     &claim->content};
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i]->count > 0 && places[i]->items[0].begin < least)
            least = places[i]->items[0].begin;
    return least;
}

/* The token at which an item begins. */
static uint32_t token_of(const struct explanation *all, enum layer layer,
                         size_t i)
{
    const struct reading *reading = all->reading;
    struct span bytes = {0, 0};
    switch (layer) {
    case SEEN_NAMES:
        return all->labels->names.items[i].tokens.begin;
    case SEEN_PIECES:
        return all->labels->pieces.items[i].tokens.begin;
    case SEEN_ACTS:
        return all->labels->acts.items[i].trigger.begin;
    case SEEN_FRAMES:
        bytes = reading->frames.items[i].predicate;
        break;
    case READ_CLAIMS:
        bytes.begin = first_byte(&reading->claims.items[i]);
        bytes.end = bytes.begin + 1;
        break;
    case READ_ACTS:
        bytes = reading->acts.items[i].trigger;
        break;
    case READ_FIGURES:
        bytes = reading->figures[i].span;
        break;
    case READ_TIMES:
        bytes = reading->times.items.items[i].span;
        break;
    default:
        bytes = reading->places.items[i].span;
    }
    return text_tokens_in(all->text, bytes).begin;
}

/* Hangs the items of a layer on their sentences; the last first, so that each
 * chain has the order of the text. */
static bool hang(struct explanation *all, enum layer layer, struct error *error)
{
    const size_t sentences = all->text->sentences.count;
    const size_t count = count_of(all, layer);
    struct chain *chain = &all->chains[layer];
    chain->first = calloc(sentences + 1, sizeof *chain->first);
    chain->next = calloc(count + 1, sizeof *chain->next);
    if (chain->first == NULL || chain->next == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the view");
    for (size_t i = 0; i <= sentences; i++)
        chain->first[i] = NONE;
    for (size_t i = count; i-- > 0 && sentences > 0;) {
        uint32_t token = token_of(all, layer, i);
        if (token >= all->text->tokens.count)
            continue;
        size_t sentence = text_sentence_of(all->text, token);
        chain->next[i] = chain->first[sentence];
        chain->first[sentence] = (int64_t)i;
    }
    return true;
}

static void put_text(struct explanation *all, struct span bytes)
{
    layout_words(&all->layout, "“");
    layout_text(&all->layout, slice_at(all->text->bytes, bytes));
    layout_words(&all->layout, "”");
}

static void put_tokens(struct explanation *all, struct span tokens)
{
    put_text(all, text_bytes_of(all->text, tokens));
}

static void put_sure(struct explanation *all, float probability)
{
    char words[16];
    snprintf(words, sizeof words, " %d %%", (int)lroundf(probability * 100));
    layout_style(&all->layout, STYLE_QUIET);
    layout_words(&all->layout, words);
    layout_style(&all->layout, STYLE_PLAIN);
}

static void put_number(struct explanation *all, char letter, size_t index)
{
    char words[32];
    snprintf(words, sizeof words, "%c%zu", letter, index + 1);
    layout_words(&all->layout, words);
}

/* The words of a sentence, each with its part of speech. */
static void show_words(struct explanation *all, struct span sentence)
{
    layout_margin(&all->layout, MARGIN, "words      ");
    for (uint32_t at = sentence.begin; at < sentence.end; at++) {
        const char tag[] = {'/', all->tags[at], ' ', '\0'};
        layout_text(&all->layout, word_at(all->text, at));
        layout_style(&all->layout, STYLE_QUIET);
        layout_words(&all->layout, tag);
        layout_style(&all->layout, STYLE_PLAIN);
    }
    layout_line(&all->layout);
}

/* What data/acts-lexicon.tsv knows of the words. */
static void show_lexicon(struct explanation *all, struct span sentence)
{
    uint32_t length = 1;
    for (uint32_t at = sentence.begin; at < sentence.end; at += length) {
        const struct table_row *row = word_phrase(all->text, &act_lexicon_table,
                                                  at, sentence.end, &length);
        if (row == NULL) {
            length = 1;
            continue;
        }
        layout_margin(&all->layout, MARGIN, "lexicon    ");
        put_tokens(all, (struct span){at, at + length});
        layout_words(&all->layout, strcmp(row->columns[0], "-") == 0
                                       ? " no act"
                                       : " may be ");
        if (strcmp(row->columns[0], "-") != 0)
            layout_words(&all->layout, row->columns[0]);
        layout_words(&all->layout, strcmp(row->columns[1], "do") == 0
                                       ? ", its subject does it"
                                       : ", its subject suffers it");
        layout_line(&all->layout);
    }
}

static void show_name(struct explanation *all, size_t index)
{
    static const char *const types[] = {" person", " organisation", " place",
                                        " other"};
    const struct labelled_name *name = &all->labels->names.items[index];
    put_tokens(all, name->tokens);
    layout_words(&all->layout, types[name->type]);
    put_sure(all, name->probability);
}

static void show_piece(struct explanation *all, size_t index)
{
    static const char *const roles[] = {"cue ", "source ", "content "};
    const struct labelled_piece *piece = &all->labels->pieces.items[index];
    layout_words(&all->layout,
                 piece->layer == LAYER_INNER ? "within a claim: " : "");
    layout_words(&all->layout, roles[piece->role]);
    put_tokens(all, piece->tokens);
    put_sure(all, piece->probability);
    if (piece->link == TEXT_NONE)
        return;
    layout_words(&all->layout, ", of ");
    put_tokens(all, all->labels->pieces.items[piece->link].tokens);
    put_sure(all, piece->link_probability);
}

static void show_frame(struct explanation *all, size_t index)
{
    const struct frame *frame = &all->reading->frames.items[index];
    put_text(all, frame->predicate);
    for (uint32_t i = 0; i < frame->argument_count; i++) {
        layout_words(&all->layout, i == 0 ? ": " : ", ");
        layout_words(&all->layout, frame->arguments[i].role);
        layout_words(&all->layout, " ");
        put_text(all, frame->arguments[i].span);
    }
}

static void show_trigger(struct explanation *all, size_t index)
{
    const struct labelled_act *act = &all->labels->acts.items[index];
    put_tokens(all, act->trigger);
    put_sure(all, act->probability);
    layout_words(&all->layout, act->is_likely ? ", merely likely: " : ": ");
    layout_words(&all->layout, act_code_names[act->code]);
    put_sure(all, act->code_probability);
    layout_words(&all->layout, ", ");
    layout_words(&all->layout, act_modality_names[act->modality]);
    put_sure(all, act->modality_probability);
    layout_words(&all->layout, ", ");
    layout_words(&all->layout, label_polarity_names[act->polarity]);
    put_sure(all, act->polarity_probability);
    for (uint32_t i = 0; i < act->count; i++) {
        const struct labelled_participant *one =
            &all->labels->participants.items[act->first + i];
        layout_words(&all->layout, "; ");
        layout_words(&all->layout, label_participant_names[one->role]);
        layout_words(&all->layout, " ");
        put_tokens(all, one->tokens);
        put_sure(all, one->probability);
    }
}

static void show_claim(struct explanation *all, size_t index)
{
    const struct claim *claim = &all->reading->claims.items[index];
    put_number(all, 'c', index);
    layout_words(&all->layout, " ");
    layout_words(&all->layout, speech_act_names[claim->act]);
    layout_words(&all->layout, ", ");
    layout_words(&all->layout, claim_mode_names[claim->mode]);
    if (claim->speaker != READING_NONE) {
        layout_words(&all->layout, ", by ");
        layout_text(&all->layout,
                    all->reading->actors.items[claim->speaker].name);
    }
    if (claim->content.count > 0) {
        layout_words(&all->layout, ": ");
        put_text(all, claim->content.items[0]);
    }
    put_sure(all, claim->confidence);
}

static void put_party(struct explanation *all, const struct act_party *party)
{
    layout_words(&all->layout, "; ");
    layout_words(&all->layout, label_participant_names[party->role]);
    layout_words(&all->layout, " ");
    put_text(all, party->span);
    if (party->role == ROLE_PERPETRATOR && party->degree != DEGREE_DIRECT) {
        layout_words(&all->layout, " (");
        layout_words(&all->layout, act_degree_names[party->degree]);
        layout_words(&all->layout, ")");
    }
    if (party->actor == READING_NONE)
        return;
    const struct actor *actor = &all->reading->actors.items[party->actor];
    layout_words(&all->layout, " = ");
    layout_text(&all->layout, actor->name);
    layout_words(&all->layout, ", ");
    layout_words(&all->layout, actor_class_names[actor->class]);
}

static void show_act(struct explanation *all, size_t index)
{
    const struct act *act = &all->reading->acts.items[index];
    put_number(all, 'i', index);
    layout_words(&all->layout, " ");
    layout_words(&all->layout, act_code_names[act->code]);
    layout_words(&all->layout, " ");
    put_text(all, act->trigger);
    put_sure(all, act->confidence);
    layout_words(&all->layout, ", ");
    layout_words(&all->layout, act_modality_names[act->modality]);
    layout_words(&all->layout, act->is_denied ? ", denied" : "");
    for (uint32_t i = 0; i < act->party_count; i++)
        put_party(all, &act->parties[i]);
    if (act->claim != READING_NONE) {
        layout_words(&all->layout, "; told by ");
        put_number(all, 'c', act->claim);
    }
    if (act->time != READING_NONE) {
        layout_words(&all->layout, "; at ");
        put_number(all, 't', act->time);
    }
    if (act->place != READING_NONE) {
        layout_words(&all->layout, "; in ");
        put_number(all, 'p', act->place);
    }
    if (act->same_as != READING_NONE) {
        layout_words(&all->layout, "; the same as ");
        put_number(all, 'i', act->same_as);
    }
}

static void show_figure(struct explanation *all, size_t index)
{
    const struct figure *figure = &all->reading->figures[index];
    char words[96];
    put_number(all, 'f', index);
    layout_words(&all->layout, " ");
    put_text(all, figure->span);
    if (figure->has_min) {
        snprintf(words, sizeof words, " from %lld", (long long)figure->min);
        layout_words(&all->layout, words);
    }
    if (figure->has_max) {
        snprintf(words, sizeof words, " to %lld", (long long)figure->max);
        layout_words(&all->layout, words);
    }
    layout_words(&all->layout, figure->is_approximate ? ", about" : "");
    if (figure->act != READING_NONE) {
        layout_words(&all->layout, ", of ");
        put_number(all, 'i', figure->act);
    }
    put_sure(all, figure->confidence);
}

static void show_time(struct explanation *all, size_t index)
{
    const struct times *times = &all->reading->times;
    char why[TIME_WHY_SIZE];
    put_number(all, 't', index);
    layout_words(&all->layout, " ");
    put_text(all, times->items.items[index].span);
    layout_words(&all->layout, " ");
    layout_words(&all->layout, times->items.items[index].value);
    layout_words(&all->layout, ": ");
    time_why_write(times, (uint32_t)index, why);
    layout_words(&all->layout, why);
    put_sure(all, times->items.items[index].confidence);
}

static void show_place(struct explanation *all, size_t index)
{
    const struct place *place = &all->reading->places.items[index];
    put_number(all, 'p', index);
    layout_words(&all->layout, " ");
    put_text(all, place->span);
    layout_words(&all->layout,
                 place->index == GAZETTEER_NONE ? ", not placed" : "");
    put_sure(all, place->confidence);
}

static void (*const show[LAYERS])(struct explanation *, size_t) = {
    show_name, show_piece,  show_frame, show_trigger, show_claim,
    show_act,  show_figure, show_time,  show_place};

static void show_layer(struct explanation *all, enum layer layer,
                       size_t sentence)
{
    const struct chain *chain = &all->chains[layer];
    char mark[MARGIN];
    snprintf(mark, sizeof mark, "%-10s ", layer_names[layer]);
    for (int64_t at = chain->first[sentence]; at != NONE;
         at = chain->next[at]) {
        layout_margin(&all->layout, MARGIN, mark);
        show[layer](all, (size_t)at);
        layout_line(&all->layout);
    }
}

static void show_sentence(struct explanation *all, size_t index)
{
    const struct span tokens = all->text->sentences.items[index];
    char mark[24];
    snprintf(mark, sizeof mark, "%-10zu ", index + 1);
    layout_margin(&all->layout, MARGIN, mark);
    layout_style(&all->layout, STYLE_STRONG);
    layout_text(&all->layout,
                slice_at(all->text->bytes, text_bytes_of(all->text, tokens)));
    layout_style(&all->layout, STYLE_QUIET);
    layout_words(&all->layout, " ");
    layout_words(&all->layout,
                 part_kind_names[text_part_of(all->text, tokens.begin)]);
    layout_style(&all->layout, STYLE_PLAIN);
    layout_line(&all->layout);
    show_words(all, tokens);
    for (enum layer layer = 0; layer <= SEEN_ACTS; layer++)
        show_layer(all, layer, index);
    show_lexicon(all, tokens);
    for (enum layer layer = SEEN_ACTS + 1; layer < LAYERS; layer++)
        show_layer(all, layer, index);
    layout_margin(&all->layout, 0, NULL);
    layout_gap(&all->layout);
}

static bool explain(struct explanation *all, struct arena *arena,
                    struct error *error)
{
    if (!tags_find(all->text, arena, &all->tags, error))
        return false;
    for (enum layer layer = 0; layer < LAYERS; layer++)
        if (!hang(all, layer, error))
            return false;
    for (size_t i = 0; i < all->text->sentences.count; i++)
        show_sentence(all, i);
    return layout_end(&all->layout, error);
}

bool view_explain(const struct reading *reading,
                  const struct view_options *options, struct json_sink sink,
                  struct error *error)
{
    enum { TAGS_LEAST = 1 << 20, TAGS_PER_BYTE = 64 };
    struct explanation all = {.reading = reading,
                              .text = &reading->text,
                              .labels = reading->labels,
                              .layout = {.sink = sink,
                                         .width = options->width,
                                         .has_colour = options->has_colour}};
    struct arena *arena =
        arena_new(reading->text.bytes.length * TAGS_PER_BYTE + TAGS_LEAST);
    bool is_done = arena != NULL
                       ? explain(&all, arena, error)
                       : error_set(error, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; i < LAYERS; i++) {
        free(all.chains[i].first);
        free(all.chains[i].next);
    }
    arena_release(arena);
    return is_done;
}
