/*
 * The address of a server, taken apart: http://, and https:// for those who speak TLS.
 *
 *     struct url url;
 *     char *problem = NULL;
 *     if (url_read("http://staging.example:8080/api/i1/", &url, &problem) < 0)
 *         return complain(problem);          // to be freed
 *     url.host, url.port, url.path           // "staging.example", 8080, "/api/i1"
 *     url_release(&url);
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>

struct url {
    bool tls;   /* https */
    char *host; /* without the brackets of an IPv6 address */
    int port;
    char *path;      /* without a slash at its end: "" for the root */
    char *authority; /* "HOST:PORT" as a Host header has it: without the scheme's own port */
};

/* Returns 0, or -1 with a text for people in *problem, to be freed; *out is untouched then. http:// alone. */
int url_read(const char *text, struct url *out, char **problem);
/* The same of http:// and https://. */
int url_read_any(const char *text, struct url *out, char **problem);
void url_release(struct url *url);

#endif
