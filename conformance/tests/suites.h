/* The suites of the harness: each function registers the tests of one, and main.c calls all of them. */
#ifndef TESTS_SUITES_H
#define TESTS_SUITES_H

void suite_argv(void);
void suite_lines(void);
void suite_json(void);
void suite_scan(void);
void suite_fill(void);
void suite_status(void);
void suite_plan(void);
void suite_rows(void);
void suite_judge(void);
void suite_report(void);
void suite_options(void);
void suite_command_line(void);
void suite_adapter(void);
void suite_earlier(void);
void suite_run(void);
void suite_settle(void);
void suite_http(void);
void suite_compare(void);
void suite_replay(void);
void suite_exchanges(void);
void suite_server(void);

#endif
