/*
 * Other people's secrets: one planted in every place where a client could show it, and in none of them seen again; and
 * what is no secret and must stay readable.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "journal/log_line.h"
#include "model/secret_names.h"
#include "tests/client.h"
#include "tests/suites.h"

/* The same value in every row: as it is, in Base64 ("user:" before it), percent-encoded at its beginning. */
#define S          "Zq7-R3alKey_91xW"
#define S_PAIR     "dXNlcjpacTctUjNhbEtleV85MXhX"
#define S_HALF     "%5Aq7%2DR3alKey_91xW"

#define CANCEL     "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define PUT        "PUT " CANCEL " HTTP/1.1\r\nHost: x\r\n"
#define GET(path)  "GET " path " HTTP/1.1\r\nHost: x\r\n"
#define POST(path) "POST " path " HTTP/1.1\r\nHost: x\r\n"
#define JSON       "Content-Type: application/json\r\n"
#define XML        "Content-Type: text/xml\r\n"
#define FORM       "Content-Type: application/x-www-form-urlencoded\r\n"
#define PARTS      "Content-Type: multipart/form-data; boundary=b\r\n"
#define KNOWN      "Access-Token: your-access-token\r\n"

static const struct planted {
    const char *name;
    const char *head; /* request line and headers; Content-Length is added */
    const char *body; /* NULL: none */
    const char *stub; /* a fault to arm first: what it answers has the secret; NULL: none */
} planted[] = {
    /* The places of public-cases.md K1. */
    {"right header", PUT "Access-Token: " S "\r\n", "{}"},
    {"right header, mistyped base",
     "PUT /api/integration/orders/cancel/1 HTTP/1.1\r\nHost: x\r\nAccess-Token: " S "\r\n", "{}"},
    {"another vendor's header", PUT "x-fngs-secret-key: " S "\r\n", "{}"},
    {"another vendor's header, other case", GET("/v0/orders/1") "ACCESS-TOKEN: " S "\r\n"},
    {"unknown session in the path", GET("/_s/nobody/v0/orders/1") "x-fngs-secret-key: " S "\r\n"},
    {"unknown session in a header", GET("/v0/orders/1") "X-Mock-Session: nobody\r\nx-fngs-public-key: " S "\r\n"},
    {"no provider", GET("/nowhere") "Authorization: Bearer " S "\r\n"},
    {"bearer", GET("/api/i1/orders/1/") "Authorization: Bearer " S "\r\n"},
    {"basic", GET("/consumers/api/v1/orders") "Authorization: Basic " S_PAIR "\r\n"},
    {"a scheme of its own", GET("/v0/orders/1") "Authorization: HMAC-SHA256 " S "\r\n"},
    {"Proxy-Authorization", PUT KNOWN "Proxy-Authorization: Basic " S_PAIR "\r\n", "{}"},
    {"X-Api-Key", PUT KNOWN "X-Api-Key: " S "\r\n", "{}"},
    {"Cookie", PUT KNOWN "Cookie: lang=tr; whatever=" S "; theme=dark\r\n", "{}"},
    {"user information of an absolute target", GET("http://user:" S "@x/v0/orders/1")},
    {"query", GET("/v1/send-sms/get/?key=API_KEY&hash=" S "&text=x")},
    {"query, mistyped base", GET("/v9/send-sms/get/?hash=" S)},
    {"form", POST("/v1/cancel-order") FORM, "key=API_KEY&hash=" S "&id=1"},
    {"JSON, trailing comma", POST("/v1/cancel-order/json") JSON,
     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"" S "\",},}}"},
    {"JSON of the right provider", POST("/v1/cancel-order/json") JSON,
     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"" S "\"}}}"},
    {"XML", POST("/v1/cancel-order") XML,
     "<request><authentication><key>API_KEY</key><hash>" S "</hash></authentication></request>"},
    {"XML in a field of a form", POST("/v1/cancel-order") FORM,
     "data=%3Crequest%3E%3Chash%3E" S "%3C%2Fhash%3E%3C%2Frequest%3E"},
    {"JSON at another provider", PUT KNOWN JSON, "{\"reason_id\":3,\"password\":\"" S "\"}"},

    /* More of the kind. */
    {"Host", "GET /v0/orders/1 HTTP/1.1\r\nHost: user:" S "@x\r\n"},
    {"Referer", PUT KNOWN "Referer: https://user:" S "@shop.example/\r\n", "{}"},
    {"query of a Referer", PUT KNOWN "Referer: https://shop.example/?a=1&access_token=" S "\r\n", "{}"},
    {"a bearer in a header of one's own", PUT KNOWN "X-Upstream: bearer " S "\r\n", "{}"},
    {"a cookie without a name", PUT KNOWN "Cookie: " S "\r\n", "{}"},
    {"two cookie headers", PUT KNOWN "Cookie: a=b\r\nCookie: c=" S "\r\n", "{}"},
    {"digest", GET("/v0/orders/1") "Authorization: Digest username=\"u\", response=\"" S "\"\r\n"},
    {"query, name escaped", GET("/v1/send-sms/get/?%68a%73h=" S)},
    {"query, value escaped", GET("/v1/send-sms/get/?hash=" S_HALF)},
    {"query, brackets", GET("/nowhere?auth[password]=" S)},
    {"query behind a semicolon", GET("/nowhere?a=1;token=" S)},
    {"parameter of the path", GET("/nowhere;access_token=" S "/orders")},
    {"echoed in a path", GET("/v0/orders/" S "/cancel") "x-fngs-secret-key: " S "\r\n"},
    {"echoed in a path, escaped", GET("/v0/orders/" S_HALF) "x-fngs-secret-key: " S "\r\n"},
    {"echoed in a field", PUT JSON "Access-Token: " S "\r\n", "{\"reason_id\":\"" S "\"}"},
    {"echoed in a field that is refused", PUT KNOWN JSON "X-Api-Key: " S "\r\n", "{\"reason_id\":\"" S "\"}"},
    {"echoed in a member's name", PUT KNOWN JSON "X-Api-Key: " S "\r\n", "{\"reason_id\":3,\"" S "\":1}"},
    {"a member twice", PUT KNOWN JSON, "{\"reason_id\":3,\"password\":\"" S "\",\"password\":\"" S "\"}"},
    {"a name of a header", PUT KNOWN "X-Api-Key: " S "\r\n" S ": 1\r\n", "{}"},
    {"Transfer-Encoding", PUT "Access-Token: " S "\r\nTransfer-Encoding: " S "\r\n", NULL},
    {"JSON, nested", PUT KNOWN JSON, "{\"credentials\":{\"user\":\"u\",\"value\":[{\"x\":\"" S "\"}]}}"},
    {"JSON, an array", PUT KNOWN JSON, "{\"passwords\":[\"" S "\"]}"},
    {"JSON, name escaped", PUT KNOWN JSON, "{\"p\\u0061ssword\":\"" S "\"}"},
    {"JSON, value escaped", PUT KNOWN JSON, "{\"password\":\"\\u005aq7-R3alKey_91xW\",\"note\":\"" S "\"}"},
    {"JSON, name and value", PUT KNOWN JSON, "[{\"name\":\"password\",\"value\":\"" S "\"}]"},
    {"JSON, value and name", PUT KNOWN JSON, "[{\"value\":\"" S "\",\"key\":\"api_key\"}]"},
    {"JSON in a string of JSON", PUT KNOWN JSON, "{\"payload\":\"{\\\"password\\\":\\\"" S "\\\"}\"}"},
    {"form in a string of JSON", PUT KNOWN JSON, "{\"payload\":\"a=1&token=" S "\"}"},
    {"JSON in a field of a form", POST("/v1/cancel-order") FORM, "data=%7B%22hash%22%3A%22" S "%22%7D"},
    {"JSON, cut", PUT KNOWN JSON, "{\"reason_id\":3,\"password\":\"" S},
    {"JSON, cut behind the colon of another", PUT KNOWN JSON, "{\"password\":\"" S "\",\"reason_id\":"},
    {"JSON, single quotes", PUT KNOWN JSON, "{'reason_id':3,'password':'" S "'}"},
    {"JSON, no quotes", PUT KNOWN JSON, "{reason_id:3,password:" S "}"},
    {"JSON, a comment", PUT KNOWN JSON, "{/* x */\"password\":\"" S "\"}"},
    {"JSON, two values", PUT KNOWN JSON, "{} {\"password\":\"" S "\"}"},
    {"JSON behind a byte order mark", PUT KNOWN JSON, "\xef\xbb\xbf{\"password\":\"" S "\"}"},
    {"JSON under the type of a form", POST("/v1/cancel-order/json") FORM, "{\"hash\":\"" S "\"}"},
    {"form under the type of JSON", POST("/v1/cancel-order/json") JSON, "hash=" S},
    {"XML under the type of JSON", PUT KNOWN JSON, "<a><password>" S "</password></a>"},
    {"XML, attribute", POST("/v1/cancel-order") XML, "<request><auth hash=\"" S "\"/></request>"},
    {"XML, named element", POST("/v1/cancel-order") XML, "<r><param name=\"password\">" S "</param></r>"},
    {"XML, named value", POST("/v1/cancel-order") XML, "<r><param name='password' value='" S "'/></r>"},
    {"XML, namespace", POST("/v1/cancel-order") XML, "<n:r xmlns:n=\"u\"><n:hash>" S "</n:hash></n:r>"},
    {"XML, CDATA", POST("/v1/cancel-order") XML, "<r><hash><![CDATA[" S "]]></hash></r>"},
    {"XML, nested", POST("/v1/cancel-order") XML, "<r><secrets><a><b>" S "</b></a></secrets></r>"},
    {"XML, not closed", POST("/v1/cancel-order") XML, "<request><hash>" S},
    {"XML, wrong nesting", POST("/v1/cancel-order") XML, "<request></x><hash>" S "</hash>"},
    {"XML, an entity", POST("/v1/cancel-order") XML, "<r><hash>&#90;q7-R3alKey_91xW</hash><t>" S "</t></r>"},
    {"multipart", POST("/v1/cancel-order") PARTS,
     "--b\r\nContent-Disposition: form-data; name=\"hash\"\r\n\r\n" S "\r\n--b--\r\n"},
    {"multipart, JSON in a part", POST("/v1/cancel-order") PARTS,
     "--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n{\"hash\":\"" S "\"}\r\n--b--\r\n"},
    {"multipart, not closed", POST("/v1/cancel-order") PARTS,
     "--b\r\nContent-Disposition: form-data; name=password\r\n\r\n" S},
    {"text", PUT KNOWN "Content-Type: text/plain\r\n", "order 1\npassword: " S "\nbye"},
    {"text without a sign", PUT KNOWN "Content-Type: text/plain\r\n", "the password is " S},
    {"a URL in JSON", PUT KNOWN JSON, "{\"callback\":\"https://user:" S "@shop.example/x\"}"},
    {"a coded body", PUT KNOWN "Content-Encoding: x-mine\r\n", "reason " S},
    {"answered in a header", PUT KNOWN, "{}",
     "{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"headers\":[[\"Set-Cookie\",\"id=" S "; Path=/\"]]}"},
    {"answered in a body", PUT KNOWN, "{}",
     "{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"body\":\"{\\\"access_token\\\":\\\"" S "\\\"}\"}"},
    {"answered where nothing names it", PUT KNOWN "X-Api-Key: " S "\r\n", "{}",
     "{\"fault\":\"CANNED_RESPONSE\",\"status\":200,\"body\":\"you sent " S "!\"}"},
    {"a length that is none", PUT "Access-Token: " S "\r\nContent-Length: x\r\n", NULL},
    {"an unread line", "GET /v0/orders/1 HTTP/1.1\r\nHost: x\r\nX-Fngs-Secret-Key " S "\r\n"},
};

/* ── Where it could be seen ────────────────────────────────────────────────────────────────────────────────────── */

static void check_hidden(const char *place, const char *text)
{
    bool is_hidden = strstr(text, S) == NULL && strstr(text, S_PAIR) == NULL && strstr(text, S_HALF) == NULL &&
                     strstr(text, "q7-R3alKey_91xW") == NULL && strstr(text, "q7%2DR3alKey_91xW") == NULL;
    CHECK(is_hidden);
    if (!is_hidden)
        printf("      in clear in %s: %.200s\n", place, text);
}

static void check_answer(struct mock_server *server, const char *path)
{
    char *answer = NULL;
    CHECK_INTEGER(mock_server_control(server, "GET", path, NULL, &answer), 200);
    check_hidden(path, answer == NULL ? "" : answer);
    free(answer);
}

static void check_log(struct mock_server *server)
{
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    const enum log_form forms[] = {LOG_TEXT, LOG_JSON};
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        struct text line = TEXT_INIT(TEXT_UNBOUNDED);
        log_line_add(entry, forms[i], true, &line);
        CHECK(line.length > 0);
        check_hidden("the log", text_cstr(&line));
        text_release(&line);
    }
    cJSON_Delete(entry);
}

static void check_file(const char *path)
{
    char text[65536];
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    CHECK(length > 0);
    text[length] = '\0';
    check_hidden("the journal file", text);
    if (file != NULL)
        fclose(file);
}

static struct mock_server *server_with_file(char path[64])
{
    struct mock_server *server = NULL;
    char problem[MOCK_SERVER_PROBLEM_MAX];
    snprintf(path, 64, "/tmp/mock-secrets-XXXXXX");
    int handle = mkstemp(path);
    CHECK(handle >= 0);
    close(handle);
    const struct mock_server_options options = {.listen = "127.0.0.1:0", .journal_file = path};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    return server;
}

static void send_planted(struct mock_server *server, const struct planted *own)
{
    char *bytes = own->body == NULL ? mem_print("%sConnection: close\r\n\r\n", own->head)
                                    : mem_print("%sConnection: close\r\nContent-Length: %zu\r\n\r\n%s", own->head,
                                                strlen(own->body), own->body);
    struct heard heard = say(mock_server_port(server), bytes, strlen(bytes));
    heard_release(&heard);
    free(bytes);
}

static void is_never_seen(void *context)
{
    const struct planted *own = context;
    char path[64];
    struct mock_server *server = server_with_file(path);
    if (own->stub != NULL)
        cJSON_Delete(steer(server, "POST", "/_mock/faults", own->stub, 201));
    send_planted(server, own);
    check_answer(server, "/_mock/requests");
    check_answer(server, "/_mock/requests/1");
    check_answer(server, "/_mock/requests.har");
    check_log(server);
    mock_server_stop(server);
    check_file(path);
    unlink(path);
}

/* ── Once hidden, hidden everywhere ────────────────────────────────────────────────────────────────────────────── */

static void say_bytes(struct mock_server *server, const char *bytes)
{
    struct heard heard = say(mock_server_port(server), bytes, strlen(bytes));
    CHECK(heard.status > 0);
    heard_release(&heard);
}

#define END "Connection: close\r\n\r\n"

/* A later request that does not say what it is, and an earlier one that is shown again. */
static void stays_hidden(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    say_bytes(server, GET("/v0/orders/" S) END);
    char *before = NULL;
    mock_server_control(server, "GET", "/_mock/requests/1", NULL, &before);
    CHECK_CONTAINS(before, S); /* nobody could know */
    free(before);
    say_bytes(server, GET("/v0/orders/1") "x-fngs-secret-key: " S "\r\n" END);
    say_bytes(server, GET("/nowhere/" S_HALF "/x?note=" S) END);
    check_answer(server, "/_mock/requests");
    check_answer(server, "/_mock/requests.har");
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    say_bytes(server, GET("/nowhere/" S) END);
    check_answer(server, "/_mock/requests");
    mock_server_stop(server);
}

/* Sessions know nothing of one another. */
static void is_hidden_in_its_session(void *context)
{
    struct mock_server *server = start_server();
    char *text = NULL;
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"a\"}", 201));
    say_bytes(server, GET("/_s/a/v0/orders/1") "x-fngs-secret-key: " S "\r\n" END);
    say_bytes(server, GET("/_s/a/v0/orders/" S) END);
    say_bytes(server, GET("/v0/orders/" S) END);
    check_answer(server, "/_mock/requests?session=a");
    mock_server_control(server, "GET", "/_mock/requests", NULL, &text);
    CHECK_CONTAINS(text, "/v0/orders/" S);
    free(text);
    mock_server_stop(server);
}

/* A text that was cut shows the beginning of a secret alone. */
static void a_beginning_is_hidden(void *context)
{
    struct mock_server *server = start_server();
    char *text = NULL;
    (void)context;
    say_bytes(server, PUT "X-Api-Key: Zq7-R3alKey_91xWpqrstuvw\r\nContent-Length: 2\r\n" END "{}");
    say_bytes(server, GET("/nowhere/Zq7-R3alKey_91xWpq") END);
    mock_server_control(server, "GET", "/_mock/requests", NULL, &text);
    CHECK(strstr(text, "Zq7-R3alKey_91xW") == NULL);
    free(text);
    mock_server_stop(server);
}

/* ── What is no secret ─────────────────────────────────────────────────────────────────────────────────────────── */

static const struct open {
    const char *name, *head, *body;
    const char *shown; /* stands in the entry as it is */
} open_cases[] = {
    {"the fixtures' token", PUT KNOWN, "{}", "[\"Access-Token\",\"your-access-token\"]"},
    {"the fixtures' token at another provider", GET("/v0/orders/1") KNOWN, NULL,
     "[\"Access-Token\",\"your-access-token\"]"},
    {"the fixtures' token under no provider", GET("/nowhere") KNOWN, NULL, "[\"Access-Token\",\"your-access-token\"]"},
    {"with a scheme", GET("/api/i1/orders/1/") "Authorization: Token f532e8b1c07d4a6f9e3b2d5c8a1f0e7d6b49332d\r\n",
     NULL, "\"Token f532e8b1c07d4a6f9e3b2d5c8a1f0e7d6b49332d\""},
    {"in JSON", POST("/v1/cancel-order/json") JSON,
     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"},\"order\":{\"id\":\"1\"}}}",
     "{\\\"request\\\":{\\\"authentication\\\":{\\\"key\\\":\\\"API_KEY\\\",\\\"hash\\\":\\\"API_HASH\\\"},"
     "\\\"order\\\":{\\\"id\\\":"
     "\\\"1\\\"}}}"},
    {"in XML", POST("/v1/cancel-order") XML,
     "<request><authentication><key>API_KEY</key><hash>API_HASH</hash></authentication></request>",
     "<request><authentication><key>API_KEY</key><hash>API_HASH</hash></authentication></request>"},
    {"in a query", GET("/v1/send-sms/get/?key=API_KEY&hash=API_HASH&text=x"), NULL,
     "?key=API_KEY&hash=API_HASH&text=x"},
    {"in a form", POST("/api/i1/auth/login/") FORM,
     "username=integration%40modabutik.example&password=Roman-ve-%C3%96yk%C3%BC-7",
     "username=integration%40modabutik.example&password=Roman-ve-%C3%96yk%C3%BC-7"},
    {"an order's id", PUT KNOWN, "{\"reason_id\":3}", "/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"},
    {"an ordinary field", PUT KNOWN JSON, "{\"reason_id\":3,\"note\":\"a key, a token, a password\"}",
     "a key, a token, a password"},
    {"payment_key names an order", PUT KNOWN JSON, "{\"payment_key\":\"3e9caf87-5cb7-4c4e\"}", "3e9caf87-5cb7-4c4e"},
    {"Idempotency-Key", PUT KNOWN "Idempotency-Key: 4f0e1c77-once\r\n", "{}", "4f0e1c77-once"},
    {"token_type", PUT KNOWN JSON, "{\"token_type\":\"Bearer-like\"}", "Bearer-like"},
    {"words that hold a word", PUT KNOWN JSON,
     "{\"author\":\"Ayse Kaya\",\"keyword\":\"red shoes\",\"passenger\":\"Ali Can\",\"shipping\":\"by boat\"}",
     "{\\\"author\\\":\\\"Ayse Kaya\\\",\\\"keyword\\\":\\\"red shoes\\\",\\\"passenger\\\":\\\"Ali "
     "Can\\\",\\\"shipping\\\":\\\"by "
     "boat\\\"}"},
    {"a short value elsewhere", PUT KNOWN "X-Api-Key: 1\r\n", "{\"reason_id\":1}", "{\\\"reason_id\\\":1}"},
    {"a word elsewhere", PUT KNOWN JSON "X-Api-Key: order\r\n", "{\"reason\":\"order\"}",
     "{\\\"reason\\\":\\\"order\\\"}"},
    {"the word password as a password", PUT KNOWN JSON, "{\"password\":\"password\"}",
     "{\\\"password\\\":\\\"(masked, 8 bytes)\\\"}"},
    {"a number inside of others", PUT KNOWN JSON "X-Api-Key: 123456\r\n", "{\"n\":91234567}", "91234567"},
    {"true and null", PUT KNOWN JSON, "{\"password\":null,\"token\":true}",
     "{\\\"password\\\":null,\\\"token\\\":true}"},
    {"what stands beside a secret", PUT KNOWN JSON, "{\"a\": 1, \"password\": 4711, \"b\": [2]}",
     "{\\\"a\\\": 1, \\\"password\\\": \\\"(masked, 4 bytes)\\\", \\\"b\\\": [2]}"},
    {"names of cookies", PUT KNOWN "Cookie: lang=tr; id=2\r\n", "{}", "lang=(masked, 2 bytes); id=(masked, 1 bytes)"},
};

static void stays_readable(void *context)
{
    const struct open *own = context;
    char path[64], *text = NULL;
    struct mock_server *server = server_with_file(path);
    const struct planted same = {own->name, own->head, own->body, NULL};
    send_planted(server, &same);
    CHECK_INTEGER(mock_server_control(server, "GET", "/_mock/requests/1", NULL, &text), 200);
    CHECK_CONTAINS(text, own->shown);
    free(text);
    mock_server_stop(server);
    unlink(path);
}

/* A token that a log-in issued is the session's own. */
static void an_issued_token_is_shown(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *headers = json_read_text("{\"Content-Type\":\"application/json\"}");
    struct heard heard =
        request(mock_server_port(server), "POST", "/api/i1/auth/login/", headers,
                "{\"username\":\"integration@kitapevi.example\",\"password\":\"Roman-ve-\xc3\x96yk\xc3\xbc-7\"}");
    CHECK_INTEGER(heard.status, 200);
    cJSON *answer = json_read_text(heard.body), *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK_CONTAINS(json_string(json_member(entry, "response"), "body"), json_string_or(answer, "key", "no key"));
    cJSON_Delete(answer);
    cJSON_Delete(entry);
    cJSON_Delete(headers);
    heard_release(&heard);
    mock_server_stop(server);
}

static void is_shown_when_asked_for(void *context)
{
    struct mock_server *server = NULL;
    char problem[MOCK_SERVER_PROBLEM_MAX], *text = NULL;
    const struct mock_server_options options = {.listen = "127.0.0.1:0", .show_secrets = true};
    (void)context;
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    say_bytes(server, GET("/v0/orders/1?token=" S) "Cookie: a=" S "\r\nx-fngs-secret-key: " S "\r\n" END);
    mock_server_control(server, "GET", "/_mock/requests", NULL, &text);
    CHECK(strstr(text, "masked") == NULL);
    free(text);
    mock_server_stop(server);
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void names_are_told_apart(void *context)
{
    static const char *const none[] = {NULL};
    static const char *const secret[] = {
        "Authorization", "AUTH",    "x-api-key",    "ApiKey",    "bearer",    "Cookie",     "credentials", "x_hash",
        "hmac",          "id_jwt",  "passwd",       "Password",  "pass",      "passphrase", "passcode",    "passkey",
        "pwd",           "myPwd",   "clientSecret", "PHPSESSID", "Signature", "user_token", "userName",    "key",
        "keys",          "authkey", "keyId",        "SID",       "otp",       "session_id", "sessionId",   "csrf",
        "card_pin",      "Key",     "db.pass",      "Set-Cookie"};
    static const char *const open[] = {"",
                                       "k",
                                       "keyword",
                                       "passenger",
                                       "author",
                                       "Author_Name",
                                       "shipping",
                                       "inside",
                                       "Idempotency-Key",
                                       "payment_key",
                                       "order_key",
                                       "token_type",
                                       "reason_id",
                                       "Host",
                                       "Content-Type",
                                       "User-Agent",
                                       "Accept",
                                       "userId",
                                       "pinned",
                                       "WWW-Authenticate"};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(secret); i++)
        CHECK_TEXT(secret_name(none, secret[i], strlen(secret[i])) ? "" : secret[i], "");
    for (size_t i = 0; i < COUNT_OF(open); i++)
        CHECK_TEXT(secret_name(none, open[i], strlen(open[i])) ? open[i] : "", "");
}

void suite_secrets(void)
{
    register_test("secrets", "names are told apart", names_are_told_apart, NULL);
    for (size_t i = 0; i < COUNT_OF(planted); i++)
        register_test("secrets", planted[i].name, is_never_seen, (void *)(uintptr_t)&planted[i]);
    for (size_t i = 0; i < COUNT_OF(open_cases); i++)
        register_test("secrets readable", open_cases[i].name, stays_readable, (void *)(uintptr_t)&open_cases[i]);
    register_test("secrets", "once hidden, hidden from then on", stays_hidden, NULL);
    register_test("secrets", "each session has its own", is_hidden_in_its_session, NULL);
    register_test("secrets", "the beginning of one", a_beginning_is_hidden, NULL);
    register_test("secrets readable", "a token that a log-in issued", an_issued_token_is_shown, NULL);
    register_test("secrets readable", "when asked for", is_shown_when_asked_for, NULL);
}
