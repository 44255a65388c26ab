/*
 * reading_json_citations.c - "citations" of a reading.
 */
#include "reading_writer.h"

void reading_json_citations(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"citations\":[");
    for (size_t i = 0; i < reading->citation_count; i++) {
        const struct citation *citation = &reading->citations[i];
        writer_put(out, i == 0 ? "{\"span\":" : ",{\"span\":");
        writer_span(out, citation->span);
        writer_text(out, "instrument", citation->instrument);
        writer_text(out, "provision", citation->provision);
        writer_confidence(out, "confidence", citation->confidence);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}
