/* What a session's journal says to a plan. */
#include "verify/verify.h"
#include "control/handlers.h"
#include "fixtures/fixtures.h"
#include "session/session.h"

#define MISTAKES_MAX 10 /* more are not told */

/* The mistakes of a plan: of all but the first the place stands in the text. */
struct plan_mistakes {
    const struct call *call;
    struct mistakes told;
    size_t count;
};

static void add_mistake(void *context, const cJSON *node, const char *words)
{
    struct plan_mistakes *mistakes = context;
    const struct shape_report report = mistakes_report(&mistakes->told);
    if (mistakes->count++ >= MISTAKES_MAX)
        return;
    const char *place = mistakes->count == 1 ? NULL : call_place(mistakes->call, node);
    if (place != NULL)
        words = arena_print(mistakes->call->arena, "%s: %s", place, words);
    report.found(report.context, node, words);
}

cJSON *control_verify(struct call *call)
{
    const struct provider *const *providers = fixtures_providers(call->control->fixtures);
    struct plan_mistakes mistakes = {.call = call, .told = MISTAKES_INIT};
    const struct shape_report report = {add_mistake, &mistakes};
    struct plan plan;
    cJSON *answer = NULL;
    if (plan_read(&plan, call->arena, call->body, providers, &report))
        answer = verify(&plan, call->session, providers, &report);
    cJSON *failure = call_fail_mistakes(call, &mistakes.told);
    return failure != NULL ? failure : answer;
}
