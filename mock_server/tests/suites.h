/*
 * The suites of the mock server's tests: each function registers the tests of one file (base/tests/check.h).
 */
#ifndef TESTS_SUITES_H
#define TESTS_SUITES_H

void suite_json(void);
void suite_json_path(void);
void suite_xml(void);
void suite_text(void);
void suite_options(void);
void suite_line_writer(void);
void suite_locales(void);
void suite_bounded_map(void);
void suite_hosts(void);
void suite_performance(void);
void suite_many_names(void);
void suite_item_lists(void);
void suite_store(void);
void suite_shape(void);
void suite_fixtures(void);
void suite_repeat(void);
void suite_stubs(void);
void suite_providers(void);
void suite_control(void);
void suite_refusals(void);
void suite_time(void);
void suite_clock_back(void);
void suite_sessions(void);
void suite_isolation(void);
void suite_knobs(void);
void suite_magic(void);
void suite_notes(void);
void suite_diagnosis(void);
void suite_secrets(void);
void suite_follow(void);
void suite_verify(void);
void suite_metrics(void);
void suite_lost_answers(void);
void suite_canned(void);
void suite_traffic(void);
void suite_http(void);
void suite_inlet(void);
void suite_wire(void);
void suite_odd_bodies(void);
void suite_large(void);
void suite_faults(void);
void suite_fault_core(void);
void suite_fault_effects(void);
void suite_fixture_faults(void);
void suite_fault_kinds(void);
void suite_states(void);
void suite_parallel(void);
void suite_whole_changes(void);
void suite_reload(void);
void suite_akinon(void);
void suite_trust(void);
void suite_trust_files(void);
void suite_leaves(void);

#endif
