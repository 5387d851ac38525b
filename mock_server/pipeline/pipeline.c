#include "pipeline/pipeline.h"

#include "base/instant.h"
#include "base/memory.h"
#include "journal/journal_file.h"
#include "journal/secrets.h"
#include "model/journal.h"
#include "pipeline/stages.h"
#include "session/session.h"

typedef enum step stage(const struct pipeline *pipeline, struct exchange *x);

/* Until one of them answers. */
static stage *const answering[] = {
    stage_session,      stage_route,    stage_fault_before, stage_unrouted,
    stage_authenticate, stage_validate, stage_transition,   stage_render,
};

/* Whoever answered. */
static stage *const finishing[] = {stage_diagnose, stage_fault_after, stage_finish};

/* Of a clock that stands nothing takes time: two runs of one script leave the same journal. */
static int64_t duration_of(const struct exchange *x)
{
    struct clock_setting clock = clock_read(session_clock(x->session));
    return clock.follows_real || clock.rate > 0 ? instant_monotonic() - x->started_us : 0;
}

void pipeline_run(const struct pipeline *pipeline, struct exchange *x)
{
    x->started_us = instant_monotonic();
    for (size_t i = 0; i < COUNT_OF(answering); i++)
        if (answering[i](pipeline, x) == STEP_REPLY) {
            x->refused = answering[i] != stage_render;
            break;
        }
    for (size_t i = 0; i < COUNT_OF(finishing); i++)
        finishing[i](pipeline, x);
    x->duration_us = duration_of(x);
    secrets_learn(x);
    exchange_settle(x);
    journal_record(session_journal(x->session), x);
    if (pipeline->journal_file != NULL)
        journal_file_add(pipeline->journal_file, x);
    request_log_add(&pipeline->log, x);
    session_leave(x->session);
    session_drop(x->session);
}
