/* What calls there are, out of their table: JSON for programs, a page for people. */
#include <string.h>

#include "control/handlers.h"
#include "control/row.h"

static const char *const bodies[] = {[BODY_NONE] = "none", [BODY_OPTIONAL] = "optional", [BODY_NEEDED] = "needed"};

/* ── For programs ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_names(const struct call *call, cJSON *list, const struct query_name *names)
{
    for (; names != NULL && names->name != NULL; names++) {
        cJSON *entry = cJSON_CreateObject();
        json_set_string(entry, "name", names->name);
        json_set_string(entry, "values", query_values(call, names));
        json_set_string(entry, "meaning", names->meaning);
        cJSON_AddItemToArray(list, entry);
    }
}

static cJSON *row_to_json(const struct call *call, const struct call_row *row)
{
    cJSON *entry = cJSON_CreateObject(), *query = cJSON_CreateArray();
    json_set_string(entry, "method", row->method);
    json_set_string(entry, "path", arena_print(call->arena, CONTROL_PREFIX "%s", row->pattern));
    add_names(call, query, row->query);
    add_names(call, query, query_session);
    json_set(entry, "query", query);
    json_set_string(entry, "body", bodies[row->body]);
    json_set_string(entry, "meaning", row->meaning);
    return entry;
}

static cJSON *index_to_json(const struct call *call)
{
    cJSON *answer = cJSON_CreateObject(), *calls = cJSON_CreateArray();
    json_set_string(answer, "name", "cancelmock");
    json_set_string(answer, "version", PROJECT_VERSION);
    json_set_string(answer, "openapi",
                    arena_print(call->arena, "%s" CONTROL_PREFIX "/openapi/control", call->own_root));
    for (const struct call_row *row = call->rows; row->method != NULL; row++)
        cJSON_AddItemToArray(calls, row_to_json(call, row));
    json_set(answer, "calls", calls);
    return answer;
}

/* ── For people ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char page_begin[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>cancelmock: control API</title>\n"
    "<style>body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}code{font:14px monospace}</style>\n</head>\n<body>\n<h1>cancelmock: control API</h1>\n";

static const char page_middle[] = "<table>\n<thead><tr><th>Call</th><th>Query</th><th>Body</th><th>What it does</th>"
                                  "</tr></thead>\n<tbody>\n";

static void add_escaped(struct text *page, const char *words)
{
    for (; *words != '\0'; words++)
        switch (*words) {
        case '&':
            text_add(page, "&amp;");
            break;
        case '<':
            text_add(page, "&lt;");
            break;
        case '"':
            text_add(page, "&quot;");
            break;
        default:
            text_add_char(page, *words);
        }
}

static void add_link(struct text *page, const char *root, const char *path)
{
    text_add(page, "<a href=\"");
    add_escaped(page, root);
    text_print(page, CONTROL_PREFIX "%s\">" CONTROL_PREFIX "%s</a>", path, path);
}

/* What can be asked without knowing a name is a link. */
static void add_call(struct text *page, const char *root, const struct call_row *row)
{
    text_print(page, "<code>%s ", row->method);
    if (strcmp(row->method, "GET") == 0 && strchr(row->pattern, '{') == NULL)
        add_link(page, root, row->pattern);
    else
        text_print(page, CONTROL_PREFIX "%s", row->pattern);
    text_add(page, "</code>");
}

static void add_row(const struct call *call, struct text *page, const struct call_row *row)
{
    text_add(page, "<tr><td>");
    add_call(page, call->own_root, row);
    text_add(page, "</td><td>");
    for (const struct query_name *name = row->query; name != NULL && name->name != NULL; name++) {
        text_print(page, "<code title=\"");
        add_escaped(page, query_values(call, name));
        text_print(page, "\">?%s=</code> ", name->name);
    }
    text_print(page, "</td><td>%s</td><td>", row->body == BODY_NONE ? "" : bodies[row->body]);
    add_escaped(page, row->meaning);
    text_add(page, "</td></tr>\n");
}

static char *index_to_page(const struct call *call)
{
    struct text page = TEXT_INIT(TEXT_UNBOUNDED);
    text_add(&page, page_begin);
    text_print(&page, "<p>Version %s. For programs: ", PROJECT_VERSION);
    add_link(&page, call->own_root, "/openapi/control");
    text_print(&page, ", or this page with <code>Accept: application/json</code>. Every call takes "
                      "<code>?session=</code> besides.</p>\n");
    text_add(&page, page_middle);
    for (const struct call_row *row = call->rows; row->method != NULL; row++)
        add_row(call, &page, row);
    text_add(&page, "</tbody>\n</table>\n</body>\n</html>\n");
    return text_take(&page);
}

/* A browser names text/html; a program that names both names what it likes first. */
static bool wants_page(const char *accept)
{
    const char *html = accept == NULL ? NULL : strstr(accept, "text/html");
    const char *json = accept == NULL ? NULL : strstr(accept, "application/json");
    return html != NULL && (json == NULL || html < json);
}

cJSON *control_index(struct call *call)
{
    if (wants_page(call->accept))
        return call_answer_text(call, "text/html; charset=utf-8", index_to_page(call));
    return index_to_json(call);
}
