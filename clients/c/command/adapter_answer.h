#ifndef COMMAND_ADAPTER_ANSWER_H
#define COMMAND_ADAPTER_ANSWER_H

/*
 * One command of the adapter protocol to one answer. Holds no state but the client.
 */

#include <cjson/cJSON.h>

#include "cancelorder.h"
#include "support/json.h"

/* The answer to a command, with its id; the caller's (cJSON_Delete()). `line` NULL = not JSON. */
cJSON *adapter_answer(struct cancelorder_client *client, const struct json_value *line);

/* The answer to a run that was aborted before it began. */
cJSON *adapter_answer_aborted(const struct json_value *line);

#endif
