/*
 * The body of a cancel: one JSON object with no member of its own (4).
 *
 * Every sample of the page sends {} as application/json, and nothing says what else may stand there (9 A5). So an
 * absent body, members of any name and a body of another type are accepted, and the journal's reason tells what was
 * odd; anything that is JSON and no object, or no JSON, is refused in the words of the framework's schema library and
 * of its parser:
 *
 *     Expected object, received array
 *     Unexpected token ] in JSON at position 1
 */
#include "providers/fungies/fungies.h"
#include "support/text.h"
#include "support/utf8.h"

/* As the framework's schema library calls what it met. */
static const char *type_name(const cJSON *value)
{
    if (cJSON_IsNull(value))
        return "null";
    if (cJSON_IsArray(value))
        return "array";
    if (cJSON_IsString(value))
        return "string";
    return cJSON_IsNumber(value) ? "number" : "boolean";
}

static enum step refuse_broken_body(struct exchange *x)
{
    size_t offset = exchange_body_problem(x)->offset;
    const struct reason why = {"4: the body is JSON", "body", "a JSON object", exchange_body_problem(x)->text};
    if (offset >= x->request.body_length)
        return fungies_refuse(x, 400, "Unexpected end of JSON input", &why);
    size_t length = utf8_character(x->request.body + offset, x->request.body_length - offset);
    const char *token = length == 0 ? "\xEF\xBF\xBD" : arena_dup_bytes(x->arena, x->request.body + offset, length);
    return fungies_refuse(x, 400, arena_print(x->arena, "Unexpected token %s in JSON at position %zu", token, offset),
                          &why);
}

/* `Unrecognized key(s) in object: 'reason', 'note'` */
static enum step refuse_members(struct exchange *x, const cJSON *body)
{
    struct text message = TEXT_INIT(x->request.body_length * 4 + 64);
    text_add(&message, "Unrecognized key(s) in object:");
    for (const cJSON *member = body->child; member != NULL; member = member->next)
        text_print(&message, "%s '%s'", member == body->child ? "" : ",", member->string);
    const char *kept = arena_dup(x->arena, text_cstr(&message));
    text_release(&message);
    return fungies_refuse(
        x, 400, kept,
        &(struct reason){"4: the body has no members (strict_body)", "body", "{}", exchange_describe(x, body)});
}

static enum step check_content_type(struct exchange *x)
{
    const char *sent = exchange_header(x, "Content-Type");
    const struct reason why = {"4: Content-Type is application/json", "Content-Type", "application/json",
                               sent == NULL ? "absent" : sent};
    if (exchange_knob(x, KNOB_415) == 1)
        return fungies_refuse(x, 415, "Unsupported Media Type", &why);
    exchange_give_reason(x, &why); /* accepted as an empty body; the journal shows what was wrong */
    return STEP_NEXT;
}

enum step fungies_check_body(struct exchange *x)
{
    const cJSON *body = NULL;
    enum body_kind kind = exchange_body(x, &body);
    if (kind == BODY_EMPTY) { /* accepted, though every sample sends {} (9 A5) */
        exchange_give_reason(x, &(struct reason){"4: the body is a JSON object", "body", "{}", "absent"});
        return STEP_NEXT;
    }
    if (!exchange_content_is(x, "application/json"))
        return check_content_type(x);
    if (kind == BODY_BROKEN)
        return refuse_broken_body(x);
    if (!cJSON_IsObject(body))
        return fungies_refuse(
            x, 400, arena_print(x->arena, "Expected object, received %s", type_name(body)),
            &(struct reason){"4: the body is a JSON object", "body", "a JSON object", exchange_describe(x, body)});
    if (body->child != NULL && exchange_knob(x, KNOB_STRICT_BODY) == 1)
        return refuse_members(x, body);
    return STEP_NEXT;
}
