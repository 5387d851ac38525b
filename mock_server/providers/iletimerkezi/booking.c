/*
 * From what a send-sms request says to an order: can it be paid for, did it come a moment ago, and what it looks like.
 *
 * The repeat is asked last, so that an order that is refused for another reason does not count as sent. An order
 * without a time leaves at once: it is `sending` from the start, and no cancel ever finds it scheduled. So does one
 * whose time has passed, and, by default, one whose time has seconds (9.9).
 */
#include <string.h>

#include "providers/iletimerkezi/sms.h"

#define REPEAT_US (INT64_C(10) * 60 * INSTANT_SECOND_US) /* 8.1: 451 */

static cJSON *spec_of(struct exchange *x, const struct sms *sms)
{
    cJSON *spec = cJSON_CreateObject(), *document = cJSON_AddObjectToObject(spec, "document");
    json_set_string(spec, "account", x->account);
    json_set_string(spec, "state", sms->waits ? "scheduled" : "sending");
    json_set_string(document, "sender", sms->sender);
    json_set_integer(document, "total", sms->count);
    json_set_integer(document, "waiting", sms->count);
    json_set(document, "price", iletimerkezi_money_new(sms->parts * iletimerkezi_sms_price(x)));
    json_set_string(document, "sendDateTime", sms->send_date_time);
    if (sms->send_date_time != NULL) /* 9.26: also where it has passed */
        iletimerkezi_stamp(document, "sendAt", sms->at);
    cJSON *messages = cJSON_AddArrayToObject(document, "message");
    for (int64_t i = 0; i < sms->count; i++) {
        cJSON *message = cJSON_CreateObject();
        json_set_string(message, "number", sms->numbers[i]);
        json_set_integer(message, "status", 110);
        cJSON_AddItemToArray(messages, message);
    }
    return spec;
}

/* An order whose number nobody has given to one of his own. */
static struct order *make_order(struct exchange *x, const struct sms *sms)
{
    const char *problem = NULL;
    cJSON *spec = spec_of(x, sms);
    struct order *order = NULL;
    const struct maker maker = exchange_maker(x);
    do {
        order_drop(order);
        order = order_make(&maker, spec, &problem);
    } while (order != NULL && exchange_has_order(x, order->id));
    cJSON_Delete(spec);
    return order;
}

/* 9.29: the one GET can be asked for its head alone, and then nothing is sent. */
static bool is_head(const struct exchange *x)
{
    return strcmp(x->request.method, "HEAD") == 0;
}

/* 8.1: how long the same text may not go to the same numbers yet; 0: it may now. A head sends none that would count. */
static int64_t too_early_us(struct exchange *x, const struct sms *sms)
{
    const char *print = arena_print(x->arena, "%016llx", (unsigned long long)sms->print);
    return is_head(x) ? exchange_rate_limit_left(x, "repeat", print, REPEAT_US)
                      : exchange_rate_limit(x, "repeat", print, REPEAT_US);
}

enum step iletimerkezi_decide_send(struct exchange *x, const struct order *order, struct order **changed)
{
    const struct sms *sms = x->scratch;
    int64_t price = sms->parts * iletimerkezi_sms_price(x);
    (void)order;
    if (price > iletimerkezi_balance(x))
        return iletimerkezi_refuse_code(
            x, 402, &(struct reason){"6.2: the balance pays for the order", "message", "a balance as high", "less"});
    int64_t left = too_early_us(x, sms);
    if (left > 0)
        return iletimerkezi_refuse_code(
            x, 451,
            &(struct reason){"8.1: not the same text to the same numbers within 10 minutes", "message",
                             "another text, or later",
                             arena_print(x->arena, "%lld s too early", (long long)(left / INSTANT_SECOND_US))});
    if (!is_head(x))
        *changed = make_order(x, sms);
    return STEP_NEXT;
}

void iletimerkezi_render_sent(struct exchange *x)
{
    const char *id = is_head(x) ? "312900000" : x->order->id; /* as long as one: the head tells the length */
    cJSON *body = iletimerkezi_success(x);
    json_set_string(cJSON_AddObjectToObject(json_member_mut(body, "response"), "order"), "id", id);
    iletimerkezi_answer(x, 200, body);
}
