#include "base/uri.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

#define HOST_MAX   253
#define BASE_MAX   2048
#define DIGITS_MAX 40

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_hex(char c)
{
    return ascii_hex(c) >= 0;
}

/* 127.0.0.0/8 in its plain dotted form; 127.1 and the like are left to be refused. */
static bool is_loopback_v4(const char *host, size_t length)
{
    size_t at = 0;
    if (length < 9 || strncmp(host, "127.", 4) != 0)
        return false;
    for (int part = 0; part < 4; part++) {
        int value = 0;
        size_t start = at;
        while (at < length && at - start < 3 && ascii_is_digit(host[at]))
            value = value * 10 + (host[at++] - '0');
        if (at == start || value > 255)
            return false;
        if (part < 3 && (at == length || host[at++] != '.'))
            return false;
    }
    return at == length;
}

static bool host_is_loopback(const char *host, size_t length)
{
    return (length == 9 && ascii_equal_bytes(host, "localhost", 9)) ||
           (length == 5 && strncmp(host, "[::1]", 5) == 0) || is_loopback_v4(host, length);
}

/* Length of the host at `text`, brackets included; 0 if there is none that we would send. */
static size_t host_length(const char *text)
{
    size_t length = 0;
    if (text[0] == '[') {
        length = 1;
        while (is_hex(text[length]) || text[length] == ':' || text[length] == '.')
            length++;
        return text[length] == ']' && length > 2 ? length + 1 : 0;
    }
    while (ascii_is_alnum(text[length]) || is_one_of(text[length], "-._"))
        length++;
    return length <= HOST_MAX ? length : 0;
}

static const char *after_port(const char *text)
{
    long port = 0;
    const char *at = text + 1;
    if (*text != ':')
        return text;
    while (ascii_is_digit(*at) && port <= 65535)
        port = port * 10 + (*at++ - '0');
    return at > text + 1 && port >= 1 && port <= 65535 ? at : NULL;
}

const char *uri_base_refusal(const char *base_url)
{
    if (base_url == NULL || strlen(base_url) > BASE_MAX)
        return "base_url is missing or too long";
    bool secure = ascii_equal_bytes(base_url, "https://", 8);
    if (!secure && !ascii_equal_bytes(base_url, "http://", 7))
        return "base_url is neither http nor https";
    const char *host = base_url + (secure ? 8 : 7);
    if (memchr(host, '@', strcspn(host, "/?#")) != NULL)
        return "base_url holds user information; credentials do not belong in a URL";
    size_t length = host_length(host);
    if (length == 0)
        return "base_url has no host";
    if (!secure && !host_is_loopback(host, length))
        return "base_url is plain http to another machine; only https is used there";
    const char *rest = after_port(host + length);
    if (rest == NULL || (*rest != '\0' && *rest != '/'))
        return "base_url has a host or port that cannot be used; an international name is written "
               "as its A-label (xn--…)";
    for (; *rest != '\0'; rest++)
        if (!ascii_is_alnum(*rest) && !is_one_of(*rest, "/-._~%:@!$&'()*+,;="))
            return "base_url has a query, a fragment or a character that no path may hold";
    return NULL;
}

char *uri_encode_segment(const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (ascii_is_alnum(*text) || is_one_of(*text, "-._~")) {
            text_add_char(&out, *text);
            continue;
        }
        text_add_char(&out, '%');
        text_add_char(&out, hex[byte >> 4]);
        text_add_char(&out, hex[byte & 15]);
    }
    return text_take(&out);
}

char *uri_join(const char *base_url, const char *path, const char *order)
{
    static const char mark[] = "{order}";
    const char *hole = strstr(path, mark);
    size_t length = strlen(base_url);
    struct text url = TEXT_INIT(TEXT_UNBOUNDED);
    while (length > 0 && base_url[length - 1] == '/')
        length--;
    text_add_bytes(&url, base_url, length);
    if (hole == NULL || order == NULL) {
        text_add(&url, path);
    } else {
        char *segment = uri_encode_segment(order);
        text_add_bytes(&url, path, (size_t)(hole - path));
        text_add(&url, segment);
        text_add(&url, hole + strlen(mark));
        free(segment);
    }
    return text_take(&url);
}

static char *decode_once(const char *text)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    while (*text != '\0') {
        if (text[0] == '%' && is_hex(text[1]) && is_hex(text[2])) {
            char byte = (char)(ascii_hex(text[1]) * 16 + ascii_hex(text[2]));
            text_add_char(&out, byte == '\0' ? '\1' : byte);
            text += 3;
        } else {
            text_add_char(&out, *text++);
        }
    }
    return text_take(&out);
}

static bool is_unsafe(const char *text)
{
    if (text[0] == '\0' || strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
        return true;
    for (; *text != '\0'; text++)
        if (*text == '/' || *text == '\\' || (unsigned char)*text < 0x20 || *text == 0x7F)
            return true;
    return false;
}

bool uri_segment_is_unsafe(const char *text)
{
    char *decoded = decode_once(text);
    bool unsafe = is_unsafe(text) || is_unsafe(decoded);
    free(decoded);
    return unsafe;
}

bool uri_is_uuid(const char *text)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text == NULL || strlen(text) != sizeof shape - 1)
        return false;
    for (size_t i = 0; shape[i] != '\0'; i++)
        if (shape[i] == '-' ? text[i] != '-' : !is_hex(text[i]))
            return false;
    return true;
}

bool uri_is_digits(const char *text)
{
    return text != NULL && number_is_digits(text) && strlen(text) <= DIGITS_MAX;
}
