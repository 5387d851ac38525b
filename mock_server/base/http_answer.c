#include "base/http_answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/number.h"

#define CHUNK_LINE_MAX 4096

void http_answer_release(struct http_answer *answer)
{
    text_release(&answer->head);
    text_release(&answer->body);
    free(answer->problem);
    *answer = (struct http_answer){0};
}

void http_reading_release(struct http_reading *reading)
{
    text_release(&reading->raw);
}

/* ── Headers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The next header line at or after *at: its name and value as they stand; *at moves behind it. */
static bool next_header(const char **at, struct text *name, struct text *value)
{
    const char *line = strstr(*at, "\r\n");
    if (line == NULL || line[2] == '\r' || line[2] == '\0')
        return false;
    line += 2;
    size_t length = strcspn(line, "\r"), colon = strcspn(line, ":\r"), start = colon + (line[colon] == ':');
    while (start < length && (line[start] == ' ' || line[start] == '\t'))
        start++;
    size_t end = length;
    while (end > start && (line[end - 1] == ' ' || line[end - 1] == '\t'))
        end--;
    text_clear(name);
    text_clear(value);
    text_add_bytes(name, line, colon);
    text_add_bytes(value, line + start, end - start);
    *at = line + length;
    return true;
}

char *http_phrase(const struct http_answer *answer)
{
    const char *code = strchr(text_cstr(&answer->head), ' ');
    const char *words = code != NULL ? strchr(code + 1, ' ') : NULL;
    return words != NULL ? mem_print("%.*s", (int)strcspn(words + 1, "\r\n"), words + 1) : mem_dup("");
}

char *http_header(const struct http_answer *answer, const char *name)
{
    struct text all = TEXT_INIT(TEXT_UNBOUNDED), line = TEXT_INIT(TEXT_UNBOUNDED), value = TEXT_INIT(TEXT_UNBOUNDED);
    bool found = false;
    for (const char *at = text_cstr(&answer->head); next_header(&at, &line, &value);) {
        if (!ascii_equal(text_cstr(&line), name))
            continue;
        text_print(&all, "%s%s", found ? ", " : "", text_cstr(&value));
        found = true;
    }
    text_release(&line);
    text_release(&value);
    char *text = text_take(&all);
    if (found)
        return text;
    free(text);
    return NULL;
}

cJSON *http_headers(const struct http_answer *answer)
{
    struct text name = TEXT_INIT(TEXT_UNBOUNDED), value = TEXT_INIT(TEXT_UNBOUNDED);
    cJSON *list = cJSON_CreateArray();
    for (const char *at = text_cstr(&answer->head); next_header(&at, &name, &value);) {
        cJSON *pair = cJSON_CreateArray();
        json_push_string(pair, text_cstr(&name));
        json_push_string(pair, text_cstr(&value));
        cJSON_AddItemToArray(list, pair);
    }
    text_release(&name);
    text_release(&value);
    return list;
}

/* ── The head ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_broken(struct http_reading *reading, char *problem)
{
    free(reading->answer->problem);
    reading->answer->problem = problem;
    reading->part = HTTP_BROKEN;
    return false;
}

static int status_in(const char *head)
{
    int status = 0;
    bool good = strncmp(head, "HTTP/1.", 7) == 0 && head[7] && head[8] == ' ';
    for (int i = 9; good && i < 12; i++) {
        good = head[i] >= '0' && head[i] <= '9';
        status = status * 10 + (head[i] - '0');
    }
    return good ? status : 0;
}

/* Bytes up to the end of the part and with it; 0 while it has not come. What has been searched is not searched again.
 */
static size_t end_of_part(struct http_reading *reading, const char *mark)
{
    size_t length = strlen(mark), from = reading->searched >= length ? reading->searched - length + 1 : 0;
    const char *end =
        reading->raw.length > from ? memmem(reading->raw.bytes + from, reading->raw.length - from, mark, length) : NULL;
    reading->searched = end == NULL ? reading->raw.length : 0;
    return end == NULL ? 0 : (size_t)(end - reading->raw.bytes) + length;
}

static bool is_chunked(const struct http_answer *answer)
{
    char *coding = http_header(answer, "Transfer-Encoding");
    bool chunked = coding != NULL && ascii_equal(coding, "chunked");
    free(coding);
    return chunked;
}

/* The length that the head tells; -1 where it tells none. */
static int64_t told_length(const struct http_answer *answer)
{
    int64_t length = -1;
    char *text = http_header(answer, "Content-Length");
    if (text != NULL)
        number_read(text, 0, INT64_MAX, &length);
    free(text);
    return length;
}

static enum http_part part_behind_head(struct http_reading *reading)
{
    const struct http_answer *answer = reading->answer;
    if (!reading->has_body || answer->status == 204 || answer->status == 304)
        return HTTP_WHOLE;
    if (is_chunked(answer))
        return HTTP_CHUNKS;
    reading->left = told_length(answer);
    return reading->left < 0 ? HTTP_TO_THE_END : HTTP_LENGTH;
}

/* Each of these three takes its part off what came; false while there is too little. */
static bool take_head(struct http_reading *reading)
{
    size_t length = end_of_part(reading, "\r\n\r\n");
    if (length == 0)
        return false;
    int status = status_in(reading->raw.bytes);
    if (status < 100 || status >= 200 || status == 101) {
        reading->answer->status = status;
        text_add_bytes(&reading->answer->head, reading->raw.bytes, length);
        reading->part = part_behind_head(reading);
    }
    text_drop(&reading->raw, length);
    return status > 0 || is_broken(reading, mem_dup("something that is not HTTP"));
}

/* ── The body ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool take_length(struct http_reading *reading)
{
    size_t some = (uint64_t)reading->left < reading->raw.length ? (size_t)reading->left : reading->raw.length;
    text_add_bytes(&reading->answer->body, text_cstr(&reading->raw), some);
    text_drop(&reading->raw, some);
    reading->left -= (int64_t)some;
    if (reading->left == 0)
        reading->part = HTTP_WHOLE;
    return false;
}

/* The hexadecimal digits that begin a line; false when there are none, or too many. */
static bool chunk_size(const char *line, int64_t *out)
{
    size_t length = strspn(line, "0123456789abcdefABCDEF");
    char *digits = mem_dup_bytes(line, length);
    bool good = number_read_hex(digits, (int64_t)HTTP_ANSWER_MAX, out);
    free(digits);
    return good;
}

static bool take_chunk(struct http_reading *reading)
{
    int64_t size = 0;
    const char *end =
        reading->raw.length > 0 ? memmem(reading->raw.bytes, reading->raw.length, "\r\n", strlen("\r\n")) : NULL;
    if (end == NULL && reading->raw.length < CHUNK_LINE_MAX)
        return false;
    if (end == NULL || !chunk_size(reading->raw.bytes, &size))
        return is_broken(reading, mem_dup("a chunk of the body says no length"));
    size_t line = (size_t)(end - reading->raw.bytes);
    if (size == 0) {
        text_drop(&reading->raw, line); /* its line break begins the end of the trailer */
        reading->part = HTTP_TRAILER;
        return true;
    }
    size_t whole = line + (size_t)size + 2 * strlen("\r\n");
    if (reading->raw.length < whole)
        return false;
    text_add_bytes(&reading->answer->body, end + strlen("\r\n"), (size_t)size);
    text_drop(&reading->raw, whole);
    return true;
}

static bool take_trailer(struct http_reading *reading)
{
    if (end_of_part(reading, "\r\n\r\n") > 0)
        reading->part = HTTP_WHOLE;
    return false;
}

static bool take_rest(struct http_reading *reading)
{
    text_add_bytes(&reading->answer->body, text_cstr(&reading->raw), reading->raw.length);
    text_clear(&reading->raw);
    return false;
}

static bool take_part(struct http_reading *reading)
{
    static bool (*const parts[])(struct http_reading *) = {
        [HTTP_HEAD] = take_head,       [HTTP_LENGTH] = take_length,   [HTTP_CHUNKS] = take_chunk,
        [HTTP_TRAILER] = take_trailer, [HTTP_TO_THE_END] = take_rest,
    };
    return reading->part < HTTP_WHOLE && parts[reading->part](reading);
}

bool http_reading_take(struct http_reading *reading, const char *bytes, size_t size)
{
    reading->raw.max = TEXT_UNBOUNDED;
    text_add_bytes(&reading->raw, bytes, size);
    reading->bytes += size;
    while (take_part(reading))
        ;
    if (reading->part < HTTP_WHOLE && reading->bytes > HTTP_ANSWER_MAX)
        (void)is_broken(reading, mem_print("an answer of more than %zu bytes", HTTP_ANSWER_MAX));
    return reading->part >= HTTP_WHOLE;
}

bool http_reading_end(struct http_reading *reading)
{
    if (reading->part == HTTP_TO_THE_END)
        reading->part = HTTP_WHOLE;
    return reading->part == HTTP_WHOLE;
}
