/* SPDX-License-Identifier: MIT
 * layout.h — memory formats of image-like tensors, and small helpers that the shape and prepare functions of the
 * neural-network families share. */
#ifndef OPS_LAYOUT_H
#define OPS_LAYOUT_H

#include "ops/emit.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"
#include <string.h>

/* "channels_last", "channels_last_3d", or NULL for contiguous: the format PyTorch would suggest for a tensor like t. */
const char *layout_suggest(const type *t, syms *s);
/* A fresh tensor type of these sizes in a format that layout_suggest gave. */
type layout_type(const shape_call *c, const char *format, cot_dtype dtype, const dim *sizes, uint32_t ndim);
/* Result: that type. */
cot_status layout_result(shape_call *c, const char *format, cot_dtype dtype, const dim *sizes, uint32_t ndim);
/* Result: a tuple of these types. */
cot_status layout_tuple(shape_call *c, const type *parts, uint32_t count);

/* A list of exactly n numbers: a list of n, or one number repeated; an empty or absent list gives `fallback` (or fails
 * where that is NULL). False when the count does not fit. */
bool layout_ints(const arg *a, uint32_t n, const int64_t *fallback, int64_t *out);
bool layout_dims(const cot_graph *g, const arg *a, uint32_t n, dim *out);

/* A size that is a number, negative ones included (those are expressions to `dim`); false when it has symbols. */
bool layout_number(syms *s, dim d, int64_t *out);

/* Prepare: the table's kernel for the dtype of results[0] where it is f32, f64, f16 or bf16, else the reference. */
cot_status layout_kernel(prepare_call *c, const kernel_fn *table);
/* Prepare: asks for a contiguous copy of flat operand i unless it collapses into planes (kernels/element.h). */
void layout_planes(prepare_call *c, uint32_t operand);
/* Prepare: asks for a contiguous copy of parameter i's tensor, where present. */
void layout_contiguous(prepare_call *c, uint32_t param);

/* A list of bools as an argument: bool[3] masks. */
arg layout_bools(builder *b, const bool *items, uint32_t count);

#endif
