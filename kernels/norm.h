/* SPDX-License-Identifier: MIT
 * norm.h — what the normalisation kernels are told. Statistics per channel or row are few and may have another dtype
 * than the data; they go through element_load and element_store. */
#ifndef KERNELS_NORM_H
#define KERNELS_NORM_H

#include "kernels/kernel.h"

/* Batch norm. Positions are indices into kernel_call.tensors, 0 where there is no such tensor. */
typedef struct batch_norm_attributes {
    double momentum, eps;
    bool training;
    uint8_t input, weight, bias, running_mean, running_var; /* operands */
    uint8_t save_mean, save_invstd;                         /* results forward, operands backward */
    uint8_t new_mean, new_var;                              /* results */
    bool mask[3];
    bool rows; /* scratch is there for (threads + 1) · BATCH_NORM_SHARE numbers of each channel */
} batch_norm_attributes;

#define BATCH_NORM_SHARE 4

typedef struct layer_norm_attributes {
    double eps;
    int64_t rows, columns;
    bool mask[3];
} layer_norm_attributes;

typedef struct group_norm_attributes {
    double eps;
    int64_t groups;
    bool mask[3];
} group_norm_attributes;

void ref_batch_norm(const kernel_call *call);
void ref_batch_norm_backward(const kernel_call *call);
void ref_layer_norm(const kernel_call *call);
void ref_layer_norm_backward(const kernel_call *call);
void ref_group_norm(const kernel_call *call);
void ref_group_norm_backward(const kernel_call *call);

#endif
