/* A nonce, three addresses, and the credentials that the mock tells. */
#include "setup/names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

#define DEEP 50000

static char *draw_nonce(void)
{
    unsigned char bytes[6];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        memset(bytes, 0x5a, sizeof bytes);
    return mem_print("n-%02x%02x%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
}

static void add_deep(cJSON *names)
{
    char *deep = mem_zero(DEEP + 1, 1);
    memset(deep, '[', DEEP);
    json_set_string(names, "deep", deep);
    free(deep);
}

/* The base URL with another port. */
static char *with_port(const char *url, int port)
{
    const char *host = strstr(url, "://");
    const char *colon = host != NULL ? strchr(host + 3, ':') : NULL;
    if (colon == NULL)
        return mem_dup(url);
    const char *path = strchr(colon, '/');
    return mem_print("%.*s:%d%s", (int)(colon - url), url, port, path != NULL ? path : "");
}

int names_make(struct world *world)
{
    const cJSON *provider = json_member(world->providers, world_provider(world));
    const char *base_url = json_string(provider, "base_url");
    const cJSON *credentials = json_member(provider, "credentials");
    if (base_url == NULL || !cJSON_IsObject(credentials))
        return world_fail(world, mem_print("the mock does not serve %s", world_provider(world)));
    world->names = cJSON_CreateObject();
    char *nonce = draw_nonce();
    char *closed_url = with_port(base_url, world->closed_port);
    char *port = mem_print("%d", (int)mock_server_port(world->server));
    json_set_string(world->names, "nonce", nonce);
    json_set_string(world->names, "base_url", base_url);
    json_set_string(world->names, "closed_url", closed_url);
    json_set_string(world->names, "port", port);
    json_set(world->names, "all_credentials", cJSON_Duplicate(credentials, true));
    if (world->other != NULL)
        json_set_string(world->names, "other_url", mock_server_url(world->other));
    if (strstr(world->check->given.faults[0] != NULL ? world->check->given.faults[0] : "", "{deep}") != NULL)
        add_deep(world->names);
    free(nonce);
    free(closed_url);
    free(port);
    return 0;
}

static bool mentions_other(const char *text)
{
    return text != NULL && strstr(text, "{other_url}") != NULL;
}

bool names_want_other(const struct check *check)
{
    bool wants = mentions_other(check->given.base_url) || mentions_other(check->given.order) ||
                 mentions_other(check->given.arguments) || mentions_other(check->given.again.fault);
    for (int i = 0; i < CHECK_FAULTS_MAX; i++)
        wants = wants || mentions_other(check->given.faults[i]);
    return wants;
}
