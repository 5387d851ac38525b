/* Names of kinds, and opening files. */
#include "base/report_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const kinds[REPORT_KIND_COUNT] = {
#define X(name, word) [REPORT_##name] = word,
    REPORT_KINDS(X)
#undef X
};

const char *report_kind_names(void)
{
#define X(name, word) ", " word
    static const char names[] = REPORT_KINDS(X);
#undef X
    return names + 2;
}

bool report_request_read(const char *request, enum report_kind *kind, const char **path)
{
    size_t length = strcspn(request, "=");
    if (request[length] == '\0' || request[length + 1] == '\0')
        return false;
    for (int i = 0; i < REPORT_KIND_COUNT; i++) {
        if (strlen(kinds[i]) != length || strncmp(kinds[i], request, length) != 0)
            continue;
        *kind = (enum report_kind)i;
        *path = request + length + 1;
        return true;
    }
    return false;
}

static const char *path_of(const char *request)
{
    return strchr(request, '=') + 1;
}

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

bool report_request_check(const char *request, const struct words *all, struct text *problem)
{
    enum report_kind kind = REPORT_JSON;
    const char *path = NULL;
    size_t to_stdout = 0;
    if (!report_request_read(request, &kind, &path)) {
        text_print(problem, "takes KIND=FILE with one of %s, not \"%s\"", report_kind_names(), request);
        return false;
    }
    for (size_t i = 0; i < all->count; i++)
        to_stdout += report_request_read(all->list[i], &kind, &path) && is_stdout(path);
    if (to_stdout <= 1)
        return true;
    text_add(problem, "only one report can go to standard output");
    return false;
}

bool report_files_use_stdout(const struct words *requests)
{
    for (size_t i = 0; i < requests->count; i++)
        if (is_stdout(path_of(requests->list[i])))
            return true;
    return false;
}

/* Pipes and devices are left alone: opening them may block, or end what reads them. */
static int check_file(const char *program, const char *path)
{
    struct stat about;
    if (is_stdout(path) || (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)))
        return 0;
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file >= 0)
        return close(file);
    fprintf(stderr, "%s: --report: cannot write %s: %s\n", program, path, strerror(errno));
    return -1;
}

int report_files_check(const char *program, const struct words *requests)
{
    int done = 0;
    for (size_t i = 0; i < requests->count; i++)
        if (check_file(program, path_of(requests->list[i])) < 0)
            done = -1;
    return done;
}

static int write_one(const char *program, const char *request, report_writer *const writers[REPORT_KIND_COUNT],
                     const void *what)
{
    enum report_kind kind = REPORT_JSON;
    const char *path = NULL;
    if (!report_request_read(request, &kind, &path))
        return -1; /* the command line refused it */
    FILE *to = is_stdout(path) ? stdout : fopen(path, "w");
    if (to != NULL)
        writers[kind](what, to);
    bool written = to != NULL && fflush(to) == 0 && !ferror(to);
    if (to != NULL && to != stdout)
        written = fclose(to) == 0 && written;
    if (!written)
        fprintf(stderr, "%s: cannot write %s: %s\n", program, path, strerror(errno));
    return written ? 0 : -1;
}

int report_files_write(const char *program, const struct words *requests,
                       report_writer *const writers[REPORT_KIND_COUNT], const void *what)
{
    int done = 0;
    for (size_t i = 0; i < requests->count; i++)
        if (write_one(program, requests->list[i], writers, what) < 0)
            done = -1;
    return done;
}
