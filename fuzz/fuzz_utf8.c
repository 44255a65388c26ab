/*
 * fuzz_utf8.c - units tile any bytes, and are the same from both ends.
 */
#include <assert.h>

#include "fuzz.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct slice text = {(const char *)bytes, length};
    size_t at = 0;
    while (at < length) {
        struct utf8 unit = utf8_at(text, at);
        assert(unit.length >= 1 && unit.length <= length - at);
        struct utf8 back = utf8_before(text, at + unit.length);
        assert(back.code_point == unit.code_point);
        assert(back.length == unit.length);
        if (unit.code_point != UTF8_INVALID) {
            char again[4];
            assert(utf8_encode(unit.code_point, again) == unit.length);
            assert(memcmp(again, bytes + at, unit.length) == 0);
        }
        at += unit.length;
    }
    assert(at == length);
    return 0;
}
