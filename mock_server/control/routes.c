#include "control/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/knob.h"
#include "model/provider.h"
#include "session/session.h"

/* Whether a knob is set as the first `length` bytes say, "NAME=VALUE". */
static bool is_set(const struct session *session, const struct provider *provider, const char *setting, size_t length)
{
    char value[KNOB_TEXT_MAX];
    for (unsigned k = 0; k < provider->knob_count; k++) {
        const struct knob *knob = &provider->knobs[k];
        char *now = mem_print("%s=%s", knob->name, knob_write(knob, session_knob(session, provider, k), value));
        bool same = strlen(now) == length && strncmp(now, setting, length) == 0;
        free(now);
        if (same)
            return true;
    }
    return false;
}

static bool are_set(const struct session *session, const struct provider *provider, const char *settings)
{
    bool all = true;
    while (*settings != '\0' && all) {
        size_t length = strcspn(settings, ",");
        all = is_set(session, provider, settings, length);
        settings += length + strspn(settings + length, ", ");
    }
    return all;
}

static void add_needs(cJSON *entry, const struct session *session, const struct provider *provider,
                      const struct base_path *base, const struct route *route)
{
    const char *setting = provider->needs == NULL || base->base == NULL ? NULL : provider->needs(base, route);
    if (setting != NULL)
        json_set_string(entry, "needs", setting);
    json_set_bool(entry, "served", setting == NULL || are_set(session, provider, setting));
}

/* Whether paths of the route can begin with that base. */
static bool is_below(const struct base_path *base, const struct route *route)
{
    size_t length = base->below == NULL ? 0 : strlen(base->below);
    bool fits = strncmp(route->pattern, base->below == NULL ? "" : base->below, length) == 0 &&
                (length == 0 || route->pattern[length] == '/' || route->pattern[length] == '\0');
    return fits && (route->base == NULL || strcmp(route->base, base->base) == 0);
}

static cJSON *route_to_json(const struct session *session, const struct provider *provider, const struct route *route)
{
    const struct base_path *home = provider->bases;
    while (home->base != NULL && !is_below(home, route))
        home++;
    cJSON *entry = cJSON_CreateObject(), *aliases = cJSON_CreateArray();
    json_set_string(entry, "method", route->method);
    if (home->base != NULL && home != provider->bases)
        json_set_string(entry, "base", home->base); /* elsewhere than `base_url` says */
    json_set_string(entry, "path", route->pattern);
    json_set_string(entry, "operation", route->operation);
    add_needs(entry, session, provider, home, route);
    for (const struct base_path *base = home->base == NULL ? home : home + 1; base->base != NULL; base++) {
        if (!is_below(base, route))
            continue;
        cJSON *alias = cJSON_CreateObject();
        char *path = mem_print("%s%s", base->base, route->pattern);
        json_set_string(alias, "path", path);
        free(path);
        add_needs(alias, session, provider, base, route);
        cJSON_AddItemToArray(aliases, alias);
    }
    json_set(entry, "aliases", aliases);
    return entry;
}

cJSON *routes_to_json(const struct session *session, const struct provider *provider)
{
    cJSON *list = cJSON_CreateArray();
    for (const struct route *route = provider->routes; route->method != NULL; route++)
        cJSON_AddItemToArray(list, route_to_json(session, provider, route));
    return list;
}
