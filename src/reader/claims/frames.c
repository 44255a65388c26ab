/*
 * frames.c - see frames.h.
 */
#include "frames.h"

static struct slice word_of(const struct text *text, uint32_t token)
{
    return slice_at(text->bytes, text->tokens.items[token]);
}

static bool is_apostrophe(struct slice word)
{
    return slice_equals(word, slice_of("'")) ||
           slice_equals(word, slice_of("\u2019"));
}

/* Whether the token is the apostrophe of "n't", whose n ends the one before:
 * to PropBank (and the Penn Treebank before it) it belongs to the second. */
static bool is_negation(const struct text *text, uint32_t token)
{
    const struct span *tokens = text->tokens.items;
    if (token == 0 || (size_t)token + 1 >= text->tokens.count ||
        tokens[token - 1].end != tokens[token].begin ||
        tokens[token].end != tokens[token + 1].begin ||
        !is_apostrophe(word_of(text, token)))
        return false;
    const char last = text->bytes.data[tokens[token].begin - 1];
    const struct slice next = word_of(text, token + 1);
    return (last == 'n' || last == 'N') && next.length == 1 &&
           (next.data[0] == 't' || next.data[0] == 'T');
}

static struct span bytes_of(const struct text *text, struct span tokens)
{
    struct span bytes = text_bytes_of(text, tokens);
    bytes.begin -= is_negation(text, tokens.begin);
    bytes.end -=
        tokens.end < text->tokens.count && is_negation(text, tokens.end);
    return bytes;
}

/* An apostrophe is a predicate for the word behind it: "'s", "'ve". */
static struct span predicate_bytes(const struct text *text, uint32_t token)
{
    const bool is_short = is_apostrophe(word_of(text, token)) &&
                          (size_t)token + 1 < text->tokens.count;
    return bytes_of(text, (struct span){token, token + 1 + is_short});
}

bool frames_take(const struct labels *labels, struct arena *arena,
                 struct reading *reading, struct error *error)
{
    const struct text *text = &reading->text;
    struct frame_argument *arguments =
        arena_take(arena, labels->arguments.count, sizeof *arguments, error);
    if (arguments == NULL)
        return false;
    for (size_t i = 0; i < labels->arguments.count; i++)
        arguments[i] = (struct frame_argument){
            label_argument_names[labels->arguments.items[i].role],
            bytes_of(text, labels->arguments.items[i].tokens)};
    for (size_t i = 0; i < labels->frames.count; i++) {
        const struct labelled_frame *found = &labels->frames.items[i];
        const struct frame frame = {predicate_bytes(text, found->predicate),
                                    arguments + found->first, found->count};
        if (!list_push(arena, &reading->frames, frame, error))
            return false;
    }
    return true;
}

bool mentions_take(const struct labels *labels, struct arena *arena,
                   struct reading *reading, struct error *error)
{
    for (size_t i = 0; i < labels->mentions.count; i++) {
        const struct labelled_mention *found = &labels->mentions.items[i];
        const struct reading_mention mention = {
            .span = text_bytes_of(&reading->text, found->tokens),
            .kind = found->kind,
            .cluster = found->antecedent == TEXT_NONE
                           ? (uint32_t)i
                           : reading->mentions.items[found->antecedent].cluster,
        };
        if (!list_push(arena, &reading->mentions, mention, error))
            return false;
    }
    return true;
}

enum { FILLERS_MAX = 256 }; /* that are compared */

/* Whether each word of `part` is one of `whole`. */
static bool has_all_words(const struct text *text, struct span whole,
                          struct span part)
{
    for (uint32_t i = part.begin; i < part.end; i++) {
        bool is_there = false;
        for (uint32_t j = whole.begin; j < whole.end && !is_there; j++)
            is_there = slice_equals(word_of(text, i), word_of(text, j));
        if (!is_there)
            return false;
    }
    return true;
}

/* The first longer mention (or equal, and before it) of the same role that has
 * all the words of this one; itself where there is none. */
static uint32_t whole_of(const struct labels *labels, const struct text *text,
                         uint32_t index)
{
    const struct labelled_role *items = labels->roles.items;
    const struct span part = items[index].tokens;
    uint32_t best = index;
    for (uint32_t i = 0; i < labels->roles.count && i < FILLERS_MAX; i++) {
        const struct span whole = items[i].tokens;
        const struct span so_far = items[best].tokens;
        if (items[i].role == items[index].role && i != index &&
            has_all_words(text, whole, part) &&
            (whole.end - whole.begin > so_far.end - so_far.begin ||
             (i < best &&
              whole.end - whole.begin == so_far.end - so_far.begin)))
            best = i;
    }
    return best;
}

bool roles_take(const struct labels *labels, struct arena *arena,
                struct reading *reading, struct error *error)
{
    const struct text *text = &reading->text;
    for (uint8_t role = 0; role < ROLE_COUNT; role++)
        for (uint32_t i = 0; i < labels->roles.count; i++) {
            const struct labelled_role *found = &labels->roles.items[i];
            const struct role_filler filler = {
                text_bytes_of(text, found->tokens), role,
                whole_of(labels, text, i)};
            if (found->role == role &&
                !list_push(arena, &reading->roles, filler, error))
                return false;
        }
    return true;
}
