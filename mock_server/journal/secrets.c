#include "journal/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "journal/hunt.h"
#include "journal/hunt_head.h"
#include "journal/hunt_text.h"
#include "model/provider.h"
#include "model/secret_names.h"
#include "session/credentials.h"
#include "session/secret_values.h"
#include "session/session.h"

static struct hunt hunt_for(const struct exchange *x, bool of_request)
{
    return (struct hunt){.session = x->session,
                         .names = session_secret_names(x->session),
                         .credential = x->credential,
                         .in_doubt = of_request,
                         .mask = MASK_TEXT,
                         .text = hunt_text};
}

/* ── Showing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void mark(void *spans, size_t at, size_t length)
{
    spans_add(spans, at, length, MASK_TEXT);
}

/* The marks, and every value that the session has met. */
static void write_masked(struct hunt *hunt, const char *bytes, size_t length, enum mask mask, struct text *out)
{
    secret_values_find(session_secrets(hunt->session), bytes, length, mark, &hunt->spans);
    spans_write(&hunt->spans, bytes, length, mask, out);
    spans_release(&hunt->spans);
}

void secrets_add_target(const struct exchange *x, struct text *out)
{
    struct hunt hunt = hunt_for(x, true);
    const char *target = x->request.target;
    if (session_shows_secrets(x->session)) {
        text_add(out, target);
        return;
    }
    hunt_target(&hunt, target);
    write_masked(&hunt, target, strlen(target), MASK_TARGET, out);
}

/* The mock's own words (--explain): they name headers and members, and hold no secret that is new. */
static bool is_own_reason(const struct header *header, bool of_request)
{
    return !of_request && ascii_equal(header->name, "X-Mock-Reason");
}

/* What the emulator answers has no secret that is new; what it repeats of the request is known by then. */
static bool is_canned(const struct exchange *x)
{
    return x->stub != NULL || x->fired != NULL;
}

void secrets_add_header(const struct exchange *x, const struct header *header, bool of_request, struct text *out)
{
    struct hunt hunt = hunt_for(x, of_request);
    if (session_shows_secrets(x->session)) {
        text_add(out, header->value);
        return;
    }
    if (!is_own_reason(header, of_request) && (of_request || is_canned(x)))
        hunt_header(&hunt, header->name, header->value);
    write_masked(&hunt, header->value, strlen(header->value), MASK_TEXT, out);
}

/* A body that is coded cannot be read here; who shows it can decode it. */
static bool is_coded(const struct exchange *x)
{
    const char *coding = exchange_header(x, "Content-Encoding");
    return coding != NULL && *coding != '\0' && !ascii_equal(coding, "identity");
}

void secrets_add_body(const struct exchange *x, const char *bytes, size_t length, bool of_request, struct text *out)
{
    struct hunt hunt = hunt_for(x, of_request);
    if (session_shows_secrets(x->session)) {
        text_add_bytes(out, bytes, length);
        return;
    }
    if (of_request && is_coded(x))
        spans_add(&hunt.spans, 0, length, MASK_TEXT);
    if (of_request || is_canned(x))
        hunt_text(&hunt, bytes, length);
    write_masked(&hunt, bytes, length, MASK_TEXT, out);
}

void secrets_add_unread(const struct exchange *x, struct text *out)
{
    struct hunt hunt = hunt_for(x, true);
    const struct unread *unread = x->request.unread;
    if (session_shows_secrets(x->session)) {
        text_add_bytes(out, unread->bytes, unread->length);
        return;
    }
    hunt_unread(&hunt, unread);
    write_masked(&hunt, unread->bytes, unread->length, MASK_TEXT, out);
}

void secrets_add_text(struct session *session, const char *bytes, size_t length, struct text *out)
{
    struct hunt hunt = {.session = session};
    if (session_shows_secrets(session))
        text_add_bytes(out, bytes, length);
    else
        write_masked(&hunt, bytes, length, MASK_TEXT, out);
}

static struct hunt hunt_for_call(struct session *session)
{
    return (struct hunt){.session = session,
                         .names = session_secret_names(session),
                         .in_doubt = true,
                         .mask = MASK_TEXT,
                         .text = hunt_text};
}

void secrets_add_call_target(struct session *session, const char *target, struct text *out)
{
    struct hunt hunt = hunt_for_call(session);
    if (session_shows_secrets(session)) {
        text_add(out, target);
        return;
    }
    hunt_target(&hunt, target);
    write_masked(&hunt, target, strlen(target), MASK_TARGET, out);
}

void secrets_add_call_body(struct session *session, const char *bytes, size_t length, struct text *out)
{
    struct hunt hunt = hunt_for_call(session);
    if (session_shows_secrets(session)) {
        text_add_bytes(out, bytes, length);
        return;
    }
    hunt_text(&hunt, bytes, length);
    write_masked(&hunt, bytes, length, MASK_TEXT, out);
}

static void mask_string(struct session *session, cJSON *node)
{
    struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
    secrets_add_text(session, node->valuestring, strlen(node->valuestring), &shown);
    if (strcmp(text_cstr(&shown), node->valuestring) != 0) {
        cJSON_free(node->valuestring);
        node->valuestring = text_take(&shown);
    }
    text_release(&shown);
}

void secrets_mask_tree(struct session *session, cJSON *tree)
{
    if (session_shows_secrets(session) || secret_values_are_none(session_secrets(session)))
        return;
    if (cJSON_IsString(tree))
        mask_string(session, tree);
    for (cJSON *node = tree->child; node != NULL; node = node->next)
        secrets_mask_tree(session, node);
}

/* ── Learning ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "Token xyz", with which the request was let in. */
static bool is_its_credential(const struct hunt *hunt, const char *value)
{
    const char *word = strrchr(value, ' ');
    return hunt->credential != NULL && credential_shows(hunt->credential, word == NULL ? value : word + 1);
}

/* Whether a header may hold a secret that is new; of ordinary headers, those with parameters or a URL. */
static bool is_worth_a_look(const struct hunt *hunt, const struct header *header)
{
    if (secret_name(hunt->names, header->name, strlen(header->name)))
        return !is_its_credential(hunt, header->value);
    return strpbrk(header->value, "=@ ") != NULL;
}

static void learn_headers(struct hunt *hunt, const struct header *headers, size_t count, bool of_request)
{
    for (size_t i = 0; i < count; i++)
        if (is_worth_a_look(hunt, &headers[i]) && !is_own_reason(&headers[i], of_request))
            hunt_header(hunt, headers[i].name, headers[i].value);
}

/* What the emulator answers has no secret that is new; a canned answer of a user may have one. */
static void learn_answer(const struct exchange *x)
{
    struct hunt hunt = hunt_for(x, false);
    if (x->stub == NULL && x->fired == NULL)
        return;
    learn_headers(&hunt, x->reply.headers, x->reply.header_count, false);
    hunt_text(&hunt, x->reply.body, x->reply.body_length);
    spans_release(&hunt.spans);
}

void secrets_learn(const struct exchange *x)
{
    struct hunt hunt = hunt_for(x, true);
    if (session_shows_secrets(x->session))
        return;
    learn_headers(&hunt, x->request.headers, x->request.header_count, true);
    if (x->request.query != NULL || *x->request.target != '/' || strpbrk(x->request.target, ";=@") != NULL)
        hunt_target(&hunt, x->request.target);
    hunt_text(&hunt, x->request.body, x->request.body_length);
    if (x->request.unread != NULL)
        hunt_unread(&hunt, x->request.unread);
    spans_release(&hunt.spans);
    learn_answer(x);
}
