/*
 * send-sms (8.1): what the files that read such a request share with the one that makes an order of it.
 *
 *     gsm.c        how many SMS a text takes, and what is a telephone number
 *     blocked.c    numbers that the account has blocked
 *     messages.c   reads the messages: texts and recipients
 *     send.c       reads a body: sender, IYS, schedule
 *     send_get.c   reads a query, as a body would say it
 *     booking.c    makes the order, if it can be paid for and is no repeat
 *
 * sms_read() leaves a `struct sms` in x->scratch, for the decision that follows; it and all that it points at live in
 * the exchange's arena.
 */
#ifndef PROVIDERS_ILETIMERKEZI_SMS_H
#define PROVIDERS_ILETIMERKEZI_SMS_H

#include "base/ids.h"
#include "providers/iletimerkezi/iletimerkezi.h"

/* ── gsm.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ILETIMERKEZI_NUMBER_MAX 14 /* "+905301234567" and its NUL */
#define ILETIMERKEZI_PARTS_MAX  7

/* The number in the form of reports; false when it is none of a Turkish mobile phone. */
bool iletimerkezi_number_read(struct exchange *x, const cJSON *value, char out[ILETIMERKEZI_NUMBER_MAX]);
/* How many SMS a text takes; 0 for one of white space only. */
int64_t iletimerkezi_parts(const char *text);

/* ── blocked.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define BLOCKED_BEFORE INT64_MIN /* by the fixtures: before any date that a filter can name */

/* Numbers are in the form of reports. block and unblock are false where nothing changes. */
bool iletimerkezi_is_blocked(struct exchange *x, const char *number);
bool iletimerkezi_block(struct exchange *x, const char *number);
bool iletimerkezi_unblock(struct exchange *x, const char *number);
/* All of them, in the order in which they were blocked; in the arena. */
const struct list_item *iletimerkezi_blocked(struct exchange *x, size_t *count);

/* ── messages.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define SMS_PRINT_NONE ID_HASH_START

struct sms {
    const char *sender;
    const char *send_date_time; /* as it will stand in the document; NULL: none */
    int64_t at;
    bool waits;                               /* until `at` */
    char (*numbers)[ILETIMERKEZI_NUMBER_MAX]; /* of all messages, one after another */
    int64_t count;                            /* of numbers, over all messages */
    int64_t parts;                            /* SMS, over all messages and numbers */
    uint64_t print;                           /* of texts and recipients: what makes two orders the same */
};

/* Adds numbers, parts and print to `sms`, whose print begins as SMS_PRINT_NONE. */
enum step sms_read_messages(struct exchange *x, const cJSON *order, struct sms *sms);

/* ── send.c ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* `order` is request.order, or what a query says in its stead; NULL when there is none. STEP_REPLY: refused. */
enum step sms_read(struct exchange *x, const cJSON *order);
enum step iletimerkezi_validate_send(struct exchange *x);

/* ── send_get.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_send_get(struct exchange *x);

/* ── booking.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_decide_send(struct exchange *x, const struct order *order, struct order **changed);
void iletimerkezi_render_sent(struct exchange *x);

#endif
