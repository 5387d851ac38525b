/* What was sent before the harness settles is in the journal after it, however busy the machine is. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mock_server/base/json.h"
#include "mock_server/base/tests/check.h"
#include "mock_server/mock_server.h"
#include "setup/settle.h"
#include "tests/suites.h"

#define CLIENTS 20

static const char request[] = "GET /v0/orders/list HTTP/1.1\r\nHost: x\r\n\r\n";

static int send_one(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_INTEGER(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_INTEGER(send(fd, request, strlen(request), MSG_NOSIGNAL), strlen(request));
    return fd;
}

static int requests_of(struct mock_server *server)
{
    char *text = NULL;
    mock_server_control(server, "GET", "/_mock/requests", NULL, &text);
    cJSON *answer = json_read_bytes(text, strlen(text));
    int count = cJSON_GetArraySize(json_member(answer, "requests"));
    cJSON_Delete(answer);
    free(text);
    return count;
}

static void test_settle__what_was_sent_is_read(void *context)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    int clients[CLIENTS], settling = -1;
    (void)context;
    CHECK_INTEGER(
        mock_server_start(&(struct mock_server_options){.listen = "127.0.0.1:0"}, &server, problem, sizeof problem),
        MOCK_SERVER_OK);
    for (int round = 1; round <= 2; round++) {
        for (int i = 0; i < CLIENTS; i++)
            clients[i] = send_one(mock_server_port(server));
        settle(&settling, mock_server_port(server));
        CHECK_INTEGER(requests_of(server), round * CLIENTS);
        for (int i = 0; i < CLIENTS; i++)
            close(clients[i]);
    }
    close(settling);
    mock_server_stop(server);
}

void suite_settle(void)
{
    register_test("settle", "settle/what_was_sent_is_read", test_settle__what_was_sent_is_read, NULL);
}
