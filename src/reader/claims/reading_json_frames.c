/*
 * reading_json_frames.c - "frames", "mentions" and "roles" of a reading, for
 * who asked for them: as the corpora that they are measured on have them, in
 * bytes.
 */
#include "reading_writer.h"

void reading_json_frames(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"frames\":[");
    for (size_t i = 0; i < reading->frames.count; i++) {
        const struct frame *frame = &reading->frames.items[i];
        writer_put(out, i == 0 ? "{\"predicate\":" : ",{\"predicate\":");
        writer_span(out, frame->predicate);
        writer_put(out, ",\"args\":[");
        for (uint32_t j = 0; j < frame->argument_count; j++) {
            writer_put(out, j == 0 ? "{\"role\":\"" : ",{\"role\":\"");
            writer_put(out, frame->arguments[j].role);
            writer_put(out, "\",\"span\":");
            writer_span(out, frame->arguments[j].span);
            writer_put(out, "}");
        }
        writer_put(out, "]}");
    }
    writer_put(out, "]");
}

static void put_mention(struct writer *out, bool *is_first, struct span span,
                        const char *type)
{
    writer_put(out, *is_first ? "{\"span\":" : ",{\"span\":");
    *is_first = false;
    writer_span(out, span);
    writer_word(out, "type", type);
}

/* Those of the actors, by actor, then the names that are no actor's. */
static void put_known(struct writer *out, const struct reading *reading)
{
    bool is_first = true;
    for (size_t i = 0; i < reading->actors.count; i++) {
        const struct actor *actor = &reading->actors.items[i];
        for (uint32_t j = 0; j < actor->mentions.count; j++) {
            put_mention(out, &is_first, actor->mentions.items[j],
                        actor_type_names[actor->type]);
            writer_id(out, "cluster", 'a', (uint32_t)i);
            writer_put(out, "}");
        }
    }
    for (size_t i = 0; i < reading->names.count; i++) {
        const struct name *name = &reading->names.items[i];
        if (name->actor != READING_NONE)
            continue;
        put_mention(out, &is_first, name->span, name_type_names[name->type]);
        writer_put(out, "}");
    }
}

void reading_json_mentions(struct writer *out, const struct reading *reading)
{
    bool is_first = true;
    writer_put(out, ",\"mentions\":[");
    if (!reading->has_mentions)
        put_known(out, reading);
    for (size_t i = 0; i < reading->mentions.count; i++) {
        const struct reading_mention *mention = &reading->mentions.items[i];
        put_mention(out, &is_first, mention->span,
                    mention->kind == MENTION_PERSON ? "person"
                                                    : "organisation");
        writer_id(out, "cluster", 'm', mention->cluster);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}

/* The mentions of one entity of a role, the first of which is at `first`. */
static void put_entity(struct writer *out, const struct reading *reading,
                       size_t first)
{
    const struct role_filler *items = reading->roles.items;
    for (size_t i = first; i < reading->roles.count; i++) {
        if (items[i].role != items[first].role ||
            items[i].entity != items[first].entity)
            continue;
        writer_put(out, i == first ? "[{\"span\":" : ",{\"span\":");
        writer_span(out, items[i].span);
        writer_put(out, ",\"text\":");
        writer_string(out, slice_at(reading->text.bytes, items[i].span));
        writer_put(out, "}");
    }
    writer_put(out, "]");
}

static bool is_first_of_entity(const struct reading *reading, size_t index)
{
    const struct role_filler *items = reading->roles.items;
    for (size_t i = 0; i < index; i++)
        if (items[i].role == items[index].role &&
            items[i].entity == items[index].entity)
            return false;
    return true;
}

void reading_json_roles(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"roles\":{");
    for (uint8_t role = 0; role < ROLE_COUNT; role++) {
        bool is_first = true;
        writer_put(out, role == 0 ? "\"" : ",\"");
        writer_put(out, label_role_names[role]);
        writer_put(out, "\":[");
        for (size_t i = 0; i < reading->roles.count; i++) {
            if (reading->roles.items[i].role != role ||
                !is_first_of_entity(reading, i))
                continue;
            if (!is_first)
                writer_put(out, ",");
            is_first = false;
            put_entity(out, reading, i);
        }
        writer_put(out, "]");
    }
    writer_put(out, "}");
}
