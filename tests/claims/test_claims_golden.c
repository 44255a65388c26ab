/*
 * test_claims_golden.c - what comes of invented texts with the labels of
 * marked_text.h. The attributes of a case say what is shown: claims, actors,
 * acts, document; claims without them.
 */
#include "golden.h"
#include "test.h"

#include "marked_text.h"

static void show(const struct text *text, struct span bytes, FILE *out)
{
    for (uint32_t i = bytes.begin; i < bytes.end; i++)
        fputc(text->bytes.data[i] == '\n' ? ' ' : text->bytes.data[i], out);
}

static void show_slice(struct slice words, FILE *out)
{
    for (size_t i = 0; i < words.length; i++)
        fputc(words.data[i] == '\n' ? ' ' : words.data[i], out);
}

static void show_places(const struct text *text, const char *name,
                        struct places places, FILE *out)
{
    if (places.count == 0)
        return;
    fprintf(out, " %s <", name);
    for (uint32_t i = 0; i < places.count; i++) {
        fputs(i == 0 ? "" : "|", out);
        show(text, places.items[i], out);
    }
    fputc('>', out);
}

static void show_claims(const struct reading *reading, FILE *out)
{
    for (size_t i = 0; i < reading->claims.count; i++) {
        const struct claim *claim = &reading->claims.items[i];
        for (uint32_t at = claim->parent; at != READING_NONE;
             at = reading->claims.items[at].parent)
            fputs("  ", out);
        fprintf(out, "%s%s %s by ", claim->is_denied ? "not said: " : "",
                claim_mode_names[claim->mode], speech_act_names[claim->act]);
        if (claim->speaker == READING_NONE)
            fputs("?", out);
        else
            show_slice(reading->actors.items[claim->speaker].name, out);
        fputc(':', out);
        show_places(&reading->text, "source", claim->source, out);
        show_places(&reading->text, "cue", claim->cue, out);
        show_places(&reading->text, "content", claim->content, out);
        show_places(&reading->text, "to", claim->addressee, out);
        show_places(&reading->text, "by", claim->medium, out);
        if (claim->also_count > 0)
            show_places(&reading->text, "also", claim->also[0].content, out);
        fputc('\n', out);
    }
}

static void show_actors(const struct reading *reading, FILE *out)
{
    for (size_t i = 0; i < reading->actors.count; i++) {
        const struct actor *actor = &reading->actors.items[i];
        fprintf(out, "%s %s: ", actor_class_names[actor->class],
                actor_type_names[actor->type]);
        show_slice(actor->name, out);
        for (uint32_t j = 0; j < actor->role_count; j++) {
            fputs(", ", out);
            show_slice(actor->roles[j].title, out);
            if (actor->roles[j].of != READING_NONE) {
                fputs(" of ", out);
                show_slice(reading->actors.items[actor->roles[j].of].name, out);
            }
        }
        show_places(&reading->text, "mentions", actor->mentions, out);
        fputc('\n', out);
    }
}

static void show_document(const struct reading *reading, FILE *out)
{
    const struct reading_document *document = &reading->document;
    fprintf(out, "%s, %s (%s)%s\n", document_kind_names[document->kind],
            document->date, date_from_names[document->date_from],
            document->is_english ? ", en" : "");
    fputs("publisher: ", out);
    show_slice(document->publisher, out);
    fputs("\ntitle: ", out);
    show_slice(document->title, out);
    if (document->issuer != READING_NONE) {
        fputs("\nissuer: ", out);
        show_slice(reading->actors.items[document->issuer].name, out);
    }
    for (uint32_t i = 0; i < document->addressee_count; i++) {
        fputs("\naddressee: ", out);
        show_slice(reading->actors.items[document->addressees[i]].name, out);
    }
    fputc('\n', out);
}

static void show_acts(const struct reading *reading, FILE *out)
{
    static const char *const roles[] = {"by", "to", "on", "with"};
    for (size_t i = 0; i < reading->acts.count; i++) {
        const struct act *act = &reading->acts.items[i];
        fprintf(out, "%s%s %s <", act->is_denied ? "denied: " : "",
                act_modality_names[act->modality], act_code_names[act->code]);
        show(&reading->text, act->trigger, out);
        fputc('>', out);
        for (uint32_t j = 0; j < act->party_count; j++) {
            const struct act_party *party = &act->parties[j];
            fprintf(out, " %s%s <", roles[party->role],
                    party->degree == DEGREE_DIRECT ? "" : " (not directly)");
            show(&reading->text, party->span, out);
            fputc('>', out);
            if (party->actor != READING_NONE) {
                fputs(" = ", out);
                show_slice(reading->actors.items[party->actor].name, out);
            }
        }
        if (act->claim != READING_NONE)
            fprintf(out, ", claim %u", (unsigned)act->claim + 1);
        if (act->same_as != READING_NONE)
            fprintf(out, ", the same as %u", (unsigned)act->same_as + 1);
        fputc('\n', out);
    }
}

static bool is_wanted(struct slice attributes, const char *name)
{
    size_t length = strlen(name);
    for (size_t at = 0; at + length <= attributes.length; at++)
        if (memcmp(attributes.data + at, name, length) == 0)
            return true;
    return false;
}

static void render(struct slice marked, struct slice attributes, FILE *out)
{
    struct reading reading;
    struct arena *arena = arena_new(1 << 26);
    assert_non_null(arena);
    marked_reading(marked, "", arena, &reading);
    if (is_wanted(attributes, "document"))
        show_document(&reading, out);
    if (is_wanted(attributes, "actors"))
        show_actors(&reading, out);
    if (is_wanted(attributes, "acts"))
        show_acts(&reading, out);
    if (attributes.length == 0 || is_wanted(attributes, "claims"))
        show_claims(&reading, out);
    arena_release(arena);
}

int main(int count, char **arguments)
{
    return golden_run(count - 1, arguments + 1, render);
}
