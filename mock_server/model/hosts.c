#include "model/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "model/root.h"

struct hosts {
    char *names[HOSTS_MAX];
    const struct provider *providers[HOSTS_MAX];
    size_t count;
};

struct hosts *hosts_new(void)
{
    return mem_zero(1, sizeof(struct hosts));
}

void hosts_free(struct hosts *hosts)
{
    for (size_t i = 0; hosts != NULL && i < hosts->count; i++)
        free(hosts->names[i]);
    free(hosts);
}

static bool is_pattern(const char *name)
{
    return strncmp(name, "*.", 2) == 0;
}

bool hosts_add(struct hosts *hosts, const char *name, const struct provider *provider)
{
    if (hosts->count == HOSTS_MAX || !root_is_host_name(is_pattern(name) ? name + 2 : name))
        return false;
    hosts->names[hosts->count] = mem_dup(name);
    hosts->providers[hosts->count++] = provider;
    return true;
}

/* "*.example.org" is every name below it, and not the name itself. */
static bool is_named(const char *name, const char *host, size_t length)
{
    size_t own = strlen(name);
    if (!is_pattern(name))
        return own == length && ascii_equal_bytes(name, host, length);
    return length > own - 1 && ascii_equal_bytes(name + 1, host + length - (own - 1), own - 1);
}

/* Without its port, and without the dot that ends a full name. */
static size_t name_length(const char *host)
{
    const char *bracket = host[0] == '[' ? strchr(host, ']') : NULL;
    size_t length = bracket != NULL ? (size_t)(bracket + 1 - host) : strcspn(host, ":");
    return length > 0 && host[length - 1] == '.' ? length - 1 : length;
}

bool hosts_find(const struct hosts *hosts, const char *host, const struct provider **provider)
{
    size_t length = name_length(host);
    for (size_t i = 0; hosts != NULL && i < hosts->count; i++)
        if (is_named(hosts->names[i], host, length)) {
            *provider = hosts->providers[i];
            return true;
        }
    return false;
}

const char *hosts_name(const struct hosts *hosts, size_t index)
{
    return index < hosts->count ? hosts->names[index] : NULL;
}
