/*
 * The adapter as a process sees it: lines in, lines out.
 */

#include "tests/check.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/adapter.h"

static const char hello[] = "{\"id\":0,\"protocol\":1,\"client\":{\"name\":\"cancelorder\",\"version\":";

static const struct row {
    const char *name;
    const char *input;
    const char *output; /* the beginning of what must come */
    int lines;
} rows[] = {
    {"hello", "{\"cmd\":\"hello\",\"id\":0,\"protocol\":1,\"suite\":\"9\",\"x\":{}}\n", hello, 1},
    {"other_protocol", "{\"cmd\":\"hello\",\"id\":0,\"protocol\":2}\n", "{\"id\":0,\"errored\":", 1},
    {"end_of_input", "", "", 0},
    {"bye", "{\"cmd\":\"bye\",\"id\":9}\n{\"cmd\":\"hello\",\"id\":0,\"protocol\":1}\n", "", 0},
    {"broken_line", "{\"cmd\":\n", "{\"id\":null,\"errored\":{\"message\":", 1},
    {"not_an_object", "[1]\n", "{\"id\":null,\"errored\":{\"message\":", 1},
    {"empty_lines", "\n \r\n\n", "", 0},
    {"crlf", "{\"cmd\":\"hello\",\"id\":0,\"protocol\":1}\r\n", hello, 1},
    {"no_last_newline", "{\"cmd\":\"hello\",\"id\":0,\"protocol\":1}", hello, 1},
    {"unknown_command", "{\"cmd\":\"jump\",\"id\":3}\n", "{\"id\":3,\"errored\":", 1},
    {"text_id", "{\"cmd\":\"jump\",\"id\":\"a\\\"b\"}\n", "{\"id\":\"a\\\"b\",\"errored\":", 1},
    {"large_id", "{\"cmd\":\"jump\",\"id\":9007199254740993}\n", "{\"id\":9007199254740993,\"errored\":", 1},
    {"unknown_provider", "{\"cmd\":\"run\",\"id\":1,\"provider\":\"shopify\"}\n",
     "{\"id\":1,\"skipped\":{\"feature\":\"shopify\",\"reason\":", 1},
    {"unknown_operation", "{\"cmd\":\"run\",\"id\":1,\"provider\":\"dukkango\",\"operation\":\"refund\"}\n",
     "{\"id\":1,\"skipped\":{\"feature\":\"refund\",\"reason\":", 1},
    {"wrong_type",
     "{\"cmd\":\"run\",\"id\":1,\"provider\":\"dukkango\",\"operation\":\"cancel\","
     "\"arguments\":[]}\n",
     "{\"id\":1,\"errored\":{\"message\":\"arguments is of the wrong type\"}}", 1},
    {"bad_deadline",
     "{\"cmd\":\"run\",\"id\":1,\"provider\":\"dukkango\",\"operation\":\"cancel\","
     "\"deadline_ms\":0}\n",
     "{\"id\":1,\"errored\":{\"message\":\"deadline_ms", 1},
    {"local_refusal",
     "{\"cmd\":\"run\",\"id\":1,\"provider\":\"dukkango\",\"operation\":\"cancel\",\"base_url\":"
     "\"http://127.0.0.1:1/x\",\"credentials\":{\"access_token\":\"t\"},\"arguments\":{"
     "\"order_id\":\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\",\"reason_id\":9},\"extra\":1}\n",
     "{\"id\":1,\"outcome\":\"invalid\",\"local\":true,", 1},
    {"reason_null",
     "{\"cmd\":\"run\",\"id\":1,\"provider\":\"dukkango\",\"operation\":\"cancel\",\"base_url\":"
     "\"http://127.0.0.1:1/x\",\"credentials\":{\"access_token\":\"t\"},\"arguments\":{"
     "\"order_id\":\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\",\"reason_id\":null}}\n",
     "{\"id\":1,\"outcome\":\"invalid\",\"local\":true,\"message\":\"reason_id is missing", 1},
    {"reason_list",
     "{\"cmd\":\"run\",\"id\":1,\"provider\":\"dukkango\",\"operation\":\"cancel\",\"base_url\":"
     "\"http://127.0.0.1:1/x\",\"credentials\":{\"access_token\":\"t\"},\"arguments\":{"
     "\"order_id\":\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\",\"reason_id\":[3]}}\n",
     "{\"id\":1,\"outcome\":\"invalid\",\"local\":true,", 1},
    {"two_commands", "{\"cmd\":\"jump\",\"id\":1}\n{\"cmd\":\"jump\",\"id\":2}\n", "{\"id\":1,\"errored\":", 2},
    {"abort_of_nothing", "{\"cmd\":\"abort\",\"id\":5}\n{\"cmd\":\"jump\",\"id\":1}\n", "{\"id\":1,\"errored\":", 1},
};

static char *serve(const char *input, size_t length, int *status)
{
    FILE *file = tmpfile();
    char *out = NULL;
    size_t out_length;
    FILE *out_file = open_memstream(&out, &out_length);
    fwrite(input, 1, length, file);
    fflush(file);
    lseek(fileno(file), 0, SEEK_SET);
    *status = adapter_run(fileno(file), out_file);
    fclose(file);
    fclose(out_file);
    return out;
}

static int line_count(const char *text)
{
    int lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void lines(const void *context)
{
    const struct row *row = context;
    int status;
    char *out = serve(row->input, strlen(row->input), &status);
    CHECK_INTEGER(status, 0);
    CHECK_INTEGER(line_count(out), row->lines);
    if (strncmp(out, row->output, strlen(row->output)) != 0)
        CHECK_TEXT(out, row->output);
    else
        CHECK(true);
    free(out);
}

/* A line above 1 MiB is answered as broken, and the next one is read. */
static void long_line(const void *context)
{
    static const char next[] = "\n{\"cmd\":\"jump\",\"id\":1}\n";
    size_t length = (2u << 20) + sizeof next - 1;
    char *input = malloc(length);
    (void)context;
    memset(input, 'x', 2u << 20);
    memcpy(input + (2u << 20), next, sizeof next - 1);
    int status;
    char *out = serve(input, length, &status);
    CHECK_INTEGER(status, 0);
    CHECK_INTEGER(line_count(out), 2);
    CHECK_CONTAINS(out, "{\"id\":null,\"errored\":");
    CHECK_CONTAINS(out, "{\"id\":1,\"errored\":");
    free(out);
    free(input);
}

static void nul_byte(const void *context)
{
    static const char input[] = "{\"cmd\":\"jump\0\",\"id\":1}\n{\"cmd\":\"jump\",\"id\":2}\n";
    int status;
    char *out = serve(input, sizeof input - 1, &status);
    (void)context;
    CHECK_INTEGER(status, 0);
    CHECK_INTEGER(line_count(out), 2);
    CHECK_CONTAINS(out, "{\"id\":null,\"errored\":");
    CHECK_CONTAINS(out, "{\"id\":2,");
    free(out);
}

void register_adapter_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        register_test("adapter", rows[i].name, lines, &rows[i]);
    register_test("adapter", "long_line", long_line, NULL);
    register_test("adapter", "nul_byte", nul_byte, NULL);
}
