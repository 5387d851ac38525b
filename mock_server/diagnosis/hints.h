/*
 * The remedies: a table of rows, each with a detector. The first that fits speaks.
 *
 * A detector reads a look, and adds one sentence to `out` and is true, or adds nothing and is false. What it says is
 * made of names that the documents, the fixtures or the mock itself have: never the value of a credential, and of the
 * request itself only names of orders, and names of members that are near to documented ones.
 */
#ifndef DIAGNOSIS_HINTS_H
#define DIAGNOSIS_HINTS_H

#include <stdbool.h>

#include "base/text.h"

struct look;

#define HINT_SENTENCE_MAX 500

typedef bool hint_detector(const struct look *look, struct text *out);

/* hints_line.c: what is no request; the session; method and path */
hint_detector hint_unread, hint_session, hint_control, hint_placeholder, hint_method, hint_knob_route, hint_base,
    hint_slash, hint_spelling, hint_query_for_path, hint_segment, hint_no_route;
/* hints_access.c: who asks */
hint_detector hint_key_twice, hint_key_place, hint_key_of_session, hint_key_of_provider, hint_key_state, hint_key_half,
    hint_foreign_header, hint_key_missing, hint_key_unknown, hint_right;
/* hints_body.c: what is sent */
hint_detector hint_body_unwanted, hint_content_type, hint_body_form, hint_body_twice, hint_body_in_list,
    hint_body_empty, hint_body_broken, hint_too_large, hint_member_unknown, hint_member_name, hint_member_place,
    hint_member_wrap, hint_member_null, hint_member_kind, hint_member_missing;
/* hints_order.c: the order, its state, and time */
hint_detector hint_order, hint_state, hint_too_early, hint_value;

/* Adds the sentence of the first row that fits; nothing where none does. */
void hints_say(const struct look *look, struct text *out);

#endif
