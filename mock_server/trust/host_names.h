/*
 * Names that a certificate of a server can have: "api.example.org", "mock", "*.example.org" (one label in the place of
 * the star) and addresses in digits ("127.0.0.1", "::1"), in lower case.
 */
#ifndef TRUST_HOST_NAMES_H
#define TRUST_HOST_NAMES_H

#include <stdbool.h>

struct text;

/* Whether `name`, in any case, is one; false with what is wrong in `problem`, which names it. */
bool host_name_check(const char *name, struct text *problem);
bool host_name_is_address(const char *name);
/* A copy in lower case without the dot at the end that a full name may have; the caller frees it. */
char *host_name_lower(const char *name);
/* Whether `pattern` is `name`, or its star stands for the first label of it; both are in lower case. */
bool host_name_matches(const char *pattern, const char *name);

#endif
