#include "core/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/uri.h"
#include "core/refusal.h"
#include "core/result.h"

/* The credential, or the token of a log-in in its place; NULL if absent. */
static const char *call_credential(const struct call *call, const char *name)
{
    if (call->token != NULL && strcmp(call->token_name, name) == 0)
        return call->token;
    return request_credential(call->request, name);
}

static void header_add(struct http_request *request, const char *name, const char *value)
{
    if (value != NULL)
        request->headers[request->header_count++] = (struct http_header){name, value};
}

static char *header_value(const struct call *call, const struct wire_header *header)
{
    const char *credential = call_credential(call, header->credential);
    struct text value = TEXT_INIT(TEXT_UNBOUNDED);
    text_add(&value, header->prefix);
    text_add(&value, credential == NULL ? "" : credential);
    return text_take(&value);
}

/* `sent` speaks of the cancel request: a later answer can raise it, nothing lowers it. */
static void attempt_note(struct cancelorder_result *result, const struct http_answer *answer)
{
    enum cancelorder_sent sent = answer->status != 0 ? CANCELORDER_SENT_YES
                                 : answer->sent      ? CANCELORDER_SENT_MAYBE
                                                     : CANCELORDER_SENT_NO;
    result->attempts += answer->sent ? 1 : 0;
    if (sent > result->sent)
        result->sent = sent;
}

void call_send(struct call *call, const struct wire_shape *shape, const char *body, int share_percent,
               struct http_answer *answer)
{
    int64_t timeout_ms = deadline_left_ms(call->deadline) * share_percent / 100;
    char *url = uri_join(call->request->base_url, shape->path, call->request->order_id);
    char *values[WIRE_HEADERS_MAX] = {NULL};
    struct http_request request = {
        .method = shape->method,
        .url = url,
        .body = body,
        .changes = shape->cancels || shape->writes,
        .ca_file = call->request->ca_file,
        .timeout_ms = timeout_ms > 0 ? timeout_ms : 1,
    };

    http_answer_init(answer);
    header_add(&request, "Accept", shape->accept);
    header_add(&request, "Content-Type", body == NULL ? NULL : shape->content_type);
    for (size_t i = 0; i < WIRE_HEADERS_MAX && shape->headers[i].name != NULL; i++) {
        values[i] = header_value(call, &shape->headers[i]);
        header_add(&request, shape->headers[i].name, values[i]);
    }
    if (timeout_ms > 0) {
        http_exchange(call->client->http, &request, answer);
    } else {
        answer->failure = HTTP_TIMED_OUT;
        result_note(call->result, "No time was left to send %s.", shape->method);
    }
    if (shape->cancels)
        attempt_note(call->result, answer);
    for (size_t i = 0; i < WIRE_HEADERS_MAX; i++)
        free(values[i]);
    free(url);
}
