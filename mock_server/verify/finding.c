#include "verify/finding.h"

#define TEXT_MOST 2000

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_PASSED] = "passed", [VERDICT_UNKNOWN] = "unknown", [VERDICT_FAILED] = "failed"};
    return names[verdict];
}

void finding_init(struct finding *finding)
{
    *finding = (struct finding){.expected = TEXT_INIT(TEXT_MOST),
                                .actual = TEXT_INIT(TEXT_MOST),
                                .why = TEXT_INIT(TEXT_MOST),
                                .matched = cJSON_CreateArray(),
                                .closest = cJSON_CreateArray()};
}

void finding_add_requests(struct text *text, uint64_t count)
{
    if (count == 0)
        text_add(text, "no request");
    else
        text_print(text, "%llu request%s", (unsigned long long)count, count == 1 ? "" : "s");
}

/* "expected exactly 1 request with operation cancel, and there were 2 requests: 3, 5" */
static void set_message(cJSON *json, const struct finding *finding)
{
    struct text message = TEXT_INIT(3 * TEXT_MOST);
    text_print(&message, "expected %s; actual: %s", text_cstr(&finding->expected), text_cstr(&finding->actual));
    if (finding->why.length > 0)
        text_print(&message, "; %s", text_cstr(&finding->why));
    json_set_string(json, "message", text_cstr(&message));
    text_release(&message);
}

cJSON *finding_to_json(struct finding *finding, const cJSON *expect)
{
    cJSON *json = cJSON_CreateObject();
    json_set(json, "expect", cJSON_Duplicate(expect, true));
    json_set_string(json, "verdict", verdict_name(finding->verdict));
    json_set_string(json, "expected", text_cstr(&finding->expected));
    json_set_string(json, "actual", text_cstr(&finding->actual));
    json_set(json, "matched", finding->matched);
    json_set(json, "closest", finding->closest);
    set_message(json, finding);
    text_release(&finding->expected);
    text_release(&finding->actual);
    text_release(&finding->why);
    return json;
}
