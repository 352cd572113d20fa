/* SPDX-License-Identifier: MIT
 * move.h — the runtime's own three kernels: copying, adding and filling strided memory. What a plan inserts between
 * operators, and what happens around a run (tangents in, gradients out), is done with them. */
#ifndef RUNTIME_MOVE_H
#define RUNTIME_MOVE_H

#include "kernels/kernel.h"

/* results: to; operands: from. Same dtype and sizes, any strides; the two must not overlap. */
void move_copy(const kernel_call *call);
/* to[i] += from[i]: an element that `to` reaches several times gets all of its contributions, in order. */
void move_add(const kernel_call *call);
/* to[i] = 0. */
void move_zero(struct pool *p, const tensor_desc *to, void *data);
/* The bytes of a one. */
void move_one(cot_dtype dtype, unsigned char bytes[16]);

/* The descriptor of a tensor of these sizes; strides NULL: contiguous. */
tensor_desc tensor_describe(cot_dtype dtype, uint32_t ndim, const int64_t *sizes, const int64_t *strides);
/* Bytes from the first element to behind the last; 0 when there is none. False on overflow. */
bool tensor_extent(const tensor_desc *t, uint64_t *bytes);
/* Every address between first and last element belongs to exactly one element. */
bool tensor_is_dense(const tensor_desc *t);
/* The same layout: strides of dimensions that have more than one element are equal. */
bool tensor_same_layout(const tensor_desc *a, const tensor_desc *b);

#endif
