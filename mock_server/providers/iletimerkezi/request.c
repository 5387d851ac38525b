/*
 * What a request says, and what it must be before anybody asks who sends it (3, 4, 6.1, 9.6, 9.13, 9.21).
 *
 * Credentials are part of the body, hence the body is read before anybody is known.
 */
#include <string.h>

#include "base/number.h"
#include "base/uri.h"
#include "providers/iletimerkezi/iletimerkezi.h"

/* ── Body and query ────────────────────────────────────────────────────────────────────────────────────────────── */

static enum body_kind read_body(struct exchange *x, const cJSON **tree)
{
    return iletimerkezi_body_form(x) == FORM_XML ? exchange_body_xml(x, tree) : exchange_body(x, tree);
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

#define TYPE_SHOWN 80

static const char *name_of(enum iletimerkezi_form form)
{
    return form == FORM_XML ? "XML" : "JSON";
}

/* 9.13: what real callers send goes through with a note, unless the knob wants what the pages have. */
static enum step check_content_type(struct exchange *x, enum iletimerkezi_form form)
{
    const char *type = exchange_header(x, "Content-Type");
    const char *shown = type == NULL ? "no Content-Type" : arena_print(x->arena, "%.*s", TYPE_SHOWN, type);
    if (iletimerkezi_type_is_usual(x, form))
        return STEP_NEXT;
    if (exchange_knob_on(x, KNOB_REQUIRE_JSON_CONTENT_TYPE))
        return iletimerkezi_refuse_code(
            x, 400,
            &(struct reason){"9.13: the Content-Type of the path's form", "Content-Type",
                             form == FORM_XML ? "text/xml or application/xml" : "application/json", shown,
                             .knob = "require_json_content_type=off"});
    exchange_note(x, arena_print(x->arena, "iletimerkezi 9.13: %s%s under %s (require_json_content_type)",
                                 name_of(form), exchange_is_unwrapped(x) ? " in the form field data," : "", shown));
    return STEP_NEXT;
}

static enum step refuse_body(struct exchange *x, enum iletimerkezi_form form, enum iletimerkezi_form body)
{
    const struct json_problem *problem = exchange_body_problem(x);
    const char *actual = problem != NULL && *problem->text != '\0' ? problem->text
                         : body == FORM_NONE                       ? "empty, or nothing that can be recognised"
                                                                   : name_of(body);
    return iletimerkezi_refuse_code(
        x, 400, &(struct reason){"6.1: the body is in the form of the path", "body", name_of(form), actual});
}

/* 9.21: one kind of log-in that is of the past is still a log-in: it is refused as one that is wrong. */
static enum step check_credentials(struct exchange *x, const cJSON *pair)
{
    static const char *const both[] = {"key", "hash"};
    if (json_string(pair, "username") != NULL && json_string(pair, "password") != NULL)
        return STEP_NEXT;
    for (size_t i = 0; i < COUNT_OF(both); i++)
        if (json_string(pair, both[i]) == NULL)
            return iletimerkezi_refuse_code(
                x, 400,
                &(struct reason){"4: request.authentication holds key and hash", both[i], "a string",
                                 json_member(pair, both[i]) == NULL ? "absent" : "no string"});
    return STEP_NEXT;
}

/* A body that cannot be parsed and a wrapper of another name are one mistake. */
enum step iletimerkezi_check_body(struct exchange *x)
{
    enum iletimerkezi_form form = iletimerkezi_path_form(x), body = iletimerkezi_body_form(x);
    if (body != form || read_body(x, NULL) != BODY_JSON)
        return refuse_body(x, form, body);
    if (check_content_type(x, form) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *request = iletimerkezi_request(x);
    if (request == NULL)
        return iletimerkezi_refuse_code(
            x, 400, &(struct reason){"4: one object `request` wraps everything", "request", "an object", "none"});
    return check_credentials(x, json_member(request, "authentication"));
}

/* ── Numbers that count (8.2, 8.4, 8.7) ────────────────────────────────────────────────────────────────────────── */

/* An integer, or one in a string; the vendor's older pages leave them as "". */
enum step iletimerkezi_read_count(struct exchange *x, const cJSON *object, const char *member, int code, int64_t *out)
{
    const cJSON *value = json_member(object, member);
    int64_t read = 0;
    if (value == NULL || (cJSON_IsString(value) && *value->valuestring == '\0'))
        return STEP_NEXT;
    bool fine = cJSON_IsString(value) ? number_read(value->valuestring, 1, INT32_MAX, &read)
                                      : json_integral(value, &read) && read >= 1 && read <= INT32_MAX;
    if (!fine)
        return iletimerkezi_refuse_code(
            x, code,
            &(struct reason){"8.2: page and rowCount count from 1", member, "1 or more", exchange_describe(x, value)});
    *out = read;
    return STEP_NEXT;
}

/* ── The order that it names (4, 9.6) ──────────────────────────────────────────────────────────────────────────── */

/* A string of digits or an integer token; its digits are kept as written, leading zeros and all (ILM-REQ-4). */
static const char *digits_of(const cJSON *id)
{
    const char *text = cJSON_IsString(id) ? id->valuestring : json_number_text(id);
    return text != NULL && number_is_digits(text) ? text : NULL;
}

static const cJSON *id_of(struct exchange *x)
{
    return json_member(json_member(iletimerkezi_request(x), "order"), "id");
}

enum step iletimerkezi_read_id(struct exchange *x)
{
    const char *digits = digits_of(id_of(x));
    if (digits == NULL)
        return iletimerkezi_refuse_code(x, exchange_knob_status(x, KNOB_BAD_ID_CODE),
                                        &(struct reason){"9.6: request.order.id is required", "order.id",
                                                         "decimal digits, as a string or an integer",
                                                         exchange_describe(x, id_of(x))});
    x->order_key = arena_dup(x->arena, digits);
    return STEP_NEXT;
}

const char *iletimerkezi_order_named(struct exchange *x)
{
    const cJSON *id = iletimerkezi_form_of(x) == FORM_QUERY ? NULL : id_of(x);
    const char *text = cJSON_IsString(id) ? id->valuestring : json_number_text(id);
    return text == NULL ? "" : text;
}
