/* SPDX-License-Identifier: MIT
 * indexing.h — putting together the walk of kernels/index.h at plan time; shared by index.c, scatter.c and embedding.c.
 */
#ifndef OPS_INDEXING_H
#define OPS_INDEXING_H

#include "kernels/index.h"
#include "ops/prepare.h"

/* Fresh attributes: base is descriptor `base` (results first, then operands), other likewise (UINT32_MAX: the scalar).
 */
index_attributes *indexing_begin(prepare_call *c, index_mode mode, uint32_t base, uint32_t other);
/* Where parameter i's tensor stands among descriptors and data. */
uint32_t indexing_at(const prepare_call *c, uint32_t param);
const tensor_desc *indexing_desc(const prepare_call *c, uint32_t at);
/* Adds an index tensor (descriptor `at`) that selects along a dimension of base; fails unless it is i64 or i32. */
cot_status indexing_source(prepare_call *c, index_attributes *a, uint32_t at, int64_t size, int64_t step);
/* Adds a dimension of the walk; returns its number, so that index strides can be set. Merges nothing yet. */
uint32_t indexing_dim(index_attributes *a, int64_t size, int64_t base_stride, int64_t other_stride);
/* The scalar (or, with `identity`, what a reduction starts from) in base's dtype. */
void indexing_scalar(unsigned char *out, uint8_t dtype, double x);
/* Orders and merges dimensions, divides the work, picks the kernel. */
cot_status indexing_finish(prepare_call *c, index_attributes *a);

#endif
