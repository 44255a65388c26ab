/*
 * kernels_choose.c - which build of the kernels this processor runs.
 */
#include "kernels.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

extern const struct kernels kernels_plain;

#if defined(__x86_64__)
extern const struct kernels kernels_sse41, kernels_avx2, kernels_avx512,
    kernels_avx512vnni;

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

/* The builds that run here, the plainest first. */
static size_t kernels_list(const struct kernels *list[5])
{
    size_t count = 0;
    list[count++] = &kernels_plain;
    if (__builtin_cpu_supports("sse4.1"))
        list[count++] = &kernels_sse41;
    if (__builtin_cpu_supports("avx2"))
        list[count++] = &kernels_avx2;
    if (has_avx512())
        list[count++] = &kernels_avx512;
    if (has_avx512() && __builtin_cpu_supports("avx512vnni"))
        list[count++] = &kernels_avx512vnni;
    return count;
}
#else
static size_t kernels_list(const struct kernels *list[5])
{
    list[0] = &kernels_plain;
    return 1;
}
#endif

const struct kernels *kernels_choose(void)
{
    static const char *const names[] = {"plain", "sse41", "avx2", "avx512",
                                        "avx512vnni"};
    const struct kernels *list[5];
    const size_t count = kernels_list(list);
    const char *wanted = getenv("MADAI_KERNELS");
    for (size_t i = 0; wanted != NULL && i < 5; i++)
        if (strcmp(wanted, names[i]) == 0)
            return list[i < count ? i : count - 1];
    return list[count - 1];
}
