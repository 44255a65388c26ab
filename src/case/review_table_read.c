/*
 * review_table_read.c - see review_table.h: rows held against what stands.
 *
 * Invariant: what a row asks for once taken, the row equals what stands, so
 * that the same table a second time asks for nothing.
 */
#include <stdlib.h>

#include "case_errors.h"
#include "documents.h"
#include "entries.h"
#include "review_table.h"
#include "standing.h"

struct table_reading {
    struct casefile *casefile;
    const struct review_table *table;
    struct review_table_counts *counts;
    size_t places[COLUMN_COUNT]; /* of each column; SIZE_MAX: nowhere */
    struct csv csv;
    struct csv_row row;
    struct arena *arena;  /* of one row */
    struct review before; /* that the row names, where it is in the case */
    bool has_before;
    struct error *error;
};

/* NULL where there is no such column; "" where a row is cut short. */
static const char *cell(const struct table_reading *from,
                        enum table_column column)
{
    size_t place = from->places[column];
    if (place == SIZE_MAX)
        return NULL;
    return place < from->row.count ? from->row.items[place] : "";
}

static const char *words(const struct table_reading *from,
                         enum table_column column)
{
    const char *text = cell(from, column);
    return text != NULL ? text : "";
}

/* Who decided: the cell. Where it still has the name of the decision before,
 * it tells nothing of who changed the row: that is who brings it in. */
static const char *reviewer_of(const struct table_reading *from)
{
    const char *name = words(from, COLUMN_REVIEWER);
    return *name == '\0' || (from->has_before &&
                             strcmp(name, from->before.reviewer) == 0)
               ? from->table->reviewer
               : name;
}

static struct review review_of(const struct table_reading *from,
                               const char *decision, const char *fields)
{
    return (struct review){.decision = decision,
                           .fields = fields,
                           .reviewer = reviewer_of(from),
                           .why = words(from, COLUMN_WHY)};
}

static bool number_of(const struct table_reading *from,
                      enum table_column column, uint32_t *number)
{
    char *end;
    const char *text = words(from, column);
    unsigned long long value = strtoull(text, &end, 10);
    *number = (uint32_t)value;
    return (*text >= '0' && *text <= '9' && *end == '\0' &&
            value < UINT32_MAX) ||
           error_set(from->error, ERROR_BAD_INPUT,
                     "%s: '%.40s' is no number of bytes", column_names[column],
                     text);
}

/* Spreadsheets like to write dates as their country does. */
static bool check_date(const struct table_reading *from, const char *text)
{
    static const char pattern[] = "0000-00-00";
    size_t length = strlen(text);
    bool is_date = length == 0 || length == 4 || length == 7 || length == 10;
    for (size_t i = 0; is_date && i < length; i++)
        is_date = pattern[i] == '-' ? text[i] == '-'
                                    : text[i] >= '0' && text[i] <= '9';
    return is_date || error_set(from->error, ERROR_BAD_INPUT,
                                "'%.40s' is no date as 2019-05-14", text);
}

static bool put(json_t *fields, const char *name, const char *text,
                struct error *error)
{
    json_t *value = *text != '\0' ? json_string(text) : json_null();
    return json_object_set_new(fields, name, value) == 0 ||
           error_set(error, ERROR_LIMIT, "out of memory");
}

static bool change_values(const struct table_reading *from,
                          const struct finding *finding, json_t *fields)
{
    for (size_t i = COLUMN_WHO; i <= COLUMN_LAST; i++) {
        enum table_column column = (enum table_column)i;
        const char *text = cell(from, column);
        const char *now = finding_value(finding, column);
        if (text == NULL || strcmp(text, now != NULL ? now : "") == 0)
            continue;
        if ((column >= COLUMN_FIRST && !check_date(from, text)) ||
            !put(fields, column_names[i], text, from->error))
            return false;
    }
    return true;
}

static bool change_span(const struct table_reading *from,
                        const struct finding *finding, json_t *fields)
{
    struct span span;
    char text[32];
    if (cell(from, COLUMN_BEGIN) == NULL || cell(from, COLUMN_END) == NULL)
        return true;
    if (!number_of(from, COLUMN_BEGIN, &span.begin) ||
        !number_of(from, COLUMN_END, &span.end))
        return false;
    if (span.begin == finding->span.begin && span.end == finding->span.end)
        return true;
    snprintf(text, sizeof text, "%u-%u", span.begin, span.end);
    return put(fields, "span", text, from->error);
}

/* Fields without a column; one that is gone from the cell is taken away. */
static bool change_other(const struct table_reading *from, const json_t *now,
                         json_t *fields)
{
    const char *key, *text = cell(from, COLUMN_OTHER);
    json_t *value;
    bool is_well = true;
    if (text == NULL)
        return true;
    json_t *other =
        json_read(slice_of(*text != '\0' ? text : "{}"), from->error);
    if (other == NULL)
        return error_prefix(from->error, "other");
    if (!json_is_object(other))
        is_well =
            error_set(from->error, ERROR_BAD_INPUT, "other: not a JSON object");
    json_object_foreach(other, key, value) is_well =
        is_well && (json_equal(value, json_object_get(now, key)) ||
                    json_object_set(fields, key, value) == 0 ||
                    error_set(from->error, ERROR_LIMIT, "out of memory"));
    json_object_foreach((json_t *)(uintptr_t)now, key, value) is_well =
        is_well && (json_object_get(other, key) != NULL ||
                    json_object_set_new(fields, key, json_null()) == 0 ||
                    error_set(from->error, ERROR_LIMIT, "out of memory"));
    json_decref(other);
    return is_well;
}

/* What the row says otherwise than the finding, as fields of a review. */
static json_t *changes_of(const struct table_reading *from,
                          const struct standing *standing)
{
    json_t *fields = json_object();
    if (fields == NULL) {
        error_set(from->error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    if (change_values(from, &standing->finding, fields) &&
        change_span(from, &standing->finding, fields) &&
        change_other(from, standing->other, fields))
        return fields;
    json_decref(fields);
    return NULL;
}

static bool pass_over_for(struct table_reading *from, const char *why)
{
    from->counts->passed++;
    from->table->tell(from->table->context, from->csv.line, why);
    return true;
}

static bool pass_over(struct table_reading *from, const struct review *since)
{
    char told[128];
    if (since == NULL)
        return pass_over_for(
            from, "passed over: taken back since the table was made");
    snprintf(told, sizeof told,
             "passed over: decided since the table was made (%.20s)",
             since->key);
    return pass_over_for(from, told);
}

/* Whether what stands is what stood when the table was made; a review that is
 * not of this case says nothing of it. */
static bool is_current(const struct table_reading *from,
                       const struct review *last)
{
    if (from->has_before)
        return last != NULL && strcmp(last->key, from->before.key) == 0;
    return last == NULL;
}

static bool take_back(struct table_reading *from,
                      const struct standing *standing)
{
    const struct review given = review_of(from, "undone", NULL);
    for (size_t i = standing->reviews.count; i-- > 0;)
        if (!review_undo(from->casefile, standing->reviews.items[i].key, &given,
                         from->error))
            return false;
    from->counts->taken++;
    return true;
}

static bool decide(struct table_reading *from, const struct standing *standing,
                   const char *decision, const json_t *fields)
{
    char key[CASEFILE_KEY_SIZE];
    /* Without a changed field a correction says the same for another reason. */
    bool has_fields =
        json_object_size(fields) > 0 || strcmp(decision, "corrected") == 0;
    const char *text =
        has_fields ? json_text(fields, JSON_SORTED, from->arena, from->error)
                   : NULL;
    if (has_fields && text == NULL)
        return false;
    const struct review given = review_of(from, decision, text);
    from->counts->taken++;
    return review_finding(from->casefile, &standing->finding, &given, key,
                          from->error);
}

static bool is_same_why(const struct table_reading *from,
                        const struct review *last)
{
    const char *why = cell(from, COLUMN_WHY);
    const char *now = last != NULL && last->why != NULL ? last->why : "";
    return why == NULL || strcmp(why, now) == 0;
}

static bool take_changes(struct table_reading *from,
                         const struct standing *standing, const json_t *fields)
{
    const struct finding *finding = &standing->finding;
    const struct review *last = standing_last(standing);
    const char *decision = words(from, COLUMN_DECISION);
    bool is_changed = json_object_size(fields) > 0;
    bool is_empty = *decision == '\0';
    bool is_taken_back = is_empty && *words(from, COLUMN_REVIEW) != '\0';
    bool is_added = strcmp(decision, "added") == 0;
    if (is_added && finding->local != NULL)
        return error_set(from->error, ERROR_BAD_INPUT,
                         "%s is the reader's own, not added", finding->key);
    bool is_known = is_taken_back ? last == NULL
                    : is_empty || is_added
                        ? !is_changed
                        : !is_changed && is_same_why(from, last) &&
                              strcmp(decision, finding->status) == 0;
    if (is_known) {
        from->counts->known++;
        return true;
    }
    if (!is_current(from, last))
        return pass_over(from, last);
    if (is_taken_back)
        return take_back(from, standing);
    if (!is_changed && strcmp(decision, "corrected") == 0 &&
        strcmp(finding->status, "corrected") != 0)
        return error_set(from->error, ERROR_BAD_INPUT,
                         "corrected, but nothing is said otherwise");
    return decide(from, standing, is_empty || is_added ? "corrected" : decision,
                  fields);
}

static bool take_finding(struct table_reading *from,
                         const struct finding *finding)
{
    struct standing standing;
    if (!standing_of(from->casefile, finding, from->arena, &standing,
                     from->error))
        return false;
    json_t *fields = changes_of(from, &standing);
    bool is_taken = fields != NULL && take_changes(from, &standing, fields);
    json_decref(fields);
    json_decref(standing.other);
    return is_taken;
}

/* By its whole name alone; ERROR_NOT_FOUND. */
static bool exact_finding(const struct table_reading *from, const char *key,
                          struct finding *finding)
{
    return finding_find(from->casefile, key, from->arena, finding,
                        from->error) &&
           (strcmp(finding->key, key) == 0 ||
            error_set(from->error, ERROR_NOT_FOUND, "there is no finding '%s'",
                      key));
}

/* {"with": [...]} from the cell; `with` gets the keys as an object. */
static const char *group_fields(const struct table_reading *from,
                                const struct finding *first, json_t *with)
{
    struct finding other;
    const char *text = words(from, COLUMN_WITH);
    json_t *list = json_array();
    bool is_well = list != NULL;
    while (is_well && *(text += strspn(text, " ,;\t\r\n")) != '\0') {
        char key[CASEFILE_KEY_SIZE];
        size_t length = strcspn(text, " ,;\t\r\n");
        snprintf(key, sizeof key, "%.*s", (int)length, text);
        is_well = exact_finding(from, key, &other) &&
                  (strcmp(other.kind, first->kind) == 0 ||
                   error_set(from->error, ERROR_BAD_INPUT,
                             "%s is of kind %s, %s of kind %s", first->key,
                             first->kind, key, other.kind)) &&
                  (strcmp(other.key, first->key) != 0 ||
                   error_set(from->error, ERROR_BAD_INPUT,
                             "%s stands with itself", key)) &&
                  json_array_append_new(list, json_string(key)) == 0 &&
                  json_object_set_new(with, key, json_true()) == 0;
        text += length;
    }
    if (is_well && json_array_size(list) == 0)
        is_well = error_set(from->error, ERROR_BAD_INPUT,
                            "with which other finding?");
    json_t *fields = is_well ? json_pack("{s:O}", "with", list) : NULL;
    const char *json = fields != NULL ? json_text(fields, JSON_SORTED,
                                                  from->arena, from->error)
                                      : NULL;
    json_decref(fields);
    json_decref(list);
    return json;
}

/* Whether the same merge or split stands for the finding. */
static bool has_group(const struct table_reading *from,
                      const struct finding *finding, const char *decision,
                      const json_t *with, bool *is_there)
{
    struct reviews reviews;
    *is_there = false;
    if (!reviews_of_finding(from->casefile, finding->key, from->arena, &reviews,
                            from->error))
        return false;
    for (size_t i = 0; i < reviews.count && !*is_there; i++) {
        bool is_undone;
        if (strcmp(reviews.items[i].decision, decision) != 0)
            continue;
        json_t *its = review_with(&reviews.items[i], from->error);
        if (its == NULL || !review_is_undone(from->casefile, &reviews.items[i],
                                             &is_undone, from->error)) {
            json_decref(its);
            return false;
        }
        *is_there = !is_undone && json_equal(its, with);
        json_decref(its);
    }
    return true;
}

static bool is_group_decision(const char *decision)
{
    const struct review review = {.decision = decision};
    return review_is_group(&review);
}

/* A row that names a merge or split of the case is about that one: emptied it
 * is taken back, changed another takes its place. */
static bool take_group(struct table_reading *from)
{
    struct finding first;
    const char *decision = words(from, COLUMN_DECISION);
    bool is_undone = true, is_there = false;
    char key[CASEFILE_KEY_SIZE];
    const struct review undone = review_of(from, "undone", NULL);
    if (from->has_before && !review_is_undone(from->casefile, &from->before,
                                              &is_undone, from->error))
        return false;
    json_t *with = json_object();
    struct review given = review_of(from, decision, NULL);
    bool is_well = with != NULL;
    if (is_well && *decision != '\0')
        is_well = exact_finding(from, words(from, COLUMN_FINDING), &first) &&
                  (given.fields = group_fields(from, &first, with)) != NULL &&
                  has_group(from, &first, decision, with, &is_there);
    json_decref(with);
    if (!is_well)
        return false;
    if (is_there || (*decision == '\0' && is_undone)) {
        from->counts->known++;
        return true;
    }
    if (from->has_before && is_undone)
        return pass_over(from, NULL);
    from->counts->taken++;
    if (from->has_before &&
        !review_undo(from->casefile, from->before.key, &undone, from->error))
        return false;
    /* Taking back made the findings anew: the row of before is gone. */
    return *decision == '\0' ||
           (exact_finding(from, words(from, COLUMN_FINDING), &first) &&
            review_finding(from->casefile, &first, &given, key, from->error));
}

/* The same place of the same kind by hand is there already. */
static bool is_added(const struct table_reading *from, int64_t document,
                     const struct review *given, bool *is_there)
{
    struct findings findings;
    *is_there = false;
    if (!findings_of_document(from->casefile, document, from->arena, &findings,
                              from->error))
        return false;
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        *is_there = *is_there || (finding->local == NULL &&
                                  strcmp(finding->kind, given->kind) == 0 &&
                                  finding->span.begin == given->span.begin &&
                                  finding->span.end == given->span.end);
    }
    return true;
}

static bool add_finding(struct table_reading *from)
{
    struct case_document document;
    char key[CASEFILE_KEY_SIZE];
    bool is_there;
    const char *where = words(from, COLUMN_DOCUMENT);
    struct review given = review_of(from, "added", NULL);
    const struct standing nothing = {.other = NULL};
    given.kind = words(from, COLUMN_KIND);
    if (*where == '\0')
        where = words(from, COLUMN_NAME);
    if (!number_of(from, COLUMN_BEGIN, &given.span.begin) ||
        !number_of(from, COLUMN_END, &given.span.end) ||
        !document_find(from->casefile, where, from->arena, &document,
                       from->error) ||
        !is_added(from, document.id, &given, &is_there))
        return false;
    if (is_there) {
        from->counts->known++;
        return true;
    }
    given.document = document.id;
    json_t *fields = changes_of(from, &nothing);
    bool is_well = fields != NULL;
    if (is_well) {
        json_object_del(fields, "span");
        if (json_object_size(fields) > 0)
            given.fields =
                json_text(fields, JSON_SORTED, from->arena, from->error);
        is_well = json_object_size(fields) == 0 || given.fields != NULL;
    }
    json_decref(fields);
    from->counts->taken++;
    return is_well &&
           review_add_finding(from->casefile, &given, key, from->error);
}

/* Whether the row still says what the review says. */
static bool is_as_written(const struct table_reading *from,
                          const struct table_cells *cells)
{
    static const enum table_column told[] = {
        COLUMN_DECISION, COLUMN_WHO,  COLUMN_SAYS,  COLUMN_ACT, COLUMN_PLACE,
        COLUMN_FIRST,    COLUMN_LAST, COLUMN_OTHER, COLUMN_WHY};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *now = cell(from, told[i]);
        const char *was = cells->items[told[i]];
        if (now != NULL && strcmp(now, was != NULL ? was : "") != 0)
            return false;
    }
    return true;
}

/* A row of a review that held for no finding when the table was made. */
static bool take_stranded(struct table_reading *from)
{
    bool is_undone, is_stranded;
    struct case_document document;
    struct table_cells cells;
    const struct review undone = review_of(from, "undone", NULL);
    bool is_emptied = *words(from, COLUMN_DECISION) == '\0';
    if (!from->has_before)
        return pass_over_for(from, "passed over: stranded, in another case");
    if (!review_is_undone(from->casefile, &from->before, &is_undone,
                          from->error) ||
        !review_is_stranded(from->casefile, &from->before, &is_stranded,
                            from->error) ||
        !document_get(from->casefile, from->before.document, from->arena,
                      &document, from->error) ||
        !cells_of_stranded(&cells, &from->before, &document, from->arena,
                           from->error))
        return false;
    if (is_emptied ? is_undone : is_as_written(from, &cells) && !is_undone) {
        from->counts->known++;
        return true;
    }
    if (is_undone)
        return pass_over(from, NULL);
    if (!is_stranded)
        return pass_over_for(from, "passed over: stranded no more");
    if (!is_emptied)
        return error_set(from->error, ERROR_BAD_INPUT,
                         "%s is stranded: decide about another finding, or "
                         "take it back",
                         from->before.key);
    from->counts->taken++;
    return review_undo(from->casefile, from->before.key, &undone, from->error);
}

static bool check_decision(const struct table_reading *from)
{
    const char *decision = words(from, COLUMN_DECISION);
    for (size_t i = 0; i < REVIEW_DECISIONS; i++)
        if (strcmp(decision, review_decisions[i]) == 0 &&
            strcmp(decision, "undone") != 0)
            return true;
    return *decision == '\0' || error_set(from->error, ERROR_BAD_INPUT,
                                          "'%.40s' is no decision", decision);
}

static bool take_row(struct table_reading *from)
{
    struct finding finding;
    const char *decision = words(from, COLUMN_DECISION);
    const char *key = words(from, COLUMN_FINDING);
    const char *review = words(from, COLUMN_REVIEW);
    from->has_before = false;
    if (!check_decision(from) ||
        (*review != '\0' &&
         !review_by_key(from->casefile, review, from->arena, &from->before,
                        &from->has_before, from->error)))
        return false;
    if (is_group_decision(decision) ||
        (from->has_before && review_is_group(&from->before)))
        return take_group(from);
    if (*words(from, COLUMN_STRANDED) != '\0')
        return take_stranded(from);
    if (*key == '\0' && strcmp(decision, "added") == 0)
        return add_finding(from);
    if (exact_finding(from, key, &finding))
        return take_finding(from, &finding);
    if (from->error->kind != ERROR_NOT_FOUND)
        return false;
    if (strcmp(decision, "added") == 0 && !from->has_before)
        return add_finding(from); /* another case's */
    /* One that was added, and taken back when the table came first. */
    if (*decision != '\0' || !from->has_before)
        return false;
    from->counts->known++;
    return true;
}

static bool read_head(struct table_reading *from)
{
    static const enum table_column needed[] = {COLUMN_REVIEW, COLUMN_FINDING,
                                               COLUMN_DECISION};
    bool is_there;
    if (!csv_next(&from->csv, from->arena, &from->row, &is_there, from->error))
        return false;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        from->places[i] = SIZE_MAX;
        for (size_t j = 0; j < from->row.count; j++)
            if (strcmp(from->row.items[j], column_names[i]) == 0)
                from->places[i] = j;
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (from->places[needed[i]] == SIZE_MAX)
            return error_set(from->error, ERROR_BAD_INPUT,
                             "its first line has no column '%s'",
                             column_names[needed[i]]);
    return true;
}

/* One bad row does not hide the next: all are told, and none is taken. */
static bool read_rows(struct table_reading *from)
{
    size_t refused = 0;
    for (;;) {
        bool is_there;
        *from->error = (struct error){.kind = ERROR_NONE};
        arena_reset(from->arena);
        if (!csv_next(&from->csv, from->arena, &from->row, &is_there,
                      from->error))
            return false;
        if (!is_there)
            break;
        if (take_row(from))
            continue;
        if (!is_refusal(from->error))
            return error_prefix(from->error, "line %u", from->csv.line);
        from->table->tell(from->table->context, from->csv.line,
                          from->error->text);
        refused++;
    }
    return refused == 0 ||
           error_set(from->error, ERROR_BAD_INPUT,
                     "%zu rows cannot be taken; nothing was changed", refused);
}

bool review_table_read(struct casefile *casefile, struct slice bytes,
                       const struct review_table *table,
                       struct review_table_counts *counts, struct error *error)
{
    struct error inner = {.kind = ERROR_NONE};
    struct table_reading from = {.casefile = casefile,
                                 .table = table,
                                 .counts = counts,
                                 .arena = arena_new((size_t)8 << 30),
                                 .error = &inner};
    *counts = (struct review_table_counts){0};
    bool is_taken = false;
    if (from.arena == NULL)
        error_set(&inner, ERROR_LIMIT, "out of memory");
    else if (csv_begin(&from.csv, bytes, &inner) && read_head(&from) &&
             casefile_begin(casefile, &inner)) {
        is_taken = read_rows(&from) && casefile_commit(casefile, &inner);
        if (!is_taken)
            casefile_rollback(casefile);
    }
    arena_release(from.arena);
    if (!is_taken)
        *error = inner;
    return is_taken;
}
