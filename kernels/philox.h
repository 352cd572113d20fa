/* SPDX-License-Identifier: MIT
 * philox.h — Philox 4x32-10: random bits as a function of a counter (Salmon, Moraes, Dror, Shaw, "Parallel Random
 * Numbers: As Easy as 1, 2, 3", 2011). No state: element i of a stream is the same whoever computes it and in whatever
 * order.
 *
 * Bits come in chunks of 64 words: 16 neighbouring counters side by side, so that the rounds vectorise; word 16·w + j
 * of a chunk is word w of counter 16·chunk + j. */
#ifndef KERNELS_PHILOX_H
#define KERNELS_PHILOX_H

#include "base/base.h"

enum { PHILOX_LANES = 16, PHILOX_CHUNK = 64 };

typedef struct philox_key {
    uint64_t seed, step, stream; /* of the run; the training step; which random operator */
} philox_key;

static inline void philox_chunk(const philox_key *key, uint64_t chunk, uint32_t out[PHILOX_CHUNK]) {
    uint32_t *x0 = out, *x1 = out + PHILOX_LANES, *x2 = out + 2 * PHILOX_LANES, *x3 = out + 3 * PHILOX_LANES;
    uint32_t k0 = (uint32_t)key->seed ^ (uint32_t)(key->step >> 32),
             k1 = (uint32_t)(key->seed >> 32) ^ (uint32_t)(key->stream >> 32);
    for (uint32_t j = 0; j < PHILOX_LANES; j++) {
        const uint64_t counter = chunk * PHILOX_LANES + j;
        x0[j] = (uint32_t)counter;
        x1[j] = (uint32_t)(counter >> 32);
        x2[j] = (uint32_t)key->step;
        x3[j] = (uint32_t)key->stream;
    }
    for (int round = 0; round < 10; round++) {
        for (uint32_t j = 0; j < PHILOX_LANES; j++) {
            const uint64_t p = (uint64_t)0xD2511F53u * x0[j], q = (uint64_t)0xCD9E8D57u * x2[j];
            const uint32_t y0 = (uint32_t)(q >> 32) ^ x1[j] ^ k0, y2 = (uint32_t)(p >> 32) ^ x3[j] ^ k1;
            x1[j] = (uint32_t)q;
            x3[j] = (uint32_t)p;
            x0[j] = y0;
            x2[j] = y2;
        }
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

/* [0, 1), all 24 bits of a float's precision. */
static inline float philox_uniform(uint32_t bits) { return (float)(int32_t)(bits >> 8) * 0x1p-24f; }

static inline double philox_uniform_double(uint32_t high, uint32_t low) {
    return (double)(int64_t)(((uint64_t)high << 32 | low) >> 11) * 0x1p-53;
}

#endif
