#include "control/gate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/json.h"
#include "base/text.h"
#include "model/exchange.h"

#define TOKEN_MAX  4096
#define OPTION     "--control-token-file"
#define OR_A_TOKEN "; or protect the control API with " OPTION

struct gate {
    bool is_local;      /* the address is one of this machine alone */
    char *token;        /* NULL: there is none */
    char *public_place; /* "mock.example:8443" of --public-url; NULL: none */
};

/* ── The token ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* NULL after telling why. */
static char *read_token_from(int fd, const char *path, struct text *problems)
{
    struct stat state;
    char bytes[TOKEN_MAX + 1];
    ssize_t length = -1;
    if (fd >= 0 && fstat(fd, &state) == 0 && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        text_print(problems, OPTION " %s: others may read it; run: chmod 600 %s\n", path, path);
        return NULL;
    }
    if (fd < 0 || (length = read(fd, bytes, sizeof bytes)) < 0) {
        text_print(problems, OPTION " %s: %s\n", path, strerror(errno));
        return NULL;
    }
    while (length > 0 && ascii_is_space(bytes[length - 1]))
        length--;
    bool is_plain = length > 0 && length <= TOKEN_MAX;
    for (ssize_t i = 0; i < length && is_plain; i++)
        is_plain = bytes[i] > ' ' && bytes[i] <= '~';
    if (is_plain)
        return mem_dup_bytes(bytes, (size_t)length);
    text_print(problems, OPTION " %s: a token is one line of 1 to %d visible ASCII characters\n", path, TOKEN_MAX);
    return NULL;
}

static char *read_token(const char *path, struct text *problems)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char *token = read_token_from(fd, path, problems);
    if (fd >= 0)
        close(fd);
    return token;
}

/* Takes the same time wherever the two differ. */
static bool is_same(const char *token, const char *shown)
{
    size_t length = strlen(token), shown_length = strlen(shown);
    unsigned different = length != shown_length;
    for (size_t i = 0; i < shown_length; i++)
        different |= (unsigned)(unsigned char)(token[i % length] ^ shown[i]);
    return different == 0;
}

static bool shows_token(const struct gate *gate, const struct exchange *x)
{
    static const char scheme[] = "Bearer ";
    const char *own = exchange_header(x, "X-Mock-Token"), *usual = exchange_header(x, "Authorization");
    if (own != NULL && is_same(gate->token, own))
        return true;
    return usual != NULL && ascii_equal_bytes(usual, scheme, strlen(scheme)) &&
           is_same(gate->token, usual + strlen(scheme) + strspn(usual + strlen(scheme), " "));
}

/* ── Places ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How long the name in "name:port" or "[::1]:port" is. */
static size_t name_length(const char *place)
{
    const char *end = place[0] == '[' ? strchr(place, ']') : NULL;
    return end != NULL ? (size_t)(end - place) + 1 : strcspn(place, ":");
}

/* Whether the name in front of a port is one of this machine alone. */
static bool is_local_place(const char *place)
{
    char name[256];
    struct in_addr four;
    struct in6_addr six;
    size_t length = name_length(place), suffix = strlen(".localhost");
    if (length == 0 || length >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)length, place);
    if (name[0] == '[') {
        name[length - 1] = '\0';
        return inet_pton(AF_INET6, name + 1, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
    }
    if (inet_pton(AF_INET, name, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return ascii_equal(name, "localhost") || (length > suffix && ascii_equal(name + length - suffix, ".localhost"));
}

static bool is_own_place(const struct gate *gate, const char *place)
{
    size_t length = name_length(place);
    if (is_local_place(place))
        return true;
    return gate->public_place != NULL && length == name_length(gate->public_place) &&
           ascii_equal_bytes(place, gate->public_place, length);
}

/* "https://mock.example" → "mock.example"; NULL for what is no origin of a web page of ours ("null"). */
static const char *place_of(const char *url)
{
    const char *slashes = strstr(url, "://");
    return slashes == NULL ? NULL : slashes + 3;
}

static bool is_own_origin(const struct gate *gate, const char *origin, const char *host)
{
    const char *place = place_of(origin);
    if (place == NULL)
        return false;
    return (host != NULL && ascii_equal(place, host)) ||
           (gate->public_place != NULL && ascii_equal(place, gate->public_place));
}

/* ── Admitting ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool PRINTF(4, 5) refuse(struct control_answer *refusal, int status, const char *where, const char *format, ...)
{
    char words[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "error", words);
    json_set_string(json, "path", where);
    *refusal = (struct control_answer){
        .status = status,
        .text = json_write(json),
        .content_type = "application/json",
        .challenge = status == 401 ? "Bearer realm=\"cancelmock control\"" : NULL,
    };
    cJSON_Delete(json);
    return false;
}

bool gate_admits(const struct gate *gate, const struct exchange *x, struct control_answer *refusal)
{
    const char *host = exchange_header(x, "Host"), *origin = exchange_header(x, "Origin");
    const char *site = exchange_header(x, "Sec-Fetch-Site");
    if (gate->token != NULL)
        return control_is_health(x->request.method, x->request.path) || shows_token(gate, x) ||
               refuse(refusal, 401, "Authorization",
                      "the control API wants the token of " OPTION
                      ": send Authorization: Bearer TOKEN or X-Mock-Token: TOKEN");
    if (!gate->is_local)
        return true;
    if (host != NULL && !is_own_place(gate, host))
        return refuse(refusal, 403, "Host",
                      "\"%.100s\" is no name of this machine: call 127.0.0.1 or localhost, or name the host with "
                      "--public-url" OR_A_TOKEN,
                      host);
    if (origin != NULL && !is_own_origin(gate, origin, host))
        return refuse(
            refusal, 403, "Origin",
            "a web page of \"%.100s\" may not steer the mock: call it from a program, without Origin" OR_A_TOKEN,
            origin);
    if (site != NULL && (ascii_equal(site, "cross-site") || ascii_equal(site, "same-site")))
        return refuse(refusal, 403, "Sec-Fetch-Site",
                      "another web site sent this: type the address, or call it from a program" OR_A_TOKEN);
    return true;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct gate *gate_new(const struct gate_options *options, struct text *problems)
{
    struct gate *gate = mem_zero(1, sizeof *gate);
    const char *place = options->public_url == NULL ? NULL : place_of(options->public_url);
    gate->is_local = is_local_place(options->listen);
    if (place != NULL)
        gate->public_place = mem_dup_bytes(place, strcspn(place, "/"));
    if (options->token_file != NULL && (gate->token = read_token(options->token_file, problems)) == NULL) {
        gate_free(gate);
        return NULL;
    }
    return gate;
}

void gate_free(struct gate *gate)
{
    if (gate == NULL)
        return;
    free(gate->token);
    free(gate->public_place);
    free(gate);
}
