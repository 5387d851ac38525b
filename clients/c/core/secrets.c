#include "core/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define SHORTEST 4

void secrets_init(struct secrets *secrets)
{
    *secrets = (struct secrets){.values = NULL, .count = 0};
}

void secrets_release(struct secrets *secrets)
{
    free(secrets->values);
    secrets_init(secrets);
}

void secrets_add(struct secrets *secrets, const char *value)
{
    if (value == NULL || strlen(value) < SHORTEST)
        return;
    secrets->values = mem_resize(secrets->values, (secrets->count + 1) * sizeof *secrets->values);
    secrets->values[secrets->count++] = value;
}

static void mask_one(const char *secret, char **text)
{
    const char *at = *text;
    const char *found = strstr(at, secret);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    if (found == NULL)
        return;
    for (; found != NULL; at = found + strlen(secret), found = strstr(at, secret)) {
        text_add_bytes(&out, at, (size_t)(found - at));
        text_add(&out, "[masked]");
    }
    text_add(&out, at);
    free(*text);
    *text = text_take(&out);
}

void secrets_mask(const struct secrets *secrets, char **text)
{
    if (*text == NULL)
        return;
    for (size_t i = 0; i < secrets->count; i++)
        mask_one(secrets->values[i], text);
}
