/* SPDX-License-Identifier: MIT
 * unfold.h — the derivative of sliding windows over one dimension. */
#ifndef KERNELS_UNFOLD_H
#define KERNELS_UNFOLD_H

#include "kernels/kernel.h"

/* result (sizes, …) ← windows (…, n at `dim`, …, size): each element is the sum of the windows it lies in. */
typedef struct unfold_attributes {
    uint32_t dim;
    int64_t size, step;
} unfold_attributes;
void unfold_backward_kernel(const kernel_call *call);

#endif
