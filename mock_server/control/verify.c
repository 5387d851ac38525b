/* What a session's journal says to a plan. */
#include "verify/verify.h"
#include "control/handlers.h"
#include "session/session.h"

static cJSON *answer_plan(struct call *call, const struct shape_report *report)
{
    const struct provider *const *providers = call->control->providers;
    struct plan plan;
    if (!plan_read(&plan, call->arena, call->body, providers, report))
        return NULL;
    return verify(&plan, call->session, providers, report);
}

cJSON *control_verify(struct call *call)
{
    struct mistakes mistakes = mistakes_of(call);
    const struct shape_report report = mistakes_report(&mistakes);
    cJSON *answer = answer_plan(call, &report), *failure = call_fail_mistakes(call, &mistakes);
    return failure != NULL ? failure : answer;
}
