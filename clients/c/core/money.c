#include "core/money.h"

#include <string.h>

#include "base/text.h"

#define DECIMALS_MAX 20

char *money_print(const char *minor, int decimals)
{
    size_t places = (size_t)decimals;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    if (minor == NULL || decimals < 0 || decimals > DECIMALS_MAX)
        return NULL;
    const char *digits = minor[0] == '-' ? minor + 1 : minor;
    size_t length = strspn(digits, "0123456789");
    if (length == 0 || digits[length] != '\0')
        return NULL;
    text_add_bytes(&out, minor, (size_t)(digits - minor));
    if (length <= places) {
        text_add(&out, "0.");
        for (size_t i = length; i < places; i++)
            text_add_char(&out, '0');
        text_add(&out, digits);
    } else {
        text_add_bytes(&out, digits, length - places);
        if (places > 0) {
            text_add_char(&out, '.');
            text_add(&out, digits + length - places);
        }
    }
    return text_take(&out);
}
