/*
 * Who asks (2, 9.11, 9.21), and whose order it is (9.18).
 *
 * A key and its hash stand in every body, and in the query of the one GET. Older clients show a user name and a
 * password in their place, which is refused unless a knob takes them. There is no log-in that issues a token.
 */
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

/* The members of a log-in: who it is, and what proves it. */
struct login {
    const char *name, *secret;
};

static const struct login current = {"key", "hash"};
static const struct login legacy = {"username", "password"}; /* 9.21 */

/* A credential as the request shows it; NULL when it does not. */
static const char *shown(struct exchange *x, const char *name)
{
    if (iletimerkezi_form_of(x) == FORM_QUERY)
        return iletimerkezi_query(x, name);
    return json_string(json_member(iletimerkezi_request(x), "authentication"), name);
}

static const struct login *login_of(struct exchange *x)
{
    bool is_current = shown(x, current.name) != NULL || shown(x, current.secret) != NULL;
    return !is_current && shown(x, legacy.name) != NULL ? &legacy : &current;
}

const char *iletimerkezi_credential_shown(struct exchange *x)
{
    return shown(x, login_of(x)->name);
}

static enum step refuse_credentials(struct exchange *x, const char *field, const char *expected, const char *actual)
{
    return iletimerkezi_refuse_code(x, 401,
                                    &(struct reason){"2: a valid pair of key and hash", field, expected, actual});
}

/* 2: while the switch is off, every request of the account ends here. */
static enum step refuse_switched_off(struct exchange *x)
{
    int64_t text = exchange_knob(x, KNOB_ACCESS_OFF_MESSAGE);
    const char *message = text == ACCESS_OFF_DOCS ? iletimerkezi_message(x, 401)
                                                  : iletimerkezi_knobs[KNOB_ACCESS_OFF_MESSAGE].choices[text];
    return iletimerkezi_refuse_saying(
        x, 401, message, &(struct reason){"2: Allow API access is on", "key", "an account with access on", "off"});
}

/* *credential is set where both halves fit. 9.11: they are compared as they are, never computed. */
static enum step find_credential(struct exchange *x, const cJSON **credential)
{
    const struct login *login = login_of(x);
    const char *name = shown(x, login->name), *secret = shown(x, login->secret);
    if (login == &legacy && !exchange_knob_on(x, KNOB_LEGACY_LOGIN))
        return refuse_credentials(x, "username", "key and hash (9.21, legacy_login)", "username and password");
    const cJSON *entry = name == NULL ? NULL : exchange_credential(x, login->name, name).entry;
    if (entry == NULL)
        return refuse_credentials(x, login->name, "one of this session", name == NULL ? "absent" : "unknown");
    const char *own = json_string(json_member(entry, "values"), login->secret);
    if (secret == NULL || own == NULL || strcmp(own, secret) != 0)
        return refuse_credentials(x, login->secret, arena_print(x->arena, "the one of this %s", login->name),
                                  secret == NULL ? "absent" : "another");
    *credential = entry;
    return STEP_NEXT;
}

enum step iletimerkezi_authenticate(struct exchange *x)
{
    const cJSON *credential = NULL;
    if (iletimerkezi_form_of(x) != FORM_QUERY && iletimerkezi_check_body(x) == STEP_REPLY)
        return STEP_REPLY;
    if (find_credential(x, &credential) == STEP_REPLY)
        return STEP_REPLY;
    const char *state = json_string_or(credential, "state", "valid");
    if (strcmp(state, "access_off") == 0)
        return refuse_switched_off(x);
    if (strcmp(state, "valid") != 0) /* ip_not_allowed: the caller's address is not on the account's list */
        return refuse_credentials(x, "key", "a valid pair", state);
    if (exchange_knob_on(x, KNOB_RATE_LIMIT))
        return iletimerkezi_refuse_code(
            x, 429, &(struct reason){"9.17: over the limit", "rate_limit", "off", "on", .knob = "rate_limit=off"});
    x->credential = credential;
    x->account = json_string(credential, "account");
    return STEP_NEXT;
}

/* ── Whose order it is (9.18) ──────────────────────────────────────────────────────────────────────────────────── */

/* 9.18: nobody learns from the answer that the id is another customer's. */
bool iletimerkezi_is_own(struct exchange *x, const struct order *order)
{
    return order != NULL && strcmp(order->account, x->account) == 0;
}

enum step iletimerkezi_refuse_not_own(struct exchange *x, const struct order *order)
{
    if (order == NULL)
        return iletimerkezi_refuse_code(
            x, 455, &(struct reason){"6.1: unknown order", "order.id", "the id of an order", x->order_key});
    return iletimerkezi_refuse_code(
        x, 455, &(struct reason){"9.18: the order of another account", "order.id", x->account, order->account});
}
