/*
 * The calls on one integration action (8.3): reading, making, changing and deleting it.
 *
 *     PATCH  /api/v1/channel/1/integration_actions/18831/   {"remote_id":"TY-1","state":{}}
 *     DELETE /api/v1/channel/1/integration_actions/18831/
 *     POST   /api/v1/channel/1/integration_actions/
 *            {"channel_id":1,"content_type_model":"order","object_id":1883,"remote_id":"TY-1"}
 *
 * An object has one action in a channel. The official application sends a whole action back when it changes one; what
 * it read and may not set is passed over.
 */
#include <string.h>

#include "providers/akinon/channels.h"

static enum step check_there(struct exchange *x)
{
    const char *pk = exchange_param(x, "id");
    cJSON *action = akinon_action_of_pk(x, pk);
    bool there = action != NULL;
    cJSON_Delete(action);
    if (there)
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8.3: no such action", "id", "the pk of an integration action", pk});
}

enum step akinon_validate_action(struct exchange *x)
{
    return akinon_check_channel(x) == STEP_REPLY ? STEP_REPLY : check_there(x);
}

void akinon_render_action(struct exchange *x)
{
    cJSON *action = akinon_action_of_pk(x, exchange_param(x, "id"));
    if (action != NULL)
        reply_json(x, 200, action);
    else
        akinon_refuse_not_found(x); /* another request deleted it meanwhile */
}

static void keep(struct exchange *x, const char *pk, const cJSON *value)
{
    exchange_keep_record(x, arena_print(x->arena, "action %s", pk), value);
}

static void overlay(struct exchange *x, const char *pk, const cJSON *changes)
{
    cJSON *kept = exchange_record(x, arena_print(x->arena, "action %s", pk));
    if (kept == NULL)
        kept = cJSON_CreateObject();
    json_overlay(kept, changes);
    keep(x, pk, kept);
    cJSON_Delete(kept);
}

void akinon_change_action(struct exchange *x, const char *model, const char *object_id, const cJSON *changes)
{
    cJSON *action = akinon_action_of_object(x, model, object_id);
    if (action != NULL)
        overlay(x, json_number_text(json_member(action, "pk")), changes);
    cJSON_Delete(action);
}

void akinon_render_action_deletion(struct exchange *x)
{
    cJSON *deleted = cJSON_CreateObject();
    json_set_bool(deleted, "is_deleted", true);
    keep(x, exchange_param(x, "id"), deleted);
    cJSON_Delete(deleted);
    reply_empty(x, 204);
}

/* ── Making and changing ───────────────────────────────────────────────────────────────────────────────────────── */

static const char *integer_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    return akinon_is_integer(value) ? NULL : "A valid integer is required.";
}

static const char *type_id_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    int64_t id = 0;
    if (!json_integer(value, &id))
        return akinon_not_a_pk(x, value);
    return akinon_content_type_of_id(id) == NULL ? akinon_unknown_pk(x, json_number_text(value)) : NULL;
}

static const char *model_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *model = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    bool known = cJSON_IsString(value) && akinon_content_type(model) != NULL;
    return known ? NULL : arena_print(x->arena, "\"%s\" is not a valid choice.", model);
}

static const struct akinon_field new_fields[] = {
    {"channel_id", "the channel of the path", akinon_channel_mistake, .required = true},
    {"object_id", "an integer", integer_mistake, .required = true},
    {"content_type_id", "the id of a content type", type_id_mistake},
    {"content_type_model", "the name of a content type", model_mistake},
    {"content_type", "the name of a content type", model_mistake}, /* as the application sends it */
    {"remote_id", "a string or null", akinon_string_mistake, .nullable = true},
    {"version_date", "a string or null", akinon_string_mistake, .nullable = true},
    {"state", "an object", akinon_dictionary_mistake},
    {.name = NULL},
};

/* The rest of an action comes back as it was read, and is passed over. */
static const struct akinon_field update_fields[] = {
    {"channel_id", "the channel of the path", akinon_channel_mistake},
    {"content_type_id", "the id of a content type", type_id_mistake},
    {"content_type_model", "the name of a content type", model_mistake},
    {"remote_id", "a string or null", akinon_string_mistake, .nullable = true},
    {"version_date", "a string or null", akinon_string_mistake, .nullable = true},
    {"state", "an object", akinon_dictionary_mistake},
    {.name = NULL},
};

/* Which content type a body names, in one of three ways; NULL when in none. */
static const struct content_type *type_named(const cJSON *body)
{
    int64_t id = 0;
    const char *model = json_string_or(body, "content_type_model", json_string_or(body, "content_type", ""));
    return json_integer(json_member(body, "content_type_id"), &id) ? akinon_content_type_of_id(id)
                                                                   : akinon_content_type(model);
}

static enum step refuse_field(struct exchange *x, const char *field, const char *text, const char *expected)
{
    return exchange_refuse(x, 400, akinon_field_error(field, text),
                           &(struct reason){"8.3: fields of the body", field, expected, text});
}

static bool was_deleted(struct exchange *x, const char *pk)
{
    cJSON *kept = exchange_record(x, arena_print(x->arena, "action %s", pk));
    bool deleted = json_true(kept, "is_deleted");
    cJSON_Delete(kept);
    return deleted;
}

/* Orders, items and requests of the channel have an action unless it was deleted. Of objects that the mock has none,
 * any number will do. */
static enum step check_new_object(struct exchange *x, const cJSON *body)
{
    const struct content_type *type = type_named(body);
    if (type == NULL)
        return refuse_field(x, "content_type_model", "This field is required.", "the name of a content type");
    const char *object_id = json_number_text(json_member(body, "object_id"));
    const char *own_pk = akinon_own_action_pk(x, type->model, object_id);
    cJSON *action = akinon_action_of_object(x, type->model, object_id);
    bool there = action != NULL;
    cJSON_Delete(action);
    if (there)
        return refuse_field(x, "non_field_errors",
                            "The fields channel_id, content_type, object_id must make a unique set.",
                            "an object without an action");
    if (own_pk != NULL && !was_deleted(x, own_pk))
        return refuse_field(x, "object_id", akinon_unknown_pk(x, object_id), "an object of this channel");
    return STEP_NEXT;
}

enum step akinon_validate_new_action(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_check_channel(x) == STEP_REPLY ||
        akinon_check_object(x, &body) == STEP_REPLY || akinon_check_fields(x, NULL, body, new_fields) == STEP_REPLY)
        return STEP_REPLY;
    return check_new_object(x, body);
}

/* The members that a body may set. */
static cJSON *members_of(const cJSON *body)
{
    static const char *const members[] = {"remote_id", "version_date", "state"};
    cJSON *kept = cJSON_CreateObject();
    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (json_member(body, members[i]) != NULL)
            json_set(kept, members[i], cJSON_Duplicate(json_member(body, members[i]), true));
    return kept;
}

static cJSON *new_action(const struct content_type *type, const cJSON *body)
{
    cJSON *kept = members_of(body);
    json_set(kept, "channel_id", cJSON_Duplicate(json_member(body, "channel_id"), true));
    json_set(kept, "object_id", cJSON_Duplicate(json_member(body, "object_id"), true));
    json_set_string(kept, "model", type->model);
    return kept;
}

void akinon_render_new_action(struct exchange *x)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    const struct content_type *type = type_named(body);
    const struct maker maker = exchange_maker(x);
    const char *pk = akinon_own_action_pk(x, type->model, json_number_text(json_member(body, "object_id")));
    bool is_own = pk != NULL;
    if (!is_own)
        pk = arena_print(x->arena, "%lld0", (long long)maker_next_number(&maker));
    cJSON *kept = is_own ? members_of(body) : new_action(type, body);
    keep(x, pk, kept);
    cJSON_Delete(kept);
    reply_json(x, 201, akinon_action_of_pk(x, pk));
}

enum step akinon_validate_action_update(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_validate_action(x) == STEP_REPLY ||
        akinon_check_object(x, &body) == STEP_REPLY)
        return STEP_REPLY;
    return akinon_check_fields(x, NULL, body, update_fields);
}

void akinon_render_action_update(struct exchange *x)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    cJSON *changes = members_of(body);
    overlay(x, exchange_param(x, "id"), changes);
    cJSON_Delete(changes);
    akinon_render_action(x);
}
