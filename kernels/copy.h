/* SPDX-License-Identifier: MIT
 * copy.h — kernels that move elements: copies with conversion, concatenation, writes into a view, flips, rolls,
 * repeats.
 *
 * All of them are one strided copy (kernels/cpu/copy.c) with other strides; dtypes convert as PyTorch's `to` does. */
#ifndef KERNELS_COPY_H
#define KERNELS_COPY_H

#include "kernels/cpu/dispatch.h"

/* result ← operand 0, which is broadcast to it. No attributes. */
KERNEL_DECLARE(kernel_fn, copy_kernel);
void ref_copy(const kernel_call *call);

/* result ← one element, given as the bytes it has in memory. */
typedef struct fill_attributes {
    uint8_t item[16];
} fill_attributes;
KERNEL_DECLARE(kernel_fn, fill_kernel);
void ref_fill(const kernel_call *call);

/* result ← operands one behind the other along a dimension. Operands of shape [0] are skipped. */
typedef struct cat_attributes {
    uint32_t dim;
    bool stack; /* each operand lacks the dimension and fills one place of it */
} cat_attributes;
KERNEL_DECLARE(kernel_fn, cat_kernel);
void ref_cat(const kernel_call *call);

/* result ← operand 0 (or zeros), then the last operand at `place`. */
typedef struct scatter_attributes {
    tensor_desc place; /* the view of the result that is written: sizes and strides */
    int64_t offset;    /* in elements from the result's first */
    bool zeros;
} scatter_attributes;
KERNEL_DECLARE(kernel_fn, scatter_view_kernel);
void ref_scatter_view(const kernel_call *call);

/* result[… n-1-i …] ← operand[… i …] for the dimensions in the mask. */
typedef struct flip_attributes {
    uint32_t dims;
} flip_attributes;
KERNEL_DECLARE(kernel_fn, flip_kernel);
void ref_flip(const kernel_call *call);

/* result[(i + shift) mod n] ← operand[i], shifts in [0, n). */
typedef struct roll_attributes {
    int64_t shifts[COT_MAX_DIMS];
} roll_attributes;
KERNEL_DECLARE(kernel_fn, roll_kernel);
void ref_roll(const kernel_call *call);

/* result[i mod n] ← operand: tiles it, leading dimensions added. No attributes. */
KERNEL_DECLARE(kernel_fn, repeat_kernel);
void ref_repeat(const kernel_call *call);

#endif
