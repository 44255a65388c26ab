/*
 * xml_walk.c - see xml_walk.h.
 */
#include "xml_walk.h"

#include <expat.h>

enum { XML_DEPTH_MAX = 1000, XML_STEP = 1 << 24 };

struct walking {
    const struct xml_walk *walk;
    XML_Parser parser;
    unsigned depth;
    const char *why;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

static void stop(struct walking *walking, const char *why)
{
    walking->why = why;
    XML_StopParser(walking->parser, XML_FALSE);
}

static void XMLCALL begin(void *context, const char *name,
                          const char **attributes)
{
    struct walking *walking = context;
    if (++walking->depth > XML_DEPTH_MAX)
        stop(walking, "its elements are nested too deep");
    else
        walking->walk->begin(walking->walk->context, local(name), attributes);
}

static void XMLCALL end(void *context, const char *name)
{
    struct walking *walking = context;
    walking->depth--;
    walking->walk->end(walking->walk->context, local(name));
}

static void XMLCALL words(void *context, const char *bytes, int length)
{
    struct walking *walking = context;
    walking->walk->words(walking->walk->context,
                         (struct slice){bytes, (size_t)length});
}

static void XMLCALL entity(void *context, const char *name, int is_parameter,
                           const char *value, int length, const char *base,
                           const char *system, const char *public,
                           const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)length, (void)base;
    (void)system, (void)public, (void)notation;
    stop(context, "declares entities, as bombs do");
}

bool xml_walk(struct slice bytes, const struct xml_walk *walk, const char **why)
{
    struct walking walking = {.walk = walk,
                              .parser = XML_ParserCreate(NULL),
                              .why = "is no well-formed XML"};
    if (walking.parser == NULL) {
        *why = "no memory for a parser";
        return false;
    }
    XML_SetUserData(walking.parser, &walking);
    XML_SetElementHandler(walking.parser, begin, end);
    XML_SetCharacterDataHandler(walking.parser, words);
    XML_SetEntityDeclHandler(walking.parser, entity);
    enum XML_Status status = XML_STATUS_OK;
    do {
        size_t length = bytes.length < XML_STEP ? bytes.length : XML_STEP;
        status = XML_Parse(walking.parser, bytes.data, (int)length,
                           length == bytes.length);
        bytes = (struct slice){bytes.data + length, bytes.length - length};
    } while (status == XML_STATUS_OK && bytes.length > 0);
    XML_ParserFree(walking.parser);
    *why = walking.why;
    return status == XML_STATUS_OK;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}
