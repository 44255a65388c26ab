/*
 * embed.c - turns a file into a C array, at build time.
 *
 *     embed NAME FILE > NAME.c
 *
 * The array is `const char NAME[]` with a NUL behind it, its length without
 * that `const size_t NAME_length`. The header that declares both is written
 * by whoever uses them.
 */
#include <stdio.h>

static int die(const char *what)
{
    perror(what);
    return 1;
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: %s NAME FILE\n", arguments[0]);
        return 2;
    }
    const char *name = arguments[1];
    FILE *file = fopen(arguments[2], "rb");
    if (file == NULL)
        return die(arguments[2]);
    printf("#include <stddef.h>\nextern const char %s[];\n"
           "extern const size_t %s_length;\nconst char %s[] = {",
           name, name, name);
    size_t length = 0;
    for (int byte; (byte = getc(file)) != EOF; length++)
        printf("%s%d,", length % 20 == 0 ? "\n" : "",
               byte < 128 ? byte : byte - 256);
    printf("\n0};\nconst size_t %s_length = %zu;\n", name, length);
    if (ferror(file) || fclose(file) != 0)
        return die(arguments[2]);
    return fflush(stdout) == 0 ? 0 : die("standard output");
}
