/*
 * Answers: one envelope for good and bad, with a code and its words (5, 6); and what the engine refuses.
 *
 *     {"response":{"status":{"code":455,"message":"Sipariş bulunamadı"}}}
 *
 * The XML twins and the one GET say the same in XML, laid out as in the recordings (6.1). Every answer of this provider
 * leaves through iletimerkezi_answer(), where the knobs about its form are obeyed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml.h"
#include "providers/iletimerkezi/iletimerkezi.h"

/* 6.2; the English is that of the vendor's documentation mirrors (9.3). 429 has the words of 503 (9.17). */
static const struct wording {
    int code;
    const char *turkish, *english;
} wordings[] = {
    {200, "İşlem başarılı", "Operation successful"},
    {400, "İstek çözümlenemedi", "Request could not be resolved"},
    {401, ILETIMERKEZI_WRONG_CREDENTIALS, "Incorrect membership information"},
    {402, "Bakiye yetersiz", "Insufficient balance"},
    {403, "Aktif abonelik bulunamadı", "No active subscription was found"},
    {404, "API istek yapılan yönteme sahip değil", "API does not have requested method"},
    {422, "İstek içerisindeki değerler doğrulanamadı.", "Values in the request could not be validated"},
    {429, "Sunucu geçici olarak servis dışı", "Server temporarily unavailable"},
    {450, "Gönderilen başlık kullanıma uygun değil", "Submitted header is not available for use"},
    {451, "Tekrar eden sipariş", "Repeating order"},
    {452, "Mesaj alıcıları hatalı", "Message recipients are incorrect"},
    {453, "Sipariş boyutu aşıldı", "Order size exceeded"},
    {454, "Mesaj metni boş", "Message text is empty"},
    {455, "Sipariş bulunamadı", "Order not found"},
    {456, "Sipariş gönderim tarihi henüz gelmedi", "Order shipping date has not come yet"},
    {457, "Mesaj gönderim tarihinin formatı hatalı", "Incorrect format of message sending date"},
    {458, "Tarih aralığı hatalı", "Invalid date range"},
    {464, "Page değeri 1 den başlamalı.", "Page value must start from 1"},
    {466, "Hatalı numara.", "Incorrect number"},
    {468, "IYS üzerinden sorgulama yapılıp, yapılmayacağını ayarlamalısınız.",
     "You must configure whether to query via IYS"},
    {469, "IYS listenizi seçmelisiniz, BIREYSEL veya TACIR.", "You must choose your IYS list: INDIVIDUAL or CORPORATE"},
    {470, "IYS kodunuzu ayarlamalısınız.", "You must configure your IYS code"},
    {474, "Bu numara üzerindeki engelleme kaldırılamaz", "The block on this number cannot be removed"},
    {503, "Sunucu geçici olarak servis dışı", "Server temporarily unavailable"},
};

const char *iletimerkezi_message(struct exchange *x, int code)
{
    for (size_t i = 0; i < COUNT_OF(wordings); i++)
        if (wordings[i].code == code)
            return exchange_knob(x, KNOB_MESSAGE_LANG) == LANG_EN_MIRROR ? wordings[i].english : wordings[i].turkish;
    return "";
}

static cJSON *envelope(struct exchange *x, int code, const char *message)
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

cJSON *iletimerkezi_success(struct exchange *x)
{
    return envelope(x, 200, iletimerkezi_message(x, 200));
}

/* generic_400 takes in every code that HTTP does not know. */
static int http_status(struct exchange *x, int status)
{
    switch (exchange_knob(x, KNOB_HTTP_STATUS_MODE)) {
    case HTTP_GENERIC_400:
        return status >= 450 && status < 500 ? 400 : status;
    case HTTP_ALWAYS_200:
        return 200;
    default:
        return status;
    }
}

/* 9.5; NULL: those of the provider's table, or the usual words of the status. */
static const char *phrase_of(struct exchange *x, const cJSON *body)
{
    switch (exchange_knob(x, KNOB_REASON_PHRASE)) {
    case PHRASE_UTF8_MESSAGE:
        return arena_dup(x->arena, json_string(json_member(json_member(body, "response"), "status"), "message"));
    case PHRASE_EMPTY:
        return "";
    default:
        return NULL;
    }
}

static void write_json(struct exchange *x, int status, const cJSON *body)
{
    bool ascii = exchange_knob_on(x, KNOB_JSON_ESCAPE_UNICODE);
    char *text = ascii ? json_write_ascii(body) : json_write(body);
    reply_text(x, status, x->provider->content_type, text);
    free(text);
}

static void write_xml(struct exchange *x, int status, const cJSON *body)
{
    char *text = xml_write(body);
    reply_text(x, status, "text/xml; charset=utf-8", text);
    free(text);
}

/* 9.12: some clients send a header that this API never had. The request goes on; the journal tells. */
static void note_violations(struct exchange *x)
{
    if (exchange_header(x, "X-API-Hash") != NULL)
        exchange_give_reason(x, &(struct reason){"9.12: credentials stand in the body only", "X-API-Hash",
                                                 "no such header", "a header"});
}

/* The one way out: `body` is taken. The cookie's value means nothing; clients need not send it back (ILM-HTTP-7). */
void iletimerkezi_answer(struct exchange *x, int status, cJSON *body)
{
    if (exchange_knob_on(x, KNOB_SEND_COOKIE))
        reply_header(x, "Set-Cookie", "emsid=6h2v0q9c4t1m8k3r5n7b2d4f60; path=/");
    if (iletimerkezi_form_of(x) == FORM_JSON)
        write_json(x, http_status(x, status), body);
    else
        write_xml(x, http_status(x, status), body);
    x->reply.phrase = phrase_of(x, body);
    note_violations(x);
    cJSON_Delete(body);
}

enum step iletimerkezi_refuse_saying(struct exchange *x, int code, const char *message, const struct reason *why)
{
    iletimerkezi_answer(x, code, envelope(x, code, message));
    exchange_give_reason(x, why);
    return STEP_REPLY;
}

enum step iletimerkezi_refuse_code(struct exchange *x, int code, const struct reason *why)
{
    return iletimerkezi_refuse_saying(x, code, iletimerkezi_message(x, code), why);
}

/* ── Outside of any route (6.1, 9.14, 9.15) ────────────────────────────────────────────────────────────────────── */

static void refuse_no_route(struct exchange *x)
{
    const char *slash = strrchr(x->inner_path, '/');
    bool has_slash_behind = slash != NULL && slash != x->inner_path && slash[1] == '\0';
    iletimerkezi_refuse_code(x, 404,
                             &(struct reason){"6.1: no such endpoint", "path", "a path of section 3", x->inner_path,
                                              .knob = has_slash_behind ? "accept_trailing_slash=on" : NULL});
}

/* 9.14: even under 405 the body is the one of 404, since the table of codes has no other. */
static void refuse_method(struct exchange *x)
{
    int status = exchange_knob_status(x, KNOB_WRONG_METHOD_STATUS);
    if (status == 405)
        reply_header(x, "Allow", x->allowed);
    iletimerkezi_answer(x, status, envelope(x, 404, iletimerkezi_message(x, 404)));
    exchange_give_reason(x, &(struct reason){"9.14: wrong method", "method", x->allowed, x->request.method});
}

/* The documents know no limit of a body: it says 400, and the status line what it is. */
static void refuse_large(struct exchange *x)
{
    iletimerkezi_refuse_code(x, 400,
                             &(struct reason){"6.1: the body can be read", "body", "within the limit", "larger"});
    x->reply.status = 413;
}

/* 9.19: path and method are judged before anything that the body says. */
void iletimerkezi_refuse(struct exchange *x, enum refusal what)
{
    if (what == REFUSAL_BODY_TOO_LARGE)
        refuse_large(x);
    else if (what == REFUSAL_NO_ROUTE)
        refuse_no_route(x);
    else
        refuse_method(x);
}

/* ── By status alone: for faults, and for what nobody could read (6) ─────────────────────────────────────────────── */

/* A status that the table of codes does not have says what the table has for its kind. */
void iletimerkezi_answer_status(struct exchange *x, int status)
{
    const char *message = iletimerkezi_message(x, status);
    if (*message == '\0')
        message = iletimerkezi_message(x, status >= 500 ? 503 : 400);
    iletimerkezi_answer(x, status, envelope(x, status, message));
    x->reply.status = status; /* whatever http_status_mode makes of those of its own */
}

/* ── How answers leave ─────────────────────────────────────────────────────────────────────────────────────────── */

/* 9.22: in 2018 each 200 was compressed, and said so, where the client asked for it; refusals were not. */
void iletimerkezi_finish(struct exchange *x)
{
    if (x->reply.status != 200 || exchange_knob(x, KNOB_GZIP) != GZIP_WHEN_ASKED)
        return;
    x->reply.gzip = true;
    reply_header(x, "Vary", "Accept-Encoding");
}
