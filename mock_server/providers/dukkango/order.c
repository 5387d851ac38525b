/*
 * Dükkango: an order's document, with the members and types of the vendor's one sample (8).
 *
 * `total` is a number and `discount` a string (9 A11); `payment_method` holds a Turkish display name and not its key
 * (9 A8). The vendor's page is cut off within `address`: what follows there is not known, and `items` is our own.
 */
#include <string.h>

#include "base/instant.h"
#include "providers/dukkango/dukkango.h"

/* ── Shape ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape customer_shape[] = {
    {"name", SHAPE_STRING},
    {"phone", SHAPE_STRING},
    SHAPE_END,
};

const struct shape dukkango_document_shape[] = {
    {"id", SHAPE_INTEGER},
    {"payment_key", SHAPE_STRING},
    {"status_id", SHAPE_INTEGER},
    {"status_text", SHAPE_STRING},
    {"shipping_method", SHAPE_STRING},
    {"payment_method", SHAPE_STRING},
    {"note", SHAPE_STRING},
    {"total", SHAPE_NUMBER},
    {"date", SHAPE_STRING},
    {"restaurant_id", SHAPE_STRING},
    {"restaurant_name", SHAPE_STRING},
    {"courier_type", SHAPE_STRING},
    {"discount", SHAPE_STRING}, /* 9 A11: a string, unlike total */
    {"courier_fee", SHAPE_NUMBER},
    {"order_tip", SHAPE_NUMBER},
    {"scheduled_date", SHAPE_STRING},
    {"customer", SHAPE_OBJECT, customer_shape},
    {"address", SHAPE_OBJECT},
    {"items", SHAPE_ARRAY, .most = ORDER_LIST_MAX},
    SHAPE_END,
};

const struct shape dukkango_facts_shape[] = {
    {"acknowledged", SHAPE_STRING},    /* the state in which it was acknowledged */
    {"preparing_time", SHAPE_INTEGER}, /* minutes, from the restaurant that accepted it */
    SHAPE_END,
};

/* ── A new one ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_people(cJSON *order)
{
    cJSON *customer = cJSON_AddObjectToObject(order, "customer");
    json_set_string(customer, "name", "Ayşe Yılmaz");
    json_set_string(customer, "phone", "05321234567");
    cJSON *address = cJSON_AddObjectToObject(order, "address");
    json_set_string(address, "address", "Bağdat Caddesi 12, Kadıköy");
    json_set_string(address, "description", "");
}

/* 3 × 525 less the discount of 157.5 is the total of 1417.5. */
static void add_items(cJSON *order)
{
    cJSON *items = cJSON_AddArrayToObject(order, "items"), *item = cJSON_CreateObject();
    json_set_integer(item, "id", 101); /* the food_id: what the page's sample for reason 1 switches off */
    json_set_string(item, "name", "Adana Kebap");
    json_set_integer(item, "quantity", 3);
    json_set_integer(item, "price", 525);
    cJSON_AddItemToArray(items, item);
}

cJSON *dukkango_new_document(const struct maker *maker)
{
    char key[UUID_TEXT_MAX], date[INSTANT_TEXT_MAX];
    const cJSON *restaurants = json_member(maker->fixture, "restaurants");
    const cJSON *restaurant = restaurants == NULL ? NULL : restaurants->child;
    maker_uuid(maker, key);
    instant_write_local(maker->now_us, dukkango_zone_minutes(maker), date);

    cJSON *order = cJSON_CreateObject();
    json_set_integer(order, "id", 3000 + maker_next_number(maker));
    json_set_integer(order, "status_id", 1);
    json_set_string(order, "status_text", "Sipariş Geldi");
    json_set_string(order, "shipping_method", "delivery");
    json_set_string(order, "payment_key", key);
    json_set_string(order, "payment_method", "Kredi Kartı");
    json_set_string(order, "note", "");
    json_set(order, "total", json_new_number_text("1417.5"));
    json_set_string(order, "date", date);
    json_set_string(order, "restaurant_id", json_string_or(restaurant, "id", ""));
    json_set_string(order, "restaurant_name", json_string_or(restaurant, "name", ""));
    json_set_string(order, "courier_type", "restaurant");
    json_set_string(order, "discount", "157.5");
    json_set_integer(order, "courier_fee", 0);
    json_set_string(order, "scheduled_date", "");
    json_set_integer(order, "order_tip", 0);
    add_people(order);
    add_items(order);
    return order;
}

/* ── Its state (7) ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct status_row {
    const char *state;
    int id;
    const char *text;
} status_rows[] = {
    {"RECEIVED", 1, "Sipariş Geldi"},
    {"CONFIRMED", 2, "Hazırlanıyor"},
    {"IN_DELIVERY", 16, "Restoran Kuryeye Verildi"},
    {"COMPLETE", 5, "Teslim Edildi"},
    {"CANCELED", 6, "İptal Edildi"},
    {"COMPLETE_NEEDS_PAYMENT", DUKKANGO_NEEDS_PAYMENT_ID, "Ödeme Bekleniyor"},
};

void dukkango_write_state(struct order *order, int64_t now_us)
{
    (void)now_us;
    for (size_t i = 0; i < COUNT_OF(status_rows); i++)
        if (strcmp(status_rows[i].state, order->state) == 0) {
            json_set_integer(order->document, "status_id", status_rows[i].id);
            json_set_string(order->document, "status_text", status_rows[i].text);
        }
}

void dukkango_read_names(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "payment_key", ""));
}

bool dukkango_is_in(const struct order *order, const char *state)
{
    return strcmp(order->state, state) == 0;
}

bool dukkango_courier_is(const struct order *order, const char *courier_type)
{
    return strcmp(json_string_or(order->document, "courier_type", ""), courier_type) == 0;
}
