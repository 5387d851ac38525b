/*
 * What no route of the provider's handles: what could not be read, what a stub answers as it is written, and what is
 * refused.
 */
#include "fixtures/stubs.h"
#include "model/provider.h"
#include "pipeline/stages.h"

/* Nobody is left to hear an answer: the client has gone. */
static void answer_nobody(struct exchange *x)
{
    reply_empty(x, 0);
    x->reply.wire.nothing = true;
}

/* As the provider answers that status, where one can be told; else in words of the mock's own. */
static void answer_unread(struct exchange *x, const struct unread *unread)
{
    if (x->provider != NULL && x->provider->answer_status != NULL) {
        x->provider->answer_status(x, unread->status);
        return;
    }
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", unread->why.rule);
    reply_json(x, unread->status, body);
}

static void refuse_unread(struct exchange *x)
{
    const struct unread *unread = x->request.unread;
    if (unread->status == 0)
        answer_nobody(x);
    else
        answer_unread(x, unread);
    exchange_give_reason(x, &unread->why);
}

enum step stage_unrouted(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    if (x->request.unread != NULL)
        refuse_unread(x);
    else if (x->stub != NULL)
        stub_answer(x->stub, x);
    else if (x->route == NULL)
        x->provider->refuse(x, *x->allowed == '\0' ? REFUSAL_NO_ROUTE : REFUSAL_WRONG_METHOD);
    else if (x->request.body_too_large)
        x->provider->refuse(x, REFUSAL_BODY_TOO_LARGE);
    else
        return STEP_NEXT;
    return STEP_REPLY;
}
