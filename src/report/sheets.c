/*
 * sheets.c - see sheets.h.
 */
#include "sheets.h"

#include "export.h"
#include "report.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define NUMBER 32

static bool put(const struct sheet_writer *to, const char *const *cells,
                size_t count)
{
    return to->row(to->context, cells, count, to->error);
}

const char *incident_key(const struct gathered *all, size_t incident)
{
    const struct gathered_incident *one = &all->incidents.items[incident];
    const char *least = all->acts.items[one->acts[0]].finding.key;
    for (size_t i = 1; i < one->act_count; i++) {
        const char *key = all->acts.items[one->acts[i]].finding.key;
        if (strcmp(key, least) < 0)
            least = key;
    }
    return least;
}

static const char *incident_of(const struct gathered *all, size_t act)
{
    size_t incident = all->acts.items[act].incident;
    return incident != GATHERED_NONE ? incident_key(all, incident) : NULL;
}

static const char *yes_no(bool is_yes) { return is_yes ? "yes" : "no"; }

static const char *publisher_of(const struct gathered_document *document)
{
    return document->publisher != NULL ? document->publisher
                                       : document->row.facts.name;
}

static void place_of(struct span span, char begin[NUMBER], char end[NUMBER])
{
    snprintf(begin, NUMBER, "%u", span.begin);
    snprintf(end, NUMBER, "%u", span.end);
}

static void bounds_of(const struct gathered_figure *figure, char min[NUMBER],
                      char max[NUMBER])
{
    min[0] = max[0] = '\0';
    if (figure->has_min)
        snprintf(min, NUMBER, "%.0f", figure->min);
    if (figure->has_max)
        snprintf(max, NUMBER, "%.0f", figure->max);
}

static bool words_at(const struct gathered *all, size_t document,
                     struct span span, const char **words, struct error *error)
{
    *words = arena_string(
        all->arena, slice_at(all->documents.items[document].text, span), error);
    return *words != NULL;
}

/* Acts as a table of events, in columns that users of ACLED know ---------- */

static const char *const event_columns[] = {
    "event_id",  "event_date", "time_precision",  "event_type",
    "actor1",    "actor2",     "location",        "admin",
    "#latitude", "#longitude", "#fatalities_min", "#fatalities_max",
    "source",    "said_by",    "notes",           "modality",
    "polarity",  "incident",   "document_sha256", "#begin",
    "#end",      "finding",    "reviewed"};

/* Killed, as the first figure that belongs to the act bounds it. */
static const size_t *killed_by_act(const struct gathered *all,
                                   struct error *error)
{
    size_t *killed =
        arena_take(all->arena, all->acts.count + 1, sizeof *killed, error);
    for (size_t i = 0; killed != NULL && i < all->acts.count; i++)
        killed[i] = GATHERED_NONE;
    for (size_t i = 0; killed != NULL && i < all->figures.count; i++) {
        const struct gathered_figure *one = &all->figures.items[i];
        if (one->act != GATHERED_NONE && killed[one->act] == GATHERED_NONE &&
            one->harm != NULL && strcmp(one->harm, "killed") == 0)
            killed[one->act] = i;
    }
    return killed;
}

static bool put_event(const struct gathered *all, size_t index, size_t killed,
                      const struct sheet_writer *to)
{
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_document *document =
        &all->documents.items[act->document];
    const struct gathered_place *place =
        act->place != GATHERED_NONE ? &all->places.items[act->place] : NULL;
    struct act_words words;
    char precision[8], lat[NUMBER] = "", lon[NUMBER] = "", min[NUMBER] = "",
                       max[NUMBER] = "", begin[NUMBER], end[NUMBER];
    if (!act_words(all, index, &words, to->error))
        return false;
    snprintf(precision, sizeof precision, "%u", words.precision);
    place_of(act->finding.span, begin, end);
    if (killed != GATHERED_NONE)
        bounds_of(&all->figures.items[killed], min, max);
    if (place != NULL && place->has_point) {
        snprintf(lat, sizeof lat, "%.5f", place->lat);
        snprintf(lon, sizeof lon, "%.5f", place->lon);
    }
    const char *const cells[COUNT(event_columns)] = {
        act->finding.key,
        words.date,
        words.date != NULL ? precision : NULL,
        act->code,
        words.doers,
        words.sufferers,
        place != NULL ? place->name : NULL,
        place != NULL ? place->within : NULL,
        lat,
        lon,
        min,
        max,
        publisher_of(document),
        words.speaker,
        words.words,
        act->modality,
        act->is_denied ? "denied" : "asserted",
        incident_of(all, index),
        document->row.sha256,
        begin,
        end,
        act->finding.key,
        yes_no(act_is_reviewed(all, index))};
    return put(to, cells, COUNT(cells));
}

static bool write_events(const struct gathered *all,
                         const struct sheet_writer *to)
{
    const size_t *killed = killed_by_act(all, to->error);
    bool is_well = killed != NULL;
    for (size_t i = 0; is_well && i < all->acts.count; i++)
        is_well = put_event(all, i, killed[i], to);
    return is_well;
}

/* Events in the sense of HURIDOCS: what happened at one time and place ------
 */

static const char *const incident_columns[] = {
    "event_id", "title",       "first_day", "last_day",
    "place",    "#statements", "#documents"};

static bool put_incident(const struct gathered *all, size_t index,
                         const struct sheet_writer *to)
{
    const struct gathered_incident *incident = &all->incidents.items[index];
    char title[INCIDENT_TITLE], acts[NUMBER], documents[NUMBER];
    size_t told = 0, last = GATHERED_NONE;
    for (size_t i = 0; i < incident->act_count; i++) {
        size_t document = all->acts.items[incident->acts[i]].document;
        told += document != last;
        last = document;
    }
    incident_title(all, index, title);
    snprintf(acts, sizeof acts, "%zu", incident->act_count);
    snprintf(documents, sizeof documents, "%zu", told);
    const char *const cells[COUNT(incident_columns)] = {
        incident_key(all, index), title, incident->first, incident->last,
        incident->place,          acts,  documents};
    return put(to, cells, COUNT(cells));
}

static bool write_incidents(const struct gathered *all,
                            const struct sheet_writer *to)
{
    for (size_t i = 0; i < all->incidents.count; i++)
        if (!put_incident(all, i, to))
            return false;
    return true;
}

/* Acts -------------------------------------------------------------------- */

static const char *const act_columns[] = {
    "act_id",  "event_id",        "type",   "polarity", "modality", "first",
    "last",    "place",           "method", "same_as",  "source",   "said_by",
    "passage", "document_sha256", "#begin", "#end",     "reviewed"};

/* The words of each, one behind the other. */
static const char *parts_words(const struct gathered *all, size_t document,
                               const struct gathered_parts *parts,
                               struct error *error)
{
    struct slice text = all->documents.items[document].text;
    struct output output;
    output_begin(&output, all->arena, error);
    for (size_t i = 0; i < parts->count; i++)
        for (size_t j = 0; j < parts->items[i].span.count; j++) {
            output_add(&output, i + j > 0 ? "; " : "");
            output_slice(&output,
                         slice_at(text, parts->items[i].span.items[j]));
        }
    return output.is_failed
               ? NULL
               : arena_string(all->arena, output_bytes(&output), error);
}

static bool put_act(const struct gathered *all, size_t index,
                    const struct sheet_writer *to)
{
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_document *document =
        &all->documents.items[act->document];
    struct act_words words;
    char begin[NUMBER], end[NUMBER];
    const char *means =
        parts_words(all, act->document, &act->weapons, to->error);
    if (means == NULL || !act_words(all, index, &words, to->error))
        return false;
    place_of(act->finding.span, begin, end);
    const char *const cells[COUNT(act_columns)] = {
        act->finding.key,
        incident_of(all, index),
        act->code,
        act->is_denied ? "denied" : "asserted",
        act->modality,
        act->first,
        act->last,
        act->place != GATHERED_NONE ? all->places.items[act->place].name : NULL,
        means,
        act->same_as != GATHERED_NONE
            ? all->acts.items[act->same_as].finding.key
            : NULL,
        publisher_of(document),
        words.speaker,
        words.words,
        document->row.sha256,
        begin,
        end,
        yes_no(act_is_reviewed(all, index))};
    return put(to, cells, COUNT(cells));
}

static bool write_acts(const struct gathered *all,
                       const struct sheet_writer *to)
{
    for (size_t i = 0; i < all->acts.count; i++)
        if (!put_act(all, i, to))
            return false;
    return true;
}

/* Involvements: who took part in an act, and how -------------------------- */

static const char *const involvement_columns[] = {
    "involvement_id", "act_id", "role",    "degree", "person",
    "person_id",      "type",   "class",   "words",  "document_sha256",
    "#begin",         "#end",   "reviewed"};

static bool put_involvement(const struct gathered *all, size_t act_index,
                            const char *role, size_t number,
                            const struct gathered_part *part,
                            const struct sheet_writer *to)
{
    const struct gathered_act *act = &all->acts.items[act_index];
    char id[64], person_id[48] = "", begin[NUMBER] = "", end[NUMBER] = "";
    const char *words = NULL, *name = NULL, *type = NULL, *class = NULL;
    snprintf(id, sizeof id, "%s-%s-%zu", act->finding.key, role, number + 1);
    if (part->span.count > 0) {
        struct span hull = places_hull(&part->span);
        place_of(hull, begin, end);
        if (!words_at(all, act->document, hull, &words, to->error))
            return false;
    }
    if (part->actor != GATHERED_NONE) {
        const struct gathered_actor *actor = &all->actors.items[part->actor];
        const struct gathered_party *party = &all->parties.items[actor->party];
        name = party->name;
        type = party->type;
        class = party->class;
        snprintf(person_id, sizeof person_id, "%s",
                 all->actors.items[party->first].finding.key);
    }
    const char *const cells[COUNT(involvement_columns)] = {
        id,
        act->finding.key,
        role,
        part->degree,
        name,
        person_id,
        type,
        class,
        words,
        all->documents.items[act->document].row.sha256,
        begin,
        end,
        yes_no(act->finding.is_reviewed)};
    return put(to, cells, COUNT(cells));
}

static bool put_involvements(const struct gathered *all, size_t act,
                             const char *role,
                             const struct gathered_parts *parts,
                             const struct sheet_writer *to)
{
    for (size_t i = 0; i < parts->count; i++)
        if (!put_involvement(all, act, role, i, &parts->items[i], to))
            return false;
    return true;
}

static bool write_involvements(const struct gathered *all,
                               const struct sheet_writer *to)
{
    for (size_t i = 0; i < all->acts.count; i++) {
        const struct gathered_act *act = &all->acts.items[i];
        if (!put_involvements(all, i, "perpetrator", &act->perpetrators, to) ||
            !put_involvements(all, i, "victim", &act->victims, to) ||
            !put_involvements(all, i, "target", &act->targets, to))
            return false;
    }
    return true;
}

/* Interventions, figures, documents ---------------------------------------- */

static const char *const intervention_columns[] = {
    "intervention_id", "type",    "by",     "to",     "first",
    "response",        "passage", "source", "#begin", "#end",
    "document_sha256", "reviewed"};

static bool write_interventions(const struct gathered *all,
                                const struct sheet_writer *to)
{
    for (size_t i = 0; i < all->interventions.count; i++) {
        const struct gathered_intervention *one = &all->interventions.items[i];
        const struct gathered_document *document =
            &all->documents.items[one->document];
        char begin[NUMBER], end[NUMBER];
        const char *words;
        place_of(one->finding.span, begin, end);
        if (!words_at(all, one->document,
                      sentence_at(document, one->finding.span), &words,
                      to->error))
            return false;
        const char *const cells[COUNT(intervention_columns)] = {
            one->finding.key,
            one->kind,
            involved_names(all, one->document, &one->by, to->error),
            involved_names(all, one->document, &one->to, to->error),
            one->first,
            one->status,
            words,
            publisher_of(document),
            begin,
            end,
            document->row.sha256,
            yes_no(one->finding.is_reviewed)};
        if (!put(to, cells, COUNT(cells)))
            return false;
    }
    return true;
}

static const char *const figure_columns[] = {
    "figure_id", "act_id",          "of",      "harm",   "#min",
    "#max",      "about",           "words",   "source", "#begin",
    "#end",      "document_sha256", "reviewed"};

static bool write_figures(const struct gathered *all,
                          const struct sheet_writer *to)
{
    for (size_t i = 0; i < all->figures.count; i++) {
        const struct gathered_figure *one = &all->figures.items[i];
        const struct gathered_document *document =
            &all->documents.items[one->document];
        char begin[NUMBER], end[NUMBER], min[NUMBER], max[NUMBER];
        const char *words;
        place_of(one->finding.span, begin, end);
        bounds_of(one, min, max);
        if (!words_at(all, one->document, one->finding.span, &words, to->error))
            return false;
        const char *const cells[COUNT(figure_columns)] = {
            one->finding.key,
            one->act != GATHERED_NONE ? all->acts.items[one->act].finding.key
                                      : NULL,
            one->of,
            one->harm,
            min,
            max,
            yes_no(one->is_approximate),
            words,
            publisher_of(document),
            begin,
            end,
            document->row.sha256,
            yes_no(one->finding.is_reviewed)};
        if (!put(to, cells, COUNT(cells)))
            return false;
    }
    return true;
}

static const char *const document_columns[] = {
    "document_sha256", "name",     "date",        "kind",
    "publisher",       "language", "text_sha256", "#entry"};

static bool write_documents(const struct gathered *all,
                            const struct sheet_writer *to)
{
    for (size_t i = 0; i < all->documents.count; i++) {
        const struct gathered_document *one = &all->documents.items[i];
        char entry[NUMBER];
        snprintf(entry, sizeof entry, "%lld", (long long)one->row.entry);
        const char *const cells[COUNT(document_columns)] = {
            one->row.sha256, one->row.facts.name, one->date,         one->kind,
            one->publisher,  one->language,       one->about.sha256, entry};
        if (!put(to, cells, COUNT(cells)))
            return false;
    }
    return true;
}

#define SHEET(name, columns, write)                                            \
    {                                                                          \
        name, columns, COUNT(columns), write                                   \
    }
const struct sheet sheets[] = {
    SHEET("events", event_columns, write_events),
    SHEET("incidents", incident_columns, write_incidents),
    SHEET("acts", act_columns, write_acts),
    SHEET("involvements", involvement_columns, write_involvements),
    SHEET("interventions", intervention_columns, write_interventions),
    SHEET("figures", figure_columns, write_figures),
    SHEET("documents", document_columns, write_documents),
};
const size_t sheet_count = COUNT(sheets);

const struct sheet *sheet_find(const char *name)
{
    for (size_t i = 0; i < sheet_count; i++)
        if (strcmp(sheets[i].name, name) == 0)
            return &sheets[i];
    return NULL;
}
