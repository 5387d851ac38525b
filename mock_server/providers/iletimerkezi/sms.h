/*
 * What a send-sms request asks for, between the files that read it and the one that makes an order of it.
 *
 *     send.c       reads a body: sender, IYS, schedule
 *     send_get.c   reads a query, as a body would say it
 *     messages.c   reads the messages of either: texts and recipients
 *     booking.c    makes the order, if it can be paid for and is no repeat
 *
 * sms_read() leaves a `struct sms` in x->scratch, for the decision that follows; it and all that it points at live in
 * the exchange's arena.
 */
#ifndef PROVIDERS_ILETIMERKEZI_SMS_H
#define PROVIDERS_ILETIMERKEZI_SMS_H

#include "base/ids.h"
#include "providers/iletimerkezi/iletimerkezi.h"

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

/* `order` is request.order, or what a query says in its stead; NULL when there is none. STEP_REPLY: refused. */
enum step sms_read(struct exchange *x, const cJSON *order);
/* Adds numbers, parts and print to `sms`, whose print begins as SMS_PRINT_NONE. */
enum step sms_read_messages(struct exchange *x, const cJSON *order, struct sms *sms);

#define SMS_PRINT_NONE ID_HASH_START

#endif
