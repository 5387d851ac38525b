/*
 * The row's `given`, step by step: reset, names, order, events, knobs, command, faults. Each step either goes on or
 * leaves a sentence in world->problem; whatever fails here is our own mistake and never the client's.
 */
#include "setup/setup.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "setup/case_order.h"
#include "setup/command.h"
#include "setup/names.h"

/* ── Knobs and faults ────────────────────────────────────────────────────────────────────────────────────────────── */

static int set_knobs(struct world *world)
{
    if (world->check->given.knobs == NULL)
        return 0;
    cJSON *body = world_filled(world, world->check->given.knobs);
    char *path = mem_print("/_mock/knobs/%s", world_provider(world));
    int done = body != NULL ? world_steer(world, "PATCH", path, body, NULL) : -1;
    free(path);
    cJSON_Delete(body);
    return done;
}

/* What a row need not say of a fault: when, and whom it hits. */
static void complete_fault(const struct world *world, cJSON *fault)
{
    if (json_member(fault, "phase") == NULL)
        json_set_string(fault, "phase", "before_commit");
    cJSON *match = json_member_mut(fault, "match");
    if (match == NULL) {
        match = cJSON_AddObjectToObject(fault, "match");
        const char *operations = world->table->profile.cancel_operations;
        char *first = mem_dup_bytes(operations, strcspn(operations, " "));
        json_set_string(match, "operation", first);
        free(first);
    }
    if (cJSON_IsObject(match) && json_member(match, "provider") == NULL)
        json_set_string(match, "provider", world_provider(world));
}

static int arm_fault(struct world *world, const char *text)
{
    cJSON *fault = world_filled(world, text);
    if (fault == NULL)
        return -1;
    complete_fault(world, fault);
    int done = world_steer(world, "POST", "/_mock/faults", fault, NULL);
    cJSON_Delete(fault);
    return done;
}

static int arm_faults(struct world *world)
{
    const struct given *given = &world->check->given;
    for (int i = 0; i < CHECK_FAULTS_MAX && given->faults[i] != NULL; i++)
        if (arm_fault(world, given->faults[i]) < 0)
            return -1;
    return 0;
}

/* ── TLS ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A port of this case, in place of the plain one. */
static int open_tls(struct world *world)
{
    const char *manner = world->check->given.tls;
    if (manner == NULL)
        return 0;
    cJSON *body = cJSON_CreateObject(), *listener = NULL;
    json_set_string(body, "tls", manner);
    int done = world_steer(world, "POST", "/_mock/listeners", body, &listener);
    const char *url = json_string(json_member(listener, "base_urls"), world_provider(world));
    if (done == 0)
        cJSON_ReplaceItemInObjectCaseSensitive(world->names, "base_url", cJSON_CreateString(url == NULL ? "" : url));
    cJSON_Delete(listener);
    cJSON_Delete(body);
    return done;
}

/* ── All ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int reset(struct world *world)
{
    if (world->wants_other && world_start_other(world) < 0)
        return -1;
    if (world->other != NULL && world_call(world->other, "POST", "/_mock/reset", NULL, NULL) != 204)
        return world_fail(world, mem_dup("the second mock server does not reset"));
    return world_steer(world, "POST", "/_mock/reset", NULL, NULL);
}

int setup_prepare(struct world *world, const struct check_table *table, const struct check *check)
{
    world_clear(world);
    world->table = table;
    world->check = check;
    world->wants_other = names_want_other(check);
    if (reset(world) < 0 || names_make(world) < 0 || open_tls(world) < 0 || case_order_make(world) < 0 ||
        set_knobs(world) < 0 || command_make(world) < 0 || arm_faults(world) < 0)
        return -1;
    world->since = world_next_request(world->server);
    world->other_since = world->other != NULL ? world_next_request(world->other) : 0;
    return 0;
}

static int patch_order(struct world *world, const char *text)
{
    cJSON *body = world_filled(world, text);
    char *path = case_order_path(world);
    int done = body != NULL ? world_steer(world, "PATCH", path, body, NULL) : -1;
    free(path);
    cJSON_Delete(body);
    return done;
}

static int replace_faults(struct world *world, const char *text)
{
    if (world_steer(world, "DELETE", "/_mock/faults", NULL, NULL) < 0)
        return -1;
    return *text ? arm_fault(world, text) : 0;
}

int setup_prepare_again(struct world *world)
{
    const struct again *again = &world->check->given.again;
    if (command_make_again(world) < 0)
        return -1;
    if (again->event != NULL && case_order_raise_event(world, again->event) < 0)
        return -1;
    if (again->patch != NULL && patch_order(world, again->patch) < 0)
        return -1;
    return again->fault != NULL ? replace_faults(world, again->fault) : 0;
}
