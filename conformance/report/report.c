/* The table of kinds, and opening files. */
#include "report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases/registry.h"
#include "support/memory.h"
#include "support/string.h"

static const struct report_kind kinds[] = {
    {"json", report_json},
    {"junit", report_junit},
};

const struct report_kind *report_kind_of(const char *name)
{
    for (size_t i = 0; i < CHECK_COUNT(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

char *report_kind_names(void)
{
    struct string out = {0};
    for (size_t i = 0; i < CHECK_COUNT(kinds); i++)
        string_format(&out, "%s%s", i ? ", " : "", kinds[i].name);
    return string_take(&out);
}

static bool has_provider(const struct run *run, const char *provider)
{
    for (size_t i = 0; i < run->plan->count; i++)
        if (strcmp(run->plan->items[i].table->profile.provider, provider) == 0)
            return true;
    return false;
}

char *report_providers(const struct run *run)
{
    struct string out = {0};
    for (size_t i = 0; i < check_table_count(); i++) {
        const char *provider = check_table_at(i)->profile.provider;
        if (has_provider(run, provider))
            string_format(&out, "%s%s", out.length ? ", " : "", provider);
    }
    return string_take(&out);
}

/* Pipes and devices are left alone: opening them may block, or end what reads them. */
static int check_file(const char *path)
{
    struct stat about;
    if (strcmp(path, "-") == 0 || (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)))
        return 0;
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file >= 0)
        return close(file);
    fprintf(stderr, "cancelcheck: --report: cannot write %s: %s\n", path, strerror(errno));
    return -1;
}

int report_check_files(const struct options *options)
{
    int done = 0;
    for (size_t i = 0; i < options->reports.count; i++)
        if (check_file(strchr(options->reports.list[i], '=') + 1) < 0)
            done = -1;
    return done;
}

static int write_one(const struct run *run, const char *request)
{
    const char *path = strchr(request, '=') + 1;
    char *name = must_copy_bytes(request, (size_t)(path - 1 - request));
    const struct report_kind *kind = report_kind_of(name);
    free(name);
    bool to_stdout = strcmp(path, "-") == 0;
    FILE *to = to_stdout ? stdout : fopen(path, "w");
    if (to)
        kind->write(run, to);
    bool written = to && fflush(to) == 0 && !ferror(to);
    if (to && !to_stdout)
        written = fclose(to) == 0 && written;
    if (!written)
        fprintf(stderr, "cancelcheck: cannot write %s: %s\n", path, strerror(errno));
    return written ? 0 : -1;
}

int report_write_all(const struct run *run)
{
    int done = 0;
    for (size_t i = 0; i < run->options->reports.count; i++)
        if (write_one(run, run->options->reports.list[i]) < 0)
            done = -1;
    return done;
}
