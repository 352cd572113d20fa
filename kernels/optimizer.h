/* SPDX-License-Identifier: MIT
 * optimizer.h — attributes of parameter updates, and their reference kernels.
 *
 * Tensors of a call: results (the new self and state), then operands self, state …, grad, lr (0-dim f32) and, for
 * AdamW, step (0-dim i64, 1 in the first step). Result i may be the same memory as operand i. */
#ifndef KERNELS_OPTIMIZER_H
#define KERNELS_OPTIMIZER_H

#include "kernels/kernel.h"

typedef struct optimizer_sgd_attributes {
    double momentum, weight_decay;
} optimizer_sgd_attributes;

typedef struct optimizer_adamw_attributes {
    double beta1, beta2, eps, weight_decay;
} optimizer_adamw_attributes;

void ref_sgd(const kernel_call *call);
void ref_adamw(const kernel_call *call);

#endif
