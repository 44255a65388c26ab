/*
 * madai.c - the public API over the reader; see include/madai.h.
 *
 * Only types are turned into others here. A public handle is the internal
 * one under another name, or a struct that holds it.
 */
#include "madai.h"

#include <stdlib.h>

#include "model.h"
#include "model_search.h"
#include "place_words.h"
#include "reading.h"
#include "reading_json.h"

/* As for the program: far above what any text of 4 GiB needs. */
#define ARENA_CEILING ((size_t)64 << 30)

_Static_assert(MADAI_NONE == READING_NONE, "one word for nothing");
_Static_assert((int)MADAI_LIMIT == (int)ERROR_LIMIT &&
                   (int)MADAI_NOT_FOUND == (int)ERROR_NOT_FOUND &&
                   (int)MADAI_BAD_INPUT == (int)ERROR_BAD_INPUT &&
                   (int)MADAI_USAGE == (int)ERROR_USAGE &&
                   (int)MADAI_IO == (int)ERROR_IO &&
                   (int)MADAI_CORRUPT == (int)ERROR_CORRUPT,
               "kinds of errors are the same numbers");
_Static_assert(sizeof(struct madai_span) == sizeof(struct span) &&
                   offsetof(struct madai_span, end) ==
                       offsetof(struct span, end),
               "spans have the same shape");

struct madai_model {
    struct model *model;
};

struct madai_gazetteer {
    struct gazetteer *gazetteer;
};

struct madai_reading {
    struct reading reading;
};

struct madai_reader {
    struct labeller *labeller;
    struct arena *arena;
    const struct gazetteer *gazetteer;      /* or NULL */
    char claimed_date[sizeof "2019-05-13"]; /* of the next text; or empty */
    struct madai_reading reading;
};

static void tell(struct madai_error *error, const struct error *what)
{
    if (error == NULL)
        return;
    error->kind = (int32_t)what->kind;
    _Static_assert(sizeof error->text == sizeof what->text, "same room");
    memcpy(error->text, what->text, sizeof error->text);
}

const char *madai_version(void) { return MADAI_VERSION; }

struct madai_model *madai_model_open(const char *path,
                                     struct madai_error *error)
{
    char found[PATH_MAX];
    struct error what;
    struct madai_model *model = malloc(sizeof *model);
    if (model == NULL)
        error_set(&what, ERROR_LIMIT, "no memory for the model");
    else if (model_search(path, found, &what) &&
             (model->model = model_open_at(found, &what)) != NULL)
        return model;
    free(model);
    tell(error, &what);
    return NULL;
}

void madai_model_close(struct madai_model *model)
{
    if (model == NULL)
        return;
    model_close(model->model);
    free(model);
}

const char *madai_model_name(const struct madai_model *model)
{
    return model_name(model->model);
}

const char *madai_model_sha256(const struct madai_model *model)
{
    return model_sha256(model->model);
}

struct madai_gazetteer *madai_gazetteer_open(const char *path,
                                             struct madai_error *error)
{
    char found[PATH_MAX];
    struct error what;
    struct madai_gazetteer *gazetteer = malloc(sizeof *gazetteer);
    if (gazetteer == NULL)
        error_set(&what, ERROR_LIMIT, "no memory for the gazetteer");
    else if (gazetteer_search(path, found, &what)) {
        gazetteer->gazetteer = gazetteer_open(found, &what);
        if (gazetteer->gazetteer != NULL)
            return gazetteer;
        error_prefix(&what, "gazetteer %.150s", found);
    }
    free(gazetteer);
    tell(error, &what);
    return NULL;
}

void madai_gazetteer_close(struct madai_gazetteer *gazetteer)
{
    if (gazetteer == NULL)
        return;
    gazetteer_close(gazetteer->gazetteer);
    free(gazetteer);
}

const char *madai_gazetteer_checksum(const struct madai_gazetteer *gazetteer)
{
    return gazetteer_checksum(gazetteer->gazetteer);
}

void madai_reader_use_gazetteer(struct madai_reader *reader,
                                const struct madai_gazetteer *gazetteer)
{
    reader->gazetteer = gazetteer != NULL ? gazetteer->gazetteer : NULL;
}

void madai_reader_claim_date(struct madai_reader *reader, const char *date)
{
    /* A longer one is no day, whatever it begins with. */
    const bool has_room =
        date != NULL && strlen(date) < sizeof reader->claimed_date;
    snprintf(reader->claimed_date, sizeof reader->claimed_date, "%s",
             has_room ? date : "");
}

struct madai_reader *madai_reader_new(const struct madai_model *model,
                                      struct madai_error *error)
{
    struct error what;
    struct madai_reader *reader = calloc(1, sizeof *reader);
    if (reader != NULL)
        reader->arena = arena_new(ARENA_CEILING);
    if (reader == NULL || reader->arena == NULL)
        error_set(&what, ERROR_LIMIT, "no memory for a reader");
    else if ((reader->labeller = labeller_new(model->model, &what)) != NULL)
        return reader;
    madai_reader_free(reader);
    tell(error, &what);
    return NULL;
}

void madai_reader_free(struct madai_reader *reader)
{
    if (reader == NULL)
        return;
    labeller_free(reader->labeller);
    arena_release(reader->arena);
    free(reader);
}

static struct slice slice_or_empty(const char *words)
{
    return slice_of(words != NULL ? words : "");
}

const struct madai_reading *madai_read(struct madai_reader *reader,
                                       const char *bytes, size_t length,
                                       const struct madai_given *given,
                                       struct madai_error *error)
{
    struct error what;
    const struct madai_given nothing = {NULL, NULL};
    if (given == NULL)
        given = &nothing;
    char claimed_date[sizeof reader->claimed_date];
    memcpy(claimed_date, reader->claimed_date, sizeof claimed_date);
    madai_reader_claim_date(reader, NULL);
    const struct read_options options = {
        .id = slice_or_empty(given->id),
        .date = slice_or_empty(given->date),
        .claimed_date = slice_of(claimed_date),
        .gazetteer = reader->gazetteer,
    };
    arena_reset(reader->arena);
    if (read_text(reader->labeller, (struct slice){bytes, length}, &options,
                  reader->arena, &reader->reading.reading, &what))
        return &reader->reading;
    tell(error, &what);
    return NULL;
}

/* A public callback behind an internal sink. */
struct writer {
    madai_write *write;
    void *context;
};

static bool write_on(void *context, struct slice bytes, struct error *error)
{
    const struct writer *writer = context;
    return writer->write(writer->context, bytes.data, bytes.length) ||
           error_set(error, ERROR_IO, "the callback stopped the writing");
}

bool madai_reading_json(const struct madai_reading *reading, bool with_text,
                        madai_write *write, void *context,
                        struct madai_error *error)
{
    struct error what;
    struct writer writer = {write, context};
    if (reading_json_write(&reading->reading, with_text,
                           (struct json_sink){write_on, &writer}, &what))
        return true;
    tell(error, &what);
    return false;
}

static struct madai_string string_of(struct slice slice)
{
    return (struct madai_string){slice.data, slice.length};
}

static struct madai_spans spans_of(struct places places)
{
    return (struct madai_spans){(const struct madai_span *)places.items,
                                places.count};
}

static struct madai_span span_of(struct span span)
{
    return (struct madai_span){span.begin, span.end};
}

struct madai_document madai_document(const struct madai_reading *reading)
{
    const struct reading_document *document = &reading->reading.document;
    return (struct madai_document){
        .id = string_of(document->id),
        .sha256 = document->sha256,
        .date = document->date,
        .date_from = date_from_names[document->date_from],
        .kind = document_kind_names[document->kind],
        .publisher = string_of(document->publisher),
        .title = string_of(document->title),
        .issuer = document->issuer,
        .addressee_count = document->addressee_count,
        .addressees = document->addressees,
        .invalid_bytes = reading->reading.text.invalid_bytes,
    };
}

size_t madai_sentence_count(const struct madai_reading *reading)
{
    return reading->reading.text.sentences.count;
}

struct madai_span madai_sentence_at(const struct madai_reading *reading,
                                    size_t index)
{
    const struct text *text = &reading->reading.text;
    return span_of(text_bytes_of(text, text->sentences.items[index]));
}

size_t madai_part_count(const struct madai_reading *reading)
{
    return reading->reading.text.parts.count;
}

struct madai_part madai_part_at(const struct madai_reading *reading,
                                size_t index)
{
    const struct part *part = &reading->reading.text.parts.items[index];
    return (struct madai_part){span_of(part->span),
                               part_kind_names[part->kind]};
}

size_t madai_name_count(const struct madai_reading *reading)
{
    return reading->reading.names.count;
}

struct madai_name madai_name_at(const struct madai_reading *reading,
                                size_t index)
{
    const struct name *name = &reading->reading.names.items[index];
    return (struct madai_name){span_of(name->span), name_type_names[name->type],
                               name->actor};
}

size_t madai_actor_count(const struct madai_reading *reading)
{
    return reading->reading.actors.count;
}

struct madai_actor madai_actor_at(const struct madai_reading *reading,
                                  size_t index)
{
    const struct actor *actor = &reading->reading.actors.items[index];
    return (struct madai_actor){
        .name = string_of(actor->name),
        .type = actor_type_names[actor->type],
        .actor_class = actor_class_names[actor->class],
        .mentions = spans_of(actor->mentions),
        .confidence = actor->confidence,
    };
}

size_t madai_claim_count(const struct madai_reading *reading)
{
    return reading->reading.claims.count;
}

struct madai_claim madai_claim_at(const struct madai_reading *reading,
                                  size_t index)
{
    const struct claim *claim = &reading->reading.claims.items[index];
    return (struct madai_claim){
        .parent = claim->parent,
        .speaker = claim->speaker,
        .mode = claim_mode_names[claim->mode],
        .act = speech_act_names[claim->act],
        .source = spans_of(claim->source),
        .cue = spans_of(claim->cue),
        .content = spans_of(claim->content),
        .addressee = spans_of(claim->addressee),
        .medium = spans_of(claim->medium),
        .confidence = claim->confidence,
        .is_denied = claim->is_denied,
    };
}

size_t madai_place_count(const struct madai_reading *reading)
{
    return reading->reading.places.count;
}

struct madai_place madai_place_at(const struct madai_reading *reading,
                                  size_t index)
{
    static const double degree = 10000;
    const struct reading *read = &reading->reading;
    const struct place *place = &read->places.items[index];
    int32_t lat = 0, lon = 0;
    const bool has_point = place_point(read->gazetteer, place, &lat, &lon);
    return (struct madai_place){
        .span = span_of(place->span),
        .name = string_of(place_name(read->gazetteer, place, read->text.bytes)),
        .kind = place_kind(read->gazetteer, place),
        .lat = lat / degree,
        .lon = lon / degree,
        .confidence = place->confidence,
        .has_point = has_point,
        .is_at = place->is_at,
    };
}

size_t madai_act_count(const struct madai_reading *reading)
{
    return reading->reading.acts.count;
}

struct madai_act madai_act_at(const struct madai_reading *reading, size_t index)
{
    const struct act *act = &reading->reading.acts.items[index];
    return (struct madai_act){
        .act = act_code_names[act->code],
        .modality = act_modality_names[act->modality],
        .trigger = {act->trigger.begin, act->trigger.end},
        .claim = act->claim,
        .same_as = act->same_as,
        .party_count = act->party_count,
        .confidence = act->confidence,
        .is_denied = act->is_denied,
    };
}

struct madai_act_party madai_act_party_at(const struct madai_reading *reading,
                                          size_t index, size_t party)
{
    static const char *const roles[ACT_ROLE_COUNT] = {"perpetrator", "victim",
                                                      "target", "weapon"};
    const struct act_party *found =
        &reading->reading.acts.items[index].parties[party];
    return (struct madai_act_party){
        .role = roles[found->role],
        .degree = act_degree_names[found->degree],
        .span = {found->span.begin, found->span.end},
        .actor = found->actor,
    };
}

struct madai_act_scene madai_act_scene(const struct madai_reading *reading,
                                       size_t index)
{
    const struct act *act = &reading->reading.acts.items[index];
    return (struct madai_act_scene){act->time, act->place};
}

size_t madai_actor_role_count(const struct madai_reading *reading, size_t index)
{
    return reading->reading.actors.items[index].role_count;
}

struct madai_role madai_actor_role_at(const struct madai_reading *reading,
                                      size_t index, size_t role)
{
    const struct actor_role *found =
        &reading->reading.actors.items[index].roles[role];
    return (struct madai_role){string_of(found->title), found->of};
}

size_t madai_time_count(const struct madai_reading *reading)
{
    return reading->reading.times.items.count;
}

struct madai_time madai_time_at(const struct madai_reading *reading,
                                size_t index)
{
    const struct times *times = &reading->reading.times;
    const struct time *time = &times->items.items[index];
    struct madai_time made = {
        .span = span_of(time->span),
        .type = time_type_names[time->type],
        .value = time->value,
        .anchor = time->anchor,
        .confidence = time->confidence,
    };
    _Static_assert(sizeof made.first >= TIME_MOMENT_SIZE &&
                       sizeof made.why >= TIME_WHY_SIZE,
                   "what is written fits");
    time_moment_write(time->first, made.first);
    time_moment_write(time->last, made.last);
    time_why_write(times, (uint32_t)index, made.why);
    return made;
}

size_t madai_place_within(const struct madai_reading *reading, size_t index,
                          struct madai_string *names, size_t room)
{
    const struct reading *read = &reading->reading;
    struct slice found[PLACE_WITHIN_MAX];
    size_t count =
        place_within(read->gazetteer, &read->places.items[index], found);
    if (count > room)
        count = room;
    for (size_t i = 0; i < count; i++)
        names[i] = string_of(found[i]);
    return count;
}

size_t madai_citation_count(const struct madai_reading *reading)
{
    return reading->reading.citation_count;
}

struct madai_citation madai_citation_at(const struct madai_reading *reading,
                                        size_t index)
{
    const struct citation *citation = &reading->reading.citations[index];
    return (struct madai_citation){
        .span = span_of(citation->span),
        .instrument = string_of(citation->instrument),
        .provision = string_of(citation->provision),
        .confidence = citation->confidence,
    };
}
