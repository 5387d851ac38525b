#include "core/result.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

struct outcome_row {
    const char *word;
    int exit_code;
    const char *meaning;
};

#define OUTCOME_ROW(name, word, code, meaning) [CANCELORDER_##name] = {word, code, meaning},
static const struct outcome_row outcome_rows[] = {CANCELORDER_OUTCOMES(OUTCOME_ROW)};
#undef OUTCOME_ROW

static const char *const sent_words[] = {
    [CANCELORDER_SENT_NO] = "no",
    [CANCELORDER_SENT_MAYBE] = "maybe",
    [CANCELORDER_SENT_YES] = "yes",
};

const char *cancelorder_outcome_word(enum cancelorder_outcome outcome)
{
    return outcome_rows[outcome].word;
}

const char *cancelorder_outcome_meaning(enum cancelorder_outcome outcome)
{
    return outcome_rows[outcome].meaning;
}

int cancelorder_outcome_exit_code(enum cancelorder_outcome outcome)
{
    return outcome_rows[outcome].exit_code;
}

const char *result_sent_word(enum cancelorder_sent sent)
{
    return sent_words[sent];
}

void result_init(struct cancelorder_result *result)
{
    *result = (struct cancelorder_result){.outcome = CANCELORDER_UNKNOWN, .retry_after_ms = -1};
}

static void fields_release(struct cancelorder_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        free(fields->rows[i].name);
        free(fields->rows[i].text);
    }
    free(fields->rows);
    *fields = (struct cancelorder_fields){.rows = NULL, .count = 0};
}

static void lines_release(struct cancelorder_result *result)
{
    for (size_t i = 0; i < result->line_count; i++)
        fields_release(&result->lines[i]);
    free(result->lines);
    result->lines = NULL;
    result->line_count = 0;
}

static void items_release(struct cancelorder_result *result)
{
    for (size_t i = 0; i < result->item_count; i++) {
        free(result->items[i].id);
        free(result->items[i].state);
    }
    free(result->items);
    result->items = NULL;
    result->item_count = 0;
}

void cancelorder_result_release(struct cancelorder_result *result)
{
    free(result->provider_code);
    free(result->message);
    free(result->note);
    free(result->kind);
    free(result->request_id);
    fields_release(&result->order);
    lines_release(result);
    fields_release(&result->field_errors);
    items_release(result);
    result_init(result);
}

void result_forget_answer(struct cancelorder_result *result)
{
    int attempts = result->attempts;
    enum cancelorder_sent sent = result->sent;
    char *kind = result->kind;
    result->kind = NULL;
    cancelorder_result_release(result);
    result->attempts = attempts;
    result->sent = sent;
    result->kind = kind;
}

void result_set(char **slot, const char *text)
{
    char *copy = mem_dup(text);
    free(*slot);
    *slot = copy;
}

void result_refuse(struct cancelorder_result *result, const char *format, ...)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    va_list list;
    va_start(list, format);
    text_print_list(&text, format, list);
    va_end(list);
    result->outcome = CANCELORDER_INVALID;
    result->local = true;
    free(result->message);
    result->message = text_take(&text);
}

void result_note(struct cancelorder_result *result, const char *format, ...)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    if (result->note != NULL) {
        text_add(&text, result->note);
        text_add_char(&text, ' ');
    }
    va_list list;
    va_start(list, format);
    text_print_list(&text, format, list);
    va_end(list);
    free(result->note);
    result->note = text_take(&text);
}

void result_settle(struct cancelorder_result *result, enum cancelorder_outcome outcome, const char *note)
{
    result->outcome = outcome;
    result->effect_unknown = false;
    result->answer_lost = false;
    result_set(&result->message, NULL);
    result_set(&result->note, NULL);
    result_note(result, "%s", note);
}

void result_busy(struct cancelorder_result *result)
{
    result->outcome = CANCELORDER_CONFLICT;
    result->local = true;
    result_set(&result->message, "another cancel of this order is under way on this machine");
}

static void fields_add(struct cancelorder_fields *fields, const char *name, enum cancelorder_kind kind,
                       const char *text)
{
    fields->rows = mem_resize(fields->rows, (fields->count + 1) * sizeof *fields->rows);
    fields->rows[fields->count++] =
        (struct cancelorder_field){.name = mem_dup(name), .kind = kind, .text = mem_dup(text)};
}

void result_order_add(struct cancelorder_result *result, const char *name, enum cancelorder_kind kind, const char *text)
{
    fields_add(&result->order, name, kind, text);
}

bool result_line_begin(struct cancelorder_result *result)
{
    if (result->line_count == RESULT_LINES_MAX) {
        result_note(result, "Only the first %d line items are shown.", RESULT_LINES_MAX);
        return false;
    }
    result->lines = mem_resize(result->lines, (result->line_count + 1) * sizeof *result->lines);
    result->lines[result->line_count++] = (struct cancelorder_fields){.rows = NULL, .count = 0};
    return true;
}

void result_line_add(struct cancelorder_result *result, const char *name, enum cancelorder_kind kind, const char *text)
{
    fields_add(&result->lines[result->line_count - 1], name, kind, text);
}

bool result_field_error_add(struct cancelorder_result *result, const char *field, const char *text)
{
    if (result->field_errors.count == RESULT_FIELD_ERRORS_MAX)
        return false;
    fields_add(&result->field_errors, field, CANCELORDER_TEXT, text);
    if (result->field_errors.count == RESULT_FIELD_ERRORS_MAX)
        result_note(result, "Only the first %d errors of fields are shown.", RESULT_FIELD_ERRORS_MAX);
    return true;
}

const char *result_order_text(const struct cancelorder_result *result, const char *name)
{
    for (size_t i = 0; i < result->order.count; i++)
        if (strcmp(result->order.rows[i].name, name) == 0)
            return result->order.rows[i].text;
    return NULL;
}

void result_item_add(struct cancelorder_result *result, const char *id, enum cancelorder_outcome outcome,
                     const char *state)
{
    result->items = mem_resize(result->items, (result->item_count + 1) * sizeof *result->items);
    result->items[result->item_count++] =
        (struct cancelorder_item){.id = mem_dup(id), .outcome = outcome, .state = mem_dup(state)};
}

static void fields_mask(struct cancelorder_fields *fields, const struct secrets *secrets)
{
    for (size_t i = 0; i < fields->count; i++) {
        secrets_mask(secrets, &fields->rows[i].name);
        if (fields->rows[i].kind == CANCELORDER_TEXT)
            secrets_mask(secrets, &fields->rows[i].text);
    }
}

void result_mask(struct cancelorder_result *result, const struct secrets *secrets)
{
    secrets_mask(secrets, &result->provider_code);
    secrets_mask(secrets, &result->message);
    secrets_mask(secrets, &result->note);
    secrets_mask(secrets, &result->request_id);
    fields_mask(&result->order, secrets);
    for (size_t i = 0; i < result->line_count; i++)
        fields_mask(&result->lines[i], secrets);
    fields_mask(&result->field_errors, secrets);
    for (size_t i = 0; i < result->item_count; i++)
        secrets_mask(secrets, &result->items[i].state);
}

static void print_text(cJSON *object, const char *name, const char *text)
{
    if (text != NULL)
        cJSON_AddStringToObject(object, name, text);
}

static void print_fields(cJSON *inner, const struct cancelorder_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct cancelorder_field *row = &fields->rows[i];
        if (row->kind == CANCELORDER_NULL || row->text == NULL)
            cJSON_AddNullToObject(inner, row->name);
        else if (row->kind == CANCELORDER_NUMBER)
            cJSON_AddRawToObject(inner, row->name, row->text);
        else
            cJSON_AddStringToObject(inner, row->name, row->text);
    }
}

/* The line items stand inside the order, under the name that the provider has for them. */
static void print_order(cJSON *object, const struct cancelorder_result *result)
{
    cJSON *order;
    if (result->order.count == 0)
        return;
    order = cJSON_AddObjectToObject(object, "order");
    print_fields(order, &result->order);
    if (result->line_count == 0)
        return;
    cJSON *list = cJSON_AddArrayToObject(order, "order_line_items");
    for (size_t i = 0; i < result->line_count; i++) {
        cJSON *line = cJSON_CreateObject();
        print_fields(line, &result->lines[i]);
        cJSON_AddItemToArray(list, line);
    }
}

static void print_field_errors(cJSON *object, const struct cancelorder_fields *errors)
{
    if (errors->count == 0)
        return;
    cJSON *inner = cJSON_AddObjectToObject(object, "field_errors");
    for (size_t i = 0; i < errors->count; i++) {
        cJSON *list = cJSON_GetObjectItemCaseSensitive(inner, errors->rows[i].name);
        if (list == NULL)
            list = cJSON_AddArrayToObject(inner, errors->rows[i].name);
        cJSON_AddItemToArray(list, cJSON_CreateString(errors->rows[i].text));
    }
}

static void print_items(cJSON *object, const struct cancelorder_result *result)
{
    if (result->item_count == 0)
        return;
    cJSON *list = cJSON_AddArrayToObject(object, "items");
    for (size_t i = 0; i < result->item_count; i++) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", result->items[i].id);
        print_text(item, "outcome", cancelorder_outcome_word(result->items[i].outcome));
        print_text(item, "state", result->items[i].state);
        cJSON_AddItemToArray(list, item);
    }
}

void result_print(const struct cancelorder_result *result, cJSON *object)
{
    print_text(object, "outcome", cancelorder_outcome_word(result->outcome));
    if (result->local)
        cJSON_AddTrueToObject(object, "local");
    if (result->http_status != 0)
        cJSON_AddNumberToObject(object, "http_status", result->http_status);
    print_text(object, "provider_code", result->provider_code);
    print_text(object, "message", result->message);
    print_text(object, "note", result->note);
    print_text(object, "kind", result->kind);
    print_field_errors(object, &result->field_errors);
    print_text(object, "request_id", result->request_id);
    if (result->retry_after_ms >= 0)
        cJSON_AddNumberToObject(object, "retry_after_ms", (double)result->retry_after_ms);
    cJSON_AddNumberToObject(object, "attempts", result->attempts);
    print_text(object, "sent", result_sent_word(result->sent));
    if (result->effect_unknown)
        cJSON_AddTrueToObject(object, "effect_unknown");
    print_order(object, result);
    print_items(object, result);
}

char *cancelorder_result_json(const struct cancelorder_result *result)
{
    cJSON *object = cJSON_CreateObject();
    result_print(result, object);
    return json_write_away(object);
}
