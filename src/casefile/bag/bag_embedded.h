/*
 * bag_embedded.h - what every bag carries for the stranger who gets it;
 * tools/embed.c made it of verify.py and VERIFY.txt.
 */
#ifndef MADAI_BAG_EMBEDDED_H
#define MADAI_BAG_EMBEDDED_H

#include <stddef.h>

extern const char bag_verify[];
extern const size_t bag_verify_length;
extern const char bag_explain[];
extern const size_t bag_explain_length;

#endif
