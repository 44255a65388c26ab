/*
 * frame.h - what a helper tells its parent: frames of a type, a length in four
 * bytes (lowest first), and as many bytes.
 *
 * Only one side of the pipe is trusted. The parent takes each frame for what
 * an attacker may have written: see collect.h for what it checks.
 */
#ifndef MADAI_FRAME_H
#define MADAI_FRAME_H

#include "slice.h"

enum frame_type {
    FRAME_DOOR = 'D',    /* u32: what of the sandbox is in force; the first */
    FRAME_TEXT = 'T',    /* UTF-8 */
    FRAME_ORIGINS = 'P', /* places, ORIGIN_WORDS u32 each */
    FRAME_FACT = 'F',    /* name NUL value NUL from */
    FRAME_WARNING = 'W', /* words */
    FRAME_MEMBER = 'M',  /* its name; its bytes follow */
    FRAME_BYTES = 'B',   /* of the member begun last */
    FRAME_SCAN = 'S',    /* pages without text: nothing in it */
    FRAME_PICTURE = 'I', /* u32: of which page; its bytes follow */
    FRAME_REFUSED = 'R', /* words: why; the last */
    FRAME_END = 'E',     /* all was told; the last */
};

enum {
    FRAME_HEADER = 5,
    FRAME_BYTES_MAX = 1 << 20,
    /* begin end page paragraph kind left top right bottom confidence */
    ORIGIN_WORDS = 10,
};

static inline void frame_put_u32(char *to, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (char)(value >> (8 * i) & 0xFF);
}

static inline uint32_t frame_get_u32(const char *from)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++)
        value |= (uint32_t)(unsigned char)from[i] << (8 * i);
    return value;
}

#endif
