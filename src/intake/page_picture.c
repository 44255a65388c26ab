/*
 * page_picture.c - see page_picture.h.
 *
 * To the helper goes the number of the page, four bytes, the lowest first, and
 * behind it the document. Back comes one member, whose name is "WIDTH HEIGHT
 * DOTS" and whose bytes are the pixels; it is believed nothing (collect.h).
 */
#include "page_picture.h"

#include "collect.h"
#include "file_kind.h"
#include "helper.h"

static bool take(void *context, struct slice bytes, struct error *error)
{
    return collect_take(context, bytes, error);
}

bool page_picture_is_possible(struct slice bytes, const char *name)
{
    return file_kind_of(bytes, name).kind == FILE_PDF;
}

/* What the helper says of its picture, held against what it sent. */
static bool read_picture(const struct conversion *conversion,
                         struct page_picture *picture, struct error *error)
{
    unsigned width, height, dots;
    int length = 0;
    if (conversion->members.count == 0)
        return error_set(error, ERROR_NOT_FOUND, "there is no such page");
    const struct member *member = &conversion->members.items[0];
    if (sscanf(member->name, "%4u %4u %4u%n", &width, &height, &dots,
               &length) != 3 ||
        member->name[length] != '\0' || width == 0 || height == 0 ||
        width > PAGE_PICTURE_SIDE_MAX || height > PAGE_PICTURE_SIDE_MAX ||
        dots == 0 || dots > PAGE_PICTURE_DOTS * 10 ||
        member->bytes.length != (size_t)width * height * 3)
        return error_set(error, ERROR_BAD_INPUT,
                         "its helper drew what is no picture");
    picture->width = width;
    picture->height = height;
    picture->dots = dots;
    return true;
}

static bool draw_with(struct helper_job *job, struct arena *arena,
                      struct page_picture *picture, struct error *error)
{
    struct collect collect;
    struct conversion drawn = {.kind = FILE_PDF, .text = {"", 0}};
    collect_begin(&collect, arena, &drawn, job->input.length);
    job->take = take;
    job->context = &collect;
    bool is_well = helper_run(job, error) && collect_end(&collect, error) &&
                   read_picture(&drawn, picture, error);
    collect_release(&collect);
    return is_well &&
           png_write((const unsigned char *)drawn.members.items[0].bytes.data,
                     picture->width, picture->height, arena, &picture->png,
                     error);
}

bool page_picture_draw(struct slice bytes, const char *name, uint32_t page,
                       struct arena *arena, struct page_picture *picture,
                       struct error *error)
{
    char path[PATH_MAX];
    const enum file_kind kind = file_kind_of(bytes, name).kind;
    if (!page_picture_is_possible(bytes, name))
        return error_set(error, ERROR_NOT_FOUND, "it has no pages");
    if (!helper_find("draw", path, error))
        return false;
    char *input = arena_take(arena, bytes.length + 4, 1, error);
    if (input == NULL)
        return false;
    frame_put_u32(input, page);
    memcpy(input + 4, bytes.data, bytes.length);
    struct helper_job job = {.program = path,
                             .kind = file_kind_names[kind],
                             .input = {input, bytes.length + 4},
                             .cpu_seconds = PAGE_PICTURE_SECONDS};
    return draw_with(&job, arena, picture, error);
}
