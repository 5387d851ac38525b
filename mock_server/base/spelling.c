#include "base/spelling.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"

static unsigned digit_of(char c)
{
    return ascii_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(ascii_lower(c) - 'a') + 10;
}

/* Exactly `count` hexadecimal digits. */
static bool read_hex(const char *bytes, size_t length, size_t count, unsigned *out)
{
    *out = 0;
    if (length < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!ascii_is_hex(bytes[i]))
            return false;
        *out = *out * 16 + digit_of(bytes[i]);
    }
    return true;
}

static bool is_character(struct spelled *out, size_t width, unsigned code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return false;
    out->width = width;
    out->length = utf8_write(code, out->bytes);
    return true;
}

static bool is_byte(struct spelled *out, size_t width, unsigned byte)
{
    *out = (struct spelled){.width = width, .length = 1, .bytes = {(char)byte}};
    return true;
}

static bool read_json_code(const char *bytes, size_t length, struct spelled *out)
{
    unsigned high = 0, low = 0;
    if (!read_hex(bytes + 2, length - 2, 4, &high))
        return false;
    if (high >= 0xD800 && high <= 0xDBFF && length >= 12 && bytes[6] == '\\' && bytes[7] == 'u' &&
        read_hex(bytes + 8, length - 8, 4, &low) && low >= 0xDC00 && low <= 0xDFFF)
        return is_character(out, 12, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
    return is_character(out, 6, high);
}

static bool read_json(const char *bytes, size_t length, struct spelled *out)
{
    static const char letters[] = "bfnrt\"\\/'", meant[] = "\b\f\n\r\t\"\\/'";
    if (length < 2)
        return false;
    if (bytes[1] == 'u')
        return read_json_code(bytes, length, out);
    const char *letter = bytes[1] == '\0' ? NULL : strchr(letters, bytes[1]);
    return letter != NULL && is_byte(out, 2, (unsigned char)meant[letter - letters]);
}

#define ENTITY_MAX 12

static bool read_xml_code(const char *bytes, size_t end, struct spelled *out)
{
    bool is_hex = ascii_lower(bytes[2]) == 'x';
    unsigned code = 0, base = is_hex ? 16 : 10;
    size_t first = is_hex ? 3 : 2;
    for (size_t i = first; i < end; i++) {
        if (is_hex ? !ascii_is_hex(bytes[i]) : !ascii_is_digit(bytes[i]))
            return false;
        code = code > 0x10FFFF ? code : code * base + digit_of(bytes[i]);
    }
    return end > first && is_character(out, end + 1, code);
}

static bool read_xml(const char *bytes, size_t length, struct spelled *out)
{
    static const struct {
        const char *name;
        char meant;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    const char *end = memchr(bytes, ';', length < ENTITY_MAX ? length : ENTITY_MAX);
    if (end == NULL || end - bytes < 3)
        return false;
    if (bytes[1] == '#')
        return read_xml_code(bytes, (size_t)(end - bytes), out);
    for (size_t i = 0; i < COUNT_OF(entities); i++)
        if (strncmp(bytes, entities[i].name, (size_t)(end - bytes) + 1) == 0)
            return is_byte(out, (size_t)(end - bytes) + 1, (unsigned char)entities[i].meant);
    return false;
}

bool spelling_read(const char *bytes, size_t length, unsigned spellings, struct spelled *out)
{
    unsigned byte = 0;
    if (length == 0)
        return false;
    switch (bytes[0]) {
    case '%':
        return (spellings & SPELLING_URI) != 0 && read_hex(bytes + 1, length - 1, 2, &byte) && is_byte(out, 3, byte);
    case '\\':
        return (spellings & SPELLING_JSON) != 0 && read_json(bytes, length, out);
    case '&':
        return (spellings & SPELLING_XML) != 0 && read_xml(bytes, length, out);
    case '+':
        return (spellings & SPELLING_PLUS) != 0 && is_byte(out, 1, ' ');
    default:
        return false;
    }
}

static bool has_escapes(const char *bytes, size_t length, unsigned spellings)
{
    static const struct {
        unsigned spelling;
        char sign;
    } signs[] = {{SPELLING_URI, '%'}, {SPELLING_JSON, '\\'}, {SPELLING_XML, '&'}, {SPELLING_PLUS, '+'}};
    for (size_t i = 0; i < COUNT_OF(signs) && length > 0; i++)
        if ((spellings & signs[i].spelling) != 0 && memchr(bytes, signs[i].sign, length) != NULL)
            return true;
    return false;
}

void spelling_decode(const char *bytes, size_t length, unsigned spellings, struct text *out)
{
    struct spelled spelled;
    if (!has_escapes(bytes, length, spellings)) {
        text_add_bytes(out, bytes, length);
        return;
    }
    for (size_t at = 0; at < length;) {
        if (spelling_read(bytes + at, length - at, spellings, &spelled)) {
            text_add_bytes(out, spelled.bytes, spelled.length);
            at += spelled.width;
        } else {
            text_add_char(out, bytes[at++]);
        }
    }
}
