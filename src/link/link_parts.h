/*
 * link_parts.h - what linking keeps of a reading, and what it makes of it on
 * the way to a result. Of link/ alone.
 *
 * A reading is digested when it is added: words become numbers, ids places in
 * lists. A run then works on all digests, in the order of the documents' ids.
 * Everything found in a run lies in the run's arena.
 */
#ifndef MADAI_LINK_PARTS_H
#define MADAI_LINK_PARTS_H

#include "link.h"
#include "link_words.h"
#include "reading_words.h"

#define LINK_NO_DAY INT32_MIN

/* Places in another list, as they come. */
struct link_list {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

enum part_type { PART_PERSON, PART_ORGANISATION, PART_GROUP };

/* Of a class as the weights know it: 0 for "other". */
static inline int32_t class_number(enum actor_class class)
{
    return class == CLASS_OTHER ? 0 : (int32_t) class + 1;
}

struct part_actor {
    const char *id, *name, *type_name, *class_name;
    enum part_type type;
    enum actor_class class;
    struct span span;
    struct bag name_words;  /* whole, no stop words */
    struct bag known_as;    /* hashes of the capitalised names it goes by */
    struct bag known_words; /* all capitalised words of its mentions */
    struct bag described;   /* stems of all its mentions and roles */
    struct bag roles;       /* stems of its titles */
    struct link_list of;    /* actors of the document in which it has a role */
    struct bag initials; /* of its names of several words, and its acronyms */
    uint64_t head;       /* what kind of thing its name says it is */
    uint64_t last_name;  /* the last word of its name */
    bool is_named;       /* its name is a proper one */
    uint32_t mention_count, act_count, claim_count;
};

struct part_claim {
    const char *id;
    uint32_t parent, speaker, addressee; /* or LINK_NONE */
    enum speech_act speech;
    bool is_denied, is_direct, has_source, has_content;
    struct span cue, span, content;
    struct bag words, cue_words, source_words;
    struct link_list acts, figures, actors; /* told in it; mentioned in it */
    uint32_t negations; /* words that deny, in its cue and content */
    struct bag numbers; /* in its content */
    uint32_t confidence;
    uint32_t depth;
    uint32_t paragraph;
};

enum part_mood { MOOD_ACTUAL, MOOD_ATTEMPTED, MOOD_ORDERED, MOOD_NOT };

struct part_act {
    const char *id, *code, *family;
    uint32_t kind; /* place of the code in the table of kinds */
    struct span trigger, span;
    int32_t first, last; /* days, or LINK_NO_DAY */
    bool has_hour;
    const char *place_name;
    struct bag places; /* hashes: the place and what it lies in */
    uint64_t place;    /* 0: none */
    enum part_mood mood;
    bool is_denied;
    uint32_t same_as; /* act of the document, or LINK_NONE */
    uint32_t claim;   /* the innermost that tells it, or LINK_NONE */
    struct link_list claims, perpetrators, victims, figures; /* actors */
    struct bag sufferers, doers, words;                      /* stems */
    uint32_t paragraph, sentence;
    uint32_t confidence;
};

struct part_figure {
    const char *id, *of, *harm;
    struct span span;
    int64_t min, max;
    bool is_approximate;
    struct bag of_words;
    uint64_t of_head;    /* what is counted, its noun; 0: not said */
    uint32_t act, claim; /* or LINK_NONE */
    uint32_t confidence;
    uint32_t paragraph, sentence;
};

struct part_intervention {
    const char *id, *kind, *status;
    struct span span, response;
    struct link_list by, to, about;
    int32_t first, last;
    struct bag words;
    uint32_t confidence;
    uint32_t paragraph;
};

/* From here on somebody speaks: the name over a post. */
struct part_voice {
    uint32_t begin;
    uint32_t actor;
};

struct part_document {
    const char *id, *date, *kind;
    int32_t day;
    uint32_t issuer; /* actor, or LINK_NONE */
    struct link_list addressees;
    uint32_t publisher;
    struct {
        struct part_voice *items;
        size_t count, capacity;
    } voices;             /* in the order of the text */
    uint32_t answered_by; /* the sender of the letter it answers */
    int32_t answers_day;
    bool is_answer;
    struct part_actor *actors;
    struct part_claim *claims;
    struct part_act *acts;
    struct part_figure *figures;
    struct part_intervention *interventions;
    uint32_t actor_count, claim_count, act_count, figure_count,
        intervention_count;
    struct bag shingles; /* a sample of its text, see link_copies.h */
    uint32_t shingle_total;
    /* Where its lists begin among those of all documents; set by a run. */
    uint32_t actor_base, claim_base, act_base, figure_base, intervention_base;
};

struct link_decided {
    bool is_same;
    const char *document, *id, *other_document, *other_id;
};

/* Told of each pair that is weighed: what the weights are learnt from
 * (train/link_pairs.c). */
struct link_watch {
    void (*pair)(void *context, int task, struct link_finding one,
                 struct link_finding other, const int32_t *features,
                 uint32_t feature_count);
    void *context;
};

struct link {
    const struct link_watch *watch; /* or NULL */
    struct arena *kept;             /* digests, decisions */
    struct arena *run;              /* a result and what it was made of */
    struct arena *spare;            /* one reading's */
    struct {
        struct part_document **items;
        size_t count;
        size_t capacity;
    } documents;
    struct {
        struct link_decided *items;
        size_t count;
        size_t capacity;
    } decisions;
    struct link_result result;
};

/* link_input.c: digests a reading. */
MUST_CHECK bool part_document_read(const json_t *reading, struct arena *kept,
                                   struct arena *spare, struct part_document *,
                                   struct error *);

/* Whose voice the document speaks in at this byte: its issuer, who wrote the
 * post, else its publisher; LINK_NONE where nobody is known. */
uint32_t part_voice(const struct part_document *, uint32_t at);

/* link_day.c: days since 1 March of year 0, so that months are easy; the
 * Gregorian calendar for all times. LINK_NO_DAY for what is no day. */
int32_t day_read(const char *iso);
/* "2019-05-13", in at least DAY_BYTES. */
enum { DAY_BYTES = 40 };
void day_write(int32_t day, char *words);
int32_t day_week(int32_t day, int32_t *year); /* ISO 8601 */

MUST_CHECK static inline bool link_list_add(struct arena *arena,
                                            struct link_list *list,
                                            uint32_t item, struct error *error)
{
    return list_push(arena, list, item, error);
}

#endif
