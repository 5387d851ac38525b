/*
 * Both places where faults can step in: those that a test set, then those of fixtures: of a stub, of a magic id, of an
 * order. They are the same for every request of a provider, whether a route, a stub or nobody answers it.
 *
 * Faults are met group by group, in the order in which a server comes to them: is there room for this request at all,
 * is it answered, and what becomes of the answer. What one group has done decides what the next can still do: a fault
 * that takes the place of an answer keeps the others from it, and where no byte leaves nothing is bent.
 */
#include "base/memory.h"
#include "faults/list.h"
#include "fixtures/fixtures.h"
#include "fixtures/magic.h"
#include "fixtures/stubs.h"
#include "pipeline/stages.h"
#include "session/session.h"

static const unsigned replacing[] = {CLASS_BIT(CLASS_QUOTA) | CLASS_BIT(CLASS_DECAY),
                                     CLASS_BIT(CLASS_ANSWER) | CLASS_BIT(CLASS_LOSS)};

static const unsigned bending[] = {CLASS_BIT(CLASS_BODY) | CLASS_BIT(CLASS_FRAMING) | CLASS_BIT(CLASS_DELAY) |
                                   CLASS_BIT(CLASS_PACE) | CLASS_BIT(CLASS_CLOSE)};

static void meet(struct exchange *x, enum fault_phase phase, unsigned classes)
{
    struct session *session = x->session;
    struct due due;
    due_begin(&due, x, classes);
    fault_list_due(session_faults(session), x, phase, &due);
    if (x->stub != NULL)
        stub_due(x->stub, session_planted(session), x, phase, &due);
    magic_due(fixtures_magic(session_fixtures(session), x->provider), session_planted(session), x, phase, &due);
    due_apply(&due, x, session_fault_counts(session));
}

enum step stage_fault_before(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    for (size_t i = 0; i < COUNT_OF(replacing) && x->request.unread == NULL; i++)
        meet(x, FAULT_BEFORE_COMMIT, replacing[i]);
    return x->replaced ? STEP_REPLY : STEP_NEXT;
}

/* After one that fired before the commit nothing has been committed: what is bent is the answer of that fault. */
enum step stage_fault_after(const struct pipeline *pipeline, struct exchange *x)
{
    bool can_fail = x->provider != NULL && x->request.unread == NULL; /* else the answer is the mock's own */
    (void)pipeline;
    for (size_t i = 0; i < COUNT_OF(replacing) && can_fail && !x->replaced; i++)
        meet(x, FAULT_AFTER_COMMIT, replacing[i]);
    for (size_t i = 0; i < COUNT_OF(bending) && can_fail; i++)
        meet(x, FAULT_AFTER_COMMIT, bending[i]);
    return STEP_NEXT;
}
