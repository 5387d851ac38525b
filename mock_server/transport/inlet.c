#include "transport/inlet.h"

#include <stdlib.h>
#include <string.h>

/* ── An intake ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct intake *intake_new(struct inlet *inlet)
{
    struct intake *intake = mem_zero(1, sizeof *intake);
    intake->x = exchange_new();
    intake->body = TEXT_INIT(inlet->body_limit);
    intake->real_size = INT64_MAX;
    if (inlet->last == NULL)
        inlet->first = intake;
    else
        inlet->last->next = intake;
    inlet->last = intake;
    inlet->current = intake;
    return intake;
}

void intake_free(struct intake *intake)
{
    text_release(&intake->body);
    exchange_drop(intake->x);
    free(intake);
}

/* The answer to this one ends the connection. */
static void refuse_rest(struct inlet *inlet, struct intake *intake)
{
    intake->head.closes = true;
    inlet->refused = true;
    inlet->state = INLET_OVER;
}

/* It cannot be read; with the bytes that show why. Nothing is read after it. */
static void spoil(struct inlet *inlet, struct intake *intake, const struct unread *unread, const char *bytes,
                  size_t size)
{
    struct unread *mine = arena_alloc(intake->x->arena, sizeof *mine);
    *mine = *unread;
    mine->length = size < UNREAD_BYTES_MAX ? size : UNREAD_BYTES_MAX;
    mine->bytes = arena_dup_bytes(intake->x->arena, bytes, mine->length);
    intake->x->request.unread = mine;
    refuse_rest(inlet, intake);
}

/* ── For the library ───────────────────────────────────────────────────────────────────────────────────────────── */

#define BLANK_MAX        64

#define PLAIN_HEAD_SHARE 16 /* a plain head is at least this part of the head that it stands for */

/* A name and a value that the library reads over, so that its buffer fills as the queue does. */
static void add_padding(struct text *out, size_t plain, size_t length)
{
    if (length / PLAIN_HEAD_SHARE <= plain)
        return;
    text_add(out, "P: ");
    for (size_t i = plain; i < length / PLAIN_HEAD_SHARE; i++)
        text_add_char(out, 'p');
    text_add(out, "\r\n");
}

static void add_plain_head(struct text *out, const struct head *head, size_t length)
{
    size_t before = out->length;
    text_print(out, "%s / HTTP/1.1\r\nHost: a\r\n", head->framing == FRAMING_NONE ? "GET" : "POST");
    if (head->framing == FRAMING_LENGTH)
        text_print(out, "Content-Length: %lld\r\n", (long long)head->length);
    if (head->framing == FRAMING_CHUNKED)
        text_add(out, "Transfer-Encoding: chunked\r\n");
    if (head->asks_to_continue && head->framing != FRAMING_NONE)
        text_add(out, "Expect: 100-continue\r\n");
    add_padding(out, out->length - before, length);
    text_add(out, "\r\n");
}

/* ── Heads ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What follows a request that says it is the last is none. */
static void end_request(struct inlet *inlet)
{
    inlet->current->whole = true;
    inlet->state = inlet->current->head.closes ? INLET_OVER : INLET_IN_HEAD;
}

static const enum inlet_state state_of_framing[] = {
    [FRAMING_NONE] = INLET_IN_HEAD, [FRAMING_LENGTH] = INLET_IN_LENGTH, [FRAMING_CHUNKED] = INLET_IN_CHUNKS};

/* A body that says beforehand that it is far too long is not read at all. */
static void begin_body(struct inlet *inlet, struct intake *intake)
{
    inlet->state = state_of_framing[intake->head.framing];
    inlet->left = intake->head.length;
    inlet->chunks = (struct chunks){0};
    if (intake->head.framing == FRAMING_NONE)
        end_request(inlet);
    if (intake->head.length <= DRAIN_MAX)
        return;
    intake->x->request.body_too_large = true;
    intake->head.framing = FRAMING_NONE;
    refuse_rest(inlet, intake);
}

/* What can never be a head: the library gets one all the same, to answer to. */
static void refuse_head(struct inlet *inlet, const struct unread *unread, const char *bytes, size_t size)
{
    struct intake *intake = intake_new(inlet);
    struct request *request = &intake->x->request;
    head_guess(intake->x->arena, bytes, size, request);
    request->bytes = size;
    spoil(inlet, intake, unread, bytes, size);
    add_plain_head(&inlet->out, &intake->head, size);
}

static void read_head(struct inlet *inlet, const char *bytes, size_t length, size_t size)
{
    struct intake *intake = intake_new(inlet);
    struct request *request = &intake->x->request;
    struct unread unread = {0};
    request->bytes = length;
    if (head_read(intake->x->arena, bytes, length, request, &intake->head, &unread)) {
        begin_body(inlet, intake);
    } else {
        intake->head.framing = FRAMING_NONE;
        request->bytes = size;
        spoil(inlet, intake, &unread, bytes, size);
    }
    add_plain_head(&inlet->out, &intake->head, length);
}

/* Empty lines before a request line are read over (RFC 9112 section 2.2), but not without end. */
static void skip_blank(struct inlet *inlet, const char **bytes, size_t *size, struct unread *unread)
{
    size_t blank = inlet->seen == 0 ? head_blank(*bytes, *size) : 0;
    *bytes += blank;
    *size -= blank;
    inlet->empty_bytes += blank;
    if (inlet->empty_bytes > BLANK_MAX)
        *unread = (struct unread){
            .status = 400,
            .why = {"RFC 9112 section 2.2: a request line comes after an empty line", NULL, "a method", NULL}};
}

/* False: more has to come. */
static bool take_head(struct inlet *inlet, const char **bytes, size_t *size)
{
    struct unread unread = {0};
    skip_blank(inlet, bytes, size, &unread);
    size_t length = head_length(*bytes, *size, &inlet->seen);
    if (inlet->foreign != NULL && length > 0)
        unread = *inlet->foreign;
    if (unread.status != 0 || (*size > 0 && head_is_hopeless(*bytes, length > 0 ? length : *size, &unread))) {
        refuse_head(inlet, &unread, *bytes, *size);
    } else if (length == 0) {
        return false;
    } else {
        read_head(inlet, *bytes, length, *size);
        *bytes += length;
        *size -= length;
    }
    inlet->seen = inlet->empty_bytes = 0;
    return true;
}

/* ── Bodies ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool take_length(struct inlet *inlet, const char **bytes, size_t *size)
{
    size_t taken = (uint64_t)inlet->left < *size ? (size_t)inlet->left : *size;
    text_add_bytes(&inlet->out, *bytes, taken);
    *bytes += taken;
    *size -= taken;
    inlet_went_straight(inlet, taken);
    return true;
}

#define LAST_CHUNK        "0\r\n\r\n"

#define CHUNK_BYTES_SHOWN ((size_t)32)

static void break_chunks(struct inlet *inlet, const char *bytes, size_t size)
{
    const struct unread unread = {
        .in_body = true,
        .status = 400,
        .why = {"RFC 9112 section 7.1: a chunk is its size, CRLF, its bytes, CRLF", NULL, "hexadecimal digits", NULL}};
    spoil(inlet, inlet->current, &unread, bytes, size < CHUNK_BYTES_SHOWN ? size : CHUNK_BYTES_SHOWN);
    text_add(&inlet->out, LAST_CHUNK);
}

static void add_chunk(struct inlet *inlet, const char *data, size_t length)
{
    inlet->left += (int64_t)length; /* in chunks it counts upwards */
    if (inlet->left > DRAIN_MAX) {
        inlet->current->x->request.body_too_large = true;
        refuse_rest(inlet, inlet->current);
        text_add(&inlet->out, LAST_CHUNK);
        return;
    }
    text_print(&inlet->out, "%zx\r\n", length);
    text_add_bytes(&inlet->out, data, length);
    text_add(&inlet->out, "\r\n");
}

static void end_chunks(struct inlet *inlet)
{
    text_add(&inlet->out, LAST_CHUNK);
    end_request(inlet);
}

static bool take_chunks(struct inlet *inlet, const char **bytes, size_t *size)
{
    const char *data = NULL, *before = *bytes;
    size_t length = 0;
    enum chunks_step step = chunks_step(&inlet->chunks, bytes, size, &data, &length);
    inlet->current->x->request.bytes += (uint64_t)(*bytes - before);
    if (step == CHUNKS_DATA)
        add_chunk(inlet, data, length);
    else if (step == CHUNKS_END)
        end_chunks(inlet);
    else if (step == CHUNKS_BROKEN)
        break_chunks(inlet, *bytes, *size);
    return true;
}

/* ── All that comes ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool take_nothing(struct inlet *inlet, const char **bytes, size_t *size)
{
    (void)inlet;
    *bytes += *size;
    *size = 0;
    return true;
}

typedef bool taker(struct inlet *inlet, const char **bytes, size_t *size);

static taker *const takers[] = {[INLET_IN_HEAD] = take_head,
                                [INLET_IN_LENGTH] = take_length,
                                [INLET_IN_CHUNKS] = take_chunks,
                                [INLET_OVER] = take_nothing};

#define KEPT_MAX 1024 /* bytes that an idle connection keeps for the next request, twice */

static void give_back(struct text *text)
{
    if (text->length == 0 && text->room > KEPT_MAX)
        text_release(text);
}

void inlet_take(struct inlet *inlet, const char *bytes, size_t size)
{
    text_add_bytes(&inlet->in, bytes, size);
    const char *at = text_cstr(&inlet->in);
    size_t left = inlet->in.length;
    while (left > 0 && takers[inlet->state](inlet, &at, &left))
        ;
    text_drop(&inlet->in, inlet->in.length - left);
    give_back(&inlet->in);
}

size_t inlet_straight(const struct inlet *inlet)
{
    bool can = inlet->state == INLET_IN_LENGTH && inlet->out.length == inlet->given && inlet->in.length == 0;
    return can ? (size_t)inlet->left : 0;
}

void inlet_went_straight(struct inlet *inlet, size_t size)
{
    inlet->left -= (int64_t)size;
    inlet->current->x->request.bytes += size;
    if (inlet->left == 0)
        end_request(inlet);
}

static void break_off(struct inlet *inlet)
{
    const struct unread unread = {.kind = UNREAD_INCOMPLETE,
                                  .status = 400,
                                  .why = {"RFC 9112 section 8: the request broke off", NULL, "all of it", NULL}};
    if (inlet->state == INLET_IN_HEAD) {
        refuse_head(inlet, &unread, text_cstr(&inlet->in), inlet->in.length);
        text_clear(&inlet->in);
        return;
    }
    bool has_chunks = inlet->state == INLET_IN_CHUNKS;
    if (!has_chunks) {
        inlet->filling = inlet->left;
        inlet->current->real_size = inlet->current->head.length - inlet->left;
    }
    spoil(inlet, inlet->current, &unread, "", 0);
    if (has_chunks)
        text_add(&inlet->out, LAST_CHUNK);
}

void inlet_refuse(struct inlet *inlet, const struct unread *why)
{
    inlet->foreign = why;
}

void inlet_end(struct inlet *inlet)
{
    bool between = inlet->state == INLET_IN_HEAD && inlet->in.length == 0;
    struct intake *last = inlet->last != NULL ? inlet->last : inlet->current;
    if (!between && inlet->state != INLET_OVER)
        break_off(inlet);
    else if (last != NULL)
        last->head.closes = true; /* nobody is left to ask again */
    inlet->state = INLET_OVER;
    inlet->ended = true;
}

size_t inlet_give(struct inlet *inlet, char *buffer, size_t size)
{
    size_t ready = inlet->out.length - inlet->given;
    size_t count = ready < size ? ready : size;
    memcpy(buffer, text_cstr(&inlet->out) + inlet->given, count);
    inlet->given += count;
    if (inlet->given == inlet->out.length) {
        text_clear(&inlet->out);
        give_back(&inlet->out);
        inlet->given = 0;
    }
    size_t fill = size - count;
    if ((uint64_t)inlet->filling < fill)
        fill = (size_t)inlet->filling;
    memset(buffer + count, ' ', fill);
    inlet->filling -= (int64_t)fill;
    return count + fill;
}

/* ── The queue ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct intake *inlet_next(struct inlet *inlet)
{
    struct intake *intake = inlet->first;
    if (intake == NULL)
        return NULL;
    inlet->first = intake->next;
    if (inlet->first == NULL)
        inlet->last = NULL;
    intake->next = NULL;
    return intake;
}

void inlet_forget(struct inlet *inlet, const struct intake *intake)
{
    if (inlet->current != intake)
        return;
    inlet->current = NULL;
    if (inlet->state == INLET_IN_LENGTH || inlet->state == INLET_IN_CHUNKS)
        inlet->state = INLET_OVER;
}

struct intake *inlet_rest(struct inlet *inlet)
{
    if (inlet->first == NULL && inlet->state == INLET_IN_HEAD && inlet->in.length > 0)
        break_off(inlet);
    return inlet_next(inlet);
}

bool inlet_is_cut_short(const struct inlet *inlet)
{
    bool in_body = inlet->state == INLET_IN_LENGTH || inlet->state == INLET_IN_CHUNKS;
    return (inlet->refused || in_body) && !inlet->ended;
}

bool inlet_is_empty(const struct inlet *inlet)
{
    return inlet->state == INLET_IN_HEAD && inlet->in.length == 0 && inlet->first == NULL;
}

bool inlet_waits(const struct inlet *inlet)
{
    return !inlet->ended && (inlet->state == INLET_IN_HEAD ? inlet->in.length > 0 : inlet->state != INLET_OVER);
}

void inlet_release(struct inlet *inlet)
{
    for (struct intake *intake = inlet_next(inlet); intake != NULL; intake = inlet_next(inlet))
        intake_free(intake);
    text_release(&inlet->in);
    text_release(&inlet->out);
}
