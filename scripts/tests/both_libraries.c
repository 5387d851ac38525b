/*
 * A program that uses both libraries at once, as a test of somebody's own would: it starts a mock, makes an order,
 * cancels it with the reference client, and asks the mock what became of it. Exits with 0 when all is as it should be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cancelorder.h"
#include "mock_server.h"

#define PROVIDER "dukkango"
#define TOKEN    "your-access-token"

/* The member "id" of an order as the control API shows it, for the caller to free(). */
static char *id_in(const char *order)
{
    const char *at = strstr(order, "\"id\":\"");
    return at == NULL ? NULL : strndup(at + 6, strcspn(at + 6, "\""));
}

static enum cancelorder_outcome cancel(const char *base_url, const char *id)
{
    const struct cancelorder_pair keys[] = {{"access_token", TOKEN}};
    struct cancelorder_request request = {.provider = PROVIDER,
                                          .operation = "cancel",
                                          .base_url = base_url,
                                          .credentials = {.rows = keys, .count = 1},
                                          .order_id = id,
                                          .reason_id = "3",
                                          .deadline_ms = 5000};
    struct cancelorder_client *client = cancelorder_client_new();
    struct cancelorder_result result;
    cancelorder_client_run(client, &request, &result);
    enum cancelorder_outcome outcome = result.outcome;
    printf("outcome %s\n", cancelorder_outcome_word(outcome));
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
    return outcome;
}

/* Whether the order was cancelled by the client, and is so in the mock. */
static int run(struct mock_server *server)
{
    char *order = NULL, *after = NULL, base_url[256], path[256];
    if (mock_server_control(server, "POST", "/_mock/orders/" PROVIDER, "{}", &order) != 201)
        return 1;
    char *id = id_in(order);
    snprintf(base_url, sizeof base_url, "%s/api/integrations", mock_server_url(server));
    snprintf(path, sizeof path, "/_mock/orders/" PROVIDER "/%s", id);
    int wrong = cancel(base_url, id) != CANCELORDER_CANCELED;
    wrong = wrong || mock_server_control(server, "GET", path, NULL, &after) != 200;
    wrong = wrong || strstr(after, "\"state\":\"CANCELED\"") == NULL;
    printf("the mock says %.200s\n", after == NULL ? "nothing" : after);
    free(after);
    free(id);
    free(order);
    return wrong;
}

int main(void)
{
    struct mock_server *server = NULL;
    struct mock_server_options options = {.listen = "127.0.0.1:0"};
    char *problem = malloc(MOCK_SERVER_PROBLEM_MAX);
    if (mock_server_start(&options, &server, problem, MOCK_SERVER_PROBLEM_MAX) < 0)
        fprintf(stderr, "%s\n", problem);
    int wrong = server == NULL || run(server);
    mock_server_stop(server);
    free(problem);
    return wrong;
}
