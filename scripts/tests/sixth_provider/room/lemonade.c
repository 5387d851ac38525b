/*
 * Lemonade API: a stand that nobody has, for the trial of the recipe in docs/add-a-provider.md.
 *
 *     POST /lemonade/v1/orders/{order_id}/cancel      X-Stand-Key: …
 *     200 {"id":"…","glasses":2,"state":"cancelled"}
 */
#include "providers/lemonade/lemonade.h"

static const struct route routes[] = {
    {"POST", "/orders/{order_id}/cancel", "cancel", NULL, lemonade_decide_cancel, lemonade_render_order},
    {"GET", "/orders/{order_id}", "get_order", NULL, lemonade_decide_get, lemonade_render_order, .is_read = true},
    {.method = NULL},
};

static const char *const secret_headers[] = {LEMONADE_KEY_HEADER, NULL};

static const struct base_path bases[] = {{"/lemonade/v1", NULL}, {NULL, NULL}};

const struct provider provider_lemonade = {
    .name = "lemonade",
    .title = "Lemonade API",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = lemonade_events,
    .states = lemonade_states,
    .knobs = lemonade_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "id",
    .secret_headers = secret_headers,
    .document_shape = lemonade_document_shape,
    .facts_shape = lemonade_facts_shape,
    .credential_shape = lemonade_credential_shape,
    .fixture_shape = lemonade_fixture_shape,
    .refuse = lemonade_refuse,
    .authenticate = lemonade_authenticate,
    .credential_shown = lemonade_credential_shown,
    .new_document = lemonade_new_document,
    .write_state = lemonade_write_state,
    .read_names = lemonade_read_names,
};
