/*
 * The life of an order (7): its states, and what the clock and the carrier do to it.
 * iletimerkezi.c draws it.
 *
 * The window of a cancel closes somewhat before the order's time, when it enters the carrier queue: from then on it is
 * `sending`, for a cancel and for a report. An order without a time that can be read leaves as soon as it is there.
 */
#include "providers/iletimerkezi/iletimerkezi.h"

const char *const iletimerkezi_states[] = {"scheduled", "sending", "completed", "failed", "cancelled", NULL};

/* An order that is made after its window has closed leaves when it is made, not earlier. */
static int64_t dispatch_due(const struct maker *maker, const struct order *order)
{
    int64_t made = order->since_us == ORDER_STILL ? INT64_MIN : order->since_us, at = 0;
    const char *text = json_string_or(order->document, "sendDateTime", "");
    if (iletimerkezi_schedule_read(text, &at) != SCHEDULE_GOOD)
        return made == INT64_MIN ? maker->now_us : made;
    at -= maker_knob(maker, KNOB_CLOSE_WINDOW_SECONDS) * INSTANT_SECOND_US;
    return at < made ? made : at;
}

static const char *const from_scheduled[] = {"scheduled", NULL};
static const char *const from_sending[] = {"sending", NULL};
static const char *const from_unfinished[] = {"scheduled", "sending", NULL};

const struct event iletimerkezi_events[] = {
    {"dispatch", "clock", from_scheduled, "sending", .due = dispatch_due,
     .meaning = "its time has come: the order is in the carrier queue"},
    {"complete", "carrier", from_sending, "completed", .has_delay = true, .delay = KNOB_DELIVERY_PACE,
     .meaning = "every message of the order is final"},
    {"fail", "carrier", from_unfinished, "failed", .meaning = "the order is rejected as a whole"},
    {.name = NULL},
};
