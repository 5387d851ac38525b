#include <stdlib.h>

#include "control/handlers.h"
#include "faults/fault.h"
#include "session/session.h"
#include "transport/http.h"

cJSON *control_faults_list(struct call *call)
{
    return fault_list_to_json(session_faults(call->session));
}

cJSON *control_faults_add(struct call *call)
{
    char *problem = NULL;
    if (!cJSON_IsObject(call->body))
        return call_fail(call, 400, NULL, "send the fault as a JSON object");
    cJSON *answer = fault_add(session_faults(call->session), call->body, &problem);
    if (answer == NULL) {
        answer = call_fail(call, 422, NULL, "%s", problem);
        free(problem);
    } else {
        call->status = 201;
    }
    return answer;
}

cJSON *control_faults_clear(struct call *call)
{
    fault_clear(session_faults(call->session));
    if (*call->control->http != NULL)
        http_release_silent(*call->control->http, session_number(call->session));
    call->status = 204;
    return NULL;
}

cJSON *control_faults_remove(struct call *call)
{
    if (!fault_remove(session_faults(call->session), call->params[0]))
        return call_fail(call, 404, NULL, "there is no fault \"%.60s\"", call->params[0]);
    call->status = 204;
    return NULL;
}
