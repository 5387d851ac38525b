#include "core/login.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "core/refusal.h"
#include "core/result.h"

void call_account(const struct cancelorder_request *request, const char *const *names, size_t count,
                  char out[SHA256_HEX + 1])
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    for (size_t i = 0; i < count; i++) {
        const char *value = request_credential(request, names[i]);
        text_print(&text, "%s:%zu:", names[i], value == NULL ? 0 : strlen(value));
        text_add(&text, value == NULL ? "" : value);
    }
    sha256_hex(text_cstr(&text), text.length, out);
    text_release(&text);
}

static void token_digest(const struct call *call, const struct login_rules *rules, char out[SHA256_HEX + 1])
{
    char account[SHA256_HEX + 1];
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    call_account(call->request, rules->key_names, 2, account);
    text_print(&text, "%s %s %s", call->provider->name, call->request->base_url, account);
    sha256_hex(text_cstr(&text), text.length, out);
    text_release(&text);
}

static void token_use(struct call *call, const struct login_rules *rules, const char *token)
{
    char *copy = mem_dup(token);
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
    char *token = NULL;
    int64_t expires_ms = 0;
    if (rules->login(call, &token, &expires_ms) != 0)
        return -1;
    char digest[SHA256_HEX + 1];
    token_digest(call, rules, digest);
    tokens_put(&call->client->tokens, digest, token, expires_ms);
    token_use(call, rules, token);
    free(token);
    return 0;
}

int call_log_in(struct call *call, const struct login_rules *rules)
{
    if (has_credential(call->request, rules->token_name))
        return 0;
    char digest[SHA256_HEX + 1];
    token_digest(call, rules, digest);
    const char *token = tokens_find(&call->client->tokens, digest, clock_wall_ms());
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
