/*
 * JUnit's XML, as CI servers read it: testsuites, testsuite, testcase, and inside of it failure, error or skipped. Gaps
 * are skipped with their reason; warnings pass, with their text in system-out.
 *
 * XML 1.0 has no way to write most control characters, nor bytes that are no UTF-8, so they are replaced.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "report/text.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"
#include "support/string.h"

/* -- XML -------------------------------------------------------------------------------------------------------- */

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
    size_t length = scan_letter(at, left);
    if (length == 1)
        return *at >= 0x20 && *at != 0x7f;
    bool noncharacter = length == 3 && (memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0);
    return noncharacter ? 0 : length;
}

void report_xml_text(const char *text, FILE *to)
{
    size_t left = strlen(text);
    while (left) {
        const char *escaped = entity(*text);
        size_t length = escaped ? 1 : letter(text, left);
        if (escaped)
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
    report_xml_text(value ? value : "", to);
    fputc('"', to);
}

static void element(const char *name, const char *message, const char *body, FILE *to)
{
    fprintf(to, "      <%s", name);
    if (message)
        attribute("message", message, to);
    fputc('>', to);
    report_xml_text(body, to);
    fprintf(to, "</%s>\n", name);
}

/* -- cases ------------------------------------------------------------------------------------------------------ */

static double seconds(const struct slot *slot)
{
    return doc_int(slot->result, "duration_ms", 0) / 1000.0;
}

static void write_outcome(const struct run *run, const struct slot *slot, FILE *to)
{
    char *message = text_of_first_finding(slot);
    char *details = text_of_failure(run, slot);
    char *titled = must_format("%s: %s", status_name(slot->status), message);
    if (slot->status == STATUS_ERROR)
        element("error", titled, details, to);
    else if (status_is_failure(slot->status))
        element("failure", titled, details, to);
    else if (status_is_gap(slot->status))
        element("skipped", titled, "", to);
    else
        element("system-out", NULL, details, to);
    free(titled);
    free(details);
    free(message);
}

static void write_case(const struct run *run, const struct slot *slot, FILE *to)
{
    fputs("    <testcase", to);
    attribute("classname", slot->item->suite, to);
    attribute("name", slot->item->address, to);
    fprintf(to, " time=\"%.3f\"", seconds(slot));
    if (slot->status == STATUS_PASS) {
        fputs("/>\n", to);
        return;
    }
    fputs(">\n", to);
    write_outcome(run, slot, to);
    fputs("    </testcase>\n", to);
}

/* -- suites ----------------------------------------------------------------------------------------------------- */

struct sums {
    size_t tests, failures, errors, skipped;
    double seconds;
};

static void sum(struct sums *sums, const struct slot *slot)
{
    sums->tests++;
    sums->errors += slot->status == STATUS_ERROR;
    sums->failures += status_is_failure(slot->status) && slot->status != STATUS_ERROR;
    sums->skipped += status_is_gap(slot->status) && slot->status != STATUS_ERROR;
    sums->seconds += seconds(slot);
}

static void write_sums(const struct sums *sums, FILE *to)
{
    fprintf(to, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\"", sums->tests,
            sums->failures, sums->errors, sums->skipped, sums->seconds);
}

static bool is_first_of_suite(const struct run *run, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(run->slots[i].item->suite, run->slots[index].item->suite) == 0)
            return false;
    return true;
}

static void write_suite(const struct run *run, size_t first, FILE *to)
{
    const char *name = run->slots[first].item->suite;
    struct sums sums = {0};
    for (size_t i = first; i < run->plan->count; i++)
        if (strcmp(run->slots[i].item->suite, name) == 0)
            sum(&sums, &run->slots[i]);
    fputs("  <testsuite", to);
    attribute("name", name, to);
    write_sums(&sums, to);
    fputs(">\n", to);
    for (size_t i = first; i < run->plan->count; i++)
        if (strcmp(run->slots[i].item->suite, name) == 0)
            write_case(run, &run->slots[i], to);
    fputs("  </testsuite>\n", to);
}

void report_junit(const struct run *run, FILE *to)
{
    struct sums sums = {0};
    for (size_t i = 0; i < run->plan->count; i++)
        sum(&sums, &run->slots[i]);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cancelcheck\"", to);
    write_sums(&sums, to);
    fputs(">\n", to);
    for (size_t i = 0; i < run->plan->count; i++)
        if (is_first_of_suite(run, i))
            write_suite(run, i, to);
    fputs("</testsuites>\n", to);
}
