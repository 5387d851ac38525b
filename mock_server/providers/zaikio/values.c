/*
 * One value that a client sends, whatever it is for; and how mistakes are collected, to be told all at once (422). The
 * texts are those of the vendor's framework, as "can't be blank" is (6).
 */
#include <string.h>

#include "base/instant.h"
#include "providers/zaikio/contents.h"

#define AMOUNT_MAX           10000000
#define REFERENCES_MAX       20
#define REFERENCE_LENGTH_MAX 255
#define TOO_MANY_REFERENCES  "is too long (maximum is 20 entries)"
#define TOO_LONG_REFERENCE   "is too long (maximum is 255 characters)"

/* Each field lists a text once, though several parts may share the mistake. */
void zaikio_add_error(struct exchange *x, cJSON *errors, const char *prefix, const char *field, const char *text)
{
    const char *name = arena_print(x->arena, "%s%s", prefix, field);
    cJSON *list = json_member_mut(errors, name), *known = NULL;
    if (list == NULL)
        list = cJSON_AddArrayToObject(errors, name);
    cJSON_ArrayForEach (known, list) {
        if (strcmp(known->valuestring, text) == 0)
            return;
    }
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
}

/* One for each field, with its first text: the journal shows all of them. */
static struct reason *reasons_of(struct exchange *x, const cJSON *errors)
{
    struct reason *first = NULL;
    const struct reason **end = NULL;
    const cJSON *field = NULL;
    cJSON_ArrayForEach (field, errors) {
        struct reason *one = arena_alloc(x->arena, sizeof *one);
        *one = (struct reason){"6: validation", arena_dup(x->arena, field->string), "a possible value",
                               arena_dup(x->arena, cJSON_GetArrayItem(field, 0)->valuestring)};
        if (first == NULL)
            first = one;
        else
            *end = one;
        end = &one->more;
    }
    return first;
}

enum step zaikio_refuse_errors(struct exchange *x, cJSON *errors)
{
    if (errors->child == NULL) {
        cJSON_Delete(errors);
        return STEP_NEXT;
    }
    const struct reason *why = reasons_of(x, errors);
    cJSON *body = cJSON_CreateObject();
    json_set(body, "errors", errors);
    return exchange_refuse(x, 422, body, why);
}

/* ── One value ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80; /* those bytes go on with a character */
    return count;
}

static void judge_listed_references(struct exchange *x, const cJSON *references, const char *prefix, cJSON *errors)
{
    const cJSON *reference = NULL;
    if (cJSON_GetArraySize(references) > REFERENCES_MAX)
        zaikio_add_error(x, errors, prefix, "references", TOO_MANY_REFERENCES);
    cJSON_ArrayForEach (reference, references) {
        if (count_characters(reference->valuestring) > REFERENCE_LENGTH_MAX)
            zaikio_add_error(x, errors, prefix, "references", TOO_LONG_REFERENCE);
    }
}

const char *zaikio_amount_problem(const cJSON *amount)
{
    int64_t value = 0;
    if (amount == NULL || cJSON_IsNull(amount))
        return "can't be blank";
    if (!cJSON_IsNumber(amount) || (!json_integer(amount, &value) && !json_integral(amount, &value)) || value < 1)
        return "must be greater than 0";
    return value > AMOUNT_MAX ? "must be less than or equal to 10000000" : NULL;
}

void zaikio_judge_references(struct exchange *x, const cJSON *references, const char *prefix, cJSON *errors)
{
    if (references != NULL && !zaikio_is_list_of_texts(references))
        zaikio_add_error(x, errors, prefix, "references", "is invalid");
    else
        judge_listed_references(x, references, prefix, errors);
}

/* "2026-11-05", and whatever time of day follows. */
bool zaikio_begins_with_date(const char *text)
{
    int64_t midnight = 0;
    char stamp[] = "0000-00-00T00:00:00Z";
    if (strlen(text) < 10)
        return false;
    memcpy(stamp, text, 10);
    return instant_read(stamp, &midnight);
}

void zaikio_judge_site(struct exchange *x, const cJSON *id, const char *prefix, cJSON *errors)
{
    if (id != NULL && !cJSON_IsNull(id) && (!cJSON_IsString(id) || zaikio_own_site(x, id->valuestring) == NULL))
        zaikio_add_error(x, errors, prefix, "site", "must exist");
}
