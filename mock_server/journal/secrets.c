#include "journal/secrets.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

bool secret_header(const struct exchange *x, const char *name, const char *value)
{
    if (x->provider == NULL || !is_named(x->provider->secret_headers, name, ascii_equal))
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

/* Words that the names of headers with credentials have in them, at vendors and elsewhere. */
static const char *const secret_words[] = {"auth", "cookie", "key", "token", "secret", "hash", "password"};

static bool name_sounds_secret(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(secret_words); i++)
        for (size_t at = 0, size = strlen(secret_words[i]); at + size <= length; at++)
            if (ascii_equal_bytes(name + at, secret_words[i], size))
                return true;
    return false;
}

static void add_masked(struct text *out, const char *bytes, size_t shown, size_t length)
{
    text_add_bytes(out, bytes, shown);
    text_print(out, "(masked, %zu bytes)", length - shown);
}

/* A request line up to its query, or a header line whose name says nothing of a secret. */
static void add_line(struct text *out, const char *line, size_t length, bool is_first)
{
    const char *end = memchr(line, is_first ? '?' : ':', length);
    size_t shown = end == NULL ? length : (size_t)(end - line) + 1;
    bool goes_on = !is_first && length > 0 && (*line == ' ' || *line == '\t'); /* a folded line's value */
    if (goes_on)
        add_masked(out, line, 0, length);
    else if (shown < length && (is_first || name_sounds_secret(line, shown)))
        add_masked(out, line, shown, length);
    else
        text_add_bytes(out, line, length);
}

void secret_bytes(const char *bytes, size_t length, struct text *out)
{
    bool is_first = true;
    while (length > 0) {
        const char *feed = memchr(bytes, '\n', length);
        size_t whole = feed == NULL ? length : (size_t)(feed - bytes) + 1, line = whole;
        while (line > 0 && (bytes[line - 1] == '\n' || bytes[line - 1] == '\r'))
            line--;
        add_line(out, bytes, line, is_first);
        text_add_bytes(out, bytes + line, whole - line);
        bytes += whole;
        length -= whole;
        if (line == 0 && !is_first)
            break;
        is_first = false;
    }
    if (length > 0)
        add_masked(out, "", 0, length);
}
