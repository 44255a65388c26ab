/*
 * fuzz_frames.c - what a helper that an attacker has taken over may write: the
 * parent takes it or says what is wrong; what it took keeps the invariants.
 */
#include <assert.h>

#include "collect.h"
#include "fuzz.h"
#include "utf8.h"

static void check(const struct conversion *conversion)
{
    uint32_t before = 0;
    assert(utf8_count_invalid(conversion->text) == 0);
    for (size_t i = 0; i < conversion->origins.count; i++) {
        const struct span span = conversion->origins.items[i].span;
        assert(before <= span.begin && span.begin <= span.end);
        assert(span.end <= conversion->text.length);
        assert(conversion->origins.items[i].kind < ORIGIN_KINDS);
        before = span.end;
    }
    for (size_t i = 0; i < conversion->facts.count; i++)
        assert(conversion->facts.items[i].value != NULL);
    for (size_t i = 0; i < conversion->members.count; i++)
        assert(conversion->members.items[i].name != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct conversion conversion = {.text = {"", 0}};
    struct collect collect;
    struct error error = {.kind = ERROR_NONE};
    struct arena *arena = arena_new((size_t)1 << 28);
    assert(arena != NULL);
    collect_begin(&collect, arena, &conversion, length);
    /* In pieces, as a pipe gives them. */
    bool is_well = true;
    for (size_t at = 0; at < length && is_well; at += 7) {
        const size_t piece = length - at < 7 ? length - at : 7;
        is_well = collect_take(
            &collect, (struct slice){(const char *)bytes + at, piece}, &error);
    }
    if (is_well && collect_end(&collect, &error))
        check(&conversion);
    else
        assert(error.kind != ERROR_NONE && error.text[0] != '\0');
    collect_release(&collect);
    arena_release(arena);
    return 0;
}
