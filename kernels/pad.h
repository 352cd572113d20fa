/* SPDX-License-Identifier: MIT
 * pad.h — padding by a constant, tensors seen with other dimensions, and columns of windows. */
#ifndef KERNELS_PAD_H
#define KERNELS_PAD_H

#include "kernels/copy.h"

/* result ← the constant, then the part of the operand that stays at its place. Offsets in elements. */
typedef struct pad_attributes {
    fill_attributes fill;
    tensor_desc place, part; /* the same sizes, strides of result and operand */
    int64_t place_offset, part_offset;
} pad_attributes;

/* result ← operand, both seen with the sizes and strides given here. */
typedef struct regroup_attributes {
    tensor_desc result, operand;
} regroup_attributes;

KERNEL_DECLARE(kernel_fn, constant_pad);
KERNEL_DECLARE(kernel_fn, regroup);
void ref_constant_pad(const kernel_call *call);
void ref_regroup(const kernel_call *call);

/* Windows of (N, C, H, W) as columns (N, C · kernel, positions). */
typedef struct columns_attributes {
    int64_t batch, channels;
    int64_t in[2], out[2], kernel[2], stride[2], padding[2], dilation[2];
    bool one_image;      /* no batch dimension */
    size_t worker_bytes; /* scratch of each worker: a plane of the image */
} columns_attributes;

void ref_im2col(const kernel_call *call);
void ref_col2im(const kernel_call *call);

#endif
