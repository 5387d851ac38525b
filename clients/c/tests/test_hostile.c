/*
 * Answers that were made to grow without end, and threads that are ended in the middle of a call.
 */
#include "tests/check.h"
#include "tests/suites.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "cancelorder.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/akinon/akinon.h"
#include "providers/registry.h"

#define UUID_A "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

/* ── What an answer can make grow ──────────────────────────────────────────────────────────────────────────────── */

/* `parts`: what stands before all, before and behind the number of each, and behind all. */
static void body_add(struct text *body, const char *const parts[4], int count)
{
    text_add(body, parts[0]);
    for (int i = 0; i < count; i++) {
        text_print(body, "%s%s%d%s", i == 0 ? "" : ",", parts[1], 100000 + i, parts[2]);
    }
    text_add(body, parts[3]);
}

static const struct errors {
    const char *name;
    const char *provider;
    const char *order_id;
    const char *parts[4];
} errors[] = {
    {"akinon: fields", "akinon", "1883", {"{", "\"f", "\":[\"x\"]", "}"}},
    {"akinon: texts of a field", "akinon", "1883", {"{\"f\":[", "\"x", "\"", "]}"}},
    {"zaikio: fields", "zaikio", UUID_A, {"{\"errors\":{", "\"f", "\":[\"x\"]", "}}"}},
    {"zaikio: texts of a field", "zaikio", UUID_A, {"{\"errors\":{\"f\":[", "\"x", "\"", "]}}"}},
};

static void answer_judge(const struct errors *row, int count, struct cancelorder_result *result)
{
    const struct cancelorder_request request = {.order_id = row->order_id};
    struct http_answer answer;
    http_answer_init(&answer);
    answer.failure = HTTP_ANSWERED;
    answer.sent = true;
    answer.status = 422;
    body_add(&answer.body, row->parts, count);
    result_init(result);
    client_provider_find(row->provider)->judge_cancel(&request, &answer, result);
    http_answer_release(&answer);
}

static void errors_have_a_limit(const void *context)
{
    struct cancelorder_result result;
    answer_judge(context, RESULT_FIELD_ERRORS_MAX - 1, &result);
    CHECK_INTEGER(result.field_errors.count, RESULT_FIELD_ERRORS_MAX - 1);
    CHECK(result.note == NULL || strstr(result.note, "Only the first") == NULL);
    cancelorder_result_release(&result);
    answer_judge(context, 20000, &result);
    CHECK_INTEGER(result.field_errors.count, RESULT_FIELD_ERRORS_MAX);
    CHECK_CONTAINS(result.note, "Only the first 100 errors of fields are shown.");
    cancelorder_result_release(&result);
}

static void lines_have_a_limit(const void *context)
{
    struct cancelorder_result result;
    (void)context;
    result_init(&result);
    for (int i = 0; i < RESULT_LINES_MAX; i++)
        CHECK(result_line_begin(&result));
    CHECK(!result_line_begin(&result));
    CHECK_INTEGER(result.line_count, RESULT_LINES_MAX);
    CHECK_CONTAINS(result.note, "Only the first 1000 line items are shown.");
    cancelorder_result_release(&result);
}

/* Each item is looked up among the others, so an order of too many is none that this client reads. */
static void items_have_a_limit(const void *context)
{
    static const char *const order[] = {"{\"pk\":1883,\"status\":\"400\",\"orderitem_set\":[",
                                        "{\"pk\":", ",\"status\":\"400\"}", "]}"};
    (void)context;
    for (int count = 1000; count <= 1001; count++) {
        struct http_answer answer;
        struct akinon_reading reading = {.order = NULL};
        http_answer_init(&answer);
        result_init(&reading.result);
        answer.failure = HTTP_ANSWERED;
        answer.status = 200;
        body_add(&answer.body, order, count);
        akinon_judge_read(&reading, &answer, "1883");
        CHECK_INTEGER(reading.order != NULL, count == 1000);
        akinon_reading_release(&reading);
        http_answer_release(&answer);
    }
}

/* ── A thread that is ended ────────────────────────────────────────────────────────────────────────────────────── */

struct run {
    struct cancelorder_client *client;
    struct cancelorder_request request;
    enum cancelorder_outcome outcome;
};

static void *run_cancel(void *context)
{
    struct run *run = context;
    struct cancelorder_result result;
    run->outcome = cancelorder_client_run(run->client, &run->request, &result);
    cancelorder_result_release(&result);
    pthread_testcancel();
    return NULL;
}

static int listen_here(char *base_url, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_INTEGER(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_INTEGER(listen(listener, 4), 0);
    CHECK_INTEGER(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    snprintf(base_url, size, "http://127.0.0.1:%d/v1", ntohs(address.sin_port));
    return listener;
}

/* pthread_cancel() while the server keeps silent: the lock of the order is free again when the thread has ended. */
static void ended_in_the_middle(struct run *run, int listener)
{
    pthread_t thread;
    void *end = NULL;
    pthread_create(&thread, NULL, run_cancel, run);
    int connection = accept(listener, NULL, NULL);
    pthread_cancel(thread);
    cancelorder_client_abort(run->client);
    pthread_join(thread, &end);
    CHECK(end == PTHREAD_CANCELED);
    CHECK_TEXT(cancelorder_outcome_word(run->outcome), "aborted");
    close(connection);
    close(listener);
    cancelorder_client_rearm(run->client);
    run_cancel(run);
    CHECK_TEXT(cancelorder_outcome_word(run->outcome), "transport_error"); /* not: another cancel is under way */
}

static void remove_folder(const char *path)
{
    DIR *listing = opendir(path);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(listing), entry->d_name, 0);
    if (listing != NULL)
        closedir(listing);
    CHECK_INTEGER(rmdir(path), 0);
}

static void a_lock_outlives_no_thread(const void *context)
{
    static const struct cancelorder_pair keys[] = {{"key", "key-12345"}, {"hash", "hash-12345"}};
    char base_url[64], folder[] = "/tmp/cancelorder-test-XXXXXX";
    (void)context;
    CHECK(mkdtemp(folder) != NULL);
    int listener = listen_here(base_url, sizeof base_url);
    struct run run = {.client = cancelorder_client_new(),
                      .request = {.provider = "iletimerkezi",
                                  .operation = "cancel",
                                  .base_url = base_url,
                                  .credentials = {keys, 2},
                                  .order_id = "1",
                                  .deadline_ms = 60000,
                                  .state_dir = folder}};
    ended_in_the_middle(&run, listener);
    cancelorder_client_free(run.client);
    remove_folder(folder);
}

void register_hostile_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(errors); i++)
        register_test("hostile", errors[i].name, errors_have_a_limit, &errors[i]);
    register_test("hostile", "lines have a limit", lines_have_a_limit, NULL);
    register_test("hostile", "items have a limit", items_have_a_limit, NULL);
    register_test("hostile", "a lock outlives no thread", a_lock_outlives_no_thread, NULL);
}
