/* Both places where a fault can step in: one that a test set, else that of a magic id. A request meets at most one. */
#include "faults/list.h"
#include "fixtures/fixtures.h"
#include "fixtures/magic.h"
#include "pipeline/stages.h"
#include "session/session.h"

enum step stage_fault_before(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    bool fired = fault_list_fire(session_faults(x->session), x, FAULT_BEFORE_COMMIT) ||
                 magic_fire(fixtures_magic(session_fixtures(x->session), x->provider), x, FAULT_BEFORE_COMMIT);
    return fired ? STEP_REPLY : STEP_NEXT;
}

enum step stage_fault_after(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    if (x->fault_id == NULL && x->provider != NULL &&
        !fault_list_fire(session_faults(x->session), x, FAULT_AFTER_COMMIT))
        magic_fire(fixtures_magic(session_fixtures(x->session), x->provider), x, FAULT_AFTER_COMMIT);
    return STEP_NEXT;
}
