/* transport/inlet.c alone: where the bytes are parted makes no difference, and what it holds is bounded. */
#include "transport/inlet.h"

#include <stdlib.h>
#include <string.h>

#include "base/tests/check.h"
#include "tests/suites.h"

#define CANCEL "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define LINE   "PUT " CANCEL " HTTP/1.1\r\n"
#define KEY    "Access-Token: your-access-token\r\n"
#define JSON   "Content-Type: application/json\r\n"
#define BODY   "{\"reason_id\":3}" /* 15 bytes */
#define HOST   "Host: x\r\n"

static const char stream[] =
    "\r\n" LINE HOST KEY JSON "Content-Length: 15\r\n\r\n" BODY "GET /a?b HTTP/1.1\r\n" HOST "\r\n"
    "POST /c HTTP/1.1\n" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: u\r\n\r\n"
    "GET /bad HTTP/1.1\r\n" HOST HOST "\r\nGET /never HTTP/1.1\r\n" HOST "\r\n";

/* What the library would read, and the requests, as one text. */
static char *through(const char *bytes, size_t size, size_t piece, size_t buffer_size)
{
    struct inlet inlet = INLET_INIT(1000);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    char buffer[4096];
    for (size_t at = 0; at < size; at += piece) {
        size_t given = 0;
        inlet_take(&inlet, bytes + at, size - at < piece ? size - at : piece);
        while ((given = inlet_give(&inlet, buffer, buffer_size)) > 0)
            text_add_bytes(&out, buffer, given);
    }
    for (struct intake *intake = inlet_next(&inlet); intake != NULL; intake = inlet_next(&inlet)) {
        const struct request *request = &intake->x->request;
        text_print(&out, "[%s %s %zu %llu%s]", request->method, request->target, request->header_count,
                   (unsigned long long)request->bytes, request->unread == NULL ? "" : " unread");
        intake_free(intake);
    }
    inlet_release(&inlet);
    return text_take(&out);
}

static const char whole_stream[] =
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\n" BODY "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

static void parted_anywhere(void *context)
{
    (void)context;
    for (size_t piece = 1; piece < sizeof stream; piece++) {
        char *text = through(stream, sizeof stream - 1, piece, piece % 7 + 1);
        CHECK(strstr(text, "[PUT " CANCEL " 4 194]") != NULL);
        CHECK(strstr(text, "[GET /a?b 1 30]") != NULL);
        CHECK(strstr(text, "[POST /c 2 84]") != NULL);
        CHECK(strstr(text, "[GET /bad 2 ") != NULL && strstr(text, " unread]") != NULL);
        CHECK(strstr(text, "/never") == NULL);
        free(text);
    }
    char *text = through(stream, sizeof stream - 1, sizeof stream, sizeof stream);
    CHECK(strncmp(text, whole_stream, strlen(whole_stream)) == 0);
    free(text);
}

/* Of a hostile pipeline no more is held than sixteen times what the library's buffer holds. */
static void a_pipeline_is_bounded(void *context)
{
    struct inlet inlet = INLET_INIT(1000);
    struct text head = TEXT_INIT(TEXT_UNBOUNDED);
    size_t taken = 0;
    (void)context;
    text_add(&head, "POST / HTTP/1.1\r\n" HOST "Content-Length: 15\r\nX-Pad: ");
    while (head.length < 32000)
        text_add_char(&head, 'p');
    text_add(&head, "\r\n\r\n");
    while (inlet.out.length < 8192 && taken < 10000000) {
        inlet_take(&inlet, text_cstr(&head), head.length);
        inlet_take(&inlet, BODY, strlen(BODY));
        taken += head.length;
    }
    CHECK(taken <= (size_t)16 * 8192 + 32000);
    inlet_release(&inlet);
    text_release(&head);
}

void suite_inlet(void)
{
    register_test("inlet", "it does not mind where bytes are parted", parted_anywhere, NULL);
    register_test("inlet", "what a pipeline holds is bounded", a_pipeline_is_bounded, NULL);
}
