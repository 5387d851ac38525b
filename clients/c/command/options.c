#include "command/options.h"

#include <stdlib.h>
#include <string.h>

#include "support/mem.h"

enum { NAME_MAX_LENGTH = 40, DAY_S = 86400 };

enum option_kind { OPTION_TEXT, OPTION_FLAG, OPTION_SECONDS, OPTION_ITEM };

struct option_row {
    const char *name;
    const char *value; /* for help; NULL = takes none */
    enum option_kind kind;
    size_t offset;
    const char *help;
};

#define AT(member) offsetof(struct options, member)

static const struct option_row rows[] = {
    {"--provider", "NAME", OPTION_TEXT, AT(provider), "one of `cancelorder providers`"},
    {"--base-url", "URL", OPTION_TEXT, AT(base_url), "the API with its version; no default"},
    {"--reason", "N", OPTION_TEXT, AT(reason_id), "dukkango 1 to 8; akinon: for every item"},
    {"--item", "ID=REASON", OPTION_ITEM, AT(items), "akinon: only this item; may be repeated"},
    {"--method", "M", OPTION_TEXT, AT(method), "zaikio: delete, cancel_by_consumer, request_cancelation"},
    {"--credentials", "FILE", OPTION_TEXT, AT(credentials_file),
     "JSON object of texts, readable by you alone; default: environment"},
    {"--timeout", "SECONDS", OPTION_SECONDS, AT(timeout_ms), "for everything; default 30"},
    {"--ca-file", "FILE", OPTION_TEXT, AT(ca_file), "trusted authorities, PEM"},
    {"--state-dir", "DIR", OPTION_TEXT, AT(state_dir), "what was cancelled; default ~/.local/state/cancelorder"},
    {"--json", NULL, OPTION_FLAG, AT(json), "one line of JSON instead of text"},
    {"--help", NULL, OPTION_FLAG, AT(help), "this text"},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

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

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Edit distance, for the hint beside an unknown option. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_MAX_LENGTH + 1];
    size_t length = strlen(b);

    if (length > NAME_MAX_LENGTH)
        return length;
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t above = row[j];
            size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);

            row[j] = smallest(above + 1, row[j - 1] + 1, change);
            diagonal = above;
        }
    }
    return row[length];
}

static const char *nearest(const char *name)
{
    const char *best = rows[0].name;

    for (size_t i = 1; i < ROW_COUNT; i++)
        if (distance(name, rows[i].name) < distance(name, best))
            best = rows[i].name;
    return best;
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

static int item_add(struct options *options, const char *value)
{
    const char *equals = strchr(value, '=');

    if (equals == NULL || equals == value || equals[1] == '\0' || options->item_count == OPTIONS_ITEMS_MAX)
        return -1;
    options->items[options->item_count++] =
        (struct cancelorder_pair){.name = mem_copy_bytes(value, (size_t)(equals - value)), .value = equals + 1};
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
    case OPTION_ITEM:
        if (item_add(options, value) == 0)
            return 0;
        fprintf(err, "cancelorder: %s: write ID=REASON, at most %d times\n", row->name, OPTIONS_ITEMS_MAX);
        return -1;
    }
    return -1;
}

/* Takes the option at argv[*at] and its value; moves *at to the last word taken. */
static int option_take(struct options *options, int argc, char **argv, int *at, FILE *err)
{
    const struct option_row *row = row_find(argv[*at]);
    const char *value = strchr(argv[*at], '=');

    if (row == NULL) {
        fprintf(err, "cancelorder: unknown option %.*s; did you mean %s?\n", (int)strcspn(argv[*at], "="), argv[*at],
                nearest(argv[*at]));
        return -1;
    }
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
    for (size_t i = 0; i < options->item_count; i++)
        free((void *)(uintptr_t)options->items[i].name);
    options->item_count = 0;
}

void options_print_help(FILE *out)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char left[NAME_MAX_LENGTH];

        snprintf(left, sizeof left, "%s%s%s", rows[i].name, rows[i].value ? " " : "",
                 rows[i].value ? rows[i].value : "");
        fprintf(out, "  %-20s %s\n", left, rows[i].help);
    }
}
