/*
 * A listening socket on a named address, made by ourselves so that a mistake has a name of its own.
 */
#ifndef TRANSPORT_LISTEN_H
#define TRANSPORT_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "model/tls_manner.h"
#include "transport/http.h"

struct listener {
    int fd;
    bool ipv6;
    enum tls_manner tls; /* with any, `url` begins with https */
    uint16_t port;
    char url[128];
    struct sockaddr_storage address; /* with the port that is bound */
    socklen_t address_length;
};

/* "127.0.0.1:8080", "localhost:0", "[::1]:0". The caller closes the fd. */
enum http_error listener_open(const char *address, enum tls_manner tls, struct listener *out, char *problem,
                              size_t problem_size);

/* Closes the socket and keeps its port: whoever connects is refused until listener_open_again(). False: somebody else
 * has the port now, and fd is -1. */
bool listener_shut(struct listener *listener);
bool listener_open_again(struct listener *listener);

#endif
