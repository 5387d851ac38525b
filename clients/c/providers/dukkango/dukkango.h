/*
 * What the files of this room share: the shapes that go out, the reading of what comes back, the operations.
 *
 * A body is the caller's to free(). A check gives 0, or -1 with the refusal in `result`.
 */
#ifndef PROVIDERS_DUKKANGO_DUKKANGO_H
#define PROVIDERS_DUKKANGO_DUKKANGO_H

#include <stdint.h>

#include "cancelorder.h"
#include "core/call.h"
#include "core/http.h"
#include "core/login.h"

/* request.c */
extern const struct wire_shape dukkango_cancel_shape;
extern const struct wire_shape dukkango_login_shape;
int dukkango_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result);
int dukkango_check_keys(const struct cancelorder_request *request, struct cancelorder_result *result);
char *dukkango_cancel_body(const struct cancelorder_request *request);
char *dukkango_login_body(const struct cancelorder_request *request);

/* answer.c */
void dukkango_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                           struct cancelorder_result *result);
/* *token is the caller's; it stays as it is where the answer holds none. *expires_ms: wall clock; 0 = not known. */
void dukkango_judge_login(const struct http_answer *answer, struct cancelorder_result *result, char **token,
                          int64_t *expires_ms);

/* login.c, cancel.c */
extern const struct login_rules dukkango_login_rules;
void dukkango_login(struct call *call);
void dukkango_cancel(struct call *call);

#endif
