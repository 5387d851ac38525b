/*
 * The mock server as a library: start one, talk to it over HTTP, steer it in process, stop it.
 *
 * What always holds
 *   - Everything a server knows lives in its `struct mock_server`; any number of servers run in one process.
 *   - A server listens on the named address before mock_server_start() returns; there is nothing to wait for.
 *   - mock_server_control() is the control API (README.md) without a socket: the same paths, the same JSON, the
 *     same statuses. It may be called from any thread, while requests are being answered.
 *   - A request is in the journal before its first answer byte leaves, so a count is right at once.
 *
 * Who owns what
 *   - Option strings are read during mock_server_start() only and stay the caller's.
 *   - A server is freed by mock_server_stop(). An answer of mock_server_control() is freed with free().
 *
 * Example
 *
 *     struct mock_server *server = NULL;
 *     char problem[MOCK_SERVER_PROBLEM_MAX];
 *     struct mock_server_options options = {.listen = "127.0.0.1:0"};
 *     if (mock_server_start(&options, &server, problem, sizeof problem) < 0)
 *         return fail(problem);
 *
 *     char *order = NULL;
 *     int status = mock_server_control(server, "POST", "/_mock/orders/dukkango", "{}", &order);   // 201 and the order
 *     free(order);
 *     mock_server_stop(server);
 */
#ifndef MOCK_SERVER_H
#define MOCK_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MOCK_SERVER_PROBLEM_MAX 65536

struct mock_server;

enum mock_server_error {
    MOCK_SERVER_OK = 0,
    MOCK_SERVER_FAILED = -1,      /* the machine would not: port in use, no file handles */
    MOCK_SERVER_BAD_OPTIONS = -2, /* the caller is wrong: an option or a fixture; `problem` names the place */
};

/* Every member may be left zero, which means what its comment says first. */
struct mock_server_options {
    const char *listen;       /* "127.0.0.1:8080"; "HOST:0" lets the system choose a port; "[::1]:0" works */
    const char *tls_listen;   /* none; else the same APIs over TLS on this address, too */
    const char *ca_dir;       /* where the certificate authority lives that signs for it, made on first use; NULL:
                               * $XDG_DATA_HOME/cancelmock/ca, else $HOME/.local/share/cancelmock/ca */
    const char *const *hosts; /* host names beside those of the vendors: "NAME", or "PROVIDER=NAME" for one vendor's */
    size_t host_count;
    const char *fixtures;         /* the fixtures inside the library; else a folder that replaces them */
    const char *const *providers; /* all; else the names of those to serve */
    size_t provider_count;
    const char *const *knobs; /* none; "PROVIDER.NAME=VALUE" each, the value a session starts with */
    size_t knob_count;
    const char *freeze_time;  /* the real clock; else an RFC 3339 instant at which the clock stands still */
    uint64_t seed;            /* 0: ids are drawn from this number; two servers of one seed draw the same ids */
    const char *journal_file; /* none; else every journal entry is appended to this file, one line of JSON each */
    size_t journal_size;      /* 10000; how many requests the journal keeps before it forgets the oldest */
    const char *public_url;   /* links go where the request came; else http(s)://host[:port][/path] for all of them */
    size_t body_limit;        /* 1 MiB; a longer request body is answered with 413 */
    bool show_secrets;        /* false: the journal masks credentials that are not the fixtures' own */
    /* Gets one sentence for people, without a line break, when something is to be told while the server runs: the
     * journal file cannot be written, no file handle is free, fixtures were read again. From any thread; it must not
     * call the server and must not wait. NULL: nobody is told. */
    void (*tell)(void *context, const char *sentence);
    void *tell_context;
    bool expects_refusals; /* false: a client that ends a TLS handshake is told of, since it may not trust the
                            * authority; true: it is what a test is about, and GET /_mock/connections alone shows it */
    /* Gets a line for each request, with its line break, before its answer leaves: for people, or one JSON object. From
     * any thread; it must not call the server and must not wait. NULL: nobody wants them. */
    void (*log)(void *context, const char *line, size_t length);
    void *log_context;
    bool log_json;
    bool log_colours;           /* of lines for people, where a terminal shows them */
    const char *control_listen; /* the control API is on the port of the APIs; else on this address, and there alone */
    const char *control_token_file; /* none; else a file of mode 600 with a token that every HTTP call must show */
    const char *control_journal;    /* none; else every control call is appended to this file as a line of JSON */
    unsigned reload_every_ms; /* 0: `fixtures` is read again when asked (POST /_mock/reload, mock_server_reload()); else
                               * also when its files have changed, looked at that often */
    bool no_control;          /* false; true serves no control API over HTTP: mock_server_control() alone steers */
    bool unheard;             /* false; true opens no socket: only mock_server_control() reaches the server */
    bool explain;             /* false; true adds X-Mock-Reason to every answer of 300 and above that has a reason */
};

/*
 * Starts a server. Returns MOCK_SERVER_OK and the server in *out; otherwise an error, with *out untouched and a text
 * for people in `problem` (several lines when several fixtures are wrong; each `file:line:column: message`).
 */
int mock_server_start(const struct mock_server_options *options, struct mock_server **out, char *problem,
                      size_t problem_size);

/* Answers what is under way, closes every connection and frees everything. -1 when the journal file could not be
 * written whole, else 0. NULL is fine. */
int mock_server_stop(struct mock_server *server);

/*
 * Reads the folder of fixtures again; all of it or nothing: what is served changes only when the whole set is good, and
 * requests see the old set or the new one. Returns MOCK_SERVER_OK, also where nothing has changed; otherwise
 * MOCK_SERVER_BAD_OPTIONS and a text as of mock_server_start(), with the last good set still in service. May be called
 * from any thread.
 */
int mock_server_reload(struct mock_server *server, char *problem, size_t problem_size);

/* The port that is bound, also where port 0 was asked for. */
uint16_t mock_server_port(const struct mock_server *server);

/* "http://127.0.0.1:41231"; borrowed from the server. Base URLs of the providers: GET /_mock/providers. */
const char *mock_server_url(const struct mock_server *server);

/* "https://127.0.0.1:41232" of `tls_listen`; NULL: there is none. Borrowed. */
const char *mock_server_tls_url(const struct mock_server *server);

/* "http://127.0.0.1:41231/_mock", where the control API is served; "" where it is not. Borrowed. */
const char *mock_server_control_url(const struct mock_server *server);

/*
 * One call of the control API. `path` begins with "/_mock/" and may carry a query; `json` is the body or NULL. Returns
 * the HTTP status; *answer (may be NULL) becomes a NUL-terminated JSON text for the caller to free(), or NULL where the
 * answer has no body.
 */
int mock_server_control(struct mock_server *server, const char *method, const char *path, const char *json,
                        char **answer);

#endif
