#include "trust/host_names.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/text.h"

#define HOST_NAME_MAX_LENGTH 253
#define LABEL_MAX            63

bool host_name_is_address(const char *name)
{
    unsigned char address[16];
    return inet_pton(AF_INET, name, address) == 1 || inet_pton(AF_INET6, name, address) == 1;
}

/* Letters, digits, and hyphens inside. */
static bool is_label(const char *label, size_t length)
{
    if (length == 0 || length > LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!ascii_is_alnum(label[i]) && label[i] != '-')
            return false;
    return true;
}

/* The dot at the end of a full name is no part of it. */
static size_t length_of(const char *name)
{
    size_t length = strlen(name);
    return length > 1 && name[length - 1] == '.' ? length - 1 : length;
}

static bool are_labels(const char *name, size_t length)
{
    for (size_t at = 0, end; at <= length; at = end + 1) {
        for (end = at; end < length && name[end] != '.';)
            end++;
        if (!is_label(name + at, end - at))
            return false;
    }
    return true;
}

/* NULL when nothing is. */
static const char *wrong_with(const char *name)
{
    bool has_star = strncmp(name, "*.", 2) == 0;
    const char *rest = has_star ? name + 2 : name;
    size_t length = length_of(rest);
    if (host_name_is_address(name))
        return NULL;
    for (const char *at = name; *at != '\0'; at++)
        if ((unsigned char)*at >= 0x80)
            return "is not written in ASCII; give its form that begins with xn--";
    if (strchr(name, '_') != NULL)
        return "has an underscore, and the TLS library takes no such name from a client; give one without";
    if (length == 0 || length_of(name) > HOST_NAME_MAX_LENGTH)
        return "has no characters, or more than 253";
    if (!are_labels(rest, length))
        return "is no host name; give one such as api.example.org, without scheme, port or path";
    if (has_star && memchr(rest, '.', length) == NULL)
        return "has a star for too much; clients take one such as *.example.org";
    return NULL;
}

bool host_name_check(const char *name, struct text *problem)
{
    const char *wrong = wrong_with(name);
    if (wrong != NULL)
        text_print(problem, "\"%.300s\" %s", name, wrong);
    return wrong == NULL;
}

char *host_name_lower(const char *name)
{
    size_t length = length_of(name);
    char *lower = mem_dup_bytes(name, length);
    for (size_t i = 0; i < length; i++)
        lower[i] = ascii_lower(lower[i]);
    return lower;
}

bool host_name_matches(const char *pattern, const char *name)
{
    const char *dot = strchr(name, '.');
    if (strcmp(pattern, name) == 0)
        return true;
    return pattern[0] == '*' && dot != NULL && dot != name && strcmp(pattern + 1, dot) == 0;
}
