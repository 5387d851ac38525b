/* Rows about credentials: who may cancel, and how that is said. */
#include "cases/fungies/fungies.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── The keys, section 2 ─────────────────────────────────────────────────────────────────────────────────────── */

    {RULE("FNG-AUTH-1", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " PAGE "Headers; " KEYS_PAGE,
     .requirement = "x-fngs-public-key is there exactly once, with the public key, in the cancel call and whatever follows it.",
     .given = {.faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}})}},
     .expect = {.on = "*", .holds = {HEADER("x-fngs-public-key", "{credentials.public_key}")}}},

    {RULE("FNG-AUTH-2", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " PAGE "Headers",
     .requirement = "x-fngs-secret-key is there exactly once in the cancel call, with the secret key.",
     .expect = {.holds = {HEADER("x-fngs-secret-key", "{credentials.secret_key}")}}},

    {RULE("FNG-AUTH-3", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2, 9 A6; " PAGE "Headers",
     .requirement = "The keys are not sent as Authorization, though two lines of the page look like that.",
     .expect = {.on = "*", .holds = {NO_HEADER("Authorization")}}},

    {RULE("FNG-AUTH-4/in-place", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "Each key stands in its own header and in no other.",
     .expect = {.cancels = AT_LEAST(1), .holds = {KEYS_IN_PLACE}}},

    {RULE("FNG-AUTH-4/swapped", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "Keys that the caller has swapped are refused before anything is sent.",
     .given = {.credentials = JSON({"public_key": "{all_credentials.secret_key}", "secret_key": "{all_credentials.public_key}"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-4/secret-as-public", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "A secret key given as the public one is refused before anything is sent.",
     .given = {.credentials = JSON({"public_key": "sec_Zq81LmT4vR6xWc0D"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-5", SHOULD, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "Who reads the order after a lost answer sends the public key alone.",
     .given = {.faults = {JSON({"fault": "EMPTY_RESPONSE", "phase": "after_commit", "when": {"first": 1}})}},
     .expect = {.cancels = AT_LEAST(1), .holds = {READS_LACK_HEADER("x-fngs-secret-key")}}},

    {RULE("FNG-AUTH-6", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2; " KEYS_PAGE,
     .requirement = "No key stands in the URL, its query, a cookie or the body.",
     .expect = {.on = "*", .cancels = AT_LEAST(1), .holds = {NO_SECRET_IN_TARGET, NO_SECRET_IN_BODY, NO_HEADER("Cookie")}}},

    {RULE("FNG-AUTH-6/refused-key", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: fungies 2; " KEYS_PAGE "; catalogue SE-19",
     .requirement = "A key that the server refused is in no log and no error text.",
     .given = {.credentials = JSON({"secret_key": "sec_Zq81LmT4vR6xWc0D"})},
     .expect = {.outcomes = OUT_UNAUTHORIZED, .holds = {NO_SECRET_REPORTED}}},

    {RULE("FNG-AUTH-6/swapped-keys", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: fungies 2; " KEYS_PAGE "; catalogue SE-19",
     .requirement = "The refusal of swapped keys does not quote them.",
     .given = {.credentials = JSON({"public_key": "{all_credentials.secret_key}", "secret_key": "{all_credentials.public_key}"})},
     .expect = {.outcomes = OUT_REFUSED_HERE | OUT_ANY_FAILURE, .holds = {NO_SECRET_REPORTED}}},

    {RULE("FNG-AUTH-6/html", MUST, DOCUMENTED, REPORT | PROCESS),
     .clause = "providers: fungies 2; " KEYS_PAGE "; catalogue SE-19",
     .requirement = "An answer that cannot be read does not bring the keys into a log.",
     .given = {.faults = {ANSWER_ALL_TEXT(502, "text/html", "<html><h1>502 Bad Gateway</h1>{nonce}</html>")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {NO_SECRET_REPORTED}}},

    {RULE("FNG-AUTH-7/absent", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " PAGE "Headers",
     .requirement = "Without a secret key nothing is sent: a cancel needs write access.",
     .given = {.credentials = JSON({"secret_key": null})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-7/empty", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: fungies 2; " PAGE "Headers; catalogue AU-14",
     .requirement = "With an empty secret key nothing is sent.",
     .given = {.credentials = JSON({"secret_key": ""})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .local = true}},

    {RULE("FNG-AUTH-8/secret", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A secret key with a line break is refused; it never becomes a second header.",
     .given = {.credentials = JSON({"secret_key": "sec_abcdef\r\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .requests = NONE}},

    {RULE("FNG-AUTH-8/public", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; catalogue SE-17; RFC 9110 section 5.5",
     .requirement = "A public key with a line feed is refused.",
     .given = {.credentials = JSON({"public_key": "pub_abcdef\nX-Injected: 1"})},
     .expect = {.outcomes = OUT_REFUSED_HERE, .requests = NONE}},

    {RULE("FNG-AUTH-8/control", MUST, OURS, WIRE),
     .clause = "providers: fungies 10; RFC 9110 section 5.5",
     .requirement = "A key with another control character is refused.",
     .given = {.credentials = "{\"secret_key\": \"sec_abc\\u0001def\"}"},
     .expect = {.outcomes = OUT_REFUSED_HERE, .requests = NONE}},

    {RULE("FNG-AUTH-9/secret", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2",
     .requirement = "A secret key with '+', '/', '=', '_' and '-' goes out as it is.",
     .given = {.credentials = JSON({"secret_key": "sec_a+B/c=d_e-f=="})},
     .expect = {.holds = {HEADER("x-fngs-secret-key", "sec_a+B/c=d_e-f==")}}},

    {RULE("FNG-AUTH-9/public", MUST, DOCUMENTED, WIRE),
     .clause = "providers: fungies 2",
     .requirement = "A public key with '+', '/', '=', '_' and '-' goes out as it is.",
     .given = {.credentials = JSON({"public_key": "pub_a+B/c=d_e-f=="})},
     .expect = {.on = "*", .cancels = AT_LEAST(1), .holds = {HEADER("x-fngs-public-key", "pub_a+B/c=d_e-f==")}}},
};

const struct check_group fungies_access_rows = CHECK_GROUP(rows);

/* clang-format on */
