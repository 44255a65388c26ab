/*
 * link_pairs.c - what is seen of each pair of findings that linking weighs.
 *
 *     link_pairs < READINGS.jsonl
 *
 * One pair a line, by tabs: the task, both findings as "document#id", and the
 * features, by blanks. train/link.py learns from it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "link_parts.h"
#include "weigh.h"

static struct link *readings;

static void tell(void *context, int task, struct link_finding one,
                 struct link_finding other, const int32_t *features,
                 uint32_t count)
{
    (void)context;
    printf("%s\t%s#%s\t%s#%s\t", weigh_task_names[task],
           readings->documents.items[one.document]->id, one.id,
           readings->documents.items[other.document]->id, other.id);
    for (uint32_t i = 0; i < count; i++)
        printf("%d%c", (int)features[i], i + 1 < count ? ' ' : '\n');
}

static int fail(const struct error *error)
{
    fprintf(stderr, "link_pairs: %s\n", error->text);
    return 1;
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    struct error error = {0};
    struct link_watch watch = {tell, NULL};
    readings = link_new(&error);
    if (readings == NULL)
        return fail(&error);
    readings->watch = &watch;
    while ((length = getline(&line, &room, stdin)) > 0) {
        json_t *reading =
            json_read((struct slice){line, (size_t)length}, &error);
        if (reading == NULL || !link_add(readings, reading, &error))
            return fail(&error);
        json_decref(reading);
    }
    if (link_run(readings, &error) == NULL)
        return fail(&error);
    free(line);
    link_release(readings);
    return 0;
}
