#include "tests/stand_ins.h"

#include <string.h>

static const struct base_path kiosk_bases[] = {{"/kiosk/v1", NULL}, {NULL, NULL}};
static const struct base_path arcade_bases[] = {{"/arcade", NULL}, {NULL, NULL}};
static const struct base_path depot_bases[] = {{"/depot", NULL}, {NULL, NULL}};

static const char *const kiosk_states[] = {"RECEIVED", "CONFIRMED", "IN_DELIVERY", "COMPLETE", "CANCELED", NULL};
static const char *const arcade_states[] = {"PENDING", NULL};

static const char *const from_received[] = {"RECEIVED", NULL};
static const char *const from_confirmed[] = {"CONFIRMED", NULL};
static const char *const from_in_delivery[] = {"IN_DELIVERY", NULL};

static const struct event kiosk_events[] = {
    {"accept", "restaurant", from_received, "CONFIRMED", .meaning = "accepted"},
    {"ontheway", "restaurant", from_confirmed, "IN_DELIVERY", .meaning = "on the way"},
    {"complete", "restaurant", from_in_delivery, "COMPLETE", .meaning = "delivered"},
    {"platform_cancel", "platform", from_received, "CANCELED", .meaning = "cancelled by the platform"},
    {"reprint", "restaurant", from_received, NULL, .meaning = "leads nowhere, and need not be told"},
    {.name = NULL},
};

static const struct route stand_in_routes[] = {
    {"PUT", "/orders/{order_id}/cancel", OPERATION_CANCEL},
    {.method = NULL},
};

static const struct event no_events[] = {{.name = NULL}};

static const char *const status_choices[] = {"403", "404", NULL};

static const struct knob kiosk_knobs[] = {
    {"foreign_order", status_choices, .meaning = "status for another's order", .clause = "9"},
};

static const struct shape kiosk_document[] = {
    {"payment_key", SHAPE_STRING},
    {"id", SHAPE_INTEGER},
    {"discount", SHAPE_STRING},
    {"total", SHAPE_NUMBER},
    SHAPE_END,
};
static const struct shape depot_document[] = {{"pk", SHAPE_INTEGER}, SHAPE_END};
static const struct shape no_members[] = {SHAPE_END};
static const struct shape kiosk_credential[] = {
    {"access_token", SHAPE_STRING},
    {"shop_key", SHAPE_STRING},
    SHAPE_END,
};
static const struct shape kiosk_fixture[] = {
    {"reasons", SHAPE_ARRAY, .required = true},
    {"tables", SHAPE_ARRAY},
    SHAPE_END,
};

static cJSON *new_document(const struct maker *maker)
{
    char id[UUID_TEXT_MAX];
    cJSON *document = cJSON_CreateObject();
    maker_uuid(maker, id);
    json_set_string(document, "payment_key", id);
    return document;
}

static cJSON *new_depot_document(const struct maker *maker)
{
    cJSON *document = cJSON_CreateObject();
    json_set_integer(document, "pk", maker_next_number(maker));
    return document;
}

static void write_state(struct order *order, int64_t now_us)
{
    (void)now_us;
    json_set_string(order->document, "status", order->state);
}

static void read_names(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "payment_key", ""));
}

static void read_depot_names(struct order *order)
{
    order_set_id(order, json_number_text(json_member(order->document, "pk")));
}

static const struct provider stand_ins[] = {
    {.name = "kiosk",
     .bases = kiosk_bases,
     .content_type = "application/json",
     .routes = stand_in_routes,
     .events = kiosk_events,
     .states = kiosk_states,
     .knobs = kiosk_knobs,
     .knob_count = 1,
     .id_member = "payment_key",
     .token_member = "access_token",
     .document_shape = kiosk_document,
     .facts_shape = no_members,
     .credential_shape = kiosk_credential,
     .fixture_shape = kiosk_fixture,
     .new_document = new_document,
     .write_state = write_state,
     .read_names = read_names},
    {.name = "arcade",
     .bases = arcade_bases,
     .content_type = "application/json",
     .routes = stand_in_routes,
     .events = no_events,
     .states = arcade_states,
     .id_member = "payment_key",
     .document_shape = kiosk_document,
     .facts_shape = no_members,
     .credential_shape = kiosk_credential,
     .fixture_shape = no_members,
     .new_document = new_document,
     .write_state = write_state,
     .read_names = read_names},
    {.name = "depot",
     .bases = depot_bases,
     .content_type = "application/json",
     .routes = stand_in_routes,
     .events = no_events,
     .states = arcade_states,
     .id_member = "pk",
     .id_is_integer = true,
     .document_shape = depot_document,
     .facts_shape = no_members,
     .credential_shape = kiosk_credential,
     .fixture_shape = no_members,
     .new_document = new_depot_document,
     .write_state = write_state,
     .read_names = read_depot_names},
};

const struct provider *stand_in_named(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(stand_ins); i++)
        if (strcmp(stand_ins[i].name, name) == 0)
            return &stand_ins[i];
    return NULL;
}
