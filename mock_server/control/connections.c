/* What went over the wire, by connection. */
#include <stdlib.h>

#include "control/handlers.h"
#include "transport/http.h"

static const char *const ends[] = {[CONNECTION_OPEN] = "open",
                                   [CONNECTION_CLOSED] = "closed",
                                   [CONNECTION_BROKEN] = "broken",
                                   [CONNECTION_TIMED_OUT] = "timed_out"};

static cJSON *record_to_json(const struct connection_record *record)
{
    cJSON *json = cJSON_CreateObject();
    json_set_integer(json, "connection", (int64_t)record->number);
    json_set_integer(json, "requests", (int64_t)record->requests);
    json_set_integer(json, "bytes_in", (int64_t)record->bytes_in);
    json_set_integer(json, "bytes_out", (int64_t)record->bytes_out);
    json_set_string(json, "end", ends[record->end]);
    json_set_string(json, "tls", record->tls);
    if (*record->server_name != '\0')
        json_set_string(json, "server_name", record->server_name);
    if (*record->tunnel != '\0')
        json_set_string(json, "tunnel", record->tunnel);
    if (*record->problem != '\0')
        json_set_string(json, "problem", record->problem);
    return json;
}

static cJSON *page_to_json(const struct connection_page *page)
{
    cJSON *answer = cJSON_CreateObject();
    json_set_integer(answer, "opened", (int64_t)page->opened);
    json_set_integer(answer, "open", (int64_t)(page->opened - page->ended));
    json_set_integer(answer, "bytes_in", (int64_t)page->bytes_in);
    json_set_integer(answer, "bytes_out", (int64_t)page->bytes_out);
    cJSON *list = cJSON_AddArrayToObject(answer, "connections");
    for (size_t i = 0; i < page->count; i++)
        cJSON_AddItemToArray(list, record_to_json(&page->list[i]));
    return answer;
}

cJSON *control_connections(struct call *call)
{
    int64_t since = call_number(call, "since", 0);
    struct connection_page page = {0};
    if (*call->control->http != NULL)
        page = http_connections(*call->control->http, (uint64_t)since);
    cJSON *answer = page_to_json(&page);
    free(page.list);
    return answer;
}
