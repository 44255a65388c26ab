/*
 * model_search.c - see model_search.h.
 */
#include "model_search.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of the file that this code was loaded from, without links. */
static bool own_folder(char folder[PATH_MAX])
{
    Dl_info info;
    /* A program that was found by PATH knows only its name; the kernel knows
     * the rest. */
    bool has_path = dladdr(MODEL_FILE, &info) != 0 && info.dli_fname != NULL &&
                    strchr(info.dli_fname, '/') != NULL;
    if (realpath(has_path ? info.dli_fname : "/proc/self/exe", folder) == NULL)
        return false;
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    return true;
}

static bool is_there(const char *folder, const char *place, char path[PATH_MAX])
{
    int length = snprintf(path, PATH_MAX, "%s/%s/" MODEL_FILE, folder, place);
    return length > 0 && length < PATH_MAX && access(path, F_OK) == 0;
}

bool model_search(const char *given, char path[PATH_MAX], struct error *error)
{
    static const char *const places[] = {
        "../share/madai", "../../share/madai", /* bin, lib; lib/x86_64-… */
        "../model",       "../../model",       "../../../model",
    };
    static const char *const systems[] = {"/usr/local", "/usr"};
    char folder[PATH_MAX];
    if (given == NULL)
        given = getenv("MADAI_MODEL");
    if (given != NULL && *given != '\0') {
        if (snprintf(path, PATH_MAX, "%s", given) >= PATH_MAX)
            return error_set(error, ERROR_NOT_FOUND, "the path is too long");
        return true;
    }
    if (!own_folder(folder))
        folder[0] = '\0';
    for (size_t i = 0; folder[0] != '\0' && i < sizeof places / sizeof *places;
         i++)
        if (is_there(folder, places[i], path))
            return true;
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
        if (is_there(systems[i], "share/madai", path))
            return true;
    return error_set(error, ERROR_NOT_FOUND,
                     "no model found: name one with --model or MADAI_MODEL, "
                     "or install " MODEL_FILE " in %.120s/../share/madai",
                     folder);
}

struct model *model_open_at(const char *path, struct error *error)
{
    struct model *model = model_open(path, error);
    if (model == NULL)
        error_prefix(error, "model %.150s", path);
    return model;
}
