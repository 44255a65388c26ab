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

static bool is_there(const char *folder, const char *place, const char *file,
                     char path[PATH_MAX])
{
    int length = snprintf(path, PATH_MAX, "%s/%s/%s", folder, place, file);
    return length > 0 && length < PATH_MAX && access(path, F_OK) == 0;
}

/* The first of the usual places that has the file; `folder` is set to where
 * the search began. */
static bool search(const char *file, char folder[PATH_MAX], char path[PATH_MAX])
{
    static const char *const places[] = {
        "../share/madai", "../../share/madai", /* bin, lib; lib/x86_64-… */
        "../model",       "../../model",       "../../../model",
    };
    static const char *const systems[] = {"/usr/local", "/usr"};
    if (!own_folder(folder))
        folder[0] = '\0';
    for (size_t i = 0; folder[0] != '\0' && i < sizeof places / sizeof *places;
         i++)
        if (is_there(folder, places[i], file, path))
            return true;
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
        if (is_there(systems[i], "share/madai", file, path))
            return true;
    return false;
}

/* What was given, by the caller or else the environment; NULL for nothing. */
static const char *given_or(const char *given, const char *variable)
{
    if (given == NULL)
        given = getenv(variable);
    return given != NULL && *given != '\0' ? given : NULL;
}

static bool take(const char *given, char path[PATH_MAX], struct error *error)
{
    return snprintf(path, PATH_MAX, "%s", given) < PATH_MAX ||
           error_set(error, ERROR_NOT_FOUND, "the path is too long");
}

bool model_search(const char *given, char path[PATH_MAX], struct error *error)
{
    char folder[PATH_MAX];
    given = given_or(given, "MADAI_MODEL");
    if (given != NULL)
        return take(given, path, error);
    return search(MODEL_FILE, folder, path) ||
           error_set(error, ERROR_NOT_FOUND,
                     "no model found: name one with --model or MADAI_MODEL, "
                     "or install " MODEL_FILE " in %.120s/../share/madai",
                     folder);
}

bool gazetteer_search(const char *given, char path[PATH_MAX],
                      struct error *error)
{
    char folder[PATH_MAX];
    given = given_or(given, "MADAI_GAZETTEER");
    if (given != NULL)
        return take(given, path, error);
    return search(GAZETTEER_FILE, folder, path) ||
           error_set(error, ERROR_NOT_FOUND,
                     "no gazetteer found: name one with --gazetteer or "
                     "MADAI_GAZETTEER, or install " GAZETTEER_FILE
                     " in %.120s/../share/madai",
                     folder);
}

bool gazetteer_open_if(const char *given, struct gazetteer **gazetteer,
                       struct error *error)
{
    char path[PATH_MAX];
    struct error why = {.kind = ERROR_NONE};
    *gazetteer = NULL;
    given = given_or(given, "MADAI_GAZETTEER");
    if (given != NULL && strcmp(given, "none") == 0)
        return true;
    if (!gazetteer_search(given, path, &why)) {
        if (given == NULL)
            return true;
        *error = why;
        return false;
    }
    *gazetteer = gazetteer_open(path, error);
    return *gazetteer != NULL || error_prefix(error, "gazetteer %.150s", path);
}

struct model *model_open_at(const char *path, struct error *error)
{
    struct model *model = model_open(path, error);
    if (model == NULL)
        error_prefix(error, "model %.150s", path);
    return model;
}
