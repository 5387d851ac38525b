#include "transport/fields.h"

#include <string.h>

#include "base/ascii.h"
#include "base/number.h"

/* ── One line ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* RFC 9110 section 5.6.2. */
bool field_is_token_character(char c)
{
    return ascii_is_alnum(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

bool field_is_token(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (!field_is_token_character(*at))
            return false;
    return *text != '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* RFC 9110 section 5.5: CR, LF and NUL are invalid and dangerous; other control characters are invalid too, and no
 * common server takes them. Bytes from 0x80 on are opaque. */
static bool is_value(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool malformed(struct reason *why, const char *rule, const char *field, const char *expected)
{
    *why = (struct reason){rule, field, expected, NULL};
    return false;
}

/* What can be its name: a line without a colon may hold a secret behind it. */
static const char *name_in(char *line)
{
    char *end = line;
    while (field_is_token_character(*end))
        end++;
    *end = '\0';
    return line;
}

bool field_read(char *line, size_t length, struct header *header, struct reason *why)
{
    char *colon = memchr(line, ':', length);
    if (is_blank(*line))
        return malformed(why, "RFC 9112 section 5.2: no line is folded", NULL, "a header name");
    if (colon == NULL)
        return malformed(why, "RFC 9112 section 5: a header line has a colon", name_in(line), "Name: value");
    *colon = '\0';
    if (colon > line && is_blank(colon[-1]))
        return malformed(why, "RFC 9112 section 5.1: no blank stands before the colon", line, "Name: value");
    if (strlen(line) != (size_t)(colon - line) || !field_is_token(line))
        return malformed(why, "RFC 9110 section 5.1: a header name is a token", line, "letters, digits and hyphens");
    char *value = colon + 1, *end = line + length;
    while (value < end && is_blank(*value))
        value++;
    while (end > value && is_blank(end[-1]))
        end--;
    if (!is_value(value, (size_t)(end - value)))
        return malformed(why, "RFC 9110 section 5.5: a header value has no control character", line,
                         "visible characters");
    *end = '\0';
    *header = (struct header){line, value};
    return true;
}

/* ── All of them ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* The n-th value of that name; NULL when there are fewer. */
static const char *value_of(const struct request *request, const char *name, size_t n)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (ascii_equal(request->headers[i].name, name) && n-- == 0)
            return request->headers[i].value;
    return NULL;
}

static bool refuse(struct unread *unread, int status, const char *rule, const char *field, const char *actual)
{
    unread->status = status;
    unread->why = (struct reason){rule, field, NULL, actual};
    return false;
}

/* RFC 3986 section 3.2.2 with a port; no user name, no path. */
static bool is_authority(const char *host)
{
    for (const char *at = host; *at != '\0'; at++)
        if (!ascii_is_alnum(*at) && (*at & 0x80) == 0 && strchr("-._~%!$&'()*+,;=:[]", *at) == NULL)
            return false;
    return *host != '\0';
}

static bool check_host(const struct request *request, const struct head *head, struct unread *unread)
{
    const char *host = value_of(request, "Host", 0);
    if (host == NULL && !head->is_1_0)
        return refuse(unread, 400, "RFC 9112 section 3.2: a request has a Host", "Host", "absent");
    if (value_of(request, "Host", 1) != NULL)
        return refuse(unread, 400, "RFC 9112 section 3.2: a request has one Host", "Host", "two of them");
    if (host != NULL && !is_authority(host))
        return refuse(unread, 400, "RFC 9112 section 3.2: Host is a host and a port", "Host", host);
    return true;
}

/* RFC 9112 section 6.1: only chunks are known, and to a message that has a length beside them nobody answers well. */
static bool frame_chunks(const struct request *request, struct head *head, struct unread *unread)
{
    const char *coding = value_of(request, "Transfer-Encoding", 0);
    if (head->is_1_0)
        return refuse(unread, 400, "RFC 9112 section 6.1: HTTP/1.0 has no transfer codings", "Transfer-Encoding",
                      coding);
    if (value_of(request, "Content-Length", 0) != NULL)
        return refuse(unread, 400, "RFC 9112 section 6.1: a length and chunks exclude each other", "Transfer-Encoding",
                      coding);
    if (value_of(request, "Transfer-Encoding", 1) != NULL)
        return refuse(unread, 400, "RFC 9112 section 6.1: chunked stands once", "Transfer-Encoding", coding);
    if (!ascii_equal(coding, "chunked"))
        return refuse(unread, 501, "RFC 9112 section 6.1: no transfer coding but chunked is known", "Transfer-Encoding",
                      coding);
    head->framing = FRAMING_CHUNKED;
    return true;
}

static bool frame_length(const struct request *request, struct head *head, struct unread *unread)
{
    const char *rule = "RFC 9112 section 6.3: Content-Length is one number of bytes";
    const char *length = value_of(request, "Content-Length", 0);
    if (value_of(request, "Content-Length", 1) != NULL)
        return refuse(unread, 400, rule, "Content-Length", "two of them");
    if (!number_is_digits(length) || !number_read(length, 0, INT64_MAX, &head->length))
        return refuse(unread, 400, rule, "Content-Length", *length == '\0' ? "empty" : length);
    head->framing = head->length > 0 ? FRAMING_LENGTH : FRAMING_NONE;
    return true;
}

/* Whether the list of tokens in any header of that name has this one. */
static bool lists(const struct request *request, const char *name, const char *token)
{
    const char *value = NULL;
    for (size_t n = 0; (value = value_of(request, name, n)) != NULL; n++)
        while (*value != '\0') {
            value += strspn(value, ", \t");
            size_t length = strcspn(value, ", \t");
            if (length == strlen(token) && ascii_equal_bytes(value, token, length))
                return true;
            value += length;
        }
    return false;
}

bool fields_frame(const struct request *request, struct head *head, struct unread *unread)
{
    head->closes =
        lists(request, "Connection", "close") || (head->is_1_0 && !lists(request, "Connection", "keep-alive"));
    head->asks_to_continue = !head->is_1_0 && lists(request, "Expect", "100-continue");
    if (!check_host(request, head, unread))
        return false;
    if (value_of(request, "Transfer-Encoding", 0) != NULL)
        return frame_chunks(request, head, unread);
    return value_of(request, "Content-Length", 0) == NULL || frame_length(request, head, unread);
}
