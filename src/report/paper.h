/*
 * paper.h - a document before it is Markdown, HTML, DOCX or PDF: headings,
 * numbered paragraphs, tables, and notes that hold passages.
 *
 * It is built from first to last. Whoever builds does not ask after each call
 * whether memory was there: the first failure is kept, what comes after it
 * does nothing, and paper_end tells.
 *
 * Invariants
 *   1. Each sentence that was made of findings has a note, and each note at
 *      least one passage; paper_end refuses a paper where one has none.
 *   2. The same calls give the same paper: it holds no clock, no address.
 */
#ifndef MADAI_PAPER_H
#define MADAI_PAPER_H

#include "arena.h"
#include "error.h"
#include "slice.h"

#define PAPER_NONE SIZE_MAX
#define PAPER_COLUMNS_MAX 12
#define PAPER_BLOCKS_MAX ((size_t)1 << 22)

enum run_kind {
    RUN_TEXT,
    RUN_NOTE,  /* `target`: number of the note, from 0 */
    RUN_REF,   /* `target`: number of the block it points to */
    RUN_BEGIN, /* a sentence made of findings begins; `target`: a
                  sentence_mark, not 0 where it rests on what nobody reviewed */
    RUN_END    /* and ends */
};
enum sentence_mark {
    MARK_NONE,
    MARK_SENTENCE,
    MARK_PARAGRAPH, /* the first of a paragraph of such sentences */
    MARK_WITH       /* marked with the first of its paragraph */
};
enum run_style {
    RUN_PLAIN = 0,
    RUN_BOLD = 1,
    RUN_ITALIC = 2,
    RUN_QUOTE = 4, /* words of a document: `language` is theirs */
    RUN_BLANK = 8  /* for a person to fill in */
};

struct run {
    enum run_kind kind;
    unsigned style;
    struct slice text;    /* the arena's */
    const char *language; /* NULL: the paper's */
    size_t target;
};
struct runs {
    struct run *items;
    size_t count;
    size_t capacity;
};

enum block_kind {
    BLOCK_TITLE,
    BLOCK_SUBTITLE,
    BLOCK_HEADING,  /* `level` 1 to 3 */
    BLOCK_NUMBERED, /* `number`, through the whole paper */
    BLOCK_PLAIN,
    BLOCK_ITEM, /* of a list */
    BLOCK_CONTENTS,
    BLOCK_TABLE
};

struct cell {
    struct runs runs;
};
struct table_cells_row {
    struct cell cells[PAPER_COLUMNS_MAX];
};
struct paper_table {
    size_t columns;
    unsigned widths[PAPER_COLUMNS_MAX]; /* parts of the whole, any unit */
    struct table_cells_row *items;      /* the first is the head */
    size_t count;
    size_t capacity;
};

struct block {
    enum block_kind kind;
    unsigned level;
    size_t number;     /* of a numbered paragraph or heading, from 1; else 0 */
    const char *label; /* of a heading: "2", "2.1"; the arena's */
    struct runs runs;
    struct paper_table *table;
};

/* A place in a document, as a note prints it. */
struct passage {
    size_t document; /* index among those of the paper */
    struct span span;
    struct slice quote;   /* the bytes there; borrowed */
    const char *language; /* of the document, or NULL */
    uint32_t page;        /* from 1; 0: the text has no pages */
    uint32_t paragraph;   /* from 1 */
    const char *finding;  /* its short name, or NULL */
};

struct note {
    size_t first, count; /* of passages */
    size_t same_as;      /* number of an earlier note with just these
                            passages; PAPER_NONE */
};

/* A document that passages lie in, and what a note calls it. */
struct paper_source {
    const char *label; /* "D1" */
    const char *name;
    const char *sha256, *text_sha256;
    int64_t entry, text_entry;
    struct slice text; /* borrowed from what was gathered */
    size_t block;      /* where it is listed; PAPER_NONE */
};

struct paper {
    struct arena *arena; /* borrowed */
    struct error *error; /* of the first failure */
    bool is_failed;
    const char *title, *language;
    const char *time;    /* of the state it was made from, UTC */
    const char *state;   /* what that state is called: size and root */
    bool has_unreviewed; /* and is marked so on each page */
    LIST(struct block) blocks;
    LIST(struct note) notes;
    LIST(struct passage) passages;
    LIST(struct paper_source) sources;
    size_t paragraphs, headings[4];
    /* While it is built: */
    struct runs *into;
    size_t sentence_notes;
    bool in_sentence;
};

void paper_begin(struct paper *, struct arena *, struct error *);
/* False where anything failed since paper_begin. */
MUST_CHECK bool paper_end(struct paper *);

/* Blocks; each gives its number, for paper_ref. Text that follows is its. */
size_t paper_block(struct paper *, enum block_kind, unsigned level);
size_t paper_heading(struct paper *, unsigned level, const char *words);
/* A table; then paper_row and paper_cell in turn. */
size_t paper_table(struct paper *, size_t columns, const unsigned *widths);
void paper_row(struct paper *);
void paper_cell(struct paper *, size_t column);

/* Words into the block or cell that was begun last. Copied. */
void paper_text(struct paper *, const char *words);
void paper_slice(struct paper *, struct slice, unsigned style,
                 const char *language);
void paper_print(struct paper *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void paper_ref(struct paper *, size_t block);

/* A sentence that rests on findings; it must get a note before its end. */
void paper_sentence(struct paper *, bool is_unreviewed);
void paper_sentence_end(struct paper *);
/* A note with these passages, in their order; none of them is a mistake. */
void paper_note(struct paper *, const struct passage *, size_t count);

/* "[not reviewed] ", as a sentence_mark wants it; NULL for none. */
const char *mark_words(size_t mark);

/* "12", "2.1": how a block is called where one points to it. */
const char *block_label(const struct paper *, size_t block);

/* Names that are replaced by codes, in what is printed of a paper. Longer
 * names must come before shorter ones. */
struct protected_name {
    struct slice name;
    const char *code;
};
struct protected_names {
    struct protected_name *items;
    size_t count;
    size_t capacity;
};
/* Replaces names as whole words in all words, quotes and names of sources;
 * upper and lower case of A-Z are alike. Cost: text times names. */
MUST_CHECK bool paper_protect(struct paper *, const struct protected_names *);
/* The same of one text; the arena's, or `text` where it holds no name. */
MUST_CHECK bool text_protect(struct slice text, const struct protected_names *,
                             struct arena *, struct slice *, struct error *);

#endif
