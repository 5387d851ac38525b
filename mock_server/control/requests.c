/* The journal. */
#include "base/number.h"
#include "control/handlers.h"
#include "journal/entry.h"
#include "model/exchange.h"
#include "model/journal.h"
#include "session/session.h"

cJSON *control_requests_list(struct call *call)
{
    struct journal_filter filter = {.provider = call_query(call, "provider"),
                                    .operation = call_query(call, "operation"),
                                    .order = call_query(call, "order"),
                                    .status = (int)call_number(call, "status", 0),
                                    .since = (uint64_t)call_number(call, "since", 0),
                                    .limit = (size_t)call_number(call, "limit", 0)};
    struct journal_page page = journal_select(session_journal(call->session), &filter);
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(answer, "requests");
    for (size_t i = 0; i < page.count; i++)
        cJSON_AddItemToArray(list, entry_to_json(page.list[i]));
    json_set_integer(answer, "evicted", (int64_t)page.evicted);
    json_set_integer(answer, "next", (int64_t)page.next);
    journal_page_release(&page);
    return answer;
}

cJSON *control_requests_get(struct call *call)
{
    int64_t seq = 0;
    if (!number_read(call->params[0], 1, JSON_INTEGER_MAX, &seq))
        return call_fail(call, 404, NULL, "a request is named by its number");
    struct exchange *x = journal_find(session_journal(call->session), (uint64_t)seq);
    if (x == NULL)
        return call_fail(call, 404, NULL, "the journal has no request %s", call->params[0]);
    cJSON *entry = entry_to_json(x);
    exchange_drop(x);
    return entry;
}

cJSON *control_requests_clear(struct call *call)
{
    journal_clear(session_journal(call->session));
    call->status = 204;
    return NULL;
}
