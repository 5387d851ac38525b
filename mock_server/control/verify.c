/* What a session's journal says to a plan. */
#include <stdlib.h>

#include "base/json_path.h"
#include "base/text.h"
#include "control/handlers.h"
#include "fixtures/fixtures.h"
#include "session/session.h"
#include "verify/verify.h"

#define PROBLEMS_MAX 1800 /* as much as call_fail() tells */
#define MISTAKES_MAX 10   /* more are not told */

/* The mistakes of a plan: the first with its place, the others behind it with theirs. */
struct mistakes {
    const cJSON *plan;
    char *place;
    struct text text;
    size_t count;
};

static void add_mistake(void *context, const cJSON *node, const char *words)
{
    struct mistakes *mistakes = context;
    if (mistakes->count++ >= MISTAKES_MAX)
        return;
    char *place = json_pointer_to(mistakes->plan, node);
    if (mistakes->place == NULL) {
        text_add(&mistakes->text, words);
        mistakes->place = place;
        return;
    }
    text_print(&mistakes->text, "; %s: %s", place, words);
    free(place);
}

static cJSON *answer_plan(struct call *call, const struct shape_report *report)
{
    const struct provider *const *providers = fixtures_providers(call->control->fixtures);
    struct plan plan;
    if (!plan_read(&plan, call->arena, call->body, providers, report))
        return NULL;
    return verify(&plan, call->session, providers, report);
}

cJSON *control_verify(struct call *call)
{
    if (!cJSON_IsObject(call->body))
        return call_fail(call, 400, NULL, "send the plan as a JSON object: {\"expect\": [...]}");
    struct mistakes mistakes = {.plan = call->body, .text = TEXT_INIT(PROBLEMS_MAX)};
    const struct shape_report report = {add_mistake, &mistakes};
    cJSON *answer = answer_plan(call, &report);
    if (answer == NULL)
        answer = call_fail(call, 400, mistakes.place, "%s", text_cstr(&mistakes.text));
    text_release(&mistakes.text);
    free(mistakes.place);
    return answer;
}
