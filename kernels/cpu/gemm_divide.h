/* SPDX-License-Identifier: MIT
 * gemm_divide.h — what the kernels of products share: division over the pool. */
#ifndef KERNELS_CPU_GEMM_DIVIDE_H
#define KERNELS_CPU_GEMM_DIVIDE_H

#include "kernels/gemm.h"

/* Rows [i, i + m) and columns [j, j + n) of C: the sum of the products of `terms` items of the batch from `item` on. */
typedef struct gemm_part {
    int64_t item, terms, i, m, j, n;
    uint32_t worker;
} gemm_part;

typedef void (*gemm_part_fn)(const kernel_call *call, const gemm_attributes *g, const gemm_part *p);

/* multiple: of rows or columns, where parts begin. */
void gemm_divide(const kernel_call *call, int64_t multiple, gemm_part_fn part);

#endif
