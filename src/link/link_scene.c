/*
 * link_scene.c - time and place of acts, handed on within a document.
 */
#include "link_scene.h"

/* The first act of its chain, however it loops. */
static uint32_t root_of(const struct part_document *document, uint32_t at)
{
    for (int i = 0; i < 32; i++) {
        uint32_t next = document->acts[at].same_as;
        if (next == LINK_NONE || next == at)
            break;
        at = next;
    }
    return at;
}

static void take_time(struct scene *scene, const struct scene *from,
                      enum scene_from how)
{
    if (scene->first != LINK_NO_DAY || from->first == LINK_NO_DAY)
        return;
    scene->first = from->first;
    scene->last = from->last;
    scene->time_from = how;
}

static void take_place(struct scene *scene, const struct scene *from,
                       enum scene_from how)
{
    if (scene->place != 0 || from->place == 0)
        return;
    scene->place = from->place;
    scene->places = from->places;
    scene->place_name = from->place_name;
    scene->place_from = how;
}

static void begin_document(const struct run *run,
                           const struct part_document *document,
                           struct scene *scenes)
{
    (void)run;
    for (uint32_t i = 0; i < document->act_count; i++) {
        const struct part_act *act = &document->acts[i];
        scenes[i] = (struct scene){
            .first = act->first,
            .last = act->last,
            .time_from = act->first != LINK_NO_DAY ? SCENE_OWN : SCENE_NONE,
            .place_from = act->place != 0 ? SCENE_OWN : SCENE_NONE,
            .places = act->places,
            .place = act->place,
            .place_name = act->place_name,
            .root = document->act_base + root_of(document, i)};
    }
}

/* From the act that it points to, and from those that point to it. */
static void share_chains(const struct part_document *document,
                         struct scene *scenes)
{
    for (uint32_t i = 0; i < document->act_count; i++) {
        struct scene *root = &scenes[scenes[i].root - document->act_base];
        take_time(root, &scenes[i], SCENE_SAME);
        take_place(root, &scenes[i], SCENE_SAME);
    }
    for (uint32_t i = 0; i < document->act_count; i++) {
        struct scene *root = &scenes[scenes[i].root - document->act_base];
        take_time(&scenes[i], root, SCENE_SAME);
        take_place(&scenes[i], root, SCENE_SAME);
    }
}

static void share_paragraphs(const struct part_document *document,
                             struct scene *scenes)
{
    for (uint32_t i = 0; i < document->act_count; i++)
        for (uint32_t back = 1; back <= 4 && back <= i; back++) {
            const struct part_act *before = &document->acts[i - back];
            if (before->paragraph + 1 < document->acts[i].paragraph)
                break;
            take_time(&scenes[i], &scenes[i - back], SCENE_NEAR);
            take_place(&scenes[i], &scenes[i - back], SCENE_NEAR);
        }
}

struct scene *scenes_find(struct run *run)
{
    struct scene *scenes =
        arena_take(run->arena, run->act_count, sizeof *scenes, run->error);
    for (uint32_t i = 0; scenes != NULL && i < run->document_count; i++) {
        const struct part_document *document = run->documents[i];
        struct scene *its = scenes + document->act_base;
        begin_document(run, document, its);
        share_chains(document, its);
        share_paragraphs(document, its);
    }
    return scenes;
}
