/*
 * model_file.c - reading the container without believing it.
 *
 * Invariants
 *   1. `at` of a reader never passes `end`, and end is where the checksum
 *      stands.
 *   2. Tensors lie one after another, each at the next multiple of 64, so
 *      they cannot overlap and none can lie outside.
 */
#include "model_file.h"

#include <openssl/evp.h>

#define HEAD_BYTES 32
#define ENTRY_BYTES 96
#define NAME_BYTES 56
#define DIGEST_BYTES ((size_t)32)
#define TENSOR_ALIGNMENT 64
#define VERSION 1

static const char magic[8] = {'m', 'a', 'd', 'a', 'i', '.', 'm', '\n'};

/* Numbers stand with the low byte first, whatever machine this is. */
static uint64_t number_at(struct slice bytes, size_t at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i > 0; i--)
        number = number << 8 | (unsigned char)bytes.data[at + i - 1];
    return number;
}

static bool is_corrupt(struct error *error, const char *what)
{
    return error_set(error, ERROR_CORRUPT, "%s", what);
}

/* Rounds up; false when that is more than `end`. */
static bool align_within(size_t *at, size_t alignment, size_t end)
{
    const size_t more = (alignment - *at % alignment) % alignment;
    if (more > end - *at)
        return false;
    *at += more;
    return true;
}

/* Hashes once for both: what the checksum covers, and all. */
static bool digest_check(struct model_file *model, struct slice bytes,
                         struct error *error)
{
    static const char digits[] = "0123456789abcdef";
    const size_t covered = bytes.length - DIGEST_BYTES;
    const char *stored = bytes.data + covered;
    unsigned char found[EVP_MAX_MD_SIZE];
    unsigned char whole[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *one = EVP_MD_CTX_new();
    EVP_MD_CTX *two = EVP_MD_CTX_new();
    const bool is_hashed = one != NULL && two != NULL &&
                           EVP_DigestInit_ex(one, EVP_sha256(), NULL) == 1 &&
                           EVP_DigestUpdate(one, bytes.data, covered) == 1 &&
                           EVP_MD_CTX_copy_ex(two, one) == 1 &&
                           EVP_DigestFinal_ex(one, found, NULL) == 1 &&
                           EVP_DigestUpdate(two, stored, DIGEST_BYTES) == 1 &&
                           EVP_DigestFinal_ex(two, whole, NULL) == 1;
    EVP_MD_CTX_free(one);
    EVP_MD_CTX_free(two);
    if (!is_hashed)
        return error_set(error, ERROR_IO, "libcrypto refuses SHA-256");
    if (memcmp(found, stored, DIGEST_BYTES) != 0)
        return is_corrupt(error, "the checksum is wrong: the file was "
                                 "altered or did not arrive whole");
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        model->sha256[2 * i] = digits[whole[i] >> 4];
        model->sha256[2 * i + 1] = digits[whole[i] & 15];
    }
    model->sha256[2 * DIGEST_BYTES] = '\0';
    return true;
}

static bool head_check(struct model_file *model, struct slice bytes,
                       struct error *error)
{
    if (bytes.length < sizeof magic ||
        memcmp(bytes.data, magic, sizeof magic) != 0)
        return is_corrupt(error, "not a model of madai");
    if (bytes.length < HEAD_BYTES + DIGEST_BYTES)
        return is_corrupt(error, "the file ends early");
    const uint64_t version = number_at(bytes, 8, 4);
    if (version != VERSION)
        return error_set(error, ERROR_CORRUPT,
                         "format version %u, where this madai reads %u",
                         (unsigned)version, VERSION);
    const uint64_t length = number_at(bytes, 16, 8);
    if (length != bytes.length)
        return error_set(error, ERROR_CORRUPT,
                         "the file has %zu bytes, its head says %llu",
                         bytes.length, (unsigned long long)length);
    model->tensor_count = number_at(bytes, 12, 4);
    if (model->tensor_count > MODEL_TENSORS_MAX)
        return is_corrupt(error, "more tensors than any model has");
    return digest_check(model, bytes, error);
}

static bool metadata_read(struct model_file *model, struct slice bytes,
                          size_t *at, size_t end, struct error *error)
{
    const size_t length = number_at(bytes, 24, 4);
    if (length > end - *at)
        return is_corrupt(error, "the metadata is longer than the file");
    struct error why;
    model->metadata = json_read((struct slice){bytes.data + *at, length}, &why);
    if (model->metadata == NULL)
        return error_set(error, ERROR_CORRUPT, "metadata: %s", why.text);
    if (!json_is_object(model->metadata))
        return is_corrupt(error, "the metadata is no object");
    *at += length;
    return true;
}

static size_t kind_bytes(enum tensor_kind kind)
{
    return kind == TENSOR_INT8 || kind == TENSOR_UINT8 ? 1 : 4;
}

static bool floats_are_finite(const struct tensor *tensor)
{
    const uint32_t *bits = tensor->numbers;
    uint32_t is_wrong = 0;
    for (size_t i = 0; i < tensor->rows * tensor->columns; i++)
        is_wrong |= (bits[i] & UINT32_C(0x7F800000)) == UINT32_C(0x7F800000);
    return !is_wrong;
}

/* One entry of the table; `at` is where its numbers must begin, then where
 * they end. */
static bool tensor_read(struct slice bytes, size_t entry, size_t end,
                        size_t *at, struct tensor *tensor, struct error *error)
{
    tensor->name = bytes.data + entry;
    if (tensor->name[0] == '\0' ||
        memchr(tensor->name, '\0', NAME_BYTES) == NULL)
        return is_corrupt(error, "a tensor has no proper name");
    const uint64_t kind = number_at(bytes, entry + 56, 4);
    const uint64_t rows = number_at(bytes, entry + 64, 8);
    const uint64_t columns = number_at(bytes, entry + 72, 8);
    const uint64_t offset = number_at(bytes, entry + 80, 8);
    if (kind < TENSOR_INT8 || kind > TENSOR_UINT8)
        return error_set(error, ERROR_CORRUPT, "%s: unknown kind %u",
                         tensor->name, (unsigned)kind);
    tensor->kind = (enum tensor_kind)kind;
    if (!align_within(at, TENSOR_ALIGNMENT, end) || offset != *at)
        return error_set(error, ERROR_CORRUPT, "%s: not where it should be",
                         tensor->name);
    size_t size;
    if (rows == 0 || columns == 0 ||
        __builtin_mul_overflow(rows, columns, &size) ||
        __builtin_mul_overflow(size, kind_bytes(tensor->kind), &size) ||
        size > end - *at)
        return error_set(error, ERROR_CORRUPT,
                         "%s: %llu times %llu numbers do not fit", tensor->name,
                         (unsigned long long)rows, (unsigned long long)columns);
    tensor->rows = rows;
    tensor->columns = columns;
    tensor->numbers = bytes.data + *at;
    *at += size;
    if (tensor->kind == TENSOR_FLOAT32 && !floats_are_finite(tensor))
        return error_set(error, ERROR_CORRUPT,
                         "%s: has a number that is not finite", tensor->name);
    return true;
}

static bool tensors_read(struct model_file *model, struct slice bytes,
                         size_t at, size_t end, struct error *error)
{
    const size_t table = at;
    if (model->tensor_count > (end - at) / ENTRY_BYTES)
        return is_corrupt(error, "the table is longer than the file");
    at += model->tensor_count * ENTRY_BYTES;
    model->tensors = calloc(model->tensor_count + 1, sizeof *model->tensors);
    if (model->tensors == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; i < model->tensor_count; i++)
        if (!tensor_read(bytes, table + i * ENTRY_BYTES, end, &at,
                         &model->tensors[i], error))
            return false;
    if (at != end)
        return is_corrupt(error, "bytes that belong to no tensor");
    return true;
}

bool model_file_read(struct slice bytes, struct model_file *model,
                     struct error *error)
{
    *model = (struct model_file){0};
    size_t at = HEAD_BYTES;
    if (head_check(model, bytes, error)) {
        const size_t end = bytes.length - DIGEST_BYTES;
        if (metadata_read(model, bytes, &at, end, error)) {
            if (!align_within(&at, 8, end))
                is_corrupt(error, "the file ends early");
            else if (tensors_read(model, bytes, at, end, error))
                return true;
        }
    }
    model_file_close(model);
    return false;
}

bool model_file_open(const char *path, struct model_file *model,
                     struct error *error)
{
    struct file file;
    if (!file_map(path, MODEL_BYTES_MAX, &file, error))
        return false;
    if (!model_file_read(file.bytes, model, error)) {
        file_close(&file);
        return false;
    }
    model->file = file;
    return true;
}

void model_file_close(struct model_file *model)
{
    if (model->metadata != NULL)
        json_decref(model->metadata);
    free(model->tensors);
    if (model->file.bytes.data != NULL)
        file_close(&model->file);
    *model = (struct model_file){0};
}

const struct tensor *model_file_find(const struct model_file *model,
                                     const char *name)
{
    for (size_t i = 0; i < model->tensor_count; i++)
        if (strcmp(model->tensors[i].name, name) == 0)
            return &model->tensors[i];
    return NULL;
}

const void *model_file_numbers(const struct model_file *model, const char *name,
                               enum tensor_kind kind, size_t rows,
                               size_t columns, struct error *error)
{
    static const char *const kinds[] = {"", "int8", "float32", "uint32",
                                        "uint8"};
    const struct tensor *tensor = model_file_find(model, name);
    if (tensor == NULL) {
        error_set(error, ERROR_CORRUPT, "%s: missing", name);
        return NULL;
    }
    if (tensor->kind != kind || tensor->rows != rows ||
        tensor->columns != columns) {
        error_set(error, ERROR_CORRUPT,
                  "%s: %zu times %zu of %s, not %zu times %zu of %s", name,
                  tensor->rows, tensor->columns, kinds[tensor->kind], rows,
                  columns, kinds[kind]);
        return NULL;
    }
    return tensor->numbers;
}

bool model_file_whole(const struct model_file *model, const char *path,
                      size_t least, size_t most, size_t *value,
                      struct error *error)
{
    char group[32];
    const char *dot = strchr(path, '.');
    const json_t *object = model->metadata;
    if (dot != NULL) {
        snprintf(group, sizeof group, "%.*s", (int)(dot - path), path);
        object = json_object_get(object, group);
        path = dot + 1;
    }
    const json_t *found = json_object_get(object, path);
    if (!json_is_integer(found))
        return error_set(error, ERROR_CORRUPT, "metadata: no number \"%s\"",
                         path);
    const json_int_t number = json_integer_value(found);
    if (number < 0 || (uint64_t)number < least || (uint64_t)number > most)
        return error_set(error, ERROR_CORRUPT,
                         "metadata: \"%s\" is not from %zu to %zu", path, least,
                         most);
    *value = (size_t)number;
    return true;
}
