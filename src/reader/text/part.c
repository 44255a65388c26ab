/*
 * part.c - the parts of a document: lines of one kind that belong together.
 */
#include "page.h"
#include "stage.h"

struct part_list {
    struct text *text;
    struct arena *arena;
    struct error *error;
    bool may_join; /* the last part, with what follows directly */
};

/* "OFFICIAL REPORT": a title of its own below the name of whoever issues it. */
static bool names_document(const struct text *text, const struct line *line)
{
    for (uint32_t i = line->tokens.begin; i < line->split; i++)
        if (word_ways(text, i) & WORD_DOCUMENT)
            return true;
    return false;
}

static bool add(struct part_list *list, struct span tokens, enum part_kind kind,
                bool joins)
{
    struct text *text = list->text;
    if (tokens.begin == tokens.end)
        return true;
    struct span bytes = text_bytes_of(text, tokens);
    if (joins && list->may_join && text->parts.count > 0) {
        struct part *last = &text->parts.items[text->parts.count - 1];
        if (last->kind == kind) {
            last->span.end = bytes.end;
            return true;
        }
    }
    list->may_join = true;
    return list_push(list->arena, &text->parts, ((struct part){bytes, kind}),
                     list->error);
}

/* Whether lines of this kind in one block make one part. */
static bool is_joined(const struct line *line)
{
    switch ((enum part_kind)line->kind) {
    case PART_HEADLINE:
    case PART_DATELINE:
    case PART_CREDIT:
    case PART_CAPTION:
    case PART_TABLE:
    case PART_QUOTED_DOCUMENT:
    case PART_COMMENT:
    case PART_ADVERT:
    case PART_POST:
        return true;
    case PART_BYLINE: /* the names of posts stay apart */
        return !(line->looks & LOOK_HANDLE);
    case PART_BODY: /* the lines of an address, no paragraphs */
        return !(line->looks & (LOOK_STOPPED | LOOK_LABEL));
    case PART_BULLET:
    case PART_LINK:
    default:
        return false;
    }
}

const char *const part_kind_names[] = {
    "body",   "headline", "byline",          "dateline", "caption",
    "credit", "bullet",   "quoted-document", "post",     "link",
    "advert", "comment",  "table",
};

bool parts_find(struct text *text, struct arena *arena, struct error *error)
{
    struct line *lines = lines_measure(text, arena, error);
    if (lines == NULL)
        return false;
    struct page page = {
        .text = text, .lines = lines, .count = text->paragraphs.count};
    if (page.count > 0) {
        page_decide_given(&page);
        page_decide_marked(&page);
        page_decide_posts(&page);
        page_decide_head(&page);
        page_decide_body(&page);
    }
    struct part_list list = {text, arena, error, false};
    for (size_t i = 0; i < page.count; i++) {
        const struct line *line = &lines[i];
        bool joins = !(line->looks & LOOK_BLOCK) && is_joined(line);
        if (line->kind == PART_HEADLINE && names_document(text, line))
            joins = false;
        struct span first = {line->tokens.begin, line->split};
        struct span rest = {line->split, line->tokens.end};
        if (!add(&list, first, (enum part_kind)line->kind, joins) ||
            !add(&list, rest, (enum part_kind)line->kind_after, false))
            return false;
        list.may_join = is_joined(line) && rest.begin == rest.end;
    }
    return true;
}
