/* Rows about connections, redirects, and where secrets may go. */
#include "cases/akinon/akinon.h"

/* clang-format off */

static const struct check rows[] = {
    /* ── Transport and secrets ───────────────────────────────────────────────────────────────────────────────────── */

    {RULE("AKN-SEC-1", MUST, DOCUMENTED, WIRE | REPORT),
     .clause = "providers: akinon 1; page Getting Started",
     .requirement = "A plain http base URL is refused, unless it is this machine's.",
     .given = {.base_url = "http://0.0.0.0:{port}/api/i1"}, /* no loopback address, and on Linux it leads to the mock */
     .expect = {.outcomes = OUT_REFUSED_UNSENT, .requests = NONE}},

    {RULE("AKN-SEC-2/307", MUST, OURS, WIRE),
     .clause = "providers: akinon 10; RFC 9110 section 15.4.8",
     .requirement = "A 307 to another origin takes neither the key nor IBANs and names there.",
     .given = {.order = BANK_ORDER, .arguments = BANK_DETAILS, .faults = {REDIRECT(307, "{other_url}" PATH "{order_id}/cancel/")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY}}},

    {RULE("AKN-SEC-2/308", MUST, OURS, WIRE),
     .clause = "providers: akinon 10; RFC 9110 section 15.4.9",
     .requirement = "A 308 to another origin takes neither the key nor IBANs and names there.",
     .given = {.order = BANK_ORDER, .arguments = BANK_DETAILS, .faults = {REDIRECT(308, "{other_url}" PATH "{order_id}/cancel/")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET, OTHER_SEES_NO_BODY}}},

    {RULE("AKN-SEC-2/302", MUST, OURS, WIRE),
     .clause = "providers: akinon 10; catalogue SE-08",
     .requirement = "A 302 to another origin does not take the key there, and never becomes acceptance.",
     .given = {.faults = {REDIRECT(302, "{other_url}" PATH "1883/")}},
     .expect = {.outcomes = OUT_ANY_FAILURE, .holds = {OTHER_SEES_NO_SECRET}}},

    {RULE("AKN-SEC-3/key", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: akinon 10",
     .requirement = "The key is in no log and no error text, though the server repeats it.",
     .given = {.faults = {ANSWER(401, {"detail": "Invalid token {credentials.token}.", "code": "{nonce}"})}},
     .expect = {.holds = {NO_SECRET_REPORTED}}},

    {RULE("AKN-SEC-3/password", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: akinon 10",
     .requirement = "User name and password are in no log and no error text, though the log-in's answer repeats them.",
     .given = {.needs = "login", .credentials = NEW_ACCOUNT,
               .faults = {LOGIN_ANSWER(400, {"non_field_errors": ["{credentials.username}: {credentials.password}"]})}},
     .expect = {.holds = {NEVER_WRITTEN("{credentials.username}"), NEVER_WRITTEN("{credentials.password}")}}},

    {RULE("AKN-SEC-3/bank", MUST, OURS, REPORT | PROCESS),
     .clause = "providers: akinon 10",
     .requirement = "Full IBANs and holders' names are in no log and no error text, though the server repeats them.",
     .given = {.order = BANK_ORDER, .arguments = BANK_DETAILS,
               .faults = {ANSWER(400, {"ibans": ["TR330006100519786457841326 is not valid"], "holder_names": ["Şükrü Çağlar {nonce} is not the holder"]})}},
     .expect = {.outcomes = OUT_INVALID | OUT_REJECTED, .holds = {NEVER_WRITTEN(IBAN), NEVER_WRITTEN("Şükrü Çağlar {nonce}")}}},

    {RULE("AKN-SEC-4", MUST, DOCUMENTED, WIRE),
     .clause = "providers: akinon 2; page Getting Started",
     .requirement = "The key is in Authorization and nowhere else.",
     .expect = {.holds = {NO_SECRET_IN_TARGET, NO_SECRET_IN_BODY, NO_SECRET_IN_HEADERS_BUT("Authorization")}}},
};

const struct check_group akinon_transport_rows = CHECK_GROUP(rows);

/* clang-format on */
