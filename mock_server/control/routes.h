/*
 * The routes of a provider, for GET /_mock/providers and `cancelmock routes`.
 *
 *     [{"method": "GET", "path": "/orders/{order_id}/", "operation": "get_order", "served": true,
 *       "aliases": [{"path": "/api/v1/orders/{order_id}/", "needs": "path_aliases=on", "served": true}]}, …]
 *
 * `path` is below the provider's base_url, or below `base` where that stands there. `aliases` are whole paths of the
 * same route below other bases. `needs` names the knobs, and `served` says whether they are set so in this session.
 */
#ifndef CONTROL_ROUTES_H
#define CONTROL_ROUTES_H

#include "base/json.h"

struct provider;
struct session;

cJSON *routes_to_json(const struct session *session, const struct provider *provider) WARN_UNUSED;

#endif
