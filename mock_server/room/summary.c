#include "room/summary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "room/seen.h"
#include "room/tally.h"

/* ── As JSON ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *seen_to_json(struct seen *seen, const char *name)
{
    cJSON *list = cJSON_CreateArray();
    const char *word = NULL;
    uint64_t times = 0;
    for (size_t i = 0; seen != NULL && seen_at(seen, i, &word, &times); i++) {
        cJSON *one = cJSON_CreateObject();
        json_set_string(one, name, word);
        json_set_integer(one, "times", (int64_t)times);
        cJSON_AddItemToArray(list, one);
    }
    return list;
}

static cJSON *elsewhere_to_json(const struct summary_parts *parts)
{
    if (parts->names == NULL)
        return cJSON_CreateNull();
    cJSON *elsewhere = cJSON_CreateObject();
    json_set(elsewhere, "names", seen_to_json(parts->names, "name"));
    json_set(elsewhere, "addresses", seen_to_json(parts->addresses, "address"));
    json_set_integer(elsewhere, "unlisted", (int64_t)(seen_unlisted(parts->names) + seen_unlisted(parts->addresses)));
    return elsewhere;
}

cJSON *summary_make(const struct summary_parts *parts)
{
    uint64_t unlisted = 0;
    cJSON *summary = cJSON_CreateObject(), *command = cJSON_AddArrayToObject(summary, "command");
    for (char *const *word = parts->command; *word != NULL; word++)
        json_push_string(command, *word);
    json_set_integer(summary, "exit", parts->status);
    json_set_integer(summary, "count", (int64_t)tally_count(parts->tally, &unlisted));
    json_set(summary, "requests", tally_to_json(parts->tally));
    json_set_integer(summary, "unlisted", (int64_t)unlisted);
    json_set(summary, "elsewhere", elsewhere_to_json(parts));
    json_set(summary, "left_running", cJSON_Duplicate(parts->left, true));
    return summary;
}

bool summary_write(const cJSON *summary, const char *path, struct text *problem)
{
    char *text = json_write(summary), *new_path = mem_print("%s.%ld.new", path, (long)getpid());
    FILE *file = fopen(new_path, "we");
    bool written = file != NULL && fputs(text, file) >= 0 && fputc('\n', file) == '\n';
    if (file != NULL && fclose(file) != 0)
        written = false;
    written = written && rename(new_path, path) == 0;
    if (!written) {
        text_print(problem, "--summary %s: %s", path, strerror(errno));
        if (file != NULL)
            (void)unlink(new_path);
    }
    free(new_path);
    free(text);
    return written;
}

/* ── For people ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A terminal obeys control characters, and a command may send any. */
static void print_word(const char *word, size_t most, FILE *out)
{
    for (size_t i = 0; word[i] != '\0' && i < most; i++) {
        unsigned char c = (unsigned char)word[i], after = (unsigned char)word[i + 1];
        bool is_control = c < 0x20 || c == 0x7f || (c == 0xc2 && after >= 0x80 && after < 0xa0);
        fputc(is_control ? '?' : c, out);
    }
}

static void print_answer(const cJSON *kind, FILE *out)
{
    int status = json_int_or(kind, "status", 0);
    const char *happened = json_string(kind, "happened");
    if (status > 0)
        fprintf(out, "  %3d", status);
    else
        fputs("    -", out);
    fprintf(out, "  %5d x", json_int_or(kind, "times", 0));
    if (happened != NULL)
        fprintf(out, "  (%s)", happened);
}

static void print_reason(const cJSON *reason, FILE *out)
{
    static const char *const members[] = {"rule", "field", "expected", "actual"};
    const char *between = "  | ";
    for (size_t i = 0; i < COUNT_OF(members); i++) {
        const char *value = json_string(reason, members[i]);
        if (value == NULL)
            continue;
        fprintf(out, "%s%s", between, i < 2 ? "" : i == 2 ? "expected " : "actual ");
        print_word(value, 200, out);
        between = "; ";
    }
}

static void print_target(const cJSON *kind, const char *provider, FILE *out)
{
    fprintf(out, "  %-13s ", provider == NULL ? "nobody's" : provider);
    print_word(json_string_or(kind, "method", ""), 20, out);
    fputc(' ', out);
    print_word(json_string_or(kind, "target", ""), 80, out);
}

static void print_requests(const cJSON *summary, FILE *out)
{
    const cJSON *kind = NULL;
    int count = json_int_or(summary, "count", 0);
    fprintf(out, "cancelmock exec: %d request%s%s\n", count, count == 1 ? "" : "s", count == 0 ? " came" : "");
    cJSON_ArrayForEach (kind, json_member(summary, "requests")) {
        const char *provider = json_string(kind, "provider"), *operation = json_string(kind, "operation");
        if (operation != NULL)
            fprintf(out, "  %-13s %-24s", provider == NULL ? "nobody's" : provider, operation);
        else
            print_target(kind, provider, out);
        print_answer(kind, out);
        print_reason(json_member(kind, "reason"), out);
        fputc('\n', out);
    }
}

static void print_list(const cJSON *list, const char *member, const char *title, FILE *out)
{
    const cJSON *one = NULL;
    const char *between = title;
    cJSON_ArrayForEach (one, list) {
        fputs(between, out);
        print_word(json_string_or(one, member, ""), 300, out);
        if (json_int_or(one, "times", 1) > 1)
            fprintf(out, " (%d times)", json_int_or(one, "times", 1));
        between = ", ";
    }
    if (between != title)
        fputc('\n', out);
}

void summary_print(const cJSON *summary, FILE *out)
{
    const cJSON *elsewhere = json_member(summary, "elsewhere");
    print_requests(summary, out);
    print_list(json_member(elsewhere, "names"), "name", "  names asked for that lead elsewhere: ", out);
    print_list(json_member(elsewhere, "addresses"), "address", "  dialled elsewhere, and refused: ", out);
    print_list(json_member(summary, "left_running"), "name", "  still running, and ended with the room: ", out);
}
