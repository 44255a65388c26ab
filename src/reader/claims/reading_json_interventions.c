/*
 * reading_json_interventions.c - "interventions" of a reading.
 */
#include "reading_writer.h"

/* ,"by":[{"span":[[1,2]],"actor":"a1"}]; nothing where nobody is known. */
static void write_party(struct writer *out, const char *key,
                        const struct intervention_party *party)
{
    bool has_span = party->span.begin < party->span.end;
    if (party->actor == READING_NONE && !has_span)
        return;
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, "\":[{");
    if (has_span) {
        writer_put(out, "\"span\":[");
        writer_span(out, party->span);
        writer_put(out, "]");
    }
    if (party->actor != READING_NONE) {
        writer_put(out, has_span ? ",\"actor\":\"a" : "\"actor\":\"a");
        writer_number(out, (uint64_t)party->actor + 1);
        writer_put(out, "\"");
    }
    writer_put(out, "}]");
}

static void write_about(struct writer *out,
                        const struct intervention *intervention)
{
    for (uint32_t i = 0; i < intervention->about_count; i++) {
        writer_put(out, i == 0 ? ",\"about\":[\"i" : ",\"i");
        writer_number(out, (uint64_t)intervention->about[i] + 1);
        writer_put(out, "\"");
    }
    writer_put(out, intervention->about_count > 0 ? "]" : "");
}

static void write_response(struct writer *out,
                           const struct intervention *intervention)
{
    if (intervention->status == RESPONSE_UNKNOWN)
        return;
    writer_put(out, ",\"response\":{\"status\":\"");
    writer_put(out, response_status_names[intervention->status]);
    writer_put(out, "\",\"span\":[");
    writer_span(out, intervention->response);
    writer_put(out, "]}");
}

void reading_json_interventions(struct writer *out,
                                const struct reading *reading)
{
    writer_put(out, ",\"interventions\":[");
    for (size_t i = 0; i < reading->intervention_count; i++) {
        const struct intervention *made = &reading->interventions[i];
        writer_object(out, i, 'v');
        writer_word(out, "kind", intervention_kind_names[made->kind]);
        writer_put(out, ",\"span\":[");
        writer_span(out, made->span);
        writer_put(out, "]");
        write_party(out, "by", &made->by);
        write_party(out, "to", &made->to);
        write_about(out, made);
        if (made->time != READING_NONE)
            writer_id(out, "time", 't', made->time);
        write_response(out, made);
        writer_confidence(out, "confidence", made->confidence);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}
