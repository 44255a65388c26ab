/*
 * check_text.c - the invariants of text.h, one function each.
 */
#include "check_text.h"

#include "character.h"

static const char *tokens_fault(const struct text *text)
{
    size_t at = 0;
    size_t invalid = 0;
    for (size_t i = 0; i <= text->tokens.count; i++) {
        size_t begin = i < text->tokens.count ? text->tokens.items[i].begin
                                              : text->bytes.length;
        size_t end = i < text->tokens.count ? text->tokens.items[i].end
                                            : text->bytes.length;
        if (begin < at || end > text->bytes.length ||
            (i < text->tokens.count && end <= begin))
            return "tokens are out of order";
        while (at < begin) {
            struct utf8 unit = utf8_at(text->bytes, at);
            if (!(character_flags(unit.code_point) & CHARACTER_SPACE))
                return "something between two tokens is no white space";
            at += unit.length;
        }
        if (at != begin)
            return "a token begins within a character";
        while (at < end) {
            struct utf8 unit = utf8_at(text->bytes, at);
            if (character_flags(unit.code_point) & CHARACTER_SPACE)
                return "a token has white space";
            invalid += unit.code_point == UTF8_INVALID;
            at += unit.length;
        }
        if (at != end)
            return "a token ends within a character";
    }
    return invalid == text->invalid_bytes ? NULL : "invalid bytes miscounted";
}

/* Whether the spans tile the tokens, and each lies within one of `within`. */
static bool spans_tile(const struct span *items, size_t count,
                       size_t token_count, const struct span *within,
                       size_t within_count)
{
    size_t at = 0;
    size_t j = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].begin != at || items[i].end <= at)
            return false;
        at = items[i].end;
        while (j < within_count && within[j].end <= items[i].begin)
            j++;
        if (within_count > 0 &&
            (j == within_count || !span_contains(within[j], items[i])))
            return false;
    }
    return at == token_count;
}

static const char *quotations_fault(const struct text *text)
{
    const struct quotation *items = text->quotations.items;
    for (size_t i = 0; i < text->quotations.count; i++) {
        struct span span = items[i].span;
        if (span.end <= span.begin || span.end > text->bytes.length ||
            !span_contains(span, items[i].inside))
            return "a quotation is not within the text";
        if (i > 0 && items[i - 1].span.begin > span.begin)
            return "quotations are out of order";
        if (items[i].outer != TEXT_NONE &&
            (items[i].outer >= i ||
             !span_contains(items[items[i].outer].span, span)))
            return "a quotation is not within its outer one";
        struct span tokens = text_tokens_in(text, span);
        if (text_bytes_of(text, tokens).begin != span.begin ||
            text_bytes_of(text, tokens).end != span.end)
            return "a quotation cuts a token";
        if (text_paragraph_of(text, tokens.begin) !=
            text_paragraph_of(text, tokens.end - 1))
            return "a quotation crosses a paragraph";
        uint32_t continued = items[i].continued;
        if (continued != TEXT_NONE &&
            (continued <= i || continued >= text->quotations.count ||
             !items[continued].is_continuation || items[i].is_closed))
            return "a quotation goes on wrongly";
    }
    return NULL;
}

static const char *labels_fault(const struct text *text)
{
    const struct speaker_label *items = text->labels.items;
    for (size_t i = 0; i < text->labels.count; i++) {
        if (items[i].first >= items[i].last ||
            items[i].last > text->paragraphs.count ||
            (i > 0 && items[i].first < items[i - 1].last))
            return "labels are out of order";
        if (items[i].name.begin >= items[i].name.end ||
            items[i].name.end > items[i].said ||
            items[i].said > text->bytes.length)
            return "a label stands behind what it says";
        if (items[i].is_resumed &&
            (i == 0 || items[i].name.begin != items[i - 1].name.begin))
            return "a label resumes nothing";
    }
    return NULL;
}

static const char *parts_fault(const struct text *text)
{
    size_t token = 0;
    for (size_t i = 0; i < text->parts.count; i++) {
        struct span tokens = text_tokens_in(text, text->parts.items[i].span);
        struct span bytes = text->parts.items[i].span;
        if (tokens.begin != token || tokens.end <= tokens.begin)
            return "parts do not cover all tokens";
        if (text_bytes_of(text, tokens).begin != bytes.begin ||
            text_bytes_of(text, tokens).end != bytes.end)
            return "a part cuts a token";
        token = tokens.end;
    }
    return token == text->tokens.count ? NULL : "parts do not cover all tokens";
}

static const char *lookups_fault(const struct text *text)
{
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span sentence = text->sentences.items[i];
        struct span found = text_tokens_in(text, text_bytes_of(text, sentence));
        if (found.begin != sentence.begin || found.end != sentence.end)
            return "text_tokens_in undoes not text_bytes_of";
        if (text_sentence_of(text, sentence.begin) != i ||
            text_sentence_of(text, sentence.end - 1) != i)
            return "text_sentence_of finds another sentence";
    }
    for (size_t i = 0; i < text->paragraphs.count; i++)
        if (text_paragraph_of(text, text->paragraphs.items[i].begin) != i)
            return "text_paragraph_of finds another paragraph";
    return NULL;
}

static const char *unread_fault(const struct text *text)
{
    uint32_t end = 0;
    for (size_t i = 0; i < text->languages.count; i++) {
        const struct paragraph_language *one = &text->languages.items[i];
        if (one->paragraph >= text->paragraphs.count ||
            (i > 0 && one->paragraph <= text->languages.items[i - 1].paragraph))
            return "languages are out of order";
        if (text_language_of(text, one->paragraph) != one->code ||
            !text_is_unread(text, text->paragraphs.items[one->paragraph].begin))
            return "a paragraph in another language is read";
    }
    for (size_t i = 0; i < text->unread.count; i++) {
        const struct span span = text->unread.items[i];
        if (span.begin < end || span.end <= span.begin ||
            span.end > text->tokens.count)
            return "what is not read is out of order";
        if (!text_is_unread(text, span.begin) ||
            !text_is_unread(text, span.end - 1) ||
            (i > 0 && span.begin > end && text_is_unread(text, end)))
            return "what is not read is not found";
        end = span.end;
    }
    return NULL;
}

const char *text_fault(const struct text *text)
{
    const char *fault = tokens_fault(text);
    if (fault == NULL &&
        !spans_tile(text->paragraphs.items, text->paragraphs.count,
                    text->tokens.count, NULL, 0))
        fault = "paragraphs do not tile the tokens";
    if (fault == NULL &&
        !spans_tile(text->sentences.items, text->sentences.count,
                    text->tokens.count, text->paragraphs.items,
                    text->paragraphs.count))
        fault = "sentences do not tile the paragraphs";
    if (fault == NULL)
        fault = quotations_fault(text);
    if (fault == NULL)
        fault = labels_fault(text);
    if (fault == NULL)
        fault = parts_fault(text);
    if (fault == NULL)
        fault = unread_fault(text);
    return fault != NULL ? fault : lookups_fault(text);
}

static uint32_t next(uint32_t *state)
{
    /* xorshift32 (Marsaglia, 2003) */
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

size_t text_invent(uint32_t seed, char *bytes, size_t most)
{
    static const char *const pieces[] = {
        "the",      "police",    "Nakuru", "Hon.",      "Mr",
        "said",     "asked",     "No.",    "5",         "3.15",
        "p.m.",     "U.S.",      "J.",     "K.",        "Otieno",
        "MARCH",    "RE:",       "Q:",     "A:",        "Speaker:",
        "By",       "Dear Sir",  "Yours",  "@name",     "2019",
        "13 May",   "Monday",    "(SPA)",  "PHOTO:",    "Read also:",
        "don’t",    "students’", "it's",   "’90s",      "é",
        "漢字",     "مرحبا",     "🎉",      "a-b",       "http://a.b/c",
        "Ref: A/5", "3.",        "(a)",    "-",         "—",
        "–",        ":",         ",",      "|",         "\t",
        "[1]",      ">",         "•",      "·",         "…",
        "...",      "(",         ")",      "(Laughter)"};
    static const char *const marks[] = {"“", "”", "‘",  "’",  "\"", "'",
                                        "«", "»", "„",  "``", "''", ".",
                                        "?", "!", ".”", "?\""};
    static const char *const gaps[] = {" ",    " ",    " ",      " ",
                                       " ",    " ",    "",       "\n",
                                       "\n\n", "\r\n", " \n \n", "\xC2\xA0"};
    static const char *const dirt[] = {"\xFF",         "\xC3", "\xE2\x80", "\f",
                                       "\xEF\xBB\xBF", "\x01", "\xF0\x9F"};
    uint32_t state = seed * 2654435761U + 1;
    size_t length = 0;
    size_t wanted = next(&state) % (most - 32);
    while (length < wanted) {
        const char *piece;
        uint32_t kind = next(&state) % 64;
        if (kind == 0)
            piece = dirt[next(&state) % (sizeof dirt / sizeof *dirt)];
        else if (kind < 16)
            piece = marks[next(&state) % (sizeof marks / sizeof *marks)];
        else
            piece = pieces[next(&state) % (sizeof pieces / sizeof *pieces)];
        size_t size = strlen(piece);
        memcpy(bytes + length, piece, size);
        length += size;
        piece = gaps[next(&state) % (sizeof gaps / sizeof *gaps)];
        size = strlen(piece);
        memcpy(bytes + length, piece, size);
        length += size;
    }
    return length;
}
