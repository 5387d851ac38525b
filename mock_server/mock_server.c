/* Puts the rooms together: options → fixtures → session → pipeline and control → transport. */
#include "mock_server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/notices.h"
#include "base/text.h"
#include "control/call_journal.h"
#include "control/control.h"
#include "control/gate.h"
#include "faults/counts.h"
#include "fixtures/content.h"
#include "fixtures/fixtures.h"
#include "journal/feed.h"
#include "journal/journal_file.h"
#include "model/exchange.h"
#include "model/framing.h"
#include "model/hosts.h"
#include "model/journal.h"
#include "model/journal_budget.h"
#include "model/knob_values.h"
#include "model/metrics.h"
#include "model/root.h"
#include "pipeline/pipeline.h"
#include "reach.h"
#include "registry.h"
#include "session/reload.h"
#include "session/sessions.h"
#include "transport/http.h"

#define BODY_LIMIT_DEFAULT ((size_t)1024 * 1024)

struct mock_server {
    const struct provider **providers; /* ended by NULL */
    struct reload *reload;
    struct knob_values *knobs;
    struct fault_counts *fault_counts;
    struct metrics *metrics;
    struct journal_budget *journal_budget;
    struct sessions *sessions;
    struct journal_file *journal_file;
    struct call_journal *call_journal;
    struct gate *gate;     /* NULL: the control API is not served over HTTP */
    bool has_control_port; /* it is served on a port of its own */
    char *control_url;     /* NULL where it is not */
    char *public_url;      /* NULL: links go where the request came */
    struct notices *notices;
    struct reach reach;
    struct pipeline pipeline;
    struct control control;
    struct http *http;
};

/* ── Checking the options ──────────────────────────────────────────────────────────────────────────────────────── */

static const struct provider *provider_named(const char *name, size_t length)
{
    for (const struct provider *const *provider = all_providers; *provider != NULL; provider++)
        if (strncmp((*provider)->name, name, length) == 0 && (*provider)->name[length] == '\0')
            return *provider;
    return NULL;
}

static bool is_listed(const struct mock_server *server, const struct provider *provider)
{
    for (size_t i = 0; server->providers[i] != NULL; i++)
        if (server->providers[i] == provider)
            return true;
    return false;
}

static void complain_provider(const char *name, struct text *problems)
{
    text_print(problems, "no provider is called \"%s\"; there are", name);
    for (size_t i = 0; all_providers[i] != NULL; i++)
        text_print(problems, "%s %s", i == 0 ? "" : ",", all_providers[i]->name);
    text_add(problems, "\n");
}

static bool choose_providers(struct mock_server *server, const struct mock_server_options *options,
                             struct text *problems)
{
    size_t count = 0;
    while (all_providers[count] != NULL)
        count++;
    server->providers = mem_zero(count + 1, sizeof *server->providers);
    if (options->provider_count == 0)
        memcpy(server->providers, all_providers, count * sizeof *server->providers);
    for (size_t i = 0, used = 0; i < options->provider_count; i++) {
        const struct provider *provider = provider_named(options->providers[i], strlen(options->providers[i]));
        if (provider == NULL)
            complain_provider(options->providers[i], problems);
        else if (!is_listed(server, provider))
            server->providers[used++] = provider;
    }
    return problems->length == 0;
}

/* "PROVIDER.NAME=VALUE" */
static void begin_with(struct knob_values *knobs, const char *setting, struct text *problems)
{
    char parts[3][128];
    size_t dot = strcspn(setting, "."), equals = strcspn(setting, "=");
    struct text problem = TEXT_INIT(1024);
    bool whole = setting[equals] == '=' && dot < equals && dot < sizeof parts[0] &&
                 equals - dot - 1 < sizeof parts[1] && strlen(setting + equals + 1) < sizeof parts[2];
    if (whole) {
        snprintf(parts[0], sizeof parts[0], "%.*s", (int)dot, setting);
        snprintf(parts[1], sizeof parts[1], "%.*s", (int)(equals - dot - 1), setting + dot + 1);
        snprintf(parts[2], sizeof parts[2], "%s", setting + equals + 1);
        whole = knob_values_begin_with(knobs, parts[0], parts[1], parts[2], &problem);
    } else {
        text_add(&problem, "give PROVIDER.NAME=VALUE");
    }
    if (!whole)
        text_print(problems, "--knob %s: %s; `cancelmock routes` lists the knobs and their values\n", setting,
                   text_cstr(&problem));
    text_release(&problem);
}

static bool set_knobs(struct mock_server *server, const struct mock_server_options *options, struct text *problems)
{
    server->knobs = knob_values_new(server->providers);
    for (size_t i = 0; i < options->knob_count; i++)
        begin_with(server->knobs, options->knobs[i], problems);
    return problems->length == 0;
}

/* ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* On a port of its own, the control API speaks of the other one: the client's name for this machine, and that port. */
static const char *api_root(const struct mock_server *server, struct exchange *x)
{
    const char *root = exchange_root(x);
    if (x->request.listener != LISTENER_CONTROL || server->public_url != NULL)
        return root;
    const char *port = strrchr(root, ':'), *bracket = strrchr(root, ']');
    bool has_port = port != NULL && port[1] != '/' && (bracket == NULL || bracket < port);
    return arena_print(x->arena, "%.*s:%u", (int)(has_port ? (size_t)(port - root) : strlen(root)), root,
                       (unsigned)http_port(server->http));
}

static const char *control_root(struct exchange *x)
{
    const char *host = exchange_header(x, "Host");
    return x->request.listener == LISTENER_CONTROL && host != NULL ? arena_print(x->arena, "http://%s", host)
                                                                   : exchange_root(x);
}

static struct control_answer call_control(struct mock_server *server, const struct control_request *request,
                                          const struct exchange *x)
{
    struct control_answer refusal;
    if (server->gate == NULL)
        return control_refuse_closed();
    if (!gate_admits(server->gate, x, &refusal))
        return refusal;
    return x->request.body_too_large ? control_refuse_size() : control_call(&server->control, request);
}

static bool read_feed(void *feed, struct text *out)
{
    return feed_read(feed, out);
}

static void keep_alive(void *feed, struct text *out)
{
    (void)feed;
    feed_heartbeat(out);
}

static void on_entry(void *feed, void (*wake)(void *), void *waker)
{
    feed_on_entry(feed, wake, waker);
}

static void close_feed(void *feed)
{
    feed_close(feed);
}

/* A HEAD has no events. */
static void answer_feed(struct exchange *x, struct journal_feed *feed)
{
    struct reply_stream *stream = arena_alloc(x->arena, sizeof *stream);
    *stream = (struct reply_stream){read_feed, keep_alive, on_entry, close_feed, feed};
    reply_header(x, "Cache-Control", "no-store");
    if (exchange_is_head(x))
        feed_close(feed);
    else
        x->reply.stream = stream;
}

static void answer_control(struct mock_server *server, struct exchange *x)
{
    const struct control_request request = {.method = x->request.method,
                                            .path = x->request.path,
                                            .query = x->request.query,
                                            .root = api_root(server, x),
                                            .own_root = control_root(x),
                                            .session = exchange_header(x, "X-Mock-Session"),
                                            .accept = exchange_header(x, "Accept"),
                                            .last_event_id = exchange_header(x, "Last-Event-ID"),
                                            .json = x->request.body,
                                            .length = x->request.body_length};
    struct control_answer answer = call_control(server, &request, x);
    call_journal_add(server->call_journal, &server->control, &request, &answer);
    metrics_count_call(server->metrics, answer.status);
    if (answer.feed != NULL) {
        reply_text(x, answer.status, answer.content_type, "");
        answer_feed(x, answer.feed);
    } else if (answer.text == NULL) {
        reply_empty(x, answer.status);
    } else {
        reply_text(x, answer.status, answer.content_type, answer.text);
    }
    if (answer.allow != NULL)
        reply_header(x, "Allow", answer.allow);
    if (answer.challenge != NULL)
        reply_header(x, "WWW-Authenticate", answer.challenge);
    reply_frame(x);
    free(answer.text);
    free(answer.allow);
}

/* Under a vendor's own name there is no control API, and none behind somebody else's. */
static bool is_own_host(const struct mock_server *server, struct exchange *x)
{
    const struct provider *provider = NULL;
    bool is_known = hosts_find(server->reach.hosts, exchange_host(x), &provider);
    return provider == NULL && (is_known || x->request.authority == NULL);
}

/* What cannot be read is no call, whatever its path: it goes to the journal. Where the control API is off, its paths
 * are unknown ones, and who asks for them stands in the journal; a question whether the server is alive is nobody's. */
static bool is_call(const struct mock_server *server, struct exchange *x)
{
    const struct request *request = &x->request;
    if (request->unread != NULL || request->listener == LISTENER_RECORDER)
        return false;
    if (request->listener == LISTENER_CONTROL)
        return true;
    if (server->gate == NULL)
        return control_is_health(request->method, request->path);
    return !server->has_control_port && control_owns(request->path) && is_own_host(server, x);
}

/* A tunnel to one of the names that are served here. What else is asked of a proxy goes to the journal, refused. */
static bool is_tunnel(const struct mock_server *server, const struct exchange *x)
{
    const struct provider *provider = NULL;
    return x->request.unread == NULL && strcmp(x->request.method, "CONNECT") == 0 && server->reach.leaves != NULL &&
           x->request.listener == LISTENER_API && hosts_find(server->reach.hosts, x->request.authority, &provider);
}

/* No journal has it: what comes through the tunnel is what the client asks (GET /_mock/connections shows both). */
static void answer_tunnel(struct exchange *x)
{
    reply_empty(x, 200);
    x->reply.phrase = "Connection established";
    x->reply.tunnel = true;
}

static void serve(struct mock_server *server, struct exchange *x)
{
    x->is_aside = false;
    pipeline_run(&server->pipeline, x);
    metrics_count_request(server->metrics, x);
}

static void handle(void *context, struct exchange *x)
{
    struct mock_server *server = context;
    x->public_url = server->public_url;
    x->is_aside = true;
    if (is_call(server, x))
        answer_control(server, x);
    else if (is_tunnel(server, x))
        answer_tunnel(x);
    else
        serve(server, x);
}

static void note_end(void *context, const struct exchange *x)
{
    struct mock_server *server = context;
    if (!x->is_aside)
        metrics_count_delivery(server->metrics, x);
}

/* http_options.read_rate */
static int64_t read_rate(void *context, struct exchange *x)
{
    const struct mock_server *server = context;
    return is_call(server, x) ? 0 : pipeline_read_rate(&server->pipeline, x);
}

/* http_options.accept_delay */
static int64_t accept_delay(void *context, const char *session)
{
    const struct mock_server *server = context;
    return pipeline_accept_delay(&server->pipeline, session);
}

/* http_options.credentials */
static gnutls_certificate_credentials_t credentials(void *context, enum tls_manner manner)
{
    const struct mock_server *server = context;
    return reach_credentials(&server->reach, manner);
}

/* http_options.note */
static void note(void *context, const char *sentence)
{
    const struct mock_server *server = context;
    notices_add(server->notices, sentence);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Without slashes at its end: paths begin with one. */
static char *public_url_of(const struct mock_server_options *options)
{
    size_t length = options->public_url == NULL ? 0 : strlen(options->public_url);
    while (length > 0 && options->public_url[length - 1] == '/')
        length--;
    return length == 0 ? NULL : mem_dup_bytes(options->public_url, length);
}

static const char *listen_of(const struct mock_server_options *options)
{
    return options->listen == NULL ? "127.0.0.1:8080" : options->listen;
}

static void open_gate(struct mock_server *server, const struct mock_server_options *options, struct text *problems)
{
    const struct gate_options gate = {.listen = options->control_listen == NULL ? listen_of(options)
                                                                                : options->control_listen,
                                      .public_url = options->public_url,
                                      .token_file = options->control_token_file};
    server->has_control_port = options->control_listen != NULL;
    if (options->unheard)
        return;
    if (!options->no_control)
        server->gate = gate_new(&gate, problems);
    else if (options->control_listen != NULL || options->control_token_file != NULL)
        text_print(problems, "--no-control: it takes no %s beside it\n",
                   options->control_listen != NULL ? "--control-listen" : "--control-token-file");
}

static void open_journal_file(struct mock_server *server, const struct mock_server_options *options,
                              struct text *problems)
{
    struct text problem = TEXT_INIT(4096);
    if (options->journal_file != NULL)
        server->journal_file = journal_file_open(options->journal_file, options->tell, options->tell_context, &problem);
    if (problem.length > 0)
        text_print(problems, "--journal-file %s\n", text_cstr(&problem));
    text_release(&problem);
}

static void open_call_journal(struct mock_server *server, const struct mock_server_options *options,
                              struct text *problems)
{
    struct text problem = TEXT_INIT(4096);
    if (options->control_journal != NULL)
        server->call_journal =
            call_journal_open(options->control_journal, options->tell, options->tell_context, &problem);
    if (problem.length > 0)
        text_print(problems, "--control-journal %s\n", text_cstr(&problem));
    text_release(&problem);
}

static void watch_fixtures(struct mock_server *server, const struct mock_server_options *options, uint64_t content,
                           struct text *problems)
{
    const struct reload_options reload = {.folder = options->fixtures,
                                          .providers = server->providers,
                                          .sessions = server->sessions,
                                          .content = content,
                                          .every_us = (int64_t)options->reload_every_ms * 1000,
                                          .tell = options->tell,
                                          .context = options->tell_context};
    server->reload = reload_new(&reload);
    if (server->reload == NULL)
        text_print(problems, "--fixtures %s: nobody can look after it: %s\n", options->fixtures, strerror(errno));
}

/* What they say is noted before they are read: what changes meanwhile is read again. */
static bool fill_with_fixtures(struct mock_server *server, const struct mock_server_options *options,
                               const struct session_options *session, struct text *problems)
{
    uint64_t content = options->fixtures == NULL ? 0 : fixtures_content(options->fixtures, server->providers);
    const struct fixtures *fixtures = fixtures_load(options->fixtures, server->providers, problems);
    if (fixtures != NULL)
        server->sessions = sessions_new(session, fixtures, problems);
    bool reached = fixtures != NULL && reach_begin(&server->reach, options, fixtures, problems);
    fixtures_drop(fixtures);
    if (reached && server->sessions != NULL)
        watch_fixtures(server, options, content, problems);
    return server->reload != NULL;
}

static bool make_world(struct mock_server *server, const struct mock_server_options *options, struct text *problems)
{
    int64_t frozen_at = 0;
    server->notices = notices_new(options->tell, options->tell_context);
    open_journal_file(server, options, problems);
    open_call_journal(server, options, problems);
    open_gate(server, options, problems);
    if (options->freeze_time != NULL && !instant_read(options->freeze_time, &frozen_at))
        text_print(problems, "--freeze-time %s: give an instant such as 2026-11-01T09:00:00Z\n", options->freeze_time);
    if (options->public_url != NULL && !root_is_url(options->public_url))
        text_print(problems,
                   "--public-url %s: give where clients reach this server, such as https://mock.example:8443\n",
                   options->public_url);
    server->public_url = public_url_of(options);
    if (!choose_providers(server, options, problems) || !set_knobs(server, options, problems))
        return false;
    server->fault_counts = fault_counts_new();
    server->metrics = metrics_new(server->providers);
    server->journal_budget = journal_budget_new(JOURNAL_BYTES_MAX);
    struct session_options session = {
        .seed = options->seed,
        .clock = {.follows_real = options->freeze_time == NULL, .now_us = frozen_at, .rate = 0},
        .journal_size = options->journal_size == 0 ? JOURNAL_SIZE_DEFAULT : options->journal_size,
        .journal_budget = server->journal_budget,
        .show_secrets = options->show_secrets,
        .fault_counts = server->fault_counts,
        .knobs = server->knobs};
    if (!fill_with_fixtures(server, options, &session, problems))
        return false;
    server->pipeline =
        (struct pipeline){.providers = server->providers,
                          .sessions = server->sessions,
                          .hosts = server->reach.hosts,
                          .journal_file = server->journal_file,
                          .fault_counts = server->fault_counts,
                          .log = {options->log, options->log_context, options->log_json, options->log_colours},
                          .explain = options->explain};
    server->control = (struct control){.providers = server->providers,
                                       .sessions = server->sessions,
                                       .reload = server->reload,
                                       .http = &server->http,
                                       .journal_file = server->journal_file,
                                       .notices = server->notices,
                                       .metrics = server->metrics,
                                       .fault_counts = server->fault_counts};
    return problems->length == 0;
}

static enum mock_server_error listen_on(struct mock_server *server, const struct mock_server_options *options,
                                        char *problem, size_t problem_size)
{
    struct http_options http = {.listen = listen_of(options),
                                .control_listen = options->control_listen,
                                .tls_listen = options->tls_listen,
                                .credentials = server->reach.leaves == NULL ? NULL : credentials,
                                .body_limit = options->body_limit == 0 ? BODY_LIMIT_DEFAULT : options->body_limit,
                                .handle = handle,
                                .ended = note_end,
                                .read_rate = read_rate,
                                .accept_delay = accept_delay,
                                .note = note,
                                .expects_refusals = options->expects_refusals,
                                .context = server};
    enum http_error error = http_start(&http, &server->http, problem, problem_size);
    if (error != HTTP_OK)
        return error == HTTP_BAD_ADDRESS ? MOCK_SERVER_BAD_OPTIONS : MOCK_SERVER_FAILED;
    if (server->gate != NULL)
        server->control_url = mem_print("%s" CONTROL_PREFIX, http_control_url(server->http));
    return MOCK_SERVER_OK;
}

/* Whole lines only, and how many there are when not all fit. */
static void tell_problems(const struct text *problems, char *problem, size_t problem_size)
{
    const size_t reserve = 64;
    size_t shown = problems->length;
    if (shown + reserve > problem_size) {
        shown = problem_size > reserve ? problem_size - reserve : 0;
        while (shown > 0 && problems->bytes[shown - 1] != '\n')
            shown--;
    }
    size_t untold = 0;
    for (size_t i = shown; i < problems->length; i++)
        untold += problems->bytes[i] == '\n';
    if (untold == 0)
        snprintf(problem, problem_size, "%.*s", (int)shown, text_cstr(problems));
    else
        snprintf(problem, problem_size, "%.*s… and %zu more\n", (int)shown, text_cstr(problems), untold);
}

int mock_server_start(const struct mock_server_options *options, struct mock_server **out, char *problem,
                      size_t problem_size)
{
    struct text problems = TEXT_INIT((size_t)64 * 1024 * 1024);
    struct mock_server *server = mem_zero(1, sizeof *server);
    int result = MOCK_SERVER_BAD_OPTIONS;
    mem_adopt_cjson();
    if (!make_world(server, options, &problems))
        tell_problems(&problems, problem, problem_size);
    else if (options->unheard)
        result = MOCK_SERVER_OK;
    else
        result = listen_on(server, options, problem, problem_size);
    text_release(&problems);
    if (result == MOCK_SERVER_OK)
        *out = server;
    else
        mock_server_stop(server);
    return result;
}

int mock_server_stop(struct mock_server *server)
{
    if (server == NULL)
        return 0;
    http_stop(server->http);
    reach_end(&server->reach);
    reload_free(server->reload);
    sessions_free(server->sessions);
    journal_budget_free(server->journal_budget);
    knob_values_free(server->knobs);
    int result = journal_file_close(server->journal_file);
    if (call_journal_close(server->call_journal) < 0)
        result = -1;
    notices_free(server->notices);
    fault_counts_free(server->fault_counts);
    metrics_free(server->metrics);
    free(server->providers);
    gate_free(server->gate);
    free(server->control_url);
    free(server->public_url);
    free(server);
    return result;
}

int mock_server_reload(struct mock_server *server, char *problem, size_t problem_size)
{
    struct text problems = TEXT_INIT((size_t)64 * 1024 * 1024);
    enum reload_result result = reload_now(server->reload, &problems);
    if (result == RELOAD_NOTHING)
        text_add(&problems, "the fixtures are inside the program and cannot change; start with --fixtures DIR\n");
    tell_problems(&problems, problem, problem_size);
    text_release(&problems);
    reload_is_told(server->reload);
    return result == RELOAD_SAME || result == RELOAD_TAKEN ? MOCK_SERVER_OK : MOCK_SERVER_BAD_OPTIONS;
}

uint16_t mock_server_port(const struct mock_server *server)
{
    return server->http == NULL ? 0 : http_port(server->http);
}

const char *mock_server_url(const struct mock_server *server)
{
    return server->http == NULL ? "" : http_url(server->http);
}

const char *mock_server_control_url(const struct mock_server *server)
{
    return server->control_url == NULL ? "" : server->control_url;
}

const char *mock_server_tls_url(const struct mock_server *server)
{
    return server->http == NULL ? NULL : http_tls_url(server->http);
}

/* For calls that do not come over a connection: an address to which one can be made, "" without a socket. */
static char *own_root(const struct mock_server *server)
{
    static const char *const every[][2] = {{"http://0.0.0.0:", "http://127.0.0.1:"}, {"http://[::]:", "http://[::1]:"}};
    const char *url = server->public_url != NULL ? server->public_url : mock_server_url(server);
    for (size_t i = 0; i < COUNT_OF(every); i++)
        if (strncmp(url, every[i][0], strlen(every[i][0])) == 0)
            return mem_print("%s%s", every[i][1], url + strlen(every[i][0]));
    return mem_dup(url);
}

/* In process nobody waits: what there is now. */
static char *read_at_once(struct journal_feed *feed)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    size_t before = 0;
    do {
        before = out.length;
    } while (feed_read(feed, &out) && out.length > before);
    feed_close(feed);
    return text_take(&out);
}

int mock_server_control(struct mock_server *server, const char *method, const char *path, const char *json,
                        char **answer)
{
    struct control_answer made = {.status = 404};
    size_t length = strcspn(path, "?");
    char *alone = mem_dup_bytes(path, length), *root = own_root(server);
    const struct control_request request = {.method = method,
                                            .path = alone,
                                            .query = path[length] == '?' ? path + length + 1 : NULL,
                                            .root = root,
                                            .own_root = root,
                                            .json = json,
                                            .length = json == NULL ? 0 : strlen(json)};
    if (control_owns(alone))
        made = control_call(&server->control, &request);
    call_journal_add(server->call_journal, &server->control, &request, &made);
    metrics_count_call(server->metrics, made.status);
    if (made.feed != NULL)
        made.text = read_at_once(made.feed);
    free(alone);
    free(root);
    free(made.allow);
    if (answer != NULL)
        *answer = made.text;
    else
        free(made.text);
    return made.status;
}
