/*
 * replay.c - runs a fuzz target on the files of a folder, as a test.
 */
#include <dirent.h>

#include "file.h"
#include "fuzz.h"

static bool replay(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct error error;
    struct file file;
    if (!file_read(path, (size_t)1 << 26, &file, &error)) {
        fprintf(stderr, "%s: %s\n", path, error.text);
        return false;
    }
    puts(path);
    fflush(stdout); /* so that the last name printed is the culprit's */
    LLVMFuzzerTestOneInput((const uint8_t *)file.bytes.data, file.bytes.length);
    file_close(&file);
    return true;
}

int main(int count, char **arguments)
{
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;
    if (folder == NULL) {
        fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    size_t replayed = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.') {
            if (!replay(arguments[1], entry->d_name))
                return 1;
            replayed++;
        }
    closedir(folder);
    return replayed == 0; /* an empty corpus tests nothing */
}
