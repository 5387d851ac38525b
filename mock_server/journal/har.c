#include "journal/har.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/text.h"
#include "base/uri.h"
#include "journal/entry.h"
#include "model/exchange.h"

cJSON *har_new(void)
{
    cJSON *har = cJSON_CreateObject(), *log = cJSON_AddObjectToObject(har, "log");
    json_set_string(log, "version", "1.2");
    cJSON *creator = cJSON_AddObjectToObject(log, "creator");
    json_set_string(creator, "name", "cancelmock");
    json_set_string(creator, "version", PROJECT_VERSION);
    json_set(log, "pages", cJSON_CreateArray());
    json_set(log, "entries", cJSON_CreateArray());
    return har;
}

/* ── Names and values ──────────────────────────────────────────────────────────────────────────────────────────── */

static void add_pair(cJSON *list, const char *name, const char *value)
{
    cJSON *pair = cJSON_CreateObject();
    json_set_string(pair, "name", name);
    json_set_string(pair, "value", value);
    cJSON_AddItemToArray(list, pair);
}

/* [name, value] of the journal. */
static const char *part_of(const cJSON *pair, int at)
{
    const cJSON *part = cJSON_GetArrayItem(pair, at);
    return cJSON_IsString(part) ? part->valuestring : "";
}

static cJSON *headers_of(const cJSON *message)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, json_member(message, "headers"))
        add_pair(list, part_of(pair, 0), part_of(pair, 1));
    return list;
}

static const char *header_of(const cJSON *message, const char *name)
{
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, json_member(message, "headers"))
        if (ascii_equal(part_of(pair, 0), name))
            return part_of(pair, 1);
    return "";
}

/* "a=1; b=2"; with `first_alone`, what follows the first are attributes. */
static void add_cookies(cJSON *list, struct arena *arena, const char *value, bool first_alone)
{
    while (*value != '\0') {
        value += strspn(value, "; ");
        size_t length = strcspn(value, ";"), name = strcspn(value, "=;");
        if (length > 0 && name < length)
            add_pair(list, arena_dup_bytes(arena, value, name),
                     arena_dup_bytes(arena, value + name + 1, length - name - 1));
        value += first_alone ? strlen(value) : length;
    }
}

static cJSON *cookies_of(const cJSON *message, struct arena *arena, const char *header)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, json_member(message, "headers"))
        if (ascii_equal(part_of(pair, 0), header))
            add_cookies(list, arena, part_of(pair, 1), strcmp(header, "Set-Cookie") == 0);
    return list;
}

static cJSON *query_of(struct arena *arena, const char *target)
{
    cJSON *list = cJSON_CreateArray();
    const char *at = strchr(target, '?');
    for (at = at == NULL ? "" : at + 1; *at != '\0';) {
        size_t length = strcspn(at, "&"), name = strcspn(at, "=&");
        size_t value = name < length ? name + 1 : length;
        if (length > 0)
            add_pair(list, uri_decode_value(arena, at, name), uri_decode_value(arena, at + value, length - value));
        at += length + (at[length] == '&');
    }
    return list;
}

/* ── Messages ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The text, and whether it is Base64; "" where there is none. */
static const char *body_of(const cJSON *message, bool *is_coded)
{
    const char *coded = json_string(message, "body_base64");
    *is_coded = coded != NULL;
    return coded != NULL ? coded : json_string_or(message, "body", "");
}

static const char *version_of(const struct exchange *x)
{
    return x->request.version == NULL || *x->request.version == '\0' ? "HTTP/1.1" : x->request.version;
}

static void add_post_data(cJSON *request, const cJSON *message)
{
    bool is_coded = false;
    const char *text = body_of(message, &is_coded);
    if (*text == '\0')
        return;
    cJSON *data = cJSON_AddObjectToObject(request, "postData");
    json_set_string(data, "mimeType", header_of(message, "Content-Type"));
    json_set_string(data, "text", text);
    if (is_coded)
        json_set_string(data, "_encoding", "base64");
}

static cJSON *request_of(struct arena *arena, const char *root, const struct exchange *x, const cJSON *message)
{
    cJSON *request = cJSON_CreateObject();
    const char *target = json_string_or(message, "target", "");
    json_set_string(request, "method", json_string_or(message, "method", ""));
    json_set_string(request, "url", arena_print(arena, "%s%s", *target == '/' || *target == '\0' ? root : "", target));
    json_set_string(request, "httpVersion", version_of(x));
    json_set(request, "cookies", cookies_of(message, arena, "Cookie"));
    json_set(request, "headers", headers_of(message));
    json_set(request, "queryString", query_of(arena, target));
    add_post_data(request, message);
    json_set_integer(request, "headersSize", -1);
    json_set_integer(request, "bodySize", (int64_t)x->request.body_length);
    return request;
}

static cJSON *content_of(const struct exchange *x, const cJSON *message)
{
    bool is_coded = false;
    const char *text = body_of(message, &is_coded);
    cJSON *content = cJSON_CreateObject();
    json_set_integer(content, "size", *text == '\0' ? 0 : (int64_t)x->reply.body_length);
    json_set_string(content, "mimeType", header_of(message, "Content-Type"));
    if (*text != '\0')
        json_set_string(content, "text", text);
    if (is_coded)
        json_set_string(content, "encoding", "base64");
    return content;
}

static const char *error_of(const struct exchange *x)
{
    const char *happened = entry_happened(x);
    return happened != NULL ? happened : x->reply.status == 0 ? "no answer" : NULL;
}

static cJSON *response_of(struct arena *arena, const struct exchange *x, const cJSON *message)
{
    int64_t status = 0;
    cJSON *response = cJSON_CreateObject();
    (void)json_integer(json_member(message, "status"), &status);
    json_set_integer(response, "status", status);
    json_set_string(response, "statusText", status == 0 || x->reply.phrase == NULL ? "" : x->reply.phrase);
    json_set_string(response, "httpVersion", version_of(x));
    json_set(response, "cookies", cookies_of(message, arena, "Set-Cookie"));
    json_set(response, "headers", headers_of(message));
    json_set(response, "content", content_of(x, message));
    json_set_string(response, "redirectURL", header_of(message, "Location"));
    json_set_integer(response, "headersSize", -1);
    json_set_integer(response, "bodySize", status == 0 ? -1 : (int64_t)x->reply.body_length);
    if (error_of(x) != NULL)
        json_set_string(response, "_error", error_of(x));
    return response;
}

/* ── Entries ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *milliseconds(int64_t us)
{
    char text[NUMBER_TEXT_MAX];
    return json_new_number_text(number_write_fixed(us, 3, text));
}

/* The server measures one time: from the request to its answer. */
static cJSON *timings_of(const struct exchange *x)
{
    static const char *const unknown[] = {"blocked", "dns", "connect", "ssl"};
    cJSON *timings = cJSON_CreateObject();
    for (size_t i = 0; i < COUNT_OF(unknown); i++)
        json_set_integer(timings, unknown[i], -1);
    json_set_integer(timings, "send", 0);
    json_set(timings, "wait", milliseconds(x->duration_us));
    json_set_integer(timings, "receive", 0);
    return timings;
}

/* What HAR has no place for. */
static void add_own(struct arena *arena, cJSON *entry, const cJSON *journaled)
{
    static const char *const own[] = {"seq",   "session", "provider",  "operation", "order",    "reason",
                                      "fault", "faults",  "diagnosis", "unread",    "delivery", "listener"};
    for (size_t i = 0; i < COUNT_OF(own); i++) {
        const cJSON *member = json_member(journaled, own[i]);
        if (member != NULL)
            json_set(entry, arena_print(arena, "_%s", own[i]), cJSON_Duplicate(member, true));
    }
}

static void add_comment(cJSON *entry, const cJSON *reason)
{
    if (json_string(reason, "rule") != NULL)
        json_set_string(entry, "comment", json_string(reason, "rule"));
}

void har_add(cJSON *har, const char *root, const struct exchange *x)
{
    struct arena *arena = arena_new();
    cJSON *journaled = entry_to_json(x), *entry = cJSON_CreateObject();
    json_set_string(entry, "startedDateTime", json_string(journaled, "at"));
    json_set(entry, "time", milliseconds(x->duration_us));
    json_set(entry, "request", request_of(arena, root, x, json_member(journaled, "request")));
    json_set(entry, "response", response_of(arena, x, json_member(journaled, "response")));
    json_set(entry, "cache", cJSON_CreateObject());
    json_set(entry, "timings", timings_of(x));
    json_set_string(entry, "connection", arena_print(arena, "%llu", (unsigned long long)x->request.connection));
    add_comment(entry, json_member(journaled, "reason"));
    add_own(arena, entry, journaled);
    cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(json_member_mut(har, "log"), "entries"), entry);
    cJSON_Delete(journaled);
    arena_free(arena);
}
