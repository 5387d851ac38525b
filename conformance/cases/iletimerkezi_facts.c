/* iletiMerkezi's own facts. The journal is the witness: what get-report answered is read from there, not guessed. */
#include "cases/iletimerkezi_facts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge/evidence.h"
#include "outcome.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"

#define ID_POINTER "/request/order/id"

/* NULL when the request is as wanted, otherwise what it is instead, to be freed. */
typedef char *request_question(const cJSON *entry, const char *value);

static void ask(const struct evidence *evidence, const char *what, const char *wanted, const char *value,
                request_question *question, struct findings *findings)
{
    const cJSON *entry = evidence_next(evidence, NULL);
    if (!entry)
        findings_broken(findings, what, wanted, "no such request");
    for (; entry; entry = evidence_next(evidence, entry)) {
        char *actual = question(entry, value);
        if (actual)
            findings_broken(findings, what, wanted, actual);
        free(actual);
    }
}

/* -- one request ---------------------------------------------------------------------------------------------------
 */

static char *other_charset(const cJSON *entry, const char *value)
{
    (void)value;
    const char *type = entry_header(entry, "Content-Type", 0);
    const char *charset = type ? strcasestr(type, "charset") : NULL;
    if (!charset)
        return NULL;
    charset += strlen("charset");
    charset += strspn(charset, " \t=\"");
    return strncasecmp(charset, "utf-8", 5) == 0 ? NULL : must_copy(type);
}

void ilm_charset(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    ask(evidence, "the charset in Content-Type", "utf-8, or none", NULL, other_charset, findings);
}

/* The raw value of the id; false when there is none. */
static bool id_token(const cJSON *entry, struct token *out)
{
    const char *body = entry_body(entry);
    return scan_token(body, strlen(body), ID_POINTER, out);
}

/* The id's digits, whether it stands there as a string or as a number; NULL for anything else. To be freed. */
static char *id_text(const struct token *token)
{
    cJSON *node = doc_parse(token->bytes, token->length);
    char *text = cJSON_IsString(node)   ? must_copy(node->valuestring)
                 : cJSON_IsNumber(node) ? must_copy_bytes(token->bytes, token->length)
                                        : NULL;
    cJSON_Delete(node);
    if (text && *text && strspn(text, "0123456789") == strlen(text))
        return text;
    free(text);
    return NULL;
}

static char *id_that_is_no_digits(const cJSON *entry, const char *value)
{
    (void)value;
    struct token token = {0};
    if (!id_token(entry, &token))
        return must_copy("no such member");
    char *text = id_text(&token);
    bool good = text != NULL;
    free(text);
    return good ? NULL : must_copy_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

void ilm_id_of_digits(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    ask(evidence, ID_POINTER " in the body", "a string of digits, or an integer", NULL, id_that_is_no_digits, findings);
}

static char *other_id(const cJSON *entry, const char *value)
{
    char *wrong = id_that_is_no_digits(entry, NULL);
    struct token token = {0};
    if (wrong || !id_token(entry, &token))
        return wrong;
    char *text = id_text(&token);
    bool same = text && strcmp(text, value) == 0;
    free(text);
    return same ? NULL : must_copy_bytes(token.bytes, token.length < 200 ? token.length : 200);
}

void ilm_sent_id(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *digits = evidence_fill(evidence, fact->value, findings);
    if (digits)
        ask(evidence, ID_POINTER " in the body", digits, digits, other_id, findings);
    free(digits);
}

/* -- get-report and cancel in turn ---------------------------------------------------------------------------------
 */

/* A whole number, or the same in digits as older pages have it; 0 for anything else. */
static int number_at(cJSON *document, const char *pointer)
{
    const cJSON *node = doc_at(document, pointer);
    if (cJSON_IsNumber(node))
        return node->valueint;
    const char *text = cJSON_IsString(node) ? node->valuestring : "";
    int number = 0;
    for (size_t i = 0; i < 6 && text[i] >= '0' && text[i] <= '9'; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* What a get-report said: its order's status, or the code of its refusal; 0 when it said nothing. */
static int report_verdict(const cJSON *entry)
{
    const char *body = doc_string(doc_member(entry, "response"), "body");
    cJSON *document = body ? doc_parse(body, strlen(body)) : NULL;
    if (!document)
        return 0;
    int code = number_at(document, "/response/status/code");
    int verdict = code == 200 ? number_at(document, "/response/order/status") : code;
    cJSON_Delete(document);
    return verdict;
}

static bool is_report(const cJSON *entry)
{
    return strcmp(entry_operation(entry), "get_report") == 0;
}

void ilm_asked_after_cancel(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    bool sent = false;
    bool asked = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        asked = asked || (sent && is_report(entry));
        sent = sent || evidence_is_cancel(evidence, entry);
    }
    if (!asked)
        findings_broken(findings, "get-report after the lost cancel", "at least one",
                        sent ? "none" : "no cancel at all");
}

void ilm_asked_before_repeat(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    bool sent = false;
    bool allowed = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (is_report(entry)) {
            allowed = report_verdict(entry) == 456;
        } else if (evidence_is_cancel(evidence, entry)) {
            if (sent && !allowed)
                findings_broken(findings, "a repeated cancel", "only after a get-report that says 456",
                                "no such report in between");
            sent = true;
            allowed = false;
        }
    }
}

void ilm_no_cancel_once_closed(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    int verdict = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (is_report(entry)) {
            verdict = report_verdict(entry);
        } else if (evidence_is_cancel(evidence, entry) && (verdict == 113 || verdict == 114)) {
            char *actual = must_format("a cancel after %d", verdict);
            findings_broken(findings, "requests after a get-report of 113 or 114", "no cancel", actual);
            free(actual);
        }
    }
}

void ilm_claim_is_true(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const char *word = doc_string(evidence_report(evidence), "outcome");
    bool claims = word && outcome_from_name(word) & OUT_SUCCESS;
    bool cancelled = evidence->state && strcmp(evidence->state, "cancelled") == 0;
    if (claims && !cancelled)
        findings_broken(findings, "the order's state at the provider, which the client calls cancelled", "cancelled",
                        evidence->state);
}
