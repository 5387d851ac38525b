/*
 * Dükkango: who may ask. A login turns the two keys of a restaurant into a token for 24 hours, and every other call
 * carries that token in the header Access-Token (2).
 *
 * Each login issues a token of its own; earlier ones live on until their time has come. What a 401 says beside its code
 * differs from page to page (9 A10): this route's own page decides, unless the knob `auth_message` does.
 */
#include <string.h>

#include "base/instant.h"
#include "providers/dukkango/dukkango.h"

/* ── The token ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char GENERAL[] = "Token expired or invalid";
static const char RESTAURANTS[] = "Invalid or expired access token";

static const char *message_of(const struct exchange *x)
{
    switch (exchange_knob(x, KNOB_AUTH_MESSAGE)) {
    case AUTH_GENERAL:
        return GENERAL;
    case AUTH_RESTAURANTS:
        return RESTAURANTS;
    default: /* of all the pages, only that of this list shows one */
        return strcmp(x->route->operation, "list_restaurants") == 0 ? RESTAURANTS : NULL;
    }
}

static enum step refuse_token(struct exchange *x, const char *expected, const char *actual)
{
    return exchange_refuse(
        x, 401, dukkango_failure(DUKKANGO_NOT_AUTHORISED, message_of(x)),
        &(struct reason){"2: every call carries a valid Access-Token", DUKKANGO_TOKEN_HEADER, expected, actual});
}

enum step dukkango_authenticate(struct exchange *x)
{
    if (strcmp(x->route->operation, "login") == 0)
        return STEP_NEXT; /* every call except the login carries a token */
    const char *token = exchange_header(x, DUKKANGO_TOKEN_HEADER);
    if (token == NULL || *token == '\0')
        return refuse_token(x, "a token", "absent");
    struct credential_match match = exchange_credential(x, "access_token", token);
    if (match.entry == NULL)
        return refuse_token(x, "a token of this session", "an unknown token");
    if (strcmp(match.state, "valid") != 0)
        return refuse_token(x, "a valid token", match.state);
    x->credential = match.entry;
    x->account = json_string(match.entry, "account");
    return STEP_NEXT;
}

const char *dukkango_credential_shown(struct exchange *x)
{
    const cJSON *body = NULL;
    if (strcmp(x->inner_path, DUKKANGO_LOGIN_PATH) != 0)
        return exchange_header(x, DUKKANGO_TOKEN_HEADER);
    exchange_body(x, &body); /* a login looks at no token, so an old one that comes with it names no session */
    return json_string(body, "rest_secret_key");
}

/* ── Login ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define TOKEN_LIFE_US    (INT64_C(24) * 60 * 60 * INSTANT_SECOND_US)
#define TOKEN_CHARACTERS 64

/* Its kind alone: a key may be written as a number. */
static const char *describe_key(const cJSON *key)
{
    return key == NULL ? "absent" : json_kind(key);
}

enum step dukkango_validate_login(struct exchange *x)
{
    const cJSON *body = NULL;
    if (dukkango_read_body(x, "app_secret_key", &body) == STEP_REPLY)
        return STEP_REPLY;
    const char *application = json_string(body, "app_secret_key"), *restaurant = json_string(body, "rest_secret_key");
    if (application == NULL || restaurant == NULL) {
        const char *field = application == NULL ? "app_secret_key" : "rest_secret_key";
        return dukkango_refuse_missing(x, &(struct reason){"2: both keys are required strings", field, "a string",
                                                           describe_key(json_member(body, field))});
    }
    struct credential_match match = exchange_credential(x, "rest_secret_key", restaurant);
    const char *known = json_string_or(json_member(match.entry, "values"), "app_secret_key", "");
    if (match.entry == NULL || strcmp(known, application) != 0 || strcmp(match.state, "valid") != 0)
        return exchange_refuse(x, 401, dukkango_failure(DUKKANGO_NOT_AUTHORISED, "Invalid credentials"),
                               &(struct reason){"2: login with bad keys", "rest_secret_key",
                                                "keys of one account that may log in", match.state});
    x->credential = match.entry;
    x->account = json_string(match.entry, "account");
    return STEP_NEXT;
}

void dukkango_render_login(struct exchange *x)
{
    char token[TOKEN_CHARACTERS + 1], date[INSTANT_TEXT_MAX];
    int64_t expires_us = exchange_now(x) + TOKEN_LIFE_US;
    exchange_token_characters(x, "0123456789abcdef", TOKEN_CHARACTERS, token);
    exchange_issue_token(x, "access_token", token, expires_us);
    const struct maker maker = exchange_maker(x);
    instant_write_local(expires_us, dukkango_zone_minutes(&maker), date);
    cJSON *data = cJSON_CreateObject();
    json_set_string(data, "access_token", token);
    json_set_string(data, "expiration_date", date);
    dukkango_answer(x, data);
}
