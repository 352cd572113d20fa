/* SPDX-License-Identifier: MIT
 * reduce.h — what the families of reductions, scans and softmax share: dimension arguments and backward pieces. */
#ifndef OPS_REDUCE_H
#define OPS_REDUCE_H

#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

/* The dimensions an argument names, as a mask over ndim; None and an empty list name all of them. False: out of range
 * or named twice. A 0-dim tensor has dimension 0 and -1, and an empty mask. */
bool reduce_mask(const arg *dims, uint32_t ndim, uint32_t *mask);
/* As a shape rule: the same, with an error in words. `param` is the dimension parameter, -1 when there is none. */
cot_status reduce_shape_mask(shape_call *c, int param, uint32_t ndim, uint32_t *mask);
/* Sizes of the result of reducing the dimensions of mask. */
uint32_t reduce_sizes(const type *t, uint32_t mask, bool keepdim, dim *sizes);
/* One dimension, wrapped; 0 for a 0-dim tensor. */
uint32_t reduce_dim(const arg *a, uint32_t ndim);
/* Number of elements that go into one result. */
dim reduce_count(syms *s, const type *t, uint32_t mask);
/* v with dimensions of mask put back as 1. */
value reduce_restore(builder *b, value v, uint32_t mask, uint32_t ndim);
value reduce_expand(builder *b, value v, const type *like); /* expand to the sizes of a tensor */
/* A fresh tensor of zeros like grad with the sizes of `like`. */
value reduce_new_zeros(builder *b, value grad, const type *like);
cot_status reduce_tuple(shape_call *c, const cot_dtype *dtypes, uint32_t count, const dim *sizes, uint32_t ndim);

/* derivatives of reductions, ops/reduce_vjp.c */
cot_status vjp_sum(vjp_call *c);
cot_status vjp_mean(vjp_call *c);
cot_status vjp_nansum(vjp_call *c);
cot_status vjp_prod(vjp_call *c);
cot_status vjp_amax(vjp_call *c);
cot_status vjp_aminmax(vjp_call *c);
cot_status vjp_select(vjp_call *c);      /* max.dim …: the gradient goes to the element that was selected */
cot_status vjp_select_keep(vjp_call *c); /* sort, topk: indices have the dimension */
cot_status vjp_variance(vjp_call *c);    /* var, std, var_mean, std_mean */
cot_status vjp_vector_norm(vjp_call *c);
cot_status vjp_logsumexp(vjp_call *c);
cot_status vjp_trace(vjp_call *c);

#endif
