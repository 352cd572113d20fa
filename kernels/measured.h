/* SPDX-License-Identifier: MIT
 * measured.h — attributes of kernels whose results are as long as data say: elements under a mask, different elements,
 * repeated ones. Each comes with a kernel that only counts. */
#ifndef KERNELS_MEASURED_H
#define KERNELS_MEASURED_H

#include "kernels/kernel.h"

enum { MASK_CHUNK = 1 << 14 }; /* elements of a mask that one thread takes at a time; counts of chunks are scratch */
static inline int64_t mask_chunks(int64_t numel) { return (numel + MASK_CHUNK - 1) / MASK_CHUNK; }

/* Elements of tensor `mask_at` that are not zero, in row-major order of `sizes`. */
typedef struct mask_attributes {
    uint32_t mask_at, from_at;      /* from_at: of the tensor that elements are taken from; 0: places are wanted */
    uint32_t before, masked, after; /* dimensions of it: before the mask, under it, behind it */
    int64_t sizes[2 * COT_MAX_DIMS], mask_strides[2 * COT_MAX_DIMS], from_strides[2 * COT_MAX_DIMS];
} mask_attributes;

/* Items along a dimension of a dense tensor: (outer, items, inner). Two are equal when all their elements are. */
typedef struct unique_attributes {
    int64_t outer, items, inner;
    bool consecutive; /* only neighbours are compared; else items are sorted */
} unique_attributes;

#endif
