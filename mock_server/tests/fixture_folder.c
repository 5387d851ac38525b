#include "tests/fixture_folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "fixtures/fixtures.h"
#include "model/knob_values.h"
#include "session/session.h"
#include "tests/stand_ins.h"

/* ── The good ones ─────────────────────────────────────────────────────────────────────────────────────────────── */

static const char kiosk_provider[] =
    "{\"provider\": \"kiosk\", \"hosts\": [\"kiosk.test\"], \"base_path\": \"/kiosk/v1\",\n"
    " \"accounts\": [{\"id\": \"a\"}, {\"id\": \"bistro\"}],\n"
    " \"credentials\": [{\"account\": \"a\", \"values\": {\"access_token\": \"t\"}},\n"
    "  {\"account\": \"bistro\", \"values\": {\"access_token\": \"u\"}}],\n"
    " \"magic_ids\": [{\"id\": \"404\", \"about\": \"no such order\"}],\n"
    " \"reasons\": []}\n";

static const char kiosk_orders[] =
    "{\"$schema\": \"../schema/orders.schema.json\", \"orders\": [\n"
    " {\"id\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\", \"account\": \"a\", \"state\": \"RECEIVED\"},\n"
    " {\"id\": \"7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f02\", \"account\": \"bistro\", \"state\": \"CONFIRMED\"},\n"
    " {\"state\": \"COMPLETE\"}]}\n";

static const char kiosk_states[] =
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
    "\"answer\": {\"status\": 200}, \"otherwise\": {\"status\": 404}},\n"
    " {\"name\": \"complete\", \"by\": \"restaurant\", \"from\": [\"IN_DELIVERY\"], \"to\": \"COMPLETE\"}\n"
    "]}\n";

static const char kiosk_exchanges[] =
    "{\"exchanges\": [\n"
    " {\"name\": \"one\",\n"
    "  \"clause\": \"7\",\n"
    "  \"given\": {\"knobs\": {\"foreign_order\": \"404\"},\n"
    "   \"events\": [{\"order\": \"{{ID}}\", \"event\": \"accept\"}],\n"
    "   \"orders\": [{\"id\": \"1\", \"state\": \"RECEIVED\"}],\n"
    "   \"clock\": {\"advance\": {\"days\": 14}}, \"tokens\": \"expire\",\n"
    "   \"requests\": [{\"method\": \"GET\", \"target\": \"/kiosk/v1/\", \"capture\": {\"ID\": \"/data\"}}]},\n"
    "  \"request\": {\"method\": \"PUT\", \"target\": \"/kiosk/v1/orders/cancel/1\",\n"
    "   \"headers\": {\"Access-Token\": \"t\"}, \"body\": \"x\"},\n"
    "  \"response\": {\"status\": 404, \"headers\": {\"X-Count\": \"{{/^[0-9]+$/}}\", \"Allow\": null}, \"body\": "
    "\"{}\"},\n"
    "  \"then\": {\"order\": \"1\", \"state\": \"CANCELED\"}}\n"
    "]}\n";

static const char arcade_provider[] =
    "{\"provider\": \"arcade\", \"hosts\": [], \"base_path\": \"/arcade\", \"accounts\": [{\"id\": \"shop\"}],\n"
    " \"credentials\": [{\"account\": \"shop\", \"values\": {\"shop_key\": \"k\"}}]}\n";

static const char arcade_orders[] =
    "{\"orders\": [{\"id\": \"0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a\", \"state\": \"PENDING\"}]}\n";

static const char one_state[] =
    "{\"states\": [{\"name\": \"PENDING\", \"clause\": \"7\", \"final\": false}], \"events\": []}\n";

static const char arcade_stubs[] =
    "{\"stub\": true, \"exchanges\": [\n"
    " {\"name\": \"canned\",\n"
    "  \"request\": {\"method\": \"GET\", \"target\": \"/v0/orders/list?skip=1\"},\n"
    "  \"response\": {\"status\": 218, \"headers\": {\"X-Canned\": \"1\"}, \"json\": {\"canned\": 1.50}}}\n"
    "]}\n";

static const char depot_provider[] =
    "{\"provider\": \"depot\", \"hosts\": [], \"base_path\": \"/depot\", \"accounts\": [{\"id\": \"shop\"}],\n"
    " \"credentials\": [{\"account\": \"shop\", \"values\": {\"shop_key\": \"k\"}}]}\n";

static const struct good {
    const char *provider, *file;
    const char *text; /* NULL: a copy of the shipped one */
} goods[] = {
    {"kiosk", "provider.json", kiosk_provider},
    {"kiosk", "orders.json", kiosk_orders},
    {"kiosk", "states.json", kiosk_states},
    {"kiosk", "exchanges/cancel.json", kiosk_exchanges},
    {"kiosk", "openapi.json", "{\"openapi\": \"3.1.0\", \"info\": {}}\n"},
    {"arcade", "provider.json", arcade_provider},
    {"arcade", "orders.json", arcade_orders},
    {"arcade", "states.json", one_state},
    {"arcade", "exchanges/stubs.json", arcade_stubs},
    {"depot", "provider.json", depot_provider},
    {"depot", "orders.json", "{\"orders\": [{\"id\": \"12\"}]}\n"},
    {"depot", "states.json", one_state},
    {"dukkango", "provider.json", NULL},
    {"dukkango", "orders.json", "{\"orders\": []}\n"},
    {"dukkango", "states.json", NULL},
    {"dukkango", "openapi.json", "{\"openapi\": \"3.1.0\", \"info\": {}}\n"},
    {"fungies", "provider.json", NULL},
    {"fungies", "orders.json", arcade_orders},
    {"fungies", "states.json", NULL},
    {"fungies", "exchanges/stubs.json", arcade_stubs},
    {"akinon", "provider.json", NULL},
    {"akinon", "orders.json", "{\"orders\": []}\n"},
    {"akinon", "states.json", NULL},
    {"iletimerkezi", "provider.json", NULL},
    {"iletimerkezi", "orders.json", "{\"orders\": []}\n"},
    {"iletimerkezi", "states.json", NULL},
};

/* ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *path_of(const char *folder, const char *provider, const char *file)
{
    return mem_print("%s/%s/%s", folder, provider, file);
}

char *read_test_file(const char *path)
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
        char *text = goods[i].text == NULL ? read_test_file(shipped) : mem_dup(goods[i].text);
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
        char *text = read_test_file(path), *at = strstr(text, find);
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

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

void remove_test_folder(const char *folder)
{
    CHECK_INTEGER(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* ── Starting with them ────────────────────────────────────────────────────────────────────────────────────────── */

bool fixtures_are_taken(const char *folder, const char *first, const char *second, struct text *problems)
{
    const struct provider *const providers[] = {stand_in_named(first), second == NULL ? NULL : stand_in_named(second),
                                                NULL};
    const struct fixtures *fixtures = fixtures_load(folder, providers, problems);
    if (fixtures == NULL)
        return false;
    struct knob_values *knobs = knob_values_new(providers);
    const struct session_options options = {.name = "default", .journal_size = 1, .knobs = knobs};
    struct session *session = session_new(&options, fixtures, problems);
    session_drop(session);
    knob_values_free(knobs);
    fixtures_drop(fixtures);
    return problems->length == 0;
}

struct mock_server *server_with_fixtures(const char *folder, const char *provider)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX] = "";
    struct mock_server_options options = {.listen = "127.0.0.1:0",
                                          .fixtures = folder,
                                          .providers = &provider,
                                          .provider_count = 1,
                                          .freeze_time = "2026-11-01T09:00:00Z",
                                          .seed = 1,
                                          .journal_file = getenv("TEST_JOURNAL")}; /* scripts/test judges it */
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
    return server;
}
