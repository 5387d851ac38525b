/* What shall go wrong: the faults of a session, and the kinds that there are. */
#include "control/handlers.h"
#include "faults/describe.h"
#include "faults/list.h"
#include "session/session.h"
#include "transport/http.h"

cJSON *control_faults_kinds(struct call *call)
{
    (void)call;
    return faults_describe();
}

cJSON *control_faults_list(struct call *call)
{
    return fault_list_to_json(session_faults(call->session), session_now(call->session));
}

#define PROBLEMS_MAX 2000 /* as much as call_fail() tells */

/* A fault that begins at once shuts the port before the answer is known; this connection stays. */
static void refuse_if_asked(struct call *call)
{
    int64_t for_us = fault_list_refusal(session_faults(call->session), session_now(call->session));
    if (for_us > 0 && *call->control->http != NULL)
        http_refuse(*call->control->http, for_us);
}

cJSON *control_faults_add(struct call *call)
{
    struct text problems = TEXT_INIT(PROBLEMS_MAX);
    cJSON *answer = fault_list_add(session_faults(call->session), call->body, session_now(call->session), &problems);
    call->status = 201;
    if (answer == NULL)
        answer = call_fail(call, 400, "", "%s", text_cstr(&problems));
    text_release(&problems);
    refuse_if_asked(call);
    return answer;
}

/* Each tells what became of the faults: one that never fired tested nothing. */
cJSON *control_faults_clear(struct call *call)
{
    cJSON *ended = fault_list_clear(session_faults(call->session));
    if (*call->control->http != NULL)
        http_release_silent(*call->control->http, session_number(call->session));
    return ended;
}

cJSON *control_faults_remove(struct call *call)
{
    cJSON *ended = fault_list_remove(session_faults(call->session), call->params[0]);
    return ended == NULL ? call_fail(call, 404, NULL, "there is no fault \"%.60s\"", call->params[0]) : ended;
}
