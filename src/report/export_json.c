/*
 * export_json.c - see export.h: GeoJSON, Web Annotations, FollowTheMoney.
 */
#include "anchor.h"
#include "export.h"
#include "json.h"
#include "tell.h"
#include "utf8.h"

static bool write_bytes(void *context, struct slice bytes, struct error *error)
{
    struct output *output = context;
    (void)error;
    output_slice(output, bytes);
    return !output->is_failed;
}

/* One value, which is given; a line of its own where wanted. */
static bool write_value(struct output *output, json_t *value)
{
    const struct json_sink sink = {write_bytes, output};
    bool is_written = value != NULL
                          ? json_write(value, sink, output->error)
                          : error_set(output->error, ERROR_LIMIT,
                                      "words that are no UTF-8, or no memory");
    json_decref(value);
    return is_written;
}

/* A string that JSON takes: bytes that are no UTF-8 are passed over. */
static json_t *words_json(struct slice words)
{
    json_t *value = json_stringn(words.data, words.length);
    return value != NULL ? value : json_string("");
}

static json_t *text_or_null(const char *words)
{
    return words != NULL && *words != '\0' ? words_json(slice_of(words))
                                           : json_null();
}

/* GeoJSON ---------------------------------------------------------------- */

static json_t *feature(const struct gathered *all, size_t index,
                       struct error *error)
{
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_place *place = &all->places.items[act->place];
    struct act_words words;
    if (!act_words(all, index, &words, error))
        return NULL;
    return json_pack(
        "{s:s,s:s,s:{s:s,s:[f,f]},s:{s:s,s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:s,s:b}}",
        "type", "Feature", "id", act->finding.key, "geometry", "type", "Point",
        "coordinates", place->lon, place->lat, "properties", "act",
        act->code != NULL ? act->code : "other", "date",
        text_or_null(words.date), "place", text_or_null(place->name), "doers",
        text_or_null(words.doers), "sufferers", text_or_null(words.sufferers),
        "said_by", text_or_null(words.speaker), "polarity",
        act->is_denied ? "denied" : "asserted", "quote",
        words_json(slice_of(words.words)), "document",
        all->documents.items[act->document].row.sha256, "reviewed",
        act_is_reviewed(all, index));
}

bool export_geojson(const struct gathered *all, struct slice *made,
                    struct error *error)
{
    struct output output;
    bool is_first = true, is_well = true;
    output_begin(&output, all->arena, error);
    output_add(&output, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < all->acts.count && is_well; i++) {
        size_t place = all->acts.items[i].place;
        if (place == GATHERED_NONE || !all->places.items[place].has_point)
            continue;
        output_add(&output, is_first ? "\n" : ",\n");
        is_first = false;
        is_well = write_value(&output, feature(all, i, error));
    }
    output_add(&output, "\n]}\n");
    *made = output_bytes(&output);
    return is_well && !output.is_failed;
}

/* Web Annotations -------------------------------------------------------- */

struct annotating {
    const struct gathered *all;
    struct output *output;
    bool is_first;
};

/* Positions of the standard count characters. */
static size_t characters(struct slice text, uint32_t end)
{
    return utf8_count((struct slice){text.data, end});
}

static bool annotate(struct annotating *to, size_t index,
                     const struct gathered_finding *finding, const char *words)
{
    const struct gathered_document *document = &to->all->documents.items[index];
    struct slice text = document->text;
    size_t begin = characters(text, finding->span.begin);
    size_t end = begin + utf8_count(slice_at(text, finding->span));
    char id[64], source[96];
    snprintf(id, sizeof id, "urn:madai:%s", finding->key);
    snprintf(source, sizeof source, "urn:sha256:%s", document->about.sha256);
    json_t *value = json_pack(
        "{s:s,s:s,s:s,s:{s:s,s:o,s:s,s:s},"
        "s:{s:s,s:[{s:s,s:o,s:o,s:o},{s:s,s:I,s:I}]}}",
        "id", id, "type", "Annotation", "motivation", "classifying", "body",
        "type", "TextualBody", "value", words_json(slice_of(words)), "format",
        "text/plain", "purpose", "classifying", "target", "source", source,
        "selector", "type", "TextQuoteSelector", "exact",
        words_json(slice_at(text, finding->span)), "prefix",
        words_json(anchor_prefix(text, finding->span)), "suffix",
        words_json(anchor_suffix(text, finding->span)), "type",
        "TextPositionSelector", "start", (json_int_t)begin, "end",
        (json_int_t)end);
    output_add(to->output, to->is_first ? "\n" : ",\n");
    to->is_first = false;
    return write_value(to->output, value);
}

static bool annotate_all(struct annotating *to)
{
    const struct gathered *all = to->all;
    char words[120];
    for (size_t i = 0; i < all->claims.count; i++) {
        snprintf(words, sizeof words, "claim: %.80s",
                 all->claims.items[i].act != NULL ? all->claims.items[i].act
                                                  : "assert");
        if (!annotate(to, all->claims.items[i].document,
                      &all->claims.items[i].finding, words))
            return false;
    }
    for (size_t i = 0; i < all->acts.count; i++) {
        snprintf(words, sizeof words, "act: %.80s%s",
                 all->acts.items[i].code != NULL ? all->acts.items[i].code
                                                 : "other",
                 all->acts.items[i].is_denied ? " (denied)" : "");
        if (!annotate(to, all->acts.items[i].document,
                      &all->acts.items[i].finding, words))
            return false;
    }
    for (size_t i = 0; i < all->figures.count; i++)
        if (!annotate(to, all->figures.items[i].document,
                      &all->figures.items[i].finding, "figure"))
            return false;
    return true;
}

bool export_annotations(const struct gathered *all, struct slice *made,
                        struct error *error)
{
    struct output output;
    struct annotating to = {all, &output, true};
    output_begin(&output, all->arena, error);
    output_add(&output, "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\","
                        "\"id\":\"urn:madai:annotations\","
                        "\"type\":\"AnnotationPage\",\"items\":[");
    bool is_well = annotate_all(&to);
    output_add(&output, "\n]}\n");
    *made = output_bytes(&output);
    return is_well && !output.is_failed;
}

/* FollowTheMoney --------------------------------------------------------- */

/* A property is a list of strings; one that says nothing is left out. */
static bool add_property(json_t *properties, const char *name,
                         const char *value)
{
    if (value == NULL || *value == '\0')
        return true;
    json_t *list = json_object_get(properties, name);
    if (list == NULL) {
        list = json_array();
        if (json_object_set_new(properties, name, list) != 0)
            return false;
    }
    return json_array_append_new(list, words_json(slice_of(value))) == 0;
}

static bool write_entity(struct output *output, const char *id,
                         const char *schema, json_t *properties)
{
    json_t *entity = json_pack("{s:s,s:s,s:o}", "id", id, "schema", schema,
                               "properties", properties);
    bool is_written = write_value(output, entity);
    output_add(output, "\n");
    return is_written;
}

static bool write_document(struct output *output,
                           const struct gathered_document *document)
{
    char id[80];
    json_t *properties = json_object();
    snprintf(id, sizeof id, "madai-d-%.40s", document->row.sha256);
    bool is_well =
        properties != NULL &&
        add_property(properties, "fileName", document->row.facts.name) &&
        add_property(properties, "title", document->title) &&
        add_property(properties, "date", document->date) &&
        add_property(properties, "publisher", document->publisher) &&
        add_property(properties, "sourceUrl", document->row.facts.url);
    return write_entity(output, id, "Document", properties) && is_well;
}

static void party_id(const struct gathered *all, size_t party, char id[48])
{
    snprintf(id, 48, "madai-%s",
             all->actors.items[all->parties.items[party].first].finding.key);
}

static bool write_party(struct output *output, const struct gathered *all,
                        size_t index)
{
    const struct gathered_party *party = &all->parties.items[index];
    const char *schema = "LegalEntity";
    char id[48];
    json_t *properties = json_object();
    if (party->type != NULL && strcmp(party->type, "person") == 0)
        schema = "Person";
    else if (party->type != NULL && strcmp(party->type, "organisation") == 0)
        schema = "Organization";
    party_id(all, index, id);
    bool is_well = properties != NULL &&
                   add_property(properties, "name", party->name) &&
                   add_property(properties, "description", party->class);
    return write_entity(output, id, schema, properties) && is_well;
}

static bool add_involved(json_t *properties, const struct gathered *all,
                         const struct gathered_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        char id[48];
        if (parts->items[i].actor == GATHERED_NONE ||
            all->actors.items[parts->items[i].actor].party == GATHERED_NONE)
            continue;
        party_id(all, all->actors.items[parts->items[i].actor].party, id);
        if (!add_property(properties, "involved", id))
            return false;
    }
    return true;
}

static bool write_act(struct output *output, const struct gathered *all,
                      size_t index)
{
    const struct gathered_act *act = &all->acts.items[index];
    struct act_words words;
    char id[48], proof[80], name[160];
    json_t *properties = json_object();
    if (!act_words(all, index, &words, output->error)) {
        json_decref(properties);
        return false;
    }
    snprintf(id, sizeof id, "madai-%s", act->finding.key);
    snprintf(proof, sizeof proof, "madai-d-%.40s",
             all->documents.items[act->document].row.sha256);
    snprintf(name, sizeof name, "%.80s%s", act_label(act->code),
             act->is_denied ? " (denied)" : "");
    bool is_well = properties != NULL &&
                   add_property(properties, "name", name) &&
                   add_property(properties, "date", words.date) &&
                   add_property(properties, "location",
                                act->place != GATHERED_NONE
                                    ? all->places.items[act->place].name
                                    : NULL) &&
                   add_property(properties, "summary", words.words) &&
                   add_property(properties, "recordId", act->finding.key) &&
                   add_property(properties, "publisher", words.speaker) &&
                   add_property(properties, "proof", proof) &&
                   add_involved(properties, all, &act->perpetrators) &&
                   add_involved(properties, all, &act->victims) &&
                   add_involved(properties, all, &act->targets);
    return write_entity(output, id, "Event", properties) && is_well;
}

bool export_ftm(const struct gathered *all, struct slice *made,
                struct error *error)
{
    struct output output;
    bool is_well = true;
    output_begin(&output, all->arena, error);
    for (size_t i = 0; i < all->documents.count && is_well; i++)
        is_well = write_document(&output, &all->documents.items[i]);
    for (size_t i = 0; i < all->parties.count && is_well; i++)
        is_well = write_party(&output, all, i);
    for (size_t i = 0; i < all->acts.count && is_well; i++)
        is_well = write_act(&output, all, i);
    *made = output_bytes(&output);
    return is_well && !output.is_failed;
}
