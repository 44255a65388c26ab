/*
 * fuzz_case.c - a case file of a stranger's. A file of a few hundred bytes is
 * no case, so the input is a list of changes to a small one, five bytes each:
 * the page and the place in it (two bytes each), and what to turn over there.
 * What begins as SQLite files do is taken as it is.
 *
 * Whatever the bytes: each use works or says why not, and none crashes.
 */
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "documents.h"
#include "file.h"
#include "findings.h"
#include "fuzz.h"
#include "reviews.h"
#include "search.h"
#include "small_case.h"
#include "verify.h"

#define PAGE 16384

static char whole_path[SMALL_CASE_PATH], changed_path[SMALL_CASE_PATH];
static struct file whole;

static void remove_both(void)
{
    file_close(&whole);
    small_case_remove(whole_path);
    small_case_remove(changed_path);
}

/* Once for all inputs: a key is made, which takes its time. */
static void make_whole(void)
{
    struct error error = {0};
    small_case_make(whole_path);
    small_case_path(changed_path);
    bool is_read = file_read(whole_path, (size_t)1 << 26, &whole, &error);
    assert(is_read);
    atexit(remove_both);
}

static size_t number_at(const uint8_t *bytes)
{
    return (size_t)bytes[0] << 8 | bytes[1];
}

static void write_changed(const uint8_t *bytes, size_t length)
{
    size_t size = whole.bytes.length;
    uint8_t *changed = malloc(size + length);
    assert(changed != NULL);
    memcpy(changed, whole.bytes.data, size);
    if (length > 16 && memcmp(bytes, "SQLite format 3", 16) == 0) {
        memcpy(changed, bytes, length);
        size = length;
    } else
        for (size_t i = 0; i + 5 <= length; i += 5) {
            size_t page = number_at(bytes + i) % (size / PAGE);
            size_t place = number_at(bytes + i + 2) % PAGE;
            changed[page * PAGE + place] ^= bytes[i + 4];
        }
    FILE *file = fopen(changed_path, "wbe");
    assert(file != NULL);
    bool is_written = fwrite(changed, 1, size, file) == size;
    is_written = fclose(file) == 0 && is_written;
    assert(is_written);
    free(changed);
}

static void check_told(bool is_well, struct error *error)
{
    assert(is_well || error->text[0] != '\0');
    *error = (struct error){0};
}

static void read_documents(struct casefile *casefile, struct arena *arena)
{
    struct error error = {0};
    struct case_document document = {0};
    struct findings findings;
    bool is_there = true;
    for (unsigned i = 0; i < 100 && is_there; i++) {
        bool is_well = document_after(casefile, document.id, arena, &document,
                                      &is_there, &error);
        check_told(is_well, &error);
        if (!is_well || !is_there)
            return;
        check_told(findings_of_document(casefile, document.id, arena, &findings,
                                        &error),
                   &error);
    }
}

static void search_all(struct casefile *casefile, struct arena *arena)
{
    static const char *const searches[] = {"march", "who:felxi date:2019",
                                           "kind:claim fired*"};
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct error error = {0};
        struct search_hits hits;
        const struct search search = {.words = searches[i], .limit = 20};
        check_told(casefile_search(casefile, &search, arena, &hits, &error),
                   &error);
    }
}

static void ignore(void *context, const char *what, const char *where)
{
    (void)context;
    assert(*what != '\0' && *where != '\0');
}

/* A new document, as `add` stores it: a broken case must refuse or take it. */
static void add_one(struct casefile *casefile)
{
    struct error error = {0};
    check_told(small_case_add(casefile, "more.txt", "A witness spoke of it.\n",
                              2, 9, &error),
               &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct error error = {0};
    struct verify_counts counts;
    if (whole.bytes.data == NULL)
        make_whole();
    write_changed(bytes, length);
    struct casefile *casefile =
        casefile_open(changed_path, CASEFILE_WRITE, &error);
    if (casefile == NULL) {
        assert(error.text[0] != '\0');
        return 0;
    }
    struct arena *arena = arena_new((size_t)1 << 28);
    assert(arena != NULL);
    const struct verify verify = {.casefile = casefile, .fault = ignore};
    read_documents(casefile, arena);
    search_all(casefile, arena);
    bool is_verified = casefile_verify(&verify, &counts, &error);
    /* Nothing was changed: the small case is whole. */
    assert(length > 0 || (is_verified && counts.faults == 0));
    check_told(is_verified, &error);
    add_one(casefile);
    arena_release(arena);
    casefile_close(casefile);
    return 0;
}
