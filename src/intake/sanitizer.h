/*
 * sanitizer.h - whether the build has a sanitizer: it reserves terabytes of
 * addresses that it never uses, and has threads of its own.
 */
#ifndef MADAI_SANITIZER_H
#define MADAI_SANITIZER_H

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||           \
    HAS_FEATURE(address_sanitizer) || HAS_FEATURE(thread_sanitizer)
enum { HAS_SANITIZER = 1 };
#else
enum { HAS_SANITIZER = 0 };
#endif

#endif
