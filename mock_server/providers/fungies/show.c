/*
 * An order, its subscription and a payment as the knobs of this session let the wire show them.
 *
 * The given page has fewer members than newer samples (9 A9), which show one thing within another by its id, number and
 * status. What a document says wins over what the mock would put there.
 */
#include "providers/fungies/fungies.h"

/* ── An order ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Not on the given page; null in the samples of newer ones (5, 9 A9). */
static const char *const newer_members[] = {"lastPaymentId",  "lastPaymentNumber", "lastPayment",
                                            "subscriptionId", "subscription",      NULL};

/* {"object":…,"id":…,"number":…,"status":…}: how the newer samples show one thing within another. */
static cJSON *show_briefly(struct exchange *x, const char *object, const char *id, const char *number,
                           const char *status)
{
    cJSON *brief = cJSON_CreateObject();
    json_set_string(brief, "object", object);
    json_set_string(brief, "id", id);
    json_set_string(brief, "number", fungies_shown_number(x, number));
    json_set_string(brief, "status", status);
    return brief;
}

static cJSON *show_order_briefly(struct exchange *x, const struct order *order)
{
    return show_briefly(x, "order", order->id, fungies_number(order), order->state);
}

static void set_if_absent(cJSON *object, const char *name, cJSON *value)
{
    if (json_member(object, name) == NULL)
        json_set(object, name, value);
    else
        cJSON_Delete(value);
}

static cJSON *string_or_null(const char *text)
{
    return text == NULL ? cJSON_CreateNull() : cJSON_CreateString(text);
}

/* What the document says of its last payment wins over what the mock knows. */
static void show_last_payment(struct exchange *x, cJSON *shown, const struct order *order)
{
    const cJSON *last = fungies_last_payment(order);
    const char *id = json_string(last, "id"), *number = json_string(last, "number");
    set_if_absent(shown, "lastPaymentId", string_or_null(id));
    set_if_absent(shown, "lastPaymentNumber", string_or_null(fungies_shown_number(x, number)));
    set_if_absent(shown, "lastPayment",
                  last == NULL ? cJSON_CreateNull()
                               : show_briefly(x, "payment", id, number, json_string_or(last, "status", "")));
}

static void show_newer_members(struct exchange *x, cJSON *shown, const struct order *order)
{
    show_last_payment(x, shown, order);
    set_if_absent(shown, "subscriptionId", cJSON_CreateNull());
    set_if_absent(shown, "subscription", cJSON_CreateNull());
}

cJSON *fungies_show_order(struct exchange *x, const struct order *order)
{
    cJSON *shown = cJSON_Duplicate(order->document, true);
    if (exchange_knob(x, KNOB_SCHEMA) == SCHEMA_NEWER)
        show_newer_members(x, shown, order);
    else
        for (size_t i = 0; newer_members[i] != NULL; i++)
            cJSON_DeleteItemFromObjectCaseSensitive(shown, newer_members[i]);
    if (exchange_knob_on(x, KNOB_NULL_USER_ID))
        json_set_null(shown, "userId");
    if (exchange_knob_on(x, KNOB_EMIT_HASH)) {
        const char *number = fungies_shown_number(x, fungies_number(order));
        json_set_string(shown, "number", number);
        json_set_string(shown, "orderNumber", number);
    }
    return shown;
}

/* ── Its subscription ──────────────────────────────────────────────────────────────────────────────────────────── */

#define INTERVAL_MS (INT64_C(30) * 24 * 60 * 60 * 1000) /* ours: the documents do not say how long one is */

/* The interval in which the order began it. */
static void show_interval(cJSON *shown, const struct order *order)
{
    int64_t start = 0;
    json_integral(json_member(order->document, "createdAt"), &start);
    int64_t end = start > JSON_INTEGER_MAX - INTERVAL_MS ? JSON_INTEGER_MAX : start + INTERVAL_MS;
    set_if_absent(shown, "createdAt", json_new_integer(start));
    set_if_absent(shown, "currentIntervalEnd", json_new_integer(end));
    set_if_absent(shown, "currentIntervalStart", json_new_integer(start));
    set_if_absent(shown, "cancelAtIntervalEnd", cJSON_CreateFalse());
    set_if_absent(shown, "canceledAt", cJSON_CreateNull());
}

cJSON *fungies_show_subscription(struct exchange *x, const struct order *order)
{
    const cJSON *subscription = json_member(order->document, "subscription");
    if (!cJSON_IsObject(subscription)) /* only for subscription orders */
        return NULL;
    cJSON *shown = cJSON_Duplicate(subscription, true);
    if (exchange_knob(x, KNOB_SCHEMA) == SCHEMA_GIVEN)
        return shown;
    bool hides_user = exchange_knob_on(x, KNOB_NULL_USER_ID);
    const cJSON *user = json_member(order->document, "user");
    show_interval(shown, order);
    set_if_absent(shown, "userId", string_or_null(hides_user ? NULL : json_string(order->document, "userId")));
    set_if_absent(shown, "user", user == NULL ? cJSON_CreateNull() : cJSON_Duplicate(user, true));
    set_if_absent(shown, "orderId", cJSON_CreateString(order->id));
    set_if_absent(shown, "orderNumber", string_or_null(fungies_shown_number(x, fungies_number(order))));
    set_if_absent(shown, "order", show_order_briefly(x, order));
    show_last_payment(x, shown, order);
    return shown;
}

/* ── A payment ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Its own amount where it has one, else the order's. */
static void show_amount(cJSON *shown, const struct order *order, const cJSON *payment, const char *name)
{
    const cJSON *amount = json_member(payment, name);
    if (amount == NULL)
        amount = json_member(order->document, name);
    if (amount != NULL)
        json_set(shown, name, cJSON_Duplicate(amount, true));
}

static void show_copy(cJSON *shown, const cJSON *from, const char *name)
{
    const cJSON *value = json_member(from, name);
    if (value == NULL)
        json_set_null(shown, name);
    else
        json_set(shown, name, cJSON_Duplicate(value, true));
}

static void show_references(struct exchange *x, cJSON *shown, const struct order *order)
{
    show_copy(shown, order->document, "userId");
    if (exchange_knob_on(x, KNOB_NULL_USER_ID))
        json_set_null(shown, "userId");
    show_copy(shown, order->document, "user");
    json_set_string(shown, "orderId", order->id);
    json_set_string(shown, "orderNumber", fungies_shown_number(x, fungies_number(order)));
    json_set(shown, "order", show_order_briefly(x, order));
    show_copy(shown, order->document, "subscriptionId");
    show_copy(shown, order->document, "subscription");
}

cJSON *fungies_show_payment(struct exchange *x, const struct order *order, const cJSON *payment)
{
    cJSON *shown = cJSON_CreateObject();
    json_set_string(shown, "object", "payment");
    json_set_string(shown, "id", json_string_or(payment, "id", ""));
    json_set_string(shown, "type", json_string_or(payment, "type", fungies_order_type(order)));
    json_set_string(shown, "number", fungies_shown_number(x, json_string_or(payment, "number", "")));
    json_set_string(shown, "status", json_string_or(payment, "status", ""));
    show_amount(shown, order, payment, "value");
    show_amount(shown, order, payment, "tax");
    show_amount(shown, order, payment, "fee");
    show_copy(shown, order->document, "currency");
    show_copy(shown, order->document, "currencyDecimals");
    show_copy(shown, payment, "createdAt");
    show_references(x, shown, order);
    show_copy(shown, payment, "invoiceNumber");
    show_copy(shown, payment, "invoiceUrl");
    if (exchange_knob(x, KNOB_SCHEMA) == SCHEMA_NEWER) { /* null in the samples */
        json_set_null(shown, "discount");
        json_set_null(shown, "charges");
    }
    return shown;
}
