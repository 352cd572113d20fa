/* SPDX-License-Identifier: MIT
 * loss.h — what the loss kernels are told. Elementwise losses read operands that broadcast to one space; the likelihood
 * losses read one class of each row. */
#ifndef KERNELS_LOSS_H
#define KERNELS_LOSS_H

#include "kernels/kernel.h"

typedef enum loss_reduction { LOSS_NONE, LOSS_MEAN, LOSS_SUM } loss_reduction;

typedef enum loss_kind {
    LOSS_MSE,
    LOSS_SMOOTH_L1, /* parameter: beta */
    LOSS_HUBER,     /* parameter: delta */
    LOSS_SOFT_MARGIN,
    LOSS_BCE,
    LOSS_BCE_LOGITS,
} loss_kind;

enum { LOSS_OPERANDS = 4 };

/* Operands in order: forward self, target, weight, pos_weight; backward grad_output, self, target, weight. One that is
 * absent has stride 0 and no data. */
typedef struct loss_attributes {
    uint8_t kind, reduction, ndim;
    double parameter;
    int64_t numel;
    int64_t sizes[COT_MAX_DIMS];
    int64_t result[COT_MAX_DIMS]; /* strides, where the result is a tensor of the space */
    int64_t strides[LOSS_OPERANDS][COT_MAX_DIMS];
} loss_attributes;

typedef struct nll_attributes {
    uint8_t reduction;
    bool one_row; /* self has no batch dimension: (C) */
    int64_t ignore_index;
} nll_attributes;

void ref_loss(const kernel_call *call);
void ref_loss_backward(const kernel_call *call);
void ref_nll_loss(const kernel_call *call);
void ref_nll_loss_backward(const kernel_call *call);
void ref_cross_entropy_backward(const kernel_call *call);

#endif
