/*
 * A folder of small good fixtures below /tmp, and what a test spoils in it.
 *
 * dukkango and fungies have files written here; akinon's are copies of the shipped ones with an orders.json of its own.
 */
#ifndef TESTS_FIXTURE_FOLDER_H
#define TESTS_FIXTURE_FOLDER_H

#include "mock_server.h"

#define FOLDER_MAX 64

void make_fixture_folder(char folder[FOLDER_MAX], const char *provider);
void add_fixture_files(const char *folder, const char *provider);
/* Replaces the first `find` in a file, which must be there; `find` NULL replaces all of it; `replace` NULL removes it.
 */
void replace_in_fixture(const char *folder, const char *provider, const char *file, const char *find,
                        const char *replace);
void remove_fixture_folder(const char *folder);

/* Starts and stops a server of these providers (`second` may be NULL); what mock_server_start() said. */
int start_with_fixtures(const char *folder, const char *first, const char *second,
                        char problem[MOCK_SERVER_PROBLEM_MAX]);
/* The same, and it goes on. */
struct mock_server *server_with_fixtures(const char *folder, const char *first);

#endif
