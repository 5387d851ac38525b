#include "tests/check.h"
#include "tests/suites.h"

int main(int argc, char **argv)
{
    register_json_tests();
    register_uri_tests();
    register_base_tests();
    register_options_tests();
    register_core_tests();
    register_store_tests();
    register_judge_tests();
    register_refusal_tests();
    register_body_tests();
    register_command_tests();
    register_perform_tests();
    register_adapter_tests();
    register_hostile_tests();
    register_locale_tests();
    return tests_run(argc, argv);
}
