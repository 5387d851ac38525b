/*
 * send-sms (8.1): what a request says, field by field.
 *
 * The fields are looked at in the order in which the page lists them; what the customer can pay and whether the same
 * order came a moment ago is asked last (booking.c). Which of two mistakes is told first is our choice.
 */
#include <string.h>

#include "providers/iletimerkezi/sms.h"

/* ── Sender and IYS ────────────────────────────────────────────────────────────────────────────────────────────── */

/* 450: letter case and blanks count. */
static enum step read_sender(struct exchange *x, const cJSON *order, struct sms *sms)
{
    const char *sender = json_string(order, "sender");
    if (sender == NULL || !iletimerkezi_customer_has(x, "senders", sender))
        return iletimerkezi_refuse_code(x, 450,
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
        return iletimerkezi_refuse_code(
            x, 468, &(struct reason){"8.1: iys says whether IYS is asked", "iys", "1 or 0", exchange_describe(x, iys)});
    if (asked && strcmp(list, "BIREYSEL") != 0 && strcmp(list, "TACIR") != 0)
        return iletimerkezi_refuse_code(x, 469,
                                        &(struct reason){"8.1: with iys 1 a list of IYS is named", "iysList",
                                                         "BIREYSEL or TACIR",
                                                         exchange_describe(x, json_member(order, "iysList"))});
    if (asked && json_string(iletimerkezi_customer(x), "iys_code") == NULL)
        return iletimerkezi_refuse_code(
            x, 470, &(struct reason){"6.2: with iys 1 the account has an IYS code", "iys", "an IYS code", "none set"});
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
        return iletimerkezi_refuse_code(x, 457,
                                        &(struct reason){"8.1: the form of sendDateTime", "sendDateTime",
                                                         "DD/MM/YYYY HH:MM", exchange_describe(x, given)});
    sms->send_date_time = arena_dup(x->arena, text);
    sms->waits = sms->at > exchange_now(x);
    return STEP_NEXT;
}

/* ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step sms_read(struct exchange *x, const cJSON *order)
{
    struct sms *sms = arena_alloc(x->arena, sizeof *sms);
    *sms = (struct sms){.print = SMS_PRINT_NONE};
    x->scratch = sms;
    x->order_key = ""; /* there is none yet */
    if (!cJSON_IsObject(order))
        return iletimerkezi_refuse_code(
            x, 400, &(struct reason){"8.1: request.order is what is sent", "order", "an object", "none"});
    if (read_sender(x, order, sms) == STEP_REPLY || read_iys(x, order) == STEP_REPLY ||
        sms_read_messages(x, order, sms) == STEP_REPLY)
        return STEP_REPLY;
    return read_schedule(x, order, sms);
}

enum step iletimerkezi_validate_send(struct exchange *x)
{
    return sms_read(x, json_member(iletimerkezi_request(x), "order"));
}
