/*
 * The body of a write: one JSON object (4). A cancel has no member of its own, an update has five, all optional (8).
 *
 * Every sample of the page sends {} as application/json, and nothing says what else may stand there (9 A5). So an
 * absent body, members of any name and a body of another type are accepted, and the journal's reason tells what was
 * odd; anything that is JSON and no object, or no JSON, is refused in the words of the framework's schema library and
 * of its parser:
 *
 *     Expected object, received array
 *     Unexpected token ] in JSON at position 1
 */
#include "base/utf8.h"
#include "providers/fungies/fungies.h"

static enum step refuse_broken_body(struct exchange *x)
{
    size_t offset = exchange_body_problem(x)->offset;
    const struct reason why = {"4: the body is JSON", "body", "a JSON object", exchange_body_problem(x)->text};
    if (offset >= x->request.body_length)
        return fungies_refuse(x, 400, "Unexpected end of JSON input", &why);
    size_t length = utf8_character(x->request.body + offset, x->request.body_length - offset);
    bool shows = length > 0 && x->request.body[offset] != '\0'; /* a NUL would end the text here */
    const char *token = shows ? arena_dup_bytes(x->arena, x->request.body + offset, length) : "\xEF\xBF\xBD";
    return fungies_refuse(x, 400, arena_print(x->arena, "Unexpected token %s in JSON at position %zu", token, offset),
                          &why);
}

/* `Unrecognized key(s) in object: 'reason', 'note'`, or lets pass what has none. */
static enum step refuse_members(struct exchange *x, const cJSON *body, const char *const *known)
{
    struct text message = TEXT_INIT(x->request.body_length * 4 + 64);
    for (const cJSON *member = body->child; member != NULL; member = member->next)
        if (fungies_position(known, member->string) < 0)
            text_print(&message, "%s '%s'", message.length == 0 ? "Unrecognized key(s) in object:" : ",",
                       member->string);
    const char *kept = message.length == 0 ? NULL : arena_dup(x->arena, text_cstr(&message));
    text_release(&message);
    if (kept == NULL)
        return STEP_NEXT;
    return fungies_refuse(x, 400, kept,
                          &(struct reason){"4: members that the route does not have (strict_body)", "body", "{}",
                                           exchange_describe(x, body)});
}

static enum step check_content_type(struct exchange *x)
{
    const char *sent = exchange_header(x, "Content-Type");
    const struct reason why = {"4: Content-Type is application/json", "Content-Type", "application/json",
                               sent == NULL ? "absent" : sent};
    if (exchange_knob(x, KNOB_415) == CHOICE_ON)
        return fungies_refuse(x, 415, "Unsupported Media Type", &why);
    exchange_give_reason(x, &why); /* accepted as an empty body; the journal shows what was wrong */
    return STEP_NEXT;
}

enum step fungies_read_body(struct exchange *x, const char *const *known, const cJSON **body)
{
    const cJSON *tree = NULL;
    *body = NULL;
    enum body_kind kind = exchange_body(x, &tree);
    if (kind == BODY_EMPTY) { /* accepted, though every sample sends {} (9 A5) */
        exchange_give_reason(x, &(struct reason){"4: the body is a JSON object", "body", "{}", "absent"});
        return STEP_NEXT;
    }
    if (!exchange_content_is(x, "application/json"))
        return check_content_type(x);
    if (kind == BODY_BROKEN)
        return refuse_broken_body(x);
    if (!cJSON_IsObject(tree))
        return fungies_refuse(
            x, 400, arena_print(x->arena, "Expected object, received %s", fungies_type_name(tree)),
            &(struct reason){"4: the body is a JSON object", "body", "a JSON object", exchange_describe(x, tree)});
    *body = tree;
    return exchange_knob(x, KNOB_STRICT_BODY) == CHOICE_ON ? refuse_members(x, tree, known) : STEP_NEXT;
}
