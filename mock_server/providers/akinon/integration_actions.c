/*
 * Integration actions (8.3): which object of the shop is which of a channel. Whoever has but the channel's number of an
 * order finds its pk here, and sees what became of it.
 *
 *     GET /api/v1/channel/1/integration_actions/?content_type_name=order&remote_id__exact=1472672233418128
 *     200 {"count":1,…,"results":[{"pk":18831,…,"object_id":1883,"remote_id":"1472672233418128",…,
 *                                  "content_object":{"pk":1883,…,"status":"50","cancel_status":"waiting",…}}]}
 *
 * Every order of the channel has one, and so has each of its items and cancellation requests. Their remote ids are the
 * order's number, that number with "-1", "-2" … and the request's uuid, unless the order's facts (`remote_ids`, by pk)
 * or a PATCH say otherwise; two items may have the same. A pk is that of the object and a digit for its kind, so it can
 * be read without a search; the pk of one that a client made ends in 0.
 */
#include <stdlib.h>
#include <string.h>

#include "base/uri.h"
#include "providers/akinon/channels.h"

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One action. What it points to is lent for as long as it is visited. */
struct row {
    const char *pk;
    const char *model;
    const char *object_id;
    const char *remote_id;    /* NULL: none */
    const char *version_date; /* NULL: none */
    const cJSON *kept;        /* what a client changed, or made; NULL: nothing */
    const struct order *order;
    const cJSON *object; /* NULL: an object that the mock does not have */
};

/* Returns false to end the walk. */
typedef bool visit_row(struct exchange *x, const struct row *row, void *context);

const char *akinon_own_action_pk(struct exchange *x, const char *model, const char *object_id)
{
    static const char *const own[] = {MODEL_ORDER, MODEL_ITEM, MODEL_REQUEST};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (strcmp(own[i], model) == 0)
            return arena_print(x->arena, "%s%zu", object_id, i + 1);
    return NULL;
}

static const char *remote_id_of(struct exchange *x, const struct order *order, const char *pk, size_t ordinal)
{
    const char *said = json_string(json_member(order->facts, "remote_ids"), pk);
    const char *number = json_string_or(order->document, "number", "");
    if (said != NULL)
        return said;
    return ordinal == 0 ? number : arena_print(x->arena, "%s-%zu", number, ordinal);
}

static const char *kept_text(const struct row *row, const char *member, const char *otherwise)
{
    const cJSON *value = json_member(row->kept, member);
    return value == NULL ? otherwise : (cJSON_IsString(value) ? value->valuestring : NULL);
}

static bool visit(struct exchange *x, struct row row, const cJSON *kept, visit_row *visitor, void *context)
{
    row.kept = json_member(kept, row.pk);
    if (json_true(row.kept, "is_deleted"))
        return true;
    row.remote_id = kept_text(&row, "remote_id", row.remote_id);
    row.version_date = kept_text(&row, "version_date", row.version_date);
    return visitor(x, &row, context);
}

static bool walk_order(struct exchange *x, const struct order *order, const cJSON *kept, visit_row *visitor,
                       void *context)
{
    const char *changed = json_string(order->document, "modified_date");
    struct row row = {.pk = akinon_own_action_pk(x, MODEL_ORDER, order->id),
                      .model = MODEL_ORDER,
                      .object_id = order->id,
                      .remote_id = remote_id_of(x, order, order->id, 0),
                      .version_date = changed,
                      .order = order,
                      .object = order->document};
    bool on = visit(x, row, kept, visitor, context);
    size_t ordinal = 1;
    row.model = MODEL_ITEM;
    for (const cJSON *item = akinon_first_item(order); on && item != NULL; item = item->next, ordinal++) {
        row.object = item;
        row.object_id = akinon_item_pk(item);
        row.pk = akinon_own_action_pk(x, MODEL_ITEM, row.object_id);
        row.remote_id = remote_id_of(x, order, row.object_id, ordinal);
        on = visit(x, row, kept, visitor, context);
    }
    row.model = MODEL_REQUEST;
    for (const cJSON *asked = akinon_first_request(order); on && asked != NULL; asked = asked->next) {
        row.object = asked;
        row.object_id = json_number_text(json_member(asked, "id"));
        row.pk = akinon_own_action_pk(x, MODEL_REQUEST, row.object_id);
        row.remote_id = json_string(asked, "uuid");
        row.version_date = json_string(asked, "modified_date");
        on = visit(x, row, kept, visitor, context);
    }
    return on;
}

/* Those that a client made. */
static bool walk_made(struct exchange *x, const cJSON *kept, visit_row *visitor, void *context)
{
    bool on = true;
    for (const cJSON *made = kept->child; on && made != NULL; made = made->next) {
        const char *channel = json_number_text(json_member(made, "channel_id"));
        if (channel == NULL || strcmp(channel, exchange_param(x, "channel_id")) != 0)
            continue;
        const struct row row = {.pk = made->string,
                                .model = json_string_or(made, "model", ""),
                                .object_id = json_number_text(json_member(made, "object_id"))};
        on = visit(x, row, kept, visitor, context);
    }
    return on;
}

/* The actions of the channel of the path, those of orders first. */
static void walk(struct exchange *x, visit_row *visitor, void *context)
{
    cJSON *kept = exchange_records(x, "action ");
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    bool on = true;
    for (size_t i = 0; i < total; i++) {
        if (on && akinon_is_of_channel(orders[i], exchange_param(x, "channel_id")))
            on = walk_order(x, orders[i], kept, visitor, context);
        order_drop(orders[i]);
    }
    if (on)
        walk_made(x, kept, visitor, context);
    free(orders);
    cJSON_Delete(kept);
}

/* ── An action on the wire ─────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *content_of(const struct exchange *x, const struct row *row)
{
    if (row->object == NULL)
        return NULL;
    if (strcmp(row->model, MODEL_ORDER) == 0)
        return akinon_show(x, row->order);
    return strcmp(row->model, MODEL_ITEM) == 0 ? akinon_show_item(x, row->object) : akinon_show_request(row->object);
}

static const cJSON *kept_or(const struct row *row, const char *member, const cJSON *otherwise)
{
    const cJSON *value = json_member(row->kept, member);
    return value == NULL ? otherwise : value;
}

static cJSON *answer_of(const struct exchange *x, const struct row *row)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *no_state = cJSON_CreateObject();
    json_set(answer, "pk", json_new_number_text(row->pk));
    json_set(answer, "channel", akinon_show_channel(x, exchange_param(x, "channel_id")));
    json_set(answer, "content_type", akinon_show_content_type(akinon_content_type(row->model)));
    json_set(answer, "object_id", json_new_number_text(row->object_id));
    json_set_string(answer, "remote_id", row->remote_id);
    json_set_string(answer, "version_date", row->version_date);
    json_set(answer, "state", cJSON_Duplicate(kept_or(row, "state", no_state), true));
    json_set_string(answer, "local_batch_id", kept_text(row, "local_batch_id", NULL));
    json_set_string(answer, "status", kept_text(row, "status", "success"));
    json_set(answer, "content_object", content_of(x, row));
    cJSON_Delete(no_state);
    return answer;
}

/* ── The list ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The spellings of both ages of the official application. */
static const struct filter {
    const char *parameter;
    enum { BY_CHANNEL, BY_MODEL, BY_REMOTE_ID, BY_OBJECT_ID, BY_STATUS, BY_BATCH } by;
    bool is_list;
} filters[] = {
    {"channel", BY_CHANNEL},
    {"channel_id", BY_CHANNEL},
    {"content_type_name", BY_MODEL},
    {"content_type_model", BY_MODEL},
    {"remote_id", BY_REMOTE_ID},
    {"remote_id__exact", BY_REMOTE_ID},
    {"remote_id__in", BY_REMOTE_ID, true},
    {"object_id", BY_OBJECT_ID},
    {"object_id__in", BY_OBJECT_ID, true},
    {"status", BY_STATUS},
    {"local_batch_id", BY_BATCH},
};

static const char *filtered_text(const struct exchange *x, const struct row *row, const struct filter *filter)
{
    switch (filter->by) {
    case BY_CHANNEL:
        return exchange_param(x, "channel_id");
    case BY_MODEL:
        return row->model;
    case BY_REMOTE_ID:
        return row->remote_id;
    case BY_OBJECT_ID:
        return row->object_id;
    case BY_STATUS:
        return kept_text(row, "status", "success");
    case BY_BATCH:
        break;
    }
    return kept_text(row, "local_batch_id", NULL);
}

/* What the query asks for: the value of each filter, or NULL. */
struct asked {
    const char *values[COUNT_OF(filters)];
    struct akinon_list list;
};

static bool is_asked_for(const struct exchange *x, const struct row *row, const struct asked *asked)
{
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        const char *wanted = asked->values[i], *is = wanted == NULL ? NULL : filtered_text(x, row, &filters[i]);
        if (wanted == NULL)
            continue;
        if (is == NULL || !(filters[i].is_list ? akinon_stands_in(wanted, is) : strcmp(wanted, is) == 0))
            return false;
    }
    return true;
}

static bool add_row(struct exchange *x, const struct row *row, void *context)
{
    struct asked *asked = context;
    if (is_asked_for(x, row, asked) && akinon_list_wants(&asked->list))
        cJSON_AddItemToArray(asked->list.results, answer_of(x, row));
    return true;
}

void akinon_render_actions(struct exchange *x)
{
    struct asked asked = {.list = akinon_list_begin(x)};
    for (size_t i = 0; i < COUNT_OF(filters); i++)
        asked.values[i] = uri_query_value(x->arena, x->request.query, filters[i].parameter);
    walk(x, add_row, &asked);
    akinon_list_reply(x, &asked.list);
}

/* ── One action ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What is looked for: a pk, or the object of a model. */
struct search {
    const char *pk;
    const char *model, *object_id;
    cJSON *answer; /* NULL: not found */
};

static bool find_row(struct exchange *x, const struct row *row, void *context)
{
    struct search *search = context;
    bool found = search->pk != NULL
                     ? strcmp(row->pk, search->pk) == 0
                     : strcmp(row->model, search->model) == 0 && strcmp(row->object_id, search->object_id) == 0;
    if (found)
        search->answer = answer_of(x, row);
    return !found;
}

cJSON *akinon_action_of_pk(struct exchange *x, const char *pk)
{
    struct search search = {.pk = pk};
    walk(x, find_row, &search);
    return search.answer;
}

cJSON *akinon_action_of_object(struct exchange *x, const char *model, const char *object_id)
{
    struct search search = {.model = model, .object_id = object_id};
    walk(x, find_row, &search);
    return search.answer;
}
