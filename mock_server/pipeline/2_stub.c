/*
 * A canned answer of the user's fixtures, before the emulator. Faults step in as they do elsewhere: before it, in its
 * place, or after it (8_fault.c).
 */
#include "faults/list.h"
#include "fixtures/fixtures.h"
#include "fixtures/stubs.h"
#include "pipeline/stages.h"
#include "session/session.h"

enum step stage_stub(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    const struct stub *stub = stubs_find(fixtures_stubs(session_fixtures(x->session)), x);
    if (stub == NULL)
        return STEP_NEXT;
    stub_enter(stub, x);
    if (!fault_list_fire(session_faults(x->session), x, FAULT_BEFORE_COMMIT))
        stub_answer(stub, x);
    return STEP_REPLY;
}
