/* SPDX-License-Identifier: MIT
 * peak.c — what a core can do at most with this instruction set (kernels/peak.h). */
#include "kernels/peak.h"
#include "kernels/cpu/isa.h"
#include <string.h>

#if defined(__AVX512F__)
enum { WIDTH = 16 };
#elif defined(__AVX__)
enum { WIDTH = 8 };
#else
enum { WIDTH = 4 };
#endif
typedef float wide __attribute__((vector_size(WIDTH * sizeof(float))));

enum { CHAINS = 10 }; /* two units, four to five cycles until a result is there */

static float sum_of(wide x) {
    float total = 0;
    for (int i = 0; i < WIDTH; i++) total += x[i];
    return total;
}

static double multiply_add(uint64_t rounds) {
    const wide m = {0.5f}, c = m + 1.0f;
    wide a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c, a6 = c, a7 = c, a8 = c, a9 = c;
    for (uint64_t i = 0; i < rounds; i++) {
        a0 = a0 * m + c, a1 = a1 * m + c, a2 = a2 * m + c, a3 = a3 * m + c, a4 = a4 * m + c;
        a5 = a5 * m + c, a6 = a6 * m + c, a7 = a7 * m + c, a8 = a8 * m + c, a9 = a9 * m + c;
        __asm__ volatile("" ::: "memory"); /* each round is done */
    }
    return sum_of(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9);
}

static double read_memory(const void *memory, uint64_t bytes) {
    const wide *p = memory;
    wide a = {0}, b = a, c = a, d = a;
    for (uint64_t i = 0; i + 4 <= bytes / sizeof(wide); i += 4) a += p[i], b += p[i + 1], c += p[i + 2], d += p[i + 3];
    return sum_of(a + b + c + d);
}

static void write_memory(void *memory, uint64_t bytes) { memset(memory, 0, bytes); }

const peak_loops KERNEL(peak_table)[] = {{multiply_add, read_memory, write_memory, 2.0 * WIDTH *CHAINS}};
