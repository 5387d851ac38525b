/*
 * Batch requests, the envelope of a run of the official application, and its error reports (8.3).
 *
 *     POST  /api/v1/channel/1/batch_requests/      {"channel":1}
 *     201   {"pk":7,"channel":1,"local_batch_id":"…","remote_batch_id":null,"content_type":null,"status":"initialized"}
 *     PATCH /api/v1/channel/1/batch_requests/7/    {"status":"commit","objects":[{"pk":1883,"content_type":"order"}]}
 *
 * The objects of a batch are marked in their integration actions, so that the application finds them by the batch's
 * local id: `processing` from the commit on, `success` or `error` with the end. What an object fails by, and which
 * status follows which, is not looked at.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "base/uri.h"
#include "providers/akinon/channels.h"

/* ── A batch ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const statuses[] = {"initialized", "commit", "sent_to_remote", "ongoing", "done", "fail", NULL};

static const char *status_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *status = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    for (size_t i = 0; cJSON_IsString(value) && statuses[i] != NULL; i++)
        if (strcmp(statuses[i], status) == 0)
            return NULL;
    return arena_print(x->arena, "\"%s\" is not a valid choice.", status);
}

static const char *objects_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *mistake = akinon_list_mistake(x, value);
    for (const cJSON *object = value->child; mistake == NULL && object != NULL; object = object->next)
        if (!akinon_is_integer(json_member(object, "pk")) || json_string(object, "content_type") == NULL)
            mistake = "Every object needs pk and content_type.";
    return mistake;
}

static const struct akinon_field new_fields[] = {
    {"channel", "the channel of the path", akinon_channel_mistake, .required = true},
    {"content_type", "a string or null", akinon_string_mistake, .nullable = true},
    {"remote_batch_id", "a string or null", akinon_string_mistake, .nullable = true},
    {.name = NULL},
};

static const struct akinon_field update_fields[] = {
    {"channel", "the channel of the path", akinon_channel_mistake},
    {"objects", "a list of pk, content_type …", objects_mistake},
    {"status", "a status of batches", status_mistake},
    {"content_type", "a string or null", akinon_string_mistake, .nullable = true},
    {"remote_batch_id", "a string or null", akinon_string_mistake, .nullable = true},
    {.name = NULL},
};

static const char *name_of(struct exchange *x, const char *pk)
{
    return arena_print(x->arena, "batch %s", pk);
}

static bool is_of_channel(const struct exchange *x, const cJSON *batch)
{
    const char *channel = json_number_text(json_member(batch, "channel"));
    return channel != NULL && strcmp(channel, exchange_param(x, "channel_id")) == 0;
}

/* ── Making and reading ────────────────────────────────────────────────────────────────────────────────────────── */

/* The body of what is made below a channel. */
static enum step check_what_is_made(struct exchange *x, const struct akinon_field *fields)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_check_channel(x) == STEP_REPLY ||
        akinon_check_object(x, &body) == STEP_REPLY)
        return STEP_REPLY;
    return akinon_check_fields(x, NULL, body, fields);
}

enum step akinon_validate_new_batch(struct exchange *x)
{
    return check_what_is_made(x, new_fields);
}

void akinon_render_new_batch(struct exchange *x)
{
    const cJSON *body = NULL;
    const struct maker maker = exchange_maker(x);
    char uuid[UUID_TEXT_MAX];
    exchange_body(x, &body);
    exchange_uuid(x, uuid);
    int64_t pk = maker_next_number(&maker);
    cJSON *batch = cJSON_CreateObject();
    json_set_integer(batch, "pk", pk);
    json_set(batch, "channel", json_new_number_text(exchange_param(x, "channel_id")));
    json_set_string(batch, "local_batch_id", uuid);
    json_set_string(batch, "remote_batch_id", json_string(body, "remote_batch_id"));
    json_set_string(batch, "content_type", json_string(body, "content_type"));
    json_set_string(batch, "status", "initialized");
    exchange_keep_record(x, arena_print(x->arena, "batch %lld", (long long)pk), batch);
    reply_json(x, 201, batch);
}

static bool is_asked_for(struct exchange *x, const cJSON *batch)
{
    static const char *const filters[] = {"status", "content_type", "local_batch_id", "remote_batch_id"};
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        const char *wanted = uri_query_value(x->arena, x->request.query, filters[i]);
        if (wanted != NULL && strcmp(json_string_or(batch, filters[i], ""), wanted) != 0)
            return false;
    }
    return is_of_channel(x, batch);
}

void akinon_render_batches(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    cJSON *all = exchange_records(x, "batch ");
    for (const cJSON *batch = all->child; batch != NULL; batch = batch->next)
        if (is_asked_for(x, batch) && akinon_list_wants(&list))
            cJSON_AddItemToArray(list.results, cJSON_Duplicate(batch, true));
    cJSON_Delete(all);
    akinon_list_reply(x, &list);
}

enum step akinon_validate_batch(struct exchange *x)
{
    const char *pk = exchange_param(x, "id");
    if (akinon_check_channel(x) == STEP_REPLY)
        return STEP_REPLY;
    cJSON *batch = exchange_record(x, name_of(x, pk));
    bool there = batch != NULL && is_of_channel(x, batch);
    cJSON_Delete(batch);
    if (there)
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8.3: no such batch", "id", "the pk of a batch request", pk});
}

void akinon_render_batch(struct exchange *x)
{
    reply_json(x, 200, exchange_record(x, name_of(x, exchange_param(x, "id"))));
}

/* ── Changing ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_batch_update(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_validate_batch(x) == STEP_REPLY ||
        akinon_check_object(x, &body) == STEP_REPLY)
        return STEP_REPLY;
    return akinon_check_fields(x, NULL, body, update_fields);
}

/* The status of an action whose object is in a batch of that status. */
static const char *status_of_object(const char *batch_status, const cJSON *object)
{
    if (strcmp(batch_status, "fail") == 0 || json_string(object, "failed_reason_type") != NULL)
        return "error";
    return strcmp(batch_status, "done") == 0 ? "success" : "processing";
}

static void mark(struct exchange *x, const cJSON *batch, const cJSON *object)
{
    static const char *const members[] = {"remote_id", "version_date"};
    cJSON *changes = cJSON_CreateObject();
    json_set_string(changes, "local_batch_id", json_string(batch, "local_batch_id"));
    json_set_string(changes, "status", status_of_object(json_string_or(batch, "status", ""), object));
    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (json_string(object, members[i]) != NULL)
            json_set_string(changes, members[i], json_string(object, members[i]));
    akinon_change_action(x, json_string(object, "content_type"), json_number_text(json_member(object, "pk")), changes);
    cJSON_Delete(changes);
}

void akinon_render_batch_update(struct exchange *x)
{
    static const char *const members[] = {"status", "content_type", "remote_batch_id"};
    const cJSON *body = NULL;
    const char *name = name_of(x, exchange_param(x, "id"));
    cJSON *batch = exchange_record(x, name);
    exchange_body(x, &body);
    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (json_member(body, members[i]) != NULL)
            json_set(batch, members[i], cJSON_Duplicate(json_member(body, members[i]), true));
    const cJSON *object = NULL;
    cJSON_ArrayForEach (object, json_member(body, "objects"))
        mark(x, batch, object);
    exchange_keep_record(x, name, batch);
    reply_json(x, 200, batch);
}

/* ── Error reports ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *integer_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    return cJSON_IsNull(value) || akinon_is_integer(value) ? NULL : "A valid integer is required.";
}

/* Nothing of a report is read by anybody, and none is required. */
static const struct akinon_field report_fields[] = {
    {"action_content_type", "an integer or null", integer_mistake, .nullable = true},
    {"action_object_id", "an integer or null", integer_mistake, .nullable = true},
    {"target_content_type", "an integer or null", integer_mistake, .nullable = true},
    {"target_object_id", "an integer or null", integer_mistake, .nullable = true},
    {"obj_modified_date", "a string or null", akinon_string_mistake, .nullable = true},
    {"error_code", "a string or null", akinon_string_mistake, .nullable = true},
    {"error_desc", "a string or null", akinon_string_mistake, .nullable = true},
    {"raw_request", "a string or null", akinon_string_mistake, .nullable = true, .secret = true},
    {"raw_response", "a string or null", akinon_string_mistake, .nullable = true, .secret = true},
    {"is_ok", "true or false", akinon_boolean_mistake},
    {.name = NULL},
};

enum step akinon_validate_error_report(struct exchange *x)
{
    return check_what_is_made(x, report_fields);
}

void akinon_render_error_report(struct exchange *x)
{
    const cJSON *body = NULL;
    const struct maker maker = exchange_maker(x);
    char now[INSTANT_TEXT_MAX];
    exchange_body(x, &body);
    instant_write_utc(maker.now_us, 6, now);
    cJSON *report = cJSON_CreateObject();
    json_set_integer(report, "pk", maker_next_number(&maker));
    json_set(report, "channel", json_new_number_text(exchange_param(x, "channel_id")));
    for (const struct akinon_field *field = report_fields; field->name != NULL; field++)
        json_set(report, field->name, cJSON_Duplicate(json_member(body, field->name), true));
    if (!cJSON_IsBool(json_member(report, "is_ok")))
        json_set_bool(report, "is_ok", false);
    json_set_string(report, "created_date", now);
    reply_json(x, 201, report);
}
