/*
 * Fungies, cancel order: the rules of a client as rows.
 *
 *     PATCH /v0/orders/{id or number}/cancel    x-fngs-public-key: pub_…    x-fngs-secret-key: sec_…    {}
 *     200 {"status":"success","data":{"order":{"id":…,"number":…,"status":"CANCELLED",…}}}
 *
 * The vendor documents one success and one 400. Its authentication page adds 401 and 403, its own clients failures
 * under status 200. All the rest is ours: which orders can be cancelled, the second cancel, 404, 429 and 5xx.
 *
 * A client in doubt may read the order, and what it reads there counts. A row in which success would be a guess
 * therefore spoils every answer of the vendor ("match": {}), and not that of the cancel call alone: else the order,
 * which the mock did cancel, would show itself as CANCELLED and success would be no guess.
 *
 * Not asked here: certificates (FNG-TLS-1 beyond plain http), another host name in FNG-TLS-2 (another port stands for
 * it), the cap on an answer's size in FNG-CONN-1, and lists of orders (FNG-LIST-1).
 */
#include "cases/fungies/fungies.h"

const struct check_table fungies_checks = {
    .profile =
        {
            .provider = "fungies",
            .title = "Fungies",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .credentials = "public_key secret_key",
            .cancel_operations = "cancel",
            .read_operations = "get_order list_orders",
            .envelope = "status",
        },
    .groups = {&fungies_request_rows, &fungies_access_rows, &fungies_transport_rows, &fungies_answers_rows,
               &fungies_text_rows, &fungies_repeats_rows},
};
