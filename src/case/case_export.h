/*
 * case_export.h - a case for others: as a bag that proves what is in it, as
 * JSON for programs; and a bag of another case, taken into this one.
 */
#ifndef MADAI_CASE_EXPORT_H
#define MADAI_CASE_EXPORT_H

#include "bag_check.h"
#include "casefile.h"
#include "signing_key.h"

/* Writes readings.jsonl, case.json and reviews.jsonl into a folder that is
 * made; the passages of all findings are checked first: ERROR_TAMPERED.
 * ERROR_USAGE where the folder is there already. */
MUST_CHECK bool case_export_json(struct casefile *, const char *folder,
                                 struct error *);

/* Writes a bag: originals, texts, readings, reviews, the entries that seal
 * them, all checkpoints. Appends an entry of the export, and signs. */
MUST_CHECK bool case_export_bag(struct casefile *, const struct signing_key *,
                                const char *folder, struct error *);

struct imported {
    uint64_t documents, known, readings, reviews;
};

/* Takes over the work of a bag that holds: documents with their facts, texts,
 * readings and reviews, and an entry that says from where; all in one
 * transaction, so that after any failure nothing was taken. What is known is
 * passed over. ERROR_TAMPERED where the bag does not hold (`faults` told
 * what). */
MUST_CHECK bool case_import_bag(struct casefile *, const char *folder,
                                const struct bag_faults *, struct imported *,
                                struct error *);

#endif
