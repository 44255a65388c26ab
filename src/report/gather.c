/*
 * gather.c - see gather.h: documents and texts, hashed; the order of all.
 */
#include "gather.h"

#include "contents.h"
#include "entries.h"
#include "reading_store.h"

#include <stdlib.h>

#define TEXT_CHECKED_MAX ((size_t)UINT32_MAX)

struct span places_hull(const struct places *places)
{
    struct span hull = places->items[0];
    for (size_t i = 1; i < places->count; i++) {
        if (places->items[i].begin < hull.begin)
            hull.begin = places->items[i].begin;
        if (places->items[i].end > hull.end)
            hull.end = places->items[i].end;
    }
    return hull;
}

struct span sentence_at(const struct gathered_document *document,
                        struct span place)
{
    const struct span *sentences = document->sentences.items;
    size_t low = 0, high = document->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sentences[middle].end <= place.begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < document->sentences.count && sentences[low].begin < place.end;
         low++) {
        if (sentences[low].begin < place.begin)
            place.begin = sentences[low].begin;
        if (sentences[low].end > place.end)
            place.end = sentences[low].end;
    }
    return place;
}

bool is_day(const char *date)
{
    return date != NULL && strlen(date) >= 10 && date[4] == '-' &&
           date[7] == '-';
}

/* Paragraphs are parted by empty lines, pages by form feeds, as programs that
 * draw text from pages write them. */
static bool find_paragraphs(struct gathered *all,
                            struct gathered_document *document,
                            struct error *error)
{
    struct slice text = document->text;
    bool is_new = true;
    for (size_t at = 0; at < text.length; at++) {
        uint32_t place = (uint32_t)at;
        char byte = text.data[at];
        bool is_line = byte == '\n' || byte == '\f';
        if (byte == '\f' && document->pages.count == 0 &&
            !list_push(all->arena, &document->pages, 0, error))
            return false;
        if (byte == '\f' &&
            !list_push(all->arena, &document->pages, place + 1, error))
            return false;
        if (is_new && byte > ' ') {
            if (!list_push(all->arena, &document->paragraphs, place, error))
                return false;
            is_new = false;
        }
        if (is_line && at + 1 < text.length &&
            (text.data[at + 1] == '\n' || byte == '\f' ||
             (text.data[at + 1] == '\r' && at + 2 < text.length &&
              text.data[at + 2] == '\n')))
            is_new = true;
    }
    return true;
}

static const char *copy_of(struct gathered *all, const json_t *object,
                           const char *key, struct error *error, bool *is_well)
{
    const char *words = json_string_value(json_object_get(object, key));
    if (words == NULL || *words == '\0')
        return NULL;
    const char *copy = arena_string(all->arena, slice_of(words), error);
    *is_well = *is_well && copy != NULL;
    return copy;
}

static bool take_sentences(struct gathered *all,
                           struct gathered_document *document,
                           struct error *error)
{
    size_t i;
    json_t *pair;
    json_array_foreach(json_object_get(document->reading, "sentences"), i, pair)
    {
        json_int_t begin = json_integer_value(json_array_get(pair, 0));
        json_int_t end = json_integer_value(json_array_get(pair, 1));
        if (begin < 0 || end < begin || (uint64_t)end > document->text.length)
            return error_set(error, ERROR_BAD_INPUT,
                             "a sentence lies outside the text");
        struct span span = {(uint32_t)begin, (uint32_t)end};
        if (!list_push(all->arena, &document->sentences, span, error))
            return false;
    }
    return true;
}

static bool take_facts(struct gathered *all, struct gathered_document *document,
                       struct error *error)
{
    const json_t *facts = json_object_get(document->reading, "document");
    bool is_well = true;
    document->date = document->row.facts.date;
    if (document->date == NULL)
        document->date = copy_of(all, facts, "date", error, &is_well);
    document->kind = copy_of(all, facts, "kind", error, &is_well);
    document->language = copy_of(all, facts, "language", error, &is_well);
    document->publisher = document->row.facts.source;
    if (document->publisher == NULL)
        document->publisher = copy_of(all, facts, "publisher", error, &is_well);
    document->title = copy_of(all, facts, "title", error, &is_well);
    return is_well;
}

/* Original, reading and text, each against its hash. */
static bool take_document(struct gathered *all,
                          struct gathered_document *document,
                          struct error *error)
{
    struct case_reading reading;
    document->issuer = GATHERED_NONE;
    if (document->row.content != 0 &&
        !content_check(all->casefile, document->row.content, NULL, error))
        return false;
    if (!reading_get(all->casefile, document->row.id, all->arena, &reading,
                     error))
        return false;
    document->reader = reading.reader;
    if (reading.text == 0)
        return take_facts(all, document, error);
    document->reading = json_read(reading.body, error);
    return document->reading != NULL &&
           text_get(all->casefile, reading.text, &document->about, error) &&
           content_read(all->casefile, document->about.content, all->arena,
                        &document->text, error) &&
           text_map_get(all->casefile, &document->about, all->arena,
                        &document->map, error) &&
           find_paragraphs(all, document, error) &&
           take_facts(all, document, error) &&
           take_sentences(all, document, error);
}

static bool take_documents(struct gathered *all, struct error *error)
{
    struct gathered_document document;
    int64_t last = 0;
    bool is_there = true;
    for (;;) {
        document = (struct gathered_document){0};
        if (!document_after(all->casefile, last, all->arena, &document.row,
                            &is_there, error))
            return false;
        if (!is_there)
            return true;
        last = document.row.id;
        if (!list_push(all->arena, &all->documents, document, error))
            return false;
        if (!take_document(all, &all->documents.items[all->documents.count - 1],
                           error))
            return error_prefix(error, "%.100s", document.row.facts.name);
    }
}

static int compare_documents(const void *a, const void *b)
{
    const struct gathered_document *left = a, *right = b;
    int dates = strcmp(left->date != NULL ? left->date : "9",
                       right->date != NULL ? right->date : "9");
    if (dates != 0)
        return dates;
    return left->row.id < right->row.id ? -1 : left->row.id > right->row.id;
}

static bool label_documents(struct gathered *all, struct error *error)
{
    for (size_t i = 0; i < all->documents.count; i++) {
        char label[24];
        snprintf(label, sizeof label, "D%zu", i + 1);
        all->documents.items[i].label =
            arena_string(all->arena, slice_of(label), error);
        if (all->documents.items[i].label == NULL)
            return false;
    }
    return true;
}

/* What the case was when this was made of it: the same state, the same
 * words, whenever it is printed. */
static bool take_state(struct gathered *all, struct error *error)
{
    uint64_t size;
    struct digest root;
    struct entry entry;
    char words[160] = "";
    int length;
    if (!entry_root(all->casefile, &size, &root, error))
        return false;
    length = snprintf(words, sizeof words, "%llu entries, root ",
                      (unsigned long long)size);
    for (size_t i = 0; i < sizeof root.bytes; i++)
        length +=
            snprintf(words + length, sizeof words - (size_t)length,
                     i > 0 && i % 8 == 0 ? " %02x" : "%02x", root.bytes[i]);
    all->state = arena_string(all->arena, slice_of(words), error);
    if (all->state == NULL || size == 0 ||
        !entry_get(all->casefile, size - 1, all->arena, &entry, error))
        return false;
    all->time = arena_string(all->arena, slice_of(entry.leaf.time), error);
    return all->time != NULL;
}

static bool gather_all(struct gathered *all, struct error *error)
{
    if (!take_state(all, error) || !take_documents(all, error))
        return false;
    if (all->documents.count > 1)
        qsort(all->documents.items, all->documents.count,
              sizeof *all->documents.items, compare_documents);
    if (!label_documents(all, error))
        return false;
    for (size_t i = 0; i < all->documents.count; i++)
        if (!gather_document(all, i, error))
            return error_prefix(error, "%.100s",
                                all->documents.items[i].row.facts.name);
    return gather_names(all, error) && gather_links(all, error) &&
           gather_incidents(all, error) && gather_party_names(all, error);
}

bool gather(struct casefile *casefile, const struct gather_options *options,
            struct arena *arena, struct gathered *all, struct error *error)
{
    *all = (struct gathered){
        .casefile = casefile, .arena = arena, .options = *options};
    if (!casefile_begin_read(casefile, error))
        return false;
    bool is_well = gather_all(all, error);
    for (size_t i = 0; i < all->documents.count; i++) {
        struct gathered_document *document = &all->documents.items[i];
        json_decref(document->reading);
        json_decref(document->ids);
        document->reading = document->ids = NULL;
    }
    casefile_rollback(casefile);
    return is_well;
}
