/*
 * One request over TLS: libcurl makes the connection and looks at the certificate; the bytes are written and read as
 * without TLS (mock_server/base/http_client.h), exact to the last one.
 *
 * What always holds: the server's certificate is looked at, chain and name; only http/1.1 is spoken; no proxy is used.
 *
 *     secure_ask(&url, &request, "ca.pem", 5000, &answer);       // NULL: the system's authorities
 *     if (answer.problem != NULL) …                              // answer.reached false: no connection, and why
 */
#ifndef HTTP_SECURE_CLIENT_H
#define HTTP_SECURE_CLIENT_H

#include "mock_server/base/http_client.h"

void secure_ask(const struct url *url, const struct http_request *request, const char *ca_file, int limit_ms,
                struct http_answer *out);

#endif
