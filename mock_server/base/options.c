/* Reading options: the sources from the weakest to the strongest, so that each puts its values over the others'. */
#include "base/options.h"

#include <string.h>

#include "base/options_sources.h"

/* The first of two words that count wherever they stand. */
static bool answers_at_once(const struct option_table *table, int argc, char **argv, FILE *out)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
            option_help_print(table, out);
            return true;
        }
        if (strcmp(argv[i], "-V") == 0 || strcmp(argv[i], "--version") == 0) {
            fprintf(out, "%.*s %s\n", (int)strcspn(table->program, " "), table->program, PROJECT_VERSION);
            return true;
        }
    }
    return false;
}

/* Which file is meant has to be known before the stronger sources are read over it. */
static void read_config(struct option_values *values, const struct arguments *arguments)
{
    const struct option_table *table = values->table;
    const struct option *config = option_named(table, "--config", strlen("--config"));
    if (!table->has_config)
        return;
    option_environment_put(values, config);
    option_arguments_put(values, arguments, config);
    if (values->config_file != NULL)
        option_config_put(values);
}

enum options_answer options_read(const struct option_table *table, void *into, int argc, char **argv,
                                 struct words *words, struct option_values **values, FILE *out, FILE *err)
{
    struct option_values *own = option_values_new(table, into, err);
    *values = own;
    *words = (struct words){0};
    if (answers_at_once(table, argc, argv, out))
        return OPTIONS_DONE;
    struct arguments arguments = option_arguments_split(own, argc, argv, words);
    if (table->takes_words_alone == NULL || !table->takes_words_alone(words)) {
        read_config(own, &arguments);
        option_environment_put(own, NULL);
    }
    option_arguments_put(own, &arguments, NULL);
    return own->wrong ? OPTIONS_WRONG : OPTIONS_GO;
}

void options_release(struct option_values *values)
{
    option_values_free(values);
}
