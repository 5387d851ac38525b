#include "model/knob.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"

const char *const KNOB_OFF_ON[] = {"off", "on", NULL};
const char *const KNOB_ON_OFF[] = {"on", "off", NULL};

/* ── Delays ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct unit {
    const char *name;
    int64_t us;
} units[] = {
    {"d", INT64_C(86400000000)}, {"h", INT64_C(3600000000)}, {"m", 60000000}, {"s", 1000000}, {"ms", 1000},
};

#define DELAY_POLLS_MAX 1000000
#define DELAY_AFTER_MAX (INT64_C(3660) * 86400000000) /* ten years */

/* "90s": a number and one of the units. */
static bool after_read(const char *text, int64_t *out)
{
    char digits[20];
    size_t length = strspn(text, "0123456789");
    int64_t count = 0;
    if (length == 0 || length >= sizeof digits)
        return false;
    snprintf(digits, sizeof digits, "%.*s", (int)length, text);
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (strcmp(units[i].name, text + length) == 0 &&
            number_read(digits, 1, DELAY_AFTER_MAX / units[i].us, &count)) {
            *out = count * units[i].us;
            return true;
        }
    return false;
}

static bool delay_read(const char *text, int64_t *out)
{
    int64_t polls = 0;
    if (strcmp(text, "never") == 0)
        *out = DELAY_NEVER;
    else if (strcmp(text, "immediate") == 0)
        *out = DELAY_IMMEDIATE;
    else if (strncmp(text, "polls:", 6) == 0 && number_read(text + 6, 1, DELAY_POLLS_MAX, &polls))
        *out = -polls;
    else
        return strncmp(text, "after:", 6) == 0 && after_read(text + 6, out);
    return true;
}

/* In the largest unit that keeps it whole. */
static void delay_write(int64_t value, char out[KNOB_TEXT_MAX])
{
    const struct unit *unit = units;
    if (value == DELAY_NEVER || value == DELAY_IMMEDIATE) {
        snprintf(out, KNOB_TEXT_MAX, "%s", value == DELAY_NEVER ? "never" : "immediate");
    } else if (value < 0) {
        snprintf(out, KNOB_TEXT_MAX, "polls:%lld", -(long long)value);
    } else {
        while (value % unit->us != 0 && unit < &units[COUNT_OF(units) - 1])
            unit++;
        snprintf(out, KNOB_TEXT_MAX, "after:%lld%s", (long long)(value / unit->us), unit->name);
    }
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool knob_read(const struct knob *knob, const char *text, int64_t *out)
{
    if (knob->is_delay)
        return delay_read(text, out);
    if (knob->choices == NULL)
        return number_read(text, knob->least, knob->most, out);
    for (int i = 0; knob->choices[i] != NULL; i++)
        if (strcmp(knob->choices[i], text) == 0) {
            *out = i;
            return true;
        }
    return false;
}

bool knob_is_on(const struct knob *knob, int64_t value)
{
    return strcmp(knob->choices[value], "on") == 0;
}

int knob_status(const struct knob *knob, int64_t value)
{
    int64_t status = 0;
    return number_read(knob->choices[value], 100, 599, &status) ? (int)status : 0;
}

const char *knob_write(const struct knob *knob, int64_t value, char out[KNOB_TEXT_MAX])
{
    if (knob->choices != NULL)
        return knob->choices[value];
    if (knob->is_delay)
        delay_write(value, out);
    else
        snprintf(out, KNOB_TEXT_MAX, "%lld", (long long)value);
    return out;
}
