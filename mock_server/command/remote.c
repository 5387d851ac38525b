#include "command/remote.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/http_client.h"
#include "base/memory.h"
#include "base/uri.h"
#include "base/url.h"

#define CONTROL   "/_mock"
#define TOKEN_MAX 4096

bool remote_check_address(const char *address, struct text *problem)
{
    struct url url;
    char *wrong = NULL;
    if (url_read(address, &url, &wrong) == 0) {
        url_release(&url);
        return true;
    }
    text_add(problem, wrong);
    free(wrong);
    return false;
}

/* The first line of the file; NULL with the problem set. */
static char *read_token(const char *path, struct remote_answer *out)
{
    char line[TOKEN_MAX] = "";
    FILE *file = fopen(path, "r");
    bool good = file != NULL && fgets(line, sizeof line, file) != NULL;
    int error = errno;
    if (file != NULL)
        fclose(file);
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t length = strlen(line); length > 0 && ascii_is_space(line[length - 1]); length--)
        line[length - 1] = '\0';
    if (good && *line != '\0')
        return mem_dup(line);
    out->problem = mem_print("the token file %s: %s", path, file == NULL ? strerror(error) : "it holds no token");
    out->is_usage = true;
    return NULL;
}

/* Both forms of an address mean the same server: the ready line has one of each. */
static char *target_of(const struct remote *remote, const struct url *url, const char *path)
{
    size_t length = strlen(url->path), control = strlen(CONTROL);
    bool has_control = length >= control && strcmp(url->path + length - control, CONTROL) == 0;
    char *session = remote->session == NULL ? NULL : uri_segment(remote->session);
    char *target = mem_print("%s%s%s%s%s", url->path, has_control ? "" : CONTROL, path,
                             session == NULL ? "" : "?session=", session == NULL ? "" : session);
    free(session);
    return target;
}

static void ask(const struct remote *remote, const struct http_request *request, const struct url *url,
                struct remote_answer *out)
{
    struct http_answer answer;
    http_ask(url, request, remote->limit_ms, &answer);
    if (answer.problem != NULL) {
        out->problem = mem_dup(answer.problem);
    } else {
        out->status = answer.status;
        out->json = answer.body.length == 0 ? NULL : json_read_bytes(answer.body.bytes, answer.body.length);
    }
    http_answer_release(&answer);
}

static cJSON *headers_of(const char *token, const char *json)
{
    cJSON *headers = cJSON_CreateObject();
    char *bearer = token == NULL ? NULL : mem_print("Bearer %s", token);
    if (json != NULL)
        json_set_string(headers, "Content-Type", "application/json");
    if (bearer != NULL)
        json_set_string(headers, "Authorization", bearer);
    free(bearer);
    return headers;
}

void remote_ask(const struct remote *remote, const char *method, const char *path, const char *json,
                struct remote_answer *out)
{
    struct url url;
    *out = (struct remote_answer){0};
    char *token = remote->token_file == NULL ? NULL : read_token(remote->token_file, out);
    if (out->problem == NULL && url_read(remote->server, &url, &out->problem) == 0) {
        char *target = target_of(remote, &url, path);
        cJSON *headers = headers_of(token, json);
        ask(remote, &(struct http_request){.method = method, .target = target, .headers = headers, .body = json}, &url,
            out);
        cJSON_Delete(headers);
        free(target);
        url_release(&url);
    }
    free(token);
}

void remote_answer_release(struct remote_answer *answer)
{
    cJSON_Delete(answer->json);
    free(answer->problem);
    *answer = (struct remote_answer){0};
}
