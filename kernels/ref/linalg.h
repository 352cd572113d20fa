/* SPDX-License-Identifier: MIT
 * linalg.h — reference kernels of products and attention, named by operator records. */
#ifndef KERNELS_REF_LINALG_H
#define KERNELS_REF_LINALG_H

#include "kernels/kernel.h"

void ref_gemm(const kernel_call *call);      /* kernels/gemm.h */
void ref_attention(const kernel_call *call); /* kernels/attention.h */
void ref_attention_backward(const kernel_call *call);

#endif
