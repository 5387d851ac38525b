/*
 * A raw HTTP client for tests: it says exactly what it is told and reports exactly what came back, errors included.
 */
#ifndef TESTS_CLIENT_H
#define TESTS_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "mock_server.h"

struct heard {
    int error;    /* errno of the read that failed, 0 when the stream ended */
    int status;   /* 0: no status line */
    size_t total; /* bytes that came, head and body */
    char *head;   /* status line and headers */
    char *body;
    size_t body_length;
};

/* Sends the bytes to a loopback port, reads to the end of the stream. heard_release() afterwards. */
struct heard say(uint16_t port, const char *bytes, size_t length);
/* Sends the bytes and closes the connection without listening. */
void say_and_leave(uint16_t port, const char *bytes, size_t length);
/* One request with Connection: close. `headers` is {"Name":"value"} or NULL; `body` NULL sends none. */
struct heard request(uint16_t port, const char *method, const char *target, const cJSON *headers, const char *body);
void heard_release(struct heard *heard);
/* The value of a response header, in `out`; NULL when there is none. */
const char *heard_header(const struct heard *heard, const char *name, char out[256]);

/* A server on a free port with a clock that stands at 2026-11-01T09:00:00Z and seed 1. */
struct mock_server *start_server(void);
/* A control call that must answer `status`; its JSON, for the caller to delete. */
cJSON *steer(struct mock_server *server, const char *method, const char *path, const char *json, int status);

#endif
