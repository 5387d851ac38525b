#include "core/retry_after.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/ascii.h"
#include "base/number.h"

#define DIGITS_MAX 12

static const int64_t wait_max_s = 366L * 24 * 3600;
static const int64_t unix_time_from = 1000000000;

static int64_t whole_number(const char *text)
{
    if (text == NULL || !number_is_digits(text) || strlen(text) > DIGITS_MAX)
        return -1;
    int64_t number;
    return number_read(text, 0, INT64_MAX, &number) ? number : -1;
}

/* curl_getdate() knows English alone, whatever the locale, and guesses generously; only what looks like one of the
 * three HTTP forms gets there. */
static int64_t http_date(const char *text)
{
    if (text == NULL || !ascii_is_alpha(text[0]) || strlen(text) < 24 || strchr(text, ':') == NULL)
        return -1;
    return (int64_t)curl_getdate(text, NULL);
}

static int64_t bounded(int64_t seconds)
{
    if (seconds > wait_max_s)
        return -1;
    return seconds < 0 ? 0 : seconds * 1000;
}

int64_t retry_after_ms(const char *retry_after, const char *rate_limit_reset, const char *date, int64_t now_ms)
{
    int64_t now = http_date(date) >= 0 ? http_date(date) : now_ms / 1000;
    int64_t seconds = whole_number(retry_after);
    int64_t at = http_date(retry_after);
    if (seconds >= 0 && seconds <= wait_max_s)
        return bounded(seconds);
    if (at >= 0)
        return bounded(at - now);
    at = whole_number(rate_limit_reset);
    if (at < 0)
        return -1;
    return bounded(at >= unix_time_from ? at - now : at);
}
