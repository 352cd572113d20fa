/* SPDX-License-Identifier: MIT
 * softmax.h — softmax and log_softmax along one dimension, forward and backward, of contiguous tensors. */
#ifndef KERNELS_SOFTMAX_H
#define KERNELS_SOFTMAX_H

#include "kernels/tile.h"

typedef enum softmax_code {
    SOFTMAX,      /* result; input */
    SOFTMAX_SAFE, /* the same, but 0 where a whole line is -inf */
    SOFTMAX_LOG,
    SOFTMAX_BACKWARD, /* gradient of the input; gradient of the result, result */
    SOFTMAX_LOG_BACKWARD,
} softmax_code;

typedef struct softmax_attributes {
    uint8_t code, class;
    int64_t outer, length, inner; /* the tensor is [outer, length, inner] */
    int64_t width;                /* inner > 1: columns that are worked on at a time */
    size_t worker_bytes;          /* scratch of one worker */
} softmax_attributes;

void softmax_reference(const kernel_call *call); /* kernels/ref/softmax.c */

#endif
