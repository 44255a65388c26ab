/*
 * test_memory.c - opening a model and making a labeller when memory runs out
 * at each place in turn: an error, and nothing is left behind (the sanitizer
 * looks).
 */
#include "label.h"
#include "tiny.h"

/* Counts down to the call that fails; 0: none. Linked with --wrap. */
static size_t fail_at;

static bool is_failing(void) { return fail_at > 0 && --fail_at == 0; }

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_aligned_alloc(size_t, size_t);
void *__wrap_malloc(size_t);
void *__wrap_calloc(size_t, size_t);
void *__wrap_aligned_alloc(size_t, size_t);

void *__wrap_malloc(size_t size)
{
    return is_failing() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_failing() ? NULL : __real_calloc(count, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return is_failing() ? NULL : __real_aligned_alloc(alignment, size);
}

static void a_model_that_finds_no_memory_is_refused(void **state)
{
    (void)state;
    struct model *model = NULL;
    size_t failures = 0;
    for (; model == NULL; failures++) {
        struct error error = {0};
        fail_at = failures + 1;
        model = model_open(TINY_PATH, &error);
        fail_at = 0;
        if (model == NULL)
            assert_int_equal(error.kind, ERROR_LIMIT);
    }
    assert_true(failures > 5);
    model_close(model);
}

static void a_labeller_that_finds_no_memory_is_refused(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labeller *labeller = NULL;
    size_t failures = 0;
    for (; labeller == NULL; failures++) {
        struct error error = {0};
        fail_at = failures + 1;
        labeller = labeller_new(model, &error);
        fail_at = 0;
        if (labeller == NULL)
            assert_error(error, ERROR_LIMIT, "out of memory");
    }
    assert_true(failures > 15);
    labeller_free(labeller);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_that_finds_no_memory_is_refused),
        cmocka_unit_test(a_labeller_that_finds_no_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
