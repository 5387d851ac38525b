/*
 * Fungies API v0: a store of digital goods cancels an order before it is fulfilled.
 *
 *     PATCH /v0/orders/{orderIdOrNumber}/cancel     x-fngs-public-key: pub_…   x-fngs-secret-key: sec_…     {}
 *     200 {"status":"success","data":{"order":{"object":"order","id":"0c2d9a4e-…","status":"CANCELLED",…}}}
 *
 * Every failure is {"status":"error","error":{"message":"…"}} under the status of what went wrong. There is no error
 * code, and the page documents 400 alone: the other statuses and all texts follow the framework that the API is
 * evidently built on (1), or are ours (6).
 *
 *     PENDING ⇄ UNPAID ──payment_success──▶ PAID ──payment_refunded──▶ PARTIALLY_REFUNDED ──▶ REFUNDED
 *        │  └──payment_failed──▶ FAILED       │
 *        │  └──expire──▶ EXPIRED              │
 *        └───────────────cancel───────────────┴──▶ CANCELLED ──cancel──▶ CANCELLED (200 again)
 *
 * Oddities that are imitated: one path segment is an id or a number, and the number may begin with '#', which a client
 * has to send as %23 (4); a second cancel is a success that changes nothing (7, 9 A14); createdAt is milliseconds and
 * amounts are minor units, both up to 2^53 - 1 (5); a paid order is cancelled without a refund (7).
 *
 * Not imitated: the refusal of plain HTTP, PATCH update, payments, webhooks, most filters of the list, rate limits.
 * A failure under HTTP 200 (9 A15), 429 and 5xx are faults that a test injects.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Cancel Order page.
 */
#include <string.h>

#include "providers/fungies/fungies.h"
#include "providers/registry.h"
#include "support/number.h"
#include "support/text.h"

/* ── Knobs (9) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const missing_secret_choices[] = {"401", "403", "400", NULL};
static const char *const second_cancel_choices[] = {"200", "400", "404", "409", NULL};
static const char *const not_cancellable_choices[] = {"400", "409", "422", NULL};
static const char *const choices_400_404[] = {"400", "404", NULL};
static const char *const choices_404_400[] = {"404", "400", NULL};
static const char *const choices_404_405[] = {"404", "405", NULL};

enum { HASH_OPTIONAL, HASH_EXACT };
enum { CASE_ANY, CASE_EXACT };

static const char *const hash_choices[] = {"optional", "exact", NULL};
static const char *const case_choices[] = {"any", "exact", NULL};
static const char *const text_choices[] = {"own", "sample", "reason_phrase", NULL};
static const char *const schema_choices[] = {"given", "newer", NULL};
const char *const fungies_success_words[] = {"success", "<string>", "ok", NULL};

static const struct knob knobs[] = {
    [KNOB_MISSING_SECRET] = {"missing_secret", missing_secret_choices, .clause = "2",
                             .meaning = "status of a write without a secret key"},
    [KNOB_HASH_PREFIX] = {"hash_prefix", hash_choices, .clause = "4",
                          .meaning = "whether '#12' and '12' name one order, or only the form that answers show"},
    [KNOB_UUID_CASE] = {"uuid_case", case_choices, .clause = "4", .meaning = "whether an id in upper case matches"},
    [KNOB_BAD_ID] = {"bad_id", choices_400_404, .clause = "4",
                     .meaning = "status when the path holds neither a UUID nor a number"},
    [KNOB_STRICT_BODY] = {"strict_body", KNOB_OFF_ON, .clause = "4",
                          .meaning = "whether members of the cancel body are refused"},
    [KNOB_415] = {"415", KNOB_OFF_ON, .clause = "4",
                  .meaning = "whether a body of another Content-Type is refused with 415, or taken for an empty one"},
    [KNOB_NOT_FOUND] = {"not_found", choices_404_400, .clause = "6, 9 A16", .meaning = "status for an unknown order"},
    [KNOB_NOT_CANCELLABLE] = {"not_cancellable", not_cancellable_choices, .clause = "6",
                              .meaning = "status for an order that can not be cancelled"},
    [KNOB_WRONG_METHOD] = {"wrong_method", choices_404_405, .clause = "1, 6",
                           .meaning = "status for a known path with another method"},
    [KNOB_PAID_CANCELLABLE] = {"paid_cancellable", KNOB_ON_OFF, .clause = "7",
                               .meaning = "whether a paid order can be cancelled"},
    [KNOB_FAILED_CANCELLABLE] = {"failed_cancellable", KNOB_OFF_ON, .clause = "7",
                                 .meaning = "whether an order whose payment failed can be cancelled"},
    [KNOB_EXPIRED_CANCELLABLE] = {"expired_cancellable", KNOB_OFF_ON, .clause = "7",
                                  .meaning = "whether an expired order can be cancelled"},
    [KNOB_REFUNDED_CANCELLABLE] = {"refunded_cancellable", KNOB_OFF_ON, .clause = "7",
                                   .meaning = "whether a refunded order can be cancelled"},
    [KNOB_PARTIALLY_REFUNDED_CANCELLABLE] = {"partially_refunded_cancellable", KNOB_OFF_ON, .clause = "7",
                                             .meaning = "whether a partially refunded order can be cancelled"},
    [KNOB_SECOND_CANCEL] = {"second_cancel", second_cancel_choices, .clause = "7, 9 A14",
                            .meaning = "what cancelling a cancelled order answers"},
    [KNOB_TEXTS] = {"texts", text_choices, .clause = "9 A1",
                    .meaning = "error texts: ours, the one of the page's sample, or the status' reason phrase"},
    [KNOB_SUCCESS_STATUS] = {"success_status", fungies_success_words, .clause = "9 A2",
                             .meaning = "the word in `status` of a success; clients must not accept another"},
    [KNOB_STALE_STATUS_IN_ANSWER] = {"stale_status_in_answer", KNOB_OFF_ON, .clause = "9 A3",
                                     .meaning = "whether a cancel answers with the state before it"},
    [KNOB_ID_ONLY] = {"id_only", KNOB_OFF_ON, .clause = "9 A7", .meaning = "whether the path takes ids alone"},
    [KNOB_NULL_USER_ID] = {"null_user_id", KNOB_OFF_ON, .clause = "9 A8", .meaning = "whether userId is null"},
    [KNOB_SCHEMA] = {"schema", schema_choices, .clause = "9 A9",
                     .meaning = "members of an order: the given page's, or five more"},
    [KNOB_EMIT_HASH] = {"emit_hash", KNOB_OFF_ON, .clause = "9 A10",
                        .meaning = "whether number and orderNumber begin with '#' in answers"},
};

/* For the knobs whose choices are statuses. */
static int chosen_status(const struct exchange *x, unsigned knob)
{
    int64_t status = 0;
    number_read(knobs[knob].choices[exchange_knob(x, knob)], 100, 599, &status);
    return (int)status;
}

/* ── States and events (7) ─────────────────────────────────────────────────────────────────────────────────────── */

const char *const fungies_states[] = {
    "PENDING", "PAID", "FAILED", "UNPAID", "CANCELLED", "REFUNDED", "PARTIALLY_REFUNDED", "EXPIRED", NULL};

static const char *const from_pending[] = {"PENDING", NULL};
static const char *const from_unpaid[] = {"UNPAID", NULL};
static const char *const from_open[] = {"PENDING", "UNPAID", NULL};
static const char *const from_paid[] = {"PAID", NULL};
static const char *const from_money_taken[] = {"PAID", "PARTIALLY_REFUNDED", NULL};
static const char *const from_stoppable[] = {"PENDING", "UNPAID", "PAID", NULL};

/* No transition table is documented: the payment events are the vendor's webhook types, the others are ours. */
static const struct event events[] = {
    {"payment_missed", "customer", from_pending, "UNPAID", .meaning = "the customer leaves the order unpaid"},
    {"payment_retried", "customer", from_unpaid, "PENDING", .meaning = "the customer tries to pay once more"},
    {"payment_success", "payment", from_open, "PAID", .meaning = "the payment goes through"},
    {"payment_failed", "payment", from_open, "FAILED", .meaning = "the payment is declined for good"},
    {"payment_partially_refunded", "merchant", from_paid, "PARTIALLY_REFUNDED",
     .meaning = "a part of the money goes back"},
    {"payment_refunded", "merchant", from_money_taken, "REFUNDED", .meaning = "all of the money goes back"},
    {"expire", "time", from_open, "EXPIRED", .meaning = "nobody paid in time"},
    {"merchant_cancel", "merchant", from_stoppable, "CANCELLED",
     .meaning = "somebody cancels the order in the vendor's dashboard"},
    {.name = NULL},
};

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char NOT_FOUND[] = "Order not found";
static const char NOT_CANCELLABLE[] = "Order can not be cancelled";

static enum step refuse_not_found(struct exchange *x, const struct reason *why)
{
    return fungies_refuse(x, chosen_status(x, KNOB_NOT_FOUND), NOT_FOUND, why);
}

/* `Can not PATCH /v0/nowhere`. The framework takes each byte of the target for one character of Latin-1. */
static void refuse_route(struct exchange *x, const struct reason *why)
{
    struct text message = TEXT_INIT(8192);
    text_print(&message, "Can not %s %s", x->request.method, x->provider->bases[0].base);
    for (const char *c = x->inner_path; *c != '\0'; c++) {
        unsigned byte = (unsigned char)*c;
        if (byte >= 0x80)
            text_add_char(&message, (char)(0xC0 | byte >> 6));
        text_add_char(&message, (char)(byte < 0x80 ? byte : (0x80 | (byte & 0x3F))));
    }
    fungies_refuse(x, 404, text_cstr(&message), why);
    text_release(&message);
}

static void refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A19: a doubled /v0 ends here too */
        refuse_route(x, &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD: {
        const struct reason why = {"3: wrong method", "method", x->allowed, x->request.method};
        if (chosen_status(x, KNOB_WRONG_METHOD) == 404) {
            refuse_route(x, &why);
            return;
        }
        reply_header(x, "Allow", x->allowed);
        fungies_refuse(x, 405, arena_print(x->arena, "%s is not allowed", x->request.method), &why);
        return;
    }
    case REFUSAL_BODY_TOO_LARGE:
        fungies_refuse(x, 413, "request entity too large",
                       &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape credential_shape[] = {
    {"public_key", SHAPE_STRING},
    {"secret_key", SHAPE_STRING},
    SHAPE_END,
};

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
    const cJSON *pair = exchange_credential(x, member, key).entry;
    return is_read_only(pair) || strcmp(json_string_or(pair, "state", "valid"), "valid") == 0 ? pair : NULL;
}

static const char *credential_shown(struct exchange *x)
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

static enum step refuse_missing_secret(struct exchange *x)
{
    int status = chosen_status(x, KNOB_MISSING_SECRET);
    const char *message = status == 400 ? "x-fngs-secret-key: Required" : "Secret key is required";
    return fungies_refuse(x, status, message,
                          &(struct reason){"2: a write carries the secret key too", SECRET_HEADER, "a secret key",
                                           describe_key(x, SECRET_HEADER, "secret_key")});
}

static enum step check_secret_key(struct exchange *x)
{
    if (key_sent(x, SECRET_HEADER) == NULL)
        return refuse_missing_secret(x);
    const cJSON *pair = pair_of(x, SECRET_HEADER, "secret_key");
    if (pair == NULL || strcmp(json_string_or(pair, "account", ""), x->account) != 0)
        return fungies_refuse(x, 401, "Invalid secret key",
                              &(struct reason){"2: the secret key is of the same workspace", SECRET_HEADER,
                                               "a secret key of this workspace",
                                               describe_key(x, SECRET_HEADER, "secret_key")});
    if (is_read_only(pair) || is_read_only(x->credential)) /* 9 A17 */
        return fungies_refuse(
            x, 403, "Write access is required",
            &(struct reason){"2: the key may write", SECRET_HEADER, "a pair of keys with write access", "read_only"});
    return STEP_NEXT;
}

static enum step authenticate(struct exchange *x)
{
    const cJSON *pair = pair_of(x, PUBLIC_HEADER, "public_key");
    if (pair == NULL)
        return fungies_refuse(x, 401, "Invalid public key",
                              &(struct reason){"2: every request carries a public key", PUBLIC_HEADER,
                                               "a public key of this session",
                                               describe_key(x, PUBLIC_HEADER, "public_key")});
    x->credential = pair;
    x->account = json_string_or(pair, "account", "");
    bool reads = strcmp(x->route->method, "GET") == 0; /* a read needs no secret key, and looks at none */
    return reads ? STEP_NEXT : check_secret_key(x);
}

/* ── The order that is meant (4) ───────────────────────────────────────────────────────────────────────────────── */

#define ORDER_PARAM "orderIdOrNumber"

/* ^#?([0-9A-Za-z]{12,16}|[0-9]+)(-[0-9]+)?$ */
static bool is_number(const char *text)
{
    const char *head = fungies_bare_number(text);
    size_t digits = strspn(head, "0123456789");
    size_t length = strspn(head, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    if (length == 0 || (digits != length && (length < 12 || length > 16)))
        return false;
    const char *tail = head + length;
    return *tail == '\0' || (*tail == '-' && number_is_digits(tail + 1));
}

static enum step read_order_key(struct exchange *x)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    bool is_id = uuid_is_valid(named);
    if (!is_id && (exchange_knob(x, KNOB_ID_ONLY) == 1 || !is_number(named))) {
        int status = chosen_status(x, KNOB_BAD_ID);
        return fungies_refuse(
            x, status, status == 404 ? NOT_FOUND : "orderIdOrNumber: Invalid",
            &(struct reason){"4: the path holds the order's id or number", ORDER_PARAM, "a UUID or a number", named});
    }
    char *key = arena_dup(x->arena, fungies_bare_number(named));
    if (is_id)
        fungies_lower(key);
    x->order_key = key;
    return STEP_NEXT;
}

/* Whether the order that was found is named as the knobs demand. */
static bool is_named_rightly(struct exchange *x, const struct order *order)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    if (uuid_is_valid(named))
        return exchange_knob(x, KNOB_UUID_CASE) == CASE_ANY || strcmp(order->id, named) == 0;
    return exchange_knob(x, KNOB_HASH_PREFIX) == HASH_OPTIONAL || strcmp(fungies_shown_number(x, order), named) == 0;
}

static enum step check_order(struct exchange *x, const struct order *order)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    if (order == NULL || !is_named_rightly(x, order))
        return refuse_not_found(
            x, &(struct reason){"6: order unknown", ORDER_PARAM, "the id or number of a known order", named});
    if (strcmp(order->account, x->account) != 0) /* no word about other workspaces */
        return refuse_not_found(
            x, &(struct reason){"6: the order of another workspace", ORDER_PARAM, x->account, order->account});
    return STEP_NEXT;
}

/* ── Cancel (4, 5, 7) ──────────────────────────────────────────────────────────────────────────────────────────── */

static enum step validate_cancel(struct exchange *x)
{
    return read_order_key(x) == STEP_REPLY ? STEP_REPLY : fungies_check_body(x);
}

/* A state is cancellable when its knob has the value `yes`. */
static const struct cancellable_row {
    const char *state;
    bool always;
    unsigned knob;
    int64_t yes;
} cancellable_rows[] = {
    {"PENDING", .always = true},
    {"UNPAID", .always = true},
    {"PAID", .knob = KNOB_PAID_CANCELLABLE, .yes = 0},
    {"FAILED", .knob = KNOB_FAILED_CANCELLABLE, .yes = 1},
    {"EXPIRED", .knob = KNOB_EXPIRED_CANCELLABLE, .yes = 1},
    {"REFUNDED", .knob = KNOB_REFUNDED_CANCELLABLE, .yes = 1},
    {"PARTIALLY_REFUNDED", .knob = KNOB_PARTIALLY_REFUNDED_CANCELLABLE, .yes = 1},
};

static bool is_cancellable(const struct exchange *x, const char *state)
{
    for (size_t i = 0; i < COUNT_OF(cancellable_rows); i++) {
        const struct cancellable_row *row = &cancellable_rows[i];
        if (strcmp(row->state, state) == 0)
            return row->always || exchange_knob(x, row->knob) == row->yes;
    }
    return false;
}

static enum step answer_second_cancel(struct exchange *x, const struct order *order)
{
    int status = chosen_status(x, KNOB_SECOND_CANCEL);
    if (status == 200) /* the same order once more; nothing changes */
        return STEP_NEXT;
    return fungies_refuse(
        x, status, status == 404 ? NOT_FOUND : NOT_CANCELLABLE,
        &(struct reason){"7: cancelled already (second_cancel)", ORDER_PARAM, "a cancellable order", order->state});
}

static enum step decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "CANCELLED") == 0)
        return answer_second_cancel(x, order);
    if (!is_cancellable(x, order->state))
        return fungies_refuse(
            x, chosen_status(x, KNOB_NOT_CANCELLABLE), NOT_CANCELLABLE,
            &(struct reason){"7: not cancellable in this state", ORDER_PARAM, "PENDING, UNPAID or PAID", order->state});
    *changed = order_copy(order);
    order_enter(*changed, "CANCELLED", exchange_now(x));
    return STEP_NEXT;
}

static void render_cancel(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    cJSON *order = fungies_show_order(x, x->order);
    if (exchange_knob(x, KNOB_STALE_STATUS_IN_ANSWER) == 1)
        json_set_string(order, "status", x->state_before);
    json_set(data, "order", order);
    fungies_answer(x, data);
}

/* ── Read (8) ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return check_order(x, order);
}

static void render_get(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    json_set(data, "order", fungies_show_order(x, x->order));
    const cJSON *subscription = json_member(x->order->document, "subscription");
    if (cJSON_IsObject(subscription)) /* only for subscription orders */
        json_set(data, "subscription", cJSON_Duplicate(subscription, true));
    fungies_answer(x, data);
}

/* The literal `list` wins over an order of that name (3). */
static const struct route routes[] = {
    {"PATCH", "/orders/{" ORDER_PARAM "}/cancel", "cancel", validate_cancel, decide_cancel, render_cancel},
    {"GET", "/orders/list", "list_orders", fungies_validate_list, NULL, fungies_render_list},
    {"GET", "/orders/{" ORDER_PARAM "}", "get_order", read_order_key, decide_get, render_get},
    {.method = NULL},
};

/* ── Provider ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape no_facts[] = {SHAPE_END};
static const struct shape no_more_members[] = {SHAPE_END};
static const char *const secret_headers[] = {"x-fngs-public-key", "x-fngs-secret-key", "Authorization", NULL};

static const struct base_path bases[] = {{"/v0", NULL}, {NULL, NULL}};

const struct provider provider_fungies = {
    .name = "fungies",
    .title = "Fungies API v0",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = events,
    .states = fungies_states,
    .knobs = knobs,
    .knob_count = COUNT_OF(knobs),
    .id_member = "id",
    .secret_headers = secret_headers,
    .document_shape = fungies_document_shape,
    .facts_shape = no_facts,
    .credential_shape = credential_shape,
    .fixture_shape = no_more_members,
    .refuse = refuse,
    .authenticate = authenticate,
    .credential_shown = credential_shown,
    .blank = fungies_blank,
    .dress = fungies_dress,
    .identify = fungies_identify,
};
