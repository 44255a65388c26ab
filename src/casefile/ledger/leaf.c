/*
 * leaf.c - one way to write a leaf, and a reader that takes no other.
 */
#include "leaf.h"

#include <assert.h>

#include "lines.h"
#include "merkle.h"

static bool kind_is_valid(struct slice kind)
{
    if (kind.length == 0 || kind.length >= LEAF_KIND_SIZE ||
        kind.data[0] == '-')
        return false;
    for (size_t i = 0; i < kind.length; i++)
        if ((kind.data[i] < 'a' || kind.data[i] > 'z') && kind.data[i] != '-')
            return false;
    return true;
}

/* Two digits, or 100 where there are none. */
static unsigned two_digits(const char *text)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return 100;
    return (unsigned)(text[0] - '0') * 10 + (unsigned)(text[1] - '0');
}

static unsigned month_days(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

bool leaf_time_is_valid(struct slice time)
{
    static const char shape[] = "0000-00-00T00:00:00Z";
    if (time.length != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < time.length; i++)
        if (shape[i] != '0' && time.data[i] != shape[i])
            return false;
    unsigned century = two_digits(time.data);
    unsigned year = two_digits(time.data + 2);
    unsigned month = two_digits(time.data + 5);
    unsigned day = two_digits(time.data + 8);
    return century < 100 && year < 100 && month >= 1 && month <= 12 &&
           day >= 1 && day <= month_days(century * 100 + year, month) &&
           two_digits(time.data + 11) < 24 && two_digits(time.data + 14) < 60 &&
           two_digits(time.data + 17) < 60;
}

struct digest leaf_commitment(const struct digest *salt, struct slice body)
{
    return digest_keyed(salt, body);
}

bool leaf_make(const char *kind, const char *time, const struct digest *key,
               const struct digest *salt, struct slice body, struct leaf *leaf,
               struct error *error)
{
    if (!kind_is_valid(slice_of(kind)))
        return error_set(error, ERROR_USAGE, "'%.40s' is no kind of entry",
                         kind);
    if (!leaf_time_is_valid(slice_of(time)))
        return error_set(error, ERROR_USAGE, "'%.40s' is no time of an entry",
                         time);
    *leaf =
        (struct leaf){.key = *key, .commitment = leaf_commitment(salt, body)};
    memcpy(leaf->kind, kind, strlen(kind));
    memcpy(leaf->time, time, strlen(time));
    return true;
}

size_t leaf_write(const struct leaf *leaf, char text[LEAF_TEXT_MAX])
{
    char key[DIGEST_HEX_SIZE], commitment[DIGEST_HEX_SIZE];
    digest_to_hex(&leaf->key, key);
    digest_to_hex(&leaf->commitment, commitment);
    int length =
        snprintf(text, LEAF_TEXT_MAX,
                 "madai/leaf/v1\nkind %s\ntime %s\nkey %s\ncommitment %s\n",
                 leaf->kind, leaf->time, key, commitment);
    assert(length > 0 && length < LEAF_TEXT_MAX);
    return (size_t)length;
}

size_t leaf_write_opened(const struct leaf *leaf, const struct digest *salt,
                         char text[LEAF_TEXT_MAX])
{
    char hex[DIGEST_HEX_SIZE];
    size_t length = leaf_write(leaf, text);
    digest_to_hex(salt, hex);
    int more =
        snprintf(text + length, LEAF_TEXT_MAX - length, "salt %s\n", hex);
    assert(more > 0 && (size_t)more < LEAF_TEXT_MAX - length);
    return length + (size_t)more;
}

/* Reads the leaf off the beginning of the text. */
static bool take_leaf(struct slice *text, struct leaf *leaf)
{
    struct slice head, kind, time, key, commitment;
    *leaf = (struct leaf){0};
    if (!line_take(text, "madai/leaf/v1", &head) || head.length > 0 ||
        !line_take(text, "kind ", &kind) || !kind_is_valid(kind) ||
        !line_take(text, "time ", &time) || !leaf_time_is_valid(time) ||
        !line_take(text, "key ", &key) || !digest_from_hex(key, &leaf->key) ||
        !line_take(text, "commitment ", &commitment) ||
        !digest_from_hex(commitment, &leaf->commitment))
        return false;
    memcpy(leaf->kind, kind.data, kind.length);
    memcpy(leaf->time, time.data, time.length);
    return true;
}

bool leaf_read(struct slice text, struct leaf *leaf, struct error *error)
{
    return (take_leaf(&text, leaf) && text.length == 0) ||
           error_set(error, ERROR_CORRUPT, "not a leaf of a ledger");
}

bool leaf_read_opened(struct slice text, struct leaf *leaf, struct digest *salt,
                      struct error *error)
{
    struct slice hex;
    return (take_leaf(&text, leaf) && line_take(&text, "salt ", &hex) &&
            digest_from_hex(hex, salt) && text.length == 0) ||
           error_set(error, ERROR_CORRUPT, "not an opened leaf of a ledger");
}

struct digest leaf_hash(const struct leaf *leaf)
{
    char text[LEAF_TEXT_MAX];
    size_t length = leaf_write(leaf, text);
    return merkle_leaf((struct slice){text, length});
}

bool leaf_check_body(const struct leaf *leaf, const struct digest *salt,
                     struct slice body, struct error *error)
{
    struct digest commitment = leaf_commitment(salt, body);
    return digest_equals(&commitment, &leaf->commitment) ||
           error_set(error, ERROR_TAMPERED,
                     "the body is not the one that the entry commits to");
}
