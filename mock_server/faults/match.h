/*
 * Which requests a fault is meant for: the member `match`.
 *
 *     {"provider": "…", "operation": "cancel", "order": "4711", "method": "PUT", "header": {"name": "X-Try", "value":
 * "2"}}
 *
 * A request is meant when everything that is named fits: the provider, the operation of its route, the order by any of
 * its names, the method, and a header of that name (with that value where one is given). What no request could ever be
 * is refused when the fault is armed, with the nearest name: a provider that is not served, an operation or a method
 * that no route has. An order may be made later, so any is fine.
 *
 * A match lends its words from the JSON that it was read from, and never changes.
 */
#ifndef FAULTS_MATCH_H
#define FAULTS_MATCH_H

#include <stdbool.h>

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

struct exchange;
struct provider;

/* Each NULL: any. */
struct fault_match {
    const char *provider, *operation, *order, *method, *header, *header_value;
};

extern const struct shape match_shape[];

/* Whether two names of the exchange's provider mean one order in its session: a fault may name it by an alias. */
typedef bool fault_same_order(const struct exchange *x, const char *one, const char *other);

/* `spec` (NULL: none) fits the rows and outlives the match. `providers` (ended by NULL) are those that it can mean;
 * NULL: nothing is looked up. */
void fault_match_read(struct fault_match *match, const cJSON *spec, const struct provider *const *providers,
                      struct text *problems);
/* Method and header alone. */
bool fault_match_fits_head(const struct fault_match *match, const struct exchange *x);
bool fault_match_fits(const struct fault_match *match, const struct exchange *x, fault_same_order *same_order);

#endif
