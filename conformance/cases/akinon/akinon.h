/*
 * What the rows of Akinon Omnitron share: addresses, bodies and scripted answers that several of them need, and the
 * groups that akinon.c puts together.
 */
#ifndef CASES_AKINON_AKINON_H
#define CASES_AKINON_AKINON_H

#include "cases/akinon/verbs.h"
#include "check/check.h"
#include "judge/verbs.h"

/* clang-format off */

#define PAGE    "page Order Cancellation"
#define PATH    "/api/i1/orders/"
#define UNKNOWN "99999999"
#define IBAN    "TR330006100519786457841326"

/* Orders whose items have ids of our own, so that pointers can name them. */
#define TWO_ITEMS JSON({"document": {"orderitem_set": [{"pk": 81001}, {"pk": 81002, "price": "27.10"}]}})
#define MIXED_ITEMS JSON({"state": "preparing", "document": {"orderitem_set": [{"pk": 81001, "status": "450"}, {"pk": 81002, "status": "500"}]}})
#define BANK_ORDER JSON({"document": {"orderitem_set": [{"pk": 81001}, {"pk": 81002}]}, "facts": {"payment_type": "fund_transfer"}})
#define FIRST_ITEM JSON({"items": ["81001"], "reasons": {"81002": null}})
#define BANK_DETAILS JSON({"ibans": {"81001": "TR330006100519786457841326", "81002": "TR330006100519786457841326"}, "holder_names": {"81001": "Şükrü Çağlar {nonce}", "81002": "Şükrü Çağlar {nonce}"}})
#define SHIPPED JSON({"state": "shipped", "document": {"orderitem_set": [{"pk": 81001}, {"pk": 81002}]}})
#define ONE_CANCELED JSON({"state": "shipped", "document": {"cancel_status": "approved", "orderitem_set": [{"pk": 81001, "status": "100"}, {"pk": 81002, "status": "500"}]}})
#define ONE_WAITING JSON({"document": {"cancel_status": "waiting", "orderitem_set": [{"pk": 81001, "status": "50"}, {"pk": 81002, "price": "27.10"}]}})
#define REFUND_REASONS JSON({"reasons": {"81001": 20, "81002": 20}})

/* A pk beyond the integers of a double, from the fixtures, and its items. */
#define BIG_PK "9007199254740993"
#define BIG_REASONS JSON({"reasons": {"9007199254740995": 12, "9007199254740997": 12}})

/*
 * Credentials for a client that can log in. It may keep a key for an account that it met in another case, so that rows
 * which need a log-in use an account that is drawn for them, and answer the log-in themselves.
 */
#define ACCOUNT JSON({"token": null, "username": "{all_credentials.username}", "password": "{all_credentials.password}"})
#define NEW_ACCOUNT JSON({"token": null, "username": "u-{nonce}@çağrı.example", "password": "Ürün-{nonce} \"\\"})
#define NEW_ACCOUNT_AND_OLD_KEY JSON({"token": "0123456789abcdef0123456789abcdef01234567", "username": "u-{nonce}", "password": "p-{nonce}"})
#define LOGIN_ANSWER(status_, ...) "{\"fault\":\"CANNED_RESPONSE\",\"match\":{\"operation\":\"login\"},\"status\":" #status_ ",\"json\":" #__VA_ARGS__ "}"
#define LOGIN_WORKS LOGIN_ANSWER(200, {"key": "{all_credentials.token}"})

/* What a 200 may be called as long as no status 100 was seen. */
#define ACCEPTED (OUT_PENDING | OUT_UNKNOWN)

/* clang-format on */

extern const struct check_group akinon_request_line_rows, akinon_access_rows, akinon_request_body_rows,
    akinon_answers_rows, akinon_repeats_rows, akinon_items_rows, akinon_transport_rows;

#endif
