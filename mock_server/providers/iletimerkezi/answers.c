/*
 * Answers: one envelope for good and bad, with a code and its words (5, 6).
 *
 *     {"response":{"status":{"code":455,"message":"Sipariş bulunamadı"}}}
 *
 * Every answer of this provider leaves through iletimerkezi_answer(), where the knobs about its form are obeyed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "providers/iletimerkezi/iletimerkezi.h"

static const char WRONG_CREDENTIALS[] = "Üyelik bilgileri hatalı";

/* 9.4 */
const char *const iletimerkezi_access_off_messages[] = {WRONG_CREDENTIALS, "API erişim izniniz yok", NULL};

/* 6.2; the English is that of the vendor's documentation mirrors (9.3). 429 has the words of 503 (9.17). */
static const struct wording {
    int code;
    const char *turkish, *english;
} wordings[] = {
    {200, "İşlem başarılı", "Operation successful"},
    {400, "İstek çözümlenemedi", "Request could not be resolved"},
    {401, WRONG_CREDENTIALS, "Incorrect membership information"},
    {404, "API istek yapılan yönteme sahip değil", "API does not have requested method"},
    {422, "İstek içerisindeki değerler doğrulanamadı.", "Values in the request could not be validated"},
    {429, "Sunucu geçici olarak servis dışı", "Server temporarily unavailable"},
    {455, "Sipariş bulunamadı", "Order not found"},
    {456, "Sipariş gönderim tarihi henüz gelmedi", "Order shipping date has not come yet"},
};

const char *iletimerkezi_message(struct exchange *x, int code)
{
    for (size_t i = 0; i < COUNT_OF(wordings); i++)
        if (wordings[i].code == code)
            return exchange_knob(x, KNOB_MESSAGE_LANG) == LANG_EN_MIRROR ? wordings[i].english : wordings[i].turkish;
    return "";
}

/* {"response":{"status":{"code":…,"message":…}}}; more may be added to "response". */
cJSON *iletimerkezi_envelope(struct exchange *x, int code, const char *message)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *status = cJSON_AddObjectToObject(cJSON_AddObjectToObject(body, "response"), "status");
    char digits[16];
    snprintf(digits, sizeof digits, "%d", code);
    if (exchange_knob(x, KNOB_CODE_TYPE) == CODE_STRING)
        json_set_string(status, "code", digits);
    else
        json_set_integer(status, "code", code);
    json_set_string(status, "message", message);
    return body;
}

static int http_status(struct exchange *x, int status)
{
    switch (exchange_knob(x, KNOB_HTTP_STATUS_MODE)) {
    case HTTP_GENERIC_400:
        return status >= 450 && status <= 459 ? 400 : status;
    case HTTP_ALWAYS_200:
        return 200;
    default:
        return status;
    }
}

/* The one way out: `body` is taken. The cookie's value means nothing; clients need not send it back (ILM-HTTP-7). */
void iletimerkezi_answer(struct exchange *x, int status, cJSON *body)
{
    if (exchange_knob(x, KNOB_SEND_COOKIE) == 1)
        reply_header(x, "Set-Cookie", "emsid=6h2v0q9c4t1m8k3r5n7b2d4f60; path=/");
    if (exchange_knob(x, KNOB_JSON_ESCAPE_UNICODE) == 0) {
        reply_json(x, http_status(x, status), body);
        return;
    }
    char *text = json_write_ascii(body);
    cJSON_Delete(body);
    reply_text(x, http_status(x, status), x->provider->content_type, text);
    free(text);
}

enum step iletimerkezi_refuse_saying(struct exchange *x, int code, const char *message, const struct reason *why)
{
    iletimerkezi_answer(x, code, iletimerkezi_envelope(x, code, message));
    exchange_give_reason(x, why);
    return STEP_REPLY;
}

enum step iletimerkezi_refuse(struct exchange *x, int code, const struct reason *why)
{
    return iletimerkezi_refuse_saying(x, code, iletimerkezi_message(x, code), why);
}
