/*
 * report.c - a template, line by line. See report.h.
 */
#include "report.h"

const struct report_section report_sections[] = {
    {"contents", section_contents},
    {"parties", section_parties},
    {"facts", section_facts},
    {"figures", section_figures},
    {"denials", section_denials},
    {"complaints", section_complaints},
    {"law", section_law},
    {"elements", section_elements},
    {"chronology", section_chronology},
    {"sources", section_sources},
    {"annexes", section_annexes},
};
const size_t report_section_count =
    sizeof report_sections / sizeof *report_sections;

struct filling {
    struct telling *telling;
    const struct gathered *all;
    const char *title; /* instead of the template's, or NULL */
    size_t line;
    bool is_open; /* a paragraph that the next line goes on with */
    struct error *error;
};

static bool slice_begins(struct slice text, const char *words)
{
    size_t length = strlen(words);
    return text.length >= length && memcmp(text.data, words, length) == 0;
}

static struct slice trim(struct slice text)
{
    while (text.length > 0 && (unsigned char)text.data[0] <= ' ')
        text = (struct slice){text.data + 1, text.length - 1};
    while (text.length > 0 && (unsigned char)text.data[text.length - 1] <= ' ')
        text.length--;
    return text;
}

/* Words within a line ------------------------------------------------------ */

/* Of those that tell something; actors, times and places are part of them. */
static size_t count_findings(const struct gathered *all, bool is_reviewed)
{
    size_t count = 0;
    for (size_t i = 0; i < all->acts.count; i++)
        count += all->acts.items[i].finding.is_reviewed == is_reviewed;
    for (size_t i = 0; i < all->claims.count; i++)
        count += all->claims.items[i].finding.is_reviewed == is_reviewed;
    for (size_t i = 0; i < all->figures.count; i++)
        count += all->figures.items[i].finding.is_reviewed == is_reviewed;
    for (size_t i = 0; i < all->interventions.count; i++)
        count += all->interventions.items[i].finding.is_reviewed == is_reviewed;
    for (size_t i = 0; i < all->citations.count; i++)
        count += all->citations.items[i].finding.is_reviewed == is_reviewed;
    return count;
}

static void period(const struct gathered *all, char words[TELL_DATE])
{
    const char *first = NULL, *last = NULL, *first_end = NULL;
    char year[8] = "";
    for (size_t i = 0; i < all->incidents.count; i++) {
        const struct gathered_incident *one = &all->incidents.items[i];
        if (one->first != NULL &&
            (first == NULL || strncmp(one->first, first, 10) < 0)) {
            first = one->first;
            first_end = one->last;
        }
        if (one->last != NULL &&
            (last == NULL || strncmp(one->last, last, 10) > 0))
            last = one->last;
    }
    /* What is dated "in 1992" begins in 1992, not on its first of January. */
    if (first != NULL && first_end != NULL && last != NULL &&
        strncmp(first + 4, "-01-01", 6) == 0 &&
        strncmp(first_end + 4, "-12-31", 6) == 0 &&
        strncmp(first, last, 4) != 0) {
        snprintf(year, sizeof year, "%.4s", first);
        first = year;
    }
    date_words(first, last, words);
    if (words[0] == '\0')
        snprintf(words, TELL_DATE, "a time that is not known");
}

static bool word_of_case(struct filling *filling, struct slice name)
{
    const struct gathered *all = filling->all;
    struct paper *paper = filling->telling->paper;
    char words[TELL_DATE];
    if (slice_equals(name, slice_of("document-count")))
        paper_print(paper, "%zu", all->documents.count);
    else if (slice_equals(name, slice_of("incident-count")))
        paper_print(paper, "%zu", all->incidents.count);
    else if (slice_equals(name, slice_of("reviewed-count")))
        paper_print(paper, "%zu", count_findings(all, true));
    else if (slice_equals(name, slice_of("unreviewed-count")))
        paper_print(paper, "%zu", count_findings(all, false));
    else if (slice_equals(name, slice_of("findings-used")))
        paper_text(paper,
                   all->options.with_unreviewed
                       ? "findings of that program; those that nobody has "
                         "reviewed are marked"
                       : "findings that people reviewed");
    else if (slice_equals(name, slice_of("left-out-count")))
        paper_print(paper, "%zu", all->unreviewed);
    else if (slice_equals(name, slice_of("state")))
        paper_text(paper, all->state);
    else if (slice_equals(name, slice_of("date"))) {
        date_words(all->time, all->time, words);
        paper_text(paper, words);
    } else if (slice_equals(name, slice_of("period"))) {
        period(all, words);
        paper_text(paper, words);
    } else if (slice_begins(name, "ask:")) {
        struct slice wanted =
            trim((struct slice){name.data + 4, name.length - 4});
        paper_slice(paper, slice_of("["), RUN_BLANK, NULL);
        paper_slice(paper, wanted, RUN_BLANK, NULL);
        paper_slice(paper, slice_of("]"), RUN_BLANK, NULL);
    } else {
        return error_set(filling->error, ERROR_BAD_INPUT,
                         "line %zu: there is no {{%.*s}}", filling->line,
                         (int)(name.length < 60 ? name.length : 60), name.data);
    }
    return true;
}

/* **bold** and {{words}}. */
static bool fill_line(struct filling *filling, struct slice line)
{
    struct paper *paper = filling->telling->paper;
    unsigned style = RUN_PLAIN;
    size_t from = 0;
    for (size_t at = 0; at < line.length;) {
        struct slice rest = {line.data + at, line.length - at};
        if (!slice_begins(rest, "**") && !slice_begins(rest, "{{")) {
            at++;
            continue;
        }
        paper_slice(paper, (struct slice){line.data + from, at - from}, style,
                    NULL);
        from = at += 2;
        if (rest.data[0] == '*') {
            style ^= RUN_BOLD;
            continue;
        }
        const char *end = memmem(line.data + at, line.length - at, "}}", 2);
        if (end == NULL)
            return error_set(filling->error, ERROR_BAD_INPUT,
                             "line %zu: {{ is not closed", filling->line);
        struct slice name = {line.data + at, (size_t)(end - line.data) - at};
        if (!word_of_case(filling, trim(name)))
            return false;
        from = at = (size_t)(end - line.data) + 2;
    }
    paper_slice(paper, (struct slice){line.data + from, line.length - from},
                style, NULL);
    return true;
}

/* Lines ------------------------------------------------------------------ */

static bool fill_section(struct filling *filling, struct slice name,
                         bool *is_one)
{
    for (size_t i = 0; i < report_section_count; i++) {
        *is_one = slice_equals(name, slice_of(report_sections[i].name));
        if (*is_one) {
            report_sections[i].write(filling->telling);
            return true;
        }
    }
    return true;
}

struct line_kind {
    const char *mark;
    enum block_kind block;
    unsigned level;
};
static const struct line_kind line_kinds[] = {
    {"### ", BLOCK_HEADING, 2}, {"## ", BLOCK_HEADING, 1},
    {"# ", BLOCK_TITLE, 0},     {"= ", BLOCK_SUBTITLE, 0},
    {"- ", BLOCK_ITEM, 0},      {"+ ", BLOCK_NUMBERED, 0},
};

/* The title is the paper's name as well. */
static bool take_title(struct filling *filling, struct slice *rest)
{
    struct paper *paper = filling->telling->paper;
    if (filling->title != NULL)
        *rest = slice_of(filling->title);
    if (paper->title == NULL)
        paper->title = arena_string(paper->arena, *rest, filling->error);
    return paper->title != NULL;
}

static bool fill_marked(struct filling *filling, const struct line_kind *kind,
                        struct slice line)
{
    size_t length = strlen(kind->mark);
    struct slice rest =
        trim((struct slice){line.data + length, line.length - length});
    if (kind->block == BLOCK_TITLE && !take_title(filling, &rest))
        return false;
    paper_block(filling->telling->paper, kind->block, kind->level);
    filling->is_open =
        kind->block == BLOCK_ITEM || kind->block == BLOCK_NUMBERED;
    return fill_line(filling, rest);
}

static bool fill_one(struct filling *filling, struct slice line)
{
    bool is_section = false;
    line = trim(line);
    if (line.length == 0 || line.data[0] == '%') {
        filling->is_open = filling->is_open && line.length > 0;
        return true;
    }
    if (slice_begins(line, "{{") && line.length > 4 &&
        memcmp(line.data + line.length - 2, "}}", 2) == 0) {
        struct slice name = {line.data + 2, line.length - 4};
        if (!fill_section(filling, trim(name), &is_section))
            return false;
        if (is_section) {
            filling->is_open = false;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof line_kinds / sizeof *line_kinds; i++)
        if (slice_begins(line, line_kinds[i].mark))
            return fill_marked(filling, &line_kinds[i], line);
    if (filling->is_open)
        paper_text(filling->telling->paper, " ");
    else
        paper_block(filling->telling->paper, BLOCK_PLAIN, 0);
    filling->is_open = true;
    return fill_line(filling, line);
}

static bool fill_all(struct filling *filling, struct slice words)
{
    size_t from = 0;
    for (size_t at = 0; at <= words.length; at++) {
        if (at < words.length && words.data[at] != '\n')
            continue;
        filling->line++;
        if (!fill_one(filling, (struct slice){words.data + from, at - from}))
            return false;
        from = at + 1;
    }
    return true;
}

bool report_dossier(const struct gathered *all, struct slice words,
                    const char *title, struct paper *paper, struct error *error)
{
    struct telling telling;
    tell_begin(&telling, all, paper);
    struct filling filling = {
        .telling = &telling, .all = all, .title = title, .error = error};
    bool is_filled = fill_all(&filling, words);
    return is_filled && paper_end(paper);
}

const struct report_template *report_template_find(const char *name)
{
    for (size_t i = 0; i < report_template_count; i++)
        if (strcmp(report_templates[i].name, name) == 0)
            return &report_templates[i];
    return NULL;
}

static bool report_by(const char *name, const struct gathered *all,
                      const char *title, struct paper *paper)
{
    const struct report_template *template = report_template_find(name);
    struct slice words = {template->words, *template->length};
    return report_dossier(all, words, title, paper, paper->error);
}

bool report_chronology(const struct gathered *all, const char *title,
                       struct paper *paper)
{
    return report_by("chronology", all, title, paper);
}

bool report_matrix(const struct gathered *all, const char *title,
                   struct paper *paper)
{
    return report_by("matrix", all, title, paper);
}
