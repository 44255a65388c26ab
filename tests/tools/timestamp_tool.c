/*
 * timestamp_tool.c - time stamps from the command line, for tests:
 *
 *     timestamp_tool query NOTE                         DER on standard output
 *     timestamp_tool check ANSWER QUERY NOTE TRUSTED    time and authority
 *
 * QUERY may be - for none. Exits with 1 and the error's kind and words.
 *
 * With a number before these, the allocation of libcrypto of that number, the
 * first being 1, fails: timestamp_tool 17 query NOTE.
 */
#include <openssl/crypto.h>

#include "file.h"
#include "timestamp.h"

static unsigned long left; /* until an allocation fails; 0: none does */

static void *scarce(size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return left > 0 && --left == 0 ? NULL : malloc(size);
}

static void *scarce_again(void *old, size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return left > 0 && --left == 0 ? NULL : realloc(old, size);
}

static void give_back(void *memory, const char *file, int line)
{
    (void)file, (void)line;
    free(memory);
}

static bool query(char **paths, struct arena *arena, struct error *error)
{
    struct file note;
    struct slice bytes;
    if (!file_read(paths[0], TIMESTAMP_BYTES_MAX, &note, error))
        return false;
    bool is_made = timestamp_query(arena, note.bytes, &bytes, error);
    if (is_made)
        fwrite(bytes.data, 1, bytes.length, stdout);
    file_close(&note);
    return is_made;
}

static bool check(char **paths, struct error *error)
{
    struct file files[4] = {{{NULL, 0}, false}};
    struct timestamp stamp;
    bool is_done = true;
    for (size_t i = 0; is_done && i < 4; i++)
        is_done =
            strcmp(paths[i], "-") == 0 ||
            file_read(paths[i], 2 * TIMESTAMP_BYTES_MAX, &files[i], error);
    is_done = is_done &&
              timestamp_check(files[0].bytes, files[1].bytes, files[2].bytes,
                              files[3].bytes, &stamp, error);
    if (is_done)
        printf("%s %s\n", stamp.time, stamp.authority);
    for (size_t i = 0; i < 4; i++)
        file_close(&files[i]);
    return is_done;
}

/* libcrypto takes much for itself when it is first used; a first try with all
 * it wants lets the next one count what is ours. */
static bool run(int count, char **words, struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 16);
    bool is_done = false;
    if (count == 2 && strcmp(words[0], "query") == 0)
        is_done = query(words + 1, arena, error);
    else if (count == 5 && strcmp(words[0], "check") == 0)
        is_done = check(words + 1, error);
    arena_release(arena);
    return is_done;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    char *end = NULL;
    unsigned long number = count > 1 ? strtoul(arguments[1], &end, 10) : 0;
    int skip = number > 0 && *end == '\0' ? 2 : 1;
    if (skip == 2 &&
        (CRYPTO_set_mem_functions(scarce, scarce_again, give_back) != 1 ||
         !run(count - skip, arguments + skip, &error)))
        return 2;
    left = skip == 2 ? number : 0;
    bool is_done = run(count - skip, arguments + skip, &error);
    if (skip == 2 && left > 0)
        return 3; /* so many were never wanted */
    if (!is_done)
        fprintf(stderr, "%d %s\n", (int)error.kind, error.text);
    return is_done ? 0 : 1;
}
