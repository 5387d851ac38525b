#include "base/template.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define WIDTH_MAX  18
#define DIGITS_MAX 18

/* The length of the place that begins here, or 0; its width, 1 for a plain one. */
static size_t place_at(const char *text, size_t *width)
{
    *width = 1;
    if (strncmp(text, "{{n}}", 5) == 0)
        return 5;
    if (strncmp(text, "{{n:", 4) != 0)
        return 0;
    size_t digits = strspn(text + 4, "0123456789"), value = 0;
    for (size_t i = 0; i < digits && i < 3; i++)
        value = value * 10 + (size_t)(text[4 + i] - '0');
    if (digits == 0 || digits > 2 || value == 0 || value > WIDTH_MAX || strncmp(text + 4 + digits, "}}", 2) != 0)
        return 0;
    *width = value;
    return 4 + digits + 2;
}

#define NUMBER_MAX 24

/* The number with leading zeros up to that width; its length. By hand, since this is done for every order that is met.
 */
static size_t write_number(int64_t n, size_t width, char out[NUMBER_MAX])
{
    char backwards[NUMBER_MAX];
    size_t length = 0;
    for (; n > 0 || length == 0; n /= 10)
        backwards[length++] = (char)('0' + n % 10);
    while (length < width)
        backwards[length++] = '0';
    for (size_t i = 0; i < length; i++)
        out[i] = backwards[length - 1 - i];
    return length;
}

size_t template_head(const char *pattern)
{
    size_t width = 0, length = 0;
    while (pattern[length] != '\0' && place_at(pattern + length, &width) == 0)
        length++;
    return length;
}

size_t template_tail(const char *pattern)
{
    size_t tail = 0, width = 0;
    while (*pattern != '\0') {
        size_t place = place_at(pattern, &width);
        tail = place > 0 ? 0 : tail + 1;
        pattern += place > 0 ? place : 1;
    }
    return tail;
}

bool template_has_place(const char *pattern)
{
    return pattern[template_head(pattern)] != '\0';
}

size_t template_write(const char *pattern, int64_t n, char *out, size_t room)
{
    size_t length = 0, width = 0;
    char digits[NUMBER_MAX];
    while (*pattern != '\0') {
        size_t place = place_at(pattern, &width), more = 1;
        const char *from = pattern;
        if (place > 0) {
            more = write_number(n, width, digits);
            from = digits;
        }
        if (length + more < room)
            memcpy(out + length, from, more);
        length += more;
        pattern += place > 0 ? place : 1;
    }
    if (room > 0)
        out[length < room ? length : 0] = '\0';
    return length;
}

char *template_text(const char *pattern, int64_t n)
{
    size_t length = template_write(pattern, n, NULL, 0);
    char *text = mem_alloc(length + 1);
    template_write(pattern, n, text, length + 1);
    return text;
}

/* How long the text is for a number of so many digits. */
static size_t length_for(const char *pattern, size_t digits)
{
    size_t length = 0, width = 0;
    while (*pattern != '\0') {
        size_t place = place_at(pattern, &width);
        length += place == 0 ? 1 : width > digits ? width : digits;
        pattern += place > 0 ? place : 1;
    }
    return length;
}

/* Whether the text is what the pattern makes of n, byte by byte. */
static bool is_made_of(const char *pattern, int64_t n, const char *text)
{
    char digits[NUMBER_MAX];
    size_t width = 0;
    while (*pattern != '\0') {
        size_t place = place_at(pattern, &width), more = 1;
        const char *from = pattern;
        if (place > 0) {
            more = write_number(n, width, digits);
            from = digits;
        }
        if (strncmp(from, text, more) != 0)
            return false;
        text += more;
        pattern += place > 0 ? place : 1;
    }
    return *text == '\0';
}

/* The length of the text tells how many digits the number has, so a digit behind the place is no riddle. */
int64_t template_match(const char *pattern, const char *text)
{
    size_t head = template_head(pattern), length = strlen(text), width = 0;
    if (strncmp(pattern, text, head) != 0)
        return -1;
    place_at(pattern + head, &width);
    for (size_t digits = 1; digits <= DIGITS_MAX; digits++) {
        char number[WIDTH_MAX + 1];
        int64_t n = -1;
        if (length_for(pattern, digits) != length)
            continue;
        snprintf(number, sizeof number, "%.*s", (int)(width > digits ? width : digits), text + head);
        if (number_is_digits(number) && number_read(number, 0, INT64_MAX, &n) && is_made_of(pattern, n, text))
            return n;
    }
    return -1;
}
