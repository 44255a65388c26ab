/*
 * reading.c - from labels to a reading: the steps in their order, and the
 * results taken out of scratch memory.
 *
 * Parties become actors one to one, drafts claims one to one but for those
 * of a headline that the body tells again.
 */
#include "reading.h"
#include "settle.h"

#include "act_draft.h"
#include "act_when.h"
#include "actor_weigh.h"
#include "country.h"
#include "document_answers.h"
#include "document_facts.h"
#include "draft.h"
#include "figure_claims.h"
#include "frames.h"
#include "interventions.h"
#include "model.h"
#include "place_words.h"
#include "police.h"
#include "unread.h"

const char *const claim_mode_names[] = {"direct", "mixed", "indirect"};
const char *const document_kind_names[] = {"other",  "report", "statement",
                                           "letter", "reply",  "testimony",
                                           "record", "opinion"};
const char *const name_type_names[] = {"person", "organisation", "place",
                                       "other"};
const char *const date_from_names[] = {"none", "dateline", "metadata", "given"};

/* Scratch memory never exceeds this many bytes for each byte of text, and
 * this much more. */
enum { SCRATCH_PER_BYTE = 96, SCRATCH_LEAST = 1 << 20 };
/* And so many more where frames are wanted: each token may be a predicate. */
enum { SCRATCH_OF_FRAMES = 256 };

/* All that lives as long as one text is put together. */
struct assembly {
    const struct reading_basis *basis;
    struct arena *arena; /* the reading's */
    struct reading *reading;
    struct labels labels; /* the pieces borrowed, the names cleaned */
    struct cast cast;
    struct drafts drafts;
    struct acts acts;
    uint32_t *claim_of; /* by draft; a twin's is the body's */
};

static struct span bytes_of(const struct assembly *assembly, struct span tokens)
{
    return text_bytes_of(&assembly->reading->text, tokens);
}

/* Names as READING.md has them: none runs over a paragraph's end, none has
 * an article, a form of address or a possessive. */
static bool clean_names(struct assembly *assembly, struct arena *scratch,
                        struct error *error)
{
    const struct labels *labels = assembly->basis->labels;
    assembly->labels.pieces.items = labels->pieces.items;
    assembly->labels.pieces.count = labels->pieces.count;
    assembly->labels.mentions.items = labels->mentions.items;
    assembly->labels.mentions.count = labels->mentions.count;
    for (size_t i = 0; i < labels->names.count; i++) {
        struct labelled_name name = labels->names.items[i];
        name.tokens =
            cast_clean_name(&assembly->reading->text, name.tokens, name.type);
        if (!span_is_empty(name.tokens) &&
            !list_push(scratch, &assembly->labels.names, name, error))
            return false;
    }
    return true;
}

static bool take_names(struct assembly *assembly, struct error *error)
{
    const struct labels *labels = &assembly->labels;
    for (size_t i = 0; i < labels->names.count; i++) {
        const struct labelled_name *name = &labels->names.items[i];
        struct name made = {bytes_of(assembly, name->tokens), name->type,
                            assembly->cast.party_of_name[i]};
        if (!list_push(assembly->arena, &assembly->reading->names, made, error))
            return false;
    }
    return true;
}

/* The places among the names, also among those that are no actor's. */
static bool take_gazetteer_places(struct assembly *assembly,
                                  const struct read_options *options,
                                  struct arena *scratch, struct error *error)
{
    const struct labels *labels = &assembly->labels;
    struct reading *reading = assembly->reading;
    struct place_name *names =
        arena_take(scratch, labels->names.count, sizeof *names, error);
    if (names == NULL)
        return false;
    for (size_t i = 0; i < labels->names.count; i++)
        names[i] = (struct place_name){labels->names.items[i].tokens,
                                       labels->names.items[i].type,
                                       labels->names.items[i].probability};
    reading->gazetteer = options->gazetteer;
    return places_resolve(&reading->text, names, labels->names.count,
                          options->gazetteer, assembly->arena, scratch,
                          &reading->places, error);
}

/* The country that the most places lie in: whose constitution is meant where
 * the text names no country. NULL where none is known. */
static const struct table_row *country_of_places(const struct reading *reading)
{
    enum { COUNTRIES_MOST = 8 };
    const struct table_row *rows[COUNTRIES_MOST];
    size_t counts[COUNTRIES_MOST] = {0};
    size_t known = 0;
    size_t best = 0;
    for (size_t i = 0; reading->gazetteer != NULL && i < reading->places.count;
         i++) {
        struct slice names[PLACE_WITHIN_MAX];
        size_t within =
            place_within(reading->gazetteer, &reading->places.items[i], names);
        const struct table_row *row =
            within == 0 ? NULL : country_named(names[within - 1]);
        size_t at = 0;
        while (at < known && rows[at] != row)
            at++;
        if (row == NULL || at == COUNTRIES_MOST)
            continue;
        if (at == known)
            rows[known++] = row;
        if (++counts[at] > counts[best])
            best = at;
    }
    return known == 0 ? NULL : rows[best];
}

static int compare_spans(const void *a, const void *b)
{
    const struct span *one = a;
    const struct span *two = b;
    if (one->begin != two->begin)
        return one->begin < two->begin ? -1 : 1;
    return (one->end > two->end) - (one->end < two->end);
}

/* Sorts mentions and leaves out those that come again. */
static uint32_t in_order(struct span *spans, uint32_t count)
{
    uint32_t kept = 0;
    qsort(spans, count, sizeof *spans, compare_spans);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || compare_spans(&spans[kept - 1], &spans[i]) != 0)
            spans[kept++] = spans[i];
    return kept;
}

/* All mentions in one array, those of one party together. */
static bool take_mentions(struct assembly *assembly, struct error *error)
{
    const struct cast *cast = &assembly->cast;
    size_t count = cast->mentions.count;
    struct span *spans =
        arena_take(assembly->arena, count, sizeof *spans, error);
    uint32_t next = 0;
    if (spans == NULL)
        return false;
    for (size_t i = 0; i < cast->parties.count; i++) {
        struct places *mentions = &assembly->reading->actors.items[i].mentions;
        mentions->items = spans + next;
        next += cast->parties.items[i].mention_count;
    }
    for (size_t i = 0; i < count; i++) {
        const struct party_mention *mention = &cast->mentions.items[i];
        struct places *mentions =
            &assembly->reading->actors.items[mention->party].mentions;
        spans[(size_t)(mentions->items - spans) + mentions->count++] =
            bytes_of(assembly, mention->tokens);
    }
    for (size_t i = 0; i < cast->parties.count; i++) {
        struct places *mentions = &assembly->reading->actors.items[i].mentions;
        mentions->count =
            in_order(spans + (mentions->items - spans), mentions->count);
    }
    return true;
}

static bool take_role(struct assembly *assembly, const struct party *party,
                      struct actor *actor, struct error *error)
{
    if (span_is_empty(party->title))
        return true;
    struct actor_role *role =
        arena_take(assembly->arena, 1, sizeof *role, error);
    if (role == NULL)
        return false;
    role->title = slice_at(assembly->reading->text.bytes,
                           bytes_of(assembly, party->title));
    role->of = party->of;
    actor->roles = role;
    actor->role_count = 1;
    return true;
}

static struct slice name_of(const struct assembly *assembly,
                            const struct party *party)
{
    return slice_at(assembly->reading->text.bytes,
                    bytes_of(assembly, party->name));
}

/* "mother of Dennis Lokwawi" for a mother who was "his": the one name that
 * does not stand in the text as it is. */
static bool take_name(struct assembly *assembly, const struct party *party,
                      struct slice *name, struct error *error)
{
    static const char joint[] = " of ";
    *name = name_of(assembly, party);
    if (party->owner == PARTY_NONE)
        return true;
    struct slice owner =
        name_of(assembly, &assembly->cast.parties.items[party->owner]);
    size_t joint_length = sizeof joint - 1;
    size_t length = name->length + joint_length + owner.length;
    char *bytes = arena_take(assembly->arena, length, 1, error);
    if (bytes == NULL)
        return false;
    memcpy(bytes, name->data, name->length);
    memcpy(bytes + name->length, joint, joint_length);
    memcpy(bytes + name->length + joint_length, owner.data, owner.length);
    *name = (struct slice){bytes, length};
    return true;
}

static bool take_actors(struct assembly *assembly, struct error *error)
{
    struct reading *reading = assembly->reading;
    for (size_t i = 0; i < assembly->cast.parties.count; i++) {
        const struct party *party = &assembly->cast.parties.items[i];
        struct actor actor = {
            .name =
                slice_at(reading->text.bytes, bytes_of(assembly, party->name)),
            .type = party->type,
            .class = party->class,
            .table_class = party->class,
            .has_class = party->has_class,
            .confidence = party->confidence,
        };
        if (!take_name(assembly, party, &actor.name, error) ||
            !take_role(assembly, party, &actor, error) ||
            !list_push(assembly->arena, &reading->actors, actor, error))
            return false;
    }
    return take_mentions(assembly, error);
}

static bool take_places(struct assembly *assembly, const struct span *tokens,
                        uint32_t count, struct places *places,
                        struct error *error)
{
    *places = (struct places){NULL, 0};
    if (count == 0 || (count == 1 && span_is_empty(tokens[0])))
        return true;
    struct span *spans =
        arena_take(assembly->arena, count, sizeof *spans, error);
    if (spans == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        spans[i] = bytes_of(assembly, tokens[i]);
    qsort(spans, count, sizeof *spans, compare_spans);
    *places = (struct places){spans, count};
    return true;
}

/* Piecewise linear over the points; below the first and above the last the
 * confidence stays. */
static float confidence_of(const struct reading_basis *basis, float score)
{
    const float *points = basis->calibration;
    size_t count = basis->calibration_count;
    size_t at = 0;
    if (count == 0)
        return score;
    while (at < count && points[2 * at] < score)
        at++;
    if (at == 0)
        return points[1];
    if (at == count)
        return points[2 * count - 1];
    float from = points[2 * at - 2];
    float to = points[2 * at];
    float share = (score - from) / (to - from);
    return points[2 * at - 1] +
           share * (points[2 * at + 1] - points[2 * at - 1]);
}

static bool take_claim(struct assembly *assembly, const struct draft *draft,
                       struct claim *claim, struct error *error)
{
    const struct span *contents = draft_contents(&assembly->drafts, draft);
    *claim = (struct claim){
        .parent = draft->parent,
        .mode = draft->mode,
        .act = draft->act,
        .speaker = draft->speaker,
        .is_denied = draft->is_denied,
        .score = draft->score,
        .confidence = confidence_of(assembly->basis, draft->raw),
    };
    return take_places(assembly, &draft->source, 1, &claim->source, error) &&
           take_places(assembly, &draft->cue, 1, &claim->cue, error) &&
           take_places(assembly, &draft->addressee, 1, &claim->addressee,
                       error) &&
           take_places(assembly, &draft->medium, 1, &claim->medium, error) &&
           take_places(assembly, contents, draft->content_count,
                       &claim->content, error);
}

static bool take_also(struct assembly *assembly, const struct draft *draft,
                      struct claim *claim, struct error *error)
{
    struct claim_also *also =
        arena_take(assembly->arena, 1, sizeof *also, error);
    const struct span *contents = draft_contents(&assembly->drafts, draft);
    if (also == NULL)
        return false;
    claim->also = also;
    claim->also_count = 1;
    return take_places(assembly, &draft->source, 1, &also->source, error) &&
           take_places(assembly, &draft->cue, 1, &also->cue, error) &&
           take_places(assembly, contents, draft->content_count, &also->content,
                       error);
}

/* Claims in the order of the drafts; one that the body tells again (`twin`)
 * goes into the body's. */
static bool take_claims(struct assembly *assembly, const uint32_t *twin,
                        struct error *error)
{
    struct drafts *drafts = &assembly->drafts;
    size_t count = drafts->items.count;
    uint32_t *claim_of =
        arena_take(drafts->arena, count, sizeof *claim_of, error);
    if (claim_of == NULL)
        return false;
    assembly->claim_of = claim_of;
    for (size_t i = 0; i < count; i++) {
        struct claim claim;
        const struct draft *draft = &drafts->items.items[i];
        claim_of[i] = READING_NONE;
        if (twin[i] != READING_NONE)
            continue;
        if (!take_claim(assembly, draft, &claim, error))
            return false;
        if (claim.parent != READING_NONE)
            claim.parent = claim_of[claim.parent];
        claim_of[i] = (uint32_t)assembly->reading->claims.count;
        if (!list_push(assembly->arena, &assembly->reading->claims, claim,
                       error))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t body =
            twin[i] == READING_NONE ? READING_NONE : claim_of[twin[i]];
        if (body != READING_NONE &&
            assembly->reading->claims.items[body].also_count == 0 &&
            !take_also(assembly, &drafts->items.items[i],
                       &assembly->reading->claims.items[body], error))
            return false;
    }
    for (size_t i = 0; i < count; i++)
        if (claim_of[i] == READING_NONE && twin[i] != READING_NONE)
            claim_of[i] = claim_of[twin[i]];
    return true;
}

/* The parties of an act, in one array, those of one role together. */
static bool take_parties(struct assembly *assembly,
                         const struct act_draft *draft, struct act *act,
                         struct error *error)
{
    struct act_party *parties =
        arena_take(assembly->arena, draft->party_count, sizeof *parties, error);
    if (parties == NULL)
        return draft->party_count == 0;
    act->parties = parties;
    for (uint32_t role = 0; role < ACT_ROLE_COUNT; role++)
        for (uint32_t i = 0; i < draft->party_count; i++)
            if (draft->parties[i].role == (enum act_role)role)
                parties[act->party_count++] = (struct act_party){
                    bytes_of(assembly, draft->parties[i].tokens),
                    draft->parties[i].party, draft->parties[i].role,
                    draft->parties[i].degree};
    return true;
}

static bool take_acts(struct assembly *assembly, struct error *error)
{
    const struct acts *acts = &assembly->acts;
    for (size_t i = 0; i < acts->items.count; i++) {
        const struct act_draft *draft = &acts->items.items[i];
        struct act act = {.code = draft->code,
                          .trigger = bytes_of(assembly, draft->trigger),
                          .modality = draft->modality,
                          .is_denied = draft->is_denied,
                          .claim = draft->draft == READING_NONE
                                       ? READING_NONE
                                       : assembly->claim_of[draft->draft],
                          .time = READING_NONE,
                          .same_as = draft->same_as,
                          .confidence = draft->probability};
        if (!take_parties(assembly, draft, &act, error) ||
            !list_push(assembly->arena, &assembly->reading->acts, act, error))
            return false;
    }
    return true;
}

/* Times, but none within the name of a person. */
static bool find_times(struct assembly *assembly, struct arena *scratch,
                       struct error *error)
{
    const struct labels *labels = &assembly->labels;
    struct reading *reading = assembly->reading;
    struct span *persons =
        arena_take(scratch, labels->names.count, sizeof *persons, error);
    struct time_context context = {.date = slice_of(reading->document.date),
                                   .persons = persons};
    if (persons == NULL)
        return false;
    for (size_t i = 0; i < labels->names.count; i++)
        if (labels->names.items[i].type == NAME_PERSON)
            persons[context.person_count++] =
                bytes_of(assembly, labels->names.items[i].tokens);
    return times_find(&reading->text, &context, assembly->arena,
                      &reading->times, error);
}

static bool assemble(struct assembly *assembly,
                     const struct read_options *options, struct arena *scratch,
                     struct error *error)
{
    struct reading *reading = assembly->reading;
    struct cast *cast = &assembly->cast;
    struct drafts *drafts = &assembly->drafts;
    uint32_t addressee = PARTY_NONE;
    uint32_t *twin = NULL;
    *drafts = (struct drafts){.text = &reading->text,
                              .labels = &assembly->labels,
                              .evidence = assembly->basis->evidence,
                              .arena = scratch};
    if (!clean_names(assembly, scratch, error) ||
        !names_settle(&reading->text, &assembly->labels, scratch, error) ||
        !cast_build(cast, &reading->text, &assembly->labels, scratch, error) ||
        !document_facts(cast, options, &reading->document, &addressee, error) ||
        !draft_labels(drafts, error) || !draft_run_on(drafts, error) ||
        !draft_rules(drafts, error) || !draft_nesting(drafts, error))
        return false;
    drafts->kind = reading->document.kind;
    draft_sense(drafts);
    cast_classify_places(cast, reading->document.issuer,
                         drafts->kind == KIND_REPORT ||
                             drafts->kind == KIND_OPINION);
    if (!draft_whom(drafts, cast, assembly->basis->whom_probe, error) ||
        !draft_speakers(drafts, cast, reading->document.issuer, addressee,
                        error) ||
        !cast_mentions(cast, error) || !draft_twins(drafts, &twin, error))
        return false;
    assembly->acts = (struct acts){.text = &reading->text,
                                   .drafts = drafts,
                                   .cast = cast,
                                   .arena = scratch,
                                   .labels = assembly->basis->labels,
                                   .probe = assembly->basis->act_probe,
                                   .issuer = reading->document.issuer,
                                   .addressee = addressee};
    if (!acts_make(&assembly->acts, error))
        return false;
    if (addressee != PARTY_NONE) {
        uint32_t *list = arena_take(assembly->arena, 1, sizeof *list, error);
        if (list == NULL)
            return false;
        *list = addressee;
        reading->document.addressees = list;
        reading->document.addressee_count = 1;
    }
    document_answers(reading);
    if (!take_names(assembly, error) || !take_actors(assembly, error) ||
        !take_claims(assembly, twin, error) || !take_acts(assembly, error) ||
        !find_times(assembly, scratch, error) ||
        !take_gazetteer_places(assembly, options, scratch, error))
        return false;
    return actors_weigh(reading, scratch, error) &&
           acts_when(reading, scratch, error) &&
           citations_find(&reading->text, country_of_places(reading),
                          assembly->arena, &reading->citations,
                          &reading->citation_count, error) &&
           figure_claims(reading, &assembly->labels, assembly->arena, scratch,
                         error) &&
           interventions_find(reading, assembly->arena, scratch, error);
}

static struct arena *scratch_for(struct slice bytes, unsigned layers,
                                 struct error *error)
{
    const size_t a_byte =
        SCRATCH_PER_BYTE +
        ((layers & READING_FRAMES) != 0 ? SCRATCH_OF_FRAMES : 0);
    struct arena *scratch = arena_new(bytes.length * a_byte + SCRATCH_LEAST);
    if (scratch == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    return scratch;
}

bool reading_assemble(const struct reading_basis *basis,
                      const struct read_options *options, struct arena *arena,
                      struct reading *reading, struct error *error)
{
    struct assembly assembly = {
        .basis = basis, .arena = arena, .reading = reading};
    struct arena *scratch = scratch_for(reading->text.bytes, 0, error);
    bool is_done =
        scratch != NULL && assemble(&assembly, options, scratch, error);
    arena_release(scratch);
    return is_done;
}

/* Copies what is kept of a list; the arena's. */
#define KEEP(list)                                                             \
    do {                                                                       \
        size_t bytes = (list).count * sizeof *(list).items;                    \
        void *copy = arena_take(arena, bytes + 1, 1, error);                   \
        if (copy == NULL)                                                      \
            return false;                                                      \
        if (bytes > 0)                                                         \
            memcpy(copy, (list).items, bytes);                                 \
        (list).items = copy;                                                   \
    } while (0)

/* Copies the labels that --explain shows to where the reading lives. */
static bool keep_labels(const struct labels *labels, struct arena *arena,
                        struct reading *reading, struct error *error)
{
    struct labels *kept = arena_take(arena, 1, sizeof *kept, error);
    if (kept == NULL)
        return false;
    *kept = (struct labels){.has_acts = labels->has_acts,
                            .names = labels->names,
                            .pieces = labels->pieces,
                            .acts = labels->acts,
                            .participants = labels->participants};
    KEEP(kept->names);
    KEEP(kept->pieces);
    KEEP(kept->acts);
    KEEP(kept->participants);
    reading->labels = kept;
    return true;
}

bool read_text(struct labeller *labeller, struct slice bytes,
               const struct read_options *options, struct arena *arena,
               struct reading *reading, struct error *error)
{
    struct labels labels = {0};
    struct reading_basis basis = {.labels = &labels};
    *reading = (struct reading){0};
    basis.evidence = model_evidence(labeller_model(labeller));
    basis.calibration_count =
        model_calibration(labeller_model(labeller), &basis.calibration);
    if (!text_analyse_marked(bytes, options->marks, options->mark_count, arena,
                             &reading->text, error))
        return false;
    struct arena *scratch = scratch_for(bytes, options->layers, error);
    reading->layers = options->layers;
    reading->has_mentions = labeller_has_mentions(labeller);
    labeller_want_frames(labeller, (options->layers & READING_FRAMES) != 0);
    labeller_want_extents(labeller, (options->layers & READING_MENTIONS) != 0);
    labeller_want_roles(labeller, (options->layers & READING_ROLES) != 0);
    bool is_done =
        scratch != NULL &&
        label_text(labeller, &reading->text, scratch, &labels, error) &&
        labels_drop_unread(&reading->text, scratch, &labels, error) &&
        ((options->layers & READING_LABELS) == 0 ||
         keep_labels(&labels, arena, reading, error)) &&
        reading_assemble(&basis, options, arena, reading, error) &&
        frames_take(&labels, arena, reading, error) &&
        ((options->layers & READING_MENTIONS) == 0 ||
         mentions_take(&labels, arena, reading, error)) &&
        roles_take(&labels, arena, reading, error) &&
        ((options->layers & READING_POLICE) == 0 ||
         police_take(arena, reading, error));
    arena_release(scratch);
    return is_done;
}
