/* The tokens of a session. */
#include "control/handlers.h"
#include "model/provider.h"
#include "session/session.h"

/* Every token of the provider ends now, those of the fixtures too: whoever calls next has to log in. */
cJSON *control_tokens_expire(struct call *call)
{
    cJSON *failure = NULL;
    const struct provider *provider = call_provider(call, call->params[0], &failure);
    if (provider == NULL)
        return failure;
    if (provider->token_member == NULL)
        return call_fail(call, 409, NULL, "%s has no log-in, so its credentials do not expire", provider->name);
    tokens_expire(session_tokens(call->session), provider);
    call->status = 204;
    return NULL;
}
