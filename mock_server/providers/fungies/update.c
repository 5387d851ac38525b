/*
 * PATCH /v0/orders/{orderIdOrNumber}/update (8): five members, all optional.
 *
 *     {"status":"CANCELLED","value":2599,"fee":130,"tax":478,"currency":"EUR"}
 *
 * No transition table is documented, so any status follows any other; CANCELLED here is a second way to the same state,
 * which the knob `update_cancel` can bind to the rules of a cancel. The request takes any double, the answers only know
 * integers within 2^53 - 1 (9 A12): a fraction is rounded to a minor unit, or counts whole units where `update_amounts`
 * says so, and what no answer could show is refused. Decimals follow the currency.
 */
#include <math.h>
#include <string.h>

#include "providers/fungies/fungies.h"

static const char *const members[] = {"status", "value", "fee", "tax", "currency", NULL};
static const char *const amounts[] = {"value", "fee", "tax", NULL}; /* in the order of the page's sample */

struct update {
    const char *status; /* NULL: stays */
    struct amount {
        bool is_given;
        bool is_null;
        double number;
    } amounts[COUNT_OF(amounts) - 1];
    bool has_currency;
    const char *currency; /* NULL: null */
};

/* ── Validation ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A word of `options`; NULL after telling what is wrong with it. */
static const char *read_word(struct exchange *x, const cJSON *value, const char *name, const char *const *options,
                             struct text *issues)
{
    if (!cJSON_IsString(value))
        fungies_add_issue(issues, name, fungies_enum_type_reason(x, options, value));
    else if (fungies_position(options, value->valuestring) < 0)
        fungies_add_issue(issues, name, fungies_enum_reason(x, options, value->valuestring));
    else
        return value->valuestring;
    return NULL;
}

static void read_amount(struct exchange *x, const cJSON *value, const char *name, struct amount *out,
                        struct text *issues)
{
    if (value == NULL)
        return;
    *out = (struct amount){.is_given = true, .is_null = cJSON_IsNull(value), .number = value->valuedouble};
    if (out->is_null)
        return;
    if (!cJSON_IsNumber(value))
        fungies_add_issue(issues, name,
                          arena_print(x->arena, "Expected number, received %s", fungies_type_name(value)));
    else if (isinf(value->valuedouble)) /* 1e999: the page's range is that of a double */
        fungies_add_issue(issues, name,
                          value->valuedouble > 0 ? "Number must be less than or equal to 1.7976931348623157e+308"
                                                 : "Number must be greater than or equal to -1.7976931348623157e+308");
}

enum step fungies_validate_update(struct exchange *x)
{
    const cJSON *body = NULL;
    if (fungies_read_order_key(x) == STEP_REPLY || fungies_read_body(x, members, &body) == STEP_REPLY)
        return STEP_REPLY;
    struct update *update = x->scratch = arena_alloc(x->arena, sizeof *update);
    struct text issues = TEXT_INIT(ISSUES_MAX);
    const cJSON *status = json_member(body, "status"), *currency = json_member(body, "currency");
    if (status != NULL)
        update->status = read_word(x, status, "status", fungies_states, &issues);
    for (size_t i = 0; amounts[i] != NULL; i++)
        read_amount(x, json_member(body, amounts[i]), amounts[i], &update->amounts[i], &issues);
    update->has_currency = currency != NULL;
    if (currency != NULL && !cJSON_IsNull(currency))
        update->currency = read_word(x, currency, "currency", fungies_currencies, &issues);
    return fungies_refuse_issues(x, &issues, "8: members of an update", "body");
}

/* ── Decision ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void set_currency(cJSON *document, const struct update *update)
{
    if (!update->has_currency)
        return;
    json_set_string(document, "currency", update->currency);
    if (update->currency == NULL)
        json_set_null(document, "currencyDecimals");
    else
        json_set_integer(document, "currencyDecimals", fungies_decimals_of(update->currency));
}

/* To the nearest minor unit; false when no answer could show it. */
static bool round_amount(double number, int64_t *out)
{
    double whole = trunc(number), rest = number - whole;
    whole += rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0;
    if (whole > (double)JSON_INTEGER_MAX || whole < -(double)JSON_INTEGER_MAX)
        return false;
    *out = (int64_t)whole;
    return true;
}

static double scale_of(const struct exchange *x, const cJSON *document)
{
    int64_t decimals = 0;
    double scale = 1;
    json_integral(json_member(document, "currencyDecimals"), &decimals);
    if (exchange_knob(x, KNOB_UPDATE_AMOUNTS) == AMOUNTS_MAJOR)
        for (int64_t i = 0; i < decimals && i < 18; i++)
            scale *= 10;
    return scale;
}

static enum step refuse_amount(struct exchange *x, const char *name)
{
    const struct reason why = {"8: the amount fits an answer (unfit_amount)", name, "within 2^53 - 1", "beyond it"};
    switch (exchange_knob(x, KNOB_UNFIT_AMOUNT)) {
    case UNFIT_500: /* 1: what the framework makes of an answer that breaks its own schema */
        return fungies_fail(x, 500, "Internal Server Error", &why);
    case UNFIT_500_TEXT: /* 1: a broken result handler */
        exchange_give_reason(x, &why);
        reply_text(x, 500, "text/plain", "Internal Server Error");
        return STEP_REPLY;
    default:
        return fungies_fail(
            x, 400, arena_print(x->arena, "%s: Number must be between -9007199254740991 and 9007199254740991", name),
            &why);
    }
}

static enum step set_amounts(struct exchange *x, cJSON *document, const struct update *update)
{
    double scale = scale_of(x, document);
    for (size_t i = 0; amounts[i] != NULL; i++) {
        const struct amount *amount = &update->amounts[i];
        int64_t units = 0;
        if (!amount->is_given)
            continue;
        if (amount->is_null)
            json_set_null(document, amounts[i]);
        else if (round_amount(amount->number * scale, &units))
            json_set_integer(document, amounts[i], units);
        else
            return refuse_amount(x, amounts[i]);
    }
    return STEP_NEXT;
}

static enum step check_status(struct exchange *x, const struct order *order, const struct update *update)
{
    bool again = false;
    bool cancels = update->status != NULL && strcmp(update->status, "CANCELLED") == 0;
    if (!cancels || exchange_knob(x, KNOB_UPDATE_CANCEL) == UPDATE_CANCEL_FREE)
        return STEP_NEXT;
    return fungies_allow_cancel(x, order, &again);
}

enum step fungies_decide_update(struct exchange *x, const struct order *order, struct order **changed)
{
    const struct update *update = x->scratch;
    if (fungies_check_order(x, order) == STEP_REPLY || check_status(x, order, update) == STEP_REPLY)
        return STEP_REPLY;
    struct order *copy = order_copy(order);
    set_currency(copy->document, update);
    if (set_amounts(x, copy->document, update) == STEP_REPLY) {
        order_drop(copy);
        return STEP_REPLY;
    }
    if (update->status != NULL && strcmp(update->status, order->state) != 0)
        order_enter(copy, update->status, exchange_now(x));
    *changed = copy;
    return STEP_NEXT;
}

void fungies_render_update(struct exchange *x)
{
    cJSON *data = cJSON_CreateObject();
    json_set(data, "order", fungies_show_order(x, x->order));
    fungies_answer(x, data);
}
