/*
 * reading_json_acts.c - "acts" of a reading.
 */
#include "reading_writer.h"

static const char *const role_keys[ACT_ROLE_COUNT] = {"perpetrators", "victims",
                                                      "targets", "weapons"};

static void put_party(struct writer *out, const struct act_party *party)
{
    writer_put(out, "{\"span\":[");
    writer_span(out, party->span);
    writer_put(out, "]");
    if (party->actor != READING_NONE)
        writer_id(out, "actor", 'a', party->actor);
    if (party->role == ROLE_PERPETRATOR)
        writer_word(out, "degree", act_degree_names[party->degree]);
    writer_put(out, "}");
}

/* Parties stand by role: a list is opened where the role changes. */
static void put_parties(struct writer *out, const struct act *act)
{
    for (uint32_t i = 0; i < act->party_count; i++) {
        const struct act_party *party = &act->parties[i];
        bool is_first = i == 0 || party[-1].role != party->role;
        if (is_first) {
            writer_put(out, ",\"");
            writer_put(out, role_keys[party->role]);
            writer_put(out, "\":[");
        } else
            writer_put(out, ",");
        put_party(out, party);
        if (i + 1 == act->party_count || party[1].role != party->role)
            writer_put(out, "]");
    }
}

static void put_act(struct writer *out, const struct act *act)
{
    struct places trigger = {&act->trigger, 1};
    writer_word(out, "act", act_code_names[act->code]);
    writer_places(out, "trigger", trigger);
    put_parties(out, act);
    if (act->time != READING_NONE)
        writer_id(out, "time", 't', act->time);
    if (act->place != READING_NONE)
        writer_id(out, "place", 'p', act->place);
    writer_word(out, "modality", act_modality_names[act->modality]);
    writer_word(out, "polarity", act->is_denied ? "denied" : "asserted");
    if (act->claim != READING_NONE) {
        writer_put(out, ",\"claims\":[\"c");
        writer_number(out, (uint64_t)act->claim + 1);
        writer_put(out, "\"]");
    }
    if (act->same_as != READING_NONE)
        writer_id(out, "same_as", 'i', act->same_as);
    writer_confidence(out, "confidence", act->confidence);
    writer_put(out, "}");
}

void reading_json_acts(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"acts\":[");
    for (size_t i = 0; i < reading->acts.count; i++) {
        writer_object(out, i, 'i');
        put_act(out, &reading->acts.items[i]);
    }
    writer_put(out, "]");
}
