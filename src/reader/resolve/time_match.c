/*
 * time_match.c - see time_rule.h: matching the rules.
 *
 * A sequence is matched with backtracking over its optional elements and its
 * alternatives; a rule within a rule gives its longest match and no other.
 * Slots are filled in one frame, and a trail says which to empty again on the
 * way back.
 */
#include "time_grammar.h"

#include <string.h>

enum { DEPTH_MOST = 40, TRAIL_MOST = 64, REMEMBERED = 8 };

struct filled {
    uint8_t slot;
    int32_t before;
    int32_t value;
};

struct matcher {
    const struct time_grammar *grammar;
    struct lexeme_window window;
    struct time_frame *frame;
    uint32_t steps;
    uint32_t depth; /* of rules within rules */
    /* The rules that can begin at a place, asked for again and again: of the
     * last places looked at, by the place modulo REMEMBERED; one more than
     * the place, 0 for none. */
    struct time_rule_set possible[REMEMBERED];
    size_t possible_at[REMEMBERED];
    uint32_t trail_count;
    struct filled trail[TRAIL_MOST];
};

struct best_match {
    size_t length; /* 0: none yet */
    uint32_t filled;
    struct time_frame frame;
    const struct time_rule *rule;
};

static const struct lexeme lexeme_end = {.kind = LEXEME_END};

static const struct lexeme *lexeme_at(const struct matcher *matcher, size_t at)
{
    return at < matcher->window.count ? &matcher->window.items[at]
                                      : &lexeme_end;
}

static void set_slot(struct matcher *matcher, uint8_t slot, int32_t value)
{
    int32_t *filled = &matcher->frame->slots[slot];
    matcher->trail[matcher->trail_count++] =
        (struct filled){slot, *filled, value};
    *filled = value;
}

static void fill(struct matcher *matcher, uint8_t slot, int32_t value)
{
    if (slot >= SLOTS || matcher->trail_count == TRAIL_MOST)
        return;
    int32_t before = matcher->frame->slots[slot];
    if (slot == SLOT_WEEKDAYS) /* a set of them, Monday's bit is 1 */
        set_slot(matcher, slot,
                 (before == SLOT_EMPTY ? 0 : before) | 1 << value);
    else if (before == SLOT_EMPTY)
        set_slot(matcher, slot, value);
}

static void go_back(struct matcher *matcher, uint32_t mark)
{
    while (matcher->trail_count > mark) {
        const struct filled *filled = &matcher->trail[--matcher->trail_count];
        matcher->frame->slots[filled->slot] = filled->before;
    }
}

/* The rules that can begin with this lexeme. */
static struct time_rule_set beginning_with(const struct time_grammar *grammar,
                                           const struct lexeme *lexeme)
{
    const struct time_rule_set *sets[LEXEME_CLASSES + 4];
    size_t count = 0;
    struct time_rule_set all = grammar->anywhere;
    sets[count++] = &grammar->begins[lexeme->symbol];
    if (lexeme->kind == LEXEME_NUMBER)
        sets[count++] = &grammar->begins[SYMBOL_NUMBER];
    if (lexeme->kind == LEXEME_WORD)
        sets[count++] = &grammar->begins[SYMBOL_WORD];
    if (lexeme->flags & LEXEME_CAPITAL)
        sets[count++] = &grammar->begins[SYMBOL_CAPITAL];
    if ((lexeme->flags & LEXEME_CAPITAL) &&
        grammar->opens_holiday[lexeme->symbol])
        sets[count++] = &grammar->begins[SYMBOL_HOLIDAY];
    for (uint16_t i = 0; i < lexeme->class_count; i++)
        sets[count++] = &grammar->begins[lexeme->classes[i].symbol];
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < TIME_RULES_MOST / 64; j++)
            all.bits[j] |= sets[i]->bits[j];
    return all;
}

static const struct time_rule_set *possible_at(struct matcher *matcher,
                                               size_t at)
{
    size_t place = at % REMEMBERED;
    if (matcher->possible_at[place] != at + 1) {
        matcher->possible_at[place] = at + 1;
        matcher->possible[place] =
            beginning_with(matcher->grammar, lexeme_at(matcher, at));
    }
    return &matcher->possible[place];
}

static bool match_sequence(struct matcher *, uint32_t node, size_t at,
                           size_t *end);

/* The longest of the rules of this name. */
static bool match_rules(struct matcher *matcher, const struct time_node *node,
                        size_t at, size_t *end)
{
    struct filled best[TRAIL_MOST];
    uint32_t best_count = 0;
    bool is_found = false;
    uint32_t mark = matcher->trail_count;
    if (matcher->depth >= DEPTH_MOST)
        return false;
    matcher->depth++;
    for (uint16_t i = 0; i < node->rule_count; i++) {
        size_t rule = (size_t)node->value + i;
        size_t reached;
        if (!time_set_has(possible_at(matcher, at), rule) ||
            !match_sequence(matcher, matcher->grammar->rules.items[rule].first,
                            at, &reached))
            continue;
        if (!is_found || reached > *end) {
            is_found = true;
            best_count = matcher->trail_count - mark;
            for (uint32_t j = 0; j < best_count; j++)
                best[j] = matcher->trail[mark + j];
            *end = reached;
        }
        go_back(matcher, mark);
    }
    matcher->depth--;
    for (uint32_t i = 0; i < best_count; i++)
        set_slot(matcher, best[i].slot, best[i].value);
    return is_found;
}

static bool match_class(struct matcher *matcher, const struct time_node *node,
                        size_t at, size_t *end)
{
    const struct lexeme *lexeme = lexeme_at(matcher, at);
    int32_t value = 0;
    size_t taken = 0;
    if (node->builtin != BUILTIN_NONE) {
        taken = time_builtin_match((enum time_builtin)node->builtin,
                                   matcher->window, at, &value);
    } else {
        for (uint16_t i = 0; i < lexeme->class_count && taken == 0; i++)
            if (lexeme->classes[i].symbol == node->symbol) {
                value = lexeme->classes[i].value;
                taken = 1;
            }
    }
    bool is_empty =
        node->builtin == BUILTIN_END || node->builtin == BUILTIN_BREAK;
    if (taken == 0)
        return false;
    fill(matcher, node->slot, value);
    *end = is_empty ? at : at + taken;
    return true;
}

/* One atom, without its signs. */
static bool match_atom(struct matcher *matcher, const struct time_node *node,
                       size_t at, size_t *end)
{
    switch ((enum time_node_kind)node->kind) {
    case TIME_NODE_WORD:
        *end = at + 1;
        return lexeme_at(matcher, at)->symbol == node->symbol;
    case TIME_NODE_CLASS:
        return match_class(matcher, node, at, end);
    case TIME_NODE_RULE:
        return match_rules(matcher, node, at, end);
    case TIME_NODE_FILL:
        *end = at;
        fill(matcher, node->slot, node->value);
        return true;
    case TIME_NODE_GROUP:
        return match_sequence(matcher, node->child, at, end);
    }
    return false;
}

/* Whether the lexeme has what the signs ask for. */
static bool fits(const struct matcher *matcher, uint8_t signs, size_t at)
{
    unsigned flags = lexeme_at(matcher, at)->flags;
    if ((signs & TIME_SIGN_GLUED) && !(flags & LEXEME_GLUED))
        return false;
    return !(signs & TIME_SIGN_CAPITAL) || (flags & LEXEME_CAPITAL);
}

/* Whether the element, looked at from `at`, is there: "!x", "&x", "<x". */
static bool look(struct matcher *matcher, uint32_t node, size_t at)
{
    const struct time_node *nodes = matcher->grammar->nodes.items;
    uint8_t signs = nodes[node].signs;
    uint32_t mark = matcher->trail_count;
    bool is_found = false;
    bool has_gap_asked = signs & TIME_SIGN_BEHIND;
    if (has_gap_asked) {
        size_t back = signs & TIME_SIGN_BEHIND_TWO ? 2 : 1;
        bool is_apart = (signs & TIME_SIGN_GLUED) &&
                        !(lexeme_at(matcher, at)->flags & LEXEME_GLUED);
        if (at < back || is_apart)
            return signs & TIME_SIGN_NOT;
        at -= back;
        signs &= (uint8_t)~TIME_SIGN_GLUED;
    }
    for (uint32_t i = node;
         !is_found && i != TIME_NODE_NONE && fits(matcher, signs, at);
         i = nodes[i].other) {
        size_t end;
        is_found = match_atom(matcher, &nodes[i], at, &end);
    }
    if (signs & (TIME_SIGN_NOT | TIME_SIGN_BEHIND))
        go_back(matcher, mark);
    return is_found != (bool)(signs & TIME_SIGN_NOT);
}

static bool match_sequence(struct matcher *matcher, uint32_t node, size_t at,
                           size_t *end)
{
    enum { LOOKS = TIME_SIGN_BEHIND | TIME_SIGN_NOT | TIME_SIGN_AHEAD };
    uint32_t mark = matcher->trail_count;
    if (node == TIME_NODE_NONE) {
        *end = at;
        return true;
    }
    if (++matcher->steps > TIME_STEPS)
        return false;
    const struct time_node *nodes = matcher->grammar->nodes.items;
    const struct time_node *first = &nodes[node];
    if (first->signs & LOOKS) {
        if (look(matcher, node, at) &&
            match_sequence(matcher, first->next, at, end))
            return true;
        go_back(matcher, mark);
        return false;
    }
    for (uint32_t i = node;
         i != TIME_NODE_NONE && fits(matcher, first->signs, at);
         i = nodes[i].other) {
        size_t reached;
        if (match_atom(matcher, &nodes[i], at, &reached) &&
            match_sequence(matcher, first->next, reached, end))
            return true;
        go_back(matcher, mark);
    }
    return (first->signs & TIME_SIGN_OPTIONAL) &&
           match_sequence(matcher, first->next, at, end);
}

/* The longest of the rules in 64 of them, `bits`, that begin with `first`. */
static void match_whole(struct matcher *matcher, uint64_t bits, size_t first,
                        size_t at, struct best_match *best)
{
    for (; bits != 0; bits &= bits - 1) {
        const struct time_rule *next =
            &matcher->grammar->rules
                 .items[first + (size_t)__builtin_ctzll(bits)];
        size_t end;
        if (!match_sequence(matcher, next->first, at, &end))
            continue;
        bool is_fuller = end - at == best->length && best->length > 0 &&
                         matcher->trail_count > best->filled;
        if (end - at > best->length || is_fuller) {
            best->length = end - at;
            best->filled = matcher->trail_count;
            best->frame = *matcher->frame;
            best->rule = next;
        }
        go_back(matcher, 0);
    }
}

size_t time_match(const struct time_grammar *grammar,
                  struct lexeme_window window, size_t at,
                  struct time_frame *frame, const struct time_rule **rule)
{
    enum { WORDS = TIME_RULES_MOST / 64 };
    const struct lexeme *lexeme =
        at < window.count ? &window.items[at] : &lexeme_end;
    struct time_rule_set possible = beginning_with(grammar, lexeme);
    uint64_t any = 0;
    for (size_t i = 0; i < WORDS; i++)
        any |= possible.bits[i] &= grammar->whole.bits[i];
    if (any == 0) /* as of most words */
        return 0;
    struct time_frame tried;
    struct best_match best = {.length = 0};
    struct matcher matcher;
    matcher.grammar = grammar;
    matcher.window = window;
    matcher.frame = &tried;
    matcher.steps = matcher.depth = matcher.trail_count = 0;
    memset(matcher.possible_at, 0, sizeof matcher.possible_at);
    for (size_t i = 0; i < SLOTS; i++)
        tried.slots[i] = SLOT_EMPTY;
    for (size_t i = 0; i < WORDS; i++)
        match_whole(&matcher, possible.bits[i], i * 64, at, &best);
    if (best.length > 0) {
        *frame = best.frame;
        *rule = best.rule;
    }
    return best.length;
}
