/*
 * What a request must be by itself: its path and its body (4).
 *
 * One segment of the path is an id (a UUID) or a number:
 *
 *     ^#?([0-9A-Za-z]{12,16}|[0-9]+)(-[0-9]+)?$
 *
 * The number is case-sensitive and keeps its zeros; its '#', which a client has to send as %23, is optional unless
 * `hash_prefix` says otherwise. Orders of other workspaces are unknown orders.
 *
 * The page's samples send the name of the parameter itself: curl takes the braces of {orderIdOrNumber} away, PHP sends
 * them raw, Python, JavaScript and Go send them as %7B and %7D. All three are the number of one order (9 A22).
 *
 * The body of a write is one JSON object. A cancel has no member of its own, an update has five, all optional (8).
 * Every sample of the page sends {} as application/json, and nothing says what else may stand there (9 A5). So an
 * absent body, members of any name and a body of another type are accepted, and the journal's reason tells what was
 * odd; anything that is JSON and no object, or no JSON, is refused in the words of the framework's schema library and
 * of its parser:
 *
 *     Expected object, received array
 *     Unexpected token ] in JSON at position 1
 */
#include <string.h>

#include "base/ids.h"
#include "base/number.h"
#include "base/utf8.h"
#include "providers/fungies/fungies.h"

/* ── The path ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What follows a raw '#' is a fragment, which the framework cuts off: a client that does not write %23 asks for
 * /v0/orders/ (4). */
const char *fungies_routed_path(struct exchange *x)
{
    return arena_dup_bytes(x->arena, x->inner_path, strcspn(x->inner_path, "#"));
}

static bool is_number(const char *text)
{
    const char *head = fungies_bare_number(text);
    size_t digits = strspn(head, "0123456789");
    size_t length = strspn(head, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    if (length == 0 || (digits != length && (length < 12 || length > 16)))
        return false;
    const char *tail = head + length;
    return *tail == '\0' || (*tail == '-' && number_is_digits(tail + 1));
}

/* What the path names, without the braces of the page's placeholder. */
static const char *named_order(const struct exchange *x)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    return strcmp(named, "{" ORDER_PARAM "}") == 0 ? ORDER_PARAM : named;
}

enum step fungies_read_order_key(struct exchange *x)
{
    const char *named = named_order(x);
    if (strcmp(named, ORDER_PARAM) == 0)
        exchange_note(x, "fungies 9 A22: the path holds the placeholder of the page's samples");
    bool is_id = uuid_is_valid(named);
    if (!is_id && (exchange_knob_on(x, KNOB_ID_ONLY) || !is_number(named))) {
        int status = exchange_knob_status(x, KNOB_BAD_ID);
        return fungies_fail(
            x, status, status == 404 ? FUNGIES_ORDER_NOT_FOUND : "orderIdOrNumber: Invalid",
            &(struct reason){"4: the path holds the order's id or number", ORDER_PARAM, "a UUID or a number", named});
    }
    char *key = arena_dup(x->arena, fungies_bare_number(named));
    if (is_id)
        fungies_lower(key);
    x->order_key = key;
    return STEP_NEXT;
}

/* ── The order that is meant ───────────────────────────────────────────────────────────────────────────────────── */

/* Whether the order that was found is named as the knobs demand. */
static bool is_named_rightly(struct exchange *x, const struct order *order)
{
    const char *named = named_order(x);
    if (uuid_is_valid(named))
        return exchange_knob(x, KNOB_UUID_CASE) == CASE_ANY || strcmp(order->id, named) == 0;
    return exchange_knob(x, KNOB_HASH_PREFIX) == HASH_OPTIONAL ||
           strcmp(fungies_shown_number(x, fungies_number(order)), named) == 0;
}

enum step fungies_check_order(struct exchange *x, const struct order *order)
{
    const char *named = exchange_param(x, ORDER_PARAM);
    if (order == NULL || !is_named_rightly(x, order))
        return fungies_refuse_not_found(
            x, FUNGIES_ORDER_NOT_FOUND,
            &(struct reason){"6: order unknown", ORDER_PARAM, "the id or number of a known order", named});
    if (strcmp(order->account, x->account) != 0) /* no word about other workspaces */
        return fungies_refuse_not_found(
            x, FUNGIES_ORDER_NOT_FOUND,
            &(struct reason){"6: the order of another workspace", ORDER_PARAM, x->account, order->account});
    return STEP_NEXT;
}

/* ── The body of a write ───────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_broken_body(struct exchange *x)
{
    size_t offset = exchange_body_problem(x)->offset;
    const struct reason why = {"4: the body is JSON", "body", "a JSON object", exchange_body_problem(x)->text};
    if (offset >= x->request.body_length)
        return fungies_fail(x, 400, "Unexpected end of JSON input", &why);
    size_t length = utf8_character(x->request.body + offset, x->request.body_length - offset);
    bool shows = length > 0 && x->request.body[offset] != '\0'; /* a NUL would end the text here */
    const char *token = shows ? arena_dup_bytes(x->arena, x->request.body + offset, length) : "\xEF\xBF\xBD";
    return fungies_fail(x, 400, arena_print(x->arena, "Unexpected token %s in JSON at position %zu", token, offset),
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
    return fungies_fail(x, 400, kept,
                        &(struct reason){"4: members that the route does not have (strict_body)", "body", "{}",
                                         exchange_describe(x, body), .knob = "strict_body=off"});
}

static enum step check_content_type(struct exchange *x)
{
    const char *sent = exchange_header(x, "Content-Type");
    const struct reason why = {"4: Content-Type is application/json", "Content-Type", "application/json",
                               sent == NULL ? "absent" : sent};
    if (exchange_knob_on(x, KNOB_415))
        return fungies_fail(x, 415, "Unsupported Media Type", &why);
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
        return fungies_fail(
            x, 400, arena_print(x->arena, "Expected object, received %s", fungies_type_name(tree)),
            &(struct reason){"4: the body is a JSON object", "body", "a JSON object", exchange_describe(x, tree)});
    *body = tree;
    return exchange_knob_on(x, KNOB_STRICT_BODY) ? refuse_members(x, tree, known) : STEP_NEXT;
}
