/*
 * add_unsynchronised.c - `madai add --no-read --porcelain` without forcing
 * anything to the disk: the control of the test of power cuts.
 *
 *     add_unsynchronised CASE FOLDER
 */
#include <stdio.h>

#include "case_add.h"
#include "casefile_unsafe.h"

static bool tell(void *context, const struct add_told *told)
{
    (void)context;
    printf("%s %s %s\n", told->how == ADDED ? "added" : "refused", told->sha256,
           told->path);
    return fflush(stdout) == 0;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    if (count != 3) {
        fprintf(stderr, "usage: add_unsynchronised CASE FOLDER\n");
        return 2;
    }
    struct casefile *casefile =
        casefile_open(arguments[1], CASEFILE_WRITE, &error);
    const struct case_add add = {
        .casefile = casefile, .threads = 2, .tell = tell};
    bool is_well = casefile != NULL &&
                   casefile_unsynchronised(casefile, &error) &&
                   case_add_files(&add, arguments + 2, 1, arguments[1], &error);
    if (!is_well)
        fprintf(stderr, "%s\n", error.text);
    casefile_close(casefile);
    return is_well ? 0 : 1;
}
