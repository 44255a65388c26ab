/*
 * reading_json.c - see reading_json.h. Fields in the order of READING.md;
 * one with nothing to say is left out. Numbers are written by hand: printf
 * would take its decimal point from the locale.
 */
#include "reading_json.h"

enum { BUFFER_SIZE = 4096 };

/* Collects small pieces before they go to the sink; a failure stays. */
struct writer {
    struct json_sink sink;
    struct error *error;
    bool is_failed;
    size_t used;
    char buffer[BUFFER_SIZE];
};

static void flush(struct writer *out)
{
    if (!out->is_failed && out->used > 0)
        out->is_failed = !out->sink.write(
            out->sink.context, (struct slice){out->buffer, out->used},
            out->error);
    out->used = 0;
}

static void put(struct writer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (out->used == BUFFER_SIZE)
            flush(out);
        out->buffer[out->used++] = *text;
    }
}

static void put_number(struct writer *out, uint64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    put(out, digits + at);
}

/* Three decimals are more than a confidence is worth. */
static void put_confidence(struct writer *out, const char *key, float value)
{
    float held = value < 0 ? 0 : value > 1 ? 1 : value;
    uint64_t thousandths = (uint64_t)(held * 1000 + 0.5f);
    put(out, ",\"");
    put(out, key);
    put(out, thousandths >= 1000 ? "\":1" : "\":0");
    if (thousandths == 0 || thousandths >= 1000)
        return;
    char decimals[] = {'.', (char)('0' + thousandths / 100),
                       (char)('0' + thousandths / 10 % 10),
                       (char)('0' + thousandths % 10), '\0'};
    put(out, decimals);
}

static void put_string(struct writer *out, struct slice text)
{
    flush(out);
    if (!out->is_failed)
        out->is_failed = !json_write_string(text, out->sink, out->error);
}

/* ,"key":"a3" */
static void put_id(struct writer *out, const char *key, char letter,
                   uint32_t index)
{
    char quoted[] = {'"', letter, '\0'};
    put(out, ",\"");
    put(out, key);
    put(out, "\":");
    put(out, quoted);
    put_number(out, (uint64_t)index + 1);
    put(out, "\"");
}

static void put_word(struct writer *out, const char *key, const char *word)
{
    put(out, ",\"");
    put(out, key);
    put(out, "\":\"");
    put(out, word);
    put(out, "\"");
}

static void put_text(struct writer *out, const char *key, struct slice text)
{
    if (text.length == 0)
        return;
    put(out, ",\"");
    put(out, key);
    put(out, "\":");
    put_string(out, text);
}

static void put_span(struct writer *out, struct span span)
{
    put(out, "[");
    put_number(out, span.begin);
    put(out, ",");
    put_number(out, span.end);
    put(out, "]");
}

/* ,"key":[[1,2],[3,4]]; nothing when there are no places. */
static void put_places(struct writer *out, const char *key,
                       struct places places)
{
    if (places.count == 0)
        return;
    put(out, ",\"");
    put(out, key);
    put(out, "\":[");
    for (uint32_t i = 0; i < places.count; i++) {
        put(out, i == 0 ? "" : ",");
        put_span(out, places.items[i]);
    }
    put(out, "]");
}

static void put_document(struct writer *out, const struct reading *reading)
{
    const struct reading_document *document = &reading->document;
    put(out, "\"document\":{\"id\":");
    put_string(out, document->id);
    put_word(out, "sha256", document->sha256);
    put(out, ",\"bytes\":");
    put_number(out, reading->text.bytes.length);
    if (reading->text.invalid_bytes > 0) {
        put(out, ",\"invalid_bytes\":");
        put_number(out, reading->text.invalid_bytes);
    }
    if (document->is_english)
        put_word(out, "language", "en");
    if (document->date[0] != '\0')
        put_word(out, "date", document->date);
    put_word(out, "date_from", date_from_names[document->date_from]);
    put_text(out, "publisher", document->publisher);
    put_text(out, "title", document->title);
    put_word(out, "kind", document_kind_names[document->kind]);
    if (document->issuer != READING_NONE)
        put_id(out, "issuer", 'a', document->issuer);
    for (uint32_t i = 0; i < document->addressee_count; i++) {
        put(out, i == 0 ? ",\"addressee\":[\"a" : ",\"a");
        put_number(out, (uint64_t)document->addressees[i] + 1);
        put(out, "\"");
    }
    put(out, document->addressee_count > 0 ? "]}" : "}");
}

static void put_sentences(struct writer *out, const struct text *text)
{
    put(out, ",\"sentences\":[");
    for (size_t i = 0; i < text->sentences.count; i++) {
        put(out, i == 0 ? "" : ",");
        put_span(out, text_bytes_of(text, text->sentences.items[i]));
    }
    put(out, "],\"parts\":[");
    for (size_t i = 0; i < text->parts.count; i++) {
        put(out, i == 0 ? "{\"span\":" : ",{\"span\":");
        put_span(out, text->parts.items[i].span);
        put_word(out, "kind", part_kind_names[text->parts.items[i].kind]);
        put(out, "}");
    }
    put(out, "]");
}

static void put_names(struct writer *out, const struct reading *reading)
{
    put(out, ",\"names\":[");
    for (size_t i = 0; i < reading->names.count; i++) {
        const struct name *name = &reading->names.items[i];
        put(out, i == 0 ? "{\"span\":" : ",{\"span\":");
        put_span(out, name->span);
        put_word(out, "type", name_type_names[name->type]);
        if (name->actor != READING_NONE)
            put_id(out, "actor", 'a', name->actor);
        put(out, "}");
    }
    put(out, "]");
}

/* {"id":"a3" - the opening of an object of a list. */
static void open_object(struct writer *out, size_t index, char letter)
{
    char opening[] = {'{', '"', 'i', 'd', '"', ':', '"', letter, '\0'};
    put(out, index == 0 ? "" : ",");
    put(out, opening);
    put_number(out, (uint64_t)index + 1);
    put(out, "\"");
}

static void put_roles(struct writer *out, const struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count; i++) {
        put(out, i == 0 ? ",\"roles\":[{\"title\":" : ",{\"title\":");
        put_string(out, actor->roles[i].title);
        if (actor->roles[i].of != READING_NONE)
            put_id(out, "of", 'a', actor->roles[i].of);
        put(out, "}");
    }
    put(out, actor->role_count > 0 ? "]" : "");
}

static void put_actors(struct writer *out, const struct reading *reading)
{
    put(out, ",\"actors\":[");
    for (size_t i = 0; i < reading->actors.count; i++) {
        const struct actor *actor = &reading->actors.items[i];
        open_object(out, i, 'a');
        put_text(out, "name", actor->name);
        put_word(out, "type", actor_type_names[actor->type]);
        put_word(out, "class", actor_class_names[actor->class]);
        put_roles(out, actor);
        put_places(out, "mentions", actor->mentions);
        put_confidence(out, "confidence", actor->confidence);
        put(out, "}");
    }
    put(out, "]");
}

/* "also" has its places as an object each, without a comma before the first
 * of them. */
static void put_also(struct writer *out, const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->also_count; i++) {
        const struct claim_also *also = &claim->also[i];
        put(out, i == 0 ? ",\"also\":[{" : ",{");
        put(out, "\"content\":[");
        for (uint32_t j = 0; j < also->content.count; j++) {
            put(out, j == 0 ? "" : ",");
            put_span(out, also->content.items[j]);
        }
        put(out, "]");
        put_places(out, "source", also->source);
        put_places(out, "cue", also->cue);
        put(out, "}");
    }
    put(out, claim->also_count > 0 ? "]" : "");
}

static void put_claims(struct writer *out, const struct reading *reading)
{
    put(out, ",\"claims\":[");
    for (size_t i = 0; i < reading->claims.count; i++) {
        const struct claim *claim = &reading->claims.items[i];
        open_object(out, i, 'c');
        if (claim->parent != READING_NONE)
            put_id(out, "parent", 'c', claim->parent);
        put_word(out, "mode", claim_mode_names[claim->mode]);
        put_word(out, "act", speech_act_names[claim->act]);
        put_places(out, "source", claim->source);
        put_places(out, "cue", claim->cue);
        put_places(out, "content", claim->content);
        put_places(out, "addressee", claim->addressee);
        put_places(out, "medium", claim->medium);
        if (claim->speaker != READING_NONE)
            put_id(out, "speaker", 'a', claim->speaker);
        put_word(out, "polarity", claim->is_denied ? "denied" : "asserted");
        put_confidence(out, "confidence", claim->confidence);
        put_also(out, claim);
        put(out, "}");
    }
    put(out, "]");
}

bool reading_json_write(const struct reading *reading, bool has_text,
                        struct json_sink sink, struct error *error)
{
    struct writer out;
    out.sink = sink;
    out.error = error;
    out.is_failed = false;
    out.used = 0;
    put(&out, "{\"madai\":\"reading/1\",");
    put_document(&out, reading);
    if (has_text) {
        put(&out, ",\"text\":");
        put_string(&out, reading->text.bytes);
    }
    put_sentences(&out, &reading->text);
    put_names(&out, reading);
    put_actors(&out, reading);
    put_claims(&out, reading);
    put(&out, "}");
    flush(&out);
    return !out.is_failed;
}
