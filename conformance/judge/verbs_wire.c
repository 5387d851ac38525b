/* Verbs about one request at a time: request line, headers, framing, body. */
#include "judge/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "check/scan.h"
#include "judge/evidence.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"

/* A question about one request: NULL when it is as wanted, otherwise what it is instead, to be freed. */
typedef char *request_question(const cJSON *entry, const char *what, const char *value);

static const char *subject(const struct evidence *evidence)
{
    const char *on = evidence->check->expect.on;
    return on == NULL ? "the cancel call" : strcmp(on, "*") == 0 ? "a request" : on;
}

/* Asks it of every request that the row is about. `title` names what is asked, for people. */
static void ask(const struct evidence *evidence, const char *title, const char *what, const char *value,
                request_question *question, struct findings *findings)
{
    char *about = mem_print("%s of %s", title, subject(evidence));
    const cJSON *entry = evidence_next(evidence, NULL);
    if (entry == NULL)
        findings_broken(findings, about, value != NULL ? value : "to be there", "no such request");
    for (; entry != NULL; entry = evidence_next(evidence, entry)) {
        char *actual = question(entry, what, value);
        if (actual != NULL)
            findings_broken(findings, about, value != NULL ? value : "as required", actual);
        free(actual);
    }
    free(about);
}

/* As ask(), with the verb's value filled. */
static void ask_filled(const struct evidence *evidence, const char *title, const struct verb *verb,
                       request_question *question, struct findings *findings)
{
    char *value = evidence_fill(evidence, verb->value, findings);
    if (value != NULL)
        ask(evidence, title, verb->what, value, question, findings);
    free(value);
}

static char *unless_same(const char *actual, const char *expected)
{
    return strcmp(actual, expected) == 0 ? NULL : mem_dup(actual);
}

/* ── The request line ────────────────────────────────────────────────────────────────────────────────────────────── */

static char *other_method(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    return unless_same(entry_method(entry), value);
}

void verb_method(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    ask(evidence, "the method", NULL, verb->value, other_method, findings);
}

static char *other_target(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    return unless_same(entry_target(entry), value);
}

void verb_target(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    ask_filled(evidence, "the target", verb, other_target, findings);
}

/* %2f and %2F are the same byte (RFC 3986 section 6.2.2.1). */
static char *with_large_hex(const char *target)
{
    char *copy = mem_dup(target);
    for (char *at = copy; *at != '\0'; at++)
        if (at[0] == '%' && at[1] && at[2])
            for (int i = 1; i <= 2; i++)
                if (at[i] >= 'a' && at[i] <= 'f')
                    at[i] = (char)(at[i] - 'a' + 'A');
    return copy;
}

static char *other_encoded_target(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    char *target = with_large_hex(entry_target(entry));
    char *actual = unless_same(target, value);
    free(target);
    return actual;
}

void verb_target_if_sent(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    if (evidence_next(evidence, NULL) != NULL)
        ask_filled(evidence, "the target", verb, other_encoded_target, findings);
}

static char *target_with(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    return strstr(entry_target(entry), value) != NULL ? mem_dup(entry_target(entry)) : NULL;
}

void verb_target_lacks(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    ask_filled(evidence, "what must not stand in the target", verb, target_with, findings);
}

/* ── Headers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *header_title(const struct verb *verb)
{
    return mem_print("the header %s", verb->what);
}

static char *not_once(const cJSON *entry, const char *name)
{
    int count = entry_header_count(entry, name);
    if (count == 1)
        return NULL;
    return count ? mem_print("%d such headers", count) : mem_dup("no such header");
}

static char *other_header(const cJSON *entry, const char *what, const char *value)
{
    char *wrong = not_once(entry, what);
    return wrong != NULL ? wrong : unless_same(entry_header(entry, what, 0), value);
}

void verb_header(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = header_title(verb);
    ask_filled(evidence, title, verb, other_header, findings);
    free(title);
}

static char *header_that_is_there(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    return mem_dup(entry_header(entry, what, 0));
}

void verb_no_header(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = header_title(verb);
    ask(evidence, title, verb->what, "absent", header_that_is_there, findings);
    free(title);
}

static char *header_without(const cJSON *entry, const char *what, const char *value)
{
    const char *last = NULL;
    for (int n = 0; entry_header(entry, what, n) != NULL; n++) {
        last = entry_header(entry, what, n);
        if (ascii_find(last, value) != NULL)
            return NULL;
    }
    return mem_dup(last != NULL ? last : "no such header");
}

void verb_header_has(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = header_title(verb);
    ask(evidence, title, verb->what, verb->value, header_without, findings);
    free(title);
}

static char *other_media_type(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    char *wrong = not_once(entry, "Content-Type");
    if (wrong != NULL)
        return wrong;
    const char *type = entry_header(entry, "Content-Type", 0);
    size_t length = strcspn(type, "; \t");
    bool same = length == strlen(value) && ascii_equal_bytes(type, value, length);
    return same ? NULL : mem_dup(type);
}

void verb_media_type(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    ask(evidence, "the header Content-Type", NULL, verb->value, other_media_type, findings);
}

static char *other_charset(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    const char *type = entry_header(entry, "Content-Type", 0);
    const char *charset = type != NULL ? ascii_find(type, "charset") : NULL;
    if (charset == NULL)
        return NULL;
    charset += strlen("charset");
    charset += strspn(charset, " \t=\"");
    return ascii_equal_bytes(charset, "utf-8", 5) ? NULL : mem_dup(type);
}

void verb_charset(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    ask(evidence, "the charset in Content-Type", NULL, "utf-8, or none", other_charset, findings);
}

static char *wrong_framing(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    bool chunked = entry_header_count(entry, "Transfer-Encoding") > 0;
    int lengths = entry_header_count(entry, "Content-Length");
    if (chunked)
        return lengths ? mem_dup("both Content-Length and Transfer-Encoding") : NULL;
    if (lengths != 1)
        return mem_print("%d Content-Length headers and no chunks", lengths);
    const char *length = entry_header(entry, "Content-Length", 0);
    size_t bytes = strlen(entry_body(entry));
    char *counted = mem_print("%zu", bytes);
    bool same = strcmp(length, counted) == 0;
    free(counted);
    return same ? NULL : mem_print("Content-Length: %.20s with %zu bytes", length, bytes);
}

void verb_framing(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    ask(evidence, "the framing", NULL, "a right Content-Length, or chunks", wrong_framing, findings);
}

void verb_host(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const char *start = strstr(evidence->base_url, "://");
    start = start != NULL ? start + 3 : evidence->base_url;
    char *authority = mem_dup_bytes(start, strcspn(start, "/?#"));
    ask(evidence, "the header Host", "Host", authority, other_header, findings);
    free(authority);
}

/* ── The body ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *body_problem(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    if (json_member(json_member(entry, "request"), "body_base64") != NULL)
        return mem_dup("bytes that are not UTF-8");
    const char *body = entry_body(entry);
    const char *problem = scan_object_problem(body, strlen(body));
    return problem != NULL ? mem_print("%s: %.200s", problem, body) : NULL;
}

void verb_one_object(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    ask(evidence, "the body", NULL, "one JSON object and nothing else", body_problem, findings);
}

static char *other_body(const cJSON *entry, const char *what, const char *value)
{
    char *problem = body_problem(entry, what, value);
    if (problem != NULL)
        return problem;
    const char *body = entry_body(entry);
    cJSON *actual = json_read_bytes(body, strlen(body));
    cJSON *expected = json_read_bytes(value, strlen(value));
    bool same = cJSON_Compare(actual, expected, true);
    cJSON_Delete(actual);
    cJSON_Delete(expected);
    return same ? NULL : mem_dup(body);
}

void verb_body(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *json = evidence_fill_json(evidence, verb->value, findings);
    if (json != NULL)
        ask(evidence, "the body", NULL, json, other_body, findings);
    free(json);
}

static char *other_token(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    if (!scan_token(body, strlen(body), what, &token))
        return mem_dup("no such member");
    if (value != NULL && token.length == strlen(value) && memcmp(token.bytes, value, token.length) == 0)
        return NULL;
    return mem_dup_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

static char *pointer_title(const struct verb *verb)
{
    return mem_print("%s in the body", *verb->what ? verb->what : "the top");
}

void verb_token(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    char *raw = evidence_fill_json(evidence, verb->value, findings);
    if (raw != NULL)
        ask(evidence, title, verb->what, raw, other_token, findings);
    free(raw);
    free(title);
}

static char *other_token_if_given(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    return scan_token(body, strlen(body), what, &token) ? other_token(entry, what, value) : NULL;
}

void verb_token_if_given(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    ask(evidence, title, verb->what, verb->value, other_token_if_given, findings);
    free(title);
}

static char *other_value(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    if (!scan_token(body, strlen(body), what, &token))
        return mem_dup("no such member");
    cJSON *actual = json_read_bytes(token.bytes, token.length);
    cJSON *expected = json_read_bytes(value, strlen(value));
    bool same = cJSON_Compare(actual, expected, true);
    cJSON_Delete(actual);
    cJSON_Delete(expected);
    return same ? NULL : mem_dup_bytes(token.bytes, token.length);
}

void verb_value(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    char *json = evidence_fill_json(evidence, verb->value, findings);
    if (json != NULL)
        ask(evidence, title, verb->what, json, other_value, findings);
    free(json);
    free(title);
}

/* The digits of a value, whether it stands there as a string or as a number; NULL for anything else. To be freed. */
static char *digits_of(const struct token *token)
{
    cJSON *node = json_read_bytes(token->bytes, token->length);
    char *text = cJSON_IsString(node)   ? mem_dup(node->valuestring)
                 : cJSON_IsNumber(node) ? mem_dup_bytes(token->bytes, token->length)
                                        : NULL;
    cJSON_Delete(node);
    if (text != NULL && *text && strspn(text, "0123456789") == strlen(text))
        return text;
    free(text);
    return NULL;
}

/* `value` NULL: any digits. */
static char *other_digits(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    if (!scan_token(body, strlen(body), what, &token))
        return mem_dup("no such member");
    char *digits = digits_of(&token);
    bool same = digits != NULL && (value == NULL || strcmp(digits, value) == 0);
    free(digits);
    return same ? NULL : mem_dup_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

void verb_digits(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    ask_filled(evidence, title, verb, other_digits, findings);
    free(title);
}

void verb_some_digits(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    ask(evidence, title, verb->what, NULL, other_digits, findings);
    free(title);
}

static char *no_token(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    const char *body = entry_body(entry);
    struct token token = {0};
    if (scan_token(body, strlen(body), what, &token))
        return NULL;
    return mem_print("a body without it: %.200s", body);
}

void verb_body_has(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    ask(evidence, title, verb->what, "a member", no_token, findings);
    free(title);
}

static char *any_token(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    const char *body = entry_body(entry);
    struct token token = {0};
    if (!scan_token(body, strlen(body), what, &token))
        return NULL;
    return mem_dup_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

void verb_body_lacks(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = pointer_title(verb);
    ask(evidence, title, verb->what, "absent", any_token, findings);
    free(title);
}

static bool is_one_of(const char *word, const char *words)
{
    size_t length = strlen(word);
    for (const char *at = strstr(words, word); at != NULL && length; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static char *other_members(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    cJSON *root = json_read_bytes(body, strlen(body));
    const cJSON *object = root != NULL ? json_at(root, what) : NULL;
    char *wrong = cJSON_IsObject(object) ? NULL : mem_dup("no JSON object there");
    const cJSON *member = NULL;
    if (wrong == NULL)
        cJSON_ArrayForEach (member, object)
            if (wrong == NULL && !is_one_of(member->string, value))
                wrong = mem_print("also \"%.100s\"", member->string);
    cJSON_Delete(root);
    return wrong;
}

void verb_body_only(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *title = mem_print("the members of %s", *verb->what ? verb->what : "the body");
    ask(evidence, title, verb->what, verb->value, other_members, findings);
    free(title);
}

static char *other_nulls(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    const char *body = entry_body(entry);
    cJSON *root = json_read_bytes(body, strlen(body));
    char *wrong = cJSON_IsObject(root) ? NULL : mem_dup("no JSON object");
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, root)
        if (wrong == NULL && cJSON_IsNull(member) && member->string != NULL && strcmp(member->string, value) != 0)
            wrong = mem_print("also \"%.100s\"", member->string);
    cJSON_Delete(root);
    return wrong;
}

void verb_null_only(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    ask(evidence, "members that are null in the body", NULL, verb->value, other_nulls, findings);
}

static char *any_body(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    return *entry_body(entry) ? mem_dup(entry_body(entry)) : NULL;
}

void verb_no_body(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    ask(evidence, "the body", NULL, "no bytes", any_body, findings);
}
