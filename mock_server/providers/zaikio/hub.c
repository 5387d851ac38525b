/*
 * The identity provider's token endpoint: POST /oauth/access_token, on a host of its own (hub.zaikio.com) at the
 * vendor's and below the root here.
 *
 * Two of the grants are served, those that need no browser: client_credentials, and refresh_token for what it issued.
 * The client shows itself by HTTP Basic. Parameters may stand in a form, in JSON or in the query. How it refuses is not
 * among the facts: that is RFC 6749 section 5.2. A token has the scopes that `scope` asks for, or all of its client.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/instant.h"
#include "base/uri.h"
#include "providers/zaikio/zaikio.h"

#define TOKEN_LIFE_US   (60 * 60 * INSTANT_SECOND_US)          /* 60 minutes (2) */
#define REFRESH_LIFE_US (7 * 24 * 60 * 60 * INSTANT_SECOND_US) /* 7 days, and once (2) */

bool zaikio_is_hub(const struct exchange *x)
{
    return strncmp(x->inner_path, "/oauth", strlen("/oauth")) == 0;
}

static enum step refuse(struct exchange *x, int status, const char *error, const char *text, const struct reason *why)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", error);
    json_set_string(body, "error_description", text);
    reply_header(x, "Cache-Control", "no-store");
    return exchange_refuse(x, status, body, why);
}

/* ── The client (2; RFC 7617) ──────────────────────────────────────────────────────────────────────────────────── */

/* "Basic <base64 of id:secret>": the id, and what is behind the colon in *secret; NULL for anything else. */
static const char *basic_client(struct exchange *x, const char **secret)
{
    static const char prefix[] = "Basic ";
    const char *value = exchange_header(x, "Authorization");
    size_t length = 0;
    if (value == NULL || !ascii_equal_bytes(value, prefix, sizeof prefix - 1))
        return NULL;
    char *pair = base64_read(x->arena, value + sizeof prefix - 1, &length);
    char *colon = pair == NULL ? NULL : strchr(pair, ':');
    if (colon == NULL || strlen(pair) != length) /* a NUL would hide what is behind it */
        return NULL;
    *colon = '\0';
    *secret = colon + 1;
    return pair;
}

const char *zaikio_client_shown(struct exchange *x)
{
    const char *secret = NULL;
    return basic_client(x, &secret);
}

enum step zaikio_authenticate_client(struct exchange *x)
{
    const char *secret = NULL, *client = basic_client(x, &secret);
    struct credential_match match = {NULL, "unknown"};
    if (client != NULL)
        match = exchange_credential(x, "client_id", client);
    const char *known = json_string(json_member(match.entry, "values"), "client_secret");
    if (known != NULL && strcmp(known, secret) == 0 && strcmp(match.state, "valid") == 0) {
        x->credential = match.entry;
        x->account = json_string(match.entry, "account");
        return STEP_NEXT;
    }
    reply_header(x, "WWW-Authenticate", "Basic realm=\"Zaikio\"");
    return refuse(x, 401, "invalid_client", "Client authentication failed",
                  &(struct reason){"2: client id and secret by HTTP Basic", "Authorization", "Basic <id:secret>",
                                   client == NULL ? "another form, or absent" : "an unknown client"});
}

/* ── The grant ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *parameter(struct exchange *x, const char *name)
{
    const cJSON *body = NULL;
    const char *value = NULL;
    if (exchange_content_is(x, "application/json") && exchange_body(x, &body) == BODY_JSON)
        value = json_string(body, name);
    if (value == NULL && exchange_content_is(x, "application/x-www-form-urlencoded"))
        value = uri_query_value(x->arena, x->request.body, name);
    return value != NULL ? value : uri_query_value(x->arena, x->request.query, name);
}

/* A refresh token is good once: its first use takes a rate limit as long as its life, so that no other use gets one.
 * The next token has its scopes. */
static enum step check_refresh_token(struct exchange *x)
{
    const char *token = parameter(x, "refresh_token");
    struct credential_match match = {NULL, "unknown"};
    if (token != NULL)
        match = exchange_credential(x, "refresh_token", token);
    bool fine = match.entry == x->credential && strcmp(match.state, "valid") == 0 &&
                exchange_rate_limit(x, "refresh", token, REFRESH_LIFE_US) == 0;
    if (fine) {
        x->scratch = arena_dup(x->arena, zaikio_scope_digits(match.entry, "refresh_token", token));
        return STEP_NEXT;
    }
    return refuse(x, 400, "invalid_grant", "The refresh token is invalid, expired or used",
                  &(struct reason){"2: a refresh token lives 7 days and is used once", "refresh_token",
                                   "a valid refresh token",
                                   match.entry == NULL ? "unknown or absent" : "used or expired"});
}

static enum step refuse_scope(struct exchange *x, const char *error, const char *asked)
{
    return refuse(
        x, 400, error, "The requested scope is invalid, unknown or not granted",
        &(struct reason){"9 A21", "scope", "Org/<own id>.<a granted scope>, several joined by commas", asked});
}

/* Leaves the digits of the token that is to be made in x->scratch. */
static enum step check_scope(struct exchange *x)
{
    const char *asked = parameter(x, "scope");
    x->scratch = arena_dup(x->arena, "");
    if (asked == NULL || *asked == '\0' || exchange_knob(x, KNOB_TOKEN_SCOPE) == TOKEN_SCOPE_ALL)
        return STEP_NEXT;
    size_t count = (size_t)cJSON_GetArraySize(json_member(x->credential, "scopes"));
    char *digits = arena_alloc(x->arena, count + 1);
    memset(digits, '0', count);
    for (const char *at = asked; *at != '\0';) {
        size_t length = strcspn(at, ", ");
        const char *one = arena_dup_bytes(x->arena, at, length), *error = zaikio_ask_scope(x, one, digits);
        if (error != NULL)
            return refuse_scope(x, error, asked);
        at += length + strspn(at + length, ", ");
    }
    x->scratch = digits;
    return STEP_NEXT;
}

enum step zaikio_validate_login(struct exchange *x)
{
    const char *grant = parameter(x, "grant_type");
    if (grant == NULL)
        return refuse(x, 400, "invalid_request", "The parameter grant_type is missing",
                      &(struct reason){"2: grants", "grant_type", "client_credentials or refresh_token", "absent"});
    if (strcmp(grant, "refresh_token") == 0)
        return check_refresh_token(x);
    if (strcmp(grant, "client_credentials") == 0)
        return check_scope(x);
    return refuse(x, 400, "unsupported_grant_type", "The grant type is not supported",
                  &(struct reason){"2: grants", "grant_type", "client_credentials or refresh_token", grant});
}

/* ── The answer (2) ────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *draw_token(struct exchange *x, const char *kind, const char *digits)
{
    char drawn[21];
    exchange_token_characters(x, "0123456789abcdef", 20, drawn);
    return arena_print(x->arena, "%s-%s-%s%s%s", kind, x->account, drawn, *digits == '\0' ? "" : ".", digits);
}

static const char *joined_scopes(struct exchange *x, const char *digits)
{
    const char *list = "";
    for (const char *const *name = zaikio_scopes(x, x->credential, digits); *name != NULL; name++)
        list = arena_print(x->arena, "%s%s%s", list, *list == '\0' ? "" : ",", *name);
    return list;
}

/* 9 A15: seconds, since the vendor's own client cannot read the point in time that the guide shows. */
static void set_expiry(struct exchange *x, cJSON *answer, int64_t expires_us)
{
    char text[INSTANT_TEXT_MAX];
    instant_write_utc(expires_us, 3, text);
    if (exchange_knob(x, KNOB_EXPIRES_IN) == EXPIRES_SECONDS)
        json_set_integer(answer, "expires_in", TOKEN_LIFE_US / INSTANT_SECOND_US);
    else
        json_set_string(answer, "expires_in", text);
}

void zaikio_render_login(struct exchange *x)
{
    int64_t now = exchange_now(x);
    const char *digits = x->scratch, *token = draw_token(x, "zt", digits), *refresh = draw_token(x, "zr", digits);
    exchange_issue_token(x, "token", token, now + TOKEN_LIFE_US);
    exchange_issue_token(x, "refresh_token", refresh, now + REFRESH_LIFE_US);

    cJSON *answer = cJSON_CreateObject();
    json_set_string(answer, "access_token", token);
    json_set_string(answer, "refresh_token", refresh);
    json_set_string(answer, "token_type", "bearer");
    json_set_string(answer, "scope", joined_scopes(x, digits));
    cJSON_AddItemToArray(cJSON_AddArrayToObject(answer, "audiences"), cJSON_CreateString("procurement_consumer"));
    set_expiry(x, answer, now + TOKEN_LIFE_US);
    cJSON *bearer = cJSON_AddObjectToObject(answer, "bearer");
    json_set_string(bearer, "id", zaikio_organisation(x));
    json_set_string(bearer, "type", "Organization");
    reply_header(x, "Cache-Control", "no-store");
    reply_json(x, 200, answer);
}
