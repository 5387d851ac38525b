#include "core/http.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/ascii.h"
#include "base/clock.h"
#include "base/memory.h"

#define CONNECT_MAX_MS     10000
#define POLL_MS            1000
#define KEPT_CONNECTIONS   4
#define FIRST_FINAL_STATUS 200

struct http {
    CURLM *multi;
    atomic_bool stopped;
};

/* One exchange under way; what the callbacks of libcurl see. */
struct exchange {
    CURL *easy;
    struct curl_slist *headers;
    struct http_answer *answer;
    size_t head_bytes;
    bool head_complete;
    bool too_large;
    bool chunked;
    bool lengths_differ;
    char *content_length;
    char error[CURL_ERROR_SIZE];
};

/* Options that are the same for every exchange, with the reason where it is not in the name. */
static const struct {
    CURLoption option;
    long value;
} fixed_options[] = {
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_FOLLOWLOCATION, 0}, /* credentials go to the configured host and nowhere else */
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    {CURLOPT_HTTP09_ALLOWED, 0},
    {CURLOPT_PATH_AS_IS, 1},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_FAILONERROR, 0}, /* bodies of refusals are read */
};

static const struct {
    CURLoption option;
    const char *value;
} fixed_texts[] = {
    {CURLOPT_PROTOCOLS_STR, "http,https"},
    {CURLOPT_REDIR_PROTOCOLS_STR, ""},
    {CURLOPT_PROXY, ""},
    {CURLOPT_NOPROXY, "*"},
};

/* Response headers that are handed on. */
static const struct {
    const char *name;
    size_t slot;
} kept_headers[] = {
    {"Retry-After", offsetof(struct http_answer, retry_after)},
    {"RateLimit-Reset", offsetof(struct http_answer, rate_limit_reset)},
    {"Date", offsetof(struct http_answer, date)},
    {"X-Request-Id", offsetof(struct http_answer, request_id)},
};

struct http *http_new(void)
{
    struct http *http = mem_zero(1, sizeof *http);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    http->multi = curl_multi_init();
    atomic_init(&http->stopped, false);
    if (http->multi != NULL)
        curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)KEPT_CONNECTIONS);
    return http;
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    curl_multi_cleanup(http->multi);
    curl_global_cleanup();
    free(http);
}

void http_stop(struct http *http)
{
    atomic_store(&http->stopped, true);
    curl_multi_wakeup(http->multi);
}

void http_rearm(struct http *http)
{
    atomic_store(&http->stopped, false);
}

bool http_is_stopped(const struct http *http)
{
    return atomic_load(&http->stopped);
}

void http_wait(struct http *http, int64_t ms)
{
    int64_t end = clock_monotonic_ms() + ms;
    for (int64_t left = ms; left > 0 && !http_is_stopped(http); left = end - clock_monotonic_ms())
        curl_multi_poll(http->multi, NULL, 0, left < POLL_MS ? (int)left : POLL_MS, NULL);
}

void http_answer_init(struct http_answer *answer)
{
    *answer = (struct http_answer){.failure = HTTP_NO_CONNECTION};
    answer->body = TEXT_INIT(TEXT_UNBOUNDED);
}

static char **kept_slot(struct http_answer *answer, size_t offset)
{
    return (char **)(void *)((char *)answer + offset);
}

static void kept_clear(struct http_answer *answer)
{
    for (size_t i = 0; i < COUNT_OF(kept_headers); i++) {
        free(*kept_slot(answer, kept_headers[i].slot));
        *kept_slot(answer, kept_headers[i].slot) = NULL;
    }
}

void http_answer_release(struct http_answer *answer)
{
    kept_clear(answer);
    text_release(&answer->body);
}

static void head_begin(struct exchange *exchange)
{
    kept_clear(exchange->answer);
    free(exchange->content_length);
    exchange->content_length = NULL;
    exchange->chunked = false;
    exchange->lengths_differ = false;
}

static void content_length_note(struct exchange *exchange, const char *value)
{
    if (exchange->content_length == NULL)
        exchange->content_length = mem_dup(value);
    else if (strcmp(exchange->content_length, value) != 0)
        exchange->lengths_differ = true;
}

static void header_note(struct exchange *exchange, const char *name, const char *value)
{
    if (ascii_equal(name, "Content-Length"))
        content_length_note(exchange, value);
    if (ascii_equal(name, "Transfer-Encoding"))
        exchange->chunked = true;
    for (size_t i = 0; i < COUNT_OF(kept_headers); i++) {
        char **slot = kept_slot(exchange->answer, kept_headers[i].slot);
        if (ascii_equal(name, kept_headers[i].name) && *slot == NULL)
            *slot = mem_dup(value);
    }
}

static void header_line(struct exchange *exchange, const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    if (colon == NULL)
        return;
    while (length > 0 && strchr(" \t\r\n", line[length - 1]) != NULL)
        length--;
    char *name = mem_dup_bytes(line, (size_t)(colon - line));
    colon++;
    while (colon < line + length && (*colon == ' ' || *colon == '\t'))
        colon++;
    char *value = mem_dup_bytes(colon, colon < line + length ? (size_t)(line + length - colon) : 0);
    header_note(exchange, name, value);
    free(name);
    free(value);
}

/* Called once a line of the head; interim answers (1xx) come first and are forgotten. */
static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    long status = 0;
    exchange->head_bytes += length;
    if (exchange->head_bytes > HTTP_HEAD_MAX) {
        exchange->too_large = true;
        return 0;
    }
    if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
        head_begin(exchange);
    } else if (length > 0 && (bytes[0] == '\r' || bytes[0] == '\n')) {
        curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
        exchange->head_complete = status >= FIRST_FINAL_STATUS;
    } else {
        header_line(exchange, bytes, length);
    }
    return length;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    if (length > HTTP_BODY_MAX - exchange->answer->body.length) {
        exchange->too_large = true;
        return 0;
    }
    text_add_bytes(&exchange->answer->body, bytes, length);
    return length;
}

static bool value_is_sendable(const char *value)
{
    for (; *value != '\0'; value++)
        if ((unsigned char)*value < 0x20 || (unsigned char)*value > 0x7E)
            return false;
    return true;
}

static void line_append(struct exchange *exchange, const char *line)
{
    struct curl_slist *longer = curl_slist_append(exchange->headers, line);
    if (longer != NULL)
        exchange->headers = longer;
}

static void header_append(struct exchange *exchange, const char *name, const char *value)
{
    char *line = mem_print("%s: %s", name, value);
    line_append(exchange, line);
    free(line);
}

static int headers_set(struct exchange *exchange, const struct http_request *request)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (!value_is_sendable(request->headers[i].value))
            return -1;
        header_append(exchange, request->headers[i].name, request->headers[i].value);
    }
    line_append(exchange, "Expect:"); /* never wait for 100 Continue */
    curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
    return 0;
}

static void fixed_options_set(CURL *easy)
{
    for (size_t i = 0; i < COUNT_OF(fixed_options); i++)
        curl_easy_setopt(easy, fixed_options[i].option, fixed_options[i].value);
    for (size_t i = 0; i < COUNT_OF(fixed_texts); i++)
        curl_easy_setopt(easy, fixed_texts[i].option, fixed_texts[i].value);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "cancelorder/" PROJECT_VERSION);
}

static void callbacks_set(struct exchange *exchange)
{
    curl_easy_setopt(exchange->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(exchange->easy, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(exchange->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(exchange->easy, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(exchange->easy, CURLOPT_ERRORBUFFER, exchange->error);
}

static int exchange_set(struct exchange *exchange, const struct http_request *request)
{
    CURL *easy = exchange->easy;
    int64_t connect_ms = request->timeout_ms < CONNECT_MAX_MS ? request->timeout_ms : CONNECT_MAX_MS;
    fixed_options_set(easy);
    callbacks_set(exchange);
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->changes ? 1L : 0L);
    if (request->ca_file != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca_file);
    if (request->body != NULL) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(request->body));
        curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, request->body);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    return headers_set(exchange, request);
}

static CURLcode exchange_outcome(const struct http *http)
{
    int left = 0;
    CURLMsg *message = curl_multi_info_read(http->multi, &left);
    return message != NULL && message->msg == CURLMSG_DONE ? message->data.result : CURLE_FAILED_INIT;
}

/* CURLE_ABORTED_BY_CALLBACK stands for http_stop(). */
static CURLcode exchange_drive(struct http *http)
{
    for (;;) {
        int running = 0;
        if (http_is_stopped(http))
            return CURLE_ABORTED_BY_CALLBACK;
        if (curl_multi_perform(http->multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running == 0)
            return exchange_outcome(http);
        curl_multi_poll(http->multi, NULL, 0, POLL_MS, NULL);
    }
}

static enum http_failure failure_of(const struct exchange *exchange, CURLcode code)
{
    if (exchange->too_large || exchange->lengths_differ || (exchange->chunked && exchange->content_length != NULL))
        return HTTP_UNREADABLE;
    if (code == CURLE_OK)
        return exchange->head_complete ? HTTP_ANSWERED : HTTP_BROKEN;
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return HTTP_STOPPED;
    if (code == CURLE_OPERATION_TIMEDOUT)
        return HTTP_TIMED_OUT;
    if (code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_BAD_CONTENT_ENCODING ||
        code == CURLE_WRITE_ERROR)
        return HTTP_UNREADABLE;
    return exchange->answer->sent ? HTTP_BROKEN : HTTP_NO_CONNECTION;
}

static void exchange_judge(struct exchange *exchange, CURLcode code)
{
    struct http_answer *answer = exchange->answer;
    long bytes = 0;
    long status = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_REQUEST_SIZE, &bytes);
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    answer->sent = bytes > 0;
    answer->status = status >= FIRST_FINAL_STATUS ? (int)status : 0;
    answer->failure = failure_of(exchange, code);
    if (answer->failure == HTTP_ANSWERED)
        return;
    text_clear(&answer->body);
    if (exchange->too_large)
        snprintf(answer->detail, sizeof answer->detail, "the answer is larger than allowed");
    else if (exchange->lengths_differ || answer->failure == HTTP_UNREADABLE)
        snprintf(answer->detail, sizeof answer->detail, "the answer is not readable as HTTP");
    else if (code == CURLE_OK)
        snprintf(answer->detail, sizeof answer->detail, "the connection ended inside the head");
    else
        snprintf(answer->detail, sizeof answer->detail, "%.120s",
                 exchange->error[0] != '\0' ? exchange->error : curl_easy_strerror(code));
}

void http_exchange(struct http *http, const struct http_request *request, struct http_answer *answer)
{
    struct exchange exchange = {.answer = answer, .easy = curl_easy_init()};
    if (http->multi == NULL || exchange.easy == NULL || exchange_set(&exchange, request) != 0) {
        snprintf(answer->detail, sizeof answer->detail, "the request could not be set up");
    } else {
        CURLcode code = CURLE_FAILED_INIT;
        if (curl_multi_add_handle(http->multi, exchange.easy) == CURLM_OK) {
            code = exchange_drive(http);
            exchange_judge(&exchange, code);
            curl_multi_remove_handle(http->multi, exchange.easy);
        }
    }
    curl_easy_cleanup(exchange.easy);
    curl_slist_free_all(exchange.headers);
    free(exchange.content_length);
}
