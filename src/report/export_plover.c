/*
 * export_plover.c - acts as event records in the manner of PLOVER
 * (github.com/openeventdata/PLOVER): who did what to whom, when and where, a
 * JSON object a line.
 *
 * What is planned, demanded or only threatened, and what is denied, says so in
 * `context`, as PLOVER wants it of what has not happened. Which of its modes
 * an act would be is left to people: `mode` is empty, `madai_act` our kind.
 */
#include "export.h"
#include "json.h"
#include "table.h"
#include "tell.h"

static const char *context_of(const struct gathered_act *act)
{
    if (act->is_denied)
        return "denied";
    if (act->modality == NULL || strcmp(act->modality, "actual") == 0 ||
        strcmp(act->modality, "attempted") == 0)
        return NULL;
    return strcmp(act->modality, "planned") == 0 ||
                   strcmp(act->modality, "recurring") == 0
               ? "future"
               : "hypothetical";
}

static json_t *words_json(const char *words)
{
    json_t *value = words != NULL ? json_string(words) : NULL;
    return value != NULL ? value : json_string("");
}

static json_t *record(const struct gathered *all, size_t index,
                      const char *type, struct error *error)
{
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_document *document =
        &all->documents.items[act->document];
    const struct gathered_place *place =
        act->place != GATHERED_NONE ? &all->places.items[act->place] : NULL;
    const char *context = context_of(act);
    struct act_words words;
    if (!act_words(all, index, &words, error))
        return NULL;
    json_t *json = json_pack(
        "{s:s,s:o,s:o,s:o,s:s,s:s,s:[],s:o,s:o,s:o,s:o,s:s,s:s,s:b}", "id",
        act->finding.key, "date", words_json(words.date), "actor",
        words_json(words.doers), "recip", words_json(words.sufferers), "event",
        type, "mode", "", "context", "location",
        words_json(place != NULL ? place->name : NULL), "text",
        words_json(words.words), "publisher",
        words_json(document->publisher != NULL ? document->publisher
                                               : document->row.facts.name),
        "said_by", words_json(words.speaker), "document_sha256",
        document->row.sha256, "madai_act", act->code, "reviewed",
        act_is_reviewed(all, index));
    if (json != NULL && context != NULL)
        json_array_append_new(json_object_get(json, "context"),
                              json_string(context));
    if (json != NULL && place != NULL && place->has_point) {
        json_object_set_new(json, "latitude", json_real(place->lat));
        json_object_set_new(json, "longitude", json_real(place->lon));
    }
    return json;
}

static bool take_bytes(void *context, struct slice bytes, struct error *error)
{
    struct output *output = context;
    (void)error;
    output_slice(output, bytes);
    return !output->is_failed;
}

bool export_plover(const struct gathered *all, struct slice *made,
                   struct error *error)
{
    struct output output;
    const struct json_sink sink = {take_bytes, &output};
    bool is_well = true;
    output_begin(&output, all->arena, error);
    for (size_t i = 0; is_well && i < all->acts.count; i++) {
        const char *code = all->acts.items[i].code;
        const struct table_row *row =
            code != NULL ? table_find(&plover_table, slice_of(code)) : NULL;
        if (row == NULL)
            continue;
        json_t *json = record(all, i, row->columns[0], error);
        is_well = json != NULL
                      ? json_write(json, sink, error)
                      : error->kind != ERROR_NONE ||
                            error_set(error, ERROR_LIMIT, "out of memory");
        is_well = is_well && json != NULL;
        json_decref(json);
        output_add(&output, "\n");
    }
    *made = output_bytes(&output);
    return is_well && !output.is_failed;
}
