/*
 * A server that says what it is told, whatever it is asked: for tests of whoever asks servers.
 *
 *     struct fake fake;
 *     fake_start(&fake, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
 *     … fake.url …                    // "http://127.0.0.1:41231"
 *     fake_stop(&fake);
 */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

#include <pthread.h>
#include <stdbool.h>

#define FAKE_TALKS_MAX 32

struct fake {
    const char *says; /* bytes of every answer; NULL: nothing, and the connection stays open */
    bool drips;       /* it says them again and again */
    int listener;
    int silent[FAKE_TALKS_MAX]; /* connections that wait */
    int talks;                  /* how many connections there were */
    char heard[8192];           /* the last request; look at it after fake_stop() */
    char url[64];
    pthread_t thread;
};

void fake_start(struct fake *fake, const char *says);
/* The same, and what it says it says again and again, a moment apart, until the client leaves. */
void fake_start_dripping(struct fake *fake, const char *says);

/* Ends every connection. `heard` and `talks` stay. */
void fake_stop(struct fake *fake);

/* The address of a port at which nobody listens, for as long as the process lives. */
const char *fake_closed_url(void);

#endif
