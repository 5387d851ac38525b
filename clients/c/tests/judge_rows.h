/*
 * One row is one answer to a cancel and what it means, by hand from the vendors' pages.
 */
#ifndef TESTS_JUDGE_ROWS_H
#define TESTS_JUDGE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "cancelorder.h"

#define UUID_A "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define UUID_B "ffc75c94-aa79-450a-becc-2e398c079d93"

struct judge_row {
    const char *name; /* begins with the provider */
    const char *order_id;
    const char *argument; /* zaikio: method; akinon: the one item that is cancelled */
    int status;
    const char *body;
    enum cancelorder_outcome outcome;
    const char *code;
    const char *message; /* NULL = not looked at */
    bool effect_unknown;
};

/* The test that takes a row: the answer is judged, and outcome and texts are compared. */
void judge_row_test(const void *row);

extern const struct judge_row judge_rows[]; /* ends with a row without a name */

#define OK       CANCELORDER_CANCELED
#define PROTOCOL CANCELORDER_PROTOCOL_ERROR
#define UNKNOWN  CANCELORDER_UNKNOWN
#define SERVER   CANCELORDER_SERVER_ERROR

/* An order of Fungies with its required members; `more` adds to it. */
#define FUNGIES(status, more)                                                                                          \
    "{\"status\":\"success\",\"data\":{\"order\":{\"id\":\"" UUID_A                                                    \
    "\",\"number\":\"A7k2Qm9ZtR4x\",\"orderNumber\":\"A7k2Qm9ZtR4x\",\"status\":\"" status                             \
    "\",\"createdAt\":1767225600000" more "}}}"
#define FUNGIES_ERROR(text) "{\"status\":\"error\",\"error\":{\"message\":\"" text "\"}}"
#define ILM(code, text)     "{\"response\":{\"status\":{\"code\":" code ",\"message\":\"" text "\"}}}"
#define AKINON(status, item_a, item_b)                                                                                 \
    "{\"pk\":1883,\"number\":\"1472672233418128\",\"status\":" status                                                  \
    ",\"orderitem_set\":[{\"pk\":70193,\"status\":" item_a "},{\"pk\":70194,\"status\":" item_b "}]}"
#define ZAIKIO(state) "{\"id\":\"" UUID_A "\",\"state\":\"" state "\",\"gross_total\":null}"

#endif
