#include "base/rw_lock.h"

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

void rw_lock_init(struct rw_lock *lock)
{
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    let_changers_go_first(&attributes);
    pthread_rwlock_init(&lock->lock, &attributes);
    pthread_rwlockattr_destroy(&attributes);
}

void rw_lock_release(struct rw_lock *lock)
{
    pthread_rwlock_destroy(&lock->lock);
}

/* A lock that is refused would let two in who must not meet: that is a mistake of the caller's (it is inside). */
static void insist(int error)
{
    if (error != 0)
        abort();
}

void rw_lock_read(struct rw_lock *lock)
{
    insist(pthread_rwlock_rdlock(&lock->lock));
}

void rw_lock_write(struct rw_lock *lock)
{
    insist(pthread_rwlock_wrlock(&lock->lock));
}

void rw_lock_leave(struct rw_lock *lock)
{
    insist(pthread_rwlock_unlock(&lock->lock));
}
