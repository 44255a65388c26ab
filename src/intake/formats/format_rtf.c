/*
 * format_rtf.c - rich text (RTF 1.9.1), by a reader of our own: the format is
 * groups, control words and text, and only the text is wanted.
 */
#include <ctype.h>
#include <stdlib.h>

#include "charset.h"
#include "child.h"
#include "utf8.h"

enum { GROUPS_MAX = 500, WORD_MAX = 32, HELD_MAX = 4096 };

/* What a group's end gives back. */
struct group {
    bool is_skipped;
    uint8_t unicode_skip; /* \uc: how many bytes stand for a \u */
};

struct rtf {
    struct writer *writer;
    struct slice bytes;
    size_t at;
    struct group groups[GROUPS_MAX];
    size_t depth, too_deep;
    unsigned to_skip; /* bytes that stand for the last \u */
    char charset[24];
    uint32_t high; /* the first half of a pair of surrogates */
    /* Bytes of the charset that were not decoded yet. */
    char held[HELD_MAX];
    size_t held_count;
    const char *fact;                  /* of \info */
    bool in_row, after_row, wants_bar; /* a cell ended; more words come */
};

static struct group *group_of(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth];
}

static void say(struct rtf *rtf, struct slice words)
{
    if (rtf->wants_bar)
        writer_words(rtf->writer, slice_of(" | "));
    rtf->wants_bar = false;
    writer_words(rtf->writer, words);
}

static void flush(struct rtf *rtf)
{
    if (rtf->held_count == 0)
        return;
    struct slice text = charset_decode(
        (struct slice){rtf->held, rtf->held_count}, rtf->charset);
    if (text.data == NULL)
        text = charset_decode((struct slice){rtf->held, rtf->held_count},
                              "windows-1252");
    if (rtf->fact != NULL)
        writer_fact(rtf->writer, rtf->fact, text, "\\info");
    else
        say(rtf, text);
    free((char *)(uintptr_t)text.data);
    rtf->held_count = 0;
}

static void put_byte(struct rtf *rtf, char byte)
{
    if (rtf->to_skip > 0) {
        rtf->to_skip--;
        return;
    }
    if (group_of(rtf)->is_skipped && rtf->fact == NULL)
        return;
    if (rtf->held_count == HELD_MAX)
        flush(rtf);
    rtf->held[rtf->held_count++] = byte;
}

static void put_code_point(struct rtf *rtf, uint32_t code_point)
{
    char bytes[4];
    if (group_of(rtf)->is_skipped && rtf->fact == NULL)
        return;
    flush(rtf);
    if (code_point >= 0xD800 && code_point < 0xDC00) {
        rtf->high = code_point;
        return;
    }
    if (code_point >= 0xDC00 && code_point < 0xE000) {
        code_point = rtf->high != 0 ? 0x10000 + ((rtf->high & 0x3FF) << 10) +
                                          (code_point & 0x3FF)
                                    : 0xFFFD;
    }
    rtf->high = 0;
    if (code_point > 0x10FFFF)
        code_point = 0xFFFD;
    if (rtf->fact == NULL)
        say(rtf, (struct slice){bytes, utf8_encode(code_point, bytes)});
}

static void end_paragraph(struct rtf *rtf)
{
    flush(rtf);
    if (rtf->in_row)
        writer_words(rtf->writer, slice_of(" "));
    else
        writer_end(rtf->writer);
    rtf->after_row = rtf->after_row && rtf->in_row;
}

static void end_cell(struct rtf *rtf)
{
    flush(rtf);
    rtf->wants_bar = true;
}

/* Groups whose text is none of the document's. */
static bool is_destination(const char *word)
{
    static const char *const skipped[] = {"fonttbl",
                                          "colortbl",
                                          "stylesheet",
                                          "pict",
                                          "object",
                                          "header",
                                          "headerl",
                                          "headerr",
                                          "headerf",
                                          "footer",
                                          "footerl",
                                          "footerr",
                                          "footerf",
                                          "fldinst",
                                          "themedata",
                                          "info",
                                          "listtable",
                                          "rsidtbl",
                                          "generator",
                                          "xmlnstbl",
                                          "listoverridetable",
                                          "datastore",
                                          "latentstyles",
                                          "filetbl",
                                          "revtbl",
                                          "nonshppict",
                                          "bkmkstart",
                                          "bkmkend",
                                          "colorschememapping"};
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (strcmp(word, skipped[i]) == 0)
            return true;
    return false;
}

static uint32_t symbol_of(const char *word)
{
    static const struct {
        const char *word;
        uint32_t code_point;
    } symbols[] = {
        {"emdash", 0x2014}, {"endash", 0x2013},    {"lquote", 0x2018},
        {"rquote", 0x2019}, {"ldblquote", 0x201C}, {"rdblquote", 0x201D},
        {"bullet", 0x2022}, {"tab", ' '},          {"emspace", ' '},
        {"enspace", ' '},   {"qmspace", ' '}};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (strcmp(word, symbols[i].word) == 0)
            return symbols[i].code_point;
    return 0;
}

static const char *fact_of(const char *word)
{
    static const char *const facts[][2] = {{"title", "title"},
                                           {"author", "author"},
                                           {"operator", "last changed by"},
                                           {"company", "organisation"},
                                           {"subject", "subject"}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (strcmp(word, facts[i][0]) == 0)
            return facts[i][1];
    return NULL;
}

static void set_charset(struct rtf *rtf, long page)
{
    flush(rtf);
    if (page == 65001)
        snprintf(rtf->charset, sizeof rtf->charset, "utf-8");
    else if (page == 932 || page == 936 || page == 949 || page == 950)
        snprintf(rtf->charset, sizeof rtf->charset, "cp%ld", page);
    else if (page == 10000)
        snprintf(rtf->charset, sizeof rtf->charset, "macintosh");
    else if (page >= 1250 && page <= 1258)
        snprintf(rtf->charset, sizeof rtf->charset, "windows-%ld", page);
}

/* Words that change how the text runs. */
static void obey_text(struct rtf *rtf, const char *word, long value)
{
    const uint32_t symbol = symbol_of(word);
    if (symbol != 0) {
        put_code_point(rtf, symbol);
    } else if (strcmp(word, "u") == 0) {
        put_code_point(rtf, (uint32_t)(value < 0 ? value + 65536 : value) &
                                0x1FFFFF);
        rtf->to_skip = group_of(rtf)->unicode_skip;
    } else if (group_of(rtf)->is_skipped) {
        return;
    } else if (strcmp(word, "par") == 0 || strcmp(word, "sect") == 0) {
        end_paragraph(rtf);
    } else if (strcmp(word, "line") == 0) {
        flush(rtf);
        writer_line(rtf->writer);
    } else if (strcmp(word, "trowd") == 0 && !rtf->in_row) {
        flush(rtf);
        if (rtf->after_row)
            writer_begin_close(rtf->writer, ORIGIN_TABLE);
        else
            writer_begin(rtf->writer, ORIGIN_TABLE);
        rtf->in_row = true;
    } else if (strcmp(word, "cell") == 0) {
        end_cell(rtf);
    } else if (strcmp(word, "row") == 0) {
        flush(rtf);
        writer_end(rtf->writer);
        rtf->in_row = rtf->wants_bar = false;
        rtf->after_row = true;
    }
}

static void skip_group(struct rtf *rtf)
{
    flush(rtf);
    group_of(rtf)->is_skipped = true;
}

static void obey(struct rtf *rtf, const char *word, long value, bool has_value)
{
    if (strcmp(word, "uc") == 0)
        group_of(rtf)->unicode_skip = (uint8_t)(value < 0   ? 0
                                                : value > 8 ? 8
                                                            : value);
    else if (strcmp(word, "ansicpg") == 0)
        set_charset(rtf, value);
    else if (strcmp(word, "mac") == 0)
        set_charset(rtf, 10000);
    else if (is_destination(word))
        skip_group(rtf);
    else if (fact_of(word) != NULL && group_of(rtf)->is_skipped)
        rtf->fact = fact_of(word);
    else if (strcmp(word, "deleted") == 0 && (!has_value || value != 0))
        skip_group(rtf);
    else
        obey_text(rtf, word, value);
}

static void skip_binary(struct rtf *rtf, long length)
{
    size_t left = rtf->bytes.length - rtf->at;
    if (length > 0)
        rtf->at += (size_t)length < left ? (size_t)length : left;
}

static void control_word(struct rtf *rtf)
{
    char word[WORD_MAX + 1];
    size_t length = 0;
    const struct slice bytes = rtf->bytes;
    while (rtf->at < bytes.length && length < WORD_MAX &&
           isalpha((unsigned char)bytes.data[rtf->at]))
        word[length++] = bytes.data[rtf->at++];
    word[length] = '\0';
    char digits[16];
    size_t count = 0;
    while (rtf->at < bytes.length && count < sizeof digits - 1 &&
           (isdigit((unsigned char)bytes.data[rtf->at]) ||
            (count == 0 && bytes.data[rtf->at] == '-')))
        digits[count++] = bytes.data[rtf->at++];
    digits[count] = '\0';
    if (rtf->at < bytes.length && bytes.data[rtf->at] == ' ')
        rtf->at++;
    const long value = strtol(digits, NULL, 10);
    if (strcmp(word, "bin") == 0)
        skip_binary(rtf, value);
    else
        obey(rtf, word, value, count > 0);
}

static int hex(char digit)
{
    if (isdigit((unsigned char)digit))
        return digit - '0';
    digit = (char)tolower((unsigned char)digit);
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static void control_symbol(struct rtf *rtf)
{
    const struct slice bytes = rtf->bytes;
    const char symbol = bytes.data[rtf->at++];
    if (symbol == '\'') {
        int high = rtf->at < bytes.length ? hex(bytes.data[rtf->at]) : -1;
        int low =
            rtf->at + 1 < bytes.length ? hex(bytes.data[rtf->at + 1]) : -1;
        if (high < 0 || low < 0)
            return;
        rtf->at += 2;
        put_byte(rtf, (char)(high * 16 + low));
    } else if (symbol == '*') {
        /* An extension that may be passed over. */
        skip_group(rtf);
    } else if (symbol == '\n' || symbol == '\r') {
        if (!group_of(rtf)->is_skipped)
            end_paragraph(rtf);
    } else if (symbol == '~') {
        put_byte(rtf, ' ');
    } else if (symbol == '_') {
        put_byte(rtf, '-');
    } else if (symbol == '{' || symbol == '}' || symbol == '\\') {
        put_byte(rtf, symbol);
    }
}

static void open_group(struct rtf *rtf)
{
    flush(rtf);
    rtf->to_skip = 0;
    if (rtf->depth + 1 == GROUPS_MAX) {
        rtf->too_deep++;
        return;
    }
    rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
    rtf->depth++;
}

static void close_group(struct rtf *rtf)
{
    flush(rtf);
    rtf->fact = NULL;
    rtf->to_skip = 0;
    if (rtf->too_deep > 0)
        rtf->too_deep--;
    else if (rtf->depth > 0)
        rtf->depth--;
}

static void convert_rtf(struct slice bytes, enum file_kind kind,
                        struct writer *writer)
{
    static struct rtf rtf;
    (void)kind;
    rtf = (struct rtf){.writer = writer, .bytes = bytes};
    rtf.groups[0].unicode_skip = 1;
    snprintf(rtf.charset, sizeof rtf.charset, "windows-1252");
    while (rtf.at < bytes.length) {
        const char byte = bytes.data[rtf.at++];
        if (byte == '{')
            open_group(&rtf);
        else if (byte == '}')
            close_group(&rtf);
        else if (byte == '\\' && rtf.at < bytes.length &&
                 isalpha((unsigned char)bytes.data[rtf.at]))
            control_word(&rtf);
        else if (byte == '\\' && rtf.at < bytes.length)
            control_symbol(&rtf);
        else if (byte != '\n' && byte != '\r' && byte != '\0')
            put_byte(&rtf, byte);
    }
    flush(&rtf);
    if (rtf.depth > 0)
        writer_warn(writer, "is cut short");
}

const struct converter converter = {.prepare = charset_prepare,
                                    .convert = convert_rtf};
