/* Whether bytes are UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

bool utf8_is_valid(const char *bytes, size_t length);
/* Length of the character that starts at bytes[0], 0 when it is none. */
size_t utf8_character(const char *bytes, size_t length);
/* Writes a character (no surrogate, at most U+10FFFF) and returns its length. */
#define UTF8_CHARACTER_MAX 4
size_t utf8_write(unsigned code, char out[UTF8_CHARACTER_MAX]);

#endif
