/*
 * The row's `given`, step by step: reset, names, order, events, knobs, faults, credentials, arguments, command. Each
 * step either goes on or leaves a sentence in world->problem; whatever fails here is our own mistake and never the
 * client's.
 */
#include "runner/given.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "support/doc.h"
#include "support/fill.h"
#include "support/memory.h"

#define DEEP        50000
#define DEADLINE_MS 3000

int given_fail(struct world *world, char *problem)
{
    free(world->problem);
    world->problem = problem;
    return -1;
}

const char *given_provider_of(const struct world *world)
{
    return world->table->profile.provider;
}

/* Fills the placeholders and parses; NULL with the problem set. */
cJSON *given_filled(struct world *world, const char *text)
{
    char *missing = NULL;
    char *json = fill_json(text, world->names, &missing);
    if (!json) {
        given_fail(world, must_format("no such placeholder: {%s}", missing));
        free(missing);
        return NULL;
    }
    cJSON *node = doc_parse(json, strlen(json));
    if (!node)
        given_fail(world, must_format("this is no JSON: %.200s", json));
    free(json);
    return node;
}

/* A control call that must answer 2xx. */
int given_steer(struct world *world, const char *method, const char *path, const cJSON *body, cJSON **out)
{
    char *json = body ? doc_print(body) : NULL;
    cJSON *answer = NULL;
    int status = world_call(world->server, method, path, json, &answer);
    bool good = status >= 200 && status < 300;
    if (!good) {
        char *text = doc_print(answer);
        given_fail(world,
                   must_format("the mock answers %d to %s %s %s: %s", status, method, path, json ? json : "", text));
        free(text);
    }
    if (good && out)
        *out = answer;
    else
        cJSON_Delete(answer);
    free(json);
    return good ? 0 : -1;
}

/* -- names ------------------------------------------------------------------------------------------------------ */

static char *draw_nonce(void)
{
    unsigned char bytes[6];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        memset(bytes, 0x5a, sizeof bytes);
    return must_format("n-%02x%02x%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
}

static void add_deep(cJSON *names)
{
    char *deep = must_alloc(DEEP + 1, 1);
    memset(deep, '[', DEEP);
    doc_add_string(names, "deep", deep);
    free(deep);
}

/* The base URL with another port. */
static char *with_port(const char *url, int port)
{
    const char *host = strstr(url, "://");
    const char *colon = host ? strchr(host + 3, ':') : NULL;
    if (!colon)
        return must_copy(url);
    const char *path = strchr(colon, '/');
    return must_format("%.*s:%d%s", (int)(colon - url), url, port, path ? path : "");
}

static int make_names(struct world *world)
{
    const cJSON *provider = doc_member(world->providers, given_provider_of(world));
    const char *base_url = doc_string(provider, "base_url");
    const cJSON *credentials = doc_member(provider, "credentials");
    if (!base_url || !cJSON_IsObject(credentials))
        return given_fail(world, must_format("the mock does not serve %s", given_provider_of(world)));
    world->names = cJSON_CreateObject();
    char *nonce = draw_nonce();
    char *closed_url = with_port(base_url, world->closed_port);
    char *port = must_format("%d", (int)mock_server_port(world->server));
    doc_add_string(world->names, "nonce", nonce);
    doc_add_string(world->names, "base_url", base_url);
    doc_add_string(world->names, "closed_url", closed_url);
    doc_add_string(world->names, "port", port);
    doc_add(world->names, "all_credentials", cJSON_Duplicate(credentials, true));
    if (world->other)
        doc_add_string(world->names, "other_url", mock_server_url(world->other));
    if (strstr(world->check->given.faults[0] ? world->check->given.faults[0] : "", "{deep}"))
        add_deep(world->names);
    free(nonce);
    free(closed_url);
    free(port);
    return 0;
}

static bool mentions_other(const char *text)
{
    return text && strstr(text, "{other_url}");
}

bool given_wants_other(const struct check *check)
{
    bool wants = mentions_other(check->given.base_url) || mentions_other(check->given.order) ||
                 mentions_other(check->given.arguments) || mentions_other(check->given.again.fault);
    for (int i = 0; i < CHECK_FAULTS_MAX; i++)
        wants = wants || mentions_other(check->given.faults[i]);
    return wants;
}

/* -- knobs and faults ------------------------------------------------------------------------------------------- */

static int turn_knobs(struct world *world)
{
    if (!world->check->given.knobs)
        return 0;
    cJSON *body = given_filled(world, world->check->given.knobs);
    char *path = must_format("/_mock/knobs/%s", given_provider_of(world));
    int done = body ? given_steer(world, "PATCH", path, body, NULL) : -1;
    free(path);
    cJSON_Delete(body);
    return done;
}

/* What a row need not say of a fault: when, and whom it hits. */
static void complete_fault(const struct world *world, cJSON *fault)
{
    if (!doc_member(fault, "phase"))
        doc_add_string(fault, "phase", "before_commit");
    cJSON *match = doc_member(fault, "match");
    if (!match) {
        match = cJSON_AddObjectToObject(fault, "match");
        const char *operations = world->table->profile.cancel_operations;
        char *first = must_copy_bytes(operations, strcspn(operations, " "));
        doc_add_string(match, "operation", first);
        free(first);
    }
    if (cJSON_IsObject(match) && !doc_member(match, "provider"))
        doc_add_string(match, "provider", given_provider_of(world));
}

static int arm_fault(struct world *world, const char *text)
{
    cJSON *fault = given_filled(world, text);
    if (!fault)
        return -1;
    complete_fault(world, fault);
    int done = given_steer(world, "POST", "/_mock/faults", fault, NULL);
    cJSON_Delete(fault);
    return done;
}

static int arm_faults(struct world *world)
{
    const struct given *given = &world->check->given;
    for (int i = 0; i < CHECK_FAULTS_MAX && given->faults[i]; i++)
        if (arm_fault(world, given->faults[i]) < 0)
            return -1;
    return 0;
}

/* -- the command ------------------------------------------------------------------------------------------------ */

/* Merges a row's text over an object. */
static int merge(struct world *world, cJSON *target, const char *text)
{
    if (!text)
        return 0;
    cJSON *patch = given_filled(world, text);
    if (patch)
        doc_merge(target, patch);
    cJSON_Delete(patch);
    return patch ? 0 : -1;
}

/* Those members of all credentials that a plain run gets. */
static cJSON *plain_credentials(const struct world *world)
{
    const char *names = world->table->profile.credentials;
    const cJSON *all = doc_member(world->names, "all_credentials");
    if (!names)
        return cJSON_Duplicate(all, true);
    cJSON *some = cJSON_CreateObject();
    for (const char *at = names; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        char *name = must_copy_bytes(at, length);
        const cJSON *value = doc_member(all, name);
        if (value)
            doc_add(some, name, cJSON_Duplicate(value, true));
        free(name);
        at += length;
    }
    return some;
}

static int make_credentials(struct world *world, cJSON *command)
{
    cJSON *credentials = plain_credentials(world);
    doc_add(command, "credentials", credentials);
    if (merge(world, credentials, world->check->given.credentials) < 0)
        return -1;
    doc_add(world->names, "credentials", cJSON_Duplicate(credentials, true));
    return 0;
}

static int make_arguments(struct world *world, cJSON *command)
{
    const struct profile *profile = &world->table->profile;
    cJSON *arguments = given_filled(world, profile->arguments);
    if (!arguments)
        return -1;
    doc_add(command, "arguments", arguments);
    if (profile->complete)
        profile->complete(arguments, world->order, doc_member(world->providers, profile->provider));
    return merge(world, arguments, world->check->given.arguments);
}

static int add_filled(struct world *world, cJSON *command, const char *name, const char *text)
{
    char *missing = NULL;
    char *value = fill_text(text, world->names, &missing);
    if (!value)
        given_fail(world, must_format("no such placeholder: {%s}", missing));
    else
        doc_add_string(command, name, value);
    free(missing);
    free(value);
    return value ? 0 : -1;
}

static int make_state_dir(struct world *world)
{
    world->state_dir = must_format("%s/state", world->folder);
    return mkdir(world->state_dir, 0700) == 0
               ? 0
               : given_fail(world, must_format("cannot make the folder %s", world->state_dir));
}

static int make_command(struct world *world)
{
    const struct given *given = &world->check->given;
    cJSON *command = world->command = cJSON_CreateObject();
    doc_add_string(command, "cmd", "run");
    doc_add_string(command, "provider", given_provider_of(world));
    if (add_filled(world, command, "operation", given->operation ? given->operation : "cancel") < 0 ||
        add_filled(world, command, "base_url", given->base_url ? given->base_url : "{base_url}") < 0)
        return -1;
    world->base_url = must_copy(doc_string(command, "base_url"));
    if (make_credentials(world, command) < 0 || make_arguments(world, command) < 0 || make_state_dir(world) < 0)
        return -1;
    doc_add(command, "deadline_ms", cJSON_CreateNumber(given->deadline_ms ? given->deadline_ms : DEADLINE_MS));
    cJSON *options = cJSON_AddObjectToObject(command, "options");
    doc_add_string(options, "ca_file", NULL);
    doc_add_string(options, "state_dir", world->state_dir);
    return merge(world, command, given->command);
}

/* -- all -------------------------------------------------------------------------------------------------------- */

static int reset(struct world *world)
{
    if (given_wants_other(world->check) && world_start_other(world) < 0)
        return -1;
    if (world->other && world_call(world->other, "POST", "/_mock/reset", NULL, NULL) != 204)
        return given_fail(world, must_copy("the second mock server does not reset"));
    return given_steer(world, "POST", "/_mock/reset", NULL, NULL);
}

int world_prepare(struct world *world, const struct check_table *table, const struct check *check)
{
    world_clear(world);
    world->table = table;
    world->check = check;
    if (reset(world) < 0 || make_names(world) < 0 || given_make_order(world) < 0 || turn_knobs(world) < 0 ||
        make_command(world) < 0 || arm_faults(world) < 0)
        return -1;
    world->since = world_next_request(world->server);
    world->other_since = world->other ? world_next_request(world->other) : 0;
    return 0;
}

static int patch_order(struct world *world, const char *text)
{
    cJSON *body = given_filled(world, text);
    char *path = world_order_path(world);
    int done = body ? given_steer(world, "PATCH", path, body, NULL) : -1;
    free(path);
    cJSON_Delete(body);
    return done;
}

static int replace_faults(struct world *world, const char *text)
{
    if (given_steer(world, "DELETE", "/_mock/faults", NULL, NULL) < 0)
        return -1;
    return *text ? arm_fault(world, text) : 0;
}

int world_prepare_again(struct world *world)
{
    const struct again *again = &world->check->given.again;
    cJSON *credentials = doc_member(world->command, "credentials");
    if (merge(world, doc_member(world->command, "arguments"), again->arguments) < 0 ||
        merge(world, credentials, again->credentials) < 0)
        return -1;
    cJSON_ReplaceItemInObjectCaseSensitive(world->names, "credentials", cJSON_Duplicate(credentials, true));
    if (again->event && given_raise_event(world, again->event) < 0)
        return -1;
    if (again->patch && patch_order(world, again->patch) < 0)
        return -1;
    return again->fault ? replace_faults(world, again->fault) : 0;
}
