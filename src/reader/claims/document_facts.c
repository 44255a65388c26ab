/*
 * document_facts.c - see document_facts.h. The head is the first paragraphs,
 * as far as HEAD_PARAGRAPHS; nothing behind it is looked at.
 */
#include "document_facts.h"

#include "date.h"
#include "document_head.h"
#include "sha256.h"

enum {
    HEAD_PARAGRAPHS = 24,
    LINE_TOKENS_MOST = 96, /* of a line, in which a date is looked for */
    LANGUAGE_TOKENS = 600,
    LANGUAGE_WORDS = 12,   /* fewer are no evidence */
    LANGUAGE_PERCENT = 15, /* of words that are English function words */
};

/* "Dear Sir,", "Excellency," on a line of its own. */
static void find_dear(struct head *head)
{
    enum { TOKENS_MOST = 10 };
    head->dear = READING_NONE;
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        struct span line = head_paragraph(head, i);
        uint32_t end;
        bool is_line = line.end - line.begin >= 2 &&
                       line.end - line.begin <= TOKENS_MOST &&
                       head_part(head, i) == PART_BODY;
        struct slice last = word_at(head->text, line.end - 1);
        if (is_line &&
            line_head_of(head->text, line, &end) == HEAD_SALUTATION &&
            (word_is(head->text, line.begin, "dear") ||
             slice_equals(last, slice_of(",")) ||
             slice_equals(last, slice_of(":")))) {
            head->dear = i;
            return;
        }
    }
}

static bool date_of_line(const struct head *head, uint32_t index,
                         char date[DATE_SIZE])
{
    struct span line = head_paragraph(head, index);
    if (line.end - line.begin > LINE_TOKENS_MOST)
        line.end = line.begin + LINE_TOKENS_MOST;
    return date_find(head->text, line, date);
}

/* "SWORN at Mutare this 2nd day of June 2003", below the text. */
static bool find_date_below(const struct head *head, char date[DATE_SIZE])
{
    enum { LINES_MOST = 8 };
    uint32_t count = (uint32_t)head->text->paragraphs.count;
    for (uint32_t i = count; i-- > head->paragraphs && count - i <= LINES_MOST;)
        if (head_part(head, i) == PART_DATELINE && date_of_line(head, i, date))
            return true;
    return false;
}

/* "until 30 June", "born on 12 March": the date of something else. */
static bool is_of_another(const struct text *text, uint32_t begin, uint32_t at)
{
    enum { REACH = 2 };
    static const char *const words[] = {"until",   "till", "since", "before",
                                        "between", "born", "due",   "through"};
    for (uint32_t back = 1; back <= REACH && at >= begin + back; back++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (word_is(text, at - back, words[i]))
                return true;
    return false;
}

/* The first date of a line of prose that may be the day it was written. */
static bool date_of_prose(const struct head *head, uint32_t index,
                          char date[DATE_SIZE])
{
    struct span line = head_paragraph(head, index);
    if (line.end - line.begin > LINE_TOKENS_MOST)
        line.end = line.begin + LINE_TOKENS_MOST;
    for (uint32_t at = line.begin; at < line.end; at++) {
        char found[DATE_SIZE];
        uint32_t length = date_at(head->text, at, line.end, found);
        if (length == 0)
            continue;
        if (!is_of_another(head->text, line.begin, at)) {
            memcpy(date, found, DATE_SIZE);
            return true;
        }
        at += length - 1;
    }
    return false;
}

/* Datelines first, also below the text; then, where no date was given, what
 * is no prose, then "on 27 May 2019" in the first lines. */
static bool find_date(struct head *head, bool is_given, char date[DATE_SIZE])
{
    for (int round = 0; round < (is_given ? 1 : 3); round++) {
        for (uint32_t i = 0; i < head->paragraphs; i++) {
            struct span line = head_paragraph(head, i);
            enum part_kind kind = head_part(head, i);
            bool is_dated =
                kind == PART_DATELINE ||
                text_part_of(head->text, line.end - 1) == PART_DATELINE;
            bool is_turn = round == 0 ? is_dated
                           : round == 1
                               ? kind != PART_BODY || head_is_short(line)
                               : i < 4;
            bool is_prose = round > 0 && kind == PART_BODY;
            if (!is_turn || !(is_prose ? date_of_prose(head, i, date)
                                       : date_of_line(head, i, date)))
                continue;
            head->date = i;
            return true;
        }
        if (round == 0 && find_date_below(head, date))
            return true;
    }
    return false;
}

/* The party that bears the name of the letterhead; the network may have found
 * a shorter one. */
static bool find_letterhead(struct cast *cast, struct span name,
                            uint32_t *party, struct error *error)
{
    *party = PARTY_NONE;
    if (span_is_empty(name))
        return true;
    size_t found = cast_name_from(cast, name.begin);
    if (found < cast->labels->names.count) {
        struct span tokens = cast->labels->names.items[found].tokens;
        bool is_inside =
            tokens.begin >= name.begin && tokens.begin <= name.begin + 1 &&
            tokens.end <= name.end &&
            2 * (tokens.end - tokens.begin) >= name.end - name.begin;
        if (is_inside &&
            cast->labels->names.items[found].type == NAME_ORGANISATION)
            *party = cast->party_of_name[found];
    }
    if (*party == PARTY_NONE)
        return cast_phrase(cast, name, PARTY_NONE, party, error);
    struct span known = cast->parties.items[*party].name;
    if (known.end - known.begin < name.end - name.begin) {
        cast->parties.items[*party].name = name;
        return cast_mention(cast, name, *party, error);
    }
    return true;
}

static bool is_issued(enum document_kind kind)
{
    return kind == KIND_LETTER || kind == KIND_REPLY ||
           kind == KIND_STATEMENT || kind == KIND_REPORT;
}

static struct slice words_of(const struct text *text, struct span tokens)
{
    if (span_is_empty(tokens))
        return (struct slice){text->bytes.data, 0};
    return slice_at(text->bytes, text_bytes_of(text, tokens));
}

/* The name of the paper, not that of a photographer. */
static struct span paper_of(const struct head *head)
{
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        struct span line = head_paragraph(head, i);
        uint32_t end;
        if (head_part(head, i) == PART_CREDIT &&
            line_head_of(head->text, line, &end) == HEAD_NONE &&
            word_has_letters(head->text, line.begin))
            return name_of_line(head->text, line);
    }
    return (struct span){0, 0};
}

/* "From: Rift Land Observatory, on behalf of …" above a letter. */
static struct span sender_of(const struct head *head)
{
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        struct span line = head_paragraph(head, i);
        uint32_t end;
        if (head_is_short(line) &&
            line_head_of(head->text, line, &end) == HEAD_SENDER &&
            end + 1 < line.end &&
            slice_equals(word_at(head->text, end), slice_of(":")))
            return name_of_line(head->text, (struct span){end + 1, line.end});
    }
    return (struct span){0, 0};
}

/* "NAKURU, May 13, 2019 (SPA) -": the agency in the brackets. */
static struct slice agency_of(const struct head *head)
{
    const struct text *text = head->text;
    struct slice none = {text->bytes.data, 0};
    if (head->date == READING_NONE)
        return none;
    struct span line = head_paragraph(head, head->date);
    for (uint32_t at = line.begin; at + 2 < line.end && at < line.begin + 16;
         at++) {
        if (!slice_equals(word_at(text, at), slice_of("(")) ||
            !slice_equals(word_at(text, at + 2), slice_of(")")))
            continue;
        size_t name = cast_name_from(head->cast, at + 1);
        if (name >= head->cast->labels->names.count ||
            head->cast->labels->names.items[name].tokens.begin != at + 1 ||
            head->cast->party_of_name[name] == PARTY_NONE)
            return word_at(text, at + 1);
        uint32_t party = head->cast->party_of_name[name];
        return slice_at(
            text->bytes,
            text_bytes_of(text, head->cast->parties.items[party].name));
    }
    return none;
}

/* "By Star Reporter": a paper that signs with its own name. */
static struct slice paper_of_byline(const struct text *text, struct span line)
{
    static const char *const signers[] = {"reporter", "correspondent", "staff",
                                          "team"};
    struct slice none = {text->bytes.data, 0};
    if (!word_is(text, line.begin, "by"))
        return none;
    for (uint32_t at = line.begin + 2; at < line.end && at < line.begin + 6;
         at++)
        for (size_t i = 0; i < sizeof signers / sizeof *signers; i++)
            if (word_is(text, at, signers[i]) && word_is_capital(text, at - 1))
                return slice_at(
                    text->bytes,
                    text_bytes_of(text, (struct span){line.begin + 1, at}));
    return none;
}

static struct slice find_publisher(const struct head *head,
                                   struct span letterhead)
{
    const struct text *text = head->text;
    struct span paper = paper_of(head);
    if (!span_is_empty(paper))
        return words_of(text, paper);
    if (!span_is_empty(letterhead))
        return words_of(text, letterhead);
    for (uint32_t i = 0; i < head->paragraphs && i < 6; i++) {
        struct slice name = paper_of_byline(text, head_paragraph(head, i));
        if (head_part(head, i) == PART_BYLINE && name.length > 0)
            return name;
    }
    return agency_of(head);
}

static struct slice find_title(const struct head *head, uint32_t letterhead,
                               uint32_t letterhead_line)
{
    const struct text *text = head->text;
    for (uint32_t i = 0; i < head->paragraphs; i++)
        if (text_part_of(text, head_paragraph(head, i).begin) ==
                PART_HEADLINE &&
            !(letterhead != PARTY_NONE && i <= letterhead_line))
            return slice_at(text->bytes,
                            text_bytes_of(text, head_paragraph(head, i)));
    return (struct slice){text->bytes.data, 0};
}

/* A court decides what it is not asked in the same paper. */
static bool is_decision(const struct head *head)
{
    static const char *const decisions[] = {"judgment", "judgement", "ruling",
                                            "order",    "decision",  NULL};
    return head_has_any(head, decisions);
}

static bool find_addressee(struct cast *cast, const struct head *head,
                           uint32_t *addressee, struct error *error)
{
    struct span court = court_of(head);
    struct span phrase = span_is_empty(court) ? addressee_of(head) : court;
    *addressee = PARTY_NONE;
    if (span_is_empty(phrase) || (!span_is_empty(court) && is_decision(head)))
        return true;
    return cast_phrase(cast, phrase, PARTY_NONE, addressee, error);
}

/* The last day of a book that is kept day by day; false where its datelines
 * are fewer. */
static bool last_entry(const struct head *head, char date[DATE_SIZE])
{
    enum { DAYS_LEAST = 2 };
    const struct text *text = head->text;
    size_t days = 0;
    char found[DATE_SIZE];
    for (size_t i = 0; i < text->parts.count; i++) {
        const struct part *part = &text->parts.items[i];
        struct span tokens = text_tokens_in(text, part->span);
        if (part->kind != PART_DATELINE || tokens.end - tokens.begin > 12)
            continue;
        uint32_t at = tokens.begin;
        if (at + 1 < tokens.end && word_ways(text, at) & WORD_WEEKDAY)
            at++;
        if (date_at(text, at, tokens.end, found) == 0)
            continue;
        memcpy(date, found, DATE_SIZE);
        days++;
    }
    return days >= DAYS_LEAST;
}

static bool is_english(const struct text *text)
{
    uint32_t words = 0;
    uint32_t known = 0;
    for (uint32_t at = 0; at < text->tokens.count && at < LANGUAGE_TOKENS;
         at++) {
        if (!word_has_letters(text, at))
            continue;
        words++;
        known += word_kinds(text, at) != 0;
    }
    return words >= LANGUAGE_WORDS && known * 100 >= words * LANGUAGE_PERCENT;
}

static bool set_date(struct head *head, const struct read_options *options,
                     struct reading_document *document, struct error *error)
{
    if (options->date.length > 0 && !date_is_valid(options->date))
        return error_set(error, ERROR_BAD_INPUT,
                         "the date given is no date as YYYY-MM-DD");
    head->date = READING_NONE;
    if (find_date(head, options->date.length > 0, document->date)) {
        document->date_from = DATE_DATELINE;
        return true;
    }
    document->date_from = DATE_NONE;
    if (options->date.length > 0) {
        memcpy(document->date, options->date.data, options->date.length);
        document->date[options->date.length] = '\0';
        document->date_from = DATE_GIVEN;
    } else if (options->claimed_date.length > 0 &&
               date_is_valid(options->claimed_date)) {
        memcpy(document->date, options->claimed_date.data,
               options->claimed_date.length);
        document->date[options->claimed_date.length] = '\0';
        document->date_from = DATE_METADATA;
    }
    return true;
}

bool document_facts(struct cast *cast, const struct read_options *options,
                    struct reading_document *document, uint32_t *addressee,
                    struct error *error)
{
    const struct text *text = cast->text;
    size_t count = text->paragraphs.count;
    struct head head = {
        .text = text,
        .cast = cast,
        .paragraphs =
            count < HEAD_PARAGRAPHS ? (uint32_t)count : HEAD_PARAGRAPHS,
    };
    uint32_t line = 0;
    document->id = options->id;
    if (!sha256_hex(text->bytes, document->sha256, error) ||
        !set_date(&head, options, document, error))
        return false;
    find_dear(&head);
    struct span name = letterhead_of(&head, &line);
    document->kind = document_kind_of(&head, !span_is_empty(name));
    document->is_english = is_english(text);
    bool is_letter =
        document->kind == KIND_LETTER || document->kind == KIND_REPLY;
    if (span_is_empty(name) && is_letter)
        name = sender_of(&head);
    if (span_is_empty(name) && is_decision(&head))
        name = court_of(&head);
    uint32_t letterhead = PARTY_NONE;
    if (!find_letterhead(cast, name, &letterhead, error))
        return false;
    document->publisher = find_publisher(&head, name);
    document->title = find_title(&head, letterhead, line);
    bool is_kept = document->kind == KIND_RECORD && text->labels.count == 0;
    char last[DATE_SIZE];
    if (is_kept && document->date_from == DATE_DATELINE &&
        last_entry(&head, last))
        memcpy(document->date, last, DATE_SIZE);
    document->issuer =
        is_issued(document->kind) || is_kept ? letterhead : PARTY_NONE;
    if (document->issuer != PARTY_NONE)
        cast_classify_staff(cast, document->issuer);
    struct span witness = witness_of(&head);
    if (document->kind == KIND_TESTIMONY && !span_is_empty(witness) &&
        !cast_phrase(cast, witness, PARTY_NONE, &document->issuer, error))
        return false;
    return find_addressee(cast, &head, addressee, error);
}
