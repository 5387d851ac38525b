/* options → the authority → its certificate, in a form and to a place. */
#include "command/ca.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/outputs.h"
#include "base/text.h"
#include "command/open_authority.h"
#include "trust/authority.h"
#include "trust/private_files.h"
#include "trust/trust_files.h"

#define PROGRAM "cancelmock ca"

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

struct ca_settings {
    const char *ca_dir, *format, *output;
};

static const struct {
    const char *name;
    enum trust_format format;
} formats[] = {
    {"pem", TRUST_PEM},
    {"bundle", TRUST_BUNDLE},
    {"p12", TRUST_PKCS12},
};

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(name) OPTION_AT(struct ca_settings, name)

static bool check_format(void *into, const char *value, struct text *problem)
{
    (void)into;
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (strcmp(formats[i].name, value) == 0)
            return true;
    text_print(problem, "takes pem, bundle or p12, not \"%.60s\"", value);
    return false;
}

static const struct option rows[] = {
    {"--ca-dir", 0, "DIR", OPTION_TEXT, AT(ca_dir), .help = CA_DIR_HELP},
    {"--format", 'f', "FORMAT", OPTION_TEXT, AT(format), .check = check_format, .is_word_only = true,
     .help = "pem: the certificate alone (default); bundle: the system's certificates and this one, for programs that "
             "take one file in their place; p12: the same as a trust store for Java, password changeit"},
    {"--output", 'o', "FILE", OPTION_TEXT, AT(output), .is_word_only = true,
     .help = "write it to this file; - is standard output (default)"},
};

static const char before[] = "cancelmock ca - the certificate authority of this installation\n"
                             "\n"
                             "Usage: cancelmock ca [OPTION…]\n"
                             "\n"
                             "It signs the certificates of the TLS listener: whoever trusts it trusts those.\n"
                             "It is made on first use and is this installation's alone. Its private key,\n"
                             "ca.key in the same folder, is readable by its owner only and never printed.\n"
                             "Without options the certificate goes to standard output; where it lives, its\n"
                             "SHA-256 fingerprint and its end go to standard error.\n";

static const char after[] = "Examples\n"
                            "  cancelmock ca > ca.pem\n"
                            "  cancelmock ca --format p12 --output trust.p12\n"
                            "\n"
                            "Exit: 0 done, 1 it cannot be made, read or written (the message names the file\n"
                            "and what helps), 2 usage.\n";

static const struct option_table table = {
    .program = PROGRAM,
    .environment = "CANCELMOCK_",
    .before = before,
    .after = after,
    .rows = rows,
    .count = COUNT_OF(rows),
};

/* ── Doing it ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static int complain(const char *problem)
{
    fprintf(stderr, PROGRAM ": %s\n", problem);
    return EXIT_FAILED;
}

static void tell_about(const struct authority *authority)
{
    char ends[INSTANT_TEXT_MAX];
    instant_write_utc(authority_ends_us(authority), 0, ends);
    fprintf(stderr, "%s\n  lives in  %s\n  SHA-256   %s\n  ends      %s\n", authority_name(authority),
            authority_folder(authority), authority_fingerprint(authority), ends);
}

static int print(const struct text *bytes, enum trust_format format)
{
    if (format == TRUST_PKCS12 && isatty(STDOUT_FILENO))
        return complain("a trust store is no text for a terminal; give --output FILE");
    fwrite(text_cstr(bytes), 1, bytes->length, stdout);
    return outputs_flush(PROGRAM, "the certificate") ? EXIT_DONE : EXIT_FAILED;
}

static int export(const struct authority *authority, const struct ca_settings *settings)
{
    enum trust_format format = TRUST_PEM;
    struct text bytes = TEXT_INIT(TRUST_EXPORT_MAX), problem = TEXT_INIT(8192);
    for (size_t i = 0; settings->format != NULL && i < COUNT_OF(formats); i++)
        if (strcmp(formats[i].name, settings->format) == 0)
            format = formats[i].format;
    bool is_stdout = settings->output == NULL || strcmp(settings->output, "-") == 0;
    int status = EXIT_DONE;
    if (trust_export(authority, format, &bytes, &problem) < 0)
        status = complain(text_cstr(&problem));
    else if (is_stdout)
        status = print(&bytes, format);
    else if (private_file_replace(settings->output, text_cstr(&bytes), bytes.length, 0644, &problem) < 0)
        status = complain(text_cstr(&problem));
    text_release(&bytes);
    text_release(&problem);
    return status;
}

static int run(const struct ca_settings *settings)
{
    struct authority *authority = open_authority(PROGRAM, settings->ca_dir);
    if (authority == NULL)
        return EXIT_FAILED;
    int status = export(authority, settings);
    if (status == EXIT_DONE && settings->format == NULL && settings->output == NULL)
        tell_about(authority);
    authority_free(authority);
    return status;
}

int command_ca(int argc, char **argv)
{
    struct ca_settings settings = {NULL};
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
