/*
 * letterhead.c - whose paper a document is written on, and who else its head
 * names: the court, the witness, the one it is addressed to.
 */
#include "document_head.h"
#include "token.h"

static bool is_mark(const struct text *text, uint32_t token, const char *mark)
{
    return slice_equals(word_at(text, token), slice_of(mark));
}

static bool is_one_of(const struct text *text, uint32_t token,
                      const char *const *words)
{
    char buffer[TOKEN_WORD_SIZE];
    struct slice word = token_lower(text, token, buffer);
    for (; *words != NULL; words++)
        if (slice_equals(word, slice_of(*words)))
            return true;
    return false;
}

static bool is_spaced_dash(const struct text *text, uint32_t token)
{
    static const char *const dashes[] = {"-", "–", "—", NULL};
    const struct span *tokens = text->tokens.items;
    return is_one_of(text, token, dashes) &&
           tokens[token].begin > tokens[token - 1].end;
}

struct span name_of_line(const struct text *text, struct span line)
{
    static const char *const ends[] = {"(", ":",  "/", "|", ">", "»", ";",
                                       "“", "\"", "·", "!", "?", NULL};
    struct span name = {line.begin, line.begin};
    /* "Office of the District Officer, Tando" is named with its place. */
    bool has_place = word_is(text, line.begin, "office");
    for (; name.end < line.end; name.end++) {
        uint32_t at = name.end;
        char first = word_at(text, at).data[0];
        if (is_one_of(text, at, ends) || (first >= '0' && first <= '9') ||
            (is_mark(text, at, ",") && !has_place))
            break;
        if (at > line.begin && is_spaced_dash(text, at))
            break;
    }
    while (name.end > name.begin && is_mark(text, name.end - 1, "."))
        name.end--;
    return name;
}

/* "REPUBLIC OF KENYA" over the name of a ministry is no letterhead. */
static bool is_over_letterhead(const struct text *text, struct span line)
{
    static const char *const firsts[] = {
        "in",        "republic",     "republique", "république", "republica",
        "república", "jamhuri",      "kingdom",    "reino",      "government",
        "gobierno",  "gouvernement", "governo",    NULL};
    static const char *const second[] = {"republic", "nations", "state", NULL};
    if (is_one_of(text, line.begin, firsts) &&
        !(word_is(text, line.begin, "republic") && line.end == line.begin + 2))
        return true;
    for (uint32_t i = line.begin + 1; i < line.end && i < line.begin + 3; i++)
        if (is_one_of(text, i, second))
            return true;
    return false;
}

/* "COMPLAINT", "PETITION NO. 3": what the paper is, not whose. */
static bool is_title(const struct text *text, uint32_t token)
{
    static const char *const titles[] = {
        "complaint", "petition", "appeal", "testimony", "judgment",
        "ruling",    "order",    "motion", "debates",   "proceedings",
        "suit",      "case",     "urgent", "notice",    "deposition",
        "decision",  "holden",   "before", "series",    NULL};
    return is_one_of(text, token, titles);
}

/* Whether the words of a line might name a body: capitals, no document. */
static bool may_be_body(const struct text *text, struct span name)
{
    enum { WORDS_MOST = 14 };
    unsigned words = 0;
    if (is_title(text, name.begin))
        return false;
    for (uint32_t i = name.begin; i < name.end; i++) {
        unsigned ways = word_ways(text, i);
        if ((ways & WORD_DOCUMENT) && !(ways & WORD_MEDIA))
            return false;
        if (!word_has_letters(text, i) || word_is_glued(text, i))
            continue;
        if (!word_is_capital(text, i) && !(ways & WORD_PARTICLE) &&
            !(ways & WORD_STARTER))
            return false;
        words++;
    }
    return words > 0 && words <= WORDS_MOST;
}

static bool is_capitals(const struct text *text, struct span name)
{
    for (uint32_t i = name.begin; i < name.end; i++)
        if (word_has_letters(text, i) && !word_is_glued(text, i) &&
            word_at(text, i).length > 1 && !word_is_all_capitals(text, i))
            return false;
    return true;
}

/* Whether the name of an organisation makes up half of the words. */
static bool is_organisation(const struct head *head, struct span name)
{
    const struct labels *labels = head->cast->labels;
    size_t at = cast_name_from(head->cast, name.begin);
    if (at >= labels->names.count ||
        labels->names.items[at].type != NAME_ORGANISATION)
        return false;
    struct span tokens = labels->names.items[at].tokens;
    return tokens.begin <= name.begin + 1 &&
           (tokens.end - tokens.begin) * 2 >= name.end - name.begin;
}

/* "By …" or a name of a paper above the text, a place before its first
 * words: a report, whose first line is its title. */
bool head_is_news(const struct head *head)
{
    const struct text *text = head->text;
    bool is_above = true; /* the text */
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        struct span line = head_paragraph(head, i);
        enum part_kind kind = head_part(head, i);
        uint32_t end;
        is_above &= kind != PART_BODY || head_is_short(line);
        bool is_written = kind == PART_BYLINE && is_above &&
                          line_head_of(text, line, &end) == HEAD_BYLINE;
        bool is_led = kind == PART_DATELINE &&
                      text_part_of(text, line.end - 1) == PART_BODY &&
                      !head_is_short(line);
        if (kind == PART_CREDIT || is_led || is_written)
            return true;
    }
    return false;
}

/* A second line stands directly below: an address, an office, what the
 * document is. */
static bool has_line_below(const struct head *head, uint32_t line)
{
    return line + 1 < head->paragraphs &&
           head_part(head, line + 1) != PART_BODY &&
           head_part(head, line + 1) != PART_BYLINE;
}

struct span letterhead_of(const struct head *head, uint32_t *line)
{
    enum { LINES_MOST = 4 };
    const struct text *text = head->text;
    bool is_report = head_is_news(head);
    *line = 0;
    if (!span_is_empty(court_of(head)))
        return (struct span){0, 0};
    for (*line = 0; *line < head->paragraphs && *line < LINES_MOST; (*line)++) {
        struct span tokens = head_paragraph(head, *line);
        if (head_part(head, *line) != PART_HEADLINE)
            continue;
        struct span name = name_of_line(text, tokens);
        if (span_is_empty(name) || is_over_letterhead(text, name))
            continue;
        bool is_whole = 2 * (name.end - name.begin) > tokens.end - tokens.begin;
        bool is_body = (cast_class_row(text, name, 'n') != NULL &&
                        (is_capitals(text, name) || is_whole)) ||
                       is_organisation(head, name);
        bool is_shown = is_capitals(text, name) || head->text->labels.count > 0;
        if (may_be_body(text, name) && !is_report &&
            (is_body || (is_shown && has_line_below(head, *line))))
            return name;
        if (*line > 0)
            break;
    }
    return (struct span){0, 0};
}

struct span court_of(const struct head *head)
{
    enum { LINES_MOST = 3 };
    const struct text *text = head->text;
    for (uint32_t i = 0; i < head->paragraphs && i < LINES_MOST; i++) {
        struct span line = head_paragraph(head, i);
        if (!head_is_short(line) || !word_is(text, line.begin, "in"))
            continue;
        struct span phrase = phrase_after(text, line.begin + 1, line.end);
        const struct table_row *row = cast_class_row(text, phrase, 'n');
        if (row != NULL && strcmp(row->columns[0], "court") == 0)
            return phrase;
    }
    return (struct span){0, 0};
}

/* "STATEMENT OF A WITNESS", "Testimony of Ann Dube, 29": the phrase behind
 * such words. */
static struct span named_witness(const struct head *head, struct span line)
{
    static const char *const things[] = {"statement", "testimony", "deposition",
                                         "affidavit", "interview", NULL};
    const struct text *text = head->text;
    for (uint32_t at = line.begin; at + 2 < line.end; at++) {
        if (!is_one_of(text, at, things) ||
            !(word_is(text, at + 1, "of") || word_is(text, at + 1, "with")))
            continue;
        struct span phrase = phrase_after(text, at + 2, line.end);
        if (cast_class_row(text, phrase, 't') != NULL ||
            cast_head_name(head->cast, phrase) <
                head->cast->labels->names.count)
            return phrase;
    }
    return (struct span){0, 0};
}

/* The name of a person that begins at `at`, or one token behind it. */
static struct span person_at(const struct head *head, uint32_t at)
{
    const struct labels *labels = head->cast->labels;
    size_t name = cast_name_from(head->cast, at);
    if (name >= labels->names.count ||
        labels->names.items[name].type != NAME_PERSON ||
        labels->names.items[name].tokens.begin > at + 1)
        return (struct span){0, 0};
    return labels->names.items[name].tokens;
}

/* "My name is Ann Dube", "I, ANN DUBE, of …", "Name: Ann Dube" */
static struct span self_named(const struct head *head, struct span line)
{
    const struct text *text = head->text;
    uint32_t at = line.begin;
    if (line.end - line.begin < 4)
        return (struct span){0, 0};
    if (word_is(text, at, "my") && word_is(text, at + 1, "name") &&
        word_is(text, at + 2, "is"))
        return person_at(head, at + 3);
    if ((word_is(text, at, "name") || word_is(text, at, "deponent")) &&
        is_mark(text, at + 1, ":"))
        return person_at(head, at + 2);
    if (!is_mark(text, at, "I") || !is_mark(text, at + 1, ","))
        return (struct span){0, 0};
    struct span name = person_at(head, at + 2);
    for (uint32_t i = at + 2;
         span_is_empty(name) && i + 1 < line.end && i < at + 8;
         i++) /* "I, the undersigned, ANN DUBE, do" */
        if (is_mark(text, i, ","))
            name = person_at(head, i + 1);
    return name;
}

struct span witness_of(const struct head *head)
{
    enum { LINES_MOST = 4 };
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        struct span line = head_paragraph(head, i);
        struct span name = {0, 0};
        if (i < LINES_MOST && head_is_short(line))
            name = named_witness(head, line);
        if (span_is_empty(name))
            name = self_named(head, line);
        if (!span_is_empty(name))
            return name;
    }
    return (struct span){0, 0};
}

/* "The Chairman" stands for the body that he chairs, "Señor" for the name
 * below. */
static bool is_chair(const struct text *text, struct span name)
{
    static const char *const chairs[] = {
        "chairman", "chairperson", "chairwoman", "chair", "president", NULL};
    uint32_t begin = name.begin + word_is(text, name.begin, "the");
    return name.end == begin + 1 && (is_one_of(text, begin, chairs) ||
                                     word_ways(text, begin) & WORD_TITLE);
}

/* The one whom the lines from `line` on name. */
static struct span receiver_at(const struct head *head, uint32_t line,
                               uint32_t begin)
{
    const struct text *text = head->text;
    struct span tokens = head_paragraph(head, line);
    struct span name = name_of_line(text, (struct span){begin, tokens.end});
    if (is_chair(text, name) && name.end + 1 < tokens.end)
        name = name_of_line(text, (struct span){name.end + 1, tokens.end});
    else if (is_chair(text, name) && line + 1 < head->paragraphs &&
             head_part(head, line + 1) == PART_BODY &&
             head_is_short(head_paragraph(head, line + 1)))
        name = name_of_line(text, head_paragraph(head, line + 1));
    return name;
}

struct span addressee_of(const struct head *head)
{
    const struct text *text = head->text;
    uint32_t end =
        head->dear < head->paragraphs ? head->dear : head->paragraphs;
    uint32_t first = READING_NONE;
    for (uint32_t i = 0; i < end; i++) {
        struct span line = head_paragraph(head, i);
        uint32_t behind;
        if (!head_is_short(line) || head_part(head, i) != PART_BODY)
            continue;
        if (line_head_of(text, line, &behind) == HEAD_RECEIVER) {
            while (behind < line.end && !word_has_letters(text, behind))
                behind++;
            if (behind < line.end)
                return receiver_at(head, i, behind);
            if (i + 1 < end)
                return receiver_at(head, i + 1,
                                   head_paragraph(head, i + 1).begin);
        }
        if (first == READING_NONE)
            first = i;
        /* Prose, and no address above it. */
        if (head->dear == READING_NONE)
            break;
    }
    bool is_address = head->dear != READING_NONE && first != READING_NONE &&
                      word_has_letters(text, head_paragraph(head, first).begin);
    if (!is_address)
        return (struct span){0, 0};
    return receiver_at(head, first, head_paragraph(head, first).begin);
}
