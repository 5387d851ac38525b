#include "model/tls_manner.h"

#include <stddef.h>
#include <string.h>

const char *const tls_manner_names[] = {
    "good", "self_signed", "expired", "not_yet_valid", "other_name", "unknown_authority", "closes", "old", NULL};

enum tls_manner tls_manner_named(const char *name)
{
    for (size_t i = 0; tls_manner_names[i] != NULL; i++)
        if (strcmp(tls_manner_names[i], name) == 0)
            return (enum tls_manner)(i + 1);
    return TLS_NONE;
}

const char *tls_manner_name(enum tls_manner manner)
{
    return manner == TLS_NONE ? NULL : tls_manner_names[manner - 1];
}
