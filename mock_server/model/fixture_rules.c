/* What the three files of a provider must be: shapes first, then what shapes cannot say. */
#include <stdlib.h>
#include <string.h>

#include "base/name_set.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/template.h"
#include "model/crowd.h"
#include "model/fixture_set.h"
#include "model/fixtures.h"
#include "model/magic.h"

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
    {"fault", SHAPE_OBJECT},
    SHAPE_END,
};

static const struct shape answer_shape[] = {
    {"status", SHAPE_INTEGER, .required = true, .least = 200, .most = 599},
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
    {"order", SHAPE_OBJECT},
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
#define ORDER_ROWS                                                                                                     \
    {"id", SHAPE_STRING}, {"aliases", SHAPE_ARRAY_OF_STRINGS}, {"account", SHAPE_STRING}, {"state", SHAPE_STRING},     \
        {"document", SHAPE_OBJECT}, {"facts", SHAPE_OBJECT}, {"about", SHAPE_STRING},                                  \
    {                                                                                                                  \
        "provider", SHAPE_STRING                                                                                       \
    }

static const struct shape order_shape[] = {ORDER_ROWS, SHAPE_END};

static const struct shape seed_shape[] = {
    ORDER_ROWS,
    {"repeat", SHAPE_INTEGER, .least = 1, .most = CROWD_MAX},
    SHAPE_END,
};

static const struct shape orders_file_shape[] = {
    {"$schema", SHAPE_STRING},
    {"orders", SHAPE_ARRAY, seed_shape, .required = true},
    SHAPE_END,
};

#define PROVIDER_ROWS_MAX 32

/* provider.json: the common members and the provider's own, in one list of rows. */
static void check_provider_shape(const struct provider *provider, struct fixture_file *file)
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

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The objects of an array member; NULL when there is none. */
static const cJSON *first_of(const cJSON *tree, const char *name)
{
    const cJSON *list = json_member(tree, name);
    return cJSON_IsArray(list) ? list->child : NULL;
}

static bool list_has(const cJSON *list, const char *member, const char *value)
{
    for (const cJSON *item = list; item != NULL; item = item->next)
        if (strcmp(json_string_or(item, member, ""), value) == 0)
            return true;
    return false;
}

void fixture_check_state(struct fixture_file *file, const struct provider *provider, const cJSON *node)
{
    char hint[HINT_MAX];
    if (cJSON_IsString(node) && state_of(provider, node->valuestring) == NULL)
        fixture_file_complain(file, node, "no state is called \"%.60s\"%s", node->valuestring,
                              nearest_hint(node->valuestring, provider->states, hint));
}

#define HINT_NAMES_MAX 64

void fixture_check_account(struct fixture_file *file, const struct fixture_set *set, const cJSON *node)
{
    const cJSON *accounts = first_of(set->files[FIXTURE_PROVIDER].tree, "accounts");
    const char *names[HINT_NAMES_MAX + 1] = {NULL};
    char hint[HINT_MAX];
    size_t count = 0;
    if (set->files[FIXTURE_PROVIDER].tree == NULL || !cJSON_IsString(node) ||
        list_has(accounts, "id", node->valuestring))
        return;
    for (const cJSON *account = accounts; account != NULL && count < HINT_NAMES_MAX; account = account->next)
        if (json_string(account, "id") != NULL)
            names[count++] = json_string(account, "id");
    fixture_file_complain(file, node, "provider.json has no account \"%.60s\"%s", node->valuestring,
                          nearest_hint(node->valuestring, names, hint));
}

/* Each string member `name` of the objects in a list stands once. */
static void check_unique(struct fixture_file *file, const cJSON *first, const char *name)
{
    struct name_set *seen = NULL;
    for (const cJSON *item = first; item != NULL; item = item->next) {
        const char *value = json_string(item, name);
        if (value != NULL && !name_set_add(&seen, value))
            fixture_file_complain(file, json_member(item, name), "duplicate %s \"%.60s\"", name, value);
    }
    name_set_free(seen);
}

static void check_folder(struct fixture_file *file, const struct provider *provider, const cJSON *named)
{
    if (cJSON_IsString(named) && strcmp(named->valuestring, provider->name) != 0)
        fixture_file_complain(file, named, "this is the folder of \"%s\"", provider->name);
}

/* ── provider.json ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Wherever a provider's own rows name an account. */
static void check_accounts(struct fixture_file *file, const struct fixture_set *set, const cJSON *node)
{
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        if (child->string != NULL && strcmp(child->string, "account") == 0)
            fixture_check_account(file, set, child);
        check_accounts(file, set, child);
    }
}

/* Of two credentials that show the same, only the first would ever be found. */
static void check_credential(struct fixture_file *file, const struct provider *provider, const cJSON *first,
                             const cJSON *entry)
{
    const cJSON *values = json_member(entry, "values");
    const char *member = provider->token_member, *token = member == NULL ? NULL : json_string(values, member);
    for (const cJSON *earlier = first; earlier != entry && values != NULL; earlier = earlier->next) {
        const cJSON *theirs = json_member(earlier, "values");
        if (json_equal(theirs, values)) {
            fixture_file_complain(file, values, "an earlier credential has the same values");
            return;
        }
        if (token != NULL && strcmp(json_string_or(theirs, member, ""), token) == 0) {
            fixture_file_complain(file, json_member(values, member), "an earlier credential has the same %s", member);
            return;
        }
    }
}

static void check_magic_fault(struct fixture_file *file, const cJSON *fault)
{
    struct text problems = TEXT_INIT(1024);
    if (cJSON_IsObject(fault) && !magic_check(fault, &problems))
        fixture_file_complain(file, fault, "%s", text_cstr(&problems));
    text_release(&problems);
}

static void check_provider(struct fixture_set *set)
{
    struct fixture_file *file = &set->files[FIXTURE_PROVIDER];
    const cJSON *base = json_member(file->tree, "base_path"), *credentials = json_member(file->tree, "credentials");
    check_provider_shape(set->provider, file);
    check_folder(file, set->provider, json_member(file->tree, "provider"));
    if (cJSON_IsString(base) && strcmp(base->valuestring, set->provider->bases[0].base) != 0)
        fixture_file_complain(file, base, "this provider lives at \"%s\"", set->provider->bases[0].base);
    check_unique(file, first_of(file->tree, "accounts"), "id");
    check_unique(file, first_of(file->tree, "magic_ids"), "id");
    check_accounts(file, set, file->tree);
    for (const cJSON *entry = first_of(file->tree, "magic_ids"); entry != NULL; entry = entry->next)
        check_magic_fault(file, json_member(entry, "fault"));
    if (cJSON_IsArray(credentials) && credentials->child == NULL)
        fixture_file_complain(file, credentials, "there must be a credential");
    for (const cJSON *entry = first_of(file->tree, "credentials"); entry != NULL; entry = entry->next)
        check_credential(file, set->provider, first_of(file->tree, "credentials"), entry);
}

/* ── orders.json ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* As order_make() wants it: at most 18 digits, the first one not 0. */
static bool is_integer_id(const char *id)
{
    return number_is_digits(id) && strlen(id) <= 18 && id[0] != '0';
}

static void check_order_id(struct fixture_file *file, const struct provider *provider, const cJSON *spec)
{
    const cJSON *id = json_member(spec, "id");
    if (!cJSON_IsString(id) || !provider->id_is_integer)
        return;
    bool repeats = json_member(spec, "repeat") != NULL;
    char *text = repeats ? template_text(id->valuestring, 1) : mem_dup(id->valuestring);
    if (!is_integer_id(text))
        fixture_file_complain(file, id, "the id of this provider's orders is a positive integer");
    free(text);
}

static void check_orders(struct fixture_set *set)
{
    struct fixture_file *file = &set->files[FIXTURE_ORDERS];
    const struct shape_report report = fixture_file_report(file);
    fixture_file_check(file, file->tree, orders_file_shape, SHAPE_CLOSED);
    for (const cJSON *spec = first_of(file->tree, "orders"); spec != NULL; spec = spec->next) {
        const cJSON *document = json_member(spec, "document"), *facts = json_member(spec, "facts");
        if (!cJSON_IsObject(spec))
            continue;
        if (cJSON_IsObject(document))
            shape_check(document, set->provider->document_shape, SHAPE_CLOSED, &report);
        if (cJSON_IsObject(facts))
            shape_check(facts, set->provider->facts_shape, SHAPE_CLOSED, &report);
        fixture_check_state(file, set->provider, json_member(spec, "state"));
        fixture_check_account(file, set, json_member(spec, "account"));
        check_order_id(file, set->provider, spec);
        check_folder(file, set->provider, json_member(spec, "provider"));
    }
    check_unique(file, first_of(file->tree, "orders"), "id");
}

/* ── states.json ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct event *event_named(const struct provider *provider, const char *name)
{
    for (const struct event *event = provider->events; event->name != NULL; event++)
        if (strcmp(event->name, name) == 0)
            return event;
    return NULL;
}

static bool is_by_client(const cJSON *event)
{
    return strcmp(json_string_or(event, "by", "client"), "client") == 0;
}

/* What a client does is a request, and its name is free; everything else is in the provider's table. */
static void check_event_name(struct fixture_file *file, const struct provider *provider, const cJSON *event)
{
    const char *names[HINT_NAMES_MAX + 1] = {NULL};
    char hint[HINT_MAX];
    const char *name = json_string(event, "name"), *by = json_string(event, "by");
    const struct event *known = name == NULL ? NULL : event_named(provider, name);
    if (known != NULL && by != NULL && strcmp(by, known->by) != 0)
        fixture_file_complain(file, json_member(event, "by"),
                              "event \"%.60s\" is raised by the \"%s\", and this says \"%.60s\"", name, known->by, by);
    if (name == NULL || known != NULL || is_by_client(event))
        return;
    for (size_t i = 0; i < HINT_NAMES_MAX && provider->events[i].name != NULL; i++)
        names[i] = provider->events[i].name;
    fixture_file_complain(file, json_member(event, "name"), "no event is called \"%.60s\"%s", name,
                          nearest_hint(name, names, hint));
}

/* Only a request has an answer, and one that is not written down would never be compared. */
static void check_answers(struct fixture_file *file, const struct provider *provider, const cJSON *event)
{
    static const char *const members[] = {"answer", "otherwise"};
    size_t states = 0;
    while (provider->states[states] != NULL)
        states++;
    if (is_by_client(event)) {
        if (json_member(event, "answer") == NULL)
            fixture_file_complain(file, event, "an event by the client needs \"answer\": the status of the request");
        if (json_member(event, "otherwise") == NULL && (size_t)cJSON_GetArraySize(json_member(event, "from")) < states)
            fixture_file_complain(file, event,
                                  "an event by the client that not every state allows needs \"otherwise\"");
        return;
    }
    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (json_member(event, members[i]) != NULL)
            fixture_file_complain(file, json_member(event, members[i]),
                                  "an event that no client raises is answered by the control API; leave \"%s\" out",
                                  members[i]);
}

/* The life cycle is told whole. */
static void check_completeness(struct fixture_file *file, const struct provider *provider)
{
    const cJSON *states = json_member(file->tree, "states"), *events = json_member(file->tree, "events");
    for (const char *const *state = provider->states; *state != NULL && cJSON_IsArray(states); state++)
        if (!list_has(states->child, "name", *state))
            fixture_file_complain(file, states, "state \"%s\" is missing", *state);
    for (const struct event *event = provider->events; event->name != NULL && cJSON_IsArray(events); event++)
        if (event->to != NULL && !list_has(events->child, "name", event->name))
            fixture_file_complain(file, events, "event \"%s\" is missing", event->name);
}

static void check_states(struct fixture_set *set)
{
    struct fixture_file *file = &set->files[FIXTURE_STATES];
    const cJSON *states = first_of(file->tree, "states"), *events = first_of(file->tree, "events");
    fixture_file_check(file, file->tree, states_file_shape, SHAPE_CLOSED);
    for (const cJSON *state = states; state != NULL; state = state->next)
        fixture_check_state(file, set->provider, json_member(state, "name"));
    for (const cJSON *event = events; event != NULL; event = event->next) {
        check_event_name(file, set->provider, event);
        if (json_string(event, "by") != NULL)
            check_answers(file, set->provider, event);
        fixture_check_state(file, set->provider, json_member(event, "to"));
        for (const cJSON *name = first_of(event, "from"); name != NULL; name = name->next)
            fixture_check_state(file, set->provider, name);
    }
    check_unique(file, states, "name");
    check_unique(file, events, "name");
    check_completeness(file, set->provider);
}

void fixture_rules_check(struct fixture_set *set)
{
    static void (*const rules[FIXTURE_FILES])(struct fixture_set *) = {
        [FIXTURE_PROVIDER] = check_provider, [FIXTURE_ORDERS] = check_orders, [FIXTURE_STATES] = check_states};
    for (int i = 0; i < FIXTURE_FILES; i++)
        if (set->files[i].tree != NULL)
            rules[i](set);
}
