/*
 * test_file.c - whole files, standard input, and what cannot be read.
 */
#include "test.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "file.h"

/* A file without a name, of this content; path it by /proc. */
struct scratch {
    int descriptor;
    char path[32];
};

static struct scratch scratch_new(struct slice content)
{
    struct scratch scratch = {.descriptor = memfd_create("scratch", 0)};
    assert_true(scratch.descriptor >= 0);
    assert_int_equal(write(scratch.descriptor, content.data, content.length),
                     content.length);
    snprintf(scratch.path, sizeof scratch.path, "/proc/self/fd/%d",
             scratch.descriptor);
    return scratch;
}

typedef bool reader(const char *, size_t, struct file *, struct error *);
static reader *const readers[] = {file_read, file_map};

static void a_file_comes_whole(void **state)
{
    (void)state;
    char content[200000];
    for (size_t i = 0; i < sizeof content; i++)
        content[i] = (char)(i % 251);
    const size_t lengths[] = {0, 1, 4096, 65536, sizeof content};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct slice wanted = {content, lengths[i]};
        struct scratch scratch = scratch_new(wanted);
        for (size_t j = 0; j < 2; j++) {
            struct error error = {0};
            struct file file;
            assert_true(readers[j](scratch.path, lengths[i], &file, &error));
            assert_true(slice_equals(file.bytes, wanted));
            assert_int_equal(file.is_mapped, j == 1);
            file_close(&file);
            assert_null(file.bytes.data);
        }
        close(scratch.descriptor);
    }
}

static void standard_input_is_read_to_its_end(void **state)
{
    (void)state;
    char content[60000];
    memset(content, 'm', sizeof content);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    /* A pipe holds 64 KiB, so no second process is needed. */
    assert_int_equal(write(ends[1], content, sizeof content), sizeof content);
    close(ends[1]);
    int saved = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);

    struct error error = {0};
    struct file file;
    assert_true(file_read("-", 1 << 20, &file, &error));
    assert_true(
        slice_equals(file.bytes, (struct slice){content, sizeof content}));
    file_close(&file);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
}

static void a_pipe_longer_than_the_limit_is_refused(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "12345", 5), 5);
    close(ends[1]);
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    struct error error = {0};
    struct file file;
    assert_false(file_read(path, 4, &file, &error));
    assert_error(error, ERROR_LIMIT, "longer than 4 bytes");
    close(ends[0]);
}

static void what_is_not_there_or_no_file_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct error error = {0};
        struct file file;
        assert_false(readers[i]("/no/such/file", 9, &file, &error));
        assert_error(error, ERROR_NOT_FOUND,
                     "cannot open: No such file or directory");
        assert_false(readers[i]("/", 9, &file, &error));
        assert_error(error, ERROR_IO, "cannot read: Is a directory");
    }
    struct error error = {0};
    struct file file;
    assert_false(file_map("/dev/null", 9, &file, &error));
    assert_error(error, ERROR_IO, "not a regular file");
}

static void a_file_longer_than_the_limit_is_refused(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(slice_of("12345"));
    for (size_t i = 0; i < 2; i++) {
        struct error error = {0};
        struct file file;
        assert_false(readers[i](scratch.path, 4, &file, &error));
        assert_error(error, ERROR_LIMIT, "longer than 4 bytes");
    }
    close(scratch.descriptor);
}

static void a_descriptor_that_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    int saved = dup(STDIN_FILENO);
    int write_only = open("/dev/null", O_WRONLY);
    dup2(write_only, STDIN_FILENO);
    close(write_only);
    struct error error = {0};
    struct file file;
    assert_false(file_read("-", 9, &file, &error));
    assert_error(error, ERROR_IO, "cannot read: Bad file descriptor");
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
}

static void a_file_larger_than_memory_is_an_error(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(slice_of(""));
    assert_int_equal(ftruncate(scratch.descriptor, (off_t)1 << 60), 0);
    struct error error = {0};
    struct file file;
    assert_false(file_read(scratch.path, SIZE_MAX, &file, &error));
    assert_error(error, ERROR_LIMIT, "no memory for the file");
    assert_false(file_map(scratch.path, SIZE_MAX, &file, &error));
    assert_error(error, ERROR_LIMIT, "cannot map: Cannot allocate memory");
    close(scratch.descriptor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_comes_whole),
        cmocka_unit_test(standard_input_is_read_to_its_end),
        cmocka_unit_test(a_pipe_longer_than_the_limit_is_refused),
        cmocka_unit_test(what_is_not_there_or_no_file_is_refused),
        cmocka_unit_test(a_file_longer_than_the_limit_is_refused),
        cmocka_unit_test(a_descriptor_that_cannot_be_read_is_an_error),
        cmocka_unit_test(a_file_larger_than_memory_is_an_error),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
