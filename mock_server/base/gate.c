#include "base/gate.h"

#include <stdlib.h>

/* glibc would let lookers pass a changer that waits. */
static void let_changers_go_first(pthread_rwlockattr_t *attributes)
{
#ifdef __GLIBC__
    pthread_rwlockattr_setkind_np(attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
#else
    (void)attributes;
#endif
}

void gate_init(struct gate *gate)
{
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    let_changers_go_first(&attributes);
    pthread_rwlock_init(&gate->lock, &attributes);
    pthread_rwlockattr_destroy(&attributes);
}

void gate_release(struct gate *gate)
{
    pthread_rwlock_destroy(&gate->lock);
}

/* A lock that is refused would let two in who must not meet: that is a mistake of the caller's (it is inside). */
static void insist(int error)
{
    if (error != 0)
        abort();
}

void gate_enter(struct gate *gate)
{
    insist(pthread_rwlock_rdlock(&gate->lock));
}

void gate_enter_alone(struct gate *gate)
{
    insist(pthread_rwlock_wrlock(&gate->lock));
}

void gate_leave(struct gate *gate)
{
    insist(pthread_rwlock_unlock(&gate->lock));
}
