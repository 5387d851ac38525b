/* What the server has done and what it holds, for a metrics server. */
#include <stdlib.h>

#include "base/exposition.h"
#include "control/handlers.h"
#include "faults/counts.h"
#include "faults/kinds.h"
#include "model/journal.h"
#include "model/metrics.h"
#include "session/sessions.h"
#include "transport/http.h"

static void add_number(struct text *out, const char *name, const char *type, const char *help, uint64_t value)
{
    exposition_begin(out, name, type, help);
    exposition_count(out, name, NULL, value);
}

static void add_build(struct text *out)
{
    static const char name[] = "cancelmock_build_info";
    exposition_begin(out, name, "gauge", "Always 1; the label says which version runs.");
    exposition_count(out, name, &(struct exposition_labels){{{"version", PROJECT_VERSION}}}, 1);
}

static void add_faults(const struct fault_counts *counts, struct text *out)
{
    static const char name[] = "cancelmock_faults_fired_total";
    const struct fault_kind *kind = NULL;
    exposition_begin(out, name, "counter", "Faults that fired, by kind.");
    for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
        exposition_count(out, name, &(struct exposition_labels){{{"fault", kind->name}}}, fault_counts_of(counts, i));
}

/* The journals of all sessions that there are. */
static void add_sessions(struct sessions *sessions, struct text *out)
{
    size_t count = 0;
    struct journal_totals all = {0};
    struct session **list = sessions_list(sessions, &count);
    for (size_t i = 0; i < count; i++) {
        struct journal_totals own = journal_totals(session_journal(list[i]));
        all.entries += own.entries;
        all.bytes += own.bytes;
        all.evicted += own.evicted;
        session_drop(list[i]);
    }
    free(list);
    add_number(out, "cancelmock_sessions", "gauge", "Sessions that there are.", count);
    add_number(out, "cancelmock_journal_entries", "gauge", "Requests that the journals keep.", all.entries);
    add_number(out, "cancelmock_journal_bytes", "gauge", "Memory of these.", all.bytes);
    add_number(out, "cancelmock_journal_evicted", "gauge",
               "Requests that the journals have forgotten since they were cleared.", all.evicted);
}

static void add_connections(struct http *http, struct text *out)
{
    struct connection_page page = {0};
    if (http != NULL)
        page = http_connections(http, UINT64_MAX);
    free(page.list);
    add_number(out, "cancelmock_connections_total", "counter", "Connections that were taken.", page.opened);
    add_number(out, "cancelmock_received_bytes_total", "counter", "Bytes that came over them.", page.bytes_in);
    add_number(out, "cancelmock_sent_bytes_total", "counter", "Bytes that left over them.", page.bytes_out);
    add_number(out, "cancelmock_connections_open", "gauge", "Connections that are open.", page.opened - page.ended);
    add_number(out, "cancelmock_connections_waiting", "gauge", "Of these: whose answer waits, for a time or for ever.",
               http == NULL ? 0 : http_waiting(http));
}

cJSON *control_metrics(struct call *call)
{
    struct control *control = call->control;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    add_build(&out);
    metrics_write(control->metrics, &out);
    add_faults(control->fault_counts, &out);
    add_connections(*control->http, &out);
    add_sessions(control->sessions, &out);
    return call_answer_text(call, EXPOSITION_TYPE, text_take(&out));
}
