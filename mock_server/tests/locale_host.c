/*
 * A program of somebody else that has called setlocale() and uses the library: scripts/test-locales replays every
 * exchange against it. Usage: locale_host LOCALE. Prints the server's address on one line, serves until standard input
 * ends, and knows mock_server.h alone.
 */
#include <locale.h>
#include <stdio.h>

#include "mock_server.h"

int main(int argc, char **argv)
{
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    const struct mock_server_options options = {.listen = "127.0.0.1:0"};
    struct mock_server *server = NULL;
    if (argc != 2 || setlocale(LC_ALL, argv[1]) == NULL) {
        fprintf(stderr, "locale_host: no such locale: %s\n", argc == 2 ? argv[1] : "give its name");
        return 2;
    }
    if (mock_server_start(&options, &server, problem, sizeof problem) != MOCK_SERVER_OK) {
        fprintf(stderr, "locale_host: %s\n", problem);
        return 1;
    }
    printf("%s %s\n", mock_server_url(server), localeconv()->decimal_point);
    fflush(stdout);
    while (getchar() != EOF) {
    }
    return mock_server_stop(server) == 0 ? 0 : 1;
}
