/*
 * quotation.c - what stands between quotation marks.
 *
 * Each paragraph is walked once with a stack of the quotations that are open.
 * Every token pushes and pops at most a few, so any heap of marks takes
 * linear time.
 *
 * Invariants
 *   1. While a paragraph is walked, the open quotations are nested in the
 *      order of the stack, and `open_of[kind]` counts those of each kind.
 *   2. Between paragraphs the stack is empty, all spans are final, and
 *      `pending` is the quotation that the paragraph left open, if any.
 *   3. A quotation that turns out to be none (a single mark that nothing
 *      closes) has an empty span until its paragraph is finished, and is
 *      then taken out.
 */
#include <assert.h>

#include "mark.h"
#include "stage.h"
#include "token.h"

struct open_quotation {
    uint32_t quotation;
    uint32_t token;     /* its mark */
    uint32_t may_close; /* token that perhaps closes it, or TEXT_NONE */
    uint32_t same_kind; /* first mark within that opens the same kind, or
                           TEXT_NONE */
    enum mark_kind kind;
    uint32_t width; /* tokens of its mark */
};

struct quotation_walk {
    struct text *text;
    struct arena *arena;
    struct error *error;
    LIST(struct open_quotation) stack;
    uint32_t open_of[MARK_KINDS];
    struct span paragraph;
    uint32_t first;   /* quotation of this paragraph */
    uint32_t pending; /* quotation left open by the paragraph before */
    enum mark_kind pending_kind;
};

static struct quotation *quotation_of(struct quotation_walk *walk,
                                      const struct open_quotation *open)
{
    return &walk->text->quotations.items[open->quotation];
}

/* The innermost that is open; there must be one. */
static struct open_quotation *innermost(struct quotation_walk *walk)
{
    assert(walk->stack.items != NULL && walk->stack.count > 0);
    return &walk->stack.items[walk->stack.count - 1];
}

/* Sets what lies between the mark and the token `end`. */
static void set_inside(struct quotation_walk *walk,
                       const struct open_quotation *open, uint32_t end)
{
    const struct span *tokens = walk->text->tokens.items;
    struct quotation *quotation = quotation_of(walk, open);
    uint32_t begin = open->token + open->width;
    if (begin < end)
        quotation->inside =
            (struct span){tokens[begin].begin, tokens[end - 1].end};
    else
        quotation->inside =
            (struct span){tokens[begin - 1].end, tokens[begin - 1].end};
    quotation->span.end = quotation->inside.end;
}

/* The mark at `token` closes it. */
static void close_at(struct quotation_walk *walk,
                     const struct open_quotation *open, uint32_t token,
                     uint32_t width)
{
    set_inside(walk, open, token);
    struct quotation *quotation = quotation_of(walk, open);
    quotation->span.end = walk->text->tokens.items[token + width - 1].end;
    quotation->is_closed = 1;
}

/* A single mark that nothing closes still quotes where a speech begins. */
static bool begins_speech(const struct quotation_walk *walk, uint32_t token)
{
    return token == walk->paragraph.begin ||
           token_is(walk->text, token - 1, ':') ||
           token_is(walk->text, token - 1, ',');
}

/* Takes the innermost quotation off the stack though its closing mark was
 * not seen; what it lies in ends at the token `end`. */
static void pop_unclosed(struct quotation_walk *walk, uint32_t end)
{
    struct open_quotation open = *innermost(walk);
    walk->stack.count--;
    walk->open_of[open.kind]--;
    if (open.may_close != TEXT_NONE)
        close_at(walk, &open, open.may_close, 1);
    else if (mark_is_single(open.kind) &&
             (open.kind == MARK_SINGLE_STRAIGHT || end < walk->paragraph.end ||
              !begins_speech(walk, open.token)))
        quotation_of(walk, &open)->span.end =
            quotation_of(walk, &open)->span.begin;
    else
        /* Another of its kind began: its closing mark was forgotten. */
        set_inside(walk, &open,
                   open.same_kind != TEXT_NONE ? open.same_kind : end);
}

static bool push(struct quotation_walk *walk, uint32_t token, struct mark mark)
{
    size_t depth = walk->stack.count;
    struct text *text = walk->text;
    struct open_quotation open = {
        .quotation = (uint32_t)text->quotations.count,
        .token = token,
        .may_close = TEXT_NONE,
        .same_kind = TEXT_NONE,
        .kind = mark.kind,
        .width = mark.width,
    };
    uint32_t begin = text->tokens.items[token].begin;
    struct quotation quotation = {
        .span = {begin, begin},
        .outer = depth > 0 ? walk->stack.items[depth - 1].quotation : TEXT_NONE,
        .continued = TEXT_NONE,
        .is_single = mark_is_single(mark.kind),
    };
    if (!list_push(walk->arena, &walk->stack, open, walk->error) ||
        !list_push(walk->arena, &text->quotations, quotation, walk->error))
        return false;
    walk->open_of[mark.kind]++;
    return true;
}

static bool same_family(enum mark_kind a, enum mark_kind b)
{
    return a == b || (!mark_is_single(a) && !mark_is_single(b));
}

static void link_pending(struct quotation_walk *walk, uint32_t to)
{
    struct quotation *items = walk->text->quotations.items;
    items[walk->pending].continued = to;
    items[to].is_continuation = 1;
    walk->pending = TEXT_NONE;
}

static bool open_mark(struct quotation_walk *walk, uint32_t token,
                      struct mark mark)
{
    if (walk->open_of[mark.kind] > 0) {
        struct open_quotation *top = innermost(walk);
        if (top->kind == mark.kind && top->may_close != TEXT_NONE)
            pop_unclosed(walk, token);
        else if (top->kind == mark.kind && top->same_kind == TEXT_NONE)
            top->same_kind = token;
    }
    uint32_t made = (uint32_t)walk->text->quotations.count;
    if (!push(walk, token, mark))
        return false;
    if (token == walk->paragraph.begin && walk->pending != TEXT_NONE &&
        same_family(mark.kind, walk->pending_kind))
        link_pending(walk, made);
    return true;
}

/* A closing mark that nothing opened in this paragraph ends what the
 * paragraph before left open. */
static bool close_pending(struct quotation_walk *walk, uint32_t token,
                          struct mark mark)
{
    struct text *text = walk->text;
    uint32_t head = walk->paragraph.begin;
    if (walk->pending == TEXT_NONE || text->quotations.count > walk->first ||
        token == head || !same_family(mark.kind, walk->pending_kind))
        return true;
    const struct span *tokens = text->tokens.items;
    struct quotation quotation = {
        .span = {tokens[head].begin, tokens[token + mark.width - 1].end},
        .inside = {tokens[head].begin, tokens[token - 1].end},
        .outer = TEXT_NONE,
        .continued = TEXT_NONE,
        .is_single = mark_is_single(mark.kind),
        .is_closed = 1,
    };
    if (!list_push(walk->arena, &text->quotations, quotation, walk->error))
        return false;
    link_pending(walk, (uint32_t)text->quotations.count - 1);
    return true;
}

/* Typists mix “ and ": a mark that closes nothing of its own kind closes the
 * other. */
static enum mark_kind kind_closed(const struct quotation_walk *walk,
                                  enum mark_kind kind)
{
    if (walk->open_of[kind] > 0)
        return kind;
    if (kind == MARK_STRAIGHT && walk->open_of[MARK_CURLY] > 0)
        return MARK_CURLY;
    if (kind == MARK_CURLY && walk->open_of[MARK_STRAIGHT] > 0)
        return MARK_STRAIGHT;
    return kind;
}

static bool close_mark(struct quotation_walk *walk, uint32_t token,
                       struct mark mark)
{
    enum mark_kind kind = kind_closed(walk, mark.kind);
    if (walk->open_of[kind] == 0)
        return close_pending(walk, token, mark);
    while (innermost(walk)->kind != kind)
        pop_unclosed(walk, token);
    struct open_quotation *top = innermost(walk);
    if (mark.act == MARK_MAY_CLOSE) {
        top->may_close = token;
        return true;
    }
    close_at(walk, top, token, mark.width);
    walk->stack.count--;
    walk->open_of[kind]--;
    return true;
}

/* Gives each quotation of the paragraph its outer one among those that stay
 * and still reach over it; leaves in `continued` where it will stand, or,
 * for one that goes, its outer. */
static void settle_outers(struct quotation_walk *walk)
{
    enum { STEPS_MOST = 8 }; /* up a chain of cut ones: linear time */
    struct quotation *items = walk->text->quotations.items;
    uint32_t place = walk->first;
    for (size_t i = walk->first; i < walk->text->quotations.count; i++) {
        uint32_t outer = items[i].outer;
        bool is_kept = items[i].span.end > items[i].span.begin;
        for (int step = 0; outer != TEXT_NONE; step++) {
            bool outer_is_kept =
                items[outer].span.end > items[outer].span.begin;
            if (outer_is_kept && items[outer].span.end >= items[i].span.end)
                break;
            outer = step < STEPS_MOST ? items[outer].outer : TEXT_NONE;
        }
        items[i].outer = outer;
        items[i].continued = is_kept ? place++ : TEXT_NONE;
    }
}

/* Takes out what turned out to be no quotation. */
static void compact(struct quotation_walk *walk)
{
    struct text *text = walk->text;
    struct quotation *items = text->quotations.items;
    uint32_t kept = walk->first;
    settle_outers(walk);
    /* Outer ones come first, so that their new place is read before it is
     * written over only where both are the same. */
    for (size_t i = walk->first; i < text->quotations.count; i++)
        if (items[i].outer != TEXT_NONE)
            items[i].outer = items[items[i].outer].continued;
    for (size_t i = walk->first; i < text->quotations.count; i++) {
        if (items[i].span.end == items[i].span.begin)
            continue;
        items[kept] = items[i];
        items[kept++].continued = TEXT_NONE;
    }
    text->quotations.count = kept;
}

/* Of a quotation that stays open: one of the double kinds, which may take
 * turns from paragraph to paragraph, or a single one. */
static enum mark_kind kind_opened_by(uint32_t code_point)
{
    if (code_point == 0x2018) /* ‘ */
        return MARK_SINGLE_CURLY;
    return code_point == 0x2039 /* ‹ */ ? MARK_SINGLE_GUILLEMET : MARK_CURLY;
}

/* The paragraph is over: what is open stays so. */
static void finish_paragraph(struct quotation_walk *walk)
{
    uint32_t end = walk->paragraph.end;
    while (walk->stack.count > 0)
        pop_unclosed(walk, end);
    compact(walk);
    walk->pending = TEXT_NONE;
    const struct quotation *items = walk->text->quotations.items;
    uint32_t last_byte = walk->text->tokens.items[end - 1].end;
    for (size_t i = walk->text->quotations.count; i-- > walk->first;) {
        if (items[i].outer != TEXT_NONE)
            continue;
        if (!items[i].is_closed && items[i].span.end == last_byte) {
            walk->pending = (uint32_t)i;
            walk->pending_kind = kind_opened_by(
                utf8_at(walk->text->bytes, items[i].span.begin).code_point);
        }
        return;
    }
}

static bool walk_paragraph(struct quotation_walk *walk)
{
    walk->first = (uint32_t)walk->text->quotations.count;
    struct mark mark;
    for (uint32_t i = walk->paragraph.begin; i < walk->paragraph.end;
         i += mark.width) {
        mark = mark_at(walk->text, i, walk->paragraph.begin, walk->open_of);
        if (mark.act == MARK_OPENS && !open_mark(walk, i, mark))
            return false;
        if ((mark.act == MARK_CLOSES || mark.act == MARK_MAY_CLOSE) &&
            !close_mark(walk, i, mark))
            return false;
    }
    finish_paragraph(walk);
    return true;
}

bool quotations_find(struct text *text, struct arena *arena,
                     struct error *error)
{
    struct quotation_walk walk = {
        .text = text, .arena = arena, .error = error, .pending = TEXT_NONE};
    for (size_t i = 0; i < text->paragraphs.count; i++) {
        walk.paragraph = text->paragraphs.items[i];
        if (!walk_paragraph(&walk))
            return false;
    }
    return true;
}
