/* SPDX-License-Identifier: MIT
 * index.h — reading and writing a tensor at places that other tensors name.
 *
 * Everything from index and gather to embedding and scatter_reduce is one walk: over dimensions of given sizes, an
 * element of `other` (dense) meets the element of `base` at Σ coordinate × base stride + Σ index × its step. Dimensions
 * along which no index changes are innermost, so rows are copied or added whole. A write is divided over threads along
 * a dimension that leads to different elements of base, so each element sees its writes in program order: no atomics,
 * same bits. */
#ifndef KERNELS_INDEX_H
#define KERNELS_INDEX_H

#include "kernels/kernel.h"

typedef enum index_mode { INDEX_READ, INDEX_SET, INDEX_ADD, INDEX_MULTIPLY, INDEX_MIN, INDEX_MAX } index_mode;
typedef enum index_start { INDEX_COPY_SELF, INDEX_ZERO } index_start;

typedef struct index_source {
    uint32_t at;        /* in kernel_call.data */
    bool narrow;        /* i32, not i64 */
    bool mask;          /* a bool tensor: where it is false, nothing is named; true selects nothing further */
    bool logical;       /* counts base's elements in row-major order, however base is laid out */
    bool from_back;     /* -1 is the last */
    uint32_t dim;       /* of base, for errors */
    int64_t size, step; /* of the indexed dimension of base */
    int64_t strides[COT_MAX_DIMS]; /* of the index tensor along the walk */
} index_source;

typedef struct index_attributes {
    uint32_t ndim, count; /* dimensions of the walk; index tensors */
    int64_t sizes[COT_MAX_DIMS], base_strides[COT_MAX_DIMS], other_strides[COT_MAX_DIMS];
    index_source index[COT_MAX_DIMS + 1];
    uint32_t base_at, other_at; /* in kernel_call.data; other_at UINT32_MAX: the scalar */
    uint32_t split;             /* dimension divided over threads */
    bool divisible;             /* false: one thread */
    bool lenient;               /* an index out of bounds names nothing; else the run fails */
    uint8_t mode, start;        /* of base, before writes: self's elements or zero */
    uint32_t self_at;
    double alpha;                       /* INDEX_ADD: times other */
    int64_t skip;                       /* this index writes nothing; INT64_MIN: none */
    bool exclude_self, mean, frequency; /* reductions; embedding's scale_grad_by_freq */
    /* In the dtype of base: what is written where there is no other, or read where no index names anything. */
    _Alignas(8) unsigned char scalar[16];
    _Alignas(8) unsigned char identity[16]; /* what written elements begin at under exclude_self */
} index_attributes;

/* masked_scatter and index_put with a mask: the n-th true element of the mask takes row n of `other`. */
typedef struct index_mask {
    uint32_t mask_at, base_at, other_at, self_at;
    uint32_t before, masked, after; /* dimensions of base: before the mask, under it, behind it */
    int64_t sizes[COT_MAX_DIMS], base_strides[COT_MAX_DIMS], mask_strides[COT_MAX_DIMS], other_strides[COT_MAX_DIMS];
    int64_t row, rows;       /* other's stride from row to row, and how many it has (1: all the same) */
    bool accumulate, gather; /* gather: other takes base's elements, the rest of other is zero */
} index_mask;

typedef struct search_attributes {
    int64_t rows, boundaries,
        values; /* each row of `values` is looked up in a row of `boundaries` (one row: in the same) */
    bool one_row, right;
    uint32_t boundaries_at, values_at, sorter_at; /* in kernel_call.data; sorter_at 0: none */
    double scalar;
    bool has_scalar;
} search_attributes;

typedef struct renorm_attributes {
    double most, power;
} renorm_attributes;

#endif
