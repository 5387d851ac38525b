/*
 * The messages of a send-sms request (8.1): texts, and to whom they go.
 *
 * `message` is an object, or an array of them for different texts; each has recipients of its own, under the key that
 * the vendor spells `receipents`. Wrappers are looked at in all messages before any text or number is: a request that
 * cannot be resolved is told so (6.1), before what is wrong with its messages.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/iletimerkezi/sms.h"

#define RECIPIENTS_MAX 50000 /* 8.1, limits; the answer on excess is not documented */

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
        return iletimerkezi_refuse_code(x, 454,
                                        &(struct reason){"8.1: a message has a text", "text", "some words",
                                                         exchange_describe(x, json_member(message, "text"))});
    if (*parts > ILETIMERKEZI_PARTS_MAX)
        return iletimerkezi_refuse_code(x, 453,
                                        &(struct reason){"6.2: a text takes at most 7 SMS", "text", "7 SMS",
                                                         arena_print(x->arena, "%lld SMS", (long long)*parts)});
    return STEP_NEXT;
}

/* 452: no number, one that is none, or one that the customer has blocked. */
static enum step read_number(struct exchange *x, const cJSON *value, struct sms *sms)
{
    char *number = sms->numbers[sms->count];
    if (!iletimerkezi_number_read(x, value, number))
        return iletimerkezi_refuse_code(x, 452,
                                        &(struct reason){"8.1: numbers of Turkish mobile phones", "number",
                                                         "905XXXXXXXXX, +905XXXXXXXXX, 05XXXXXXXXX or 5XXXXXXXXX",
                                                         exchange_describe(x, value)});
    if (iletimerkezi_is_blocked(x, number))
        return iletimerkezi_refuse_code(
            x, 452, &(struct reason){"6.2: not on the account's own blacklist", "number", "another number", number});
    sms->count++;
    return STEP_NEXT;
}

static int compare_numbers(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* The NUL is part of what is hashed, so that neighbours do not run into one another. */
static void add_to_print(struct sms *sms, const char *text)
{
    sms->print = id_hash(sms->print, text, strlen(text) + 1);
}

static enum step read_message(struct exchange *x, const cJSON *message, struct sms *sms)
{
    int64_t parts = 0, first = sms->count;
    const cJSON *numbers = numbers_of(message);
    if (check_text(x, message, &parts) == STEP_REPLY)
        return STEP_REPLY;
    if (count_of(numbers) == 0)
        return iletimerkezi_refuse_code(
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
        return iletimerkezi_refuse_code(x, 400,
                                        &(struct reason){"8.1: message is an object, or an array of them", "message",
                                                         "an object", exchange_describe(x, message)});
    if (!cJSON_IsObject(json_member(message, "receipents")))
        return iletimerkezi_refuse_code(x, 400,
                                        &(struct reason){"8.1: receipents stands in message", "receipents", "an object",
                                                         exchange_describe(x, json_member(message, "receipents"))});
    return STEP_NEXT;
}

enum step sms_read_messages(struct exchange *x, const cJSON *order, struct sms *sms)
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
        return iletimerkezi_refuse_code(x, 453,
                                        &(struct reason){"8.1: at most 50,000 recipients", "receipents", "50000",
                                                         arena_print(x->arena, "%lld", (long long)total)});
    sms->numbers = arena_alloc(x->arena, (size_t)(total + 1) * sizeof *sms->numbers);
    for (const cJSON *message = first; message != NULL; message = message == messages ? NULL : message->next)
        if (read_message(x, message, sms) == STEP_REPLY)
            return STEP_REPLY;
    return STEP_NEXT;
}
