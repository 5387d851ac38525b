/* Options from the file that --config names. */
#include <stdlib.h>
#include <string.h>

#include "base/json_file.h"
#include "base/options_sources.h"

struct config {
    struct option_values *values;
    struct json_file file;
};

/* Tells the mistakes that the file has collected, so that all are told in the order of their places. */
static void tell_mistakes(struct config *config)
{
    const char *lines = text_cstr(config->file.problems);
    for (size_t length; *lines != '\0'; lines += length + 1) {
        length = strcspn(lines, "\n");
        option_complain(config->values, "%.*s", (int)length, lines);
    }
    text_clear(config->file.problems);
}

/* The row's member as base/shape.h checks it. Lists are looked at when they are put. */
static struct shape shape_of(struct arena *arena, const struct option *row)
{
    static const enum shape_type types[] = {
        [OPTION_SWITCH] = SHAPE_BOOLEAN, [OPTION_TEXT] = SHAPE_STRING, [OPTION_INTEGER] = SHAPE_INTEGER,
        [OPTION_DECIMAL] = SHAPE_NUMBER, [OPTION_LIST] = SHAPE_ANY,    [OPTION_SEVERAL] = SHAPE_ANY,
    };
    bool ranged = row->kind == OPTION_INTEGER || row->kind == OPTION_DECIMAL;
    return (struct shape){.name = option_member(arena, row),
                          .type = types[row->kind],
                          .least = ranged ? row->least : 0,
                          .most = ranged ? row->most : 0};
}

/* Unknown members, wrong types, numbers out of range. */
static bool shape_fits(struct config *config)
{
    const struct option_table *table = config->values->table;
    struct arena *arena = config->values->arena;
    struct shape *shapes = arena_alloc(arena, (table->count + 2) * sizeof *shapes);
    size_t count = 0;
    shapes[count++] = (struct shape){.name = "$schema", .type = SHAPE_STRING};
    for (size_t i = 0; i < table->count; i++)
        if (!table->rows[i].is_word_only)
            shapes[count++] = shape_of(arena, &table->rows[i]);
    const struct shape_report report = json_file_report(&config->file);
    return shape_check(config->file.tree, shapes, SHAPE_CLOSED, &report);
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "fixtures" in "ci/mock.json" is "ci/fixtures". */
static const char *beside_file(const struct config *config, const char *path)
{
    const char *slash = strrchr(config->file.path, '/');
    if (path[0] == '/' || slash == NULL)
        return arena_dup(config->values->arena, path);
    return arena_print(config->values->arena, "%.*s/%s", (int)(slash - config->file.path), config->file.path, path);
}

static void put(struct config *config, const struct option *row, const char *value, const cJSON *node)
{
    tell_mistakes(config);
    char *place = json_file_place(&config->file, node);
    const char *kept = row->is_path ? beside_file(config, value) : arena_dup(config->values->arena, value);
    option_put(config->values, row, kept, (struct option_place){OPTION_FILE, arena_dup(config->values->arena, place)});
    free(place);
}

/* As it is written. */
static const char *plain_text(const cJSON *value)
{
    return cJSON_IsTrue(value) ? "true" : cJSON_IsFalse(value) ? "false" : json_number_text(value);
}

/* {"shop": {"cancel_when": "409"}} is "shop.cancel_when=409"; `prefix` is "shop." then. */
static void put_object(struct config *config, const struct option *row, const cJSON *object, const char *prefix)
{
    struct arena *arena = config->values->arena;
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        if (cJSON_IsString(member))
            put(config, row, arena_print(arena, "%s%s=%s", prefix, member->string, member->valuestring), member);
        else if (cJSON_IsObject(member))
            put_object(config, row, member, arena_print(arena, "%s%s.", prefix, member->string));
        else if (cJSON_IsNumber(member) || cJSON_IsBool(member))
            put(config, row, arena_print(arena, "%s%s=%s", prefix, member->string, plain_text(member)), member);
        else
            json_file_complain(&config->file, member,
                               "\"%.80s\" must be a string, a number, true or false, and this is %s", member->string,
                               json_kind(member));
    }
}

static void put_list(struct config *config, const struct option *row, const cJSON *list)
{
    if (cJSON_IsObject(list)) {
        put_object(config, row, list, "");
        return;
    }
    if (!cJSON_IsArray(list))
        json_file_complain(&config->file, list, "\"%s\" must be an array of strings, and this is %s", list->string,
                           json_kind(list));
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        if (cJSON_IsString(item))
            put(config, row, item->valuestring, item);
        else
            json_file_complain(&config->file, item, "\"%s\" holds strings, and this is %s", list->string,
                               json_kind(item));
    }
}

static void put_member(struct config *config, const struct option *row)
{
    const cJSON *member = json_member(config->file.tree, option_member(config->values->arena, row));
    if (member == NULL || row->is_word_only)
        return;
    if (option_is_list(row))
        put_list(config, row, member);
    else if (cJSON_IsNumber(member))
        put(config, row, json_number_text(member), member);
    else if (cJSON_IsBool(member))
        put(config, row, cJSON_IsTrue(member) ? "true" : "false", member);
    else
        put(config, row, member->valuestring, member);
}

void option_config_put(struct option_values *values)
{
    struct text problems = TEXT_INIT(65536);
    struct config config = {.values = values};
    json_file_open(&config.file, values->config_file, &problems);
    if (config.file.tree != NULL && shape_fits(&config))
        for (size_t i = 0; i < values->table->count; i++)
            put_member(&config, &values->table->rows[i]);
    tell_mistakes(&config);
    json_file_release(&config.file);
    text_release(&problems);
}
