/*
 * What a request says, and what it must be before anybody asks who sends it (3, 4, 6.1, 9.6, 9.13).
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
    return iletimerkezi_refuse_code(x, 400,
                                    &(struct reason){"9.13: the Content-Type of the path's form", "Content-Type",
                                                     is_xml ? "text/xml or application/xml" : "application/json",
                                                     type == NULL ? "absent" : type});
}

/* A body that cannot be parsed and a wrapper of another name are one mistake. */
enum step iletimerkezi_check_body(struct exchange *x)
{
    static const char *const both[] = {"key", "hash"};
    if (check_content_type(x) == STEP_REPLY)
        return STEP_REPLY;
    if (read_body(x, NULL) != BODY_JSON) {
        const struct json_problem *problem = exchange_body_problem(x);
        return iletimerkezi_refuse_code(x, 400,
                                        &(struct reason){"6.1: the body is in the form of the path", "body",
                                                         iletimerkezi_form_of(x) == FORM_XML ? "XML" : "JSON",
                                                         problem == NULL ? "empty" : problem->text});
    }
    const cJSON *request = iletimerkezi_request(x);
    if (request == NULL)
        return iletimerkezi_refuse_code(
            x, 400, &(struct reason){"4: one object `request` wraps everything", "request", "an object", "none"});
    const cJSON *pair = json_member(request, "authentication");
    for (size_t i = 0; i < COUNT_OF(both); i++)
        if (json_string(pair, both[i]) == NULL)
            return iletimerkezi_refuse_code(
                x, 400,
                &(struct reason){"4: request.authentication holds key and hash", both[i], "a string",
                                 json_member(pair, both[i]) == NULL ? "absent" : "no string"});
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
