/*
 * fuzz_text.c - any bytes are a text, and all that text.h promises holds.
 */
#include <assert.h>

#include "check_text.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct error error = {0};
    struct text text;
    struct arena *arena = arena_new((size_t)1 << 28);
    assert(arena != NULL);
    bool is_good = text_analyse((struct slice){(const char *)bytes, length},
                                arena, &text, &error);
    assert(is_good);
    const char *fault = text_fault(&text);
    if (fault != NULL) {
        fprintf(stderr, "%s\n", fault);
        abort();
    }
    arena_release(arena);
    return 0;
}
