/* base/options.h: one table for the command line, the configuration file, the environment and the help. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/options.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/suites.h"

struct settings {
    const char *listen, *folder, *colour;
    int64_t jobs, seed;
    double scale;
    bool quiet, list;
    struct words names, knobs, runs;
};

static bool check_colour(void *into, const char *value, struct text *problem)
{
    const struct settings *settings = into;
    CHECK(settings->colour == value);
    if (strcmp(value, "red") == 0 || strcmp(value, "green") == 0)
        return true;
    text_print(problem, "takes red or green, not \"%s\"", value);
    return false;
}

static bool check_name(void *into, const char *value, struct text *problem)
{
    const struct settings *settings = into;
    CHECK(settings->names.list[settings->names.count - 1] == value);
    if (strcmp(value, "nobody") != 0)
        return true;
    text_print(problem, "there is no \"%s\"", value);
    return false;
}

#define AT(name) OPTION_AT(struct settings, name)

static const struct option rows[] = {
    {"--listen", 'l', "HOST:PORT", OPTION_TEXT, AT(listen), .help = "where to listen"},
    {"--folder", 0, "DIR", OPTION_TEXT, AT(folder), .is_path = true, .help = "a folder"},
    {"--colour", 0, "NAME", OPTION_TEXT, AT(colour), .check = check_colour, .help = "red or green"},
    {"--jobs", 'j', "N", OPTION_INTEGER, AT(jobs), .least = 1, .most = 64, .help = "processes"},
    {"--seed-number", 0, "N", OPTION_INTEGER, AT(seed), .most = INT64_MAX, .help = "a number"},
    {"--time-scale", 0, "X", OPTION_DECIMAL, AT(scale), .least = 0, .most = 100, .help = "stretch"},
    {"--quiet", 'q', NULL, OPTION_SWITCH, AT(quiet), .help = "say less"},
    {"--list", 0, NULL, OPTION_SWITCH, AT(list), .is_word_only = true, .help = "only list"},
    {"--name", 'n', "NAME", OPTION_LIST, AT(names), .check = check_name, .member = "names", .help = "one of these"},
    {"--knob", 0, "A.B=VALUE", OPTION_LIST, AT(knobs), .member = "knobs", .accumulates = true, .help = "a choice"},
    {"--run", 0, "GLOB…", OPTION_SEVERAL, AT(runs), .help = "run these"},
};

static bool asks_for_no_config(const struct words *words)
{
    return words->count > 0 && strcmp(words->list[0], "check") == 0;
}

static const struct option_table table = {
    .program = "tool sub",
    .environment = "OPTIONTEST_",
    .has_config = true,
    .before = "tool - does things\n",
    .after = "Exit: 0",
    .rows = rows,
    .count = COUNT_OF(rows),
    .takes_words_alone = asks_for_no_config,
};

/* ── A reading ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct reading {
    struct settings settings;
    struct words words;
    struct option_values *values;
    enum options_answer answer;
    char *out, *err;
};

/* `line` is split at blanks. */
static struct reading read_with(const struct option_table *by, const char *line)
{
    static const char *const own[] = {"default"};
    struct reading reading = {.settings = {.listen = "here", .jobs = 2, .scale = 1.0}};
    static const char *defaults[1];
    char *argv[32] = {NULL}, *copy = mem_dup(line), *rest = copy;
    static char *kept; /* argv outlives the reading in a program too */
    int argc = 1;
    size_t size = 0;
    free(kept);
    kept = copy;
    defaults[0] = own[0];
    reading.settings.names = (struct words){defaults, 1};
    argv[0] = copy;
    for (char *word; (word = strsep(&rest, " ")) != NULL;)
        if (*word != '\0')
            argv[argc++] = word;
    FILE *out = open_memstream(&reading.out, &size), *err = open_memstream(&reading.err, &size);
    reading.answer = options_read(by, &reading.settings, argc, argv, &reading.words, &reading.values, out, err);
    fclose(out);
    fclose(err);
    return reading;
}

static void release(struct reading *reading)
{
    options_release(reading->values);
    free(reading->out);
    free(reading->err);
}

/* The list as "a|b". */
static char *joined(const struct words *words)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    for (size_t i = 0; i < words->count; i++)
        text_print(&text, "%s%s", i == 0 ? "" : "|", words->list[i]);
    return text_take(&text);
}

static void check_words(const struct words *actual, const char *expected)
{
    char *text = joined(actual);
    CHECK_TEXT(text, expected);
    free(text);
}

/* Writes a configuration; its path for the caller to free(). */
static char *config_file(const char *text)
{
    char *path = mem_dup("/tmp/options-XXXXXX");
    int handle = mkstemp(path);
    CHECK(handle >= 0 && write(handle, text, strlen(text)) == (ssize_t)strlen(text));
    close(handle);
    return path;
}

static struct reading read_config(const char *config, const char *arguments)
{
    char *path = config_file(config), *line = mem_print("--config %s %s", path, arguments);
    struct reading reading = read_with(&table, line);
    unlink(path);
    free(line);
    free(path);
    return reading;
}

/* What was said, with the configuration's path as FILE. */
static char *said(const struct reading *reading)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    for (const char *at = reading->err; *at != '\0';) {
        bool is_path = strncmp(at, "/tmp/options-", 13) == 0;
        if (is_path)
            text_add(&text, "FILE");
        else
            text_add_char(&text, *at);
        at += is_path ? strlen("/tmp/options-XXXXXX") : 1;
    }
    return text_take(&text);
}

/* ── The command line ──────────────────────────────────────────────────────────────────────────────────────────── */

static void spellings_are_alike(void *context)
{
    static const char *const lines[] = {"--listen x --jobs 7 --quiet", "--listen=x --jobs=7 -q", "-l x -j 7 -q",
                                        "-lx -j7 -q", "-q -j 3 -j 7 --listen y --listen x"};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct reading reading = read_with(&table, lines[i]);
        CHECK_INTEGER(reading.answer, OPTIONS_GO);
        CHECK_TEXT(reading.err, "");
        CHECK_TEXT(reading.settings.listen, "x");
        CHECK_INTEGER(reading.settings.jobs, 7);
        CHECK(reading.settings.quiet);
        CHECK_INTEGER(reading.words.count, 0);
        release(&reading);
    }
}

static void defaults_stay(void *context)
{
    struct reading reading = read_with(&table, "");
    const char *place = NULL;
    (void)context;
    CHECK_INTEGER(reading.answer, OPTIONS_GO);
    CHECK_TEXT(reading.settings.listen, "here");
    CHECK_INTEGER(reading.settings.jobs, 2);
    CHECK(!reading.settings.quiet);
    check_words(&reading.settings.names, "default");
    CHECK_INTEGER(options_source(reading.values, reading.settings.listen, &place), OPTION_DEFAULT);
    CHECK_TEXT(place, "");
    release(&reading);
}

static void words_and_lists_are_kept_in_order(void *context)
{
    struct reading reading = read_with(&table, "one -n a --name b --run x* y* -q two - -n=c -- --quiet -j");
    (void)context;
    CHECK_INTEGER(reading.answer, OPTIONS_GO);
    check_words(&reading.words, "one|two|-|--quiet|-j");
    check_words(&reading.settings.names, "a|b|=c");
    check_words(&reading.settings.runs, "x*|y*");
    release(&reading);
}

static void decimals_have_a_point(void *context)
{
    struct reading reading = read_with(&table, "--time-scale 1.25");
    (void)context;
    CHECK(reading.settings.scale > 1.2 && reading.settings.scale < 1.3);
    release(&reading);
}

struct mistake {
    const char *line, *said;
};

static struct mistake mistakes[] = {
    {"--lisen x", "tool sub: unknown option --lisen; did you mean --listen?\n"},
    {"--lisen=x", "tool sub: unknown option --lisen; did you mean --listen?\n"},
    {"-listen=x -listen", ""}, /* -l with the value "isten=x" */
    {"--verson", "tool sub: unknown option --verson; did you mean --version?\n"},
    {"--confg x", "tool sub: unknown option --confg; did you mean --config?\n"},
    {"--zebra-crossing", "tool sub: unknown option --zebra-crossing; tool sub --help lists the options\n"},
    {"-x", "tool sub: unknown option -x; tool sub --help lists the options\n"},
    {"--listen", "tool sub: --listen needs a value: --listen HOST:PORT\n"},
    {"-j", "tool sub: -j needs a value: -j N\n"},
    {"--listen --quiet", "tool sub: --listen needs a value: --listen HOST:PORT\n"},
    {"--listen -- x", "tool sub: --listen needs a value: --listen HOST:PORT\n"},
    {"--run", "tool sub: --run needs a value: --run GLOB…\n"},
    {"--quiet=1", "tool sub: --quiet takes no value\n"},
    {"-q1", "tool sub: -q takes no value\n"},
    {"--jobs 0", "tool sub: --jobs takes a whole number from 1 to 64, not \"0\"\n"},
    {"-j 65", "tool sub: -j takes a whole number from 1 to 64, not \"65\"\n"},
    {"-j 2x", "tool sub: -j takes a whole number from 1 to 64, not \"2x\"\n"},
    {"--seed-number -1", "tool sub: --seed-number takes a whole number, 0 or more, not \"-1\"\n"},
    {"--time-scale 1e", "tool sub: --time-scale takes a number such as 2 or 0.8 from 0 to 100, not \"1e\"\n"},
    {"--time-scale 1e3", "tool sub: --time-scale takes a number such as 2 or 0.8 from 0 to 100, not \"1e3\"\n"},
    {"--time-scale 1,5", "tool sub: --time-scale takes a number such as 2 or 0.8 from 0 to 100, not \"1,5\"\n"},
    {"--time-scale 100.1", "tool sub: --time-scale takes a number such as 2 or 0.8 from 0 to 100, not \"100.1\"\n"},
    {"--colour blue", "tool sub: --colour takes red or green, not \"blue\"\n"},
    {"--name nobody", "tool sub: --name nobody: there is no \"nobody\"\n"},
    {"--jobs 0 --lisen x --quiet=1",
     "tool sub: unknown option --lisen; did you mean --listen?\ntool sub: --quiet takes no value\n"
     "tool sub: --jobs takes a whole number from 1 to 64, not \"0\"\n"},
    {"--colour a\nb", "tool sub: --colour takes red or green, not \"a?b\"\n"},
    {"--config /nowhere/x.json", "tool sub: /nowhere/x.json: No such file or directory\n"},
};

static void mistakes_are_told(void *context)
{
    const struct mistake *mistake = context;
    struct reading reading = read_with(&table, mistake->line);
    CHECK_INTEGER(reading.answer, *mistake->said == '\0' ? OPTIONS_GO : OPTIONS_WRONG);
    CHECK_TEXT(reading.err, mistake->said);
    CHECK_TEXT(reading.out, "");
    release(&reading);
}

/* ── Help ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void help_and_version_count_anywhere(void *context)
{
    static const char *const help[] = {"-h", "--help", "check --lisen -h", "--listen --help", "-h --version"};
    static const char *const version[] = {"-V", "--version", "--jobs 0 -V", "-V -h"};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(help); i++) {
        struct reading reading = read_with(&table, help[i]);
        CHECK_INTEGER(reading.answer, OPTIONS_DONE);
        CHECK_TEXT(reading.err, "");
        CHECK(strncmp(reading.out, "tool - does things\n\nOptions:\n  -l, --listen HOST:PORT", 51) == 0);
        CHECK(strcmp(reading.out + strlen(reading.out) - 9, "\nExit: 0\n") == 0);
        release(&reading);
    }
    for (size_t i = 0; i < COUNT_OF(version); i++) {
        struct reading reading = read_with(&table, version[i]);
        CHECK_INTEGER(reading.answer, OPTIONS_DONE);
        CHECK_TEXT(reading.out, "tool " PROJECT_VERSION "\n");
        release(&reading);
    }
    struct reading word = read_with(&table, "-- --help");
    CHECK_INTEGER(word.answer, OPTIONS_GO);
    check_words(&word.words, "--help");
    release(&word);
}

static void help_has_two_columns(void *context)
{
    static const struct option two[] = {
        {"--plan", 'p', "FILE", OPTION_TEXT, 0,
         .help = "a very long sentence that tells in many words what can be told "
                 "in few, and does not end before the third line has begun"},
        {"--a-name-that-is-long", 0, "AND-A-VALUE", OPTION_TEXT, 0, .help = "short"},
        {"--wide", 0, NULL, OPTION_SWITCH, 0,
         .help = "öööööööööööööööööööööööööööööööööööööööööööööööööööö "
                 "öööööööööööööööööööööööööööööööööööööööööööööööööööö"},
        {"--endless", 0, NULL, OPTION_SWITCH, 0,
         .help = "………………………………………………………………………………………………………………………………………………………………"},
    };
    const struct option_table small = {.program = "small", .rows = two, .count = COUNT_OF(two)};
    char *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&out, &size);
    (void)context;
    options_help(&small, stream);
    fclose(stream);
    CHECK_TEXT(out, "  -p, --plan FILE           a very long sentence that tells in many words what\n"
                    "                            can be told in few, and does not end before the\n"
                    "                            third line has begun\n"
                    "      --a-name-that-is-long AND-A-VALUE\n"
                    "                            short\n"
                    "      --wide                öööööööööööööööööööööööööööööööööööööööööööööööööööö\n"
                    "                            öööööööööööööööööööööööööööööööööööööööööööööööööööö\n"
                    "      --endless             …………………………………………………………………………………………………………………………………………\n"
                    "                            ……………………\n"
                    "  -h, --help                show this text\n"
                    "  -V, --version             show the version\n");
    free(out);
}

static void help_names_the_other_sources(void *context)
{
    struct reading reading = read_with(&table, "--help");
    (void)context;
    CHECK_CONTAINS(reading.out,
                   "\nEach option but --list can also be given in the file of --config, a JSON object\n"
                   "(\"seed_number\"; --name is \"names\"; --knob is \"knobs\"), and in the environment\n"
                   "(OPTIONTEST_SEED_NUMBER). The command line wins, then the environment, then the\nfile.\n");
    CHECK_CONTAINS(reading.out, "      --config FILE         read options from this JSON file;");
    release(&reading);
}

/* ── The file ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void a_file_has_every_option(void *context)
{
    struct reading reading = read_config("{\"$schema\": \"x\", \"listen\": \"a\", \"folder\": \"b\", \"colour\": "
                                         "\"red\", \"jobs\": 3, \"seed_number\": 0,\n"
                                         " \"time_scale\": 0.5, \"quiet\": true, \"names\": [\"n\", \"m\"], \"knobs\": "
                                         "{\"s\": {\"c\": 409, \"d\": \"\"}, \"e\": \"f\"},\n"
                                         " \"run\": [\"x\"]}",
                                         "");
    const char *place = NULL;
    (void)context;
    CHECK_TEXT(reading.err, "");
    CHECK_INTEGER(reading.answer, OPTIONS_GO);
    CHECK_TEXT(reading.settings.listen, "a");
    CHECK_TEXT(reading.settings.folder, "/tmp/b");
    CHECK_INTEGER(reading.settings.jobs, 3);
    CHECK(reading.settings.scale > 0.4 && reading.settings.scale < 0.6);
    CHECK(reading.settings.quiet);
    check_words(&reading.settings.names, "n|m");
    check_words(&reading.settings.knobs, "s.c=409|s.d=|e=f");
    check_words(&reading.settings.runs, "x");
    CHECK_INTEGER(options_source(reading.values, reading.settings.knobs.list[0], &place), OPTION_FILE);
    CHECK_CONTAINS(place, ":2:78");
    release(&reading);
}

static void an_absolute_path_stays(void *context)
{
    struct reading reading = read_config("{\"folder\": \"/x/y\"}", "");
    (void)context;
    CHECK_TEXT(reading.settings.folder, "/x/y");
    release(&reading);
}

static struct mistake file_mistakes[] = {
    {"{\"lisen\": \"a\",\n\"list\": true}", "tool sub: FILE:1:11: unknown member \"lisen\"; did you mean \"listen\"?\n"
                                            "tool sub: FILE:2:9: unknown member \"list\"; did you mean \"listen\"?\n"},
    {"{\"config\": \"a\"}", "tool sub: FILE:1:12: unknown member \"config\"\n"},
    {"{\"jobs\": 65, \"quiet\": 1, \"listen\": null}",
     "tool sub: FILE:1:10: \"jobs\" must lie between 1 and 64, and this is 65\n"
     "tool sub: FILE:1:23: \"quiet\" must be true or false, and this is a number\n"
     "tool sub: FILE:1:36: \"listen\" must be a string, and this is null\n"},
    {"{\"jobs\": 2.0}", "tool sub: FILE:1:10: \"jobs\" must be an integer, and this is a number\n"},
    {"{\"time_scale\": 1e3}", "tool sub: FILE:1:16: \"time_scale\" must lie between 0 and 100, and this is 1e3\n"},
    {"{\"colour\": \"blue\",\n\"names\": [\"a\", \"nobody\"]}",
     "tool sub: FILE:1:12: \"colour\" takes red or green, not \"blue\"\n"
     "tool sub: FILE:2:16: there is no \"nobody\"\n"},
    {"{\"names\": \"a\"}", "tool sub: FILE:1:11: \"names\" must be an array of strings, and this is a string\n"},
    {"{\"names\": [1, \"nobody\", {}]}", "tool sub: FILE:1:12: \"names\" holds strings, and this is a number\n"
                                         "tool sub: FILE:1:15: there is no \"nobody\"\n"
                                         "tool sub: FILE:1:25: \"names\" holds strings, and this is an object\n"},
    {"{\"knobs\": {\"a\": {\"b\": null}, \"c\": []}}",
     "tool sub: FILE:1:23: \"b\" must be a string, a number, true or false, and this is null\n"
     "tool sub: FILE:1:35: \"c\" must be a string, a number, true or false, and this is an array\n"},
    {"{\"jobs\": 1, \"jobs\": 2}", "tool sub: FILE:1:21: member \"jobs\" stands twice in one object\n"},
    {"{\"jobs\": 1,}", "tool sub: FILE:1:12: a member name in quotes is expected here\n"},
    {"[]", "tool sub: FILE:1:1: an object is expected, and this is an array\n"},
    {"", "tool sub: FILE:1:1: the file is empty\n"},
    {"\xef\xbb\xbf{}", "tool sub: FILE:1:1: the file begins with a byte order mark; save it as UTF-8 without one\n"},
};

static void mistakes_of_a_file_have_a_place(void *context)
{
    const struct mistake *mistake = context;
    struct reading reading = read_config(mistake->line, "");
    char *text = said(&reading);
    CHECK_INTEGER(reading.answer, OPTIONS_WRONG);
    CHECK_TEXT(text, mistake->said);
    free(text);
    release(&reading);
}

static void a_command_can_do_without_the_file(void *context)
{
    struct reading reading = read_with(&table, "check --config /nowhere/x.json");
    (void)context;
    CHECK_INTEGER(reading.answer, OPTIONS_GO);
    CHECK_TEXT(reading.err, "");
    release(&reading);
}

/* ── The environment ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The tests are one thread here, and each cleans up. */
static void set_variables(const char *const *pairs)
{
    for (; *pairs != NULL; pairs += 2)
        setenv(pairs[0], pairs[1], 1);
}

static void unset_variables(const char *const *pairs)
{
    for (; *pairs != NULL; pairs += 2)
        unsetenv(pairs[0]);
}

static void variables_are_options(void *context)
{
    static const char *const pairs[] = {"OPTIONTEST_LISTEN",
                                        "e",
                                        "OPTIONTEST_SEED_NUMBER",
                                        "9",
                                        "OPTIONTEST_TIME_SCALE",
                                        "0.5",
                                        "OPTIONTEST_QUIET",
                                        "yes",
                                        "OPTIONTEST_NAME",
                                        " a  b ",
                                        "OPTIONTEST_JOBS",
                                        "",
                                        "OPTIONTEST_LIST",
                                        "true",
                                        NULL};
    const char *place = NULL;
    (void)context;
    set_variables(pairs);
    struct reading reading = read_with(&table, "");
    unset_variables(pairs);
    CHECK_TEXT(reading.err, "");
    CHECK_TEXT(reading.settings.listen, "e");
    CHECK_INTEGER(reading.settings.seed, 9);
    CHECK_INTEGER(reading.settings.jobs, 2);
    CHECK(reading.settings.quiet && !reading.settings.list);
    check_words(&reading.settings.names, "a|b");
    CHECK_INTEGER(options_source(reading.values, reading.settings.names.list[1], &place), OPTION_ENVIRONMENT);
    CHECK_TEXT(place, "OPTIONTEST_NAME");
    release(&reading);
}

static void variables_are_checked(void *context)
{
    static const char *const pairs[] = {"OPTIONTEST_JOBS", "x", "OPTIONTEST_QUIET", "maybe", "OPTIONTEST_NAME",
                                        "nobody",          NULL};
    (void)context;
    set_variables(pairs);
    struct reading reading = read_with(&table, "");
    unset_variables(pairs);
    CHECK_INTEGER(reading.answer, OPTIONS_WRONG);
    CHECK_TEXT(reading.err, "tool sub: OPTIONTEST_JOBS takes a whole number from 1 to 64, not \"x\"\n"
                            "tool sub: OPTIONTEST_QUIET takes true or false, not \"maybe\"\n"
                            "tool sub: OPTIONTEST_NAME nobody: there is no \"nobody\"\n");
    release(&reading);
}

static void a_near_variable_is_noted(void *context)
{
    static const char *const pairs[] = {"OPTIONTEST_LISTN", "x", "OPTIONTEST_ZEBRA", "y", "OPTIONTEST_LIST", "1", NULL};
    (void)context;
    set_variables(pairs);
    struct reading reading = read_with(&table, "");
    unset_variables(pairs);
    CHECK_INTEGER(reading.answer, OPTIONS_GO);
    CHECK_TEXT(reading.err, "tool sub: OPTIONTEST_LISTN is not read; did you mean OPTIONTEST_LISTEN?\n");
    release(&reading);
}

static void the_stronger_source_wins(void *context)
{
    const char *file =
        "{\"listen\": \"f\", \"jobs\": 3, \"seed_number\": 3, \"names\": [\"f\", \"g\"], \"run\": [\"f\"],"
        " \"knobs\": {\"f\": \"1\"}, \"quiet\": true}";
    static const char *const pairs[] = {"OPTIONTEST_LISTEN",
                                        "e",
                                        "OPTIONTEST_JOBS",
                                        "4",
                                        "OPTIONTEST_NAME",
                                        "h i",
                                        "OPTIONTEST_KNOB",
                                        "e=2",
                                        "OPTIONTEST_QUIET",
                                        "false",
                                        NULL};
    (void)context;
    set_variables(pairs);
    struct reading reading = read_config(file, "--listen a --name k --knob a=3");
    unset_variables(pairs);
    CHECK_TEXT(reading.err, "");
    CHECK_TEXT(reading.settings.listen, "a");
    CHECK_INTEGER(reading.settings.jobs, 4);
    CHECK_INTEGER(reading.settings.seed, 3);
    CHECK(!reading.settings.quiet);
    check_words(&reading.settings.names, "k");
    check_words(&reading.settings.runs, "f");
    check_words(&reading.settings.knobs, "f=1|e=2|a=3");
    release(&reading);
}

static void the_environment_names_a_file(void *context)
{
    char *path = config_file("{\"jobs\": 5}");
    (void)context;
    setenv("OPTIONTEST_CONFIG", path, 1);
    struct reading reading = read_with(&table, ""), other = read_with(&table, "--config /nowhere/x.json");
    unsetenv("OPTIONTEST_CONFIG");
    unlink(path);
    CHECK_INTEGER(reading.settings.jobs, 5);
    CHECK_CONTAINS(other.err, "/nowhere/x.json");
    release(&reading);
    release(&other);
    free(path);
}

void suite_options(void)
{
    register_test("options", "spellings are alike", spellings_are_alike, NULL);
    register_test("options", "defaults stay", defaults_stay, NULL);
    register_test("options", "words and lists are kept in order", words_and_lists_are_kept_in_order, NULL);
    register_test("options", "decimals have a point", decimals_have_a_point, NULL);
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        char *name = mem_print("mistakes are told: %s", mistakes[i].line);
        register_test("options", name, mistakes_are_told, &mistakes[i]);
        free(name);
    }
    register_test("options", "help and version count anywhere", help_and_version_count_anywhere, NULL);
    register_test("options", "help has two columns", help_has_two_columns, NULL);
    register_test("options", "help names the other sources", help_names_the_other_sources, NULL);
    register_test("options", "a file has every option", a_file_has_every_option, NULL);
    register_test("options", "an absolute path stays", an_absolute_path_stays, NULL);
    for (size_t i = 0; i < COUNT_OF(file_mistakes); i++) {
        char *name = mem_print("mistakes of a file have a place %zu", i);
        register_test("options", name, mistakes_of_a_file_have_a_place, &file_mistakes[i]);
        free(name);
    }
    register_test("options", "a command can do without the file", a_command_can_do_without_the_file, NULL);
    register_test("options", "variables are options", variables_are_options, NULL);
    register_test("options", "variables are checked", variables_are_checked, NULL);
    register_test("options", "a near variable is noted", a_near_variable_is_noted, NULL);
    register_test("options", "the stronger source wins", the_stronger_source_wins, NULL);
    register_test("options", "the environment names a file", the_environment_names_a_file, NULL);
}
