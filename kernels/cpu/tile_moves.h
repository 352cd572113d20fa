/* SPDX-License-Identifier: MIT
 * tile_moves.h — moving runs of elements between memory and tiles, with conversion between dtype and class. Shared by
 * the kernels that work on tiles (tile.c, reduce.c, lines.c, softmax.c), within one instruction set. */
#ifndef KERNELS_CPU_TILE_MOVES_H
#define KERNELS_CPU_TILE_MOVES_H

#include "kernels/cpu/isa.h"
#include "kernels/tile.h"

/* y[i] = x[i], one side a dense tile, the other memory with a stride in elements (0: the same element everywhere). */
typedef void (*move_fn)(void *y, const void *x, int64_t stride, int64_t n);
extern const move_fn KERNEL(tile_loads)[TILE_CLASS_COUNT][COT_DTYPE_COUNT];
extern const move_fn KERNEL(tile_stores)[TILE_CLASS_COUNT][COT_DTYPE_COUNT];

static const uint8_t class_dtypes[TILE_CLASS_COUNT] = {
    [TILE_F32] = COT_F32, [TILE_F64] = COT_F64, [TILE_I64] = COT_I64};
static const uint8_t item_bytes[COT_DTYPE_COUNT] = {
#define X(name, code, bytes, text, torch, safetensors) bytes,
    COT_DTYPE_MAP(X)
#undef X
};

/* A run as a dense tile of `class`: the memory itself where it is one, else copied into `tile`. */
static inline const void *dense_run(void *tile, tile_class class, uint8_t dtype, const void *memory, int64_t stride,
                                    int64_t n) {
    if (stride == 1 && dtype == class_dtypes[class]) return memory;
    KERNEL(tile_loads)[class][dtype](tile, memory, stride, n);
    return tile;
}

#endif
