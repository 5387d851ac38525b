/*
 * A folder of small good fixtures below /tmp, and what a test spoils in it.
 *
 * Those of the invented providers (tests/stand_ins.h) are written out in fixture_folder.c; those of dukkango, fungies
 * and akinon are the shipped ones with few orders.
 */
#ifndef TESTS_FIXTURE_FOLDER_H
#define TESTS_FIXTURE_FOLDER_H

#include "base/text.h"
#include "mock_server.h"

#define FOLDER_MAX 64

void make_fixture_folder(char folder[FOLDER_MAX], const char *provider);
void add_fixture_files(const char *folder, const char *provider);
/* Replaces the first `find` in a file, which must be there; `find` NULL replaces all of it; `replace` NULL removes it.
 */
void replace_in_fixture(const char *folder, const char *provider, const char *file, const char *find,
                        const char *replace);
/* All of a file, for the caller to free(). */
char *read_test_file(const char *path);
void remove_fixture_folder(const char *folder);
/* A folder that may hold anything, with all that is in it; links are removed and not followed. */
void remove_test_folder(const char *folder);

/* Loads the fixtures of one or two invented providers and fills a session with them. */
bool fixtures_are_taken(const char *folder, const char *first, const char *second, struct text *problems);
/* Starts a server of one real provider. */
struct mock_server *server_with_fixtures(const char *folder, const char *provider);

#endif
