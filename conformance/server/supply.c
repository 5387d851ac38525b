#include "server/supply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapter/argv.h"
#include "adapter/process.h"
#include "mock_server/base/json_file.h"
#include "mock_server/base/nearest.h"
#include "mock_server/base/text.h"
#include "server/captures.h"

#define ANSWER_MAX 4096

struct supply {
    cJSON *orders; /* NULL: no file; what was taken is gone from it, but for the first of each */
    char **command;
};

/* ── The file ────────────────────────────────────────────────────────────────────────────────────────────────────────
 */

static void check_ids(struct json_file *file, const cJSON *list)
{
    const cJSON *id = NULL;
    if (!cJSON_IsArray(list))
        json_file_complain(file, list, "an order has an array of ids, and this is %s", json_kind(list));
    cJSON_ArrayForEach (id, list)
        if (!cJSON_IsString(id) || *id->valuestring == '\0')
            json_file_complain(file, id, "an id is a string, and this is %s", json_kind(id));
}

static void check_provider(struct json_file *file, const cJSON *provider, const char *const *known)
{
    char hint[HINT_MAX];
    const cJSON *list = NULL;
    const char *near = nearest_hint(provider->string, known, hint);
    while (*known != NULL && strcmp(*known, provider->string) != 0)
        known++;
    if (*known == NULL)
        json_file_complain(file, provider, "there is no provider \"%.60s\"%s", provider->string, near);
    else if (!cJSON_IsObject(provider))
        json_file_complain(file, provider,
                           "a provider has an object, {\"ID OF THE DOCUMENTS\":[\"ID\"]}, and this is %s",
                           json_kind(provider));
    else
        cJSON_ArrayForEach (list, provider)
            check_ids(file, list);
}

static void read_orders(struct supply *supply, const struct server_settings *settings, struct text *problems)
{
    struct json_file file;
    const cJSON *provider = NULL;
    json_file_open(&file, settings->orders, problems);
    if (file.tree != NULL && !cJSON_IsObject(file.tree))
        json_file_complain(&file, file.tree, "an object of providers is expected, and this is %s",
                           json_kind(file.tree));
    else
        cJSON_ArrayForEach (provider, file.tree)
            check_provider(&file, provider, settings->known);
    supply->orders = cJSON_Duplicate(file.tree, true);
    json_file_release(&file);
}

static cJSON *list_of(const struct supply *supply, const char *provider, const char *documented)
{
    return json_member_mut(json_member_mut(supply->orders, provider), documented);
}

/* ── The command ─────────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What it printed, and nothing where it failed. */
static bool run_command(struct supply *supply, char answer[ANSWER_MAX], struct text *problem)
{
    struct process process = {0};
    if (process_start(&process, supply->command) < 0) {
        text_print(problem, "--prepare %s: %s", supply->command[0], strerror(errno));
        return false;
    }
    bool ended = process_wait(&process, PREPARE_LIMIT_MS), good = ended && process.status == 0;
    ssize_t length = good ? read(process.out, answer, ANSWER_MAX - 1) : 0;
    answer[length > 0 ? length : 0] = '\0';
    if (!good) {
        char *ending = ended ? process_ending(&process) : mem_dup("did not end in time");
        text_print(problem, "--prepare %s", ending);
        free(ending);
    }
    process_kill(&process);
    return good;
}

static char *make_order(struct supply *supply, const char *provider, const char *address, const char *documented,
                        struct text *problem)
{
    char answer[ANSWER_MAX] = "";
    (void)setenv("CANCELCHECK_PROVIDER", provider, 1);
    (void)setenv("CANCELCHECK_EXCHANGE", address, 1);
    (void)setenv("CANCELCHECK_ORDER", documented, 1);
    if (!run_command(supply, answer, problem))
        return NULL;
    cJSON *said = json_read_bytes(answer, strlen(answer));
    const cJSON *order = json_member(said, "order");
    bool is_id = (cJSON_IsString(order) && *order->valuestring != '\0') || cJSON_IsNumber(order);
    char *id = is_id ? mem_dup(captures_text_of(order)) : NULL;
    if (id == NULL)
        text_print(problem, "--prepare said no {\"order\":\"ID\"}");
    cJSON_Delete(said);
    return id;
}

/* ── Both ────────────────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct supply *supply_open(const struct server_settings *settings, struct text *problem)
{
    struct supply *supply = mem_zero(1, sizeof *supply);
    const char *mistake = NULL;
    if (settings->orders != NULL)
        read_orders(supply, settings, problem);
    if (settings->prepare != NULL && argv_split(settings->prepare, &supply->command, &mistake) < 0)
        text_print(problem, "--prepare: %s", mistake);
    if (problem->length == 0)
        return supply;
    supply_close(supply);
    return NULL;
}

void supply_close(struct supply *supply)
{
    if (supply == NULL)
        return;
    cJSON_Delete(supply->orders);
    argv_free(supply->command);
    free(supply);
}

const char *supply_first(const struct supply *supply, const char *provider, const char *documented)
{
    return cJSON_GetStringValue(cJSON_GetArrayItem(list_of(supply, provider, documented), 0));
}

char *supply_take(struct supply *supply, const char *provider, const char *address, const char *documented,
                  struct text *problem)
{
    cJSON *next = cJSON_DetachItemFromArray(list_of(supply, provider, documented), 0);
    char *id = next == NULL ? NULL : mem_dup(next->valuestring);
    cJSON_Delete(next);
    if (id == NULL && supply->command != NULL)
        id = make_order(supply, provider, address, documented, problem);
    return id;
}
