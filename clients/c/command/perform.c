#include "command/perform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/text.h"
#include "command/command.h"
#include "command/interrupt.h"
#include "command/people.h"
#include "core/result.h"

/* Where successes are remembered unless --state-dir says otherwise; NULL without a home. */
static char *default_state_dir(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    struct text path = TEXT_INIT(TEXT_UNBOUNDED);
    if ((state == NULL || state[0] != '/') && (home == NULL || home[0] != '/'))
        return NULL;
    if (state != NULL && state[0] == '/') {
        text_add(&path, state);
    } else {
        text_print(&path, "%s/.local", home);
        mkdir(text_cstr(&path), 0700);
        text_add(&path, "/state");
    }
    mkdir(text_cstr(&path), 0700);
    text_add(&path, "/cancelorder");
    return text_take(&path);
}

/* The folder for what has to be remembered, or NULL: said now, for after the cancel it is too late. */
static char *state_dir_for(const struct settings *settings, const struct client_provider *provider, bool cancels,
                           FILE *err)
{
    if (settings->state_dir != NULL)
        return mem_dup(settings->state_dir);
    if (!provider->remembers || !cancels)
        return NULL;
    char *folder = default_state_dir();
    if (folder == NULL) {
        fprintf(err, "cancelorder: warning: no HOME and no --state-dir: this cancel will not be remembered, "
                     "and a repeat will be sent again\n");
        fflush(err);
    }
    return folder;
}

/* What an abort leaves open depends on whether the cancel was on its way already; a read changes nothing. */
static void abort_explain(struct cancelorder_result *result, bool cancels)
{
    if (result->outcome != CANCELORDER_ABORTED)
        return;
    result->effect_unknown = cancels && result->sent != CANCELORDER_SENT_NO;
    if (result->effect_unknown)
        result_set(&result->note, "The cancel may have happened; read the order before repeating.");
    else
        result_set(&result->note, cancels ? "The cancel was not sent." : "Nothing was changed.");
}

static void result_write(const struct cancelorder_result *result, bool json, FILE *out)
{
    if (json) {
        char *line = cancelorder_result_json(result);
        fprintf(out, "%s\n", line == NULL ? "{}" : line);
        free(line);
    } else {
        people_print(result, out);
    }
}

/* The exit code: an outcome that nobody could read must not look like a success. */
static int result_report(const struct cancelorder_result *result, bool json, FILE *out, FILE *err)
{
    result_write(result, json, out);
    if (fflush(out) == 0 && !ferror(out))
        return cancelorder_outcome_exit_code(result->outcome);
    fprintf(err, "cancelorder: the result could not be written (%s); the outcome is %s: %s; sent: %s\n",
            strerror(errno), cancelorder_outcome_word(result->outcome), cancelorder_outcome_meaning(result->outcome),
            result_sent_word(result->sent));
    return EXIT_NOT_TOLD;
}

static int request_run(const struct cancelorder_request *request, bool json, FILE *out, FILE *err)
{
    struct cancelorder_client *client = cancelorder_client_new();
    struct interrupt interrupt;
    interrupt_begin(&interrupt, client);
    struct cancelorder_result result;
    cancelorder_client_run(client, request, &result);
    abort_explain(&result, strcmp(request->operation, "cancel") == 0);
    int exit_code = result_report(&result, json, out, err);
    interrupt_end(&interrupt);
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
    return exit_code;
}

/* Item id and what is said of it, of each ID=VALUE. */
struct pairs {
    struct cancelorder_pair *rows;
    char **names;
    size_t count;
};

static struct pairs pairs_split(const struct words *words)
{
    struct pairs pairs = {.rows = mem_zero(words->count, sizeof *pairs.rows),
                          .names = mem_zero(words->count, sizeof *pairs.names),
                          .count = words->count};
    for (size_t i = 0; i < words->count; i++) {
        const char *equals = strchr(words->list[i], '=');
        pairs.names[i] = mem_dup_bytes(words->list[i], (size_t)(equals - words->list[i]));
        pairs.rows[i] = (struct cancelorder_pair){.name = pairs.names[i], .value = equals + 1};
    }
    return pairs;
}

static void pairs_release(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        free(pairs->names[i]);
    free(pairs->names);
    free(pairs->rows);
}

int perform(const struct settings *settings, const char *order_id, const struct client_provider *provider,
            const char *operation, const struct credentials *credentials, FILE *out, FILE *err)
{
    char *state_dir = state_dir_for(settings, provider, strcmp(operation, "cancel") == 0, err);
    struct pairs items = pairs_split(&settings->items);
    struct pairs ibans = pairs_split(&settings->ibans);
    struct pairs holders = pairs_split(&settings->holders);
    struct cancelorder_request request = {
        .provider = provider->name,
        .operation = operation,
        .base_url = settings->base_url,
        .credentials = {credentials->rows, credentials->count},
        .order_id = order_id,
        .reason_id = settings->reason_id,
        .method = settings->method,
        .only_items = items.count > 0,
        .items = (const char *const *)items.names,
        .item_count = items.count,
        .reasons = {items.rows, items.count},
        .ibans = {ibans.rows, ibans.count},
        .holder_names = {holders.rows, holders.count},
        .is_cargo_refund = settings->cargo_refund ? CANCELORDER_YES : CANCELORDER_UNSET,
        .return_details = settings->no_details ? CANCELORDER_NO : CANCELORDER_UNSET,
        .refund_invoice_number = settings->refund_invoice,
        .deadline_ms = settings_timeout_ms(settings),
        .ca_file = settings->ca_file,
        .state_dir = state_dir,
    };
    int exit_code = request_run(&request, settings->json, out, err);
    pairs_release(&items);
    pairs_release(&ibans);
    pairs_release(&holders);
    free(state_dir);
    return exit_code;
}
