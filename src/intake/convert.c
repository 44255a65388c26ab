/*
 * convert.c - see convert.h.
 */
#include "convert.h"

#include "collect.h"
#include "helper.h"
#include "sandbox_part.h"
#include "scans.h"

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

static bool run_helper(struct slice bytes, enum file_kind kind, bool is_unsafe,
                       struct collect *collect, struct error *error)
{
    char path[PATH_MAX];
    const struct helper_job job = {.program = path,
                                   .kind = file_kind_names[kind],
                                   .input = bytes,
                                   .is_unsafe = is_unsafe,
                                   .take = take,
                                   .context = collect};
    return helper_find(file_kind_helper(kind), path, error) &&
           helper_run(&job, error) && collect_end(collect, error) &&
           warn_unsafe(collect, error);
}

/* Pages without text, looked at as their pictures come. */
struct looking {
    struct scans scans;
    struct arena *arena;
    bool is_unsafe;
};

/* One page that cannot be recognised leaves the others. */
static bool look(void *context, uint32_t page, struct slice picture,
                 struct error *error)
{
    struct looking *looking = context;
    struct scanned scanned = {
        .page = page, .conversion = {.kind = FILE_PICTURE, .text = {"", 0}}};
    struct collect collect;
    struct error why = {.kind = ERROR_NONE};
    collect_begin(&collect, looking->arena, &scanned.conversion,
                  picture.length);
    bool is_well =
        run_helper(picture, FILE_PICTURE, looking->is_unsafe, &collect, &why);
    collect_release(&collect);
    if (is_well)
        return list_push(looking->arena, &looking->scans, scanned, error);
    if (why.kind != ERROR_BAD_INPUT) {
        *error = why;
        return false;
    }
    if (looking->scans.failed++ == 0)
        looking->scans.why = why;
    return true;
}

static bool run(struct slice bytes, const struct kind_found *found,
                const struct convert_options *options, struct arena *arena,
                struct conversion *conversion, struct error *error)
{
    struct collect collect;
    struct looking looking = {.arena = arena, .is_unsafe = options->is_unsafe};
    collect_begin(&collect, arena, conversion, bytes.length);
    collect.look = look;
    collect.context = &looking;
    bool is_well =
        run_helper(bytes, found->kind, options->is_unsafe, &collect, error);
    collect_release(&collect);
    bool has_scans = looking.scans.count > 0 || looking.scans.failed > 0;
    return is_well && (!has_scans ||
                       scans_merge(&looking.scans, arena, conversion, error));
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
    return run(bytes, &found, options, arena, conversion, error);
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
