/*
 * What the vendor's own application asks beside orders and cancels (8.3), and the settings of a shop (8.4).
 *
 *     channels.c             a sales channel in full, content types
 *     integration_actions.c  which object of the shop is which of the channel: an order's number there, its pk here
 *     action_calls.c         the calls on one of them
 *     batches.c              the envelope of a run of the application; what it writes after a failure
 *     settings.c             the cancellation strategy
 *
 * Every cancel of that application begins here: it reads the channel, opens a batch, and looks up by their remote ids
 * the pks of the order and of each item. What it makes is kept in the session (exchange_keep_record()), in these
 * records:
 *
 *     "action 18831"    what was changed of an integration action, by its pk; of one that was made, all of it
 *     "batch 7"         a batch request, as it is answered
 *     "setting NAME"    a setting, as it is answered
 */
#ifndef PROVIDERS_AKINON_CHANNELS_H
#define PROVIDERS_AKINON_CHANNELS_H

#include "providers/akinon/plan.h"

/* ── channels.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct content_type {
    int64_t id;
    const char *app_label;
    const char *model; /* "orderitem" */
};

#define MODEL_ORDER   "order"
#define MODEL_ITEM    "orderitem"
#define MODEL_REQUEST "cancellationrequest"

/* NULL where there is none. */
const struct content_type *akinon_content_type(const char *model);
const struct content_type *akinon_content_type_of_id(int64_t id);
cJSON *akinon_show_content_type(const struct content_type *type) WARN_UNUSED;
/* The channel of that pk in full. */
cJSON *akinon_show_channel(const struct exchange *x, const char *pk) WARN_UNUSED;
void akinon_render_channel(struct exchange *x);
void akinon_render_content_types(struct exchange *x);
/* The mistake of a channel's pk in a body: it must be that of the path. */
const char *akinon_channel_mistake(struct exchange *x, const struct order *order, const cJSON *value);

/* ── integration_actions.c ─────────────────────────────────────────────────────────────────────────────────────── */

void akinon_render_actions(struct exchange *x);
/* The action as it is answered, of the channel of the path; NULL when there is none. */
cJSON *akinon_action_of_pk(struct exchange *x, const char *pk) WARN_UNUSED;
cJSON *akinon_action_of_object(struct exchange *x, const char *model, const char *object_id) WARN_UNUSED;
/* The pk of the action that an order, an item or a request has by itself; NULL for other models. */
const char *akinon_own_action_pk(struct exchange *x, const char *model, const char *object_id);

/* ── action_calls.c ────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_action(struct exchange *x);
void akinon_render_action(struct exchange *x);
enum step akinon_validate_new_action(struct exchange *x);
void akinon_render_new_action(struct exchange *x);
enum step akinon_validate_action_update(struct exchange *x);
void akinon_render_action_update(struct exchange *x);
void akinon_render_action_deletion(struct exchange *x);
/* Overlays the action of that object in the channel of the path with `changes`; nothing happens where there is none. */
void akinon_change_action(struct exchange *x, const char *model, const char *object_id, const cJSON *changes);

/* ── batches.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step akinon_validate_new_batch(struct exchange *x);
void akinon_render_new_batch(struct exchange *x);
void akinon_render_batches(struct exchange *x);
enum step akinon_validate_batch(struct exchange *x);
void akinon_render_batch(struct exchange *x);
enum step akinon_validate_batch_update(struct exchange *x);
void akinon_render_batch_update(struct exchange *x);
enum step akinon_validate_error_report(struct exchange *x);
void akinon_render_error_report(struct exchange *x);

/* ── settings.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Notes in the journal that the shop's strategy is one of which only the name is public. */
void akinon_note_strategy(struct exchange *x);
enum step akinon_validate_setting(struct exchange *x);
void akinon_render_setting(struct exchange *x);
void akinon_render_settings(struct exchange *x);

#endif
