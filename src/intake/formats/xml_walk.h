/*
 * xml_walk.h - XML by expat, as a walk: begin, words, end.
 *
 * Names come without their prefix: in the formats that are read here no two
 * that matter differ by it alone. A document that declares entities is
 * refused: none of these formats has any, and bombs are made of them.
 */
#ifndef MADAI_XML_WALK_H
#define MADAI_XML_WALK_H

#include "slice.h"

struct xml_walk {
    void (*begin)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*words)(void *context, struct slice);
    void *context;
};

/* False, with why (static words), where it is none to its end; what came
 * before was told. */
bool xml_walk(struct slice bytes, const struct xml_walk *, const char **why);

/* The value of an attribute, by its name without prefix; NULL. */
const char *xml_attribute(const char **attributes, const char *name);

#endif
