/*
 * recovery_sheet.c - digits that a tired person can type, and be told where
 * they slipped.
 */
#include "recovery_sheet.h"

#include <assert.h>
#include <sodium.h>

#include "lines.h"

#define LINES 4
#define LINE_BYTES (SIGNING_KEY_SEED_SIZE / LINES)
#define CHECK_BYTES 2
#define LINE_DIGITS (2 * (LINE_BYTES + CHECK_BYTES))

/* The bytes of one line with their check behind them. */
static void line_fill(const uint8_t *seed, unsigned number,
                      uint8_t line[LINE_BYTES + CHECK_BYTES])
{
    static const char domain[] = "madai/recovery/v1";
    uint8_t hashed[sizeof domain - 1 + 1 + LINE_BYTES];
    uint8_t *end = hashed + sizeof domain - 1;
    memcpy(hashed, domain, sizeof domain - 1);
    *end++ = (uint8_t)number;
    memcpy(end, seed, LINE_BYTES);
    struct digest check =
        digest_of((struct slice){(const char *)hashed, sizeof hashed});
    memcpy(line, seed, LINE_BYTES);
    memcpy(line + LINE_BYTES, check.bytes, CHECK_BYTES);
    sodium_memzero(hashed, sizeof hashed);
}

/* "0123 4567 89ab cdef  4711" */
static void line_write(const uint8_t *seed, unsigned number,
                       char text[LINE_DIGITS * 2])
{
    uint8_t line[LINE_BYTES + CHECK_BYTES];
    char hex[LINE_DIGITS + 1];
    line_fill(seed, number, line);
    sodium_bin2hex(hex, sizeof hex, line, sizeof line);
    snprintf(text, LINE_DIGITS * 2, "%.4s %.4s %.4s %.4s  %.4s", hex, hex + 4,
             hex + 8, hex + 12, hex + 16);
    sodium_memzero(line, sizeof line);
    sodium_memzero(hex, sizeof hex);
}

void recovery_sheet_write(const struct signing_key *key,
                          char sheet[RECOVERY_SHEET_SIZE])
{
    char lines[LINES][LINE_DIGITS * 2];
    char fingerprint[DIGEST_HEX_SIZE];
    struct digest digest = note_key_fingerprint(&key->key);
    digest_to_hex(&digest, fingerprint);
    for (unsigned i = 0; i < LINES; i++)
        line_write(key->secret + (size_t)i * LINE_BYTES, i + 1, lines[i]);
    int length = snprintf(
        sheet, RECOVERY_SHEET_SIZE,
        "RECOVERY SHEET OF A SIGNING KEY (madai)\n"
        "\n"
        "Whoever holds this sheet can sign in the name of this case. Keep it\n"
        "on paper, in a place that is locked, away from the machine; do not\n"
        "photograph, mail or store it.\n"
        "\n"
        "What it is for: if the passphrase is forgotten or the case file is\n"
        "lost, the six lines below give the key back. Type them into a file,\n"
        "one line each; capitals and blanks do not matter. The last four\n"
        "digits of a line check the others, so a slip is found and named.\n"
        "If the sheet is lost or was seen by others, change the key.\n"
        "\n"
        "name %s\n"
        "1  %s\n"
        "2  %s\n"
        "3  %s\n"
        "4  %s\n"
        "id %08x\n"
        "\n"
        "Fingerprint of the public half, which may be shown to all:\n"
        "%.32s\n"
        "%.32s\n",
        key->key.name, lines[0], lines[1], lines[2], lines[3],
        note_key_id(&key->key), fingerprint, fingerprint + 32);
    assert(length > 0 && length < RECOVERY_SHEET_SIZE);
    sodium_memzero(lines, sizeof lines);
}

/* The line of the sheet that begins with this word. The sheet may end without
 * a line feed, so this does not use line_take. */
static bool find_line(struct slice sheet, const char *word, struct slice *value)
{
    size_t skip = strlen(word);
    for (size_t at = 0; at < sheet.length;) {
        const char *begin = sheet.data + at;
        const char *end = memchr(begin, '\n', sheet.length - at);
        size_t length = end != NULL ? (size_t)(end - begin) : sheet.length - at;
        at += length + 1;
        while (length > 0 && (*begin == ' ' || *begin == '\t')) {
            begin++;
            length--;
        }
        if (length <= skip || memcmp(begin, word, skip) != 0 ||
            (begin[skip] != ' ' && begin[skip] != '\t'))
            continue;
        *value = (struct slice){begin + skip, length - skip};
        return true;
    }
    return false;
}

/* Exactly `count` digits, whatever blanks stand between them. */
static bool digits_read(struct slice text, uint8_t *bytes, size_t count)
{
    size_t length;
    const char *end;
    return sodium_hex2bin(bytes, count / 2, text.data, text.length, " \t\r",
                          &length, &end) == 0 &&
           length == count / 2 && end == text.data + text.length;
}

static bool line_read(struct slice sheet, unsigned number, uint8_t *seed,
                      struct error *error)
{
    char word[2] = {(char)('0' + number), '\0'};
    uint8_t typed[LINE_BYTES + CHECK_BYTES], right[LINE_BYTES + CHECK_BYTES];
    struct slice line;
    if (!find_line(sheet, word, &line))
        return error_set(error, ERROR_BAD_INPUT, "line %u is missing", number);
    if (!digits_read(line, typed, LINE_DIGITS))
        return error_set(error, ERROR_BAD_INPUT,
                         "line %u should have 20 digits (0-9, a-f)", number);
    line_fill(typed, number, right);
    bool is_right = memcmp(typed, right, sizeof typed) == 0;
    memcpy(seed, typed, LINE_BYTES);
    sodium_memzero(typed, sizeof typed);
    sodium_memzero(right, sizeof right);
    return is_right ||
           error_set(error, ERROR_BAD_INPUT, "line %u is mistyped", number);
}

static bool name_read(struct slice sheet, char name[NOTE_NAME_SIZE],
                      struct error *error)
{
    struct slice line;
    if (!find_line(sheet, "name", &line))
        return error_set(error, ERROR_BAD_INPUT, "the line 'name' is missing");
    while (line.length > 0 && strchr(" \t", *line.data) != NULL)
        line = (struct slice){line.data + 1, line.length - 1};
    while (line.length > 0 &&
           strchr(" \t\r", line.data[line.length - 1]) != NULL)
        line.length--;
    if (!note_name_is_valid(line))
        return error_set(error, ERROR_BAD_INPUT, "the name is mistyped");
    memcpy(name, line.data, line.length);
    name[line.length] = '\0';
    return true;
}

/* Catches a name that is mistyped into another name. */
static bool id_agrees(struct slice sheet, const struct signing_key *key,
                      struct error *error)
{
    struct slice line;
    uint8_t id[4];
    uint32_t right = note_key_id(&key->key);
    if (!find_line(sheet, "id", &line))
        return error_set(error, ERROR_BAD_INPUT, "the line 'id' is missing");
    if (!digits_read(line, id, 2 * sizeof id))
        return error_set(error, ERROR_BAD_INPUT,
                         "the id should have 8 digits (0-9, a-f)");
    return ((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
            (uint32_t)id[2] << 8 | id[3]) == right ||
           error_set(error, ERROR_BAD_INPUT, "the name or the id is mistyped");
}

bool recovery_sheet_read(struct slice sheet, struct signing_key *key,
                         struct error *error)
{
    char name[NOTE_NAME_SIZE];
    uint8_t seed[SIGNING_KEY_SEED_SIZE];
    struct signing_key made = {0};
    bool is_read =
        (sheet.length <= RECOVERY_SHEET_MAX ||
         error_set(error, ERROR_BAD_INPUT, "too long for a sheet")) &&
        name_read(sheet, name, error);
    for (unsigned i = 0; is_read && i < LINES; i++)
        is_read = line_read(sheet, i + 1, seed + (size_t)i * LINE_BYTES, error);
    is_read = is_read && signing_key_from_seed(name, seed, &made, error) &&
              id_agrees(sheet, &made, error);
    if (is_read)
        *key = made;
    sodium_memzero(seed, sizeof seed);
    signing_key_close(&made);
    return is_read;
}
