#include "journal/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/text.h"
#include "base/uri.h"
#include "base/xml.h"
#include "model/provider.h"
#include "session/credentials.h"

static bool is_ours(const struct exchange *x, const char *value)
{
    return credential_is_known(x->session, x->provider, value);
}

static bool is_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_named(const char *const *names, const char *name, bool (*same)(const char *, const char *))
{
    for (; names != NULL && *names != NULL; names++)
        if (same(*names, name))
            return true;
    return false;
}

/* Words that the names of headers and members with credentials have in them, at vendors and elsewhere. */
static const char *const secret_words[] = {"auth", "cookie", "credential", "hash", "key",
                                           "pass", "secret", "signat",     "token"};

/* Bytes up to the end of the first such word; 0: there is none. */
static size_t secret_word_end(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++)
        for (size_t i = 0; i < COUNT_OF(secret_words); i++) {
            size_t size = strlen(secret_words[i]);
            if (size <= length - at && ascii_equal_bytes(bytes + at, secret_words[i], size))
                return at + size;
        }
    return 0;
}

bool secret_header(const struct exchange *x, const char *name, const char *value)
{
    if (x->provider == NULL)
        return secret_word_end(name, strlen(name)) > 0;
    if (!is_named(x->provider->secret_headers, name, ascii_equal))
        return false;
    const char *word = strrchr(value, ' '); /* "Bearer xyz" */
    return *value != '\0' && !is_ours(x, value) && (word == NULL || !is_ours(x, word + 1));
}

cJSON *secret_mask(const char *value)
{
    char *text = mem_print("(masked, %zu bytes)", strlen(value));
    cJSON *mask = cJSON_CreateString(text);
    free(text);
    return mask;
}

static cJSON *named_mask(const cJSON *secret)
{
    cJSON *mask = secret_mask(secret->valuestring);
    if (secret->string != NULL)
        mask->string = mem_dup(secret->string);
    return mask;
}

/* Masks below `node`; true when something was masked. */
static bool mask_members(const struct exchange *x, cJSON *node)
{
    bool masked = false;
    for (cJSON *child = node->child, *next; child != NULL; child = next) {
        next = child->next;
        const char *name = cJSON_IsArray(node) ? node->string : child->string; /* repeated: each is the member */
        bool secret = name != NULL && cJSON_IsString(child) && *child->valuestring != '\0' &&
                      is_named(x->provider->secret_members, name, is_same) && !is_ours(x, child->valuestring);
        if (secret)
            cJSON_ReplaceItemViaPointer(node, child, named_mask(child));
        else
            secret = mask_members(x, child);
        masked = masked || secret;
    }
    return masked;
}

char *secret_body(const struct exchange *x)
{
    struct json_problem problem;
    size_t length = 0;
    const char *body = exchange_content(x, &length);
    if (x->provider == NULL || x->provider->secret_members == NULL || length == 0)
        return NULL;
    bool is_xml = body[strspn(body, " \t\r\n\xef\xbb\xbf")] == '<';
    cJSON *tree = is_xml ? xml_read(body, length, &problem) : json_read(body, length, JSON_PLAIN, NULL, &problem);
    char *text = NULL;
    if (tree != NULL && mask_members(x, tree))
        text = is_xml ? xml_write(tree) : json_write(tree);
    cJSON_Delete(tree);
    return text;
}

/* Copies one "name=value" of the query, its value masked if it is a secret. */
static bool add_parameter(const struct exchange *x, struct text *out, const char *bytes, size_t length)
{
    const char *equals = memchr(bytes, '=', length);
    size_t name_length = equals == NULL ? length : (size_t)(equals - bytes);
    struct arena *arena = arena_new();
    const char *name = uri_decode(arena, bytes, name_length);
    const char *value = equals == NULL ? "" : uri_decode(arena, equals + 1, length - name_length - 1);
    bool secret = name != NULL && equals != NULL && name_length + 1 < length &&
                  is_named(x->provider->secret_members, name, is_same) && (value == NULL || !is_ours(x, value));
    if (secret) {
        text_add_bytes(out, bytes, name_length + 1);
        text_print(out, "(masked,%zu)", length - name_length - 1);
    } else {
        text_add_bytes(out, bytes, length);
    }
    arena_free(arena);
    return secret;
}

char *secret_target(const struct exchange *x)
{
    if (x->provider == NULL || x->provider->secret_members == NULL || x->request.query == NULL)
        return NULL;
    struct text out = TEXT_INIT(SIZE_MAX / 4);
    bool masked = false;
    text_add_bytes(&out, x->request.target, strcspn(x->request.target, "?") + 1);
    for (const char *at = x->request.query; *at != '\0';) {
        size_t length = strcspn(at, "&");
        masked = add_parameter(x, &out, at, length) || masked;
        at += length;
        if (*at == '&')
            text_add_char(&out, *at++);
    }
    char *text = text_take(&out);
    if (!masked)
        free(text);
    return masked ? text : NULL;
}

/* ── What is no request ────────────────────────────────────────────────────────────────────────────────────────── */

/* Up to the value of the first name that sounds like a secret: "Access-Token:", "\"hash\":", "key=". */
static size_t open_part(const char *bytes, size_t length)
{
    size_t end = secret_word_end(bytes, length);
    if (end == 0)
        return length;
    while (end < length && (ascii_is_alnum(bytes[end]) || strchr("-_\"'", bytes[end]) != NULL) && bytes[end] != '\0')
        end++;
    return end < length && (bytes[end] == ':' || bytes[end] == '=') ? end + 1 : end;
}

static size_t word_length(const char *bytes, size_t length)
{
    const char *blank = memchr(bytes, ' ', length);
    return blank == NULL ? length : (size_t)(blank - bytes);
}

/* "PUT /path" is shown whatever words it has; then comes a query, a version, or what should not be there. */
static size_t open_part_of_first(const char *line, size_t length)
{
    size_t method = word_length(line, length);
    if (method + 1 >= length || line[method + 1] != '/')
        return open_part(line, length);
    size_t end = method + 1 + word_length(line + method + 1, length - method - 1);
    const char *query = memchr(line, '?', end);
    return query != NULL ? (size_t)(query - line) + 1 : end + open_part(line + end, length - end);
}

static void add_line(struct text *out, const char *line, size_t length, bool is_first)
{
    bool goes_on = !is_first && length > 0 && (*line == ' ' || *line == '\t'); /* a folded line's value */
    size_t shown = goes_on ? 0 : is_first ? open_part_of_first(line, length) : open_part(line, length);
    text_add_bytes(out, line, shown);
    if (shown < length)
        text_print(out, "(masked, %zu bytes)", length - shown);
}

static size_t line_length(const char *bytes, size_t length)
{
    size_t line = 0;
    while (line < length && bytes[line] != '\r' && bytes[line] != '\n')
        line++;
    return line;
}

static size_t line_end_length(const char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    return length > 1 && bytes[0] == '\r' && bytes[1] == '\n' ? 2 : 1;
}

void secret_unread(const struct unread *unread, struct text *out)
{
    const char *bytes = unread->bytes;
    size_t length = unread->length;
    bool is_first = true;
    while (length > 0 && !unread->in_body) {
        size_t line = line_length(bytes, length), end = line_end_length(bytes + line, length - line);
        add_line(out, bytes, line, is_first);
        text_add_bytes(out, bytes + line, end);
        bytes += line + end;
        length -= line + end;
        if (line == 0 && !is_first)
            break;
        is_first = false;
    }
    if (length > 0)
        text_print(out, "(masked, %zu bytes)", length);
}
