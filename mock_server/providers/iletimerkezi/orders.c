/*
 * An order: what get-report shows of it, and `sendDateTime`, the time that send-sms was asked for.
 *
 * Times in a document are Turkish local time (7, server clock). `sendDateTime` is DD/MM/YYYY HH:MM, the other two are
 * YYYY-MM-DD HH:MM:SS.
 */
#include <stdio.h>
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"
#include "support/instant.h"

bool iletimerkezi_in_state(const struct order *order, const char *state)
{
    return strcmp(order->state, state) == 0;
}

/* ── The time of an order (7, 8.1) ─────────────────────────────────────────────────────────────────────────────── */

#define ISTANBUL_MINUTES 180 /* 7, server clock */
#define MINUTE_US        (60 * INSTANT_SECOND_US)
#define DAY_US           (24 * 60 * MINUTE_US)

/* "02/11/2026 12:00". Anything else, seconds included, is no schedule: such an order was sent at once (9.9). */
static bool schedule_read(const cJSON *document, int64_t *out)
{
    const char *text = json_string_or(document, "sendDateTime", "");
    if (strlen(text) != 16 || text[2] != '/' || text[5] != '/' || text[10] != ' ')
        return false;
    char iso[INSTANT_TEXT_MAX];
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.5s:00+03:00", text + 6, text + 3, text, text + 11);
    return instant_read(iso, out);
}

static void schedule_write(cJSON *document, int64_t at)
{
    char local[INSTANT_TEXT_MAX], text[INSTANT_TEXT_MAX];
    instant_write_local(at, ISTANBUL_MINUTES, local);
    snprintf(text, sizeof text, "%.2s/%.2s/%.4s %.5s", local + 8, local + 5, local, local + 11);
    json_set_string(document, "sendDateTime", text);
}

static void stamp(cJSON *document, const char *member, int64_t at)
{
    char text[INSTANT_TEXT_MAX];
    instant_write_local(at, ISTANBUL_MINUTES, text);
    json_set_string(document, member, text);
}

/* 7: the order is handed over somewhat before its time; without a schedule there never was a window. */
bool iletimerkezi_window_closed(struct exchange *x, const struct order *order)
{
    int64_t at = 0;
    if (!schedule_read(order->document, &at))
        return true;
    return exchange_now(x) >= at - exchange_knob(x, KNOB_CLOSE_WINDOW_SECONDS) * INSTANT_SECOND_US;
}

/* ── Orders (8) ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What get-report shows of an order and of each of its messages; the counter that has all the messages. */
static const struct state_row {
    const char *state;
    int order_status;
    int message_status;
    const char *counter;
} state_rows[] = {
    {"scheduled", 113, 110, "waiting"},  {"sending", 113, 110, "waiting"},       {"completed", 114, 111, "delivered"},
    {"failed", 115, 112, "undelivered"}, {"cancelled", 115, 112, "undelivered"},
};

static const struct shape message_shape[] = {
    {"number", SHAPE_STRING},
    {"status", SHAPE_INTEGER},
    SHAPE_END,
};

const struct shape iletimerkezi_document_shape[] = {
    {"id", SHAPE_STRING},
    {"status", SHAPE_INTEGER},
    {"total", SHAPE_INTEGER},
    {"delivered", SHAPE_INTEGER},
    {"undelivered", SHAPE_INTEGER},
    {"waiting", SHAPE_INTEGER},
    {"submitAt", SHAPE_STRING},
    {"sendAt", SHAPE_STRING},
    {"sender", SHAPE_STRING},
    {"price", SHAPE_NUMBER},
    {"message", SHAPE_ARRAY, message_shape},
    {"sendDateTime", SHAPE_STRING, .nullable = true}, /* no part of a report: what send-sms was asked for */
    SHAPE_END,
};

const struct shape iletimerkezi_facts_shape[] = {
    {"refunded", SHAPE_BOOLEAN}, /* a cancelled order was paid back; absent means yes */
    SHAPE_END,
};

cJSON *iletimerkezi_blank(struct session *session)
{
    int64_t now = session_now(session), at = now - now % MINUTE_US + DAY_US;
    char id[32];
    snprintf(id, sizeof id, "%lld", 312900000LL + (long long)session_next_number(session));

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", id);
    json_set_integer(order, "status", 113);
    json_set_integer(order, "total", 1);
    json_set_integer(order, "delivered", 0);
    json_set_integer(order, "undelivered", 0);
    json_set_integer(order, "waiting", 1);
    stamp(order, "submitAt", now);
    stamp(order, "sendAt", at);
    json_set_string(order, "sender", "APITEST");
    json_set(order, "price", json_new_number_text("0.05"));
    cJSON *message = cJSON_CreateObject();
    json_set_string(message, "number", "+905301234567");
    json_set_integer(message, "status", 110);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(order, "message"), message);
    schedule_write(order, at);
    return order;
}

/*
 * An order that becomes scheduled has time left, more than the window that the knob closes by default; one that left
 * before its time was scheduled for the minute in which it left.
 */
static void dress_times(struct order *order, int64_t now_us)
{
    int64_t at = 0;
    bool known = schedule_read(order->document, &at);
    if (iletimerkezi_in_state(order, "scheduled")) {
        if (!known || at < now_us + 2 * MINUTE_US) {
            at = now_us - now_us % MINUTE_US + DAY_US;
            schedule_write(order->document, at);
        }
        stamp(order->document, "sendAt", at);
    } else if (iletimerkezi_in_state(order, "sending") || iletimerkezi_in_state(order, "completed")) {
        int64_t full_minute = (now_us + MINUTE_US - 1) / MINUTE_US * MINUTE_US;
        if (known && at > full_minute)
            schedule_write(order->document, full_minute);
        if (!known || at > now_us)
            stamp(order->document, "sendAt", now_us);
        else
            stamp(order->document, "sendAt", at);
    }
}

void iletimerkezi_dress(struct order *order, int64_t now_us)
{
    static const char *const counters[] = {"delivered", "undelivered", "waiting"};
    const struct state_row *row = state_rows;
    while (strcmp(row->state, order->state) != 0)
        row++;
    int64_t total = 0;
    json_integer(json_member(order->document, "total"), &total);

    json_set_integer(order->document, "status", row->order_status);
    for (size_t i = 0; i < COUNT_OF(counters); i++)
        json_set_integer(order->document, counters[i], strcmp(counters[i], row->counter) == 0 ? total : 0);
    cJSON *message = NULL;
    cJSON_ArrayForEach (message, json_member_mut(order->document, "message"))
        json_set_integer(message, "status", row->message_status);
    dress_times(order, now_us);
}

void iletimerkezi_identify(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "id", ""));
}
