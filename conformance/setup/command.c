/* Credentials, arguments, and what is around them. */
#include "setup/command.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check/fill.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

/* Merges a row's text over an object. */
static int merge(struct world *world, cJSON *target, const char *text)
{
    if (text == NULL)
        return 0;
    cJSON *patch = world_filled(world, text);
    if (patch != NULL)
        json_merge(target, patch);
    cJSON_Delete(patch);
    return patch != NULL ? 0 : -1;
}

/* Those members of all credentials that a plain run gets. */
static cJSON *plain_credentials(const struct world *world)
{
    const char *names = world->table->profile.credentials;
    const cJSON *all = json_member(world->names, "all_credentials");
    if (names == NULL)
        return cJSON_Duplicate(all, true);
    cJSON *some = cJSON_CreateObject();
    for (const char *at = names; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        char *name = mem_dup_bytes(at, length);
        const cJSON *value = json_member(all, name);
        if (value != NULL)
            json_set(some, name, cJSON_Duplicate(value, true));
        free(name);
        at += length;
    }
    return some;
}

static int make_credentials(struct world *world, cJSON *command)
{
    cJSON *credentials = plain_credentials(world);
    json_set(command, "credentials", credentials);
    if (merge(world, credentials, world->check->given.credentials) < 0)
        return -1;
    json_set(world->names, "credentials", cJSON_Duplicate(credentials, true));
    return 0;
}

static int make_arguments(struct world *world, cJSON *command)
{
    const struct profile *profile = &world->table->profile;
    cJSON *arguments = world_filled(world, profile->arguments);
    if (arguments == NULL)
        return -1;
    json_set(command, "arguments", arguments);
    if (profile->complete != NULL)
        profile->complete(arguments, world->order, json_member(world->providers, profile->provider));
    return merge(world, arguments, world->check->given.arguments);
}

static int add_filled(struct world *world, cJSON *command, const char *name, const char *text)
{
    char *missing = NULL;
    char *value = fill_text(text, world->names, &missing);
    if (value == NULL)
        world_fail(world, mem_print("no such placeholder: {%s}", missing));
    else
        json_set_string(command, name, value);
    free(missing);
    free(value);
    return value != NULL ? 0 : -1;
}

static int make_state_dir(struct world *world)
{
    world->state_dir = mem_print("%s/state", world->folder);
    return mkdir(world->state_dir, 0700) == 0
               ? 0
               : world_fail(world, mem_print("cannot make the folder %s", world->state_dir));
}

/* The harness's own address without TLS is for tests; one that a row writes is what a user might have configured. */
static bool allows_http(const struct given *given)
{
    return given->tls == NULL && (given->base_url == NULL || strncmp(given->base_url, "http://", 7) != 0);
}

int command_make(struct world *world)
{
    const struct given *given = &world->check->given;
    cJSON *command = world->command = cJSON_CreateObject();
    json_set_string(command, "cmd", "run");
    json_set_string(command, "provider", world_provider(world));
    if (add_filled(world, command, "operation", given->operation != NULL ? given->operation : "cancel") < 0 ||
        add_filled(world, command, "base_url", given->base_url != NULL ? given->base_url : "{base_url}") < 0)
        return -1;
    world->base_url = mem_dup(json_string(command, "base_url"));
    if (make_credentials(world, command) < 0 || make_arguments(world, command) < 0 || make_state_dir(world) < 0)
        return -1;
    json_set_integer(command, "deadline_ms", given->deadline_ms > 0 ? given->deadline_ms : COMMAND_DEADLINE_MS);
    cJSON *options = cJSON_AddObjectToObject(command, "options");
    char *ca_file = given->tls == NULL ? NULL : mem_print("%s/ca.pem", world->ca_dir);
    json_set_string(options, "ca_file", ca_file);
    json_set_bool(options, "allow_http", allows_http(given));
    free(ca_file);
    json_set_string(options, "state_dir", world->state_dir);
    return merge(world, command, given->command);
}

int command_make_again(struct world *world)
{
    const struct again *again = &world->check->given.again;
    cJSON *credentials = json_member_mut(world->command, "credentials");
    if (merge(world, json_member_mut(world->command, "arguments"), again->arguments) < 0 ||
        merge(world, credentials, again->credentials) < 0)
        return -1;
    cJSON_ReplaceItemInObjectCaseSensitive(world->names, "credentials", cJSON_Duplicate(credentials, true));
    return 0;
}
