/* Two ways to the control API behind one function. */
#include "http/control_client.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/http_client.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"

bool control_client_exists(const struct control_client *control)
{
    return control->server != NULL || control->url != NULL;
}

static int call_over_http(const struct control_client *control, const char *method, const char *path, const char *json,
                          cJSON **out)
{
    struct http_answer answer;
    cJSON *headers = cJSON_CreateObject();
    char *target = mem_print("%s%s", control->url->path, path);
    json_set_string(headers, "Content-Type", "application/json");
    struct http_request request = {.method = method, .target = target, .headers = headers, .body = json};
    http_ask(control->url, &request, control->limit_ms, &answer);
    int status = answer.problem != NULL ? 0 : answer.status;
    if (answer.problem != NULL) {
        *out = cJSON_CreateObject();
        json_set_string(*out, "error", answer.problem);
    } else if (answer.body.length) {
        *out = json_read_bytes(answer.body.bytes, answer.body.length);
    }
    http_answer_release(&answer);
    cJSON_Delete(headers);
    free(target);
    return status;
}

static int call_in_process(const struct control_client *control, const char *method, const char *path, const char *json,
                           cJSON **out)
{
    char *answer = NULL;
    int status = mock_server_control(control->server, method, path, json, &answer);
    *out = answer != NULL ? json_read_bytes(answer, strlen(answer)) : NULL;
    free(answer);
    return status;
}

int control_client_call(const struct control_client *control, const char *method, const char *path, const cJSON *body,
                        cJSON **out)
{
    cJSON *answer = NULL;
    char *json = body != NULL ? json_shown(body) : NULL;
    int status = control->server != NULL ? call_in_process(control, method, path, json, &answer)
                                         : call_over_http(control, method, path, json, &answer);
    free(json);
    if (out != NULL)
        *out = answer;
    else
        cJSON_Delete(answer);
    return status;
}
