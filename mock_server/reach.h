/*
 * How clients reach a server: the names that it answers to, and what it shows them under TLS.
 *
 * Names are the hosts of the vendors that are served (provider.json), those of the options, and the server's own. With
 * TLS an authority stands behind them (trust/authority.h); it is made on first use, and only where TLS is asked for.
 */
#ifndef REACH_H
#define REACH_H

#include <stdbool.h>

#include <gnutls/gnutls.h>

#include "mock_server.h"
#include "model/tls_manner.h"

struct authority;
struct fixtures;
struct hosts;
struct leaves;
struct text;

struct reach {
    struct hosts *hosts;
    struct authority *authority; /* NULL: no TLS */
    struct leaves *leaves;       /* NULL: no TLS */
};

/* False: `problems` says why. */
bool reach_begin(struct reach *reach, const struct mock_server_options *options, const struct fixtures *fixtures,
                 struct text *problems);
void reach_end(struct reach *reach); /* of one that is zeroed, too */
/* NULL: no TLS. */
gnutls_certificate_credentials_t reach_credentials(const struct reach *reach, enum tls_manner manner);

#endif
