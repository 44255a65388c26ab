/*
 * model_file.h - the container: metadata and a table of named tensors under
 * one checksum. What they mean is for others to say; so is what is missing
 * or superfluous. The layout is in docs/model-format.md.
 *
 * Nothing in the file is believed: every size and place is checked before it
 * is used, and a file that was altered by one bit is refused.
 */
#ifndef MADAI_MODEL_FILE_H
#define MADAI_MODEL_FILE_H

#include "file.h"
#include "json.h"
#include "sha256.h"

#define MODEL_BYTES_MAX ((size_t)1 << 30)
#define MODEL_TENSORS_MAX 4096

enum tensor_kind {
    TENSOR_INT8 = 1,
    TENSOR_FLOAT32 = 2,
    TENSOR_UINT32 = 3,
    TENSOR_UINT8 = 4,
};

/* A matrix in the file, row by row; its numbers begin at a multiple of 64
 * bytes. Floats are finite. */
struct tensor {
    const char *name; /* borrowed from the file */
    enum tensor_kind kind;
    size_t rows, columns;
    const void *numbers; /* borrowed from the file */
};

struct model_file {
    struct file file;
    char sha256[SHA256_HEX_SIZE]; /* of all its bytes */
    json_t *metadata;             /* an object */
    struct tensor *tensors;
    size_t tensor_count;
};

/* ERROR_NOT_FOUND, ERROR_IO, ERROR_LIMIT or ERROR_CORRUPT. Cost: reads the
 * file once for its checksum. */
MUST_CHECK bool model_file_open(const char *path, struct model_file *,
                                struct error *);
/* The same for bytes in memory, which stay yours, begin at a multiple of 64
 * and outlive the file. */
MUST_CHECK bool model_file_read(struct slice, struct model_file *,
                                struct error *);
void model_file_close(struct model_file *);

/* The tensor of this name; NULL where there is none. */
const struct tensor *model_file_find(const struct model_file *,
                                     const char *name);

/* The numbers of the tensor that must be there in just this kind and size;
 * NULL and ERROR_CORRUPT where it is not. */
MUST_CHECK const void *model_file_numbers(const struct model_file *,
                                          const char *name, enum tensor_kind,
                                          size_t rows, size_t columns,
                                          struct error *);

/* A whole number of the metadata, at `path` (up to two keys with a dot in
 * between), which must lie within [least, most]. */
MUST_CHECK bool model_file_whole(const struct model_file *, const char *path,
                                 size_t least, size_t most, size_t *value,
                                 struct error *);

#endif
