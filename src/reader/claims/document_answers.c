/*
 * document_answers.c - see document_answers.h.
 */
#include "document_answers.h"

#include "date.h"

enum { OPENING_TOKENS = 240, BEFORE_NOUN = 2, DATE_REACH = 14 };

/* The kind of intervention that the noun at a token says; NULL for others. */
static const char *paper_at(const struct text *text, uint32_t at, uint32_t end)
{
    uint32_t length;
    const struct table_row *row =
        word_phrase(text, &intervention_table, at, end, &length);
    return row == NULL || row->columns[1][0] != 'n' || length > 1
               ? NULL
               : row->columns[0];
}

static enum intervention_kind kind_by_name(const char *name)
{
    for (size_t i = 0; i < INTERVENTION_KINDS; i++)
        if (strcmp(name, intervention_kind_names[i]) == 0)
            return (enum intervention_kind)i;
    return INTERVENTION_LETTER;
}

/* The date behind the noun, within its clause; *end moves behind it. */
static void take_date(const struct text *text, uint32_t most,
                      char date[DATE_SIZE], uint32_t *end)
{
    uint32_t from = *end;
    for (uint32_t at = from; at < most && at < from + DATE_REACH; at++) {
        uint32_t length = date_at(text, at, most, date);
        if (length == 0)
            continue;
        *end = at + length;
        return;
    }
}

void document_answers(struct reading *reading)
{
    const struct text *text = &reading->text;
    struct reading_document *document = &reading->document;
    bool is_letter =
        document->kind == KIND_REPLY || document->kind == KIND_LETTER;
    uint32_t count = (uint32_t)text->tokens.count;
    uint32_t end = count < OPENING_TOKENS ? count : OPENING_TOKENS;
    document->answers.by = READING_NONE;
    if (!is_letter)
        return;
    for (uint32_t at = 0; at < end; at++) {
        if (!word_is(text, at, "your"))
            continue;
        for (uint32_t noun = at + 1; noun < end && noun <= at + BEFORE_NOUN + 1;
             noun++) {
            const char *kind = paper_at(text, noun, end);
            uint32_t last = noun + 1;
            char date[DATE_SIZE] = "";
            if (kind == NULL)
                continue;
            struct span sentence =
                text->sentences.items[text_sentence_of(text, noun)];
            take_date(text, sentence.end, date, &last);
            /* A letter that is no reply answers one that it dates. */
            if (document->kind != KIND_REPLY && date[0] == '\0')
                break;
            document->answers.is_known = true;
            document->answers.kind = kind_by_name(kind);
            document->answers.span =
                text_bytes_of(text, (struct span){at, last});
            memcpy(document->answers.date, date, DATE_SIZE);
            if (document->addressee_count > 0)
                document->answers.by = document->addressees[0];
            return;
        }
    }
}
