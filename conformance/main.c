/*
 * cancelcheck: reads its options, chooses checks, lets the workers run them as CUnit tests, and tells what came of it.
 *
 *     options ─▶ plan ─▶ workers (mock + adapter + client each) ─▶ slots ─▶ terminal, reports, exit code
 *
 * `cancelcheck server` is the other side, and has its own way from options to exit code: server/server.h.
 *
 * The workers are forked before CUnit and the reports exist, so that no child ever carries a copy of them.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"
#include "http/control_client.h"
#include "mock_server/base/deadline.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/outputs.h"
#include "mock_server/base/report_files.h"
#include "report/listing.h"
#include "report/run_report.h"
#include "report/terminal.h"
#include "runner/pool.h"
#include "selection.h"
#include "server/server.h"
#include "server/target.h"
#include "suites.h"

static int list(const struct settings *settings)
{
    struct plan plan;
    if (selection_make(settings, &plan) < 0)
        return 3;
    if (settings->list_json)
        listing_json(&plan);
    else
        listing_text(&plan);
    plan_release(&plan);
    return 0;
}

static int explain(const char *rule)
{
    struct plan plan;
    selection_everything(&plan);
    int found = listing_explain(&plan, rule);
    plan_release(&plan);
    return found < 0 ? 2 : 0;
}

static int carry_out(struct run *run)
{
    int64_t start = deadline_now();
    struct pool pool;
    if (pool_start(&pool, run) == 0) {
        terminal_begin(run);
        suites_run(run, &pool, &terminal_progress);
    }
    pool_finish(&pool);
    run->duration_ms = deadline_now() - start;
    terminal_end(run);
    int exit_code = run_report_write(run) < 0 ? 3 : run_exit_code(run);
    return exit_code;
}

static int check(const struct settings *settings)
{
    struct plan plan;
    if (selection_make(settings, &plan) < 0)
        return 3;
    if (report_files_check("cancelcheck", &settings->reports) < 0) {
        plan_release(&plan);
        return 3;
    }
    struct run run;
    run_init(&run, settings, &plan);
    int exit_code = carry_out(&run);
    run_release(&run);
    plan_release(&plan);
    return exit_code;
}

/* "provider" is the word of earlier versions. */
static bool is_server(const char *word)
{
    bool is_old = strcmp(word, "provider") == 0;
    if (is_old)
        fputs("cancelcheck: \"cancelcheck provider\" is now called \"cancelcheck server\"; the old word goes with the "
              "next "
              "version\n",
              stderr);
    return is_old || strcmp(word, "server") == 0;
}

/* Every provider of the mock has documents, with or without checks. */
static int judge_server(int argc, char **argv)
{
    struct mock_server *mock = target_start_mock(NULL, NULL);
    struct control_client control = {.server = mock};
    cJSON *answer = NULL;
    if (mock == NULL)
        return 3;
    control_client_call(&control, "GET", "/_mock/providers", NULL, &answer);
    const cJSON *providers = json_member(answer, "providers"), *provider = NULL;
    const char **names = mem_zero((size_t)cJSON_GetArraySize(providers) + 1, sizeof *names);
    size_t count = 0;
    cJSON_ArrayForEach (provider, providers)
        names[count++] = provider->string;
    mock_server_stop(mock);
    int exit_code = server_main(argv[0], names, argc - 1, argv + 1);
    free(names);
    cJSON_Delete(answer);
    return exit_code;
}

static int judge_client(int argc, char **argv)
{
    struct settings settings;
    enum options_answer answer = command_line_read(&settings, argc, argv);
    int exit_code = answer == OPTIONS_DONE     ? 0
                    : answer == OPTIONS_WRONG  ? 2
                    : settings.explain != NULL ? explain(settings.explain)
                    : settings.list            ? list(&settings)
                                               : check(&settings);
    command_line_release(&settings);
    return exit_code;
}

int main(int argc, char **argv)
{
    mem_end("cancelcheck", 3);
    mem_adopt_cjson();
    outputs_hold();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    int exit_code = argc > 1 && is_server(argv[1]) ? judge_server(argc, argv) : judge_client(argc, argv);
    return outputs_end("cancelcheck", exit_code, 3);
}
