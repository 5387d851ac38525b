#include "core/refusal.h"

#include <string.h>

#include "core/result.h"

const char *request_credential(const struct cancelorder_request *request, const char *name)
{
    for (size_t i = 0; i < request->credentials.count; i++)
        if (strcmp(request->credentials.rows[i].name, name) == 0)
            return request->credentials.rows[i].value;
    return NULL;
}

static bool is_blank(const char *text)
{
    return text == NULL || text[strspn(text, " \t")] == '\0';
}

bool has_credential(const struct cancelorder_request *request, const char *name)
{
    return !is_blank(request_credential(request, name));
}

int check_body_credential(const struct cancelorder_request *request, struct cancelorder_result *result,
                          const char *name)
{
    if (has_credential(request, name))
        return 0;
    result_refuse(result, "the credential %s is missing or empty", name);
    return -1;
}

int check_header_credential(const struct cancelorder_request *request, struct cancelorder_result *result,
                            const char *name)
{
    const char *value = request_credential(request, name);
    if (check_body_credential(request, result, name) != 0)
        return -1;
    for (; *value != '\0'; value++)
        if ((unsigned char)*value <= 0x20 || (unsigned char)*value > 0x7E) {
            result_refuse(result, "the credential %s holds a character that no header may hold", name);
            return -1;
        }
    return 0;
}

int check_login_keys(const struct cancelorder_request *request, struct cancelorder_result *result,
                     const char *const keys[2])
{
    if (check_body_credential(request, result, keys[0]) != 0)
        return -1;
    return check_body_credential(request, result, keys[1]);
}

int check_token_or_keys(const struct cancelorder_request *request, struct cancelorder_result *result, const char *token,
                        const char *const keys[2])
{
    if (!has_credential(request, token) && has_credential(request, keys[0]))
        return check_login_keys(request, result, keys);
    return check_header_credential(request, result, token);
}
