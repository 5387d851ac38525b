/*
 * The one GET (3): send-sms with everything in the query. It is turned into what a body would say; it has no
 * sendDateTime, so that such an order leaves at once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "providers/iletimerkezi/sms.h"

/* "5301234567,5301234568" */
static void add_numbers(cJSON *message, const char *list)
{
    cJSON *numbers = cJSON_AddArrayToObject(cJSON_AddObjectToObject(message, "receipents"), "number");
    while (list != NULL && *list != '\0') {
        size_t length = strcspn(list, ",");
        char *number = mem_dup_bytes(list, length);
        cJSON_AddItemToArray(numbers, cJSON_CreateString(number));
        free(number);
        list += length + (list[length] == ',');
    }
}

enum step iletimerkezi_validate_send_get(struct exchange *x)
{
    static const char *const names[] = {"sender", "iys", "iysList", "text", "receipents"};
    const char *values[COUNT_OF(names)];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        values[i] = iletimerkezi_query(x, names[i]);
        if (values[i] != NULL && !utf8_is_valid(values[i], strlen(values[i])))
            return iletimerkezi_refuse_code(
                x, 400, &(struct reason){"6.1: the query can be read", names[i], "UTF-8", "other bytes"});
    }
    cJSON *order = cJSON_CreateObject(), *message = cJSON_AddObjectToObject(order, "message");
    for (size_t i = 0; i < 3; i++)
        if (values[i] != NULL)
            json_set_string(order, names[i], values[i]);
    json_set_string(message, "text", values[3] == NULL ? "" : values[3]);
    add_numbers(message, values[4]);
    enum step step = sms_read(x, order);
    cJSON_Delete(order);
    return step;
}
