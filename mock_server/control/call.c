#include "control/call.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_path.h"
#include "base/number.h"
#include "base/uri.h"
#include "model/provider.h"
#include "session/sessions.h"

cJSON *call_fail(struct call *call, int status, const char *path, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cJSON *answer = cJSON_CreateObject();
    json_set_string(answer, "error", text);
    json_set_string(answer, "path", path);
    call->status = status;
    return answer;
}

cJSON *call_answer_text(struct call *call, const char *content_type, char *text)
{
    call->text = text;
    call->content_type = content_type;
    return NULL;
}

/* ── The query ─────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *call_query(struct call *call, const char *name)
{
    return uri_query_value(call->arena, call->query, name);
}

int64_t call_number(struct call *call, const char *name, int64_t otherwise)
{
    int64_t number = otherwise;
    const char *text = call_query(call, name);
    if (text != NULL)
        (void)number_read(text, 0, JSON_INTEGER_MAX, &number); /* its row has checked it */
    return number;
}

const struct provider *call_query_provider(struct call *call)
{
    struct nearest nearest;
    const char *name = call_query(call, "provider");
    return name == NULL ? NULL : call_find_provider(call, name, &nearest);
}

/* ── Providers ─────────────────────────────────────────────────────────────────────────────────────────────────── */

const struct provider *call_find_provider(const struct call *call, const char *name, struct nearest *nearest)
{
    const struct provider *const *providers = call->control->providers;
    nearest_begin(nearest, name);
    for (; *providers != NULL; providers++) {
        if (strcmp((*providers)->name, name) == 0)
            return *providers;
        nearest_try(nearest, (*providers)->name);
    }
    return NULL;
}

const char *call_hint(const struct call *call, const struct nearest *nearest, const char *otherwise)
{
    return nearest->name == NULL ? otherwise : arena_print(call->arena, "; did you mean \"%s\"?", nearest->name);
}

const struct provider *call_provider(struct call *call, const char *name, cJSON **failure)
{
    struct nearest nearest;
    const struct provider *provider = call_find_provider(call, name, &nearest);
    if (provider == NULL)
        *failure = call_fail(call, 404, NULL, "no provider is called \"%.60s\" among those served%s", name,
                             call_hint(call, &nearest, "; GET /_mock/providers lists them"));
    return provider;
}

/* ── Sessions ──────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *call_session_hint(const struct call *call, const char *name, const char *otherwise)
{
    size_t count = 0;
    struct nearest nearest;
    struct session **sessions = sessions_list(call->control->sessions, &count);
    nearest_begin(&nearest, name);
    for (size_t i = 0; i < count; i++)
        nearest_try(&nearest, session_name(sessions[i]));
    const char *hint = call_hint(call, &nearest, otherwise);
    for (size_t i = 0; i < count; i++)
        session_drop(sessions[i]);
    free(sessions);
    return hint;
}

/* ── Bodies ────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define MISTAKES_MAX 10 /* more are not told */

static void add_mistake(void *context, const cJSON *node, const char *words)
{
    struct mistakes *mistakes = context;
    if (mistakes->count++ >= MISTAKES_MAX)
        return;
    const char *place = call_place(mistakes->call, node);
    if (mistakes->count == 1)
        mistakes->place = place;
    if (mistakes->count > 1)
        text_print(&mistakes->text, "; %s: ", place == NULL ? "" : place);
    text_add(&mistakes->text, words);
}

struct mistakes mistakes_of(const struct call *call)
{
    return (struct mistakes){.call = call, .text = TEXT_INIT(2000)}; /* as much as call_fail() tells */
}

struct shape_report mistakes_report(struct mistakes *mistakes)
{
    return (struct shape_report){add_mistake, mistakes};
}

cJSON *call_fail_mistakes(struct call *call, struct mistakes *mistakes)
{
    cJSON *failure =
        mistakes->count == 0 ? NULL : call_fail(call, 400, mistakes->place, "%s", text_cstr(&mistakes->text));
    text_release(&mistakes->text);
    return failure;
}

const char *call_place(const struct call *call, const cJSON *node)
{
    char *pointer = call->body == NULL || node == NULL ? NULL : json_pointer_to(call->body, node);
    const char *place = pointer == NULL ? NULL : arena_dup(call->arena, pointer);
    free(pointer);
    return place;
}
