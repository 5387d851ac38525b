/*
 * In which form a request comes and its answer goes (3): JSON, or XML at the twins, or a query at the one GET.
 *
 * The path alone tells, so that the form is known before anything has been read, and for every refusal.
 */
#include <string.h>

#include "base/uri.h"
#include "providers/iletimerkezi/iletimerkezi.h"

enum iletimerkezi_form iletimerkezi_form_of(struct exchange *x)
{
    static const struct {
        const char *path;
        enum iletimerkezi_form form;
    } paths[] = {
        {"/cancel-order", FORM_XML}, {"/send-sms", FORM_XML},        {"/get-report", FORM_XML},
        {"/get-balance", FORM_XML},  {"/send-sms/get/", FORM_QUERY},
    };
    const char *path = x->inner_path;
    if (strchr(path, '%') != NULL)
        path = uri_decode(x->arena, path, strlen(path));
    for (size_t i = 0; path != NULL && i < COUNT_OF(paths); i++)
        if (strcmp(path, paths[i].path) == 0)
            return paths[i].form;
    return FORM_JSON;
}
