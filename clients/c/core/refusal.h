/*
 * Refusals that several providers share: each function gives 0, or -1 with the refusal in `result`. Nothing is sent.
 */
#ifndef CORE_REFUSAL_H
#define CORE_REFUSAL_H

#include <stdbool.h>

#include "cancelorder.h"

/* NULL if the request does not hold it. */
const char *request_credential(const struct cancelorder_request *request, const char *name);
bool has_credential(const struct cancelorder_request *request, const char *name); /* and it is not blank */

/* For the body of a request, and, more strictly, for a header of it. */
int check_body_credential(const struct cancelorder_request *request, struct cancelorder_result *result,
                          const char *name);
int check_header_credential(const struct cancelorder_request *request, struct cancelorder_result *result,
                            const char *name);

/* For providers with a log-in: both keys of the account; and the token, or else the keys that it can be had with. */
int check_login_keys(const struct cancelorder_request *request, struct cancelorder_result *result,
                     const char *const keys[2]);
int check_token_or_keys(const struct cancelorder_request *request, struct cancelorder_result *result, const char *token,
                        const char *const keys[2]);

#endif
