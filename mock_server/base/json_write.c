/*
 * Writes a tree as compact JSON. Numbers that were read or made by json_new_…() are written with their own digits.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

static void write_escape(struct text *out, unsigned code)
{
    static const char named[][3] = {['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
                                    ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};
    if (code < COUNT_OF(named) && named[code][0] != '\0')
        text_add(out, named[code]);
    else if (code < 0x10000)
        text_print(out, "\\u%04x", code);
    else
        text_print(out, "\\u%04x\\u%04x", 0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
}

static unsigned code_point(const char *bytes, size_t width)
{
    static const unsigned char first_mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    unsigned code = (unsigned char)bytes[0] & first_mask[width];
    for (size_t i = 1; i < width; i++)
        code = code << 6 | ((unsigned char)bytes[i] & 0x3f);
    return code;
}

static void write_string(struct text *out, const char *value, bool ascii)
{
    size_t length = strlen(value), plain = 0;
    text_add_char(out, '"');
    for (size_t i = 0; i < length;) {
        unsigned char c = (unsigned char)value[i];
        size_t width = c < 0x80 ? 1 : utf8_character(value + i, length - i);
        bool escape = c < 0x20 || c == '"' || c == '\\' || (ascii && c >= 0x80) || width == 0;
        if (escape) {
            text_add_bytes(out, value + plain, i - plain);
            if (width == 0)
                text_add(out, ascii ? "\\ufffd" : "\xef\xbf\xbd"); /* a byte that is no UTF-8 */
            else
                write_escape(out, code_point(value + i, width));
            plain = i + (width == 0 ? 1 : width);
        }
        i += width == 0 ? 1 : width;
    }
    text_add_bytes(out, value + plain, length - plain);
    text_add_char(out, '"');
}

static void write_number(struct text *out, const cJSON *node)
{
    char digits[NUMBER_TEXT_MAX];
    double value = node->valuedouble;
    if (node->valuestring != NULL)
        text_add(out, node->valuestring);
    else if (!isfinite(value))
        text_add(out, "null");
    else if (floor(value) == value && fabs(value) <= (double)JSON_INTEGER_MAX)
        text_print(out, "%lld", (long long)value);
    else
        text_add(out, number_write_decimal(value, digits));
}

static void write_value(struct text *out, const cJSON *node, bool ascii)
{
    if (cJSON_IsString(node)) {
        write_string(out, node->valuestring, ascii);
    } else if (cJSON_IsNumber(node)) {
        write_number(out, node);
    } else if (cJSON_IsObject(node) || cJSON_IsArray(node)) {
        bool object = cJSON_IsObject(node);
        text_add_char(out, object ? '{' : '[');
        for (const cJSON *child = node->child; child != NULL; child = child->next) {
            if (child != node->child)
                text_add_char(out, ',');
            if (object) {
                write_string(out, child->string, ascii);
                text_add_char(out, ':');
            }
            write_value(out, child, ascii);
        }
        text_add_char(out, object ? '}' : ']');
    } else {
        text_add(out, cJSON_IsTrue(node) ? "true" : cJSON_IsFalse(node) ? "false" : "null");
    }
}

char *json_write(const cJSON *tree)
{
    struct text out = TEXT_INIT(SIZE_MAX / 4);
    write_value(&out, tree, false);
    return text_take(&out);
}

char *json_write_ascii(const cJSON *tree)
{
    struct text out = TEXT_INIT(SIZE_MAX / 4);
    write_value(&out, tree, true);
    return text_take(&out);
}
