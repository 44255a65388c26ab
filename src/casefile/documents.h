/*
 * documents.h - what came in: originals with where they came from, and the
 * texts drawn from them. Sealed: each row has its entry in the ledger, whose
 * body says the same.
 */
#ifndef MADAI_DOCUMENTS_H
#define MADAI_DOCUMENTS_H

#include "casefile.h"
#include "json.h"
#include "sha256.h"

/* What its keeper says of a document; NULL where nothing is said. */
struct document_facts {
    const char *name; /* required: file name, with folders below the added */
    const char *date;
    const char *source;
    const char *url;
    const char *note;
    const char *obtained_by, *obtained_at, *obtained_from;
    const char *shard_root;
};
enum { DOCUMENT_FACTS = 9 };
/* Their names in bodies, exports and options, in the order of the struct. */
extern const char *const document_fact_names[DOCUMENT_FACTS];
/* The facts as an array, in that order. */
void document_facts_list(const struct document_facts *,
                         const char *values[DOCUMENT_FACTS]);

struct case_document {
    int64_t id, entry;
    char sha256[SHA256_HEX_SIZE];
    uint64_t bytes;
    int64_t content;             /* 0: the original is held elsewhere */
    struct document_facts facts; /* the arena's */
};

struct case_text {
    int64_t id, version, content, entry;
    char sha256[SHA256_HEX_SIZE];
    uint64_t bytes;
    char method[8];
    int64_t map; /* content with its places (text_map.h); 0: none */
    char map_sha256[SHA256_HEX_SIZE];
    uint64_t map_bytes;
};

/* Keeps an original and its facts. `sha256` is its hash. Within a
 * transaction. ERROR_USAGE where the case has it already. */
MUST_CHECK bool document_add(struct casefile *, struct slice original,
                             const char *sha256, const struct document_facts *,
                             int64_t *id, struct error *);
/* The same for one that is held elsewhere. */
MUST_CHECK bool document_add_elsewhere(struct casefile *, const char *sha256,
                                       uint64_t bytes,
                                       const struct document_facts *,
                                       int64_t *id, struct error *);

/* Keeps a text as the newest version; the one that stands, where it is the
 * same. `method`: "same" (the original's bytes), "drawn" (from the original, by
 * a converter) or "given" (with a reading). Within a transaction. */
MUST_CHECK bool document_add_text(struct casefile *, int64_t document,
                                  struct slice text, const char *method,
                                  int64_t *id, struct error *);

/* The same for one with a map (text_map.h), empty for none; the one that
 * stands, where both are the same. */
MUST_CHECK bool document_add_mapped_text(struct casefile *, int64_t document,
                                         struct slice text, struct slice map,
                                         const char *method, int64_t *id,
                                         struct error *);

/* True in `is_there` where the case has an original of this hash. */
MUST_CHECK bool document_is_known(struct casefile *, const char *sha256,
                                  bool *is_there, struct error *);

/* The document whose original has this hash; nothing else counts: a document
 * may be called like another's hash. ERROR_NOT_FOUND. */
MUST_CHECK bool document_by_hash(struct casefile *, const char *sha256,
                                 struct arena *, struct case_document *,
                                 struct error *);

/* The document that a person means: its hash, the beginning of one (four
 * digits or more), or its name. ERROR_NOT_FOUND; ERROR_USAGE where several
 * could be meant. */
MUST_CHECK bool document_find(struct casefile *, const char *word,
                              struct arena *, struct case_document *,
                              struct error *);
MUST_CHECK bool document_get(struct casefile *, int64_t id, struct arena *,
                             struct case_document *, struct error *);
/* The next one after `id` (0: the first); `is_there` is false at the end. */
MUST_CHECK bool document_after(struct casefile *, int64_t id, struct arena *,
                               struct case_document *, bool *is_there,
                               struct error *);
MUST_CHECK bool document_by_entry(struct casefile *, int64_t entry,
                                  struct arena *, struct case_document *,
                                  bool *is_there, struct error *);
MUST_CHECK bool document_count(struct casefile *, uint64_t *, struct error *);

/* The newest text; id 0 where there is none. */
MUST_CHECK bool document_text(struct casefile *, int64_t document,
                              struct case_text *, struct error *);
MUST_CHECK bool text_get(struct casefile *, int64_t id, struct case_text *,
                         struct error *);
MUST_CHECK bool text_by_entry(struct casefile *, int64_t entry,
                              struct case_text *, int64_t *document,
                              struct error *);

/* The bodies of their entries, made from the rows: what verify compares.
 * Yours to json_decref. ERROR_BAD_INPUT: words that are no UTF-8. */
MUST_CHECK json_t *document_body(const struct case_document *, struct error *);
MUST_CHECK json_t *text_body(const struct case_document *,
                             const struct case_text *, struct error *);

/* Calls back for each hash in the case. */
MUST_CHECK bool document_each_hash(struct casefile *,
                                   bool (*each)(void *, struct slice sha256),
                                   void *context, struct error *);

#endif
