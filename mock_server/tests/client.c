#include "tests/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/tests/check.h"
#include "base/text.h"

#define READ_SECONDS 10
#define HEARD_MAX    ((size_t)64 * 1024 * 1024)

static int connect_to(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval limit = {.tv_sec = READ_SECONDS};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void split(struct heard *heard, struct text *all)
{
    heard->total = all->length;
    char *bytes = text_take(all);
    char *end = strstr(bytes, "\r\n\r\n");
    size_t head = end == NULL ? heard->total : (size_t)(end - bytes) + 4;
    heard->head = mem_dup_bytes(bytes, head);
    heard->body = mem_dup_bytes(bytes + head, heard->total - head);
    heard->body_length = heard->total - head;
    char digits[4] = "";
    int64_t status = 0;
    if (strncmp(heard->head, "HTTP/1.1 ", 9) == 0)
        snprintf(digits, sizeof digits, "%.3s", heard->head + 9);
    heard->status = number_read(digits, 100, 599, &status) ? (int)status : 0;
    free(bytes);
}

struct heard say(uint16_t port, const char *bytes, size_t length)
{
    struct heard heard = {0};
    struct text all = TEXT_INIT(HEARD_MAX);
    char chunk[16384];
    int fd = connect_to(port);
    while (fd >= 0 && length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            break; /* the server may answer before it has read everything */
        bytes += sent;
        length -= (size_t)sent;
    }
    for (;;) {
        ssize_t got = fd < 0 ? -1 : recv(fd, chunk, sizeof chunk, 0);
        if (got < 0)
            heard.error = errno;
        if (got <= 0)
            break;
        text_add_bytes(&all, chunk, (size_t)got);
    }
    if (fd >= 0)
        close(fd);
    split(&heard, &all);
    return heard;
}

void say_and_leave(uint16_t port, const char *bytes, size_t length)
{
    int fd = connect_to(port);
    if (fd < 0)
        return;
    CHECK_INTEGER(send(fd, bytes, length, MSG_NOSIGNAL), length);
    close(fd);
}

struct heard request(uint16_t port, const char *method, const char *target, const cJSON *headers, const char *body)
{
    struct text out = TEXT_INIT(HEARD_MAX);
    text_print(&out, "%s %s HTTP/1.1\r\nConnection: close\r\n", method, target);
    if (json_member(headers, "Host") == NULL)
        text_print(&out, "Host: 127.0.0.1:%u\r\n", (unsigned)port);
    for (const cJSON *header = headers == NULL ? NULL : headers->child; header != NULL; header = header->next)
        text_print(&out, "%s: %s\r\n", header->string, header->valuestring);
    if (body != NULL)
        text_print(&out, "Content-Length: %zu\r\n", strlen(body));
    text_print(&out, "\r\n%s", body == NULL ? "" : body);
    struct heard heard = say(port, text_cstr(&out), out.length);
    text_release(&out);
    return heard;
}

void heard_release(struct heard *heard)
{
    free(heard->head);
    free(heard->body);
    *heard = (struct heard){0};
}

const char *heard_header(const struct heard *heard, const char *name, char out[256])
{
    size_t length = strlen(name);
    for (const char *line = strstr(heard->head, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        if (ascii_equal_bytes(line, name, length) && line[length] == ':') {
            snprintf(out, 256, "%.*s", (int)strcspn(line + length + 2, "\r"), line + length + 2);
            return out;
        }
    }
    return NULL;
}

struct mock_server *start_server(void)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    struct mock_server_options options = {.listen = "127.0.0.1:0",
                                          .freeze_time = "2026-11-01T09:00:00Z",
                                          .seed = 1,
                                          .journal_file = getenv("TEST_JOURNAL"), /* scripts/test judges both */
                                          .control_journal = getenv("TEST_CONTROL_JOURNAL")};
    if (mock_server_start(&options, &server, problem, sizeof problem) != MOCK_SERVER_OK) {
        fprintf(stderr, "%s\n", problem);
        abort();
    }
    return server;
}

cJSON *steer(struct mock_server *server, const char *method, const char *path, const char *json, int status)
{
    char *answer = NULL;
    int got = mock_server_control(server, method, path, json, &answer);
    if (got != status)
        fprintf(stderr, "%s %s %s: %s\n", method, path, json == NULL ? "" : json, answer == NULL ? "" : answer);
    CHECK_INTEGER(got, status);
    cJSON *tree = answer == NULL ? NULL : json_read_text(answer);
    free(answer);
    return tree;
}
