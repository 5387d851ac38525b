/*
 * Who asks: tokens, subjects and scopes, in the order of the vendor's own check (2); then how often.
 */
#include <string.h>

#include "base/instant.h"
#include "providers/zaikio/zaikio.h"

static const char SEE_DOCS[] = "For more information check our docs: https://docs.zaikio.com/guide/oauth/scopes.html";

/* Which scopes, one of them, a call needs. What is not here needs none that is documented. */
static const struct scope_row {
    const char *operation;
    const char *narrow;
    const char *wide;
} scope_rows[] = {
    {"cancel", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"get_order", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"list_orders", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"list_order_line_items", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"list_deliveries", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"create_order", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"place_order", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"create_order_line_item", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"create_delivery", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"get_order_line_item", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"update_order_line_item", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"delete_order_line_item", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"get_delivery", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"update_delivery", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"delete_delivery", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"list_delivery_line_items", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"create_delivery_line_item", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"get_delivery_line_item", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"update_delivery_line_item", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"delete_delivery_line_item", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"list_suppliers_v2", "procurement_consumer.article_base.r", "procurement_consumer.article_base.rw"},
    {"get_supplier_v2", "procurement_consumer.article_base.r", "procurement_consumer.article_base.rw"},
    {"list_material_requirements", "procurement_consumer.material_requirements.r",
     "procurement_consumer.material_requirements.rw"},
    {"get_material_requirement", "procurement_consumer.material_requirements.r",
     "procurement_consumer.material_requirements.rw"},
    {"create_material_requirement", "procurement_consumer.material_requirements.w",
     "procurement_consumer.material_requirements.rw"},
    {"update_material_requirement", "procurement_consumer.material_requirements.w",
     "procurement_consumer.material_requirements.rw"},
    {"delete_material_requirement", "procurement_consumer.material_requirements.w",
     "procurement_consumer.material_requirements.rw"},
    {"archive_material_requirement", "procurement_consumer.material_requirements.w",
     "procurement_consumer.material_requirements.rw"},
    {"refresh_material_requirement", "procurement_consumer.material_requirements.w",
     "procurement_consumer.material_requirements.rw"},
    {"get_sku", "procurement_consumer.catalog.r", "procurement_consumer.catalog.rw"},
    {"get_sales_group", "procurement_consumer.catalog.r", "procurement_consumer.catalog.rw"},
};

/* The vendor's check answers 401 only where there is no token; the API description swaps the labels (9 A4). */
static enum step refuse_token(struct exchange *x, int gem_status, const char *code, const struct reason *why)
{
    int status = exchange_knob(x, KNOB_AUTH_STATUS_STYLE) == AUTH_STYLE_OPENAPI ? 403 : gem_status;
    return exchange_refuse(x, status, zaikio_error_list(code, NULL), why);
}

static enum step refuse_permission(struct exchange *x, const char *code, const char *detail, const struct reason *why)
{
    int status = exchange_knob(x, KNOB_AUTH_STATUS_STYLE) == AUTH_STYLE_OPENAPI ? 401 : 403;
    bool details = exchange_knob_on(x, KNOB_ERROR_DETAILS);
    return exchange_refuse(x, status, zaikio_error_list(code, details ? detail : NULL), why);
}

/* V2 has the same paths for the tokens of persons, below /organizations/{organization_id} (3). */
static const char *expected_subject(const struct exchange *x)
{
    return *exchange_param(x, "organization_id") == '\0' ? "Organization" : "Person";
}

static enum step check_subject(struct exchange *x, const cJSON *credential)
{
    const char *type = zaikio_subject_part(x, credential, false), *expected = expected_subject(x);
    if (strcmp(type, expected) == 0)
        return STEP_NEXT;
    const char *detail = arena_print(x->arena, "Expected Subject Type: %s | Subject type from Access Token: %s - %s",
                                     expected, type, SEE_DOCS);
    return refuse_permission(x, "unpermitted_subject", detail,
                             &(struct reason){"2: the bearer is an organisation, or a person below /organizations",
                                              "Authorization", arena_print(x->arena, "the subject type %s", expected),
                                              type});
}

static const char *scope_list(struct exchange *x, const char *const *scopes)
{
    const char *list = "";
    for (; *scopes != NULL; scopes++)
        list = arena_print(x->arena, "%s%s%s", list, *list == '\0' ? "" : ", ", *scopes);
    return list;
}

static enum step check_scope(struct exchange *x, const cJSON *credential, const char *token)
{
    const char *const *scopes = zaikio_scopes(x, credential, zaikio_scope_digits(credential, "token", token));
    for (size_t i = 0; i < COUNT_OF(scope_rows); i++) {
        const struct scope_row *row = &scope_rows[i];
        if (strcmp(row->operation, x->route->operation) != 0)
            continue;
        if (zaikio_is_one_of(row->narrow, scopes) || zaikio_is_one_of(row->wide, scopes))
            return STEP_NEXT;
        const char *wanted = arena_print(x->arena, "%s, %s", row->narrow, row->wide);
        const char *given = scope_list(x, scopes);
        const char *detail = arena_print(x->arena,
                                         "This endpoint requires one of the following scopes: %s but your access token "
                                         "only includes the following scopes: %s - %s",
                                         wanted, given, SEE_DOCS);
        return refuse_permission(x, "unpermitted_scope", detail,
                                 &(struct reason){"2: scope missing", "Authorization", wanted, given});
    }
    return STEP_NEXT;
}

/* The token of "Bearer <token>", written just so; NULL for anything else. */
static const char *bearer_token(const struct exchange *x)
{
    static const char prefix[] = "Bearer ";
    const char *value = exchange_header(x, "Authorization");
    if (value == NULL || strncmp(value, prefix, sizeof prefix - 1) != 0 || value[sizeof prefix - 1] == '\0')
        return NULL;
    return value + sizeof prefix - 1;
}

static enum step check_token(struct exchange *x, const char *token, const cJSON **credential)
{
    struct credential_match match = exchange_credential(x, "token", token);
    const char *state = match.entry == NULL ? "unknown" : match.state;
    *credential = match.entry;
    if (strcmp(state, "valid") == 0)
        return STEP_NEXT;
    const char *code = strcmp(state, "expired") == 0 ? "jwt_expired" : "invalid_jwt";
    return refuse_token(x, 403, code,
                        &(struct reason){"2: the token is valid", "Authorization", "a valid token", state});
}

/* ── The rate limit (6) ────────────────────────────────────────────────────────────────────────────────────────── */

#define MINUTE_US (60 * INSTANT_SECOND_US)

/* Each of the minute's requests takes a rate limit of a minute. */
static enum step check_rate(struct exchange *x)
{
    int64_t limit = exchange_knob(x, KNOB_RATE_LIMIT), least = MINUTE_US;
    for (int64_t i = 0; i < limit; i++) {
        int64_t left = exchange_rate_limit(x, "rate", arena_print(x->arena, "%lld", (long long)i), MINUTE_US);
        if (left == 0)
            return STEP_NEXT;
        least = left < least ? left : least;
    }
    if (limit == RATE_UNLIMITED)
        return STEP_NEXT;
    int64_t reset = (exchange_now(x) + least + INSTANT_SECOND_US - 1) / INSTANT_SECOND_US;
    reply_header(x, "RateLimit-Reset", arena_print(x->arena, "%lld", (long long)reset));
    reply_header(x, "RateLimit-Rule", arena_print(x->arena, "%lldreqs/60s", (long long)limit));
    reply_empty(x, 429);
    exchange_give_reason(
        x, &(struct reason){"6: too many requests", NULL, "fewer of them in a minute", NULL, .knob = "rate_limit=0"});
    return STEP_REPLY;
}

/* ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* V2 is there by a knob alone (3). */
static bool is_served(const struct exchange *x)
{
    return strcmp(x->base->base, ZAIKIO_V2_BASE) != 0 || exchange_knob_on(x, KNOB_V2);
}

enum step zaikio_authenticate(struct exchange *x)
{
    if (!is_served(x)) {
        zaikio_refuse(x, REFUSAL_NO_ROUTE);
        return STEP_REPLY;
    }
    zaikio_name_request(x);
    if (zaikio_is_hub(x))
        return zaikio_authenticate_client(x);
    const char *token = bearer_token(x);
    if (token == NULL)
        return refuse_token(x, 401, "no_jwt_passed",
                            &(struct reason){"2: every call carries a token", "Authorization", "Bearer <token>",
                                             exchange_header(x, "Authorization") == NULL ? "absent" : "another form"});
    const cJSON *credential = NULL;
    if (check_token(x, token, &credential) == STEP_REPLY || check_subject(x, credential) == STEP_REPLY ||
        check_scope(x, credential, token) == STEP_REPLY)
        return STEP_REPLY;
    x->credential = credential;
    x->account = json_string(credential, "account");
    return check_rate(x);
}

const char *zaikio_credential_shown(struct exchange *x)
{
    return zaikio_is_hub(x) ? zaikio_client_shown(x) : bearer_token(x);
}
