/*
 * Both sides of a talk over HTTP as a journal entry has them, for reports and for what judges journals.
 */
#ifndef HTTP_ENTRY_H
#define HTTP_ENTRY_H

#include "mock_server/base/http_client.h"

/* {"request":{"method","target","version","headers","body"},"response":{…}}; "response" is null where no answer came.
 * To be deleted. */
cJSON *http_entry(const struct url *url, const struct http_request *request, const struct http_answer *answer);

#endif
