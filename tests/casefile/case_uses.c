/*
 * case_uses.c - see case_uses.h.
 */
#include "case_uses.h"

#include "test.h"

#include <stdio.h>

#include "casefile_unsafe.h"
#include "contents.h"
#include "documents.h"
#include "entries.h"
#include "erase.h"
#include "file.h"
#include "key_store.h"
#include "lists.h"
#include "reading_store.h"
#include "reviews.h"
#include "search.h"
#include "small_case.h"
#include "verify.h"

static char copy_path[SMALL_CASE_PATH + 8];
static struct file whole;

/* What one does, in a transaction where it needs one. */
struct use {
    struct casefile *casefile;
    struct arena *arena;
    struct error *error;
    bool may_doubt;
};

int case_uses_set_up(void **state)
{
    struct error error = {0};
    small_case_set_up(state);
    snprintf(copy_path, sizeof copy_path, "%s.copy", small_case_here);
    assert_true(file_read(small_case_here, (size_t)1 << 26, &whole, &error));
    return 0;
}

int case_uses_tear_down(void **state)
{
    file_close(&whole);
    return small_case_tear_down(state);
}

void case_uses_put_back(void)
{
    FILE *file = fopen(small_case_here, "wbe");
    assert_non_null(file);
    assert_int_equal(fwrite(whole.bytes.data, 1, whole.bytes.length, file),
                     whole.bytes.length);
    assert_int_equal(fclose(file), 0);
    (void)remove(copy_path);
}

void case_uses_check(unsigned at)
{
    struct error error = {0};
    char words[600];
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_READ, &error);
    if (casefile == NULL)
        fail_msg("at %u: %s", at, error.text);
    if (small_case_faults(casefile, words) > 0)
        fail_msg("at %u: %s", at, words);
    casefile_close(casefile);
}

static bool has_findings(const struct use *use, const struct findings *found)
{
    return found->count >= 2 ||
           error_set(use->error, ERROR_NOT_FOUND, "its findings are gone");
}

static bool decide_thrice(struct use *use, const struct findings *findings)
{
    static const struct review given[] = {
        {.decision = "accepted", .reviewer = "B. Wafula", .why = "heard it"},
        {.decision = "corrected",
         .reviewer = "B. Wafula",
         .fields = "{\"who\":\"Ali\",\"says\":\"ask\",\"act\":\"beating\","
                   "\"place\":\"Molo\",\"first\":\"2019\",\"last\":null,"
                   "\"span\":\"0-5\"}"},
        {.decision = "rejected", .reviewer = "B. Wafula"},
    };
    char key[CASEFILE_KEY_SIZE];
    for (size_t i = 0; i < 3; i++)
        if (!review_finding(use->casefile, &findings->items[i % 2], &given[i],
                            key, use->error))
            return false;
    return true;
}

static bool merge_and_split(struct use *use, const struct findings *findings)
{
    char key[CASEFILE_KEY_SIZE], fields[100];
    snprintf(fields, sizeof fields, "{\"with\":[\"%s\"]}",
             findings->items[0].key);
    const struct review merged = {
        .decision = "merged", .reviewer = "B. Wafula", .fields = fields};
    const struct review split = {
        .decision = "split", .reviewer = "B. Wafula", .fields = fields};
    return review_finding(use->casefile, &findings->items[1], &merged, key,
                          use->error) &&
           review_finding(use->casefile, &findings->items[1], &split, key,
                          use->error) &&
           review_undo(use->casefile, key, &split, use->error) &&
           review_undo(use->casefile, findings->items[0].key, &merged,
                       use->error);
}

/* By hand, and from another case. */
static bool take_in(struct use *use, const struct findings *findings)
{
    char key[CASEFILE_KEY_SIZE];
    bool is_new;
    struct case_text text;
    const struct finding *first = &findings->items[0];
    const struct review added = {.reviewer = "B. Wafula",
                                 .document = 3,
                                 .kind = "act",
                                 .span = {0, 9},
                                 .fields = "{\"act\":\"shooting\"}"};
    if (!review_add_finding(use->casefile, &added, key, use->error) ||
        !document_text(use->casefile, 2, &text, use->error))
        return false;
    const struct review given = {.key = "r-0123456789ab",
                                 .document = 2,
                                 .finding = first->key,
                                 .kind = first->kind,
                                 .decision = "accepted",
                                 .text_sha256 = text.sha256,
                                 .span = first->span,
                                 .quote = "Felix",
                                 .prefix = "",
                                 .suffix = " Odanga",
                                 .reviewer = "C. Chebet",
                                 .time = "2024-05-01T12:00:00Z"};
    return review_import(use->casefile, &given, &is_new, use->error) &&
           review_import(use->casefile, &given, &is_new, use->error) &&
           reading_settle(use->casefile, 2, use->error);
}

static bool decide(struct use *use)
{
    struct findings findings;
    return findings_of_document(use->casefile, 2, use->arena, &findings,
                                use->error) &&
           has_findings(use, &findings) && decide_thrice(use, &findings) &&
           merge_and_split(use, &findings) && take_in(use, &findings);
}

static bool read_again(struct use *use)
{
    struct slice text = slice_of(small_case_texts[0]);
    return reading_keep(
        use->casefile, 1, 1, text, "another model",
        slice_of("{\"document\":{\"id\":\"x\"},\"claims\":[{\"id\":\"c1\","
                 "\"act\":\"assert\",\"content\":[[20,44]]}]}"),
        use->error);
}

/* A text made elsewhere, and a better one. */
static bool add_elsewhere(struct use *use)
{
    const struct document_facts facts = {.name = "kept away.pdf",
                                         .date = "2019-05-14"};
    char sha256[SHA256_HEX_SIZE];
    int64_t id, text;
    return sha256_hex(slice_of("a scan"), sha256, use->error) &&
           document_add_elsewhere(use->casefile, sha256, 6, &facts, &id,
                                  use->error) &&
           document_add_text(use->casefile, id, slice_of("A scan of it.\n"),
                             "given", &text, use->error) &&
           document_add_text(use->casefile, id, slice_of("A scan of this.\n"),
                             "given", &text, use->error);
}

static bool sign(struct use *use)
{
    struct signing_key before = {0}, after = {0};
    const struct sealing_cost cheap = {1, 8192};
    char origin[NOTE_NAME_SIZE], sealed[SEALED_KEY_SIZE], *old;
    struct slice note, query;
    bool is_done =
        entry_origin(use->casefile, origin, use->error) &&
        entry_key_in_force(use->casefile, use->arena, &old, use->error) &&
        signing_key_open(slice_of(old), slice_of("secret"), &before,
                         use->error) &&
        signing_key_new(origin, &after, use->error) &&
        signing_key_seal(&after, slice_of("other"), cheap, sealed,
                         use->error) &&
        entry_key_change(use->casefile, &before, &after, sealed, use->arena,
                         use->error) &&
        key_store_reseal(use->casefile, &after.key, sealed, use->error) &&
        entry_checkpoint(use->casefile, &after, use->arena, &note,
                         use->error) &&
        stamp_ask(use->casefile, use->arena, &query, use->error);
    signing_key_close(&before);
    signing_key_close(&after);
    return is_done;
}

static bool in_transaction(struct use *use, bool (*what)(struct use *))
{
    if (!casefile_begin(use->casefile, use->error))
        return false;
    if (what(use) && casefile_commit(use->casefile, use->error))
        return true;
    casefile_rollback(use->casefile);
    return false;
}

static bool write_all(struct use *use)
{
    const int64_t gone[] = {3, 2};
    return casefile_unsynchronised(use->casefile, use->error) &&
           small_case_add_report(use->casefile, use->error) &&
           in_transaction(use, add_elsewhere) && in_transaction(use, decide) &&
           in_transaction(use, read_again) && in_transaction(use, sign) &&
           casefile_copy(use->casefile, copy_path, use->error) &&
           casefile_erase(use->casefile, gone, 2, "court", "an order",
                          use->error);
}

static void no_fault(void *context, const char *what, const char *where)
{
    const struct use *use = context;
    if (!use->may_doubt)
        fail_msg("%s: %s", what, where);
}

static bool look_at_reviews(struct use *use)
{
    struct review review = {0}, same;
    struct reviews reviews;
    bool is_there = true, is_stranded;
    for (;;) {
        if (!review_after(use->casefile, review.id, use->arena, &review,
                          &is_there, use->error))
            return false;
        if (!is_there)
            break;
        if (!review_is_stranded(use->casefile, &review, &is_stranded,
                                use->error) ||
            !reviews_of_finding(use->casefile, review.finding, use->arena,
                                &reviews, use->error) ||
            !review_by_key(use->casefile, review.key, use->arena, &same,
                           &is_there, use->error))
            return false;
    }
    return reviews_last(use->casefile, 0, 9, use->arena, &reviews,
                        use->error) &&
           reviews_of_document(use->casefile, 1, use->arena, &reviews,
                               use->error) &&
           reviews_holding(use->casefile, 1, use->arena, &reviews, use->error);
}

static bool count_hash(void *context, struct slice sha256)
{
    (void)sha256;
    return ++*(unsigned *)context < 9;
}

static bool look_at_documents(struct use *use)
{
    const struct document_facts *facts;
    struct case_document document, same;
    struct case_text text;
    struct slice bytes;
    int64_t *documents;
    size_t count;
    unsigned hashes = 0;
    bool is_known;
    if (!document_find(use->casefile, "letter.txt", use->arena, &document,
                       use->error) ||
        !document_find(use->casefile, document.sha256, use->arena, &same,
                       use->error))
        return false;
    facts = &document.facts;
    char prefix[7];
    snprintf(prefix, sizeof prefix, "%.6s", document.sha256);
    return document_find(use->casefile, prefix, use->arena, &same,
                         use->error) &&
           document_by_hash(use->casefile, document.sha256, use->arena, &same,
                            use->error) &&
           document_is_known(use->casefile, document.sha256, &is_known,
                             use->error) &&
           document_each_hash(use->casefile, count_hash, &hashes, use->error) &&
           document_text(use->casefile, document.id, &text, use->error) &&
           content_part(use->casefile, text.content, (struct span){0, 5},
                        use->arena, &bytes, use->error) &&
           casefile_naming(use->casefile, "smoke", use->arena, &documents,
                           &count, use->error) &&
           count == 1 && strcmp(facts->name, "letter.txt") == 0;
}

static bool look_at_findings(struct use *use)
{
    struct findings findings;
    struct finding one;
    char prefix[7];
    if (!findings_of_document(use->casefile, 1, use->arena, &findings,
                              use->error) ||
        !has_findings(use, &findings))
        return false;
    snprintf(prefix, sizeof prefix, "%.6s", findings.items[0].key);
    return finding_find(use->casefile, findings.items[0].key, use->arena, &one,
                        use->error) &&
           finding_find(use->casefile, prefix, use->arena, &one, use->error) &&
           finding_get(use->casefile, one.id, use->arena, &one, use->error);
}

static bool list_findings(struct use *use)
{
    struct findings findings;
    struct counts counts;
    const struct chronology_wanted wanted = {.from = "2019", .limit = 9};
    return list_actor_names(use->casefile, NULL, 9, 0, use->arena, &counts,
                            use->error) &&
           list_actor_findings(use->casefile, "Felix", 9, use->arena, &findings,
                               use->error) &&
           list_chronology(use->casefile, &wanted, use->arena, &findings,
                           use->error) &&
           list_findings_in(use->casefile, 1, (struct span){0, 99}, 9,
                            use->arena, &findings, use->error) &&
           list_findings_of(use->casefile, 1, NULL, 9, 0, use->arena, &findings,
                            use->error);
}

static bool list_all(struct use *use)
{
    struct listed_documents documents;
    struct counts counts;
    struct case_reading reading;
    uint64_t read;
    for (int i = 0; i < COUNT_BY; i++)
        if (!list_counts(use->casefile, (enum counted_by)i, 9, use->arena,
                         &counts, use->error))
            return false;
    for (int i = DOCUMENTS_ADDED; i <= DOCUMENTS_DATE; i++) {
        const struct documents_wanted wanted = {.order = (enum document_order)i,
                                                .limit = 9};
        if (!list_documents(use->casefile, &wanted, use->arena, &documents,
                            use->error))
            return false;
    }
    json_t *keys = list_keys(use->casefile, 1, use->error);
    json_decref(keys);
    return keys != NULL && reading_count(use->casefile, &read, use->error) &&
           reading_about(use->casefile, 1, use->arena, &reading, use->error);
}

static bool each_checkpoint(void *context,
                            const struct earlier_checkpoint *earlier)
{
    (void)context;
    return earlier->size > 0;
}

static bool look_at_ledger(struct use *use)
{
    struct kept_checkpoint last;
    struct digest root;
    uint64_t size;
    size_t count;
    return key_store_count(use->casefile, &count, use->error) && count == 1 &&
           checkpoint_last(use->casefile, use->arena, &last, use->error) &&
           checkpoint_each_size(use->casefile, each_checkpoint, NULL,
                                use->error) &&
           entry_root(use->casefile, &size, &root, use->error);
}

static bool search_all(struct use *use)
{
    static const char *const searches[] = {"march",
                                           "beat* OR \"fired on\"",
                                           "NEAR(officers march 5)",
                                           "who:feli",
                                           "who:felxi,resid* kind:c*",
                                           "says:deny of date:2019..2020",
                                           "status:corrected"};
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct search_hits hits;
        const struct search search = {
            .words = searches[i], .limit = 9, .by_date = i % 2};
        if (!casefile_search(use->casefile, &search, use->arena, &hits,
                             use->error))
            return false;
    }
    return true;
}

static bool look_at_all(struct use *use)
{
    struct verify_counts counts;
    const struct verify verify = {
        .casefile = use->casefile, .fault = no_fault, .context = use};
    return search_all(use) && look_at_documents(use) && look_at_findings(use) &&
           look_at_reviews(use) && list_all(use) && list_findings(use) &&
           look_at_ledger(use) && casefile_verify(&verify, &counts, use->error);
}

static bool use_case(struct use *use, bool (*what)(struct use *))
{
    use->casefile = casefile_open(small_case_here, CASEFILE_WRITE, use->error);
    use->arena = use->casefile == NULL ? NULL : arena_new((size_t)1 << 26);
    bool is_done = use->arena != NULL && what(use);
    if (use->casefile != NULL && use->arena == NULL)
        error_set(use->error, ERROR_LIMIT, "out of memory");
    arena_release(use->arena);
    casefile_close(use->casefile);
    return is_done;
}

bool case_use_write(struct error *error)
{
    struct use use = {.error = error};
    return use_case(&use, write_all);
}

bool case_use_look(bool may_doubt, struct error *error)
{
    struct use use = {.error = error, .may_doubt = may_doubt};
    return use_case(&use, look_at_all);
}
