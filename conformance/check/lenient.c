/* What base/json.h refuses cJSON may still read; only the digits of numbers are lost then. */
#include "check/lenient.h"

#include <string.h>

#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"

cJSON *lenient_read(const char *bytes, size_t length)
{
    cJSON *root = json_read_bytes(bytes, length);
    if (root != NULL)
        return root;
    const char *end = NULL;
    root = cJSON_ParseWithLengthOpts(bytes, length, &end, false);
    while (root != NULL && end < bytes + length && ascii_is_space(*end))
        end++;
    if (root != NULL && end == bytes + length)
        return root;
    cJSON_Delete(root);
    return NULL;
}

char *lenient_write(const cJSON *node)
{
    char *printed = cJSON_PrintUnformatted(node);
    return printed != NULL ? printed : mem_dup("null");
}
