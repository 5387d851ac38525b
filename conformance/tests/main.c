/* Unit tests of the harness. Run from the top of the checkout; words on the command line select tests. */
#include <signal.h>

#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "tests/suites.h"

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* children that die are part of the tests */
    mem_adopt_cjson();
    suite_argv();
    suite_lines();
    suite_json();
    suite_scan();
    suite_fill();
    suite_status();
    suite_plan();
    suite_rows();
    suite_judge();
    suite_report();
    suite_options();
    suite_command_line();
    suite_adapter();
    suite_earlier();
    suite_run();
    suite_settle();
    suite_http();
    suite_compare();
    suite_replay();
    suite_exchanges();
    suite_server();
    return tests_run(argc, argv);
}
