/*
 * What the files of this room share: the shapes that go out, the reading of what comes back, the operations.
 *
 * A check gives 0, or -1 with the refusal in `result`.
 */
#ifndef PROVIDERS_FUNGIES_FUNGIES_H
#define PROVIDERS_FUNGIES_FUNGIES_H

#include "cancelorder.h"
#include "core/call.h"
#include "core/http.h"

/* request.c */
extern const struct wire_shape fungies_cancel_shape;
extern const struct wire_shape fungies_get_shape;
extern const char fungies_cancel_body[];
int fungies_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result);
int fungies_check_read(const struct cancelorder_request *request, struct cancelorder_result *result);

/* answer.c */
extern const char fungies_confirmed[]; /* the one word that confirms a cancel, spelled so */
void fungies_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                          struct cancelorder_result *result);
void fungies_judge_read(const struct cancelorder_request *request, const struct http_answer *answer,
                        struct cancelorder_result *result);

/* read.c: the order goes into `result`, which need not be the call's own. */
void fungies_send_read(struct call *call, struct cancelorder_result *result);
void fungies_get_order(struct call *call);

/* cancel.c */
void fungies_cancel(struct call *call);

#endif
