/*
 * The 144 currency codes of the page, in its order (5): what an update may set. Some are retired and current ones are
 * missing, so an order's document takes any code; only this request holds to the list (8).
 */
#include <string.h>

#include "providers/fungies/fungies.h"

/* clang-format off */
const char *const fungies_currencies[] = {
    "AFN", "ALL", "DZD", "AOA", "ARS", "AMD", "AWG", "AUD", "AZN", "BSD", "BDT", "BBD", "BZD", "BMD", "BOB", "BAM",
    "BWP", "BRL", "BHD", "GBP", "BND", "BGN", "BIF", "BYN", "KHR", "CAD", "CVE", "KYD", "KWD", "XAF", "XPF", "CLP",
    "CNY", "COP", "KMF", "CDF", "CRC", "HRK", "CZK", "DKK", "DJF", "DOP", "XCD", "EGP", "ETB", "EUR", "FKP", "FJD",
    "GMD", "GEL", "GIP", "GTQ", "GNF", "GYD", "HTG", "HNL", "HKD", "HUF", "ISK", "INR", "IDR", "ILS", "JMD", "JPY",
    "JOD", "KZT", "KES", "KGS", "LAK", "LBP", "LSL", "LRD", "MOP", "MKD", "MGA", "MWK", "MYR", "MVR", "MRO", "MUR",
    "MXN", "MDL", "MNT", "MAD", "MZN", "MMK", "NAD", "NPR", "ANG", "TWD", "NZD", "NIO", "NGN", "NOK", "OMR", "PKR",
    "PAB", "PGK", "PYG", "PEN", "PHP", "PLN", "QAR", "RON", "RUB", "RWF", "SHP", "SVC", "WST", "STD", "SAR", "RSD",
    "SCR", "SLL", "SGD", "SBD", "SOS", "ZAR", "KRW", "LKR", "SRD", "SZL", "SEK", "CHF", "TJS", "TZS", "THB", "TND",
    "TOP", "TTD", "TRY", "UGX", "UAH", "AED", "UYU", "USD", "UZS", "VUV", "VEF", "VND", "XOF", "YER", "ZMW", "SLE",
    NULL,
};
/* clang-format on */

/* ISO 4217: those of the list that do not have two decimals. */
static const char *const without_decimals[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                               "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF", NULL};
static const char *const with_three[] = {"BHD", "JOD", "KWD", "OMR", "TND", NULL};

int fungies_decimals_of(const char *currency)
{
    if (fungies_position(without_decimals, currency) >= 0)
        return 0;
    return fungies_position(with_three, currency) >= 0 ? 3 : 2;
}
