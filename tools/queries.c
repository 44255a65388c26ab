/*
 * queries.c - turns a file of named SQL into C, at build time.
 *
 *     queries header FILE.sql... > queries.h
 *     queries source FILE.sql... > queries.c
 *
 * A block begins with a line "-- name: finding_insert" and goes on to the
 * next; what stands before the first is a note. Each becomes a member of
 * `enum query` (QUERY_FINDING_INSERT) and an entry of `query_texts`, with its
 * own comments, so that an error of SQLite's can be found again.
 */
#define _GNU_SOURCE

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "-- name: ";

/* The name in a line that begins a block, cut out in place; else NULL. */
static char *name_of(char *line)
{
    if (strncmp(line, mark, sizeof mark - 1) != 0)
        return NULL;
    char *name = line + sizeof mark - 1;
    name[strcspn(name, " \t\r\n")] = '\0';
    return name;
}

static void print_upper(const char *name)
{
    printf("QUERY_");
    for (; *name != '\0'; name++)
        putchar(toupper((unsigned char)*name));
}

static void print_line(const char *line)
{
    printf("    \"");
    for (; *line != '\0' && *line != '\n'; line++) {
        if (*line == '"' || *line == '\\')
            putchar('\\');
        putchar(*line);
    }
    printf("\\n\"\n");
}

/* Calls back for each line of each file; `name` is NULL where none begins. */
static void each_line(char **paths,
                      void (*tell)(const char *name, const char *line))
{
    char *line = NULL;
    size_t room = 0;
    for (; *paths != NULL; paths++) {
        FILE *file = fopen(*paths, "r");
        if (file == NULL) {
            fprintf(stderr, "%s: cannot be opened\n", *paths);
            exit(1);
        }
        while (getline(&line, &room, file) >= 0) {
            const char *name = name_of(line);
            tell(name, line);
        }
        fclose(file);
    }
    free(line);
}

static void tell_member(const char *name, const char *line)
{
    (void)line;
    if (name == NULL)
        return;
    printf("    ");
    print_upper(name);
    printf(",\n");
}

static void tell_name(const char *name, const char *line)
{
    (void)line;
    if (name != NULL)
        printf("    \"%s\",\n", name);
}

static bool has_begun;

static void tell_text(const char *name, const char *line)
{
    if (name != NULL)
        printf("%s    /* %s */\n", has_begun ? "    ,\n" : "", name);
    else if (has_begun)
        print_line(line);
    has_begun = has_begun || name != NULL;
}

static void print_header(char **paths)
{
    printf("/* Made by tools/queries.c; do not edit. */\n"
           "#ifndef MADAI_QUERIES_H\n#define MADAI_QUERIES_H\n\n"
           "enum query {\n");
    each_line(paths, tell_member);
    printf("    QUERY_COUNT\n};\n\n"
           "extern const char *const query_names[QUERY_COUNT];\n"
           "extern const char *const query_texts[QUERY_COUNT];\n\n#endif\n");
}

static void print_source(char **paths)
{
    printf("/* Made by tools/queries.c; do not edit. */\n"
           "#include \"queries.h\"\n\n"
           "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
           "const char *const query_names[QUERY_COUNT] = {\n");
    each_line(paths, tell_name);
    printf("};\n\nconst char *const query_texts[QUERY_COUNT] = {\n");
    each_line(paths, tell_text);
    printf("};\n");
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: queries header|source FILE.sql...\n");
        return 2;
    }
    if (strcmp(argv[1], "header") == 0)
        print_header(argv + 2);
    else
        print_source(argv + 2);
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
