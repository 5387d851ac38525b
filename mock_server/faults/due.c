#include "faults/due.h"

#include <stdio.h>

#include "model/exchange.h"

/* What makes no sense for the answer that there is: where no byte leaves, it can but leave late; where it need be no
 * HTTP, it has no body and no framing. */
static unsigned without_sense(const struct exchange *x)
{
    unsigned of_http = CLASS_BIT(CLASS_BODY) | CLASS_BIT(CLASS_FRAMING);
    unsigned of_bytes = of_http | CLASS_BIT(CLASS_PACE) | CLASS_BIT(CLASS_CLOSE);
    return x->reply.wire.nothing ? of_bytes : x->reply.wire.raw ? of_http : 0;
}

void due_begin(struct due *due, const struct exchange *x, unsigned classes)
{
    due->open = classes & ~x->fired_classes & ~(x->replaced ? CLASSES_REPLACING : 0) & ~without_sense(x);
    for (int i = 0; i < FAULT_CLASSES; i++)
        due->of[i].fault = NULL;
}

bool due_is_open(const struct due *due, const struct fault *fault)
{
    return (due->open & CLASS_BIT(fault_kind_of(fault)->class)) != 0;
}

void due_take(struct due *due, const struct fault *fault, const struct firing *firing)
{
    enum fault_class class = fault_kind_of(fault)->class;
    struct due_fault *own = &due->of[class];
    own->fault = fault_hold(fault);
    own->firing = *firing;
    snprintf(own->id, sizeof own->id, "%s", firing->id);
    due->open &= ~((CLASSES_REPLACING & CLASS_BIT(class)) != 0 ? CLASSES_REPLACING : CLASS_BIT(class));
}

void due_apply(struct due *due, struct exchange *x, struct fault_counts *counts)
{
    for (struct due_fault *own = due->of; own < due->of + FAULT_CLASSES; own++) {
        if (own->fault == NULL)
            continue;
        own->firing.id = own->id;
        fault_apply(own->fault, x, &own->firing);
        fault_counts_add(counts, fault_kind_of(own->fault));
        fault_drop(own->fault);
        own->fault = NULL;
    }
}
