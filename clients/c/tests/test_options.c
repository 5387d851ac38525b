/*
 * The option table: a command line, an environment and a file go in; what the settings are, or the complaint, comes
 * out.
 */
#include "tests/check.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/options.h"
#include "base/text.h"

#define WORDS_MAX 12

struct settings {
    const char *listen;
    const char *folder;
    const char *secret;
    int64_t jobs;
    double ratio;
    bool quiet;
    struct words tags;
    struct words names;
};

static bool check_listen(void *into, const char *value, struct text *problem)
{
    const struct settings *settings = into;
    if (strcmp(settings->listen, value) == 0 && strchr(value, ':') != NULL)
        return true;
    text_print(problem, "takes HOST:PORT, not \"%s\"", value);
    return false;
}

#define AT(member) OPTION_AT(struct settings, member)

static const struct option rows[] = {
    {"--listen", 'l', "HOST:PORT", OPTION_TEXT, AT(listen), .check = check_listen, .help = "where"},
    {"--state-dir", 0, "DIR", OPTION_TEXT, AT(folder), .is_path = true, .help = "a folder"},
    {"--secret", 0, "WORD", OPTION_TEXT, AT(secret), .is_word_only = true, .help = "a word"},
    {"--jobs", 'j', "N", OPTION_INTEGER, AT(jobs), .least = 1, .most = 64, .help = "how many"},
    {"--ratio", 0, "R", OPTION_DECIMAL, AT(ratio), .least = 0, .most = 10,
     .help = "a sentence that is long enough to be wrapped more than once, with letters of more than one byte: "
             "ğüşıöç ĞÜŞİÖÇ ğüşıöç ĞÜŞİÖÇ ğüşıöç ĞÜŞİÖÇ, and nothing more to tell"},
    {"--quiet", 'q', NULL, OPTION_SWITCH, AT(quiet), .help = "no banner"},
    {"--tag", 't', "TAG", OPTION_LIST, AT(tags), .member = "tags", .help = "may be repeated"},
    {"--names", 0, "NAME...", OPTION_SEVERAL, AT(names), .help = "several"},
};

static const struct option_table table = {.program = "prog",
                                          .environment = "PROGTEST_",
                                          .has_config = true,
                                          .before = "usage: prog\n",
                                          .after = "the end\n",
                                          .rows = rows,
                                          .count = COUNT_OF(rows)};

/* `file` becomes the file of --config where it is not NULL; its path is written as FILE in the complaint. */
static const struct row {
    const char *name;
    const char *words[WORDS_MAX];
    const char *environment[4]; /* name, value, name, value */
    const char *file;
    const char *settings; /* NULL = refused */
    const char *err;
} cases[] = {
    {"defaults", {NULL}, .settings = "d:1 - - 4 15 loud [] [] []"},
    {"long_with_blank", {"--listen", "h:2"}, .settings = "h:2 - - 4 15 loud [] [] []"},
    {"long_with_equals", {"--listen=h:2=3"}, .settings = "h:2=3 - - 4 15 loud [] [] []"},
    {"short_with_blank", {"-j", "7"}, .settings = "d:1 - - 7 15 loud [] [] []"},
    {"short_attached", {"-j7", "-q"}, .settings = "d:1 - - 7 15 quiet [] [] []"},
    {"last_one_wins", {"-j7", "--jobs=8"}, .settings = "d:1 - - 8 15 loud [] [] []"},
    {"words", {"a", "-q", "-", "b"}, .settings = "d:1 - - 4 15 quiet [] [] [a - b]"},
    {"end_of_options", {"--", "-q", "--help", "--"}, .settings = "d:1 - - 4 15 loud [] [] [-q --help --]"},
    {"list_grows", {"-ta", "--tag=b", "-t", "c"}, .settings = "d:1 - - 4 15 loud [a b c] [] []"},
    {"several", {"--names", "a", "b", "-q", "c"}, .settings = "d:1 - - 4 15 quiet [] [a b] [c]"},
    {"several_with_equals", {"--names=a", "b", "--", "c"}, .settings = "d:1 - - 4 15 loud [] [a b] [c]"},
    {"decimal", {"--ratio=0.8"}, .settings = "d:1 - - 4 8 loud [] [] []"},

    {"file",
     {NULL},
     .file = "{\"listen\":\"f:1\",\"state_dir\":\"s\",\"jobs\":9,\"ratio\":2,\"quiet\":true,\"tags\":[\"x\",2],"
             "\"names\":[]}",
     .settings = "f:1 /tmp/s - 9 20 quiet [x 2] [] []"},
    {"file_absolute_path", {NULL}, .file = "{\"state_dir\":\"/var/s\"}", .settings = "d:1 /var/s - 4 15 loud [] [] []"},
    {"environment",
     {NULL},
     {"PROGTEST_STATE_DIR", "s", "PROGTEST_QUIET", "yes"},
     .settings = "d:1 s - 4 15 quiet [] [] []"},
    {"environment_list", {NULL}, {"PROGTEST_TAG", " a  b\tc "}, .settings = "d:1 - - 4 15 loud [a b c] [] []"},
    {"environment_empty", {NULL}, {"PROGTEST_JOBS", ""}, .settings = "d:1 - - 4 15 loud [] [] []"},
    {"environment_over_file",
     {NULL},
     {"PROGTEST_JOBS", "5", "PROGTEST_TAG", "e"},
     "{\"jobs\":9,\"ratio\":3,\"tags\":[\"x\",\"y\"]}",
     "d:1 - - 5 30 loud [e] [] []",
     NULL},
    {"line_over_environment_over_file",
     {"-j6", "-tz", "-tw"},
     {"PROGTEST_JOBS", "5", "PROGTEST_TAG", "e f"},
     "{\"jobs\":9,\"ratio\":3,\"tags\":[\"x\"],\"quiet\":true}",
     "d:1 - - 6 30 quiet [z w] [] []",
     NULL},
    {"environment_undoes_the_file",
     {NULL},
     {"PROGTEST_QUIET", "0"},
     "{\"quiet\":true}",
     "d:1 - - 4 15 loud [] [] []",
     NULL},
    {"word_only_not_in_environment", {NULL}, {"PROGTEST_SECRET", "s"}, .settings = "d:1 - - 4 15 loud [] [] []"},
    {"word_only_on_the_line", {"--secret=s"}, .settings = "d:1 - s 4 15 loud [] [] []"},

    {"unknown", {"--lisen=pass"}, .err = "prog: no option is called --lisen; did you mean \"--listen\"?\n"},
    {"unknown_far", {"--frobnicate"}, .err = "prog: no option is called --frobnicate; see prog --help\n"},
    {"unknown_letter", {"-x9"}, .err = "prog: no option is called -x; see prog --help\n"},
    {"no_value", {"--jobs"}, .err = "prog: --jobs takes N, and nothing follows it\n"},
    {"value_for_a_switch", {"--quiet=1"}, .err = "prog: --quiet takes no value\n"},
    {"value_for_a_short_switch", {"-qv"}, .err = "prog: --quiet takes no value\n"},
    {"out_of_range", {"-j65"}, .err = "prog: --jobs takes an integer from 1 to 64\n"},
    {"no_integer", {"-j1.0"}, .err = "prog: --jobs takes an integer from 1 to 64\n"},
    {"exponent", {"--ratio=1e0"}, .err = "prog: --ratio takes a number from 0 to 10, such as 2 or 0.8\n"},
    {"comma", {"--ratio=0,8"}, .err = "prog: --ratio takes a number from 0 to 10, such as 2 or 0.8\n"},
    {"check", {"--listen=h"}, .err = "prog: --listen takes HOST:PORT, not \"h\"\n"},
    {"environment_wrong",
     {NULL},
     {"PROGTEST_JOBS", "many"},
     .err = "prog: PROGTEST_JOBS in the environment (--jobs) takes an integer from 1 to 64\n"},
    {"environment_switch_wrong",
     {NULL},
     {"PROGTEST_QUIET", "maybe"},
     .err = "prog: PROGTEST_QUIET in the environment (--quiet) takes true or false\n"},

    {"file_unknown",
     {NULL},
     .file = "{\n  \"jbs\": 3}",
     .err = "prog: FILE:2:3: no option is called \"jbs\"; did you mean \"jobs\"?\n"},
    {"file_by_option_name",
     {NULL},
     .file = "{\"tag\":[]}",
     .err = "prog: FILE:1:2: no option is called \"tag\"; did you mean \"tags\"?\n"},
    {"file_config", {NULL}, .file = "{\"config\":\"x\"}", .err = "prog: FILE:1:2: no option is called \"config\"\n"},
    {"file_doubled", {NULL}, .file = "{\"jobs\":3,\"jobs\":4}", .err = "prog: FILE:1:2: \"jobs\" stands twice\n"},
    {"file_word_only",
     {NULL},
     .file = "{\"secret\":\"s\"}",
     .err = "prog: FILE:1:2: \"secret\" is taken from the command line alone\n"},
    {"file_number_as_text", {NULL}, .file = "{\"jobs\":\"3\"}", .err = "prog: FILE:1:2: \"jobs\" takes a number\n"},
    {"file_null",
     {NULL},
     .file = "{\"listen\":null}",
     .err = "prog: FILE:1:2: \"listen\" takes one text, number or truth value\n"},
    {"file_no_list", {NULL}, .file = "{\"tags\":\"x\"}", .err = "prog: FILE:1:2: \"tags\" takes a list\n"},
    {"file_out_of_range",
     {NULL},
     .file = "{\"jobs\":65}",
     .err = "prog: FILE:1:2: \"jobs\" takes an integer from 1 to 64\n"},
    {"file_no_json", {NULL}, .file = "{\n\"jobs\": 3,}", .err = "prog: FILE:2:11: this is not JSON\n"},
    {"file_no_object", {NULL}, .file = " [3]", .err = "prog: FILE:1:2: this is not one JSON object\n"},
    {"file_missing",
     {"--config", "/nonexistent/prog.json"},
     .err = "prog: --config /nonexistent/prog.json: No such file or directory\n"},
};

static void add_words(struct text *text, const struct words *words)
{
    text_add(text, " [");
    for (size_t i = 0; i < words->count; i++)
        text_print(text, "%s%s", i == 0 ? "" : " ", words->list[i]);
    text_add(text, "]");
}

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static char *print_settings(const struct settings *settings, const struct words *words)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    text_print(&text, "%s %s %s %lld %d %s", settings->listen, or_dash(settings->folder), or_dash(settings->secret),
               (long long)settings->jobs, (int)(settings->ratio * 10 + 0.5), settings->quiet ? "quiet" : "loud");
    add_words(&text, &settings->tags);
    add_words(&text, &settings->names);
    add_words(&text, words);
    return text_take(&text);
}

/* Replaces the first `word` of `text`. */
static char *replaced(char *text, const char *word, const char *by)
{
    char *found = strstr(text, word);
    if (found == NULL)
        return text;
    char *changed = mem_print("%.*s%s%s", (int)(found - text), text, by, found + strlen(word));
    free(text);
    return changed;
}

/* Runs one case; the answer's texts are the caller's. */
static enum options_answer run(const struct row *row, const char *path, char **settings_text, char **out, char **err)
{
    char *argv[WORDS_MAX + 3] = {(char[]){"prog"}};
    int argc = 1;
    if (row->file != NULL) {
        argv[argc++] = mem_dup("--config");
        argv[argc++] = mem_dup(path);
    }
    for (size_t i = 0; i < WORDS_MAX && row->words[i] != NULL; i++)
        argv[argc++] = mem_dup(row->words[i]);
    size_t out_length;
    size_t err_length;
    FILE *out_file = open_memstream(out, &out_length);
    FILE *err_file = open_memstream(err, &err_length);
    struct settings settings = {.listen = "d:1", .jobs = 4, .ratio = 1.5};
    struct option_values *values;
    struct words words;
    enum options_answer answer = options_read(&table, &settings, argc, argv, &words, &values, out_file, err_file);
    fclose(out_file);
    fclose(err_file);
    *settings_text = answer == OPTIONS_GO ? print_settings(&settings, &words) : NULL;
    options_release(values);
    for (int i = 1; i < argc; i++)
        free(argv[i]);
    return answer;
}

static void reads(const void *context)
{
    const struct row *row = context;
    char path[] = "/tmp/cancelorder-test-XXXXXX";
    int file = mkstemp(path);
    if (row->file != NULL)
        CHECK_INTEGER(write(file, row->file, strlen(row->file)), strlen(row->file));
    for (size_t i = 0; i < COUNT_OF(row->environment) && row->environment[i] != NULL; i += 2)
        setenv(row->environment[i], row->environment[i + 1], 1);
    char *settings;
    char *out;
    char *err;
    enum options_answer answer = run(row, path, &settings, &out, &err);
    CHECK_INTEGER(answer, row->settings != NULL ? OPTIONS_GO : OPTIONS_WRONG);
    CHECK_TEXT(settings, row->settings);
    CHECK_TEXT(out, "");
    err = replaced(err, path, "FILE");
    CHECK_TEXT(err, row->err == NULL ? "" : row->err);
    for (size_t i = 0; i < COUNT_OF(row->environment) && row->environment[i] != NULL; i += 2)
        unsetenv(row->environment[i]);
    free(settings);
    free(out);
    free(err);
    close(file);
    unlink(path);
}

/* Wherever they stand, they are answered: before mistakes, and in the place of a value. */
static void help_and_version(const void *context)
{
    static const struct row asked[] = {
        {"help", {"--help"}, .settings = "usage: prog\n"},        {"h", {"--jobs", "-h"}, .settings = "usage: prog\n"},
        {"late", {"--wrong", "-h"}, .settings = "usage: prog\n"}, {"version", {"--version"}, .settings = "prog "},
        {"V", {"x", "-j99", "-V"}, .settings = "prog "},
    };
    (void)context;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        char *settings;
        char *out;
        char *err;
        CHECK_INTEGER(run(&asked[i], NULL, &settings, &out, &err), OPTIONS_DONE);
        CHECK_CONTAINS(out, asked[i].settings);
        CHECK_TEXT(err, "");
        free(out);
        free(err);
    }
}

/* The file of --config can be named by the environment, too; the command line wins there as well. */
static void config_from_environment(const void *context)
{
    static const struct row plain = {"plain", {NULL}};
    static const struct row missing = {"missing", {"--config=/nonexistent/prog.json"}};
    char path[] = "/tmp/cancelorder-test-XXXXXX";
    int file = mkstemp(path);
    char *settings;
    char *out;
    char *err;
    (void)context;
    CHECK_INTEGER(write(file, "{\"jobs\":11}", 11), 11);
    setenv("PROGTEST_CONFIG", path, 1);
    CHECK_INTEGER(run(&plain, NULL, &settings, &out, &err), OPTIONS_GO);
    CHECK_TEXT(settings, "d:1 - - 11 15 loud [] [] []");
    free(settings);
    free(out);
    free(err);
    CHECK_INTEGER(run(&missing, NULL, &settings, &out, &err), OPTIONS_WRONG);
    free(out);
    free(err);
    unsetenv("PROGTEST_CONFIG");
    close(file);
    unlink(path);
}

static void help_is_complete(const void *context)
{
    char *out;
    size_t length;
    FILE *file = open_memstream(&out, &length);
    (void)context;
    options_help(&table, file);
    fclose(file);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        CHECK_CONTAINS(out, rows[i].name);
    CHECK_CONTAINS(out, "  -l, --listen HOST:PORT    where\n");
    CHECK_CONTAINS(out, "      --config FILE");
    CHECK_CONTAINS(out, "PROGTEST_LISTEN");
    CHECK_CONTAINS(out, "each option but --secret.");
    CHECK_INTEGER(widest_line(out) <= 80, 1);
    free(out);
}

void register_options_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        register_test("options", cases[i].name, reads, &cases[i]);
    register_test("options", "help_and_version", help_and_version, NULL);
    register_test("options", "config_from_environment", config_from_environment, NULL);
    register_test("options", "help_is_complete", help_is_complete, NULL);
}
