/*
 * Who asks (2): two headers by name, and Authorization never.
 *
 *     x-fngs-public-key: pub_…     every request
 *     x-fngs-secret-key: sec_…     writes, and only there is it looked at
 *
 * Both keys are of one workspace, which is the account. A pair may be read-only: then its writes are refused with 403
 * (9 A17). Where `throttle_seconds` asks for it, requests of a workspace that follow too closely are refused with 429.
 */
#include <string.h>

#include "base/instant.h"
#include "providers/fungies/fungies.h"

static const char PUBLIC_HEADER[] = "x-fngs-public-key";
static const char SECRET_HEADER[] = "x-fngs-secret-key";

static const char *key_sent(const struct exchange *x, const char *header)
{
    const char *key = exchange_header(x, header);
    return key == NULL || *key == '\0' ? NULL : key;
}

static bool is_read_only(const cJSON *pair)
{
    return strcmp(json_string_or(pair, "state", "valid"), "read_only") == 0;
}

/* The pair of keys that the header's value belongs to; NULL when there is none that may be used. */
static const cJSON *pair_of(const struct exchange *x, const char *header, const char *member)
{
    const char *key = key_sent(x, header);
    if (key == NULL || exchange_header_count(x, header) != 1) /* several are joined, which makes an unknown key */
        return NULL;
    const struct credential_match match = exchange_credential(x, member, key);
    if (match.entry == NULL)
        return NULL;
    return is_read_only(match.entry) || strcmp(match.state, "valid") == 0 ? match.entry : NULL;
}

const char *fungies_credential_shown(struct exchange *x)
{
    return key_sent(x, PUBLIC_HEADER);
}

/* What is wrong with the key, without showing it. */
static const char *describe_key(const struct exchange *x, const char *header, const char *member)
{
    const char *key = key_sent(x, header);
    if (key == NULL)
        return exchange_header(x, "Authorization") == NULL ? "absent" : "absent; Authorization carries no key (9 A6)";
    if (exchange_header_count(x, header) != 1)
        return "sent more than once";
    const cJSON *pair = exchange_credential(x, member, key).entry;
    if (pair == NULL)
        return header == PUBLIC_HEADER && strncmp(key, "sec_", 4) == 0 ? "a secret key" : "an unknown key";
    return json_string_or(pair, "state", "a key of another workspace");
}

static enum step refuse_public_key(struct exchange *x)
{
    bool is_missing = key_sent(x, PUBLIC_HEADER) == NULL;
    int status = is_missing ? exchange_knob_status(x, KNOB_MISSING_PUBLIC) : 401;
    const char *message = status == 400 ? "x-fngs-public-key: Required" : "Invalid public key";
    return fungies_fail(x, status, message,
                        &(struct reason){"2: every request carries a public key", PUBLIC_HEADER,
                                         "a public key of this session", describe_key(x, PUBLIC_HEADER, "public_key")});
}

static enum step refuse_missing_secret(struct exchange *x)
{
    int status = exchange_knob_status(x, KNOB_MISSING_SECRET);
    const char *message = status == 400 ? "x-fngs-secret-key: Required" : "Secret key is required";
    return fungies_fail(x, status, message,
                        &(struct reason){"2: a write carries the secret key too", SECRET_HEADER, "a secret key",
                                         describe_key(x, SECRET_HEADER, "secret_key")});
}

static enum step check_secret_key(struct exchange *x)
{
    if (key_sent(x, SECRET_HEADER) == NULL)
        return refuse_missing_secret(x);
    const cJSON *pair = pair_of(x, SECRET_HEADER, "secret_key");
    if (pair == NULL || strcmp(json_string_or(pair, "account", ""), x->account) != 0)
        return fungies_fail(x, 401, "Invalid secret key",
                            &(struct reason){"2: the secret key is of the same workspace", SECRET_HEADER,
                                             "a secret key of this workspace",
                                             describe_key(x, SECRET_HEADER, "secret_key")});
    if (is_read_only(pair) || is_read_only(x->credential)) /* 9 A17 */
        return fungies_fail(
            x, 403, "Write access is required",
            &(struct reason){"2: the key may write", SECRET_HEADER, "a pair of keys with write access", "read_only"});
    return STEP_NEXT;
}

/* No limit is published (8); one request at a time is enough to show what a client makes of 429. */
static enum step check_throttle(struct exchange *x)
{
    int64_t length_us = exchange_knob(x, KNOB_THROTTLE_SECONDS) * INSTANT_SECOND_US;
    int64_t left_us = length_us == 0 ? 0 : exchange_rate_limit(x, "request", "", length_us);
    if (left_us <= 0)
        return STEP_NEXT;
    const char *seconds =
        arena_print(x->arena, "%lld", (long long)((left_us + INSTANT_SECOND_US - 1) / INSTANT_SECOND_US));
    reply_header(x, "Retry-After", seconds);
    return fungies_fail(x, 429, "Too Many Requests",
                        &(struct reason){"6: throttled (throttle_seconds)", NULL, "a request later", seconds});
}

enum step fungies_authenticate(struct exchange *x)
{
    const cJSON *pair = pair_of(x, PUBLIC_HEADER, "public_key");
    if (pair == NULL)
        return refuse_public_key(x);
    x->credential = pair;
    x->account = json_string_or(pair, "account", "");
    bool reads = strcmp(x->route->method, "GET") == 0; /* a read needs no secret key, and looks at none */
    if (!reads && check_secret_key(x) == STEP_REPLY)
        return STEP_REPLY;
    return check_throttle(x);
}
