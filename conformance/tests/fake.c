#include "tests/fake.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mock_server/base/ascii.h"

static int bind_free_port(struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (bind(handle, (struct sockaddr *)address, sizeof *address) < 0 ||
        getsockname(handle, (struct sockaddr *)address, &size) < 0)
        abort();
    return handle;
}

/* Whether the request is whole: its head, and as much body as it says. */
static int is_whole(const char *bytes, size_t length)
{
    const char *end = strstr(bytes, "\r\n\r\n"), *told = strstr(bytes, "Content-Length: ");
    size_t body = 0;
    for (const char *digit = told != NULL ? told + 16 : ""; ascii_is_digit(*digit); digit++)
        body = body * 10 + (size_t)(*digit - '0');
    return end != NULL && (size_t)(end - bytes) + 4 + body <= length;
}

static void hear(struct fake *fake, int handle)
{
    size_t length = 0;
    fake->heard[0] = '\0';
    while (length < sizeof fake->heard - 1 && !is_whole(fake->heard, length)) {
        ssize_t got = recv(handle, fake->heard + length, sizeof fake->heard - 1 - length, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
        fake->heard[length] = '\0';
    }
}

static void answer(const struct fake *fake, int handle)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    while (send(handle, fake->says, strlen(fake->says), MSG_NOSIGNAL) > 0 && fake->drips)
        nanosleep(&moment, NULL);
}

static void *serve(void *context)
{
    struct fake *fake = context;
    for (int handle; fake->talks < FAKE_TALKS_MAX && (handle = accept(fake->listener, NULL, NULL)) >= 0;) {
        hear(fake, handle);
        if (fake->says != NULL) {
            answer(fake, handle);
            close(handle);
            handle = -1;
        }
        fake->silent[fake->talks++] = handle;
    }
    return NULL;
}

static void start(struct fake *fake, const char *says, bool drips)
{
    struct sockaddr_in address;
    *fake = (struct fake){.says = says, .drips = drips, .listener = bind_free_port(&address)};
    snprintf(fake->url, sizeof fake->url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    if (listen(fake->listener, 16) < 0 || pthread_create(&fake->thread, NULL, serve, fake) != 0)
        abort();
}

void fake_start(struct fake *fake, const char *says)
{
    start(fake, says, false);
}

void fake_start_dripping(struct fake *fake, const char *says)
{
    start(fake, says, true);
}

void fake_stop(struct fake *fake)
{
    shutdown(fake->listener, SHUT_RDWR); /* wakes accept() */
    pthread_join(fake->thread, NULL);
    close(fake->listener);
    for (int i = 0; i < fake->talks; i++)
        if (fake->silent[i] >= 0)
            close(fake->silent[i]);
}

const char *fake_closed_url(void)
{
    static char url[64];
    struct sockaddr_in address;
    if (*url == '\0') {
        bind_free_port(&address); /* held, and never listened at */
        snprintf(url, sizeof url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    }
    return url;
}
