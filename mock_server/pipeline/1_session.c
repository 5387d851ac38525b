/* Which world the request belongs to. There is one, `default`, until sessions can be made. */
#include "model/session.h"
#include "pipeline/stages.h"

enum step stage_session(const struct pipeline *pipeline, struct exchange *x)
{
    x->session = pipeline->session;
    x->at_us = session_now(x->session);
    return STEP_NEXT;
}
