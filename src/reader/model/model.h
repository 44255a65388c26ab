/*
 * model.h - the weight file: one memory-mapped file with vocabulary, label
 * sets, tensors and a checksum (docs/model-format.md).
 *
 * A model is immutable after model_open and may be shared by threads.
 */
#ifndef MADAI_MODEL_H
#define MADAI_MODEL_H

#include "error.h"
#include "slice.h"

struct model; /* opaque; internals in model_parts.h */

/* Maps and checks the file: magic, version, sizes, checksum, every tensor's
 * shape. ERROR_NOT_FOUND, ERROR_IO, ERROR_LIMIT, or ERROR_CORRUPT with what
 * is wrong; the error does not name the file. Yours to close. Cost: some
 * 30 ms and half as much memory as the file has, besides the file. */
MUST_CHECK struct model *model_open(const char *path, struct error *);
/* The same for bytes in memory, which stay yours, begin at a multiple of 64
 * and outlive the model. */
MUST_CHECK struct model *model_read(struct slice, struct error *);
void model_close(struct model *); /* NULL is allowed */

/* SHA-256 of the file, 64 hexadecimal digits; and its name for people. */
const char *model_sha256(const struct model *);
const char *model_name(const struct model *);

/* Points of a line that turns a raw score into a confidence: score,
 * confidence, score, confidence ..., both rising. Returns how many points;
 * 0 where the file has none. Borrowed. */
size_t model_calibration(const struct model *, const float **points);

/* EVIDENCE_COUNT weights of what is known of a claim (draft_labels.c), and
 * what is added to their sum: the raw score. NULL where the file has none.
 * Borrowed. */
enum { EVIDENCE_COUNT = 10 };
const float *model_evidence(const struct model *);

/* How this machine computes ("avx512vnni, brg:avx512_core_vnni"), for
 * people: results do not depend on it. Says so where the environment's
 * MADAI_KERNELS asks for what the processor lacks. Borrowed. */
const char *model_machine(const struct model *);

#endif
