#include "command/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "providers/registry.h"

enum { NAME_MAX_LENGTH = 40, DAY_S = 86400 };

enum option_kind { OPTION_TEXT, OPTION_FLAG, OPTION_SECONDS, OPTION_PAIR };

struct option_row {
    const char *name;
    const char *value; /* for help; NULL = takes none */
    enum option_kind kind;
    size_t offset;
    const char *argument; /* of a provider's cancel; NULL = for every provider, and reads too */
    const char *help;
};

#define AT(member) offsetof(struct options, member)

static const struct option_row rows[] = {
    {"--provider", "NAME", OPTION_TEXT, AT(provider), NULL, "one of `cancelorder providers`"},
    {"--base-url", "URL", OPTION_TEXT, AT(base_url), NULL, "the API with its version; no default"},
    {"--reason", "N", OPTION_TEXT, AT(reason_id), "reason_id", "dukkango 1 to 8; akinon: for every item"},
    {"--item", "ID=REASON", OPTION_PAIR, AT(items), "items", "akinon: only this item; may be repeated"},
    {"--no-details", NULL, OPTION_FLAG, AT(no_details), "return_details", "akinon: ask for a short answer"},
    {"--cargo-refund", NULL, OPTION_FLAG, AT(cargo_refund), "is_cargo_refund", "akinon: the shipping cost too"},
    {"--refund-invoice", "NUMBER", OPTION_TEXT, AT(refund_invoice), "refund_invoice_number",
     "akinon: number of the refund's invoice"},
    {"--iban", "ID=IBAN", OPTION_PAIR, AT(ibans), "ibans", "akinon, fund transfer: IBAN of an item"},
    {"--holder", "ID=NAME", OPTION_PAIR, AT(holders), "holder_names", "akinon, fund transfer: holder of that account"},
    {"--method", "M", OPTION_TEXT, AT(method), "method", "zaikio: delete, cancel_by_consumer, request_cancelation"},
    {"--credentials", "FILE", OPTION_TEXT, AT(credentials_file), NULL,
     "JSON object of texts, readable by you alone; default: environment"},
    {"--timeout", "SECONDS", OPTION_SECONDS, AT(timeout_ms), NULL, "for everything; default 30"},
    {"--ca-file", "FILE", OPTION_TEXT, AT(ca_file), NULL, "trusted authorities, PEM"},
    {"--state-dir", "DIR", OPTION_TEXT, AT(state_dir), NULL,
     "iletimerkezi, akinon: what was cancelled; default ~/.local/state/cancelorder"},
    {"--json", NULL, OPTION_FLAG, AT(json), NULL, "one line of JSON instead of text"},
    {"--help", NULL, OPTION_FLAG, AT(help), NULL, "this text"},
};

enum { ROW_COUNT = COUNT_OF(rows) };

int64_t options_seconds(const char *text)
{
    char *end;
    long whole = strtol(text, &end, 10);
    long thousandths = 0;
    long weight = 100;
    if (text[0] < '0' || text[0] > '9' || whole > DAY_S)
        return -1;
    if (*end == '.')
        for (end++; *end >= '0' && *end <= '9'; end++, weight /= 10)
            thousandths += (*end - '0') * weight;
    if (*end != '\0' || end[-1] == '.' || (whole == 0 && thousandths == 0))
        return -1;
    return (int64_t)whole * 1000 + thousandths;
}

static const struct option_row *row_find(const char *argument)
{
    size_t length = strcspn(argument, "=");
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (strlen(rows[i].name) == length && strncmp(rows[i].name, argument, length) == 0)
            return &rows[i];
    return NULL;
}

static void *member(struct options *options, const struct option_row *row)
{
    return (char *)options + row->offset;
}

static bool row_is_given(const struct option_row *row, const struct options *options)
{
    const char *at = (const char *)options + row->offset;
    switch (row->kind) {
    case OPTION_TEXT:
        return *(const char *const *)(const void *)at != NULL;
    case OPTION_FLAG:
        return *(const bool *)(const void *)at;
    case OPTION_SECONDS:
        return *(const int64_t *)(const void *)at != 0;
    case OPTION_PAIR:
        return ((const struct option_pairs *)(const void *)at)->count > 0;
    }
    return false;
}

static int pair_add(struct option_pairs *pairs, const char *value)
{
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value || equals[1] == '\0' || pairs->count == OPTIONS_PAIRS_MAX)
        return -1;
    pairs->rows[pairs->count++] =
        (struct cancelorder_pair){.name = mem_dup_bytes(value, (size_t)(equals - value)), .value = equals + 1};
    return 0;
}

static int row_apply(const struct option_row *row, struct options *options, const char *value, FILE *err)
{
    switch (row->kind) {
    case OPTION_TEXT:
        *(const char **)member(options, row) = value;
        return 0;
    case OPTION_FLAG:
        *(bool *)member(options, row) = true;
        return 0;
    case OPTION_SECONDS:
        options->timeout_ms = options_seconds(value);
        if (options->timeout_ms > 0)
            return 0;
        fprintf(err, "cancelorder: %s: not a number of seconds above 0, such as 2 or 0.8\n", row->name);
        return -1;
    case OPTION_PAIR:
        if (pair_add(member(options, row), value) == 0)
            return 0;
        fprintf(err, "cancelorder: %s: write %s, at most %d times\n", row->name, row->value, OPTIONS_PAIRS_MAX);
        return -1;
    }
    return -1;
}

static int unknown_option(const char *argument, FILE *err)
{
    char *name = mem_dup_bytes(argument, strcspn(argument, "="));
    struct nearest nearest;
    nearest_begin(&nearest, name);
    for (size_t i = 0; i < ROW_COUNT; i++)
        nearest_try(&nearest, rows[i].name);
    if (nearest.name != NULL)
        fprintf(err, "cancelorder: unknown option %s; did you mean %s?\n", name, nearest.name);
    else
        fprintf(err, "cancelorder: unknown option %s; see cancelorder --help\n", name);
    free(name);
    return -1;
}

/* Takes the option at argv[*at] and its value; moves *at to the last word taken. */
static int option_take(struct options *options, int argc, char **argv, int *at, FILE *err)
{
    const struct option_row *row = row_find(argv[*at]);
    const char *value = strchr(argv[*at], '=');
    if (row == NULL)
        return unknown_option(argv[*at], err);
    if (row->value == NULL && value != NULL) {
        fprintf(err, "cancelorder: %s takes no value\n", row->name);
        return -1;
    }
    if (row->value != NULL && value == NULL && *at + 1 == argc) {
        fprintf(err, "cancelorder: %s wants %s\n", row->name, row->value);
        return -1;
    }
    if (value != NULL)
        value++;
    else if (row->value != NULL)
        value = argv[++*at];
    return row_apply(row, options, value, err);
}

int options_read(struct options *options, int argc, char **argv, FILE *err)
{
    bool only_words = false;
    memset(options, 0, sizeof *options);
    for (int at = 0; at < argc; at++) {
        if (!only_words && strcmp(argv[at], "--") == 0) {
            only_words = true;
        } else if (!only_words && argv[at][0] == '-' && argv[at][1] != '\0') {
            if (option_take(options, argc, argv, &at, err) != 0)
                return -1;
        } else if (options->order_id != NULL) {
            fprintf(err, "cancelorder: one ORDER at a time; '%s' is the second\n", argv[at]);
            return -1;
        } else {
            options->order_id = argv[at];
        }
    }
    return 0;
}

void options_release(struct options *options)
{
    struct option_pairs *const all[] = {&options->items, &options->ibans, &options->holders};

    for (size_t i = 0; i < COUNT_OF(all); i++) {
        for (size_t j = 0; j < all[i]->count; j++)
            free((void *)(uintptr_t)all[i]->rows[j].name);
        all[i]->count = 0;
    }
}

static bool takes_argument(const struct client_provider *provider, const char *name)
{
    for (const struct client_word *row = provider->arguments; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return true;
    return false;
}

static void print_unfit(const struct option_row *row, const struct client_provider *provider, FILE *err)
{
    const char *separator = "";
    fprintf(err, "cancelorder: %s does not apply to %s; it is for ", row->name, provider->name);
    const struct client_provider *other;
    for (size_t i = 0; (other = client_provider_at(i)) != NULL; i++) {
        if (!takes_argument(other, row->argument))
            continue;
        fprintf(err, "%s%s", separator, other->name);
        separator = " and ";
    }
    fputc('\n', err);
}

int options_check(const struct options *options, const struct client_provider *provider, bool read, FILE *err)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].argument == NULL || !row_is_given(&rows[i], options))
            continue;
        if (!read && takes_argument(provider, rows[i].argument))
            continue;
        if (read)
            fprintf(err, "cancelorder: %s is for cancel, not for get\n", rows[i].name);
        else
            print_unfit(&rows[i], provider, err);
        return -1;
    }
    return 0;
}

void options_print_help(FILE *out)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char left[NAME_MAX_LENGTH];
        snprintf(left, sizeof left, "%s%s%s", rows[i].name, rows[i].value ? " " : "",
                 rows[i].value ? rows[i].value : "");
        fprintf(out, "  %-24s %s\n", left, rows[i].help);
    }
}
