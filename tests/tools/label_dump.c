/*
 * label_dump.c - what the network says of a text, as JSON: for tests that
 * compare machines, and for looking at it.
 *
 *     label_dump MODEL FILE...
 *
 * One line a file: names, pieces, acts, roles, frames and mentions with their
 * tokens, bytes, probabilities (all their bits, so that two lines are equal
 * only if the labels are) and links.
 */
#include <inttypes.h>
#include <stdio.h>

#include "file.h"
#include "label.h"
#include "model.h"

static const char *const roles[] = {"cue", "source", "content"};
static const char *const types[] = {"person", "organisation", "place", "other"};

static const char *const kinds[] = {"none", "verb", "noun", "other",
                                    "auxiliary"};

static const char *const mentions[] = {"none", "person", "organisation",
                                       "place", "other"};

static void print_span(const struct text *text, struct span tokens)
{
    const struct span bytes = text_bytes_of(text, tokens);
    printf("\"tokens\":[%" PRIu32 ",%" PRIu32 "],\"span\":[%" PRIu32 ",%" PRIu32
           "]",
           tokens.begin, tokens.end, bytes.begin, bytes.end);
}

static void print_acts(const struct text *text, const struct labels *labels)
{
    printf("\"acts\":[");
    for (size_t i = 0; i < labels->acts.count; i++) {
        const struct labelled_act *act = &labels->acts.items[i];
        printf("%s{", i > 0 ? "," : "");
        print_span(text, act->trigger);
        printf(",\"probability\":%.9g,\"act\":\"%s\",\"code_probability\":"
               "%.9g,\"modality\":\"%s\",\"modality_probability\":%.9g,"
               "\"polarity\":\"%s\",\"polarity_probability\":%.9g,"
               "\"participants\":[",
               (double)act->probability, act_code_names[act->code],
               (double)act->code_probability, act_modality_names[act->modality],
               (double)act->modality_probability,
               label_polarity_names[act->polarity],
               (double)act->polarity_probability);
        for (uint32_t j = act->first; j < act->first + act->count; j++) {
            const struct labelled_participant *participant =
                &labels->participants.items[j];
            printf("%s{", j > act->first ? "," : "");
            print_span(text, participant->tokens);
            printf(",\"role\":\"%s\",\"probability\":%.9g}",
                   label_participant_names[participant->role],
                   (double)participant->probability);
        }
        printf("]}");
    }
    printf("],\"roles\":[");
    for (size_t i = 0; i < labels->roles.count; i++) {
        const struct labelled_role *role = &labels->roles.items[i];
        printf("%s{", i > 0 ? "," : "");
        print_span(text, role->tokens);
        printf(",\"role\":\"%s\",\"probability\":%.9g}",
               label_role_names[role->role], (double)role->probability);
    }
}

static void print_frames(const struct text *text, const struct labels *labels)
{
    printf("],\"frames\":[");
    for (size_t i = 0; i < labels->frames.count; i++) {
        const struct labelled_frame *frame = &labels->frames.items[i];
        printf("%s{", i > 0 ? "," : "");
        print_span(text, (struct span){frame->predicate, frame->predicate + 1});
        printf(",\"kind\":\"%s\",\"probability\":%.9g,\"arguments\":[",
               kinds[frame->kind], (double)frame->probability);
        for (uint32_t j = frame->first; j < frame->first + frame->count; j++) {
            const struct labelled_argument *argument =
                &labels->arguments.items[j];
            printf("%s{", j > frame->first ? "," : "");
            print_span(text, argument->tokens);
            printf(",\"role\":\"%s\"}", label_argument_names[argument->role]);
        }
        printf("]}");
    }
    printf("]");
}

static void print_mentions(const struct text *text, const struct labels *labels)
{
    printf(",\"mentions\":[");
    for (size_t i = 0; i < labels->mentions.count; i++) {
        const struct labelled_mention *mention = &labels->mentions.items[i];
        printf("%s{", i > 0 ? "," : "");
        print_span(text, mention->tokens);
        printf(",\"head\":%" PRIu32 ",\"type\":\"%s\",\"probability\":%.9g",
               mention->head, mentions[mention->kind],
               (double)mention->probability);
        if (mention->antecedent != TEXT_NONE)
            printf(",\"antecedent\":%" PRIu32, mention->antecedent);
        printf(",\"antecedent_probability\":%.9g}",
               (double)mention->antecedent_probability);
    }
    printf("]");
}

static void print_labels(const struct text *text, const struct labels *labels)
{
    printf("{\"names\":[");
    for (size_t i = 0; i < labels->names.count; i++) {
        const struct labelled_name *name = &labels->names.items[i];
        printf("%s{", i > 0 ? "," : "");
        print_span(text, name->tokens);
        printf(",\"type\":\"%s\",\"probability\":%.9g}", types[name->type],
               (double)name->probability);
    }
    printf("],\"pieces\":[");
    for (size_t i = 0; i < labels->pieces.count; i++) {
        const struct labelled_piece *piece = &labels->pieces.items[i];
        printf("%s{", i > 0 ? "," : "");
        print_span(text, piece->tokens);
        printf(",\"role\":\"%s\",\"layer\":\"%s\",\"probability\":%.9g",
               roles[piece->role],
               piece->layer == LAYER_OUTER ? "outer" : "inner",
               (double)piece->probability);
        if (piece->link != TEXT_NONE)
            printf(",\"link\":%" PRIu32, piece->link);
        printf(",\"link_probability\":%.9g}", (double)piece->link_probability);
    }
    printf("],");
    print_acts(text, labels);
    print_frames(text, labels);
    print_mentions(text, labels);
    printf("}\n");
}

static bool dump(struct labeller *labeller, const char *path,
                 struct error *error)
{
    struct file file;
    if (!file_read(path, UINT32_MAX - 1, &file, error))
        return false;
    struct arena *arena = arena_new(SIZE_MAX);
    struct text text;
    struct labels labels;
    const bool is_labelled = text_analyse(file.bytes, arena, &text, error) &&
                             label_text(labeller, &text, arena, &labels, error);
    if (is_labelled)
        print_labels(&text, &labels);
    arena_release(arena);
    file_close(&file);
    return is_labelled;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct labeller *labeller = NULL;
    struct model *model = count > 2 ? model_open(arguments[1], &error) : NULL;
    if (model != NULL)
        labeller = labeller_new(model, &error);
    bool is_well = labeller != NULL;
    if (is_well) {
        labeller_want_frames(labeller, true);
        labeller_want_extents(labeller, true);
        labeller_want_roles(labeller, true);
        fprintf(stderr, "%s, %s\n", model_name(model), model_machine(model));
    }
    for (int i = 2; is_well && i < count; i++)
        is_well = dump(labeller, arguments[i], &error);
    if (!is_well)
        fprintf(stderr, "label_dump: %s\n", error.text);
    labeller_free(labeller);
    model_close(model);
    return is_well ? 0 : 1;
}
