/* SPDX-License-Identifier: MIT
 * shape.h — writing shape rules. A rule reads operand types and fills c->result, with PyTorch's own strides. */
#ifndef OPS_SHAPE_H
#define OPS_SHAPE_H

#include "ops/op.h"

struct shape_call {
    cot_graph *graph; /* operands are values of it */
    const op *op;
    const arg *args; /* bound to the schema */
    arena *arena;    /* for the result's sizes */
    syms *syms;
    type result; /* to be filled */
    cot_error *error;
};

/* The tensor type of parameter i; TYPE_NONE kind when the argument is None. Never NULL. */
const type *shape_tensor(const shape_call *c, uint32_t i);
const type *shape_item(const shape_call *c, uint32_t i, uint32_t item); /* of a tensor list */
/* An error in words that name operator and argument: "mm: self has 3 dimensions, expected 2". Gives COT_SHAPE. */
cot_status shape_fail(shape_call *c, const char *format, ...);
/* -1 → ndim-1 …; fails outside [-n, n) (n at least 1). */
cot_status shape_wrap(shape_call *c, int64_t d, uint32_t ndim, uint32_t *out);
/* Right-aligned broadcast of sizes into out/ndim (in and out). Symbolic sizes: equal, or one of them 1. */
cot_status shape_broadcast(shape_call *c, dim *sizes, uint32_t *ndim, const dim *other, uint32_t other_ndim);
/* Strides of a fresh result computed elementwise from operands, as TensorIterator lays them out (FUN: channels_last and
 * other permutations of dense operands are kept). */
void shape_iterator_strides(const shape_call *c, const dim *sizes, uint32_t ndim, const type *const *operands,
                            uint32_t count, dim *strides);
/* Size `d` of part `part` of the result, which only data tell: the symbol it has, or a new one. */
dim shape_measured(shape_call *c, const char *stem, uint32_t part, uint32_t d);
/* Result: fresh contiguous tensor. */
cot_status shape_result(shape_call *c, cot_dtype dtype, const dim *sizes, uint32_t ndim);
/* Result: a fresh tensor with the sizes of t and its strides where dense (empty_like, preserve_format). */
cot_status shape_result_like(shape_call *c, cot_dtype dtype, const type *t);
/* Result: a fresh tensor with the sizes of t in a memory format; NULL or "preserve_format" is shape_result_like. */
cot_status shape_result_format(shape_call *c, cot_dtype dtype, const type *t, const char *format);
/* Result: view of the first operand. */
cot_status shape_view(shape_call *c, const dim *sizes, const dim *strides, uint32_t ndim, dim offset);
/* The dtype that type promotion gives for tensors and scalars among the parameters [0, count) (0-dim and scalar rules).
 */
cot_dtype shape_promote(const shape_call *c, const uint32_t *params, uint32_t count);
/* Strides for `memory_format` ("channels_last" …) of these sizes; contiguous when NULL or unknown. */
void shape_format_strides(const shape_call *c, const char *format, const dim *sizes, uint32_t ndim, dim *strides);

#endif
