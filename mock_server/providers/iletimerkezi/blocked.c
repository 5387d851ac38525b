/*
 * The numbers that an account has blocked (8.7), which send-sms refuses with 452 (6.2).
 *
 * Those of the fixtures are blocked from the beginning, until one is unblocked; then those that were added in this
 * session follow, each since its time. A number of the fixtures that was unblocked and is blocked again counts as
 * added.
 */
#include <string.h>

#include "providers/iletimerkezi/sms.h"

static const char added[] = "blocked";
static const char removed[] = "unblocked"; /* of the fixtures */

static bool is_in_fixture(struct exchange *x, const char *number)
{
    return iletimerkezi_customer_has(x, "blacklist", number) && !exchange_list_has(x, removed, number);
}

bool iletimerkezi_is_blocked(struct exchange *x, const char *number)
{
    return exchange_list_has(x, added, number) || is_in_fixture(x, number);
}

bool iletimerkezi_block(struct exchange *x, const char *number)
{
    return !is_in_fixture(x, number) && exchange_list_add(x, added, number);
}

bool iletimerkezi_unblock(struct exchange *x, const char *number)
{
    if (exchange_list_remove(x, added, number))
        return true;
    return iletimerkezi_customer_has(x, "blacklist", number) && exchange_list_add(x, removed, number);
}

const struct list_item *iletimerkezi_blocked(struct exchange *x, size_t *count)
{
    const cJSON *fixed = json_member(iletimerkezi_customer(x), "blacklist"), *number = NULL;
    size_t more = 0;
    const struct list_item *since = exchange_list(x, added, &more);
    struct list_item *all = arena_alloc(x->arena, ((size_t)cJSON_GetArraySize(fixed) + more + 1) * sizeof *all);
    *count = 0;
    cJSON_ArrayForEach (number, fixed)
        if (is_in_fixture(x, number->valuestring))
            all[(*count)++] = (struct list_item){number->valuestring, BLOCKED_BEFORE};
    memcpy(all + *count, since, more * sizeof *all);
    *count += more;
    return all;
}
