/*
 * Dükkango: the restaurants that a key covers, and whether they are open (3).
 *
 * A restaurant that is closed is a switch of the session: closing sets it, opening clears it, a reset opens every
 * restaurant, and no clock does, wherever it is set. Orders do not ask for it: new ones come from the control API, and
 * those in progress are to be completed even after closing.
 */
#include <string.h>

#include "base/ids.h"
#include "providers/dukkango/dukkango.h"

/* ── The list ──────────────────────────────────────────────────────────────────────────────────────────────────── */

void dukkango_render_restaurants(struct exchange *x)
{
    const cJSON *all = json_member(exchange_fixture(x), "restaurants");
    cJSON *list = cJSON_CreateArray();
    for (const cJSON *entry = all == NULL ? NULL : all->child; entry != NULL; entry = entry->next) {
        if (strcmp(json_string_or(entry, "account", ""), x->account) != 0)
            continue;
        cJSON *restaurant = cJSON_CreateObject();
        json_set_string(restaurant, "id", json_string(entry, "id"));
        json_set_string(restaurant, "name", json_string(entry, "name"));
        cJSON_AddItemToArray(list, restaurant);
    }
    dukkango_answer(x, list);
}

/* ── Open and closed ───────────────────────────────────────────────────────────────────────────────────────────── */

static const char *closed_switch(struct exchange *x)
{
    return arena_print(x->arena, "closed %s", exchange_param(x, "rest_id"));
}

/* 6: a bad id or one that is not yours is 403, an unknown one 404. */
enum step dukkango_validate_restaurant(struct exchange *x)
{
    const char *id = exchange_param(x, "rest_id");
    if (!uuid_is_valid(id))
        return dukkango_refuse_url(x, KNOB_NON_UUID_PATH, DUKKANGO_RESTAURANT_NOT_FOUND,
                                   &(struct reason){"6: the id of a restaurant is a UUID", "rest_id", "a UUID", id});
    const cJSON *restaurant = dukkango_restaurant_named(exchange_fixture(x), id);
    if (restaurant == NULL)
        return exchange_refuse(x, 404, dukkango_failure(DUKKANGO_RESTAURANT_NOT_FOUND, NULL),
                               &(struct reason){"6: restaurant not found", "rest_id", "a known restaurant", id});
    const char *owner = json_string_or(restaurant, "account", "");
    if (strcmp(owner, x->account) != 0)
        return dukkango_refuse_url(x, KNOB_FOREIGN_ORDER, DUKKANGO_RESTAURANT_NOT_FOUND,
                                   &(struct reason){"6: another's restaurant", "rest_id", x->account, owner});
    return STEP_NEXT;
}

void dukkango_render_restaurant_status(struct exchange *x)
{
    bool closed = exchange_switch_is_on(x, closed_switch(x));
    dukkango_answer(x, cJSON_CreateString(closed ? "Closed" : "Open"));
}

void dukkango_render_restaurant_open(struct exchange *x)
{
    exchange_switch(x, closed_switch(x), false);
    dukkango_render_ok(x);
}

void dukkango_render_restaurant_close(struct exchange *x)
{
    exchange_switch(x, closed_switch(x), true);
    dukkango_render_ok(x);
}
