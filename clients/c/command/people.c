#include "command/people.h"

#include "core/result.h"

static void print_plain(const char *text, FILE *out)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\t')
            fputc(' ', out);
        else if (*at < 0x20 || *at == 0x7F || (at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0))
            fputc('?', out);
        else
            fputc(*at, out);
    }
}

static void print_line(const char *label, const char *text, FILE *out)
{
    if (text == NULL)
        return;
    fprintf(out, "  %-10s ", label);
    print_plain(text, out);
    fputc('\n', out);
}

static void print_answer(const struct cancelorder_result *result, FILE *out)
{
    if (result->http_status == 0 && result->provider_code == NULL)
        return;
    fprintf(out, "  %-10s ", "answer:");
    if (result->http_status != 0)
        fprintf(out, "HTTP %d", result->http_status);
    if (result->provider_code != NULL) {
        fputs(result->http_status != 0 ? ", code " : "code ", out);
        print_plain(result->provider_code, out);
    }
    fputc('\n', out);
}

static void print_fields(const char *label, const struct cancelorder_fields *fields, FILE *out)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct cancelorder_field *row = &fields->rows[i];
        if (i == 0)
            fprintf(out, "  %-10s ", label);
        else
            fputs(", ", out);
        print_plain(row->name, out);
        fputc(' ', out);
        print_plain(row->text == NULL ? "null" : row->text, out);
    }
    if (fields->count > 0)
        fputc('\n', out);
}

static void print_items(const struct cancelorder_result *result, FILE *out)
{
    for (size_t i = 0; i < result->item_count; i++) {
        fputs("  item:      ", out);
        print_plain(result->items[i].id, out);
        fprintf(out, " %s\n", cancelorder_outcome_word(result->items[i].outcome));
    }
}

void people_print(const struct cancelorder_result *result, FILE *out)
{
    fprintf(out, "%s: %s\n", cancelorder_outcome_word(result->outcome), cancelorder_outcome_meaning(result->outcome));
    print_line("message:", result->message, out);
    print_answer(result, out);
    for (size_t i = 0; i < result->field_errors.count; i++)
        print_line(result->field_errors.rows[i].name, result->field_errors.rows[i].text, out);
    print_fields("order:", &result->order, out);
    for (size_t i = 0; i < result->line_count; i++)
        print_fields("line item:", &result->lines[i], out);
    print_items(result, out);
    print_line("request:", result->request_id, out);
    print_line("note:", result->note, out);
    fprintf(out, "  %-10s %s, %d request%s to cancel\n", "sent:", result_sent_word(result->sent), result->attempts,
            result->attempts == 1 ? "" : "s");
}
