/*
 * tiny.c - reading, copying and sealing the small model.
 */
#include "tiny.h"

#include <openssl/sha.h>

struct copy tiny_copy(void)
{
    struct error error = {0};
    struct file file;
    if (!file_read(TINY_PATH, (size_t)1 << 24, &file, &error))
        fail_msg("%s: %s", TINY_PATH, error.text);
    struct copy copy = {aligned_alloc(64, (file.bytes.length + 127) / 64 * 64),
                        file.bytes.length};
    assert_non_null(copy.bytes);
    memcpy(copy.bytes, file.bytes.data, copy.length);
    file_close(&file);
    return copy;
}

void tiny_free(struct copy *copy)
{
    free(copy->bytes);
    *copy = (struct copy){0};
}

void tiny_seal(struct copy *copy)
{
    for (size_t i = 0; i < 8; i++)
        copy->bytes[16 + i] = (unsigned char)(copy->length >> (8 * i));
    SHA256(copy->bytes, copy->length - 32, copy->bytes + copy->length - 32);
}

struct model *tiny_open(void)
{
    struct error error = {0};
    struct model *model = model_open(TINY_PATH, &error);
    if (model == NULL)
        fail_msg("%s: %s", TINY_PATH, error.text);
    return model;
}
