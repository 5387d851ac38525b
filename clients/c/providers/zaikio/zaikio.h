/*
 * What the files of this room share: the three ways to cancel, the reading of what comes back, the operations.
 *
 * A body is the caller's to free(). A check gives 0, or -1 with the refusal in `result`.
 */
#ifndef PROVIDERS_ZAIKIO_ZAIKIO_H
#define PROVIDERS_ZAIKIO_ZAIKIO_H

#include "cancelorder.h"
#include "core/call.h"
#include "core/http.h"

/* One of the three ways: its name, its shape, the state that proves it, what that is then called. */
struct zaikio_method {
    const char *name;
    const struct wire_shape *shape;
    const char *state_event; /* NULL = no body */
    const char *proof;
    enum cancelorder_outcome outcome;
};

/* request.c */
extern const struct wire_shape zaikio_delete_shape;
extern const struct wire_shape zaikio_get_shape;
const struct zaikio_method *zaikio_method_find(const char *name); /* NULL if there is none, or no name */
int zaikio_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result);
int zaikio_check_read(const struct cancelorder_request *request, struct cancelorder_result *result);
char *zaikio_event_body(const char *state_event); /* NULL for NULL */

/* answer.c */
void zaikio_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result);
void zaikio_judge_read(const struct cancelorder_request *request, const struct http_answer *answer,
                       struct cancelorder_result *result);

/* read.c: the order goes into `result`, which need not be the call's own. */
void zaikio_send_read(struct call *call, int share_percent, struct cancelorder_result *result);
void zaikio_get_order(struct call *call);

/* cancel.c */
void zaikio_cancel(struct call *call);

#endif
