/*
 * link_figures.c - the figures of one event side by side: who says how many.
 */
#include <stdlib.h>

#include "block.h"
#include "link_statements.h"

struct row {
    uint32_t incident;
    const char *harm; /* "" for none */
    uint64_t of;      /* what is counted, where it is nobody's harm */
    int32_t day;
    uint32_t figure;
    bool is_dropped;
};

struct rows {
    struct row *items;
    size_t count;
    size_t capacity;
};

/* The incident that a figure is of: that of its act, else of the nearest act
 * of its sentence or paragraph that harms likewise. */
static uint32_t incident_of(const struct run *run, uint32_t number)
{
    const struct part_figure *figure = run_figure(run, number);
    const struct part_document *document =
        run->documents[run->figures[number].document];
    uint32_t best = LINK_NONE, distance = 3;
    if (figure->act != LINK_NONE)
        return run->incident_of[document->act_base + figure->act];
    for (uint32_t i = 0; figure->harm != NULL && i < document->act_count; i++) {
        const struct part_act *act = &document->acts[i];
        uint32_t its = act->sentence > figure->sentence
                           ? act->sentence - figure->sentence
                           : figure->sentence - act->sentence;
        if (its < distance &&
            run->incident_of[document->act_base + i] != LINK_NONE) {
            distance = its;
            best = run->incident_of[document->act_base + i];
        }
    }
    return best;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *one = a, *other = b;
    if (one->incident != other->incident)
        return one->incident < other->incident ? -1 : 1;
    int order = strcmp(one->harm, other->harm);
    if (order != 0)
        return order;
    if (one->of != other->of)
        return one->of < other->of ? -1 : 1;
    if (one->day != other->day)
        return one->day < other->day ? -1 : 1;
    return one->figure < other->figure ? -1 : one->figure > other->figure;
}

/* Things are told apart by their noun, "five computers of the party" and "3
 * computers" are one table; people who were harmed are not: who calls them
 * marchers and who calls them looters is part of the dispute. */
static uint64_t counted(const struct part_figure *figure)
{
    return figure->harm == NULL ? figure->of_head : 0;
}

enum { PEERS_MOST = 400 }; /* rows of an incident that are looked through */

/* A number that harms nobody is told side by side with others where somebody
 * else counts the same, not for its own sake. */
static bool has_peer(const struct run *run, const struct rows *rows, size_t at)
{
    const struct row *row = &rows->items[at];
    const struct part_figure *figure = run_figure(run, row->figure);
    for (size_t way = 0; way < 2; way++)
        for (size_t k = 1;
             k < PEERS_MOST && (way == 0 ? k <= at : at + k < rows->count);
             k++) {
            const struct row *other = &rows->items[way == 0 ? at - k : at + k];
            if (other->incident != row->incident)
                break;
            if (*other->harm == '\0' &&
                bag_common(run_figure(run, other->figure)->of_words,
                           figure->of_words) > 0)
                return true;
        }
    return false;
}

static void drop_lonely(const struct run *run, struct rows *rows)
{
    size_t kept = 0;
    /* In two passes, so that one that goes is a peer until all were asked. */
    for (size_t i = 0; i < rows->count; i++)
        rows->items[i].is_dropped =
            *rows->items[i].harm == '\0' && !has_peer(run, rows, i);
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->items[i].is_dropped)
            rows->items[kept++] = rows->items[i];
    rows->count = kept;
}

static int64_t size_of(const struct part_figure *figure)
{
    return figure->max != LINK_NO_BOUND ? figure->max : figure->min;
}

enum { PARTS_NEAR = 2 }; /* sentences */

/* "Nine officers were hurt, two of them seriously": the two are no other count
 * of the hurt. */
static bool is_share(const struct run *run, uint32_t number, uint32_t incident)
{
    const struct part_figure *its = run_figure(run, number);
    for (uint32_t back = 1; its->harm != NULL && back <= number && back < 8;
         back++) {
        const struct part_figure *before = run_figure(run, number - back);
        if (run->figures[number - back].document !=
                run->figures[number].document ||
            its->sentence < before->sentence ||
            its->sentence - before->sentence > PARTS_NEAR)
            break;
        if (before->harm != NULL && strcmp(its->harm, before->harm) == 0 &&
            before->of_head == its->of_head && before->claim == its->claim &&
            size_of(before) > size_of(its) &&
            incident_of(run, number - back) == incident)
            return true;
    }
    return false;
}

static bool take_rows(struct run *run, struct rows *rows)
{
    for (uint32_t i = 0; i < run->figure_count; i++) {
        const struct part_figure *figure = run_figure(run, i);
        uint32_t incident = incident_of(run, i);
        if (incident == LINK_NONE ||
            (figure->min == LINK_NO_BOUND && figure->max == LINK_NO_BOUND) ||
            is_share(run, i, incident))
            continue;
        struct row row = {incident,
                          figure->harm != NULL ? figure->harm : "",
                          counted(figure),
                          run->documents[run->figures[i].document]->day,
                          i,
                          false};
        if (!list_push(run->arena, rows, row, run->error))
            return false;
    }
    if (rows->count > 1)
        qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
    return true;
}

/* Who says it: the speaker of the innermost claim, else whose voice the
 * document speaks in there. */
static uint32_t said_by(const struct run *run, uint32_t number)
{
    const struct part_figure *figure = run_figure(run, number);
    const struct part_document *document =
        run->documents[run->figures[number].document];
    uint32_t speaker = figure->claim != LINK_NONE
                           ? document->claims[figure->claim].speaker
                           : LINK_NONE;
    if (speaker == LINK_NONE)
        speaker = part_voice(document, figure->span.begin);
    return speaker != LINK_NONE ? run->actor_of[document->actor_base + speaker]
                                : LINK_NONE;
}

/* The body that somebody speaks for, where there is just one. */
static uint32_t body_of(const struct run *run, uint32_t actor)
{
    struct bag sides = run->sides[actor];
    if (sides.count != 2)
        return actor;
    uint64_t own = (uint64_t)actor + 1;
    return (uint32_t)(sides.items[sides.items[0] == own] - 1);
}

/* Those who go back to one text, are one speaker, or speak for one body, are
 * one source. */
static uint32_t source_of(const struct run *run, const struct link_said *said)
{
    return said->by != LINK_NONE ? body_of(run, said->by)
                                 : run->result->actors.count +
                                       run->text_of[said->figure.document];
}

static struct link_said say(struct run *run, uint32_t number)
{
    const struct part_figure *figure = run_figure(run, number);
    struct numbered at = run->figures[number];
    const struct part_document *document = run->documents[at.document];
    struct link_said said = {.by = said_by(run, number),
                             .min = figure->min,
                             .max = figure->max,
                             .is_approximate = figure->is_approximate,
                             .figure =
                                 run_finding(run, at, figure->id, figure->span),
                             .claim = {at.document, NULL, {0, 0}},
                             .said_on = document->date,
                             .instead_of = LINK_NONE};
    if (figure->claim != LINK_NONE)
        said.claim = run_finding(run, at, document->claims[figure->claim].id,
                                 document->claims[figure->claim].span);
    said.origin = source_of(run, &said);
    return said;
}

static bool meets(const struct link_said *said, int64_t low, int64_t high)
{
    return (said->max == LINK_NO_BOUND || said->max >= low) &&
           (said->min == LINK_NO_BOUND || said->min <= high);
}

/* How many sources' bounds hold this number. */
static uint32_t supporters(const struct link_figures *table, int64_t number)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->said_count; i++) {
        const struct link_said *said = &table->said[i];
        bool is_first = true;
        for (uint32_t k = 0; k < i && is_first; k++)
            is_first = table->said[k].origin != said->origin ||
                       !meets(&table->said[k], number, number);
        count += is_first && meets(said, number, number);
    }
    return count;
}

enum { SAID_MOST = 200 }; /* beyond, the range is not worked out */

/* The range that two independent sources or more allow: of all bounds that
 * are given, those that two sources' bounds hold. */
static void find_range(struct link_figures *table)
{
    table->low = table->high = LINK_NO_BOUND;
    for (uint32_t i = 0;
         table->said_count <= SAID_MOST && i < table->said_count; i++) {
        const int64_t bounds[] = {table->said[i].min, table->said[i].max};
        for (int k = 0; k < 2; k++) {
            if (bounds[k] == LINK_NO_BOUND || supporters(table, bounds[k]) < 2)
                continue;
            if (table->low == LINK_NO_BOUND || bounds[k] < table->low)
                table->low = bounds[k];
            if (table->high == LINK_NO_BOUND || bounds[k] > table->high)
                table->high = bounds[k];
        }
    }
}

/* Each source's figures as they follow each other, from one document to a
 * later one; several of one document are not told apart. */
static void find_changes(const struct link_figures *table,
                         struct link_said *said)
{
    for (uint32_t i = 1;
         table->said_count <= SAID_MOST && i < table->said_count; i++)
        for (uint32_t k = i; k-- > 0;) {
            if (said[k].origin != said[i].origin ||
                said[k].figure.document == said[i].figure.document)
                continue;
            if (said[k].min != said[i].min || said[k].max != said[i].max)
                said[i].instead_of = k;
            break;
        }
}

static uint32_t count_sources(struct run *run, const struct link_figures *table)
{
    struct bag_draft draft = {0};
    for (uint32_t i = 0; i < table->said_count; i++)
        if (!bag_add(run->arena, &draft, table->said[i].origin, run->error))
            return LINK_NONE;
    return bag_close(&draft).count;
}

static bool make_table(struct run *run, const struct row *rows, uint32_t count,
                       struct link_figures *table)
{
    struct link_said *said =
        arena_take(run->arena, count, sizeof *said, run->error);
    if (said == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        said[i] = say(run, rows[i].figure);
    *table =
        (struct link_figures){.incident = rows->incident,
                              .of = run_figure(run, rows->figure)->of,
                              .harm = *rows->harm != '\0' ? rows->harm : NULL,
                              .said = said,
                              .said_count = count};
    table->source_count = count_sources(run, table);
    find_range(table);
    find_changes(table, said);
    return table->source_count != LINK_NONE;
}

bool run_figures(struct run *run)
{
    struct rows rows = {0};
    uint32_t made = 0;
    if (!take_rows(run, &rows))
        return false;
    drop_lonely(run, &rows);
    struct link_figures *tables =
        arena_take(run->arena, rows.count, sizeof *tables, run->error);
    if (tables == NULL)
        return false;
    for (size_t i = 0, end; i < rows.count; i = end) {
        const struct row *one = &rows.items[i];
        for (end = i + 1; end < rows.count &&
                          rows.items[end].incident == one->incident &&
                          strcmp(rows.items[end].harm, one->harm) == 0 &&
                          rows.items[end].of == one->of;)
            end++;
        if (!make_table(run, one, (uint32_t)(end - i), &tables[made++]))
            return false;
    }
    run->result->figures.items = tables;
    run->result->figures.count = made;
    return true;
}
