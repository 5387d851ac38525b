/*
 * Who asks (2, 9.11), and whose order it is (9.18).
 *
 * A key and its hash stand in every body, and in the query of the one GET. There is no log-in.
 */
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

/* "key" or "hash" as the request shows it; NULL when it does not. */
static const char *shown(struct exchange *x, const char *name)
{
    if (iletimerkezi_form_of(x) == FORM_QUERY)
        return iletimerkezi_query(x, name);
    return json_string(json_member(iletimerkezi_request(x), "authentication"), name);
}

const char *iletimerkezi_credential_shown(struct exchange *x)
{
    return shown(x, "key");
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

enum step iletimerkezi_authenticate(struct exchange *x)
{
    if (iletimerkezi_form_of(x) != FORM_QUERY && iletimerkezi_check_body(x) == STEP_REPLY)
        return STEP_REPLY;
    const char *key = shown(x, "key"), *hash = shown(x, "hash");
    const cJSON *credential = key == NULL ? NULL : exchange_credential(x, "key", key).entry;
    if (credential == NULL)
        return refuse_credentials(x, "key", "a key of this session", key == NULL ? "absent" : "an unknown key");
    const char *own = json_string_or(json_member(credential, "values"), "hash", "");
    if (hash == NULL || strcmp(own, hash) != 0) /* 9.11: compared as it is, never computed */
        return refuse_credentials(x, "hash", "the hash of this key", hash == NULL ? "absent" : "another hash");

    const char *state = json_string_or(credential, "state", "valid");
    if (strcmp(state, "access_off") == 0)
        return refuse_switched_off(x);
    if (strcmp(state, "valid") != 0) /* ip_not_allowed: the caller's address is not on the account's list */
        return refuse_credentials(x, "key", "a valid pair", state);
    if (exchange_knob_on(x, KNOB_RATE_LIMIT))
        return iletimerkezi_refuse_code(x, 429, &(struct reason){"9.17: over the limit", "rate_limit", "off", "on"});
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
