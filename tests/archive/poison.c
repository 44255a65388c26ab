/*
 * poison.c - libmadai with texts that it cannot bear: a test's stand-in for
 * faults that are not known yet.
 *
 * Loaded in place of libmadai, which it is linked to; only madai_read is its
 * own. A text that begins with "POISON" crashes, spins, sleeps or eats memory.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "madai.h"

/* Nothing else here names libmadai, and the linker drops what nobody names. */
__attribute__((used)) static const char *(*const kept)(void) = madai_version;

static bool begins(const char *bytes, size_t length, const char *word)
{
    return length >= strlen(word) && memcmp(bytes, word, strlen(word)) == 0;
}

static void eat(void)
{
    enum { PIECE = 1 << 20 };
    for (;;) {
        char *piece = malloc(PIECE);
        if (piece == NULL)
            abort();
        memset(piece, 1, PIECE);
        /* So that the compiler cannot see that nobody reads it. */
        __asm__ volatile("" : : "r"(piece) : "memory");
    }
}

static void suffer(const char *bytes, size_t length)
{
    if (begins(bytes, length, "POISON crash"))
        raise(SIGSEGV);
    if (begins(bytes, length, "POISON abort"))
        abort();
    if (begins(bytes, length, "POISON exit"))
        _exit(7);
    if (begins(bytes, length, "POISON memory"))
        eat();
    while (begins(bytes, length, "POISON spin"))
        __asm__ volatile("" : : : "memory");
    while (begins(bytes, length, "POISON sleep"))
        pause();
}

MADAI_API const struct madai_reading *
madai_read(struct madai_reader *reader, const char *bytes, size_t length,
           const struct madai_given *given, struct madai_error *error)
{
    typedef const struct madai_reading *reads(
        struct madai_reader *, const char *, size_t, const struct madai_given *,
        struct madai_error *);
    reads *read_on;
    void *found = dlsym(RTLD_NEXT, "madai_read");
    memcpy(&read_on, &found, sizeof read_on);
    suffer(bytes, length);
    return read_on(reader, bytes, length, given, error);
}
