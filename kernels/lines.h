/* SPDX-License-Identifier: MIT
 * lines.h — operators that see a tensor as lines along one dimension, each line by itself: cumulative sums, sorting,
 * selection of an element and its index. */
#ifndef KERNELS_LINES_H
#define KERNELS_LINES_H

#include "kernels/tile.h"

typedef enum lines_code {
    LINES_CUMSUM,
    LINES_CUMPROD,
    LINES_LOGCUMSUMEXP, /* results: values */
    LINES_CUMMAX,
    LINES_CUMMIN, /* values, indices */
    LINES_MAX,
    LINES_MIN,  /* value, index */
    LINES_SORT, /* values, indices of all */
    LINES_TOPK, /* of the first k in order */
    LINES_KTH,
    LINES_MEDIAN,
    LINES_NANMEDIAN,
    LINES_MODE, /* value, index */
    LINES_CODE_COUNT
} lines_code;

typedef struct lines_attributes {
    uint8_t code, class;
    bool descending;
    uint32_t operand;       /* tensor that is read */
    int values, indices;    /* tensors that are written, -1: none */
    int64_t length, stride; /* of a line of the operand */
    int64_t k;              /* elements written for each line */
    int64_t value_stride, index_stride;
    uint32_t ndim; /* the other dimensions */
    int64_t lines, sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS], value_strides[COT_MAX_DIMS], index_strides[COT_MAX_DIMS];
    size_t worker_bytes; /* scratch of one worker */
} lines_attributes;

/* Fills sizes, strides and scratch for lines along `dim` (any number for a 0-dim operand). Results have the dimension
 * with k elements or not at all. Gives the bytes of scratch. */
size_t lines_layout(lines_attributes *a, const tensor_desc *tensors, uint32_t dim, uint32_t threads);

/* kernels/ref/lines.c; attributes: lines_attributes. */
void lines_reference(const kernel_call *call);

#endif
