/*
 * Zaikio Procurement, cancel order (consumer API V1): the rules of a client as rows. The call follows from the state:
 *
 *     draft                      DELETE /consumers/api/v1/orders/{uuid}                        204, gone
 *     placed, transfer_failed    PATCH  the same, {"order":{"state_event":"cancel_by_consumer"}}     200, final
 *     any other after placing    PATCH  the same, {"order":{"state_event":"request_cancelation"}}    200, pending
 *
 * The answer of a PATCH is the bare order and its `state` is the only proof. `errors` is a list of codes for access and
 * lookup, an object of lists for validation. No 422 or 400 body is documented, so rows about those bring their own.
 *
 * Nothing is said of lost answers: those rows are ours. A client may read the order at any time, so they accept a claim
 * that rests on a GET made after the call, and no other. Rows about false success answer in place of the server: the
 * order stays placed, and every claim is wrong, whatever else the client reads.
 *
 * Not asked here: tokens and their renewal (ZAI-AUTH-5, 8: the adapter is given a token alone), what a single cancel
 * does not show (ZAI-RES-13, ZAI-TRACK-2 to 5, ZAI-LIST-1), and the cap on an answer's size.
 */
#include "cases/zaikio/zaikio.h"

const struct check_table zaikio_checks = {
    .profile =
        {
            .provider = "zaikio",
            .title = "Zaikio Procurement",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .credentials = "token",
            .cancel_operations = "cancel",
            .read_operations = "get_order",
        },
    .groups = {&zaikio_request_rows, &zaikio_access_rows, &zaikio_transport_rows, &zaikio_answers_rows,
               &zaikio_text_rows, &zaikio_repeats_rows},
};
