/*
 * A lock of something that many look at and few change: lookers are inside together, a changer is inside alone.
 *
 * So whoever looks sees what was there before a change or what is there behind it, and never a half of it.
 *
 *   - A changer that waits goes before lookers that come later: lookers without end cannot keep it out.
 *   - Nobody goes in twice: a thread that is inside and asks again may wait for itself.
 *   - Whoever went in goes out, on the same thread, with rw_lock_leave().
 *   - It costs some forty instructions in and out where nobody waits.
 *
 *     rw_lock_read(&lock);         rw_lock_write(&lock);
 *     read_this_and_that();         change_this_and_that();
 *     rw_lock_leave(&lock);        rw_lock_leave(&lock);
 */
#ifndef BASE_RW_LOCK_H
#define BASE_RW_LOCK_H

#include <pthread.h>

struct rw_lock {
    pthread_rwlock_t lock;
};

void rw_lock_init(struct rw_lock *lock);
void rw_lock_release(struct rw_lock *lock);

void rw_lock_read(struct rw_lock *lock);
void rw_lock_write(struct rw_lock *lock);
void rw_lock_leave(struct rw_lock *lock);

#endif
