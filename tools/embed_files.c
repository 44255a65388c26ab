/*
 * embed_files.c - turns files into a table in C, at build time.
 *
 *     embed_files NAME FILE... > NAME.c
 *
 * `const struct embedded_file NAME[]`, NAME_count of them; the name of each is
 * the last part of its path. The header is page_files.h.
 */
#include <stdio.h>
#include <string.h>

static int die(const char *what)
{
    perror(what);
    return 1;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Its bytes, as an array with a number. */
static int write_bytes(const char *path, int number)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return die(path);
    printf("static const char bytes_%d[] = {", number);
    size_t length = 0;
    for (int byte; (byte = getc(file)) != EOF; length++)
        printf("%s%d,", length % 20 == 0 ? "\n" : "",
               byte < 128 ? byte : byte - 256);
    printf("\n0};\n");
    return ferror(file) || fclose(file) != 0 ? die(path) : 0;
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "usage: embed_files NAME FILE...\n");
        return 2;
    }
    printf("#include \"page_files.h\"\n");
    for (int i = 2; i < count; i++)
        if (write_bytes(arguments[i], i) != 0)
            return 1;
    printf("const struct embedded_file %s[] = {\n", arguments[1]);
    for (int i = 2; i < count; i++)
        printf("    {\"%s\", bytes_%d, sizeof bytes_%d - 1},\n",
               last_part(arguments[i]), i, i);
    printf("};\nconst size_t %s_count = %d;\n", arguments[1], count - 2);
    return fflush(stdout) == 0 ? 0 : die("standard output");
}
