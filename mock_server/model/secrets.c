#include "model/secrets.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/provider.h"

static bool is_ours(const struct exchange *x, const char *value)
{
    return credential_is_known(x->session, x->provider, value);
}

static bool is_named(const char *const *names, const char *name, int (*compare)(const char *, const char *))
{
    for (; names != NULL && *names != NULL; names++)
        if (compare(*names, name) == 0)
            return true;
    return false;
}

bool secret_header(const struct exchange *x, const char *name, const char *value)
{
    if (x->provider == NULL || !is_named(x->provider->secret_headers, name, strcasecmp))
        return false;
    const char *word = strrchr(value, ' '); /* "Bearer xyz" */
    return *value != '\0' && !is_ours(x, value) && (word == NULL || !is_ours(x, word + 1));
}

cJSON *secret_mask(const char *value)
{
    char *text = mem_print("(masked, %zu bytes)", strlen(value));
    cJSON *mask = cJSON_CreateString(text);
    free(text);
    return mask;
}

/* Masks below `node`; true when something was masked. */
static bool mask_members(const struct exchange *x, cJSON *node)
{
    bool masked = false;
    for (cJSON *child = node->child, *next; child != NULL; child = next) {
        next = child->next;
        bool secret = cJSON_IsObject(node) && cJSON_IsString(child) && *child->valuestring != '\0' &&
                      is_named(x->provider->secret_members, child->string, strcmp) && !is_ours(x, child->valuestring);
        if (secret)
            json_set(node, child->string, secret_mask(child->valuestring));
        else
            secret = mask_members(x, child);
        masked = masked || secret;
    }
    return masked;
}

char *secret_body(const struct exchange *x)
{
    struct json_problem problem;
    if (x->provider == NULL || x->provider->secret_members == NULL || x->request.body_length == 0)
        return NULL;
    cJSON *tree = json_read(x->request.body, x->request.body_length, JSON_PLAIN, NULL, &problem);
    char *text = tree != NULL && mask_members(x, tree) ? json_write(tree) : NULL;
    cJSON_Delete(tree);
    return text;
}
