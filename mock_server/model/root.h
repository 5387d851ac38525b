/*
 * Where a client reaches this server: scheme and host for the links in answers, such as "https://mock.example:8443".
 *
 * What counts, in this order:
 *   - the public URL, where somebody set one (--public-url): it may have a path, and nothing else is looked at;
 *   - X-Forwarded-Proto and X-Forwarded-Host of a terminator before this server, each for itself: of several values the
 *     first, which the client's own terminator wrote; the header Forwarded is not read;
 *   - the target itself, where it names a host (a proxy's form), else Host; without one that can be a host, the address
 * `localhost`. The scheme is https where the request came over TLS, or its target or a terminator says so; else http.
 *
 * Headers come from anywhere and end in JSON and in header values. So one that is not "name", "name:port",
 * "192.0.2.1:80" or "[2001:db8::1]:80", of letters, digits and `-._~`, counts as if it were not there; nothing of it is
 * ever repeated.
 */
#ifndef MODEL_ROOT_H
#define MODEL_ROOT_H

#include <stdbool.h>

struct exchange;

/* Without a slash at its end; lives as long as the exchange. */
const char *exchange_root(struct exchange *x);

/* The host that the request is for, with its port if it says one: of the target, where that names one (a proxy's form;
 * RFC 9112 section 3.2.2 has Host ignored then), else as above. Lives as long as the exchange. */
const char *exchange_host(struct exchange *x);

/* Whether it is a name or an address that can stand in a URL, without a port. */
bool root_is_host_name(const char *host);

/* Whether it is http:// or https://, a host, and perhaps a path of plain characters: what can be a public URL. */
bool root_is_url(const char *url);

#endif
