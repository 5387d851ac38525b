/* Facts about one request at a time: request line, headers, framing, body. */
#include "facts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"

/* A question about one request: NULL when it is as wanted, otherwise what it is instead, to be freed. */
typedef char *request_question(const cJSON *entry, const char *what, const char *value);

static const char *subject(const struct evidence *evidence)
{
    const char *on = evidence->check->expect.on;
    return !on ? "the cancel call" : strcmp(on, "*") == 0 ? "a request" : on;
}

/* Asks it of every request that the row is about. `title` names what is asked, for people. */
static void ask(const struct evidence *evidence, const char *title, const char *what, const char *value,
                request_question *question, struct findings *findings)
{
    char *about = must_format("%s of %s", title, subject(evidence));
    const cJSON *entry = evidence_next(evidence, NULL);
    if (!entry)
        findings_broken(findings, about, value ? value : "to be there", "no such request");
    for (; entry; entry = evidence_next(evidence, entry)) {
        char *actual = question(entry, what, value);
        if (actual)
            findings_broken(findings, about, value ? value : "as required", actual);
        free(actual);
    }
    free(about);
}

/* As ask(), with the fact's value filled. */
static void ask_filled(const struct evidence *evidence, const char *title, const struct fact *fact,
                       request_question *question, struct findings *findings)
{
    char *value = evidence_fill(evidence, fact->value, findings);
    if (value)
        ask(evidence, title, fact->what, value, question, findings);
    free(value);
}

static char *unless_same(const char *actual, const char *expected)
{
    return strcmp(actual, expected) == 0 ? NULL : must_copy(actual);
}

/* -- the request line ------------------------------------------------------------------------------------------- */

static char *other_method(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    return unless_same(entry_method(entry), value);
}

void fact_method(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask(evidence, "the method", NULL, fact->value, other_method, findings);
}

static char *other_target(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    return unless_same(entry_target(entry), value);
}

void fact_target(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask_filled(evidence, "the target", fact, other_target, findings);
}

/* %2f and %2F are the same byte (RFC 3986 section 6.2.2.1). */
static char *with_large_hex(const char *target)
{
    char *copy = must_copy(target);
    for (char *at = copy; *at; at++)
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

void fact_target_if_sent(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    if (evidence_next(evidence, NULL))
        ask_filled(evidence, "the target", fact, other_encoded_target, findings);
}

static char *target_with(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    return strstr(entry_target(entry), value) ? must_copy(entry_target(entry)) : NULL;
}

void fact_target_lacks(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask_filled(evidence, "what must not stand in the target", fact, target_with, findings);
}

/* -- headers ---------------------------------------------------------------------------------------------------- */

static char *header_title(const struct fact *fact)
{
    return must_format("the header %s", fact->what);
}

static char *not_once(const cJSON *entry, const char *name)
{
    int count = entry_header_count(entry, name);
    if (count == 1)
        return NULL;
    return count ? must_format("%d such headers", count) : must_copy("no such header");
}

static char *other_header(const cJSON *entry, const char *what, const char *value)
{
    char *wrong = not_once(entry, what);
    return wrong ? wrong : unless_same(entry_header(entry, what, 0), value);
}

void fact_header(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = header_title(fact);
    ask_filled(evidence, title, fact, other_header, findings);
    free(title);
}

static char *no_single_header(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    char *wrong = not_once(entry, what);
    if (wrong || *entry_header(entry, what, 0))
        return wrong;
    return must_copy("an empty value");
}

void fact_header_once(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = header_title(fact);
    ask(evidence, title, fact->what, "exactly once, not empty", no_single_header, findings);
    free(title);
}

static char *header_that_is_there(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    return must_copy(entry_header(entry, what, 0));
}

void fact_no_header(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = header_title(fact);
    ask(evidence, title, fact->what, "absent", header_that_is_there, findings);
    free(title);
}

static char *header_without(const cJSON *entry, const char *what, const char *value)
{
    const char *last = NULL;
    for (int n = 0; entry_header(entry, what, n); n++) {
        last = entry_header(entry, what, n);
        if (strcasestr(last, value))
            return NULL;
    }
    return must_copy(last ? last : "no such header");
}

void fact_header_has(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = header_title(fact);
    ask(evidence, title, fact->what, fact->value, header_without, findings);
    free(title);
}

static char *other_media_type(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    char *wrong = not_once(entry, "Content-Type");
    if (wrong)
        return wrong;
    const char *type = entry_header(entry, "Content-Type", 0);
    size_t length = strcspn(type, "; \t");
    bool same = length == strlen(value) && strncasecmp(type, value, length) == 0;
    return same ? NULL : must_copy(type);
}

void fact_media_type(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    ask(evidence, "the header Content-Type", NULL, fact->value, other_media_type, findings);
}

static char *wrong_framing(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    bool chunked = entry_header_count(entry, "Transfer-Encoding") > 0;
    int lengths = entry_header_count(entry, "Content-Length");
    if (chunked)
        return lengths ? must_copy("both Content-Length and Transfer-Encoding") : NULL;
    if (lengths != 1)
        return must_format("%d Content-Length headers and no chunks", lengths);
    const char *length = entry_header(entry, "Content-Length", 0);
    size_t bytes = strlen(entry_body(entry));
    char *counted = must_format("%zu", bytes);
    bool same = strcmp(length, counted) == 0;
    free(counted);
    return same ? NULL : must_format("Content-Length: %.20s with %zu bytes", length, bytes);
}

void fact_framing(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    ask(evidence, "the framing", NULL, "a right Content-Length, or chunks", wrong_framing, findings);
}

void fact_host(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const char *start = strstr(evidence->base_url, "://");
    start = start ? start + 3 : evidence->base_url;
    char *authority = must_copy_bytes(start, strcspn(start, "/?#"));
    ask(evidence, "the header Host", "Host", authority, other_header, findings);
    free(authority);
}

/* -- the body --------------------------------------------------------------------------------------------------- */

static char *body_problem(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    if (doc_member(doc_member(entry, "request"), "body_base64"))
        return must_copy("bytes that are not UTF-8");
    const char *body = entry_body(entry);
    const char *problem = scan_object_problem(body, strlen(body));
    return problem ? must_format("%s: %.200s", problem, body) : NULL;
}

void fact_one_object(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    ask(evidence, "the body", NULL, "one JSON object and nothing else", body_problem, findings);
}

static char *other_body(const cJSON *entry, const char *what, const char *value)
{
    char *problem = body_problem(entry, what, value);
    if (problem)
        return problem;
    const char *body = entry_body(entry);
    cJSON *actual = doc_parse(body, strlen(body));
    cJSON *expected = doc_parse(value, strlen(value));
    bool same = cJSON_Compare(actual, expected, true);
    cJSON_Delete(actual);
    cJSON_Delete(expected);
    return same ? NULL : must_copy(body);
}

void fact_body(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *json = evidence_fill_json(evidence, fact->value, findings);
    if (json)
        ask(evidence, "the body", NULL, json, other_body, findings);
    free(json);
}

static char *other_token(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    struct token token = {0};
    if (!scan_token(body, strlen(body), what, &token))
        return must_copy("no such member");
    if (value && token.length == strlen(value) && memcmp(token.bytes, value, token.length) == 0)
        return NULL;
    return must_copy_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

static char *pointer_title(const struct fact *fact)
{
    return must_format("%s in the body", *fact->what ? fact->what : "the top");
}

void fact_token(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = pointer_title(fact);
    char *raw = evidence_fill_json(evidence, fact->value, findings);
    if (raw)
        ask(evidence, title, fact->what, raw, other_token, findings);
    free(raw);
    free(title);
}

static char *no_token(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    const char *body = entry_body(entry);
    struct token token = {0};
    if (scan_token(body, strlen(body), what, &token))
        return NULL;
    return must_format("a body without it: %.200s", body);
}

void fact_body_has(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = pointer_title(fact);
    ask(evidence, title, fact->what, "a member", no_token, findings);
    free(title);
}

static char *any_token(const cJSON *entry, const char *what, const char *value)
{
    (void)value;
    const char *body = entry_body(entry);
    struct token token = {0};
    if (!scan_token(body, strlen(body), what, &token))
        return NULL;
    return must_copy_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

void fact_body_lacks(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = pointer_title(fact);
    ask(evidence, title, fact->what, "absent", any_token, findings);
    free(title);
}

static bool is_one_of(const char *word, const char *words)
{
    size_t length = strlen(word);
    for (const char *at = strstr(words, word); at && length; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static char *other_members(const cJSON *entry, const char *what, const char *value)
{
    const char *body = entry_body(entry);
    cJSON *root = doc_parse(body, strlen(body));
    const cJSON *object = root ? doc_at(root, what) : NULL;
    char *wrong = cJSON_IsObject(object) ? NULL : must_copy("no JSON object there");
    const cJSON *member = NULL;
    if (!wrong)
        cJSON_ArrayForEach (member, object)
            if (!wrong && !is_one_of(member->string, value))
                wrong = must_format("also \"%.100s\"", member->string);
    cJSON_Delete(root);
    return wrong;
}

void fact_body_only(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *title = must_format("the members of %s", *fact->what ? fact->what : "the body");
    ask(evidence, title, fact->what, fact->value, other_members, findings);
    free(title);
}

static char *any_body(const cJSON *entry, const char *what, const char *value)
{
    (void)what;
    (void)value;
    return *entry_body(entry) ? must_copy(entry_body(entry)) : NULL;
}

void fact_no_body(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    ask(evidence, "the body", NULL, "no bytes", any_body, findings);
}
