#include "http/secure_client.h"

#include <errno.h>
#include <stdlib.h>

#include <curl/curl.h>

#include "mock_server/base/deadline.h"
#include "mock_server/base/memory.h"

/* ── Bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What send() and recv() would have returned. */
static ssize_t told(CURLcode code, size_t moved)
{
    if (code == CURLE_OK)
        return (ssize_t)moved;
    errno = code == CURLE_AGAIN ? EAGAIN : ECONNRESET;
    return -1;
}

static ssize_t send_secure(void *context, const void *bytes, size_t size)
{
    size_t moved = 0;
    CURLcode code = curl_easy_send(context, bytes, size, &moved);
    return told(code, moved);
}

static ssize_t receive_secure(void *context, void *bytes, size_t size)
{
    size_t moved = 0;
    CURLcode code = curl_easy_recv(context, bytes, size, &moved);
    return told(code, moved);
}

/* ── The connection ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct {
    CURLcode code;
    const char *remedy;
} remedies[] = {
    {CURLE_PEER_FAILED_VERIFICATION,
     "; --ca-file FILE names the authority to trust, and the name must be the certificate's"},
    {CURLE_SSL_CACERT_BADFILE, "; --ca-file takes a file of certificates in PEM"},
};

static void note(struct http_answer *out, const struct url *url, CURLcode code, const char *detail)
{
    const char *remedy = "";
    for (size_t i = 0; i < COUNT_OF(remedies); i++)
        if (remedies[i].code == code)
            remedy = remedies[i].remedy;
    out->problem = mem_print("%s cannot be reached: %s%s", url->authority,
                             *detail != '\0' ? detail : curl_easy_strerror(code), remedy);
}

/* False with the problem set. */
static bool reach(CURL *easy, const struct url *url, const char *ca_file, int limit_ms, struct http_answer *out)
{
    char detail[CURL_ERROR_SIZE] = "", *address = mem_print("https://%s/", url->authority);
    curl_easy_setopt(easy, CURLOPT_URL, address);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)limit_ms);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail);
    if (ca_file != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
    CURLcode code = curl_easy_perform(easy);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, NULL);
    free(address);
    if (code != CURLE_OK)
        note(out, url, code, detail);
    return code == CURLE_OK;
}

void secure_ask(const struct url *url, const struct http_request *request, const char *ca_file, int limit_ms,
                struct http_answer *out)
{
    int64_t deadline = deadline_now() + limit_ms;
    curl_socket_t handle = CURL_SOCKET_BAD;
    CURL *easy = curl_easy_init();
    *out = HTTP_ANSWER_INIT;
    if (easy == NULL) {
        out->problem = mem_dup("libcurl gives no connection");
        return;
    }
    if (reach(easy, url, ca_file, limit_ms, out) &&
        curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &handle) == CURLE_OK && handle != CURL_SOCKET_BAD) {
        const struct http_line line = {send_secure, receive_secure, easy, handle};
        http_ask_over(&line, url, request, deadline, limit_ms, out);
    }
    curl_easy_cleanup(easy);
}
