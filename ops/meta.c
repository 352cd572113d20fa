/* SPDX-License-Identifier: MIT
 * meta.c — operators that compute nothing: what functionalize says to autograd.
 *
 * `cot.with_history(value, history)` is a write that autograd does not see (through detach, under no_grad): its data are the
 * first operand's, its gradient goes to the second. It stands in the functional stage alone. */
#include "ops/shape.h"

static cot_status shape_first(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    return shape_view(c, t->sizes, t->strides, t->ndim, t->offset);
}

const op_record ops_meta[] = {
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
