#include "command/settings.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "providers/registry.h"

#define HELP_COLUMNS 80

/* ── Checks ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The value is not repeated: it may belong to a person. */
static bool check_pair(const char *value, const char *shape, struct text *problem)
{
    const char *equals = strchr(value, '=');
    if (equals != NULL && equals != value && equals[1] != '\0')
        return true;
    text_print(problem, "takes %s, once for each item", shape);
    return false;
}

static bool check_item(void *into, const char *value, struct text *problem)
{
    (void)into;
    return check_pair(value, "ID=REASON", problem);
}

static bool check_iban(void *into, const char *value, struct text *problem)
{
    (void)into;
    return check_pair(value, "ID=IBAN", problem);
}

static bool check_holder(void *into, const char *value, struct text *problem)
{
    (void)into;
    return check_pair(value, "ID=NAME", problem);
}

static bool check_timeout(void *into, const char *value, struct text *problem)
{
    (void)value;
    if (settings_timeout_ms(into) > 0)
        return true;
    text_add(problem, "takes a number of seconds above 0, such as 2 or 0.8");
    return false;
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(member) OPTION_AT(struct settings, member)

const struct option settings_rows[] = {
    {"--provider", 0, "NAME", OPTION_TEXT, AT(provider), .help = "whose API it is: one of `cancelorder providers`"},
    {"--base-url", 0, "URL", OPTION_TEXT, AT(base_url), .help = "the API with its version; no default"},
    {"--reason", 0, "N", OPTION_TEXT, AT(reason_id), .help = "why it is cancelled, by the provider's own number"},
    {"--item", 0, "ID=REASON", OPTION_LIST, AT(items), .check = check_item, .is_word_only = true,
     .help = "only this item; may be repeated"},
    {"--no-details", 0, NULL, OPTION_SWITCH, AT(no_details), .help = "ask for a short answer"},
    {"--cargo-refund", 0, NULL, OPTION_SWITCH, AT(cargo_refund), .help = "give back the shipping cost, too"},
    {"--refund-invoice", 0, "NUMBER", OPTION_TEXT, AT(refund_invoice), .is_word_only = true,
     .help = "number of the refund's invoice"},
    {"--iban", 0, "ID=IBAN", OPTION_LIST, AT(ibans), .check = check_iban, .is_word_only = true,
     .help = "fund transfer: IBAN for an item; may be repeated"},
    {"--holder", 0, "ID=NAME", OPTION_LIST, AT(holders), .check = check_holder, .is_word_only = true,
     .help = "fund transfer: holder of that account; may be repeated"},
    {"--method", 0, "M", OPTION_TEXT, AT(method), .is_word_only = true,
     .help = "how, where there are several ways; without it chosen by the order's state"},
    {"--credentials", 0, "FILE", OPTION_TEXT, AT(credentials_file), .is_path = true,
     .help = "JSON object of texts that you alone can read; without it the CANCEL_ variables of `cancelorder "
             "providers`"},
    {"--timeout", 0, "SECONDS", OPTION_DECIMAL, AT(timeout_s), .least = 0, .most = TIMEOUT_MAX_S,
     .check = check_timeout, .help = "for everything, reads included; default 30"},
    {"--ca-file", 0, "FILE", OPTION_TEXT, AT(ca_file), .is_path = true, .help = "trusted authorities, PEM"},
    {"--state-dir", 0, "DIR", OPTION_TEXT, AT(state_dir), .is_path = true,
     .help = "what was cancelled is remembered here where a repeat must know it; default "
             "~/.local/state/cancelorder"},
    {"--json", 0, NULL, OPTION_SWITCH, AT(json), .help = "one line of JSON instead of text"},
};

const size_t settings_count = COUNT_OF(settings_rows);

/* Which argument of a provider an option stands for; those that are not here are for every provider and for reads. */
static const struct {
    const char *option;
    const char *argument;
} owned[] = {
    {"--reason", "reason_id"},
    {"--item", "items"},
    {"--no-details", "return_details"},
    {"--cargo-refund", "is_cargo_refund"},
    {"--refund-invoice", "refund_invoice_number"},
    {"--iban", "ibans"},
    {"--holder", "holder_names"},
    {"--method", "method"},
};

int64_t settings_timeout_ms(const struct settings *settings)
{
    return (int64_t)(settings->timeout_s * 1000 + 1e-6); /* 1.001 s is a little less than 1001 ms in a double */
}

/* ── Who has a use for what ────────────────────────────────────────────────────────────────────────────────────── */

static bool takes_argument(const struct client_provider *provider, const char *name)
{
    for (const struct client_word *row = provider->arguments; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return true;
    return false;
}

static bool is_on_line(int argc, char **argv, const char *option)
{
    size_t length = strlen(option);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], option, length) == 0 && (argv[i][length] == '\0' || argv[i][length] == '='))
            return true;
    return false;
}

static void print_unfit(const char *option, const char *argument, const struct client_provider *provider, FILE *err)
{
    fprintf(err, "cancelorder: %s does not apply to %s; it is for ", option, provider->name);
    const char *separator = "";
    const struct client_provider *other;
    for (size_t i = 0; (other = client_provider_at(i)) != NULL; i++) {
        if (!takes_argument(other, argument))
            continue;
        fprintf(err, "%s%s", separator, other->name);
        separator = " and ";
    }
    fputc('\n', err);
}

int settings_check(int argc, char **argv, const struct client_provider *provider, bool read, FILE *err)
{
    for (size_t i = 0; i < COUNT_OF(owned); i++) {
        if (!is_on_line(argc, argv, owned[i].option) || (!read && takes_argument(provider, owned[i].argument)))
            continue;
        if (read)
            fprintf(err, "cancelorder: %s is for cancel, not for get\n", owned[i].option);
        else
            print_unfit(owned[i].option, owned[i].argument, provider, err);
        return -1;
    }
    return 0;
}

static size_t print_option(const char *option, size_t at, size_t indent, FILE *out)
{
    if (at + 1 + strlen(option) > HELP_COLUMNS) {
        fprintf(out, "\n%*s", (int)indent, "");
        at = indent;
    }
    fprintf(out, " %s", option);
    return at + 1 + strlen(option);
}

void settings_print_owners(FILE *out)
{
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++) {
        size_t indent = (size_t)fprintf(out, "  %-14s", provider->name);
        size_t at = indent;
        for (size_t j = 0; j < COUNT_OF(owned); j++)
            if (takes_argument(provider, owned[j].argument))
                at = print_option(owned[j].option, at, indent, out);
        if (provider->remembers)
            at = print_option("--state-dir", at, indent, out);
        fputs(at == indent ? " (none)\n" : "\n", out);
    }
}
