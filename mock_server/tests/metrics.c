/* What GET /_mock/metrics counts: by hand from what was done, and exactly, however many threads count. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/exposition.h"
#include "base/memory.h"
#include "base/tests/check.h"
#include "model/metrics.h"
#include "tests/client.h"
#include "tests/suites.h"

static void labels_are_escaped(void *context)
{
    struct text out = TEXT_INIT(1000);
    (void)context;
    exposition_count(&out, "n", &(struct exposition_labels){{{"a", "x\"y\\z\n"}, {"b", ""}}}, 7);
    exposition_count(&out, "n", NULL, UINT64_MAX);
    CHECK_TEXT(text_cstr(&out), "n{a=\"x\\\"y\\\\z\\n\",b=\"\"} 7\nn 18446744073709551615\n");
    text_release(&out);
}

static void a_histogram_adds_up(void *context)
{
    static const int64_t bounds[] = {100, 1500000};
    static const uint64_t counts[] = {2, 3, 1};
    struct text out = TEXT_INIT(1000);
    (void)context;
    exposition_histogram(&out, "h", &(struct exposition_histogram){bounds, counts, 2, 9000001});
    CHECK_TEXT(text_cstr(&out), "h_bucket{le=\"0.0001\"} 2\nh_bucket{le=\"1.5\"} 5\nh_bucket{le=\"+Inf\"} 6\n"
                                "h_sum 9.000001\nh_count 6\n");
    text_release(&out);
}

/* ── A server ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *metrics_of(struct mock_server *server)
{
    char *text = NULL;
    CHECK_INTEGER(mock_server_control(server, "GET", "/_mock/metrics", NULL, &text), 200);
    return text;
}

#define ORDER "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

static void cancel(struct mock_server *server)
{
    cJSON *headers = json_read_text("{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}");
    struct heard heard = request(mock_server_port(server), "PUT", "/api/integrations/orders/cancel/" ORDER, headers,
                                 "{\"reason_id\":3}");
    heard_release(&heard);
    cJSON_Delete(headers);
}

static void requests_are_counted_by_what_became_of_them(void *context)
{
    struct mock_server *server = start_server();
    static const char odd[] = "GET /v0/orders/list HTTP/1.1\r\nBad Header: x\r\n\r\n";
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"EMPTY_RESPONSE\",\"phase\":\"after_commit\",\"when\":{\"first\":1}}", 201));
    cancel(server); /* not a byte of its answer leaves */
    cancel(server); /* 404: it is cancelled */
    struct heard heard = say(mock_server_port(server), odd, strlen(odd));
    heard_release(&heard);
    heard = request(mock_server_port(server), "GET", "/nowhere", NULL, NULL);
    heard_release(&heard);
    char *text = metrics_of(server);
    static const char *const lines[] = {
        "\ncancelmock_requests_total{provider=\"dukkango\",operation=\"cancel\",status=\"none\"} 1\n",
        "\ncancelmock_requests_total{provider=\"dukkango\",operation=\"cancel\",status=\"4xx\"} 1\n",
        "\ncancelmock_requests_total{provider=\"fungies\",operation=\"list_orders\",status=\"4xx\"} 1\n",
        "\ncancelmock_requests_total{provider=\"none\",operation=\"none\",status=\"4xx\"} 1\n",
        "\ncancelmock_responses_total{code=\"400\"} 1\n",
        "\ncancelmock_responses_total{code=\"404\"} 2\n",
        "\ncancelmock_unread_total{kind=\"malformed\"} 1\n",
        "\ncancelmock_faults_fired_total{fault=\"EMPTY_RESPONSE\"} 1\n",
        "\ncancelmock_request_duration_seconds_count 4\n",
        "\ncancelmock_control_calls_total{status=\"2xx\"} 1\n",
        "\ncancelmock_connections_total 4\n",
        "\ncancelmock_sessions 1\n",
        "\ncancelmock_journal_entries 4\n",
        "\ncancelmock_build_info{version=\"" PROJECT_VERSION "\"} 1\n",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        CHECK_CONTAINS(text + strcspn(text, "\n"), lines[i]);
    free(text);
    mock_server_stop(server);
}

/* What a test takes back stays counted: a counter that falls is a server that was started anew. */
static void no_reset_takes_a_count_back(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"EMPTY_RESPONSE\"}", 201));
    cancel(server);
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    char *text = metrics_of(server);
    CHECK_CONTAINS(text, "{provider=\"dukkango\",operation=\"cancel\",status=\"none\"} 1\n");
    CHECK_CONTAINS(text, "{fault=\"EMPTY_RESPONSE\"} 1\n");
    CHECK_CONTAINS(text, "\ncancelmock_journal_entries 0\n");
    free(text);
    mock_server_stop(server);
}

/* ── Threads ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { THREADS = 4, CALLS = 5000 };

static void *count_calls(void *context)
{
    for (int i = 0; i < CALLS; i++)
        metrics_count_call(context, 200 + i % 2 * 204);
    return NULL;
}

static void threads_lose_no_count(void *context)
{
    static const struct provider *const none[] = {NULL};
    struct metrics *metrics = metrics_new(none);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    pthread_t threads[THREADS];
    (void)context;
    for (int i = 0; i < THREADS; i++)
        CHECK_INTEGER(pthread_create(&threads[i], NULL, count_calls, metrics), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    metrics_write(metrics, &out);
    CHECK_CONTAINS(text_cstr(&out), "\ncancelmock_control_calls_total{status=\"2xx\"} 10000\n");
    CHECK_CONTAINS(text_cstr(&out), "\ncancelmock_control_calls_total{status=\"4xx\"} 10000\n");
    text_release(&out);
    metrics_free(metrics);
}

void suite_metrics(void)
{
    register_test("metrics", "labels are escaped", labels_are_escaped, NULL);
    register_test("metrics", "a histogram adds up", a_histogram_adds_up, NULL);
    register_test("metrics", "requests are counted by what became of them", requests_are_counted_by_what_became_of_them,
                  NULL);
    register_test("metrics", "no reset takes a count back", no_reset_takes_a_count_back, NULL);
    register_test("metrics", "threads lose no count", threads_lose_no_count, NULL);
}
