/*
 * An order: what get-report shows of it, and `sendDateTime`, the time that send-sms was asked for.
 *
 * Times in a document are Turkish local time (7, server clock): `sendDateTime` is DD/MM/YYYY HH:MM, the other two are
 * YYYY-MM-DD HH:MM:SS. `sendAt` is the time that was asked for, also of an order that left at once because its minute
 * had come, or a little before it as the carrier queue has it (8.1, 9.26); where none was, the time at which it left.
 */
#include <stdio.h>
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"

#define MINUTE_US (60 * INSTANT_SECOND_US)
#define DAY_US    (24 * 60 * MINUTE_US)

bool iletimerkezi_in_state(const struct order *order, const char *state)
{
    return strcmp(order->state, state) == 0;
}

/* What get-report shows of an order and of each of its messages; the counter that has all the messages. */
static const struct state_row {
    const char *state;
    int order_status;
    int message_status;
    const char *counter;
} state_rows[] = {
    {"scheduled", 456, 110, "waiting"},  {"sending", 113, 110, "waiting"},       {"completed", 114, 111, "delivered"},
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

static void set_schedule(cJSON *document, int64_t at)
{
    char text[INSTANT_TEXT_MAX];
    iletimerkezi_schedule_write(at, text);
    json_set_string(document, "sendDateTime", text);
    iletimerkezi_stamp(document, "sendAt", at);
}

cJSON *iletimerkezi_new_document(const struct maker *maker)
{
    int64_t now = maker->now_us;
    char id[32];
    snprintf(id, sizeof id, "%lld", 312900000LL + (long long)maker_next_number(maker));

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", id);
    json_set_integer(order, "status", 456);
    json_set_integer(order, "total", 1);
    json_set_integer(order, "delivered", 0);
    json_set_integer(order, "undelivered", 0);
    json_set_integer(order, "waiting", 1);
    iletimerkezi_stamp(order, "submitAt", now);
    set_schedule(order, now - now % MINUTE_US + DAY_US);
    json_set_string(order, "sender", "APITEST");
    json_set(order, "price", json_new_number_text("0.05"));
    cJSON *message = cJSON_CreateObject();
    json_set_string(message, "number", "+905301234567");
    json_set_integer(message, "status", 110);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(order, "message"), message);
    return order;
}

/* An order that becomes scheduled has time left, more than the window that the knob closes by default. */
static void write_waiting(struct order *order, int64_t now_us)
{
    int64_t at = 0;
    const char *text = json_string_or(order->document, "sendDateTime", "");
    if (iletimerkezi_schedule_read(text, &at) != SCHEDULE_GOOD || at < now_us + 2 * MINUTE_US)
        at = now_us - now_us % MINUTE_US + DAY_US;
    set_schedule(order->document, at);
}

/* 9.26. A time that is further away than any window was not the reason why it left: somebody let it leave before. */
static void write_gone(struct order *order, int64_t now_us)
{
    int64_t at = 0, earlier = 0;
    const char *asked = json_string_or(order->document, "sendDateTime", "");
    const char *text = json_string_or(order->document, "sendAt", "");
    bool in_time = iletimerkezi_schedule_read(asked, &at) == SCHEDULE_GOOD &&
                   at <= now_us + ILETIMERKEZI_WINDOW_MOST * INSTANT_SECOND_US;
    if (!in_time)
        at = iletimerkezi_stamp_read(text, &earlier) && earlier < now_us ? earlier : now_us;
    iletimerkezi_stamp(order->document, "sendAt", at);
}

void iletimerkezi_write_state(struct order *order, int64_t now_us)
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
    if (iletimerkezi_in_state(order, "scheduled"))
        write_waiting(order, now_us);
    if (iletimerkezi_in_state(order, "sending") || iletimerkezi_in_state(order, "completed"))
        write_gone(order, now_us);
}

/* Whoever makes a scheduled order need not say its time twice. */
static void join_times(struct order *order)
{
    int64_t at = 0;
    const char *text = json_string_or(order->document, "sendDateTime", "");
    if (iletimerkezi_in_state(order, "scheduled") && iletimerkezi_schedule_read(text, &at) == SCHEDULE_GOOD)
        iletimerkezi_stamp(order->document, "sendAt", at);
}

void iletimerkezi_read_names(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "id", ""));
    join_times(order);
}
