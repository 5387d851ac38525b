/*
 * Which host name is which vendor's: "api.example.com" reaches that vendor alone, under the vendor's own paths.
 *
 * The names are those of the fixtures (provider.json, "hosts") of the providers that are served, and what a user adds
 * ("NAME" for a host that all share, "PROVIDER=NAME" for one vendor's; "*.example.org" is every name below it). A host
 * that is not here is the server's own address: every vendor is there, each under its base path.
 *
 * Names are compared without regard to case, and without a port. Not changed after it is filled, so any thread may ask.
 *
 *     struct hosts *hosts = hosts_new();
 *     hosts_add(hosts, "api.example.com", provider);
 *     if (hosts_find(hosts, "API.example.com:443", &provider)) …;     // provider NULL: every vendor is there
 *     hosts_free(hosts);
 */
#ifndef MODEL_HOSTS_H
#define MODEL_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

struct hosts;
struct provider;

#define HOSTS_MAX 1000

struct hosts *hosts_new(void) WARN_UNUSED;
void hosts_free(struct hosts *hosts); /* NULL is fine */
/* `provider`: whose it is; NULL: all are there. The first one of a name counts. False: it is no host name, or there are
 * HOSTS_MAX. */
bool hosts_add(struct hosts *hosts, const char *name, const struct provider *provider);
/* "host" or "host:port". False: it is not among them; NULL for `hosts` is none. */
bool hosts_find(const struct hosts *hosts, const char *host, const struct provider **provider);
/* The names in the order in which they were added; NULL behind the last. Borrowed. */
const char *hosts_name(const struct hosts *hosts, size_t index);

#endif
