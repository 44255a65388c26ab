/*
 * template_words.h - the files of data/templates as tools/embed.c makes them.
 */
#ifndef MADAI_TEMPLATE_WORDS_H
#define MADAI_TEMPLATE_WORDS_H

#include <stddef.h>

extern const char template_plain[];
extern const size_t template_plain_length;
extern const char template_article_15[];
extern const size_t template_article_15_length;
extern const char template_oversight[];
extern const size_t template_oversight_length;
extern const char template_african_commission[];
extern const size_t template_african_commission_length;
extern const char template_press[];
extern const size_t template_press_length;
extern const char template_chronology[];
extern const size_t template_chronology_length;
extern const char template_matrix[];
extern const size_t template_matrix_length;

#endif
