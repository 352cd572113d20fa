/* SPDX-License-Identifier: MIT
 * flops.h — how many floating-point operations a call is: what profiles divide by time, and what the memory budget
 * weighs recomputation with. A multiplication and an addition count as two. */
#ifndef OPS_FLOPS_H
#define OPS_FLOPS_H

#include "ops/op.h"

struct flops_call {
    const arg *args;                       /* bound to the schema, sizes as numbers */
    const tensor_desc *results, *operands; /* flat, as in prepare_call; absent: numel -1 */
    uint32_t num_results, num_operands;
};

/* The record's own count; without one an operation for each element: of the result, of a reduction's operand. */
double op_flops(const op *o, const flops_call *c);

double flops_product(const flops_call *c);
double flops_convolution(const flops_call *c);
double flops_convolution_backward(const flops_call *c);
double flops_attention(const flops_call *c);
double flops_attention_backward(const flops_call *c);

#endif
