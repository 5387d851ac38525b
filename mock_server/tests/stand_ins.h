/*
 * Three invented providers with small tables, for tests of the fixtures alone: what the real ones learn to serve
 * changes nothing here. `kiosk` has most of everything, `arcade` stubs and a second folder, `depot` ids that are
 * integers.
 */
#ifndef TESTS_STAND_INS_H
#define TESTS_STAND_INS_H

#include "base/ids.h"
#include "model/provider.h"

/* NULL when none has that name. */
const struct provider *stand_in_named(const char *name);

#endif
