/*
 * Akinon Omnitron: the back office of a commerce platform cancels, or takes back, an order or some of its items.
 *
 *     POST /api/i1/orders/1883/cancel/      Authorization: Token …
 *     {"order":1883,"is_all":true,"cancel_items":[],"reasons":{"70193":12,"70194":12},"forced_refund_amount":null}
 *     200 {"pk":1883,…,"status":"50","cancel_status":"waiting",…}
 *
 * A 200 says that a plan was opened. The order is cancelled when the operator approves the plan:
 *
 *     approved, preparing … ──cancel──▶ cancellation_waiting ──approve──▶ canceled
 *     shipped, delivered …  ──cancel──▶ cancellation_waiting ──approve──▶ refunded
 *                                               └──────────── reject ───▶ the state before
 *
 * When only some items are chosen, they go to 50 and the order keeps its status; its `cancel_status` tells of the plan,
 * and approve_items or reject_items ends it. Whether a plan cancels or takes back follows from the items: what has left
 * the warehouse is a return (7).
 *
 * Answers look like Django REST framework's: `detail`, fields with arrays of texts, `non_field_errors`. Mistakes in the
 * body are 400, rules of the service 406 (9.8).
 *
 * Oddities that are imitated: a required field that must be null (9.3); a list that the table calls a dict (9.2); a
 * path without its slash is a redirect that turns many a POST into a GET (9.16), but one path is documented without;
 * the same page writes /api/i1 and /api/v1, and others no version at all (9.1); statuses are numbers in strings (9.11),
 * amounts decimal strings (9.12).
 *
 * Ours, where the documents give a name and no more: what a cancellation request and a plan answer, that `completed`
 * ends a refund which waited for payment, and the events that lead from one status to the next (7, 8).
 *
 * Not imitated: dynamic_settings and the other 18 cancellation strategies, of which only the names are public (the rule
 * of the first is the knob enforce_erp_rule); deactivating a reason; webhooks; what a refund adds up to
 * (`refund_amount` stays); OPTIONS, although Allow names it, and HEAD.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Order Cancellation
 * page.
 */
#include "providers/akinon/plan.h"

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each path stands here with its slash and without: the redirect belongs to the operation that was meant, and the knob
 * missing_slash can serve it (answers.c). What a row continues with is the rest of a struct route. */
#define ROUTE(method, path, ...)                                                                                       \
    {method, path "/", __VA_ARGS__},                                                                                   \
    {                                                                                                                  \
        method, path, __VA_ARGS__                                                                                      \
    }

#define READ        .is_read = true
#define IN_CHANNEL  "/channel/{channel_id}"
#define OF_REASONS  IN_CHANNEL "/cancellation_reasons"
#define OF_REQUESTS IN_CHANNEL "/cancellation_requests"
#define OF_PLANS    IN_CHANNEL "/cancellation_plans"

static const struct route routes[] = {
    ROUTE("POST", "/auth/login", "login", akinon_validate_login, NULL, akinon_render_login),
    ROUTE("POST", "/orders/{order_id}/cancel", "cancel", akinon_check_json, akinon_decide_cancel, akinon_render_cancel),
    ROUTE("POST", IN_CHANNEL "/orders/{order_id}/cancel", "cancel", akinon_validate_channel_cancel,
          akinon_decide_cancel, akinon_render_cancel),
    ROUTE("GET", "/orders", "list_orders", NULL, NULL, akinon_render_list, READ),
    ROUTE("GET", "/orders/{order_id}", "get_order", NULL, akinon_decide_get, akinon_render_order, READ),
    ROUTE("PATCH", "/orders/{order_id}", "update_order", akinon_check_json, akinon_decide_update, akinon_render_order),
    ROUTE("GET", "/orders_integration/{order_id}/detailed_integration", "get_detailed_order", NULL, akinon_decide_get,
          akinon_render_detailed, READ),
    ROUTE("GET", "/order_item/detailed_integration", "list_order_items", NULL, NULL, akinon_render_items, READ),
    ROUTE("GET", OF_REASONS, "list_cancel_reasons", akinon_check_channel, NULL, akinon_render_reasons),
    ROUTE("GET", OF_REASONS "/{id}", "get_cancel_reason", akinon_validate_reason, NULL, akinon_render_reason),
    ROUTE("GET", OF_REQUESTS, "list_cancellation_requests", akinon_check_channel, NULL, akinon_render_requests),
    ROUTE("POST", OF_REQUESTS, "create_cancellation_request", akinon_validate_new_request, akinon_decide_new_request,
          akinon_render_new_request),
    ROUTE("GET", OF_REQUESTS "/{id}", "get_cancellation_request", akinon_validate_request, akinon_decide_request,
          akinon_render_request),
    ROUTE("POST", OF_REQUESTS "/{id}/reject", "reject_cancellation_request", akinon_validate_request,
          akinon_decide_rejection, akinon_render_request),
    ROUTE("GET", OF_PLANS, "list_cancellation_plans", akinon_check_channel, NULL, akinon_render_plans),
    ROUTE("GET", OF_PLANS "/inserts_or_updates", "list_cancellation_plans", akinon_check_channel, NULL,
          akinon_render_plans),
    ROUTE("GET", OF_PLANS "/{id}", "get_cancellation_plan", akinon_validate_plan, akinon_decide_plan,
          akinon_render_plan),
    ROUTE("POST", OF_PLANS "/{id}/create_payment_plan", "create_payment_plan", akinon_validate_payment_plan,
          akinon_decide_payment_plan, akinon_render_plan),
    {.method = NULL},
};

static const char *const secret_headers[] = {"Authorization", NULL};
static const char *const secret_members[] = {"username", "password", NULL};

/* The second and third are not the canonical one: access.c knows which path is documented below which. */
static const struct base_path bases[] = {
    {AKINON_BASE, NULL}, {AKINON_BASE_V1, NULL}, {AKINON_BASE_BARE, "/channel"}, {NULL, NULL}};

const struct provider provider_akinon = {
    .name = "akinon",
    .title = "Akinon Omnitron API",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = akinon_events,
    .states = akinon_states,
    .knobs = akinon_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "pk",
    .id_is_integer = true,
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .document_shape = akinon_document_shape,
    .facts_shape = akinon_facts_shape,
    .credential_shape = akinon_credential_shape,
    .fixture_shape = akinon_fixture_shape,
    .needs = akinon_needs,
    .refuse = akinon_refuse,
    .answer_status = akinon_answer_status,
    .authenticate = akinon_authenticate,
    .credential_shown = akinon_credential_shown,
    .token_member = "token",
    .order_named = akinon_order_named,
    .new_document = akinon_new_document,
    .write_state = akinon_write_state,
    .read_names = akinon_read_names,
};
