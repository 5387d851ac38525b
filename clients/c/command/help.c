#include "command/help.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/settings.h"

static const char before[] = "usage: cancelorder cancel --provider NAME --base-url URL [OPTION]... ORDER\n"
                             "       cancelorder get --provider NAME --base-url URL [OPTION]... ORDER\n"
                             "       cancelorder providers | adapter\n"
                             "\n"
                             "  cancel     cancels the order, once, and says what came of it\n"
                             "  get        reads the order, or the provider's report of it; changes nothing\n"
                             "  providers  lists the providers with their arguments, and the environment\n"
                             "             variables of their credentials\n"
                             "  adapter    answers cancelcheck over standard input and output\n"
                             "\n"
                             "Options:\n";

static const char owners[] = "\nOptions that a provider's cancel has a use for, beside those of all:\n";

static const char end[] = "\n"
                          "Exit codes:\n"
                          "  0  canceled, already_canceled, deleted (get: read)\n"
                          "  3  accepted but not final: pending, partial\n"
                          "  1  any other outcome (aborted by Ctrl-C or SIGTERM too), or the result could\n"
                          "     not be written\n"
                          "  2  usage; nothing was sent (missing credentials, an option of another\n"
                          "     provider)\n"
                          "Ctrl-C or SIGTERM ends the wait and still prints the result: `sent` tells\n"
                          "whether the cancel may have happened; if so, read the order before repeating.\n"
                          "A second one ends the program at once.\n"
                          "\n"
                          "Examples:\n"
                          "  CANCEL_ACCESS_TOKEN=... cancelorder cancel --provider dukkango --reason 3 \\\n"
                          "      --base-url https://www.xn--dkkango-n2a.com/api/integrations \\\n"
                          "      3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\n"
                          "  cancelorder cancel --provider fungies --base-url https://api.fungies.io/v0 \\\n"
                          "      --credentials fungies.json '#A7k2Qm9ZtR4x'\n"
                          "  cancelorder cancel --config akinon.json --item 70193=12 --item 70194=12 1883\n"
                          "  cancelorder get --provider iletimerkezi \\\n"
                          "      --base-url https://api.iletimerkezi.com/v1 312891245\n"
                          "  CANCELORDER_JSON=yes cancelorder cancel --provider zaikio \\\n"
                          "      --base-url https://procurement.zaikio.com/consumers/api/v1 \\\n"
                          "      ffc75c94-aa79-450a-becc-2e398c079d93\n";

static char *after_the_options(void)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        mem_exhausted();
    fputs(owners, out);
    settings_print_owners(out);
    fputs(end, out);
    fclose(out);
    return text;
}

/* These two take no option, so nothing that somebody left in the environment may stop them. */
static bool takes_words_alone(const struct words *words)
{
    return words->count > 0 && (strcmp(words->list[0], "adapter") == 0 || strcmp(words->list[0], "providers") == 0);
}

void help_init(struct help *help)
{
    help->after = after_the_options();
    help->table = (struct option_table){
        .takes_words_alone = takes_words_alone,
        .program = "cancelorder",
        .environment = "CANCELORDER_",
        .has_config = true,
        .before = before,
        .after = help->after,
        .rows = settings_rows,
        .count = settings_count,
    };
}

void help_release(struct help *help)
{
    free(help->after);
}
