/*
 * reading_json_frames.c - "frames" and "mentions" of a reading, for who asked
 * for them: as the corpora that they are measured on have them, in bytes.
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
