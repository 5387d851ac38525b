/* Two ways to the control API behind one function. */
#include "provider/desk.h"

#include <stdlib.h>
#include <string.h>

#include "provider/wire.h"
#include "support/doc.h"
#include "support/memory.h"

bool desk_exists(const struct desk *control)
{
    return control->server || control->url;
}

static int call_over_http(const struct desk *control, const char *method, const char *path, const char *json,
                          cJSON **out)
{
    struct wire_answer answer;
    cJSON *headers = cJSON_CreateObject();
    char *target = must_format("%s%s", control->url->path, path);
    doc_add_string(headers, "Content-Type", "application/json");
    struct wire_request request = {.method = method, .target = target, .headers = headers, .body = json};
    wire_ask(control->url, &request, control->limit_ms, &answer);
    int status = answer.problem ? 0 : answer.status;
    if (answer.problem) {
        *out = cJSON_CreateObject();
        doc_add_string(*out, "error", answer.problem);
    } else if (answer.body.length) {
        *out = doc_parse(answer.body.bytes, answer.body.length);
    }
    wire_answer_release(&answer);
    cJSON_Delete(headers);
    free(target);
    return status;
}

static int call_in_process(const struct desk *control, const char *method, const char *path, const char *json,
                           cJSON **out)
{
    char *answer = NULL;
    int status = mock_server_control(control->server, method, path, json, &answer);
    *out = answer ? doc_parse(answer, strlen(answer)) : NULL;
    free(answer);
    return status;
}

int desk_call(const struct desk *control, const char *method, const char *path, const cJSON *body, cJSON **out)
{
    cJSON *answer = NULL;
    char *json = body ? doc_print(body) : NULL;
    int status = control->server ? call_in_process(control, method, path, json, &answer)
                                 : call_over_http(control, method, path, json, &answer);
    free(json);
    if (out)
        *out = answer;
    else
        cJSON_Delete(answer);
    return status;
}

char *desk_segment(const char *id)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct string out = {0};
    for (const char *at = id; *at; at++)
        if (strchr(plain, *at))
            string_add_bytes(&out, at, 1);
        else
            string_format(&out, "%%%02X", (unsigned char)*at);
    return string_take(&out);
}
