/*
 * Building and printing a struct cancelorder_result. Texts are copied in; setting one again replaces it.
 *
 * What an answer can make grow has a limit, and the note says so when it is met: an answer may hold 60,000 errors, and
 * nobody waits for them, or reads them.
 */
#ifndef CORE_RESULT_H
#define CORE_RESULT_H

#include <cjson/cJSON.h>

#include "base/memory.h"
#include "cancelorder.h"
#include "core/secrets.h"

#define RESULT_FIELD_ERRORS_MAX 100
#define RESULT_LINES_MAX        1000

void result_init(struct cancelorder_result *result);

/* Forgets what an earlier answer said, but not how often and whether something was sent. */
void result_forget_answer(struct cancelorder_result *result);

/* Refused here, nothing sent: `invalid`, `local`, and why. */
void result_refuse(struct cancelorder_result *result, const char *format, ...) PRINTF(2, 3);

void result_set(char **slot, const char *text);                                            /* NULL clears */
void result_note(struct cancelorder_result *result, const char *format, ...) PRINTF(2, 3); /* adds a sentence */

/* A look-up told what a lost answer did not: sets the outcome and replaces the texts about the loss. */
void result_settle(struct cancelorder_result *result, enum cancelorder_outcome outcome, const char *note);

/* Another cancel of the same order is under way on this machine: refused here. */
void result_busy(struct cancelorder_result *result);

void result_order_add(struct cancelorder_result *result, const char *name, enum cancelorder_kind kind,
                      const char *text);
/* Begins a line item of the order, and adds a member to the line item begun last. False: there are RESULT_LINES_MAX
 * already, and no more is taken. */
bool result_line_begin(struct cancelorder_result *result);
void result_line_add(struct cancelorder_result *result, const char *name, enum cancelorder_kind kind, const char *text);
/* False: there are RESULT_FIELD_ERRORS_MAX already, and no more is taken. */
bool result_field_error_add(struct cancelorder_result *result, const char *field, const char *text);
void result_item_add(struct cancelorder_result *result, const char *id, enum cancelorder_outcome outcome,
                     const char *state);
const char *result_order_text(const struct cancelorder_result *result, const char *name);

void result_mask(struct cancelorder_result *result, const struct secrets *secrets);

/* Adds every member that has a value to `object`. */
void result_print(const struct cancelorder_result *result, cJSON *object);

const char *result_sent_word(enum cancelorder_sent sent);

#endif
