#include "model/magic.h"

#include <string.h>

#include "base/text.h"
#include "model/exchange.h"
#include "model/fixtures.h"
#include "model/session.h"

/* By the id as the client wrote it, or by that of the order which the request has met. */
static bool is_named(const struct exchange *x, const char *id)
{
    return (x->order_key != NULL && strcmp(x->order_key, id) == 0) ||
           (x->order_id != NULL && strcmp(x->order_id, id) == 0);
}

bool magic_fire(struct exchange *x, enum fault_phase phase)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, fixtures_magic_faults(session_fixtures(x->session), x->provider)) {
        const cJSON *fault = json_member(entry, "fault");
        if (!is_named(x, json_string_or(entry, "id", "")) || fault_phase_of(fault) != phase)
            continue;
        fault_apply(x, fault, "magic");
        return true;
    }
    return false;
}

bool magic_check(const cJSON *fault, struct text *problems)
{
    static const char *const foreign[] = {"match", "when"};
    for (size_t i = 0; i < COUNT_OF(foreign); i++)
        if (json_member(fault, foreign[i]) != NULL)
            text_print(problems, "the fault of a magic id has no \"%s\": it is met by every request for that id",
                       foreign[i]);
    return problems->length == 0 && fault_check(fault, problems);
}
