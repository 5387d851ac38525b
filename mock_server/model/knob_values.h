/*
 * The knobs of every provider as one session has them set.
 *
 * Each knob has a beginning (the default, changed by --knob, the configuration file or the making of a session) and the
 * value that was set since. Values are read and set atomically, from any thread; the beginnings are settled before the
 * values are shared.
 */
#ifndef MODEL_KNOB_VALUES_H
#define MODEL_KNOB_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"

struct knob_values;
struct provider;
struct text;

/* `providers` is ended by NULL and outlives the values. */
struct knob_values *knob_values_new(const struct provider *const *providers) WARN_UNUSED;
/* The same beginnings, and nothing set since. */
struct knob_values *knob_values_copy(const struct knob_values *knobs) WARN_UNUSED;
void knob_values_free(struct knob_values *knobs);

int64_t knob_values_get(const struct knob_values *knobs, const struct provider *provider, unsigned knob);
void knob_values_set(struct knob_values *knobs, const struct provider *provider, unsigned knob, int64_t value);
/* Back to the beginnings. */
void knob_values_reset(struct knob_values *knobs);

/* Makes `value` the beginning of the knob, as people write all three; false, with the reason in `problem`, when there
 * is no such provider, knob or value. */
bool knob_values_begin_with(struct knob_values *knobs, const char *provider, const char *name, const char *value,
                            struct text *problem);

/* The number of the knob of that name, or -1 with the reason and the nearest name in `problem` (may be NULL). */
int knob_named(const struct provider *provider, const char *name, struct text *problem);
/* False, with what the knob can be in `problem`, when it has no such value. */
bool knob_value(const struct provider *provider, unsigned knob, const char *value, int64_t *out, struct text *problem);

#endif
