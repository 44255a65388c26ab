/*
 * link_see.c - what is seen of two statements that are laid side by side.
 */
#include "link_relations.h"

enum { ACTS_MOST = 12 }; /* of a statement that are looked at */

enum relation_feature {
    F_KIND_ONE, /* see kind_of; of the later one */
    F_KIND_OTHER,
    F_SAME_DOCUMENT,
    F_ORDER,      /* in one document: how far apart, signed */
    F_PARAGRAPHS, /* in one document, signed */
    F_SPEAKER,    /* 1 one, 0 two, -1 not known */
    F_CLASS_ONE,
    F_CLASS_OTHER,
    F_CLASS_SAME,
    F_SPEECH_ONE,
    F_SPEECH_OTHER,
    F_DENIED, /* how many */
    F_NEGATIONS_ONE,
    F_NEGATIONS_OTHER,
    F_INCIDENTS, /* in common */
    F_CODES,     /* in common */
    F_FAMILIES,
    F_VICTIMS, /* in common, of the acts most alike */
    F_DOERS,
    F_DOER_CLASH,
    F_OPPOSED,    /* acts most alike, one denied, the other not */
    F_ACTS_ALIKE, /* how alike, see alike() */
    F_FIGURES,    /* 3 equal, 2 meeting, 1 none alike, 0 excluding */
    F_FIGURE_OF,  /* words of what is counted in common */
    F_WORDS,      /* share, percent */
    F_WORDS_SUM,
    F_WORDS_RARE,
    F_ACTORS,
    F_ACTOR_RARE,
    F_DEPTH_ONE,
    F_DEPTH_OTHER,
    F_DAYS, /* between the documents, bits; signed: later is positive */
    F_COPIES,
    F_DIRECT,    /* how many are quoted */
    F_ADDRESSES, /* the later is addressed to the speaker of the earlier */
    F_NAMES,     /* the later names the speaker of the earlier */
    F_NAMES_BACK,
    F_REPLY, /* its document answers the other's */
    F_NESTED,
    F_LENGTH_ONE, /* words */
    F_LENGTH_OTHER,
    F_NUMBERS, /* in common */
    F_NUMBERS_CLASH,
    F_TIME, /* of the acts most alike, as in link_incidents.c */
    F_PLACE,
    F_INCIDENT_RARE,
    F_BETWEEN, /* claims between them by others, in one document */
    F_ACT_COUNT_ONE,
    F_ACT_COUNT_OTHER,
    F_VOICE,     /* how many are a document's own voice */
    F_CONTAINED, /* share of the words of the shorter, percent */
    F_ACCUSED,   /* the speaker of one does what the other tells: 2 itself,
                    1 one of its class */
    F_ACCUSED_BACK,
    F_HARMED, /* the same of who suffers */
    F_HARMED_BACK,
    F_DOERS_ALL, /* in common over all acts */
    F_VICTIMS_ALL,
    F_SIDES,     /* 2 one speaker, 1 two of one body, 0 not, -1 not known */
    F_RANK,      /* how many of the other's document are more like the one */
    F_RANK_BACK, /* the same the other way round */
    F_LIKENESS,  /* see likeness_of */
    F_BEHIND,    /* likeness less than that of the one's best there */
    F_BEHIND_BACK,
    F_TURNS,       /* of one document: claims outermost between them, signed */
    F_CODE,        /* of the acts most alike: 2 one code, 1 one family */
    F_INCIDENT,    /* they are of one incident */
    F_BOTH_DENIED, /* how many of them are denied */
    F_SUFFERERS,   /* words for those who suffer in common */
    F_DOER_WORDS,
    F_DENIES_ONE, /* by its speech, its act or its words */
    F_DENIES_OTHER,
    F_DENIES_CLASH,
    F_UNIT_SAME,     /* both of one claim */
    F_HARM,          /* of the figures compared */
    F_APART,         /* how far their bounds are apart, bits of the quotient */
    F_SPEAKER_NAMED, /* how many speakers are known */
    F_COUNT
};

const uint32_t relation_feature_count = F_COUNT;
_Static_assert((int)F_COUNT <= (int)WEIGH_FEATURES,
               "features have their places");

static int32_t bits(int64_t number)
{
    int32_t count = 0;
    for (number = number < 0 ? -number : number; number > 0; number >>= 1)
        count++;
    return count;
}

static int32_t limited(int64_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : (int32_t)value;
}

static int32_t percent(uint32_t common, uint32_t of)
{
    return of > 0 ? (int32_t)(100 * common / of) : 0;
}

static uint32_t shared(const struct run *run, uint32_t a_document,
                       const struct link_list *a, uint32_t b_document,
                       const struct link_list *b)
{
    uint32_t count = 0;
    uint32_t a_base = run->documents[a_document]->actor_base;
    uint32_t b_base = run->documents[b_document]->actor_base;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (run->actor_of[a_base + a->items[i]] ==
                run->actor_of[b_base + b->items[k]]) {
                count++;
                break;
            }
    return count;
}

/* How two acts lie to each other. */
struct likeness {
    int32_t points;
    uint32_t victims, doers;
    bool doer_clash, is_opposed;
    int32_t time, place, code, denied, sufferers, doer_words;
    bool is_incident;
};

static struct likeness alike(const struct run *run, uint32_t one,
                             uint32_t other)
{
    const struct part_act *a = run_act(run, one), *b = run_act(run, other);
    uint32_t x = run->acts[one].document, y = run->acts[other].document;
    const struct scene *s = &run->scenes[one], *t = &run->scenes[other];
    struct likeness its = {0};
    its.victims = shared(run, x, &a->victims, y, &b->victims);
    its.doers = shared(run, x, &a->perpetrators, y, &b->perpetrators);
    its.doer_clash = a->perpetrators.count > 0 && b->perpetrators.count > 0 &&
                     its.doers == 0;
    its.is_opposed = a->is_denied != b->is_denied;
    its.time = s->first == LINK_NO_DAY || t->first == LINK_NO_DAY ? 1
               : s->first <= t->last && t->first <= s->last       ? 2
                                                                  : 0;
    its.place = s->place == 0 || t->place == 0 ? 1
                : s->place == t->place         ? 3
                : bag_has(s->places, t->place) || bag_has(t->places, s->place)
                    ? 2
                    : 0;
    its.code = a->kind == b->kind                  ? 2
               : strcmp(a->family, b->family) == 0 ? 1
                                                   : 0;
    its.is_incident = run->incident_of[one] == run->incident_of[other] &&
                      run->incident_of[one] != LINK_NONE;
    its.denied = a->is_denied + b->is_denied;
    its.sufferers = (int32_t)bag_common(a->sufferers, b->sufferers);
    its.doer_words = (int32_t)bag_common(a->doers, b->doers);
    its.points = 2 * its.code + (its.is_incident ? 3 : 0) +
                 (its.victims > 0 ? 3 : 0) + (its.doers > 0 ? 1 : 0) +
                 (its.time == 2   ? 1
                  : its.time == 0 ? -2
                                  : 0) +
                 (its.sufferers > 0 ? 1 : 0);
    return its;
}

/* Of all acts of both, the two most alike. */
static struct likeness acts_alike(const struct run *run,
                                  const struct statement *a,
                                  const struct statement *b)
{
    struct likeness best = {.points = -1, .time = 1, .place = 1, .code = -1};
    for (size_t i = 0; i < a->acts.count && i < ACTS_MOST; i++)
        for (size_t k = 0; k < b->acts.count && k < ACTS_MOST; k++) {
            struct likeness its =
                alike(run, a->acts.items[i], b->acts.items[k]);
            if (its.points > best.points)
                best = its;
        }
    return best;
}

static void see_acts(const struct run *run, const struct statement *a,
                     const struct statement *b, int32_t *f)
{
    struct likeness best = acts_alike(run, a, b);
    f[F_CODE] = best.code;
    f[F_INCIDENT] = best.is_incident;
    f[F_BOTH_DENIED] = best.denied;
    f[F_SUFFERERS] = best.sufferers;
    f[F_DOER_WORDS] = best.doer_words;
    f[F_ACTS_ALIKE] = best.points;
    f[F_VICTIMS] = (int32_t)best.victims;
    f[F_DOERS] = (int32_t)best.doers;
    f[F_DOER_CLASH] = best.doer_clash;
    f[F_OPPOSED] = best.is_opposed;
    f[F_TIME] = best.time;
    f[F_PLACE] = best.place;
    f[F_ACT_COUNT_ONE] = limited((int64_t)a->acts.count, 0, 6);
    f[F_ACT_COUNT_OTHER] = limited((int64_t)b->acts.count, 0, 6);
}

static bool excludes(const struct part_figure *f, const struct part_figure *g)
{
    return (f->max != LINK_NO_BOUND && g->min != LINK_NO_BOUND &&
            g->min > f->max) ||
           (g->max != LINK_NO_BOUND && f->min != LINK_NO_BOUND &&
            f->min > g->max);
}

static bool same_harm(const struct part_figure *f, const struct part_figure *g)
{
    if (f->harm == NULL || g->harm == NULL)
        return f->harm == g->harm;
    return strcmp(f->harm, g->harm) == 0;
}

/* How many times larger the one is than the other, as bits. */
static int32_t apart(const struct part_figure *f, const struct part_figure *g)
{
    int64_t a = f->min != LINK_NO_BOUND ? f->min : f->max;
    int64_t b = g->min != LINK_NO_BOUND ? g->min : g->max;
    if (a <= 0 || b <= 0)
        return -1;
    return bits(a > b ? a / b : b / a);
}

/* As a small number; -1 where nobody is harmed. */
static int32_t harm_number(const char *harm)
{
    static const char *const harms[] = {"killed", "injured", "arrested",
                                        "detained", "missing"};
    for (int32_t i = 0; harm != NULL && i < 5; i++)
        if (strcmp(harm, harms[i]) == 0)
            return i;
    return -1;
}

static void see_figures(const struct run *run, const struct statement *a,
                        const struct statement *b, int32_t *f)
{
    int32_t best = 1, of = -1;
    f[F_HARM] = -2;
    f[F_APART] = -2;
    for (size_t i = 0; i < a->figures.count && i < 12; i++)
        for (size_t k = 0; k < b->figures.count && k < 12; k++) {
            const struct part_figure *one =
                run_figure(run, a->figures.items[i]);
            const struct part_figure *two =
                run_figure(run, b->figures.items[k]);
            int32_t common = (int32_t)bag_common(one->of_words, two->of_words);
            if (!same_harm(one, two) || (one->harm == NULL && common == 0))
                continue;
            int32_t its = excludes(one, two)                             ? 0
                          : one->min == two->min && one->max == two->max ? 3
                                                                         : 2;
            if (common > of || (common == of && its > best)) {
                of = common;
                best = its;
                f[F_HARM] = harm_number(one->harm);
                f[F_APART] = apart(one, two);
            }
        }
    f[F_FIGURES] = best;
    f[F_FIGURE_OF] = of;
    f[F_NUMBERS] = (int32_t)bag_common(a->numbers, b->numbers);
    f[F_NUMBERS_CLASH] =
        a->numbers.count > 0 && b->numbers.count > 0 && f[F_NUMBERS] == 0;
}

static void see_words(const struct statements *all, const struct statement *a,
                      const struct statement *b, int32_t *f)
{
    uint32_t common = bag_common(a->words, b->words);
    uint32_t shorter =
        a->words.count < b->words.count ? a->words.count : b->words.count;
    f[F_WORDS] = percent(2 * common, a->words.count + b->words.count);
    f[F_CONTAINED] = percent(common, shorter);
    f[F_WORDS_SUM] = rarity_sum(&all->words, a->words, b->words);
    f[F_WORDS_RARE] = rarity_of_rarest(&all->words, a->words, b->words);
    f[F_ACTORS] = (int32_t)bag_common(a->actors, b->actors);
    f[F_ACTOR_RARE] = rarity_of_rarest(&all->actors, a->actors, b->actors);
    f[F_LENGTH_ONE] = limited(a->words.count, 0, 40);
    f[F_LENGTH_OTHER] = limited(b->words.count, 0, 40);
}

static int32_t takes_part(const struct statement *speaker, struct bag people,
                          uint32_t classes)
{
    if (speaker->speaker != LINK_NONE &&
        bag_has(people, (uint64_t)speaker->speaker + 1))
        return 2;
    return speaker->speaker_class > 0 &&
           (classes >> speaker->speaker_class & 1) != 0;
}

static void see_parties(const struct statement *a, const struct statement *b,
                        int32_t *f)
{
    f[F_ACCUSED] = takes_part(a, b->doers, b->doer_classes);
    f[F_ACCUSED_BACK] = takes_part(b, a->doers, a->doer_classes);
    f[F_HARMED] = takes_part(a, b->victims, b->victim_classes);
    f[F_HARMED_BACK] = takes_part(b, a->victims, a->victim_classes);
    f[F_DOERS_ALL] = (int32_t)bag_common(a->doers, b->doers);
    f[F_VICTIMS_ALL] = (int32_t)bag_common(a->victims, b->victims);
}

/* Whether it says no to something. */
static bool denies(const struct run *run, const struct statement *its)
{
    bool is_all = its->acts.count > 0;
    for (size_t i = 0; i < its->acts.count; i++)
        is_all = is_all && run_act(run, its->acts.items[i])->is_denied;
    return is_all || its->is_denied || its->speech == ACT_DENY ||
           its->negations > 0;
}

static void see_denials(const struct run *run, const struct statement *a,
                        const struct statement *b, int32_t *f)
{
    f[F_DENIES_ONE] = denies(run, a);
    f[F_DENIES_OTHER] = denies(run, b);
    f[F_DENIES_CLASH] = f[F_DENIES_ONE] != f[F_DENIES_OTHER];
}

static int32_t sides_of(const struct statement *a, const struct statement *b)
{
    if (a->speaker == LINK_NONE || b->speaker == LINK_NONE)
        return -1;
    return a->speaker == b->speaker             ? 2
           : bag_common(a->sides, b->sides) > 0 ? 1
                                                : 0;
}

static void see_speakers(const struct statement *a, const struct statement *b,
                         int32_t *f)
{
    bool is_known = a->speaker != LINK_NONE && b->speaker != LINK_NONE;
    f[F_SIDES] = sides_of(a, b);
    f[F_SPEAKER_NAMED] = (a->speaker != LINK_NONE) + (b->speaker != LINK_NONE);
    f[F_SPEAKER] = !is_known ? -1 : a->speaker == b->speaker;
    f[F_CLASS_ONE] = a->speaker_class;
    f[F_CLASS_OTHER] = b->speaker_class;
    f[F_CLASS_SAME] = a->speaker_class == b->speaker_class;
    f[F_SPEECH_ONE] = a->speech;
    f[F_SPEECH_OTHER] = b->speech;
    f[F_ADDRESSES] = a->addressee != LINK_NONE && a->addressee == b->speaker;
    f[F_NAMES] =
        b->speaker != LINK_NONE && bag_has(a->actors, (uint64_t)b->speaker + 1);
    f[F_NAMES_BACK] =
        a->speaker != LINK_NONE && bag_has(b->actors, (uint64_t)a->speaker + 1);
    f[F_DIRECT] = a->is_direct + b->is_direct;
    f[F_VOICE] = a->is_voice + b->is_voice;
    f[F_DENIED] = a->is_denied + b->is_denied;
    f[F_NEGATIONS_ONE] = limited(a->negations, 0, 3);
    f[F_NEGATIONS_OTHER] = limited(b->negations, 0, 3);
}

/* Whether the document of `a` answers that of `b`. */
bool relation_is_reply(const struct run *run, const struct statement *a,
                       const struct statement *b)
{
    const struct part_document *x = run->documents[a->at.document];
    const struct part_document *y = run->documents[b->at.document];
    if (!x->is_answer || x == y || y->issuer == LINK_NONE)
        return false;
    if (x->answers_day != LINK_NO_DAY && y->day != LINK_NO_DAY &&
        x->answers_day != y->day)
        return false;
    return x->answered_by != LINK_NONE &&
           run->actor_of[x->actor_base + x->answered_by] ==
               run->actor_of[y->actor_base + y->issuer];
}

static void see_places(const struct run *run, const struct statements *all,
                       const struct statement *a, const struct statement *b,
                       int32_t *f)
{
    const struct part_document *x = run->documents[a->at.document];
    const struct part_document *y = run->documents[b->at.document];
    bool is_one = x == y;
    f[F_SAME_DOCUMENT] = is_one;
    f[F_PARAGRAPHS] =
        is_one ? limited((int64_t)a->paragraph - b->paragraph, -20, 20) : 30;
    f[F_ORDER] = 50;
    if (is_one && a->kind == STATEMENT_CLAIM && b->kind == STATEMENT_CLAIM)
        f[F_ORDER] = limited((int64_t)a->order - b->order, -20, 20);
    f[F_DAYS] = x->day == LINK_NO_DAY || y->day == LINK_NO_DAY ? -20
                : x->day >= y->day ? bits((int64_t)x->day - y->day)
                                   : -bits((int64_t)x->day - y->day);
    f[F_COPIES] =
        !is_one && run->text_of[a->at.document] == run->text_of[b->at.document];
    f[F_REPLY] =
        relation_is_reply(run, a, b) + 2 * relation_is_reply(run, b, a);
    f[F_DEPTH_ONE] = (int32_t)a->depth;
    f[F_DEPTH_OTHER] = (int32_t)b->depth;
    f[F_NESTED] = a->parent != LINK_NONE && &all->items[a->parent] == b   ? 1
                  : b->parent != LINK_NONE && &all->items[b->parent] == a ? 2
                  : a->parent != LINK_NONE && a->parent == b->parent      ? 3
                                                                          : 0;
}

/* Claims between two of one document that are in no other claim; signed. */
static int32_t turns_between(const struct statements *all,
                             const struct statement *a,
                             const struct statement *b)
{
    const struct statement *x = &all->items[a->unit], *y = &all->items[b->unit];
    if (a->at.document != b->at.document || x->kind != STATEMENT_CLAIM ||
        y->kind != STATEMENT_CLAIM)
        return 20;
    return limited((int64_t)x->turn - y->turn, -15, 15);
}

/* Claims between two of one document whose speaker is neither. */
static int32_t between(const struct statements *all, uint32_t one,
                       uint32_t other)
{
    uint32_t low = one < other ? one : other, high = one < other ? other : one;
    const struct statement *a = &all->items[one], *b = &all->items[other];
    int32_t count = 0;
    if (a->at.document != b->at.document)
        return -1;
    for (uint32_t i = low + 1; i < high && count < 9; i++)
        count += all->items[i].kind == STATEMENT_CLAIM &&
                 all->items[i].speaker != a->speaker &&
                 all->items[i].speaker != b->speaker;
    return count;
}

/* 0: a claim that says one thing; 1: one of several; 2, 3: an act in the
 * document's own voice, in a claim; 4, 5: a figure likewise. */
static int32_t kind_of(const struct statement *its)
{
    return its->kind == STATEMENT_CLAIM ? its->is_wide
           : its->kind == STATEMENT_ACT ? 2 + !its->is_voice
                                        : 4 + !its->is_voice;
}

int32_t likeness_of(const struct run *run, const struct statements *all,
                    uint32_t one, uint32_t other)
{
    const struct statement *a = &all->items[one], *b = &all->items[other];
    return rarity_sum(&all->words, a->words, b->words) +
           rarity_sum(&all->actors, a->actors, b->actors) +
           2 * acts_alike(run, a, b).points;
}

void relation_rank(int32_t *f, const struct rank *rank)
{
    f[F_RANK] = rank->place;
    f[F_RANK_BACK] = rank->place_back;
    f[F_LIKENESS] = rank->likeness;
    f[F_BEHIND] = rank->behind;
    f[F_BEHIND_BACK] = rank->behind_back;
}

void relation_see(const struct run *run, const struct statements *all,
                  uint32_t one, uint32_t other, int32_t *f)
{
    const struct statement *a = &all->items[one], *b = &all->items[other];
    f[F_KIND_ONE] = kind_of(a);
    f[F_KIND_OTHER] = kind_of(b);
    f[F_UNIT_SAME] = a->unit == b->unit;
    f[F_TURNS] = turns_between(all, a, b);
    f[F_INCIDENTS] = (int32_t)bag_common(a->incidents, b->incidents);
    f[F_INCIDENT_RARE] =
        rarity_of_rarest(&all->incidents, a->incidents, b->incidents);
    f[F_CODES] = (int32_t)bag_common(a->codes, b->codes);
    f[F_FAMILIES] = (int32_t)bag_common(a->families, b->families);
    f[F_BETWEEN] = between(all, one, other);
    see_acts(run, a, b, f);
    see_figures(run, a, b, f);
    see_words(all, a, b, f);
    see_speakers(a, b, f);
    see_denials(run, a, b, f);
    see_parties(a, b, f);
    see_places(run, all, a, b, f);
}
