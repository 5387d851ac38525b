#include "check/result.h"

#include "mock_server/base/json.h"

cJSON *result_findings(const struct findings *findings)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < findings->count; i++) {
        cJSON *finding = cJSON_CreateObject();
        json_set_string(finding, "weight", weight_name(findings->list[i].weight));
        json_set_string(finding, "what", findings->list[i].what);
        json_set_string(finding, "expected", findings->list[i].expected);
        json_set_string(finding, "actual", findings->list[i].actual);
        cJSON_AddItemToArray(list, finding);
    }
    return list;
}

cJSON *result_of_findings(enum status status, const struct findings *findings)
{
    cJSON *result = cJSON_CreateObject();
    json_set_string(result, "status", status_name(status));
    json_set(result, "findings", result_findings(findings));
    return result;
}

cJSON *result_without_run(enum status status, const char *why)
{
    struct findings findings = {0};
    findings_add(&findings, status == STATUS_ERROR ? WEIGHT_FAULTY : WEIGHT_GAP, "not run", "a run", why);
    cJSON *result = result_of_findings(status, &findings);
    findings_release(&findings);
    return result;
}
