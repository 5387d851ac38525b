#include "setup/settle.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* A round of the mock's loop takes ten connections that wait, the next one reads what they sent. A client has one or
 * two; more rounds cost little. */
#define ROUNDS 6

static const char question[] = "HEAD /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

static int dial(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval limit = {.tv_sec = 1};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

/* One question, and the head that answers it. */
static bool ask(int fd)
{
    char answer[1024];
    size_t length = 0;
    ssize_t came = 0;
    if (send(fd, question, strlen(question), MSG_NOSIGNAL) != (ssize_t)strlen(question))
        return false;
    while ((came = recv(fd, answer + length, sizeof answer - length, 0)) > 0) {
        length += (size_t)came;
        if (length >= 4 && memcmp(answer + length - 4, "\r\n\r\n", 4) == 0)
            return true;
    }
    return false;
}

static bool ask_all(int fd)
{
    int asked = 0;
    while (asked < ROUNDS && ask(fd))
        asked++;
    return asked == ROUNDS;
}

/* A connection that was kept too long has been closed: then a new one asks. */
void settle(int *fd, uint16_t port)
{
    for (int tries = 0; tries < 2; tries++) {
        if (*fd < 0)
            *fd = dial(port);
        if (*fd < 0 || ask_all(*fd))
            return;
        close(*fd);
        *fd = -1;
    }
}
