/*
 * Taking the answer's place: what every kind does that answers, or that lets nothing leave.
 *
 *     replace_with_status(x, 503);
 *     reply_header(x, "Retry-After", "30");
 */
#ifndef FAULTS_REPLACE_H
#define FAULTS_REPLACE_H

struct exchange;

/* No answer, as if nobody had made one; a delay that an earlier fault asked for stays. */
void replace_answer(struct exchange *x);
/* The answer of that status as the provider words it, or the status alone. */
void replace_with_status(struct exchange *x, int status);
void replace_with_text(struct exchange *x, int status, const char *content_type, const char *body);

#endif
