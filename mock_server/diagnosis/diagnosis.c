#include "diagnosis/diagnosis.h"

#include <stdlib.h>

#include "diagnosis/differences.h"
#include "diagnosis/facts.h"
#include "diagnosis/hints.h"
#include "diagnosis/look.h"

/* A stub's answer and a fault's leave no reason. A reason beside a success is a remark. */
static bool has_failed(const struct exchange *x)
{
    return x->reason != NULL && x->stub == NULL && (x->refused || x->reply.status >= 300 || x->request.unread != NULL);
}

void diagnosis_note(struct sessions *sessions, struct exchange *x)
{
    if (has_failed(x))
        x->diagnosis = facts_find(sessions, x);
}

void diagnosis_hint(const struct exchange *x, struct text *out)
{
    struct look look;
    struct text sentence = TEXT_INIT(HINT_SENTENCE_MAX);
    if (x->diagnosis == NULL)
        return;
    look_begin(&look, x, false);
    hints_say(&look, &sentence);
    text_add(out, text_cstr(&sentence));
    text_release(&sentence);
    look_end(&look);
}

/* ── As JSON ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Where no route was found, what was expected is the one that is meant. */
static const char *expected_of(const struct look *look)
{
    bool is_lost = look->reason->expected == NULL && look->reason->field != NULL && look_is(look, "path");
    return is_lost ? look_route(look) : look->reason->expected;
}

static cJSON *problems_of(const struct look *look, diagnosis_show *show)
{
    cJSON *list = cJSON_CreateArray();
    const struct reason *reason = look->reason;
    for (; reason != NULL; reason = reason->more) {
        cJSON *json = cJSON_CreateObject();
        /* a provider words it without the credential, so its name hides nothing */
        char *shown = reason->actual == NULL ? NULL : show(look->x, "", reason->actual);
        json_set_string(json, "where", look_where(look, reason));
        json_set_string(json, "field", reason->field);
        json_set_string(json, "expected", reason == look->reason ? expected_of(look) : reason->expected);
        json_set_string(json, "actual", shown);
        cJSON_AddItemToArray(list, json);
        free(shown);
    }
    return list;
}

cJSON *diagnosis_to_json(const struct exchange *x, diagnosis_show *show, bool with_documents)
{
    struct look look;
    struct text sentence = TEXT_INIT(HINT_SENTENCE_MAX);
    if (x->diagnosis == NULL)
        return cJSON_CreateNull();
    look_begin(&look, x, with_documents);
    hints_say(&look, &sentence);
    cJSON *json = cJSON_CreateObject();
    json_set(json, "problems", problems_of(&look, show));
    json_set_string(json, "hint", sentence.length == 0 ? NULL : text_cstr(&sentence));
    if (with_documents) {
        json_set(json, "nearest", differences_nearest(&look));
        json_set(json, "differences", differences_list(&look, show));
    }
    text_release(&sentence);
    look_end(&look);
    return json;
}
