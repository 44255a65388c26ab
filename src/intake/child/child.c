/*
 * child.c - see child.h.
 */
#include "child.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox.h"

enum { EXIT_WELL = 0, EXIT_WRONG_CALL = 2, EXIT_NO_INPUT = 5 };

static bool kind_named(const char *name, enum file_kind *kind)
{
    for (int i = 0; i < FILE_KINDS; i++)
        if (strcmp(file_kind_names[i], name) == 0) {
            *kind = (enum file_kind)i;
            return true;
        }
    return false;
}

static void say_door(uint32_t in_force)
{
    char frame[FRAME_HEADER + 4] = {FRAME_DOOR};
    frame_put_u32(frame + 1, 4);
    frame_put_u32(frame + FRAME_HEADER, in_force);
    if (write(STDOUT_FILENO, frame, sizeof frame) != (ssize_t)sizeof frame)
        _exit(EXIT_NO_INPUT);
}

/* The document, mapped: nobody can change it, since it is sealed. */
static struct slice document(void)
{
    struct stat status;
    if (fstat(STDIN_FILENO, &status) != 0 || status.st_size <= 0)
        _exit(EXIT_NO_INPUT);
    size_t length = (size_t)status.st_size;
    const char *bytes =
        mmap(NULL, length, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
    if (bytes == MAP_FAILED)
        _exit(EXIT_NO_INPUT);
    return (struct slice){bytes, length};
}

void child_run(const struct converter *converter, int argc, char **argv)
{
    enum { ARGUMENTS = 5 };
    enum file_kind kind;
    if (argc != ARGUMENTS || !kind_named(argv[1], &kind))
        _exit(EXIT_WRONG_CALL);
    struct slice bytes = document(); /* mapped, not looked at */
    if (converter->prepare != NULL)
        converter->prepare();
    const struct sandbox_plan plan = {.cpu_seconds =
                                          (unsigned)strtoul(argv[2], NULL, 10),
                                      .memory = strtoul(argv[3], NULL, 10),
                                      .folders = converter->folders};
    const uint32_t in_force = sandbox_close(&plan);
    say_door(in_force);
    struct writer *writer = writer_to_parent();
    if ((~in_force & SANDBOX_REQUIRED) != 0 && strcmp(argv[4], "unsafe") != 0) {
        char missing[100];
        sandbox_missing(in_force, missing, sizeof missing);
        writer_refuse(writer,
                      "cannot be parsed safely here: this system lacks %s "
                      "(--unsafe-parsing parses it all the same)",
                      missing);
    } else {
        converter->convert(bytes, kind, writer);
        writer_finish(writer);
    }
    /* No destructor of a library runs: nothing is left to do. */
    _exit(EXIT_WELL);
}
