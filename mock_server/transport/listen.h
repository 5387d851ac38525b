/*
 * A listening socket on a named address, made by ourselves so that a mistake has a name of its own.
 */
#ifndef TRANSPORT_LISTEN_H
#define TRANSPORT_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transport/http.h"

struct listener {
    int fd;
    bool ipv6;
    uint16_t port;
    char url[128];
};

/* "127.0.0.1:8080", "localhost:0", "[::1]:0". The caller closes the fd. */
enum http_error listener_open(const char *address, struct listener *out, char *problem, size_t problem_size);

#endif
