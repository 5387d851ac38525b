/*
 * IYS consents (8.8): whether a person agreed to be sent to, as the national register has it. consent/create keeps
 * some, consent/show shows one.
 *
 * An account has a brand code when it has an IYS subscription; without one there is nothing to ask (403). Records are
 * kept per session, each as the text that consent/show answers with. The whole of a list is looked at before anything
 * of it is kept. Two oddities of the real server: where nothing is known, a trader's messages and another brand are
 * answered 200 with an empty array, and everything else 422.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "providers/iletimerkezi/sms.h"

#define RECORDS_MAX 5000
#define ADDRESS_MAX 254

static const char *const recipient_types[] = {"BIREYSEL", "TACIR", NULL};
static const char *const types[] = {"MESAJ", "EPOSTA", "ARAMA", NULL};

/* ── What a request says ───────────────────────────────────────────────────────────────────────────────────────── */

static const cJSON *consent_of(struct exchange *x)
{
    const cJSON *consent = json_member(iletimerkezi_request(x), "consent");
    return cJSON_IsObject(consent) ? consent : NULL;
}

static const char *brand_of(struct exchange *x)
{
    return json_string(iletimerkezi_customer(x), "iys_code");
}

/* A string, or an integer. */
static bool is_own_brand(struct exchange *x)
{
    const cJSON *brand = json_member(consent_of(x), "brandCode");
    const char *text = cJSON_IsString(brand) ? brand->valuestring : json_number_text(brand);
    return text != NULL && strcmp(text, brand_of(x)) == 0;
}

static bool is_one_of(const char *const *words, const char *word)
{
    for (; word != NULL && *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* An address where the type is e-mail, else a number in the form of reports; NULL when it is none. */
static const char *recipient_of(struct exchange *x, const cJSON *entry)
{
    const cJSON *value = json_member(entry, "recipient");
    char number[ILETIMERKEZI_NUMBER_MAX];
    if (strcmp(json_string_or(entry, "type", ""), "EPOSTA") != 0)
        return iletimerkezi_number_read(x, value, number) ? arena_dup(x->arena, number) : NULL;
    const char *address = json_string_or(entry, "recipient", "");
    bool fine = strchr(address, '@') != NULL && strpbrk(address, " \t\r\n") == NULL && strlen(address) <= ADDRESS_MAX;
    return fine ? arena_dup(x->arena, address) : NULL;
}

static enum step refuse_value(struct exchange *x, const char *field, const char *expected, const cJSON *value)
{
    return iletimerkezi_refuse_code(
        x, 422, &(struct reason){"8.8: the values of a consent", field, expected, exchange_describe(x, value)});
}

/* Whom it is about, and what for. */
static enum step check_key(struct exchange *x, const cJSON *entry)
{
    if (!is_one_of(recipient_types, json_string(entry, "recipientType")))
        return refuse_value(x, "recipientType", "BIREYSEL or TACIR", json_member(entry, "recipientType"));
    if (!is_one_of(types, json_string(entry, "type")))
        return refuse_value(x, "type", "MESAJ, EPOSTA or ARAMA", json_member(entry, "type"));
    if (recipient_of(x, entry) == NULL)
        return refuse_value(x, "recipient", "a number, or an e-mail address", json_member(entry, "recipient"));
    return STEP_NEXT;
}

static enum step check_record(struct exchange *x, const cJSON *entry)
{
    static const char *const words[] = {"status", "source"};
    int64_t at = 0;
    if (check_key(x, entry) == STEP_REPLY)
        return STEP_REPLY;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (*json_string_or(entry, words[i], "") == '\0')
            return refuse_value(x, words[i], "a word of IYS", json_member(entry, words[i]));
    if (!iletimerkezi_stamp_read(json_string_or(entry, "consentDate", ""), &at))
        return refuse_value(x, "consentDate", "YYYY-MM-DD HH:MM:SS", json_member(entry, "consentDate"));
    return STEP_NEXT;
}

static enum step check_wrapper(struct exchange *x)
{
    if (consent_of(x) == NULL)
        return iletimerkezi_refuse_code(
            x, 400, &(struct reason){"8.8: request.consent is what is asked", "consent", "an object", "none"});
    if (brand_of(x) == NULL)
        return iletimerkezi_refuse_code(
            x, 403, &(struct reason){"8.8: the account has an IYS subscription", "iys_code", "a brand", "none set"});
    return STEP_NEXT;
}

/* ── consent/create ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The session's list that holds the one record about them. */
static const char *list_of(struct exchange *x, const cJSON *entry)
{
    return arena_print(x->arena, "consent %s %s %s", json_string(entry, "recipientType"), json_string(entry, "type"),
                       recipient_of(x, entry));
}

enum step iletimerkezi_validate_consents(struct exchange *x)
{
    const cJSON *list = json_member(consent_of(x), "list"), *entry = NULL;
    if (check_wrapper(x) == STEP_REPLY)
        return STEP_REPLY;
    if (!is_own_brand(x))
        return refuse_value(x, "brandCode", "the account's own", json_member(consent_of(x), "brandCode"));
    if (!cJSON_IsArray(list) || list->child == NULL || cJSON_GetArraySize(list) > RECORDS_MAX)
        return refuse_value(x, "list", "1 to 5000 records", list);
    cJSON_ArrayForEach (entry, list)
        if (check_record(x, entry) == STEP_REPLY)
            return STEP_REPLY;
    return STEP_NEXT;
}

/* What consent/show will show. */
static char *record_of(struct exchange *x, const cJSON *entry)
{
    static const char *const words[] = {"recipientType", "type", "status", "source", "consentDate"};
    cJSON *record = cJSON_CreateObject();
    const char *brand = brand_of(x);
    json_set(record, "brandCode", number_is_digits(brand) ? json_new_number_text(brand) : cJSON_CreateString(brand));
    json_set_string(record, "recipient", recipient_of(x, entry));
    for (size_t i = 0; i < COUNT_OF(words); i++)
        json_set_string(record, words[i], json_string(entry, words[i]));
    char *text = json_write(record);
    cJSON_Delete(record);
    return text;
}

void iletimerkezi_render_consents(struct exchange *x)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(consent_of(x), "list")) {
        const char *list = list_of(x, entry);
        size_t count = 0;
        const struct list_item *earlier = exchange_list(x, list, &count);
        for (size_t i = 0; i < count; i++)
            exchange_list_remove(x, list, earlier[i].text);
        char *record = record_of(x, entry);
        exchange_list_add(x, list, record);
        free(record);
    }
    iletimerkezi_answer(x, 200, iletimerkezi_success(x));
}

/* ── consent/show ──────────────────────────────────────────────────────────────────────────────────────────────── */

enum step iletimerkezi_validate_consent(struct exchange *x)
{
    return check_wrapper(x) == STEP_REPLY ? STEP_REPLY : check_key(x, consent_of(x));
}

/* NULL where nothing is known, which is no answer. */
static cJSON *known(struct exchange *x, const cJSON *asked)
{
    struct json_problem problem;
    size_t count = 0;
    if (!is_own_brand(x))
        return cJSON_CreateArray();
    const struct list_item *records = exchange_list(x, list_of(x, asked), &count);
    if (count > 0)
        return json_read(records[count - 1].text, strlen(records[count - 1].text), JSON_PLAIN, NULL, &problem);
    bool is_traders = strcmp(json_string(asked, "recipientType"), "TACIR") == 0;
    return is_traders && strcmp(json_string(asked, "type"), "MESAJ") == 0 ? cJSON_CreateArray() : NULL;
}

void iletimerkezi_render_consent(struct exchange *x)
{
    cJSON *found = known(x, consent_of(x));
    if (found == NULL) {
        refuse_value(x, "recipient", "one of whom something is known", json_member(consent_of(x), "recipient"));
        return;
    }
    cJSON *body = iletimerkezi_success(x);
    json_set(json_member_mut(body, "response"), "consent", found);
    iletimerkezi_answer(x, 200, body);
}
