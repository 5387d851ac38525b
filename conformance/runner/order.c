/*
 * The order of a case.
 *
 * A mock that was reset draws the same ids again. A client that remembers what it cancelled would then answer the next
 * case from its memory, and a late request of one case could not be told from the requests of the next. So every order
 * gets an id that no case of this worker had before (past.h), in the form that this provider's ids have, unless the row
 * itself names one.
 */
#include "runner/given.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "support/doc.h"
#include "support/memory.h"

#define DRAWS_MAX 1000

/* The same form with other characters: digits stay digits, the letters of a UUID stay hexadecimal. */
static char *redrawn(const char *id)
{
    char *drawn = must_copy(id);
    size_t length = strlen(id);
    unsigned char *noise = must_alloc(length, 1);
    bool hexadecimal = strspn(id, "0123456789abcdef-") == length && strchr(id, '-');
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
    char *path = must_format("/_mock/orders/%s", given_provider_of(world));
    int done = given_steer(world, "POST", path, body, out);
    free(path);
    return done;
}

/* An id of the form that the mock draws: one order is made for its id and taken away again. Asked once a provider. */
static const char *id_form(struct world *world)
{
    const char *provider = given_provider_of(world);
    if (!world->id_forms)
        world->id_forms = cJSON_CreateObject();
    if (!doc_member(world->id_forms, provider)) {
        cJSON *empty = cJSON_CreateObject();
        if (post_order(world, empty, &world->order) == 0) {
            char *path = world_order_path(world);
            doc_add_string(world->id_forms, provider, doc_string(world->order, "id"));
            given_steer(world, "DELETE", path, NULL, NULL);
            free(path);
        }
        cJSON_Delete(world->order);
        world->order = NULL;
        cJSON_Delete(empty);
    }
    return doc_string(world->id_forms, provider);
}

/* An id that no case of this worker had before, to be freed; NULL when the form leaves none to be found. */
static char *fresh_id(struct world *world, const char *form)
{
    for (int i = 0; i < DRAWS_MAX; i++) {
        char *id = redrawn(form);
        if (past_draw(&world->past, given_provider_of(world), id))
            return id;
        free(id);
    }
    return NULL;
}

static int add_id(struct world *world, cJSON *body)
{
    const char *named = doc_string(body, "id");
    if (named)
        past_draw(&world->past, given_provider_of(world), named);
    if (doc_member(body, "id"))
        return 0;
    const char *form = id_form(world);
    if (!form)
        return given_fail(world, must_copy("the mock makes no order"));
    char *id = fresh_id(world, form);
    if (!id)
        return given_fail(world, must_format("no id of the form %s is left", form));
    doc_add_string(body, "id", id);
    free(id);
    return 0;
}

int given_raise_event(struct world *world, const char *event)
{
    cJSON *body = cJSON_CreateObject();
    doc_add_string(body, "event", event);
    char *order = world_order_path(world);
    char *path = must_format("%s/events", order);
    int done = given_steer(world, "POST", path, body, NULL);
    free(order);
    free(path);
    cJSON_Delete(body);
    return done;
}

static void name_order(struct world *world)
{
    doc_add_string(world->names, "order_id", doc_string(world->order, "id"));
    doc_add(world->names, "order", cJSON_Duplicate(world->order, true));
    doc_add(world->names, "document", cJSON_Duplicate(doc_member(world->order, "document"), true));
}

int given_make_order(struct world *world)
{
    const struct given *given = &world->check->given;
    if (given->order_id) {
        doc_add_string(world->names, "order_id", given->order_id);
        return 0;
    }
    cJSON *body = given_filled(world, given->order ? given->order : "{}");
    int done = body && add_id(world, body) == 0 ? post_order(world, body, &world->order) : -1;
    cJSON_Delete(body);
    if (done < 0)
        return -1;
    name_order(world);
    for (int i = 0; i < CHECK_EVENTS_MAX && given->events[i]; i++)
        if (given_raise_event(world, given->events[i]) < 0)
            return -1;
    return 0;
}
