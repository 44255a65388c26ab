/*
 * notes.c - what a note says of a passage; the names that are not to be told.
 * See paper.h and report.h.
 */
#include "report.h"

void passage_place(const struct paper *paper, const struct passage *passage,
                   char words[PASSAGE_WORDS])
{
    const struct paper_source *source =
        &paper->sources.items[passage->document];
    char page[24] = "";
    if (passage->page > 0)
        snprintf(page, sizeof page, "page %u, ", passage->page);
    snprintf(words, PASSAGE_WORDS, "%s, %sparagraph %u: ", source->label, page,
             passage->paragraph);
}

void passage_proof(const struct paper *paper, const struct passage *passage,
                   char words[PASSAGE_WORDS])
{
    const struct paper_source *source =
        &paper->sources.items[passage->document];
    snprintf(words, PASSAGE_WORDS,
             " (bytes %u–%u of the text, SHA-256 %.16s…; ledger entry %lld)",
             passage->span.begin, passage->span.end, source->text_sha256,
             (long long)(source->text_entry != 0 ? source->text_entry
                                                 : source->entry));
}

/* Protected names --------------------------------------------------------- */

static char fold(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

static bool is_letter(char byte)
{
    unsigned char code = (unsigned char)byte;
    return code >= 0x80 || (code >= '0' && code <= '9') ||
           (fold(byte) >= 'a' && fold(byte) <= 'z');
}

static bool stands_at(struct slice text, size_t at, struct slice name)
{
    if (name.length == 0 || at + name.length > text.length ||
        (at > 0 && is_letter(text.data[at - 1]) && is_letter(name.data[0])))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (fold(text.data[at + i]) != fold(name.data[i]))
            return false;
    return at + name.length == text.length ||
           !is_letter(text.data[at + name.length]) ||
           !is_letter(name.data[name.length - 1]);
}

static const struct protected_name *name_at(struct slice text, size_t at,
                                            const struct protected_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (stands_at(text, at, names->items[i].name))
            return &names->items[i];
    return NULL;
}

bool text_protect(struct slice text, const struct protected_names *names,
                  struct arena *arena, struct slice *made, struct error *error)
{
    struct output output;
    size_t from = 0;
    *made = text;
    output_begin(&output, arena, error);
    for (size_t at = 0; at < text.length;) {
        const struct protected_name *name = name_at(text, at, names);
        if (name == NULL) {
            at++;
            continue;
        }
        output_slice(&output, (struct slice){text.data + from, at - from});
        output_print(&output, "[%s]", name->code);
        from = at += name->name.length;
    }
    if (from == 0)
        return true;
    output_slice(&output, (struct slice){text.data + from, text.length - from});
    *made = output_bytes(&output);
    return !output.is_failed;
}

static bool protect_runs(struct paper *paper, struct runs *runs,
                         const struct protected_names *names)
{
    for (size_t i = 0; i < runs->count; i++)
        if (!text_protect(runs->items[i].text, names, paper->arena,
                          &runs->items[i].text, paper->error))
            return false;
    return true;
}

static bool protect_block(struct paper *paper, struct block *block,
                          const struct protected_names *names)
{
    if (!protect_runs(paper, &block->runs, names))
        return false;
    if (block->table == NULL)
        return true;
    for (size_t row = 0; row < block->table->count; row++)
        for (size_t column = 0; column < block->table->columns; column++)
            if (!protect_runs(
                    paper, &block->table->items[row].cells[column].runs, names))
                return false;
    return true;
}

static bool protect_word(struct paper *paper, const char **word,
                         const struct protected_names *names)
{
    struct slice made;
    if (*word == NULL)
        return true;
    if (!text_protect(slice_of(*word), names, paper->arena, &made,
                      paper->error))
        return false;
    *word = arena_string(paper->arena, made, paper->error);
    return *word != NULL;
}

bool paper_protect(struct paper *paper, const struct protected_names *names)
{
    bool is_well = true;
    for (size_t i = 0; is_well && i < paper->blocks.count; i++)
        is_well = protect_block(paper, &paper->blocks.items[i], names);
    for (size_t i = 0; is_well && i < paper->passages.count; i++)
        is_well =
            text_protect(paper->passages.items[i].quote, names, paper->arena,
                         &paper->passages.items[i].quote, paper->error);
    for (size_t i = 0; is_well && i < paper->sources.count; i++)
        is_well = protect_word(paper, &paper->sources.items[i].name, names);
    return is_well && protect_word(paper, &paper->title, names);
}
