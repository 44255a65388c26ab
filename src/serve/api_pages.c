/*
 * api_pages.c - a page of an original as it looks.
 */
#include <stdlib.h>

#include "api_handlers.h"
#include "aside.h"
#include "contents.h"
#include "documents.h"
#include "page_picture.h"

/* An original that is larger is kept as a file, and looked at there. */
#define ORIGINAL_BYTES_MAX ((uint64_t)256 << 20)

struct drawing {
    struct arena *arena;
    struct slice bytes;
    const char *name;
    uint32_t page;
};

static void drawing_release(void *context)
{
    struct drawing *drawing = context;
    struct arena *arena = drawing->arena;
    free(drawing);
    arena_release(arena);
}

static bool draw(void *context, struct arena *arena,
                 struct aside_answer *answer, struct error *error)
{
    const struct drawing *drawing = context;
    struct page_picture picture;
    char dots[16];
    if (!page_picture_draw(drawing->bytes, drawing->name, drawing->page, arena,
                           &picture, error))
        return false;
    snprintf(dots, sizeof dots, "%u.%u", picture.dots / 10, picture.dots % 10);
    char *copy = arena_string(arena, slice_of(dots), error);
    if (copy == NULL)
        return false;
    *answer = (struct aside_answer){.type = "image/png",
                                    .bytes = picture.png,
                                    .headers = {{"X-Madai-Dots", copy}}};
    return true;
}

static bool page_number(const char *word, uint32_t *page, struct error *error)
{
    char *end;
    unsigned long long number = strtoull(word, &end, 10);
    if (*word < '1' || *word > '9' || *end != '\0' || number > 1000000)
        return error_set(error, ERROR_NOT_FOUND, "there is no such page");
    *page = (uint32_t)number;
    return true;
}

/* The original is read and hashed here, where the case is open. */
static bool open_drawing(struct request *request, struct drawing *drawing,
                         struct error *error)
{
    struct case_document document;
    if (!page_number(request_piece(request, 3), &drawing->page, error) ||
        !document_by_hash(request->server->casefile, request_piece(request, 1),
                          drawing->arena, &document, error))
        return false;
    if (document.content == 0)
        return error_set(error, ERROR_NOT_FOUND,
                         "the original is held elsewhere");
    if (document.bytes > ORIGINAL_BYTES_MAX)
        return error_set(error, ERROR_NOT_FOUND,
                         "the original is too large to be drawn here");
    drawing->name = document.facts.name;
    if (!content_read(request->server->casefile, document.content,
                      drawing->arena, &drawing->bytes, error))
        return false;
    return page_picture_is_possible(drawing->bytes, drawing->name) ||
           error_set(error, ERROR_NOT_FOUND, "it has no pages");
}

bool api_page_picture(struct request *request, json_t **answer,
                      struct error *error)
{
    struct drawing *drawing = calloc(1, sizeof *drawing);
    *answer = NULL;
    if (drawing == NULL ||
        (drawing->arena = arena_new((size_t)1 << 30)) == NULL) {
        free(drawing);
        return error_set(error, ERROR_LIMIT, "out of memory");
    }
    if (!open_drawing(request, drawing, error)) {
        drawing_release(drawing);
        return false;
    }
    const struct aside_work work = {draw, drawing_release, drawing};
    return aside_begin(request, &work, error);
}
