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
static char *state_dir_for(const struct options *options, const struct client_provider *provider, bool cancels,
                           FILE *err)
{
    if (options->state_dir != NULL)
        return mem_dup(options->state_dir);
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
static int result_tell(const struct cancelorder_result *result, bool json, FILE *out, FILE *err)
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
    int exit_code = result_tell(&result, json, out, err);
    interrupt_end(&interrupt);
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
    return exit_code;
}

int perform(const struct options *options, const struct client_provider *provider, const char *operation,
            const struct credentials *credentials, FILE *out, FILE *err)
{
    const char **items = mem_zero(options->items.count, sizeof *items);
    char *state_dir = state_dir_for(options, provider, strcmp(operation, "cancel") == 0, err);
    struct cancelorder_request request = {
        .provider = provider->name,
        .operation = operation,
        .base_url = options->base_url,
        .credentials = {credentials->rows, credentials->count},
        .order_id = options->order_id,
        .reason_id = options->reason_id,
        .method = options->method,
        .only_items = options->items.count > 0,
        .items = items,
        .item_count = options->items.count,
        .reasons = {options->items.rows, options->items.count},
        .ibans = {options->ibans.rows, options->ibans.count},
        .holder_names = {options->holders.rows, options->holders.count},
        .is_cargo_refund = options->cargo_refund ? CANCELORDER_YES : CANCELORDER_UNSET,
        .return_details = options->no_details ? CANCELORDER_NO : CANCELORDER_UNSET,
        .refund_invoice_number = options->refund_invoice,
        .deadline_ms = options->timeout_ms,
        .ca_file = options->ca_file,
        .state_dir = state_dir,
    };

    for (size_t i = 0; i < options->items.count; i++)
        items[i] = options->items.rows[i].name;
    int exit_code = request_run(&request, options->json, out, err);
    free(state_dir);
    free(items);
    return exit_code;
}
