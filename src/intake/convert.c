/*
 * convert.c - see convert.h.
 */
#include "convert.h"

#include "collect.h"
#include "helper.h"
#include "sandbox_part.h"

static bool take(void *context, struct slice bytes, struct error *error)
{
    return collect_take(context, bytes, error);
}

static bool warn_unsafe(struct collect *collect, struct error *error)
{
    char missing[100], words[200];
    if ((~collect->in_force & SANDBOX_REQUIRED) == 0)
        return true;
    sandbox_missing(collect->in_force, missing, sizeof missing);
    snprintf(words, sizeof words, "was parsed without %s", missing);
    const char *copy = arena_string(collect->arena, slice_of(words), error);
    return copy != NULL &&
           list_push(collect->arena, &collect->conversion->warnings, copy,
                     error);
}

static bool run_helper(struct slice bytes, const struct kind_found *found,
                       const struct convert_options *options,
                       struct arena *arena, struct conversion *conversion,
                       struct error *error)
{
    char path[PATH_MAX];
    struct collect collect;
    const char *name = file_kind_helper(found->kind);
    collect_begin(&collect, arena, conversion, bytes.length);
    const struct helper_job job = {.program = path,
                                   .kind = file_kind_names[found->kind],
                                   .input = bytes,
                                   .is_unsafe = options->is_unsafe,
                                   .take = take,
                                   .context = &collect};
    bool is_well = helper_find(name, path, error) && helper_run(&job, error) &&
                   collect_end(&collect, error) && warn_unsafe(&collect, error);
    collect_release(&collect);
    return is_well;
}

bool convert(struct slice bytes, const struct convert_options *options,
             struct arena *arena, struct conversion *conversion,
             struct error *error)
{
    const struct kind_found found = file_kind_of(bytes, options->name);
    *conversion = (struct conversion){.kind = found.kind, .text = {"", 0}};
    if (found.kind == FILE_EMPTY)
        return error_set(error, ERROR_BAD_INPUT, "empty, nothing to read");
    if (found.kind == FILE_TEXT) {
        conversion->text = bytes;
        return conversion->is_same = true;
    }
    if (file_kind_helper(found.kind) == NULL)
        return error_set(error, ERROR_BAD_INPUT,
                         "this is %s, which madai does not read", found.words);
    return run_helper(bytes, &found, options, arena, conversion, error);
}

bool convert_is_plain(struct slice bytes, const char *name)
{
    return file_kind_of(bytes, name).kind == FILE_TEXT;
}

bool convert_is_readable(struct slice bytes, const char *name)
{
    enum file_kind kind = file_kind_of(bytes, name).kind;
    return kind == FILE_TEXT || file_kind_helper(kind) != NULL;
}
