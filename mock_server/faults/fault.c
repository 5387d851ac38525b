#include "faults/fault.h"

#include <string.h>

#include "base/nearest.h"
#include "faults/kinds.h"
#include "model/exchange.h"
#include "model/provider.h"

struct selector;

struct fault {
    struct arena *arena; /* everything below lives in it */
    const cJSON *spec;
    const struct fault_kind *kind;
    enum fault_phase phase;
    struct {
        const char *provider, *operation, *order; /* NULL: any */
    } match;
    const struct selector *when; /* NULL: always */
    uint64_t count;              /* of `when` */
    const void *parameters;      /* what the kind read */
};

/* ── The members of every fault ────────────────────────────────────────────────────────────────────────────────── */

static const struct shape match_shape[] = {
    {"provider", SHAPE_STRING, .meaning = "a name of GET /_mock/providers"},
    {"operation", SHAPE_STRING, .meaning = "an operation of its routes, or stub"},
    {"order", SHAPE_STRING, .meaning = "an order, by any of its names"},
    SHAPE_END,
};

static const struct shape when_shape[] = {
    {"first", SHAPE_INTEGER, .least = 1, .most = JSON_INTEGER_MAX, .meaning = "the first n requests that match"},
    {"after", SHAPE_INTEGER, .least = 0, .most = JSON_INTEGER_MAX, .meaning = "all after the first n that match"},
    {"every", SHAPE_INTEGER, .least = 1, .most = JSON_INTEGER_MAX, .meaning = "every n-th request that matches"},
    SHAPE_END,
};

const struct shape fault_members[] = {
    {"fault", SHAPE_STRING, .required = true, .meaning = "the kind"},
    {"phase", SHAPE_STRING, .words = fault_phase_names,
     .meaning = "whether the provider handles the request before it fires; before_commit when absent"},
    {"match", SHAPE_OBJECT, match_shape, .meaning = "the requests that it is meant for; all when absent"},
    {"when", SHAPE_OBJECT, when_shape, .meaning = "on which of these it fires, one of the three; on all when absent"},
    SHAPE_END,
};

static bool is_first(uint64_t seen, uint64_t n)
{
    return seen <= n;
}

static bool is_after(uint64_t seen, uint64_t n)
{
    return seen > n;
}

static bool is_nth(uint64_t seen, uint64_t n)
{
    return seen % n == 0;
}

static const struct selector {
    const char *name; /* a row of when_shape */
    bool (*is_due)(uint64_t seen, uint64_t n);
} selectors[] = {{"first", is_first}, {"after", is_after}, {"every", is_nth}};

/* ── Its kind, and the members that it has ─────────────────────────────────────────────────────────────────────── */

/* A member that was to be "fault". */
static void print_misspelt(const cJSON *spec, struct text *problems)
{
    static const char *const meant[] = {"fault", NULL};
    for (const cJSON *member = spec->child; member != NULL; member = member->next)
        if (strcmp(member->string, meant[0]) != 0 && nearest_name(member->string, meant) != NULL)
            text_print(problems, "unknown member \"%.60s\"; did you mean \"fault\"?; ", member->string);
}

static const struct fault_kind *read_kind(const cJSON *spec, struct text *problems)
{
    const cJSON *name = json_member(spec, "fault");
    const struct fault_kind *kind = cJSON_IsString(name) ? fault_kind_named(name->valuestring) : NULL;
    struct nearest nearest;
    if (kind != NULL)
        return kind;
    if (!cJSON_IsString(name)) {
        print_misspelt(spec, problems);
        text_add(problems, name == NULL ? "member \"fault\" is missing" : "\"fault\" must be a string");
        return NULL;
    }
    text_print(problems, "no fault is called \"%.60s\"", name->valuestring);
    nearest_begin(&nearest, name->valuestring);
    for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
        nearest_try(&nearest, kind->name);
    if (nearest.name != NULL)
        text_print(problems, "; did you mean \"%s\"?", nearest.name);
    else
        text_add(problems, "; GET /_mock/faults/kinds lists them");
    return NULL;
}

#define ROWS_MAX 24 /* members of one fault in all, the end included */

/* The kind's own parameters and the members of every fault, in one list. */
static void join_rows(const struct fault_kind *kind, struct shape rows[ROWS_MAX])
{
    size_t used = 0;
    for (const struct shape *row = kind->parameters; row != NULL && row->name != NULL && used < ROWS_MAX - 1; row++)
        rows[used++] = *row;
    for (const struct shape *row = fault_members; row->name != NULL && used < ROWS_MAX - 1; row++)
        rows[used++] = *row;
    rows[used] = (struct shape)SHAPE_END;
}

static bool has_row(const struct shape *rows, const char *name)
{
    while (rows->name != NULL && strcmp(rows->name, name) != 0)
        rows++;
    return rows->name != NULL;
}

/* The first other kind that has a parameter of that name; NULL: none has. */
static const struct fault_kind *owner_of(const char *parameter)
{
    const struct fault_kind *kind = NULL;
    for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
        if (fault_kind_parameter(kind, parameter) != NULL)
            return kind;
    return NULL;
}

/* A slip of the pen gets the nearest name; a parameter of another kind, or anything else, the list of what there is. */
static void complain_foreign(const struct fault_kind *kind, const struct shape *rows, const char *name,
                             struct text *problems)
{
    const struct fault_kind *owner = owner_of(name);
    struct nearest nearest;
    text_print(problems, "%s%s has no \"%.60s\"", problems->length > 0 ? "; " : "", kind->name, name);
    nearest_begin(&nearest, name);
    for (const struct shape *row = rows; row->name != NULL && owner == NULL; row++)
        nearest_try(&nearest, row->name);
    if (nearest.name != NULL) {
        text_print(problems, "; did you mean \"%s\"?", nearest.name);
        return;
    }
    if (owner != NULL)
        text_print(problems, ", which is of %s", owner->name);
    for (const struct shape *row = rows; row->name != NULL; row++)
        text_print(problems, "%s%s", row == rows ? "; it has " : ", ", row->name);
}

static bool check_members(const struct fault_kind *kind, const cJSON *spec, struct text *problems)
{
    struct shape rows[ROWS_MAX];
    const cJSON *member = NULL;
    join_rows(kind, rows);
    cJSON_ArrayForEach (member, spec)
        if (!has_row(rows, member->string))
            complain_foreign(kind, rows, member->string, problems);
    const struct shape_report report = shape_report_into(problems);
    return problems->length == 0 && shape_check(spec, rows, SHAPE_CLOSED, &report);
}

static void check_either(const struct fault_kind *kind, const cJSON *spec, struct text *problems)
{
    size_t given = 0;
    for (const char *const *name = kind->either; name != NULL && *name != NULL; name++)
        given += json_member(spec, *name) != NULL;
    bool missing = kind->needs_either && given == 0;
    if (given <= 1 && !missing)
        return;
    text_print(problems, "%s takes", kind->name);
    for (const char *const *name = kind->either; *name != NULL; name++)
        text_print(problems, "%s \"%s\"", name == kind->either ? "" : " or", *name);
    text_add(problems, missing ? "" : ", not both");
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void read_phase(struct fault *fault, struct text *problems)
{
    const char *name = json_string_or(fault->spec, "phase", fault_phase_names[0]);
    const char *separator = "";
    unsigned phase = FAULT_BEFORE_COMMIT;
    for (size_t i = 0; strcmp(fault_phase_names[i], name) != 0; i++)
        phase <<= 1;
    fault->phase = (enum fault_phase)phase;
    if ((fault->kind->phases & phase) != 0)
        return;
    text_print(problems, "%s does not fire in %s; its phase is ", fault->kind->name, name);
    for (size_t i = 0; fault_phase_names[i] != NULL; i++)
        if ((fault->kind->phases & (1u << i)) != 0) {
            text_print(problems, "%s%s", separator, fault_phase_names[i]);
            separator = " or ";
        }
}

/* The provider of that name; the nearest name goes into *nearest. */
static const struct provider *provider_named(const struct provider *const *providers, const char *name,
                                             struct nearest *nearest)
{
    nearest_begin(nearest, name);
    for (; *providers != NULL; providers++) {
        if (strcmp((*providers)->name, name) == 0)
            return *providers;
        nearest_try(nearest, (*providers)->name);
    }
    return NULL;
}

static bool has_operation(const struct provider *provider, const char *name, struct nearest *nearest)
{
    for (const struct route *route = provider->routes; route->method != NULL; route++) {
        if (strcmp(route->operation, name) == 0)
            return true;
        nearest_try(nearest, route->operation);
    }
    return false;
}

static void complain_unmatched(struct text *problems, const char *what, const char *name, const struct nearest *nearest)
{
    text_print(problems, "no %s is called \"%.60s\"", what, name);
    if (nearest->name != NULL)
        text_print(problems, "; did you mean \"%s\"?", nearest->name);
    else
        text_add(problems, "; GET /_mock/providers lists them");
}

/* What no request can ever be would wait in silence. */
static void check_match(const struct fault *fault, const struct provider *const *providers, struct text *problems)
{
    const char *operation = fault->match.operation;
    const struct provider *only = NULL;
    struct nearest nearest;
    bool found = operation == NULL || strcmp(operation, OPERATION_STUB) == 0;
    if (fault->match.provider != NULL && (only = provider_named(providers, fault->match.provider, &nearest)) == NULL) {
        complain_unmatched(problems, "provider that is served", fault->match.provider, &nearest);
        return;
    }
    nearest_begin(&nearest, operation == NULL ? "" : operation);
    for (; *providers != NULL && !found; providers++)
        found = (only == NULL || *providers == only) && has_operation(*providers, operation, &nearest);
    if (!found)
        complain_unmatched(problems, only == NULL ? "operation" : "operation of that provider", operation, &nearest);
}

static void read_match(struct fault *fault, const struct provider *const *providers, struct text *problems)
{
    const cJSON *match = json_member(fault->spec, "match");
    fault->match.provider = json_string(match, "provider");
    fault->match.operation = json_string(match, "operation");
    fault->match.order = json_string(match, "order");
    if (providers != NULL)
        check_match(fault, providers, problems);
}

static void read_when(struct fault *fault, struct text *problems)
{
    const cJSON *when = json_member(fault->spec, "when");
    if (cJSON_GetArraySize(when) > 1)
        text_add(problems, "\"when\" takes one of \"first\", \"after\", \"every\"");
    for (size_t i = 0; i < COUNT_OF(selectors); i++) {
        int64_t count = 0;
        if (!json_integer(json_member(when, selectors[i].name), &count))
            continue;
        fault->when = &selectors[i];
        fault->count = (uint64_t)count;
    }
}

static void read_parts(struct fault *fault, const struct provider *const *providers, struct text *problems)
{
    read_phase(fault, problems);
    if (problems->length == 0)
        check_either(fault->kind, fault->spec, problems);
    if (problems->length == 0)
        read_match(fault, providers, problems);
    if (problems->length == 0)
        read_when(fault, problems);
    if (problems->length == 0 && fault->kind->read != NULL)
        fault->parameters = fault->kind->read(fault->arena, fault->spec, problems);
}

static void delete_tree(void *tree)
{
    cJSON_Delete(tree);
}

static struct fault *fault_new(const struct fault_kind *kind, const cJSON *spec)
{
    struct arena *arena = arena_new();
    struct fault *fault = arena_alloc(arena, sizeof *fault);
    cJSON *copy = cJSON_Duplicate(spec, true);
    *fault = (struct fault){.arena = arena, .spec = copy, .kind = kind};
    arena_defer(arena, delete_tree, copy);
    return fault;
}

struct fault *fault_read(const cJSON *spec, const struct provider *const *providers, struct text *problems)
{
    const struct fault_kind *kind = read_kind(spec, problems);
    if (kind == NULL || !check_members(kind, spec, problems))
        return NULL;
    struct fault *fault = fault_new(kind, spec);
    read_parts(fault, providers, problems);
    if (problems->length == 0)
        return fault;
    fault_free(fault);
    return NULL;
}

void fault_free(struct fault *fault)
{
    if (fault != NULL)
        arena_free(fault->arena);
}

const cJSON *fault_spec(const struct fault *fault)
{
    return fault->spec;
}

enum fault_phase fault_phase_of(const struct fault *fault)
{
    return fault->phase;
}

/* ── Firing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_wanted(const char *wanted, const char *actual)
{
    return wanted == NULL || (actual != NULL && strcmp(wanted, actual) == 0);
}

/* Whether the order is meant by any of its names: as the request spells it, its id, or an alias. */
static bool is_order(const char *wanted, const struct exchange *x, fault_same_order *same_order)
{
    const char *key = x->order_key == NULL ? "" : x->order_key;
    if (is_wanted(wanted, key) || (x->order_id != NULL && strcmp(wanted, x->order_id) == 0))
        return true;
    return x->provider != NULL && same_order(x, key, wanted);
}

bool fault_matches(const struct fault *fault, const struct exchange *x, fault_same_order *same_order)
{
    return is_wanted(fault->match.provider, x->provider == NULL ? NULL : x->provider->name) &&
           is_wanted(fault->match.operation, x->route == NULL ? NULL : x->route->operation) &&
           is_order(fault->match.order, x, same_order);
}

bool fault_is_due(const struct fault *fault, uint64_t seen)
{
    return fault->when == NULL || fault->when->is_due(seen, fault->count);
}

void fault_apply(const struct fault *fault, struct exchange *x, const char *id)
{
    x->fault_id = arena_dup(x->arena, id);
    x->fault_name = fault->kind->name;
    x->fault_phase = fault_phase_name(fault->phase);
    fault->kind->apply(x, fault->parameters);
}
