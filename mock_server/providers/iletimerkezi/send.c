/*
 * send-sms (8.1): from a request to an order.
 *
 * The fields are looked at in the order in which the page lists them, then what the customer can pay, and last whether
 * the same order came a moment ago, so that an order that is refused for another reason does not count as sent.
 *
 * An order without a time leaves at once: it is `sending` from the start, and no cancel ever finds it scheduled. So
 * does one whose time has passed, and, by default, one whose time has seconds (9.9). The answer of each refusal is in
 * the table of codes (6.2); which of two comes first is our choice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/store.h"
#include "providers/iletimerkezi/iletimerkezi.h"
#include "support/utf8.h"

#define RECIPIENTS_MAX 50000                                  /* 8.1, limits; the answer on excess is not documented */
#define REPEAT_US      (INT64_C(10) * 60 * INSTANT_SECOND_US) /* 8.1: 451 */

struct sms {
    const char *sender;
    const char *send_date_time; /* as it will stand in the document; NULL: none */
    int64_t at;
    bool waits; /* until `at` */
    char (*numbers)[ILETIMERKEZI_NUMBER_MAX];
    int64_t count;  /* of numbers, over all messages */
    int64_t parts;  /* SMS, over all messages and numbers */
    uint64_t print; /* of texts and recipients: what makes two orders the same */
};

/* ── Sender and IYS ────────────────────────────────────────────────────────────────────────────────────────────── */

/* 450: letter case and blanks count. */
static enum step read_sender(struct exchange *x, const cJSON *order, struct sms *sms)
{
    const char *sender = json_string(order, "sender");
    if (sender == NULL || !iletimerkezi_customer_has(x, "senders", sender))
        return iletimerkezi_refuse(x, 450,
                                   &(struct reason){"8.1: a sender approved for this account", "sender",
                                                    "one that get-sender lists",
                                                    exchange_describe(x, json_member(order, "sender"))});
    sms->sender = arena_dup(x->arena, sender);
    return STEP_NEXT;
}

/* "1" or "0", or the same as an integer. */
static bool read_flag(const cJSON *value, bool *out)
{
    const char *text = cJSON_IsString(value) ? value->valuestring : json_number_text(value);
    if (text == NULL || (strcmp(text, "0") != 0 && strcmp(text, "1") != 0))
        return false;
    *out = *text == '1';
    return true;
}

static enum step read_iys(struct exchange *x, const cJSON *order)
{
    const cJSON *iys = json_member(order, "iys");
    const char *list = json_string_or(order, "iysList", "");
    bool asked = false;
    if (iys == NULL && exchange_knob(x, KNOB_IYS_ABSENT) == IYS_TOLERATED)
        return STEP_NEXT;
    if (!read_flag(iys, &asked))
        return iletimerkezi_refuse(
            x, 468, &(struct reason){"8.1: iys says whether IYS is asked", "iys", "1 or 0", exchange_describe(x, iys)});
    if (asked && strcmp(list, "BIREYSEL") != 0 && strcmp(list, "TACIR") != 0)
        return iletimerkezi_refuse(x, 469,
                                   &(struct reason){"8.1: with iys 1 a list of IYS is named", "iysList",
                                                    "BIREYSEL or TACIR",
                                                    exchange_describe(x, json_member(order, "iysList"))});
    if (asked && json_string(iletimerkezi_customer(x), "iys_code") == NULL)
        return iletimerkezi_refuse(
            x, 470, &(struct reason){"6.2: with iys 1 the account has an IYS code", "iys", "an IYS code", "none set"});
    return STEP_NEXT;
}

/* ── Messages ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const cJSON *numbers_of(const cJSON *message)
{
    return json_member(json_member(message, "receipents"), "number");
}

/* Of an array its elements; anything else is one; nothing is none. */
static int64_t count_of(const cJSON *value)
{
    return value == NULL ? 0 : cJSON_IsArray(value) ? cJSON_GetArraySize(value) : 1;
}

static enum step check_text(struct exchange *x, const cJSON *message, int64_t *parts)
{
    const char *text = json_string_or(message, "text", "");
    *parts = iletimerkezi_parts(text);
    if (*parts == 0)
        return iletimerkezi_refuse(x, 454,
                                   &(struct reason){"8.1: a message has a text", "text", "some words",
                                                    exchange_describe(x, json_member(message, "text"))});
    if (*parts > ILETIMERKEZI_PARTS_MAX)
        return iletimerkezi_refuse(x, 453,
                                   &(struct reason){"6.2: a text takes at most 7 SMS", "text", "7 SMS",
                                                    arena_print(x->arena, "%lld SMS", (long long)*parts)});
    return STEP_NEXT;
}

/* 452: no number, one that is none, or one that the customer has blocked. */
static enum step read_number(struct exchange *x, const cJSON *value, struct sms *sms)
{
    char *number = sms->numbers[sms->count];
    if (!iletimerkezi_number_read(value, number))
        return iletimerkezi_refuse(x, 452,
                                   &(struct reason){"8.1: numbers of Turkish mobile phones", "number",
                                                    "905XXXXXXXXX, +905XXXXXXXXX or 5XXXXXXXXX",
                                                    exchange_describe(x, value)});
    if (iletimerkezi_customer_has(x, "blacklist", number))
        return iletimerkezi_refuse(
            x, 452, &(struct reason){"6.2: not on the account's own blacklist", "number", "another number", number});
    sms->count++;
    return STEP_NEXT;
}

static int compare_numbers(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* FNV-1a; the NUL is part of what is hashed, so that neighbours do not run into one another. */
static void add_to_print(struct sms *sms, const char *text)
{
    do {
        sms->print = (sms->print ^ (unsigned char)*text) * UINT64_C(1099511628211);
    } while (*text++ != '\0');
}

static enum step read_message(struct exchange *x, const cJSON *message, struct sms *sms)
{
    int64_t parts = 0, first = sms->count;
    const cJSON *numbers = numbers_of(message);
    if (check_text(x, message, &parts) == STEP_REPLY)
        return STEP_REPLY;
    if (count_of(numbers) == 0)
        return iletimerkezi_refuse(
            x, 452, &(struct reason){"8.1: a message has recipients", "number", "at least one number", "none"});
    for (const cJSON *value = cJSON_IsArray(numbers) ? numbers->child : numbers; value != NULL; value = value->next) {
        if (read_number(x, value, sms) == STEP_REPLY)
            return STEP_REPLY;
        if (value == numbers)
            break;
    }
    sms->parts += parts * (sms->count - first);
    qsort(sms->numbers[first], (size_t)(sms->count - first), sizeof sms->numbers[first], compare_numbers);
    add_to_print(sms, json_string(message, "text"));
    for (int64_t i = first; i < sms->count; i++)
        add_to_print(sms, sms->numbers[i]);
    return STEP_NEXT;
}

/* 6.1: a wrapper of another name, `recipients` for instance, is a request that cannot be resolved. */
static enum step check_wrappers(struct exchange *x, const cJSON *message)
{
    if (!cJSON_IsObject(message))
        return iletimerkezi_refuse(x, 400,
                                   &(struct reason){"8.1: message is an object, or an array of them", "message",
                                                    "an object", exchange_describe(x, message)});
    if (!cJSON_IsObject(json_member(message, "receipents")))
        return iletimerkezi_refuse(x, 400,
                                   &(struct reason){"8.1: receipents stands in message", "receipents", "an object",
                                                    exchange_describe(x, json_member(message, "receipents"))});
    return STEP_NEXT;
}

static enum step read_messages(struct exchange *x, const cJSON *order, struct sms *sms)
{
    const cJSON *messages = json_member(order, "message");
    const cJSON *first = cJSON_IsArray(messages) ? messages->child : messages;
    int64_t total = 0;
    if (first == NULL)
        return check_wrappers(x, NULL);
    for (const cJSON *message = first; message != NULL; message = message == messages ? NULL : message->next) {
        if (check_wrappers(x, message) == STEP_REPLY)
            return STEP_REPLY;
        total += count_of(numbers_of(message));
    }
    if (total > RECIPIENTS_MAX)
        return iletimerkezi_refuse(x, 453,
                                   &(struct reason){"8.1: at most 50,000 recipients", "receipents", "50000",
                                                    arena_print(x->arena, "%lld", (long long)total)});
    sms->numbers = arena_alloc(x->arena, (size_t)(total + 1) * sizeof *sms->numbers);
    for (const cJSON *message = first; message != NULL; message = message == messages ? NULL : message->next)
        if (read_message(x, message, sms) == STEP_REPLY)
            return STEP_REPLY;
    return STEP_NEXT;
}

/* ── Schedule (8.1, 9.9, 9.10) ─────────────────────────────────────────────────────────────────────────────────── */

static enum step read_schedule(struct exchange *x, const cJSON *order, struct sms *sms)
{
    const cJSON *given = json_member(order, "sendDateTime");
    const cJSON *value = cJSON_IsArray(given) ? given->child : given;
    if (value == NULL || cJSON_IsNull(value) || (cJSON_IsString(value) && *value->valuestring == '\0'))
        return STEP_NEXT;
    const char *text = cJSON_IsString(value) ? value->valuestring : "";
    enum iletimerkezi_schedule schedule = iletimerkezi_schedule_read(text, &sms->at);
    if (schedule == SCHEDULE_SECONDS && exchange_knob(x, KNOB_SECONDS_IN_SCHEDULE) == SECONDS_IMMEDIATE)
        return STEP_NEXT;
    if (schedule != SCHEDULE_GOOD)
        return iletimerkezi_refuse(x, 457,
                                   &(struct reason){"8.1: the form of sendDateTime", "sendDateTime", "DD/MM/YYYY HH:MM",
                                                    exchange_describe(x, given)});
    sms->send_date_time = arena_dup(x->arena, text);
    sms->waits = sms->at > exchange_now(x);
    return STEP_NEXT;
}

static enum step read_sms(struct exchange *x, const cJSON *order)
{
    struct sms *sms = arena_alloc(x->arena, sizeof *sms);
    *sms = (struct sms){.print = UINT64_C(14695981039346656037)};
    x->scratch = sms;
    x->order_key = ""; /* there is none yet */
    if (!cJSON_IsObject(order))
        return iletimerkezi_refuse(
            x, 400, &(struct reason){"8.1: request.order is what is sent", "order", "an object", "none"});
    if (read_sender(x, order, sms) == STEP_REPLY || read_iys(x, order) == STEP_REPLY ||
        read_messages(x, order, sms) == STEP_REPLY)
        return STEP_REPLY;
    return read_schedule(x, order, sms);
}

enum step iletimerkezi_validate_send(struct exchange *x)
{
    return read_sms(x, json_member(iletimerkezi_request(x), "order"));
}

/* ── The one GET (3) ───────────────────────────────────────────────────────────────────────────────────────────── */

/* "5301234567,5301234568" */
static void add_numbers(cJSON *message, const char *list)
{
    cJSON *numbers = cJSON_AddArrayToObject(cJSON_AddObjectToObject(message, "receipents"), "number");
    while (list != NULL && *list != '\0') {
        size_t length = strcspn(list, ",");
        char *number = mem_dup_bytes(list, length);
        cJSON_AddItemToArray(numbers, cJSON_CreateString(number));
        free(number);
        list += length + (list[length] == ',');
    }
}

/* What a query says, as a body would; it has no sendDateTime. */
enum step iletimerkezi_validate_send_get(struct exchange *x)
{
    static const char *const names[] = {"sender", "iys", "iysList", "text", "receipents"};
    const char *values[COUNT_OF(names)];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        values[i] = iletimerkezi_query(x, names[i]);
        if (values[i] != NULL && !utf8_is_valid(values[i], strlen(values[i])))
            return iletimerkezi_refuse(
                x, 400, &(struct reason){"6.1: the query can be read", names[i], "UTF-8", "other bytes"});
    }
    cJSON *order = cJSON_CreateObject(), *message = cJSON_AddObjectToObject(order, "message");
    for (size_t i = 0; i < 3; i++)
        if (values[i] != NULL)
            json_set_string(order, names[i], values[i]);
    json_set_string(message, "text", values[3] == NULL ? "" : values[3]);
    add_numbers(message, values[4]);
    enum step step = read_sms(x, order);
    cJSON_Delete(order);
    return step;
}

/* ── The order ─────────────────────────────────────────────────────────────────────────────────────────────────── */

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
    if (sms->waits)
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
    const struct order *taken = NULL;
    do {
        order_drop(order);
        order_drop(taken);
        order = order_make(x->session, x->provider, spec, &problem);
        taken = order == NULL ? NULL : store_load(session_store(x->session), x->provider, order->id);
    } while (taken != NULL);
    cJSON_Delete(spec);
    return order;
}

enum step iletimerkezi_decide_send(struct exchange *x, const struct order *order, struct order **changed)
{
    const struct sms *sms = x->scratch;
    int64_t price = sms->parts * iletimerkezi_sms_price(x);
    (void)order;
    if (price > iletimerkezi_balance(x))
        return iletimerkezi_refuse(
            x, 402, &(struct reason){"6.2: the balance pays for the order", "message", "a balance as high", "less"});
    const char *print = arena_print(x->arena, "%016llx", (unsigned long long)sms->print);
    int64_t left = exchange_window(x, "repeat", print, REPEAT_US);
    if (left > 0)
        return iletimerkezi_refuse(
            x, 451,
            &(struct reason){"8.1: not the same text to the same numbers within 10 minutes", "message",
                             "another text, or later",
                             arena_print(x->arena, "%lld s too early", (long long)(left / INSTANT_SECOND_US))});
    *changed = make_order(x, sms);
    return STEP_NEXT;
}

void iletimerkezi_render_sent(struct exchange *x)
{
    cJSON *body = iletimerkezi_success(x);
    json_set_string(cJSON_AddObjectToObject(json_member_mut(body, "response"), "order"), "id", x->order->id);
    iletimerkezi_answer(x, 200, body);
}
