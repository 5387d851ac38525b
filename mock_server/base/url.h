/*
 * The http:// address of a server, taken apart.
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

struct url {
    char *host; /* without the brackets of an IPv6 address */
    int port;
    char *path;      /* without a slash at its end: "" for the root */
    char *authority; /* "HOST:PORT" as a Host header has it: without ":80" */
};

/* Returns 0, or -1 with a text for people in *problem, to be freed; *out is untouched then. */
int url_read(const char *text, struct url *out, char **problem);
void url_release(struct url *url);

#endif
