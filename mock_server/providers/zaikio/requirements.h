/*
 * What V2 makes orders from: material requirements (8.3).
 *
 * An entry has the members of the body that a client sends for it (variant_id, supplier_id, amount, unit, site_id …),
 * and `id`, `consumer_id`, `references` and stamps. The first ones stand in provider.json. What a client has made or
 * changed is kept in the session, and stands in the place of an entry with its id. What has become of one follows from
 * the order that was made for it.
 *
 *     cJSON *entry = zaikio_requirement(x, exchange_param(x, "material_requirement_id"));
 *     if (entry != NULL)
 *         zaikio_show_requirement(x, entry);   // in x->scratch, for zaikio_render_shown()
 *     cJSON_Delete(entry);
 *
 * Entries that functions return are the caller's.
 */
#ifndef PROVIDERS_ZAIKIO_REQUIREMENTS_H
#define PROVIDERS_ZAIKIO_REQUIREMENTS_H

#include "providers/zaikio/contents.h"

/* ── requirements.c ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The one of the asking organisation with this id, or NULL. */
cJSON *zaikio_requirement(struct exchange *x, const char *id) WARN_UNUSED;
/* All of them that a list shows, the newest first: an array. An archived one is not listed. */
cJSON *zaikio_requirements(struct exchange *x) WARN_UNUSED;
/* Keeps it as it is now, instead of the one with its id. In `render` alone. */
void zaikio_keep_requirement(struct exchange *x, const cJSON *entry);
/* The order that was made for it, or NULL; to be dropped. */
const struct order *zaikio_order_for(struct exchange *x, const char *id);
/* "draft", "ordered" …: what has become of one with that order, which may be NULL. */
const char *zaikio_requirement_state(const struct order *order);
/* The article that is ordered for it, and the contract under which; NULL where it names none. */
const cJSON *zaikio_requirement_sku(struct exchange *x, const cJSON *entry);
const cJSON *zaikio_requirement_contract(struct exchange *x, const cJSON *entry);
/* Whether all is known that gives it a price; without one it cannot be ordered. */
bool zaikio_has_price(struct exchange *x, const cJSON *entry);
/* ── requirement_reads.c ───────────────────────────────────────────────────────────────────────────────────────── */

/* In the form of an answer. */
void zaikio_show_requirement(struct exchange *x, const cJSON *entry);
enum step zaikio_validate_requirement(struct exchange *x);
enum step zaikio_validate_requirements(struct exchange *x);
void zaikio_render_requirements(struct exchange *x);

/* ── requirement_changes.c ─────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_new_requirement(struct exchange *x);
void zaikio_render_new_requirement(struct exchange *x);
enum step zaikio_validate_requirement_change(struct exchange *x);
void zaikio_render_requirement_change(struct exchange *x);
enum step zaikio_validate_requirement_delete(struct exchange *x);
void zaikio_render_requirement_delete(struct exchange *x);
void zaikio_render_requirement_archive(struct exchange *x);

/* ── v2_create.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_v2_validate_create(struct exchange *x);
enum step zaikio_v2_decide_create(struct exchange *x, const struct order *order, struct order **changed);

#endif
