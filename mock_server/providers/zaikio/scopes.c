/*
 * Which scopes a token has (2). A token of the fixtures has those of its credential. One that the token endpoint issued
 * says itself which of them were asked for, as the vendor's tokens do: behind its last dot stands a digit for each
 * scope of the credential, 1 to read it, 2 to write it, 3 for both, 0 for neither. A token without one has all.
 *
 *     ["procurement_consumer.catalog.r","procurement_consumer.orders.rw"]   zt-musterdruck-….01   orders.r alone
 *
 * To have read and write is to have each of them.
 */
#include <string.h>

#include "base/ids.h"
#include "providers/zaikio/zaikio.h"

enum { RIGHT_NONE, RIGHT_READ, RIGHT_WRITE, RIGHT_BOTH };

/* What is behind the last dot, and where that stands. */
static int right_of(const char *scope, size_t *length)
{
    const char *dot = strrchr(scope, '.');
    *length = dot == NULL ? 0 : (size_t)(dot - scope);
    if (dot == NULL)
        return RIGHT_NONE;
    return strcmp(dot, ".rw") == 0  ? RIGHT_BOTH
           : strcmp(dot, ".r") == 0 ? RIGHT_READ
           : strcmp(dot, ".w") == 0 ? RIGHT_WRITE
                                    : RIGHT_NONE;
}

/* The digits of a token that was issued; "" for all scopes. */
const char *zaikio_scope_digits(const cJSON *credential, const char *member, const char *token)
{
    const char *own = json_string(json_member(credential, "values"), member);
    const char *dot = own != NULL && strcmp(own, token) == 0 ? NULL : strrchr(token, '.');
    return dot == NULL ? "" : dot + 1;
}

static const char *narrowed(struct exchange *x, const char *scope, int right)
{
    static const char *const endings[] = {[RIGHT_READ] = "r", [RIGHT_WRITE] = "w", [RIGHT_BOTH] = "rw"};
    size_t length = 0;
    if (right == right_of(scope, &length))
        return scope;
    return arena_print(x->arena, "%.*s.%s", (int)length, scope, endings[right]);
}

const char *const *zaikio_scopes(struct exchange *x, const cJSON *credential, const char *digits)
{
    const cJSON *list = json_member(credential, "scopes"), *scope = NULL;
    const char **names = arena_alloc(x->arena, ((size_t)cJSON_GetArraySize(list) + 1) * sizeof *names);
    bool all = *digits == '\0';
    size_t used = 0;
    cJSON_ArrayForEach (scope, list) {
        int right = *digits == '\0' ? RIGHT_NONE : *digits++ - '0';
        if (cJSON_IsString(scope) && (all || (right >= RIGHT_READ && right <= RIGHT_BOTH)))
            names[used++] = all ? scope->valuestring : narrowed(x, scope->valuestring, right);
    }
    names[used] = NULL;
    return names;
}

/* ── Asking for some of them ───────────────────────────────────────────────────────────────────────────────────── */

/* "Org/<uuid>.<app>.<name>.<r|w|rw>": the uuid in *bearer, what is behind it in *scope. */
static bool read_asked(struct exchange *x, const char *asked, const char **bearer, const char **scope)
{
    static const char prefix[] = "Org/";
    size_t length = strcspn(asked, "."), ignored = 0;
    if (strncmp(asked, prefix, strlen(prefix)) != 0 || asked[length] == '\0')
        return false;
    *bearer = arena_dup_bytes(x->arena, asked + strlen(prefix), length - strlen(prefix));
    *scope = asked + length + 1;
    const char *name = strchr(*scope, '.');
    bool complete = name != NULL && name != *scope && strchr(name + 1, '.') != NULL && name[1] != '.';
    return complete && zaikio_is_uuid(*bearer) && right_of(*scope, &ignored) != RIGHT_NONE;
}

/* Sets the digit of the scope that includes the asked one. */
static bool grant(const cJSON *list, const char *wanted, char *digits)
{
    size_t length = 0, own_length = 0;
    int right = right_of(wanted, &length), at = 0;
    const cJSON *scope = NULL;
    cJSON_ArrayForEach (scope, list) {
        const char *own = cJSON_IsString(scope) ? scope->valuestring : "";
        if ((right & ~right_of(own, &own_length)) == 0 && length == own_length && strncmp(own, wanted, length) == 0) {
            digits[at] = (char)('0' + ((digits[at] - '0') | right));
            return true;
        }
        at++;
    }
    return false;
}

const char *zaikio_ask_scope(struct exchange *x, const char *asked, char *digits)
{
    const char *bearer = "", *scope = "";
    if (!read_asked(x, asked, &bearer, &scope))
        return "malformed_scope";
    if (strcmp(bearer, zaikio_organisation(x)) != 0)
        return "bearer_does_not_exist";
    return grant(json_member(x->credential, "scopes"), scope, digits) ? NULL : "ungranted_scope";
}
