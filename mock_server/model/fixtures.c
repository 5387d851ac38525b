/*
 * Reads the fixture folders: every file is parsed, checked against its shape, and then against the others. Mistakes are
 * collected with their places; the caller gets either all fixtures or all mistakes.
 */
#include "model/fixtures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uthash.h>

#include "model/fixture_file.h"
#include "model/provider.h"
#include "model/store.h"

struct provider_fixtures {
    const struct provider *provider;
    struct fixture_file files[FIXTURE_FILES];
};

struct fixtures {
    struct provider_fixtures *list;
    size_t count;
    const struct provider **providers; /* ended by NULL */
};

/* ── Shapes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape account_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING},
    {"about", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape magic_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"about", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape answer_shape[] = {
    {"status", SHAPE_INTEGER, .required = true},
    SHAPE_END,
};

static const struct shape state_shape[] = {
    {"name", SHAPE_STRING, .required = true},
    {"clause", SHAPE_STRING, .required = true},
    {"final", SHAPE_BOOLEAN, .required = true},
    {"about", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape event_shape[] = {
    {"name", SHAPE_STRING, .required = true},
    {"by", SHAPE_STRING, .required = true},
    {"from", SHAPE_ARRAY_OF_STRINGS, .required = true},
    {"to", SHAPE_STRING, .nullable = true},
    {"answer", SHAPE_OBJECT, answer_shape},
    {"otherwise", SHAPE_OBJECT, answer_shape},
    {"about", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape states_file_shape[] = {
    {"$schema", SHAPE_STRING},
    {"states", SHAPE_ARRAY, state_shape, .required = true},
    {"events", SHAPE_ARRAY, event_shape, .required = true},
    SHAPE_END,
};

/* An order's own members; `document` and `facts` are checked with the provider's rows. */
static const struct shape order_shape[] = {
    {"id", SHAPE_STRING},    {"aliases", SHAPE_ARRAY_OF_STRINGS}, {"account", SHAPE_STRING},
    {"state", SHAPE_STRING}, {"document", SHAPE_OBJECT},          {"facts", SHAPE_OBJECT},
    {"about", SHAPE_STRING}, {"provider", SHAPE_STRING},          SHAPE_END,
};

static const struct shape orders_file_shape[] = {
    {"$schema", SHAPE_STRING},
    {"orders", SHAPE_ARRAY, order_shape, .required = true},
    SHAPE_END,
};

#define PROVIDER_ROWS_MAX 32

/* provider.json: the common members and the provider's own, in one list of rows. */
static void check_provider_file(const struct provider *provider, struct fixture_file *file)
{
    const struct shape credential_shape[] = {
        {"account", SHAPE_STRING, .required = true},
        {"state", SHAPE_STRING},
        {"about", SHAPE_STRING},
        {"scopes", SHAPE_ARRAY_OF_STRINGS},
        {"subject", SHAPE_STRING},
        {"values", SHAPE_OBJECT, provider->credential_shape, .required = true},
        SHAPE_END,
    };
    struct shape rows[PROVIDER_ROWS_MAX] = {
        {"$schema", SHAPE_STRING},
        {"provider", SHAPE_STRING, .required = true},
        {"hosts", SHAPE_ARRAY_OF_STRINGS, .required = true},
        {"base_path", SHAPE_STRING, .required = true},
        {"accounts", SHAPE_ARRAY, account_shape, .required = true},
        {"credentials", SHAPE_ARRAY, credential_shape, .required = true},
        {"magic_ids", SHAPE_ARRAY, magic_shape},
    };
    size_t used = 7;
    for (const struct shape *row = provider->fixture_shape; row->name != NULL && used < PROVIDER_ROWS_MAX - 1; row++)
        rows[used++] = *row;
    fixture_file_check(file, file->tree, rows, SHAPE_CLOSED);
}

bool fixtures_check_order(const struct provider *provider, const cJSON *spec, enum shape_mode document_mode,
                          const struct shape_report *report)
{
    bool fine = shape_check(spec, order_shape, SHAPE_CLOSED, report);
    const cJSON *document = json_member(spec, "document"), *facts = json_member(spec, "facts");
    if (cJSON_IsObject(document))
        fine = shape_check(document, provider->document_shape, document_mode, report) && fine;
    if (cJSON_IsObject(facts))
        fine = shape_check(facts, provider->facts_shape, SHAPE_CLOSED, report) && fine;
    return fine;
}

/* ── What the shapes cannot say ────────────────────────────────────────────────────────────────────────────────── */

static bool has_account(const cJSON *provider_file, const char *id)
{
    const cJSON *accounts = json_member(provider_file, "accounts");
    for (const cJSON *account = accounts == NULL ? NULL : accounts->child; account != NULL; account = account->next)
        if (strcmp(json_string_or(account, "id", ""), id) == 0)
            return true;
    return false;
}

static void check_state_name(struct fixture_file *file, const struct provider *provider, const cJSON *node)
{
    if (!cJSON_IsString(node) || state_of(provider, node->valuestring) != NULL)
        return;
    const char *near = nearest_name(node->valuestring, provider->states);
    if (near != NULL)
        fixture_file_complain(file, node, "no state is called \"%.60s\"; did you mean \"%s\"?", node->valuestring,
                              near);
    else
        fixture_file_complain(file, node, "no state is called \"%.60s\"", node->valuestring);
}

static void check_account_name(struct fixture_file *file, const cJSON *provider_file, const cJSON *node)
{
    if (cJSON_IsString(node) && !has_account(provider_file, node->valuestring))
        fixture_file_complain(file, node, "provider.json has no account \"%.60s\"", node->valuestring);
}

struct seen {
    const char *value; /* borrowed from the tree */
    UT_hash_handle hh;
};

/* Each string member `name` of the objects in `list` stands once. */
static void check_unique(struct fixture_file *file, const cJSON *list, const char *name)
{
    struct seen *all = NULL, *one, *next;
    for (const cJSON *item = cJSON_IsArray(list) ? list->child : NULL; item != NULL; item = item->next) {
        const char *value = json_string(item, name);
        if (value == NULL)
            continue;
        HASH_FIND_STR(all, value, one);
        if (one != NULL) {
            fixture_file_complain(file, json_member(item, name), "duplicate %s \"%.60s\"", name, value);
            continue;
        }
        one = mem_zero(1, sizeof *one);
        one->value = value;
        HASH_ADD_KEYPTR(hh, all, one->value, strlen(value), one);
    }
    HASH_ITER (hh, all, one, next) {
        HASH_DEL(all, one);
        free(one);
    }
}

static void report_mistake(void *context, const cJSON *node, const char *text)
{
    fixture_file_complain(context, node, "%s", text);
}

static void check_order_names(struct fixture_file *file, const struct provider *provider, const cJSON *spec)
{
    const cJSON *id = json_member(spec, "id");
    if (cJSON_IsString(id) && provider->id_is_integer && !cJSON_IsNull(id)) {
        struct json_problem problem;
        cJSON *number = json_read(id->valuestring, strlen(id->valuestring), JSON_PLAIN, NULL, &problem);
        int64_t value = 0;
        if (!json_integer(number, &value) || value < 1)
            fixture_file_complain(file, id, "the id of this provider's orders is a positive integer");
        cJSON_Delete(number);
    }
    const cJSON *named = json_member(spec, "provider");
    if (cJSON_IsString(named) && strcmp(named->valuestring, provider->name) != 0)
        fixture_file_complain(file, named, "this is the folder of \"%s\"", provider->name);
}

static void check_orders(struct provider_fixtures *fixtures)
{
    struct fixture_file *file = &fixtures->files[FIXTURE_ORDERS];
    const cJSON *orders = json_member(file->tree, "orders");
    for (const cJSON *spec = cJSON_IsArray(orders) ? orders->child : NULL; spec != NULL; spec = spec->next) {
        if (!cJSON_IsObject(spec))
            continue;
        const struct shape_report report = {report_mistake, file};
        const cJSON *document = json_member(spec, "document"), *facts = json_member(spec, "facts");
        if (cJSON_IsObject(document))
            shape_check(document, fixtures->provider->document_shape, SHAPE_CLOSED, &report);
        if (cJSON_IsObject(facts))
            shape_check(facts, fixtures->provider->facts_shape, SHAPE_CLOSED, &report);
        check_state_name(file, fixtures->provider, json_member(spec, "state"));
        if (fixtures->files[FIXTURE_PROVIDER].tree != NULL)
            check_account_name(file, fixtures->files[FIXTURE_PROVIDER].tree, json_member(spec, "account"));
        check_order_names(file, fixtures->provider, spec);
    }
    check_unique(file, orders, "id");
}

static void check_provider(struct provider_fixtures *fixtures)
{
    struct fixture_file *file = &fixtures->files[FIXTURE_PROVIDER];
    const cJSON *name = json_member(file->tree, "provider"), *base = json_member(file->tree, "base_path");
    if (cJSON_IsString(name) && strcmp(name->valuestring, fixtures->provider->name) != 0)
        fixture_file_complain(file, name, "this is the folder of \"%s\"", fixtures->provider->name);
    if (cJSON_IsString(base) && strcmp(base->valuestring, fixtures->provider->bases[0].base) != 0)
        fixture_file_complain(file, base, "this provider lives at \"%s\"", fixtures->provider->bases[0].base);
    check_unique(file, json_member(file->tree, "accounts"), "id");
    const cJSON *credentials = json_member(file->tree, "credentials");
    for (const cJSON *entry = cJSON_IsArray(credentials) ? credentials->child : NULL; entry != NULL;
         entry = entry->next)
        check_account_name(file, file->tree, json_member(entry, "account"));
    if (cJSON_IsArray(credentials) && credentials->child == NULL)
        fixture_file_complain(file, credentials, "there must be a credential");
}

static void check_states(struct provider_fixtures *fixtures)
{
    struct fixture_file *file = &fixtures->files[FIXTURE_STATES];
    const cJSON *states = json_member(file->tree, "states"), *events = json_member(file->tree, "events");
    for (const cJSON *state = cJSON_IsArray(states) ? states->child : NULL; state != NULL; state = state->next)
        check_state_name(file, fixtures->provider, json_member(state, "name"));
    for (const cJSON *event = cJSON_IsArray(events) ? events->child : NULL; event != NULL; event = event->next) {
        check_state_name(file, fixtures->provider, json_member(event, "to"));
        const cJSON *from = json_member(event, "from");
        for (const cJSON *name = cJSON_IsArray(from) ? from->child : NULL; name != NULL; name = name->next)
            check_state_name(file, fixtures->provider, name);
    }
    check_unique(file, states, "name");
    check_unique(file, events, "name");
}

/* ── Loading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void load_provider(struct provider_fixtures *fixtures, const char *folder, struct text *problems)
{
    static const char *const names[] = {
        [FIXTURE_PROVIDER] = "provider.json", [FIXTURE_ORDERS] = "orders.json", [FIXTURE_STATES] = "states.json"};
    for (int i = 0; i < FIXTURE_FILES; i++)
        fixture_file_read(&fixtures->files[i], folder, fixtures->provider->name, names[i], problems);
    if (fixtures->files[FIXTURE_PROVIDER].tree != NULL) {
        check_provider_file(fixtures->provider, &fixtures->files[FIXTURE_PROVIDER]);
        check_provider(fixtures);
    }
    if (fixtures->files[FIXTURE_ORDERS].tree != NULL) {
        fixture_file_check(&fixtures->files[FIXTURE_ORDERS], fixtures->files[FIXTURE_ORDERS].tree, orders_file_shape,
                           SHAPE_CLOSED);
        check_orders(fixtures);
    }
    if (fixtures->files[FIXTURE_STATES].tree != NULL) {
        fixture_file_check(&fixtures->files[FIXTURE_STATES], fixtures->files[FIXTURE_STATES].tree, states_file_shape,
                           SHAPE_CLOSED);
        check_states(fixtures);
    }
}

struct fixtures *fixtures_load(const char *folder, const struct provider *const *providers, struct text *problems)
{
    struct fixtures *fixtures = mem_zero(1, sizeof *fixtures);
    while (providers[fixtures->count] != NULL)
        fixtures->count++;
    fixtures->list = mem_zero(fixtures->count, sizeof *fixtures->list);
    fixtures->providers = mem_zero(fixtures->count + 1, sizeof *fixtures->providers);
    if (folder != NULL && access(folder, R_OK | X_OK) != 0) {
        text_print(problems, "%s: %s\n", folder, strerror(errno));
    } else {
        for (size_t i = 0; i < fixtures->count; i++) {
            fixtures->providers[i] = providers[i];
            fixtures->list[i].provider = providers[i];
            load_provider(&fixtures->list[i], folder, problems);
        }
    }
    if (problems->length == 0 && !problems->overflowed)
        return fixtures;
    fixtures_free(fixtures);
    return NULL;
}

void fixtures_free(struct fixtures *fixtures)
{
    if (fixtures == NULL)
        return;
    for (size_t i = 0; i < fixtures->count; i++)
        for (int f = 0; f < FIXTURE_FILES; f++)
            fixture_file_release(&fixtures->list[i].files[f]);
    free(fixtures->list);
    free(fixtures->providers);
    free(fixtures);
}

static const cJSON *tree_of(const struct fixtures *fixtures, const struct provider *provider, enum fixture_name name)
{
    for (size_t i = 0; i < fixtures->count; i++)
        if (fixtures->list[i].provider == provider)
            return fixtures->list[i].files[name].tree;
    return NULL;
}

const cJSON *fixtures_of(const struct fixtures *fixtures, const struct provider *provider)
{
    return tree_of(fixtures, provider, FIXTURE_PROVIDER);
}

const cJSON *fixtures_states(const struct fixtures *fixtures, const struct provider *provider)
{
    return tree_of(fixtures, provider, FIXTURE_STATES);
}

const struct provider *const *fixtures_providers(const struct fixtures *fixtures)
{
    return fixtures->providers;
}

static void seed_order(struct fixture_file *file, const struct provider *provider, const cJSON *spec,
                       struct session *session, struct store *store)
{
    const char *problem = NULL;
    struct order *order = order_make(session, provider, spec, &problem);
    if (order != NULL)
        order->since_us = ORDER_STILL;
    if (order != NULL && store_add(store, order) != STORE_OK)
        problem = "an earlier order has the same id or alias";
    if (problem != NULL && file->problems != NULL)
        fixture_file_complain(file, spec, "%s", problem);
}

void fixtures_seed(const struct fixtures *fixtures, struct session *session, struct store *store, struct text *problems)
{
    for (size_t i = 0; i < fixtures->count; i++) {
        struct fixture_file file = fixtures->list[i].files[FIXTURE_ORDERS];
        file.problems = problems;
        const cJSON *orders = json_member(file.tree, "orders");
        for (const cJSON *spec = orders->child; spec != NULL; spec = spec->next)
            seed_order(&file, fixtures->list[i].provider, spec, session, store);
    }
}
