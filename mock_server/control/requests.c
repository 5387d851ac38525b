/* The journal. */
#include "base/number.h"
#include "control/control.h"
#include "model/journal.h"
#include "model/session.h"

cJSON *control_requests_list(struct call *call)
{
    int64_t status = 0, since = 0, limit = 0;
    cJSON *failure = NULL;
    if (!call_number(call, "status", &status, &failure) || !call_number(call, "since", &since, &failure) ||
        !call_number(call, "limit", &limit, &failure))
        return failure;
    struct journal_filter filter = {.provider = call_query(call, "provider"),
                                    .operation = call_query(call, "operation"),
                                    .order = call_query(call, "order"),
                                    .status = status > 999 ? 999 : (int)status,
                                    .since = (uint64_t)since,
                                    .limit = (size_t)limit};
    return journal_to_json(session_journal(call->session), &filter);
}

cJSON *control_requests_get(struct call *call)
{
    int64_t seq = 0;
    if (!number_read(call->params[0], 1, JSON_INTEGER_MAX, &seq))
        return call_fail(call, 404, NULL, "a request is named by its number");
    cJSON *entry = journal_entry(session_journal(call->session), (uint64_t)seq);
    return entry != NULL ? entry : call_fail(call, 404, NULL, "the journal has no request %s", call->params[0]);
}

cJSON *control_requests_clear(struct call *call)
{
    journal_clear(session_journal(call->session));
    call->status = 204;
    return NULL;
}
