/*
 * Who may call the control API over HTTP.
 *
 * The mock runs beside a browser and beside the client under test, and both can send it requests.
 *
 *   - With a token (--control-token-file), a call shows it: `Authorization: Bearer …` or `X-Mock-Token: …`. Whoever
 * knows it may call from anywhere; everybody else gets 401. GET and HEAD /_mock/health need none: a probe has no
 * secret, and they tell nothing but the version.
 *   - Without one, on an address of this machine alone (127.0.0.0/8, ::1): a web page must not steer the mock. So Host
 * is a name of this machine or the host of --public-url, an Origin is the one of this server, and Sec-Fetch-Site says
 *     neither cross-site nor same-site; else 403, with the remedy. What carries none of these headers is a program, and
 *     may call. A form that a very old browser sends from another site without Origin and Sec-Fetch-Site looks the
 * same, and cannot be told apart: use a token where that counts.
 *   - Without one, on any other address: whoever reaches it may call. That is the case of containers.
 *
 *     struct gate *gate = gate_new(&(struct gate_options){.listen = "127.0.0.1:0"}, &problems);
 *     if (!gate_admits(gate, x, &answer)) …
 */
#ifndef CONTROL_GATE_H
#define CONTROL_GATE_H

#include <stdbool.h>

#include "base/memory.h"
#include "control/control.h"

struct exchange;
struct gate;
struct text;

struct gate_options {
    const char *listen;     /* "127.0.0.1:8080": where the control API is served */
    const char *public_url; /* NULL: none */
    const char *token_file; /* NULL: no token. Its owner alone may read it; white space at its end is no part */
};

/* NULL, with `--control-token-file FILE: why` in `problems`, when the token cannot be had. */
struct gate *gate_new(const struct gate_options *options, struct text *problems) WARN_UNUSED;
void gate_free(struct gate *gate); /* NULL is fine */

/* When not, *refusal is the answer. */
bool gate_admits(const struct gate *gate, const struct exchange *x, struct control_answer *refusal);

#endif
