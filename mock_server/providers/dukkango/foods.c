/*
 * Dükkango: the menu of the restaurants that a key covers, and which of it is on (8).
 *
 *     GET /foods/get-foods                     200 {"status":true,"data":[{"food_id":101,"name":"Adana Kebap",…}]}
 *     PUT /foods/status-passive/{food_id}      200 {"status":true,"data":"OK"}
 *     PUT /foods/status-active/{food_id}
 *
 * A point of sale that cancels an order because something has run out switches that food off next (page 1. Product Out
 * of Stock (reason_id: 1)). A food that is off is a switch of the session, as a closed restaurant is. No member of a
 * food tells it, so whether one that is off stays in the list is open (passive_food). Orders are not asked for it:
 * those that are there are to be completed, and new ones come from the control API.
 *
 * The menu may be asked for once in 30 seconds, by a timer of its own (6, 9 A20). What an unknown food answers stands
 * in the general table of errors alone: a bad id and what is not yours are 403.
 */
#include <string.h>

#include "base/number.h"
#include "providers/dukkango/dukkango.h"

static const char *passive_switch(struct exchange *x, int64_t food_id)
{
    return arena_print(x->arena, "passive %lld", (long long)food_id);
}

static int64_t id_of(const cJSON *food)
{
    int64_t id = 0;
    json_integer(json_member(food, "food_id"), &id);
    return id;
}

/* ── The list ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step dukkango_validate_foods(struct exchange *x)
{
    return dukkango_enter_cooldown(x, "get-foods", exchange_knob(x, KNOB_GET_FOODS_COOLDOWN_S));
}

static bool is_shown(struct exchange *x, const cJSON *food)
{
    if (strcmp(dukkango_owner_of(exchange_fixture(x), food), x->account) != 0)
        return false;
    return exchange_knob(x, KNOB_PASSIVE_FOOD) == PASSIVE_LISTED ||
           !exchange_switch_is_on(x, passive_switch(x, id_of(food)));
}

void dukkango_render_foods(struct exchange *x)
{
    const cJSON *all = json_member(exchange_fixture(x), "foods");
    cJSON *list = cJSON_CreateArray();
    for (const cJSON *food = all == NULL ? NULL : all->child; food != NULL; food = food->next)
        if (is_shown(x, food))
            cJSON_AddItemToArray(list, cJSON_Duplicate(food, true));
    dukkango_answer(x, list);
}

/* ── On and off ────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_food(struct exchange *x, const char *rule, const char *expected, const char *actual)
{
    return dukkango_refuse_url(x, KNOB_UNKNOWN_FOOD, DUKKANGO_BAD_URL,
                               &(struct reason){rule, "food_id", expected, actual});
}

enum step dukkango_validate_food(struct exchange *x)
{
    const char *named = exchange_param(x, "food_id");
    int64_t *food_id = x->scratch = arena_alloc(x->arena, sizeof *food_id);
    if (!number_read(named, 0, JSON_INTEGER_MAX, food_id))
        return refuse_food(x, "8: the id of a food is an integer", "an integer", named);
    const cJSON *food = json_member(exchange_fixture(x), "foods");
    for (food = food == NULL ? NULL : food->child; food != NULL && id_of(food) != *food_id;)
        food = food->next;
    if (food == NULL)
        return refuse_food(x, "6: food unknown", "a food_id of get-foods", named);
    const char *owner = dukkango_owner_of(exchange_fixture(x), food);
    if (strcmp(owner, x->account) != 0)
        return refuse_food(x, "6: another's food", x->account, owner);
    return STEP_NEXT;
}

static void set_passive(struct exchange *x, bool passive)
{
    const int64_t *food_id = x->scratch;
    exchange_switch(x, passive_switch(x, *food_id), passive);
    dukkango_render_ok(x);
}

void dukkango_render_food_active(struct exchange *x)
{
    set_passive(x, false);
}

void dukkango_render_food_passive(struct exchange *x)
{
    set_passive(x, true);
}
