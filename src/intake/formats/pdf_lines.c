/*
 * pdf_lines.c - see pdf_lines.h.
 */
#include "pdf_lines.h"

#include <ctype.h>
#include <stdlib.h>

#include "utf8.h"

enum {
    HEAD_LINES = 3, /* at a page's top and bottom may be running heads */
    HEAD_KEY_MAX = 120,
    HYPHENS_LOOKED_UP = 5000,
    LEADING_LINES_MIN = 3,
};

struct layout {
    struct page_lines *lines;
    const float *height_of;
    uint32_t pages;
    struct arena *arena;
    struct writer *writer;
    struct error *error;
    float body_height; /* of most letters */
    float leading;     /* white space between a paragraph's lines */
    bool has_leading;  /* there are enough of them to tell */
    struct slice all;  /* the text of all lines, to look words up in */
    size_t looked_up;
};

static int by_value(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Half of the letters are in lines of this height or less. */
static bool find_body_height(struct layout *layout)
{
    const struct page_lines *lines = layout->lines;
    float *heights = arena_take(layout->arena, lines->count * 8 + 1,
                                sizeof *heights, layout->error);
    size_t count = 0;
    if (heights == NULL)
        return false;
    for (size_t i = 0; i < lines->count; i++) {
        /* Long lines weigh more: headings are short. */
        size_t weight = lines->items[i].text.length / 16 + 1;
        for (size_t j = 0; j < weight && j < 8; j++)
            heights[count++] = lines->items[i].height;
    }
    qsort(heights, count, sizeof *heights, by_value);
    layout->body_height = count > 0 ? heights[count / 2] : 0;
    return true;
}

/* Digits are all the same in it: "Page 3 of 9" is "page # of #". */
static size_t head_key(struct slice text, char key[HEAD_KEY_MAX])
{
    size_t length = 0;
    for (size_t i = 0; i < text.length && length < HEAD_KEY_MAX - 1; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        char letter = isdigit(byte) ? '#' : (char)tolower(byte);
        if (letter == '#' && length > 0 && key[length - 1] == '#')
            continue;
        key[length++] = letter;
    }
    key[length] = '\0';
    return length;
}

/* "3", "- 3 -", "Page 3", "3/9", "iv". */
static bool is_page_number(struct slice text)
{
    static const char *const forms[] = {"#",
                                        "- # -",
                                        "-#-",
                                        "page #",
                                        "page # of #",
                                        "# of #",
                                        "# / #",
                                        "#/#",
                                        "p. #",
                                        "| #",
                                        "# |",
                                        "page | #",
                                        "page #/#",
                                        "pg. #",
                                        "[#]",
                                        "(#)",
                                        "page: #",
                                        "# | page",
                                        "\xE2\x80\x93 # \xE2\x80\x93",
                                        "page # / #"};
    char key[HEAD_KEY_MAX];
    head_key(text, key);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i], key) == 0)
            return true;
    return text.length <= 5 && strspn(key, "ivxlc") == text.length;
}

/* How many lines of its page stand above it (or below), up to HEAD_LINES. */
static unsigned lines_beyond(const struct layout *layout, size_t first,
                             size_t last, size_t at, bool is_above)
{
    const struct page_line *items = layout->lines->items;
    unsigned count = 0;
    for (size_t i = first; i < last && count < HEAD_LINES; i++)
        count += is_above ? items[i].bottom <= items[at].top + 1
                          : items[i].top >= items[at].bottom - 1;
    return count;
}

struct head_line {
    char key[HEAD_KEY_MAX];
    size_t line;
    bool is_top;
};

static int by_key(const void *a, const void *b)
{
    const struct head_line *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = (int)x->is_top - (int)y->is_top;
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

struct head_lines {
    struct head_line *items;
    size_t count, capacity;
};

static bool gather_heads(struct layout *layout, struct head_lines *heads)
{
    struct page_lines *lines = layout->lines;
    for (size_t first = 0, last; first < lines->count; first = last) {
        last = first;
        while (last < lines->count &&
               lines->items[last].page == lines->items[first].page)
            last++;
        for (size_t i = first; i < last; i++) {
            struct head_line head = {.line = i};
            unsigned above = lines_beyond(layout, first, last, i, true);
            unsigned below = lines_beyond(layout, first, last, i, false);
            if (above >= HEAD_LINES && below >= HEAD_LINES)
                continue;
            if (last - first > 1 && (above == 0 || below == 0) &&
                is_page_number(lines->items[i].text))
                lines->items[i].is_left_out = true;
            head.is_top = above < HEAD_LINES;
            head_key(lines->items[i].text, head.key);
            if (!list_push(layout->arena, heads, head, layout->error))
                return false;
        }
    }
    return true;
}

/* The same words at the same height of most pages are no text. Left and right
 * pages may have different ones: a third of the pages is enough, and three. */
static bool find_heads(struct layout *layout)
{
    struct head_lines heads = {0};
    if (!gather_heads(layout, &heads))
        return false;
    if (heads.count == 0)
        return true;
    qsort(heads.items, heads.count, sizeof *heads.items, by_key);
    uint32_t enough = layout->pages / 3 > 3 ? layout->pages / 3 : 3;
    if (layout->pages == 2)
        enough = 2;
    for (size_t first = 0, last; first < heads.count; first = last) {
        const struct head_line *head = &heads.items[first];
        uint32_t pages = 0, before = 0;
        for (last = first; last < heads.count &&
                           strcmp(heads.items[last].key, head->key) == 0 &&
                           heads.items[last].is_top == head->is_top;
             last++) {
            const struct page_line *line =
                &layout->lines->items[heads.items[last].line];
            const struct page_line *one = &layout->lines->items[head->line];
            float away = line->top - one->top;
            if (line->page != before && away < 6 && away > -6)
                pages++;
            before = line->page;
        }
        if (pages < enough || layout->pages < 2)
            continue;
        for (size_t i = first; i < last; i++)
            layout->lines->items[heads.items[i].line].is_left_out = true;
        writer_fact(layout->writer, "running head",
                    layout->lines->items[head->line].text, "the page's margin");
    }
    return true;
}

static bool begins_note(struct slice text)
{
    size_t digits = 0;
    while (digits < text.length && isdigit((unsigned char)text.data[digits]))
        digits++;
    if (digits > 0 && digits <= 3 && digits < text.length)
        return true;
    return text.length > 1 &&
           (text.data[0] == '*' || memcmp(text.data, "\xE2\x80", 2) == 0);
}

/* Whether the next line, if there is one, stands on another page, or higher:
 * in the next column. */
static bool ends_column(const struct page_line *line,
                        const struct page_line *next)
{
    return next == NULL || next->page != line->page || next->bottom < line->top;
}

/* Small letters from a number on, down to the end of the column. */
static void find_footnotes(struct layout *layout)
{
    struct page_lines *lines = layout->lines;
    const float small = layout->body_height * 0.92F;
    for (size_t i = lines->count; i-- > 0;) {
        struct page_line *line = &lines->items[i];
        const struct page_line *next = NULL;
        for (size_t j = i + 1; j < lines->count && next == NULL; j++)
            if (!lines->items[j].is_left_out)
                next = &lines->items[j];
        bool is_last = ends_column(line, next);
        float middle = layout->height_of[line->page - 1] / 2;
        line->is_footnote = !line->is_left_out && line->height < small &&
                            line->top > middle &&
                            (is_last || next->is_footnote);
    }
    /* What does not begin with a mark is some other small print. */
    for (size_t i = 0; i < lines->count; i++) {
        struct page_line *line = &lines->items[i];
        bool goes_on = i > 0 && lines->items[i - 1].is_footnote &&
                       !ends_column(&lines->items[i - 1], line);
        if (line->is_footnote && !goes_on && !begins_note(line->text))
            line->is_footnote = false;
    }
}

static uint32_t last_letter(struct slice text)
{
    return text.length > 0 ? utf8_before(text, text.length).code_point : 0;
}

static bool ends_sentence(struct slice text)
{
    uint32_t last = last_letter(text);
    if ((last == 0x201D || last == '"' || last == ')' || last == 0x2019) &&
        text.length > 3)
        last = (uint32_t)(unsigned char)
                   text.data[text.length - (last > 0x7F ? 4 : 2)];
    return last == '.' || last == '?' || last == '!' || last == ':' ||
           last == ';';
}

static bool begins_lower(struct slice text)
{
    return text.length > 0 && islower((unsigned char)text.data[0]) != 0;
}

static bool begins_item(struct slice text)
{
    size_t digits = 0;
    if (text.length > 3 && (memcmp(text.data, "\xE2\x80\xA2", 3) == 0 ||
                            memcmp(text.data, "\xE2\x96\xAA", 3) == 0 ||
                            memcmp(text.data, "\xEF\x82\xB7", 3) == 0))
        return true;
    while (digits < text.length && isdigit((unsigned char)text.data[digits]))
        digits++;
    return (digits > 0 && digits <= 3 && digits + 1 < text.length &&
            (text.data[digits] == '.' || text.data[digits] == ')') &&
            text.data[digits + 1] == ' ') ||
           (text.length > 3 && text.data[0] == '(' &&
            (text.data[2] == ')' || text.data[3] == ')'));
}

/* Whether two lines follow each other in one column of one page. */
static bool is_below(const struct page_line *line,
                     const struct page_line *before)
{
    return line->page == before->page && line->top > before->top &&
           line->left < before->right && before->left < line->right;
}

/* The measure that the paragraph's lines keep: the widest line around. */
static float right_edge(const struct layout *layout, size_t at)
{
    const struct page_line *items = layout->lines->items;
    float edge = items[at].right;
    for (size_t i = at > 4 ? at - 4 : 0; i < at + 5 && i < layout->lines->count;
         i++)
        if (items[i].page == items[at].page && items[i].right > edge &&
            items[i].left < items[at].left + 40 &&
            items[i].left > items[at].left - 40)
            edge = items[i].right;
    return edge;
}

static float left_edge(const struct layout *layout, size_t at)
{
    const struct page_line *items = layout->lines->items;
    float edge = items[at].left;
    for (size_t i = at; i < at + 4 && i < layout->lines->count; i++)
        if (items[i].page == items[at].page && items[i].left < edge &&
            items[i].left > items[at].left - 60)
            edge = items[i].left;
    return edge;
}

/* Half of the lines that are full stand at most so far above the next. */
static bool find_leading(struct layout *layout)
{
    const struct page_lines *lines = layout->lines;
    float *gaps = arena_take(layout->arena, lines->count + 1, sizeof *gaps,
                             layout->error);
    size_t count = 0;
    if (gaps == NULL)
        return false;
    for (size_t i = 1; i < lines->count; i++) {
        const struct page_line *line = &lines->items[i];
        const struct page_line *before = &lines->items[i - 1];
        if (is_below(line, before) && !before->is_left_out &&
            right_edge(layout, i - 1) - before->right < before->height * 2)
            gaps[count++] = line->top - before->bottom;
    }
    qsort(gaps, count, sizeof *gaps, by_value);
    layout->has_leading = count >= LEADING_LINES_MIN;
    layout->leading = layout->has_leading ? gaps[count / 2] : 0;
    return true;
}

/* Whether the line's first word would have had room in the one before. */
static bool has_room(const struct layout *layout, const struct page_line *line,
                     size_t previous)
{
    const struct page_line *before = &layout->lines->items[previous];
    const float room = right_edge(layout, previous) - before->right;
    const float letters =
        (float)(line->text.length > 0 ? line->text.length : 1);
    size_t word = 0;
    while (word < line->text.length && line->text.data[word] != ' ')
        word++;
    return room > before->height * 3 &&
           room > (line->right - line->left) / letters * (float)(word + 1);
}

static bool begins_paragraph(const struct layout *layout, size_t at,
                             size_t previous)
{
    const struct page_line *line = &layout->lines->items[at];
    const struct page_line *before = &layout->lines->items[previous];
    const float height =
        line->height > before->height ? line->height : before->height;
    if (line->is_row || before->is_row)
        return true;
    if (line->height > before->height * 1.2F ||
        before->height > line->height * 1.2F || begins_item(line->text))
        return true;
    if (!is_below(line, before)) /* another column or page */
        return ends_sentence(before->text) || !begins_lower(line->text)
                   ? ends_sentence(before->text) ||
                         right_edge(layout, previous) - before->right >
                             height * 2
                   : false;
    const float gap = line->top - before->bottom;
    if (gap > height * 0.9F ||
        (layout->has_leading && gap > layout->leading + height * 0.4F))
        return true;
    /* An indented line, unless the one before it was indented as much. */
    if (line->left > left_edge(layout, at) + height * 0.8F &&
        line->left > before->left + height * 0.8F)
        return true;
    return has_room(layout, line, previous) &&
           (ends_sentence(before->text) || !begins_lower(line->text));
}

static struct origin_box box_of(float left, float top, float right,
                                float bottom)
{
    const float values[4] = {left, top, right, bottom};
    uint32_t whole[4];
    for (size_t i = 0; i < 4; i++)
        whole[i] =
            values[i] > 0 && values[i] < 1e7F ? (uint32_t)(values[i] * 10) : 0;
    return (struct origin_box){whole[0], whole[1], whole[2], whole[3]};
}

static size_t hyphen_length(struct slice text)
{
    static const char *const hyphens[] = {"-", "\xE2\x80\x90", "\xC2\xAD"};
    for (size_t i = 0; i < sizeof hyphens / sizeof *hyphens; i++) {
        size_t length = strlen(hyphens[i]);
        if (text.length > length + 1 &&
            memcmp(text.data + text.length - length, hyphens[i], length) == 0 &&
            isalpha((unsigned char)text.data[text.length - length - 1]))
            return length;
    }
    return 0;
}

/* "peace-" and "keepers": a hyphen of the line's end, unless the document has
 * the word with it somewhere, and not without. */
static bool is_hyphen_undone(struct layout *layout, struct slice before,
                             size_t hyphen, struct slice after)
{
    char word[160];
    size_t begin = before.length - hyphen, end = 0;
    if (!begins_lower(after))
        return false;
    while (begin > 0 && isalpha((unsigned char)before.data[begin - 1]))
        begin--;
    while (end < after.length && isalpha((unsigned char)after.data[end]))
        end++;
    size_t head = before.length - hyphen - begin;
    if (head + end + 2 > sizeof word || layout->looked_up++ > HYPHENS_LOOKED_UP)
        return true;
    memcpy(word, before.data + begin, head);
    word[head] = '-';
    memcpy(word + head + 1, after.data, end);
    bool has_with = memmem(layout->all.data, layout->all.length, word,
                           head + 1 + end) != NULL;
    memcpy(word + head, after.data, end);
    return !has_with || memmem(layout->all.data, layout->all.length, word,
                               head + end) != NULL;
}

/* Words of the line, up to the length of `text`, each in its own place where
 * it has one. */
static void say_places(struct layout *layout, const struct page_line *line,
                       struct slice text)
{
    writer_page(layout->writer, line->page);
    if (line->word_count == 0) {
        writer_box(layout->writer,
                   box_of(line->left, line->top, line->right, line->bottom));
        writer_words(layout->writer, text);
    }
    for (size_t i = 0; i < line->word_count; i++) {
        const struct page_word *word = &line->words[i];
        const size_t end = word->end < text.length ? word->end : text.length;
        if (word->begin >= end)
            break;
        writer_box(layout->writer,
                   box_of(word->left, word->top, word->right, word->bottom));
        writer_confidence(layout->writer, word->confidence);
        writer_words(layout->writer, (struct slice){text.data + word->begin,
                                                    end - word->begin});
        if (end < text.length)
            writer_words(layout->writer, slice_of(" "));
    }
}

/* The line's words; whether the next goes on in the middle of a word. */
static void say_line(struct layout *layout, const struct page_line *line,
                     const struct page_line *next)
{
    struct slice text = line->text;
    size_t hyphen = next != NULL ? hyphen_length(text) : 0;
    if (hyphen > 0 && begins_lower(next->text)) {
        if (is_hyphen_undone(layout, text, hyphen, next->text))
            text.length -= hyphen;
        say_places(layout, line, text);
        return;
    }
    say_places(layout, line, text);
    writer_words(layout->writer, slice_of(" "));
}

/* Letters larger than most make a heading; those of a recognised line are not
 * measured well enough. */
static enum origin_kind kind_of(const struct layout *layout,
                                const struct page_line *line, bool footnotes)
{
    enum { HEADING_MOST = 200 };
    if (footnotes)
        return ORIGIN_FOOTNOTE;
    if (line->is_row)
        return ORIGIN_TABLE;
    return line->word_count == 0 && line->text.length < HEADING_MOST &&
                   line->height > layout->body_height * 1.25F
               ? ORIGIN_HEADLINE
               : ORIGIN_BODY;
}

static void say_lines(struct layout *layout, bool footnotes)
{
    struct page_lines *lines = layout->lines;
    size_t previous = SIZE_MAX;
    for (size_t i = 0; i < lines->count; i++) {
        const struct page_line *line = &lines->items[i];
        if (line->is_left_out || line->is_footnote != footnotes)
            continue;
        size_t next = i + 1;
        while (next < lines->count &&
               (lines->items[next].is_left_out ||
                lines->items[next].is_footnote != footnotes))
            next++;
        bool begins = previous == SIZE_MAX ||
                      begins_paragraph(layout, i, previous) ||
                      (footnotes && begins_note(line->text));
        if (begins) {
            writer_page(layout->writer, line->page);
            if (previous != SIZE_MAX && line->is_row &&
                lines->items[previous].is_row)
                writer_begin_close(layout->writer, ORIGIN_TABLE);
            else
                writer_begin(layout->writer, kind_of(layout, line, footnotes));
        }
        bool goes_on =
            next < lines->count && !begins_paragraph(layout, next, i);
        say_line(layout, line, goes_on ? &lines->items[next] : NULL);
        previous = i;
    }
    writer_end(layout->writer);
}

static bool join_all(struct layout *layout)
{
    size_t length = 1;
    for (size_t i = 0; i < layout->lines->count; i++)
        length += layout->lines->items[i].text.length + 1;
    char *to = arena_take(layout->arena, length, 1, layout->error);
    if (to == NULL)
        return false;
    layout->all = (struct slice){to, 0};
    for (size_t i = 0; i < layout->lines->count; i++) {
        const struct slice text = layout->lines->items[i].text;
        memcpy(to + layout->all.length, text.data, text.length);
        to[layout->all.length + text.length] = ' ';
        layout->all.length += text.length + 1;
    }
    return true;
}

bool page_lines_say(struct page_lines *lines, const float *height_of,
                    uint32_t pages, struct arena *arena, struct writer *writer,
                    struct error *error)
{
    struct layout layout = {.lines = lines,
                            .height_of = height_of,
                            .pages = pages,
                            .arena = arena,
                            .writer = writer,
                            .error = error};
    if (!find_body_height(&layout) || !find_heads(&layout) ||
        !join_all(&layout))
        return false;
    if (!find_leading(&layout))
        return false;
    find_footnotes(&layout);
    say_lines(&layout, false);
    say_lines(&layout, true);
    return true;
}
