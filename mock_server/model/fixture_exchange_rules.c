/* What a file of exchanges must be: its shape, and what the shape cannot say. */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/instant.h"
#include "base/name_set.h"
#include "base/nearest.h"
#include "model/fixture_set.h"
#include "model/fixtures.h"
#include "model/knob_board.h"

/* ── Shapes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const clock_modes[] = {"real", "frozen", "running", NULL};
static const char *const token_words[] = {"expire", NULL};

static const struct shape advance_shape[] = {
    {"days", SHAPE_NUMBER, .most = 3660},
    {"hours", SHAPE_NUMBER, .most = 87840},
    {"minutes", SHAPE_NUMBER, .most = 5270400},
    {"seconds", SHAPE_NUMBER, .most = 316224000},
    {"milliseconds", SHAPE_NUMBER, .most = 316224000000},
    SHAPE_END,
};

static const struct shape setting_shape[] = {
    {"mode", SHAPE_STRING, .words = clock_modes},
    {"now", SHAPE_STRING},
    {"rate", SHAPE_NUMBER, .most = 1000000},
    SHAPE_END,
};

static const struct shape clock_shape[] = {
    {"advance", SHAPE_OBJECT, advance_shape},
    {"set", SHAPE_OBJECT, setting_shape},
    SHAPE_END,
};

static const struct shape event_shape[] = {
    {"order", SHAPE_STRING, .required = true},
    {"event", SHAPE_STRING, .required = true},
    SHAPE_END,
};

#define REQUEST_ROWS                                                                                                   \
    {"method", SHAPE_STRING, .required = true}, {"target", SHAPE_STRING, .required = true}, {"headers", SHAPE_OBJECT}, \
    {                                                                                                                  \
        "body", SHAPE_STRING                                                                                           \
    }

static const struct shape request_shape[] = {
    REQUEST_ROWS,
    {"json", SHAPE_ANY},
    SHAPE_END,
};

static const struct shape earlier_shape[] = {
    REQUEST_ROWS,
    {"capture", SHAPE_OBJECT},
    SHAPE_END,
};

static const struct shape given_shape[] = {
    {"knobs", SHAPE_OBJECT},
    {"orders", SHAPE_ARRAY},
    {"events", SHAPE_ARRAY, event_shape},
    {"requests", SHAPE_ARRAY, earlier_shape},
    {"clock", SHAPE_OBJECT, clock_shape},
    {"tokens", SHAPE_STRING, .words = token_words},
    SHAPE_END,
};

static const struct shape response_shape[] = {
    {"status", SHAPE_INTEGER, .required = true, .least = 200, .most = 599},
    {"phrase", SHAPE_STRING}, /* what stands after the code on the status line */
    {"headers", SHAPE_OBJECT},
    {"body", SHAPE_STRING},
    {"json", SHAPE_ANY},
    SHAPE_END,
};

static const struct shape then_shape[] = {
    {"order", SHAPE_STRING, .required = true},
    {"state", SHAPE_STRING, .required = true, .nullable = true},
    SHAPE_END,
};

static const struct shape exchange_shape[] = {
    {"name", SHAPE_STRING, .required = true},
    {"clause", SHAPE_STRING}, /* required of all but stubs */
    {"given", SHAPE_OBJECT, given_shape},
    {"request", SHAPE_OBJECT, request_shape, .required = true},
    {"response", SHAPE_OBJECT, response_shape, .required = true},
    {"then", SHAPE_OBJECT, then_shape},
    SHAPE_END,
};

static const struct shape exchanges_file_shape[] = {
    {"$schema", SHAPE_STRING},
    {"stub", SHAPE_BOOLEAN},
    {"exchanges", SHAPE_ARRAY, exchange_shape, .required = true},
    SHAPE_END,
};

/* ── A request and an answer ───────────────────────────────────────────────────────────────────────────────────── */

/* One file under check. */
struct desk {
    struct fixture_set *set;
    struct fixture_file *file;
    bool is_stub;
};

#define TOKEN_CHARACTERS "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool is_token(const char *text)
{
    return *text != '\0' && text[strspn(text, TOKEN_CHARACTERS)] == '\0';
}

static bool has_control_character(const char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < ' ' && *text != '\t') || *text == '\x7f')
            return true;
    return false;
}

/* Counted or decided by the server whenever it answers. */
static bool is_servers_own(const char *name)
{
    static const char *const names[] = {"Content-Length", "Transfer-Encoding", "Connection"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (ascii_equal(names[i], name))
            return true;
    return false;
}

static void check_header(const struct desk *desk, const cJSON *header, bool expected)
{
    if (!is_token(header->string))
        fixture_file_complain(desk->file, header, "\"%.60s\" is no name of a header", header->string);
    else if (expected && desk->is_stub && is_servers_own(header->string))
        fixture_file_complain(desk->file, header, "%s is the server's own; leave it out", header->string);
    else if (cJSON_IsNull(header) && expected && !desk->is_stub)
        return; /* must be absent */
    else if (!cJSON_IsString(header))
        fixture_file_complain(desk->file, header, "the value of header %.60s must be a string%s", header->string,
                              expected && !desk->is_stub ? ", or null for a header that must be absent" : "");
    else if (has_control_character(header->valuestring))
        fixture_file_complain(desk->file, header, "the value of header %.60s has a control character", header->string);
}

static void check_headers(const struct desk *desk, const cJSON *message, bool expected)
{
    const cJSON *headers = json_member(message, "headers");
    for (const cJSON *header = cJSON_IsObject(headers) ? headers->child : NULL; header != NULL; header = header->next)
        check_header(desk, header, expected);
}

static void check_body(const struct desk *desk, const cJSON *message)
{
    const cJSON *json = json_member(message, "json");
    if (json != NULL && json_member(message, "body") != NULL)
        fixture_file_complain(desk->file, json, "give \"body\" or \"json\", not both");
}

static void check_request(const struct desk *desk, const cJSON *request)
{
    const cJSON *method = json_member(request, "method"), *target = json_member(request, "target");
    const cJSON *json = json_member(request, "json");
    if (cJSON_IsString(method) && !is_token(method->valuestring))
        fixture_file_complain(desk->file, method, "\"%.60s\" is no method", method->valuestring);
    if (cJSON_IsString(target) && target->valuestring[0] != '/')
        fixture_file_complain(desk->file, target, "a target begins with \"/\": the path and its query, no host");
    else if (cJSON_IsString(target) && strpbrk(target->valuestring, " \t\r\n#") != NULL)
        fixture_file_complain(desk->file, target, "a target has no white space and no \"#\"; percent-encode them");
    if (json != NULL && !desk->is_stub)
        fixture_file_complain(desk->file, json, "only the request of a stub can have \"json\"; write \"body\"");
    check_headers(desk, request, false);
    check_body(desk, request);
}

/* "{{/ERE/}}": what an expected value must match. */
static void check_expression(const struct desk *desk, const cJSON *node)
{
    size_t length = cJSON_IsString(node) ? strlen(node->valuestring) : 0;
    if (length < 6 || strncmp(node->valuestring, "{{/", 3) != 0 || strcmp(node->valuestring + length - 3, "/}}") != 0)
        return;
    char *expression = mem_dup_bytes(node->valuestring + 3, length - 6), problem[128];
    regex_t compiled;
    int error = regcomp(&compiled, expression, REG_EXTENDED | REG_NOSUB);
    if (error == 0) {
        regfree(&compiled);
    } else {
        regerror(error, &compiled, problem, sizeof problem);
        fixture_file_complain(desk->file, node, "this is no extended regular expression: %s", problem);
    }
    free(expression);
}

static void check_expressions(const struct desk *desk, const cJSON *node)
{
    check_expression(desk, node);
    for (const cJSON *child = node == NULL ? NULL : node->child; child != NULL; child = child->next)
        check_expressions(desk, child);
}

/* One that could not stand on a status line would be sent as the usual words, and never be found in an answer. */
static void check_phrase(const struct desk *desk, const cJSON *phrase)
{
    if (!cJSON_IsString(phrase))
        return;
    if (has_control_character(phrase->valuestring))
        fixture_file_complain(desk->file, phrase, "\"phrase\" has a control character");
    else if (strlen(phrase->valuestring) > REPLY_PHRASE_MAX)
        fixture_file_complain(desk->file, phrase, "\"phrase\" has at most %d bytes", REPLY_PHRASE_MAX);
}

static void check_response(const struct desk *desk, const cJSON *response)
{
    check_headers(desk, response, true);
    check_body(desk, response);
    check_phrase(desk, json_member(response, "phrase"));
    if (desk->is_stub)
        return;
    check_expressions(desk, json_member(response, "headers"));
    check_expressions(desk, json_member(response, "body"));
    check_expressions(desk, json_member(response, "json"));
}

/* ── What came before ──────────────────────────────────────────────────────────────────────────────────────────── */

static void check_knobs(const struct desk *desk, const cJSON *knobs)
{
    const struct provider *provider = desk->set->provider;
    for (const cJSON *knob = cJSON_IsObject(knobs) ? knobs->child : NULL; knob != NULL; knob = knob->next) {
        struct text problem = TEXT_INIT(1024);
        int64_t value = 0;
        int number = knob_named(provider, knob->string, &problem);
        if (number >= 0 && !cJSON_IsString(knob))
            text_print(&problem, "the value of knob \"%s\" must be a string", knob->string);
        else if (number >= 0)
            (void)knob_value(provider, (unsigned)number, knob->valuestring, &value, &problem);
        if (problem.length > 0)
            fixture_file_complain(desk->file, knob, "%s", text_cstr(&problem));
        text_release(&problem);
    }
}

static void check_orders(const struct desk *desk, const cJSON *orders)
{
    const struct shape_report report = fixture_file_report(desk->file);
    for (const cJSON *spec = cJSON_IsArray(orders) ? orders->child : NULL; spec != NULL; spec = spec->next) {
        (void)fixtures_check_order(desk->set->provider, spec, SHAPE_OPEN, &report);
        fixture_check_state(desk->file, desk->set->provider, json_member(spec, "state"));
        fixture_check_account(desk->file, desk->set, json_member(spec, "account"));
    }
}

#define EVENTS_MAX 64

static void check_events(const struct desk *desk, const cJSON *events)
{
    const char *names[EVENTS_MAX + 1] = {NULL};
    for (size_t i = 0; i < EVENTS_MAX && desk->set->provider->events[i].name != NULL; i++)
        names[i] = desk->set->provider->events[i].name;
    for (const cJSON *event = cJSON_IsArray(events) ? events->child : NULL; event != NULL; event = event->next) {
        const char *name = json_string(event, "event");
        char hint[HINT_MAX];
        bool known = name == NULL;
        for (size_t i = 0; names[i] != NULL && !known; i++)
            known = strcmp(names[i], name) == 0;
        if (!known)
            fixture_file_complain(desk->file, json_member(event, "event"), "no event is called \"%.60s\"%s", name,
                                  nearest_hint(name, names, hint));
    }
}

static void check_capture(const struct desk *desk, const cJSON *capture)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    for (const cJSON *one = cJSON_IsObject(capture) ? capture->child : NULL; one != NULL; one = one->next) {
        if (*one->string == '\0' || one->string[strspn(one->string, letters)] != '\0')
            fixture_file_complain(desk->file, one, "a captured name has letters, digits and \"_\" only");
        else if (!cJSON_IsString(one) || (one->valuestring[0] != '/' && one->valuestring[0] != '\0'))
            fixture_file_complain(desk->file, one, "a capture is a JSON pointer into the answer, such as \"/data/id\"");
    }
}

static void check_earlier(const struct desk *desk, const cJSON *requests)
{
    for (const cJSON *one = cJSON_IsArray(requests) ? requests->child : NULL; one != NULL; one = one->next) {
        check_request(desk, one);
        check_capture(desk, json_member(one, "capture"));
    }
}

static void check_clock(const struct desk *desk, const cJSON *clock)
{
    int64_t at_us = 0;
    const cJSON *now = json_member(json_member(clock, "set"), "now");
    if (cJSON_IsString(now) && !instant_read(now->valuestring, &at_us))
        fixture_file_complain(desk->file, now, "\"now\" is an instant such as 2026-11-01T09:00:00Z");
    if (cJSON_IsObject(clock) && cJSON_GetArraySize(clock) != 1)
        fixture_file_complain(desk->file, clock, "give \"advance\" or \"set\"");
}

/* ── A file ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void check_exchange(const struct desk *desk, const cJSON *exchange)
{
    const cJSON *given = json_member(exchange, "given");
    if (!desk->is_stub && json_member(exchange, "clause") == NULL)
        fixture_file_complain(desk->file, exchange, "member \"clause\" is missing");
    check_knobs(desk, json_member(given, "knobs"));
    check_orders(desk, json_member(given, "orders"));
    check_events(desk, json_member(given, "events"));
    check_earlier(desk, json_member(given, "requests"));
    check_clock(desk, json_member(given, "clock"));
    check_request(desk, json_member(exchange, "request"));
    check_response(desk, json_member(exchange, "response"));
    fixture_check_state(desk->file, desk->set->provider, json_member(json_member(exchange, "then"), "state"));
}

void fixture_exchanges_check(struct fixture_set *set, struct fixture_file *file, struct name_set **names)
{
    const struct desk desk = {set, file, json_true(file->tree, "stub")};
    const cJSON *list = json_member(file->tree, "exchanges");
    fixture_file_check(file, file->tree, exchanges_file_shape, SHAPE_CLOSED);
    for (const cJSON *exchange = cJSON_IsArray(list) ? list->child : NULL; exchange != NULL;
         exchange = exchange->next) {
        const char *name = json_string(exchange, "name");
        if (cJSON_IsObject(exchange))
            check_exchange(&desk, exchange);
        if (name != NULL && !name_set_add(names, name))
            fixture_file_complain(file, json_member(exchange, "name"), "an earlier exchange is called \"%.60s\" too",
                                  name);
    }
}
