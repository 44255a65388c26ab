/*
 * small_case.c - see small_case.h.
 */
#include "small_case.h"

#include "test.h"

#include <dirent.h>
#include <unistd.h>

#include "documents.h"
#include "entries.h"
#include "file.h"
#include "reading_store.h"
#include "reviews.h"
#include "verify.h"

const char small_case_texts[3][200] = {
    "The Constabulary denied that officers had fired on the march.\n",
    "Felix Odanga said that Kawango was beaten at Molo.\n",
    "Residents of Gilgil told of smoke and of a burning tanker.\n",
};

void small_case_path(char path[SMALL_CASE_PATH])
{
    /* In memory, where that is to be had: nothing here asks whether a disk
     * keeps what it was given. */
    char folder[] = "/dev/shm/madai-case-XXXXXX";
    if (mkdtemp(folder) == NULL) {
        memcpy(folder, "/tmp/madai-case-XXXXXX",
               sizeof "/tmp/madai-case-XXXXXX");
        assert_non_null(mkdtemp(folder));
    }
    snprintf(path, SMALL_CASE_PATH, "%s/case.madai", folder);
}

void small_case_remove(const char *path)
{
    char folder[SMALL_CASE_PATH], file[400];
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
        snprintf(file, sizeof file, "%s/%s", folder, entry->d_name);
        unlink(file);
    }
    closedir(open);
    assert_int_equal(rmdir(folder), 0);
}

static bool keep(struct casefile *casefile, const char *name, struct slice text,
                 struct slice json, struct error *error)
{
    char sha256[SHA256_HEX_SIZE];
    struct document_facts facts = {.name = name, .source = "a courier"};
    int64_t document, id;
    if (!casefile_begin(casefile, error))
        return false;
    if (sha256_hex(text, sha256, error) &&
        document_add(casefile, text, sha256, &facts, &document, error) &&
        document_add_text(casefile, document, text, "same", &id, error) &&
        reading_keep(casefile, document, id, text, "a test", json, error))
        return casefile_commit(casefile, error);
    casefile_rollback(casefile);
    return false;
}

bool small_case_add(struct casefile *casefile, const char *name,
                    const char *text, uint32_t begin, uint32_t end,
                    struct error *error)
{
    char json[600], actor[6] = "";
    assert_true(strlen(text) >= sizeof actor);
    memcpy(actor, text, sizeof actor - 1);
    snprintf(json, sizeof json,
             "{\"document\":{\"id\":\"%s\",\"date\":\"2019-05-14\"},"
             "\"sentences\":[[0,%zu]],\"parts\":[],\"actors\":[{\"id\":\"a1\","
             "\"name\":\"%s\",\"type\":\"person\",\"mentions\":[[0,5]]}],"
             "\"claims\":[{\"id\":\"c1\",\"act\":\"deny\",\"speaker\":\"a1\","
             "\"content\":[[%u,%u]],\"confidence\":0.9}]}",
             name, strlen(text) - 1, actor, begin, end);
    return keep(casefile, name, slice_of(text), slice_of(json), error);
}

bool small_case_add_report(struct casefile *casefile, struct error *error)
{
    struct file text, json;
    struct error unread = {0};
    if (!file_read(REPORT ".txt", 1 << 20, &text, &unread) ||
        !file_read(REPORT ".json", 1 << 20, &json, &unread))
        fail_msg("%s", unread.text);
    bool is_kept = keep(casefile, "report.txt", text.bytes, json.bytes, error);
    file_close(&text);
    file_close(&json);
    return is_kept;
}

static void sign(struct casefile *casefile, struct arena *arena)
{
    struct error error = {0};
    struct signing_key key = {0};
    char origin[NOTE_NAME_SIZE], sealed[SEALED_KEY_SIZE];
    struct slice note;
    const struct sealing_cost cheap = {1, 8192};
    assert_true(entry_origin(casefile, origin, &error));
    assert_true(signing_key_new(origin, &key, &error));
    assert_true(
        signing_key_seal(&key, slice_of("secret"), cheap, sealed, &error));
    assert_true(casefile_begin(casefile, &error));
    assert_true(entry_key_change(casefile, NULL, &key, sealed, arena, &error));
    assert_true(entry_checkpoint(casefile, &key, arena, &note, &error));
    assert_true(casefile_commit(casefile, &error));
    signing_key_close(&key);
}

static void review(struct casefile *casefile, struct arena *arena)
{
    struct error error = {0};
    struct findings findings;
    char key[CASEFILE_KEY_SIZE];
    const struct review accepted = {.decision = "accepted",
                                    .reviewer = "A. Otieno"};
    const struct review corrected = {.decision = "corrected",
                                     .fields = "{\"says\":\"assert\"}",
                                     .reviewer = "A. Otieno",
                                     .why = "he did not deny it"};
    assert_true(findings_of_document(casefile, 1, arena, &findings, &error));
    assert_int_equal(findings.count, 2);
    assert_true(casefile_begin(casefile, &error));
    assert_true(
        review_finding(casefile, &findings.items[0], &accepted, key, &error));
    assert_true(
        review_finding(casefile, &findings.items[1], &corrected, key, &error));
    assert_true(casefile_commit(casefile, &error));
}

void small_case_fill(struct casefile *casefile)
{
    static const char *const names[] = {"denial.txt", "letter.txt",
                                        "report.txt"};
    struct error error = {0};
    struct arena *arena = arena_new((size_t)1 << 24);
    assert_non_null(arena);
    for (size_t i = 0; i < 3; i++)
        assert_true(small_case_add(casefile, names[i], small_case_texts[i], 24,
                                   44, &error));
    review(casefile, arena);
    sign(casefile, arena);
    arena_release(arena);
}

struct casefile *small_case_open(char path[SMALL_CASE_PATH])
{
    struct error error = {0};
    small_case_path(path);
    struct casefile *casefile = casefile_create(path, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    small_case_fill(casefile);
    return casefile;
}

void small_case_make(char path[SMALL_CASE_PATH])
{
    casefile_close(small_case_open(path));
}

char small_case_here[SMALL_CASE_PATH];

int small_case_set_up(void **state)
{
    (void)state;
    small_case_make(small_case_here);
    return 0;
}

int small_case_tear_down(void **state)
{
    (void)state;
    small_case_remove(small_case_here);
    return 0;
}

uint64_t small_case_check(void)
{
    struct error error = {0};
    char words[600];
    uint64_t count;
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_READ, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    assert_true(document_count(casefile, &count, &error));
    if (small_case_faults(casefile, words) > 0)
        fail_msg("%s", words);
    casefile_close(casefile);
    return count;
}

static void tell(void *context, const char *what, const char *where)
{
    char *words = context;
    size_t length = strlen(words);
    snprintf(words + length, 600 - length, "%s: %s\n", what, where);
}

size_t small_case_faults(struct casefile *casefile, char words[600])
{
    struct error error = {0};
    struct verify_counts counts;
    const struct verify verify = {
        .casefile = casefile, .fault = tell, .context = words};
    words[0] = '\0';
    if (!casefile_verify(&verify, &counts, &error))
        fail_msg("%s", error.text);
    return (size_t)counts.faults;
}
