/*
 * iletiMerkezi SMS API: a customer calls back an order of text messages that was scheduled for later.
 *
 *     POST /v1/cancel-order/json      {"request":{"authentication":{"key":"…","hash":"…"},"order":{"id":"312891245"}}}
 *     200 {"response":{"status":{"code":200,"message":"İşlem başarılı"}}}
 *
 * Every answer, good or bad, has response.status; its code stands on the status line too, so that a client meets HTTP
 * statuses nobody registered (455, 456). All calls but get-reports and consents have an XML twin at the path without
 * `/json`, and one takes a query; what they mean is the same, so the code is too (base/xml.h).
 *
 *     send-sms ──▶ scheduled ──dispatch──▶ sending ──complete──▶ completed
 *         │            ├────────fail──────────┴──────fail──────▶ failed
 *         │            └──── cancel ────▶ cancelled
 *         └── without a time ──▶ sending
 *
 * `dispatch` happens by itself `close_window_seconds` before the time of the order, `complete` after the delay of
 * `delivery_pace`; only `fail` is raised by hand.
 *
 * Oddities that are imitated: 455 says unknown, foreign, too late and cancelled before, all in one (6.1, 9.18); three
 * causes of a 401 that cannot be told apart (2); a report about a scheduled order is an error, 456 (9.7); a cancelled
 * order is reported like a failed one, 115 (9.8); the id is a string or an integer, of any length (4), and the list of
 * orders has it as an integer where the report has a string (8.4); a time with seconds is no time, and the order leaves
 * at once (9.9); `receipents` (8.1).
 *
 * Not imitated: senders that are added, settings (they answer 404, 3), webhooks (8.5), what IYS says of a
 * number, the fixed text of messages from APITEST, the limit of 100 SMS a second, messages of one order that arrive
 * while others do not (an order made in the fixtures or by hand can have them).
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's cancel-order page.
 */
#include "providers/iletimerkezi/sms.h"

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct route routes[] = {
    {"POST", "/cancel-order/json", "cancel", iletimerkezi_validate_cancel, iletimerkezi_decide_cancel,
     iletimerkezi_render_cancel},
    {"POST", "/cancel-order", "cancel", iletimerkezi_validate_cancel, iletimerkezi_decide_cancel,
     iletimerkezi_render_cancel},
    {"POST", "/send-sms/json", "send_sms", iletimerkezi_validate_send, iletimerkezi_decide_send,
     iletimerkezi_render_sent},
    {"POST", "/send-sms", "send_sms", iletimerkezi_validate_send, iletimerkezi_decide_send, iletimerkezi_render_sent},
    {"POST", "/send-sms/", "send_sms", iletimerkezi_validate_send, iletimerkezi_decide_send,
     iletimerkezi_render_sent}, /* 9.15 */
    {"GET", "/send-sms/get/", "send_sms", iletimerkezi_validate_send_get, iletimerkezi_decide_send,
     iletimerkezi_render_sent},
    {"GET", "/send-sms/get", "send_sms", iletimerkezi_validate_send_get, iletimerkezi_decide_send,
     iletimerkezi_render_sent}, /* 9.15 */
    {"POST", "/get-report/json", "get_report", iletimerkezi_validate_report, iletimerkezi_decide_report,
     iletimerkezi_render_report, .is_read = true},
    {"POST", "/get-report", "get_report", iletimerkezi_validate_report, iletimerkezi_decide_report,
     iletimerkezi_render_report, .is_read = true},
    {"POST", "/get-report/", "get_report", iletimerkezi_validate_report, iletimerkezi_decide_report,
     iletimerkezi_render_report, .is_read = true}, /* 9.15 */
    {"POST", "/get-reports/json", "get_reports", iletimerkezi_validate_reports, NULL, iletimerkezi_render_reports,
     .is_read = true},
    {"POST", "/get-balance/json", "get_balance", NULL, NULL, iletimerkezi_render_balance},
    {"POST", "/get-balance", "get_balance", NULL, NULL, iletimerkezi_render_balance},
    {"POST", "/get-sender/json", "get_sender", NULL, NULL, iletimerkezi_render_senders},
    {"POST", "/get-sender", "get_sender", NULL, NULL, iletimerkezi_render_senders},
    {"POST", "/get-blacklist/json", "get_blacklist", iletimerkezi_validate_blacklist, NULL,
     iletimerkezi_render_blacklist},
    {"POST", "/get-blacklist", "get_blacklist", iletimerkezi_validate_blacklist, NULL, iletimerkezi_render_blacklist},
    {"POST", "/add-blacklist/json", "add_blacklist", iletimerkezi_validate_blocked_number, NULL,
     iletimerkezi_render_block},
    {"POST", "/add-blacklist", "add_blacklist", iletimerkezi_validate_blocked_number, NULL, iletimerkezi_render_block},
    {"POST", "/delete-blacklist/json", "delete_blacklist", iletimerkezi_validate_blocked_number, NULL,
     iletimerkezi_render_unblock},
    {"POST", "/delete-blacklist", "delete_blacklist", iletimerkezi_validate_blocked_number, NULL,
     iletimerkezi_render_unblock},
    {"POST", "/consent/create/json", "create_consents", iletimerkezi_validate_consents, NULL,
     iletimerkezi_render_consents},
    {"POST", "/consent/show/json", "show_consent", iletimerkezi_validate_consent, NULL, iletimerkezi_render_consent},
    {"POST", "/add-plugin-user", "add_plugin_user", NULL, NULL, iletimerkezi_render_plugin_user},
    {.method = NULL},
};

/* ── The provider ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const secret_headers[] = {"Authorization", "X-API-Hash", NULL};
static const char *const secret_members[] = {"key", "hash", "password", NULL};

/* 9.5, with the knob reason_phrase at `ascii`. */
static const struct reason_phrase phrases[] = {
    {450, "Sender Not Allowed"}, {451, "Duplicate Order"}, {452, "Invalid Recipients"}, {453, "Order Too Large"},
    {454, "Empty Message"},      {455, "Order Not Found"}, {456, "Order Not Yet Due"},  {457, "Invalid Send Date"},
    {458, "Invalid Date Range"}, {464, "Invalid Page"},    {468, "IYS Not Chosen"},     {469, "IYS List Not Chosen"},
    {470, "IYS Code Missing"},   {466, "Invalid Number"},  {474, "Number Not Blocked"}, {.phrase = NULL},
};

static const struct base_path bases[] = {{"/v1", NULL}, {NULL, NULL}};

const struct provider provider_iletimerkezi = {
    .name = "iletimerkezi",
    .title = "iletiMerkezi SMS API",
    .bases = bases,
    .content_type = "application/json",
    .phrases = phrases,
    .routes = routes,
    .events = iletimerkezi_events,
    .states = iletimerkezi_states,
    .knobs = iletimerkezi_knobs,
    .knob_count = KNOB_COUNT,
    .id_member = "id",
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .document_shape = iletimerkezi_document_shape,
    .facts_shape = iletimerkezi_facts_shape,
    .credential_shape = iletimerkezi_credential_shape,
    .fixture_shape = iletimerkezi_fixture_shape,
    .refuse = iletimerkezi_refuse,
    .answer_status = iletimerkezi_answer_status,
    .finish = iletimerkezi_finish,
    .authenticate = iletimerkezi_authenticate,
    .credential_shown = iletimerkezi_credential_shown,
    .order_named = iletimerkezi_order_named,
    .routed_path = iletimerkezi_routed_path,
    .new_document = iletimerkezi_new_document,
    .write_state = iletimerkezi_write_state,
    .read_names = iletimerkezi_read_names,
};
