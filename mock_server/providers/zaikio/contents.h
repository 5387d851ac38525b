/*
 * What a Zaikio order is made of: prices, members that several of its objects have, line items; and what a client may
 * put into a draft.
 *
 * It is checked first, in two steps: members of a wrong JSON type are a 400 (request.c), values that no order can have
 * a 422 (contents.c). What has been checked fits, so draft.c and line_items.c refuse nothing:
 *
 *     if (zaikio_check_types(x, change) == STEP_REPLY || zaikio_check_values(x, order, change) == STEP_REPLY)
 *         return STEP_REPLY;
 *     zaikio_apply_contents(x, copy->document, copy->facts, change);
 *
 * Objects that these functions return are the caller's; what they put into a tree belongs to that tree.
 */
#ifndef PROVIDERS_ZAIKIO_CONTENTS_H
#define PROVIDERS_ZAIKIO_CONTENTS_H

#include "providers/zaikio/zaikio.h"

/* ── money.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define DECIMAL_MAX 32
/* "0.0308524" × 2534 is "78.1799816": to the seventh place, as recorded. A text that is no decimal counts as 0. */
void zaikio_multiply(const char *price, int64_t amount, char out[DECIMAL_MAX]);
/* The sum of this member over all entries. */
void zaikio_sum(const cJSON *list, const char *member, char out[DECIMAL_MAX]);

/* ── members.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct member_row {
    const char *name;
    const char *text; /* NULL: null */
};

void zaikio_set_rows(cJSON *object, const struct member_row *rows, size_t count);

/* A drawn id; created_at and updated_at; updated_at alone, after a change that entered no state. */
void zaikio_set_id(struct exchange *x, cJSON *object);
void zaikio_set_stamps(struct exchange *x, cJSON *object);
void zaikio_touch(struct exchange *x, cJSON *object);

extern const struct shape zaikio_link_shape[];
/* [{"rel":"self","href":…}]: a path from the host's root; "" and no id where there is nothing to point at. */
void zaikio_set_links(cJSON *object, const char *folder, const char *id);
void zaikio_v2_set_links(cJSON *object, const char *folder, const char *id);
/* "CO/" and six upper-case letters or digits, then those of `others` (a list, or NULL). */
void zaikio_set_references(const struct maker *maker, cJSON *object, const char *prefix, const cJSON *others);

/* The first reference is Zaikio's own and stays (5); those that are given follow it. */
void zaikio_change_references(cJSON *object, const cJSON *given);

/* The contract as an order shows it: of these, `references` becoming its own, and that of an entry of provider.json. */
cJSON *zaikio_contract(const char *id, const char *customer_number, cJSON *references) WARN_UNUSED;
cJSON *zaikio_contract_of_order(const cJSON *entry) WARN_UNUSED;
/* {"id","<name_member>","links"} of nulls, since nobody is set; the object itself stays (5). */
cJSON *zaikio_nobody(const char *name_member) WARN_UNUSED;
/* {"id","name","links"} of an entry of provider.json; nulls when it is NULL. */
cJSON *zaikio_sales_group(const cJSON *entry) WARN_UNUSED;
/* {"id","references","amount" where it has one,"links"}: how another part tells of this one (8.2). */
cJSON *zaikio_pointer_to(const cJSON *object, const char *folder) WARN_UNUSED;
/* The order that a line item or a delivery belongs to, told within it. */
void zaikio_set_parent(cJSON *part, const char *order_id, const cJSON *references);

/* ── line_items.c ──────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape zaikio_line_item_shape[];

/* The one of a new order; `now` is its created_at. */
cJSON *zaikio_new_line_item(const struct maker *maker, const cJSON *order, const char *now) WARN_UNUSED;
/* A checked one into a draft. The totals of the order are told after the last of several: zaikio_set_totals(). */
void zaikio_add_line_item(struct exchange *x, cJSON *document, const cJSON *item);
void zaikio_set_totals(cJSON *document);
/* So many of a unit that is `each` of the base unit; never more than fits. */
int64_t zaikio_in_base_unit(int64_t amount, int64_t each);
/* Another amount of it, with all that depends on that but the totals of the order. */
void zaikio_change_amount(struct exchange *x, cJSON *item, int64_t amount);

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

bool zaikio_is_text_or_null(const cJSON *value);
bool zaikio_is_list_of_texts(const cJSON *value);
/* 400 for members of an order whose JSON type is wrong. */
enum step zaikio_check_types(struct exchange *x, const cJSON *change);
/* Whether a value that is sent is the one that is there: absent is null, and parts to be made are nothing when there
 * are none of them. */
bool zaikio_is_echo(const cJSON *own, const cJSON *value);
/* Those members of a change that only a draft can be given and that have another value than the order's (4, 9 A3): a
 * client that sends back what it read changes nothing. The caller's. */
cJSON *zaikio_other_contents(const cJSON *document, const cJSON *change) WARN_UNUSED;

/* ── values.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* `errors` gets {"<prefix><field>":[text]}, each text once, though several parts may share the mistake. */
void zaikio_add_error(struct exchange *x, cJSON *errors, const char *prefix, const char *field, const char *text);
/* 422 with them, or STEP_NEXT when there are none; drops them. */
enum step zaikio_refuse_errors(struct exchange *x, cJSON *errors);
/* What is wrong with an amount, or NULL. */
const char *zaikio_amount_problem(const cJSON *amount);
/* "2026-11-05", and whatever time of day follows. */
bool zaikio_begins_with_date(const char *text);
/* Mistakes of references, and of a site's id; NULL for those that are not sent. */
void zaikio_judge_references(struct exchange *x, const cJSON *references, const char *prefix, cJSON *errors);
void zaikio_judge_site(struct exchange *x, const cJSON *id, const char *prefix, cJSON *errors);

/* ── contents.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_refuse_not_draft(struct exchange *x, const char *field, const struct order *order);
/* 422 for values that no order can have; `order` is the draft that is changed, NULL for one that is yet to be made. */
enum step zaikio_check_values(struct exchange *x, const struct order *order, const cJSON *change);
/* The same for one more line item and one more delivery. */
enum step zaikio_check_line_item(struct exchange *x, const struct order *order, const cJSON *item);
enum step zaikio_check_delivery(struct exchange *x, const struct order *order, const cJSON *delivery);
/* And for what becomes of one that is there (8.2). */
enum step zaikio_check_line_item_change(struct exchange *x, const cJSON *change);
enum step zaikio_check_delivery_change(struct exchange *x, const struct order *order, const cJSON *delivery,
                                       const cJSON *change);
/* The same for what of a line a delivery holds. */
enum step zaikio_check_held(struct exchange *x, const struct order *order, const cJSON *held, bool is_new);

/* ── deliveries.c ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* One of the consumer's sites as an address; one of nulls when it is NULL. */
cJSON *zaikio_address_of_site(struct exchange *x, const cJSON *site) WARN_UNUSED;
/* The entry of a list with this id, or NULL. */
cJSON *zaikio_with_id(cJSON *list, const char *id);
void zaikio_add_delivery(struct exchange *x, cJSON *document, cJSON *facts, const cJSON *wanted);
void zaikio_change_delivery(struct exchange *x, cJSON *document, cJSON *delivery, const cJSON *change);
/* What of a line a delivery holds: one more, which the delivery then owns, and another of it. */
cJSON *zaikio_add_held(struct exchange *x, cJSON *document, cJSON *delivery, const cJSON *wanted);
void zaikio_change_held(struct exchange *x, cJSON *document, cJSON *held, const cJSON *change);
/* Whatever holds of this line tells of it as it is now, or with NULL goes with it. */
void zaikio_update_held(cJSON *facts, const char *line_item_id, const cJSON *item);

/* ── draft.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Puts checked members into a draft. */
void zaikio_apply_contents(struct exchange *x, cJSON *document, cJSON *facts, const cJSON *change);

/* ── create.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* An order in draft with these checked contents, and with `more` facts (NULL: none); the caller's. */
struct order *zaikio_make_draft(struct exchange *x, const cJSON *contract, const cJSON *wanted,
                                const cJSON *more) WARN_UNUSED;

#endif
