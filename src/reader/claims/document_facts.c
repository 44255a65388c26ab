/*
 * document_facts.c - see document_facts.h. The head is the first paragraphs,
 * as far as HEAD_PARAGRAPHS; nothing behind it is looked at.
 */
#include "document_facts.h"

#include "date.h"
#include "sha256.h"

enum {
    HEAD_PARAGRAPHS = 24,
    SHORT_TOKENS = 24, /* a line of a letterhead, not of prose */
    LANGUAGE_TOKENS = 600,
    LANGUAGE_WORDS = 12,   /* fewer are no evidence */
    LANGUAGE_PERCENT = 15, /* of words that are English function words */
};

/* The head of a text. */
struct head {
    const struct text *text;
    const struct cast *cast;
    uint32_t paragraphs; /* how many it has */
    uint32_t dear;       /* "Dear Sir,": its paragraph, or READING_NONE */
    uint32_t date;       /* the paragraph of the date, or READING_NONE */
};

static struct span paragraph(const struct head *head, uint32_t index)
{
    return head->text->paragraphs.items[index];
}

static bool is_short(struct span tokens)
{
    return tokens.end - tokens.begin <= SHORT_TOKENS;
}

/* Some words in a row, in lower case and separated by spaces, in a line. */
static bool has_words(const struct text *text, struct span tokens,
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

static bool head_has(const struct head *head, const char *words)
{
    for (uint32_t i = 0; i < head->paragraphs; i++)
        if (is_short(paragraph(head, i)) &&
            has_words(head->text, paragraph(head, i), words))
            return true;
    return false;
}

static void find_dear(struct head *head)
{
    head->dear = READING_NONE;
    for (uint32_t i = 0; i < head->paragraphs; i++) {
        struct span line = paragraph(head, i);
        if (is_short(line) && line.end - line.begin >= 2 &&
            word_is(head->text, line.begin, "dear"))
            head->dear = i;
    }
}

/* Datelines first, then what is no prose, then "on 27 May 2019" in the first
 * lines. */
static bool find_date(struct head *head, char date[DATE_SIZE])
{
    const struct text *text = head->text;
    for (int round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < head->paragraphs; i++) {
            struct span line = paragraph(head, i);
            enum part_kind kind = text_part_of(text, line.begin);
            bool is_turn = round == 0   ? kind == PART_DATELINE
                           : round == 1 ? kind != PART_BODY || is_short(line)
                                        : i < 4;
            if (line.end - line.begin > 4 * SHORT_TOKENS)
                line.end = line.begin + 4 * SHORT_TOKENS;
            if (!is_turn || !date_find(text, line, date))
                continue;
            head->date = i;
            return true;
        }
    }
    return false;
}

/* The organisation that a line of the head consists of, or PARTY_NONE. */
static uint32_t body_of_line(const struct head *head, struct span line)
{
    const struct labels *labels = head->cast->labels;
    size_t name = cast_name_from(head->cast, line.begin);
    if (name >= labels->names.count ||
        labels->names.items[name].type != NAME_ORGANISATION)
        return PARTY_NONE;
    struct span tokens = labels->names.items[name].tokens;
    if (tokens.begin > line.begin + 1 ||
        (tokens.end - tokens.begin) * 2 < line.end - line.begin)
        return PARTY_NONE;
    return head->cast->party_of_name[name];
}

/* "REPUBLIC OF KENYA" over the name of a ministry is no letterhead, nor is
 * "IN THE HIGH COURT". */
static bool is_over_letterhead(const struct text *text, struct span line)
{
    return word_is(text, line.begin, "in") ||
           word_is(text, line.begin, "republic") ||
           word_is(text, line.begin, "kingdom") ||
           word_is(text, line.begin, "federal");
}

/* A line in capitals, as far as its first comma, whose words say that it is
 * a body: "ST TECLA MISSION HOSPITAL, NAKURU". */
static struct span capitals_of(const struct text *text, struct span line)
{
    struct span body = {line.begin, line.begin};
    while (body.end < line.end &&
           !slice_equals(word_at(text, body.end), slice_of(","))) {
        if (word_has_letters(text, body.end) &&
            !word_is_all_capitals(text, body.end))
            return (struct span){line.begin, line.begin};
        body.end++;
    }
    if (cast_class_row(text, body, 'n') == NULL)
        body.end = body.begin;
    return body;
}

/* Whose letterhead it is: one of the first lines, if it is the name of an
 * organisation. */
static bool find_letterhead(struct cast *cast, const struct head *head,
                            uint32_t *party, uint32_t *line,
                            struct error *error)
{
    const struct text *text = head->text;
    *party = PARTY_NONE;
    for (*line = 0; *line < head->paragraphs && *line < 2; (*line)++) {
        struct span tokens = paragraph(head, *line);
        if (text_part_of(text, tokens.begin) != PART_HEADLINE ||
            is_over_letterhead(text, tokens))
            continue;
        *party = body_of_line(head, tokens);
        struct span capitals = capitals_of(text, tokens);
        if (*party == PARTY_NONE && !span_is_empty(capitals))
            return cast_phrase(cast, capitals, PARTY_NONE, party, error);
        if (*party != PARTY_NONE)
            return true;
    }
    return true;
}

/* "STATEMENT OF A WITNESS": who speaks in a testimony; empty where nobody. */
static struct span witness_of(const struct head *head)
{
    const struct text *text = head->text;
    for (uint32_t i = 0; i < head->paragraphs && i < 4; i++) {
        struct span line = paragraph(head, i);
        for (uint32_t at = line.begin; is_short(line) && at + 2 < line.end;
             at++) {
            if (!word_is(text, at, "statement") || !word_is(text, at + 1, "of"))
                continue;
            struct span phrase = phrase_after(text, at + 2, line.end);
            if (cast_class_row(text, phrase, 't') != NULL ||
                cast_head_name(head->cast, phrase) <
                    head->cast->labels->names.count)
                return phrase;
        }
    }
    return (struct span){0, 0};
}

static enum document_kind find_kind(const struct head *head,
                                    uint32_t letterhead)
{
    if (head->dear != READING_NONE) {
        for (uint32_t i = head->dear + 1;
             i < head->paragraphs && i <= head->dear + 2; i++)
            if (has_words(head->text, paragraph(head, i), "your letter"))
                return KIND_REPLY;
        return KIND_LETTER;
    }
    if (!span_is_empty(witness_of(head)) ||
        head_has(head, "witness statement") || head_has(head, "affidavit") ||
        head_has(head, "testimony"))
        return KIND_TESTIMONY;
    if (head_has(head, "official report") || head_has(head, "hansard") ||
        head_has(head, "minutes") || head_has(head, "transcript"))
        return KIND_RECORD;
    if (head_has(head, "press statement") || head_has(head, "press note") ||
        head_has(head, "press release") || head_has(head, "statement") ||
        head_has(head, "for immediate release"))
        return KIND_STATEMENT;
    if (head_has(head, "incident report") || letterhead != PARTY_NONE ||
        head_has(head, "report"))
        return KIND_REPORT;
    return KIND_OTHER;
}

static bool is_issued(enum document_kind kind)
{
    return kind == KIND_LETTER || kind == KIND_REPLY ||
           kind == KIND_STATEMENT || kind == KIND_REPORT;
}

/* A line of the head without what follows a comma. */
static struct slice line_name(const struct text *text, struct span line)
{
    uint32_t end = line.begin;
    while (end < line.end && !slice_equals(word_at(text, end), slice_of(",")))
        end++;
    if (end == line.begin)
        return (struct slice){text->bytes.data, 0};
    return slice_at(text->bytes,
                    text_bytes_of(text, (struct span){line.begin, end}));
}

/* "NAKURU, May 13, 2019 (SPA) -": the agency in the brackets. */
static struct slice agency_of(const struct head *head)
{
    const struct text *text = head->text;
    struct slice none = {text->bytes.data, 0};
    if (head->date == READING_NONE)
        return none;
    struct span line = paragraph(head, head->date);
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

static struct slice find_publisher(const struct head *head, uint32_t letterhead)
{
    const struct text *text = head->text;
    for (uint32_t i = 0; i < head->paragraphs; i++)
        if (text_part_of(text, paragraph(head, i).begin) == PART_CREDIT)
            return line_name(text, paragraph(head, i));
    if (letterhead != PARTY_NONE)
        return slice_at(
            text->bytes,
            text_bytes_of(text, head->cast->parties.items[letterhead].name));
    for (uint32_t i = 0; i < head->paragraphs && i < 6; i++) {
        struct slice paper = paper_of_byline(text, paragraph(head, i));
        if (text_part_of(text, paragraph(head, i).begin) == PART_BYLINE &&
            paper.length > 0)
            return paper;
    }
    return agency_of(head);
}

static struct slice find_title(const struct head *head, uint32_t letterhead,
                               uint32_t letterhead_line)
{
    const struct text *text = head->text;
    for (uint32_t i = 0; i < head->paragraphs; i++)
        if (text_part_of(text, paragraph(head, i).begin) == PART_HEADLINE &&
            !(letterhead != PARTY_NONE && i <= letterhead_line))
            return slice_at(text->bytes,
                            text_bytes_of(text, paragraph(head, i)));
    return (struct slice){text->bytes.data, 0};
}

/* "IN THE HIGH COURT OF KENYA AT NAKURU": the court that is addressed, with
 * its seat or without; empty where the first line is another. */
static struct span court_of(const struct head *head)
{
    const struct text *text = head->text;
    if (head->paragraphs == 0)
        return (struct span){0, 0};
    struct span line = paragraph(head, 0);
    if (!is_short(line) || !word_is(text, line.begin, "in"))
        return (struct span){0, 0};
    struct span phrase = phrase_after(text, line.begin + 1, line.end);
    const struct table_row *row = cast_class_row(text, phrase, 'n');
    if (row == NULL || strcmp(row->columns[0], "court") != 0)
        phrase.end = phrase.begin;
    return phrase;
}

/* The first line between the date (or the letterhead) and "Dear". */
static bool find_addressee(struct cast *cast, const struct head *head,
                           uint32_t *addressee, struct error *error)
{
    const struct text *text = head->text;
    *addressee = PARTY_NONE;
    struct span court = court_of(head);
    if (!span_is_empty(court))
        return cast_phrase(cast, court, PARTY_NONE, addressee, error);
    if (head->dear == READING_NONE || head->date == READING_NONE ||
        head->date + 1 >= head->dear)
        return true;
    struct span line = paragraph(head, head->date + 1);
    if (!is_short(line) || !word_has_letters(text, line.begin))
        return true;
    return cast_phrase(cast, phrase_after(text, line.begin, line.end),
                       PARTY_NONE, addressee, error);
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
    if (find_date(head, document->date)) {
        document->date_from = DATE_DATELINE;
        return true;
    }
    document->date_from = DATE_NONE;
    if (options->date.length > 0) {
        memcpy(document->date, options->date.data, options->date.length);
        document->date[options->date.length] = '\0';
        document->date_from = DATE_GIVEN;
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
    uint32_t letterhead = PARTY_NONE;
    if (!find_letterhead(cast, &head, &letterhead, &line, error))
        return false;
    document->kind = find_kind(&head, letterhead);
    document->is_english = is_english(text);
    document->publisher = find_publisher(&head, letterhead);
    document->title = find_title(&head, letterhead, line);
    document->issuer = is_issued(document->kind) ? letterhead : PARTY_NONE;
    if (document->issuer != PARTY_NONE)
        cast_classify_staff(cast, document->issuer);
    struct span witness = witness_of(&head);
    if (document->kind == KIND_TESTIMONY && !span_is_empty(witness) &&
        !cast_phrase(cast, witness, PARTY_NONE, &document->issuer, error))
        return false;
    return find_addressee(cast, &head, addressee, error);
}
