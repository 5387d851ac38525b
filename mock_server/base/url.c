#include "base/url.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SCHEME        "http://"
#define SECURE_SCHEME "https://"

static int refuse(char **problem, const char *text, const char *why)
{
    *problem = mem_print("'%.300s' %s", text, why);
    return -1;
}

/* A port from its digits, `otherwise` when there are none; -1 when it is no port. */
static int port_from(const char *digits, size_t length, int otherwise)
{
    int port = 0;
    if (length == 0)
        return otherwise;
    for (size_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9' || length > 5)
            return -1;
        port = port * 10 + (digits[i] - '0');
    }
    return port >= 1 && port <= 65535 ? port : -1;
}

/* Where the host ends in "HOST", "HOST:PORT", "[::1]" or "[::1]:PORT". */
static size_t host_length(const char *text, size_t length)
{
    const char *end = *text == '[' ? memchr(text, ']', length) : memchr(text, ':', length);
    if (end == NULL)
        return *text == '[' ? 0 : length;
    return (size_t)(end - text) + (*text == '[');
}

/* What stands behind the scheme. */
static int read_rest(const char *text, const char *start, bool tls, struct url *out, char **problem)
{
    int usual = tls ? 443 : 80;
    size_t length = strcspn(start, "/?#"), host = host_length(start, length), path = strlen(start + length);
    if (strpbrk(start, "?#@ \r\n\t") != NULL)
        return refuse(problem, text, "has a query, a fragment, a user or a blank, and must have none");
    bool has_port = host < length;
    int port =
        has_port && start[host] != ':' ? -1 : port_from(start + host + has_port, length - host - has_port, usual);
    if (host == 0 || port < 0)
        return refuse(problem, text, "has no host, or a port that is none");
    while (path > 0 && start[length + path - 1] == '/')
        path--;
    bool bracket = *start == '[';
    out->tls = tls;
    out->host = mem_dup_bytes(start + bracket, host - (bracket ? 2 : 0));
    out->port = port;
    out->path = mem_dup_bytes(start + length, path);
    out->authority = port == usual ? mem_dup_bytes(start, host) : mem_print("%.*s:%d", (int)host, start, port);
    return 0;
}

int url_read_any(const char *text, struct url *out, char **problem)
{
    if (strncmp(text, SECURE_SCHEME, strlen(SECURE_SCHEME)) == 0)
        return read_rest(text, text + strlen(SECURE_SCHEME), true, out, problem);
    if (strncmp(text, SCHEME, strlen(SCHEME)) != 0)
        return refuse(problem, text, "is no address such as http://staging.example:8080/api");
    return read_rest(text, text + strlen(SCHEME), false, out, problem);
}

int url_read(const char *text, struct url *out, char **problem)
{
    if (strncmp(text, SECURE_SCHEME, strlen(SECURE_SCHEME)) == 0)
        return refuse(problem, text,
                      "is https, which is not spoken here: give an http:// address, for "
                      "instance that of a TLS terminator (stunnel, socat) in front of the server");
    return url_read_any(text, out, problem);
}

void url_release(struct url *url)
{
    free(url->host);
    free(url->path);
    free(url->authority);
    *url = (struct url){0};
}
