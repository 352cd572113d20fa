/* SPDX-License-Identifier: MIT
 * meta.c — operators that compute nothing: what functionalize says to autograd, and changes of a tensor's sizes in
 * place.
 *
 * `cot.with_history(value, history)` is a write that autograd does not see (through detach, under no_grad): its data
 * are the first operand's, its gradient goes to the second. It stands in the functional stage alone. */
#include "ops/shape.h"

static cot_status shape_first(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    return shape_view(c, t->sizes, t->strides, t->ndim, t->offset);
}

/* The same memory from its first element on, seen with other sizes. More elements than there are would be new
 * memory. */
static cot_status shape_resize(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    uint32_t ndim = arg_as_dims(c->graph, &c->args[1], sizes, COT_MAX_DIMS);
    type seen = type_tensor(c->arena, c->syms, (cot_dtype)t->dtype, sizes, ndim);
    dim had = type_numel(c->syms, t), has = type_numel(c->syms, &seen);
    if (!dim_equal(had, has) && (!dim_is_static(had) || !dim_is_static(has) || has > had))
        return shape_fail(c, "the tensor would need new memory: a tensor does not grow here");
    shape_format_strides(c, NULL, sizes, ndim, strides);
    return shape_view(c, sizes, strides, ndim, t->offset);
}

static cot_status shape_set(shape_call *c) {
    const type *self = shape_tensor(c, 0), *t = shape_tensor(c, 1);
    if (self->dtype != t->dtype)
        return shape_fail(c, "Could not set tensor of type %s to a tensor of type %s",
                          dtype_torch_name((cot_dtype)t->dtype), dtype_torch_name((cot_dtype)self->dtype));
    return shape_view(c, t->sizes, t->strides, t->ndim, t->offset);
}

const op_record ops_meta[] = {
    {
        .schema = "set_.source_Tensor(Tensor(a!) self, Tensor source) -> Tensor(a!)",
        .shape = shape_set,
        .traits = OP_REBINDS,
    },
    {
        .schema = "resize(Tensor(a) self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor(a)",
        .shape = shape_resize,
        .vjp = "self: reshape(grad, self.shape)",
        .inverse = "reshape(y, base.shape)",
        .traits = OP_VIEW | OP_RECOMPUTE_FREE | OP_HAS_INPLACE,
        .samples = "f32[2, 3], [3, 2]",
    },
    {
        .schema = "resize_as(Tensor(a) self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(a)",
        .decompose = "resize(self, the_template.shape)",
        .inverse = "reshape(y, base.shape)",
        .traits = OP_VIEW | OP_COMPOSITE | OP_HAS_INPLACE,
        .samples = "f32[2, 3], f32[3, 2]",
    },
    {
        .schema = "cot::with_history(Tensor(a) value, Tensor history) -> Tensor(a)",
        .shape = shape_first,
        .vjp = "value: none\nhistory: grad",
        .inverse = "y",
        .traits = OP_VIEW | OP_HISTORY | OP_RECOMPUTE_FREE,
        .samples = "f32[2, 3], f32[2, 3]",
    },
};
const uint32_t ops_meta_count = COUNT_OF(ops_meta);
