#include "http/entry.h"

static cJSON *response_of(const struct http_answer *answer)
{
    cJSON *response = cJSON_CreateObject();
    json_set_integer(response, "status", answer->status);
    json_set(response, "headers", http_headers(answer));
    json_set_string(response, "body", text_cstr(&answer->body));
    return response;
}

cJSON *http_entry(const struct url *url, const struct http_request *request, const struct http_answer *answer)
{
    cJSON *entry = cJSON_CreateObject(), *sent = cJSON_AddObjectToObject(entry, "request");
    json_set_string(sent, "method", request->method);
    json_set_string(sent, "target", request->target);
    json_set_string(sent, "version", "HTTP/1.1");
    json_set(sent, "headers", http_request_headers(url, request));
    json_set_string(sent, "body", request->body != NULL ? request->body : "");
    json_set(entry, "response", answer->head.length ? response_of(answer) : NULL);
    return entry;
}
