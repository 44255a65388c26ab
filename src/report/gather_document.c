/*
 * gather_document.c - the findings of one document, as its reading has them
 * and as people left them. See gather.h.
 *
 * First every object gets its place, then what they say of each other is
 * resolved: a reading may point forwards.
 */
#include "findings.h"
#include "gather.h"
#include "reviews.h"
#include "sha256.h"

struct document_gathering {
    struct gathered *all;
    size_t document;
    struct slice text;
    const json_t *reading;
    json_t *ids;  /* id of the reading -> index in its list */
    json_t *rows; /* id of the reading -> index in findings */
    struct findings findings;
    struct error *error;
};

static struct gathered_document *here(const struct document_gathering *of)
{
    return &of->all->documents.items[of->document];
}

/* Strings ---------------------------------------------------------------- */

static bool copy(struct document_gathering *of, const json_t *object,
                 const char *key, const char **words)
{
    const char *value = json_string_value(json_object_get(object, key));
    *words = NULL;
    if (value == NULL || *value == '\0')
        return true;
    *words = arena_string(of->all->arena, slice_of(value), of->error);
    return *words != NULL;
}

static size_t index_of(const struct document_gathering *of, const json_t *id)
{
    const char *word = json_string_value(id);
    const json_t *found = word != NULL ? json_object_get(of->ids, word) : NULL;
    return found != NULL ? (size_t)json_integer_value(found) : GATHERED_NONE;
}

static size_t index_at(const struct document_gathering *of,
                       const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return index_of(of,
                    json_is_array(value) ? json_array_get(value, 0) : value);
}

/* Places ----------------------------------------------------------------- */

static bool add_span(struct document_gathering *of, const json_t *pair,
                     struct places *places)
{
    json_int_t begin = json_integer_value(json_array_get(pair, 0));
    json_int_t end = json_integer_value(json_array_get(pair, 1));
    if (begin < 0 || end < begin || (uint64_t)end > of->text.length)
        return error_set(of->error, ERROR_BAD_INPUT,
                         "a place lies outside the text");
    if (places->count == GATHERED_SPANS_MAX) {
        places->is_cut = true;
        return true;
    }
    places->items[places->count++] =
        (struct span){(uint32_t)begin, (uint32_t)end};
    return true;
}

static bool take_places(struct document_gathering *of, const json_t *object,
                        const char *key, struct places *places)
{
    size_t i;
    json_t *pair;
    const json_t *value = json_object_get(object, key);
    *places = (struct places){0};
    if (json_is_integer(json_array_get(value, 0)))
        return add_span(of, value, places);
    json_array_foreach(value, i, pair)
    {
        if (!add_span(of, pair, places))
            return false;
    }
    return true;
}

/* Findings --------------------------------------------------------------- */

static bool fields_change(const struct review *review, bool *is_changed,
                          struct error *error)
{
    if (review->fields == NULL)
        return true;
    json_t *fields = json_read(slice_of(review->fields), error);
    *is_changed = *is_changed || json_object_get(fields, "who") != NULL ||
                  json_object_get(fields, "span") != NULL;
    json_decref(fields);
    return fields != NULL;
}

static bool take_changes(struct document_gathering *of,
                         const struct finding *row,
                         struct gathered_finding *finding)
{
    struct reviews reviews;
    if (strcmp(row->status, "corrected") != 0)
        return true;
    if (!reviews_holding(of->all->casefile, row->id, of->all->arena, &reviews,
                         of->error))
        return false;
    for (size_t i = 0; i < reviews.count; i++)
        if (!fields_change(&reviews.items[i], &finding->is_changed, of->error))
            return false;
    return true;
}

/* The passage against its hash: what was printed once must be printed again
 * or not at all. */
static bool check_passage(const struct document_gathering *of,
                          const struct finding *row)
{
    char sha256[SHA256_HEX_SIZE];
    if (row->span.begin > row->span.end || row->span.end > of->text.length)
        return error_set(of->error, ERROR_TAMPERED,
                         "%s: its passage lies outside the text", row->key);
    return sha256_hex(slice_at(of->text, row->span), sha256, of->error) &&
           (strcmp(sha256, row->quote_sha256) == 0 ||
            error_set(of->error, ERROR_TAMPERED,
                      "%s: its passage is not what it was", row->key));
}

/* `is_shown` is false for what was rejected, and for what nobody reviewed
 * unless that was asked for. */
static bool take_finding(struct document_gathering *of,
                         const struct finding *row,
                         struct gathered_finding *finding, bool *is_shown)
{
    *finding = (struct gathered_finding){
        .span = row->span,
        .confidence = row->confidence,
        .is_reviewed = strcmp(row->status, "unreviewed") != 0,
        .is_added = row->local == NULL,
        .is_changed = row->local == NULL,
        .status = row->status,
    };
    memcpy(finding->key, row->key, sizeof finding->key);
    *is_shown = strcmp(row->status, "rejected") != 0 &&
                (finding->is_reviewed || of->all->options.with_unreviewed);
    if (!finding->is_reviewed && !*is_shown)
        of->all->unreviewed++;
    return take_changes(of, row, finding) &&
           (!*is_shown || check_passage(of, row));
}

/* How each layer begins: an object without a row, or one that is not to be
 * given, is passed over. */
static bool open_finding(struct document_gathering *of,
                         const struct finding *row,
                         struct gathered_finding *finding, bool *is_shown)
{
    *is_shown = false;
    return row == NULL || take_finding(of, row, finding, is_shown);
}

static const struct finding *row_of(const struct document_gathering *of,
                                    const json_t *object)
{
    const char *id = json_string_value(json_object_get(object, "id"));
    const json_t *found = id != NULL ? json_object_get(of->rows, id) : NULL;
    return found == NULL
               ? NULL
               : &of->findings.items[(size_t)json_integer_value(found)];
}

static bool is_rejected(const struct document_gathering *of,
                        const json_t *object)
{
    const struct finding *row = row_of(of, object);
    return row == NULL || strcmp(row->status, "rejected") == 0;
}

static bool remember(struct document_gathering *of, const json_t *object,
                     size_t index)
{
    const char *id = json_string_value(json_object_get(object, "id"));
    return id == NULL ||
           json_object_set_new(of->ids, id, json_integer((json_int_t)index)) ==
               0 ||
           error_set(of->error, ERROR_LIMIT, "out of memory");
}

/* The first word of a list of codes. */
static bool first_word(struct document_gathering *of, const char *words,
                       const char *until, const char **word)
{
    struct slice first = {words, words != NULL ? strcspn(words, until) : 0};
    *word = NULL;
    if (first.length == 0)
        return true;
    *word = arena_string(of->all->arena, first, of->error);
    return *word != NULL;
}

/* One object of each kind ------------------------------------------------ */

/* A mention that is the name, letter for letter, and whether "the" stands
 * before it. */
static void find_name(const struct document_gathering *of, const json_t *object,
                      struct gathered_actor *actor)
{
    size_t i;
    json_t *pair;
    struct slice name = slice_of(actor->name);
    json_array_foreach(json_object_get(object, "mentions"), i, pair)
    {
        const json_t *one = json_is_array(json_array_get(pair, 0))
                                ? json_array_get(pair, 0)
                                : pair;
        json_int_t begin = json_integer_value(json_array_get(one, 0));
        json_int_t end = json_integer_value(json_array_get(one, 1));
        if (begin < 0 || end < begin || (uint64_t)end > of->text.length)
            continue;
        struct span span = {(uint32_t)begin, (uint32_t)end};
        struct slice words = slice_at(of->text, span);
        if (words.length != name.length ||
            strncasecmp(words.data, name.data, name.length) != 0)
            continue;
        if (!actor->is_named)
            actor->named = span;
        actor->is_named = true;
        if (begin >= 4 && memcmp(of->text.data + begin - 3, "he ", 3) == 0 &&
            (of->text.data[begin - 4] == 't' ||
             of->text.data[begin - 4] == 'T'))
            actor->has_article = true;
    }
}

static bool take_actor(struct document_gathering *of, const json_t *object)
{
    struct gathered_actor actor = {.document = of->document,
                                   .title_of = GATHERED_NONE,
                                   .party = GATHERED_NONE};
    const struct finding *row = row_of(of, object);
    const json_t *role = json_array_get(json_object_get(object, "roles"), 0);
    bool is_shown;
    if (row == NULL || strcmp(row->status, "rejected") == 0)
        return true;
    size_t left_out = of->all->unreviewed;
    if (!take_finding(of, row, &actor.finding, &is_shown) ||
        !copy(of, object, "id", &actor.local) ||
        !copy(of, object, "name", &actor.name) ||
        !copy(of, object, "type", &actor.type) ||
        !copy(of, object, "class", &actor.class) ||
        !copy(of, role, "title", &actor.title))
        return false;
    of->all->unreviewed = left_out; /* an actor tells nothing by itself */
    if (actor.name == NULL)
        return true;
    find_name(of, object, &actor);
    return remember(of, object, of->all->actors.count) &&
           list_push(of->all->arena, &of->all->actors, actor, of->error);
}

static bool take_time(struct document_gathering *of, const json_t *object)
{
    struct gathered_time time = {.document = of->document};
    const struct finding *row = row_of(of, object);
    if (is_rejected(of, object))
        return true;
    if (!copy(of, object, "type", &time.type) ||
        !copy(of, object, "why", &time.why) ||
        !take_places(of, object, "span", &time.span))
        return false;
    time.first = row->first;
    time.last = row->last;
    return remember(of, object, of->all->times.count) &&
           list_push(of->all->arena, &of->all->times, time, of->error);
}

static bool take_within(struct document_gathering *of, const json_t *object,
                        struct gathered_place *place)
{
    char words[512];
    size_t i, length = 0;
    json_t *name;
    json_array_foreach(json_object_get(object, "within"), i, name)
    {
        int more = snprintf(words + length, sizeof words - length, "%s%s",
                            length > 0 ? ", " : "", json_string_value(name));
        if (more < 0 || length + (size_t)more >= sizeof words)
            break;
        length += (size_t)more;
    }
    if (length == 0)
        return true;
    place->within =
        arena_string(of->all->arena, (struct slice){words, length}, of->error);
    return place->within != NULL;
}

static bool take_place(struct document_gathering *of, const json_t *object)
{
    struct gathered_place place = {.document = of->document};
    const struct finding *row = row_of(of, object);
    const json_t *lat = json_object_get(object, "lat");
    if (is_rejected(of, object))
        return true;
    if (!copy(of, object, "name", &place.name) ||
        !copy(of, object, "kind", &place.kind) ||
        !take_within(of, object, &place) ||
        !take_places(of, object, "span", &place.span))
        return false;
    if (strcmp(row->status, "corrected") == 0) {
        if (!first_word(of, row->place, ";", &place.name))
            return false;
        place.within = NULL;
        lat = NULL;
    }
    place.has_point = json_is_number(lat);
    place.lat = json_number_value(lat);
    place.lon = json_number_value(json_object_get(object, "lon"));
    return remember(of, object, of->all->places.count) &&
           list_push(of->all->arena, &of->all->places, place, of->error);
}

static bool take_claim(struct document_gathering *of, const json_t *object)
{
    struct gathered_claim claim = {.document = of->document,
                                   .speaker = GATHERED_NONE,
                                   .parent = GATHERED_NONE,
                                   .origin = GATHERED_NONE};
    const struct finding *row = row_of(of, object);
    const char *polarity =
        json_string_value(json_object_get(object, "polarity"));
    bool is_shown;
    if (!open_finding(of, row, &claim.finding, &is_shown))
        return false;
    if (!is_shown)
        return true;
    claim.act = row->says;
    claim.is_denied = polarity != NULL && strcmp(polarity, "denied") == 0;
    return copy(of, object, "id", &claim.local) &&
           copy(of, object, "mode", &claim.mode) &&
           take_places(of, object, "source", &claim.source) &&
           take_places(of, object, "cue", &claim.cue) &&
           take_places(of, object, "content", &claim.content) &&
           remember(of, object, of->all->claims.count) &&
           list_push(of->all->arena, &of->all->claims, claim, of->error);
}

static bool take_parts(struct document_gathering *of, const json_t *object,
                       const char *key, struct gathered_parts *parts)
{
    size_t i;
    json_t *part;
    json_array_foreach(json_object_get(object, key), i, part)
    {
        struct gathered_part taken = {.actor = index_at(of, part, "actor")};
        if (!take_places(of, part, "span", &taken.span) ||
            !copy(of, part, "degree", &taken.degree) ||
            !list_push(of->all->arena, parts, taken, of->error))
            return false;
    }
    return true;
}

static bool take_act(struct document_gathering *of, const json_t *object)
{
    struct gathered_act act = {.document = of->document,
                               .time = GATHERED_NONE,
                               .place = GATHERED_NONE,
                               .claim = GATHERED_NONE,
                               .same_as = GATHERED_NONE,
                               .incident = GATHERED_NONE,
                               .origin = GATHERED_NONE};
    const struct finding *row = row_of(of, object);
    const char *polarity =
        json_string_value(json_object_get(object, "polarity"));
    bool is_shown;
    if (!open_finding(of, row, &act.finding, &is_shown))
        return false;
    if (!is_shown)
        return true;
    act.first = row->first;
    act.last = row->last;
    act.is_denied = polarity != NULL && strcmp(polarity, "denied") == 0;
    return first_word(of, row->act, " ", &act.code) &&
           copy(of, object, "id", &act.local) &&
           copy(of, object, "modality", &act.modality) &&
           take_places(of, object, "trigger", &act.trigger) &&
           take_parts(of, object, "perpetrators", &act.perpetrators) &&
           take_parts(of, object, "victims", &act.victims) &&
           take_parts(of, object, "targets", &act.targets) &&
           take_parts(of, object, "weapons", &act.weapons) &&
           remember(of, object, of->all->acts.count) &&
           list_push(of->all->arena, &of->all->acts, act, of->error);
}

static bool take_figure(struct document_gathering *of, const json_t *object)
{
    struct gathered_figure figure = {
        .document = of->document, .act = GATHERED_NONE, .claim = GATHERED_NONE};
    const struct finding *row = row_of(of, object);
    const json_t *min = json_object_get(object, "min");
    const json_t *max = json_object_get(object, "max");
    bool is_shown;
    if (!open_finding(of, row, &figure.finding, &is_shown))
        return false;
    if (!is_shown)
        return true;
    figure.has_min = json_is_number(min);
    figure.has_max = json_is_number(max);
    figure.min = json_number_value(min);
    figure.max = json_number_value(max);
    figure.is_approximate =
        json_is_true(json_object_get(object, "approximate"));
    return copy(of, object, "id", &figure.local) &&
           copy(of, object, "of", &figure.of) &&
           copy(of, object, "harm", &figure.harm) &&
           remember(of, object, of->all->figures.count) &&
           list_push(of->all->arena, &of->all->figures, figure, of->error);
}

static bool take_intervention(struct document_gathering *of,
                              const json_t *object)
{
    struct gathered_intervention intervention = {.document = of->document,
                                                 .time = GATHERED_NONE};
    const struct finding *row = row_of(of, object);
    const json_t *response = json_object_get(object, "response");
    bool is_shown;
    if (!open_finding(of, row, &intervention.finding, &is_shown))
        return false;
    if (!is_shown)
        return true;
    intervention.first = row->first;
    return first_word(of, row->act, " ", &intervention.kind) &&
           copy(of, object, "id", &intervention.local) &&
           copy(of, response, "status", &intervention.status) &&
           take_places(of, response, "span", &intervention.response) &&
           take_parts(of, object, "by", &intervention.by) &&
           take_parts(of, object, "to", &intervention.to) &&
           remember(of, object, of->all->interventions.count) &&
           list_push(of->all->arena, &of->all->interventions, intervention,
                     of->error);
}

static const struct finding *citation_row(const struct document_gathering *of,
                                          const json_t *object)
{
    struct places span;
    const struct finding *row = row_of(of, object);
    struct document_gathering mutable = *of;
    if (row != NULL || !take_places(&mutable, object, "span", &span) ||
        span.count == 0)
        return row;
    for (size_t i = 0; i < of->findings.count; i++) {
        row = &of->findings.items[i];
        if (strcmp(row->kind, "citation") == 0 &&
            row->span.begin == span.items[0].begin)
            return row;
    }
    return NULL;
}

static bool take_citation(struct document_gathering *of, const json_t *object)
{
    struct gathered_citation citation = {.document = of->document};
    const struct finding *row = citation_row(of, object);
    bool is_shown;
    if (!open_finding(of, row, &citation.finding, &is_shown))
        return false;
    return !is_shown || (copy(of, object, "instrument", &citation.instrument) &&
                         copy(of, object, "provision", &citation.provision) &&
                         list_push(of->all->arena, &of->all->citations,
                                   citation, of->error));
}

/* What they say of each other -------------------------------------------- */

/* Ids that may name any kind: only one of the right kind counts. */
static size_t of_kind(const struct document_gathering *of, const json_t *object,
                      const char *key, char letter)
{
    const json_t *value = json_object_get(object, key);
    const json_t *id = json_is_array(value) ? json_array_get(value, 0) : value;
    const char *word = json_string_value(id);
    return word != NULL && word[0] == letter ? index_of(of, id) : GATHERED_NONE;
}

/* Objects of a layer by their order, so that resolving is linear. */
static void resolve_claims(struct document_gathering *of)
{
    size_t i;
    json_t *object;
    json_array_foreach(json_object_get(of->reading, "claims"), i, object)
    {
        size_t index = index_at(of, object, "id");
        if (index == GATHERED_NONE)
            continue;
        struct gathered_claim *claim = &of->all->claims.items[index];
        claim->speaker = of_kind(of, object, "speaker", 'a');
        claim->parent = of_kind(of, object, "parent", 'c');
    }
}

static void resolve_acts(struct document_gathering *of)
{
    size_t i;
    json_t *object;
    json_array_foreach(json_object_get(of->reading, "acts"), i, object)
    {
        size_t index = index_at(of, object, "id");
        if (index == GATHERED_NONE)
            continue;
        struct gathered_act *act = &of->all->acts.items[index];
        act->time = of_kind(of, object, "time", 't');
        act->place = of_kind(of, object, "place", 'p');
        act->same_as = of_kind(of, object, "same_as", 'i');
        act->claim = of_kind(of, object, "claims", 'c');
        act->has_hidden_claim =
            json_array_size(json_object_get(object, "claims")) > 0 &&
            act->claim == GATHERED_NONE;
    }
}

static void resolve_figures(struct document_gathering *of)
{
    size_t i;
    json_t *object;
    json_array_foreach(json_object_get(of->reading, "figures"), i, object)
    {
        size_t index = index_at(of, object, "id");
        if (index == GATHERED_NONE)
            continue;
        struct gathered_figure *figure = &of->all->figures.items[index];
        figure->act = of_kind(of, object, "act", 'i');
        figure->claim = of_kind(of, object, "claims", 'c');
    }
    /* An act may name its figures instead. */
    json_array_foreach(json_object_get(of->reading, "acts"), i, object)
    {
        size_t j, act = index_at(of, object, "id");
        json_t *id;
        json_array_foreach(json_object_get(object, "figures"), j, id)
        {
            size_t index = index_of(of, id);
            if (act != GATHERED_NONE && index != GATHERED_NONE &&
                of->all->figures.items[index].act == GATHERED_NONE)
                of->all->figures.items[index].act = act;
        }
    }
}

static void resolve_rest(struct document_gathering *of)
{
    size_t i, j;
    json_t *object, *id;
    json_array_foreach(json_object_get(of->reading, "interventions"), i, object)
    {
        size_t index = index_at(of, object, "id");
        if (index == GATHERED_NONE)
            continue;
        struct gathered_intervention *one =
            &of->all->interventions.items[index];
        one->time = of_kind(of, object, "time", 't');
        json_array_foreach(json_object_get(object, "about"), j, id)
        {
            size_t act = index_of(of, id);
            if (act != GATHERED_NONE &&
                one->about_count < sizeof one->about / sizeof *one->about)
                one->about[one->about_count++] = act;
        }
    }
    json_array_foreach(json_object_get(of->reading, "actors"), i, object)
    {
        const json_t *role =
            json_array_get(json_object_get(object, "roles"), 0);
        size_t index = index_at(of, object, "id");
        if (index != GATHERED_NONE)
            of->all->actors.items[index].title_of =
                of_kind(of, role, "of", 'a');
    }
    here(of)->issuer =
        of_kind(of, json_object_get(of->reading, "document"), "issuer", 'a');
}

/* All layers; acts last but for what points to them. ----------------------- */

static bool take_layer(struct document_gathering *of, const char *layer,
                       bool (*take)(struct document_gathering *,
                                    const json_t *))
{
    size_t i;
    json_t *object;
    json_array_foreach(json_object_get(of->reading, layer), i, object)
    {
        if (!take(of, object))
            return false;
    }
    return true;
}

/* What a person added by hand has no object in the reading. */
static bool take_added(struct document_gathering *of)
{
    for (size_t i = 0; i < of->findings.count; i++) {
        const struct finding *row = &of->findings.items[i];
        bool is_shown;
        if (row->local != NULL || strcmp(row->kind, "act") != 0)
            continue;
        struct gathered_act act = {
            .document = of->document,
            .first = row->first,
            .last = row->last,
            .modality = "actual",
            .trigger = {.items = {row->span}, .count = 1},
            .time = GATHERED_NONE,
            .place = GATHERED_NONE,
            .claim = GATHERED_NONE,
            .same_as = GATHERED_NONE,
            .has_hidden_claim = true,
            .incident = GATHERED_NONE,
            .origin = GATHERED_NONE};
        if (!take_finding(of, row, &act.finding, &is_shown) ||
            !first_word(of, row->act, " ", &act.code) ||
            (is_shown &&
             !list_push(of->all->arena, &of->all->acts, act, of->error)))
            return false;
    }
    return true;
}

static bool take_all(struct document_gathering *of)
{
    struct gathered *all = of->all;
    struct gathered_document *document = here(of);
    document->actors.begin = all->actors.count;
    document->claims.begin = all->claims.count;
    document->acts.begin = all->acts.count;
    document->figures.begin = all->figures.count;
    document->interventions.begin = all->interventions.count;
    document->citations.begin = all->citations.count;
    bool is_well = take_layer(of, "actors", take_actor) &&
                   take_layer(of, "times", take_time) &&
                   take_layer(of, "places", take_place) &&
                   take_layer(of, "claims", take_claim) &&
                   take_layer(of, "acts", take_act) && take_added(of) &&
                   take_layer(of, "figures", take_figure) &&
                   take_layer(of, "interventions", take_intervention) &&
                   take_layer(of, "citations", take_citation);
    document->actors.end = all->actors.count;
    document->claims.end = all->claims.count;
    document->acts.end = all->acts.count;
    document->figures.end = all->figures.count;
    document->interventions.end = all->interventions.count;
    document->citations.end = all->citations.count;
    return is_well;
}

static bool map_rows(struct document_gathering *of)
{
    for (size_t i = 0; i < of->findings.count; i++) {
        const char *local = of->findings.items[i].local;
        if (local != NULL &&
            json_object_set_new(of->rows, local, json_integer((json_int_t)i)) !=
                0)
            return error_set(of->error, ERROR_LIMIT, "out of memory");
    }
    return true;
}

bool gather_document(struct gathered *all, size_t document, struct error *error)
{
    struct gathered_document *row = &all->documents.items[document];
    struct document_gathering of = {.all = all,
                                    .document = document,
                                    .text = row->text,
                                    .reading = row->reading,
                                    .ids = json_object(),
                                    .rows = json_object(),
                                    .error = error};
    bool is_well = (of.ids != NULL && of.rows != NULL) ||
                   error_set(error, ERROR_LIMIT, "out of memory");
    is_well = is_well &&
              findings_of_document(all->casefile, row->row.id, all->arena,
                                   &of.findings, error) &&
              map_rows(&of) && take_all(&of);
    if (is_well) {
        resolve_claims(&of);
        resolve_acts(&of);
        resolve_figures(&of);
        resolve_rest(&of);
    }
    row->ids = of.ids; /* gather gives it back */
    json_decref(of.rows);
    return is_well;
}
