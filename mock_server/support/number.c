#include "support/number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool number_is_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool number_read(const char *text, int64_t least, int64_t most, int64_t *out)
{
    if (!number_is_digits(*text == '-' ? text + 1 : text))
        return false;
    errno = 0;
    long long value = strtoll(text, NULL, 10);
    if (errno != 0 || value < least || value > most)
        return false;
    *out = value;
    return true;
}
