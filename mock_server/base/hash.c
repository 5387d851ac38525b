#include "base/hash.h"

#include <endian.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* ── The key ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t process_key[2];

/* Before main() and before any thread, so the key is a constant to everybody. A system that cannot draw yet gives the
 * time and an address: hard to know from outside, and better than to wait. */
__attribute__((constructor)) static void draw_key(void)
{
    struct timespec now = {0};
    if (getrandom(process_key, sizeof process_key, GRND_NONBLOCK) == (ssize_t)sizeof process_key)
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    process_key[0] = (uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec;
    process_key[1] = (uint64_t)(uintptr_t)&now;
}

/* ── SipHash-1-3 ───────────────────────────────────────────────────────────────────────────────────────────────── */

struct sip {
    uint64_t a, b, c, d;
};

static inline uint64_t turn(uint64_t word, unsigned by)
{
    return word << by | word >> (64 - by);
}

static inline void sip_round(struct sip *sip)
{
    sip->a += sip->b;
    sip->c += sip->d;
    sip->b = turn(sip->b, 13) ^ sip->a;
    sip->d = turn(sip->d, 16) ^ sip->c;
    sip->a = turn(sip->a, 32);
    sip->c += sip->b;
    sip->a += sip->d;
    sip->b = turn(sip->b, 17) ^ sip->c;
    sip->d = turn(sip->d, 21) ^ sip->a;
    sip->c = turn(sip->c, 32);
}

static inline void take(struct sip *sip, uint64_t word)
{
    sip->d ^= word;
    sip_round(sip);
    sip->a ^= word;
}

/* The bytes behind the last whole word, and the length in the highest byte. */
static inline uint64_t last_word(const unsigned char *bytes, size_t length)
{
    uint64_t word = (uint64_t)length << 56;
    for (size_t i = 0; i < (length & 7); i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

uint64_t hash_with(const uint64_t key[2], const void *bytes, size_t length)
{
    const unsigned char *at = bytes, *end = at + (length & ~(size_t)7);
    struct sip sip = {key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d),
                      key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573)};
    for (; at != end; at += 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        take(&sip, le64toh(word));
    }
    take(&sip, last_word(at, length));
    sip.c ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(&sip);
    return sip.a ^ sip.b ^ sip.c ^ sip.d;
}

uint64_t hash_bytes(const void *bytes, size_t length)
{
    return hash_with(process_key, bytes, length);
}
