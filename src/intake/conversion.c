/*
 * conversion.c - see conversion.h.
 */
#include "conversion.h"

#include <ctype.h>

const char *const origin_kind_names[ORIGIN_KINDS] = {
    "body",   "headline", "byline",          "dateline", "caption",  "credit",
    "bullet", "table",    "footnote",        "note",     "inserted", "deleted",
    "post",   "header",   "quoted-document", "link",     "advert",   "comment"};

const char *conversion_fact(const struct conversion *conversion,
                            const char *name)
{
    for (size_t i = 0; i < conversion->facts.count; i++)
        if (strcmp(conversion->facts.items[i].name, name) == 0)
            return conversion->facts.items[i].value;
    return NULL;
}

static bool is_day(const char *value)
{
    static const char form[] = "0000-00-00";
    for (size_t i = 0; form[i] != '\0'; i++)
        if (form[i] == '0' ? !isdigit((unsigned char)value[i])
                           : value[i] != form[i])
            return false;
    return !isdigit((unsigned char)value[sizeof form - 1]);
}

struct slice conversion_date(const struct conversion *conversion)
{
    for (size_t i = 0; i < conversion->facts.count; i++) {
        const struct fact *fact = &conversion->facts.items[i];
        if (strcmp(fact->name, "published") == 0 && is_day(fact->value))
            return (struct slice){fact->value, 10};
    }
    return (struct slice){NULL, 0};
}
