/* What each kind does to an answer before any of it leaves, and which parameters it refuses. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "faults/fault.h"
#include "model/exchange.h"
#include "model/framing.h"
#include "tests/client.h"
#include "tests/suites.h"

#define BODY   "{\"status\":true,\"data\":\"OK\"}" /* 27 bytes */
#define SECOND INT64_C(1000000)

/* ── What it does ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_number(struct text *out, const char *name, int64_t value)
{
    if (value != 0)
        text_print(out, " %s=%lld", name, (long long)value);
}

static void add_flag(struct text *out, const char *name, bool value)
{
    if (value)
        text_print(out, " %s", name);
}

static void add_pace(struct text *out, const struct wire_pace *pace)
{
    add_number(out, "piece", (int64_t)pace->piece);
    add_number(out, "spread", (int64_t)pace->spread);
    add_number(out, "gap_us", pace->gap_us);
    add_number(out, "first_us", pace->first_us);
    add_flag(out, "head_too", pace->head_too);
}

static void add_wire(struct text *out, const struct wire *wire)
{
    static const char *const ends[] = {NULL, "FIN", "RST", "silence"};
    static const char *const chunks[] = {NULL, "malformed", "without_last"};
    add_flag(out, "nothing", wire->nothing);
    add_flag(out, "raw", wire->raw);
    if (wire->cuts)
        text_print(out, " keep=%llu", (unsigned long long)wire->keep);
    add_number(out, "delay_us", wire->delay_us);
    add_number(out, "before", (int64_t)wire->before_length);
    add_flag(out, chunks[wire->chunks], wire->chunks != WIRE_CHUNKS_AS_SAID);
    add_number(out, "filler", wire->filler == WIRE_ENDLESS ? -1 : (int64_t)wire->filler);
    add_number(out, "after", (int64_t)wire->after_length);
    add_pace(out, &wire->pace);
    add_number(out, "stall_after", (int64_t)wire->stall_after);
    add_number(out, "stall_us", wire->stall_us == WIRE_FOREVER ? -1 : wire->stall_us);
    add_flag(out, ends[wire->end], wire->end != WIRE_END_AS_SAID);
    add_number(out, "end_delay_us", wire->end_delay_us);
    add_flag(out, "stale", wire->goes_stale);
    add_number(out, "idle_us", wire->idle_us);
    add_number(out, "refuse_us", wire->refuse_us);
    add_number(out, "read_bytes_per_s", wire->read_bytes_per_s);
}

static void add_headers(struct text *out, const struct exchange *x)
{
    for (size_t i = 0; i < x->reply.header_count; i++)
        text_print(out, "; %s: %.40s", x->reply.headers[i].name, x->reply.headers[i].value);
}

/* Status, wire, headers as they are framed, body. `answered`: it took the answer's place. */
static void summarize(const struct exchange *x, struct text *out)
{
    text_print(out, "%d%s", x->reply.status, x->replaced ? " answered" : "");
    add_wire(out, &x->reply.wire);
    add_headers(out, x);
    text_add(out, "; ");
    text_add_bytes(out, x->reply.body, x->reply.body_length);
}

#define JSON_HEAD "; Content-Type: application/json"
#define LENGTH(n) "; Content-Length: " #n "; "
#define WHOLE     JSON_HEAD LENGTH(27) BODY
#define CLOSES    JSON_HEAD "; Connection: close"

static struct effect {
    const char *fault; /* its members, without braces */
    const char *expected;
    const char *drawn; /* "ms=5"; NULL: nothing */
} effects[] = {
    {"'fault':'CANNED_RESPONSE','status':503,'body':'no'", "503 answered" LENGTH(2) "no", NULL},
    {"'fault':'ERROR_STATUS','status':500", "500 answered" LENGTH(0), NULL},
    {"'fault':'ERROR_STATUS','status':503,'retry_after_s':7", "503 answered; Retry-After: 7" LENGTH(0),
     "retry_after_s=7"},
    {"'fault':'OUTAGE'", "503 answered; Connection: close; Retry-After: 1" LENGTH(0), "retry_after_s=1"},
    {"'fault':'OUTAGE','window':{'for_s':30}", "503 answered; Connection: close; Retry-After: 20" LENGTH(0),
     "retry_after_s=20"}, /* ten of these seconds are over */
    {"'fault':'OUTAGE','ttl_s':15.5,'window':{'for_s':30}", "503 answered; Connection: close; Retry-After: 6" LENGTH(0),
     "retry_after_s=6"},
    {"'fault':'OUTAGE','retry_after_s':0", "503 answered; Connection: close; Retry-After: 0" LENGTH(0),
     "retry_after_s=0"},
    {"'fault':'DEGRADATION','ramp_s':40,'ms':400", "200 delay_us=100000" WHOLE, "permille=250 ms=100"},
    {"'fault':'DEGRADATION','ramp_s':10,'probability':1,'status':500", "500 answered" LENGTH(0),
     "permille=1000 ms=0 status=500"},
    {"'fault':'DEGRADATION','ramp_s':5,'probability':1,'ms':7", "503 answered delay_us=7000" LENGTH(0),
     "permille=1000 ms=7 status=503"},
    {"'fault':'REDIRECT','location':'http://elsewhere/x'", "307 answered; Location: http://elsewhere/x" LENGTH(0),
     NULL},
    {"'fault':'REDIRECT','path':true,'status':308", "308 answered; Location: /_s/draws/v0/orders?x=1" LENGTH(0), NULL},
    {"'fault':'REDIRECT','port':81", "307 answered; Location: http://mock.test:81/v0/orders?x=1" LENGTH(0), NULL},
    {"'fault':'REDIRECT','host':'localhost'", "307 answered; Location: http://localhost:8080/v0/orders?x=1" LENGTH(0),
     NULL},
    {"'fault':'REDIRECT','host':'[::1]','port':9", "307 answered; Location: http://[::1]:9/v0/orders?x=1" LENGTH(0),
     NULL},
    {"'fault':'REDIRECT','scheme':'https','status':301",
     "301 answered; Location: https://mock.test:8080/v0/orders?x=1" LENGTH(0), NULL},
    {"'fault':'REDIRECT','path':true,'port':81,'hops':2",
     "307 answered; Location: http://mock.test:81/_s/draws/v0/orders?x" LENGTH(0), "hop=1"}, /* the first 40 bytes */
    {"'fault':'SCHEMA_DRIFT','patch':[{'op':'null','path':'/data'}]",
     "200" JSON_HEAD LENGTH(27) "{\"status\":true,\"data\":null}", NULL},
    {"'fault':'SCHEMA_DRIFT','patch':[{'op':'wrong_type','path':'/data'},{'op':'wrong_type','path':'/status'}]",
     "200" JSON_HEAD LENGTH(27) "{\"status\":\"true\",\"data\":42}", NULL},
    {"'fault':'SCHEMA_DRIFT','patch':[{'op':'unknown_word','path':'/data'},{'op':'number_as_string','path':'/data'}]",
     "200" JSON_HEAD LENGTH(29) "{\"status\":true,\"data\":\"OK_2\"}", NULL},
    {"'fault':'SCHEMA_DRIFT','patch':[{'op':'set','path':'/data','value':{'n':1.50}},{'op':'number_as_string','path':'/"
     "data/n'},{'op':'extra','path':'/data'},{'op':'null','path':'/nothing'}]",
     "200" JSON_HEAD LENGTH(
         72) "{\"status\":true,\"data\":{\"n\":\"1.50\",\"x_unexpected\":{\"added_later\":\"yes\"}}}",
     NULL},
    {"'fault':'MALFORMED_JSON','mode':'cut'", "200" JSON_HEAD LENGTH(13) "{\"status\":tru", NULL},
    {"'fault':'MALFORMED_JSON','mode':'append'", "200" JSON_HEAD LENGTH(35) BODY "{\"more\":", NULL},
    {"'fault':'MALFORMED_JSON','mode':'bad_escape'", "200" JSON_HEAD LENGTH(29) "{\"\\xstatus\":true,\"data\":\"OK\"}",
     NULL},
    {"'fault':'MALFORMED_JSON','mode':'bad_utf8'", "200" JSON_HEAD LENGTH(29) "{\"\xc3(status\":true,\"data\":\"OK\"}",
     NULL},
    {"'fault':'MALFORMED_JSON','mode':'bom'", "200" JSON_HEAD LENGTH(30) "\xef\xbb\xbf" BODY, NULL},
    {"'fault':'WRONG_CONTENT_TYPE'", "200; Content-Type: text/html" LENGTH(27) BODY, NULL},
    {"'fault':'WRONG_CONTENT_TYPE','value':'text/plain; charset=x'",
     "200; Content-Type: text/plain; charset=x" LENGTH(27) BODY, NULL},
    {"'fault':'BAD_ENCODING'", "200" JSON_HEAD "; Content-Encoding: gzip" LENGTH(27) BODY, NULL},
    {"'fault':'BAD_ENCODING','value':'br'", "200" JSON_HEAD "; Content-Encoding: br" LENGTH(27) BODY, NULL},
    {"'fault':'OVERSIZED','header_bytes':5", "200" JSON_HEAD "; X-Filler: xxxxx" LENGTH(27) BODY, NULL},
    {"'fault':'OVERSIZED','body_bytes':1000", "200 filler=1000" JSON_HEAD LENGTH(1027) BODY, NULL},
    {"'fault':'ENDLESS'", "200 filler=-1 FIN" CLOSES "; " BODY, NULL},
    {"'fault':'EMPTY_RESPONSE'", "0 answered nothing FIN; ", NULL},
    {"'fault':'CONNECTION_RESET_BY_PEER'", "0 answered nothing RST; ", NULL},
    {"'fault':'NO_RESPONSE'", "0 answered nothing silence; ", NULL},
    {"'fault':'TIMEOUT_THEN_CLOSE','ms':50", "0 answered nothing FIN end_delay_us=50000; ", NULL},
    {"'fault':'CONNECTION_REFUSED','ms':50", "0 answered nothing RST refuse_us=50000; ", NULL},
    {"'fault':'TRUNCATED_BODY','bytes':7", "200 keep=7 FIN" CLOSES LENGTH(27) BODY, "bytes=7"},
    {"'fault':'TRUNCATED_BODY','fraction':0.5", "200 keep=13 FIN" CLOSES LENGTH(27) BODY, "bytes=13"},
    {"'fault':'RESET_MID_RESPONSE','bytes':0", "200 keep=0 RST" CLOSES LENGTH(27) BODY, "bytes=0"},
    {"'fault':'OVERLONG_BODY','bytes':9", "200 filler=9" WHOLE, NULL},
    {"'fault':'WRONG_CONTENT_LENGTH','delta':-3", "200" JSON_HEAD LENGTH(24) BODY, NULL},
    {"'fault':'WRONG_CONTENT_LENGTH','delta':5", "200 FIN" CLOSES LENGTH(32) BODY, NULL},
    {"'fault':'WRONG_CONTENT_LENGTH','delta':-1000", "200" JSON_HEAD LENGTH(0) BODY, NULL},
    {"'fault':'DOUBLE_CONTENT_LENGTH'", "200" JSON_HEAD "; Content-Length: 27" LENGTH(28) BODY, NULL},
    {"'fault':'DOUBLE_CONTENT_LENGTH','delta':0", "200" JSON_HEAD "; Content-Length: 27" LENGTH(27) BODY, NULL},
    {"'fault':'EXTRA_BYTES','bytes_base64':'AAEC'", "200 after=3" WHOLE, NULL},
    {"'fault':'INTERIM_RESPONSE','status':100,'count':3", "200 before=75" WHOLE, NULL},
    {"'fault':'INTERIM_RESPONSE','status':102", "200 before=27" WHOLE, NULL},
    {"'fault':'INTERIM_RESPONSE','status':103", "200 before=72" WHOLE, NULL},
    {"'fault':'MALFORMED_RESPONSE_CHUNK'", "200 malformed" CLOSES "; Transfer-Encoding: chunked; " BODY, NULL},
    {"'fault':'MISSING_FINAL_CHUNK'", "200 without_last" CLOSES "; Transfer-Encoding: chunked; " BODY, NULL},
    {"'fault':'RAW_RESPONSE','bytes':'hi'", "0 answered raw; hi", NULL},
    {"'fault':'DELAY_FIXED','ms':250", "200 delay_us=250000" WHOLE, "ms=250"},
    {"'fault':'DELAY_UNIFORM','lower_ms':9,'upper_ms':9", "200 delay_us=9000" WHOLE, "ms=9"},
    {"'fault':'DELAY_LOGNORMAL','median_ms':20,'sigma':0", "200 delay_us=20000" WHOLE, "ms=20"},
    {"'fault':'CHUNKED_DRIBBLE','chunks':3,'ms':30",
     "200 piece=13 gap_us=10000 first_us=10000" JSON_HEAD "; Transfer-Encoding: chunked; " BODY, NULL},
    {"'fault':'CHUNKED_DRIBBLE','chunks':20,'ms':19", /* 38 bytes in chunks: 19 parts of two */
     "200 piece=2 gap_us=1000 first_us=1000" JSON_HEAD "; Transfer-Encoding: chunked; " BODY, NULL},
    {"'fault':'DRIP','ms':26,'delay_ms':5", "200 piece=1 gap_us=1000 first_us=5000" WHOLE, NULL},
    {"'fault':'STALL'", "200 stall_after=13 stall_us=-1" WHOLE, "bytes=13"},
    {"'fault':'STALL','bytes':4,'ms':20", "200 stall_after=4 stall_us=20000" WHOLE, "bytes=4"},
    {"'fault':'BANDWIDTH','bytes_per_s':1000", "200 piece=50 gap_us=50000 head_too" WHOLE, NULL},
    {"'fault':'BANDWIDTH','bytes_per_s':4", "200 piece=1 gap_us=250000 head_too" WHOLE, NULL},
    {"'fault':'SLICER','bytes':3,'gap_us':7", "200 piece=3 gap_us=7 head_too" WHOLE, NULL},
    {"'fault':'SLOW_CLOSE','ms':5", "200 FIN end_delay_us=5000" CLOSES LENGTH(27) BODY, NULL},
    {"'fault':'STALE_KEEPALIVE'", "200 stale" WHOLE, NULL},
    {"'fault':'STALE_KEEPALIVE','ms':5", "200 stale idle_us=5000" WHOLE, NULL},
    {"'fault':'SLOW_READ','bytes_per_s':10", "200 read_bytes_per_s=10" WHOLE, NULL},
};

static struct exchange *answered(void)
{
    static struct header headers[] = {{"Host", "mock.test:8080"}};
    struct exchange *x = exchange_new();
    x->request.version = "HTTP/1.1";
    x->request.method = "GET";
    x->request.target = "/v0/orders?x=1";
    x->request.headers = headers;
    x->request.header_count = COUNT_OF(headers);
    reply_text(x, 200, "application/json", BODY);
    return x;
}

/* The fault of those members, in the one phase that it has, or before the commit. */
static struct fault *read_effect(const char *members, const char *phase, struct text *problems)
{
    char *json = mem_print("{%s,'phase':'%s'}", members, phase);
    for (char *c = json; *c != '\0'; c++)
        *c = *c == '\'' ? '"' : *c;
    cJSON *spec = json_read_text(json);
    struct fault *fault = fault_read(spec, NULL, problems);
    cJSON_Delete(spec);
    free(json);
    return fault;
}

static struct fault *read_either_phase(const char *members)
{
    struct text problems = TEXT_INIT(512);
    struct fault *fault = read_effect(members, "after_commit", &problems);
    if (fault == NULL) {
        text_clear(&problems);
        fault = read_effect(members, "before_commit", &problems);
    }
    CHECK_TEXT(text_cstr(&problems), "");
    text_release(&problems);
    return fault;
}

static void check_drawn(const struct exchange *x, const char *expected)
{
    struct text drawn = TEXT_INIT(256);
    for (const struct drawn *one = x->fired->drawn; one != NULL; one = one->next)
        text_print(&drawn, "%s%s=%lld", drawn.length > 0 ? " " : "", one->name, (long long)one->value);
    CHECK_TEXT(text_cstr(&drawn), expected == NULL ? "" : expected);
    text_release(&drawn);
}

/* Ten seconds after the arming, on the first request. */
static bool fire(const struct fault *fault, struct exchange *x)
{
    const struct draw_source source = {.seed = 7, .session = "draws"};
    struct fault_state state = {0};
    struct firing firing;
    const struct fault_moment moment = {.source = &source, .id = "f1", .draw_id = "f1", .now_us = 10 * SECOND};
    bool fired = fault_meets(fault, &state, &moment, &firing);
    if (fired)
        fault_apply(fault, x, &firing);
    return fired;
}

static void changes_the_answer(void *context)
{
    const struct effect *own = context;
    struct fault *fault = read_either_phase(own->fault);
    struct exchange *x = answered();
    struct text summary = TEXT_INIT(1024);
    CHECK(fault != NULL);
    if (fault != NULL && fire(fault, x)) {
        reply_frame(x);
        summarize(x, &summary);
        check_drawn(x, own->drawn);
    }
    CHECK_TEXT(text_cstr(&summary), own->expected);
    text_release(&summary);
    exchange_drop(x);
    fault_drop(fault);
}

/* Of an answer that the provider would compress, or send in chunks, a fault that counts bytes sends the bytes. */
static void counts_plain_bytes(void *context)
{
    static struct header headers[] = {{"Host", "mock.test"}, {"Accept-Encoding", "gzip"}};
    struct fault *fault = read_either_phase("'fault':'TRUNCATED_BODY','fraction':0.5");
    struct exchange *x = answered();
    (void)context;
    x->request.headers = headers;
    x->request.header_count = COUNT_OF(headers);
    x->reply.gzip = x->reply.chunked = true;
    CHECK(fire(fault, x));
    reply_frame(x);
    CHECK(x->reply.coded == NULL && !x->reply.in_chunks);
    CHECK(!reply_has_header(x, "Content-Encoding") && reply_has_header(x, "Content-Length"));
    exchange_drop(x);
    fault_drop(fault);
}

/* "1000\r\n" 4096 "\r\n", "1\r\n" 1 "\r\n", "0\r\n\r\n". */
static void chunks_have_a_length(void *context)
{
    (void)context;
    CHECK_INTEGER(chunked_length(0), 5);
    CHECK_INTEGER(chunked_length(15), 15 + 5 + 5);
    CHECK_INTEGER(chunked_length(27), 27 + 6 + 5);
    CHECK_INTEGER(chunked_length(4096), 4096 + 8 + 5);
    CHECK_INTEGER(chunked_length(4097), 4096 + 8 + 1 + 5 + 5);
}

/* A delay that came with an earlier fault is not lost with the answer. */
static void a_lost_answer_is_late_too(void *context)
{
    struct fault *late = read_either_phase("'fault':'DEGRADATION','ramp_s':10,'ms':5");
    struct fault *lost = read_either_phase("'fault':'EMPTY_RESPONSE'");
    struct exchange *x = answered();
    (void)context;
    CHECK(fire(late, x) && fire(lost, x));
    CHECK(x->reply.wire.nothing);
    CHECK_INTEGER(x->reply.wire.delay_us, 5000);
    exchange_drop(x);
    fault_drop(late);
    fault_drop(lost);
}

/* The same for the same draw, another for another, and never the beginning of a status line. */
static void random_bytes_repeat(void *context)
{
    struct fault *fault = read_either_phase("'fault':'RANDOM_DATA_THEN_CLOSE'");
    struct exchange *one = answered(), *same = answered();
    (void)context;
    CHECK(fire(fault, one) && fire(fault, same));
    CHECK_INTEGER(one->reply.body_length, 36);
    CHECK(one->reply.wire.raw && one->replaced);
    CHECK(memcmp(one->reply.body, same->reply.body, 36) == 0);
    CHECK(((unsigned char)one->reply.body[0] & 0x80) != 0);
    check_drawn(one, "bytes=36");
    exchange_drop(one);
    exchange_drop(same);
    fault_drop(fault);
}

/* Half of the delays lie below the median, and none above the most. */
static void long_tails_are_bounded(void *context)
{
    struct fault *fault = read_either_phase("'fault':'DELAY_LOGNORMAL','median_ms':100,'sigma':2,'max_ms':150");
    const struct draw_source source = {.seed = 7, .session = "draws"};
    struct fault_state state = {0};
    int64_t most = 0;
    (void)context;
    for (int i = 0; i < 500; i++) {
        struct exchange *x = answered();
        struct firing firing;
        CHECK(
            fault_meets(fault, &state, &(struct fault_moment){.source = &source, .id = "f", .draw_id = "f"}, &firing));
        fault_apply(fault, x, &firing);
        most = x->reply.wire.delay_us > most ? x->reply.wire.delay_us : most;
        exchange_drop(x);
    }
    CHECK(most > 140000 && most <= 150000);
    fault_drop(fault);
}

/* A chain of two: two of three requests are sent on, then one is served. */
static void chains_end(void *context)
{
    struct mock_server *server = start_server();
    struct text statuses = TEXT_INIT(64);
    char target[256] = "/v0/nothing/here";
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"REDIRECT\",\"path\":true,\"hops\":2}", 201));
    for (int i = 0; i < 3; i++) {
        struct heard heard = request(mock_server_port(server), "GET", target, NULL, NULL);
        text_print(&statuses, "%d ", heard.status);
        if (i < 2)
            CHECK(heard_header(&heard, "Location", target) != NULL);
        heard_release(&heard);
    }
    CHECK_TEXT(text_cstr(&statuses), "307 307 404 ");
    CHECK_TEXT(target, "/_s/default/_s/default/v0/nothing/here");
    cJSON *entry = steer(server, "GET", "/_mock/requests/3", NULL, 200);
    CHECK_TEXT(json_string(entry, "provider"), "fungies"); /* however often it is named, the prefix is no part of it */
    CHECK_TEXT(json_string(entry, "session"), "default");
    cJSON_Delete(entry);
    text_release(&statuses);
    mock_server_stop(server);
}

/* ── What it refuses ───────────────────────────────────────────────────────────────────────────────────────────── */

static struct wrong_parameter {
    const char *fault, *told;
} wrong_parameters[] = {
    {"'fault':'ERROR_STATUS'", "\"status\" is missing"},
    {"'fault':'ERROR_STATUS','status':399", "between 400 and 599, and this is 399"},
    {"'fault':'ERROR_STATUS','status':503,'retry_after_s':-1", "between 0 and"},
    {"'fault':'RATE_LIMIT','limit':1", "\"window_s\" is missing"},
    {"'fault':'RATE_LIMIT','limit':1,'window_s':0", "\"window_s\" must be more than 0"},
    {"'fault':'RATE_LIMIT','limit':-1,'window_s':1", "between 0 and"},
    {"'fault':'RATE_LIMIT','limit':1,'window_s':1,'phase':'after_commit'", "phase is before_commit"},
    {"'fault':'DEGRADATION','ramp_s':0,'ms':1", "\"ramp_s\" must be more than 0"},
    {"'fault':'DEGRADATION','ramp_s':1", "takes \"probability\", \"ms\", or both"},
    {"'fault':'DEGRADATION','ramp_s':1,'probability':1.5", "between 0 and 1, and this is 1.5"},
    {"'fault':'REDIRECT'", "takes \"location\""},
    {"'fault':'REDIRECT','path':false", "takes \"location\""},
    {"'fault':'REDIRECT','location':'/x','port':1", "takes \"location\", or some of"},
    {"'fault':'REDIRECT','location':''", "the value of a header"},
    {"'fault':'REDIRECT','location':'/x\\r\\nA: b'", "the value of a header"},
    {"'fault':'REDIRECT','port':1,'status':304", "301, 302, 303, 307 or 308"},
    {"'fault':'REDIRECT','port':0", "between 1 and 65535"},
    {"'fault':'REDIRECT','host':'a:1'", "without a port"},
    {"'fault':'REDIRECT','host':'a/b'", "without a port"},
    {"'fault':'REDIRECT','scheme':'gopher'", "it is one of http, https"},
    {"'fault':'REDIRECT','scheme':'htps'", "did you mean \"http"},
    {"'fault':'REDIRECT','port':1,'hops':0", "between 1 and 1000"},
    {"'fault':'SCHEMA_DRIFT','phase':'after_commit','patch':[{'op':'null','path':'/a','value':1}]",
     "\"value\" is of \"set\" alone, and this is \"null\""},
    {"'fault':'MALFORMED_JSON','phase':'after_commit','mode':'bomb'", "did you mean \"bom\"?"},
    {"'fault':'MALFORMED_JSON','phase':'after_commit'", "\"mode\" is missing"},
    {"'fault':'MALFORMED_JSON','mode':'cut'", "phase is after_commit"},
    {"'fault':'WRONG_CONTENT_TYPE','phase':'after_commit','value':'a\\nb'", "the value of a header"},
    {"'fault':'BAD_ENCODING','phase':'after_commit','value':''", "the value of a header"},
    {"'fault':'OVERSIZED','phase':'after_commit'", "takes \"header_bytes\" or \"body_bytes\""},
    {"'fault':'OVERSIZED','phase':'after_commit','header_bytes':1,'body_bytes':1", "not both"},
    {"'fault':'OVERSIZED','phase':'after_commit','header_bytes':1048577", "between 1 and 1048576"},
    {"'fault':'TIMEOUT_THEN_CLOSE'", "\"ms\" is missing"},
    {"'fault':'TIMEOUT_THEN_CLOSE','ms':3600001", "between 0 and 3600000"},
    {"'fault':'CONNECTION_REFUSED','ms':0", "between 1 and 600000"},
    {"'fault':'CONNECTION_REFUSED','ms':1,'now':true,'match':{'operation':'cancel'}", "nothing can match"},
    {"'fault':'TRUNCATED_BODY','phase':'after_commit','bytes':1,'fraction':0.5", "not both"},
    {"'fault':'TRUNCATED_BODY','phase':'after_commit','fraction':1.01", "between 0 and 1"},
    {"'fault':'RESET_MID_RESPONSE','phase':'after_commit'", "takes \"bytes\" or \"fraction\""},
    {"'fault':'OVERLONG_BODY','phase':'after_commit','bytes':0", "between 1 and"},
    {"'fault':'WRONG_CONTENT_LENGTH','phase':'after_commit','delta':0", "would be no fault"},
    {"'fault':'DOUBLE_CONTENT_LENGTH','phase':'after_commit','delta':0.5", "must be an integer"},
    {"'fault':'EXTRA_BYTES','phase':'after_commit'", "takes \"bytes\" or \"bytes_base64\""},
    {"'fault':'EXTRA_BYTES','phase':'after_commit','bytes':''", "would be no fault"},
    {"'fault':'EXTRA_BYTES','phase':'after_commit','bytes_base64':'?'", "no Base64"},
    {"'fault':'INTERIM_RESPONSE','phase':'after_commit','status':101", "100, 102 or 103, and this is 101"},
    {"'fault':'INTERIM_RESPONSE','phase':'after_commit','status':100,'count':0", "between 1 and 1000"},
    {"'fault':'RANDOM_DATA_THEN_CLOSE','bytes':0", "between 1 and"},
    {"'fault':'DELAY_FIXED','ms':5", "phase is after_commit"},
    {"'fault':'DELAY_FIXED','phase':'after_commit','ms':-1", "between 0 and"},
    {"'fault':'DELAY_UNIFORM','phase':'after_commit','lower_ms':2,'upper_ms':1", "is below \"lower_ms\""},
    {"'fault':'DELAY_LOGNORMAL','phase':'after_commit','median_ms':0,'sigma':1", "\"median_ms\" must be more than 0"},
    {"'fault':'DELAY_LOGNORMAL','phase':'after_commit','median_ms':9,'sigma':1,'max_ms':8", "is below \"median_ms\""},
    {"'fault':'CHUNKED_DRIBBLE','phase':'after_commit','chunks':0,'ms':1", "between 1 and"},
    {"'fault':'DRIP','phase':'after_commit'", "\"ms\" is missing"},
    {"'fault':'STALL','phase':'after_commit','ms':0", "between 1 and"},
    {"'fault':'STALL','phase':'after_commit','bytes':1,'fraction':1", "not both"},
    {"'fault':'BANDWIDTH','phase':'after_commit','bytes_per_s':0", "between 1 and"},
    {"'fault':'SLICER','phase':'after_commit','bytes':3,'spread':3", "\"spread\" must be less than \"bytes\""},
    {"'fault':'SLOW_CLOSE','phase':'after_commit','ms':0", "between 1 and"},
    {"'fault':'STALE_KEEPALIVE','phase':'after_commit','ms':-1", "between 0 and"},
    {"'fault':'ACCEPT_DELAY','ms':1,'match':{'order':'x'}", "before there is a request: nothing can match"},
    {"'fault':'ACCEPT_DELAY','ms':1,'phase':'after_commit'", "phase is before_commit"},
    {"'fault':'SLOW_READ','bytes_per_s':0", "between 1 and"},
    {"'fault':'EMPTY_RESPONSE','when':{'probability':1.5}", "between 0 and 1, and this is 1.5"},
    {"'fault':'EMPTY_RESPONSE','when':{'probability':0.5,'first':1}", "takes one of"},
    {"'fault':'EMPTY_RESPONSE','ttl_s':0", "\"ttl_s\" must be more than 0"},
    {"'fault':'EMPTY_RESPONSE','ttl_s':-1", "between 0 and"},
    {"'fault':'EMPTY_RESPONSE','times':0", "between 1 and"},
    {"'fault':'EMPTY_RESPONSE','window':{}", "takes \"after_s\", \"for_s\", or both"},
    {"'fault':'EMPTY_RESPONSE','window':{'for_s':0}", "\"for_s\" must be more than 0"},
    {"'fault':'EMPTY_RESPONSE','window':{'afters_s':1}", "did you mean \"after_s\"?"},
    {"'fault':'EMPTY_RESPONSE','window':{'after_s':9},'ttl_s':9", "would never fire"},
    {"'fault':'EMPTY_RESPONSE','match':{'method':'put'}",
     "no method of a route is called \"put\"; did you mean \"PUT\"?"},
    {"'fault':'EMPTY_RESPONSE','match':{'method':'BREW'}", "no method of a route is called \"BREW\""},
    {"'fault':'EMPTY_RESPONSE','match':{'provider':'zaikio','method':'PACTH'}", "no method of that provider's routes"},
    {"'fault':'EMPTY_RESPONSE','match':{'header':{'name':'X Y'}}", "no header is called \"X Y\""},
    {"'fault':'EMPTY_RESPONSE','match':{'header':{'value':'x'}}", "\"name\" is missing"},
    {"'fault':'EMPTY_RESPONSE','match':{'header':{'name':'A','value':' x'}}", "white space around a value"},
    {"'fault':'EMPTY_RESPONSE','match':{'header':{'name':'A','value':'x\\ny'}}", "has a line break"},
};

static void is_refused(void *context)
{
    const struct wrong_parameter *own = context;
    struct mock_server *server = start_server();
    char *json = mem_print("{%s}", own->fault);
    for (char *c = json; *c != '\0'; c++)
        *c = *c == '\'' ? '"' : *c;
    cJSON *answer = steer(server, "POST", "/_mock/faults", json, 400);
    CHECK_CONTAINS(json_string_or(answer, "error", ""), own->told);
    cJSON *list = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(list, "faults")), 0);
    cJSON_Delete(list);
    cJSON_Delete(answer);
    free(json);
    mock_server_stop(server);
}

void suite_fault_effects(void)
{
    for (size_t i = 0; i < COUNT_OF(effects); i++)
        register_test("faults", effects[i].fault, changes_the_answer, &effects[i]);
    for (size_t i = 0; i < COUNT_OF(wrong_parameters); i++) {
        char *name = mem_print("refused: %s", wrong_parameters[i].fault);
        register_test("faults", name, is_refused, &wrong_parameters[i]);
        free(name);
    }
    register_test("faults", "chunks have a length", chunks_have_a_length, NULL);
    register_test("faults", "bytes are counted plain", counts_plain_bytes, NULL);
    register_test("faults", "a lost answer is late, too", a_lost_answer_is_late_too, NULL);
    register_test("faults", "random bytes repeat", random_bytes_repeat, NULL);
    register_test("faults", "long tails are bounded", long_tails_are_bounded, NULL);
    register_test("faults", "chains end", chains_end, NULL);
}
