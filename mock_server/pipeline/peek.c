/*
 * What faults say before there is a whole request: of a connection that begins, and of a head whose body is still to be
 * read. The exchange itself is not touched, since its way through the stages comes later; only what fired is noted.
 */
#include "faults/counts.h"
#include "faults/list.h"
#include "model/fired.h"
#include "pipeline/stages.h"
#include "session/sessions.h"

static void copy_fired(const struct exchange *from, struct exchange *to)
{
    for (const struct fired *fired = from->fired; fired != NULL; fired = fired->next) {
        exchange_fired(to, fired->id, fired->fault, fired->phase);
        for (const struct drawn *drawn = fired->drawn; drawn != NULL; drawn = drawn->next)
            exchange_drew(to, drawn->name, drawn->value);
    }
}

int64_t pipeline_read_rate(const struct pipeline *pipeline, struct exchange *x)
{
    int64_t rate = 0;
    if (!fault_counts_expects_reads(pipeline->fault_counts))
        return 0;
    struct exchange *head = exchange_new();
    head->request = x->request;
    head->public_url = x->public_url;
    if (stage_session(pipeline, head) == STEP_NEXT && stage_route(pipeline, head) == STEP_NEXT)
        rate = fault_list_read_rate(session_faults(head->session), head);
    copy_fired(head, x);
    session_leave(head->session); /* stage_session has entered it */
    session_drop(head->session);
    exchange_drop(head);
    x->reply.wire.read_bytes_per_s = rate;
    return rate;
}

int64_t pipeline_accept_delay(const struct pipeline *pipeline, const char *session_name)
{
    int64_t delay_us = 0;
    struct session *session =
        session_name == NULL ? sessions_default(pipeline->sessions) : sessions_find(pipeline->sessions, session_name);
    if (session != NULL)
        delay_us = fault_list_accept_delay(session_faults(session), session_now(session));
    session_drop(session);
    return delay_us;
}
