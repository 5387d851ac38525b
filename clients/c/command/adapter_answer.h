/*
 * One command of the adapter protocol to one answer. Holds no state but the client.
 */
#ifndef COMMAND_ADAPTER_ANSWER_H
#define COMMAND_ADAPTER_ANSWER_H

#include <cjson/cJSON.h>

#include "base/json.h"
#include "cancelorder.h"

/* The answer to a command, with its id; the caller's (cJSON_Delete()). `line` NULL = not JSON. */
cJSON *adapter_answer(struct cancelorder_client *client, const struct json_value *line);

/* The answer to a run that was aborted before it began. */
cJSON *adapter_answer_aborted(const struct json_value *line);

#endif
