/*
 * test_http_access.c - a door opens once, a key fits one lock, and who comes
 * too often waits.
 */
#include "test.h"

#include <stdbool.h>

#include "http_access.h"

static const uint64_t second = 1000000000;

static void a_token_opens_one_session_once(void **state)
{
    (void)state;
    struct error error = {0};
    struct http_access access;
    char token[SECRET_SIZE];
    access_begin(&access);
    snprintf(token, sizeof token, "%s", access_token_new(&access, &error));
    const struct http_session *session = access_open(&access, token);
    assert_non_null(session);
    assert_null(access_open(&access, token));
    assert_ptr_equal(access_by_cookie(&access, session->cookie), session);
    assert_true(access_has_key(session, session->key));
    assert_string_not_equal(session->key, session->cookie);
    assert_false(access_has_key(session, session->cookie));
}

static void what_is_no_secret_opens_nothing(void **state)
{
    (void)state;
    struct http_access access;
    char zeros[SECRET_SIZE + 1];
    access_begin(&access);
    memset(zeros, '\0', sizeof zeros);
    assert_null(access_open(&access, ""));
    assert_null(access_open(&access, zeros));
    assert_null(access_by_cookie(&access, ""));
    memset(zeros, '0', SECRET_SIZE - 1);
    assert_null(access_open(&access, zeros));
    assert_null(access_by_cookie(&access, zeros));
}

static void only_the_last_addresses_and_browsers_are_let_in(void **state)
{
    (void)state;
    struct error error = {0};
    struct http_access access;
    char first[SECRET_SIZE], cookie[SECRET_SIZE];
    access_begin(&access);
    snprintf(first, sizeof first, "%s", access_token_new(&access, &error));
    for (int i = 0; i < ACCESS_TOKENS; i++)
        assert_non_null(access_token_new(&access, &error));
    assert_null(access_open(&access, first));
    snprintf(cookie, sizeof cookie, "%s",
             access_open(&access, access_token_new(&access, &error))->cookie);
    assert_non_null(access_by_cookie(&access, cookie));
    for (int i = 0; i < ACCESS_SESSIONS; i++)
        assert_non_null(
            access_open(&access, access_token_new(&access, &error)));
    assert_null(access_by_cookie(&access, cookie));
}

static void who_asks_too_often_waits_and_then_may_again(void **state)
{
    (void)state;
    struct rate rate = {.most = 3, .a_second = 2, .left = 3};
    for (int i = 0; i < 3; i++)
        assert_true(rate_allows(&rate, second));
    assert_false(rate_allows(&rate, second));
    assert_false(rate_allows(&rate, second + second / 4));
    assert_true(rate_allows(&rate, 2 * second));
    for (int i = 0; i < 3; i++)
        assert_true(rate_allows(&rate, 1000 * second));
    assert_false(rate_allows(&rate, 1000 * second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_opens_one_session_once),
        cmocka_unit_test(what_is_no_secret_opens_nothing),
        cmocka_unit_test(only_the_last_addresses_and_browsers_are_let_in),
        cmocka_unit_test(who_asks_too_often_waits_and_then_may_again),
    };
    return cmocka_run_group_tests_name("http access", tests, NULL, NULL);
}
