/*
 * language.c - which paragraphs are in another language than English: they are
 * kept and can be searched, but nothing is found in them.
 *
 * Two sure signs, and else English: letters of another script, and the words
 * that hold sentences together (data/language-words.tsv). Names do not count,
 * so an English text full of Swahili names stays one, as does a list of names
 * with no such word at all. Of a script the commonest language is named.
 *
 * Why no library: the reader gives the same on every machine and for a line of
 * JSON as for a file, and paragraphs are long enough for this
 * (docs/reader.md has the measurements).
 */
#include "stage.h"
#include "table.h"
#include "token.h"

enum {
    SCRIPT_WORDS_LEAST = 2,
    WORDS_LEAST = 12,      /* fewer may be a name and an address */
    WORDS_LOOKED_AT = 400, /* of a paragraph */
    LANGUAGES_MOST = 32,
    SCRIPT_PERCENT = 60,
    KNOWN_LEAST = 3,
    KNOWN_PERCENT = 15,
};

struct script {
    uint32_t first, last;
    const char *language;
};

static const struct script scripts[] = {
    {0x0370, 0x03FF, "el"}, {0x0400, 0x04FF, "ru"}, {0x0530, 0x058F, "hy"},
    {0x0590, 0x05FF, "he"}, {0x0600, 0x077F, "ar"}, {0x0900, 0x097F, "hi"},
    {0x0980, 0x09FF, "bn"}, {0x0B80, 0x0BFF, "ta"}, {0x0E00, 0x0E7F, "th"},
    {0x1000, 0x109F, "my"}, {0x10A0, 0x10FF, "ka"}, {0x1200, 0x139F, "am"},
    {0x3040, 0x30FF, "ja"}, {0x4E00, 0x9FFF, "zh"}, {0xAC00, 0xD7AF, "ko"},
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

struct tally {
    unsigned words, english;
    unsigned of_script[SCRIPTS], in_scripts; /* of all of them */
    struct {
        const char *language; /* in the table; two or three letters */
        size_t length;
        unsigned words;
    } others[LANGUAGES_MOST];
    size_t count;
};

/* Scripts that part no words count two characters for one. */
static void count_script(struct tally *tally, const struct text *text,
                         size_t token, uint32_t code)
{
    enum { WIDE_FROM = 0x2E80, RUN_MOST = 60 };
    unsigned words = 1;
    if (code >= WIDE_FROM)
        words = (unsigned)token_length(text, token, RUN_MOST) / 2 + 1;
    tally->words += words - 1;
    for (size_t i = 0; i < SCRIPTS; i++)
        if (code >= scripts[i].first && code <= scripts[i].last) {
            tally->of_script[i] += words;
            tally->in_scripts += words;
        }
}

static void count_language(struct tally *tally, const char *language,
                           size_t length)
{
    size_t i = 0;
    if (length == 2 && memcmp(language, "en", 2) == 0) {
        tally->english++;
        return;
    }
    while (i < tally->count &&
           (tally->others[i].length != length ||
            memcmp(tally->others[i].language, language, length) != 0))
        i++;
    if (i == LANGUAGES_MOST)
        return;
    if (i == tally->count) {
        tally->others[i].language = language;
        tally->others[i].length = length;
        tally->others[i].words = 0;
        tally->count++;
    }
    tally->others[i].words++;
}

static void count_word(struct tally *tally, const struct text *text,
                       size_t token)
{
    char buffer[TOKEN_WORD_SIZE];
    const uint32_t code = token_code(text, token);
    tally->words++;
    if (code >= scripts[0].first) {
        count_script(tally, text, token, code);
        return;
    }
    const struct table_row *row =
        table_find(&language_table, token_lower(text, token, buffer));
    if (row == NULL)
        return;
    for (const char *at = row->columns[0]; *at != '\0';) {
        const size_t length = strcspn(at, " ");
        count_language(tally, at, length);
        at += length + (at[length] == ' ');
    }
}

static void name_language(const char *from, size_t length,
                          struct paragraph_language *to)
{
    if (length >= sizeof to->code)
        length = sizeof to->code - 1;
    memcpy(to->code, from, length);
    to->code[length] = '\0';
}

/* That of the script with the most words; kana stand between Chinese signs
 * only in Japanese. */
static const char *script_language(const struct tally *tally)
{
    size_t best = 0;
    for (size_t i = 1; i < SCRIPTS; i++)
        if (tally->of_script[i] > tally->of_script[best])
            best = i;
    for (size_t i = 0; i < SCRIPTS; i++)
        if (scripts[i].first == 0x3040 && tally->of_script[i] > 0 &&
            scripts[best].first == 0x4E00)
            return scripts[i].language;
    return scripts[best].language;
}

/* True where it is another one. */
static bool is_foreign(const struct tally *tally, struct paragraph_language *to)
{
    size_t best = 0;
    if (tally->words >= SCRIPT_WORDS_LEAST &&
        tally->in_scripts * 100 >= tally->words * SCRIPT_PERCENT) {
        name_language(script_language(tally), 2, to);
        return true;
    }
    for (size_t i = 1; i < tally->count; i++)
        if (tally->others[i].words > tally->others[best].words)
            best = i;
    if (tally->words < WORDS_LEAST || tally->count == 0 ||
        tally->others[best].words < KNOWN_LEAST ||
        tally->others[best].words * 100 < tally->words * KNOWN_PERCENT ||
        tally->others[best].words <= 2 * tally->english)
        return false;
    name_language(tally->others[best].language, tally->others[best].length, to);
    return true;
}

static struct tally tally_of(const struct text *text, struct span tokens)
{
    struct tally tally = {.words = 0};
    for (uint32_t i = tokens.begin;
         i < tokens.end && tally.words < WORDS_LOOKED_AT; i++)
        if (token_flags(text, i) & CHARACTER_WORD &&
            !(token_flags(text, i) & CHARACTER_NUMBER))
            count_word(&tally, text, i);
    return tally;
}

/* Paragraphs too short to tell, between two of one language, are of it. */
static bool fill_gap(struct text *text, uint32_t first, uint32_t last,
                     struct paragraph_language language, struct arena *arena,
                     struct error *error)
{
    for (uint32_t i = first; i < last; i++) {
        language.paragraph = i;
        if (!list_push(arena, &text->languages, language, error))
            return false;
    }
    return true;
}

bool languages_find(struct text *text, struct arena *arena, struct error *error)
{
    struct paragraph_language before = {.paragraph = TEXT_NONE};
    uint32_t told = 0; /* behind the last that was long enough to tell */
    for (uint32_t i = 0; i < text->paragraphs.count; i++) {
        const struct tally tally = tally_of(text, text->paragraphs.items[i]);
        struct paragraph_language found = {.paragraph = i};
        const bool is_other = is_foreign(&tally, &found);
        if (!is_other && tally.words < WORDS_LEAST)
            continue;
        if (is_other && before.paragraph != TEXT_NONE &&
            strcmp(before.code, found.code) == 0 &&
            !fill_gap(text, told, i, found, arena, error))
            return false;
        if (is_other && !list_push(arena, &text->languages, found, error))
            return false;
        before = found;
        if (!is_other)
            before.paragraph = TEXT_NONE;
        told = i + 1;
    }
    return true;
}

static const struct paragraph_language *language_at(const struct text *text,
                                                    size_t paragraph)
{
    size_t low = 0, high = text->languages.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text->languages.items[middle].paragraph >= paragraph)
            high = middle;
        else
            low = middle + 1;
    }
    return low < text->languages.count &&
                   text->languages.items[low].paragraph == paragraph
               ? &text->languages.items[low]
               : NULL;
}

const char *text_language_of(const struct text *text, size_t paragraph)
{
    const struct paragraph_language *found = language_at(text, paragraph);
    return found != NULL ? found->code : NULL;
}

const char *text_language(const struct text *text)
{
    const char *longest = NULL;
    uint32_t most = 0;
    uint64_t foreign = 0;
    for (size_t i = 0; i < text->languages.count; i++) {
        const struct paragraph_language *language = &text->languages.items[i];
        const struct span tokens = text->paragraphs.items[language->paragraph];
        foreign += tokens.end - tokens.begin;
        if (longest == NULL || tokens.end - tokens.begin > most) {
            most = tokens.end - tokens.begin;
            longest = language->code;
        }
    }
    return foreign * 2 > text->tokens.count ? longest : NULL;
}

/* What is kept and not read: other languages, links, adverts, and comments
 * where the page itself says that they are some. */
bool unread_find(struct text *text, struct arena *arena, struct error *error)
{
    size_t part = 0;
    for (uint32_t i = 0; i < text->paragraphs.count; i++) {
        const struct span tokens = text->paragraphs.items[i];
        const uint32_t begin = text->tokens.items[tokens.begin].begin;
        while (part < text->parts.count &&
               text->parts.items[part].span.end <= begin)
            part++;
        if (part == text->parts.count)
            break;
        const enum part_kind kind = text->parts.items[part].kind;
        bool is_unread = kind == PART_LINK || kind == PART_ADVERT ||
                         (kind == PART_COMMENT && text->mark_count > 0) ||
                         language_at(text, i) != NULL;
        struct span *last = text->unread.count > 0
                                ? &text->unread.items[text->unread.count - 1]
                                : NULL;
        if (!is_unread)
            continue;
        if (last != NULL && last->end == tokens.begin)
            last->end = tokens.end;
        else if (!list_push(arena, &text->unread, tokens, error))
            return false;
    }
    return true;
}

bool text_is_unread(const struct text *text, size_t token)
{
    size_t low = 0, high = text->unread.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text->unread.items[middle].end > token)
            high = middle;
        else
            low = middle + 1;
    }
    return low < text->unread.count && text->unread.items[low].begin <= token;
}
