#include "base/junit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

/* ── XML ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *entity(char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    case '\t':
        return "&#9;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

/* Bytes of the letter that starts here; 0 when it is none, or one that XML does not know. */
static size_t letter(const char *at, size_t left)
{
    size_t length = utf8_character(at, left);
    if (length == 1)
        return *at >= 0x20 && *at != 0x7f;
    bool noncharacter = length == 3 && (memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0);
    return noncharacter ? 0 : length;
}

static void write_text(const char *text, FILE *to)
{
    size_t left = strlen(text);
    while (left) {
        const char *escaped = entity(*text);
        size_t length = escaped != NULL ? 1 : letter(text, left);
        if (escaped != NULL)
            fputs(escaped, to);
        else if (length)
            fwrite(text, 1, length, to);
        else
            fputs("\xef\xbf\xbd", to);
        length = length ? length : 1;
        text += length;
        left -= length;
    }
}

static void attribute(const char *name, const char *value, FILE *to)
{
    fprintf(to, " %s=\"", name);
    write_text(value != NULL ? value : "", to);
    fputc('"', to);
}

static void element(const char *name, const char *message, const char *body, FILE *to)
{
    fprintf(to, "      <%s", name);
    if (message != NULL)
        attribute("message", message, to);
    fputc('>', to);
    write_text(body != NULL ? body : "", to);
    fprintf(to, "</%s>\n", name);
}

/* Seconds with three digits. */
static void write_time(int64_t duration_ms, FILE *to)
{
    char seconds[NUMBER_TEXT_MAX];
    if (duration_ms >= 0)
        fprintf(to, " time=\"%s\"", number_write_fixed(duration_ms, 3, seconds));
}

/* ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_outcome(const struct junit_case *one, FILE *to)
{
    static const char *const names[] = {[JUNIT_FAILURE] = "failure",
                                        [JUNIT_ERROR] = "error",
                                        [JUNIT_SKIPPED] = "skipped",
                                        [JUNIT_NOTED] = "system-out"};
    element(names[one->outcome], one->outcome == JUNIT_NOTED ? NULL : one->message, one->details, to);
}

static void write_case(const struct junit_case *one, FILE *to)
{
    fputs("    <testcase", to);
    attribute("classname", one->classname, to);
    attribute("name", one->name, to);
    write_time(one->duration_ms, to);
    if (one->outcome == JUNIT_PASSED) {
        fputs("/>\n", to);
        return;
    }
    fputs(">\n", to);
    write_outcome(one, to);
    fputs("    </testcase>\n", to);
}

/* ── Suites ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct sums {
    size_t tests, failures, errors, skipped;
    int64_t duration_ms; /* -1: nobody measured any */
};

static bool is_of(const struct junit_case *one, const char *suite)
{
    return suite == NULL || strcmp(one->suite, suite) == 0;
}

/* Of one suite; NULL: of all. */
static void write_sums(const struct junit_case *cases, size_t count, const char *suite, FILE *to)
{
    struct sums sums = {.duration_ms = -1};
    for (size_t i = 0; i < count; i++) {
        const struct junit_case *one = &cases[i];
        if (!is_of(one, suite))
            continue;
        sums.tests++;
        sums.errors += one->outcome == JUNIT_ERROR;
        sums.failures += one->outcome == JUNIT_FAILURE;
        sums.skipped += one->outcome == JUNIT_SKIPPED;
        if (one->duration_ms >= 0)
            sums.duration_ms = (sums.duration_ms < 0 ? 0 : sums.duration_ms) + one->duration_ms;
    }
    fprintf(to, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", sums.tests, sums.failures,
            sums.errors, sums.skipped);
    write_time(sums.duration_ms, to);
}

static bool is_first_of_suite(const struct junit_case *cases, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (is_of(&cases[i], cases[index].suite))
            return false;
    return true;
}

static void write_suite(const struct junit_case *cases, size_t count, const char *name, FILE *to)
{
    fputs("  <testsuite", to);
    attribute("name", name, to);
    write_sums(cases, count, name, to);
    fputs(">\n", to);
    for (size_t i = 0; i < count; i++)
        if (is_of(&cases[i], name))
            write_case(&cases[i], to);
    fputs("  </testsuite>\n", to);
}

void junit_write(const char *program, const struct junit_case *cases, size_t count, FILE *to)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", to);
    attribute("name", program, to);
    write_sums(cases, count, NULL, to);
    fputs(">\n", to);
    for (size_t i = 0; i < count; i++)
        if (is_first_of_suite(cases, i))
            write_suite(cases, count, cases[i].suite, to);
    fputs("</testsuites>\n", to);
}

void junit_release(struct junit_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(cases[i].message);
        free(cases[i].details);
    }
    free(cases);
}
