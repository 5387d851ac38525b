#include "provider.h"

/*
 * Fungies, digital goods (API v0, base …/v0).
 *
 *     PATCH /orders/%23A7k2Qm9ZtR4x/cancel      x-fngs-public-key: pub_…   x-fngs-secret-key: sec_…
 *     {}
 *     -> 200 {"status":"success","data":{"order":{"id":…,"status":"CANCELLED",…}}}
 *
 * The order is named by its UUID or its number; a number may begin with '#', which must go out as %23.
 * A failure may come under status 200, with "status":"error". Only the word CANCELLED, spelled so,
 * confirms; anything else is 'accepted, not confirmed'. Cancelling never refunds.
 *
 * The vendor marks the call as idempotent. After a lost answer the order is read with the public key
 * alone; CANCELLED there ends the matter. Otherwise one more PATCH goes out, unless the first one timed
 * out: it may still be on its way, and the time is spent. A refusal of the second one is a reason to
 * read again (the first may have won meanwhile).
 */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "call.h"
#include "support/money.h"
#include "support/result.h"
#include "support/uri.h"

enum { SPACING_MS = 200, DECIMALS_MAX = 20 };

static const struct wire_shape cancel_shape = {
    .method = "PATCH",
    .path = "/orders/{order}/cancel",
    .accept = "application/json",
    .content_type = "application/json",
    .headers =
        {
            {"x-fngs-public-key", "", "public_key"},
            {"x-fngs-secret-key", "", "secret_key"},
        },
    .cancels = true,
};

static const char cancel_body[] = "{}";

static const struct wire_shape get_shape = {
    .method = "GET",
    .path = "/orders/{order}",
    .accept = "application/json",
    .headers = {{"x-fngs-public-key", "", "public_key"}}, /* a read needs no secret key */
};

/* providers: fungies 2 and 6; status 400 is the documented refusal */
static const struct status_rule cancel_rules[] = {
    {200, 200, CANCELORDER_UNKNOWN}, /* the body decides */
    {201, 299, CANCELORDER_UNKNOWN},   {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND}, {409, 409, CANCELORDER_CONFLICT},     {429, 429, CANCELORDER_RATE_LIMITED},
    {400, 499, CANCELORDER_REJECTED},  {500, 599, CANCELORDER_SERVER_ERROR},
};

static const char confirmed[] = "CANCELLED";
static const char success[] = "success";

/* --- refusals made here ------------------------------------------------------------------------- */

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static int check_order(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    const char *id = request->order_id;

    if (id != NULL && !uri_segment_is_unsafe(id) && strcmp(id, "#") != 0)
        return 0;
    result_refuse(result, "order_id is neither an order's UUID nor its number");
    return -1;
}

static int check_read(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (check_header_credential(request, result, "public_key") != 0)
        return -1;
    if (begins(request_credential(request, "public_key"), "sec_")) {
        result_refuse(result, "public_key holds a secret key (sec_…): it would be exposed");
        return -1;
    }
    return check_order(request, result);
}

static int check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (check_read(request, result) != 0)
        return -1;
    if (check_header_credential(request, result, "secret_key") != 0)
        return -1;
    if (begins(request_credential(request, "secret_key"), "pub_")) {
        result_refuse(result, "secret_key holds a public key (pub_…): the keys are swapped");
        return -1;
    }
    return 0;
}

/* --- reading answers ------------------------------------------------------------------------------- */

/* {"error":{"message":…}}, or "error" as a string, or a top-level "message" (providers: fungies 6). */
static void read_error(struct judgement *j)
{
    const struct json_value *error = json_member(j->body, "error");
    const char *message = json_text(json_member(error, "message"));

    if (message == NULL)
        message = json_text(error);
    if (message == NULL)
        message = json_text(json_member(j->body, "message"));
    result_set(&j->result->message, message);
}

/* Members that are handed on, exactly; absent integers count as 0 by the page, null stays null. */
static const struct {
    const char *name;
    bool integer_default_0;
    bool money;
} order_members[] = {
    {"createdAt", false, false}, /* milliseconds since 1970 */
    {"value", true, true},       {"tax", true, true},        {"fee", true, true},
    {"totalItems", true, false}, {"currency", false, false}, {"currencyDecimals", false, false},
    {"country", false, false},   {"userId", false, false},
};

static void report_member(struct cancelorder_result *result, const char *name, const struct json_value *value,
                          bool default_0)
{
    if (value == NULL && default_0)
        result_order_add(result, name, CANCELORDER_NUMBER, "0");
    else if (json_is(value, JSON_NULL))
        result_order_add(result, name, CANCELORDER_NULL, NULL);
    else if (json_is(value, JSON_NUMBER))
        result_order_add(result, name, CANCELORDER_NUMBER, value->text);
    else if (json_is(value, JSON_STRING))
        result_order_add(result, name, CANCELORDER_TEXT, value->text);
}

/* `value_decimal` and so on, where currencyDecimals is known; two is never assumed. */
static void report_money(struct cancelorder_result *result, const char *name, const struct json_value *value,
                         const struct json_value *decimals)
{
    int64_t places;
    char *printed;
    struct text member;

    if (json_is(value, JSON_NULL) || json_integer_in(decimals, 0, DECIMALS_MAX, &places) != 0)
        return;
    printed = money_print(value == NULL ? "0" : json_integer(value), (int)places);
    if (printed == NULL)
        return;
    text_init(&member);
    text_add_format(&member, "%s_decimal", name);
    result_order_add(result, member.bytes, CANCELORDER_TEXT, printed);
    text_release(&member);
    free(printed);
}

static void report_order(struct cancelorder_result *result, const struct json_value *order)
{
    const struct json_value *decimals = json_member(order, "currencyDecimals");

    result_order_add(result, "id", CANCELORDER_TEXT, json_text(json_member(order, "id")));
    result_order_add(result, "number", CANCELORDER_TEXT, json_text(json_member(order, "number")));
    result_order_add(result, "state", CANCELORDER_TEXT, json_text(json_member(order, "status")));
    for (size_t i = 0; i < RULE_COUNT(order_members); i++) {
        const struct json_value *value = json_member(order, order_members[i].name);

        report_member(result, order_members[i].name, value, order_members[i].integer_default_0);
        if (order_members[i].money)
            report_money(result, order_members[i].name, value, decimals);
    }
}

/* Required: id, number, status, createdAt (an integer of 0 to 2^53-1). */
static bool order_is_whole(const struct json_value *order)
{
    int64_t created;

    return json_text(json_member(order, "id")) != NULL && json_text(json_member(order, "number")) != NULL &&
           json_text(json_member(order, "status")) != NULL &&
           json_integer_in(json_member(order, "createdAt"), 0, (INT64_C(1) << 53) - 1, &created) == 0;
}

static const char *bare(const char *number)
{
    return number[0] == '#' ? number + 1 : number;
}

static bool same_number(const struct json_value *number, const char *asked)
{
    return json_text(number) != NULL && strcmp(bare(json_text(number)), bare(asked)) == 0;
}

static bool order_is_asked(const struct json_value *order, const char *asked)
{
    if (uri_is_uuid(asked))
        return strcasecmp(json_text(json_member(order, "id")), asked) == 0;
    return same_number(json_member(order, "number"), asked) || same_number(json_member(order, "orderNumber"), asked);
}

/* Reads an answer with an order in it; true if it is whole and about the order asked for. */
static bool read_order(struct judgement *j, const char *asked)
{
    const char *status = json_text(json_member(j->body, "status"));
    const struct json_value *order = json_member(json_member(j->body, "data"), "order");

    if (status != NULL && strcmp(status, "error") == 0) {
        j->result->outcome = CANCELORDER_REJECTED; /* a failure under status 200 (A15) */
        read_error(j);
    } else if (status == NULL || strcmp(status, success) != 0 || !json_is(order, JSON_OBJECT)) {
        judgement_unfit(j, "status 200 without the documented envelope; the effect is unknown");
    } else if (!order_is_whole(order)) {
        judgement_unfit(j, "a required member of the order is missing or of another type");
    } else if (!order_is_asked(order, asked)) {
        judgement_unfit(j, "the answer is about another order");
    } else {
        report_order(j->result, order);
        return true;
    }
    return false;
}

static void read_success(struct judgement *j, const char *asked)
{
    if (!read_order(j, asked))
        return;
    if (strcmp(result_order_text(j->result, "state"), confirmed) == 0) {
        j->result->outcome = CANCELORDER_CANCELED;
        result_note(j->result, "Cancelling moves no money; giving it back is a step of its own.");
    } else {
        j->result->outcome = CANCELORDER_UNKNOWN;
        j->result->effect_unknown = true;
        result_set(&j->result->message, "accepted, not confirmed: the order's status is not "
                                        "CANCELLED");
        result_note(j->result, "Read the order again after a while.");
    }
}

static void judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result)
{
    struct judgement j;

    if (judgement_open(&j, answer, cancel_rules, RULE_COUNT(cancel_rules), result)) {
        if (answer->status == 200)
            read_success(&j, request->order_id);
        else
            read_error(&j);
    }
    judgement_close(&j);
}

static void judge_read(const struct cancelorder_request *request, const struct http_answer *answer,
                       struct cancelorder_result *result)
{
    struct judgement j;

    if (judgement_open(&j, answer, cancel_rules, RULE_COUNT(cancel_rules), result)) {
        if (answer->status != 200)
            read_error(&j);
        else if (read_order(&j, request->order_id))
            result->outcome = CANCELORDER_OK;
    }
    judgement_close(&j);
    result->effect_unknown = false; /* a read changes nothing */
    result->answer_lost = false;
}

/* --- operations ------------------------------------------------------------------------------------- */

static void send_cancel(struct call *call)
{
    struct http_answer answer;

    result_forget_answer(call->result);
    call_send(call, &cancel_shape, cancel_body, CALL_SHARE_CANCEL, &answer);
    judge_cancel(call->request, &answer, call->result);
    http_answer_release(&answer);
}

static void send_read(struct call *call, struct cancelorder_result *result)
{
    struct http_answer answer;

    call_send(call, &get_shape, NULL, CALL_SHARE_ALL, &answer);
    judge_read(call->request, &answer, result);
    http_answer_release(&answer);
}

/* Reads the order to settle a doubt. True if it is cancelled; then the result says so. */
static bool settled_by_read(struct call *call, bool *known)
{
    struct cancelorder_result read;
    const char *state;
    bool settled;

    result_init(&read);
    send_read(call, &read);
    state = read.outcome == CANCELORDER_OK ? result_order_text(&read, "state") : NULL;
    *known = state != NULL;
    settled = *known && strcmp(state, confirmed) == 0;
    if (settled) {
        read.attempts = call->result->attempts;
        read.sent = call->result->sent;
        read.outcome = CANCELORDER_CANCELED;
        result_note(&read, "The cancel was not answered as it should; reading the order "
                           "shows that it is cancelled.");
        cancelorder_result_release(call->result);
        *call->result = read;
        return true;
    }
    if (*known)
        result_note(call->result, "Read afterwards, the order is %s.", state);
    else
        result_note(call->result, "The order could not be read afterwards.");
    cancelorder_result_release(&read);
    return false;
}

/* A cut or failed request may go out once more; a readable 2xx was taken and must not be repeated. */
static bool may_repeat(const struct cancelorder_result *result)
{
    return result->outcome == CANCELORDER_TRANSPORT_ERROR || result->outcome == CANCELORDER_SERVER_ERROR;
}

static bool was_refused(const struct cancelorder_result *result)
{
    return result->http_status >= 400 && result->http_status < 500;
}

static void cancel(struct call *call)
{
    bool known;

    send_cancel(call);
    if (!call->result->answer_lost || settled_by_read(call, &known))
        return;
    if (!known || !may_repeat(call->result))
        return;
    http_wait(call->client->http, SPACING_MS);
    if (http_is_stopped(call->client->http))
        return;
    send_cancel(call);
    if (call->result->answer_lost || was_refused(call->result))
        settled_by_read(call, &known);
}

static void get_order(struct call *call)
{
    send_read(call, call->result);
}

static const struct client_word credentials[] = {
    {"public_key", "pub_…, sent with every request"},
    {"secret_key", "sec_…, sent with the cancel only", .cancel_only = true},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "UUID of the order, or its number (a leading # is kept)"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", check_cancel, cancel},
    {"get_order", check_read, get_order},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_fungies = {
    .name = "fungies",
    .title = "Fungies, digital goods",
    .example_base_url = "https://api.fungies.io/v0",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .judge_cancel = judge_cancel,
};
