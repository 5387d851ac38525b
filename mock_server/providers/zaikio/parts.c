/*
 * One part of an order by its own path (8.2): a line item, a delivery, or what of a line a delivery holds. Each is
 * read, changed and deleted alike, so there is a row for each kind, and the parameter of the path tells which it is.
 *
 * The order is looked for among those of who asks: nobody else's part is found. A part is changed only while its order
 * is a draft; what it has already is no change (4).
 */
#include <stdlib.h>
#include <string.h>

#include "providers/zaikio/contents.h"

/* ── Where a part is ───────────────────────────────────────────────────────────────────────────────────────────── */

struct place {
    cJSON *list, *part;
    cJSON *delivery; /* that the list belongs to, or NULL */
};

static struct place find_line_item(const struct order *order, const char *id)
{
    cJSON *list = json_member_mut(order->document, "order_line_items");
    return (struct place){list, zaikio_with_id(list, id), NULL};
}

static struct place find_delivery(const struct order *order, const char *id)
{
    cJSON *list = json_member_mut(order->facts, "deliveries");
    return (struct place){list, zaikio_with_id(list, id), NULL};
}

static struct place find_held(const struct order *order, const char *id)
{
    cJSON *delivery = NULL;
    cJSON_ArrayForEach (delivery, json_member_mut(order->facts, "deliveries")) {
        cJSON *list = json_member_mut(delivery, "delivery_line_items"), *part = zaikio_with_id(list, id);
        if (part != NULL)
            return (struct place){list, part, delivery};
    }
    return (struct place){NULL, NULL, NULL};
}

/* ── What checks and changes it ────────────────────────────────────────────────────────────────────────────────── */

static enum step check_line_item(struct exchange *x, const struct order *order, const cJSON *part, const cJSON *change)
{
    (void)order;
    (void)part;
    return zaikio_check_line_item_change(x, change);
}

static void change_line_item(struct exchange *x, struct order *copy, struct place place, const cJSON *change)
{
    int64_t amount = 0;
    if (json_integral(json_member(change, "amount"), &amount))
        zaikio_change_amount(x, place.part, amount);
    if (json_member(change, "references") != NULL)
        zaikio_change_references(place.part, json_member(change, "references"));
    zaikio_touch(x, place.part);
    zaikio_set_totals(copy->document);
    zaikio_update_held(copy->facts, json_string_or(place.part, "id", ""), place.part);
}

static void after_line_item(struct order *copy, const char *id)
{
    zaikio_set_totals(copy->document);
    zaikio_update_held(copy->facts, id, NULL);
}

static enum step check_delivery(struct exchange *x, const struct order *order, const cJSON *part, const cJSON *change)
{
    return zaikio_check_delivery_change(x, order, part, change);
}

static void change_delivery(struct exchange *x, struct order *copy, struct place place, const cJSON *change)
{
    zaikio_change_delivery(x, copy->document, place.part, change);
}

static enum step check_held(struct exchange *x, const struct order *order, const cJSON *part, const cJSON *change)
{
    (void)part;
    return zaikio_check_held(x, order, change, false);
}

static void change_held(struct exchange *x, struct order *copy, struct place place, const cJSON *change)
{
    zaikio_change_held(x, copy->document, place.part, change);
}

/* ── The kinds ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A member that can be written, and where its value is shown: under the same name, or within an object. */
struct writable {
    const char *name, *object, *member;
};

static const struct part_kind {
    const char *parameter, *root;
    const char *const *permitted;
    const struct writable *writable;
    struct place (*find)(const struct order *order, const char *id);
    enum step (*check)(struct exchange *x, const struct order *order, const cJSON *part, const cJSON *change);
    void (*change)(struct exchange *x, struct order *copy, struct place place, const cJSON *change);
    void (*after_delete)(struct order *copy, const char *id);
} kinds[] = {
    {"order_line_item_id", "order_line_item", (const char *const[]){"amount", "references", NULL},
     (const struct writable[]){{"amount", NULL, NULL}, {"references", NULL, NULL}, {NULL, NULL, NULL}}, find_line_item,
     check_line_item, change_line_item, after_line_item},
    {"delivery_id", "delivery",
     (const char *const[]){"address_addressee", "address_text", "desired_delivery_date", "references", "site_id",
                           "delivery_line_items_attributes", NULL},
     (const struct writable[]){{"address_addressee", "address", "addressee"},
                               {"address_text", "address", "text"},
                               {"desired_delivery_date", NULL, NULL},
                               {"references", NULL, NULL},
                               {"site_id", NULL, NULL},
                               {"delivery_line_items_attributes", NULL, NULL},
                               {NULL, NULL, NULL}},
     find_delivery, check_delivery, change_delivery, NULL},
    {"delivery_line_item_id", "delivery_line_item",
     (const char *const[]){"order_line_item_id", "amount", "references", NULL},
     (const struct writable[]){{"order_line_item_id", "order_line_item", "id"},
                               {"amount", NULL, NULL},
                               {"references", NULL, NULL},
                               {NULL, NULL, NULL}},
     find_held, check_held, change_held, NULL},
};

static const struct part_kind *kind_of(const struct exchange *x)
{
    size_t i = 0;
    while (i < COUNT_OF(kinds) - 1 && *exchange_param(x, kinds[i].parameter) == '\0')
        i++;
    return &kinds[i];
}

static const char *id_of(const struct exchange *x)
{
    return exchange_param(x, kind_of(x)->parameter);
}

/* ── Which order ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* An order that has the part; else the id itself, which names none with it. */
static void name_order(struct exchange *x)
{
    size_t count = 0;
    const struct order **orders = exchange_orders(x, &count);
    x->order_key = id_of(x);
    for (size_t i = 0; i < count; i++)
        if (kind_of(x)->find(orders[i], id_of(x)).part != NULL)
            x->order_key = arena_dup(x->arena, orders[i]->id);
    zaikio_drop_orders(orders, count);
}

static enum step find_place(struct exchange *x, const struct order *order, struct place *place)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    *place = kind_of(x)->find(order, id_of(x));
    if (place->part != NULL)
        return STEP_NEXT;
    return zaikio_refuse_not_found(
        x, &(struct reason){"6: part unknown or deleted", kind_of(x)->parameter, "the id of a part", id_of(x)});
}

/* ── Read ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_part(struct exchange *x)
{
    name_order(x);
    return STEP_NEXT;
}

enum step zaikio_decide_part(struct exchange *x, const struct order *order, struct order **changed)
{
    struct place place;
    (void)changed;
    if (find_place(x, order, &place) == STEP_REPLY)
        return STEP_REPLY;
    zaikio_show(x, place.part);
    return STEP_NEXT;
}

/* ── Change ────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_part_change(struct exchange *x)
{
    name_order(x);
    return zaikio_check_body(x, kind_of(x)->root, kind_of(x)->permitted);
}

/* A date may have a time of day behind it, which nobody keeps. */
static bool is_same_date(const cJSON *own, const cJSON *given)
{
    return cJSON_IsString(own) && cJSON_IsString(given) && strlen(own->valuestring) == 10 &&
           strncmp(own->valuestring, given->valuestring, 10) == 0;
}

static cJSON *others_of(const struct writable *row, const cJSON *part, const cJSON *change)
{
    cJSON *others = cJSON_CreateObject();
    for (; row->name != NULL; row++) {
        const cJSON *given = json_member(change, row->name);
        const cJSON *own = row->object == NULL ? json_member(part, row->name)
                                               : json_member(json_member(part, row->object), row->member);
        if (given != NULL && !zaikio_is_echo(own, given) && !is_same_date(own, given))
            json_set(others, row->name, cJSON_Duplicate(given, true));
    }
    return others;
}

static enum step change_part(struct exchange *x, const struct order *order, const cJSON *part, const cJSON *others,
                             struct order **changed)
{
    const struct part_kind *kind = kind_of(x);
    if (strcmp(order->state, "draft") != 0)
        return zaikio_refuse_not_draft(x, others->child->string, order);
    if (kind->check(x, order, part, others) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    struct place place = kind->find(*changed, id_of(x));
    kind->change(x, *changed, place, others);
    zaikio_touch(x, (*changed)->document);
    zaikio_show(x, place.part);
    return STEP_NEXT;
}

enum step zaikio_decide_part_change(struct exchange *x, const struct order *order, struct order **changed)
{
    struct place place;
    if (find_place(x, order, &place) == STEP_REPLY)
        return STEP_REPLY;
    cJSON *others = others_of(kind_of(x)->writable, place.part, zaikio_change(x, kind_of(x)->root));
    zaikio_show(x, place.part);
    enum step step = others->child == NULL ? STEP_NEXT : change_part(x, order, place.part, others, changed);
    cJSON_Delete(others);
    return step;
}

/* ── Delete ────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_decide_part_delete(struct exchange *x, const struct order *order, struct order **changed)
{
    struct place place;
    if (find_place(x, order, &place) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "draft") != 0)
        return exchange_refuse(
            x, 422, zaikio_error_field("base", "can only be deleted in draft state"),
            &(struct reason){"8.2: a part of an order that is not a draft", "state", "draft", order->state});
    *changed = order_copy(order);
    place = kind_of(x)->find(*changed, id_of(x));
    cJSON_Delete(cJSON_DetachItemViaPointer(place.list, place.part));
    if (kind_of(x)->after_delete != NULL)
        kind_of(x)->after_delete(*changed, id_of(x));
    zaikio_touch(x, (*changed)->document);
    return STEP_NEXT;
}

/* ── What a delivery holds ─────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_held_listing(struct exchange *x)
{
    name_order(x);
    return zaikio_validate_listing(x);
}

enum step zaikio_decide_held_listing(struct exchange *x, const struct order *order, struct order **changed)
{
    struct place place;
    (void)changed;
    return find_place(x, order, &place);
}

void zaikio_render_held(struct exchange *x)
{
    zaikio_render_entries(x, json_member(find_delivery(x->order, id_of(x)).part, "delivery_line_items"));
}

enum step zaikio_validate_new_held(struct exchange *x)
{
    static const char *const permitted[] = {"order_line_item_id", "amount", "references", NULL};
    name_order(x);
    return zaikio_check_body(x, "delivery_line_item", permitted);
}

enum step zaikio_decide_new_held(struct exchange *x, const struct order *order, struct order **changed)
{
    struct place place;
    const cJSON *wanted = zaikio_change(x, "delivery_line_item");
    if (find_place(x, order, &place) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "draft") != 0)
        return zaikio_refuse_not_draft(x, "delivery_line_item", order);
    if (zaikio_check_held(x, order, wanted, true) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    place = find_delivery(*changed, id_of(x));
    zaikio_show(x, zaikio_add_held(x, (*changed)->document, place.part, wanted));
    zaikio_touch(x, place.part);
    zaikio_touch(x, (*changed)->document);
    return STEP_NEXT;
}
