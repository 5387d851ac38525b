#include "call.h"

#include <stdlib.h>
#include <string.h>

#include "support/mem.h"
#include "support/result.h"
#include "support/uri.h"

const char *request_credential(const struct cancelorder_request *request, const char *name)
{
    for (size_t i = 0; i < request->credentials.count; i++)
        if (strcmp(request->credentials.rows[i].name, name) == 0)
            return request->credentials.rows[i].value;
    return NULL;
}

const char *call_credential(const struct call *call, const char *name)
{
    if (call->token != NULL && strcmp(call->token_name, name) == 0)
        return call->token;
    return request_credential(call->request, name);
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

static void header_add(struct http_request *request, const char *name, const char *value)
{
    if (value != NULL)
        request->headers[request->header_count++] = (struct http_header){name, value};
}

static char *header_value(const struct call *call, const struct wire_header *header)
{
    const char *credential = call_credential(call, header->credential);
    struct text value;

    text_init(&value);
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
    char *values[2] = {NULL, NULL};
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
    for (size_t i = 0; i < 2 && shape->headers[i].name != NULL; i++) {
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
    free(values[0]);
    free(values[1]);
    free(url);
}

void call_account(const struct cancelorder_request *request, const char *const *names, size_t count,
                  char out[SHA256_HEX + 1])
{
    struct text text;

    text_init(&text);
    for (size_t i = 0; i < count; i++) {
        const char *value = request_credential(request, names[i]);

        text_add_format(&text, "%s:%zu:", names[i], value == NULL ? 0 : strlen(value));
        text_add(&text, value == NULL ? "" : value);
    }
    sha256_hex(text.bytes, text.length, out);
    text_release(&text);
}

static void session_digest(const struct call *call, const struct login_rules *rules, char out[SHA256_HEX + 1])
{
    char account[SHA256_HEX + 1];
    struct text text;

    call_account(call->request, rules->key_names, 2, account);
    text_init(&text);
    text_add_format(&text, "%s %s %s", call->provider->name, call->request->base_url, account);
    sha256_hex(text.bytes, text.length, out);
    text_release(&text);
}

static void token_use(struct call *call, const struct login_rules *rules, const char *token)
{
    char *copy = mem_copy(token);

    free(call->token);
    call->token = copy;
    call->token_name = rules->token_name;
}

static bool can_log_in(const struct call *call, const struct login_rules *rules)
{
    return has_credential(call->request, rules->key_names[0]) && has_credential(call->request, rules->key_names[1]);
}

static int log_in_now(struct call *call, const struct login_rules *rules)
{
    char digest[SHA256_HEX + 1];
    char *token = NULL;
    int64_t expires_ms = 0;

    if (rules->login(call, &token, &expires_ms) != 0)
        return -1;
    session_digest(call, rules, digest);
    session_put(&call->client->sessions, digest, token, expires_ms);
    token_use(call, rules, token);
    free(token);
    return 0;
}

int call_log_in(struct call *call, const struct login_rules *rules)
{
    char digest[SHA256_HEX + 1];
    const char *token;

    if (has_credential(call->request, rules->token_name))
        return 0;
    session_digest(call, rules, digest);
    token = session_find(&call->client->sessions, digest, clock_wall_ms());
    if (token == NULL)
        return log_in_now(call, rules);
    token_use(call, rules, token);
    return 0;
}

bool call_renew(struct call *call, const struct login_rules *rules)
{
    if (call->renewed || !can_log_in(call, rules))
        return false;
    call->renewed = true;
    result_forget_answer(call->result);
    return log_in_now(call, rules) == 0;
}
