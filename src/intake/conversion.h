/*
 * conversion.h - what intake makes of a file: its text, and for each piece of
 * the text where in the original it stands.
 *
 * Invariants
 *   1. The text is UTF-8 without controls but line ends and tabs. Paragraphs
 *      are parted by an empty line; a line end alone is a line's.
 *   2. Places are in the order of the text, do not overlap, lie within it and
 *      begin and end on borders of characters. Text between them is ours
 *      (empty lines).
 *   3. Facts are what the file says of itself. Anybody can write anything
 *      into a file: they are shown with where they stand, never trusted.
 *   4. A member is a document of its own (an attachment, a file of an
 *      archive). Its bytes are as untrusted as those it came in.
 */
#ifndef MADAI_CONVERSION_H
#define MADAI_CONVERSION_H

#include "arena.h"
#include "file_kind.h"
#include "slice.h"

/* More would not be a document that anybody reads; a helper that sends more is
 * stopped. Texts are bounded besides by RATIO_MAX. */
#define CONVERSION_TEXT_MAX ((size_t)256 << 20)
#define CONVERSION_ORIGINS_MAX ((size_t)4 << 20)
#define CONVERSION_MEMBERS_MAX 10000
#define CONVERSION_FACTS_MAX 1000
#define CONVERSION_WARNINGS_MAX 100
/* Unpacked bytes to packed ones, above RATIO_FREE bytes. */
#define CONVERSION_RATIO_MAX 200
#define CONVERSION_RATIO_FREE ((size_t)16 << 20)
#define CONVERSION_DEPTH_MAX 3 /* members of members of members */

/* What a piece of text is in its page; the first five words of a reading's
 * `parts`, and what only a file can tell. */
enum origin_kind {
    ORIGIN_BODY,
    ORIGIN_HEADLINE,
    ORIGIN_BYLINE,
    ORIGIN_DATELINE,
    ORIGIN_CAPTION,
    ORIGIN_CREDIT,
    ORIGIN_BULLET,
    ORIGIN_TABLE,
    ORIGIN_FOOTNOTE,
    ORIGIN_NOTE,     /* a comment in the margin */
    ORIGIN_INSERTED, /* tracked changes that nobody has taken yet */
    ORIGIN_DELETED,
    ORIGIN_POST,
    ORIGIN_HEADER, /* of a message */
    ORIGIN_QUOTED,
    ORIGIN_LINK, /* the last three are kept, and not read */
    ORIGIN_ADVERT,
    ORIGIN_COMMENT,
    ORIGIN_KINDS
};
extern const char *const origin_kind_names[ORIGIN_KINDS];

/* Whether nothing is looked for in it. */
static inline bool origin_is_unread(enum origin_kind kind)
{
    return kind == ORIGIN_LINK || kind == ORIGIN_ADVERT ||
           kind == ORIGIN_COMMENT;
}

/* In tenths of a point from the page's upper left corner, or pixels where the
 * original is a picture. All zero: not known. */
struct origin_box {
    uint32_t left, top, right, bottom;
};

struct origin {
    struct span span;
    uint32_t page;      /* from 1; 0: the format has none */
    uint32_t paragraph; /* from 1, in the order of the text */
    enum origin_kind kind;
    struct origin_box box;
    /* Percent, 1 to 99: how sure a recognised word is; 0: it was written. */
    uint8_t confidence;
};

struct fact {
    const char *name;  /* title, author, published, software, ... */
    const char *value; /* UTF-8, one line */
    const char *from;  /* where it stands: "JSON-LD", "header Date", ... */
};

struct member {
    const char *name; /* as the file calls it: data, never a path */
    struct slice bytes;
};

struct conversion {
    enum file_kind kind;
    struct slice text; /* may be empty */
    LIST(struct origin) origins;
    LIST(struct fact) facts;
    LIST(const char *) warnings;
    LIST(struct member) members;
    bool is_same;  /* the text is the file's bytes, checked and unchanged */
    bool has_scan; /* there were pages without a text layer */
};

/* The value of the first fact of this name; NULL where there is none. */
const char *conversion_fact(const struct conversion *, const char *name);

/* Day (YYYY-MM-DD) on which the file says it was published or sent, in the
 * fact's own bytes; NULL where it does not say one. */
struct slice conversion_date(const struct conversion *);

#endif
