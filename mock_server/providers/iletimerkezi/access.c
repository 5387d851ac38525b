/*
 * In which form a request comes, who asks, and what is refused outside of any route (2, 3, 6.1, 9.13-9.15, 9.19).
 *
 * Credentials are part of the body, hence the body is read before anybody is known: parse, credentials, path and
 * method, and then what the route wants.
 */
#include <string.h>

#include "base/uri.h"
#include "providers/iletimerkezi/iletimerkezi.h"

/* ── Forms (3) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum iletimerkezi_form iletimerkezi_form_of(struct exchange *x)
{
    static const struct {
        const char *path;
        enum iletimerkezi_form form;
    } paths[] = {
        {"/cancel-order", FORM_XML}, {"/send-sms", FORM_XML},        {"/get-report", FORM_XML},
        {"/get-balance", FORM_XML},  {"/send-sms/get/", FORM_QUERY},
    };
    const char *path = x->inner_path;
    if (strchr(path, '%') != NULL)
        path = uri_decode(x->arena, path, strlen(path));
    for (size_t i = 0; path != NULL && i < COUNT_OF(paths); i++)
        if (strcmp(path, paths[i].path) == 0)
            return paths[i].form;
    return FORM_JSON;
}

static enum body_kind read_body(struct exchange *x, const cJSON **tree)
{
    return iletimerkezi_form_of(x) == FORM_XML ? exchange_body_xml(x, tree) : exchange_body(x, tree);
}

const cJSON *iletimerkezi_request(struct exchange *x)
{
    const cJSON *body = NULL;
    if (read_body(x, &body) != BODY_JSON)
        return NULL;
    const cJSON *request = json_member(body, "request");
    return cJSON_IsObject(request) ? request : NULL;
}

const char *iletimerkezi_query(struct exchange *x, const char *name)
{
    char *query = arena_dup(x->arena, x->request.query);
    for (char *at = query; at != NULL && (at = strchr(at, '+')) != NULL;)
        *at = ' ';
    return uri_query_value(x->arena, query, name);
}

/* ── Parsing (4, 6.1) ──────────────────────────────────────────────────────────────────────────────────────────── */

static enum step check_content_type(struct exchange *x)
{
    const char *type = exchange_header(x, "Content-Type");
    bool is_xml = iletimerkezi_form_of(x) == FORM_XML;
    bool fine = is_xml ? exchange_content_is(x, "text/xml") || exchange_content_is(x, "application/xml")
                       : exchange_content_is(x, "application/json");
    if (fine || !exchange_knob_on(x, KNOB_REQUIRE_JSON_CONTENT_TYPE))
        return STEP_NEXT;
    return iletimerkezi_refuse(x, 400,
                               &(struct reason){"9.13: the Content-Type of the path's form", "Content-Type",
                                                is_xml ? "text/xml or application/xml" : "application/json",
                                                type == NULL ? "absent" : type});
}

/* A body that cannot be parsed and a wrapper of another name are one mistake. */
static enum step parse(struct exchange *x)
{
    static const char *const both[] = {"key", "hash"};
    if (check_content_type(x) == STEP_REPLY)
        return STEP_REPLY;
    if (read_body(x, NULL) != BODY_JSON) {
        const struct json_problem *problem = exchange_body_problem(x);
        return iletimerkezi_refuse(x, 400,
                                   &(struct reason){"6.1: the body is in the form of the path", "body",
                                                    iletimerkezi_form_of(x) == FORM_XML ? "XML" : "JSON",
                                                    problem == NULL ? "empty" : problem->text});
    }
    const cJSON *request = iletimerkezi_request(x);
    if (request == NULL)
        return iletimerkezi_refuse(
            x, 400, &(struct reason){"4: one object `request` wraps everything", "request", "an object", "none"});
    const cJSON *pair = json_member(request, "authentication");
    for (size_t i = 0; i < COUNT_OF(both); i++)
        if (json_string(pair, both[i]) == NULL)
            return iletimerkezi_refuse(x, 400,
                                       &(struct reason){"4: request.authentication holds key and hash", both[i],
                                                        "a string",
                                                        json_member(pair, both[i]) == NULL ? "absent" : "no string"});
    return STEP_NEXT;
}

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

/* "key" or "hash" as the request shows it; NULL when it does not. */
static const char *shown(struct exchange *x, const char *name)
{
    if (iletimerkezi_form_of(x) == FORM_QUERY)
        return iletimerkezi_query(x, name);
    return json_string(json_member(iletimerkezi_request(x), "authentication"), name);
}

const char *iletimerkezi_credential_shown(struct exchange *x)
{
    return shown(x, "key");
}

static enum step refuse_credentials(struct exchange *x, const char *field, const char *expected, const char *actual)
{
    return iletimerkezi_refuse(x, 401, &(struct reason){"2: a valid pair of key and hash", field, expected, actual});
}

/* 2: while the switch is off, every request of the account ends here. */
static enum step refuse_switched_off(struct exchange *x)
{
    int64_t text = exchange_knob(x, KNOB_ACCESS_OFF_MESSAGE);
    const char *message = text == ACCESS_OFF_DOCS ? iletimerkezi_message(x, 401)
                                                  : iletimerkezi_knobs[KNOB_ACCESS_OFF_MESSAGE].choices[text];
    return iletimerkezi_refuse_saying(
        x, 401, message, &(struct reason){"2: Allow API access is on", "key", "an account with access on", "off"});
}

enum step iletimerkezi_authenticate(struct exchange *x)
{
    if (iletimerkezi_form_of(x) != FORM_QUERY && parse(x) == STEP_REPLY)
        return STEP_REPLY;
    const char *key = shown(x, "key"), *hash = shown(x, "hash");
    const cJSON *credential = key == NULL ? NULL : exchange_credential(x, "key", key).entry;
    if (credential == NULL)
        return refuse_credentials(x, "key", "a key of this session", key == NULL ? "absent" : "an unknown key");
    const char *own = json_string_or(json_member(credential, "values"), "hash", "");
    if (hash == NULL || strcmp(own, hash) != 0) /* 9.11: compared as it is, never computed */
        return refuse_credentials(x, "hash", "the hash of this key", hash == NULL ? "absent" : "another hash");

    const char *state = json_string_or(credential, "state", "valid");
    if (strcmp(state, "access_off") == 0)
        return refuse_switched_off(x);
    if (strcmp(state, "valid") != 0) /* ip_not_allowed: the caller's address is not on the account's list */
        return refuse_credentials(x, "key", "a valid pair", state);
    if (exchange_knob_on(x, KNOB_RATE_LIMIT))
        return iletimerkezi_refuse(x, 429, &(struct reason){"9.17: over the limit", "rate_limit", "off", "on"});
    x->credential = credential;
    x->account = json_string(credential, "account");
    return STEP_NEXT;
}

/* ── Outside of any route (6.1, 9.14, 9.15) ────────────────────────────────────────────────────────────────────── */

/* 9.15: the path with the slash has a row in the table of routes, which counts only while the knob is on. */
static bool has_unwanted_slash(struct exchange *x)
{
    size_t length = strlen(x->inner_path);
    bool slash = length > 0 && x->inner_path[length - 1] == '/';
    return slash && !exchange_knob_on(x, KNOB_ACCEPT_TRAILING_SLASH);
}

static enum step refuse_no_route(struct exchange *x)
{
    return iletimerkezi_refuse(x, 404,
                               &(struct reason){"6.1: no such endpoint", "path", "a path of section 3", x->inner_path});
}

enum step iletimerkezi_check_slash(struct exchange *x)
{
    return has_unwanted_slash(x) ? refuse_no_route(x) : STEP_NEXT;
}

/* 9.14: even under 405 the body is the one of 404, since the table of codes has no other. */
static void refuse_method(struct exchange *x, const char *allow)
{
    int status = exchange_knob_status(x, KNOB_WRONG_METHOD_STATUS);
    if (status == 405)
        reply_header(x, "Allow", allow);
    iletimerkezi_answer(x, status, iletimerkezi_envelope(x, 404, iletimerkezi_message(x, 404)));
    exchange_give_reason(x, &(struct reason){"9.14: wrong method", "method", allow, x->request.method});
}

/* The documents know no limit of a body: it says 400, and the status line what it is. */
static void refuse_large(struct exchange *x)
{
    iletimerkezi_refuse(x, 400, &(struct reason){"6.1: the body can be read", "body", "within the limit", "larger"});
    x->reply.status = 413;
}

/* 9.19: what is wrong with a path is told to known customers only. Where nothing was sent that could be parsed, a GET
 * for instance, there is nobody to be known, and the path is all there is to complain about. */
void iletimerkezi_refuse_outside(struct exchange *x, enum refusal what)
{
    const char *allow = x->allowed;
    if (what == REFUSAL_BODY_TOO_LARGE) {
        refuse_large(x);
        return;
    }
    if (x->request.body_length > 0 && iletimerkezi_form_of(x) != FORM_QUERY &&
        iletimerkezi_authenticate(x) == STEP_REPLY)
        return;
    bool slash = what == REFUSAL_WRONG_METHOD && iletimerkezi_form_of(x) != FORM_QUERY && has_unwanted_slash(x);
    if (what == REFUSAL_NO_ROUTE || slash)
        refuse_no_route(x);
    else
        refuse_method(x, allow);
}
