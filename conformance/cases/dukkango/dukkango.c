/*
 * Dükkango, cancel order: the rules of a client as rows.
 *
 *     PUT /api/integrations/orders/cancel/{payment_key}      Access-Token: …      {"reason_id":3}
 *     200 {"status":true,"data":"OK"}
 *
 * The vendor documents one success, 401, 404 and two kinds of 422; its general pages add 400, 403 and 429. It says
 * nothing of a second cancel, of 5xx and of lost answers: those rows are ours. The answer names no order, so that
 * nothing but status 200 with "status": true may be called success, and a lost answer stays unknown.
 *
 * Not asked here: what needs certificates (DUK-TLS-2), and reading of orders (DUK-NUM-1, DUK-NULL-1, DUK-RATE-1).
 */
#include "cases/dukkango/dukkango.h"

const struct check_table dukkango_checks = {
    .profile =
        {
            .provider = "dukkango",
            .title = "Dükkango",
            .arguments = JSON({"order_id" : "{order_id}", "reason_id" : 3}),
            .credentials = "access_token",
            .cancel_operations = "cancel",
            .envelope = "status",
        },
    .groups = {&dukkango_request_rows, &dukkango_access_rows, &dukkango_transport_rows, &dukkango_answers_rows,
               &dukkango_text_rows, &dukkango_repeats_rows},
};
