/*
 * sets.c - labels by name, as train/heads.py has them, and their tensors.
 */
#include "sets.h"

#include "label.h"

#define LABEL_NAME_MAX 32

static const char *const piece_roles[] = {"cue", "source", "content"};
static const char *const name_types[] = {"person", "organisation", "place",
                                         "other"};
static const char *const predicate_kinds[] = {"none", "verb", "noun", "other",
                                              "auxiliary"};
static const char *const mention_kinds[] = {"none", "person", "organisation",
                                            "place", "other"};
const char *const label_role_names[ROLE_COUNT] = {
    "PerpInd", "PerpOrg", "Target", "Victim", "Weapon",
};
const char *const label_argument_names[ARGUMENT_COUNT] = {
    "ARG0",     "ARG1",     "ARG2",     "ARG3",     "ARG4",     "ARGM-TMP",
    "ARGM-ADV", "ARGM-MOD", "ARGM-NEG", "ARGM-ADJ", "ARGM-LOC", "ARGM-MNR",
    "ARGM-DIS", "ARGM-EXT", "ARGM-PRP", "ARGM-CAU", "ARGM-PRR", "ARGM-LVB",
    "ARGM-DIR", "ARGM-PRD", "R-ARG0",   "R-ARG1",   "C-ARG1",
};
const char *const label_participant_names[PARTICIPANT_COUNT] = {
    "perpetrator", "victim", "target", "weapon"};
const char *const act_code_names[ACT_CODE_COUNT] = {
    "killing",
    "attempted-killing",
    "death-in-custody",
    "shooting",
    "beating",
    "wounding",
    "torture",
    "sexual-violence",
    "tear-gas",
    "use-of-force",
    "attack",
    "stone-throwing",
    "bombing",
    "arrest",
    "detention",
    "abduction",
    "disappearance",
    "threat",
    "intimidation",
    "incitement",
    "surveillance",
    "dispersal",
    "ban",
    "obstruction",
    "protest",
    "riot",
    "raid",
    "invasion",
    "property-damage",
    "arson",
    "looting",
    "eviction",
    "seizure",
    "extortion",
    "prosecution",
    "persecution",
    "discrimination",
    "failure-to-act",
    "censorship",
    "dismissal",
    "election-fraud",
    "corruption",
    "other",
};
const char *const act_modality_names[ACT_MODALITY_COUNT] = {
    "actual",  "attempted", "ordered",      "threatened",
    "planned", "demanded",  "hypothetical", "recurring"};
const char *const label_polarity_names[POLARITY_COUNT] = {"asserted", "denied"};
static const char *const triggers[] = {"act"};
static const char *const extents[] = {"extent"};

static const struct {
    const char *name;
    const char *const *types;
    size_t count;
    bool is_sequence, is_optional;
} sets[HEAD_COUNT] = {
    [HEAD_OUTER] = {"outer", piece_roles, 3, true, false},
    [HEAD_INNER] = {"inner", piece_roles, 3, true, false},
    [HEAD_NAMES] = {"names", name_types, 4, true, false},
    [HEAD_ROLES] = {"roles", label_role_names, ROLE_COUNT, true, true},
    [HEAD_ACTS] = {"acts", triggers, 1, true, true},
    [HEAD_PREDICATES] = {"predicates", predicate_kinds, 5, false, true},
    [HEAD_MENTIONS] = {"mentions", mention_kinds, 5, false, true},
    [HEAD_CODES] = {"act_codes", act_code_names, ACT_CODE_COUNT, false, true},
    [HEAD_MODALITIES] = {"act_modalities", act_modality_names,
                         ACT_MODALITY_COUNT, false, true},
    [HEAD_POLARITIES] = {"act_polarities", label_polarity_names, POLARITY_COUNT,
                         false, true},
    [HEAD_ARGUMENTS] = {"arguments", label_argument_names, ARGUMENT_COUNT, true,
                        true},
    [HEAD_PARTICIPANTS] = {"participants", label_participant_names,
                           PARTICIPANT_COUNT, true, true},
    [HEAD_EXTENTS] = {"extents", extents, 1, true, true},
};

size_t head_labels(enum head head)
{
    return sets[head].is_sequence ? 2 * sets[head].count + 1 : sets[head].count;
}

/* O, then B- and I- of each type; or the types themselves. */
static void label_name(enum head head, size_t label, char *name)
{
    if (!sets[head].is_sequence)
        snprintf(name, LABEL_NAME_MAX, "%s", sets[head].types[label]);
    else if (label == 0)
        snprintf(name, LABEL_NAME_MAX, "O");
    else
        snprintf(name, LABEL_NAME_MAX, "%c-%s", label % 2 == 1 ? 'B' : 'I',
                 sets[head].types[(label - 1) / 2]);
}

static bool labels_are_ours(const struct model *model, enum head head,
                            struct error *error)
{
    char names[2 * ARGUMENT_COUNT + 1][LABEL_NAME_MAX];
    const char *labels[2 * ARGUMENT_COUNT + 1];
    const size_t count = head_labels(head);
    for (size_t i = 0; i < count; i++) {
        label_name(head, i, names[i]);
        labels[i] = names[i];
    }
    return model_labels_are(model, sets[head].name, labels, count, error);
}

static const float *tensor_read(const struct model *model, enum head head,
                                const char *end, size_t rows, size_t columns,
                                struct error *error)
{
    char name[64];
    snprintf(name, sizeof name, "%s%s", sets[head].name, end);
    return model_file_numbers(&model->file, name, TENSOR_FLOAT32, rows, columns,
                              error);
}

bool head_read(const struct model *model, enum head head, size_t inputs,
               struct head_tensors *tensors, struct error *error)
{
    const size_t count = head_labels(head);
    *tensors = (struct head_tensors){0};
    if (sets[head].is_optional && !model_has_labels(model, sets[head].name))
        return true;
    if (!labels_are_ours(model, head, error))
        return false;
    tensors->weight = tensor_read(model, head, ".weight", inputs, count, error);
    if (tensors->weight != NULL)
        tensors->bias = tensor_read(model, head, ".bias", count, 1, error);
    if (tensors->bias == NULL)
        return false;
    tensors->labels = count;
    if (!sets[head].is_sequence)
        return true;
    tensors->transitions =
        tensor_read(model, head, "_crf.transitions", count, count, error);
    if (tensors->transitions == NULL)
        return false;
    tensors->start = tensor_read(model, head, "_crf.start", count, 1, error);
    return tensors->start != NULL;
}
