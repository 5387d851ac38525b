#include "providers/fungies/fungies.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/text.h"
#include "base/uri.h"
#include "core/judgement.h"
#include "core/money.h"
#include "core/result.h"

#define DECIMALS_MAX 20

/* providers: fungies 2 and 6; status 400 is the documented refusal */
static const struct status_rule cancel_rules[] = {
    {200, 200, CANCELORDER_UNKNOWN}, /* the body decides */
    {201, 299, CANCELORDER_UNKNOWN},   {401, 401, CANCELORDER_UNAUTHORIZED}, {403, 403, CANCELORDER_FORBIDDEN},
    {404, 404, CANCELORDER_NOT_FOUND}, {409, 409, CANCELORDER_CONFLICT},     {429, 429, CANCELORDER_RATE_LIMITED},
    {400, 499, CANCELORDER_REJECTED},  {500, 599, CANCELORDER_SERVER_ERROR},
};

const char fungies_confirmed[] = "CANCELLED";
static const char success[] = "success";

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
    struct text member = TEXT_INIT(TEXT_UNBOUNDED);
    if (json_is(value, JSON_NULL) || json_integer_in(decimals, 0, DECIMALS_MAX, &places) != 0)
        return;
    char *printed = money_print(value == NULL ? "0" : json_integer(value), (int)places);
    if (printed == NULL)
        return;
    text_print(&member, "%s_decimal", name);
    result_order_add(result, text_cstr(&member), CANCELORDER_TEXT, printed);
    text_release(&member);
    free(printed);
}

static void report_order(struct cancelorder_result *result, const struct json_value *order)
{
    const struct json_value *decimals = json_member(order, "currencyDecimals");
    result_order_add(result, "id", CANCELORDER_TEXT, json_text(json_member(order, "id")));
    result_order_add(result, "number", CANCELORDER_TEXT, json_text(json_member(order, "number")));
    result_order_add(result, "state", CANCELORDER_TEXT, json_text(json_member(order, "status")));
    for (size_t i = 0; i < COUNT_OF(order_members); i++) {
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
        return ascii_equal(json_text(json_member(order, "id")), asked);
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
    if (strcmp(result_order_text(j->result, "state"), fungies_confirmed) == 0) {
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

void fungies_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                          struct cancelorder_result *result)
{
    struct judgement j;
    if (judgement_open(&j, answer, cancel_rules, COUNT_OF(cancel_rules), result)) {
        if (answer->status == 200)
            read_success(&j, request->order_id);
        else
            read_error(&j);
    }
    judgement_close(&j);
}

void fungies_judge_read(const struct cancelorder_request *request, const struct http_answer *answer,
                        struct cancelorder_result *result)
{
    struct judgement j;
    if (judgement_open(&j, answer, cancel_rules, COUNT_OF(cancel_rules), result)) {
        if (answer->status != 200)
            read_error(&j);
        else if (read_order(&j, request->order_id))
            result->outcome = CANCELORDER_OK;
    }
    judgement_close(&j);
    judgement_changed_nothing(result);
}
