/*
 * bag_path.c - plain names, and manifests in one order only.
 */
#include "bag_path.h"

#include "lines.h"

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' ||
           byte == '-';
}

bool bag_path_is_valid(struct slice path)
{
    size_t part = 0; /* its length so far */
    if (path.length > BAG_PATH_MAX)
        return false;
    for (size_t i = 0; i < path.length; i++) {
        char byte = path.data[i];
        if (byte == '/' && part > 0)
            part = 0;
        else if (!is_plain(byte) || part == BAG_PART_MAX ||
                 (part == 0 && (byte == '.' || byte == '-')))
            return false;
        else
            part++;
    }
    return part > 0;
}

bool bag_path_number(struct slice path, const char *folder, const char *ending,
                     uint64_t *number)
{
    size_t head = strlen(folder), tail = strlen(ending);
    return path.length > head + tail && memcmp(path.data, folder, head) == 0 &&
           memcmp(path.data + path.length - tail, ending, tail) == 0 &&
           decimal_read(
               (struct slice){path.data + head, path.length - head - tail},
               number);
}

bool bag_list_add(struct bag_list *list, struct slice path,
                  const struct digest *digest, struct error *error)
{
    struct bag_line line = {.digest = *digest};
    line.path = arena_string(list->arena, path, error);
    return line.path != NULL &&
           list_push(list->arena, &list->lines, line, error);
}

static int line_order(const void *a, const void *b)
{
    const struct bag_line *lines[2] = {a, b};
    return strcmp(lines[0]->path, lines[1]->path);
}

void bag_list_sort(struct bag_list *list)
{
    if (list->lines.count > 0)
        qsort(list->lines.items, list->lines.count, sizeof *list->lines.items,
              line_order);
}

const struct bag_line *bag_list_find(const struct bag_list *list,
                                     const char *path)
{
    struct bag_line wanted = {.path = path};
    return list->lines.count == 0
               ? NULL
               : bsearch(&wanted, list->lines.items, list->lines.count,
                         sizeof wanted, line_order);
}

bool bag_list_write(const struct bag_list *list, struct slice *text,
                    struct error *error)
{
    size_t length = 0;
    for (size_t i = 0; i < list->lines.count; i++)
        length +=
            DIGEST_HEX_SIZE - 1 + 2 + strlen(list->lines.items[i].path) + 1;
    char *room = arena_take(list->arena, length + 1, 1, error);
    if (room == NULL)
        return false;
    char *end = room;
    for (size_t i = 0; i < list->lines.count; i++) {
        char hex[DIGEST_HEX_SIZE];
        digest_to_hex(&list->lines.items[i].digest, hex);
        end += snprintf(end, length + 1 - (size_t)(end - room), "%s  %s\n", hex,
                        list->lines.items[i].path);
    }
    *text = (struct slice){room, length};
    return true;
}

/* Splits "digest  path". */
static bool line_split(struct slice line, struct digest *digest,
                       struct slice *path)
{
    const size_t hex = DIGEST_HEX_SIZE - 1;
    if (line.length <= hex + 2 || memcmp(line.data + hex, "  ", 2) != 0)
        return false;
    *path = (struct slice){line.data + hex + 2, line.length - hex - 2};
    return digest_from_hex((struct slice){line.data, hex}, digest) &&
           bag_path_is_valid(*path);
}

bool bag_list_read(struct slice text, struct bag_list *list,
                   struct error *error)
{
    for (size_t number = 1; text.length > 0; number++) {
        struct slice line, path;
        struct digest digest;
        if (!line_take(&text, "", &line) || !line_split(line, &digest, &path))
            return error_set(error, ERROR_TAMPERED,
                             "line %zu is no line of a manifest", number);
        if (!bag_list_add(list, path, &digest, error))
            return false;
        const struct bag_line *last = &list->lines.items[list->lines.count - 1];
        if (number > 1 && strcmp(last[-1].path, last->path) >= 0)
            return error_set(error, ERROR_TAMPERED, "line %zu is out of order",
                             number);
    }
    return true;
}
