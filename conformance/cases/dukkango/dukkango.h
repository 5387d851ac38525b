/*
 * What the rows of Dükkango share: addresses, bodies and scripted answers that several of them need, and the groups
 * that dukkango.c puts together.
 */
#ifndef CASES_DUKKANGO_DUKKANGO_H
#define CASES_DUKKANGO_DUKKANGO_H

#include "check/check.h"
#include "judge/verbs.h"

/* clang-format off */

#define PAGE        "page Cancel Order, "
#define PATH        "/api/integrations/orders/cancel/"
#define UNKNOWN_KEY "7f8d6a52-13c4-4d0e-9a53-0d5c0f7a2b11"

/* Credentials for a client that can log in, with and without a token that is no longer good. */
#define KEYS_ONLY JSON({"access_token": null, "app_secret_key": "{all_credentials.app_secret_key}", "rest_secret_key": "{all_credentials.rest_secret_key}"})
#define KEYS_AND_OLD_TOKEN JSON({"access_token": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "app_secret_key": "{all_credentials.app_secret_key}", "rest_secret_key": "{all_credentials.rest_secret_key}"})

/* clang-format on */

extern const struct check_group dukkango_request_rows, dukkango_access_rows, dukkango_transport_rows,
    dukkango_answers_rows, dukkango_text_rows, dukkango_repeats_rows;

#endif
