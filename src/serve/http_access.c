/*
 * http_access.c - see http_access.h.
 */
#include "http_access.h"

#include <errno.h>
#include <sys/random.h>

/* A page asks for some ten things when it opens; a person clicks. Who has no
 * business here gets an answer, but not thousands. */
static const struct rate rate_inside = {.most = 400, .a_second = 100};
static const struct rate rate_outside = {.most = 60, .a_second = 10};

void access_begin(struct http_access *access)
{
    *access =
        (struct http_access){.inside = rate_inside, .outside = rate_outside};
    access->inside.left = rate_inside.most;
    access->outside.left = rate_outside.most;
}

bool secret_new(char secret[SECRET_SIZE], struct error *error)
{
    unsigned char bytes[(SECRET_SIZE - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return error_errno(error, errno, "no random numbers");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(secret + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

/* Without telling by its time how much of the guess was right. */
static bool is_same(const char *secret, const char *guess)
{
    unsigned char difference = 0;
    if (strlen(guess) != SECRET_SIZE - 1)
        return false;
    for (size_t i = 0; i < SECRET_SIZE - 1; i++)
        difference |= (unsigned char)(secret[i] ^ guess[i]);
    return difference == 0 && *secret != '\0';
}

const char *access_token_new(struct http_access *access, struct error *error)
{
    char *token = access->tokens[access->next_token];
    if (!secret_new(token, error)) {
        *token = '\0';
        return NULL;
    }
    access->next_token = (access->next_token + 1) % ACCESS_TOKENS;
    return token;
}

const struct http_session *access_open(struct http_access *access,
                                       const char *token)
{
    struct error ignored;
    struct http_session *session = &access->sessions[access->next_session];
    struct http_session made = {"", ""};
    size_t found = ACCESS_TOKENS;
    for (size_t i = 0; i < ACCESS_TOKENS; i++)
        if (is_same(access->tokens[i], token))
            found = i;
    if (found == ACCESS_TOKENS || !secret_new(made.cookie, &ignored) ||
        !secret_new(made.key, &ignored))
        return NULL;
    explicit_bzero(access->tokens[found], SECRET_SIZE);
    *session = made;
    access->next_session = (access->next_session + 1) % ACCESS_SESSIONS;
    return session;
}

const struct http_session *access_by_cookie(const struct http_access *access,
                                            const char *cookie)
{
    const struct http_session *found = NULL;
    for (size_t i = 0; i < ACCESS_SESSIONS; i++)
        if (is_same(access->sessions[i].cookie, cookie))
            found = &access->sessions[i];
    return found;
}

bool access_has_key(const struct http_session *session, const char *key)
{
    return is_same(session->key, key);
}

bool rate_allows(struct rate *rate, uint64_t nanoseconds)
{
    double passed = (double)(nanoseconds - rate->last) / 1e9;
    if (rate->last != 0)
        rate->left += passed * rate->a_second;
    if (rate->left > rate->most)
        rate->left = rate->most;
    rate->last = nanoseconds;
    if (rate->left < 1)
        return false;
    rate->left -= 1;
    return true;
}
