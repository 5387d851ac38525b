#include "model/stubs.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>
#include <utlist.h>

#include "model/provider.h"

struct stub {
    const struct provider *provider;
    const cJSON *exchange;
    struct stub *prev, *next;
};

/* The stubs of one method and target. */
struct bundle {
    struct stub *stubs;
    UT_hash_handle hh;
    char key[]; /* "GET /v0/orders?x=1" */
};

struct stubs {
    struct bundle *bundles;
};

/* The row that stands in for one of the provider's: what journal and faults call the request. */
static const struct route stub_route = {.operation = "stub"};

struct stubs *stubs_new(void)
{
    return mem_zero(1, sizeof(struct stubs));
}

void stubs_free(struct stubs *stubs)
{
    struct bundle *bundle, *next_bundle;
    struct stub *stub, *next_stub;
    if (stubs == NULL)
        return;
    HASH_ITER (hh, stubs->bundles, bundle, next_bundle) {
        HASH_DEL(stubs->bundles, bundle);
        DL_FOREACH_SAFE (bundle->stubs, stub, next_stub)
            free(stub);
        free(bundle);
    }
    free(stubs);
}

static struct bundle *bundle_named(const struct stubs *stubs, const char *key)
{
    struct bundle *bundle = NULL;
    HASH_FIND_STR(stubs->bundles, key, bundle);
    return bundle;
}

void stubs_add(struct stubs *stubs, const struct provider *provider, const cJSON *exchange)
{
    const cJSON *request = json_member(exchange, "request");
    char *key = mem_print("%s %s", json_string_or(request, "method", ""), json_string_or(request, "target", ""));
    struct bundle *bundle = bundle_named(stubs, key);
    if (bundle == NULL) {
        size_t length = strlen(key);
        bundle = mem_zero(1, sizeof *bundle + length + 1);
        memcpy(bundle->key, key, length + 1);
        HASH_ADD_KEYPTR(hh, stubs->bundles, bundle->key, length, bundle);
    }
    struct stub *stub = mem_zero(1, sizeof *stub);
    *stub = (struct stub){.provider = provider, .exchange = exchange};
    DL_APPEND(bundle->stubs, stub);
    free(key);
}

/* ── Finding one ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool headers_fit(const struct exchange *x, const cJSON *headers)
{
    for (const cJSON *header = headers == NULL ? NULL : headers->child; header != NULL; header = header->next) {
        const char *value = exchange_header(x, header->string);
        if (value == NULL || strcmp(value, header->valuestring) != 0)
            return false;
    }
    return true;
}

static bool body_fits(struct exchange *x, const cJSON *request)
{
    const char *body = json_string(request, "body");
    const cJSON *json = json_member(request, "json"), *sent = NULL;
    if (body == NULL && json == NULL)
        return true;
    if (x->request.body_too_large)
        return false; /* nobody knows what it was */
    if (body != NULL)
        return x->request.body_length == strlen(body) && memcmp(x->request.body, body, strlen(body)) == 0;
    return exchange_body(x, &sent) == BODY_JSON && json_equal(sent, json);
}

const struct stub *stubs_find(const struct stubs *stubs, struct exchange *x)
{
    if (stubs->bundles == NULL)
        return NULL;
    const char *query = x->request.query;
    const char *key = arena_print(x->arena, "%s %s%s%s", x->request.method, x->path, query == NULL ? "" : "?",
                                  query == NULL ? "" : query);
    const struct bundle *bundle = bundle_named(stubs, key);
    for (const struct stub *stub = bundle == NULL ? NULL : bundle->stubs; stub != NULL; stub = stub->next) {
        const cJSON *request = json_member(stub->exchange, "request");
        if (headers_fit(x, json_member(request, "headers")) && body_fits(x, request))
            return stub;
    }
    return NULL;
}

/* ── Answering ─────────────────────────────────────────────────────────────────────────────────────────────────── */

void stub_enter(const struct stub *stub, struct exchange *x)
{
    x->provider = stub->provider;
    x->route = &stub_route;
}

void stub_answer(const struct stub *stub, struct exchange *x)
{
    const cJSON *response = json_member(stub->exchange, "response"), *json = json_member(response, "json");
    const cJSON *headers = json_member(response, "headers");
    int64_t status = 200;
    json_integer(json_member(response, "status"), &status);
    char *text = json == NULL ? mem_dup(json_string_or(response, "body", "")) : json_write(json);
    reply_text(x, (int)status, *text == '\0' ? NULL : stub->provider->content_type, text);
    free(text);
    const char *phrase = json_string(response, "phrase");
    x->reply.phrase = phrase == NULL ? NULL : arena_dup(x->arena, phrase);
    for (const cJSON *header = headers == NULL ? NULL : headers->child; header != NULL; header = header->next)
        reply_header(x, header->string, header->valuestring);
}
