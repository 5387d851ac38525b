/*
 * PATCH and DELETE of an order: the three calls that cancel, `place`, and what is in a draft.
 */
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── PATCH (4, 9 A3) ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The last three are described as writable, without a word of what that does: ignored (9 A14). */
static const char *const permitted[] = {
    "state_event",
    "delivery_mode",
    "references",
    "deliveries_attributes",
    "order_line_items_attributes",
    "exclusive_sales_group_id",
    "canceled_by_consumer_at",
    "cancelation_requested_at",
    "placed_at",
    NULL,
};

enum step zaikio_validate_patch(struct exchange *x)
{
    if (zaikio_check_body(x, "order", permitted) == STEP_REPLY)
        return STEP_REPLY;
    return zaikio_check_types(x, zaikio_change(x, "order"));
}

/* What is in an order can be changed only while it is a draft (9 A3). */
static enum step change_contents(struct exchange *x, struct order *copy, const cJSON *change, bool *changed)
{
    const char *content = zaikio_content_in(change);
    if (content != NULL && strcmp(copy->state, "draft") != 0)
        return zaikio_refuse_not_draft(x, content, copy);
    if (zaikio_check_values(x, copy, change) == STEP_REPLY)
        return STEP_REPLY;
    *changed = zaikio_apply_contents(x, copy->document, copy->facts, change);
    if (*changed)
        zaikio_touch(x, copy->document);
    return STEP_NEXT;
}

static enum step change_order(struct exchange *x, struct order *copy, bool *changed)
{
    const cJSON *change = zaikio_change(x, "order"), *word = json_member(change, "state_event");
    const struct consumer_event *event = NULL;
    if (zaikio_find_event(x, word, &event) == STEP_REPLY || change_contents(x, copy, change, changed) == STEP_REPLY)
        return STEP_REPLY;
    if (event != NULL)
        return event->decide(x, copy, changed);
    if (!*changed)
        exchange_give_reason(x, &(struct reason){"4: without state_event nothing changes", "state_event",
                                                 "the name of an event", exchange_describe(x, word)});
    return STEP_NEXT;
}

enum step zaikio_decide_patch(struct exchange *x, const struct order *order, struct order **changed)
{
    x->scratch = NULL;
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    struct order *copy = order_copy(order);
    bool has_changed = false;
    enum step step = change_order(x, copy, &has_changed);
    if (step == STEP_NEXT && has_changed)
        *changed = copy;
    else
        order_drop(copy);
    return step;
}

/* ── DELETE: a draft (5, 9 A13) ────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_decide_delete(struct exchange *x, const struct order *order, struct order **changed)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "draft") != 0)
        return exchange_refuse(
            x, 422, zaikio_error_field("base", "can only be deleted in draft state"),
            &(struct reason){"6: DELETE of an order that is not a draft", "state", "draft", order->state});
    *changed = REMOVE_ORDER;
    return STEP_NEXT;
}

void zaikio_render_deleted(struct exchange *x)
{
    reply_header(x, "Content-Length", "0"); /* as recorded (5), though HTTP would leave it out */
    reply_empty(x, 204);
}
