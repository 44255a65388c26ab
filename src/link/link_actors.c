/*
 * link_actors.c - who of one document is who of another.
 *
 * Two actors are looked at where they share a name, an uncommon word of one,
 * initials, a class with the same kind of head ("officer", "commission"), or
 * an office. Two of one document are two: the reader has joined whom it could.
 */
#include <stdlib.h>

#include "block.h"
#include "cluster.h"
#include "link_actors.h"
#include "link_rarity.h"
#include "weigh.h"

enum {
    CROWD = 40, /* of one key: beyond, neighbours only */
    NEIGHBOURS = 12,
    MISSING = -2500,
};

enum actor_feature {
    F_TYPES,       /* both types */
    F_CLASS_SAME,  /* 2 the same, 1 one is not known, 0 differ */
    F_CLASS,       /* which, where the same; else -1 */
    F_NAME_SAME,   /* all words of the names */
    F_NAME_WITHIN, /* one name lies in the other */
    F_LAST_SAME,
    F_NAME_COMMON,  /* words of the names in common */
    F_KNOWN_COMMON, /* whole names in common */
    F_KNOWN_WORDS,  /* share of capitalised words in common, percent */
    F_HEAD_SAME,
    F_DESCRIBED,      /* share of all words in common, percent */
    F_DESCRIBED_RARE, /* the rarest word in common */
    F_ROLES,          /* words of titles in common */
    F_INITIALS,
    F_NAMED,           /* how many of the two have a proper name */
    F_NAME_RARE,       /* the rarest word of both names */
    F_NAME_CLASH,      /* persons of one last name and two first names */
    F_ALONE,           /* each the only one of its class in its document */
    F_ISSUERS,         /* each the issuer of its document */
    F_MENTIONS,        /* the fewer mentions */
    F_WORDS_LEAST,     /* words of the shorter name */
    F_KNOWN_RARE,      /* the rarest whole name in common */
    F_ROLE_IN_NAME,    /* the office of one is the description of the other */
    F_NAME_WORDS,      /* share of the words of names in common, percent */
    F_DESCRIBED_COUNT, /* words in common */
    F_ACTORS,          /* how many documents have an actor of this head */
    F_DAYS,            /* between the documents, the number's length in bits */
    F_COUNT
};

static int32_t share(uint32_t common, struct bag a, struct bag b)
{
    return a.count + b.count > 0 ? (int32_t)(200 * common / (a.count + b.count))
                                 : 0;
}

static int32_t bits(uint32_t number)
{
    int32_t count = 0;
    for (; number > 0; number >>= 1)
        count++;
    return count;
}

static bool is_alone(const struct part_document *document, uint32_t place)
{
    const struct part_actor *actor = &document->actors[place];
    for (uint32_t i = 0; i < document->actor_count; i++)
        if (i != place && document->actors[i].class == actor->class &&
            document->actors[i].type == actor->type)
            return false;
    return true;
}

static void see_names(const struct part_actor *a, const struct part_actor *b,
                      const struct rarity *rarity, int32_t *f)
{
    uint32_t common = bag_common(a->name_words, b->name_words);
    uint32_t shorter = a->name_words.count < b->name_words.count
                           ? a->name_words.count
                           : b->name_words.count;
    f[F_NAME_SAME] = bag_equals(a->name_words, b->name_words) && shorter > 0;
    f[F_NAME_WITHIN] = common == shorter && shorter > 0;
    f[F_LAST_SAME] = a->last_name == b->last_name && a->last_name != 0;
    f[F_NAME_COMMON] = (int32_t)common;
    f[F_NAME_WORDS] = share(common, a->name_words, b->name_words);
    f[F_NAME_RARE] = rarity_of_rarest(rarity, a->name_words, b->name_words);
    f[F_WORDS_LEAST] = (int32_t)shorter;
    f[F_KNOWN_COMMON] = (int32_t)bag_common(a->known_as, b->known_as);
    f[F_KNOWN_RARE] = rarity_of_rarest(rarity, a->known_as, b->known_as);
    f[F_KNOWN_WORDS] = share(bag_common(a->known_words, b->known_words),
                             a->known_words, b->known_words);
    f[F_INITIALS] = (int32_t)bag_common(a->initials, b->initials);
    f[F_NAMED] = a->is_named + b->is_named;
    f[F_NAME_CLASH] = a->type == PART_PERSON && b->type == PART_PERSON &&
                      f[F_LAST_SAME] && a->is_named && b->is_named &&
                      common < shorter;
}

static void see_rest(const struct part_actor *a, const struct part_actor *b,
                     const struct rarity *rarity, int32_t *f)
{
    uint32_t described = bag_common(a->described, b->described);
    uint32_t a_office = bag_common(a->roles, b->described);
    uint32_t b_office = bag_common(b->roles, a->described);
    int32_t low = a->type < b->type ? (int32_t)a->type : (int32_t)b->type;
    int32_t high = a->type < b->type ? (int32_t)b->type : (int32_t)a->type;
    f[F_TYPES] = low * 3 + high;
    f[F_CLASS_SAME] = a->class == b->class                                 ? 2
                      : a->class == CLASS_OTHER || b->class == CLASS_OTHER ? 1
                                                                           : 0;
    f[F_CLASS] = a->class == b->class ? class_number(a->class) : -1;
    f[F_HEAD_SAME] = a->head == b->head && a->head != 0;
    f[F_ACTORS] = f[F_HEAD_SAME] ? rarity_of(rarity, a->head) : -1;
    f[F_DESCRIBED] = share(described, a->described, b->described);
    f[F_DESCRIBED_COUNT] = (int32_t)described;
    f[F_DESCRIBED_RARE] = rarity_of_rarest(rarity, a->described, b->described);
    f[F_ROLES] = (int32_t)bag_common(a->roles, b->roles);
    f[F_ROLE_IN_NAME] = (int32_t)(a_office > b_office ? a_office : b_office);
    f[F_MENTIONS] =
        (int32_t)(a->mention_count < b->mention_count ? a->mention_count
                                                      : b->mention_count);
}

static void see(const struct run *run, const struct rarity *rarity,
                uint32_t one, uint32_t other, int32_t *f)
{
    struct numbered at = run->actors[one], to = run->actors[other];
    const struct part_document *its = run->documents[at.document];
    const struct part_document *others = run->documents[to.document];
    see_names(run_actor(run, one), run_actor(run, other), rarity, f);
    see_rest(run_actor(run, one), run_actor(run, other), rarity, f);
    f[F_ALONE] = is_alone(its, at.place) + is_alone(others, to.place);
    f[F_ISSUERS] = (its->issuer == at.place) + (others->issuer == to.place);
    int64_t days = its->day == LINK_NO_DAY || others->day == LINK_NO_DAY
                       ? 0
                       : (int64_t)its->day - others->day;
    f[F_DAYS] = bits((uint32_t)(days < 0 ? -days : days));
}

/* What two must share to be looked at. */
static bool add_keys(const struct run *run, struct blocks *blocks,
                     uint32_t number)
{
    const struct part_actor *actor = run_actor(run, number);
    const struct bag *bags[] = {&actor->known_as, &actor->name_words,
                                &actor->initials, &actor->roles,
                                &actor->known_words};
    for (size_t i = 0; i < sizeof bags / sizeof *bags; i++)
        for (uint32_t k = 0; k < bags[i]->count; k++)
            if (!block_add(run->arena, blocks,
                           hash_mix(bags[i]->items[k], i == 4 ? 1 : i), number,
                           run->error))
                return false;
    uint64_t sort = hash_mix((uint64_t)actor->class * 3 + actor->type, 9);
    return (actor->head == 0 ||
            block_add(run->arena, blocks, hash_mix(actor->head, 8), number,
                      run->error)) &&
           block_add(run->arena, blocks, sort, number, run->error);
}

static bool add_rarity(const struct run *run, struct rarity_draft *draft)
{
    for (uint32_t i = 0; i < run->actor_count; i++) {
        const struct part_actor *actor = run_actor(run, i);
        uint32_t document = run->actors[i].document;
        if (!rarity_add(draft, actor->described, document) ||
            !rarity_add(draft, actor->name_words, document) ||
            !rarity_add(draft, actor->known_as, document))
            return false;
    }
    return true;
}

static bool weigh_pairs(struct run *run, const struct weights *weights,
                        const struct rarity *rarity,
                        const struct block_pairs *pairs,
                        struct cluster_edges *edges)
{
    const struct link_watch *watch = run->link->watch;
    for (size_t i = 0; i < pairs->count; i++) {
        int32_t f[WEIGH_FEATURES] = {0};
        uint32_t one = (uint32_t)(pairs->items[i] >> 32);
        uint32_t other = (uint32_t)pairs->items[i];
        if (run->actors[one].document == run->actors[other].document)
            continue;
        see(run, rarity, one, other, f);
        if (watch != NULL)
            watch->pair(watch->context, WEIGH_ACTORS,
                        run_actor_finding(run, one),
                        run_actor_finding(run, other), f, F_COUNT);
        struct cluster_edge edge = {one, other,
                                    weigh(weights, WEIGH_ACTORS, f)};
        if (edge.score > -6000 &&
            !list_push(run->arena, edges, edge, run->error))
            return false;
    }
    return true;
}

struct link_finding run_actor_finding(const struct run *run, uint32_t number)
{
    const struct part_actor *actor = run_actor(run, number);
    return run_finding(run, run->actors[number], actor->id, actor->span);
}

bool run_actors(struct run *run)
{
    struct blocks blocks = {.crowd = CROWD, .neighbours = NEIGHBOURS};
    struct block_pairs pairs = {0};
    struct cluster_edges edges = {0}, decided = {0};
    struct rarity rarity;
    struct rarity_draft draft = {.arena = run->arena, .error = run->error};
    uint32_t *kin =
        arena_take(run->arena, run->actor_count, sizeof *kin, run->error);
    run->actor_of = arena_take(run->arena, run->actor_count,
                               sizeof *run->actor_of, run->error);
    if (kin == NULL || run->actor_of == NULL || !add_rarity(run, &draft) ||
        !rarity_close(&draft, run->document_count, &rarity))
        return false;
    for (uint32_t i = 0; i < run->actor_count; i++) {
        kin[i] = run->actors[i].document;
        if (!add_keys(run, &blocks, i))
            return false;
    }
    if (!block_pair(&blocks, run->arena, &pairs, run->error))
        return false;
    block_once(&pairs);
    struct cluster_task task = {.count = run->actor_count,
                                .edges = &edges,
                                .decided = &decided,
                                .kin = kin,
                                .missing = MISSING};
    return weigh_pairs(run, &run->weights, &rarity, &pairs, &edges) &&
           run_decided(run, 'a', &decided) &&
           clusters_make(&task, run->arena, run->actor_of, run->error) &&
           list_actors(run, &edges, &decided);
}
