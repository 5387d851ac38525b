#include "base/exposition.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"

#define MICRO 6 /* digits of a microsecond */

static void add_escaped(struct text *out, const char *value)
{
    for (; *value != '\0'; value++)
        if (*value == '\n')
            text_add(out, "\\n");
        else if (*value == '\\' || *value == '"')
            text_print(out, "\\%c", *value);
        else
            text_add_char(out, *value);
}

static void add_labels(struct text *out, const struct exposition_labels *labels)
{
    if (labels == NULL || labels->list[0].name == NULL)
        return;
    for (const struct exposition_label *label = labels->list; label->name != NULL; label++) {
        text_print(out, "%s%s=\"", label == labels->list ? "{" : ",", label->name);
        add_escaped(out, label->value);
        text_add_char(out, '"');
    }
    text_add_char(out, '}');
}

void exposition_begin(struct text *out, const char *name, const char *type, const char *help)
{
    text_print(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void exposition_count(struct text *out, const char *name, const struct exposition_labels *labels, uint64_t value)
{
    text_add(out, name);
    add_labels(out, labels);
    text_print(out, " %llu\n", (unsigned long long)value);
}

void exposition_histogram(struct text *out, const char *name, const struct exposition_histogram *histogram)
{
    uint64_t all = 0;
    char seconds[NUMBER_TEXT_MAX];
    char *bucket = mem_print("%s_bucket", name), *count = mem_print("%s_count", name);
    for (size_t i = 0; i <= histogram->bounds; i++) {
        bool is_last = i == histogram->bounds;
        const char *bound = is_last ? "+Inf" : number_write_decimal((double)histogram->bounds_us[i] / 1e6, seconds);
        all += histogram->counts[i];
        exposition_count(out, bucket, &(struct exposition_labels){{{"le", bound}}}, all);
    }
    text_print(out, "%s_sum %s\n", name, number_write_fixed(histogram->sum_us, MICRO, seconds));
    exposition_count(out, count, NULL, all);
    free(bucket);
    free(count);
}
