#include "model/root.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "model/exchange.h"

#define HOST_MAX 255
#define PLAIN    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

/* ":8080" or nothing. */
static bool is_port(const char *text, size_t length)
{
    char digits[6] = "";
    int64_t port = 0;
    if (length == 0)
        return true;
    if (text[0] != ':' || length < 2 || length > 6)
        return false;
    memcpy(digits, text + 1, length - 1);
    return number_is_digits(digits) && number_read(digits, 1, 65535, &port);
}

/* How long the name or the address in brackets is; 0: there is none. */
static size_t name_length(const char *host, size_t length)
{
    size_t used = 0;
    if (length > 0 && host[0] == '[') {
        for (used = 1; used < length && (ascii_is_hex(host[used]) || host[used] == ':' || host[used] == '.');)
            used++;
        return used > 2 && used < length && host[used] == ']' ? used + 1 : 0;
    }
    while (used < length && host[used] != '\0' && strchr(PLAIN, host[used]) != NULL)
        used++;
    return used;
}

/* Whether it is a host with or without a port. */
static bool is_host(const char *host, size_t length)
{
    size_t name = name_length(host, length);
    return name > 0 && length <= HOST_MAX && is_port(host + name, length - name);
}

bool root_is_host_name(const char *host)
{
    size_t length = strlen(host);
    return length > 0 && length <= HOST_MAX && name_length(host, length) == length;
}

bool root_is_url(const char *url)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        size_t scheme = strlen(schemes[i]);
        if (strncmp(url, schemes[i], scheme) != 0)
            continue;
        size_t host = strcspn(url + scheme, "/");
        const char *path = url + scheme + host;
        return is_host(url + scheme, host) && strspn(path, PLAIN "/%") == strlen(path);
    }
    return false;
}

/* The first of the values of a header that are separated by commas; NULL: there is no such header, or a second one. */
static const char *first_value(struct exchange *x, const char *name)
{
    const char *value = exchange_header_count(x, name) == 1 ? exchange_header(x, name) : NULL;
    if (value == NULL)
        return NULL;
    value += strspn(value, " \t");
    size_t length = strcspn(value, ",");
    while (length > 0 && ascii_is_space(value[length - 1]))
        length--;
    return arena_dup_bytes(x->arena, value, length);
}

static const char *scheme_of(struct exchange *x)
{
    const char *said = first_value(x, "X-Forwarded-Proto");
    bool is_https = said == NULL ? x->request.is_tls || x->request.names_https : ascii_equal(said, "https");
    return is_https ? "https" : "http";
}

const char *exchange_host(struct exchange *x)
{
    const char *places[] = {first_value(x, "X-Forwarded-Host"), x->request.authority, first_value(x, "Host")};
    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (places[i] != NULL && is_host(places[i], strlen(places[i])))
            return places[i];
    return "localhost";
}

const char *exchange_root(struct exchange *x)
{
    return x->public_url != NULL ? x->public_url : arena_print(x->arena, "%s://%s", scheme_of(x), exchange_host(x));
}
