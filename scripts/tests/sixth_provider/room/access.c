/* Lemonade: every call carries the key of a stand. */
#include <string.h>

#include "providers/lemonade/lemonade.h"

enum step lemonade_authenticate(struct exchange *x)
{
    const char *key = lemonade_credential_shown(x);
    struct credential_match match = exchange_credential(x, "key", key == NULL ? "" : key);
    if (match.entry == NULL || strcmp(match.state, "valid") != 0)
        return lemonade_fail(x, 401, "who_are_you",
                             &(struct reason){"3: a key", LEMONADE_KEY_HEADER, "a valid key", match.state});
    x->credential = match.entry;
    x->account = json_string(match.entry, "account");
    return STEP_NEXT;
}

const char *lemonade_credential_shown(struct exchange *x)
{
    return exchange_header(x, LEMONADE_KEY_HEADER);
}
