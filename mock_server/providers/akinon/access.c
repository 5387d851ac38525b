/*
 * Who asks, and by which path (2, 9.1, 9.16, 9.18).
 *
 *     POST /api/i1/auth/login/   {"username":"…","password":"…"}   →   {"key":"…"}
 *     Authorization: Token <key>
 *
 * Every login hands out a key of its own, which lives as long as the knob token_ttl_s says. The keys of the fixtures do
 * not expire by time; the control API can end all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "providers/akinon/akinon.h"

/* ── Paths ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Where the documents show a path, when that is not /api/i1. The first row that fits counts. */
static const struct {
    const char *pattern;   /* begins like this */
    const char *operation; /* NULL: any */
    const char *base;
} homes[] = {
    {"/channel/{channel_id}/cancellation_requests", NULL, AKINON_BASE_BARE},
    {"/channel/{channel_id}/cancellation_plans", NULL, AKINON_BASE_BARE},
    {"/channel/", NULL, AKINON_BASE_V1},
    {"/channels/", NULL, AKINON_BASE_V1},
    {"/order_item/", NULL, AKINON_BASE_V1},
    {"/order_items", NULL, AKINON_BASE_V1},
    {"/order_number", NULL, AKINON_BASE_V1},
    {"/content_types", NULL, AKINON_BASE_V1},
    {"/dynamic_settings", NULL, AKINON_BASE_V1},
    {"/orders/", "update_order", AKINON_BASE_V1},
};

static bool is_at_home(const struct base_path *base, const struct route *route)
{
    if (strcmp(base->base, AKINON_BASE) == 0)
        return true; /* the base that every page names */
    for (size_t i = 0; i < COUNT_OF(homes); i++)
        if (strncmp(route->pattern, homes[i].pattern, strlen(homes[i].pattern)) == 0 &&
            (homes[i].operation == NULL || strcmp(homes[i].operation, route->operation) == 0))
            return strcmp(base->base, homes[i].base) == 0;
    return false;
}

const char *akinon_needs(const struct base_path *base, const struct route *route)
{
    if (akinon_is_whole(route->pattern))
        return is_at_home(base, route) ? NULL : "path_aliases=on";
    return is_at_home(base, route) ? "missing_slash=serve" : "path_aliases=on, missing_slash=serve";
}

static enum step check_alias(struct exchange *x)
{
    if (is_at_home(x->base, x->route))
        return STEP_NEXT;
    const struct reason why = {"9.1: this path is documented below another version", "path", "/api/i1", x->base->base,
                               .knob = "path_aliases=on"};
    if (!exchange_knob_on(x, KNOB_PATH_ALIASES))
        return exchange_refuse(x, 404, akinon_detail("Not found."), &why);
    exchange_give_reason(x, &why);
    return STEP_NEXT;
}

/* ── The key (2) ───────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_key(struct exchange *x, const char *detail, const char *actual)
{
    const struct reason why = {"2: every call carries Authorization: Token <key>", "Authorization",
                               "Token, one space, a valid key", actual};
    reply_header(x, "WWW-Authenticate", "Token");
    return exchange_refuse(x, 401, akinon_detail(detail), &why);
}

static enum step check_key(struct exchange *x)
{
    static const char scheme[] = "Token ";
    const char *header = exchange_header(x, "Authorization");
    if (header == NULL)
        return refuse_key(x, "Authentication credentials were not provided.", "absent");
    if (strncmp(header, scheme, sizeof scheme - 1) != 0)
        return refuse_key(x, "Authentication credentials were not provided.", "another scheme");

    const char *key = header + sizeof scheme - 1;
    const struct credential_match shown = exchange_credential(x, "token", key);
    if (shown.entry == NULL)
        return refuse_key(x, "Invalid token.", "an unknown key");
    if (strcmp(shown.state, "forbidden") == 0) {
        const struct reason why = {"2: the user may not do this", "Authorization", "a user with the right",
                                   shown.state};
        return exchange_refuse(x, 403, akinon_detail("You do not have permission to perform this action."), &why);
    }
    if (strcmp(shown.state, "valid") != 0)
        return refuse_key(x, "Invalid token.", shown.state);
    x->credential = shown.entry;
    x->account = json_string(shown.entry, "account");
    return STEP_NEXT;
}

const char *akinon_credential_shown(struct exchange *x)
{
    static const char scheme[] = "Token ";
    const char *header = exchange_header(x, "Authorization");
    const cJSON *body = NULL;
    if (header != NULL)
        return strncmp(header, scheme, sizeof scheme - 1) == 0 ? header + sizeof scheme - 1 : NULL;
    exchange_body(x, &body);
    return json_string(body, "username");
}

enum step akinon_authenticate(struct exchange *x)
{
    if (akinon_check_slash(x) == STEP_REPLY || check_alias(x) == STEP_REPLY)
        return STEP_REPLY;
    return strcmp(x->route->operation, "login") == 0 ? STEP_NEXT : check_key(x);
}

bool akinon_is_visible(const struct exchange *x, const struct order *order)
{
    if (order == NULL || strcmp(order->id, x->order_key) != 0 || strcmp(order->account, x->account) != 0)
        return false;
    const char *channel = exchange_param(x, "channel_id");
    return *channel == '\0' || akinon_is_of_channel(order, channel);
}

enum step akinon_check_channel(struct exchange *x)
{
    const char *asked = exchange_param(x, "channel_id");
    if (akinon_has_channel(x, asked))
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"3: no such channel", "channel_id", "a channel of this account", asked});
}

const char *akinon_find_order(struct exchange *x, bool (*wanted)(const struct order *order, const char *digits),
                              const char *digits)
{
    const char *id = "";
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        if (*id == '\0' && wanted(orders[i], digits))
            id = arena_dup(x->arena, orders[i]->id);
        order_drop(orders[i]);
    }
    free(orders);
    return id;
}

/* ── Login (2) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *word_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    if (!cJSON_IsString(value))
        return "Not a valid string.";
    return *value->valuestring == '\0' ? "This field may not be blank." : NULL;
}

static const struct akinon_field login_fields[] = {
    {"username", "a string", word_mistake, .required = true, .secret = true},
    {"password", "a string", word_mistake, .required = true, .secret = true},
    {.name = NULL},
};

static enum step refuse_login(struct exchange *x, const char *field, const char *actual)
{
    const struct reason why = {"2: login failure", field, "a known user and the right password", actual};
    return exchange_refuse(x, 400,
                           akinon_field_error("non_field_errors", "Unable to log in with provided credentials."), &why);
}

enum step akinon_validate_login(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_check_object(x, &body) == STEP_REPLY ||
        akinon_check_fields(x, NULL, body, login_fields) == STEP_REPLY)
        return STEP_REPLY;

    const struct credential_match shown = exchange_credential(x, "username", json_string(body, "username"));
    const char *password = json_string(json_member(shown.entry, "values"), "password");
    if (shown.entry == NULL || strcmp(shown.state, "valid") != 0)
        return refuse_login(x, "username", "an unknown user");
    if (password == NULL || strcmp(password, json_string(body, "password")) != 0)
        return refuse_login(x, "password", "another password");
    x->credential = shown.entry;
    x->account = json_string(shown.entry, "account");
    return STEP_NEXT;
}

#define KEY_LENGTH 40 /* the sample is masked in its middle (2); forty hex digits are the framework's */

void akinon_render_login(struct exchange *x)
{
    char key[KEY_LENGTH + 1];
    int64_t ttl_s = exchange_knob(x, KNOB_TOKEN_TTL_S);
    exchange_token_characters(x, "0123456789abcdef", KEY_LENGTH, key);
    exchange_issue_token(x, "token", key,
                         ttl_s == TOKEN_TTL_FOREVER ? TOKEN_FOREVER : exchange_now(x) + ttl_s * INSTANT_SECOND_US);
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "key", key);
    reply_json(x, 200, body);
}
