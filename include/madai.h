/*
 * madai.h - who says what, on whose word: load a model, read a text, walk
 * the reading.
 *
 *     struct madai_error error;
 *     struct madai_model *model = madai_model_open(NULL, &error);
 *     struct madai_reader *reader = madai_reader_new(model, &error);
 *     const struct madai_reading *reading =
 *         madai_read(reader, bytes, length, NULL, &error);
 *     for (size_t i = 0; i < madai_claim_count(reading); i++) {
 *         struct madai_claim claim = madai_claim_at(reading, i);
 *         ...
 *     }
 *     madai_reader_free(reader);
 *     madai_model_close(model);
 *
 * Nothing here opens a connection, prints, or keeps state between calls;
 * only madai_model_open and madai_gazetteer_open read a file. The same bytes,
 * model and version give the same reading on any machine.
 *
 * Threads: a model may be shared by any number of threads. A reader, and
 * the reading it gave, are for one thread at a time; make one reader a
 * thread. Nothing else is shared.
 *
 * Ownership: a pointer that is returned is borrowed, unless its comment
 * says that it is yours to free. All that comes from a reading lives until
 * the next madai_read with the same reader, or until that is freed; and the
 * bytes that were read must live as long.
 *
 * Errors: whatever can fail returns NULL or false, and fills in the error,
 * which may be NULL; after success it is untouched. Indexes must be below
 * the count.
 *
 * All places are bytes of the text, [begin, end). What the fields mean, and
 * what their words may be, is told in docs/reading.md.
 */
#ifndef MADAI_H
#define MADAI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MADAI_API __attribute__((visibility("default")))

/* No actor, no claim. */
#define MADAI_NONE UINT32_MAX

enum madai_error_kind {
    MADAI_OK = 0,
    MADAI_NOT_FOUND = 1, /* no such file */
    MADAI_BAD_INPUT = 2, /* what was given is not what it should be */
    MADAI_USAGE = 3,     /* the call was wrong */
    MADAI_LIMIT = 4,     /* memory, or a text of 4 GiB and more */
    MADAI_IO = 5,        /* the machine; or your callback said stop */
    MADAI_CORRUPT = 6    /* the model is damaged */
};

struct madai_error {
    int32_t kind;   /* enum madai_error_kind */
    char text[256]; /* UTF-8, one line, for a person; ends in NUL */
};

/* Part of a text, or words; not ended by NUL. */
struct madai_string {
    const char *data;
    size_t length;
};

/* May lie in memory that was written as another type of the same shape. */
struct __attribute__((may_alias)) madai_span {
    uint32_t begin;
    uint32_t end;
};

/* In the order of the text. */
struct madai_spans {
    const struct madai_span *items;
    size_t count;
};

struct madai_model;
struct madai_reader;
struct madai_reading;

/* The version of this library: "0.1.0". */
MADAI_API const char *madai_version(void);

/*
 * The model: some 25 MB, mapped into memory. NULL for a path: the one that
 * MADAI_MODEL names, or the installed one. Yours to close, after all readers
 * that use it.
 */
MADAI_API struct madai_model *madai_model_open(const char *path,
                                               struct madai_error *error);
MADAI_API void madai_model_close(struct madai_model *model); /* or NULL */

/* What it is called; and the SHA-256 of its file, 64 hexadecimal digits. */
MADAI_API const char *madai_model_name(const struct madai_model *model);
MADAI_API const char *madai_model_sha256(const struct madai_model *model);

/*
 * The gazetteer: which places there are, some 11 MB, mapped into memory. NULL
 * for a path: the one that MADAI_GAZETTEER names, or the installed one. Yours
 * to close, after all readers that use it. Without one places are found and
 * not placed.
 */
struct madai_gazetteer;
MADAI_API struct madai_gazetteer *
madai_gazetteer_open(const char *path, struct madai_error *error);
MADAI_API void madai_gazetteer_close(struct madai_gazetteer *); /* or NULL */
/* What it is known by: 64 hexadecimal digits. */
MADAI_API const char *
madai_gazetteer_checksum(const struct madai_gazetteer *gazetteer);

/* The working memory of one thread, some MB. Yours to free. */
MADAI_API struct madai_reader *madai_reader_new(const struct madai_model *model,
                                                struct madai_error *error);
MADAI_API void madai_reader_free(struct madai_reader *reader); /* or NULL */

/* From the next text on the reader says where places lie; NULL: no more. */
MADAI_API void
madai_reader_use_gazetteer(struct madai_reader *reader,
                           const struct madai_gazetteer *gazetteer);

/* What is known of a document before it is read; either may be NULL. */
struct madai_given {
    const char *id;   /* stands in the reading; UTF-8 */
    const char *date; /* when it was published or signed: YYYY-MM-DD */
};

/*
 * A day, YYYY-MM-DD, on which the file of the next text says that it was
 * published: it dates the reading where neither the text nor what is given
 * does ("metadata"). Of the next madai_read alone; copied. NULL, or a day that
 * is none: nothing is known.
 */
MADAI_API void madai_reader_claim_date(struct madai_reader *reader,
                                       const char *date);

/*
 * Reads a text. Any bytes are a text; those that are no UTF-8 are counted
 * and read as marks. `given` may be NULL. NULL only for MADAI_LIMIT,
 * MADAI_IO (the system's SHA-256 refuses to work), or MADAI_USAGE (a date
 * that is none).
 */
MADAI_API const struct madai_reading *
madai_read(struct madai_reader *reader, const char *bytes, size_t length,
           const struct madai_given *given, struct madai_error *error);

/* Takes some bytes of JSON; false stops the writing. */
typedef bool madai_write(void *context, const char *bytes, size_t length);

/* The whole reading as one line of JSON, without its line break, in pieces
 * as it is made; with the text itself, if you like. */
MADAI_API bool madai_reading_json(const struct madai_reading *reading,
                                  bool with_text, madai_write *write,
                                  void *context, struct madai_error *error);

/*
 * Walking the reading. What is not known is empty, 0, or MADAI_NONE.
 */
struct madai_document {
    struct madai_string id;
    const char *sha256;    /* of the bytes, 64 hexadecimal digits */
    const char *date;      /* YYYY-MM-DD */
    const char *date_from; /* "dateline", "metadata", "given", "none" */
    const char *kind;      /* "report", "statement", ... */
    struct madai_string publisher;
    struct madai_string title;
    uint32_t issuer; /* actor */
    uint32_t addressee_count;
    const uint32_t *addressees; /* actors */
    size_t invalid_bytes;       /* that are no UTF-8 */
};
MADAI_API struct madai_document
madai_document(const struct madai_reading *reading);

MADAI_API size_t madai_sentence_count(const struct madai_reading *reading);
MADAI_API struct madai_span
madai_sentence_at(const struct madai_reading *reading, size_t index);

struct madai_part {
    struct madai_span span;
    const char *kind; /* "body", "headline", "byline", ... */
};
MADAI_API size_t madai_part_count(const struct madai_reading *reading);
MADAI_API struct madai_part madai_part_at(const struct madai_reading *reading,
                                          size_t index);

struct madai_name {
    struct madai_span span;
    const char *type; /* "person", "organisation", "place", "other" */
    uint32_t actor;
};
MADAI_API size_t madai_name_count(const struct madai_reading *reading);
MADAI_API struct madai_name madai_name_at(const struct madai_reading *reading,
                                          size_t index);

struct madai_actor {
    struct madai_string name;
    const char *type;        /* "person", "organisation", "group" */
    const char *actor_class; /* "police", "party", ... */
    struct madai_spans mentions;
    float confidence;
};
MADAI_API size_t madai_actor_count(const struct madai_reading *reading);
MADAI_API struct madai_actor madai_actor_at(const struct madai_reading *reading,
                                            size_t index);

struct madai_claim {
    uint32_t parent;  /* the claim it is told in, always an earlier one */
    uint32_t speaker; /* actor */
    const char *mode; /* "direct", "mixed", "indirect" */
    const char *act;  /* "assert", "accuse", "deny", ... */
    struct madai_spans source;
    struct madai_spans cue;
    struct madai_spans content;
    struct madai_spans addressee;
    struct madai_spans medium;
    float confidence; /* calibrated: that source, cue and content all hold */
    bool is_denied;   /* the saying itself is: "did not say who they were" */
};
MADAI_API size_t madai_claim_count(const struct madai_reading *reading);
MADAI_API struct madai_claim madai_claim_at(const struct madai_reading *reading,
                                            size_t index);

struct madai_place {
    struct madai_span span;
    struct madai_string name; /* the gazetteer's, else the text's own words */
    const char *kind;         /* "town", "school", ...; NULL: not known */
    double lat, lon;          /* degrees; 0 where there is no point */
    float confidence;
    bool has_point;
    bool is_at; /* not in the gazetteer itself: it is in or at what it lies in,
                   whose point this is */
};
MADAI_API size_t madai_place_count(const struct madai_reading *reading);
MADAI_API struct madai_place madai_place_at(const struct madai_reading *reading,
                                            size_t index);

struct madai_act {
    const char *act;      /* "killing", "arrest", ...: docs/reading.md */
    const char *modality; /* "actual", "planned", ... */
    struct madai_span trigger;
    uint32_t claim;       /* the innermost that tells it */
    uint32_t same_as;     /* the first act that tells of the same */
    uint32_t party_count; /* see madai_act_party_at */
    float confidence;     /* calibrated: that it is an act, and of this kind */
    bool is_denied;
};
MADAI_API size_t madai_act_count(const struct madai_reading *reading);
MADAI_API struct madai_act madai_act_at(const struct madai_reading *reading,
                                        size_t index);

/* Who took part in act `index`; `party` from 0 to its party_count. */
struct madai_act_party {
    const char *role;   /* "perpetrator", "victim", "target", "weapon" */
    const char *degree; /* of a perpetrator: "direct", "ordered", ... */
    struct madai_span span;
    uint32_t actor;
};
MADAI_API struct madai_act_party
madai_act_party_at(const struct madai_reading *reading, size_t index,
                   size_t party);

/* When and where act `index` is said to have been: indexes of times and
 * places, or MADAI_NONE. */
struct madai_act_scene {
    uint32_t time;
    uint32_t place;
};
MADAI_API struct madai_act_scene
madai_act_scene(const struct madai_reading *reading, size_t index);

/* The offices of actor `index`; `role` from 0 to below the count. */
struct madai_role {
    struct madai_string title; /* in the text's words */
    uint32_t of;               /* the body whose office it is */
};
MADAI_API size_t madai_actor_role_count(const struct madai_reading *reading,
                                        size_t index);
MADAI_API struct madai_role
madai_actor_role_at(const struct madai_reading *reading, size_t index,
                    size_t role);

/* A time that is told, as TimeML has it. */
struct madai_time {
    struct madai_span span;
    const char *type;  /* "DATE", "TIME", "DURATION", "SET" */
    const char *value; /* "2019-05-13", "P3D", ... */
    char first[24];    /* what the words allow: a day, or a day and a minute */
    char last[24];     /* ("2019-05-13T15:15"); empty for what is no point */
    char why[96];      /* how it was found, for a person */
    uint32_t anchor;   /* the time it hangs on */
    float confidence;
};
MADAI_API size_t madai_time_count(const struct madai_reading *reading);
MADAI_API struct madai_time madai_time_at(const struct madai_reading *reading,
                                          size_t index);

/* What place `index` lies in, nearest first: up to `room` names into `names`;
 * gives how many it wrote. */
MADAI_API size_t madai_place_within(const struct madai_reading *reading,
                                    size_t index, struct madai_string *names,
                                    size_t room);

/* A provision of law that is cited. */
struct madai_citation {
    struct madai_span span;
    struct madai_string instrument; /* by its canonical name */
    struct madai_string provision;  /* "7(1)(h)"; empty where none is cited */
    float confidence;
};
MADAI_API size_t madai_citation_count(const struct madai_reading *reading);
MADAI_API struct madai_citation
madai_citation_at(const struct madai_reading *reading, size_t index);

#ifdef __cplusplus
}
#endif

#endif
