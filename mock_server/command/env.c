/*
 * options → the authority → its files → lines for a shell.
 *
 * What is printed is read by a shell, and a folder's name or a variable of the user's own may hold anything: so every
 * value is quoted (trust/quoting.h), and nothing but our own words and a checked address stands in a comment.
 */
#include "command/env.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/outputs.h"
#include "base/text.h"
#include "command/open_authority.h"
#include "fixtures/fixtures.h"
#include "trust/authority.h"
#include "trust/quoting.h"
#include "trust/trust_files.h"

#define PROGRAM "cancelmock env"

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

struct env_settings {
    const char *ca_dir, *shell, *url;
};

static const struct shell {
    const char *name, *before, *between, *use;
    enum quoting quoting;
} shells[] = {
    {"sh", "export ", "=", "eval \"$(cancelmock env)\"", QUOTE_SH},
    {"fish", "set -gx ", " ", "cancelmock env --shell fish | source", QUOTE_FISH},
    {"powershell", "$env:", " = ", "cancelmock env --shell powershell | Out-String | Invoke-Expression",
     QUOTE_POWERSHELL},
    {"dotenv", "", "=", "docker run --env-file FILE, and others that read such files", QUOTE_DOTENV},
};

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(name) OPTION_AT(struct env_settings, name)

static bool check_shell(void *into, const char *value, struct text *problem)
{
    (void)into;
    for (size_t i = 0; i < COUNT_OF(shells); i++)
        if (strcmp(shells[i].name, value) == 0)
            return true;
    text_print(problem, "takes sh, fish, powershell or dotenv, not \"%.60s\"", value);
    return false;
}

/* It stands in comments: whatever could end one is refused. */
static bool check_url(void *into, const char *value, struct text *problem)
{
    bool is_fine = strncmp(value, "http://", 7) == 0 || strncmp(value, "https://", 8) == 0;
    (void)into;
    for (const char *at = value; *at != '\0'; at++)
        is_fine = is_fine && *at > ' ' && *at <= '~';
    if (!is_fine)
        text_add(problem, "give where the mock is reached, such as https://127.0.0.1:8443");
    return is_fine;
}

static const struct option rows[] = {
    {"--ca-dir", 0, "DIR", OPTION_TEXT, AT(ca_dir), .help = CA_DIR_HELP},
    {"--shell", 's', "SHELL", OPTION_TEXT, AT(shell), .check = check_shell, .is_word_only = true,
     .help = "who reads the lines: sh (default; bash and zsh too), fish, powershell or dotenv"},
    {"--url", 'u', "URL", OPTION_TEXT, AT(url), .check = check_url, .is_word_only = true,
     .help = "where the mock is reached, for the options of clients (http://127.0.0.1:8080)"},
};

static const char before[] = "cancelmock env - variables by which programs trust the mock\n"
                             "\n"
                             "Usage: eval \"$(cancelmock env [OPTION…])\"\n"
                             "\n"
                             "Writes certificates in the forms that common stacks read into the folder trust/\n"
                             "below the authority's, and prints a line for each variable that names them:\n"
                             "SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS,\n"
                             "PHP_INI_SCAN_DIR and JAVA_TOOL_OPTIONS. The system's certificates stay trusted.\n"
                             "In the last two, what the environment says already is kept and added to.\n"
                             "Comments show the options by which known clients are given another address.\n";

static const char after[] = "Examples\n"
                            "  eval \"$(cancelmock env)\"\n"
                            "  cancelmock env --shell fish | source\n"
                            "  cancelmock env --shell dotenv > trust.env\n"
                            "\n"
                            "Exit: 0 done, 1 something cannot be made, read or written (the message names the\n"
                            "file and what helps), 2 usage.\n";

static const struct option_table table = {
    .program = PROGRAM,
    .environment = "CANCELMOCK_",
    .before = before,
    .after = after,
    .rows = rows,
    .count = COUNT_OF(rows),
};

static int complain(const char *problem)
{
    fprintf(stderr, PROGRAM ": %s\n", problem);
    return EXIT_FAILED;
}

/* ── The lines ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct lines {
    const struct shell *shell;
    struct text text;
    const char *unwritable; /* the variable that this shell's form cannot hold; NULL: none */
};

/* trust_variables_each() */
static void add_variable(void *context, const char *name, const char *value)
{
    struct lines *lines = context;
    text_print(&lines->text, "%s%s%s", lines->shell->before, name, lines->shell->between);
    if (!quoting_add(&lines->text, lines->shell->quoting, value))
        lines->unwritable = name;
    text_add_char(&lines->text, '\n');
}

/* The clients that a provider's fixtures name, each with its option for the address. */
static void add_clients(struct text *text, const cJSON *provider, const char *url)
{
    const cJSON *client = NULL;
    cJSON_ArrayForEach (client, json_member(provider, "clients"))
        text_print(text, "#   %s: %s=%s%s\n", json_string_or(client, "name", ""), json_string_or(client, "option", ""),
                   url, json_string_or(client, "path", ""));
}

static bool is_provider_file(const char *path)
{
    const char *slash = strchr(path, '/');
    return slash != NULL && strcmp(slash, "/provider.json") == 0;
}

static void add_comments(struct text *text, const char *url)
{
    char *root = mem_dup(url);
    for (size_t length = strlen(root); length > 0 && root[length - 1] == '/'; length--)
        root[length - 1] = '\0';
    text_print(text, "# Clients that can be given another address, with the mock at %s:\n", root);
    for (const struct embedded_file *file = embedded_fixtures; file->path != NULL; file++) {
        cJSON *provider = is_provider_file(file->path) ? json_read_text(file->bytes) : NULL;
        add_clients(text, provider, root);
        cJSON_Delete(provider);
    }
    free(root);
}

/* ── Doing it ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shell *shell_named(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(shells); i++)
        if (strcmp(shells[i].name, name) == 0)
            return &shells[i];
    return &shells[0];
}

/* The folder of the files, whole and absolute; NULL after telling why there is none. The caller frees it. */
static char *folder_of(const struct authority *authority)
{
    char *whole = realpath(authority_folder(authority), NULL);
    if (whole == NULL) {
        fprintf(stderr, PROGRAM ": %s: it cannot be found again: %s\n", authority_folder(authority), strerror(errno));
        return NULL;
    }
    char *folder = mem_print("%s/trust", whole);
    free(whole);
    return folder;
}

static int print_lines(const char *folder, const struct env_settings *settings)
{
    struct lines lines = {shell_named(settings->shell), TEXT_INIT(TEXT_UNBOUNDED), NULL};
    int status = EXIT_DONE;
    text_print(&lines.text, "# For %s\n", lines.shell->use);
    trust_variables_each(folder, add_variable, &lines);
    add_comments(&lines.text, settings->url);
    if (lines.unwritable != NULL) {
        fprintf(stderr,
                PROGRAM
                ": %s would have quotes, blanks or signs that readers of such files do not agree on; use another "
                "folder or another --shell\n",
                lines.unwritable);
        status = EXIT_FAILED;
    } else {
        fputs(text_cstr(&lines.text), stdout);
        status = outputs_flush(PROGRAM, "the variables") ? EXIT_DONE : EXIT_FAILED;
    }
    text_release(&lines.text);
    return status;
}

static int run(const struct env_settings *settings)
{
    struct text problem = TEXT_INIT(8192);
    struct authority *authority = open_authority(PROGRAM, settings->ca_dir);
    char *folder = authority == NULL ? NULL : folder_of(authority);
    int status = EXIT_FAILED;
    if (folder != NULL && trust_files_write(authority, folder, &problem) < 0)
        status = complain(text_cstr(&problem));
    else if (folder != NULL)
        status = print_lines(folder, settings);
    free(folder);
    authority_free(authority);
    text_release(&problem);
    return status;
}

int command_env(int argc, char **argv)
{
    struct env_settings settings = {.shell = "sh", .url = "http://127.0.0.1:8080"};
    struct option_values *values = NULL;
    struct words words;
    enum options_answer read = options_read(&table, &settings, argc, argv, &words, &values, stdout, stderr);
    int status = read == OPTIONS_DONE ? EXIT_DONE : EXIT_USAGE;
    if (read == OPTIONS_GO && words.count > 0)
        fprintf(stderr, PROGRAM ": \"%.100s\" is one argument too many\n", words.list[0]);
    else if (read == OPTIONS_GO)
        status = run(&settings);
    options_release(values);
    return status;
}
