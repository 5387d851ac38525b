#include "model/knob.h"

#include <stdio.h>
#include <string.h>

#include "support/number.h"

const char *const KNOB_OFF_ON[] = {"off", "on", NULL};
const char *const KNOB_ON_OFF[] = {"on", "off", NULL};

bool knob_read(const struct knob *knob, const char *text, int64_t *out)
{
    if (knob->choices == NULL)
        return number_read(text, knob->least, knob->most, out);
    for (int i = 0; knob->choices[i] != NULL; i++)
        if (strcmp(knob->choices[i], text) == 0) {
            *out = i;
            return true;
        }
    return false;
}

const char *knob_write(const struct knob *knob, int64_t value, char out[24])
{
    if (knob->choices != NULL)
        return knob->choices[value];
    snprintf(out, 24, "%lld", (long long)value);
    return out;
}
