/*
 * Akinon Omnitron, cancel order: the rules of a client as rows.
 *
 *     POST /api/i1/orders/{pk}/cancel/          Authorization: Token …
 *     {"order":1883,"is_all":true,"cancel_items":[],"forced_refund_amount":null,"reasons":{"70193":12,"70194":12}}
 *     200 {"pk":1883,"status":"50",…}
 *
 * Status 200 means that a plan was opened; the order is cancelled once its status is 100, so that a plain cancel is
 * "pending" and nothing more. The list of bad answers is lost; sibling calls have 400 for fields and 406 for the rules
 * of the service. A second call is refused while a plan waits, so that nothing may be sent twice, and a lost answer is
 * settled by reading the order. A client may read the order before it calls; rows count cancel calls and never
 * requests, and where the order does not exist no call is needed to find that out.
 *
 * "All items" may be said in two ways: is_all with an empty list, or the list of all items. Both are accepted.
 *
 * Not asked here: two cancels of one order at the same time (AKN-IDEMP-4), waiting for the final state and paging
 * (AKN-POLL-1, AKN-POLL-2), certificates (the rest of AKN-SEC-1), exit codes (AKN-REP-2).
 *
 * The rows about the request stand in akinon_request.inc, those about answers in akinon_answers.inc, and those about
 * repeats, items and secrets in akinon_repeats.inc.
 */
#include "cases/registry.h"

#include <stdlib.h>
#include <string.h>

#include "cases/akinon_facts.h"
#include "support/doc.h"

#define PAGE    "page Order Cancellation"
#define PATH    "/api/i1/orders/"
#define UNKNOWN "99999999"
#define IBAN    "TR330006100519786457841326"

/* clang-format off */

/* Orders whose items have ids of our own, so that pointers can name them. */
#define TWO_ITEMS JSON({"document": {"orderitem_set": [{"pk": 81001}, {"pk": 81002, "price": "27.10"}]}})
#define MIXED_ITEMS JSON({"state": "preparing", "document": {"orderitem_set": [{"pk": 81001, "status": "450"}, {"pk": 81002, "status": "500"}]}})
#define BANK_ORDER JSON({"document": {"orderitem_set": [{"pk": 81001}, {"pk": 81002}]}, "facts": {"payment_type": "fund_transfer"}})
#define FIRST_ITEM JSON({"items": ["81001"], "reasons": {"81002": null}})
#define BANK_DETAILS JSON({"ibans": {"81001": "TR330006100519786457841326", "81002": "TR330006100519786457841326"}, "holder_names": {"81001": "Şükrü Çağlar {nonce}", "81002": "Şükrü Çağlar {nonce}"}})
#define SHIPPED JSON({"state": "shipped", "document": {"orderitem_set": [{"pk": 81001}, {"pk": 81002}]}})
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

static const struct check checks[] = {
#include "cases/akinon_request.inc"
#include "cases/akinon_answers.inc"
#include "cases/akinon_repeats.inc"
};

/* clang-format on */

/* The first active reason for cancelling; 0 when the provider lists none. */
static double cancel_reason(const cJSON *provider)
{
    const cJSON *reason = NULL;
    cJSON_ArrayForEach (reason, doc_member(provider, "reasons")) {
        const char *type = doc_string(reason, "cancellation_type");
        const cJSON *pk = doc_member(reason, "pk");
        if (type && strcmp(type, "cancel") == 0 && cJSON_IsTrue(doc_member(reason, "is_active")) && cJSON_IsNumber(pk))
            return pk->valuedouble;
    }
    return 0;
}

/* A plain cancel gives the same reason to every item of the order. */
static void complete(cJSON *arguments, const cJSON *order, const cJSON *provider)
{
    cJSON *reasons = cJSON_AddObjectToObject(arguments, "reasons");
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, doc_member(doc_member(order, "document"), "orderitem_set")) {
        char *pk = doc_plain(doc_member(item, "pk"));
        doc_add(reasons, pk, cJSON_CreateNumber(cancel_reason(provider)));
        free(pk);
    }
}

const struct check_table akinon_checks = {
    .profile =
        {
            .provider = "akinon",
            .title = "Akinon Omnitron",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .complete = complete,
            .credentials = "token",
            .cancel_operations = "cancel",
            .unreadable = OUT_PENDING, /* its 200 is the acceptance, whatever the body: providers: akinon 9.4, 10 */
        },
    .checks = checks,
    .count = CHECK_COUNT(checks),
};
