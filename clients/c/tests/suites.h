/*
 * The tests of the client, one file a function that registers what is in it.
 */
#ifndef TESTS_SUITES_H
#define TESTS_SUITES_H

void register_adapter_tests(void);
void register_base_tests(void);
void register_body_tests(void);
void register_command_tests(void);
void register_json_tests(void);
void register_hostile_tests(void);
void register_judge_tests(void);
void register_locale_tests(void);
void register_options_tests(void);
void register_perform_tests(void);
void register_refusal_tests(void);
void register_store_tests(void);
void register_core_tests(void);
void register_uri_tests(void);

#endif
