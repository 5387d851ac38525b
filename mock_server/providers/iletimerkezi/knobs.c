/* What the documents leave open (9 and the places that the clauses name), with our decision first. */
#include <assert.h>

#include "providers/iletimerkezi/iletimerkezi.h"

static const char *const bad_id_codes[] = {"400", "422", "455", NULL};
static const char *const method_statuses[] = {"404", "405", NULL};

const struct knob iletimerkezi_knobs[] = {
    [KNOB_HTTP_STATUS_MODE] = {"http_status_mode", KNOB_WORDS(HTTP_STATUS_MODE), .clause = "9.1",
                               .meaning = "the HTTP status: the code of the body, 400 for every 45x, or always 200"},
    [KNOB_CODE_TYPE] = {"code_type", KNOB_WORDS(CODE_TYPE), .clause = "9.2",
                        .meaning = "whether status.code is an integer or a string of digits, in JSON"},
    [KNOB_MESSAGE_LANG] = {"message_lang", KNOB_WORDS(MESSAGE_LANG), .clause = "9.3",
                           .meaning = "messages as the API sends them, or as the English mirror of the docs has them"},
    [KNOB_ACCESS_OFF_MESSAGE] = {"access_off_message", KNOB_WORDS(ACCESS_OFF_MESSAGE), .clause = "9.4",
                                 .meaning = "the text of a 401 while API access is switched off"},
    [KNOB_REASON_PHRASE] = {"reason_phrase", KNOB_WORDS(REASON_PHRASE), .clause = "9.5",
                            .meaning = "what follows the code on the status line: English words, the message, nothing"},
    [KNOB_BAD_ID_CODE] = {"bad_id_code", bad_id_codes, .clause = "9.6",
                          .meaning = "the code for an order.id that is absent, empty or not all digits"},
    [KNOB_SCHEDULED_REPORT] = {"scheduled_report", KNOB_WORDS(SCHEDULED_REPORT), .clause = "9.7",
                               .meaning = "what get-report says of an order whose time has not come"},
    [KNOB_CANCELLED_REPORT] = {"cancelled_report", KNOB_WORDS(CANCELLED_REPORT), .clause = "9.8",
                               .meaning = "what get-report says of a cancelled order"},
    [KNOB_SECONDS_IN_SCHEDULE] = {"seconds_in_schedule", KNOB_WORDS(SECONDS_IN_SCHEDULE), .clause = "9.9",
                                  .meaning = "what a sendDateTime with seconds does: the order leaves at once, or 457"},
    [KNOB_REQUIRE_JSON_CONTENT_TYPE] = {"require_json_content_type", KNOB_OFF_ON, .clause = "9.13",
                                        .meaning = "whether a Content-Type that is not of the path's form is a 400"},
    [KNOB_WRONG_METHOD_STATUS] = {"wrong_method_status", method_statuses, .clause = "9.14",
                                  .meaning = "the HTTP status for a method that the path does not have"},
    [KNOB_ACCEPT_TRAILING_SLASH] = {"accept_trailing_slash", KNOB_OFF_ON, .clause = "9.15",
                                    .meaning = "whether every path may have a slash behind it"},
    [KNOB_JSON_ESCAPE_UNICODE] = {"json_escape_unicode", KNOB_OFF_ON, .clause = "9.16",
                                  .meaning = "whether JSON has Turkish letters as \\u escapes"},
    [KNOB_RATE_LIMIT] = {"rate_limit", KNOB_OFF_ON, .clause = "9.17",
                         .meaning = "whether every call with valid credentials is over the limit: 429"},
    [KNOB_SEND_COOKIE] = {"send_cookie", KNOB_OFF_ON, .clause = "9.20",
                          .meaning = "whether answers set the session cookie emsid"},
    [KNOB_IYS_ABSENT] = {"iys_absent", KNOB_WORDS(IYS_ABSENT), .clause = "8.1",
                         .meaning = "what send-sms says when `iys` is absent: nothing, as the live API, or 468"},
    [KNOB_CLOSE_WINDOW_SECONDS] = {"close_window_seconds", .initial = 60, .least = 0, .most = ILETIMERKEZI_WINDOW_MOST,
                                   .clause = "7",
                                   .meaning = "how long before its time an order enters the carrier queue"},
    [KNOB_REFUND_ON_CANCEL] = {"refund_on_cancel", KNOB_ON_OFF, .clause = "7",
                               .meaning = "whether a cancel gives the price of the order back"},
    [KNOB_DELIVERY_PACE] = {"delivery_pace", .is_delay = true, .initial = DELAY_AFTER_SECONDS(60), .clause = "7",
                            .meaning = "when the carrier has done with an order that is being sent"},
    [KNOB_LEGACY_LOGIN] = {"legacy_login", KNOB_OFF_ON, .clause = "9.21",
                           .meaning = "whether username and password are taken in the place of key and hash"},
    [KNOB_SCHEDULED_IN_LIST] = {"scheduled_in_list", KNOB_WORDS(SCHEDULED_IN_LIST), .clause = "9.23",
                                .meaning = "the status of an order in get-reports whose time has not come"},
    [KNOB_NUMBER_FORMS] = {"number_forms", KNOB_WORDS(NUMBER_FORMS), .clause = "9.24",
                           .meaning =
                               "which spellings of a number are read: with a leading 0 too, as recorded, or not"},
    [KNOB_COUNT_TYPE] = {"count_type", KNOB_WORDS(COUNT_TYPE), .clause = "8.7",
                         .meaning = "whether the count of get-blacklist is an integer or a string of digits, in JSON"},
    [KNOB_BLACKLIST_FOREIGN] = {"blacklist_foreign", KNOB_WORDS(BLACKLIST_FOREIGN), .clause = "8.7",
                                .meaning = "what the blacklist says of a foreign number"},
    [KNOB_GZIP] = {"gzip", KNOB_WORDS(GZIP), .clause = "9.22",
                   .meaning = "whether a 200 is compressed where the client accepts gzip"},
};

static_assert(COUNT_OF(iletimerkezi_knobs) == KNOB_COUNT, "a row for each number");
