/* base/line_writer: a line leaves at once, waits without anybody waiting for it, is never glued, and never lost in
 * silence. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/line_writer.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/suites.h"

#define PATIENCE_MS 20000

/* A folder with one path in it, and what the writer told. */
struct place {
    char folder[64], path[96];
    struct text told;
    struct line_writer *writer;
};

static void take_note(void *context, const char *sentence)
{
    struct place *place = context;
    text_print(&place->told, "%s\n", sentence);
}

static void place_open(struct place *place)
{
    *place = (struct place){.folder = "/tmp/line-writer-XXXXXX", .told = TEXT_INIT(65536)};
    CHECK(mkdtemp(place->folder) != NULL);
    snprintf(place->path, sizeof place->path, "%s/lines", place->folder);
}

static void place_write(struct place *place, size_t room)
{
    struct text problem = TEXT_INIT(1024);
    struct line_writer_options options = {.room = room, .tell = take_note, .context = place};
    place->writer = line_writer_open(place->path, &options, &problem);
    CHECK(place->writer != NULL);
    text_release(&problem);
}

static void place_close(struct place *place)
{
    unlink(place->path);
    rmdir(place->folder);
    text_release(&place->told);
}

/* "refused" is what is wrong with this path, without the path. */
static void refused(const struct place *place, const char *expected)
{
    struct text problem = TEXT_INIT(1024);
    CHECK(line_writer_open(place->path, &(struct line_writer_options){0}, &problem) == NULL);
    CHECK_TEXT(text_cstr(&problem) + strlen(place->path), expected);
    text_release(&problem);
}

static void add(struct place *place, const char *line)
{
    line_writer_add(place->writer, line, strlen(line));
}

/* "0007 xxxx…\n", `length` bytes in all. */
static void add_numbered(struct place *place, int number, size_t length)
{
    char *line = mem_alloc(length);
    memset(line, 'x', length);
    line[snprintf(line, length, "%04d ", number)] = 'x';
    line[length - 1] = '\n';
    line_writer_add(place->writer, line, length);
    free(line);
}

static void put(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && fputs(bytes, file) >= 0 && fclose(file) == 0);
}

static char *content(const char *path)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    char piece[4096];
    FILE *file = fopen(path, "r");
    for (size_t got = 1; file != NULL && got > 0;) {
        got = fread(piece, 1, sizeof piece, file);
        text_add_bytes(&text, piece, got);
    }
    if (file != NULL)
        fclose(file);
    text_add(&text, "");
    return text_take(&text);
}

static void check_content(const char *path, const char *expected)
{
    char *bytes = content(path);
    CHECK_TEXT(bytes, expected);
    free(bytes);
}

static void moment(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void wait_until_written(const struct place *place)
{
    for (int ms = 0; ms < PATIENCE_MS && line_writer_counts(place->writer).waiting > 0; ms++)
        moment();
    CHECK_INTEGER(line_writer_counts(place->writer).waiting, 0);
}

/* ── A file ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void lines_have_left_when_add_returns(void *context)
{
    struct place place;
    struct stat about;
    (void)context;
    place_open(&place);
    place_write(&place, 1024);
    add(&place, "one\n");
    check_content(place.path, "one\n");
    add(&place, "two\n");
    check_content(place.path, "one\ntwo\n");
    CHECK(stat(place.path, &about) == 0 && (about.st_mode & 0777) == 0600);
    struct line_counts counts = line_writer_close(place.writer, 0);
    CHECK_INTEGER(counts.written, 2);
    CHECK_INTEGER(counts.dropped, 0);
    CHECK_TEXT(text_cstr(&place.told), "");
    place_close(&place);
}

static void half_a_line_of_an_earlier_run_is_ended(void *context)
{
    struct place place;
    struct stat about;
    (void)context;
    place_open(&place);
    put(place.path, "whole\nhal");
    CHECK(chmod(place.path, 0640) == 0);
    place_write(&place, 1024);
    add(&place, "one\n");
    add(&place, "two\n");
    line_writer_close(place.writer, 0);
    check_content(place.path, "whole\nhal\none\ntwo\n");
    place_write(&place, 1024);
    add(&place, "three\n");
    line_writer_close(place.writer, 0);
    check_content(place.path, "whole\nhal\none\ntwo\nthree\n");
    CHECK(stat(place.path, &about) == 0 && (about.st_mode & 0777) == 0640);
    place_close(&place);
}

static void two_writers_of_one_file_do_not_mix(void *context)
{
    struct place a, b;
    (void)context;
    place_open(&a);
    place_open(&b);
    place_write(&a, 1024);
    snprintf(b.path, sizeof b.path, "%s", a.path);
    place_write(&b, 1024);
    add(&a, "one\n");
    add(&b, "two\n");
    add(&a, "three\n");
    line_writer_close(a.writer, 0);
    line_writer_close(b.writer, 0);
    check_content(a.path, "one\ntwo\nthree\n");
    place_close(&a);
    place_close(&b);
}

/* The limit stands in for a full disk: a write takes what fits, the next one fails. */
static void limit_files(rlim_t bytes, struct rlimit *before)
{
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    if (before != NULL)
        *before = limit;
    limit.rlim_cur = bytes;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

static void a_full_disk_loses_nothing_that_finds_room_in_memory(void *context)
{
    struct place place;
    struct rlimit before;
    (void)context;
    signal(SIGXFSZ, SIG_IGN);
    place_open(&place);
    place_write(&place, 1024);
    add(&place, "one\n");
    limit_files(10, &before);
    add(&place, "two\n");
    add(&place, "three\n");
    add(&place, "four\n");
    struct line_counts counts = line_writer_counts(place.writer);
    char *full = content(place.path);
    limit_files(before.rlim_cur, NULL);
    CHECK_TEXT(full, "one\ntwo\n"); /* "th" is taken back */
    free(full);
    CHECK_INTEGER(counts.written, 2);
    CHECK_INTEGER(counts.waiting, 2);
    CHECK_INTEGER(counts.error, EFBIG);
    wait_until_written(&place);
    add(&place, "five\n");
    check_content(place.path, "one\ntwo\nthree\nfour\nfive\n");
    counts = line_writer_close(place.writer, 0);
    CHECK_INTEGER(counts.written, 5);
    CHECK_INTEGER(counts.dropped, 0);
    CHECK_INTEGER(counts.error, 0);
    CHECK_CONTAINS(text_cstr(&place.told), "/lines: File too large: raise the limit (ulimit -f) or move the file "
                                           "away; until then lines wait in memory, at most 1 KiB\n");
    CHECK_CONTAINS(text_cstr(&place.told), "/lines: lines are written again; 0 have been dropped\n");
    place_close(&place);
}

static void what_finds_no_room_is_counted(void *context)
{
    struct place place;
    struct rlimit before;
    (void)context;
    signal(SIGXFSZ, SIG_IGN);
    place_open(&place);
    place_write(&place, 12);
    limit_files(0, &before);
    add(&place, "one\n");
    add(&place, "two\n");
    add(&place, "three\n"); /* 14 bytes with the others */
    add(&place, "4\n");
    add(&place, "five\n");
    limit_files(before.rlim_cur, NULL);
    wait_until_written(&place);
    struct line_counts counts = line_writer_close(place.writer, 0);
    CHECK_INTEGER(counts.written, 3);
    CHECK_INTEGER(counts.dropped, 2);
    CHECK_INTEGER(counts.last_error, EFBIG);
    check_content(place.path, "one\ntwo\n4\n");
    CHECK_CONTAINS(text_cstr(&place.told), "lines are dropped from here on");
    CHECK_CONTAINS(text_cstr(&place.told), "lines are written again; 2 have been dropped\n");
    place_close(&place);
}

static void what_is_left_at_the_end_is_dropped(void *context)
{
    struct place place;
    (void)context;
    if (access("/dev/full", W_OK) < 0)
        return;
    place_open(&place);
    snprintf(place.path, sizeof place.path, "/dev/full");
    place_write(&place, 1024);
    add(&place, "one\n");
    add(&place, "two\n");
    struct line_counts counts = line_writer_close(place.writer, PATIENCE_MS);
    CHECK_INTEGER(counts.written, 0);
    CHECK_INTEGER(counts.dropped, 2);
    CHECK_INTEGER(counts.last_error, ENOSPC);
    CHECK_CONTAINS(text_cstr(&place.told), "/dev/full: No space left on device: free some space; until then lines "
                                           "wait in memory, at most 1 KiB\n");
    snprintf(place.path, sizeof place.path, "%s/lines", place.folder);
    place_close(&place);
}

/* ── A FIFO ────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define LONG 5000 /* more than a pipe takes in one piece */
#define MANY 40   /* more than one takes in all */

static int number_of(const char *line)
{
    return (line[0] - '0') * 1000 + (line[1] - '0') * 100 + (line[2] - '0') * 10 + (line[3] - '0');
}

/* Reads `count` lines of add_numbered() from `handle`, and checks each. */
static void check_numbered(int handle, int count)
{
    struct text got = TEXT_INIT(TEXT_UNBOUNDED);
    char piece[4096];
    for (int ms = 0; ms < PATIENCE_MS && got.length < (size_t)count * LONG; ms++) {
        ssize_t length = read(handle, piece, sizeof piece);
        if (length > 0)
            text_add_bytes(&got, piece, (size_t)length);
        else
            moment();
    }
    CHECK(got.length >= (size_t)count * LONG);
    for (int i = 0; i < count && got.length >= (size_t)(i + 1) * LONG; i++) {
        CHECK_INTEGER(number_of(got.bytes + (size_t)i * LONG), i);
        CHECK(got.bytes[(size_t)i * LONG + LONG - 1] == '\n');
    }
    text_release(&got);
}

static void a_reader_that_does_not_read_makes_nobody_wait(void *context)
{
    struct place place;
    (void)context;
    place_open(&place);
    CHECK(mkfifo(place.path, 0600) == 0);
    int reader = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    place_write(&place, MANY * LONG);
    for (int i = 0; i < MANY; i++)
        add_numbered(&place, i, LONG);
    struct line_counts counts = line_writer_counts(place.writer);
    CHECK_INTEGER(counts.error, EAGAIN);
    CHECK(counts.written > 0 && counts.waiting > 0);
    CHECK_TEXT(text_cstr(&place.told), ""); /* slow is no failure */
    check_numbered(reader, MANY);
    wait_until_written(&place);
    counts = line_writer_close(place.writer, PATIENCE_MS);
    CHECK_INTEGER(counts.written, MANY);
    CHECK_INTEGER(counts.dropped, 0);
    close(reader);
    place_close(&place);
}

static void a_reader_that_never_reads_costs_what_finds_no_room(void *context)
{
    struct place place;
    (void)context;
    place_open(&place);
    CHECK(mkfifo(place.path, 0600) == 0);
    int reader = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    place_write(&place, 3 * LONG);
    for (int i = 0; i < MANY; i++)
        add_numbered(&place, i, LONG);
    struct line_counts counts = line_writer_close(place.writer, 1);
    CHECK(counts.written > 0 && counts.dropped > 3);
    CHECK_INTEGER(counts.written + counts.dropped, MANY);
    CHECK_CONTAINS(text_cstr(&place.told), "/lines: its reader does not read: let it read on; ");
    CHECK_CONTAINS(text_cstr(&place.told), "lines are dropped from here on\n");
    check_numbered(reader, (int)counts.written);
    close(reader);
    place_close(&place);
}

static void a_reader_may_come_late_and_go(void *context)
{
    struct place place;
    (void)context;
    signal(SIGPIPE, SIG_IGN);
    place_open(&place);
    CHECK(mkfifo(place.path, 0600) == 0);
    place_write(&place, MANY * LONG);
    add_numbered(&place, 0, LONG);
    CHECK_INTEGER(line_writer_counts(place.writer).waiting, 1);
    CHECK_CONTAINS(text_cstr(&place.told),
                   "/lines: nobody reads it: start its reader; until then lines wait in memory");
    int reader = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    add_numbered(&place, 1, LONG);
    check_numbered(reader, 2);
    wait_until_written(&place);
    close(reader);
    add_numbered(&place, 0, LONG);
    CHECK_INTEGER(line_writer_counts(place.writer).error, EPIPE);
    reader = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    check_numbered(reader, 1);
    close(reader);
    wait_until_written(&place);
    CHECK_INTEGER(line_writer_close(place.writer, 0).dropped, 0);
    place_close(&place);
}

/* Half of a line is in the pipe when its reader goes; whoever reads next gets it whole behind that, on a line of its
 * own. */
static void a_reader_that_goes_in_the_middle_of_a_line(void *context)
{
    struct place place;
    char half[LONG];
    (void)context;
    signal(SIGPIPE, SIG_IGN);
    place_open(&place);
    CHECK(mkfifo(place.path, 0600) == 0);
    int reader = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    CHECK_INTEGER(fcntl(reader, F_SETPIPE_SZ, 4096), 4096);
    place_write(&place, MANY * LONG);
    add_numbered(&place, 0, LONG);
    close(reader);
    for (int ms = 0; ms < PATIENCE_MS && line_writer_counts(place.writer).error != EPIPE; ms++)
        moment();
    CHECK_INTEGER(line_writer_counts(place.writer).error, EPIPE);
    reader = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    CHECK_INTEGER(read(reader, half, 4096), 4096);
    CHECK(memcmp(half, "0000 xxx", 8) == 0 && memchr(half, '\n', 4096) == NULL);
    for (int ms = 0; ms < PATIENCE_MS && read(reader, half, 1) <= 0; ms++)
        moment();
    CHECK_INTEGER(half[0], '\n');
    check_numbered(reader, 1);
    close(reader);
    CHECK_INTEGER(line_writer_close(place.writer, 0).dropped, 0);
    place_close(&place);
}

/* ── A stream of others ────────────────────────────────────────────────────────────────────────────────────────── */

static void a_shared_stream_is_not_changed(void *context)
{
    int pipe[2];
    struct place place;
    (void)context;
    place_open(&place);
    CHECK(pipe2(pipe, O_CLOEXEC) == 0);
    place.writer = line_writer_on(pipe[1], "standard error", &(struct line_writer_options){.room = MANY * LONG});
    for (int i = 0; i < MANY; i++)
        add_numbered(&place, i, LONG);
    CHECK((fcntl(pipe[1], F_GETFL) & O_NONBLOCK) == 0);
    CHECK(line_writer_counts(place.writer).waiting > 0);
    check_numbered(pipe[0], MANY);
    wait_until_written(&place);
    CHECK_INTEGER(line_writer_close(place.writer, 0).written, MANY);
    CHECK(fcntl(pipe[1], F_GETFD) >= 0);
    close(pipe[0]);
    close(pipe[1]);
    place_close(&place);
}

/* ── Places that are none ──────────────────────────────────────────────────────────────────────────────────────── */

static void places_that_are_none(void *context)
{
    struct place place;
    char target[128];
    (void)context;
    place_open(&place);
    snprintf(target, sizeof target, "%s/other", place.folder);
    CHECK(symlink(target, place.path) == 0);
    refused(&place,
            ": Too many levels of symbolic links; it is a symbolic link, which may lead anywhere; name the file "
            "itself");
    CHECK(access(target, F_OK) < 0);
    CHECK(unlink(place.path) == 0 && mkdir(place.path, 0700) == 0);
    refused(&place, ": Is a directory; give a file");
    CHECK(rmdir(place.path) == 0);
    snprintf(place.path, sizeof place.path, "%s/nowhere/lines", place.folder);
    refused(&place, ": No such file or directory; make its folder first");
    place_close(&place);
}

void suite_line_writer(void)
{
    register_test("line_writer", "line_writer/lines have left when add returns", lines_have_left_when_add_returns,
                  NULL);
    register_test("line_writer", "line_writer/half a line of an earlier run is ended",
                  half_a_line_of_an_earlier_run_is_ended, NULL);
    register_test("line_writer", "line_writer/two writers of one file do not mix", two_writers_of_one_file_do_not_mix,
                  NULL);
    register_test("line_writer", "line_writer/a full disk loses nothing that finds room in memory",
                  a_full_disk_loses_nothing_that_finds_room_in_memory, NULL);
    register_test("line_writer", "line_writer/what finds no room is counted", what_finds_no_room_is_counted, NULL);
    register_test("line_writer", "line_writer/what is left at the end is dropped", what_is_left_at_the_end_is_dropped,
                  NULL);
    register_test("line_writer", "line_writer/a reader that does not read makes nobody wait",
                  a_reader_that_does_not_read_makes_nobody_wait, NULL);
    register_test("line_writer", "line_writer/a reader that never reads costs what finds no room",
                  a_reader_that_never_reads_costs_what_finds_no_room, NULL);
    register_test("line_writer", "line_writer/a reader may come late and go", a_reader_may_come_late_and_go, NULL);
    register_test("line_writer", "line_writer/a reader that goes in the middle of a line",
                  a_reader_that_goes_in_the_middle_of_a_line, NULL);
    register_test("line_writer", "line_writer/a shared stream is not changed", a_shared_stream_is_not_changed, NULL);
    register_test("line_writer", "line_writer/places that are none", places_that_are_none, NULL);
}
