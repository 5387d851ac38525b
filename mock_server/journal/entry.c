#include "journal/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/instant.h"
#include "base/text.h"
#include "base/utf8.h"
#include "journal/secrets.h"
#include "model/exchange.h"
#include "model/framing.h"
#include "model/provider.h"
#include "session/session.h"

/* As a string where that is UTF-8, else as NAME_base64. */
static void add_bytes(cJSON *object, const char *name, const char *bytes, size_t length)
{
    bool is_text = memchr(bytes, '\0', length) == NULL && utf8_is_valid(bytes, length);
    char *coded = is_text ? NULL : base64_write(bytes, length);
    char *coded_name = mem_print("%s_base64", name);
    json_set_string(object, is_text ? name : coded_name, is_text ? bytes : coded);
    free(coded_name);
    free(coded);
}

static void add_body(cJSON *object, const char *bytes, size_t length)
{
    add_bytes(object, "body", bytes, length);
}

/* A header or target may hold any byte; what is not UTF-8 is shown as U+FFFD. */
static cJSON *readable(const char *bytes)
{
    struct text out = TEXT_INIT(SIZE_MAX / 4);
    for (size_t length = strlen(bytes); length > 0;) {
        size_t width = utf8_character(bytes, length);
        if (width == 0)
            text_add(&out, "\xef\xbf\xbd");
        else
            text_add_bytes(&out, bytes, width);
        bytes += width == 0 ? 1 : width;
        length -= width == 0 ? 1 : width;
    }
    cJSON *string = cJSON_CreateString(text_cstr(&out));
    text_release(&out);
    return string;
}

static void add_header(cJSON *list, const char *name, cJSON *value)
{
    cJSON *pair = cJSON_CreateArray();
    cJSON_AddItemToArray(pair, readable(name));
    cJSON_AddItemToArray(pair, value);
    cJSON_AddItemToArray(list, pair);
}

static void add_request_headers(cJSON *request, const struct exchange *x)
{
    cJSON *list = cJSON_AddArrayToObject(request, "headers");
    for (size_t i = 0; i < x->request.header_count; i++) {
        const struct header *header = &x->request.headers[i];
        bool hidden = !session_shows_secrets(x->session) && secret_header(x, header->name, header->value);
        add_header(list, header->name, hidden ? secret_mask(header->value) : readable(header->value));
    }
}

static void add_request_body(cJSON *request, const struct exchange *x)
{
    char *masked = session_shows_secrets(x->session) ? NULL : secret_body(x);
    if (masked != NULL)
        json_set_string(request, "body", masked);
    else
        add_body(request, x->request.body, x->request.body_length);
    free(masked);
}

static cJSON *request_to_json(const struct exchange *x)
{
    cJSON *request = cJSON_CreateObject();
    json_set(request, "method", readable(x->request.method));
    char *masked = session_shows_secrets(x->session) ? NULL : secret_target(x);
    json_set(request, "target", readable(masked == NULL ? x->request.target : masked));
    free(masked);
    json_set_string(request, "version", x->request.version);
    add_request_headers(request, x);
    add_request_body(request, x);
    if (x->request.body_too_large)
        json_set_bool(request, "body_too_large", true);
    json_set_integer(request, "bytes", (int64_t)x->request.bytes);
    return request;
}

static const char *const unread_kinds[] = {
    [UNREAD_MALFORMED] = "malformed", [UNREAD_INCOMPLETE] = "incomplete", [UNREAD_UNSERVED] = "unserved"};

/* What could not be read as a request; null for one that could. */
static cJSON *unread_part(const struct exchange *x)
{
    const struct unread *unread = x->request.unread;
    if (unread == NULL)
        return cJSON_CreateNull();
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "kind", unread_kinds[unread->kind]);
    struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
    if (session_shows_secrets(x->session))
        text_add_bytes(&shown, unread->bytes, unread->length);
    else
        secret_unread(unread, &shown);
    add_bytes(json, "bytes", text_cstr(&shown), shown.length);
    text_release(&shown);
    return json;
}

static const char *const deliveries[] = {
    [DELIVERY_NONE] = "none", [DELIVERY_PENDING] = "pending", [DELIVERY_WHOLE] = "whole", [DELIVERY_CUT] = "cut"};

/* What became of the answer on the wire. */
static cJSON *delivery_part(const struct exchange *x)
{
    cJSON *json = cJSON_CreateObject();
    int state = __atomic_load_n(&x->sending.state, __ATOMIC_ACQUIRE);
    json_set_string(json, "state", deliveries[state]);
    json_set_integer(json, "bytes", (int64_t)__atomic_load_n(&x->sending.bytes, __ATOMIC_RELAXED));
    return json;
}

/* What left on the wire; null when nothing did. */
static cJSON *response_to_json(const struct exchange *x)
{
    if (x->reply.wire.nothing)
        return cJSON_CreateNull();
    cJSON *response = cJSON_CreateObject();
    bool bodiless = status_has_no_body(x->reply.status) || strcmp(x->request.method, "HEAD") == 0;
    size_t length = bodiless && !x->reply.wire.raw ? 0 : x->reply.body_length;
    if (x->reply.wire.cuts && x->reply.wire.keep < length)
        length = (size_t)x->reply.wire.keep;
    if (!x->reply.wire.raw)
        json_set_integer(response, "status", x->reply.status);
    cJSON *headers = cJSON_AddArrayToObject(response, "headers");
    for (size_t i = 0; i < x->reply.header_count; i++)
        add_header(headers, x->reply.headers[i].name, readable(x->reply.headers[i].value));
    char *body = mem_dup_bytes(x->reply.body, length);
    add_body(response, body, length);
    free(body);
    return response;
}

static cJSON *order_part(const struct exchange *x)
{
    if (x->order_id == NULL)
        return cJSON_CreateNull();
    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", x->order_id);
    json_set_string(order, "before", x->state_before);
    json_set_string(order, "after", x->state_after);
    return order;
}

static cJSON *reason_part(const struct reason *reason)
{
    if (reason == NULL)
        return cJSON_CreateNull();
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "rule", reason->rule);
    json_set_string(json, "field", reason->field);
    json_set(json, "expected", reason->expected == NULL ? cJSON_CreateNull() : readable(reason->expected));
    json_set(json, "actual", reason->actual == NULL ? cJSON_CreateNull() : readable(reason->actual));
    return json;
}

static cJSON *fault_part(const struct exchange *x)
{
    if (x->fault_id == NULL)
        return cJSON_CreateNull();
    cJSON *fault = cJSON_CreateObject();
    json_set_string(fault, "id", x->fault_id);
    json_set_string(fault, "fault", x->fault_name);
    json_set_string(fault, "phase", x->fault_phase);
    return fault;
}

static cJSON *notes_part(const struct exchange *x)
{
    cJSON *notes = cJSON_CreateArray();
    for (size_t i = 0; i < x->note_count; i++)
        cJSON_AddItemToArray(notes, readable(x->notes[i]));
    return notes;
}

cJSON *entry_to_json(const struct exchange *x)
{
    char at[INSTANT_TEXT_MAX];
    instant_write_utc(x->at_us, 6, at);
    cJSON *entry = cJSON_CreateObject();
    json_set_integer(entry, "seq", (int64_t)x->seq);
    json_set_string(entry, "at", at);
    json_set_string(entry, "session", session_name(x->session));
    json_set_string(entry, "provider", x->provider == NULL ? NULL : x->provider->name);
    json_set_string(entry, "operation", x->route == NULL ? NULL : x->route->operation);
    json_set(entry, "order", order_part(x));
    json_set(entry, "request", request_to_json(x));
    json_set(entry, "unread", unread_part(x));
    json_set(entry, "response", response_to_json(x));
    json_set(entry, "delivery", delivery_part(x));
    json_set(entry, "reason", reason_part(x->reason));
    json_set(entry, "notes", notes_part(x));
    json_set(entry, "fault", fault_part(x));
    json_set_integer(entry, "connection", (int64_t)x->request.connection);
    json_set_integer(entry, "duration_us", x->duration_us);
    return entry;
}
