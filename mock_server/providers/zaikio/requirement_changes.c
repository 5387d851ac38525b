/*
 * Material requirements (8.3): made, changed, deleted, archived. One that is in an order stays as it is.
 *
 * The vendor's client sends all that it read, with what shall be new beside it: `amount` at the top is the change, and
 * `required_material.amount` an echo. So only members of the body's own form count, and a value that is there already
 * is no change (4).
 */
#include <string.h>

#include "providers/zaikio/requirements.h"

static const char ROOT[] = "material_requirement";

static const char *const permitted[] = {"variant_id",
                                        "amount",
                                        "unit",
                                        "supplier_id",
                                        "site_id",
                                        "material_required_at",
                                        "sku_preference_ids",
                                        "environmental_certification",
                                        "anticipated_costs",
                                        "job_client",
                                        "job_description",
                                        "job_link",
                                        "job_reference",
                                        "references",
                                        "visible_in_web",
                                        NULL};

/* ── What can be written ───────────────────────────────────────────────────────────────────────────────────────── */

static void judge_text(struct exchange *x, const cJSON *change, const char *name, cJSON *errors)
{
    const cJSON *value = json_member(change, name);
    if (value != NULL && !zaikio_is_text_or_null(value))
        zaikio_add_error(x, errors, "", name, "is invalid");
}

/* An id that is sent is null, or that of an entry of provider.json. */
static void judge_named(struct exchange *x, const cJSON *id, const char *list, const char *member, const char *field,
                        cJSON *errors)
{
    if (id != NULL && !cJSON_IsNull(id) &&
        (!cJSON_IsString(id) || zaikio_find(x, list, member, id->valuestring) == NULL))
        zaikio_add_error(x, errors, "", field, "must exist");
}

static void judge_preferences(struct exchange *x, const cJSON *ids, cJSON *errors)
{
    const cJSON *id = NULL;
    if (ids != NULL && !cJSON_IsNull(ids) && !zaikio_is_list_of_texts(ids))
        zaikio_add_error(x, errors, "", "sku_preferences", "is invalid");
    else
        cJSON_ArrayForEach (id, ids)
            judge_named(x, id, "skus", "id", "sku_preferences", errors);
}

static void judge_unit(struct exchange *x, const cJSON *unit, cJSON *errors)
{
    static const char *const units[] = {"kg",   "m",     "pack", "pallet",      "piece", "ream",
                                        "roll", "sheet", "sqm",  "twin-pallet", NULL};
    if (unit != NULL && !cJSON_IsNull(unit) && !(cJSON_IsString(unit) && zaikio_is_one_of(unit->valuestring, units)))
        zaikio_add_error(x, errors, "", "unit", "is not included in the list");
}

static enum step check_values(struct exchange *x, const cJSON *change)
{
    static const char *const texts[] = {"environmental_certification",
                                        "anticipated_costs",
                                        "job_client",
                                        "job_description",
                                        "job_link",
                                        "job_reference",
                                        "material_required_at",
                                        NULL};
    cJSON *errors = cJSON_CreateObject();
    const cJSON *amount = json_member(change, "amount"), *shown = json_member(change, "visible_in_web");
    const cJSON *references = json_member(change, "references");
    const char *date = json_string(change, "material_required_at");
    const char *problem = amount == NULL || cJSON_IsNull(amount) ? NULL : zaikio_amount_problem(amount);
    if (problem != NULL)
        zaikio_add_error(x, errors, "", "amount", problem);
    for (const char *const *name = texts; *name != NULL; name++)
        judge_text(x, change, *name, errors);
    if (date != NULL && !zaikio_begins_with_date(date))
        zaikio_add_error(x, errors, "", "material_required_at", "is invalid");
    if (shown != NULL && !cJSON_IsNull(shown) && !cJSON_IsBool(shown))
        zaikio_add_error(x, errors, "", "visible_in_web", "is invalid");
    judge_named(x, json_member(change, "variant_id"), "skus", "variant_id", "variant", errors);
    judge_named(x, json_member(change, "supplier_id"), "suppliers", "id", "supplier", errors);
    zaikio_judge_site(x, json_member(change, "site_id"), "", errors);
    judge_unit(x, json_member(change, "unit"), errors);
    judge_preferences(x, json_member(change, "sku_preference_ids"), errors);
    zaikio_judge_references(x, cJSON_IsNull(references) ? NULL : references, "", errors);
    return zaikio_refuse_errors(x, errors);
}

/* ── What is written ───────────────────────────────────────────────────────────────────────────────────────────── */

static void write_member(struct exchange *x, cJSON *entry, const char *name, const cJSON *value)
{
    int64_t amount = 0;
    if (strcmp(name, "references") == 0)
        zaikio_change_references(entry, value);
    else if (json_integral(value, &amount))
        json_set_integer(entry, name, amount);
    else if (strcmp(name, "material_required_at") == 0 && cJSON_IsString(value)) /* a date, whatever follows it */
        json_set_string(entry, name, arena_dup_bytes(x->arena, value->valuestring, 10));
    else
        json_set(entry, name, cJSON_Duplicate(value, true));
}

static bool is_other(const cJSON *entry, const char *name, const cJSON *value)
{
    return value != NULL && !zaikio_is_echo(json_member(entry, name), value);
}

/* Whether the change has another value for anything; it is then written, unless `entry` shall stay. */
static bool apply(struct exchange *x, const cJSON *change, cJSON *entry, bool stay)
{
    bool differs = false;
    for (const char *const *name = permitted; *name != NULL; name++) {
        const cJSON *value = json_member(change, *name);
        bool is_change = is_other(entry, *name, value);
        differs = differs || is_change;
        if (is_change && !stay)
            write_member(x, entry, *name, value);
    }
    return differs;
}

/* ── POST ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_new_requirement(struct exchange *x)
{
    if (zaikio_v2_validate(x) == STEP_REPLY || zaikio_check_body(x, ROOT, permitted) == STEP_REPLY)
        return STEP_REPLY;
    return check_values(x, zaikio_change(x, ROOT));
}

/* Without a site it goes to the first one that the organisation has, as recorded. */
void zaikio_render_new_requirement(struct exchange *x)
{
    const struct maker maker = exchange_maker(x);
    const cJSON *change = zaikio_change(x, ROOT);
    cJSON *entry = cJSON_CreateObject();
    zaikio_set_id(x, entry);
    json_set_string(entry, "consumer_id", zaikio_organisation(x));
    json_set_string(entry, "site_id", json_string(zaikio_first_site(x), "id"));
    zaikio_set_references(&maker, entry, "MR", NULL);
    apply(x, change, entry, false);
    zaikio_set_stamps(x, entry);
    zaikio_keep_requirement(x, entry);
    zaikio_show_requirement(x, entry);
    cJSON_Delete(entry);
    zaikio_render_created(x);
}

/* ── What a path names ─────────────────────────────────────────────────────────────────────────────────────────── */

static enum step find(struct exchange *x, cJSON **entry)
{
    const char *id = exchange_param(x, "material_requirement_id");
    *entry = zaikio_requirement(x, id);
    if (*entry != NULL)
        return STEP_NEXT;
    return zaikio_refuse_not_found(x, &(struct reason){"6: material requirement unknown", "material_requirement_id",
                                                       "the id of a material requirement", id});
}

/* `problem` is that of one that has been ordered. A draft that has an order is in one that is not placed. */
static enum step check_free(struct exchange *x, const cJSON *entry, const char *problem)
{
    const struct order *order = zaikio_order_for(x, json_string_or(entry, "id", ""));
    const char *state = zaikio_requirement_state(order);
    if (order == NULL)
        return STEP_NEXT;
    bool is_draft = strcmp(state, "draft") == 0;
    const char *id = arena_dup(x->arena, order->id);
    order_drop(order);
    return exchange_refuse(
        x, 422, is_draft ? zaikio_error_field("order", "must be blank") : zaikio_error_field("base", problem),
        &(struct reason){"8.3: what is in an order stays as it is", "order", "none", id});
}

/* ── PATCH ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_requirement_change(struct exchange *x)
{
    cJSON *entry = NULL;
    if (zaikio_v2_validate(x) == STEP_REPLY || zaikio_check_body(x, ROOT, permitted) == STEP_REPLY ||
        find(x, &entry) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *change = zaikio_change(x, ROOT);
    enum step step = STEP_NEXT;
    if (apply(x, change, entry, true))
        step = check_free(x, entry, "can only be changed in draft state") == STEP_REPLY ? STEP_REPLY
                                                                                        : check_values(x, change);
    cJSON_Delete(entry);
    return step;
}

static void answer_kept(struct exchange *x, cJSON *entry, bool changed)
{
    if (changed) {
        zaikio_touch(x, entry);
        zaikio_keep_requirement(x, entry);
    }
    zaikio_show_requirement(x, entry);
    cJSON_Delete(entry);
    zaikio_render_shown(x);
}

void zaikio_render_requirement_change(struct exchange *x)
{
    cJSON *entry = NULL;
    if (find(x, &entry) == STEP_NEXT)
        answer_kept(x, entry, apply(x, zaikio_change(x, ROOT), entry, false));
}

/* ── DELETE, and out of the list ───────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_requirement_delete(struct exchange *x)
{
    cJSON *entry = NULL;
    if (zaikio_v2_validate(x) == STEP_REPLY || find(x, &entry) == STEP_REPLY)
        return STEP_REPLY;
    enum step step = check_free(x, entry, "can only be deleted in draft state");
    cJSON_Delete(entry);
    return step;
}

void zaikio_render_requirement_delete(struct exchange *x)
{
    cJSON *entry = NULL;
    if (find(x, &entry) == STEP_REPLY)
        return;
    json_set_bool(entry, "is_deleted", true);
    zaikio_keep_requirement(x, entry);
    cJSON_Delete(entry);
    zaikio_render_deleted(x);
}

void zaikio_render_requirement_archive(struct exchange *x)
{
    cJSON *entry = NULL;
    if (find(x, &entry) == STEP_REPLY)
        return;
    bool changed = !json_true(entry, "is_archived");
    json_set_bool(entry, "is_archived", true);
    answer_kept(x, entry, changed);
}
