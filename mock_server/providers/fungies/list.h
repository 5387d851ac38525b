/*
 * Lists of orders and of payments: what one asks for, and the rows that it is made of.
 *
 *     struct fungies_rows rows = {0};
 *     fungies_add_row(x, &rows, (struct fungies_row){.order = order, .position = 0});     // each that there is
 *     fungies_answer_rows(x, "orders", &rows);
 *
 * x->scratch is the struct fungies_query of the request. Orders and payments are borrowed, and live until the answer.
 */
#ifndef PROVIDERS_FUNGIES_LIST_H
#define PROVIDERS_FUNGIES_LIST_H

#include "providers/fungies/fungies.h"

/* ── query.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct fungies_word {
    const char *text;
    const struct fungies_word *next;
};

enum fungies_archived { ARCHIVED_LEFT_OUT, ARCHIVED_TOO, ARCHIVED_ALONE };

/* What a list asks for. Texts are NULL and lists of words empty where nothing is asked. */
struct fungies_query {
    int64_t skip, take;
    bool oldest_first;
    bool counts;
    enum fungies_archived archived;
    const char *term, *number, *user_id, *subscription_id;
    const struct fungies_word *ids, *statuses, *types;
    bool has_value_from, has_value_to;
    double value_from, value_to;
    int64_t created_from, created_to; /* milliseconds */
};

/* Reads x->request.query into *out; refuses with all mistakes. `types` are the words that `types` may have. */
enum step fungies_read_query(struct exchange *x, const char *const *types, bool ids_are_uuids,
                             struct fungies_query *out);

/* ── list.c ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct fungies_row {
    const struct order *order;
    const cJSON *payment; /* NULL in the list of orders */
    int64_t created_at;   /* milliseconds; set by fungies_add_row() */
    size_t position;      /* in which they came: of two of one millisecond the later is the newer */
};

struct fungies_rows {
    struct fungies_row *list;
    size_t count, room;
};

/* Adds the row if it is one that the query asks for. */
void fungies_add_row(struct exchange *x, struct fungies_rows *rows, struct fungies_row row);
/* Sorts the rows, answers with their page under `name`, and releases them. */
void fungies_answer_rows(struct exchange *x, const char *name, struct fungies_rows *rows);

#endif
