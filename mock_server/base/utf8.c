#include "base/utf8.h"

static bool continues(const char *bytes, size_t length, size_t at)
{
    return at < length && ((unsigned char)bytes[at] & 0xc0) == 0x80;
}

size_t utf8_character(const char *bytes, size_t length)
{
    unsigned char first = (unsigned char)bytes[0];
    unsigned char second = length > 1 ? (unsigned char)bytes[1] : 0;
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || !continues(bytes, length, 1))
        return 0;
    if (first < 0xe0)
        return 2;
    if (first < 0xf0) {
        bool overlong = first == 0xe0 && second < 0xa0;
        bool surrogate = first == 0xed && second >= 0xa0;
        return continues(bytes, length, 2) && !overlong && !surrogate ? 3 : 0;
    }
    bool overlong = first == 0xf0 && second < 0x90;
    bool beyond = first > 0xf4 || (first == 0xf4 && second >= 0x90);
    return continues(bytes, length, 2) && continues(bytes, length, 3) && !overlong && !beyond ? 4 : 0;
}

bool utf8_is_valid(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t step = utf8_character(bytes + i, length - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

/* The part of the code point that begins at bit `shift`, in a byte that continues a character. */
static char continuation(unsigned code, unsigned shift)
{
    return (char)(0x80 | (code >> shift & 0x3f));
}

size_t utf8_write(unsigned code, char out[UTF8_CHARACTER_MAX])
{
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    unsigned shift = 6 * ((unsigned)length - 1);
    out[0] = (char)(first[length] | code >> shift);
    for (size_t i = 1; i < length; i++)
        out[i] = continuation(code, shift -= 6);
    return length;
}
