/*
 * reading_json.c - see reading_json.h. Fields in the order of READING.md;
 * one with nothing to say is left out.
 */
#include "police.h"
#include "reading_writer.h"

static void put_answers(struct writer *out,
                        const struct document_answered *answers)
{
    writer_put(out, ",\"answers\":{\"kind\":\"");
    writer_put(out, intervention_kind_names[answers->kind]);
    writer_put(out, "\",\"span\":[");
    writer_span(out, answers->span);
    writer_put(out, "]");
    if (answers->by != READING_NONE)
        writer_id(out, "by", 'a', answers->by);
    if (answers->date[0] != '\0')
        writer_word(out, "date", answers->date);
    writer_put(out, "}");
}

static void put_document(struct writer *out, const struct reading *reading)
{
    const struct reading_document *document = &reading->document;
    writer_put(out, "\"document\":{\"id\":");
    writer_string(out, document->id);
    writer_word(out, "sha256", document->sha256);
    writer_put(out, ",\"bytes\":");
    writer_number(out, reading->text.bytes.length);
    if (reading->text.invalid_bytes > 0) {
        writer_put(out, ",\"invalid_bytes\":");
        writer_number(out, reading->text.invalid_bytes);
    }
    const char *language =
        document->is_english ? "en" : text_language(&reading->text);
    if (language != NULL)
        writer_word(out, "language", language);
    if (document->date[0] != '\0')
        writer_word(out, "date", document->date);
    writer_word(out, "date_from", date_from_names[document->date_from]);
    writer_text(out, "publisher", document->publisher);
    writer_text(out, "title", document->title);
    writer_word(out, "kind", document_kind_names[document->kind]);
    if (document->issuer != READING_NONE)
        writer_id(out, "issuer", 'a', document->issuer);
    for (uint32_t i = 0; i < document->addressee_count; i++) {
        writer_put(out, i == 0 ? ",\"addressee\":[\"a" : ",\"a");
        writer_number(out, (uint64_t)document->addressees[i] + 1);
        writer_put(out, "\"");
    }
    writer_put(out, document->addressee_count > 0 ? "]" : "");
    if (document->answers.is_known)
        put_answers(out, &document->answers);
    writer_put(out, "}");
}

/* Parts in another language than English hold no paragraph in it. */
static const char *language_of_part(const struct text *text,
                                    const struct part *part)
{
    if (text->languages.count == 0)
        return NULL;
    const struct span tokens = text_tokens_in(text, part->span);
    return text_language_of(text, text_paragraph_of(text, tokens.begin));
}

/* A sentence with what police are said to do in it. */
static void put_labelled(struct writer *out, struct span bytes, uint8_t labels)
{
    bool is_first = true;
    writer_put(out, "{\"span\":");
    writer_span(out, bytes);
    writer_put(out, ",\"labels\":[");
    for (size_t i = 0; i < POLICE_LABEL_COUNT; i++) {
        if ((labels & 1u << i) == 0)
            continue;
        writer_put(out, is_first ? "\"" : ",\"");
        writer_put(out, police_label_names[i]);
        writer_put(out, "\"");
        is_first = false;
    }
    writer_put(out, "]}");
}

static void put_sentences(struct writer *out, const struct reading *reading)
{
    const struct text *text = &reading->text;
    writer_put(out, ",\"sentences\":[");
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span bytes = text_bytes_of(text, text->sentences.items[i]);
        writer_put(out, i == 0 ? "" : ",");
        if (reading->police != NULL)
            put_labelled(out, bytes, reading->police[i]);
        else
            writer_span(out, bytes);
    }
    writer_put(out, "],\"parts\":[");
    for (size_t i = 0; i < text->parts.count; i++) {
        writer_put(out, i == 0 ? "{\"span\":" : ",{\"span\":");
        writer_span(out, text->parts.items[i].span);
        writer_word(out, "kind", part_kind_names[text->parts.items[i].kind]);
        const char *language = language_of_part(text, &text->parts.items[i]);
        if (language != NULL)
            writer_word(out, "language", language);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}

static void put_names(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"names\":[");
    for (size_t i = 0; i < reading->names.count; i++) {
        const struct name *name = &reading->names.items[i];
        writer_put(out, i == 0 ? "{\"span\":" : ",{\"span\":");
        writer_span(out, name->span);
        writer_word(out, "type", name_type_names[name->type]);
        if (name->actor != READING_NONE)
            writer_id(out, "actor", 'a', name->actor);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}

static void put_roles(struct writer *out, const struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count; i++) {
        writer_put(out, i == 0 ? ",\"roles\":[{\"title\":" : ",{\"title\":");
        writer_string(out, actor->roles[i].title);
        if (actor->roles[i].of != READING_NONE)
            writer_id(out, "of", 'a', actor->roles[i].of);
        writer_put(out, "}");
    }
    writer_put(out, actor->role_count > 0 ? "]" : "");
}

static void put_actors(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"actors\":[");
    for (size_t i = 0; i < reading->actors.count; i++) {
        const struct actor *actor = &reading->actors.items[i];
        writer_object(out, i, 'a');
        writer_text(out, "name", actor->name);
        writer_word(out, "type", actor_type_names[actor->type]);
        writer_word(out, "class", actor_class_names[actor->class]);
        put_roles(out, actor);
        writer_places(out, "mentions", actor->mentions);
        writer_confidence(out, "confidence", actor->confidence);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}

/* "also" has its places as an object each, without a comma before the first
 * of them. */
static void put_also(struct writer *out, const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->also_count; i++) {
        const struct claim_also *also = &claim->also[i];
        writer_put(out, i == 0 ? ",\"also\":[{" : ",{");
        writer_put(out, "\"content\":[");
        for (uint32_t j = 0; j < also->content.count; j++) {
            writer_put(out, j == 0 ? "" : ",");
            writer_span(out, also->content.items[j]);
        }
        writer_put(out, "]");
        writer_places(out, "source", also->source);
        writer_places(out, "cue", also->cue);
        writer_put(out, "}");
    }
    writer_put(out, claim->also_count > 0 ? "]" : "");
}

static void put_claims(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"claims\":[");
    for (size_t i = 0; i < reading->claims.count; i++) {
        const struct claim *claim = &reading->claims.items[i];
        writer_object(out, i, 'c');
        if (claim->parent != READING_NONE)
            writer_id(out, "parent", 'c', claim->parent);
        writer_word(out, "mode", claim_mode_names[claim->mode]);
        writer_word(out, "act", speech_act_names[claim->act]);
        writer_places(out, "source", claim->source);
        writer_places(out, "cue", claim->cue);
        writer_places(out, "content", claim->content);
        writer_places(out, "addressee", claim->addressee);
        writer_places(out, "medium", claim->medium);
        if (claim->speaker != READING_NONE)
            writer_id(out, "speaker", 'a', claim->speaker);
        writer_word(out, "polarity", claim->is_denied ? "denied" : "asserted");
        writer_confidence(out, "confidence", claim->confidence);
        put_also(out, claim);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}

bool reading_json_write(const struct reading *reading, bool has_text,
                        struct json_sink sink, struct error *error)
{
    struct writer out;
    out.sink = sink;
    out.error = error;
    out.is_failed = false;
    out.used = 0;
    writer_put(&out, "{\"madai\":\"reading/1\",");
    put_document(&out, reading);
    if (has_text) {
        writer_put(&out, ",\"text\":");
        writer_string(&out, reading->text.bytes);
    }
    put_sentences(&out, reading);
    put_names(&out, reading);
    put_actors(&out, reading);
    put_claims(&out, reading);
    reading_json_acts(&out, reading);
    reading_json_figures(&out, reading);
    reading_json_times(&out, reading);
    reading_json_places(&out, reading);
    reading_json_interventions(&out, reading);
    reading_json_citations(&out, reading);
    if ((reading->layers & READING_FRAMES) != 0)
        reading_json_frames(&out, reading);
    if ((reading->layers & READING_MENTIONS) != 0)
        reading_json_mentions(&out, reading);
    if ((reading->layers & READING_ROLES) != 0)
        reading_json_roles(&out, reading);
    writer_put(&out, "}");
    writer_flush(&out);
    return !out.is_failed;
}
