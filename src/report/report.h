/*
 * report.h - from what was gathered of a case to a paper: dossiers by a
 * template, chronologies, matrices.
 *
 * A template is a text. "# " begins the title, "## " and "### " headings,
 * "- " an item, "+ " a numbered paragraph; other lines are paragraphs, parted
 * by empty ones; lines with "%" first are notes. {{NAME}} alone on a line is a
 * section made of findings (report_sections); within a line it is a word of
 * the case; {{ask: WHAT}} is left for a person to fill in. docs/dossier.md
 * lists them.
 */
#ifndef MADAI_REPORT_H
#define MADAI_REPORT_H

#include "gather.h"
#include "output.h"
#include "paper.h"
#include "tell.h"

struct report_section {
    const char *name;
    void (*write)(struct telling *);
};
extern const struct report_section report_sections[];
extern const size_t report_section_count;

/* Fills the paper by the template. ERROR_BAD_INPUT with the line: a section
 * that is not known. `title` may be NULL: the template's. */
MUST_CHECK bool report_dossier(const struct gathered *, struct slice words,
                               const char *title, struct paper *,
                               struct error *);

/* The same by the templates "chronology" and "matrix". */
MUST_CHECK bool report_chronology(const struct gathered *, const char *title,
                                  struct paper *);
MUST_CHECK bool report_matrix(const struct gathered *, const char *title,
                              struct paper *);

/* The templates that madai brings along. */
struct report_template {
    const char *name, *about;
    const char *words;
    const size_t *length;
};
extern const struct report_template report_templates[];
extern const size_t report_template_count;
const struct report_template *report_template_find(const char *name);

/* Writers: the whole file, in the arena of the paper. */
MUST_CHECK bool paper_markdown(const struct paper *, struct slice *,
                               struct error *);
MUST_CHECK bool paper_html(const struct paper *, struct slice *,
                           struct error *);
MUST_CHECK bool paper_docx(const struct paper *, struct slice *,
                           struct error *);
MUST_CHECK bool paper_pdf(const struct paper *, struct slice *, struct error *);
/* Each sentence with its passages, a row a passage (RFC 4180). */
MUST_CHECK bool paper_csv(const struct paper *, struct slice *, struct error *);

/* What a note says of a passage: before and after the quotation, without
 * quotation marks: "D1, page 2, paragraph 3: " and " (bytes 82-353 of the
 * text with SHA-256 ...; ledger entry 4)". */
#define PASSAGE_WORDS 320
void passage_place(const struct paper *, const struct passage *,
                   char words[PASSAGE_WORDS]);
void passage_proof(const struct paper *, const struct passage *,
                   char words[PASSAGE_WORDS]);

/* Sections, for templates and each other. */
void section_contents(struct telling *);
void section_parties(struct telling *);
void section_facts(struct telling *);
void section_figures(struct telling *);
void section_denials(struct telling *);
void section_complaints(struct telling *);
void section_law(struct telling *);
void section_elements(struct telling *);
void section_chronology(struct telling *);
void section_sources(struct telling *);
void section_annexes(struct telling *);

/* Kinds of the acts that are told as having happened, the gravest first, each
 * once; how many. */
size_t incident_kinds(const struct gathered *, const struct gathered_incident *,
                      const char **told, size_t most);
/* "Killing, shooting, Nakuru, 13 May 2019". */
#define INCIDENT_TITLE 256
void incident_title(const struct gathered *, size_t incident,
                    char words[INCIDENT_TITLE]);

#endif
