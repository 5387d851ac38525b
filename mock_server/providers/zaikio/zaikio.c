/*
 * Zaikio Procurement, consumers' API V1: a printer cancels an order that it placed with a supplier.
 *
 *     DELETE /consumers/api/v1/orders/{order_id}                                                       a draft: 204
 *     PATCH  /consumers/api/v1/orders/{order_id}   {"order":{"state_event":"cancel_by_consumer"}}      200, the order
 *     PATCH  /consumers/api/v1/orders/{order_id}   {"order":{"state_event":"request_cancelation"}}     200, the order
 *
 * Which of the three is right depends on the order's state, and a 200 to the last one cancels nothing: the supplier
 * decides, later. A client must read `state`. `errors` has two shapes: a list of codes for access and lookup, an object
 * of lists for validation.
 *
 *     POST ──▶ draft ──place──▶ placed ──▶ transferred ──▶ confirmed ──▶ producing ──▶ partially_shipped ──▶ shipped
 *                │              │  └─▶ transfer_failed        │               │              └─▶ …_remainder_canceled
 *              DELETE       cancel_by_consumer            └──── request_cancelation, if the supplier's policy allows
 *                ▼              ▼                                     ▼
 *               gone      canceled_by_consumer            cancelation_requested ──accepts──▶ canceled_by_supplier
 *                                                                  └── goes on ──▶ confirmed, producing, …: refused
 *
 * An order is created by POST /orders, filled while it is a draft, and reaches its supplier a minute after it was
 * placed (the knob transfer_pace). What the supplier does waits for the control API, or for its knob `…_pace`.
 *
 * Two other APIs belong to it. The token endpoint is the Hub's, on another host at the vendor's: /oauth/access_token
 * below the root. The second version, below /api/v2, is there when the knob v2 is on: PATCH …/cancel and …/place,
 * another form of order, orders made for material requirements, and /organizations/{organization_id}/… for the tokens
 * of persons.
 *
 * Oddities that are imitated: no token is a 401 but a bad one a 403 (2, 9 A4); a mistyped `state_event` is a 200 that
 * changes nothing (4); the writable time stamps do nothing (9 A14); a confirmed order may never have been transferred
 * (7); amounts of money are strings; `&`, `<` and `>` leave as \u0026, \u003c and \u003e (10 ZAI-TXT-1); the stamp of a
 * cancel is some milliseconds older than `updated_at` (5); V2 says `esimated` (8.3).
 *
 * Not imitated: TLS, JSON Web Tokens with a signature, the Hub's flows with a browser or a device, its answers in XML
 * or plain text; the catalogue but for its articles by id (line items name one of the `skus` of provider.json), so the
 * variant that an article links to is a 404; where an address lies on the map, unless it is one of the `sites`; the
 * parts that a delivery gets by itself; asking a supplier for the price of a material requirement, so that `refresh`
 * finds nothing new; events by webhook. Rates are limited when the knob rate_limit says so. How much fits into a draft
 * is a limit of ours (contents.c).
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Canceling Orders page.
 */
#include <string.h>

#include "providers/zaikio/requirements.h"

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT_HUB .base = ""
#define AT_V2  .base = ZAIKIO_V2_BASE
#define READ   .is_read = true

/* A DELETE may have a body or none, so nobody looks (4). */
static const struct route routes[] = {
    {"PATCH", "/orders/{order_id}", "cancel", zaikio_validate_patch, zaikio_decide_patch, zaikio_render_shown},
    {"PUT", "/orders/{order_id}", "cancel", zaikio_validate_patch, zaikio_decide_patch, zaikio_render_shown},
    {"DELETE", "/orders/{order_id}", "cancel", NULL, zaikio_decide_delete, zaikio_render_deleted},
    {"GET", "/orders/{order_id}", "get_order", NULL, zaikio_decide_get, zaikio_render_shown, READ},
    {"GET", "/orders", "list_orders", zaikio_validate_list, NULL, zaikio_render_list, READ},
    {"POST", "/orders", "create_order", zaikio_validate_create, zaikio_decide_create, zaikio_render_created},
    {"GET", "/orders/{order_id}/order_line_items", "list_order_line_items", zaikio_validate_listing,
     zaikio_decide_parts, zaikio_render_line_items, READ},
    {"POST", "/orders/{order_id}/order_line_items", "create_order_line_item", zaikio_validate_new_line_item,
     zaikio_decide_new_line_item, zaikio_render_created},
    {"GET", "/orders/{order_id}/deliveries", "list_deliveries", zaikio_validate_listing, zaikio_decide_parts,
     zaikio_render_deliveries, READ},
    {"POST", "/orders/{order_id}/deliveries", "create_delivery", zaikio_validate_new_delivery,
     zaikio_decide_new_delivery, zaikio_render_created},
    {"GET", "/order_line_items/{order_line_item_id}", "get_order_line_item", zaikio_validate_part, zaikio_decide_part,
     zaikio_render_shown},
    {"PATCH", "/order_line_items/{order_line_item_id}", "update_order_line_item", zaikio_validate_part_change,
     zaikio_decide_part_change, zaikio_render_shown},
    {"DELETE", "/order_line_items/{order_line_item_id}", "delete_order_line_item", zaikio_validate_part,
     zaikio_decide_part_delete, zaikio_render_deleted},
    {"GET", "/deliveries/{delivery_id}", "get_delivery", zaikio_validate_part, zaikio_decide_part, zaikio_render_shown},
    {"PATCH", "/deliveries/{delivery_id}", "update_delivery", zaikio_validate_part_change, zaikio_decide_part_change,
     zaikio_render_shown},
    {"DELETE", "/deliveries/{delivery_id}", "delete_delivery", zaikio_validate_part, zaikio_decide_part_delete,
     zaikio_render_deleted},
    {"GET", "/deliveries/{delivery_id}/delivery_line_items", "list_delivery_line_items", zaikio_validate_held_listing,
     zaikio_decide_held_listing, zaikio_render_held},
    {"POST", "/deliveries/{delivery_id}/delivery_line_items", "create_delivery_line_item", zaikio_validate_new_held,
     zaikio_decide_new_held, zaikio_render_created},
    {"GET", "/delivery_line_items/{delivery_line_item_id}", "get_delivery_line_item", zaikio_validate_part,
     zaikio_decide_part, zaikio_render_shown},
    {"PATCH", "/delivery_line_items/{delivery_line_item_id}", "update_delivery_line_item", zaikio_validate_part_change,
     zaikio_decide_part_change, zaikio_render_shown},
    {"DELETE", "/delivery_line_items/{delivery_line_item_id}", "delete_delivery_line_item", zaikio_validate_part,
     zaikio_decide_part_delete, zaikio_render_deleted},
    {"GET", "/skus/{sku_id}", "get_sku", zaikio_validate_sku, NULL, zaikio_render_shown},
    {"GET", "/sales_groups/{sales_group_id}", "get_sales_group", zaikio_validate_sales_group, NULL,
     zaikio_render_shown},
    {"GET", "/suppliers", "list_suppliers", zaikio_validate_listing, NULL, zaikio_render_suppliers},
    {"GET", "/suppliers/{supplier_id}", "get_supplier", zaikio_validate_supplier, NULL, zaikio_render_shown},
    {"GET", "/contracts", "list_contracts", zaikio_validate_listing, NULL, zaikio_render_contracts},
    {"GET", "/contracts/{contract_id}", "get_contract", zaikio_validate_contract, NULL, zaikio_render_shown},

    {"POST", "/oauth/access_token", "login", zaikio_validate_login, NULL, zaikio_render_login, AT_HUB},

    {"GET", "/v2/orders", "list_orders", zaikio_v2_validate_list, NULL, zaikio_v2_render_list, READ, AT_V2},
    {"POST", "/v2/orders", "create_order", zaikio_v2_validate_create, zaikio_v2_decide_create, zaikio_v2_render_created,
     AT_V2},
    {"GET", "/v2/suppliers", "list_suppliers_v2", NULL, NULL, zaikio_v2_render_suppliers, AT_V2},
    {"GET", "/v2/suppliers/{supplier_id}", "get_supplier_v2", zaikio_v2_validate_supplier, NULL, zaikio_render_shown,
     AT_V2},
    {"GET", "/v2/material_requirements", "list_material_requirements", zaikio_validate_requirements, NULL,
     zaikio_render_requirements, AT_V2},
    {"POST", "/v2/material_requirements", "create_material_requirement", zaikio_validate_new_requirement, NULL,
     zaikio_render_new_requirement, AT_V2},
    {"GET", "/v2/material_requirements/{material_requirement_id}", "get_material_requirement",
     zaikio_validate_requirement, NULL, zaikio_render_shown, AT_V2},
    {"PATCH", "/v2/material_requirements/{material_requirement_id}", "update_material_requirement",
     zaikio_validate_requirement_change, NULL, zaikio_render_requirement_change, AT_V2},
    {"DELETE", "/v2/material_requirements/{material_requirement_id}", "delete_material_requirement",
     zaikio_validate_requirement_delete, NULL, zaikio_render_requirement_delete, AT_V2},
    {"PATCH", "/v2/material_requirements/{material_requirement_id}/archive", "archive_material_requirement",
     zaikio_validate_requirement, NULL, zaikio_render_requirement_archive, AT_V2},
    {"PATCH", "/v2/material_requirements/{material_requirement_id}/refresh", "refresh_material_requirement",
     zaikio_validate_requirement, NULL, zaikio_render_shown, AT_V2},
    {"GET", "/v2/orders/{order_id}", "get_order", zaikio_v2_validate, zaikio_v2_decide_get, zaikio_v2_render, READ,
     AT_V2},
    {"PATCH", "/v2/orders/{order_id}/cancel", "cancel", zaikio_v2_validate, zaikio_v2_decide_cancel, zaikio_v2_render,
     AT_V2},
    {"PATCH", "/v2/orders/{order_id}/place", "place_order", zaikio_v2_validate, zaikio_v2_decide_place,
     zaikio_v2_render, AT_V2},
    {"DELETE", "/v2/orders/{order_id}", "cancel", zaikio_v2_validate, zaikio_decide_delete, zaikio_render_deleted,
     AT_V2},
    {"GET", "/v2/organizations/{organization_id}/orders", "list_orders", zaikio_v2_validate_list, NULL,
     zaikio_v2_render_list, READ, AT_V2},
    {"POST", "/v2/organizations/{organization_id}/orders", "create_order", zaikio_v2_validate_create,
     zaikio_v2_decide_create, zaikio_v2_render_created, AT_V2},
    {"GET", "/v2/organizations/{organization_id}/orders/{order_id}", "get_order", zaikio_v2_validate,
     zaikio_v2_decide_get, zaikio_v2_render, READ, AT_V2},
    {"PATCH", "/v2/organizations/{organization_id}/orders/{order_id}/cancel", "cancel", zaikio_v2_validate,
     zaikio_v2_decide_cancel, zaikio_v2_render, AT_V2},
    {"PATCH", "/v2/organizations/{organization_id}/orders/{order_id}/place", "place_order", zaikio_v2_validate,
     zaikio_v2_decide_place, zaikio_v2_render, AT_V2},
    {"DELETE", "/v2/organizations/{organization_id}/orders/{order_id}", "cancel", zaikio_v2_validate,
     zaikio_decide_delete, zaikio_render_deleted, AT_V2},
    {"GET", "/v2/organizations/{organization_id}/suppliers", "list_suppliers_v2", zaikio_v2_validate, NULL,
     zaikio_v2_render_suppliers, AT_V2},
    {"GET", "/v2/organizations/{organization_id}/suppliers/{supplier_id}", "get_supplier_v2",
     zaikio_v2_validate_supplier, NULL, zaikio_render_shown, AT_V2},
    {"GET", "/v2/organizations/{organization_id}/material_requirements", "list_material_requirements",
     zaikio_validate_requirements, NULL, zaikio_render_requirements, AT_V2},
    {"POST", "/v2/organizations/{organization_id}/material_requirements", "create_material_requirement",
     zaikio_validate_new_requirement, NULL, zaikio_render_new_requirement, AT_V2},
    {"GET", "/v2/organizations/{organization_id}/material_requirements/{material_requirement_id}",
     "get_material_requirement", zaikio_validate_requirement, NULL, zaikio_render_shown, AT_V2},
    {"PATCH", "/v2/organizations/{organization_id}/material_requirements/{material_requirement_id}",
     "update_material_requirement", zaikio_validate_requirement_change, NULL, zaikio_render_requirement_change, AT_V2},
    {"DELETE", "/v2/organizations/{organization_id}/material_requirements/{material_requirement_id}",
     "delete_material_requirement", zaikio_validate_requirement_delete, NULL, zaikio_render_requirement_delete, AT_V2},
    {"PATCH", "/v2/organizations/{organization_id}/material_requirements/{material_requirement_id}/archive",
     "archive_material_requirement", zaikio_validate_requirement, NULL, zaikio_render_requirement_archive, AT_V2},
    {"PATCH", "/v2/organizations/{organization_id}/material_requirements/{material_requirement_id}/refresh",
     "refresh_material_requirement", zaikio_validate_requirement, NULL, zaikio_render_shown, AT_V2},
    {.method = NULL},
};

/* The page writes its paths without a base: "/orders/{id}". */
static const struct base_path bases[] = {
    {"/consumers/api/v1", NULL}, {"", "/orders"}, {"", "/oauth"}, {ZAIKIO_V2_BASE, "/v2"}, {NULL, NULL}};

static const char *needs(const struct base_path *base, const struct route *route)
{
    if (strcmp(base->base, ZAIKIO_V2_BASE) == 0)
        return "v2=on";
    return strcmp(route->method, "PUT") == 0 ? "put=as_patch" : NULL;
}

/* 9 A26: without the knob, PUT is no route of any path, and no operation that a fault could be meant for. */
static const char *routed_path(struct exchange *x)
{
    bool is_put = strcmp(x->request.method, "PUT") == 0;
    return is_put && exchange_knob(x, KNOB_PUT) != PUT_AS_PATCH ? "" : x->inner_path;
}

static const char *order_named(struct exchange *x)
{
    return exchange_param(x, "order_id"); /* not always the first parameter */
}

static const char *const secret_headers[] = {"Authorization", NULL};
static const char *const secret_members[] = {"client_secret", "refresh_token", NULL};

const struct provider provider_zaikio = {
    .name = "zaikio",
    .title = "Zaikio Procurement (consumers) API V1",
    .bases = bases,
    .content_type = "application/json; charset=utf-8",
    .routes = routes,
    .events = zaikio_events,
    .states = zaikio_states,
    .knobs = zaikio_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "id",
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .token_member = "token",
    .document_shape = zaikio_document_shape,
    .facts_shape = zaikio_facts_shape,
    .credential_shape = zaikio_credential_shape,
    .fixture_shape = zaikio_fixture_shape,
    .needs = needs,
    .routed_path = routed_path,
    .refuse = zaikio_refuse,
    .answer_status = zaikio_answer_status,
    .finish = zaikio_finish,
    .authenticate = zaikio_authenticate,
    .credential_shown = zaikio_credential_shown,
    .order_named = order_named,
    .new_document = zaikio_new_document,
    .write_state = zaikio_write_state,
    .read_names = zaikio_read_names,
};
