/*
 * timestamp_tool.c - time stamps from the command line, for tests:
 *
 *     timestamp_tool query NOTE                         DER on standard output
 *     timestamp_tool check ANSWER QUERY NOTE TRUSTED    time and authority
 *
 * QUERY may be - for none. Exits with 1 and the error's kind and words.
 */
#include "file.h"
#include "timestamp.h"

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

int main(int count, char **arguments)
{
    struct error error = {0};
    struct arena *arena = arena_new((size_t)1 << 16);
    bool is_done = false;
    if (count == 3 && strcmp(arguments[1], "query") == 0)
        is_done = query(arguments + 2, arena, &error);
    else if (count == 6 && strcmp(arguments[1], "check") == 0)
        is_done = check(arguments + 2, &error);
    if (!is_done)
        fprintf(stderr, "%d %s\n", (int)error.kind, error.text);
    arena_release(arena);
    return is_done ? 0 : 1;
}
