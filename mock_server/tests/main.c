/* Unit and wire tests of the mock server. Run from the top of the checkout; words on the command line select tests. */
#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/suites.h"

int main(int argc, char **argv)
{
    mem_adopt_cjson();
    suite_json();
    suite_json_path();
    suite_xml();
    suite_text();
    suite_options();
    suite_line_writer();
    suite_locales();
    suite_bounded_map();
    suite_hosts();
    suite_performance();
    suite_many_names();
    suite_item_lists();
    suite_store();
    suite_shape();
    suite_fixtures();
    suite_repeat();
    suite_stubs();
    suite_providers();
    suite_control();
    suite_refusals();
    suite_time();
    suite_clock_back();
    suite_sessions();
    suite_isolation();
    suite_knobs();
    suite_magic();
    suite_notes();
    suite_diagnosis();
    suite_secrets();
    suite_follow();
    suite_verify();
    suite_metrics();
    suite_lost_answers();
    suite_canned();
    suite_traffic();
    suite_http();
    suite_inlet();
    suite_wire();
    suite_odd_bodies();
    suite_large();
    suite_faults();
    suite_fault_core();
    suite_fault_effects();
    suite_fixture_faults();
    suite_fault_kinds();
    suite_states();
    suite_parallel();
    suite_whole_changes();
    suite_reload();
    suite_akinon();
    suite_trust();
    suite_trust_files();
    suite_leaves();
    return tests_run(argc, argv);
}
