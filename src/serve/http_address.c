/*
 * http_address.c - see http_address.h.
 */
#include "http_address.h"

#include "utf8.h"

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool bad(struct error *error, const char *why)
{
    return error_set(error, ERROR_USAGE, "the address %s", why);
}

/* RFC 3986 escapes; '+' is a blank in a query, as forms write it. */
static bool decode(struct slice given, bool is_query, char *decoded,
                   size_t *length, struct error *error)
{
    *length = 0;
    for (size_t i = 0; i < given.length; i++) {
        char c = given.data[i];
        if (c == '%') {
            if (given.length - i < 3)
                return bad(error, "has an escape that is none");
            int first = digit_of(given.data[i + 1]);
            int second = digit_of(given.data[i + 2]);
            if (first < 0 || second < 0)
                return bad(error, "has an escape that is none");
            c = (char)(first * 16 + second);
            i += 2;
        } else if (c == '+' && is_query) {
            c = ' ';
        }
        if ((unsigned char)c < 0x20 || c == 0x7F)
            return bad(error, "has a control character");
        decoded[(*length)++] = c;
    }
    return utf8_count_invalid((struct slice){decoded, *length}) == 0 ||
           bad(error, "is no UTF-8");
}

static const char *decoded_of(struct slice given, bool is_query,
                              struct arena *arena, struct error *error)
{
    size_t length;
    char *decoded = arena_take(arena, given.length + 1, 1, error);
    if (decoded == NULL || !decode(given, is_query, decoded, &length, error))
        return NULL;
    return decoded;
}

static bool take_piece(struct http_address *address, struct slice given,
                       struct arena *arena, struct error *error)
{
    if (address->piece_count == ADDRESS_PIECES_MAX)
        return bad(error, "has too many pieces");
    const char *piece = decoded_of(given, false, arena, error);
    if (piece == NULL)
        return false;
    if (*piece == '\0' || strcmp(piece, ".") == 0 || strcmp(piece, "..") == 0 ||
        strpbrk(piece, "/\\") != NULL)
        return bad(error, "has a piece that is none");
    address->pieces[address->piece_count++] = piece;
    return true;
}

static bool take_value(struct http_address *address, struct slice given,
                       struct arena *arena, struct error *error)
{
    const char *equals = memchr(given.data, '=', given.length);
    size_t name_length =
        equals != NULL ? (size_t)(equals - given.data) : given.length;
    struct slice value = {given.data + given.length, 0};
    if (equals != NULL)
        value = (struct slice){equals + 1, given.length - name_length - 1};
    if (address->value_count == ADDRESS_VALUES_MAX)
        return bad(error, "has too many values");
    const char *name =
        decoded_of((struct slice){given.data, name_length}, true, arena, error);
    const char *words =
        name != NULL ? decoded_of(value, true, arena, error) : NULL;
    if (words == NULL)
        return false;
    if (*name == '\0' || address_value(address, name) != NULL)
        return bad(error, "names a value twice, or not at all");
    address->names[address->value_count] = name;
    address->values[address->value_count++] = words;
    return true;
}

/* Calls `take` for each part between marks. */
static bool split(struct slice given, char mark, struct http_address *address,
                  bool (*take)(struct http_address *, struct slice,
                               struct arena *, struct error *),
                  struct arena *arena, struct error *error)
{
    for (size_t at = 0; at <= given.length;) {
        const char *end = memchr(given.data + at, mark, given.length - at);
        size_t stop = end != NULL ? (size_t)(end - given.data) : given.length;
        if (!take(address, (struct slice){given.data + at, stop - at}, arena,
                  error))
            return false;
        at = stop + 1;
    }
    return true;
}

bool address_parse(struct slice given, struct arena *arena,
                   struct http_address *address, struct error *error)
{
    *address = (struct http_address){0};
    if (given.length == 0 || given.data[0] != '/')
        return bad(error, "does not begin with a slash");
    const char *mark = memchr(given.data, '?', given.length);
    size_t length = mark != NULL ? (size_t)(mark - given.data) : given.length;
    struct slice path = {given.data + 1, length - 1};
    struct slice query = {given.data + given.length, 0};
    if (mark != NULL)
        query = (struct slice){mark + 1, given.length - length - 1};
    return (path.length == 0 ||
            split(path, '/', address, take_piece, arena, error)) &&
           (query.length == 0 ||
            split(query, '&', address, take_value, arena, error));
}

const char *address_value(const struct http_address *address, const char *name)
{
    for (size_t i = 0; i < address->value_count; i++)
        if (strcmp(address->names[i], name) == 0)
            return address->values[i];
    return NULL;
}

bool address_number(const struct http_address *address, const char *name,
                    uint64_t usual, uint64_t most, uint64_t *number,
                    struct error *error)
{
    const char *word = address_value(address, name);
    *number = usual;
    if (word == NULL)
        return true;
    *number = 0;
    for (const char *c = word; *c != '\0'; c++) {
        if (*c < '0' || *c > '9' || *number > most)
            return error_set(error, ERROR_USAGE, "%s takes a number up to %llu",
                             name, (unsigned long long)most);
        *number = *number * 10 + (uint64_t)(*c - '0');
    }
    return (*word != '\0' && *number <= most) ||
           error_set(error, ERROR_USAGE, "%s takes a number up to %llu", name,
                     (unsigned long long)most);
}

bool address_only(const struct http_address *address, const char *const *names,
                  size_t count, struct error *error)
{
    for (size_t i = 0; i < address->value_count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < count && !is_known; k++)
            is_known = strcmp(address->names[i], names[k]) == 0;
        if (!is_known)
            return error_set(error, ERROR_USAGE, "'%.60s' is asked for nowhere",
                             address->names[i]);
    }
    return true;
}
