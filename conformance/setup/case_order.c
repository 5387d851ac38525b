/*
 * The order of a case.
 *
 * A mock that was reset draws the same ids again. A client that remembers what it cancelled would then answer the next
 * case from its memory, and a late request of one case could not be told from the requests of the next. So every order
 * gets an id that no case of this worker had before (earlier.h), in the form that this provider's ids have, unless the
 * row itself names one.
 */
#include "setup/case_order.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

#define DRAWS_MAX 1000

char *case_order_path(const struct world *world)
{
    const char *id = json_string(world->order, "id");
    return mem_print("/_mock/orders/%s/%s", world->table->profile.provider, id != NULL ? id : "");
}

char *case_order_state(struct world *world)
{
    if (world->order == NULL)
        return NULL;
    char *path = case_order_path(world);
    cJSON *order = NULL;
    int status = world_call(world->server, "GET", path, NULL, &order);
    free(path);
    const char *state = json_string(order, "state");
    char *text = mem_dup(status == 404 ? STATE_GONE : state != NULL ? state : "(unreadable)");
    cJSON_Delete(order);
    return text;
}

/* The same form with other characters: digits stay digits, the letters of a UUID stay hexadecimal. */
static char *redrawn(const char *id)
{
    char *drawn = mem_dup(id);
    size_t length = strlen(id);
    unsigned char *noise = mem_zero(length, 1);
    bool hexadecimal = strspn(id, "0123456789abcdef-") == length && strchr(id, '-') != NULL;
    bool decimal = strspn(id, "0123456789") == length;
    if (getrandom(noise, length, 0) == (ssize_t)length)
        for (size_t i = 0; i < length && (hexadecimal || decimal); i++)
            if (id[i] != '-' && !(hexadecimal && i == 14)) /* the version of a UUID */
                drawn[i] = hexadecimal ? "0123456789abcdef"[noise[i] % 16] : "123456789"[noise[i] % 9];
    if (hexadecimal && length > 19)
        drawn[19] = "89ab"[noise[19] % 4]; /* its variant */
    free(noise);
    return drawn;
}

static int post_order(struct world *world, const cJSON *body, cJSON **out)
{
    char *path = mem_print("/_mock/orders/%s", world_provider(world));
    int done = world_steer(world, "POST", path, body, out);
    free(path);
    return done;
}

/* An id of the form that the mock draws: one order is made for its id and taken away again. Asked once a provider. */
static const char *id_form(struct world *world)
{
    const char *provider = world_provider(world);
    if (world->id_forms == NULL)
        world->id_forms = cJSON_CreateObject();
    if (json_member(world->id_forms, provider) == NULL) {
        cJSON *empty = cJSON_CreateObject();
        if (post_order(world, empty, &world->order) == 0) {
            char *path = case_order_path(world);
            json_set_string(world->id_forms, provider, json_string(world->order, "id"));
            world_steer(world, "DELETE", path, NULL, NULL);
            free(path);
        }
        cJSON_Delete(world->order);
        world->order = NULL;
        cJSON_Delete(empty);
    }
    return json_string(world->id_forms, provider);
}

/* An id that no case of this worker had before, to be freed; NULL when the form leaves none to be found. */
static char *fresh_id(struct world *world, const char *form)
{
    for (int i = 0; i < DRAWS_MAX; i++) {
        char *id = redrawn(form);
        if (earlier_draw(&world->earlier, world_provider(world), id))
            return id;
        free(id);
    }
    return NULL;
}

static int add_id(struct world *world, cJSON *body)
{
    const char *named = json_string(body, "id");
    if (named != NULL)
        earlier_draw(&world->earlier, world_provider(world), named);
    if (json_member(body, "id") != NULL)
        return 0;
    const char *form = id_form(world);
    if (form == NULL)
        return world_fail(world, mem_dup("the mock makes no order"));
    char *id = fresh_id(world, form);
    if (id == NULL)
        return world_fail(world, mem_print("no id of the form %s is left", form));
    json_set_string(body, "id", id);
    free(id);
    return 0;
}

int case_order_raise_event(struct world *world, const char *event)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "event", event);
    char *order = case_order_path(world);
    char *path = mem_print("%s/events", order);
    int done = world_steer(world, "POST", path, body, NULL);
    free(order);
    free(path);
    cJSON_Delete(body);
    return done;
}

static void name_order(struct world *world)
{
    json_set_string(world->names, "order_id", json_string(world->order, "id"));
    json_set(world->names, "order", cJSON_Duplicate(world->order, true));
    json_set(world->names, "document", cJSON_Duplicate(json_member(world->order, "document"), true));
}

int case_order_make(struct world *world)
{
    const struct given *given = &world->check->given;
    if (given->order_id != NULL) {
        json_set_string(world->names, "order_id", given->order_id);
        return 0;
    }
    cJSON *body = world_filled(world, given->order != NULL ? given->order : "{}");
    int done = body != NULL && add_id(world, body) == 0 ? post_order(world, body, &world->order) : -1;
    cJSON_Delete(body);
    if (done < 0)
        return -1;
    name_order(world);
    for (int i = 0; i < CHECK_EVENTS_MAX && given->events[i] != NULL; i++)
        if (case_order_raise_event(world, given->events[i]) < 0)
            return -1;
    return 0;
}
