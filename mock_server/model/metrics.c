/*
 * A provider has a row of numbers for each of its routes; what has no route, or is answered by a stub, has rows behind
 * them. Routes of one operation are added up when they are written.
 */
#include "model/metrics.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/exposition.h"
#include "base/instant.h"
#include "model/exchange.h"
#include "model/provider.h"

/* Of a status: its first digit; 0 where none left. */
#define CLASSES 6

static const char *const class_names[CLASSES] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

struct counts {
    uint64_t of[CLASSES];
};

/* Behind the routes. */
enum other { OTHER_NONE, OTHER_STUB, OTHERS };

static const char *const other_names[OTHERS] = {[OTHER_NONE] = "none", [OTHER_STUB] = OPERATION_STUB};

struct of_provider {
    const struct provider *provider; /* NULL: what no provider lives at */
    size_t routes;
    struct counts *rows; /* routes + OTHERS */
};

static const int64_t bounds_us[] = {50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000, 100000, 1000000};

#define BOUNDS     COUNT_OF(bounds_us)
#define STATUS_MAX 600

/* What can become of an answer in the end. */
enum end { END_WHOLE, END_CUT, END_NONE };

static const char *const end_names[] = {[END_WHOLE] = "whole", [END_CUT] = "cut", [END_NONE] = "none"};

static const enum end ends[] = {
    [DELIVERY_NONE] = END_NONE, [DELIVERY_PENDING] = END_CUT, [DELIVERY_WHOLE] = END_WHOLE, [DELIVERY_CUT] = END_CUT};

static const char *const unread_names[] = {
    [UNREAD_MALFORMED] = "malformed", [UNREAD_INCOMPLETE] = "incomplete", [UNREAD_UNSERVED] = "unserved"};

struct metrics {
    struct of_provider *providers; /* the last one is that of no provider */
    size_t count;
    uint64_t statuses[STATUS_MAX];
    uint64_t deliveries[COUNT_OF(end_names)];
    uint64_t unread[COUNT_OF(unread_names)];
    uint64_t durations[BOUNDS + 1];
    int64_t duration_sum_us;
    struct counts calls;
};

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct of_provider begin(const struct provider *provider)
{
    struct of_provider own = {.provider = provider};
    while (provider != NULL && provider->routes[own.routes].method != NULL)
        own.routes++;
    own.rows = mem_zero(own.routes + OTHERS, sizeof *own.rows);
    return own;
}

struct metrics *metrics_new(const struct provider *const *providers)
{
    struct metrics *metrics = mem_zero(1, sizeof *metrics);
    while (providers[metrics->count] != NULL)
        metrics->count++;
    metrics->count++;
    metrics->providers = mem_zero(metrics->count, sizeof *metrics->providers);
    for (size_t i = 0; i < metrics->count; i++)
        metrics->providers[i] = begin(providers[i]);
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (metrics == NULL)
        return;
    for (size_t i = 0; i < metrics->count; i++)
        free(metrics->providers[i].rows);
    free(metrics->providers);
    free(metrics);
}

/* ── Counting ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_one(uint64_t *number)
{
    (void)__atomic_add_fetch(number, 1, __ATOMIC_RELAXED);
}

/* The status with which the answer leaves; 0: none does. */
static int status_of(const struct exchange *x)
{
    bool leaves = !x->reply.wire.nothing && !x->reply.wire.raw;
    return leaves && x->reply.status > 0 && x->reply.status < STATUS_MAX ? x->reply.status : 0;
}

static struct counts *row_of(const struct of_provider *own, const struct exchange *x)
{
    if (x->route == NULL)
        return &own->rows[own->routes + OTHER_NONE];
    for (size_t i = 0; i < own->routes; i++)
        if (x->route == &own->provider->routes[i])
            return &own->rows[i];
    return &own->rows[own->routes + OTHER_STUB];
}

static void count_duration(struct metrics *metrics, const struct exchange *x)
{
    /* Where the session's clock stands the exchange has none: this is real time. */
    int64_t us = x->duration_us > 0 ? x->duration_us : instant_monotonic() - x->started_us;
    size_t at = 0;
    while (at < BOUNDS && us > bounds_us[at])
        at++;
    add_one(&metrics->durations[at]);
    (void)__atomic_add_fetch(&metrics->duration_sum_us, us, __ATOMIC_RELAXED);
}

void metrics_count_request(struct metrics *metrics, const struct exchange *x)
{
    size_t at = 0;
    int status = status_of(x);
    while (metrics->providers[at].provider != x->provider && at + 1 < metrics->count)
        at++;
    add_one(&row_of(&metrics->providers[at], x)->of[status / 100]);
    if (status > 0)
        add_one(&metrics->statuses[status]);
    if (x->request.unread != NULL)
        add_one(&metrics->unread[x->request.unread->kind]);
    count_duration(metrics, x);
}

void metrics_count_delivery(struct metrics *metrics, const struct exchange *x)
{
    add_one(&metrics->deliveries[ends[__atomic_load_n(&x->sending.state, __ATOMIC_ACQUIRE)]]);
}

void metrics_count_call(struct metrics *metrics, int status)
{
    add_one(&metrics->calls.of[status >= 100 && status < STATUS_MAX ? status / 100 : 0]);
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t value_of(const uint64_t *number)
{
    return __atomic_load_n(number, __ATOMIC_RELAXED);
}

static const char *operation_of(const struct of_provider *own, size_t row)
{
    return row < own->routes ? own->provider->routes[row].operation : other_names[row - own->routes];
}

/* Of all rows of that operation; 0 where an earlier row of it has told them. */
static uint64_t sum_of(const struct of_provider *own, size_t row, size_t class)
{
    const char *operation = operation_of(own, row);
    uint64_t sum = 0;
    for (size_t i = 0; i < own->routes + OTHERS; i++) {
        if (strcmp(operation_of(own, i), operation) != 0)
            continue;
        if (i < row)
            return 0;
        sum += value_of(&own->rows[i].of[class]);
    }
    return sum;
}

static void write_requests(const struct metrics *metrics, struct text *out)
{
    static const char name[] = "cancelmock_requests_total";
    exposition_begin(
        out, name, "counter",
        "Requests that the journals got, by provider, operation and class of status; none: no provider, no "
        "operation, no status left.");
    for (size_t i = 0; i < metrics->count; i++) {
        const struct of_provider *own = &metrics->providers[i];
        for (size_t row = 0; row < own->routes + OTHERS; row++)
            for (size_t class = 0; class < CLASSES; class ++) {
                uint64_t sum = sum_of(own, row, class);
                const struct exposition_labels labels = {
                    {{"provider", own->provider == NULL ? "none" : own->provider->name},
                     {"operation", operation_of(own, row)},
                     {"status", class_names[class]}}};
                if (sum > 0)
                    exposition_count(out, name, &labels, sum);
            }
    }
}

static void write_statuses(const struct metrics *metrics, struct text *out)
{
    static const char name[] = "cancelmock_responses_total";
    exposition_begin(out, name, "counter", "Answers that left with a status line, by status.");
    for (int status = 0; status < STATUS_MAX; status++) {
        char code[16];
        uint64_t value = value_of(&metrics->statuses[status]);
        snprintf(code, sizeof code, "%d", status);
        if (value > 0)
            exposition_count(out, name, &(struct exposition_labels){{{"code", code}}}, value);
    }
}

/* One number for each of the names, also where it is 0. */
static void write_named(struct text *out, const char *name, const char *label, const char *const *names,
                        const uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        exposition_count(out, name, &(struct exposition_labels){{{label, names[i]}}}, value_of(&numbers[i]));
}

static void write_durations(const struct metrics *metrics, struct text *out)
{
    static const char name[] = "cancelmock_request_duration_seconds";
    uint64_t counts[BOUNDS + 1];
    for (size_t i = 0; i <= BOUNDS; i++)
        counts[i] = value_of(&metrics->durations[i]);
    const struct exposition_histogram histogram = {bounds_us, counts, BOUNDS,
                                                   __atomic_load_n(&metrics->duration_sum_us, __ATOMIC_RELAXED)};
    exposition_begin(out, name, "histogram",
                     "From the whole request to its answer, in real time; not what the wire adds, such as delays.");
    exposition_histogram(out, name, &histogram);
}

void metrics_write(const struct metrics *metrics, struct text *out)
{
    write_requests(metrics, out);
    write_statuses(metrics, out);
    exposition_begin(
        out, "cancelmock_deliveries_total", "counter",
        "Answers that are over: whole, cut (short, or the connection ended first), none (not a byte left).");
    write_named(out, "cancelmock_deliveries_total", "delivery", end_names, metrics->deliveries, COUNT_OF(end_names));
    exposition_begin(out, "cancelmock_unread_total", "counter", "What arrived and was no request, by kind.");
    write_named(out, "cancelmock_unread_total", "kind", unread_names, metrics->unread, COUNT_OF(unread_names));
    write_durations(metrics, out);
    exposition_begin(out, "cancelmock_control_calls_total", "counter", "Calls of the control API, by class of status.");
    write_named(out, "cancelmock_control_calls_total", "status", class_names, metrics->calls.of, CLASSES);
}
