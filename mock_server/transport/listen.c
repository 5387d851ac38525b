#include "transport/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/number.h"

#define BACKLOG 1024

struct address {
    struct sockaddr_storage storage;
    socklen_t length;
    char host[64];
};

/* Splits "HOST:PORT" and reads both. */
static bool read_address(const char *text, struct address *out)
{
    const char *colon = strrchr(text, ':');
    int64_t port = 0;
    if (colon == NULL || !number_read(colon + 1, 0, 65535, &port))
        return false;
    size_t length = (size_t)(colon - text);
    bool bracketed = length >= 2 && text[0] == '[' && text[length - 1] == ']';
    if (length == 0 || length >= sizeof out->host)
        return false;
    *out = (struct address){0};
    memcpy(out->host, text + bracketed, length - 2 * bracketed);
    if (strcmp(out->host, "localhost") == 0)
        snprintf(out->host, sizeof out->host, "127.0.0.1");

    struct sockaddr_in *four = (struct sockaddr_in *)&out->storage;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&out->storage;
    if (bracketed) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        out->length = sizeof *six;
        return inet_pton(AF_INET6, out->host, &six->sin6_addr) == 1;
    }
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    out->length = sizeof *four;
    return inet_pton(AF_INET, out->host, &four->sin_addr) == 1;
}

/* Bound and not listening: whoever connects is refused. */
static int bind_socket(const struct sockaddr_storage *address, socklen_t length)
{
    int one = 1;
    int fd = socket(address->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, (const struct sockaddr *)address, length) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static int open_socket(const struct address *address)
{
    int fd = bind_socket(&address->storage, address->length);
    if (fd < 0 || listen(fd, BACKLOG) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static void read_bound(struct listener *listener)
{
    listener->address_length = sizeof listener->address;
    if (getsockname(listener->fd, (struct sockaddr *)&listener->address, &listener->address_length) < 0)
        return;
    listener->ipv6 = listener->address.ss_family == AF_INET6;
    listener->port = ntohs(listener->ipv6 ? ((struct sockaddr_in6 *)&listener->address)->sin6_port
                                          : ((struct sockaddr_in *)&listener->address)->sin_port);
}

bool listener_shut(struct listener *listener)
{
    if (listener->fd >= 0)
        close(listener->fd);
    listener->fd = bind_socket(&listener->address, listener->address_length);
    return listener->fd >= 0;
}

bool listener_open_again(struct listener *listener)
{
    if (listener->fd < 0)
        listener->fd = bind_socket(&listener->address, listener->address_length);
    return listener->fd >= 0 && listen(listener->fd, BACKLOG) == 0;
}

static void write_url(struct listener *listener, const char *host)
{
    snprintf(listener->url, sizeof listener->url, listener->ipv6 ? "%s://[%s]:%u" : "%s://%s:%u",
             listener->tls != TLS_NONE ? "https" : "http", host, (unsigned)listener->port);
}

enum http_error listener_open(const char *text, enum tls_manner tls, struct listener *out, char *problem,
                              size_t problem_size)
{
    struct address address;
    if (!read_address(text, &address)) {
        snprintf(problem, problem_size,
                 "\"%s\" is no address to listen on: give HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or 127.0.0.1:0",
                 text);
        return HTTP_BAD_ADDRESS;
    }
    int fd = open_socket(&address);
    if (fd < 0) {
        const char *remedy = errno == EADDRINUSE ? "; choose another port, or 0 for any free one" : "";
        snprintf(problem, problem_size, "cannot listen on %s: %s%s", text, strerror(errno), remedy);
        return HTTP_FAILED;
    }
    *out = (struct listener){.fd = fd, .tls = tls};
    read_bound(out);
    write_url(out, address.host);
    return HTTP_OK;
}
