/*
 * acts_dump.c - what acts are decided by, for train/act_weights.py.
 *
 *     acts_dump MODEL FILE...
 *
 * A line a question: file, its letter, the bytes of the trigger and of the
 * other span, the classes that may be answered, then the features, all
 * separated by tabs. Texts of the corpus are read in as files.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "act_weigh.h"
#include "file.h"
#include "model.h"
#include "reading.h"

enum { FEATURES_SIZE = 1 << 16 };

struct dump {
    const char *path;
    const struct text *text;
    size_t used;
    char features[FEATURES_SIZE];
};

static void take_feature(void *context, struct slice key)
{
    struct dump *dump = context;
    if (dump->used + key.length + 2 > FEATURES_SIZE)
        return;
    dump->features[dump->used++] = '\t';
    for (size_t i = 2; i < key.length; i++) {
        char byte = key.data[i];
        dump->features[dump->used++] =
            byte == '\t' || byte == '\n' ? ' ' : byte;
    }
}

static void take_question(void *context, char question, struct span trigger,
                          struct span other, const uint8_t *options,
                          uint32_t count)
{
    struct dump *dump = context;
    struct span bytes = text_bytes_of(dump->text, trigger);
    struct span beside = {0, 0};
    if (other.begin < other.end)
        beside = text_bytes_of(dump->text, other);
    printf("%s\t%c\t%" PRIu32 "\t%" PRIu32 "\t%" PRIu32 "\t%" PRIu32 "\t",
           dump->path, question, bytes.begin, bytes.end, beside.begin,
           beside.end);
    for (uint32_t i = 0; i < count; i++)
        printf("%s%u", i > 0 ? " " : "",
               options != NULL ? (unsigned)options[i] : (unsigned)i);
    printf("%.*s\n", (int)dump->used, dump->features);
    dump->used = 0;
}

static bool dump_file(struct labeller *labeller, const char *path,
                      struct dump *dump, struct error *error)
{
    struct file file;
    struct labels labels = {0};
    struct reading reading = {0};
    struct read_options options = {0};
    struct act_probe probe = {dump, take_feature, take_question};
    struct reading_basis basis = {.labels = &labels, .act_probe = &probe};
    if (!file_read(path, UINT32_MAX - 1, &file, error))
        return false;
    struct arena *arena = arena_new(SIZE_MAX);
    basis.evidence = model_evidence(labeller_model(labeller));
    dump->path = path;
    dump->text = &reading.text;
    dump->used = 0;
    const bool is_well =
        text_analyse(file.bytes, arena, &reading.text, error) &&
        label_text(labeller, &reading.text, arena, &labels, error) &&
        reading_assemble(&basis, &options, arena, &reading, error);
    arena_release(arena);
    file_close(&file);
    return is_well;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct labeller *labeller = NULL;
    struct dump *dump = calloc(1, sizeof *dump);
    struct model *model = count > 2 ? model_open(arguments[1], &error) : NULL;
    if (model != NULL && dump != NULL)
        labeller = labeller_new(model, &error);
    bool is_well = labeller != NULL;
    for (int i = 2; is_well && i < count; i++)
        is_well = dump_file(labeller, arguments[i], dump, &error);
    if (!is_well)
        fprintf(stderr, "acts_dump: %s\n", error.text);
    labeller_free(labeller);
    model_close(model);
    free(dump);
    return is_well ? 0 : 1;
}
