/*
 * document_head.c - see document_head.h: the paragraphs, and what kind of
 * document their words make it.
 */
#include "document_head.h"

enum { SHORT_TOKENS = 24 };

struct span head_paragraph(const struct head *head, uint32_t index)
{
    return head->text->paragraphs.items[index];
}

enum part_kind head_part(const struct head *head, uint32_t index)
{
    return text_part_of(head->text, head_paragraph(head, index).begin);
}

bool head_is_short(struct span tokens)
{
    return tokens.end - tokens.begin <= SHORT_TOKENS;
}

bool head_line_has(const struct text *text, struct span tokens,
                   const char *words)
{
    char buffer[WORD_KEY_MAX];
    size_t length = strlen(words);
    for (uint32_t at = tokens.begin; at < tokens.end; at++) {
        uint32_t end = tokens.end - at > 5 ? at + 5 : tokens.end;
        for (uint32_t to = at + 1; to <= end; to++) {
            struct slice key = word_key(text, (struct span){at, to}, buffer);
            if (key.length == length && memcmp(key.data, words, length) == 0)
                return true;
        }
    }
    return false;
}

bool head_has(const struct head *head, const char *words)
{
    for (uint32_t i = 0; i < head->paragraphs; i++)
        if (head_is_short(head_paragraph(head, i)) &&
            head_line_has(head->text, head_paragraph(head, i), words))
            return true;
    return false;
}

bool head_has_any(const struct head *head, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++)
        if (head_has(head, *phrases))
            return true;
    return false;
}

/* In a title, not in the first lines of prose. */
static bool title_has(const struct head *head, const char *const *phrases)
{
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        if (head_part(head, i) == PART_BODY)
            continue;
        for (const char *const *phrase = phrases; *phrase != NULL; phrase++)
            if (head_is_short(head_paragraph(head, i)) &&
                head_line_has(head->text, head_paragraph(head, i), *phrase))
                return true;
    }
    return false;
}

/* The letter that is answered is named in its first lines. */
static bool is_reply(const struct head *head)
{
    static const char *const answered[] = {"your letter", "your complaint",
                                           "your communication",
                                           "your petition", "your request"};
    for (uint32_t i = head->dear + 1;
         i < head->paragraphs && i <= head->dear + 2; i++)
        for (size_t j = 0; j < sizeof answered / sizeof *answered; j++)
            if (head_line_has(head->text, head_paragraph(head, i), answered[j]))
                return true;
    return false;
}

static bool has_part(const struct head *head, enum part_kind kind)
{
    for (uint32_t i = 0; i < head->paragraphs; i++)
        if (head_part(head, i) == kind)
            return true;
    return false;
}

/* A book that is kept day by day: several lines of the head are days. */
static bool is_diary(const struct head *head)
{
    enum { DAYS_LEAST = 3 };
    unsigned days = 0;
    for (uint32_t i = 0; i < head->paragraphs; i++)
        days +=
            head_part(head, i) == PART_DATELINE &&
            head_is_short(head_paragraph(head, i)) &&
            word_ways(head->text, head_paragraph(head, i).begin) & WORD_WEEKDAY;
    return days >= DAYS_LEAST;
}

enum document_kind document_kind_of(const struct head *head,
                                    bool has_letterhead)
{
    static const char *const testimonies[] = {
        "witness statement", "affidavit", "testimony", "statement of witness",
        "deposition",        "deponent",  NULL};
    static const char *const records[] = {
        "official report", "hansard",       "minutes",  "transcript",
        "judgment",        "judgement",     "ruling",   "order",
        "occurrence book", "situation log", "day book", "incident log",
        "diary",           "log",           "register", NULL};
    static const char *const statements[] = {"press statement",
                                             "press note",
                                             "press release",
                                             "media release",
                                             "media advisory",
                                             "statement",
                                             "communiqué",
                                             "communique",
                                             "comunicado",
                                             "bulletin",
                                             "handout",
                                             "press briefing",
                                             "note to the press",
                                             "for immediate release",
                                             NULL};
    if (has_part(head, PART_POST))
        return KIND_OTHER;
    if (head->dear != READING_NONE)
        return is_reply(head) ? KIND_REPLY : KIND_LETTER;
    if (!span_is_empty(witness_of(head)) || title_has(head, testimonies))
        return KIND_TESTIMONY;
    if (head->text->labels.count > 0 || title_has(head, records) ||
        is_diary(head))
        return KIND_RECORD;
    if (title_has(head, statements))
        return KIND_STATEMENT;
    if (!span_is_empty(addressee_of(head)) && span_is_empty(court_of(head)))
        return KIND_LETTER;
    if (has_letterhead || head_has(head, "incident report") ||
        head_has(head, "report") || head_is_news(head))
        return KIND_REPORT;
    return KIND_OTHER;
}
