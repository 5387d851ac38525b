/*
 * Who asks, and by which path (2, 9.1, 9.16, 9.18).
 *
 *     POST /api/i1/auth/login/   {"username":"…","password":"…"}   →   {"key":"…"}
 *     Authorization: Token <key>
 *
 * Keys are those of the fixtures. While the knob token_ttl_s is on, login hands out "<key>.<milliseconds>", so that a
 * key tells its own age and nothing needs to be remembered; the bare key of the fixtures does not expire.
 */
#include <string.h>

#include "providers/akinon/akinon.h"
#include "support/instant.h"
#include "support/number.h"

const struct shape akinon_credential_shape[] = {
    {"token", SHAPE_STRING},
    {"username", SHAPE_STRING},
    {"password", SHAPE_STRING},
    SHAPE_END,
};

/* ── Paths ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_under_alias(const struct exchange *x)
{
    static const char alias[] = "/api/v1";
    const size_t length = sizeof alias - 1;
    size_t path = strlen(x->request.path), inner = strlen(x->inner_path);
    return path >= inner + length && strncmp(x->request.path + path - inner - length, alias, length) == 0;
}

/* The reasons are documented below /api/v1 alone, so that is no alias for them (3). */
static enum step check_alias(struct exchange *x)
{
    if (!is_under_alias(x) || strcmp(x->route->operation, "list_cancel_reasons") == 0)
        return STEP_NEXT;
    const struct reason why = {"9.1: /api/v1 is an alias of the page's sample", "path", "/api/i1", "/api/v1"};
    if (exchange_knob(x, KNOB_PATH_ALIASES) == SWITCH_OFF)
        return exchange_refuse(x, 404, akinon_detail("Not found."), &why);
    exchange_give_reason(x, &why);
    return STEP_NEXT;
}

static enum step check_slash(struct exchange *x)
{
    const char *pattern = x->route->pattern;
    if (pattern[strlen(pattern) - 1] == '/' || exchange_knob(x, KNOB_MISSING_SLASH) == SLASH_SERVE)
        return STEP_NEXT;
    return akinon_refuse_missing_slash(x);
}

/* ── The key (2) ───────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_key(struct exchange *x, const char *detail, const char *actual)
{
    const struct reason why = {"2: every call carries Authorization: Token <key>", "Authorization",
                               "Token, one space, a valid key", actual};
    reply_header(x, "WWW-Authenticate", "Token");
    return exchange_refuse(x, 401, akinon_detail(detail), &why);
}

/* The credential of "<key>.<milliseconds>", unless it is too old. */
static const cJSON *stamped_credential(struct exchange *x, const char *key)
{
    const char *dot = strrchr(key, '.');
    int64_t issued_ms = 0, now_ms = exchange_now(x) / 1000, ttl_s = exchange_knob(x, KNOB_TOKEN_TTL_S);
    if (dot == NULL || !number_read(dot + 1, 0, now_ms, &issued_ms))
        return NULL;
    if (ttl_s > 0 && now_ms - issued_ms >= ttl_s * 1000)
        return NULL;
    return exchange_credential(x, "token", arena_dup_bytes(x->arena, key, (size_t)(dot - key))).entry;
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
    const cJSON *credential = exchange_credential(x, "token", key).entry;
    if (credential == NULL)
        credential = stamped_credential(x, key);
    if (credential == NULL)
        return refuse_key(x, "Invalid token.", "an unknown or expired key");
    const char *state = json_string_or(credential, "state", "valid");
    if (strcmp(state, "forbidden") == 0) {
        const struct reason why = {"2: the user may not do this", "Authorization", "a user with the right", state};
        return exchange_refuse(x, 403, akinon_detail("You do not have permission to perform this action."), &why);
    }
    if (strcmp(state, "valid") != 0)
        return refuse_key(x, "Invalid token.", state);
    x->credential = credential;
    x->account = json_string(credential, "account");
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
    if (check_slash(x) == STEP_REPLY || check_alias(x) == STEP_REPLY)
        return STEP_REPLY;
    return strcmp(x->route->operation, "login") == 0 ? STEP_NEXT : check_key(x);
}

bool akinon_is_visible(const struct exchange *x, const struct order *order)
{
    return order != NULL && strcmp(order->id, x->order_key) == 0 && strcmp(order->account, x->account) == 0;
}

/* ── Login (2) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step check_login_field(struct exchange *x, const cJSON *body, const char *name)
{
    const cJSON *value = json_member(body, name);
    const char *text = value == NULL              ? "This field is required."
                       : cJSON_IsNull(value)      ? "This field may not be null."
                       : !cJSON_IsString(value)   ? "Not a valid string."
                       : *value->valuestring == 0 ? "This field may not be blank."
                                                  : NULL;
    if (text == NULL)
        return STEP_NEXT;
    const struct reason why = {"2: login takes user name and password", name, "a string",
                               value == NULL ? "absent" : akinon_type_name(value)};
    return exchange_refuse(x, 400, akinon_field_error(name, text), &why);
}

static enum step refuse_login(struct exchange *x, const char *field, const char *actual)
{
    const struct reason why = {"2: login failure", field, "a known user and the right password", actual};
    return exchange_refuse(x, 400,
                           akinon_field_error("non_field_errors", "Unable to log in with provided credentials."), &why);
}

enum step akinon_validate_login(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY)
        return STEP_REPLY;
    exchange_body(x, &body);
    if (check_login_field(x, body, "username") == STEP_REPLY || check_login_field(x, body, "password") == STEP_REPLY)
        return STEP_REPLY;

    const cJSON *credential = exchange_credential(x, "username", json_string(body, "username")).entry;
    const char *password = json_string(json_member(credential, "values"), "password");
    if (credential == NULL || strcmp(json_string_or(credential, "state", "valid"), "valid") != 0)
        return refuse_login(x, "username", "an unknown user");
    if (password == NULL || strcmp(password, json_string(body, "password")) != 0)
        return refuse_login(x, "password", "another password");
    x->credential = credential;
    x->account = json_string(credential, "account");
    return STEP_NEXT;
}

void akinon_render_login(struct exchange *x)
{
    const char *key = json_string_or(json_member(x->credential, "values"), "token", "");
    if (exchange_knob(x, KNOB_TOKEN_TTL_S) > 0)
        key = arena_print(x->arena, "%s.%lld", key, (long long)(exchange_now(x) / 1000));
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "key", key);
    reply_json(x, 200, body);
}
