/*
 * What the files of this room share: the shapes that go out, the codes that come back, the operations.
 *
 * A body is the caller's to free(). A check gives 0, or -1 with the refusal in `result`. The state of an order is one
 * of the codes below, as a report tells it, or -1 where none could be read.
 */
#ifndef PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H
#define PROVIDERS_ILETIMERKEZI_ILETIMERKEZI_H

#include "cancelorder.h"
#include "core/call.h"
#include "core/http.h"

enum {
    CODE_OK = 200,
    CODE_SENDING = 113,
    CODE_COMPLETED = 114,
    CODE_FAILED_OR_CANCELED = 115,
    CODE_NOT_FOUND = 455,
    CODE_NOT_YET = 456,
};

/* request.c: cancel and report take the same body. */
extern const struct wire_shape iletimerkezi_cancel_shape;
extern const struct wire_shape iletimerkezi_report_shape;
int iletimerkezi_check(const struct cancelorder_request *request, struct cancelorder_result *result);
char *iletimerkezi_order_body(const struct cancelorder_request *request);

/* answer.c */
void iletimerkezi_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                               struct cancelorder_result *result);
int iletimerkezi_judge_report(const struct cancelorder_request *request, const struct http_answer *answer,
                              struct cancelorder_result *result);

/* read.c: the report goes into `result`, which need not be the call's own. */
int iletimerkezi_read_report(struct call *call, int share_percent, struct cancelorder_result *result);
void iletimerkezi_get_report(struct call *call);

/* cancel.c */
void iletimerkezi_cancel(struct call *call);

#endif
