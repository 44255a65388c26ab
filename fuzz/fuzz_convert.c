/*
 * fuzz_convert.c - a converter and any bytes: it ends, and its frames keep all
 * rules that the parent has for them. Built once for each converter.
 */
#include <assert.h>
#include <string.h>

#include "child.h"
#include "collect.h"
#include "fuzz.h"

extern const struct converter converter;

struct hearing {
    struct collect collect;
    bool is_refused;
};

/* A writer breaks no rule, whatever its converter says. */
static bool hear(void *context, struct slice frame)
{
    struct hearing *hearing = context;
    struct error error = {.kind = ERROR_NONE};
    if (!hearing->is_refused &&
        !collect_take(&hearing->collect, frame, &error)) {
        assert(strstr(error.text, "broke a rule") == NULL);
        hearing->is_refused = true;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static bool is_prepared;
    const struct slice input = {(const char *)bytes, length};
    struct conversion conversion = {.text = {"", 0}};
    struct hearing hearing = {.is_refused = false};
    struct arena *arena = arena_new((size_t)1 << 30);
    assert(arena != NULL);
    if (!is_prepared && converter.prepare != NULL)
        converter.prepare();
    is_prepared = true;
    collect_begin(&hearing.collect, arena, &conversion, length);
    struct writer *writer = writer_new(hear, &hearing);
    const char door[FRAME_HEADER + 4] = {FRAME_DOOR, 4};
    hear(&hearing, (struct slice){door, sizeof door});
    if (length > 0)
        converter.convert(input, file_kind_of(input, "").kind, writer);
    writer_finish(writer);
    struct error error;
    bool is_whole = hearing.is_refused || collect_end(&hearing.collect, &error);
    assert(is_whole);
    (void)is_whole;
    writer_free(writer);
    collect_release(&hearing.collect);
    arena_release(arena);
    return 0;
}
