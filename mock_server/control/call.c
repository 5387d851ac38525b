#include "control/call.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/uri.h"
#include "model/provider.h"

cJSON *call_fail(struct call *call, int status, const char *path, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cJSON *answer = cJSON_CreateObject();
    json_set_string(answer, "error", text);
    json_set_string(answer, "path", path);
    call->status = status;
    return answer;
}

const char *call_query(struct call *call, const char *name)
{
    return uri_query_value(call->arena, call->query, name);
}

bool call_number(struct call *call, const char *name, int64_t *out, cJSON **failure)
{
    const char *text = call_query(call, name);
    if (text == NULL || number_read(text, 0, JSON_INTEGER_MAX, out))
        return true;
    *failure = call_fail(call, 400, NULL, "?%s= takes a number", name);
    return false;
}

const struct provider *call_provider(struct call *call, const char *name, cJSON **failure)
{
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++)
        if (strcmp((*providers)->name, name) == 0)
            return *providers;
    *failure = call_fail(call, 404, NULL,
                         "no provider is called \"%.60s\" among those served; GET /_mock/providers lists them", name);
    return NULL;
}
