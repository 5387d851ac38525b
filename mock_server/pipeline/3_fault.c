/*
 * Both places where a fault can step in: one that a test set, else that of a magic id. A request meets at most one.
 * They are the same for every request of a provider, whether a route, a stub or nobody answers it.
 */
#include "faults/list.h"
#include "fixtures/fixtures.h"
#include "fixtures/magic.h"
#include "pipeline/stages.h"
#include "session/session.h"

static bool fire(struct exchange *x, enum fault_phase phase)
{
    return fault_list_fire(session_faults(x->session), x, phase) ||
           magic_fire(fixtures_magic(session_fixtures(x->session), x->provider), session_magic(x->session), x, phase);
}

enum step stage_fault_before(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    return fire(x, FAULT_BEFORE_COMMIT) ? STEP_REPLY : STEP_NEXT;
}

enum step stage_fault_after(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    if (x->fault_id == NULL && x->provider != NULL) /* without one, the answer is the mock's own */
        (void)fire(x, FAULT_AFTER_COMMIT);
    return STEP_NEXT;
}
