/*
 * The engine: what happens to one request, as a table of stages. It names no provider.
 *
 *     session ▶ route ▶ fault? ▶ unrouted? ▶ authenticate ▶ validate ▶ transition ▶ render ▶ diagnose ▶ fault? ▶ finish
 *
 * A stage either passes the exchange on or answers it; after an answer only the last three still run. There are two
 * places for faults, the same for each request of a provider: once it is known who is to answer (a route, a stub of the
 * user's, or nobody, who refuses), and after the answer. The second comes after render, because a fault may bend the
 * true answer; the order has been committed by then.
 *
 * pipeline_run() may be called by several threads at once, each with an exchange of its own. From the first stage to
 * the journal the exchange is inside its session (session/session.h): changes wait until it is out.
 */
#ifndef PIPELINE_PIPELINE_H
#define PIPELINE_PIPELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "journal/request_log.h"

struct exchange;
struct fault_counts;
struct hosts;
struct provider;
struct session;

struct pipeline {
    const struct provider *const *providers; /* ended by NULL */
    struct sessions *sessions;
    const struct hosts *hosts; /* the names of vendors, and the server's own; NULL: none, and no target is refused */
    struct journal_file *journal_file; /* every entry goes there too; NULL: nowhere */
    const struct fault_counts *fault_counts;
    struct request_log log; /* a line of it for people */
    bool explain;           /* X-Mock-Reason on refusals */
};

/* Bytes a second at which the body of this request is to be read, of which only the head is here; 0: as it comes. */
int64_t pipeline_read_rate(const struct pipeline *pipeline, struct exchange *x);
/* How long a new connection to a port of that session (NULL: `default`) is kept before it is read from. */
int64_t pipeline_accept_delay(const struct pipeline *pipeline, const char *session_name);

/* Walks the exchange through all stages, and puts it into its session's journal. */
void pipeline_run(const struct pipeline *pipeline, struct exchange *x);

#endif
