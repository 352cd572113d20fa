/* SPDX-License-Identifier: MIT
 * tile_step.h — what both machines of tile programs share (tile.c: any walk through memory; tile_rows.c: rows): one
 * instruction, and totals over many tiles.
 *
 * Totals are kept in double by each worker and come together in the order of workers. A total over everything has lanes
 * that go by the number of the element. So totals depend on sizes and the number of threads only, not on how the
 * program is cut into tiles: the same bits, whatever is fused with a sum. */
#ifndef KERNELS_CPU_TILE_STEP_H
#define KERNELS_CPU_TILE_STEP_H

#include "kernels/cpu/tile_moves.h"

#include <math.h>
#include <string.h>

typedef void (*tile_fn)(void *y, const void *const *x, const tile_number *p, int64_t n);
extern const tile_fn KERNEL(tile_instructions)[TILE_CLASS_COUNT][TILE_ELEMENT_COUNT];

/* Through the dtype and back: what a store and a load would do to the numbers. */
static inline void round_run(const tile_instruction *in, void *y, int64_t n) {
    _Alignas(64) char narrow[TILE_LENGTH * sizeof(double)];
    const int64_t bytes = item_bytes[class_dtypes[in->class]];
    for (int64_t i = 0; i < n; i += TILE_LENGTH) {
        const int64_t m = MIN(TILE_LENGTH, n - i);
        KERNEL(tile_stores)[in->class][in->round](narrow, (char *)y + i * bytes, 1, m);
        KERNEL(tile_loads)[in->class][in->round]((char *)y + i * bytes, narrow, 1, m);
    }
}

static inline void run_instruction(const tile_instruction *in, void *y, const void *const *x, int64_t n) {
    if (in->element == TILE_convert) KERNEL(tile_loads)[in->class][class_dtypes[in->from]](y, x[0], 1, n);
    else KERNEL(tile_instructions)[in->class][in->element](y, x, in->p, n);
    if (in->round != COT_DTYPE_COUNT) round_run(in, y, n);
}

static inline double identity(uint32_t combine) {
    return combine == TILE_LARGEST ? -INFINITY : combine == TILE_SMALLEST ? INFINITY : 0;
}

static inline double fold(uint32_t combine, double a, double b) {
    switch (combine) {
    case TILE_LARGEST: return a > b || a != a ? a : b;
    case TILE_SMALLEST: return a < b || a != a ? a : b;
    default: return a + b;
    }
}

/* A run as one number: over 64 lanes, blocks of 2048 elements in double. */
double KERNEL(tile_combine_run)(uint32_t class, uint32_t combine, const void *x, int64_t n);
#define combine_run KERNEL(tile_combine_run)

/* Elements [first, first + n) into the lanes of a total. */
void KERNEL(tile_combine_lanes)(uint32_t class, uint32_t combine, double *lanes, const void *x, int64_t first,
                                int64_t n);
#define combine_lanes KERNEL(tile_combine_lanes)

/* Clears the totals of all workers; writes what they come to. */
void KERNEL(tile_totals_begin)(const kernel_call *call, uint32_t threads);
void KERNEL(tile_totals_end)(const kernel_call *call, uint32_t threads);
#define totals_begin KERNEL(tile_totals_begin)
#define totals_end KERNEL(tile_totals_end)

#endif
