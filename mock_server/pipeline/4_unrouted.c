/* What no route of the provider's handles: a stub answers as it is written, and the rest is refused. */
#include "fixtures/stubs.h"
#include "model/provider.h"
#include "pipeline/stages.h"

enum step stage_unrouted(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    if (x->stub != NULL)
        stub_answer(x->stub, x);
    else if (x->route == NULL)
        x->provider->refuse(x, *x->allowed == '\0' ? REFUSAL_NO_ROUTE : REFUSAL_WRONG_METHOD);
    else if (x->request.body_too_large)
        x->provider->refuse(x, REFUSAL_BODY_TOO_LARGE);
    else
        return STEP_NEXT;
    return STEP_REPLY;
}
