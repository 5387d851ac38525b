#include "faults/fault.h"

#include <string.h>

#include "base/nearest.h"
#include "faults/kinds.h"
#include "model/exchange.h"

struct fault {
    struct arena *arena; /* everything below lives in it */
    const cJSON *spec;
    const struct fault_kind *kind;
    enum fault_phase phase;
    struct fault_match match;
    struct fault_when when;
    const void *parameters; /* what the kind read */
    int *references;        /* counted by holders of a const fault */
};

/* ── The members of every fault ────────────────────────────────────────────────────────────────────────────────── */

const struct shape fault_members[] = {
    {"fault", SHAPE_STRING, .required = true, .meaning = "the kind"},
    {"phase", SHAPE_STRING, .words = fault_phase_names,
     .meaning = "whether the provider handles the request before it fires; before_commit when absent"},
    {"match", SHAPE_OBJECT, match_shape, .meaning = "the requests that it is meant for; all when absent"},
    {"when", SHAPE_OBJECT, when_shape, .meaning = "on which of these it fires, one of the four; on all when absent"},
    {"ttl_s", SHAPE_NUMBER, .least = 0, .most = FAULT_TIME_MAX_S,
     .meaning = "it ends so many seconds after it was armed, on the session's clock"},
    {"times", SHAPE_INTEGER, .least = 1, .most = JSON_INTEGER_MAX, .meaning = "it ends after so many firings"},
    {"window", SHAPE_OBJECT, window_shape, .meaning = "it counts and fires only then, on the session's clock"},
    SHAPE_END,
};

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

#define ROWS_MAX 32 /* members of one fault in all, the end included */

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
    for (const struct shape *row = fault_members; row->name != NULL && owner == NULL; row++) /* of two as near, these */
        nearest_try(&nearest, row->name);
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

static void read_match(struct fault *fault, const struct provider *const *providers, struct text *problems)
{
    const cJSON *match = json_member(fault->spec, "match");
    if (fault->kind->of_connections && cJSON_GetArraySize(match) > 0)
        text_print(problems, "%s is met before there is a request: nothing can match", fault->kind->name);
    else
        fault_match_read(&fault->match, match, providers, problems);
}

static void read_parts(struct fault *fault, const struct provider *const *providers, struct text *problems)
{
    read_phase(fault, problems);
    if (problems->length == 0)
        check_either(fault->kind, fault->spec, problems);
    if (problems->length == 0)
        read_match(fault, providers, problems);
    if (problems->length == 0)
        fault_when_read(&fault->when, fault->spec, problems);
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
    *fault = (struct fault){
        .arena = arena, .spec = copy, .kind = kind, .references = arena_alloc(arena, sizeof *fault->references)};
    *fault->references = 1;
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
    fault_drop(fault);
    return NULL;
}

const struct fault *fault_hold(const struct fault *fault)
{
    __atomic_add_fetch(fault->references, 1, __ATOMIC_RELAXED);
    return fault;
}

void fault_drop(const struct fault *fault)
{
    if (fault != NULL && __atomic_sub_fetch(fault->references, 1, __ATOMIC_ACQ_REL) == 0)
        arena_free(fault->arena);
}

const cJSON *fault_spec(const struct fault *fault)
{
    return fault->spec;
}

const struct fault_kind *fault_kind_of(const struct fault *fault)
{
    return fault->kind;
}

enum fault_phase fault_phase_of(const struct fault *fault)
{
    return fault->phase;
}

const struct fault_when *fault_when_of(const struct fault *fault)
{
    return &fault->when;
}

int64_t fault_accept_delay(const struct fault *fault)
{
    return fault->kind->accept_delay == NULL ? 0 : fault->kind->accept_delay(fault->parameters);
}

int64_t fault_refusal(const struct fault *fault)
{
    return fault->kind->refusal == NULL ? 0 : fault->kind->refusal(fault->parameters);
}

bool fault_needs_no_request(const struct fault *fault)
{
    return fault_accept_delay(fault) > 0 || fault_refusal(fault) > 0;
}

bool fault_quota(const struct fault *fault, const char **name, int64_t *window_us)
{
    if (fault->kind->quota == NULL)
        return false;
    fault->kind->quota(fault->parameters, name, window_us);
    return true;
}

/* ── Firing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool fault_matches(const struct fault *fault, const struct exchange *x, fault_same_order *same_order)
{
    return fault_match_fits(&fault->match, x, same_order);
}

bool fault_matches_head(const struct fault *fault, const struct exchange *x)
{
    return fault_match_fits_head(&fault->match, x);
}

bool fault_meets(const struct fault *fault, struct fault_state *state, const struct fault_moment *moment,
                 struct firing *firing)
{
    if (!fault_when_is_open(&fault->when, state, moment->now_us))
        return false;
    struct draw draw = draw_for(moment->source, moment->draw_id, ++state->seen);
    if (!fault_when_is_due(&fault->when, state, draw.chance))
        return false;
    *firing = (struct firing){.id = moment->id,
                              .session = moment->source->session,
                              .ordinal = state->seen,
                              .round = moment->round,
                              .draw = draw.seed,
                              .now_us = moment->now_us,
                              .armed_us = state->armed_us,
                              .left_us = fault_when_left(&fault->when, state, moment->now_us)};
    if (fault->kind->is_due != NULL && !fault->kind->is_due(fault->parameters, firing, moment->quota))
        return false;
    fault_when_note(&fault->when, state);
    return true;
}

void fault_apply(const struct fault *fault, struct exchange *x, const struct firing *firing)
{
    exchange_fired(x, firing->id, fault->kind->name, fault_phase_name(fault->phase));
    x->fired_classes |= CLASS_BIT(fault->kind->class);
    fault->kind->apply(x, fault->parameters, firing);
}
