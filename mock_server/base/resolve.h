/*
 * The addresses of a host, within a deadline.
 *
 * getaddrinfo() knows no deadline, and waits for name servers as long as the system's settings say. So a name is looked
 * up by a thread of its own, which is left to itself when the time is over. An address in digits needs no thread.
 *
 *     struct addrinfo *found = NULL;
 *     char *problem = NULL;
 *     if (!resolve("mock.example", 8080, deadline_now() + 5000, &found, &problem))
 *         return complain(problem);                                                    // to be freed
 *     freeaddrinfo(found);
 */
#ifndef BASE_RESOLVE_H
#define BASE_RESOLVE_H

#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>

/* `deadline` is one of base/deadline.h. Addresses of streams for freeaddrinfo(); false with a text for people. */
bool resolve(const char *host, int port, int64_t deadline, struct addrinfo **found, char **problem);

#endif
