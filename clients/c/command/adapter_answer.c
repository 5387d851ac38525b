#include "command/adapter_answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "core/result.h"
#include "providers/registry.h"

#define PROTOCOL        1
#define DEADLINE_MAX_MS 86400000

/* What a `run` line points to; the texts stay with the line. */
struct run {
    struct cancelorder_request request;
    struct cancelorder_pair *credentials;
    struct cancelorder_pair *reasons;
    struct cancelorder_pair *ibans;
    struct cancelorder_pair *holder_names;
    const char **items;
};

static cJSON *answer_new(const struct json_value *line)
{
    const struct json_value *id = json_member(line, "id");
    cJSON *answer = cJSON_CreateObject();
    if (json_is(id, JSON_NUMBER))
        cJSON_AddRawToObject(answer, "id", id->text);
    else if (json_is(id, JSON_STRING))
        cJSON_AddStringToObject(answer, "id", id->text);
    else
        cJSON_AddNullToObject(answer, "id");
    return answer;
}

static cJSON *answer_errored(const struct json_value *line, const char *message)
{
    cJSON *answer = answer_new(line);
    cJSON_AddStringToObject(cJSON_AddObjectToObject(answer, "errored"), "message", message);
    return answer;
}

static cJSON *answer_skipped(const struct json_value *line, const char *feature, const char *reason)
{
    cJSON *answer = answer_new(line);
    cJSON *skipped = cJSON_AddObjectToObject(answer, "skipped");
    cJSON_AddStringToObject(skipped, "feature", feature == NULL ? "" : feature);
    cJSON_AddStringToObject(skipped, "reason", reason);
    return answer;
}

/* ── Hello ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_provider(cJSON *providers, const struct client_provider *provider)
{
    cJSON *row = cJSON_AddObjectToObject(providers, provider->name);
    cJSON *operations = cJSON_AddArrayToObject(row, "operations");
    cJSON *features = cJSON_AddArrayToObject(row, "features");
    for (const struct client_operation *at = provider->operations; at->name != NULL; at++) {
        cJSON_AddItemToArray(operations, cJSON_CreateString(at->name));
        if (at != provider->operations)
            cJSON_AddItemToArray(features, cJSON_CreateString(at->name));
    }
}

static cJSON *answer_hello(struct cancelorder_client *client, const struct json_value *line)
{
    (void)client;
    int64_t protocol;
    if (json_integer_in(json_member(line, "protocol"), PROTOCOL, PROTOCOL, &protocol) != 0)
        return answer_errored(line, "this adapter speaks protocol 1");
    cJSON *answer = answer_new(line);
    cJSON_AddNumberToObject(answer, "protocol", PROTOCOL);
    cJSON *part = cJSON_AddObjectToObject(answer, "client");
    cJSON_AddStringToObject(part, "name", "cancelorder");
    cJSON_AddStringToObject(part, "version", cancelorder_version());
    cJSON_AddStringToObject(part, "language", "c");
    part = cJSON_AddObjectToObject(answer, "providers");
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        add_provider(part, provider);
    cJSON_AddNumberToObject(answer, "max_parallel", 1);
    part = cJSON_AddObjectToObject(answer, "policy");
    cJSON_AddStringToObject(part, "redirects", "refuse");
    cJSON_AddNumberToObject(part, "max_attempts", 2);
    cJSON_AddStringToObject(part, "retry", "after-lookup");
    return answer;
}

/* ── Run ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Texts and number tokens as they are; what cannot be an id or a reason becomes a text that is refused. */
static const char *scalar(const struct json_value *value)
{
    if (value == NULL || json_is(value, JSON_NULL))
        return NULL;
    if (json_is(value, JSON_TRUE) || json_is(value, JSON_FALSE))
        return json_is(value, JSON_TRUE) ? "true" : "false";
    return json_scalar(value) != NULL ? json_scalar(value) : "{}";
}

static size_t children(const struct json_value *value)
{
    size_t count = 0;
    for (const struct json_value *at = value == NULL ? NULL : value->first; at != NULL; at = at->next)
        count++;
    return count;
}

static struct cancelorder_pairs pairs_read(const struct json_value *object, bool texts_only,
                                           struct cancelorder_pair **owner)
{
    struct cancelorder_pair *rows = mem_zero(children(object), sizeof *rows);
    size_t count = 0;
    for (const struct json_value *at = object == NULL ? NULL : object->first; at != NULL; at = at->next) {
        const char *value = texts_only ? json_text(at) : scalar(at);
        rows[count++] = (struct cancelorder_pair){at->name, value == NULL ? "" : value};
    }
    *owner = rows;
    return (struct cancelorder_pairs){rows, count};
}

static void items_read(const struct json_value *items, struct run *run)
{
    size_t count = 0;
    run->items = mem_zero(children(items), sizeof *run->items);
    run->request.only_items = json_is(items, JSON_ARRAY);
    for (const struct json_value *at = items == NULL ? NULL : items->first; at != NULL; at = at->next)
        run->items[count++] = scalar(at) == NULL ? "" : scalar(at);
    run->request.items = run->items;
    run->request.item_count = count;
}

static enum cancelorder_choice choice_read(const struct json_value *value)
{
    if (json_is(value, JSON_TRUE))
        return CANCELORDER_YES;
    return json_is(value, JSON_FALSE) ? CANCELORDER_NO : CANCELORDER_UNSET;
}

static void arguments_read(const struct json_value *arguments, struct run *run)
{
    struct cancelorder_request *request = &run->request;
    request->order_id = scalar(json_member(arguments, "order_id"));
    request->reason_id = scalar(json_member(arguments, "reason_id"));
    request->method = scalar(json_member(arguments, "method"));
    request->refund_invoice_number = scalar(json_member(arguments, "refund_invoice_number"));
    request->is_cargo_refund = choice_read(json_member(arguments, "is_cargo_refund"));
    request->return_details = choice_read(json_member(arguments, "return_details"));
    items_read(json_member(arguments, "items"), run);
    request->reasons = pairs_read(json_member(arguments, "reasons"), false, &run->reasons);
    request->ibans = pairs_read(json_member(arguments, "ibans"), true, &run->ibans);
    request->holder_names = pairs_read(json_member(arguments, "holder_names"), true, &run->holder_names);
}

/* The types of a run line; a member that is absent or null is not given. */
static const struct {
    const char *parent; /* NULL = the line itself */
    const char *name;
    enum json_kind kind;
    enum json_kind or_kind;
} types[] = {
    {NULL, "credentials", JSON_OBJECT, JSON_NULL},
    {NULL, "arguments", JSON_OBJECT, JSON_NULL},
    {NULL, "options", JSON_OBJECT, JSON_NULL},
    {NULL, "deadline_ms", JSON_NUMBER, JSON_NULL},
    {NULL, "base_url", JSON_STRING, JSON_NULL},
    {"arguments", "items", JSON_ARRAY, JSON_NULL},
    {"arguments", "reasons", JSON_OBJECT, JSON_NULL},
    {"arguments", "ibans", JSON_OBJECT, JSON_NULL},
    {"arguments", "holder_names", JSON_OBJECT, JSON_NULL},
    {"arguments", "is_cargo_refund", JSON_TRUE, JSON_FALSE},
    {"arguments", "return_details", JSON_TRUE, JSON_FALSE},
    {"options", "ca_file", JSON_STRING, JSON_NULL},
    {"options", "state_dir", JSON_STRING, JSON_NULL},
};

/* Name of the first member of a wrong type, or NULL. */
static const char *wrong_type(const struct json_value *line)
{
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        const struct json_value *parent = types[i].parent == NULL ? line : json_member(line, types[i].parent);
        const struct json_value *value = json_member(parent, types[i].name);
        if (value != NULL && !json_is(value, JSON_NULL) && !json_is(value, types[i].kind) &&
            !json_is(value, types[i].or_kind))
            return types[i].name;
    }
    return NULL;
}

static int run_read(const struct json_value *line, struct run *run)
{
    const struct json_value *deadline = json_member(line, "deadline_ms");
    const struct json_value *options = json_member(line, "options");
    struct cancelorder_request *request = &run->request;
    if (json_is(deadline, JSON_NUMBER) && json_integer_in(deadline, 1, DEADLINE_MAX_MS, &request->deadline_ms) != 0)
        return -1;
    request->provider = json_text(json_member(line, "provider"));
    request->operation = json_text(json_member(line, "operation"));
    request->base_url = json_text(json_member(line, "base_url"));
    request->ca_file = json_text(json_member(options, "ca_file"));
    request->state_dir = json_text(json_member(options, "state_dir"));
    request->credentials = pairs_read(json_member(line, "credentials"), true, &run->credentials);
    arguments_read(json_member(line, "arguments"), run);
    return 0;
}

static void run_release(struct run *run)
{
    free(run->credentials);
    free(run->reasons);
    free(run->ibans);
    free(run->holder_names);
    free(run->items);
}

static cJSON *answer_result(struct cancelorder_client *client, const struct json_value *line)
{
    struct run run = {.items = NULL};
    if (run_read(line, &run) != 0)
        return answer_errored(line, "deadline_ms is not an integer from 1 to 86400000");
    cJSON *answer = answer_new(line);
    struct cancelorder_result result;
    cancelorder_client_run(client, &run.request, &result);
    result_print(&result, answer);
    cancelorder_result_release(&result);
    run_release(&run);
    return answer;
}

static cJSON *answer_run(struct cancelorder_client *client, const struct json_value *line)
{
    const char *name = json_text(json_member(line, "provider"));
    const char *operation = json_text(json_member(line, "operation"));
    const struct client_provider *provider = client_provider_find(name);
    const char *wrong = wrong_type(line);
    if (provider == NULL)
        return answer_skipped(line, name, "no such provider in this client");
    if (client_operation_find(provider, operation) == NULL)
        return answer_skipped(line, operation, "no such operation in this client");
    if (wrong != NULL) {
        struct text message = TEXT_INIT(TEXT_UNBOUNDED);
        text_print(&message, "%s is of the wrong type", wrong);
        cJSON *answer = answer_errored(line, text_cstr(&message));
        text_release(&message);
        return answer;
    }
    return answer_result(client, line);
}

static const struct {
    const char *name;
    cJSON *(*answer)(struct cancelorder_client *client, const struct json_value *line);
} commands[] = {
    {"hello", answer_hello},
    {"run", answer_run},
};

cJSON *adapter_answer(struct cancelorder_client *client, const struct json_value *line)
{
    const char *command = json_text(json_member(line, "cmd"));
    if (!json_is(line, JSON_OBJECT))
        return answer_errored(NULL, "the line is not one JSON object of at most 1 MiB");
    for (size_t i = 0; command != NULL && i < COUNT_OF(commands); i++)
        if (strcmp(command, commands[i].name) == 0)
            return commands[i].answer(client, line);
    return answer_errored(line, "no such command");
}

cJSON *adapter_answer_aborted(const struct json_value *line)
{
    struct cancelorder_result result;
    cJSON *answer = answer_new(line);
    result_init(&result);
    result.outcome = CANCELORDER_ABORTED;
    result_print(&result, answer);
    cancelorder_result_release(&result);
    return answer;
}
