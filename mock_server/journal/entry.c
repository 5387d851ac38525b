#include "journal/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/instant.h"
#include "base/text.h"
#include "base/utf8.h"
#include "diagnosis/diagnosis.h"
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

static void add_headers(cJSON *json, const struct exchange *x, const struct header *headers, size_t count,
                        bool of_request)
{
    cJSON *list = cJSON_AddArrayToObject(json, "headers");
    for (size_t i = 0; i < count; i++) {
        struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
        secrets_add_header(x, &headers[i], of_request, &shown);
        add_header(list, headers[i].name, readable(text_cstr(&shown)));
        text_release(&shown);
    }
}

static void add_body(cJSON *json, const struct exchange *x, const char *bytes, size_t length, bool of_request)
{
    struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
    secrets_add_body(x, bytes, length, of_request, &shown);
    add_bytes(json, "body", text_cstr(&shown), shown.length);
    text_release(&shown);
}

static void add_request_line(cJSON *request, const struct exchange *x)
{
    struct text target = TEXT_INIT(TEXT_UNBOUNDED);
    secrets_add_target(x, &target);
    json_set(request, "method", readable(x->request.method));
    json_set(request, "target", readable(text_cstr(&target)));
    text_release(&target);
}

static cJSON *request_to_json(const struct exchange *x)
{
    cJSON *request = cJSON_CreateObject();
    add_request_line(request, x);
    json_set_string(request, "version", x->request.version);
    add_headers(request, x, x->request.headers, x->request.header_count, true);
    add_body(request, x, x->request.body, x->request.body_length, true);
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
    secrets_add_unread(x, &shown);
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
    add_headers(response, x, x->reply.headers, x->reply.header_count, false);
    add_body(response, x, x->reply.body, length, false);
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

static cJSON *fault_part(const struct fired *fired)
{
    if (fired == NULL)
        return cJSON_CreateNull();
    cJSON *fault = cJSON_CreateObject();
    json_set_string(fault, "id", fired->id);
    json_set_string(fault, "fault", fired->fault);
    json_set_string(fault, "phase", fired->phase);
    return fault;
}

/* All that fired, each with what was drawn for it. */
static cJSON *faults_part(const struct fired *fired)
{
    cJSON *faults = cJSON_CreateArray();
    for (; fired != NULL; fired = fired->next) {
        cJSON *fault = fault_part(fired), *drawn = cJSON_AddObjectToObject(fault, "drawn");
        for (const struct drawn *one = fired->drawn; one != NULL; one = one->next)
            json_set_integer(drawn, one->name, one->value);
        cJSON_AddItemToArray(faults, fault);
    }
    return faults;
}

static cJSON *notes_part(const struct exchange *x)
{
    cJSON *notes = cJSON_CreateArray();
    for (size_t i = 0; i < x->note_count; i++)
        cJSON_AddItemToArray(notes, readable(x->notes[i]));
    return notes;
}

/* In all that came from outside; the mock's own words could be somebody's password. */
static void hide_what_was_hidden(struct session *session, cJSON *entry)
{
    static const char *const own[] = {"at",    "session", "provider", "operation", "delivery",
                                      "fault", "faults",  "listener", "happened"};
    for (cJSON *member = entry->child; member != NULL; member = member->next) {
        bool is_own = false;
        for (size_t i = 0; i < COUNT_OF(own) && !is_own; i++)
            is_own = strcmp(member->string, own[i]) == 0;
        if (!is_own)
            secrets_mask_tree(session, member);
    }
}

/* What the diagnosis quotes of the request, as it may be shown. */
static char *shown(const struct exchange *x, const char *name, const char *value)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    secrets_add_header(x, &(struct header){name, value}, true, &out);
    cJSON *text = readable(text_cstr(&out));
    char *kept = mem_dup(text->valuestring);
    cJSON_Delete(text);
    text_release(&out);
    return kept;
}

static void add_who(cJSON *entry, const struct exchange *x)
{
    char at[INSTANT_TEXT_MAX];
    instant_write_utc(x->at_us, 6, at);
    json_set_integer(entry, "seq", (int64_t)x->seq);
    json_set_string(entry, "at", at);
    json_set_string(entry, "session", session_name(x->session));
    json_set_string(entry, "provider", x->provider == NULL ? NULL : x->provider->name);
    json_set_string(entry, "operation", x->route == NULL ? NULL : x->route->operation);
    json_set(entry, "order", order_part(x));
}

static cJSON *write_entry(const struct exchange *x, bool with_documents)
{
    cJSON *entry = cJSON_CreateObject();
    add_who(entry, x);
    json_set(entry, "request", request_to_json(x));
    json_set(entry, "unread", unread_part(x));
    json_set(entry, "response", response_to_json(x));
    json_set(entry, "delivery", delivery_part(x));
    json_set(entry, "reason", reason_part(x->reason));
    json_set(entry, "diagnosis", diagnosis_to_json(x, shown, with_documents));
    json_set(entry, "notes", notes_part(x));
    json_set(entry, "fault", fault_part(x->fired));
    json_set(entry, "faults", faults_part(x->fired));
    json_set_string(entry, "listener", x->request.listener_id);
    json_set_integer(entry, "connection", (int64_t)x->request.connection);
    json_set_integer(entry, "duration_us", x->duration_us);
    hide_what_was_hidden(x->session, entry);
    return entry;
}

cJSON *entry_to_json(const struct exchange *x)
{
    return write_entry(x, false);
}

cJSON *entry_in_full(const struct exchange *x)
{
    return write_entry(x, true);
}

/* ── In one line ───────────────────────────────────────────────────────────────────────────────────────────────── */

const char *entry_happened(const struct exchange *x)
{
    const struct wire *wire = &x->reply.wire;
    if (wire->nothing)
        return wire->end == WIRE_END_RESET     ? "RST"
               : wire->end == WIRE_END_SILENCE ? "silence"
                                               : "closed without an answer";
    if (wire->raw)
        return "raw bytes";
    if (wire->end == WIRE_END_RESET)
        return wire->cuts ? "cut by RST" : "RST behind it";
    if (wire->end == WIRE_END_SILENCE)
        return "then silence";
    return wire->cuts ? "cut" : NULL;
}

static cJSON *outline_of_answer(const struct exchange *x)
{
    if (x->reply.wire.nothing || x->reply.wire.raw)
        return cJSON_CreateNull();
    cJSON *response = cJSON_CreateObject();
    json_set_integer(response, "status", x->reply.status);
    return response;
}

static cJSON *outline_of_unread(const struct unread *unread)
{
    if (unread == NULL)
        return cJSON_CreateNull();
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "kind", unread_kinds[unread->kind]);
    return json;
}

cJSON *entry_outline(const struct exchange *x)
{
    cJSON *entry = cJSON_CreateObject(), *request = cJSON_CreateObject();
    add_who(entry, x);
    add_request_line(request, x);
    json_set(entry, "request", request);
    json_set(entry, "unread", outline_of_unread(x->request.unread));
    json_set(entry, "response", outline_of_answer(x));
    json_set_string(entry, "happened", entry_happened(x));
    json_set(entry, "reason", reason_part(x->reason));
    json_set(entry, "fault", fault_part(x->fired));
    json_set_integer(entry, "connection", (int64_t)x->request.connection);
    json_set_integer(entry, "duration_us", x->duration_us);
    hide_what_was_hidden(x->session, entry);
    return entry;
}
