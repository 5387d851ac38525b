/*
 * cancelcheck: reads its options, chooses checks, lets the workers run them as CUnit tests, and tells what came of it.
 *
 *     options ─▶ plan ─▶ workers (mock + adapter + client each) ─▶ slots ─▶ terminal, reports, exit code
 *
 * `cancelcheck provider` is the other side, and has its own way from options to exit code: provider/provider.h.
 *
 * The workers are forked before CUnit and the reports exist, so that no child ever carries a copy of them.
 */
#include <signal.h>
#include <string.h>

#include "listing.h"
#include "provider/provider.h"
#include "report/report.h"
#include "report/terminal.h"
#include "runner/pool.h"
#include "suites.h"
#include "support/clock.h"

static int list(const struct options *options)
{
    struct plan plan;
    if (plan_make(options, &plan) < 0)
        return 3;
    if (options->list_json)
        listing_json(&plan);
    else
        listing_text(&plan);
    plan_release(&plan);
    return 0;
}

static int carry_out(struct run *run)
{
    int64_t start = monotonic_ms();
    struct pool pool;
    if (pool_start(&pool, run) == 0) {
        terminal_begin(run);
        suites_run(run, &pool, &terminal_progress);
    }
    pool_finish(&pool);
    run->duration_ms = monotonic_ms() - start;
    terminal_end(run);
    int exit_code = report_write_all(run) < 0 ? 3 : run_exit_code(run);
    return exit_code;
}

static int check(const struct options *options)
{
    struct plan plan;
    if (plan_make(options, &plan) < 0)
        return 3;
    if (report_check_files(options) < 0) {
        plan_release(&plan);
        return 3;
    }
    struct run run;
    run_init(&run, options, &plan);
    int exit_code = carry_out(&run);
    run_release(&run);
    plan_release(&plan);
    return exit_code;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    if (argc > 1 && strcmp(argv[1], "provider") == 0)
        return provider_main(argv[0], argc - 1, argv + 1);
    struct options options;
    enum options_answer answer = options_read(&options, argc, argv);
    if (answer != OPTIONS_GO)
        return answer == OPTIONS_DONE ? 0 : 2;
    int exit_code = options.explain ? listing_explain(options.explain) < 0 ? 2 : 0
                    : options.list  ? list(&options)
                                    : check(&options);
    options_release(&options);
    return exit_code;
}
