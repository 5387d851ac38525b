/*
 * What the telephone network makes of a message: its numbers and how many SMS its text takes (8.1; 6.2: 452 and 453).
 *
 * How long a text may be is given in SMS, and how many SMS a text takes is a matter of the telephone network: in its
 * alphabet of 7 bits 160 letters fit into one and 153 into each of several; with the Turkish letters that this alphabet
 * lacks (ç ğ ı ş Ğ İ Ş) 155 and 149, each of them counting twice; with any other letter 70 and 67 (3GPP TS 23.038 and
 * 23.040).
 */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "providers/iletimerkezi/sms.h"

static const char once[] =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static const char twice[] = "\f^{}\\[~]|€";
static const char turkish[] = "çğışĞİŞ";

/* UTF-8 finds no character in the middle of another. */
static bool has_character(const char *alphabet, const char *bytes, size_t width)
{
    char character[5] = {0};
    memcpy(character, bytes, width);
    return strstr(alphabet, character) != NULL;
}

static int64_t divide_up(int64_t count, int64_t alone, int64_t together)
{
    return count <= alone ? 1 : (count + together - 1) / together;
}

int64_t iletimerkezi_parts(const char *text)
{
    int64_t septets = 0, units = 0;
    bool is_turkish = false, is_other = false;
    if (text[strspn(text, " \t\r\n")] == '\0')
        return 0;
    for (size_t width; *text != '\0'; text += width) {
        width = utf8_character(text, strnlen(text, 4)); /* not strlen: a text may be as long as a body */
        width = width == 0 ? 1 : width;
        units += width == 4 ? 2 : 1; /* beyond the basic plane: a pair of UTF-16 */
        bool alone = has_character(once, text, width), turk = has_character(turkish, text, width);
        septets += alone ? 1 : 2;
        is_turkish = is_turkish || turk;
        is_other = is_other || (!alone && !turk && !has_character(twice, text, width));
    }
    if (is_other)
        return divide_up(units, 70, 67);
    return is_turkish ? divide_up(septets, 155, 149) : divide_up(septets, 160, 153);
}

/* What may stand before the ten digits, the longest first; `documented` leaves out the 0 (9.24). */
static const char *own_digits(const char *number, bool takes_zero)
{
    static const char *const prefixes[] = {"+90", "90", "0"};
    size_t length = strlen(number);
    for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
        size_t own = strlen(prefixes[i]);
        if (length == own + 10 && strncmp(number, prefixes[i], own) == 0)
            return strcmp(prefixes[i], "0") == 0 && !takes_zero ? number : number + own;
    }
    return number;
}

/* 8.1: blanks group the digits and mean nothing; an integer is as good as a string. */
bool iletimerkezi_number_read(struct exchange *x, const cJSON *value, char out[ILETIMERKEZI_NUMBER_MAX])
{
    const char *text = cJSON_IsString(value) ? value->valuestring : json_number_text(value);
    char digits[ILETIMERKEZI_NUMBER_MAX] = {0};
    size_t length = 0;
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == ' ')
            continue;
        if (length + 1 == sizeof digits)
            return false;
        digits[length++] = *text;
    }
    const char *own = own_digits(digits, exchange_knob(x, KNOB_NUMBER_FORMS) == NUMBERS_TOLERANT);
    if (strlen(own) != 10 || *own != '5' || !number_is_digits(own))
        return false;
    memcpy(out, "+90", 3);
    memcpy(out + 3, own, 11);
    return true;
}
