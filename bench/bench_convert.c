/*
 * bench_convert.c - a converter alone, in one process, without sandbox and
 * pipe: what it costs to parse a document. Built once for each converter.
 *
 *     bench-convert-NAME TIMES FILE...    seconds of the processor for a round
 *     bench-convert-NAME json FILE...     the conversions, for a debugger
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "child.h"
#include "collect.h"
#include "conversion_json.h"
#include "file.h"

extern const struct converter converter;

struct hearing {
    struct collect collect;
    struct error error;
};

static bool hear(void *context, struct slice frame)
{
    struct hearing *hearing = context;
    return hearing->error.kind != ERROR_NONE ||
           collect_take(&hearing->collect, frame, &hearing->error) ||
           hearing->error.kind == ERROR_BAD_INPUT;
}

static bool to_stdout(void *context, struct slice bytes, struct error *error)
{
    (void)context, (void)error;
    return fwrite(bytes.data, 1, bytes.length, stdout) == bytes.length;
}

/* Bytes of text; told where `is_shown`. */
static size_t convert(struct slice bytes, const char *name, bool is_shown)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct conversion conversion = {.kind = file_kind_of(bytes, name).kind};
    struct hearing hearing = {.error = {.kind = ERROR_NONE}};
    const char door[FRAME_HEADER + 4] = {FRAME_DOOR, 4};
    struct error error;
    if (arena == NULL)
        return 0;
    collect_begin(&hearing.collect, arena, &conversion, bytes.length);
    struct writer *writer = writer_new(hear, &hearing);
    hear(&hearing, (struct slice){door, sizeof door});
    converter.convert(bytes, conversion.kind, writer);
    writer_finish(writer);
    if (hearing.error.kind != ERROR_NONE ||
        !collect_end(&hearing.collect, &hearing.error))
        fprintf(stderr, "%s: %s\n", name, hearing.error.text);
    if (is_shown &&
        conversion_json_write(&conversion, slice_of(name), bytes,
                              (struct json_sink){to_stdout, NULL}, &error))
        putchar('\n');
    const size_t length = conversion.text.length;
    writer_free(writer);
    collect_release(&hearing.collect);
    arena_release(arena);
    return length;
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int count, char **words)
{
    if (count < 3) {
        fprintf(stderr, "usage: %s TIMES|json FILE...\n", words[0]);
        return 2;
    }
    const bool is_shown = strcmp(words[1], "json") == 0;
    const long times = is_shown ? 1 : strtol(words[1], NULL, 10);
    size_t input = 0, output = 0;
    if (converter.prepare != NULL)
        converter.prepare();
    const double begin = processor_seconds();
    for (long i = 0; i < times; i++)
        for (int j = 2; j < count; j++) {
            struct error error;
            struct file file;
            if (!file_read(words[j], (size_t)1 << 30, &file, &error)) {
                fprintf(stderr, "%s: %s\n", words[j], error.text);
                return 1;
            }
            input += file.bytes.length;
            output += convert(file.bytes, words[j], is_shown);
            file_close(&file);
        }
    if (!is_shown)
        printf("%.6f s a round, %zu bytes in, %zu out\n",
               (processor_seconds() - begin) / (double)times,
               input / (size_t)times, output / (size_t)times);
    return 0;
}
