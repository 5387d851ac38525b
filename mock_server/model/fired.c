#include "model/fired.h"

#include "model/exchange.h"

static struct fired *last_fired(const struct exchange *x)
{
    struct fired *last = x->fired;
    while (last != NULL && last->next != NULL)
        last = last->next;
    return last;
}

void exchange_fired(struct exchange *x, const char *id, const char *fault, const char *phase)
{
    struct fired *last = last_fired(x), *own = arena_alloc(x->arena, sizeof *own);
    *own = (struct fired){.id = arena_dup(x->arena, id), .fault = fault, .phase = phase};
    if (last == NULL)
        x->fired = own;
    else
        last->next = own;
}

void exchange_drew(struct exchange *x, const char *name, int64_t value)
{
    struct drawn **place = &last_fired(x)->drawn;
    struct drawn *own = arena_alloc(x->arena, sizeof *own);
    while (*place != NULL)
        place = &(*place)->next;
    *own = (struct drawn){.name = name, .value = value};
    *place = own;
}
