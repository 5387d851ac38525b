/*
 * What it takes to make an order, or to let something happen to one: whose order it is, what the fixtures and the knobs
 * say, what time it is, and where ids come from.
 *
 * A maker is a handful of pointers, passed by value or lent; it owns nothing. A session hands one out for now
 * (session_maker()), a seed keeps one of the moment in which it was planted. So a provider that makes a document or
 * handles an event needs neither the session nor its store.
 *
 *     struct maker maker = exchange_maker(x);
 *     struct order *order = order_make(&maker, spec, &problem);
 */
#ifndef MODEL_MAKER_H
#define MODEL_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/json.h"
#include "model/id_source.h"

struct knob_values;
struct order;
struct provider;

struct maker {
    const struct provider *provider;
    const cJSON *fixture; /* provider.json */
    const struct knob_values *knobs;
    struct id_source *ids;
    int64_t now_us; /* session time */
};

/* The value of the provider's knob of that number (model/knob.h). */
int64_t maker_knob(const struct maker *maker, unsigned knob);

/* Draws for documents. */
void maker_uuid(const struct maker *maker, char out[UUID_TEXT_MAX]);
void maker_characters(const struct maker *maker, const char *alphabet, size_t length, char *out);
int64_t maker_next_number(const struct maker *maker);

/*
 * Makes an order from what a fixture or a control call says of it: {"id"?, "account"?, "state"?, "document"?,
 * "facts"?}. The rest comes from the provider: a new document, written for the state; members of the given document
 * win. `spec` has been checked against the shapes. Returns an order with one reference; or NULL, with a static text in
 * *problem, when the provider has no such state or the id cannot be one of its ids. It is in its state since now.
 */
struct order *order_make(const struct maker *maker, const cJSON *spec, const char **problem) WARN_UNUSED;

#endif
