/*
 * link_sort.h - numbers in order. Of link/ alone.
 */
#ifndef MADAI_LINK_SORT_H
#define MADAI_LINK_SORT_H

#include <stddef.h>
#include <stdint.h>

void sort_numbers(uint64_t *, size_t count);

#endif
