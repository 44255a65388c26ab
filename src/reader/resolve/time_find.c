/*
 * time_find.c - see time_find.h: from the words of a text to its times.
 *
 * A window of lexemes is moved over each paragraph; the rules are tried only
 * where a number, or a word that one of them can begin with, stands.
 */
#include "time_find.h"

#include <string.h>

#include "lexicon.h"
#include "time_resolve.h"
#include "word.h"

enum {
    WINDOW = 512, /* lexemes held at a time */
    BEHIND = 4,   /* kept before the place that is looked at */
};

struct finder {
    const struct text *text;
    const struct time_context *context;
    const struct time_grammar *grammar;
    struct arena *arena;
    struct times *times;
    struct time_anchors anchors;
    struct lexeme lexemes[WINDOW];
    size_t count;  /* of lexemes */
    size_t at;     /* in lexemes */
    uint32_t next; /* token that was not yet taken */
    uint32_t end;  /* of the paragraph's tokens */
    size_t paragraph;
    size_t next_person;
};

/* Moves the window so that TIME_LOOK lexemes stand ahead, where there are. */
static void fill_window(struct finder *finder)
{
    if (finder->count - finder->at >= TIME_LOOK || finder->next == finder->end)
        return;
    if (finder->at > BEHIND && finder->count + TIME_LOOK > WINDOW / 2) {
        size_t drop = finder->at - BEHIND;
        memmove(finder->lexemes, finder->lexemes + drop,
                (finder->count - drop) * sizeof *finder->lexemes);
        finder->count -= drop;
        finder->at -= drop;
    }
    while (finder->next < finder->end && finder->count + LEXEME_MAX <= WINDOW) {
        size_t more = lexemes_of(finder->text, finder->next++,
                                 finder->lexemes + finder->count);
        for (size_t i = 0; i < more; i++)
            time_grammar_name(finder->grammar, finder->text,
                              &finder->lexemes[finder->count++]);
    }
}

/* Whether a lexeme stands within the name of a person. */
static bool is_person(struct finder *finder, struct span bytes)
{
    const struct time_context *context = finder->context;
    while (finder->next_person < context->person_count &&
           context->persons[finder->next_person].end <= bytes.begin)
        finder->next_person++;
    return finder->next_person < context->person_count &&
           context->persons[finder->next_person].begin < bytes.end;
}

/*
 * The tense at an expression: that of the nearest verb before it in its
 * sentence, else of the nearest behind. "Will be held" is ahead, though its
 * last word is past; so an auxiliary wins over what follows it closely.
 */
static enum time_tense tense_of_word(const struct text *text, uint32_t token)
{
    struct lexeme lexemes[LEXEME_MAX];
    int32_t tense;
    size_t count = lexemes_of(text, token, lexemes);
    if (lexeme_class(&lexemes[count - 1], "verb", &tense))
        return tense == 1 ? TENSE_PAST : TENSE_AHEAD;
    struct slice word = word_at(text, token);
    bool is_regular = word.length > 4 && word.data[word.length - 1] == 'd' &&
                      word.data[word.length - 2] == 'e' &&
                      word.data[word.length - 3] != 'e';
    return is_regular ? TENSE_PAST : TENSE_NONE;
}

static enum time_tense tense_at(const struct text *text, struct span tokens)
{
    enum { BEFORE = 20, AFTER = 15, AUXILIARY = 5 };
    struct span sentence =
        text->sentences.items[text_sentence_of(text, tokens.begin)];
    enum time_tense found = TENSE_NONE;
    uint32_t distance = 0;
    if (tokens.begin > sentence.begin &&
        (word_is(text, tokens.begin - 1, "by") ||
         word_is(text, tokens.begin - 1, "until")))
        return TENSE_AHEAD;
    if (tokens.begin > sentence.begin + 1 &&
        word_is(text, tokens.begin - 1, "as") &&
        (word_is(text, tokens.begin - 2, "soon") ||
         word_is(text, tokens.begin - 2, "early")))
        return TENSE_AHEAD;
    for (uint32_t at = tokens.begin;
         at > sentence.begin && tokens.begin - at < BEFORE; at--) {
        enum time_tense tense = tense_of_word(text, at - 1);
        if (tense == TENSE_AHEAD &&
            (found == TENSE_NONE || distance < AUXILIARY))
            return TENSE_AHEAD;
        if (found == TENSE_NONE)
            found = tense;
        distance = found == TENSE_NONE ? 0 : distance + 1;
        if (found != TENSE_NONE && distance > AUXILIARY)
            return found;
    }
    for (uint32_t at = tokens.end;
         found == TENSE_NONE && at < sentence.end && at - tokens.end < AFTER;
         at++) {
        if (word_is(text, at, "that"))
            break;
        found = tense_of_word(text, at);
    }
    return found;
}

/* A date in the head of a post or entry is that from which what follows is
 * counted. */
static bool is_heading(const struct finder *finder, uint32_t token)
{
    enum part_kind part = text_part_of(finder->text, token);
    return part == PART_DATELINE || part == PART_BYLINE;
}

static void set_anchors(struct finder *finder, const struct time *time,
                        const struct time_frame *frame, uint32_t token)
{
    struct time_anchors *anchors = &finder->anchors;
    uint32_t index = (uint32_t)finder->times->items.count;
    if (time->first.day == MOMENT_NONE)
        return;
    if (time->grain >= GRAIN_DAY && is_heading(finder, token) &&
        time_slot(frame, SLOT_BASE, 0) == 'c') {
        anchors->is_entry = time->first.day != anchors->document;
        anchors->entry = time->first.day;
        anchors->last_day = TIME_NONE;
        anchors->last = TIME_NONE;
        return;
    }
    anchors->last = index;
    if (time->grain == GRAIN_QUARTER && time->why != WHY_TIME)
        anchors->last_quarter = index;
    if (time_has(frame, SLOT_YEAR)) {
        anchors->last_year = index;
        anchors->year_paragraph = finder->paragraph;
    }
    /* "a week ago" tells of what went before, and then the text comes back */
    bool is_aside = time_slot(frame, SLOT_BASE, 0) == 'd' &&
                    time_slot(frame, SLOT_UNIT, 'd') != 'd';
    if (time->grain >= GRAIN_DAY && !is_aside) {
        anchors->last_day = index;
        anchors->day_paragraph = finder->paragraph;
    }
}

/* The share of `key` in data/time-trust.tsv, 0 for none. */
static float trust_of(const char *key)
{
    const struct table_row *row = table_find(&time_trust_table, slice_of(key));
    unsigned percent = 0;
    for (const char *at = row == NULL ? "" : row->columns[0];
         *at >= '0' && *at <= '9'; at++)
        percent = percent * 10 + (unsigned)(*at - '0');
    return (float)percent / 100.0f;
}

/* By rule and reason, else by the reason alone. */
static float confidence_of(const char *rule, enum time_why why)
{
    static const char *const reasons[] = {
        "written", "document", "entry", "ahead",     "told",   "day-of",
        "year-of", "length",   "again", "reference", "unknown"};
    char key[64];
    struct time_writer writer = time_writer_on(key, sizeof key);
    time_put(&writer, rule);
    while (writer.length > 0 && key[writer.length - 1] >= '0' &&
           key[writer.length - 1] <= '9')
        writer.length--;
    if (writer.length > 0 && key[writer.length - 1] == '-')
        writer.length--;
    time_put(&writer, " ");
    time_put(&writer, reasons[why]);
    float trust = trust_of(key);
    return trust > 0 ? trust : trust_of(reasons[why]);
}

/* One expression of `length` lexemes: true where it is a time, too. */
static bool take(struct finder *finder, size_t length,
                 const struct time_frame *frame, const struct time_rule *rule,
                 bool *is_taken, struct error *error)
{
    const struct lexeme *first = &finder->lexemes[finder->at];
    const struct lexeme *last = first + length - 1;
    struct time time = {.span = {first->bytes.begin, last->bytes.end}};
    struct time_task task = {
        .frame = frame,
        .what = rule->what,
        .times = finder->times,
        .anchors = &finder->anchors,
        .paragraph = finder->paragraph,
        .tense = tense_at(finder->text,
                          (struct span){first->token, last->token + 1}),
    };
    *is_taken = !is_person(finder, time.span) &&
                !text_is_unread(finder->text, first->token) &&
                time_resolve(&task, &time);
    if (!*is_taken)
        return true;
    time.rule = time_rule_index(finder->grammar, rule);
    time.confidence = confidence_of(rule->name, (enum time_why)time.why);
    set_anchors(finder, &time, frame, first->token);
    return list_push(finder->arena, &finder->times->items, time, error);
}

static bool scan_paragraph(struct finder *finder, struct error *error)
{
    struct span tokens = finder->text->paragraphs.items[finder->paragraph];
    finder->next = tokens.begin;
    finder->end = tokens.end;
    finder->count = finder->at = 0;
    for (;; finder->at++) {
        fill_window(finder);
        if (finder->at >= finder->count)
            return true;
        struct time_frame frame;
        const struct time_rule *rule = NULL;
        struct lexeme_window window = {finder->text, finder->lexemes,
                                       finder->count};
        size_t length =
            time_match(finder->grammar, window, finder->at, &frame, &rule);
        bool is_taken = false;
        if (length > 0 && !take(finder, length, &frame, rule, &is_taken, error))
            return false;
        if (is_taken)
            finder->at += length - 1;
    }
}

/* The year that a token is, 0 for none. */
static int year_of(const struct text *text, size_t token)
{
    struct slice word = slice_at(text->bytes, text->tokens.items[token]);
    int value = 0;
    if (word.length != 4 || (word.data[0] != '1' && word.data[0] != '2'))
        return 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] < '0' || word.data[i] > '9')
            return 0;
        value = value * 10 + word.data[i] - '0';
    }
    return value <= 2100 ? value : 0;
}

/* How often the text speaks as of its own days: "Monday", "today". */
static uint32_t days_spoken_of(const struct text *text)
{
    static const char *const words[] = {"today", "yesterday", "tomorrow"};
    uint32_t count = 0;
    for (uint32_t i = 0; i < text->tokens.count; i++) {
        bool is_day = (word_ways(text, i) & WORD_WEEKDAY) != 0;
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            is_day |= word_is(text, i, words[j]);
        count += is_day;
    }
    return count;
}

/* A text that tells of other years than the document's, of many, and hardly of
 * days by their weekday: history, of which no sentence hangs on the day it was
 * written. */
static bool tells_history(const struct text *text, int32_t document)
{
    enum { LEAST = 10, FAR = 2, PERCENT = 70, WORDS_EACH = 400, DAYS = 4 };
    enum { FEW = 5, HALF = 50 };
    uint32_t years = 0;
    uint32_t far = 0;
    int year = document == MOMENT_NONE ? 0 : calendar_date_of(document).year;
    for (size_t i = 0; i < text->tokens.count; i++) {
        int found = year_of(text, i);
        years += found > 0;
        far += found > 0 && (found < year - FAR || found > year + FAR);
    }
    if (far < FEW || far * 100 < years * HALF)
        return false;
    uint32_t days = days_spoken_of(text);
    bool is_long = years >= LEAST && far * 100 >= years * PERCENT &&
                   (uint64_t)years * WORDS_EACH >= text->tokens.count;
    return (is_long && days * DAYS < far) || days == 0;
}

static int32_t day_of(struct slice date)
{
    int numbers[3] = {0, 0, 0};
    size_t part = 0;
    for (size_t i = 0; i < date.length && part < 3; i++)
        if (date.data[i] == '-')
            part++;
        else
            numbers[part] = numbers[part] * 10 + (date.data[i] - '0');
    return calendar_has(numbers[0], numbers[1], numbers[2])
               ? calendar_day(numbers[0], numbers[1], numbers[2])
               : MOMENT_NONE;
}

/* "every Monday until 3 June": a set ends with the point that follows. */
static void end_sets(const struct text *text, struct times *times)
{
    for (size_t i = 0; i + 1 < times->items.count; i++) {
        struct time *set = &times->items.items[i];
        const struct time *next = &times->items.items[i + 1];
        if (set->type != TIME_SET || next->first.day == MOMENT_NONE)
            continue;
        struct span between = text_tokens_in(
            text, (struct span){set->span.end, next->span.begin});
        while (between.begin < between.end &&
               (word_is(text, between.end - 1, "the") ||
                word_is(text, between.end - 1, "on")))
            between.end--;
        bool is_end = between.end == between.begin + 1 &&
                      (word_is(text, between.begin, "until") ||
                       word_is(text, between.begin, "till") ||
                       word_is(text, between.begin, "to"));
        if (is_end)
            set->anchor = (uint32_t)i + 1;
    }
}

bool times_find(const struct text *text, const struct time_context *context,
                struct arena *arena, struct times *times, struct error *error)
{
    struct arena *scratch = arena_new(1 << 20);
    bool is_done = true;
    if (scratch == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    struct finder *finder = arena_take(scratch, 1, sizeof *finder, error);
    const struct time_grammar *grammar = time_grammar_read(scratch, error);
    *times = (struct times){{0}};
    is_done = finder != NULL && grammar != NULL;
    if (is_done) {
        int32_t document = day_of(context->date);
        finder->text = text;
        finder->context = context;
        finder->grammar = grammar;
        finder->arena = arena;
        finder->times = times;
        finder->anchors = (struct time_anchors){
            .document = document,
            .entry = document,
            .is_narrative = tells_history(text, document),
            .last_day = TIME_NONE,
            .last = TIME_NONE,
            .last_quarter = TIME_NONE,
            .last_year = TIME_NONE,
        };
    }
    for (size_t i = 0; is_done && i < text->paragraphs.count; i++) {
        finder->paragraph = i;
        is_done = scan_paragraph(finder, error);
    }
    if (is_done)
        end_sets(text, times);
    arena_release(scratch);
    return is_done;
}

/* The first time that begins at the byte or behind it. */
static uint32_t time_from(const struct times *times, uint32_t byte)
{
    uint32_t low = 0;
    uint32_t high = (uint32_t)times->items.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (times->items.items[middle].span.begin < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct span times_in(const struct times *times, struct span bytes)
{
    return (struct span){time_from(times, bytes.begin),
                         time_from(times, bytes.end)};
}

static uint32_t distance_of(const struct time *time, uint32_t byte)
{
    if (byte < time->span.begin)
        return time->span.begin - byte;
    return byte > time->span.end ? byte - time->span.end : 0;
}

uint32_t time_near(const struct times *times, const struct text *text,
                   uint32_t byte)
{
    if (text->tokens.count == 0)
        return TIME_NONE;
    uint32_t token = text_tokens_in(text, (struct span){byte, byte + 1}).begin;
    if (token >= text->tokens.count)
        token = (uint32_t)text->tokens.count - 1;
    struct span sentence = text_bytes_of(
        text, text->sentences.items[text_sentence_of(text, token)]);
    struct span paragraph = text_bytes_of(
        text, text->paragraphs.items[text_paragraph_of(text, token)]);
    struct span inside = times_in(times, sentence);
    uint32_t best = TIME_NONE;
    for (uint32_t i = inside.begin; i < inside.end; i++) {
        const struct time *time = &times->items.items[i];
        if (time->grain == GRAIN_NONE)
            continue;
        if (best == TIME_NONE ||
            distance_of(time, byte) <
                distance_of(&times->items.items[best], byte))
            best = i;
    }
    for (uint32_t i = inside.begin;
         best == TIME_NONE && i > 0 &&
         times->items.items[i - 1].span.begin >= paragraph.begin;
         i--)
        if (times->items.items[i - 1].grain != GRAIN_NONE)
            best = i - 1;
    return best != TIME_NONE || inside.begin == inside.end ? best
                                                           : inside.begin;
}

const char *time_rule_name(const struct time *time)
{
    return time_rule_table.rows[time->rule].key;
}
