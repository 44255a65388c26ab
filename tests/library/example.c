/*
 * example.c - the library as a stranger uses it: who says what in a file.
 *
 *     cc example.c $(pkg-config --cflags --libs madai) -o example
 *     ./example FILE
 */
#include <madai.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *length)
{
    enum { MOST = 1 << 20 };
    char *bytes = malloc(MOST);
    FILE *file = fopen(path, "rb");
    if (bytes == NULL || file == NULL) {
        free(bytes);
        return NULL;
    }
    *length = fread(bytes, 1, MOST, file);
    fclose(file);
    return bytes;
}

static void print_spans(const char *bytes, struct madai_spans spans)
{
    for (size_t i = 0; i < spans.count; i++) {
        struct madai_span span = spans.items[i];
        printf("%s%.*s", i > 0 ? " ... " : "", (int)(span.end - span.begin),
               bytes + span.begin);
    }
}

static void print_claims(const struct madai_reading *reading, const char *bytes)
{
    for (size_t i = 0; i < madai_claim_count(reading); i++) {
        struct madai_claim claim = madai_claim_at(reading, i);
        print_spans(bytes, claim.source);
        printf(" [%s, %.2f] ", claim.act, (double)claim.confidence);
        print_spans(bytes, claim.content);
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    struct madai_error error = {MADAI_USAGE, "give a FILE"};
    size_t length = 0;
    char *bytes = argc == 2 ? read_file(argv[1], &length) : NULL;
    struct madai_model *model =
        bytes != NULL ? madai_model_open(NULL, &error) : NULL;
    struct madai_reader *reader =
        model != NULL ? madai_reader_new(model, &error) : NULL;
    const struct madai_reading *reading =
        reader != NULL ? madai_read(reader, bytes, length, NULL, &error) : NULL;
    if (reading != NULL)
        print_claims(reading, bytes);
    else
        fprintf(stderr, "%s\n", error.text);
    madai_reader_free(reader);
    madai_model_close(model);
    free(bytes);
    return reading != NULL ? 0 : 1;
}
