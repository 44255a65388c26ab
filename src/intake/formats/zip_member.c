/*
 * zip_member.c - see zip_member.h.
 */
#include "zip_member.h"

#include <stdlib.h>

#include "conversion.h"

enum { STEP = 1 << 16 };

zip_t *zip_of(struct slice bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source =
        zip_source_buffer_create(bytes.data, bytes.length, 0, &error);
    zip_t *zip = source != NULL
                     ? zip_open_from_source(source, ZIP_RDONLY, &error)
                     : NULL;
    if (zip == NULL && source != NULL)
        zip_source_free(source);
    zip_error_fini(&error);
    return zip;
}

struct zip_budget zip_budget_of(struct slice bytes)
{
    size_t most = bytes.length > SIZE_MAX / CONVERSION_RATIO_MAX
                      ? SIZE_MAX
                      : bytes.length * CONVERSION_RATIO_MAX;
    return (struct zip_budget){
        most > CONVERSION_RATIO_FREE ? most : CONVERSION_RATIO_FREE};
}

struct slice zip_read(zip_t *zip, zip_uint64_t index, struct zip_budget *budget)
{
    size_t length = 0, room = 0;
    char *bytes = NULL;
    zip_int64_t count = -1;
    zip_file_t *file = zip_fopen_index(zip, index, 0);
    while (file != NULL) {
        if (length + STEP > room) {
            room = room * 2 + STEP;
            char *grown = realloc(bytes, room);
            if (grown == NULL)
                break;
            bytes = grown;
        }
        count = zip_fread(file, bytes + length, STEP);
        if (count <= 0 || (size_t)count > budget->left)
            break;
        length += (size_t)count;
        budget->left -= (size_t)count;
    }
    if (file != NULL)
        zip_fclose(file);
    if (count == 0)
        return (struct slice){bytes, length};
    free(bytes);
    return (struct slice){NULL, 0};
}

struct slice zip_read_named(zip_t *zip, const char *name,
                            struct zip_budget *budget)
{
    zip_int64_t index = zip_name_locate(zip, name, 0);
    return index >= 0 ? zip_read(zip, (zip_uint64_t)index, budget)
                      : (struct slice){NULL, 0};
}
