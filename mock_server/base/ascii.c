#include "base/ascii.h"

#include <string.h>

char ascii_lower(char c)
{
    return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

char ascii_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ascii_is_hex(char c)
{
    char lower = ascii_lower(c);
    return ascii_is_digit(c) || (lower >= 'a' && lower <= 'f');
}

bool ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool ascii_is_alpha(char c)
{
    char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'z';
}

bool ascii_is_alnum(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

bool ascii_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool ascii_equal_bytes(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower(a[i]) != ascii_lower(b[i]))
            return false;
        if (a[i] == '\0')
            return true;
    }
    return true;
}

bool ascii_equal(const char *a, const char *b)
{
    return ascii_equal_bytes(a, b, strlen(a) + 1);
}

const char *ascii_find(const char *text, const char *part)
{
    size_t length = strlen(part), left = strlen(text);
    for (; left >= length; text++, left--)
        if (ascii_equal_bytes(text, part, length))
            return text;
    return NULL;
}
