#include "transport/head.h"

#include <string.h>

#include "base/ascii.h"
#include "transport/fields.h"

/* One head on its way through. */
struct reading {
    struct arena *arena;
    struct request *request;
    struct head *head;
    struct unread *unread;
    char *at; /* the line that comes next; each is ended by a NUL when it is read */
    char *end;
};

static bool refuse(struct reading *reading, int status, const char *rule, const char *expected, const char *actual)
{
    reading->unread->status = status;
    reading->unread->why = (struct reason){rule, NULL, expected, arena_dup(reading->arena, actual)};
    return false;
}

/* ── Where a head ends ─────────────────────────────────────────────────────────────────────────────────────────── */

size_t head_blank(const char *bytes, size_t size)
{
    size_t blank = 0;
    while (blank < size && (bytes[blank] == '\r' || bytes[blank] == '\n'))
        blank++;
    return blank;
}

size_t head_length(const char *bytes, size_t size, size_t *seen)
{
    const char *at = bytes + *seen, *end = bytes + size;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        const char *next = at + 1;
        if (next < end && *next == '\r')
            next++;
        if (next == end)
            break; /* what follows may be the empty line */
        if (*next == '\n')
            return (size_t)(next + 1 - bytes);
        at++;
    }
    *seen = at == NULL ? size : (size_t)(at - bytes);
    return 0;
}

/* ── What can never become one ─────────────────────────────────────────────────────────────────────────────────── */

/* A method is a token (RFC 9110 section 9.1). */
static bool begins_with_no_method(const char *bytes, size_t size)
{
    size_t length = 0;
    while (length < size && field_is_token_character(bytes[length]))
        length++;
    return length < size && (bytes[length] != ' ' || length == 0);
}

/* RFC 8446 section 5.1: a handshake record, version 3.x. */
static bool is_tls(const char *bytes, size_t size)
{
    return size >= 2 && bytes[0] == 0x16 && bytes[1] == 0x03;
}

bool head_is_hopeless(const char *bytes, size_t size, struct unread *unread)
{
    bool long_line = size > REQUEST_LINE_MAX && memchr(bytes, '\n', REQUEST_LINE_MAX) == NULL;
    if (is_tls(bytes, size))
        *unread = (struct unread){
            .status = 400,
            .why = {"RFC 9112 section 3: this port speaks plain HTTP", NULL, "a request line", "a TLS handshake"}};
    else if (begins_with_no_method(bytes, size))
        *unread = (struct unread){
            .status = 400,
            .why = {"RFC 9112 section 3: a request begins with a method", NULL, "method SP target SP version", NULL}};
    else if (long_line)
        *unread = (struct unread){
            .status = 414,
            .why = {"RFC 9112 section 3: the request line is too long", NULL, "at most 8192 bytes", NULL}};
    else if (size > HEAD_MAX)
        *unread = (struct unread){
            .status = 431, .why = {"RFC 6585 section 5: the head is too large", NULL, "at most 32768 bytes", NULL}};
    return unread->status != 0;
}

/* ── The request line ──────────────────────────────────────────────────────────────────────────────────────────── */

/* The next line, without its end; NULL after the last. */
static char *next_line(struct reading *reading, size_t *length)
{
    char *line = reading->at;
    char *feed = memchr(line, '\n', (size_t)(reading->end - line));
    if (feed == NULL)
        return NULL;
    reading->at = feed + 1;
    bool has_return = feed > line && feed[-1] == '\r';
    reading->head->bare_lines = reading->head->bare_lines || !has_return;
    *length = (size_t)(feed - line) - has_return;
    line[*length] = '\0';
    return line;
}

/* "http://host:port/path" is "/path" for that host (RFC 9112 section 3.2.2: a server accepts both forms). */
static const char *origin_form(struct arena *arena, struct request *request)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        size_t scheme = strlen(schemes[i]);
        if (!ascii_equal_bytes(request->target, schemes[i], scheme))
            continue;
        const char *host = request->target + scheme;
        size_t length = strcspn(host, "/?");
        request->authority = arena_dup_bytes(arena, host, length);
        request->names_https = i == 1;
        return host + length;
    }
    return request->target;
}

static void split_target(struct arena *arena, struct request *request)
{
    if (strcmp(request->method, "CONNECT") == 0) { /* RFC 9112 section 3.2.3: its target is a host and a port alone */
        request->authority = request->target;
        request->path = "/";
        return;
    }
    const char *origin = origin_form(arena, request);
    size_t path = strcspn(origin, "?");
    request->path = path == 0 ? "/" : arena_dup_bytes(arena, origin, path);
    request->query = origin[path] == '?' ? origin + path + 1 : NULL;
}

static bool read_version(struct reading *reading, const char *version)
{
    const char *rule = "RFC 9112 section 2.3: the version is HTTP/1.1 or HTTP/1.0";
    reading->request->version = version;
    bool well_formed = strncmp(version, "HTTP/", 5) == 0 && ascii_is_digit(version[5]) && version[6] == '.' &&
                       ascii_is_digit(version[7]) && version[8] == '\0';
    if (!well_formed)
        return refuse(reading, 400, rule, "HTTP/1.1", *version == '\0' ? "absent" : version);
    if (version[5] != '1')
        return refuse(reading, 505, rule, "HTTP/1.1", version);
    reading->head->is_1_0 = version[7] == '0';
    return true;
}

/* Bytes of 0x80 and above are no part of a target either, but servers in front of vendors pass them on. */
static bool is_target(const char *target)
{
    for (const unsigned char *at = (const unsigned char *)target; *at != '\0'; at++)
        if (*at <= ' ' || *at == 0x7f)
            return false;
    return *target != '\0';
}

/* The words of the line are parted by single blanks. What is understood is kept, for a refusal that names the place. */
static bool read_request_line(struct reading *reading)
{
    size_t length = 0;
    char *line = next_line(reading, &length);
    bool has_nul = memchr(line, '\0', length) != NULL;
    char *target = line + strcspn(line, " ");
    if (*target != '\0')
        *target++ = '\0';
    char *version = target + strcspn(target, " ");
    if (*version != '\0')
        *version++ = '\0';
    reading->request->method = line;
    reading->request->target = target;
    split_target(reading->arena, reading->request);
    const char *path = arena_dup_bytes(reading->arena, target, strcspn(target, "?")); /* a query may have secrets */
    if (has_nul)
        return refuse(reading, 400, "RFC 9112 section 3: the request line has no NUL", NULL, path);
    if (!field_is_token(line))
        return refuse(reading, 400, "RFC 9110 section 9.1: the method is a token", "letters, such as PUT", line);
    if (!is_target(target))
        return refuse(reading, 400, "RFC 9112 section 3.2: the target is visible characters", "a path", path);
    if (strchr(version, ' ') != NULL)
        return refuse(reading, 400, "RFC 9112 section 3: a line of three words", "no blank in the target", path);
    return read_version(reading, version);
}

/* ── Header lines ──────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t count_lines(const struct reading *reading)
{
    size_t count = 0;
    for (const char *at = reading->at; (at = memchr(at, '\n', (size_t)(reading->end - at))) != NULL; at++)
        count++;
    return count;
}

static bool read_field(struct reading *reading, char *line, size_t length)
{
    struct reason why = {0};
    struct header header;
    if (!field_read(line, length, &header, &why)) {
        reading->unread->status = 400;
        reading->unread->why = (struct reason){why.rule, arena_dup(reading->arena, why.field), why.expected,
                                               arena_dup(reading->arena, why.actual)};
        return false;
    }
    reading->request->headers[reading->request->header_count++] = header;
    return true;
}

static bool read_fields(struct reading *reading)
{
    size_t length = 0;
    char *line = NULL;
    reading->request->headers = arena_alloc(reading->arena, (count_lines(reading) + 1) * sizeof(struct header));
    while ((line = next_line(reading, &length)) != NULL && length > 0)
        if (!read_field(reading, line, length))
            return false;
    return true;
}

void head_guess(struct arena *arena, const char *bytes, size_t size, struct request *request)
{
    char *line = arena_dup_bytes(arena, bytes, size < REQUEST_LINE_MAX ? size : REQUEST_LINE_MAX);
    line[strcspn(line, "\r\n")] = '\0';
    char *target = line + strcspn(line, " ");
    if (*target != '\0')
        *target++ = '\0';
    target[strcspn(target, " ")] = '\0';
    bool is_request = field_is_token(line) && is_target(target);
    *request = (struct request){
        .body = "", .version = "", .method = is_request ? line : "", .target = is_request ? target : ""};
    split_target(arena, request);
}

bool head_read(struct arena *arena, const char *bytes, size_t length, struct request *request, struct head *head,
               struct unread *unread)
{
    char *mine = arena_dup_bytes(arena, bytes, length);
    struct reading reading = {arena, request, head, unread, mine, mine + length};
    *head = (struct head){0};
    request->method = request->target = request->version = "";
    request->path = "/";
    bool read = read_request_line(&reading) && read_fields(&reading) && fields_frame(request, head, unread);
    if (strcmp(request->method, "CONNECT") == 0) /* also of HTTP/1.0, as many clients write it: the tunnel needs it */
        head->closes = false;
    return read;
}
