#include "control/call_journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/text.h"
#include "base/uri.h"
#include "journal/secrets.h"
#include "session/sessions.h"

#define ROOM     ((size_t)8 * 1024 * 1024)
#define LIMIT_MS 1000

struct call_journal {
    struct line_writer *writer;
};

struct call_journal *call_journal_open(const char *path, line_teller *tell, void *context, struct text *problem)
{
    const struct line_writer_options options = {.room = ROOM, .tell = tell, .context = context};
    struct line_writer *writer = line_writer_open(path, &options, problem);
    if (writer == NULL)
        return NULL;
    struct call_journal *journal = mem_zero(1, sizeof *journal);
    journal->writer = writer;
    return journal;
}

/* Whose secrets are masked: those of the session that is named, else of `default`. */
static struct session *session_of(const struct control *control, const struct control_request *request)
{
    struct arena *arena = arena_new();
    const char *query = uri_query_value(arena, request->query, "session");
    const char *name = query != NULL ? query : request->session;
    struct session *session = name == NULL ? NULL : sessions_find(control->sessions, name);
    arena_free(arena);
    return session != NULL ? session : sessions_default(control->sessions);
}

/* What has been masked, as JSON, or as a string where it is none; frees nothing of `shown`. */
static cJSON *value_of(const struct text *shown)
{
    cJSON *json = json_read_bytes(text_cstr(shown), shown->length);
    return json != NULL ? json : cJSON_CreateString(text_cstr(shown));
}

static cJSON *body_of(struct session *session, const struct control_request *request)
{
    struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
    if (request->json == NULL || request->length == 0)
        return cJSON_CreateNull();
    secrets_add_call_body(session, request->json, request->length, &shown);
    cJSON *value = value_of(&shown);
    text_release(&shown);
    return value;
}

static cJSON *answer_of(struct session *session, const struct control_answer *answer)
{
    struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
    if (answer->text == NULL)
        return cJSON_CreateNull();
    secrets_add_text(session, answer->text, strlen(answer->text), &shown);
    cJSON *value = strcmp(answer->content_type, "application/json") == 0 ? value_of(&shown)
                                                                         : cJSON_CreateString(text_cstr(&shown));
    text_release(&shown);
    return value;
}

static void set_target(cJSON *line, struct session *session, const struct control_request *request)
{
    struct text shown = TEXT_INIT(TEXT_UNBOUNDED);
    char *target = mem_print("%s?%s", request->path, request->query == NULL ? "" : request->query);
    secrets_add_call_target(session, target, &shown);
    char *masked = text_take(&shown), *mark = strchr(masked, '?');
    if (mark != NULL)
        *mark = '\0';
    json_set_string(line, "path", masked);
    json_set_string(line, "query", request->query == NULL || mark == NULL ? NULL : mark + 1);
    free(masked);
    free(target);
}

static cJSON *line_of(const struct control *control, const struct control_request *request,
                      const struct control_answer *answer)
{
    char at[INSTANT_TEXT_MAX];
    cJSON *line = cJSON_CreateObject();
    struct session *session = session_of(control, request);
    instant_write_utc(instant_now(), 6, at);
    json_set_string(line, "at", at);
    json_set_string(line, "method", request->method);
    set_target(line, session, request);
    json_set(line, "body", body_of(session, request));
    json_set_integer(line, "status", answer->status);
    json_set(line, "answer", answer_of(session, answer));
    session_drop(session);
    return line;
}

void call_journal_add(struct call_journal *journal, const struct control *control,
                      const struct control_request *request, const struct control_answer *answer)
{
    if (journal == NULL)
        return;
    cJSON *line = line_of(control, request, answer);
    char *text = json_write(line);
    size_t length = strlen(text);
    text[length] = '\n'; /* in the place of the NUL: a line knows its length */
    line_writer_add(journal->writer, text, length + 1);
    free(text);
    cJSON_Delete(line);
}

int call_journal_close(struct call_journal *journal)
{
    if (journal == NULL)
        return 0;
    struct line_counts counts = line_writer_close(journal->writer, LIMIT_MS);
    free(journal);
    return counts.dropped > 0 ? -1 : 0;
}
