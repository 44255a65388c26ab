/*
 * test_sandbox.c - nothing gets out of a helper, and no helper can deceive its
 * parent. The document tells the helper what to try (format_probe.c).
 */
#include <sys/wait.h>
#include <unistd.h>

#include "collect.h"
#include "helper.h"
#include "probes.h"
#include "sandbox_part.h"
#include "test.h"

struct outcome {
    bool is_well;
    struct error error;
    struct conversion conversion;
    uint32_t in_force;
    struct arena *arena;
};

static bool take(void *context, struct slice bytes, struct error *error)
{
    return collect_take(context, bytes, error);
}

static struct outcome run(const char *program, const char *document)
{
    struct outcome outcome = {.arena = arena_new((size_t)1 << 30)};
    struct collect collect;
    assert_non_null(outcome.arena);
    collect_begin(&collect, outcome.arena, &outcome.conversion,
                  strlen(document));
    const struct helper_job job = {.program = program,
                                   .kind = "other",
                                   .input = slice_of(document),
                                   .cpu_seconds = 1,
                                   .take = take,
                                   .context = &collect};
    outcome.is_well = helper_run(&job, &outcome.error) &&
                      collect_end(&collect, &outcome.error);
    outcome.in_force = collect.in_force;
    collect_release(&collect);
    return outcome;
}

static void none_gets_out(const char *program)
{
    unsigned escaped = 0;
    for (size_t i = 0; i < probe_count; i++) {
        struct outcome outcome = run(program, probes[i].name);
        bool is_held = !outcome.is_well ||
                       slice_equals(outcome.conversion.text, slice_of("held"));
        if (!is_held)
            print_message("# escaped: %s\n", probes[i].name);
        escaped += !is_held;
        assert_true(outcome.is_well || outcome.error.kind == ERROR_BAD_INPUT);
        arena_release(outcome.arena);
    }
    assert_true(probe_count >= 25);
    assert_int_equal(escaped, 0);
}

static void no_probe_gets_out(void **state)
{
    (void)state;
    none_gets_out(PROBE);
}

static void no_probe_gets_out_where_folders_may_be_read(void **state)
{
    (void)state;
    none_gets_out(PROBE_WITH_FOLDERS);
}

static void probes_do_what_they_say_where_nothing_holds_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < probe_count; i++) {
        if (!probes[i].works_outside)
            continue;
        pid_t child = fork();
        if (child == 0)
            _exit(probes[i].escapes() ? 0 : 1);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (status != 0)
            print_message("# does not work here: %s\n", probes[i].name);
        assert_int_equal(status, 0);
    }
    unlink("/tmp/madai-probe");
}

static void the_whole_sandbox_is_in_force(void **state)
{
    (void)state;
    struct outcome outcome = run(PROBE, "nothing");
    assert_true(outcome.is_well);
    assert_int_equal(outcome.in_force & SANDBOX_REQUIRED, SANDBOX_REQUIRED);
    arena_release(outcome.arena);
}

static void says(const char *document, const char *words)
{
    struct outcome outcome = run(PROBE, document);
    assert_false(outcome.is_well);
    assert_int_equal(outcome.error.kind, ERROR_BAD_INPUT);
    if (strstr(outcome.error.text, words) == NULL)
        print_message("# %s: %s\n", document, outcome.error.text);
    assert_non_null(strstr(outcome.error.text, words));
    arena_release(outcome.arena);
}

static void each_end_has_its_words(void **state)
{
    (void)state;
    says("spin", "more than 1 s of computing");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    says("crash", "crashed"); /* the sanitizers end it in their own way */
#endif
    says("start thread", "tried what it may not");
}

static void no_lie_is_believed(void **state)
{
    (void)state;
    says("lie: control", "no clean UTF-8");
    says("lie: half a character", "no clean UTF-8");
    says("lie: length", "no length");
    says("lie: type", "no type");
    says("lie: door", "two words");
    says("lie: bytes of no member", "bytes of no member");
    says("lie: half a fact", "half a fact");
    says("lie: place outside", "outside the text");
    says("lie: place backwards", "out of order");
    says("lie: place of no kind", "out of order");
    says("lie: stop", "stopped before the end");
    says("lie: after the end", "after the end");
    says("lie: flood", "times its size");
}

static void a_helper_that_is_not_there_is_told(void **state)
{
    (void)state;
    struct outcome outcome = run("/nowhere/madai-convert-x", "nothing");
    assert_false(outcome.is_well);
    assert_int_equal(outcome.error.kind, ERROR_NOT_FOUND);
    arena_release(outcome.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_sandbox_is_in_force),
        cmocka_unit_test(probes_do_what_they_say_where_nothing_holds_them),
        cmocka_unit_test(no_probe_gets_out),
        cmocka_unit_test(no_probe_gets_out_where_folders_may_be_read),
        cmocka_unit_test(each_end_has_its_words),
        cmocka_unit_test(no_lie_is_believed),
        cmocka_unit_test(a_helper_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
