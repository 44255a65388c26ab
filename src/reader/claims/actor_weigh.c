/*
 * actor_weigh.c - see actor_weigh.h.
 *
 * Features: the table's class (rule; "default" where no word says it), the
 * actor's type, the words of its mentions (w; h the last one, f the first),
 * the words around them (b before, a behind, and cb, ca the classes of the
 * table for them), the class of the body named next to it (o), its title (t)
 * and the class of whose office it is (of), what it did and suffered (did,
 * had), where it stands first (part), and what the document is (doc).
 */
#include "actor_weigh.h"

#include "feature.h"

/* TABLE_LEAD: what a word of the table counts besides, since all else is learnt
 * from some three thousand actors; chosen on corpus/dev. FORCE_DOUBT: what
 * speaks against a force where none of its words does: a victim who is called
 * police is worse than an officer who is not (wrong ones 25 to 18 on
 * corpus/dev, right ones 77 to 74). */
enum {
    MENTIONS_MOST = 4,
    AROUND = 3,
    BESIDE_TOKENS = 12,
    TABLE_LEAD = 24,
    FORCE_DOUBT = 12
};

_Static_assert(ACT_CODE_COUNT <= 64, "codes of acts are bits");

bool actor_context_make(struct actor_context *context,
                        const struct reading *reading, struct arena *arena,
                        struct error *error)
{
    size_t count = reading->actors.count;
    uint64_t *bits = arena_take(arena, 2 * count, sizeof *bits, error);
    bool *is_speaker = arena_take(arena, count, sizeof *is_speaker, error);
    if (bits == NULL || is_speaker == NULL)
        return false;
    for (size_t i = 0; i < reading->acts.count; i++) {
        const struct act *act = &reading->acts.items[i];
        for (uint32_t j = 0; j < act->party_count; j++) {
            const struct act_party *party = &act->parties[j];
            if (party->actor == READING_NONE || party->role == ROLE_WEAPON)
                continue;
            size_t side = party->role == ROLE_PERPETRATOR ? 0 : count;
            bits[side + party->actor] |= (uint64_t)1 << act->code;
        }
    }
    for (size_t i = 0; i < reading->claims.count; i++)
        if (reading->claims.items[i].speaker != READING_NONE)
            is_speaker[reading->claims.items[i].speaker] = true;
    *context = (struct actor_context){reading, bits, bits + count, is_speaker};
    return true;
}

static void give_word(const struct feature_sink *sink, const char *kind,
                      const struct text *text, uint32_t token)
{
    char buffer[WORD_KEY_MAX];
    feature_give(sink, kind,
                 word_key(text, (struct span){token, token + 1}, buffer));
}

/* The words of a mention and those around it, in its sentence. */
static void give_mention(const struct feature_sink *sink,
                         const struct text *text, struct span tokens)
{
    struct span sentence =
        text->sentences.items[text_sentence_of(text, tokens.begin)];
    for (uint32_t at = tokens.begin; at < tokens.end; at++)
        if (word_has_letters(text, at))
            feature_word(sink, "w", "cw", &class_table, text, at);
    give_word(sink, "f", text, tokens.begin);
    give_word(sink, "h", text, tokens.end - 1);
    for (uint32_t i = 1; i <= AROUND; i++) {
        if (tokens.begin >= sentence.begin + i)
            feature_word(sink, i == 1 ? "b1" : "b", "cb", &class_table, text,
                         tokens.begin - i);
        if (tokens.end + i <= sentence.end)
            feature_word(sink, i == 1 ? "a1" : "a", "ca", &class_table, text,
                         tokens.end + i - 1);
    }
}

/* The classes of bodies that are named next to a mention. */
static void give_beside(const struct feature_sink *sink,
                        const struct reading *reading, uint32_t actor,
                        struct span tokens)
{
    const struct text *text = &reading->text;
    size_t low = 0;
    size_t high = reading->names.count;
    uint32_t least =
        tokens.begin > BESIDE_TOKENS ? tokens.begin - BESIDE_TOKENS : 0;
    uint32_t byte = text->tokens.items[least].begin;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->names.items[middle].span.begin < byte)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < reading->names.count; low++) {
        const struct name *name = &reading->names.items[low];
        struct span place = text_tokens_in(text, name->span);
        if (place.begin > tokens.end + BESIDE_TOKENS)
            break;
        if (name->actor == READING_NONE || name->actor == actor ||
            name->type != NAME_ORGANISATION)
            continue;
        feature_give(
            sink, "o",
            slice_of(actor_class_names[reading->actors.items[name->actor]
                                           .table_class]));
    }
}

static void give_acts(const struct feature_sink *sink, const char *kind,
                      uint64_t bits)
{
    if (bits != 0)
        feature_give(sink, kind, slice_of("any"));
    for (; bits != 0; bits &= bits - 1)
        feature_give(sink, kind,
                     slice_of(act_code_names[__builtin_ctzll(bits)]));
}

static void give_office(const struct feature_sink *sink,
                        const struct reading *reading,
                        const struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count; i++) {
        const struct actor_role *role = &actor->roles[i];
        struct span bytes = {
            (uint32_t)(role->title.data - reading->text.bytes.data), 0};
        bytes.end = bytes.begin + (uint32_t)role->title.length;
        struct span tokens = text_tokens_in(&reading->text, bytes);
        for (uint32_t at = tokens.begin; at < tokens.end; at++)
            feature_word(sink, "t", "ct", &class_table, &reading->text, at);
        if (role->of != READING_NONE)
            feature_give(
                sink, "of",
                slice_of(actor_class_names[reading->actors.items[role->of]
                                               .table_class]));
    }
}

static void give_document(const struct feature_sink *sink,
                          const struct reading *reading, uint32_t actor)
{
    const struct reading_document *document = &reading->document;
    char key[WORD_KEY_MAX];
    const char *kind = document_kind_names[document->kind];
    const char *type = actor_type_names[reading->actors.items[actor].type];
    size_t length = strlen(kind);
    memcpy(key, kind, length);
    key[length++] = '-';
    memcpy(key + length, type, strlen(type));
    feature_give(sink, "doc", (struct slice){key, length + strlen(type)});
    if (document->issuer == actor)
        feature_give(sink, "is", slice_of("issuer"));
    else if (document->issuer != READING_NONE)
        feature_give(
            sink, "from",
            slice_of(actor_class_names[reading->actors.items[document->issuer]
                                           .table_class]));
}

void actor_features(const struct actor_context *context, uint32_t index,
                    void (*take)(void *, struct slice), void *of_take)
{
    const struct feature_sink sink = {take, of_take};
    const struct reading *reading = context->reading;
    const struct text *text = &reading->text;
    const struct actor *actor = &reading->actors.items[index];
    const struct places *mentions = &actor->mentions;
    feature_give(&sink, "is", slice_of("actor"));
    feature_give(&sink, "type", slice_of(actor_type_names[actor->type]));
    feature_give(&sink, actor->has_class ? "rule" : "default",
                 slice_of(actor_class_names[actor->table_class]));
    for (uint32_t i = 0; i < mentions->count && i < MENTIONS_MOST; i++) {
        struct span tokens = text_tokens_in(text, mentions->items[i]);
        if (tokens.begin >= tokens.end)
            continue;
        give_mention(&sink, text, tokens);
        give_beside(&sink, reading, index, tokens);
        if (i == 0)
            feature_give(
                &sink, "part",
                slice_of(part_kind_names[text_part_of(text, tokens.begin)]));
    }
    give_office(&sink, reading, actor);
    give_acts(&sink, "did", context->done[index]);
    give_acts(&sink, "had", context->suffered[index]);
    if (context->is_speaker[index])
        feature_give(&sink, "is", slice_of("speaker"));
    give_document(&sink, reading, index);
}

bool actors_weigh(struct reading *reading, struct arena *scratch,
                  struct error *error)
{
    struct actor_context context;
    if (!actor_context_make(&context, reading, scratch, error))
        return false;
    for (uint32_t i = 0; i < reading->actors.count; i++) {
        struct weighing weighing = {.table = &actor_weight_table};
        int32_t sums[1 + ACTOR_CLASS_COUNT];
        actor_features(&context, i, weighing_take, &weighing);
        weighing_sums(&weighing, sums, 1 + ACTOR_CLASS_COUNT);
        struct actor *actor = &reading->actors.items[i];
        if (actor->has_class)
            sums[1 + actor->table_class] += TABLE_LEAD;
        else {
            sums[1 + CLASS_POLICE] -= FORCE_DOUBT;
            sums[1 + CLASS_MILITARY] -= FORCE_DOUBT;
        }
        actor->class =
            (enum actor_class)weighing_best(sums + 1, ACTOR_CLASS_COUNT);
    }
    return true;
}
