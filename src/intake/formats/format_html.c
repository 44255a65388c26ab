/*
 * format_html.c - web pages, as saved from a browser or crawled.
 */
#include "child.h"
#include "html_convert.h"

static void convert_html(struct slice bytes, enum file_kind kind,
                         struct writer *writer)
{
    const char *why;
    (void)kind;
    if (!html_convert(bytes, NULL, writer, &why))
        writer_refuse(writer, "%s", why);
}

const struct converter converter = {.convert = convert_html};
