#include "tests/fixture_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/mem.h"
#include "support/text.h"
#include "tests/check.h"

/* ── The good ones ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const char dukkango_provider[] =
    "{\"provider\": \"dukkango\", \"hosts\": [\"dukkango.test\"], \"base_path\": \"/api/integrations\",\n"
    " \"accounts\": [{\"id\": \"a\"}, {\"id\": \"bistro\"}],\n"
    " \"credentials\": [{\"account\": \"a\", \"values\": {\"access_token\": \"t\"}},\n"
    "  {\"account\": \"bistro\", \"values\": {\"access_token\": \"u\"}}],\n"
    " \"magic_ids\": [{\"id\": \"404\", \"about\": \"no such order\"}],\n"
    " \"reasons\": []}\n";

static const char dukkango_orders[] =
    "{\"$schema\": \"../schema/orders.schema.json\", \"orders\": [\n"
    " {\"id\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\", \"account\": \"a\", \"state\": \"RECEIVED\"},\n"
    " {\"id\": \"7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f02\", \"account\": \"bistro\", \"state\": \"CONFIRMED\"},\n"
    " {\"state\": \"COMPLETE\"}]}\n";

static const char dukkango_states[] =
    "{\"states\": [{\"name\": \"RECEIVED\", \"clause\": \"7\", \"final\": false},\n"
    " {\"name\": \"CONFIRMED\", \"clause\": \"7\", \"final\": false},\n"
    " {\"name\": \"IN_DELIVERY\", \"clause\": \"7\", \"final\": false},\n"
    " {\"name\": \"COMPLETE\", \"clause\": \"7\", \"final\": true},\n"
    " {\"name\": \"CANCELED\", \"clause\": \"7\", \"final\": true}\n"
    "],\n"
    "\"events\": [\n"
    " {\"name\": \"accept\", \"by\": \"restaurant\", \"from\": [\"RECEIVED\"], \"to\": \"CONFIRMED\"},\n"
    " {\"name\": \"ontheway\", \"by\": \"restaurant\", \"from\": [\"CONFIRMED\"], \"to\": \"IN_DELIVERY\"},\n"
    " {\"name\": \"platform_cancel\", \"by\": \"platform\", \"from\": [\"RECEIVED\"], \"to\": \"CANCELED\"},\n"
    " {\"name\": \"cancel\", \"by\": \"client\", \"from\": [\"RECEIVED\", \"CONFIRMED\"], \"to\": \"CANCELED\", "
    "\"answer\": {\"status\": 200}},\n"
    " {\"name\": \"complete\", \"by\": \"restaurant\", \"from\": [\"IN_DELIVERY\"], \"to\": \"COMPLETE\"}\n"
    "]}\n";

static const char dukkango_exchanges[] =
    "{\"exchanges\": [\n"
    " {\"name\": \"one\",\n"
    "  \"clause\": \"7\",\n"
    "  \"given\": {\"knobs\": {\"foreign_order\": \"404\"},\n"
    "   \"events\": [{\"order\": \"{{ID}}\", \"event\": \"accept\"}],\n"
    "   \"orders\": [{\"id\": \"1\", \"state\": \"RECEIVED\"}],\n"
    "   \"clock\": {\"advance\": {\"days\": 14}}, \"tokens\": \"expire\",\n"
    "   \"requests\": [{\"method\": \"GET\", \"target\": \"/api/integrations/\", \"capture\": {\"ID\": \"/data\"}}]},\n"
    "  \"request\": {\"method\": \"PUT\", \"target\": \"/api/integrations/orders/cancel/1\",\n"
    "   \"headers\": {\"Access-Token\": \"t\"}, \"body\": \"x\"},\n"
    "  \"response\": {\"status\": 404, \"headers\": {\"X-Count\": \"{{/^[0-9]+$/}}\", \"Allow\": null}, \"body\": "
    "\"{}\"},\n"
    "  \"then\": {\"order\": \"1\", \"state\": \"CANCELED\"}}\n"
    "]}\n";

static const char fungies_provider[] =
    "{\"provider\": \"fungies\", \"hosts\": [], \"base_path\": \"/v0\", \"accounts\": [{\"id\": \"shop\"}],\n"
    " \"credentials\": [{\"account\": \"shop\", \"values\": {\"public_key\": \"pub_1\", \"secret_key\": "
    "\"sec_1\"}}]}\n";

static const char fungies_orders[] =
    "{\"orders\": [{\"id\": \"0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a\", \"state\": \"PENDING\"}]}\n";

static const char fungies_states[] =
    "{\"states\": [\n"
    " {\"name\": \"PENDING\", \"clause\": \"7\", \"final\": false}, {\"name\": \"PAID\", \"clause\": \"7\", \"final\": "
    "false},\n"
    " {\"name\": \"FAILED\", \"clause\": \"7\", \"final\": true}, {\"name\": \"UNPAID\", \"clause\": \"7\", \"final\": "
    "false},\n"
    " {\"name\": \"CANCELLED\", \"clause\": \"7\", \"final\": true}, {\"name\": \"REFUNDED\", \"clause\": \"7\", "
    "\"final\": true},\n"
    " {\"name\": \"PARTIALLY_REFUNDED\", \"clause\": \"7\", \"final\": true}, {\"name\": \"EXPIRED\", \"clause\": "
    "\"7\", \"final\": true}],\n"
    " \"events\": [\n"
    " {\"name\": \"payment_missed\", \"by\": \"customer\", \"from\": [\"PENDING\"], \"to\": \"UNPAID\"},\n"
    " {\"name\": \"payment_retried\", \"by\": \"customer\", \"from\": [\"UNPAID\"], \"to\": \"PENDING\"},\n"
    " {\"name\": \"payment_success\", \"by\": \"payment\", \"from\": [\"PENDING\"], \"to\": \"PAID\"},\n"
    " {\"name\": \"payment_failed\", \"by\": \"payment\", \"from\": [\"PENDING\"], \"to\": \"FAILED\"},\n"
    " {\"name\": \"payment_partially_refunded\", \"by\": \"merchant\", \"from\": [\"PAID\"], \"to\": "
    "\"PARTIALLY_REFUNDED\"},\n"
    " {\"name\": \"payment_refunded\", \"by\": \"merchant\", \"from\": [\"PAID\"], \"to\": \"REFUNDED\"},\n"
    " {\"name\": \"expire\", \"by\": \"time\", \"from\": [\"PENDING\"], \"to\": \"EXPIRED\"},\n"
    " {\"name\": \"merchant_cancel\", \"by\": \"merchant\", \"from\": [\"PENDING\"], \"to\": \"CANCELLED\"}]}\n";

static const char fungies_stubs[] =
    "{\"stub\": true, \"exchanges\": [\n"
    " {\"name\": \"canned\",\n"
    "  \"request\": {\"method\": \"GET\", \"target\": \"/v0/orders/list?skip=1\"},\n"
    "  \"response\": {\"status\": 218, \"headers\": {\"X-Canned\": \"1\"}, \"json\": {\"canned\": 1.50}}}\n"
    "]}\n";

static const struct good {
    const char *provider, *file;
    const char *text; /* NULL: a copy of the shipped one */
} goods[] = {
    {"dukkango", "provider.json", dukkango_provider},
    {"dukkango", "orders.json", dukkango_orders},
    {"dukkango", "states.json", dukkango_states},
    {"dukkango", "exchanges/cancel.json", dukkango_exchanges},
    {"dukkango", "openapi.json", "{\"openapi\": \"3.1.0\", \"info\": {}}\n"},
    {"fungies", "provider.json", fungies_provider},
    {"fungies", "orders.json", fungies_orders},
    {"fungies", "states.json", fungies_states},
    {"fungies", "exchanges/stubs.json", fungies_stubs},
    {"akinon", "provider.json", NULL},
    {"akinon", "orders.json", "{\"orders\": [{\"id\": \"12\"}]}\n"},
    {"akinon", "states.json", NULL},
};

/* ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *path_of(const char *folder, const char *provider, const char *file)
{
    return mem_print("%s/%s/%s", folder, provider, file);
}

static char *read_text(const char *path)
{
    struct text text = TEXT_INIT((size_t)1024 * 1024);
    char chunk[8192];
    size_t got;
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    while (file != NULL && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add_bytes(&text, chunk, got);
    if (file != NULL)
        fclose(file);
    return text_take(&text);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    if (file == NULL)
        return;
    CHECK(fputs(text, file) >= 0);
    fclose(file);
}

void add_fixture_files(const char *folder, const char *provider)
{
    char *inside = path_of(folder, provider, "exchanges");
    char *own = mem_print("%s/%s", folder, provider);
    CHECK_INTEGER(mkdir(own, 0700), 0);
    CHECK_INTEGER(mkdir(inside, 0700), 0);
    for (size_t i = 0; i < COUNT_OF(goods); i++) {
        if (strcmp(goods[i].provider, provider) != 0)
            continue;
        char *path = path_of(folder, provider, goods[i].file);
        char *shipped = path_of("fixtures", provider, goods[i].file);
        char *text = goods[i].text == NULL ? read_text(shipped) : mem_dup(goods[i].text);
        write_text(path, text);
        free(text);
        free(shipped);
        free(path);
    }
    free(own);
    free(inside);
}

void make_fixture_folder(char folder[FOLDER_MAX], const char *provider)
{
    snprintf(folder, FOLDER_MAX, "/tmp/cancelmock-fixtures-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    add_fixture_files(folder, provider);
}

void replace_in_fixture(const char *folder, const char *provider, const char *file, const char *find,
                        const char *replace)
{
    char *path = path_of(folder, provider, file);
    if (replace == NULL) {
        CHECK_INTEGER(unlink(path), 0);
    } else if (find == NULL) {
        write_text(path, replace);
    } else {
        char *text = read_text(path), *at = strstr(text, find);
        CHECK_TEXT(at == NULL ? find : "found", "found");
        char *changed =
            at == NULL ? mem_dup(text) : mem_print("%.*s%s%s", (int)(at - text), text, replace, at + strlen(find));
        write_text(path, changed);
        free(changed);
        free(text);
    }
    free(path);
}

void remove_fixture_folder(const char *folder)
{
    for (size_t i = 0; i < COUNT_OF(goods); i++) {
        char *path = path_of(folder, goods[i].provider, goods[i].file);
        char *inside = path_of(folder, goods[i].provider, "exchanges"), *own = path_of(folder, goods[i].provider, "");
        unlink(path);
        rmdir(inside);
        rmdir(own);
        free(path);
        free(inside);
        free(own);
    }
    CHECK_INTEGER(rmdir(folder), 0);
}

/* ── Servers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static int start(const char *folder, const char *first, const char *second, struct mock_server **server,
                 char problem[MOCK_SERVER_PROBLEM_MAX])
{
    const char *const names[] = {first, second};
    struct mock_server_options options = {.listen = "127.0.0.1:0",
                                          .fixtures = folder,
                                          .providers = names,
                                          .provider_count = second == NULL ? 1 : 2,
                                          .freeze_time = "2026-11-01T09:00:00Z",
                                          .seed = 1};
    return mock_server_start(&options, server, problem, MOCK_SERVER_PROBLEM_MAX);
}

int start_with_fixtures(const char *folder, const char *first, const char *second,
                        char problem[MOCK_SERVER_PROBLEM_MAX])
{
    struct mock_server *server = NULL;
    int result = start(folder, first, second, &server, problem);
    mock_server_stop(server);
    return result;
}

struct mock_server *server_with_fixtures(const char *folder, const char *first)
{
    struct mock_server *server = NULL;
    char problem[MOCK_SERVER_PROBLEM_MAX] = "";
    CHECK_INTEGER(start(folder, first, NULL, &server, problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
    return server;
}
