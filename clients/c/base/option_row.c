#include "base/option_row.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "base/text.h"

const struct option option_config = {
    .name = "--config",
    .value = "FILE",
    .kind = OPTION_TEXT,
    .help = "options as one JSON object; see below",
};

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

const struct option *option_at(const struct option_table *table, size_t index)
{
    if (index < table->count)
        return &table->rows[index];
    return index == table->count && table->has_config ? &option_config : NULL;
}

const char *option_member(const struct option *row, char out[OPTION_NAME_MAX])
{
    snprintf(out, OPTION_NAME_MAX, "%s", row->member != NULL ? row->member : row->name + strlen("--"));
    for (char *at = out; *at != '\0'; at++)
        if (*at == '-')
            *at = '_';
    return out;
}

const char *option_variable(const struct option_table *table, const struct option *row, char out[OPTION_NAME_MAX])
{
    snprintf(out, OPTION_NAME_MAX, "%s%s", table->environment, row->name + strlen("--"));
    for (char *at = out; *at != '\0'; at++)
        *at = *at == '-' ? '_' : ascii_upper(*at);
    return out;
}

bool option_takes_several(const struct option *row)
{
    return row->kind == OPTION_LIST || row->kind == OPTION_SEVERAL;
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *option_keep(struct option_reading *reading, char *text)
{
    struct option_values *values = reading->values;
    values->texts = mem_resize(values->texts, (values->text_count + 1) * sizeof *values->texts);
    values->texts[values->text_count++] = text;
    return text;
}

static void *place_of(const struct option_reading *reading, const struct option *row)
{
    return (char *)reading->into + row->at;
}

void option_begin_list(struct option_reading *reading, const struct option *row)
{
    struct words *words = place_of(reading, row);
    *words = (struct words){.list = NULL};
}

static void put_in_list(struct option_reading *reading, const struct option *row, const char *value)
{
    struct words *words = place_of(reading, row);
    const char ***list = &reading->values->lists[row - reading->table->rows];
    *list = mem_resize(*list, (words->count + 1) * sizeof **list);
    (*list)[words->count++] = value;
    words->list = *list;
}

static bool put_switch(bool *into, const char *value, struct text *problem)
{
    static const char *const words[] = {"true", "1", "yes", "false", "0", "no"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(value, words[i]) == 0) {
            *into = i < COUNT_OF(words) / 2;
            return true;
        }
    text_add(problem, "takes true or false");
    return false;
}

static bool put_integer(const struct option *row, int64_t *into, const char *value, struct text *problem)
{
    if (number_read(value, row->least, row->most, into))
        return true;
    text_print(problem, "takes an integer from %lld to %lld", (long long)row->least, (long long)row->most);
    return false;
}

static bool put_decimal(const struct option *row, double *into, const char *value, struct text *problem)
{
    double number;
    if (strpbrk(value, "eE") == NULL && number_read_decimal(value, &number) && number >= (double)row->least &&
        number <= (double)row->most) {
        *into = number;
        return true;
    }
    text_print(problem, "takes a number from %lld to %lld, such as 2 or 0.8", (long long)row->least,
               (long long)row->most);
    return false;
}

static bool put(struct option_reading *reading, const struct option *row, const char *value, struct text *problem)
{
    void *into = place_of(reading, row);
    switch (row->kind) {
    case OPTION_SWITCH:
        return put_switch(into, value, problem);
    case OPTION_TEXT:
        *(const char **)into = value;
        return true;
    case OPTION_INTEGER:
        return put_integer(row, into, value, problem);
    case OPTION_DECIMAL:
        return put_decimal(row, into, value, problem);
    case OPTION_LIST:
    case OPTION_SEVERAL:
        put_in_list(reading, row, value);
        return true;
    }
    return false;
}

bool option_put(struct option_reading *reading, const struct option *row, const char *value, const char *called)
{
    struct text problem = TEXT_INIT(TEXT_UNBOUNDED);
    bool fits = put(reading, row, value, &problem);
    if (fits && row->check != NULL)
        fits = row->check(reading->into, value, &problem);
    if (!fits)
        option_complain(reading, "%s %s", called, text_cstr(&problem));
    text_release(&problem);
    return fits;
}

void option_complain(const struct option_reading *reading, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(reading->err, "%s: ", reading->table->program);
    vfprintf(reading->err, format, list);
    fputc('\n', reading->err);
    va_end(list);
}
