/*
 * case_readings.c - texts and readings made elsewhere, a line each.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "case_add.h"
#include "case_errors.h"
#include "contents.h"
#include "reading_store.h"

struct lines {
    const struct case_add *add;
    const char *shard_root;
    uint64_t line;
    struct arena *arena; /* of one line */
    struct error *error;
};

/* What a line says of its document; all borrowed from the JSON. */
struct line_facts {
    const char *id;
    const char *sha256;
    uint64_t bytes;
    struct slice text; /* data is NULL where the line has none */
    char text_sha256[SHA256_HEX_SIZE];
};

static bool is_digest(const char *word)
{
    return strlen(word) == 64 && strspn(word, "0123456789abcdef") == 64;
}

static bool line_facts_of(const json_t *line, struct line_facts *facts,
                          struct error *error)
{
    const json_t *document = json_object_get(line, "document");
    const json_t *text = json_object_get(line, "text");
    const json_t *bytes = json_object_get(document, "bytes");
    *facts = (struct line_facts){
        .id = json_string_value(json_object_get(document, "id")),
        .sha256 = json_string_value(json_object_get(document, "sha256"))};
    if (!json_is_object(document) || facts->id == NULL)
        return error_set(error, ERROR_BAD_INPUT,
                         "not a reading: it has no document with an id");
    if (text != NULL && !json_is_string(text))
        return error_set(error, ERROR_BAD_INPUT, "\"text\" is no string");
    if (text != NULL)
        facts->text =
            (struct slice){json_string_value(text), json_string_length(text)};
    if (text != NULL && !sha256_hex(facts->text, facts->text_sha256, error))
        return false;
    if (facts->sha256 != NULL && !is_digest(facts->sha256))
        return error_set(error, ERROR_BAD_INPUT, "\"sha256\" is not 64 digits");
    if (facts->sha256 == NULL && text == NULL)
        return error_set(error, ERROR_BAD_INPUT,
                         "neither a text nor the hash of one");
    if (facts->sha256 == NULL)
        facts->sha256 = facts->text_sha256;
    facts->bytes = json_is_integer(bytes) ? (uint64_t)json_integer_value(bytes)
                                          : facts->text.length;
    return true;
}

/* The text that the reading is of: the line's, else the case's newest. */
static bool text_of_line(struct lines *lines, int64_t document,
                         struct line_facts *facts, int64_t *text)
{
    struct casefile *casefile = lines->add->casefile;
    struct case_text about;
    if (facts->text.data != NULL)
        return document_add_text(casefile, document, facts->text, "given", text,
                                 lines->error);
    if (!document_text(casefile, document, &about, lines->error))
        return false;
    if (about.id == 0)
        return error_set(lines->error, ERROR_BAD_INPUT,
                         "has no text (madai read --json --with-text)");
    *text = about.id;
    return content_read(casefile, about.content, lines->arena, &facts->text,
                        lines->error);
}

/* In the open transaction. */
static bool store(struct lines *lines, json_t *line, struct line_facts *facts,
                  bool *is_known)
{
    struct casefile *casefile = lines->add->casefile;
    struct case_document document;
    struct document_facts given = lines->add->facts;
    int64_t text;
    given.name = facts->id;
    given.shard_root = lines->shard_root;
    if (!document_is_known(casefile, facts->sha256, is_known, lines->error))
        return false;
    if (*is_known
            ? !document_by_hash(casefile, facts->sha256, lines->arena,
                                &document, lines->error)
            : !document_add_elsewhere(casefile, facts->sha256, facts->bytes,
                                      &given, &document.id, lines->error))
        return false;
    if (!text_of_line(lines, document.id, facts, &text))
        return false;
    /* The text stands in the case; twice is once too often. */
    json_t *stripped = json_copy(line);
    if (stripped == NULL)
        return error_set(lines->error, ERROR_LIMIT,
                         "no memory for the reading");
    (void)json_object_del(stripped, "text"); /* where it has one */
    const char *json =
        json_text(stripped, JSON_AS_IT_IS, lines->arena, lines->error);
    json_decref(stripped);
    return json != NULL &&
           reading_keep(casefile, document.id, text, facts->text,
                        "made elsewhere", slice_of(json), lines->error);
}

/* One line, one transaction. False: the machine failed; a line that is refused
 * is told. */
static bool add_line(struct lines *lines, struct slice bytes, bool *goes_on)
{
    struct casefile *casefile = lines->add->casefile;
    struct line_facts facts = {0};
    struct add_told told = {.how = ADDED_REFUSED, .sha256 = "", .path = ""};
    char place[48];
    bool is_known = false;
    snprintf(place, sizeof place, "line %llu", (unsigned long long)lines->line);
    json_t *line = json_read(bytes, lines->error);
    bool is_stored = line != NULL &&
                     line_facts_of(line, &facts, lines->error) &&
                     casefile_begin(casefile, lines->error);
    if (is_stored) {
        is_stored = store(lines, line, &facts, &is_known);
        if (!is_stored)
            casefile_rollback(casefile);
        is_stored = is_stored && casefile_commit(casefile, lines->error);
    }
    told.path = facts.id != NULL ? facts.id : place;
    told.error = lines->error;
    if (is_stored) {
        told.how = is_known ? ADDED_KNOWN : ADDED;
        told.sha256 = facts.sha256;
        told.bytes = facts.text.length;
    }
    bool is_well = is_stored || is_refusal(lines->error);
    if (!is_stored)
        error_prefix(lines->error, "%s", place);
    if (is_well)
        *goes_on = lines->add->tell(lines->add->context, &told);
    json_decref(line);
    arena_reset(lines->arena);
    return is_well;
}

bool case_add_readings(const struct case_add *add, const char *path,
                       const char *shard_root, struct error *error)
{
    struct lines lines = {.add = add, .shard_root = shard_root, .error = error};
    char *bytes = NULL;
    size_t room = 0;
    bool goes_on = true, is_well = true;
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (file == NULL)
        return error_errno(error, errno, "cannot open");
    lines.arena = arena_new((size_t)8 << 30);
    if (lines.arena == NULL)
        is_well = error_set(error, ERROR_LIMIT, "out of memory");
    for (ssize_t length;
         is_well && goes_on && (length = getline(&bytes, &room, file)) >= 0;) {
        lines.line++;
        if (bytes[strspn(bytes, " \t\r\n")] != '\0' ||
            strlen(bytes) < (size_t)length)
            is_well = add_line(&lines, (struct slice){bytes, (size_t)length},
                               &goes_on);
    }
    if (is_well && ferror(file))
        is_well = error_errno(error, errno, "cannot read");
    free(bytes);
    arena_release(lines.arena);
    if (file != stdin)
        fclose(file);
    return is_well;
}
