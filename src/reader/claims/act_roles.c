/*
 * act_roles.c - who is perpetrator, victim, target and weapon of each act: of
 * the arguments of its predicate (act_frame.h), by how they stand to it and
 * what they are; and which actors these are.
 */
#include "act_frame.h"
#include "act_network.h"

/* The answers to question r: none, or one more than the role. */
enum {
    ROLE_ANSWERS = ACT_ROLE_COUNT + 1,
    RANK_MAX = 3,
    CAUSES_MAX = 4,
    ROLE_LEAN = 3 /* against "none", chosen by F on corpus/dev */
};

/* How sure the shape of a sentence has to be of somebody whom the network does
 * not see: chosen by F on corpus/dev. */
#define LEAST_DOER 0.65f
#define LEAST_SUFFERER 0.8f

/* What is carried from act to act. */
struct casting {
    struct acts *acts;
    struct speaker_memory memory;
    struct draft_writers writers;
    uint32_t last_draft; /* whose speaker was noted last */
};

static struct slice letter(const char *at) { return (struct slice){at, 1}; }

/* What an argument is: a class of actor, a type of name, a pronoun. */
static struct slice kind_of(const struct acts *acts,
                            const struct act_argument *argument)
{
    static const char *const types[] = {"person", "body", "place", "name"};
    const struct cast *cast = acts->cast;
    size_t name = cast_head_name(cast, argument->tokens);
    bool is_said = false;
    if (act_tag_is(acts, argument->head, "OW"))
        return slice_of("pronoun");
    if (name < cast->labels->names.count) {
        uint32_t party = cast->party_of_name[name];
        enum name_type type = cast->labels->names.items[name].type;
        if (party != PARTY_NONE && cast->parties.items[party].has_class)
            return slice_of(
                actor_class_names[cast->parties.items[party].class]);
        return slice_of(types[type]);
    }
    const struct table_row *row =
        cast_class_row(acts->text, argument->tokens, 't');
    if (row == NULL)
        row = cast_class_row(acts->text, argument->tokens, 'k');
    if (row == NULL)
        return slice_of("thing");
    enum actor_class class = cast_class_of_row(row, &is_said);
    return is_said ? slice_of(actor_class_names[class]) : slice_of("somebody");
}

/* Where it stands: side, preposition, what lies between, in one word. */
static struct slice place_of(const struct acts *acts,
                             const struct act_frame *frame,
                             const struct act_argument *argument,
                             char buffer[WEIGH_KEY_MAX], bool has_path)
{
    size_t length = 0;
    buffer[length++] = frame->voice;
    buffer[length++] = argument->side;
    buffer[length++] =
        (char)('0' + (argument->rank > RANK_MAX ? RANK_MAX : argument->rank));
    if (has_path) {
        size_t path = strlen(argument->path);
        memcpy(buffer + length, argument->path, path);
        length += path;
    }
    buffer[length++] = '_';
    if (argument->preposition != FRAME_NONE) {
        struct slice word = word_at(acts->text, argument->preposition);
        size_t room = WEIGH_KEY_MAX - length;
        size_t taken = word.length < room ? word.length : room;
        memcpy(buffer + length, word.data, taken);
        length += taken;
    }
    return (struct slice){buffer, length};
}

static void add_place(struct act_weighing *weighing, const struct acts *acts,
                      const struct act_draft *act,
                      const struct act_frame *frame,
                      const struct act_argument *argument)
{
    char whole_buffer[WEIGH_KEY_MAX], short_buffer[WEIGH_KEY_MAX];
    struct slice whole = place_of(acts, frame, argument, whole_buffer, true);
    struct slice place = place_of(acts, frame, argument, short_buffer, false);
    struct slice code = slice_of(act_code_names[act->code]);
    struct slice suffers = slice_of(act->row->columns[1]);
    weigh_add_both(weighing, "path", suffers, whole);
    weigh_add_both(weighing, "place", suffers, place);
    weigh_add_both(weighing, "codeplace", code, place);
    weigh_add_both(weighing, "kindplace", kind_of(acts, argument), place);
    weigh_add_both(weighing, "keyside",
                   (struct slice){act->row->key, act->row->length},
                   (struct slice){place.data, 2});
    weigh_add_both(weighing, "voiceside", suffers,
                   (struct slice){place.data, 2});
    weigh_add_both(weighing, "just", slice_of(argument->path),
                   (struct slice){place.data, 3});
    if (argument->preposition != FRAME_NONE)
        weigh_add_both(weighing, "by", code,
                       word_at(acts->text, argument->preposition));
    if (argument->is_joined)
        weigh_add(weighing, "joined", letter(&argument->side));
    if (argument->is_subject) {
        weigh_add_both(weighing, "subject", letter(&frame->voice), suffers);
        weigh_add_both(weighing, "subjectcode", letter(&frame->voice), code);
        weigh_add_both(weighing, "subjectkind", letter(&frame->voice),
                       kind_of(acts, argument));
        weigh_add_both(weighing, "subjectplace", suffers, place);
    }
    if (argument->side == 'l' && !argument->is_subject)
        weigh_add_both(weighing, "nosubject", letter(&frame->voice), suffers);
}

static void add_nature(struct act_weighing *weighing, const struct acts *acts,
                       const struct act_draft *act,
                       const struct act_frame *frame,
                       const struct act_argument *argument)
{
    const struct text *text = acts->text;
    struct slice code = slice_of(act_code_names[act->code]);
    struct slice kind = kind_of(acts, argument);
    struct slice head = word_at(text, argument->head);
    char sides[2] = {frame->voice, argument->side};
    struct slice how = {sides, sizeof sides};
    uint32_t next = argument->tokens.end;
    weigh_add(weighing, "kind", kind);
    weigh_add_both(weighing, "kindcode", kind, code);
    weigh_add_both(weighing, "kindhow", kind, how);
    weigh_add(weighing, "head", head);
    weigh_add_both(weighing, "headcode", head, code);
    weigh_add_both(weighing, "headhow", head, how);
    weigh_add(weighing, "first", word_at(text, argument->tokens.begin));
    weigh_add(weighing, "tag", letter(acts->tags + argument->head));
    if (next < text->tokens.count)
        weigh_add(weighing, "next", word_at(text, next));
    for (uint32_t at = argument->tokens.begin; at < argument->tokens.end; at++)
        if (acts->tags[at] == 'U') {
            weigh_add_both(weighing, "number", how, code);
            break;
        }
}

/* What else the frame has: somebody "by" whom it was done, somebody behind
 * the verb. */
static void add_frame(struct act_weighing *weighing, const struct acts *acts,
                      const struct act_frame *frame,
                      const struct act_argument *argument)
{
    char sides[2] = {frame->voice, argument->side};
    struct slice how = {sides, sizeof sides};
    bool has_by = false;
    bool has_object = false;
    for (uint32_t i = 0; i < frame->count; i++) {
        const struct act_argument *other = &frame->arguments[i];
        if (other->side != 'r')
            continue;
        has_by |= other->preposition != FRAME_NONE &&
                  word_is(acts->text, other->preposition, "by");
        has_object |= other->preposition == FRAME_NONE &&
                      other->path[0] == '\0' && other->rank == 0;
    }
    weigh_add_both(weighing, has_by ? "hasby" : "noby", how,
                   slice_of(argument->rank == 0 ? "0" : "1"));
    weigh_add_both(weighing, has_object ? "hasobject" : "noobject", how,
                   slice_of(argument->rank == 0 ? "0" : "1"));
}

/* What the phrase is to the act, and the share of that answer. */
static uint32_t ask_role(const struct acts *acts, const struct act_draft *act,
                         const struct act_frame *frame,
                         const struct act_argument *argument, float *share)
{
    struct act_weighing weighing = {.probe = acts->probe, .question = 'r'};
    int32_t sums[ROLE_ANSWERS];
    uint32_t best = 0;
    weigh_add(&weighing, "is", slice_of("phrase"));
    add_place(&weighing, acts, act, frame, argument);
    add_nature(&weighing, acts, act, frame, argument);
    add_frame(&weighing, acts, frame, argument);
    if (acts->probe != NULL)
        acts->probe->asked(acts->probe->context, 'r', act->trigger,
                           argument->tokens, NULL, ROLE_ANSWERS);
    weigh_sum(&weighing, sums, ROLE_ANSWERS);
    sums[0] -= ROLE_LEAN;
    for (uint32_t i = 1; i < ROLE_ANSWERS; i++)
        if (sums[i] > sums[best])
            best = i;
    *share = weigh_share(sums, ROLE_ANSWERS, best);
    return best;
}

/* Whether a phrase is to have an actor: a name, a pronoun, a noun of parties.
 * Things become none, nor do people who are only counted ("three men"), since
 * they are told of once. */
static bool is_somebody(const struct acts *acts,
                        const struct act_argument *argument)
{
    struct span phrase = argument->tokens;
    const struct table_row *row = cast_class_row(acts->text, phrase, 't');
    bool is_said = false;
    if (act_tag_is(acts, argument->head, "OW") ||
        (word_kinds(acts->text, phrase.begin) & WORD_POSSESSIVE) ||
        cast_head_name(acts->cast, phrase) < acts->cast->labels->names.count)
        return true;
    if (row == NULL)
        return cast_class_row(acts->text, phrase, 'k') != NULL;
    enum actor_class class = cast_class_of_row(row, &is_said);
    return class != CLASS_OTHER && class != CLASS_CIVILIANS;
}

/* Whose "I" it is where the act is told: the speaker of the words in quotation
 * marks around it. */
static uint32_t enclosing_speaker(const struct acts *acts,
                                  const struct act_draft *act)
{
    uint32_t at = act->draft;
    while (at != READING_NONE) {
        const struct draft *draft = &acts->drafts->items.items[at];
        if (draft->mode == MODE_DIRECT ||
            (draft->mode == MODE_MIXED &&
             draft_quotation_at(acts->text, act->trigger.begin) != TEXT_NONE))
            return draft->speaker;
        at = draft->parent;
    }
    return PARTY_NONE;
}

static bool find_party(struct casting *casting, const struct act_draft *act,
                       const struct act_argument *argument, enum act_role role,
                       uint32_t *party, struct error *error)
{
    struct acts *acts = casting->acts;
    uint32_t begin = argument->tokens.begin;
    struct speaker_context context = {
        .enclosing = enclosing_speaker(acts, act),
        .issuer = acts->issuer,
        .addressee = acts->addressee,
        .writer = draft_writer_at(acts->cast, &casting->writers, begin)};
    *party = PARTY_NONE;
    if (role == ROLE_WEAPON || !is_somebody(acts, argument) ||
        (role == ROLE_TARGET && cast_head_name(acts->cast, argument->tokens) >=
                                    acts->cast->labels->names.count))
        return true;
    return speaker_resolve(acts->cast, &casting->memory, &context,
                           argument->tokens, party, error);
}

/* The degree of a perpetrator: he who "ordered", "led", "planned". */
static enum act_degree degree_of(const struct acts *acts,
                                 const struct act_draft *act,
                                 const struct act_argument *argument)
{
    struct act_weighing weighing = {.probe = acts->probe, .question = 'd'};
    const struct text *text = acts->text;
    struct span sentence = act_sentence(acts, act->trigger.begin);
    int32_t sums[DEGREE_COUNT];
    uint32_t best = 0;
    uint32_t begin = argument->tokens.end < act->trigger.begin
                         ? argument->tokens.end
                         : act->trigger.begin;
    weigh_add(&weighing, "is", slice_of("perpetrator"));
    for (uint32_t at = begin, i = 0; at < act->trigger.begin && i < 10;
         at++, i++)
        weigh_add(&weighing, "between", word_at(text, at));
    for (uint32_t at = argument->tokens.begin, i = 0;
         at > sentence.begin && i < 4; i++)
        weigh_add(&weighing, "before", word_at(text, --at));
    for (uint32_t at = act->trigger.begin, i = 0; at > sentence.begin && i < 3;
         i++)
        weigh_add(&weighing, "near", word_at(text, --at));
    weigh_add(&weighing, "modality",
              slice_of(act_modality_names[act->modality]));
    weigh_add(&weighing, "side", letter(&argument->side));
    weigh_add(&weighing, "kind", kind_of(acts, argument));
    if (acts->probe != NULL)
        acts->probe->asked(acts->probe->context, 'd', act->trigger,
                           argument->tokens, NULL, DEGREE_COUNT);
    weigh_sum(&weighing, sums, DEGREE_COUNT);
    for (uint32_t i = 1; i < DEGREE_COUNT; i++)
        if (sums[i] > sums[best])
            best = i;
    return (enum act_degree)best;
}

static bool add_party(struct casting *casting, struct act_draft *act,
                      const struct act_argument *argument, enum act_role role,
                      struct error *error)
{
    struct act_draft_party made = {.tokens = argument->tokens, .role = role};
    if (act->party_count == ACT_PARTIES_MAX)
        return true;
    if (!find_party(casting, act, argument, role, &made.party, error))
        return false;
    if (role == ROLE_PERPETRATOR)
        made.degree = degree_of(casting->acts, act, argument);
    act->parties[act->party_count++] = made;
    return true;
}

/* Those whom the network sees take part: it reads the sentence better than
 * the shape of its phrases tells. */
static bool cast_seen(struct casting *casting, struct act_draft *act,
                      struct error *error)
{
    const struct acts *acts = casting->acts;
    struct span tokens;
    enum act_role role;
    for (uint32_t at = 0;
         act_network_party(acts, act->seen, &at, &tokens, &role);) {
        const struct act_argument argument = {
            .tokens = tokens,
            .head = act_head_of(acts, tokens),
            .side = tokens.begin < act->trigger.begin ? 'l' : 'r',
            .preposition = FRAME_NONE};
        if (!add_party(casting, act, &argument, role, error))
            return false;
    }
    return true;
}

static bool cast_phrases(struct casting *casting,
                         const struct act_phrases *phrases,
                         struct act_draft *act, struct error *error)
{
    struct acts *acts = casting->acts;
    struct act_frame frame;
    act_frame_find(acts, phrases, act, &frame);
    for (uint32_t i = 0; i < frame.count; i++) {
        const struct act_argument *argument = &frame.arguments[i];
        float share = 0;
        uint32_t answer = ask_role(acts, act, &frame, argument, &share);
        if (answer > 0 && !add_party(casting, act, argument,
                                     (enum act_role)(answer - 1), error))
            return false;
    }
    return true;
}

static bool has_doer(const struct act_draft *act)
{
    for (uint32_t i = 0; i < act->party_count; i++)
        if (act->parties[i].role == ROLE_PERPETRATOR)
            return true;
    return false;
}

/* Whether words stand for those who use force: police, soldiers, fighters. */
static bool is_armed(const struct table_row *row)
{
    bool is_said = false;
    if (row == NULL)
        return false;
    enum actor_class class = cast_class_of_row(row, &is_said);
    return is_said && (class == CLASS_POLICE || class == CLASS_MILITARY ||
                       class == CLASS_ARMED_GROUP);
}

/* "Police firing", "army raid": where nobody else is said to have done it, the
 * word before a noun did it. */
static bool cast_compound(struct casting *casting, struct act_draft *act,
                          struct error *error)
{
    const struct acts *acts = casting->acts;
    struct span sentence = act_sentence(acts, act->trigger.begin);
    uint32_t begin = act->head;
    uint32_t length = 0;
    if (acts->probe != NULL || has_doer(act) ||
        strcmp(act->row->columns[1], "do") != 0 ||
        act_voice(acts, act, &begin) != 'n' ||
        !is_armed(word_phrase_before(acts->text, &class_table, sentence.begin,
                                     act->trigger.begin, &length)))
        return true;
    const struct act_argument argument = {
        .tokens = {act->trigger.begin - length, act->trigger.begin},
        .head = act->trigger.begin - 1,
        .side = 'l',
        .preposition = FRAME_NONE};
    return add_party(casting, act, &argument, ROLE_PERPETRATOR, error);
}

static bool has_sufferer(const struct act_draft *act)
{
    for (uint32_t i = 0; i < act->party_count; i++)
        if (act->parties[i].role == ROLE_VICTIM ||
            act->parties[i].role == ROLE_TARGET)
            return true;
    return false;
}

/* Of an act in which the network sees no doer, or nobody who suffers it: whom
 * the shape of the sentence surely shows as that; it says little of who did
 * what a noun tells. */
static bool cast_missing(struct casting *casting,
                         const struct act_phrases *phrases,
                         struct act_draft *act, struct error *error)
{
    const struct acts *acts = casting->acts;
    const bool wants_doer = !has_doer(act);
    const bool wants_sufferer = !has_sufferer(act);
    const uint32_t seen = act->party_count;
    struct act_frame frame;
    if (!wants_doer && !wants_sufferer)
        return true;
    act_frame_find(acts, phrases, act, &frame);
    for (uint32_t i = 0; i < frame.count; i++) {
        const struct act_argument *argument = &frame.arguments[i];
        float share = 0;
        uint32_t answer = ask_role(acts, act, &frame, argument, &share);
        bool is_doer = answer == ROLE_PERPETRATOR + 1 && frame.voice != 'n';
        bool is_sufferer =
            answer == ROLE_VICTIM + 1 || answer == ROLE_TARGET + 1;
        bool is_taken = false;
        for (uint32_t j = 0; j < seen; j++)
            is_taken |= act->parties[j].tokens.begin < argument->tokens.end &&
                        argument->tokens.begin < act->parties[j].tokens.end;
        if (is_taken ||
            !((is_doer && wants_doer && share >= LEAST_DOER) ||
              (is_sufferer && wants_sufferer && share >= LEAST_SUFFERER)))
            continue;
        if (!add_party(casting, act, argument, (enum act_role)(answer - 1),
                       error))
            return false;
    }
    return true;
}

static bool is_one_of(const struct text *text, uint32_t token,
                      const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (word_is(text, token, words[i]))
            return true;
    return false;
}

/* The "of" or "with" by which an act hangs on a word of guilt, a few words
 * before it; FRAME_NONE where there is none. */
static uint32_t guilt_joint(const struct acts *acts, struct span trigger)
{
    enum { REACH = 6 };
    static const char *const joints[] = {"of", "with", "for", NULL};
    struct span sentence = act_sentence(acts, trigger.begin);
    uint32_t at = trigger.begin;
    for (int i = 0; i < REACH && at > sentence.begin + 1; i++) {
        at--;
        if (is_one_of(acts->text, at, joints))
            return at;
        if (!act_tag_is(acts, at, "DAUNHBG"))
            return FRAME_NONE;
    }
    return FRAME_NONE;
}

/* Whom words of guilt name: "guilty of torture" the phrase before them,
 * "accused the rebels of nine murders" the one behind; FRAME_NONE for none. */
static uint32_t accused_phrase(const struct acts *acts,
                               const struct act_phrases *phrases,
                               uint32_t joint)
{
    static const char *const states[] = {"guilty",    "accused",  "convicted",
                                         "suspected", "innocent", "acquitted",
                                         "charged",   NULL};
    static const char *const verbs[] = {
        "accuse",  "accuses",  "accused", "accusing", "acquit", "acquits",
        "convict", "convicts", "suspect", "suspects", "blame",  "blames",
        "blamed",  "blaming",  "charge",  NULL};
    for (uint32_t i = phrases->count; i-- > 0;) {
        const struct act_phrase *phrase = &phrases->items[i];
        uint32_t at = phrase->base.end;
        if (at > joint || phrase->is_owner)
            continue;
        if (at == joint)
            return phrase->base.begin > phrases->sentence.begin &&
                           is_one_of(acts->text, phrase->base.begin - 1, verbs)
                       ? i
                       : FRAME_NONE;
        while (at + 1 < joint && act_tag_is(acts, at, "BHMR"))
            at++;
        return at + 1 == joint && is_one_of(acts->text, at, states)
                   ? i
                   : FRAME_NONE;
    }
    return FRAME_NONE;
}

/* Who is accused of an act, or guilty of it, is said to have done it. */
static bool cast_accused(struct casting *casting,
                         const struct act_phrases *phrases,
                         struct act_draft *act, struct error *error)
{
    const struct acts *acts = casting->acts;
    if (has_doer(act) || acts->probe != NULL)
        return true;
    uint32_t joint = guilt_joint(acts, act->trigger);
    uint32_t found =
        joint == FRAME_NONE ? FRAME_NONE : accused_phrase(acts, phrases, joint);
    if (found == FRAME_NONE)
        return true;
    const struct act_argument argument = {.tokens =
                                              phrases->items[found].tokens,
                                          .head = phrases->items[found].head,
                                          .side = 'l',
                                          .preposition = FRAME_NONE};
    return add_party(casting, act, &argument, ROLE_PERPETRATOR, error);
}

static bool cast_act(struct casting *casting, const struct act_phrases *phrases,
                     struct act_draft *act, struct error *error)
{
    const struct acts *acts = casting->acts;
    const bool is_seen = act->seen != NULL && acts->probe == NULL;
    if (!(is_seen ? cast_seen(casting, act, error)
                  : cast_phrases(casting, phrases, act, error)) ||
        (is_seen && !cast_missing(casting, phrases, act, error)) ||
        !cast_accused(casting, phrases, act, error) ||
        !cast_compound(casting, act, error))
        return false;
    for (uint32_t i = 0; i < act->party_count; i++)
        if (act->parties[i].party != PARTY_NONE)
            speaker_note(&casting->memory, acts->cast, act->parties[i].party,
                         act->parties[i].tokens.begin);
    return true;
}

/* Whether one of these words stands within the tokens, and no clause ends
 * before it. */
static bool has_joint(const struct acts *acts, struct span tokens,
                      const char *const *joints)
{
    for (uint32_t at = tokens.begin; at < tokens.end; at++) {
        if (slice_equals(word_at(acts->text, at), slice_of(";")))
            return false;
        for (size_t i = 0; joints[i] != NULL; i++)
            if (word_is(acts->text, at, joints[i]))
                return true;
    }
    return false;
}

/* "Four people were killed when officers opened fire", "in firing by police";
 * "police opened fire, leaving two dead": who dies or is hurt with nobody said
 * to have done it is so by those who shoot, beat or bomb in the same sentence,
 * with one of these words between. */
static bool is_cause(const struct acts *acts, const struct act_draft *harm,
                     const struct act_draft *cause)
{
    static const char *const behind[] = {"when",   "in", "as", "after",
                                         "during", "by", NULL};
    static const char *const before[] = {"which", "leaving", "left", "where",
                                         NULL};
    bool is_hurt = harm->code == ACT_KILLING || harm->code == ACT_WOUNDING;
    bool is_deed = cause->code == ACT_SHOOTING || cause->code == ACT_BOMBING ||
                   cause->code == ACT_BEATING || cause->code == ACT_ATTACK;
    if (!is_hurt || !is_deed || harm->draft != cause->draft ||
        harm->is_denied != cause->is_denied ||
        harm->modality != cause->modality)
        return false;
    if (cause->trigger.begin < harm->trigger.begin)
        return has_joint(acts,
                         (struct span){cause->trigger.end, harm->trigger.begin},
                         before);
    return has_joint(
        acts, (struct span){harm->trigger.end, cause->trigger.begin}, behind);
}

/* Gives each harm of a sentence the doers of its cause. */
static void find_causes(struct acts *acts)
{
    for (size_t i = 0; i < acts->items.count; i++) {
        struct act_draft *harm = &acts->items.items[i];
        struct span sentence = act_sentence(acts, harm->trigger.begin);
        if (has_doer(harm))
            continue;
        for (size_t j = i > CAUSES_MAX ? i - CAUSES_MAX : 0;
             j < acts->items.count && j <= i + CAUSES_MAX; j++) {
            const struct act_draft *cause = &acts->items.items[j];
            if (cause->trigger.begin >= sentence.end)
                break;
            if (cause->trigger.begin < sentence.begin ||
                !is_cause(acts, harm, cause) || !has_doer(cause))
                continue;
            for (uint32_t k = 0; k < cause->party_count; k++)
                if (cause->parties[k].role == ROLE_PERPETRATOR &&
                    harm->party_count < ACT_PARTIES_MAX)
                    harm->parties[harm->party_count++] = cause->parties[k];
            break;
        }
    }
}

/* Who speaks where the act is told may be "he" of what follows. */
static void note_speaker(struct casting *casting, const struct act_draft *act)
{
    const struct acts *acts = casting->acts;
    if (act->draft == READING_NONE || act->draft == casting->last_draft)
        return;
    const struct draft *draft = &acts->drafts->items.items[act->draft];
    casting->last_draft = act->draft;
    if (draft->speaker != PARTY_NONE && draft->parent == READING_NONE &&
        draft_extent(acts->drafts, draft).begin <= act->trigger.begin)
        speaker_note(&casting->memory, acts->cast, draft->speaker,
                     draft_extent(acts->drafts, draft).begin);
}

bool act_roles(struct acts *acts, struct error *error)
{
    struct casting casting = {.acts = acts,
                              .writers = draft_writers_of(acts->cast),
                              .last_draft = READING_NONE};
    struct act_phrases *phrases =
        arena_take(acts->arena, 1, sizeof *phrases, error);
    if (phrases == NULL)
        return false;
    speaker_forget(&casting.memory);
    phrases->sentence = (struct span){0, 0};
    for (size_t i = 0; i < acts->items.count; i++) {
        struct act_draft *act = &acts->items.items[i];
        struct span sentence = act_sentence(acts, act->trigger.begin);
        if (phrases->sentence.end != sentence.end)
            act_phrases_find(acts, sentence, phrases);
        note_speaker(&casting, act);
        if (!cast_act(&casting, phrases, act, error))
            return false;
    }
    find_causes(acts);
    return true;
}
